"""Tables as CSV that a spreadsheet opens as figures and words, and never as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

# What a spreadsheet would run rather than show.
_RUNS = ("=", "+", "-", "@")


def csv_text(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Lines ended by a line feed; None is a blank cell, and words that start like a formula get a quote before them."""
    return "".join(map(csv_line, (heads, *rows)))


def csv_line(cells: Iterable[Any]) -> str:
    """One row of such a table."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([_cell(cell) for cell in cells])
    return out.getvalue()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    words = value if value.isprintable() else " ".join(value.split())
    return f"'{words}" if words.lstrip().startswith(_RUNS) else words
