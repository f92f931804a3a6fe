"""Which dataset a table is, told by its header and never by its name, and of which vintage."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from clpt_growth.opendata.catalogue import Catalogue
from clpt_growth.opendata.dataset import Dataset, plain_name
from clpt_growth.opendata.tables import NotATable, Sheet, files_in, sheets_in
from clpt_growth.opendata.vintage import Vintage, vintage_in

_LOOK_FOR_HEADER_IN = 25
_YEAR_SUFFIX = re.compile(r"_(\d\d)$")


@dataclass(frozen=True, kw_only=True, eq=False)
class Table:
    """A recognised table: its dataset, its vintage, and where each column we read stands.

    `header` is the whole header as it stands; `index` gives places by our names; data start after `skip` rows.
    """

    sheet: Sheet
    dataset: Dataset
    vintage: Vintage
    status: str
    skip: int
    header: tuple[str, ...]
    index: Mapping[str, int]

    @property
    def shown(self) -> str:
        return self.sheet.shown

    @property
    def cited(self) -> str:
        """How a source names it: the dataset and its vintage."""
        return f"{self.dataset.title}, {self.vintage}"

    @property
    def placed_in_time(self) -> bool:
        """Whether its figures can be used: a year's figures without the year say nothing."""
        rule = self.dataset.vintage
        return rule.kind == "day" or self.vintage.known or rule.column in self.index

    def rows(self) -> Iterator[list[str]]:
        return islice(self.sheet.rows(), self.skip, None)


class Unrecognised(NamedTuple):
    """A file or sheet that is not read, why, and what to do."""

    shown: str
    wrong: str
    todo: str


class Found(NamedTuple):
    """What a folder holds."""

    tables: tuple[Table, ...]
    others: tuple[Unrecognised, ...]

    def holding(self, holds: str) -> tuple[Table, ...]:
        """The tables of one purpose, newest first; those of an unknown day last."""
        of_it = [t for t in self.tables if t.dataset.holds == holds]
        return tuple(sorted(of_it, key=age_of, reverse=True))


def age_of(table: Table) -> tuple[str, str]:
    """Sorts tables by vintage, and by name where two are of one day."""
    return str(table.vintage) if table.vintage.known else "", table.shown


def recognised_in(folder: Path, known: Catalogue) -> Found:
    """Every table of a folder, and every file that is none we know."""
    tables: list[Table] = []
    others: list[Unrecognised] = []
    for path in files_in(folder):
        shown = path.relative_to(folder).as_posix()
        try:
            seen = [recognised(sheet, known) for sheet in sheets_in(path, folder)]
        except NotATable as error:
            others.append(Unrecognised(shown, error.wrong, error.todo))
            continue
        except OSError as error:
            others.append(Unrecognised(shown, f"cannot be read ({error.strerror})", "check your rights"))
            continue
        ours = [t for t in seen if isinstance(t, Table)]
        tables += ours
        # A workbook has sheets of notes; they matter only where no sheet is a table.
        others += [] if ours else [o for o in seen if isinstance(o, Unrecognised)]
    return Found(tuple(tables), tuple(others))


def recognised(sheet: Sheet, known: Catalogue) -> Table | Unrecognised:
    """The table a sheet is, or why it is none we know."""
    first = [[cell.strip() for cell in row] for row in islice(sheet.rows(), _LOOK_FOR_HEADER_IN)]
    best: tuple[int, Table] | None = None
    for number, (header, spans) in _headers(first):
        places = _places(header)
        for dataset in known.datasets:
            index = _index(dataset, places)
            if _is(dataset, places) and (best is None or len(index) > best[0]):
                titles = [" ".join(row) for row in first[:number]]
                best = len(index), _table(sheet, dataset, header, index, titles, skip=number + spans)
    return best[1] if best is not None else _why_not(sheet, first, known)


