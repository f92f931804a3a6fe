"""One cell of a published table as a value, or as the reason why it gives none."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal, NamedTuple

Scale = Literal["percent", "fraction", ""]


class Gap(NamedTuple):
    """Why a cell gives no value: the reason in words, and the cell as it stands."""

    reason: str
    text: str


Codes = Mapping[str, str]
"""The reason for each code, by the code in small letters."""

MISSING = Gap("missing", "")
# A comma stands before three figures; where it is a decimal point, the cell is no number rather than one ten times it.
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+"
_NUMBER = re.compile(rf"(\()?\s*([-−–+])?\s*£?\s*([-−])?\s*({_DIGITS})(?:[eE]([-+]?\d+))?\s*(\))?\s*(%)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?:[ T]\d{1,2}:.*)?")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[ T]\d{1,2}:.*)?")
_IN_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-_ ]([A-Za-z]{3,9})[-_, ]+(\d{4})")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december",
)  # fmt: skip
# A workbook's own days, counted from here; outside the span a five-figure number is something else.
_SERIAL_START, _SERIAL_FIRST, _SERIAL_LAST = date(1899, 12, 30), 14_000, 70_000
_COMPANY_DIGITS, _SCHOOL_DIGITS = 8, 4


class Number(NamedTuple):
    """A number as written, and whether a percent sign stood behind it."""

    value: Decimal
    percent: bool


def gap_in(text: str, codes: Codes) -> Gap | None:
    """The reason a cell gives no figure, where it holds a code or nothing."""
    if not text:
        return MISSING
    reason = codes.get(text.casefold())
    return Gap(reason, text) if reason is not None else None


def number_in(text: str) -> Number | None:
    """`45%`, `46.21`, `£48,747`, `(1,200)` and `-0.5`; None where the text is no number."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None or bool(found[1]) != bool(found[6]):
        return None
    value = Decimal(found[4].replace(",", ""))
    if found[5]:
        value = value.scaleb(int(found[5])) if abs(int(found[5])) < 20 else Decimal("NaN")
    if value.is_nan():
        return None
    minus = bool(found[1]) or found[2] in ("-", "−", "–") or bool(found[3])
    return Number(-value if minus else value, bool(found[7]))


def day_in(text: str) -> date | None:
    """A day written `dd-mm-yyyy`, `dd/mm/yyyy`, year first, in words, or as a workbook's own number."""
    text = text.strip()
    try:
        if found := _DAY_FIRST.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _YEAR_FIRST.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if (found := _IN_WORDS.fullmatch(text)) and (month := month_named(found[2])):
            return date(int(found[3]), month, int(found[1]))
    except ValueError:
        return None
    if text.isdecimal() and _SERIAL_FIRST < int(text) < _SERIAL_LAST:
        return _SERIAL_START + timedelta(days=int(text))
    return None


def month_named(word: str) -> int:
    """1 to 12, or nought where the word is no month."""
    start = word.casefold()
    whole = (number for number, month in enumerate(_MONTHS, 1) if month.startswith(start) or start == f"{month[:3]}t")
    return next(whole, 0) if len(start) > 2 else 0


def urn_in(text: str) -> str:
    """A school's number, also where a workbook made it a figure; blank where the row is no school's."""
    text = text.strip()
    if text.endswith(".0"):
        text = text[:-2]
    return text if len(text) in (5, 6, 7) and text.isdecimal() and int(text) else ""


Reader = Callable[[str], Any]


def reader_of(kind: str, codes: Codes, scale: Scale = "", read_as: str = "") -> Reader:
    """The function from a cell to a value of a kind of fact, or to a `Gap`."""
    convert = _READ_AS[read_as] if read_as else _BY_KIND[kind]

    def read(text: str) -> Any:
        if (gap := gap_in(text, codes)) is not None:
            return gap
        return convert(text, scale)

    return read


def _unreadable(text: str, what: str) -> Gap:
    return Gap(f"not {what}", text)


def _pounds(text: str, scale: Scale) -> Any:
    number = number_in(text)
    if number is None or number.percent:
        return _unreadable(text, "an amount of money")
    return int(number.value.quantize(Decimal(1), ROUND_HALF_UP))


def _count(text: str, scale: Scale) -> Any:
    number = number_in(text)
    if number is None or number.percent or number.value != int(number.value) or number.value < 0:
        return _unreadable(text, "a whole number")
    return int(number.value)


def _number(text: str, scale: Scale) -> Any:
    number = number_in(text)
    return _unreadable(text, "a number") if number is None or number.percent else _plain(number.value)


def _share(text: str, scale: Scale) -> Any:
    number = number_in(text)
    if number is None:
        return _unreadable(text, "a share")
    if number.percent or scale == "percent":
        return _plain(number.value / 100)
    if scale == "fraction":
        return _plain(number.value)
    return Gap("not clear whether a percentage or a fraction", text)


def _plain(number: Decimal) -> Decimal:
    """Without noughts at the end, and without an exponent."""
    short = number.normalize()
    exponent = short.as_tuple().exponent
    return short.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else short + 0


def _date(text: str, scale: Scale) -> Any:
    return day_in(text) or _unreadable(text, "a date")


def _text(text: str, scale: Scale) -> Any:
    return " ".join(text.split())


def _yes_no(text: str, scale: Scale) -> Any:
    answer = {"yes": True, "true": True, "y": True, "no": False, "false": False, "n": False}.get(text.casefold())
    return _unreadable(text, "yes or no") if answer is None else answer


def _company(text: str, scale: Scale) -> Any:
    """Eight characters; a workbook drops the noughts at the start."""
    digits = text.removesuffix(".0")
    return digits.zfill(_COMPANY_DIGITS) if digits.isdecimal() else " ".join(text.split())


def _laestab(text: str, scale: Scale) -> Any:
    """Council number, stroke, school number of four figures: from `8502004`, `850/2004` or `850 2004`."""
    digits = re.sub(r"\D", "", text.removesuffix(".0"))
    if len(digits) != 3 + _SCHOOL_DIGITS:
        return _unreadable(text, "a council and school number")
    return f"{digits[:3]}/{digits[3:]}"


def _outward(text: str, scale: Scale) -> Any:
    """The first half of a postcode."""
    first = text.split()[0] if text.split() else ""
    return first.upper() if re.fullmatch(r"[A-Za-z]{1,2}\d[A-Za-z\d]?", first) else _unreadable(text, "a postcode")


_BY_KIND: Mapping[str, Callable[[str, Scale], Any]] = {
    "pounds": _pounds,
    "count": _count,
    "days": _count,
    "number": _number,
    "share": _share,
    "date": _date,
    "text": _text,
    "texts": _text,
    "choice": _text,
    "choices": _text,
    "year": _text,
    "financial_year": _text,
    "yes_no": _yes_no,
}
_READ_AS: Mapping[str, Callable[[str, Scale], Any]] = {
    "company number": _company,
    "council and school number": _laestab,
    "postcode area": _outward,
}
READINGS = tuple(_READ_AS)
