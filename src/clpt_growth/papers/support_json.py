"""The support plan as published JSON."""

from typing import Any

from clpt_growth import __version__
from clpt_growth.capacity.support import NeedCover, SupportPlan, TermRow
from clpt_growth.model.finding import Assessment
from clpt_growth.papers.assessment_json import candidate
from clpt_growth.papers.json_text import as_json, value_of
from clpt_growth.papers.support_words import implied


def support_json(assessment: Assessment, plan: SupportPlan | None) -> str:
    """`clpt-growth/support/v1`: need by need, who helps, days by term, what the school gives."""
    return as_json(
        {
            "schema": "clpt-growth/support/v1",
            "tool_version": __version__,
            "candidate": candidate(assessment),
            "trust": {"name": assessment.case.text("trust.identity.name") or None},
            "as_of": assessment.case.as_of.isoformat(),
            "needs": [_need(n) for n in plan.needs] if plan else [],
            "terms": [_term(row) for row in plan.terms] if plan else [],
            "second_year_share": value_of(plan.second_year_share) if plan else None,
            "year_one_cost_gbp": plan.year_one_cost_gbp if plan else None,
            "year_two_cost_gbp": plan.year_two_cost_gbp if plan else None,
            "gives": [
                {
                    "role": g.role, "specialism": g.specialism, "days_a_term": value_of(g.days),
                    "from_term": str(g.since) if g.since else None, "meets": g.meets or None,
                }
                for g in plan.gives
            ] if plan else [],
            "gives_nothing_because": (plan.gives_nothing_because or None) if plan else None,
            "suggested": [
                {"line": line, "from": [f.id for f in found]} for line, found in implied(assessment).items()
            ],
            "missing": [] if plan else ["school.needs"],
        }
    )  # fmt: skip


def _term(row: TermRow) -> dict[str, Any]:
    days, covered = ([value_of(d) for d in each] for each in (row.days, row.covered))
    return {"term": str(row.term), "days": days, "covered_days": covered, "cost_gbp": row.cost_gbp}


def _need(cover: NeedCover) -> dict[str, Any]:
    need = cover.need
    return {
        "need": need.get("need"),
        "priority": need.get("priority"),
        "line": need.get("line"),
        "specialism": need.get("specialism"),
        "subject": value_of(need.get("subject")),
        "days_a_term": value_of(cover.days),
        "cover": cover.cover,
        "short_days": value_of(cover.short),
        "reason": cover.reason,
        "success": value_of(need.get("success")),
        "helpers": [
            {
                "who": h.who, "days_a_term": value_of(h.days), "why": h.why, "cost_gbp_a_day": h.cost_gbp_a_day,
                "paid_by": h.paid_by or None, "until": str(h.until) if h.until else None,
                "since": str(h.since) if h.since else None,
            }
            for h in cover.helpers
        ],
        "ended": [
            {
                "since": str(e.since), "who": [h.who for h in e.helpers], "short_days": value_of(e.short),
                "reason": e.reason,
            }
            for e in cover.ended
        ],
        "review": str(cover.review) if cover.review else None,
    }  # fmt: skip
