"""Which schools a school was before, and which it became: links followed both ways, up to five hops."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

MOST_HOPS = 5
_BEFORE, _AFTER = "predecessor", "successor"


class Link(NamedTuple):
    """One line of the register: `other` is a predecessor or successor of `urn`; many have no day."""

    urn: str
    other: str
    kind: str
    day: date | None = None


class Kin(NamedTuple):
    """A school before or after another: how many hops away, since when, and whether it is the same school alone.

    `alone` is false where schools were merged or split on the way: their figures are not one school's.
    """

    urn: str
    hops: int
    alone: bool
    became_on: date | None = None


class Lineage:
    """The links of a register, ready to be followed from any school."""

    def __init__(self, links: Iterable[Link]) -> None:
        before: dict[str, dict[str, date | None]] = defaultdict(dict)
        after: dict[str, dict[str, date | None]] = defaultdict(dict)
        self.joined: set[tuple[str, str]] = set()
        for link in links:
            kind = link.kind.casefold()
            if not kind.startswith((_BEFORE, _AFTER)) or link.urn == link.other:
                continue
            older, newer = (link.other, link.urn) if kind.startswith(_BEFORE) else (link.urn, link.other)
            before[newer][older] = before[newer].get(older) or link.day
            after[older][newer] = after[older].get(newer) or link.day
            if kind not in (_BEFORE, _AFTER):
                self.joined.add((older, newer))
        self.before: Mapping[str, Mapping[str, date | None]] = before
        self.after: Mapping[str, Mapping[str, date | None]] = after

    def predecessors(self, urn: str) -> tuple[Kin, ...]:
        """Nearest first; those at one distance by their numbers."""
        return self._followed(urn, self.before, back=True)

    def successors(self, urn: str) -> tuple[Kin, ...]:
        return self._followed(urn, self.after, back=False)

    def _followed(self, urn: str, step: Mapping[str, Mapping[str, date | None]], *, back: bool) -> tuple[Kin, ...]:
        found: dict[str, Kin] = {}
        reached = [Kin(urn, 0, True)]
        for hops in range(1, MOST_HOPS + 1):
            following: list[Kin] = []
            for kin in reached:
                for other, day in sorted(step.get(kin.urn, {}).items()):
                    if other == urn or other in found:
                        continue
                    older, newer = (other, kin.urn) if back else (kin.urn, other)
                    found[other] = Kin(other, hops, kin.alone and self._one_to_one(older, newer), day)
                    following.append(found[other])
            reached = following
        return tuple(found.values())

    def _one_to_one(self, older: str, newer: str) -> bool:
        one = len(self.before.get(newer, ())) == 1 and len(self.after.get(older, ())) == 1
        return one and (older, newer) not in self.joined
