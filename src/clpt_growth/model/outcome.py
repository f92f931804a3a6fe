"""How a principle can come out, and which ways are still open.

Inside the rules an outcome is a set of the ways still open, held as bits of a whole number.
One way open is an outcome; more than one is "not evidenced".
Leaving a fact out can only widen the set, so silence can never turn into a pass.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import NewType


class Outcome(StrEnum):
    MET = "met"
    PARTLY_MET = "partly met"
    NOT_MET = "not met"
    NOT_EVIDENCED = "not evidenced"
    NOT_APPLICABLE = "not applicable"
    CONFLICT = "conflict"


SHORT = frozenset((Outcome.PARTLY_MET, Outcome.NOT_MET))
SHORT_OR_CONFLICT = SHORT | {Outcome.CONFLICT}

Open = NewType("Open", int)

MET = Open(1)
PARTLY = Open(2)
NOT_MET = Open(4)
NOT_APPLICABLE = Open(8)
CONFLICT = Open(16)
MET_OR_NOT = Open(MET | NOT_MET)
ANY_RESULT = Open(MET | PARTLY | NOT_MET)

# Best first: what a composite takes the worst of.
SEVERITY: tuple[Open, ...] = (MET, PARTLY, CONFLICT, NOT_MET)

_OF_ONE = {
    MET: Outcome.MET,
    PARTLY: Outcome.PARTLY_MET,
    NOT_MET: Outcome.NOT_MET,
    NOT_APPLICABLE: Outcome.NOT_APPLICABLE,
    CONFLICT: Outcome.CONFLICT,
}
OUTCOME_OF: tuple[Outcome, ...] = tuple(_OF_ONE.get(Open(n), Outcome.NOT_EVIDENCED) for n in range(32))
OPEN_OF = {outcome: way for way, outcome in _OF_ONE.items()} | {Outcome.NOT_EVIDENCED: ANY_RESULT}


def outcome_of(ways: Open) -> Outcome:
    return OUTCOME_OF[ways]


def each_way(ways: Open) -> Iterator[Open]:
    """The single outcomes in a set, best first, "not applicable" last."""
    return (way for way in (*SEVERITY, NOT_APPLICABLE) if ways & way)


def undecided(ways: Open) -> bool:
    return ways & (ways - 1) != 0
