"""A recognised table made ready to be read: its dataset's entries as functions of the few cells that are kept."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from clpt_growth.model.dictionary import Dictionary, FactKind
from clpt_growth.opendata.candidate import BETWEEN_COLUMNS
from clpt_growth.opendata.catalogue import Catalogue, field_kind
from clpt_growth.opendata.cells import Gap, gap_in, number_in, reader_of
from clpt_growth.opendata.dataset import Case, Condition, Entry, RecordRule, Within, plain_name
from clpt_growth.opendata.recognise import Table, year_suffixes
from clpt_growth.opendata.values import Cells, Test, Value, answered, checked, part, remembered, scales, total, within


class Line(NamedTuple):
    """One entry made ready: what it fills, and how to read it from the cells that are kept."""

    fact: str
    field: str
    value: Value
    column: str
    if_missing: bool
    dated_by: int
    its_day: bool
    its_year: bool
    note: str


class Record(NamedTuple):
    """One record rule made ready, for the row's own year or one before it."""

    fact: str
    key: tuple[str, ...]
    where: tuple[Test, ...]
    lines: tuple[Line, ...]
    years_before: int
    in_force: tuple[tuple[str, date | None, date | None], ...]
    in_force_field: str
    in_force_by: str


class Ready(NamedTuple):
    """Everything a reader needs of its table; a place of -1 is a column that the table does not have.

    `places` are the columns kept of each row, and every other place counts among those, but for `urn`.
    """

    urn: int
    places: tuple[int, ...]
    where: tuple[Test, ...]
    skip: tuple[Test, ...]
    vintage_at: int
    months_at: int
    latest_at: int
    totals_at: tuple[int, ...]
    also: Mapping[str, int]
    lines: tuple[Line, ...]
    records: tuple[Record, ...]


def made_ready(
    table: Table, known: Catalogue, dictionary: Dictionary, only: frozenset[str], also: Iterable[str]
) -> Ready:
    """A table made ready to fill some facts, or all it can where `only` is empty; `also` names columns to keep."""
    making = _Making(table, known, dictionary)
    dataset = table.dataset
    where, skip = making.tests(dataset.rows.where), making.tests(dataset.rows.skip)
    vintage_at = making.place(dataset.vintage.column)
    months_at, latest_at = making.place(dataset.rows.months), making.place(dataset.rows.latest_by)
    totals_at = tuple(p for name in dataset.rows.total if (p := making.place(name)) >= 0)
    kept = {name: making.place(name) for name in also}
    entries = ((n, e) for n, e in dataset.facts.items() if not only or n in only)
    lines = (making.line(name, "", entry, dictionary.kinds.get(name)) for name, entry in entries)
    found = tuple(line for line in lines if line is not None)
    rules = (rule for rule in dataset.records if not only or rule.fills in only)
    records = tuple(record for rule in rules for record in making.records(rule))
    urn = table.index.get(dataset.urn, -1)
    return Ready(
        urn, tuple(making.places), where, skip, vintage_at, months_at, latest_at, totals_at, kept, found, records
    )


