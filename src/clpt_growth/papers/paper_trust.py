"""The trust beside the school: its principles, what the school adds and takes, before and after, the days."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from clpt_growth.facts.sums import total_of
from clpt_growth.model.criterion import DatedWithin
from clpt_growth.model.fact import Verified
from clpt_growth.model.finding import Assessment, Finding
from clpt_growth.model.outcome import Outcome
from clpt_growth.papers.findings_words import follows_at, only_follows, what_we_saw
from clpt_growth.papers.markdown import Md, joined, md
from clpt_growth.papers.missing_words import not_worked_out
from clpt_growth.papers.paper_after import before_and_after
from clpt_growth.papers.resting_on import evidence_of, old_evidence
from clpt_growth.papers.seen_words import Seen, seen_words, strengths
from clpt_growth.papers.services_words import services
from clpt_growth.papers.view import Reader, Table, table
from clpt_growth.papers.wording import (
    capital,
    day,
    decimal,
    in_units,
    listed,
    lowered,
)


def trust_side(reader: Reader, layout: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "trust_areas": _trust_areas(reader.assessment),
        "adds": _adds(reader),
        "takes": _takes(reader),
        "services": services(reader, and_tell=True),
        "after": before_and_after(reader, layout["after"]),
    }


def _trust_areas(assessment: Assessment) -> Table:
    """For each area of the growth principles: the strongest evidence and the gap the board should know."""
    growth = {p.id for pack in assessment.library.packs if pack.id == "growth" for p in pack.principles}
    rows = []
    for area in assessment.library.rules.areas:
        found = [
            f
            for f in assessment.findings
            if f.id in growth and f.principle.area == area and f.principle.subject != "school"
        ]
        if found:
            rows.append((capital(area), _strongest(found, assessment), _gap(found, assessment)))
    return table(("Area", "Strongest evidence", "Gap the board should know"), rows)


_MOST_SEEN = 3


def _strongest(found: Sequence[Finding], assessment: Assessment) -> Md:
    """A line that is held: not on old evidence or somebody's own word, nor only a date, where there is better."""
    held = [(f, seen) for f in found if (seen := strengths(f, assessment))]
    if not held:
        met = next((f for f in found if f.outcome is Outcome.MET), None)
        return md("{} ({}, met)", met.principle.name, met.id) if met else Md("No trust-wide test is met")
    best, seen = min(held, key=lambda h: (_doubtful(h[0], assessment), _only_dated(h[1]), -h[0].principle.weight))
    return md("{} ({}, met)", capital(seen_words(seen[:_MOST_SEEN])), best.id)


def _only_dated(seen: Sequence[Seen]) -> bool:
    return all(isinstance(s.criterion, DatedWithin) for s in seen)


def _doubtful(finding: Finding, assessment: Assessment) -> bool:
    told = any(fact.verified == Verified.SELF_REPORTED for fact in evidence_of(finding, assessment))
    return told or bool(old_evidence(finding, assessment))


_GAP_ORDER = (Outcome.NOT_MET, Outcome.CONFLICT, Outcome.PARTLY_MET, Outcome.NOT_EVIDENCED)


def _gap(found: Sequence[Finding], assessment: Assessment) -> Md:
    gaps = sorted(
        (f for f in found if f.outcome in _GAP_ORDER),
        key=lambda f: (follows_at(f, assessment), _GAP_ORDER.index(f.outcome)),
    )
    if not gaps:
        return Md("None found")
    rest = [f"{lowered(f.principle.name)} ({f.id})" for f in gaps[1:] if not only_follows(f, assessment)]
    return joined([md("{}.", _cited(gaps[0], assessment)), md("Also {}.", listed(rest)) if rest else ""])


def _cited(finding: Finding, assessment: Assessment) -> Md:
    saw = what_we_saw(finding, assessment)
    return md("{} ({}, {})", saw.rstrip("."), finding.id, finding.outcome.value)


def _adds(reader: Reader) -> Md:
    days, offer = (
        reader.fact("school.contributes.days_offered_a_term"),
        reader.fact("school.contributes.written_offer_on"),
    )
    roles = reader.fact("school.contribution")
    if not (days or roles):
        return Md("What the school would contribute is not evidenced.")
    said = [md("The school offers {}.", in_units(days.value, "days a term"))] if days else []
    if roles:
        named = [str(r["role"]) for r in roles.value if r.get("role")]
        said.append(md("Roles offered: {}.", listed(named)))
    said.append(md("Offered in writing on {}.", day(offer.value)) if offer else Md("No written offer is in evidence."))
    return joined(said)


def _takes(reader: Reader) -> Md:
    needed, cost = reader.fact("case.capacity.needed_days"), reader.fact("case.integration.cost_gbp")
    said = [_days_taken(reader, needed.value)] if needed else [_days_asked_for(reader)]
    said.append(
        md("A one-off joining cost of {}.", reader.shown(cost)) if cost else Md("The cost of joining is not evidenced.")
    )
    said.append(_money_found(reader))
    return joined(said)


def _days_taken(reader: Reader, most: Decimal) -> Md:
    """The days it needs in a term at most, and what they come down to in the last term looked at."""
    ledger = reader.assessment.books.improvement
    last = ledger.needed(ledger.terms[-1]) if ledger is not None else most
    later = md(", down to {} by {}", decimal(last), ledger.terms[-1]) if ledger is not None and last < most else Md("")
    return md("{}{}, after help that others pay for.", in_units(most, "improvement days a term"), later)


def _days_asked_for(reader: Reader) -> Md:
    """Where the days it would take are not known: those its needs name, and what is missing."""
    needs = reader.fact("school.needs")
    asked = total_of("days_a_term")(needs.value) if needs is not None else None
    why = not_worked_out("case.capacity.needed_days", reader.assessment)
    if asked is None:
        return md("The improvement days it needs cannot be worked out yet. {}", why)
    words = "Its needs name {} improvement days a term; how many we would have to give cannot be worked out yet. {}"
    return md(words, decimal(asked), why)


def _money_found(reader: Reader) -> Md:
    """Money others give towards the cost, which the reserves below set against it."""
    found = reader.fact("case.integration.funded_gbp")
    if found is None:
        return Md("Whether money has been found to meet it is not evidenced, so none is counted.")
    if not found.value:
        return Md("No money has been found to meet it.")
    words = "{} has been found to meet it ({}), and is taken off it below."
    return md(words, reader.shown(found), reader.value("case.integration.funded_by", reader.from_where(found)))
