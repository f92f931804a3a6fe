"""What can be wrong with the files we are given."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import NamedTuple

# How to come by a blank file of each kind.
BLANK_FILE = {
    "school": "for a blank school file: clpt-growth new NAME",
    "trust": "for a blank trust file: clpt-growth init DIR",
}


class Problem(NamedTuple):
    """One thing a person can put right: where it is, what is wrong, what to do."""

    file: str
    line: int
    field: str
    wrong: str
    todo: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " if self.line else f"{self.file}: "
        field = f"{self.field}: " if self.field else ""
        return f"{place}{field}{self.wrong}; {self.todo}"


class InputError(Exception):
    """The files or arguments are wrong; it holds every problem found, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.file, p.line)))
        super().__init__("\n".join(map(str, self.problems)))


def problem_with(file: str, wrong: str, todo: str) -> InputError:
    """The error for a file that is wrong as a whole."""
    return InputError([Problem(file, 0, "", wrong, todo)])


def did_you_mean(word: str, known: Sequence[str] | Iterable[str], otherwise: str) -> str:
    """The nearest known word as a suggestion, or what else to do."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else otherwise
