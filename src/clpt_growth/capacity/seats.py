"""Whether the seats of a governing body add up: the body there is now, and the one proposed."""

from collections.abc import Iterable, Iterator, Mapping

from clpt_growth.capacity.accounts import Fault
from clpt_growth.capacity.reading import value_of
from clpt_growth.model.fact import Fact

NOW, PROPOSED = "school.governance.governors_count", "case.local_body.seats_proposed_count"
_VACANT = "school.governance.vacancies_count"
# Each kind of seat proposed, with the same kind on the body now, which has no entry for the head or the trust.
SEATS_NOW: Mapping[str, str] = {
    "trust_appointed_count": "",
    "parents_count": "parent_governors_count",
    "staff_count": "staff_governors_count",
    "head_count": "",
    "foundation_count": "foundation_governors_count",
    "coopted_count": "coopted_governors_count",
    "council_count": "council_governors_count",
}


def seat_faults(facts: Mapping[str, Fact]) -> Iterator[Fault]:
    """A kind left blank is silence, so a list may fall short of its total but never exceed it."""
    for total, kinds in ((NOW, _kinds_now()), (PROPOSED, [f"case.local_body.{kind}" for kind in SEATS_NOW])):
        seats, named = value_of(facts, total), _named(facts, kinds)
        every = total == PROPOSED and all(kind in facts for kind in kinds)
        if seats is not None and (named > seats or (every and named != seats)):
            yield _fault(total, f"is {seats}, and its seats by kind come to {named}", "correct the one or the others")
    seats, vacant = value_of(facts, NOW), value_of(facts, _VACANT)
    if seats is not None and vacant is not None and vacant > seats:
        yield _fault(_VACANT, f"is {vacant}, and there are {seats} seats", "correct one of the two")


def too_many_now(facts: Mapping[str, Fact]) -> int:
    """Seats on the body now less those named by kind, where more are named than there are; below nought, else none."""
    seats = value_of(facts, NOW)
    return 0 if seats is None else min(0, seats - _named(facts, _kinds_now()))


def _kinds_now() -> list[str]:
    return [f"school.governance.{kind}" for kind in SEATS_NOW.values() if kind]


def _named(facts: Mapping[str, Fact], kinds: Iterable[str]) -> int:
    return sum(value_of(facts, kind) or 0 for kind in kinds)


def _fault(fact: str, wrong: str, todo: str) -> Fault:
    return Fault(fact, fact.partition(".")[2], wrong, todo)
