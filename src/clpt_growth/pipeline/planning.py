"""What a plan of start terms is, what it must keep to, and how far one plan serves better than another."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from clpt_growth.model.fact import Term
from clpt_growth.model.nought import NOUGHT
from clpt_growth.pipeline.waiting import CENTRAL_DAYS, IMPROVEMENT_DAYS

JOINERS, HUB, ONE_OF = "joiners", "hub places", "one of"
_IN_DAYS = (IMPROVEMENT_DAYS, CENTRAL_DAYS)
# A solver works in binary fractions: a millionth of a day, a place or a pound over a limit is not over it.
NEGLIGIBLE = Decimal("0.000001")
PEAK_PLACES = 8


class Limit(NamedTuple):
    """What there is of one resource at one time, and how much of it is in use before any of the schools joins.

    `when` is the term, or the first term of the twelve months; None where it holds for all time.
    """

    kind: str
    of: str
    when: Term | None
    free: Decimal
    in_use: Decimal = NOUGHT

    @property
    def is_over(self) -> bool:
        return self.in_use > self.free + NEGLIGIBLE

    @property
    def room(self) -> Decimal:
        """Nothing where it is over already: nobody who would add to it may join."""
        return max(self.free - self.in_use, NOUGHT)

    @property
    def resource(self) -> tuple[str, str]:
        return self.kind, self.of


class Start(NamedTuple):
    """Joining with a term, and what that takes of each limit, by the limit's place; below nought where it gives."""

    term: Term
    uses: Mapping[int, Decimal]


class Candidate(NamedTuple):
    """A school that could join, and the terms it could start in, earliest first."""

    school: str
    starts: tuple[Start, ...]
    pupils_in_need: int = 0


# For each school in the board's order, which of its starts; None is not within the horizon.
Choice = tuple[int | None, ...]


@dataclass(frozen=True)
class Problem:
    """Schools in the board's order and the limits they share; a plan must differ from those in `unlike`."""

    candidates: tuple[Candidate, ...]
    limits: tuple[Limit, ...]
    unlike: tuple[Choice, ...] = ()

    def chosen(self, choice: Choice) -> Iterator[Start]:
        for candidate, place in zip(self.candidates, choice, strict=True):
            if place is not None:
                yield candidate.starts[place]

    def years(self, choice: Choice) -> tuple[int | None, ...]:
        """Plans differ that put a school in another academic year, or leave it out: a term more or less is the same."""
        pairs = zip(self.candidates, choice, strict=True)
        return tuple(None if n is None else c.starts[n].term.academic_year for c, n in pairs)

    def differs(self, choice: Choice) -> bool:
        return self.years(choice) not in {self.years(other) for other in self.unlike}

    def kept_to(self, keep: Callable[[Limit], bool]) -> "Problem":
        """The same schools with only some of the limits."""
        places = {old: new for new, old in enumerate(n for n, limit in enumerate(self.limits) if keep(limit))}
        candidates = tuple(
            candidate._replace(
                starts=tuple(
                    start._replace(uses={places[n]: d for n, d in start.uses.items() if n in places})
                    for start in candidate.starts
                )
            )
            for candidate in self.candidates
        )
        return replace(self, candidates=candidates, limits=tuple(self.limits[n] for n in places))

    def with_more(self, days: Decimal, resources: Sequence[tuple[str, str]]) -> "Problem":
        """The same problem with so many more days of each of the resources in every term."""
        more = (x._replace(free=x.free + days) if x.resource in resources else x for x in self.limits)
        return replace(self, limits=tuple(more))


class Exceeded(NamedTuple):
    """A limit a plan does not keep, and by how much."""

    limit: Limit
    short: Decimal


def use_of(problem: Problem, choice: Choice) -> list[Decimal]:
    """What the schools in a plan take of each limit together."""
    used = [NOUGHT] * len(problem.limits)
    for start in problem.chosen(choice):
        for place, amount in start.uses.items():
            used[place] += amount
    return used


def exceeded(problem: Problem, choice: Choice) -> tuple[Exceeded, ...]:
    """Every limit the plan breaks, in the order of the limits; every answer of every solver is put to this."""
    pairs = zip(problem.limits, use_of(problem, choice), strict=True)
    return tuple(Exceeded(x, used - x.room) for x, used in pairs if used - x.room > NEGLIGIBLE)


class Peak(NamedTuple):
    """The limit on days that is used most, and the share of its free days in use."""

    limit: Limit
    share: Decimal


def peak(problem: Problem, choice: Choice) -> Peak | None:
    """Of limits that are not over already, the earliest of equals in their order; None where there is none."""
    used = use_of(problem, choice)
    peaks = (Peak(x, round((x.in_use + used[n]) / x.free, PEAK_PLACES)) for n, x in in_days(problem))
    return max(peaks, key=lambda found: found.share, default=None)


def in_days(problem: Problem) -> Iterator[tuple[int, Limit]]:
    """Limits the peak looks at, with their places: of days, some of them free, not over before anybody joins."""
    for place, limit in enumerate(problem.limits):
        if limit.kind in _IN_DAYS and limit.free > 0 and not limit.is_over:
            yield place, limit


class Objective(NamedTuple):
    """What a plan is to have most of, and whether the peak is then to be as low as it can be.

    Plans equal in both are told apart by the board's order: the first school's earlier start, then the next's.
    """

    name: str
    gain: Callable[[Candidate], int] = lambda candidate: 0
    low_peak: bool = False


def _itself(candidate: Candidate) -> int:
    return 1


OBJECTIVES: Mapping[str, Objective] = {
    "order": Objective("order"),
    "pupils": Objective("pupils", lambda candidate: candidate.pupils_in_need),
    "joiners": Objective("joiners", _itself),
    "strain": Objective("strain", _itself, low_peak=True),
}


class Value(NamedTuple):
    """How good a plan is by an objective; values compare as tuples do, and no two plans have the same."""

    gain: int
    peak: Decimal | float
    order: tuple[int, ...]


def value_of(problem: Problem, objective: Objective, choice: Choice) -> Value:
    """The peak stands with its sign turned, so that more is better throughout."""
    highest = peak(problem, choice) if objective.low_peak else None
    return Value(gain_of(problem, objective, choice), -highest.share if highest else NOUGHT, order_of(problem, choice))


def gain_of(problem: Problem, objective: Objective, choice: Choice) -> int:
    pairs = zip(problem.candidates, choice, strict=True)
    return sum(objective.gain(candidate) for candidate, place in pairs if place is not None)


def order_of(problem: Problem, choice: Choice) -> tuple[int, ...]:
    """For each school in the board's order how early it starts; not joining comes after its last start."""
    pairs = zip(problem.candidates, choice, strict=True)
    return tuple(-len(candidate.starts) if place is None else -place for candidate, place in pairs)


class Answer(NamedTuple):
    """The best plan found; `at_most` is the gain no plan can better, `proved` that no plan is better in any way."""

    choice: Choice
    proved: bool
    at_most: int


# None where no plan is left that differs from those known.
Solve = Callable[[Problem, Objective], Answer | None]
