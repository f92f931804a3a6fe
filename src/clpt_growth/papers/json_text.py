"""What every published JSON shares: how it is written, and how a value stands in it.

Shares are numbers from 0 to 1, money is whole pounds, dates are year-month-day.
"""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from clpt_growth.model.criterion import Age, Span
from clpt_growth.model.evidence import Aside
from clpt_growth.model.fact import NotApplicable, Term

_PLACES = Decimal("0.000001")


def as_json(content: Any) -> str:
    """Letters of every language stay as they are; what cannot be seen is written as its number."""
    text = json.dumps(content, ensure_ascii=False, indent=2)
    lines = text.split("\n")
    return "\n".join(line if line.isprintable() else "".join(map(_visible, line)) for line in lines) + "\n"


def _visible(letter: str) -> str:
    return letter if letter.isprintable() else json.dumps(letter)[1:-1]


def value_of(value: Any) -> Any:
    """A value as JSON can hold it, the same on every machine."""
    if isinstance(value, bool | int | str) or value is None:
        return value
    if isinstance(value, Decimal):
        rounded = value.quantize(_PLACES).normalize()
        return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)
    if isinstance(value, NotApplicable):
        return {"not_applicable": value.reason}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Term | Age):
        return str(value)
    if isinstance(value, Span):
        return {"from": value_of(value.start), "below": value_of(value.below)}
    if isinstance(value, Mapping):
        return {key: value_of(v) for key, v in value.items()}
    return [value_of(v) for v in value]


def not_counted(aside: Aside) -> dict[str, Any]:
    """Something written that is no evidence on the day; `entries` where it is only some entries of a list."""
    dated = aside.dated.isoformat() if aside.dated else None
    return {"fact": aside.fact, "why": aside.why, "dated": dated, "entries": aside.entries or None}
