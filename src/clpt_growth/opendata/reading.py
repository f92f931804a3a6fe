"""Rows of a recognised table as candidates for facts: only the columns its dataset names are ever looked at."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from clpt_growth.model.dictionary import Dictionary
from clpt_growth.opendata.candidate import Candidate, Source
from clpt_growth.opendata.catalogue import Catalogue, field_kind
from clpt_growth.opendata.cells import MISSING, Gap, day_in, number_in, urn_in
from clpt_growth.opendata.ready import Line, Record, made_ready
from clpt_growth.opendata.recognise import Table
from clpt_growth.opendata.values import MOST_KEPT, Cells
from clpt_growth.opendata.vintage import Vintage, dated, vintage_of

_BY_YEAR = ("year",)
_YEAR_MONTHS = 12


class Reader:
    """A table made ready to give candidates for some facts; made once, then called for each row."""

    def __init__(
        self,
        table: Table,
        known: Catalogue,
        dictionary: Dictionary,
        wanted: Iterable[str] = (),
        *,
        also: Iterable[str] = (),
    ) -> None:
        self.table = table
        self.dictionary = dictionary
        self.sources: dict[tuple[int, int, date | None], Source] = {}
        self.sources_of_lines: dict[tuple[int, int, date | None], tuple[Source, ...]] = {}
        self.ready = made_ready(table, known, dictionary, frozenset(wanted), also)

    @property
    def fills(self) -> tuple[str, ...]:
        """The facts this table, with the columns it has, can fill."""
        return tuple(dict.fromkeys([*(line.fact for line in self.ready.lines), *(r.fact for r in self.ready.records)]))

    def drawn(self, urns: frozenset[str] | None = None) -> Iterator[tuple[str, Cells]]:
        """The cells kept of each row, by the school's number; all schools, or only some."""
        at, places, where = self.ready.urn, self.ready.places, self.ready.where
        most = max([*places, at]) + 1
        for row in self.table.rows():
            if len(row) <= at:
                continue
            urn = row[at]
            if urns is not None and urn not in urns and urn_in(urn) not in urns:
                continue
            if not (urn := urn_in(urn)):
                continue
            if len(row) < most:
                row += [""] * (most - len(row))
            cells = tuple([row[p].strip() for p in places])
            if not where or all(test(cells) for test in where):
                yield urn, cells

    def candidates(self, urn: str, cells: Cells) -> list[Candidate]:
        """Everything one row says, and every reason why it says nothing."""
        vintage = self.vintage(cells)
        if self.ready.skip and any(test(cells) for test in self.ready.skip):
            return list(self._nothing(urn, vintage, self.table.dataset.rows.skip_because))
        day = dated(self.table.dataset.dated, vintage)
        said = []
        sources = self._sources(self.ready.lines, cells, vintage, vintage, day)
        for line, source in zip(self.ready.lines, sources, strict=True):
            value = line.value(cells)
            if line.its_day and not isinstance(value, Gap):
                value = day or MISSING
            elif line.its_year and not isinstance(value, Gap):
                value = vintage.year or MISSING
            said.append(Candidate(line.fact, None, "", value, source, urn))
        for record in self.ready.records:
            if not record.where or all(test(cells) for test in record.where):
                said += self._of_record(record, urn, cells, vintage)
        return said

    def added_up(self, rows: Sequence[Cells]) -> tuple[list[Cells], list[Cells]]:
        """Rows of one school by year made one where they make a year, and those that do not.

        An amount left blank in any of them is blank in the sum; all else is that of the latest row.
        """
        whole: list[Cells] = []
        parts: list[Cells] = []
        by_year: dict[Vintage, list[Cells]] = {}
        for cells in rows:
            by_year.setdefault(self.vintage(cells), []).append(cells)
        for several in by_year.values():
            if self.ready.months_at >= 0 and self._months(several) not in (None, _YEAR_MONTHS):
                parts += several
            else:
                whole.append(self._sum_of(several))
        return whole, parts

    def _months(self, rows: Sequence[Cells]) -> int | None:
        """Months covered in all; None where a row does not say."""
        found = [number_in(cells[self.ready.months_at]) for cells in rows]
        return None if None in found else int(sum(n.value for n in found if n is not None))

    def _sum_of(self, rows: Sequence[Cells]) -> Cells:
        if len(rows) == 1:
            return rows[0]
        if self.ready.latest_at >= 0:
            rows = sorted(rows, key=lambda cells: day_in(cells[self.ready.latest_at]) or date.min)
        latest = list(rows[-1])
        for place in self.ready.totals_at:
            numbers = [number_in(cells[place]) for cells in rows]
            known = [n.value for n in numbers if n is not None]
            latest[place] = str(sum(known)) if len(known) == len(rows) else ""
        return tuple(latest)

    def vintage(self, cells: Cells) -> Vintage:
        """The row's own year where a column tells it, else the table's."""
        if self.ready.vintage_at < 0:
            return self.table.vintage
        own = vintage_of(cells[self.ready.vintage_at], self.table.dataset.vintage.kind)
        return own if own.known else self.table.vintage

    def _nothing(self, urn: str, vintage: Vintage, because: str) -> Iterator[Candidate]:
        source = Source(self.table, "", vintage, vintage, None)
        for name in self.fills:
            yield Candidate(name, None, "", Gap(because or "not read", ""), source, urn)

    def _sources(
        self, lines: tuple[Line, ...], cells: Cells, vintage: Vintage, edition: Vintage, day: date | None
    ) -> tuple[Source, ...]:
        """Where the values of some lines are from; the same for all rows of a year, but for a day in a column."""
        key = (id(lines), vintage.start, day)
        if (sources := self.sources_of_lines.get(key)) is None:
            sources = tuple([self._source(line, cells, vintage, edition, day) for line in lines])
            if not any(line.dated_by >= 0 for line in lines) and len(self.sources_of_lines) < MOST_KEPT:
                self.sources_of_lines[key] = sources
        return sources

    def _source(self, line: Line | None, cells: Cells, vintage: Vintage, edition: Vintage, day: date | None) -> Source:
        """Where a line's value is from; the same for most rows, and then made once."""
        if line is not None and line.dated_by >= 0:
            day = day_in(cells[line.dated_by]) or day
        key = (id(line), vintage.start, day)
        if (source := self.sources.get(key)) is None:
            said = (line.column, line.if_missing, line.note) if line is not None else ("", False, "")
            source = Source(self.table, said[0], vintage, edition, day, said[1], said[2])
            if len(self.sources) < MOST_KEPT:
                self.sources[key] = source
        return source

    def _of_record(self, record: Record, urn: str, cells: Cells, vintage: Vintage) -> list[Candidate]:
        own = vintage.earlier(record.years_before)
        values = {line.field: line.value(cells) for line in record.lines}
        key = self._key(record, own, values)
        if key is None:
            return []
        day = dated(self.table.dataset.dated, own)
        fact = record.fact
        sources = self._sources(record.lines, cells, own, vintage, day)
        said = [
            Candidate(fact, key, name, value, source, urn)
            for (name, value), source in zip(values.items(), sources, strict=True)
        ]
        source = self._source(None, cells, own, vintage, day)
        said += [Candidate(fact, key, n, value, source, urn) for n, value in self._also(record, own, values)]
        return said

    def _key(self, record: Record, vintage: Vintage, values: Mapping[str, Any]) -> Any:
        """What tells one record from another: its year, its own key, or the day and kind of an inspection."""
        if record.key == _BY_YEAR:
            return vintage.year or None
        key = tuple(values.get(field) for field in record.key)
        return None if not key or any(part is None or isinstance(part, Gap) for part in key) else key

    def _also(self, record: Record, vintage: Vintage, values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """What a record says that stands in no column: its year, how settled it is, the framework in force."""
        if record.key == _BY_YEAR:
            yield "year", vintage.year
        if self.table.status and "status" not in values and not record.years_before:
            kind = field_kind(self.dictionary.kinds.get(record.fact), "status")
            if kind is not None and self.table.status in kind.choices:
                yield "status", self.table.status
        when = values.get(record.in_force_by)
        if record.in_force_field and isinstance(when, date):
            for answer, first, last in record.in_force:
                if (first is None or first <= when) and (last is None or when <= last):
                    yield record.in_force_field, answer
