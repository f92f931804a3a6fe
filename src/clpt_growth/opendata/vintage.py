"""Which year or day a table speaks of, told from its own cells, its title lines or its name."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from clpt_growth.opendata.cells import day_in, month_named

VintageKind = Literal["academic year", "financial year", "day"]
_YEAR_PAIR = re.compile(r"(?<!\d)(20\d\d)(?:[-_/. ]?(?:to)?[-_/. ]?)(20)?(\d\d)(?!\d)")
_COMPACT_DAY = re.compile(r"(?<!\d)(20\d\d)[-_. ]?(\d\d)[-_. ]?(\d\d)(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[-_/. ](\d{1,2})[-_/. ](20\d\d)(?!\d)")
_DAY_IN_WORDS = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[-_ ]+([A-Za-z]{3,9})[-_, ]+(20\d\d)(?!\d)")
_MONTH_IN_WORDS = re.compile(r"(?<![A-Za-z])([A-Za-z]{3,9})[-_, ]+(20\d\d)(?!\d)")
_RULE = re.compile(r"(?:(first|second|third|fourth|last) ([a-z]+) (?:of|in) |(\d{1,2}) )([a-z]+)", re.IGNORECASE)
_ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FIRST_MONTH = {"academic year": 9, "financial year": 4}


class Vintage(NamedTuple):
    """A year by the calendar year it starts in, or a day; `known` is false where nothing tells it."""

    kind: VintageKind
    start: int = 0
    day: date | None = None

    @property
    def known(self) -> bool:
        return bool(self.start) or self.day is not None

    @property
    def year(self) -> str:
        """`2022-23`; blank for a day or where the year is not known."""
        return f"{self.start}-{(self.start + 1) % 100:02}" if self.start else ""

    def __str__(self) -> str:
        if self.day is not None:
            return self.day.isoformat()
        return self.year or "vintage not known"

    def earlier(self, years: int) -> "Vintage":
        return self._replace(start=self.start - years) if self.start else self


def vintage_in(texts: Iterable[str], kind: VintageKind) -> Vintage:
    """The vintage in the first text that holds one, such as a title line and then the file's name."""
    find = _day_named if kind == "day" else _year_named
    for text in texts:
        found = find(text)
        if found is not None:
            return Vintage(kind, day=found) if isinstance(found, date) else Vintage(kind, found)
    return Vintage(kind)


def vintage_of(cell: str, kind: VintageKind) -> Vintage:
    """The vintage a cell of a row names: `202223`, `2022/23`, or a day; one year alone could be either half."""
    if kind == "day":
        return Vintage(kind, day=day_in(cell))
    named = _year_named(cell.removesuffix(".0"))
    return Vintage(kind) if named is None else Vintage(kind, named)


def _year_named(text: str) -> int | None:
    """The year that starts a pair of years in a row; the last such pair, as `200910-202425` ends in 2024-25."""
    pairs = (int(m[1]) for m in _YEAR_PAIR.finditer(text) if (int(m[1]) + 1) % 100 == int(m[3]) and _same_age(m))
    return max(pairs, default=None)


def _same_age(found: re.Match[str]) -> bool:
    return not found[2] or int(found[2] + found[3]) == int(found[1]) + 1


def _day_named(text: str) -> date | None:
    ways = (
        ((m[1], m[2], m[3]) for m in _COMPACT_DAY.finditer(text)),
        ((m[3], m[2], m[1]) for m in _DAY_FIRST.finditer(text)),
        ((m[3], str(month_named(m[2])), m[1]) for m in _DAY_IN_WORDS.finditer(text)),
    )
    for found in (parts for way in ways for parts in way):
        if (day := _day(*map(int, found))) is not None:
            return day
    months = ((int(m[2]), month_named(m[1])) for m in _MONTH_IN_WORDS.finditer(text))
    return next((_month_end(year, month) for year, month in months if month), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


@lru_cache
def dated(rule: str, vintage: Vintage) -> date | None:
    """The day a rule names in a year: `31 August`, `third Thursday of January`; of a day, the day itself.

    Raises `ValueError` for a rule that names no day.
    """
    if vintage.day is not None or not rule:
        return vintage.day
    found = _RULE.fullmatch(rule.strip())
    month = month_named(found[4]) if found else 0
    if found is None or not month or (found[2] and found[2].casefold() not in _WEEKDAYS):
        raise ValueError(f'"{rule}" names no day')
    if not vintage.start:
        return None
    year = vintage.start + (month < _FIRST_MONTH[vintage.kind])
    if found[3]:
        return date(year, month, int(found[3]))
    weekday = _WEEKDAYS.index(found[2].casefold())
    if found[1].casefold() == "last":
        last = _month_end(year, month)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * _ORDINALS[found[1].casefold()])
