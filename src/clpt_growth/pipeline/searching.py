"""Plans the program finds by itself: in the board's order, then bettered, then by going through all of them."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from random import Random
from typing import NamedTuple

from clpt_growth.model.nought import NOUGHT
from clpt_growth.pipeline.planning import (
    NEGLIGIBLE,
    PEAK_PLACES,
    Answer,
    Choice,
    Objective,
    Problem,
    Value,
    in_days,
    order_of,
)

# The same problem always has the same answer: the luck is the same, and the work is counted, not timed.
_SEED = 1
TURNS, STEPS = 2_000, 20_000
_AT_MOST_OUT = 5
_SLACK = float(NEGLIGIBLE) / 2

Uses = Sequence[tuple[int, float]]


class Board(NamedTuple):
    """A problem made ready for search: what is left of each limit, and each start as pairs of limit and amount."""

    problem: Problem
    left: tuple[float, ...]
    starts: tuple[tuple[Uses, ...], ...]
    gains: tuple[int, ...]
    # For each limit the peak looks at its place and what is free of it; none where the objective does not ask.
    watched: tuple[tuple[int, float], ...]

    @property
    def nobody(self) -> Choice:
        return (None,) * len(self.starts)


def board(problem: Problem, objective: Objective) -> Board:
    """Limits that would hold were every school to take the most it could of them are left out."""
    watched = tuple((n, float(limit.free)) for n, limit in in_days(problem)) if objective.low_peak else ()
    looked_at = {n for n, _ in watched} | _could_bind(problem)
    starts = (
        tuple(tuple((n, float(d)) for n, d in start.uses.items() if n in looked_at) for start in candidate.starts)
        for candidate in problem.candidates
    )
    return Board(
        problem,
        tuple(float(limit.room) for limit in problem.limits),
        tuple(starts),
        tuple(objective.gain(candidate) for candidate in problem.candidates),
        watched,
    )


def _could_bind(problem: Problem) -> set[int]:
    most = [NOUGHT] * len(problem.limits)
    for candidate in problem.candidates:
        taken: dict[int, Decimal] = {}
        for start in candidate.starts:
            for place, amount in start.uses.items():
                taken[place] = max(amount, taken.get(place, NOUGHT))
        for place, amount in taken.items():
            most[place] += amount
    return {n for n, limit in enumerate(problem.limits) if most[n] > limit.room}


def searched(problem: Problem, objective: Objective, *, turns: int = TURNS, steps: int = STEPS) -> Answer | None:
    """The best plan found in so many turns of bettering and steps of going through all; None where none differs."""
    on = board(problem, objective)
    first = _first(on)
    best, whole = gone_through(on, first, steps)
    if best is None:
        return None
    if whole:
        return Answer(best, True, _value(on, best).gain)
    return Answer(bettered(on, best, turns), False, _gain_at_most(on))


def _first(on: Board) -> Choice | None:
    """Every school in turn at its earliest start that fits; or, that plan being known, one that differs from it."""
    in_order = in_turn(on, on.nobody, range(len(on.starts)))
    tried = [in_order] if not on.problem.unlike else [*_turned(on, on.problem.unlike), in_order]
    differing = [choice for choice in tried if on.problem.differs(choice)]
    return max(differing, key=lambda choice: _value(on, choice), default=None)


def _turned(on: Board, plans: Iterable[Choice]) -> Iterator[Choice]:
    """Plans made anew with one school first left out, then in each other start, of each plan that is known."""
    for plan in plans:
        for school, place in enumerate(plan):
            others = [n for n in range(len(plan)) if n != school]
            for other in (None, *range(len(on.starts[school]))):
                alone = (*on.nobody[:school], other, *on.nobody[school + 1 :])
                if other != place and all(left >= -_SLACK for left in _left_by(on, alone)):
                    yield in_turn(on, alone, others)


def _fits(left: Sequence[float], uses: Uses) -> bool:
    for place, amount in uses:  # noqa: SIM110 - asked millions of times, and a plain loop is twice as fast
        if amount > left[place] + _SLACK and amount > 0:
            return False
    return True


def _take(left: list[float], uses: Uses, times: int = 1) -> None:
    for place, amount in uses:
        left[place] -= times * amount


def _left_by(on: Board, choice: Choice) -> list[float]:
    left = list(on.left)
    for starts, place in zip(on.starts, choice, strict=True):
        if place is not None:
            _take(left, starts[place])
    return left


def in_turn(on: Board, choice: Choice, turn: Iterable[int]) -> Choice:
    """The plan with each of these schools, in this turn, put where it fits best beside those placed already."""
    left, placed = _left_by(on, choice), list(choice)
    for school in turn:
        fitting = (n for n, uses in enumerate(on.starts[school]) if _fits(left, uses))
        place = _calmest(on, left, school, fitting) if on.watched else next(fitting, None)
        if place is not None:
            placed[school] = place
            _take(left, on.starts[school][place])
    return tuple(placed)


def _calmest(on: Board, left: list[float], school: int, fitting: Iterable[int]) -> int | None:
    """The start with the lowest peak; the earliest of equals."""
    peaks = [(_peak(on, left, on.starts[school][n]), n) for n in fitting]
    return min(peaks)[1] if peaks else None


def _peak(on: Board, left: Sequence[float], more: Uses = ()) -> float:
    after = dict(more)
    highest = max((1 - (left[n] - after.get(n, 0.0)) / free for n, free in on.watched), default=0.0)
    return round(highest, PEAK_PLACES)


def _value(on: Board, choice: Choice) -> Value:
    gain = sum(gain for gain, place in zip(on.gains, choice, strict=True) if place is not None)
    return Value(gain, -_peak(on, _left_by(on, choice)) if on.watched else 0.0, order_of(on.problem, choice))


def bettered(on: Board, choice: Choice, turns: int) -> Choice:
    """A few schools taken out and all that wait put in by another turn, over and over; kept where it is no worse."""
    luck = Random(_SEED)  # noqa: S311 - nothing secret hangs on it
    value = _value(on, choice)
    for _ in range(turns):
        tried = _rearranged(on, choice, luck)
        if tried is None or not on.problem.differs(tried):
            continue
        found = _value(on, tried)
        if found >= value:
            choice, value = tried, found
    return choice


def _rearranged(on: Board, choice: Choice, luck: Random) -> Choice | None:
    """None where those that stay cannot do without what the ones taken out gave."""
    placed = [n for n, place in enumerate(choice) if place is not None]
    waiting = [n for n, place in enumerate(choice) if place is None]
    out = luck.sample(placed, min(len(placed), luck.randint(1, _AT_MOST_OUT)))
    kept = tuple(None if n in out else place for n, place in enumerate(choice))
    if any(left < -_SLACK for left in _left_by(on, kept)):
        return None
    turn = luck.sample([*waiting, *out], len(waiting) + len(out))
    return in_turn(on, kept, turn)


class _Through:
    """Every plan, school by school in the board's order and earliest start first, leaving out what cannot be better."""

    def __init__(self, on: Board, best: Choice | None, steps: int) -> None:
        self.on, self.best, self.steps = on, best, steps
        self.value = None if best is None else _value(on, best)
        self.left, self.chosen = list(on.left), list[int | None]()
        self.relief = _relief(on)
        self.gives = any(self.relief[0])

    def go_on(self) -> None:
        self.steps -= 1
        school = len(self.chosen)
        if self.steps < 0 or not self._could_be_better(school):
            return
        if school == len(self.on.starts):
            self._keep()
            return
        for place in (*range(len(self.on.starts[school])), None):
            uses = () if place is None else self.on.starts[school][place]
            _take(self.left, uses)
            self.chosen.append(place)
            if all(self.left[n] + self.relief[school + 1][n] >= -_SLACK for n, _ in uses):
                self.go_on()
            self.chosen.pop()
            _take(self.left, uses, -1)

    def _keep(self) -> None:
        choice = tuple(self.chosen)
        if all(left >= -_SLACK for left in self.left) and self.on.problem.differs(choice):
            self.best, self.value = choice, _value(self.on, choice)

    def _could_be_better(self, school: int) -> bool:
        """Whether a plan that goes on from here could; first were all others to join, then those that still fit."""
        if self.value is None:
            return True
        gain = sum(g for g, place in zip(self.on.gains, self.chosen, strict=False) if place is not None)
        order = order_of(self.on.problem, (*self.chosen, *[0] * (len(self.on.starts) - school)))
        if Value(gain + sum(self.on.gains[school:]), 0.0, order) <= self.value:
            return False
        left = [a + b for a, b in zip(self.left, self.relief[school], strict=True)] if self.gives else self.left
        gain += _gain_still(self.on, left, school)
        return Value(gain, -_peak(self.on, left), order) > self.value


def gone_through(on: Board, best: Choice | None, steps: int) -> tuple[Choice | None, bool]:
    """The best of all plans, or the best met before the steps ran out; and whether it is of all."""
    through = _Through(on, best, steps)
    through.go_on()
    return through.best, through.steps >= 0


def _relief(on: Board) -> list[list[float]]:
    """What the schools from each place in the order on could give to each limit at most."""
    relief = [[0.0] * len(on.left)]
    for starts in reversed(on.starts):
        given = list(relief[-1])
        for place in {n for uses in starts for n, amount in uses if amount < 0}:
            given[place] += max(-amount for uses in starts for n, amount in uses if n == place)
        relief.append(given)
    return relief[::-1]


def _gain_still(on: Board, left: Sequence[float], school: int) -> int:
    pairs = zip(on.gains[school:], on.starts[school:], strict=True)
    return sum(gain for gain, starts in pairs if gain and any(_fits(left, uses) for uses in starts))


def _gain_at_most(on: Board) -> int:
    """Were each school alone, with all that the others could give."""
    left = [a + b for a, b in zip(on.left, _relief(on)[0], strict=True)]
    return _gain_still(on, left, 0)
