"""Every sum, date and outcome a reader sees, in words; rounding happens here and nowhere else."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import Any

from clpt_growth.facts.small_counts import held_back, rate_held_back
from clpt_growth.model.criterion import Age, Span
from clpt_growth.model.dictionary import Dictionary, FactKind
from clpt_growth.model.fact import Fact, NotApplicable, Term, Verified
from clpt_growth.model.outcome import Outcome

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip

# What is missing inside a list: the list, the key of the entry, the field.
_INSIDE = re.compile(r"([^\[]+)\[([^\]]+)\]\.(.+)")
# Columns of a terminal of the usual width.
WIDTH = 80
NOT_EVIDENCED = "not evidenced"
TO_COMPLETE = "To be completed: ............................................"


def rounded(number: Decimal | int, places: int = 1) -> Decimal:
    """Half up, as people round; nought has no sign."""
    return Decimal(number).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0


def money(pounds: int) -> str:
    """Whole pounds, a minus before the sign: -£1,200."""
    return f"{'-' if pounds < 0 else ''}£{abs(pounds):,}"


def about(pounds: int, nearest: int = 1000) -> str:
    """A forecast, to the nearest thousand unless told otherwise: it is no surer than that."""
    return money(_to_nearest(pounds, nearest))


def nearest_thousand(pounds: int) -> int:
    """A forecast as it is shown, for a sum of what is shown."""
    return _to_nearest(pounds, 1000)


def _to_nearest(pounds: int, nearest: int) -> int:
    return int((Decimal(pounds) / nearest).to_integral_value(ROUND_HALF_UP)) * nearest


def thousands(pounds: int) -> str:
    return f"{rounded(Decimal(pounds) / 1000, 0):,}"


def percent(share: Decimal, places: int = 1) -> str:
    """A share of one as a percentage, rounded half up; whole where it comes out whole: 85%, 6.5%."""
    number = rounded(share * 100, places)
    return f"{number.normalize():f}%" if number == number.to_integral_value() else f"{number}%"


def in_column(number: Decimal | int) -> str:
    """A number to one place however it ends, so that a column of them lines up."""
    return f"{rounded(number):,}"


def share_in_column(share: Decimal) -> str:
    return f"{rounded(share * 100)}%"


def decimal(number: Decimal | int) -> str:
    number = rounded(number, 1)
    return f"{number:,.0f}" if number == number.to_integral_value() else f"{number:,}"


def day(when: date) -> str:
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


_INITIALS = {"send": "SEND", "hr": "HR", "ict": "ICT", "pfi": "PFI"}


def specialism_words(specialism: str) -> str:
    return _INITIALS.get(specialism, specialism)


def not_in_post(short: Iterable[tuple[str, str, Decimal]]) -> str:
    """Each specialism nobody is in post for, with the term when it is shortest and the days it is then short."""
    said = [f"{specialism_words(name)} ({plural(days, 'day')} short in {term})" for name, term, days in short]
    return f"nobody is in post for {listed(said)}" if said else ""


def yes_no(answer: bool) -> str:
    return "yes" if answer else "no"


def noun(count: Decimal | int, one: str, many: str = "") -> str:
    """The word alone, as it stands beside a number: one as it is shown, rounded, is one."""
    return one if decimal(count).lstrip("-") == "1" else many or one + "s"


def plural(count: Decimal | int, one: str, many: str = "") -> str:
    return f"{decimal(count)} {noun(count, one, many)}"


# "days a term" is "day a term" for one; "per 100 pupils" and "out of 5" stay as they are.
_PLURAL_OF_UNIT = re.compile(r"^(?!per |out of |to )(.*?)s(?=$| a | out )")


def in_units(number: Decimal | int, unit: str) -> str:
    """A number beside its unit, which the dictionary writes in the plural."""
    return plural(number, _PLURAL_OF_UNIT.sub(r"\1", unit), unit)


_NUMBER_WORDS = [
    "none",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


def number_word(count: int) -> str:
    return _NUMBER_WORDS[count] if count < len(_NUMBER_WORDS) else f"{count:,}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """a, b and c"""
    items = [w for w in words if w]
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}" if items else ""


def sentence(words: str) -> str:
    """With a capital at the start and a stop at the end."""
    words = words.strip()
    return words if not words else words[0].upper() + words[1:] + ("" if words[-1] in ".?!" else ".")


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def lowered(words: str) -> str:
    """Without its capital, unless it starts with an abbreviation such as SEND."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def short_day(when: date) -> str:
    """For narrow columns: it does not break over a line."""
    return f"{when.day}\u00a0{_MONTHS[when.month - 1][:3]}\u00a0{when.year}"


def value_words(value: Any, kind: FactKind | None) -> str:
    """A value in its own unit."""
    said = _BY_TYPE.get(type(value))
    return said(value, kind) if said is not None else _NUMBERS.get(kind.kind if kind else "", _any_words)(value, kind)


def span_words(span: Span, kind: FactKind | None) -> str:
    start = f"{value_words(span.start, kind)} or more" if span.start is not None else ""
    below = f"below {value_words(span.below, kind)}" if span.below is not None else ""
    return listed([start, below]) if start and below else start or below


