"""The cells of a row as the value of one entry: a cell or several, and what a school's file may not hold."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import islice
from operator import itemgetter
from typing import Any

from clpt_growth.facts.written import Unreadable, value_of
from clpt_growth.model.dictionary import FactKind
from clpt_growth.model.fact import NotApplicable
from clpt_growth.opendata.cells import MISSING, Gap, Number, Scale, number_in
from clpt_growth.opendata.dataset import Within
from clpt_growth.opendata.recognise import Table

Cells = tuple[str, ...]
Value = Callable[[Cells], Any]
Test = Callable[[Cells], bool]
# So many figures that are all at most one are no percentages.
_SAMPLE_ROWS, _ENOUGH = 400, 60
_HUNDREDTH_OF_A_POINT = Decimal("0.0001")
MOST_KEPT = 10_000


def checked(value: Value, kind: FactKind) -> Value:
    """Without what a school's file may not hold: a share over the whole, or words that could name a person."""
    if kind.kind == "share":
        return lambda cells: _whole(value(cells), kind)
    if kind.kind == "text":
        return lambda cells: _fit_to_keep(value(cells), kind)
    if kind.kind == "number" and not kind.signed:
        return lambda cells: _not_below(value(cells))
    return value


def remembered(value: Value, places: Sequence[int]) -> Value:
    """The same reading, without reading again what was read before in the same cells."""
    if not places:
        return value
    known: dict[Any, Any] = {}
    cells_read = itemgetter(*places)

    def read(cells: Cells) -> Any:
        texts = cells_read(cells)
        try:
            return known[texts]
        except KeyError:
            found = value(cells)
            if len(known) < MOST_KEPT:
                known[texts] = found
            return found

    return read


def answered(text: str, kind: FactKind) -> Any:
    """A value written in a dataset's file, of the kind it fills."""
    try:
        found = value_of(text, kind)
    except Unreadable as error:
        return Gap(error.wrong, text)
    return found


def within(text: str, bounds: Within) -> bool:
    number = number_in(text)
    if number is None:
        return False
    low, high = bounds.at_least, bounds.at_most
    return (low is None or number.value >= low) and (high is None or number.value <= high)


def total(found: Sequence[Any]) -> Any:
    """The sum, where every part is known: silence is not nought."""
    gap = next((f for f in found if isinstance(f, Gap)), None)
    return gap if gap is not None else sum(found)


def part(part: Gap | Number | None, whole: Gap | Number | None) -> Any:
    """One count as a share of another, to a hundredth of a point."""
    if isinstance(part, Gap) or isinstance(whole, Gap):
        return part if isinstance(part, Gap) else whole
    if part is None or whole is None or whole.value <= 0:
        return Gap("not a count of pupils", "")
    return (part.value / whole.value).quantize(_HUNDREDTH_OF_A_POINT)


def _whole(found: Any, kind: FactKind) -> Any:
    if isinstance(found, Gap | NotApplicable):
        return found
    if found > 1 and not kind.over_whole:
        return Gap("more than the whole", str(found))
    return Gap("less than nothing", str(found)) if found < 0 and not kind.signed else found


def _not_below(found: Any) -> Any:
    if isinstance(found, Gap | NotApplicable) or found >= 0:
        return found
    return Gap("less than nothing", str(found))


def _fit_to_keep(found: Any, kind: FactKind) -> Any:
    """Words that a school's file may hold: none that could name a person, and nothing hidden."""
    if not isinstance(found, str):
        return found
    if not found:
        return MISSING
    try:
        return value_of(found, kind)
    except Unreadable as error:
        return Gap(f"{error.wrong}, and is left out", "")


def scales(table: Table) -> dict[str, Scale]:
    """Columns said to hold percentages whose figures are all at most one: there it is not clear what they are."""
    entries = [*table.dataset.facts.values(), *(e for rule in table.dataset.records for e in rule.fields.values())]
    named = {e.column: table.index[e.column] for e in entries if e.scale == "percent" and e.column in table.index}
    if not named:
        return {}
    seen: dict[str, list[Any]] = {name: [] for name in named}
    for row in islice(table.rows(), _SAMPLE_ROWS):
        for name, place in named.items():
            number = number_in(row[place]) if place < len(row) else None
            if number is not None and not number.percent:
                seen[name].append(number.value)
    return {name: "" for name, values in seen.items() if len(values) >= _ENOUGH and 0 < max(values) <= 1}
