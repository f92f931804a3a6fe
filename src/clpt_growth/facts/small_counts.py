"""Which figures are so small that they could point at somebody, and are held back."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from clpt_growth.model.dictionary import FactKind
from clpt_growth.model.fact import Fact


def held_back(value: Any, kind: FactKind | None, suppress_below: int) -> bool:
    """Whether a count of people is so small that it could point at somebody."""
    return kind is not None and kind.of_people and isinstance(value, int) and 0 < value < suppress_below


def rate_held_back(value: Any, kind: FactKind | None, facts: Mapping[str, Fact], suppress_below: int) -> bool:
    """Whether the count behind a rate or a share of pupils is so small: with the roll, the one gives the other away."""
    of = facts.get(kind.share_of) if kind is not None and kind.share_of else None
    if kind is None or of is None or not isinstance(of.value, int) or not isinstance(value, int | Decimal):
        return False
    return kind.is_few(Decimal(value), of.value, suppress_below)
