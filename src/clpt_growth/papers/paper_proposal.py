"""What is proposed: the route, the local governing body seat by seat, the options."""

from collections.abc import Iterator
from typing import Any

from clpt_growth.model.outcome import Outcome
from clpt_growth.papers.findings_words import (
    what_we_saw,
)
from clpt_growth.papers.markdown import Md, joined, md
from clpt_growth.papers.view import Reader, Table, table
from clpt_growth.papers.wording import (
    capital,
    day,
    listed,
)

_BODY_SEATS = (
    ("trust_appointed_count", "Appointed by the trust"),
    ("parents_count", "Elected by parents"),
    ("staff_count", "From the staff"),
    ("head_count", "The head"),
    ("foundation_count", "Appointed by the foundation"),
    ("coopted_count", "Co-opted"),
    ("council_count", "Appointed by the council"),
)


def proposal(reader: Reader) -> dict[str, Any]:
    return {
        "proposal": tuple(p for p in _proposal_words(reader) if p),
        "seats": _seats(reader),
        "limits": _limits(reader),
        "options": _options(reader),
        "gives_up": reader.own_words("case.paper.board_gives_up"),
    }


def _proposal_words(reader: Reader) -> Iterator[Md]:
    name, route = reader.value("school.identity.name"), reader.value("case.proposal.route")
    opening = reader.value("case.proposal.proposed_opening_on")
    category = reader.fact("case.proposal.joined_category")
    hub = reader.fact("case.proposal.hub")
    said = md("Route: **{}**. Proposed opening: **{}**.", route, opening)
    if category:
        said = joined([said, md("It would join as a {} academy.", category.value)])
    if hub:
        said = joined([said, md("Hub: {}.", hub.value)])
    yield md("{} would join the trust. {}", name, said)
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
            reader.value("school.legal.equality_impact"),
            reader.fact("school.legal.equality_impact_reduced_by"),
        )
        eased = f" {capital(str(done.value))}." if done else ""
        yield md("**Equality duty.** Considered on {}: {}.{}", day(considered.value), impact, eased)
    else:
        yield Md("**Equality duty.** Not evidenced: the board must consider it before it decides.")


_SEATS_NOW = {
    "trust_appointed_count": "",
    "parents_count": "parent_governors_count",
    "staff_count": "staff_governors_count",
    "head_count": "",
    "foundation_count": "foundation_governors_count",
    "coopted_count": "coopted_governors_count",
    "council_count": "council_governors_count",
}


def _seats(reader: Reader) -> Table | None:
    """The present body beside the one proposed, seat by seat."""
    if reader.fact("case.local_body.seats_proposed_count") is None:
        return None
    kinds = (
        (words, f"school.governance.{now}" if (now := _SEATS_NOW[name]) else "", f"case.local_body.{name}")
        for name, words in _BODY_SEATS
    )  # fmt: skip
    rows = [
        (words, reader.value(now, "not recorded"), reader.value(proposed, "not recorded"))
        for words, now, proposed in kinds
        if any(fact is not None and fact.value for fact in (reader.fact(now), reader.fact(proposed)))
    ]
    unexplained = reader.fact("case.local_body.seats_unexplained_count")
    if unexplained is not None and unexplained.value:
        rows.append(("Seats no kind explains", "", reader.shown(unexplained)))
    every = (
        "**All seats**",
        reader.value("school.governance.governors_count"),
        reader.value("case.local_body.seats_proposed_count"),
    )
    return table(("Seats on the local body", "Now", "Proposed"), [*rows, (Md(every[0]), *every[1:])], right=(1, 2))


def _limits(reader: Reader) -> Md:
    """Limits on the local body beyond the one the joining offer names, where it names one: the trust's majority."""
    limits = reader.fact("case.local_body.delegation_limits")
    majority = reader.assessment.finding("J34")
    if limits is None or not limits.value or majority is None or majority.outcome is Outcome.NOT_APPLICABLE:
        return Md("")
    return md(
        'The offer says autonomy is limited "only" by the trust\'s majority. The scheme of delegation also limits: {}.',
        listed(list(limits.value)),
    )


def _options(reader: Reader) -> Table | None:
    fact = reader.fact("case.options")
    if fact is None:
        return None
    rows = ((r.get("option", ""), r.get("for", ""), r.get("against", ""), r.get("result", "")) for r in fact.value)
    return table(("Option", "For", "Against", "Result"), rows)
