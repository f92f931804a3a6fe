"""What a fact is: a value, and how we know it."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple


class Verified(StrEnum):
    """How sure we are of a value, surest first."""

    PUBLISHED = "published"
    DOCUMENT_SEEN = "document seen"
    SELF_REPORTED = "self reported"


class NotApplicable(NamedTuple):
    """Written in place of a value: the question does not arise, and why."""

    reason: str


class Term(NamedTuple):
    """An academic term; terms sort in the order they happen."""

    academic_year: int
    position: int

    def __str__(self) -> str:
        season = ("autumn", "spring", "summer")[self.position]
        return f"{season} {self.academic_year + (self.position > 0)}"

    def later(self, terms: int) -> "Term":
        years, position = divmod(self.position + terms, 3)
        return Term(self.academic_year + years, position)

    def since(self, other: "Term") -> int:
        """Terms from the other to this one; below nought where this one comes first."""
        return (self.academic_year - other.academic_year) * 3 + self.position - other.position


class AtLeast(NamedTuple):
    """A figure that is not known, and cannot be lower than this."""

    value: Any


class AtMost(NamedTuple):
    """A figure that is not known, and cannot be higher than this."""

    value: Any


class Fact(NamedTuple):
    """One thing known about a school, a trust or a case.

    An absent fact is not a `Fact` at all: silence has no value.
    `low` and `high` are set only where the writer gave a range; `value` is then the expected figure.
    `bound` is "at least" or "at most" where the figure itself is not known and `value` is all that is.
    `whole` is no for a list that does not say how many entries it has, or has fewer than it says.
    """

    name: str
    value: Any
    source: str = ""
    dated: date | None = None
    verified: str = ""
    note: str = ""
    low: Any = None
    high: Any = None
    line: int = 0
    derived_from: tuple[str, ...] = ()
    whole: bool = True
    bound: str = ""

    @property
    def applies(self) -> bool:
        return not isinstance(self.value, NotApplicable)


Facts = Mapping[str, Fact]
Record = Mapping[str, Any]