# The fewest spaces that make a line of text a sentence rather than a name.
_SENTENCE = 5


def tuple_words(values: tuple[Any, ...], kind: FactKind | None) -> str:
    if kind is not None and kind.kind == "records":
        return plural(len(values), "entry", "entries")
    if kind is not None and kind.kind == "texts":
        # What its author wrote as sentences is told as sentences; names are shorter than that.
        whole = all(v[:1].isupper() for v in values) and any(v.count(" ") >= _SENTENCE for v in values)
        return (". ".join(v.rstrip(".") for v in values) if whole else "; ".join(values)) or "none"
    return listed([_with_initials(str(v)) for v in values]) or "none"


def _with_initials(words: str) -> str:
    return " ".join(_INITIALS.get(word, word) for word in words.split(" "))


def _any_words(value: Any, kind: FactKind | None) -> str:
    return decimal(value) if isinstance(value, Decimal) else str(value)


def _number_words(value: Any, kind: FactKind | None) -> str:
    unit = kind.unit if kind is not None else ""
    # A label such as "suspensions for each 100 pupils" has said it already.
    said = kind is not None and " ".join(unit.split()[-2:]) in kind.label
    if unit.startswith("pounds "):
        pounds = f"£{rounded(value, 2):,}"
        return pounds if said else f"{pounds} {unit.removeprefix('pounds ')}"
    if unit == "ratio":
        # Near 1, where a tenth is most of the way between two lines.
        return f"{rounded(value, 2)}"
    return decimal(value) if said or not unit else in_units(value, unit)


_NUMBERS: Mapping[str, Callable[[Any, FactKind | None], str]] = {
    "pounds": lambda value, kind: about(value, kind.nearest) if kind else money(value),
    "share": lambda value, kind: percent(value),
    "count": lambda value, kind: f"{value:,}",
    "days": lambda value, kind: plural(value, "day"),
    "number": _number_words,
}


_BY_TYPE: Mapping[type[Any], Callable[[Any, FactKind | None], str]] = {
    NotApplicable: lambda value, kind: f"not applicable ({value.reason})",
    bool: lambda value, kind: yes_no(value),
    date: lambda value, kind: day(value),
    Age: lambda value, kind: str(value),
    Term: lambda value, kind: str(value),
    Span: span_words,
    tuple: tuple_words,
}


_NO_FACTS: Mapping[str, Fact] = MappingProxyType({})


def fact_value(
    fact: Fact, dictionary: Dictionary, *, suppress_below: int, beside: Mapping[str, Fact] = _NO_FACTS
) -> str:
    """A fact's value; a range shows its ends, and a small count of people is held back.

    `beside` are the facts it stands among, which may tell how many a rate is of.
    """
    kind = dictionary.kinds.get(fact.name)
    if held_back(fact.value, kind, suppress_below):
        return f"fewer than {suppress_below}"
    if rate_held_back(fact.value, kind, beside, suppress_below):
        return f"not shown (fewer than {suppress_below})"
    words = value_words(fact.value, kind)
    if fact.bound:
        return f"{fact.bound} {words}"
    if fact.low is None:
        return words
    return f"{words} ({value_words(fact.low, kind)} to {value_words(fact.high, kind)})"


def label(name: str, dictionary: Dictionary) -> str:
    """A fact's label; for what is missing inside a list, the field, of what, and of whom."""
    kind = dictionary.kind_of(name)
    if kind is None:
        return name
    if not (inside := _INSIDE.fullmatch(name)) or kind.keyed_by is None:
        return kind.label
    return f"{kind.field_named[inside[3]].label} of the {kind.keyed_by.label} of the {inside[2]}"


# A bare number, with a remark behind it or none: beside its label it would read as part of the label.
_BARE = re.compile(r"-?[\d,.]+(?= \(|$)")


def labelled(words: str, value: str) -> str:
    """A label and a value: a sum, a share, a date or a number with its unit follows; all else stands behind a colon."""
    follows = (value[:1].isdigit() or value[:1] in "-£") and not _BARE.match(value)
    return f"{words} {value}" if follows else f"{words}: {value}"


def provenance(fact: Fact) -> str:
    """Where a value is from and when it was true; "worked out" facts say what they rest on."""
    return ", ".join(p for p in (fact.source, day(fact.dated) if fact.dated else "", whose_word(fact)) if p)


_WHOSE = {
    "school.outgoing_trust.": "the present trust's word",
    "school.": "the school's word",
    "trust.": "our own word",
}


def whose_word(fact: Fact) -> str:
    """Who says so, where nobody else has checked; empty for what is published or was seen."""
    if fact.verified != Verified.SELF_REPORTED:
        return ""
    return next((word for start, word in _WHOSE.items() if fact.name.startswith(start)), "self reported")


def points(distance: Decimal) -> str:
    """A difference between shares, in percentage points; the sign stays however small it is."""
    return f"{'-' if distance < 0 else '+'}{abs(rounded(distance * 100, 1))} points"


def outcome_words(outcome: Outcome) -> str:
    return capital("does not apply" if outcome is Outcome.NOT_APPLICABLE else outcome.value)
