"""What a person wrote for a fact, as a value of the fact's kind."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from clpt_growth.facts.personal import personal_detail, somebody
from clpt_growth.model.dictionary import FactKind
from clpt_growth.model.fact import NotApplicable, Term

LONGEST_TEXT = 2_000
LONGEST_DIGITS = 15
# A school may have stood for centuries and a lease may outlast this one; anything further off is a slip of the finger.
FIRST_YEAR, LAST_YEAR = 1500, 2199

_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]*)$")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$")
_UNDERSCORE = re.compile(r"(?<=[0-9])_(?=[0-9])")
# Controls, half characters, and the marks that turn the direction of writing round.
_HIDDEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_NOT_APPLICABLE = re.compile(r"n/?a\b\s*(?:\((.*)\))?\s*$", re.IGNORECASE | re.DOTALL)
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})$")
_TERM = re.compile(r"(autumn|spring|summer)\s+([0-9]{4})$", re.IGNORECASE)
_YEAR = re.compile(r"([0-9]{4})[-/]([0-9]{2})$")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


class Unreadable(ValueError):
    """What a person wrote is not of the fact's kind; says what is wrong and what to do."""

    def __init__(self, wrong: str, todo: str) -> None:
        super().__init__(f"{wrong}; {todo}")
        self.wrong = wrong
        self.todo = todo


# How the Department and Ofsted write a figure they do not give.
_CODES = frozenset(["SUPP", "NE", "NP", "NA", "NR", "LOWCOV", "NEW", "SP", "RE", "DNS", "NULL"])
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}
_GRADE_NUMBERS = {"1": "outstanding", "2": "good", "3": "requires improvement", "4": "inadequate"}


def value_of(text: str, kind: FactKind) -> Any:
    """The value a person wrote, or `NotApplicable`; raises `Unreadable`."""
    if text in _CODES and kind.kind not in ("text", "texts"):
        raise Unreadable(
            f'"{text}" is a code for a figure that is not given',
            "leave it out, or write n/a (and the reason)",
        )
    if len(text) > LONGEST_TEXT:
        raise Unreadable(f"is {len(text):,} characters long", f"keep it under {LONGEST_TEXT:,}")
    if text[:1] in ("n", "N") and (away := _NOT_APPLICABLE.match(text)):
        if not (away[1] or "").strip():
            raise Unreadable('"n/a" gives no reason', "write n/a (and the reason)")
        return NotApplicable(_prose(away[1].strip()))
    return _READERS[kind.kind](text.strip(), kind)


def _digits(text: str) -> str:
    if len(text) > LONGEST_DIGITS + 8:
        raise Unreadable(f'"{text[:12]}..." is too long for a number', f"write at most {LONGEST_DIGITS} digits")
    return _UNDERSCORE.sub("", text) if "_" in text else text


def _whole_number(text: str, what: str, example: str) -> int:
    if not _WHOLE.match(digits := _digits(text)):
        raise Unreadable(f'"{text}" is not {what}', _number_hint(text) or f"write it like {example}")
    return int(digits)


def _number_hint(text: str) -> str:
    bare = text.replace("£", "").replace(",", "").replace(" ", "")
    if re.fullmatch(r"\(-?[0-9]+\)", bare):
        return f"write a loss with a minus: -{bare.strip('()-')}"
    if short := re.fullmatch(r"(-?[0-9]+(?:\.[0-9]+)?)([kKmM])", bare):
        times = 1000 if short[2] in "kK" else 1_000_000
        return f"write {int(Decimal(short[1]) * times)}"
    if re.fullmatch(r"-?[0-9]+\.[0-9]+", bare):
        return f"round it: {Decimal(bare):.0f}"
    if re.fullmatch(r"-?0[0-9]+", bare):
        return f"write it without the leading zero: {int(bare)}"
    if re.fullmatch(r"-?[0-9]+", bare):
        return f"write {bare}"
    return ""


def _pounds(text: str, kind: FactKind) -> int:
    return _whole_number(text, "a whole number of pounds", "12_000, a loss as -12_000")


def _count(text: str, kind: FactKind) -> int:
    number = _whole_number(text, "a whole number", "12")
    if number < 0:
        raise Unreadable(f'"{text}" is less than none', "write 0 or more")
    _must_be_plausible(number, text, kind)
    return number


def _decimal(text: str) -> Decimal:
    if not _DECIMAL.match(digits := _digits(text)):
        hint = _number_hint(text) or "write it like 12.5"
        raise Unreadable(f'"{text}" is not a number', hint)
    return Decimal(digits)


def _number(text: str, kind: FactKind) -> Decimal:
    number = _decimal(text)
    if number < 0 and not kind.signed:
        raise Unreadable(f'"{text}" is less than nothing', "write 0 or more")
    _must_be_plausible(number, text, kind)
    return number


