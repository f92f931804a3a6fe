"""How the ways open to parts make the ways open to a whole."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from clpt_growth.model.fact import Facts
from clpt_growth.model.outcome import CONFLICT, MET, NOT_APPLICABLE, NOT_MET, PARTLY, Open, each_way

Judge = Callable[[Facts], Open]


def every(parts: Sequence[Open], allowed: int = 0) -> Open:
    """The ways open to a whole that needs every part; parts that do not apply are left out.

    Each state is how many parts are short so far and whether one is partly met.
    """
    return _every(tuple(parts), allowed)


# The ways that occur together are few, and come back in case after case.
@lru_cache(maxsize=4096)
def _every(parts: tuple[Open, ...], allowed: int) -> Open:
    states = {(0, MET, False)}
    for part in parts:
        states = {_with_part(state, way) for state in states for way in each_way(part)}
    ways = 0
    for short, worst, applies in states:
        if not applies:
            ways |= NOT_APPLICABLE
        elif short > allowed:
            ways |= NOT_MET
        else:
            ways |= PARTLY if short else worst
    return Open(ways)


def _with_part(state: tuple[int, Open, bool], way: Open) -> tuple[int, Open, bool]:
    short, worst, _ = state
    if way == NOT_APPLICABLE:
        return state
    if way == NOT_MET:
        return short + 1, worst, True
    return short, Open(max(worst, way)), True


# The best of the parts: met, then partly met, then a conflict, then not met.
_BETTER = {MET: 0, PARTLY: 1, CONFLICT: 2, NOT_MET: 3, NOT_APPLICABLE: 4}


def best(parts: Sequence[Open]) -> Open:
    """The ways open to a whole that needs one part; parts that do not apply are left out."""
    return _best(tuple(parts))


@lru_cache(maxsize=4096)
def _best(parts: tuple[Open, ...]) -> Open:
    found = {NOT_APPLICABLE}
    for part in parts:
        found = {min(so_far, way, key=_BETTER.__getitem__) for so_far in found for way in each_way(part)}
    ways = 0
    for way in found:
        ways |= way
    return Open(ways)
