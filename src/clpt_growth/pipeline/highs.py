"""Plans proved best, or bounded, by HiGHS: the one module that knows a solver."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from clpt_growth.pipeline.planning import (
    Answer,
    Choice,
    Objective,
    Problem,
    Solve,
    exceeded,
    in_days,
    value_of,
)
from clpt_growth.pipeline.searching import bettered, board, searched

# Enough to go through all the plans of a few schools, and to give the solver a good one to start from.
TURNS, STEPS = 300, 1_000
LAST_TURNS = 2_000
# Schools told apart by their starts in one question: the weights of more would be too large for binary fractions.
_TOGETHER = 4
_NO_END = float("inf")
_OPTIONS = {"output_flag": False, "threads": 1, "mip_rel_gap": 0.0}

Row = dict[int, float]


def is_there() -> bool:
    return find_spec("highspy") is not None


def solver(time_limit: float) -> Solve:
    """A way to solve that gives each plan at most so many seconds of the solver."""
    return lambda problem, objective: solved(problem, objective, time_limit=time_limit)


def solved(problem: Problem, objective: Objective, *, time_limit: float) -> Answer | None:
    """The best plan, proved where the time sufficed; an answer that fails our own check is never used."""
    known = searched(problem, objective, turns=TURNS, steps=STEPS)
    if known is not None and known.proved:
        return known
    questions = Questions(problem, known.choice if known else None, time_limit)
    proved, at_most = questions.answered(objective)
    found = questions.choice
    if found is None or exceeded(problem, found) or not problem.differs(found):
        return known
    bound = at_most if known is None else min(at_most, known.at_most)
    best = max((c for c in (found, known and known.choice) if c), key=lambda c: value_of(problem, objective, c))
    if proved and best == found:
        return Answer(best, True, bound)
    # Where the time was too short for a proof, rearranging a few schools often betters the plan it stopped at.
    better = bettered(board(problem, objective), best, LAST_TURNS)
    return Answer(best if exceeded(problem, better) else better, False, bound)


class Questions:
    """One question after another put to the same model: the gain, then the peak, then the starts in order."""

    def __init__(self, problem: Problem, known: Choice | None, time_limit: float) -> None:
        self.problem, self.choice, self.time_limit = problem, known, time_limit
        self.model = _model()
        self.columns = [[self._column(1) for _ in candidate.starts] for candidate in problem.candidates]
        for row, most in _rows(problem, self.columns):
            self._row(row, most=most)

    def answered(self, objective: Objective) -> tuple[bool, int]:
        """Whether every question was answered to the end, and the gain that no plan can better."""
        gains, at_most = self.gains(objective), 0
        if any(gains.values()):
            proved, bound = self.most_of(gains)
            at_most = int(min(bound, sum(map(objective.gain, self.problem.candidates))) + 0.001)
            if not proved:
                return False, at_most
            self._row(gains, least=at_most - 0.5)
        return (not objective.low_peak or self._lowest_peak()) and self._earliest(), at_most

    def gains(self, objective: Objective) -> Row:
        """What each start adds to the objective, by its column."""
        pairs = zip(self.problem.candidates, self.columns, strict=True)
        return {column: float(objective.gain(candidate)) for candidate, columns in pairs for column in columns}

    def _lowest_peak(self) -> bool:
        """The peak is a column of its own that every share of free days must stay under.

        Below nought schools give more than is in use.
        """
        limits = tuple(in_days(self.problem))
        if not limits:
            return True
        peak = self._column(None)
        for place, limit in limits:
            row = _use_row(self.problem, self.columns, place)
            shares = {column: amount / float(limit.free) for column, amount in row.items()}
            self._row(shares | {peak: -1.0}, most=-float(limit.in_use / limit.free))
        proved, lowest = self.most_of({peak: -1.0})
        self.model.changeColBounds(peak, -_NO_END, -lowest + 1e-9)
        return proved

    def _earliest(self) -> bool:
        """The start of each school in the board's order, each before the next is looked at."""
        for first in range(0, len(self.columns), _TOGETHER):
            together = self.columns[first : first + _TOGETHER]
            if not self.most_of(_weights(together))[0] or self.choice is None:
                return False
            for columns, place in zip(together, self.choice[first:], strict=False):
                for n, column in enumerate(columns):
                    self.model.changeColBounds(column, float(n == place), float(n == place))
        return True

    def most_of(self, gains: Mapping[int, float]) -> tuple[bool, float]:
        """Ask for the most of this; whether it was proved, and what it is at most. Keeps the plan found."""
        highspy = _highspy()
        left = self.time_limit - self.model.getRunTime()
        if left <= 0:
            return False, _NO_END
        for column in range(self.model.getNumCol()):
            self.model.changeColCost(column, gains.get(column, 0.0))
        self.model.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self.model.setOptionValue("time_limit", left)
        self._start_from()
        self.model.run()
        info, proved = self.model.getInfo(), self.model.getModelStatus() == highspy.HighsModelStatus.kOptimal
        if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
            self.choice = self._chosen()
        return proved, info.mip_dual_bound

    def _start_from(self) -> None:
        """The plan known already; the solver works out the peak for itself."""
        highspy = _highspy()
        if self.choice is not None and self.model.getNumCol() == sum(map(len, self.columns)):
            solution = highspy.HighsSolution()
            pairs = zip(self.columns, self.choice, strict=True)
            solution.col_value = [float(n == place) for columns, place in pairs for n in range(len(columns))]
            self.model.setSolution(solution)

    def _chosen(self) -> Choice:
        values = self.model.getSolution().col_value
        places = ([n for n, column in enumerate(columns) if values[column] > 0.5] for columns in self.columns)
        return tuple(place[0] if place else None for place in places)

    def _column(self, most: float | None) -> int:
        """A whole number from nought up to so many, or any number at all."""
        highspy = _highspy()
        place: int = self.model.getNumCol()
        self.model.addVar(*((-_NO_END, _NO_END) if most is None else (0.0, most)))
        if most is not None:
            self.model.changeColIntegrality(place, highspy.HighsVarType.kInteger)
        return place

    def _row(self, row: Mapping[int, float], *, least: float = -_NO_END, most: float = _NO_END) -> None:
        numpy = import_module("numpy")
        places, amounts = numpy.array([*row], dtype="int32"), numpy.array([*row.values()], dtype=float)
        self.model.addRow(least, most, len(row), places, amounts)


