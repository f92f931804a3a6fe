"""What one table says of one fact, and where it says it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from clpt_growth.opendata.recognise import Table
from clpt_growth.opendata.vintage import Vintage

# How settled results are, by the words of the tables they are in.
SETTLED = {"final": 3, "revised": 2, "provisional": 1}
# Several columns are cited as one text, each between quotes.
BETWEEN_COLUMNS = "', '"


@dataclass(frozen=True, eq=False, slots=True)
class Source:
    """Where a candidate is from, whole: enough to cite it and to choose between two.

    `vintage` is what the figure speaks of, `edition` what the row does: a table may repeat figures of earlier years.
    `newness` sorts figures by day, then year, then how settled they are.
    """

    table: Table
    column: str
    vintage: Vintage
    edition: Vintage
    dated: date | None
    if_missing: bool = False
    note: str = ""
    newness: tuple[date, str, int] = field(init=False)

    def __post_init__(self) -> None:
        day = self.dated or self.table.vintage.day or date.min
        newness = (day, self.vintage.year, SETTLED.get(self.table.status, 0))
        object.__setattr__(self, "newness", newness)


class Candidate(NamedTuple):
    """What one table says of one fact, or of one field of a record; a `Gap` says why it says nothing.

    `urn` is the number it is said under, which may be one the school had before.
    """

    fact: str
    record: Any
    field: str
    value: Any
    source: Source
    urn: str