def _must_be_plausible(number: int | Decimal, text: str, kind: FactKind) -> None:
    if kind.most is not None and number > kind.most:
        raise Unreadable(f'"{text}" is more than can be right', f"check the digits, and write {kind.most} or less")


def _share(text: str, kind: FactKind) -> Decimal:
    percent = text.endswith("%")
    try:
        number = _decimal(text[:-1].rstrip() if percent else text)
    except Unreadable:
        raise Unreadable(f'"{text}" is not a share', "write it like 41.2% or 0.412") from None
    share = number / 100 if percent else number
    if not percent and abs(share) > 1:
        raise Unreadable(f"{text} is more than the whole", f"write {text}% (or {_short(number / 100)})")
    if share > 1 and not kind.over_whole:
        raise Unreadable(f"{text} is more than the whole", "write a share of at most 100%")
    if share < 0 and not kind.signed:
        raise Unreadable(f"{text} is less than nothing", "write a share of 0% or more")
    return share


def _short(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _date(text: str, kind: FactKind) -> date:
    if len(text) == 10 and text[4] == text[7] == "-":
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise Unreadable(f"there is no day {text}", "write year-month-day: 2026-03-31") from None
        _must_be_within_reach(day.year, text)
        return day
    if two_ways := _DAY_FIRST.match(text):
        raise Unreadable(*_two_readings(text, *two_ways.groups()))
    raise Unreadable(f'"{text}" is not a date', "write year-month-day: 2026-03-31")


def _must_be_within_reach(year: int, text: str) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable(f"{text} is too far away to be right", "check the year")


def _two_readings(text: str, first: str, second: str, year: str) -> tuple[str, str]:
    a, b = int(first), int(second)
    ways = [(d, m) for d, m in dict.fromkeys(((a, b), (b, a))) if 1 <= m <= 12 and 1 <= d <= 31]
    if not ways:
        return f"there is no day {text}", "write year-month-day: 2026-03-31"
    could_be = " or ".join(f"{d} {_MONTHS[m - 1]}" for d, m in ways)
    write = " or ".join(f"{year}-{m:02}-{d:02}" for d, m in ways)
    return f"{text} could be {could_be}" if len(ways) > 1 else f"{text} is {could_be}", f"write {write}"


def _yes_no(text: str, kind: FactKind) -> bool:
    try:
        return _YES_NO[text.lower()]
    except KeyError:
        raise Unreadable(f'"{text}" is neither yes nor no', "write yes or no") from None


def _choice(text: str, kind: FactKind) -> str:
    if text in kind.choices:
        return text
    for choice in kind.choices:
        if choice.lower() == text.lower():
            return choice
    if _GRADE_NUMBERS.get(text) in kind.choices:
        raise Unreadable(f'"{text}" is a grade as a number', f"write the word: {_GRADE_NUMBERS[text]}")
    raise Unreadable(f'"{text}" is not one of the answers', f"write one of: {', '.join(kind.choices)}")


def _term(text: str, kind: FactKind) -> Term:
    if not (found := _TERM.match(text)):
        raise Unreadable(f'"{text}" is not a term', "write autumn 2027, spring 2028 or summer 2028")
    _must_be_within_reach(int(found[2]), text)
    position = ("autumn", "spring", "summer").index(found[1].lower())
    return Term(int(found[2]) - (position > 0), position)


def _year(text: str, kind: FactKind) -> str:
    found = _YEAR.match(text)
    if not found or (int(found[1]) + 1) % 100 != int(found[2]):
        raise Unreadable(f'"{text}" is not a year', "write both halves: 2026-27")
    _must_be_within_reach(int(found[1]), text)
    return f"{found[1]}-{found[2]}"


def _text(text: str, kind: FactKind) -> str:
    if kind.pattern and not re.fullmatch(kind.pattern, text):
        raise Unreadable(f'"{text}" is not {kind.pattern_words}', _pattern_hint(kind))
    if kind.role and (detail := somebody(text)):
        raise Unreadable(*detail)
    return _prose(text)


def _prose(text: str) -> str:
    if text.isascii() and text.isalpha():
        return text
    if not text.isprintable() and _HIDDEN.search(text):
        raise Unreadable("holds a hidden control character", "type it again as plain text")
    if detail := personal_detail(text):
        raise Unreadable(*detail)
    return " ".join(text.split())


def _pattern_hint(kind: FactKind) -> str:
    example = f"write it like {kind.example}" if kind.example else "correct it"
    return f"{example}, or n/a (and the reason) where there is none"


_READERS: dict[str, Callable[[str, FactKind], Any]] = {
    "pounds": _pounds,
    "share": _share,
    "count": _count,
    "number": _number,
    "days": _count,
    "date": _date,
    "yes_no": _yes_no,
    "choice": _choice,
    "choices": _choice,
    "text": _text,
    "texts": _text,
    "term": _term,
    "year": _year,
    "financial_year": _year,
}