def _headers(first: Sequence[list[str]]) -> Iterator[tuple[int, tuple[list[str], int]]]:
    """Each row that might be the header, alone and with the row below as its second half."""
    for number, row in enumerate(first):
        yield number, (row, 1)
        if number + 1 < len(first) and sum(map(bool, row)) > 1:
            below = first[number + 1] + [""] * (len(row) - len(first[number + 1]))
            yield number, ([f"{a} {b}".strip() for a, b in zip(row, below, strict=False)], 2)


def _places(header: Sequence[str]) -> dict[str, int]:
    """Columns by their plain names; where a name is there twice the first counts."""
    places: dict[str, int] = {}
    for place, name in enumerate(header):
        places.setdefault(plain_name(name), place)
    places.pop("", None)
    return places


def _index(dataset: Dataset, places: Mapping[str, int]) -> dict[str, int]:
    found = {name: next((places[s] for s in spelt if s in places), None) for name, spelt in dataset.headers.items()}
    return {name: place for name, place in found.items() if place is not None}


def _is(dataset: Dataset, places: Mapping[str, int]) -> bool:
    rule = dataset.recognised_by

    def there(name: str) -> bool:
        return any(spelt in places for spelt in dataset.headers[name])

    return (
        all(map(there, rule.all))
        and sum(map(there, rule.some)) >= min(rule.at_least, len(rule.some))
        and not any(plain_name(name) in places for name in rule.none)
    )


def _table(
    sheet: Sheet, dataset: Dataset, header: Sequence[str], index: Mapping[str, int], titles: Sequence[str], *, skip: int
) -> Table:
    return Table(
        sheet=sheet,
        dataset=dataset,
        vintage=_vintage(dataset, header, (*reversed(titles), *sheet.names)),
        status=_status(dataset, sheet.names),
        skip=skip,
        header=tuple(header),
        index=index,
    )


def _vintage(dataset: Dataset, header: Sequence[str], texts: Sequence[str]) -> Vintage:
    rule = dataset.vintage
    found = vintage_in(texts, rule.kind)
    if found.known or not rule.year_suffixes:
        return found
    newest = max(year_suffixes(dataset, header), default="")
    return vintage_in([rule.year_suffixes.get(newest, "")], rule.kind)


def year_suffixes(dataset: Dataset, header: Sequence[str]) -> frozenset[str]:
    """The two figures at the end of columns that repeat one we read for an earlier year: `PTRWM_EXP_18`."""
    ours = {spelt for names in dataset.headers.values() for spelt in names}
    found = ((m[1], plain_name(name[: m.start()])) for name in header if (m := _YEAR_SUFFIX.search(name)))
    return frozenset(year for year, base in found if base in ours)


def _status(dataset: Dataset, names: Sequence[str]) -> str:
    said = " ".join(names).casefold()
    return next((status for word, status in dataset.status.items() if word in said), "")


def _why_not(sheet: Sheet, first: Sequence[Sequence[str]], known: Catalogue) -> Unrecognised:
    """What is missing for the dataset that comes nearest, or that the table names no school."""
    best: tuple[float, Dataset, list[str]] | None = None
    for row in first:
        places = _places(row)
        for dataset in known.datasets:
            asked = (*dataset.recognised_by.all, *dataset.recognised_by.some)
            lacking = [name for name in asked if not any(s in places for s in dataset.headers[name])]
            share = 1 - len(lacking) / len(asked)
            if share > (best[0] if best else 0):
                best = share, dataset, lacking
    if best is None or best[0] < 0.4:
        return Unrecognised(sheet.shown, "has no header we know", "see docs/open-data.md for the tables that are read")
    wanted = ", ".join(best[1].columns[name][0] for name in best[2][:4])
    wrong = f"is nearest to {best[1].title}, but has no {wanted or 'columns of that table alone'}"
    todo = f"if a column has a new name, add it: principles/datasets, adds_to: {best[1].id}"
    return Unrecognised(sheet.shown, wrong, todo)
