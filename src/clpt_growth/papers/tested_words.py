"""How a principle is tested, as its parts hang together: all of them, either of them, or a conflict and otherwise."""

from collections.abc import Iterator
from typing import NamedTuple

from clpt_growth.model.criterion import AllOf, AnyOf, Conflict, Criterion
from clpt_growth.model.finding import Assessment
from clpt_growth.model.principle import Principle
from clpt_growth.model.rules import Library
from clpt_growth.papers.lines_words import Chosen, lines_in_force, lines_of
from clpt_growth.papers.wording import capital


class Line(NamedTuple):
    """One line in words: what it is about, and where it is from."""

    about: str
    line: str
    basis: str


class Group(NamedTuple):
    """Parts that are joined; the two of a conflict are when it arises and what is asked otherwise."""

    kind: str
    parts: tuple["Line | Group", ...]


_JOINED = {"any of": ("either", "or"), "conflict": ("a conflict where", "otherwise")}
_BETWEEN = {"all of": " and ", "any of": ", or ", "conflict": "; otherwise "}
_BEFORE = {"any of": "either ", "conflict": "a conflict where "}


def tested(principle: Principle, assessment: Assessment) -> Line | Group:
    """A principle's parts with the lines in force."""
    return _tested(principle.criterion, assessment.library, lambda part: lines_in_force(part, assessment))


def tested_in(principle: Principle, library: Library) -> Line | Group:
    """The same with every line of every phase, for reading without a case."""
    return _tested(principle.criterion, library, lambda part: part.thresholds)


def _tested(criterion: Criterion, library: Library, chosen: Chosen) -> Line | Group:
    if isinstance(criterion, AllOf | AnyOf):
        return Group(criterion.kind, tuple(_tested(part, library, chosen) for part in criterion.parts))
    if isinstance(criterion, Conflict):
        both = (_tested(part, library, chosen) for part in (criterion.when, criterion.otherwise))
        clash = [Line(*words) for words in lines_of(criterion, library, chosen)]
        return Group("all of", (*clash, Group("conflict", tuple(both))))
    found = tuple(Line(*words) for words in lines_of(criterion, library, chosen))
    return found[0] if len(found) == 1 else Group("all of", found)


def lines_in(test: Line | Group) -> Iterator[Line]:
    """Every line, in the order of the criteria."""
    if isinstance(test, Line):
        yield test
    else:
        for part in test.parts:
            yield from lines_in(part)


def joined_lines(test: Line | Group, before: str = "") -> Iterator[tuple[str, Line]]:
    """Every line with the word that joins it to the one before; none where both are simply asked for."""
    if isinstance(test, Line):
        yield before, test
        return
    for number, part in enumerate(test.parts):
        word = _JOINED[test.kind][number > 0] if test.kind in _JOINED else "and" if before and number else ""
        yield from joined_lines(part, " ".join(dict.fromkeys(w for w in (before if not number else "", word) if w)))


def in_words(test: Line | Group) -> str:
    """All of it in one run of words, a sentence for each part of the whole."""
    parts = test.parts if isinstance(test, Group) and test.kind == "all of" else (test,)
    return ". ".join(dict.fromkeys(capital(_said(part)) for part in parts))


def _said(test: Line | Group) -> str:
    if isinstance(test, Line):
        return f"{test.about}: {test.line}"
    parts = dict.fromkeys(_said(part) for part in test.parts)
    return _BEFORE.get(test.kind, "") + _BETWEEN[test.kind].join(parts)
