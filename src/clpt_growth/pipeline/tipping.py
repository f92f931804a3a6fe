"""Which school takes the trust over which line and when; what a post, a later start or one school fewer would do."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from clpt_growth.model.ledger import ALL_DAYS
from clpt_growth.model.nought import NOUGHT
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.what_if import Post, WhatIf
from clpt_growth.pipeline.in_order import Horizon, Place, Question, places, with_opening
from clpt_growth.pipeline.limits import Limit, Reading, Readings, day_readings, improvement_ledger, readings, worse

POST, DELAY, WITHOUT = "one more post", "one term later", "without it"


class Would(NamedTuple):
    """One thing tried; how the limit would then stand with the schools up to this one, and with all of them.

    A reading is None where it cannot be told. It `cures` where this school would no longer take the trust as far over
    the line, and `holds` where no school after it would either.
    """

    what: str
    of: str
    reading: Reading | None
    with_all: Reading | None
    cures: bool
    holds: bool


class Tip(NamedTuple):
    """The first school to take the trust over a line; `before` is how the limit stood without it."""

    limit: Limit
    school: str
    before: Reading | None
    reading: Reading
    would: tuple[Would, ...]


class Over(NamedTuple):
    """A limit the trust is over before any school joins, and how it would stand with one more post in that place.

    `with_post` is before any school joins, `with_all` once all have; both None where no post is of its resource.
    """

    limit: Limit
    reading: Reading
    with_post: Reading | None = None
    with_all: Reading | None = None


class Unknown(NamedTuple):
    """A limit that cannot be told from a school on."""

    limit: Limit
    school: str


def tips(
    asked: Question, joining: Sequence[Place], found: Mapping[Limit, Readings], horizon: Horizon
) -> tuple[Tip, ...]:
    """In the order of the limits, then of the schools."""
    trying = _Trying(asked, joining, horizon)
    return tuple(
        tip._replace(would=tuple(trying.would(tip)))
        for limit, read in found.items()
        for tip in _tipped(limit, joining, read)
    )


def over_already(asked: Question, joining: Sequence[Place], found: Mapping[Limit, Readings]) -> tuple[Over, ...]:
    """No school tips these, so what would put them right is told by itself; in the order of the limits."""
    over = []
    for limit, read in found.items():
        if read[0] is None or read[0].outcome is not Outcome.NOT_MET:
            continue
        if limit.team and limit.resource != ALL_DAYS:
            tried = asked.trying(WhatIf(posts=(Post(limit.team, limit.resource),)))
            then = day_readings(tried, joining).get(limit, _UNTOUCHED)
            over.append(Over(limit, read[0], then[0], _worst(then)))
        else:
            over.append(Over(limit, read[0]))
    return tuple(over)


def unknowns(joining: Sequence[Place], found: Mapping[Limit, Readings]) -> tuple[Unknown, ...]:
    """Each limit with the first school from which on it cannot be told."""
    return tuple(
        Unknown(limit, place.name)
        for limit, read in found.items()
        if (place := next((p for p, r in zip(joining, read[1:], strict=True) if r is None), None)) is not None
    )


def _tipped(limit: Limit, joining: Sequence[Place], read: Readings) -> Iterator[Tip]:
    """Each step for the worse than the trust has stood at so far."""
    before = read[0]
    worst = before.outcome if before is not None else Outcome.MET
    for place, reading in zip(joining, read[1:], strict=True):
        if reading is None:
            continue
        if worse(reading.outcome, worst):
            yield Tip(limit, place.name, before, reading, ())
            worst = reading.outcome
        before = reading


class _Trying:
    """Asks again with one thing changed; each thing is asked once, however many limits it may help."""

    def __init__(self, asked: Question, joining: Sequence[Place], horizon: Horizon) -> None:
        entries = tuple(place.entry for place in joining)
        self.asked = asked._replace(entries=entries)
        self.joining = tuple(joining)
        self.horizon = horizon
        self.answered: dict[tuple[str, str, bool], Mapping[Limit, Readings]] = {}

    def would(self, tip: Tip) -> Iterator[Would]:
        if tip.limit.team:
            resource = tip.limit.resource if tip.limit.resource != ALL_DAYS else self.tightest_for(tip)
            if resource:
                yield self.tried(POST, f"{tip.limit.team}.{resource}", tip)
        yield self.tried(DELAY, tip.school, tip)
        yield self.tried(WITHOUT, tip.school, tip)

    def tightest_for(self, tip: Tip) -> str:
        """The specialism the school needs that is most used over all; where a post would do most."""
        ledger = improvement_ledger(self.asked, self.joining)
        load = self.joining[self.position(tip.school)].takes.improvement
        if ledger is None or load is None:
            return ""
        needed = dict.fromkeys(s for days in load.needs.values() for s, number in days.items() if number > 0)
        peaks = [use for s in needed if (use := ledger.peak(s)) is not None]
        return max(peaks, key=lambda use: use.share).resource if peaks else ""

    def tried(self, what: str, of: str, tip: Tip) -> Would:
        days = bool(tip.limit.team)
        if (what, of, days) not in self.answered:
            self.answered[what, of, days] = self.days(what, of) if days else self.lines(what, of)
        read = self.answered[what, of, days].get(tip.limit, _UNTOUCHED)
        position = self.position(tip.school) + (what != WITHOUT)
        here, with_all = read[min(position, len(read) - 1)], _worst(read)
        cures = here is not None and worse(tip.reading.outcome, here.outcome)
        holds = cures and with_all is not None and worse(tip.reading.outcome, with_all.outcome)
        return Would(what, of, here, with_all, cures, holds)

    def position(self, school: str) -> int:
        return next(n for n, p in enumerate(self.joining) if p.name == school)

    def days(self, what: str, of: str) -> Mapping[Limit, Readings]:
        """Days rest on posts and on each school's own load alone, so the ledger is all there is to ask again."""
        if what == POST:
            team, _, resource = of.partition(".")
            return day_readings(self.asked.trying(WhatIf(posts=(Post(team, resource),))), self.joining)
        if what == WITHOUT:
            return day_readings(self.asked, [p for p in self.joining if p.name != of])
        later = (
            with_opening(p, p.opening.later(1), self.horizon) if p.name == of and p.opening is not None else p
            for p in self.joining
        )
        return day_readings(self.asked, list(later))

    def lines(self, what: str, of: str) -> Mapping[Limit, Readings]:
        tried = WhatIf(without=frozenset((of,))) if what == WITHOUT else WhatIf(delays={of: 1})
        asked = self.asked.trying(tried)
        return readings(asked, places(asked, self.horizon, self.joining[: self.position(of)]))


# A limit that no school left needs anything of.
_UNTOUCHED: Readings = (Reading(NOUGHT, None, Outcome.MET),)


def _worst(read: Readings) -> Reading | None:
    """A limit at its worst once schools have joined; of readings that come out alike the last, with every load."""
    found: Reading | None = None
    for reading in read[1:] or read:
        if reading is not None and (found is None or not worse(found.outcome, reading.outcome)):
            found = reading
    return found
