"""What cannot hold together: the smallest set of limits that do not let so many schools join."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from clpt_growth.pipeline.planning import OBJECTIVES, ONE_OF, Answer, Choice, Limit, Problem, Solve, exceeded

# Sets of limits tried before it is left open whether a smaller one would do.
_MOST_TRIED = 40


class Clash(NamedTuple):
    """Limits that do not let so many schools join; without any one of them as many could, where `proved`.

    `fewest` says that no smaller set does it either.
    """

    wanted: int
    limits: tuple[Limit, ...]
    proved: bool
    fewest: bool = False


def clash(problem: Problem, best: Choice, solve: Solve) -> Clash | None:
    """The limits that keep every school from joining, or any school where the plan has none; None where all join.

    What excludes a school by the board's own choice is never one of them.
    """
    without = solve(problem.kept_to(lambda limit: limit.kind == ONE_OF), OBJECTIVES["joiners"])
    could = _joining(without.choice) if without else 0
    wanted = could if _joining(best) else 1
    if _joining(best) >= could:
        return None

    def under(limits: Collection[Limit]) -> Answer | None:
        return solve(problem.kept_to(lambda x: x.kind == ONE_OF or x in limits), OBJECTIVES["joiners"])

    def cannot(limits: Collection[Limit]) -> bool:
        return _too_few(under(limits), wanted)

    everything = [limit for limit in problem.limits if limit.kind != ONE_OF]
    if not cannot(everything):
        return Clash(wanted, (), proved=False)
    found = _left_out_one_by_one(everything, cannot)
    for smaller in _smaller(problem, everything, len(found), wanted, under):
        if smaller is None:
            return Clash(wanted, found, proved=True)
        found = smaller
    return Clash(wanted, found, proved=True, fewest=True)


def _joining(choice: Choice) -> int:
    return sum(place is not None for place in choice)


def _too_few(answer: Answer | None, wanted: int) -> bool:
    return answer is not None and answer.at_most < wanted


def _left_out_one_by_one(limits: Sequence[Limit], cannot: Callable[[Collection[Limit]], bool]) -> tuple[Limit, ...]:
    """What is left when limits are left out, the last first, for as long as the rest still do not hold."""
    kept = list(limits)
    for limit in reversed(limits):
        others = [other for other in kept if other is not limit]
        if cannot(others):
            kept = others
    return tuple(kept)


def _smaller(
    problem: Problem,
    limits: Sequence[Limit],
    size: int,
    wanted: int,
    under: Callable[[Collection[Limit]], Answer | None],
) -> Iterator[tuple[Limit, ...] | None]:
    """The smallest set where it is smaller than `size`, nothing where none is, and None where that was not shown.

    A plan with schools enough breaks some limits, and every set that does not hold has one of those; so the
    smallest set that has one of each plan's is tried next (a minimal hitting set, after Reiter 1987).
    """
    broken: list[tuple[int, ...]] = []
    for _ in range(_MOST_TRIED):
        hits = next((h for most in range(size) if (h := _hitting(broken, most)) is not None), None)
        if hits is None:
            return
        kept = tuple(limits[n] for n in sorted(hits))
        answer = under(kept)
        if _too_few(answer, wanted):
            yield kept
            return
        if answer is None or _joining(answer.choice) < wanted:
            break
        over = {x.limit for x in exceeded(problem, answer.choice)}
        broken.append(tuple(n for n, limit in enumerate(limits) if limit in over))
    yield None


def _hitting(sets: Sequence[Sequence[int]], most: int, chosen: tuple[int, ...] = ()) -> tuple[int, ...] | None:
    """At most so many numbers with one in every set, the first there are; None where there are none."""
    missed = next((some for some in sets if not set(some) & set(chosen)), None)
    if missed is None:
        return chosen
    if len(chosen) == most:
        return None
    found = (_hitting(sets, most, (*chosen, number)) for number in missed)
    return next((hits for hits in found if hits is not None), None)
