"""What a folder of downloads holds: each table, how many schools are in it, and what it can fill."""

from collections.abc import Iterator
from typing import NamedTuple

from clpt_growth.model.dictionary import Dictionary
from clpt_growth.opendata.catalogue import Catalogue
from clpt_growth.opendata.cells import urn_in
from clpt_growth.opendata.reading import Reader
from clpt_growth.opendata.recognise import Found, Table


class Listed(NamedTuple):
    """One table of a folder; `entries` are schools, or links or groups where it holds those."""

    table: Table
    entries: int
    fills: tuple[str, ...]
    unused_because: str


def listed(found: Found, known: Catalogue, dictionary: Dictionary) -> Iterator[Listed]:
    """Every recognised table in order of its file; reads each once."""
    for table in found.tables:
        reader = Reader(table, known, dictionary)
        because = "" if table.placed_in_time else "its year is not known: put it in the file's name, such as 2024-25"
        yield Listed(table, _entries(table), () if because else reader.fills, because)


def _entries(table: Table) -> int:
    """Schools by their numbers, each once; rows of a list of links or groups as they stand."""
    place = table.index.get(table.dataset.urn, -1)
    if table.dataset.holds in ("links", "groups", "trusts"):
        return sum(1 for row in table.rows() if len(row) > place and row[place].strip())
    return len({urn for row in table.rows() if len(row) > place and (urn := urn_in(row[place]))})
