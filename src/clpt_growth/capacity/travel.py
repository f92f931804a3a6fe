"""Whether those behind an offer would travel no further to a school than the trust's own limit.

Only those who work in the school itself travel to it: the other lines of the offer can be given from any distance.
"""

from collections.abc import Mapping
from decimal import Decimal

from clpt_growth.capacity.reading import defined, value_of
from clpt_growth.model.fact import Fact, Record

_LIMIT = "trust.policy.travel_limit_minutes"
_FROM_HUB, _FROM_TRUST = "school.location.minutes_to_nearest_hub", "school.location.minutes_to_trust"
_HUB = "case.proposal.hub"
_IN_SCHOOL = "offer_lines_in_school"


def within_travel(offer: Record, facts: Mapping[str, Fact]) -> bool | None:
    """None while a distance, the limit or the school's own hub leaves it open."""
    if offer.get("provided_by") == "contract" or not _works_in_school(offer, facts):
        return True
    limit = value_of(facts, _LIMIT)
    within = set()
    for place in _may_come_from(offer, facts):
        minutes = value_of(facts, place)
        within.add(None if limit is None or minutes is None else Decimal(minutes) <= Decimal(limit))
    return within.pop() if len(within) == 1 else None


def _works_in_school(offer: Record, facts: Mapping[str, Fact]) -> bool:
    """Of every line where nobody has said which are given from any distance."""
    lines = defined(facts, _IN_SCHOOL)
    return lines is None or offer.get("line") in lines


def _may_come_from(offer: Record, facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """The distance that counts: from the school's own hub, or from the trust; both where its hub is not known."""
    if _HUB not in facts and offer.get("hub") is not None:
        return _FROM_HUB, _FROM_TRUST
    return (_FROM_HUB,) if same_hub(offer, facts) else (_FROM_TRUST,)


def same_hub(offer: Record, facts: Mapping[str, Fact]) -> bool:
    hub = value_of(facts, _HUB)
    return hub is not None and offer.get("hub") == hub
