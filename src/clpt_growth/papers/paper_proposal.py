"""What is proposed: the route, the local governing body seat by seat, the options."""

from collections.abc import Iterator
from typing import Any

from clpt_growth.model.outcome import Outcome
from clpt_growth.papers.findings_words import what_we_saw
from clpt_growth.papers.governance_words import body_says, seats
from clpt_growth.papers.markdown import Md, joined, md
from clpt_growth.papers.view import Reader, Table, table
from clpt_growth.papers.wording import (
    capital,
    day,
    lowered,
)


def proposal(reader: Reader) -> dict[str, Any]:
    return {
        "proposal": tuple(p for p in _proposal_words(reader) if p),
        "seats": seats(reader),
        "body_says": body_says(reader),
        "options": _options(reader),
        "gives_up": reader.own_sentences("case.paper.board_gives_up"),
    }


def _proposal_words(reader: Reader) -> Iterator[Md]:
    yield _joining(reader)
    if reader.fact("case.local_body.seats_proposed_count") is None:
        yield Md("The local governing body proposed is not evidenced.")
    conflicts = [f for f in reader.assessment.findings if f.outcome is Outcome.CONFLICT]
    for finding in conflicts:
        yield md(
            "**One promise conflicts with another ({}).** {}",
            finding.id,
            what_we_saw(finding, reader.assessment),
        )
    considered = reader.fact("school.legal.equality_duty_considered_on")
    if considered:
        impact, done = (
            reader.value("school.legal.equality_impact").removesuffix(" impact"),
            reader.fact("school.legal.equality_impact_reduced_by"),
        )
        eased = f" To reduce it: {lowered(str(done.value))}." if done else ""
        yield md("**Equality duty.** Considered on {}. Expected impact: {}.{}", day(considered.value), impact, eased)
    else:
        yield Md("**Equality duty.** Not evidenced: the board must consider it before it decides.")


def _joining(reader: Reader) -> Md:
    """As what the school would join, when, by which route and in which hub, as far as these are in evidence."""
    name, route = reader.value("school.identity.name"), reader.value("case.proposal.route")
    opening, category = reader.fact("case.proposal.proposed_opening_on"), reader.fact("case.proposal.joined_category")
    hub = reader.fact("case.proposal.hub")
    kind = md(" as a **{} academy**", category.value) if category else Md("")
    when = md(" on **{}**", day(opening.value)) if opening else Md("")
    said = [md("{} would join the trust{}{}.", name, kind, when)]
    said += [] if opening else [Md("Proposed opening: **not evidenced**.")]
    said += [] if category and category.value == route else [md("Route: **{}**.", route)]
    return joined([*said, md("Hub: {}.", hub.value)] if hub else said)


def _options(reader: Reader) -> Table | None:
    fact = reader.fact("case.options")
    if fact is None:
        return None
    columns = ("option", "for", "against", "result")
    rows = (tuple(capital(str(record.get(column, ""))) for column in columns) for record in fact.value)
    return table(("Option", "For", "Against", "Result"), rows)
