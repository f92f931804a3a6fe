"""What of all that is asked is in evidence: how much of it, and what is written and set aside."""

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple


class Aside(NamedTuple):
    """Something written that is no evidence on the day asked about.

    Where a few entries of a list are dated later, `entries` says how many, and the rest of the list counts.
    """

    fact: str
    why: Literal["dated later", "not whole", "says none"]
    dated: date | None = None
    entries: int = 0


class Tally(NamedTuple):
    """Facts with evidence out of facts that apply."""

    evidenced: int
    asked: int


class Completeness(NamedTuple):
    """Counts over written facts that apply; derived facts and the author's own words are not counted."""

    stages: Mapping[int, Tally]
    blocks: Mapping[str, Tally]
    holders: Mapping[str, Tally]
    self_reported: int
    stale: tuple[str, ...]

    @property
    def whole(self) -> Tally:
        return Tally(sum(t.evidenced for t in self.stages.values()), sum(t.asked for t in self.stages.values()))