def _highspy() -> Any:
    """An extra, and slow to load: only a plan that needs it brings it in."""
    return import_module("highspy")


def _model() -> Any:
    model = _highspy().Highs()
    for name, value in _OPTIONS.items():
        model.setOptionValue(name, value)
    return model


def _rows(problem: Problem, columns: list[list[int]]) -> Iterator[tuple[Row, float]]:
    """One start for each school; every limit; and something other than each plan already known."""
    for starts in columns:
        yield dict.fromkeys(starts, 1.0), 1.0
    for place, limit in enumerate(problem.limits):
        if row := _use_row(problem, columns, place):
            yield row, float(limit.room)
    for plan in problem.unlike:
        yield _unlike_row(problem, columns, plan)


def _use_row(problem: Problem, columns: list[list[int]], place: int) -> Row:
    pairs = zip(problem.candidates, columns, strict=True)
    return {
        column: float(start.uses[place])
        for candidate, starts in pairs
        for start, column in zip(candidate.starts, starts, strict=True)
        if place in start.uses
    }


def _unlike_row(problem: Problem, columns: list[list[int]], plan: Choice) -> tuple[Row, float]:
    """At least one school is in another year, or joins that did not, or does not that did."""
    row: Row = {}
    joining = 0
    for candidate, starts, year in zip(problem.candidates, columns, problem.years(plan), strict=True):
        joining += year is not None
        for start, column in zip(candidate.starts, starts, strict=True):
            if year is None or start.term.academic_year == year:
                row[column] = -1.0 if year is None else 1.0
    return row, joining - 1.0


def _weights(together: list[list[int]]) -> Row:
    """An earlier start of an earlier school outweighs all that any later one could have."""
    weights: Row = {}
    unit = 1.0
    for columns in reversed(together):
        weights |= {column: unit * (len(columns) - n) for n, column in enumerate(columns)}
        unit *= len(columns) + 1
    return weights
