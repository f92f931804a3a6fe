"""Whether the entries of one record can stand beside each other."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from clpt_growth.model.dictionary import FactKind


def cannot_stand(part: FactKind, value: Any, beside: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Why an entry of a record cannot stand beside the others, and what to do."""
    for other, allowed in part.only_with.items():
        if other in beside and beside[other] not in allowed:
            yield f"does not go with {other}: {beside[other]}", f"delete this line; it goes with {' or '.join(allowed)}"
    most = beside.get(part.at_most)
    if isinstance(most, int | Decimal) and isinstance(value, int | Decimal) and value > most:
        yield f"{value} is more than {part.at_most}: {most}", "correct one of the two"
    when, days = beside.get(part.in_force_by), part.in_force.get(str(value))
    if isinstance(when, date) and days is not None:
        first, last = days
        if (first is not None and when < first) or (last is not None and when > last):
            span = " ".join(f"{word} {day}" for word, day in (("from", first), ("to", last)) if day is not None)
            yield f"was not in use on {when}; it ran {span}", f"correct this, or {part.in_force_by}"
