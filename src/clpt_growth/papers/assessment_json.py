"""An assessment as published JSON: a format of its own, that stays when the inside changes.

Shares are numbers from 0 to 1, money is whole pounds, dates are year-month-day. A missing value is
absent from `evidence` and named in `missing`; it is never null, nought or false.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from clpt_growth import __version__
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.fact import Fact
from clpt_growth.model.finding import Assessment, Finding, Rating, Turn
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.rules import Library
from clpt_growth.papers.findings_words import what_we_saw
from clpt_growth.papers.json_text import as_json, not_counted, value_of
from clpt_growth.papers.lines_words import nearest_margin
from clpt_growth.papers.missing_words import missing_of
from clpt_growth.papers.paper_conditions import conditions
from clpt_growth.papers.paper_gates import open_risks
from clpt_growth.papers.proposal_words import department_reason, why_proposed
from clpt_growth.papers.resting_on import evidence_of
from clpt_growth.papers.screen import gates_of, turn_words
from clpt_growth.papers.still_needed import Needed, still_needed
from clpt_growth.papers.tested_words import Group, Line, lines_in, tested
from clpt_growth.papers.wording import label


def assessment_json(
    assessment: Assessment,
    what_if: Mapping[str, Any] | None = None,
    comparisons: Mapping[str, Any] | None = None,
) -> str:
    """`clpt-growth/assessment/v1`, or `clpt-growth/readiness/v1` for the trust alone.

    What was tried, and where the school stands beside others, stand apart, and only where they were asked for.
    """
    more = {"what_if": what_if, "comparisons": comparisons}
    return as_json({**assessment_object(assessment), **{key: part for key, part in more.items() if part is not None}})


def assessment_object(assessment: Assessment) -> dict[str, Any]:
    case, kind = assessment.case, "assessment" if assessment.case.has_school else "readiness"
    who = {"candidate": candidate(assessment)} if case.has_school else {}
    return {
        "schema": f"clpt-growth/{kind}/v1",
        "tool_version": __version__,
        **who,
        "trust": {"name": case.text("trust.identity.name") or None},
        "as_of": case.as_of.isoformat(),
        "packs": [{"id": p.id, "version": p.version, "sha256": p.sha256} for p in assessment.library.packs],
        "changes": list(_changes(assessment.library)),
        "inputs": [{"file": f.file, "sha256": f.sha256} for f in case.inputs],
        "recommendation": _recommendation(assessment),
        "coverage": value_of(assessment.coverage),
        "gates": [{"id": f.id, "title": f.principle.title, "outcome": f.outcome.value} for f in gates_of(assessment)],
        "findings": [_finding(f, assessment) for f in assessment.findings],
        "areas": [_area(r) for r in assessment.ratings],
        "conditions": [_condition(number, f) for number, f in conditions(assessment)],
        "risks": [_risk(f) for f in open_risks(assessment)],
        "capacity": _block(assessment, "case.capacity."),
        "trust_after": _block(assessment, "case.after."),
        "requests": [_request(n, assessment.library.dictionary) for n in still_needed(assessment)],
        "judgements": [_judgement(j, assessment) for j in assessment.judgements],
        "completeness": _completeness(assessment),
    }


def candidate(assessment: Assessment) -> dict[str, Any]:
    """Who the case is about; null where the file does not say."""
    case = assessment.case
    names = {
        "name": "school.identity.name",
        "urn": "school.identity.urn",
        "route": "case.proposal.route",
        "phase": "school.identity.phase",
    }
    return {key: case.text(name) or None for key, name in names.items()}


def _changes(library: Library) -> Iterator[dict[str, Any]]:
    for pack in library.packs:
        for change in pack.changes:
            minuted = change.minuted_on.isoformat() if change.minuted_on else None
            yield {
                "pack": pack.id,
                "id": change.id,
                "what": change.what,
                "reason": change.reason,
                "minuted_on": minuted,
            }


def _recommendation(assessment: Assessment) -> dict[str, Any]:
    row, settled = assessment.row, assessment.settled
    school = assessment.case.has_school
    return {
        "proposed": row.propose.value if school else row.readiness.value,
        "reasons": [
            {
                "reason": why_proposed(assessment),
                "department_reason": department_reason(assessment) or None,
                "ids": [f.id for f in _triggers(assessment)],
            }
        ],
        "settled": settled.settled,
        "best_case": settled.best.propose.value if school else settled.best.readiness.value,
        "worst_case": settled.worst.propose.value if school else settled.worst.readiness.value,
        "turns_on": [_turn(t, assessment) for t in settled.turns_on],
    }


def _triggers(assessment: Assessment) -> tuple[Finding, ...]:
    return () if assessment.row is assessment.library.rules.otherwise else assessment.triggered_by


def _turn(turn: Turn, assessment: Assessment) -> dict[str, Any]:
    return {
        "id": turn.principle.id,
        "why": turn.why.value,
        "what": turn_words(turn, assessment),
        "facts": list(turn.facts),
        "outcome": turn.now.value,
        "worst_outcome": turn.worst.value,
        "leads_to": turn.leads_to.propose.value if turn.leads_to else None,
    }


def _finding(finding: Finding, assessment: Assessment) -> dict[str, Any]:
    principle = finding.principle
    test = tested(principle, assessment)
    return {
        "id": principle.id,
        "name": principle.name,
        "title": principle.title,
        "area": principle.area,
        "effect": principle.effect.value,
        "outcome": finding.outcome.value,
        "as_need": finding.as_need,
        "saw": what_we_saw(finding, assessment),
        "evidence": [_evidence(fact) for fact in evidence_of(finding, assessment)],
        "missing": list(missing_of(finding, assessment)),
        "threshold": [line._asdict() for line in lines_in(test)],
        "tested": _test(test),
        "margin": _margin(finding, assessment),
        "action": _action(finding),
        "judgement": finding.decided_by.outcome.value if finding.decided_by else None,
    }


def _test(test: Line | Group) -> dict[str, Any]:
    if isinstance(test, Line):
        return test._asdict()
    return {"kind": test.kind, "parts": [_test(part) for part in test.parts]}


def _evidence(fact: Fact) -> dict[str, Any]:
    return {
        "fact": fact.name,
        "value": value_of(fact.value),
        **({"low": value_of(fact.low), "high": value_of(fact.high)} if fact.low is not None else {}),
        "source": fact.source or None,
        "dated": fact.dated.isoformat() if fact.dated else None,
        "verified": fact.verified or None,
        **({"derived_from": list(fact.derived_from)} if fact.derived_from else {}),
    }


def _margin(finding: Finding, assessment: Assessment) -> dict[str, Any] | None:
    if finding.outcome in (Outcome.NOT_APPLICABLE, Outcome.NOT_EVIDENCED):
        return None
    margin = nearest_margin(finding, assessment)
    if margin is None:
        return None
    return {
        "fact": margin.fact,
        "value": value_of(margin.value),
        "line": value_of(margin.line),
        "outcome_at_line": margin.outcome_at_line.value,
        "distance": value_of(margin.distance),
        "unit": margin.unit,
    }


def _action(finding: Finding) -> dict[str, Any] | None:
    action = finding.principle.action
    short = finding.outcome in (Outcome.PARTLY_MET, Outcome.NOT_MET, Outcome.NOT_EVIDENCED)
    if action is None or not short:
        return None
    return {
        "condition": action.condition,
        "evidence": action.evidence,
        "owner": action.owner,
        "long_stop": action.long_stop,
        "if_not_met": action.if_not_met,
    }


def _area(rating: Rating) -> dict[str, Any]:
    return {
        "pack": rating.pack,
        "id": rating.area,
        "rating": value_of(rating.share * 100) if rating.share is not None else None,
        "band": rating.band,
        "coverage": {"evidenced": rating.tests_evidenced, "tests": rating.tests},
    }


def _condition(number: str, finding: Finding) -> dict[str, Any]:
    return {
        "number": number,
        "id": finding.id,
        "outcome": finding.outcome.value,
        **_first(finding),
        **(_action(finding) or {}),
    }


def _first(finding: Finding) -> dict[str, Any]:
    unknown = finding.outcome is Outcome.NOT_EVIDENCED
    return {"find_out_first": finding.principle.find_out if unknown else None}


def _risk(finding: Finding) -> dict[str, Any]:
    risk = finding.principle.risk
    assert risk is not None  # noqa: S101 - open_risks gives only findings with a risk
    known = finding.outcome is not Outcome.NOT_EVIDENCED
    return {
        "id": finding.id,
        "event": risk.event,
        "category": risk.category,
        "likelihood": risk.likelihood if known else None,
        "impact": risk.impact,
        "basis": "judgement",
        "carried_by": risk.carried_by,
    }


def _block(assessment: Assessment, prefix: str) -> dict[str, Any]:
    """The facts of a block that could be worked out, by their last name."""
    found = (f for name, f in assessment.facts.items() if name.startswith(prefix) and not f.bound)
    return {fact.name.removeprefix(prefix): value_of(fact.value) for fact in found}


def _request(needed: Needed, dictionary: Dictionary) -> dict[str, Any]:
    kind = needed.kind
    return {
        "fact": needed.name,
        "label": label(needed.name, dictionary),
        "holder": kind.holder or None,
        "evidence": kind.evidence or None,
        "stage": kind.stage,
        "why": needed.why,
        "for": list(needed.principles),
    }


def _judgement(judgement: Any, assessment: Assessment) -> dict[str, Any]:
    finding = assessment.finding(judgement.principle)
    return {
        "id": judgement.principle,
        "outcome": judgement.outcome.value,
        "reason": judgement.reason,
        "by_role": judgement.by_role,
        "minuted_on": judgement.minuted_on.isoformat() if judgement.minuted_on else None,
        "computed": finding.outcome.value if finding and finding.decided_by is None else None,
        "decides": bool(finding and finding.decided_by is not None),
    }


def _completeness(assessment: Assessment) -> dict[str, Any]:
    tally = assessment.completeness
    return {
        "stage_1": {"evidenced": tally.stages[1].evidenced, "asked": tally.stages[1].asked},
        "stage_2": {"evidenced": tally.stages[2].evidenced, "asked": tally.stages[2].asked},
        "self_reported": tally.self_reported,
        "stale": list(tally.stale),
        "not_counted": [not_counted(a) for a in assessment.aside],
    }