class _Making:
    """Makes lines, records and tests, and keeps which columns they need."""

    def __init__(self, table: Table, known: Catalogue, dictionary: Dictionary) -> None:
        self.table = table
        self.codes = known.codes_of(table.dataset)
        self.dictionary = dictionary
        self.scales = scales(table)
        self.places: list[int] = []

    def tests(self, conditions: Mapping[str, Condition]) -> tuple[Test, ...]:
        """A test for each condition on a column that the table has."""
        made = (self._test(column, wanted, otherwise=None) for column, wanted in conditions.items())
        return tuple(test for test in made if test is not None)

    def place(self, name: str) -> int:
        """Where a column's cell stands among those kept; -1 where the table has no such column."""
        place = self.table.index.get(name, -1)
        return self._kept(place)

    def _kept(self, place: int) -> int:
        if place < 0:
            return -1
        if place not in self.places:
            self.places.append(place)
        return self.places.index(place)

    def records(self, rule: RecordRule) -> Iterator[Record]:
        kind = self.dictionary.kinds.get(rule.fills)
        if kind is None:
            return
        yield from self._record(rule, kind, self.table.index, 0)
        endings = dict(rule.suffixes.get(self.table.vintage.year, {}))
        if rule.year_suffixes and self.table.vintage.known:
            newest = self.table.vintage.start + 1
            for two in sorted(year_suffixes(self.table.dataset, self.table.header)):
                endings[f"_{two}"] = newest - 2000 - int(two)
        for ending, years in endings.items():
            index = self._ending_in(ending)
            if index and years > 0:
                yield from self._record(rule, kind, index, years)

    def _ending_in(self, ending: str) -> dict[str, int]:
        places = {plain_name(name): place for place, name in reversed(list(enumerate(self.table.header)))}
        tail = plain_name(ending)
        return {
            name: places[spelt + tail]
            for name, all_spelt in self.table.dataset.headers.items()
            for spelt in all_spelt
            if spelt + tail in places
        }

    def _record(self, rule: RecordRule, kind: FactKind, index: Mapping[str, int], years: int) -> Iterator[Record]:
        made = (self.line(rule.fills, n, e, field_kind(kind, n), index) for n, e in rule.fields.items())
        lines = tuple(line for line in made if line is not None)
        tests = [self._test(c, v, otherwise=False) for c, v in rule.where.items()]
        if not lines or None in tests:
            return
        bound = field_kind(kind, rule.in_force) if rule.in_force else None
        yield Record(
            rule.fills,
            rule.key or ((kind.keyed_by.name,) if kind.keyed_by is not None else ()),
            tuple(t for t in tests if t is not None),
            lines,
            years,
            tuple((answer, *span) for answer, span in bound.in_force.items()) if bound is not None else (),
            rule.in_force,
            bound.in_force_by if bound is not None else "",
        )

    def line(
        self, fact: str, field: str, entry: Entry, kind: FactKind | None, index: Mapping[str, int] | None = None
    ) -> Line | None:
        """None where the table has none of the columns the entry reads."""
        index = self.table.index if index is None else index
        if kind is None or not (entry.value or all(c in index for c in entry.needed)):
            return None
        if entry.cases and not any(c in index for case in entry.cases for c in case.when):
            return None
        if not entry.value and not entry.columns:
            return None
        cited = [self.table.header[index[c]] for c in entry.columns if c in index and c != entry.dated_by]
        column = BETWEEN_COLUMNS.join(dict.fromkeys(" ".join(c.split()) for c in cited if c))
        dated_by = self._kept(index.get(entry.dated_by, -1))
        # A year is given exactly where the figure it is of is given.
        read_as = self.dictionary.kinds[kind.goes_with] if entry.its_year and kind.goes_with else kind
        value = checked(self._value(entry, read_as, index), read_as)
        if not (entry.total or entry.part_of):
            read = (c for c in (*entry.needed, *(c for case in entry.cases for c in case.when)) if c in index)
            value = remembered(value, sorted({self._kept(index[c]) for c in read}))
        return Line(fact, field, value, column, entry.if_missing, dated_by, entry.its_day, entry.its_year, entry.note)

    def _value(self, entry: Entry, kind: FactKind, index: Mapping[str, int]) -> Value:
        codes = self.codes
        scale = self.scales.get(entry.column, entry.scale) if kind.kind == "share" else entry.scale
        read = reader_of("text" if entry.its_day else kind.kind, self.codes, scale, entry.read_as)
        fixed = answered(entry.value, kind) if entry.value else None
        words = {word.casefold(): answered(answer, kind) for word, answer in entry.words.items()}
        answers = {choice.casefold(): choice for choice in kind.choices}
        at = self._kept(index.get(entry.column, -1))
        parts = [self._kept(index[c]) for c in (*entry.join, *entry.total, *entry.part_of)]
        cases = [self._case(case, kind) for case in entry.cases]

        def value(cells: Cells) -> Any:
            for tests, answer in cases:
                if all(test(cells) for test in tests):
                    return answer
            if fixed is not None:
                return fixed
            if entry.total:
                return total([read(cells[p]) for p in parts])
            if entry.part_of:
                return part(*(gap_in(cells[p], codes) or number_in(cells[p]) for p in parts))
            text = "".join(cells[p].zfill(n) for p, n in zip(parts, (3, 4), strict=False)) if parts else ""
            if at >= 0:
                text = cells[at]
            if words and (known := words.get(text.casefold())) is not None:
                return known
            found = read(text)
            if not answers or isinstance(found, Gap):
                return found
            return answers.get(found.casefold(), Gap("not one of the answers", text))

        return value

    def _case(self, case: Case, kind: FactKind) -> tuple[tuple[Test, ...], Any]:
        tests = [self._test(column, condition, otherwise=False) for column, condition in case.when.items()]
        return tuple(t for t in tests if t is not None), answered(case.value, kind)

    def _test(self, column: str, condition: Condition, *, otherwise: bool | None) -> Test | None:
        """Whether a condition holds for a row; what it is where the table has no such column."""
        at = self.place(column)
        if at < 0:
            return None if otherwise is None else lambda cells: bool(otherwise)
        if isinstance(condition, Within):
            return lambda cells: within(cells[at], condition)
        words = frozenset(word.casefold() for word in condition)
        return lambda cells: cells[at].casefold() in words
