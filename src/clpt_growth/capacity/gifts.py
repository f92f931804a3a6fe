"""What a school gives: each role it offers, and the needs of present academies it would meet."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from clpt_growth.capacity.demand import counted_share
from clpt_growth.capacity.offers import for_subject
from clpt_growth.capacity.reading import records_of, value_of
from clpt_growth.model.fact import Fact, Record, Term


class Gift(NamedTuple):
    """Something the school offers from a term on, and the needs of present academies it would meet."""

    role: str
    specialism: str
    days: Decimal | None
    meets: str
    since: Term | None = None


def gifts(facts: Mapping[str, Fact], terms: int) -> tuple[tuple[Gift, ...], str]:
    """What the school brings, matched to needs of academies in its hub first; none counted while it is vulnerable."""
    offered = records_of(facts, "school.contribution")
    if not offered:
        return (), "Nothing offered is in evidence." if offered is None else "The school offers nothing yet."
    counted = counted_share(facts, terms - 1)
    if counted is None:
        return tuple(_gift(o, []) for o in offered), "Not counted while the category of need is not in evidence."
    if counted == 0:
        why = "Counted as none for two years: the school needs its own people first."
        return tuple(_gift(o, []) for o in offered), why
    hub = value_of(facts, "case.proposal.hub")
    in_order = sorted(records_of(facts, "trust.academy_needs") or (), key=lambda n: n.get("hub") != hub)
    needs = [_Need(need) for need in in_order]
    return tuple(_gift(o, needs) for o in offered), ""


class _Need:
    """A present academy's need, and the days of it nobody has met; one that names none is open to anybody."""

    def __init__(self, need: Record) -> None:
        self.specialism, self.subject = need.get("specialism"), need.get("subject")
        self.words = f"{need['need']} at {need['academy']}"
        days = need.get("days_a_term")
        self.left = days if isinstance(days, Decimal) else None


def _gift(offer: Record, needs: Sequence[_Need]) -> Gift:
    """A day is given once, and no need is met twice; days nobody wrote are named for one need and taken off none.

    What it is for has to be said by both: silence is no match.
    """
    said, since = offer.get("days_a_term"), offer.get("from_term")
    days = said if isinstance(said, Decimal) else None
    met = []
    left = days
    for need in needs:
        if left == 0:
            break
        if need.specialism != offer.get("specialism") or need.left == 0:
            continue
        if not for_subject(offer.get("subjects"), need.subject):
            continue
        met.append(need.words)
        if left is None or need.left is None:
            break
        given = min(left, need.left)
        left, need.left = left - given, need.left - given
    return Gift(
        str(offer.get("role", "")),
        str(offer.get("specialism", "")),
        days,
        " and ".join(met),
        since if isinstance(since, Term) else None,
    )
