"""Rows of a recognised table as candidates for facts: only the columns its dataset names are ever looked at."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple

from clpt_growth.facts.written import Unreadable, value_of
from clpt_growth.model.dictionary import Dictionary, FactKind
from clpt_growth.model.fact import NotApplicable
from clpt_growth.opendata.catalogue import Catalogue, field_kind
from clpt_growth.opendata.cells import MISSING, Gap, Number, Scale, day_in, gap_in, number_in, reader_of, urn_in
from clpt_growth.opendata.dataset import Case, Condition, Entry, RecordRule, Within, plain_name
from clpt_growth.opendata.recognise import Table, year_suffixes
from clpt_growth.opendata.vintage import Vintage, dated, vintage_of

Cells = tuple[str, ...]
Value = Callable[[Cells], Any]
Test = Callable[[Cells], bool]
# So many figures that are all at most one are no percentages.
_SAMPLE_ROWS, _ENOUGH = 400, 60
_HUNDREDTH_OF_A_POINT = Decimal("0.0001")
_BY_YEAR = ("year",)
_YEAR_MONTHS = 12
_MOST_KEPT = 10_000
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


class _Line(NamedTuple):
    """One entry made ready: what it fills, and how to read it from the cells that are kept."""

    fact: str
    field: str
    value: Value
    column: str
    if_missing: bool
    dated_by: int
    its_day: bool
    note: str


class _Record(NamedTuple):
    """One record rule made ready, for the row's own year or one before it."""

    fact: str
    key: tuple[str, ...]
    where: tuple[Test, ...]
    lines: tuple[_Line, ...]
    years_before: int
    in_force: tuple[tuple[str, date | None, date | None], ...]
    in_force_field: str
    in_force_by: str


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
        self.codes = known.codes_of(table.dataset)
        self.sources: dict[tuple[int, int, date | None], Source] = {}
        self.dictionary = dictionary
        self.places: list[int] = []
        only = frozenset(wanted)
        self.urn = table.index.get(table.dataset.urn, -1)
        self.scales = _scales(table)
        rows = table.dataset.rows
        self.where = tuple(t for c, v in rows.where.items() if (t := self._test(c, v, otherwise=None)) is not None)
        self.skip = tuple(t for c, v in rows.skip.items() if (t := self._test(c, v, otherwise=None)) is not None)
        self.vintage_at = self._place(table.dataset.vintage.column)
        self.months_at = self._place(rows.months)
        self.latest_at = self._place(rows.latest_by)
        self.totals_at = [p for name in rows.total if (p := self._place(name)) >= 0]
        self.also = {name: self._place(name) for name in also}
        facts = table.dataset.facts.items()
        made = (self._line(n, "", e, dictionary.kinds.get(n)) for n, e in facts if not only or n in only)
        self.lines = tuple(line for line in made if line is not None)
        rules = (rule for rule in table.dataset.records if not only or rule.fills in only)
        self.records = tuple(record for rule in rules for record in self._records(rule))

    @property
    def fills(self) -> tuple[str, ...]:
        """The facts this table, with the columns it has, can fill."""
        return tuple(dict.fromkeys([*(line.fact for line in self.lines), *(r.fact for r in self.records)]))

    def drawn(self, urns: frozenset[str] | None = None) -> Iterator[tuple[str, Cells]]:
        """The cells kept of each row, by the school's number; all schools, or only some."""
        places, most = self.places, max([*self.places, self.urn], default=-1) + 1
        for row in self.table.rows():
            if len(row) <= self.urn:
                continue
            urn = row[self.urn]
            if urns is not None and urn not in urns and urn_in(urn) not in urns:
                continue
            if not (urn := urn_in(urn)):
                continue
            if len(row) < most:
                row += [""] * (most - len(row))
            cells = tuple([row[p].strip() for p in places])
            if not self.where or all(test(cells) for test in self.where):
                yield urn, cells

    def candidates(self, urn: str, cells: Cells) -> list[Candidate]:
        """Everything one row says, and every reason why it says nothing."""
        vintage = self.vintage(cells)
        if self.skip and any(test(cells) for test in self.skip):
            return list(self._nothing(urn, vintage, self.table.dataset.rows.skip_because))
        day = dated(self.table.dataset.dated, vintage)
        said = []
        for line in self.lines:
            value = line.value(cells)
            if line.its_day and not isinstance(value, Gap):
                value = day or MISSING
            source = self._source(line, cells, vintage, vintage, day)
            said.append(Candidate(line.fact, None, "", value, source, urn))
        for record in self.records:
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
            if self.months_at >= 0 and self._months(several) not in (None, _YEAR_MONTHS):
                parts += several
            else:
                whole.append(self._sum_of(several))
        return whole, parts

    def _months(self, rows: Sequence[Cells]) -> int | None:
        """Months covered in all; None where a row does not say."""
        found = [number_in(cells[self.months_at]) for cells in rows]
        return None if None in found else int(sum(n.value for n in found if n is not None))

    def _sum_of(self, rows: Sequence[Cells]) -> Cells:
        if len(rows) == 1:
            return rows[0]
        if self.latest_at >= 0:
            rows = sorted(rows, key=lambda cells: day_in(cells[self.latest_at]) or date.min)
        latest = list(rows[-1])
        for place in self.totals_at:
            numbers = [number_in(cells[place]) for cells in rows]
            known = [n.value for n in numbers if n is not None]
            latest[place] = str(sum(known)) if len(known) == len(rows) else ""
        return tuple(latest)

    def vintage(self, cells: Cells) -> Vintage:
        """The row's own year where a column tells it, else the table's."""
        if self.vintage_at < 0:
            return self.table.vintage
        own = vintage_of(cells[self.vintage_at], self.table.dataset.vintage.kind)
        return own if own.known else self.table.vintage

    def _nothing(self, urn: str, vintage: Vintage, because: str) -> Iterator[Candidate]:
        source = Source(self.table, "", vintage, vintage, None)
        for name in self.fills:
            yield Candidate(name, None, "", Gap(because or "not read", ""), source, urn)

    def _source(self, line: _Line | None, cells: Cells, vintage: Vintage, edition: Vintage, day: date | None) -> Source:
        """Where a line's value is from; the same for most rows, and then made once."""
        if line is not None and line.dated_by >= 0:
            day = day_in(cells[line.dated_by]) or day
        key = (id(line), vintage.start, day)
        if (source := self.sources.get(key)) is None:
            said = (line.column, line.if_missing, line.note) if line is not None else ("", False, "")
            source = Source(self.table, said[0], vintage, edition, day, said[1], said[2])
            if len(self.sources) < _MOST_KEPT:
                self.sources[key] = source
        return source

    def _of_record(self, record: _Record, urn: str, cells: Cells, vintage: Vintage) -> list[Candidate]:
        own = vintage.earlier(record.years_before)
        values = {line.field: line.value(cells) for line in record.lines}
        key = self._key(record, own, values)
        if key is None:
            return []
        day = dated(self.table.dataset.dated, own)
        fact = record.fact
        said = [
            Candidate(fact, key, line.field, values[line.field], self._source(line, cells, own, vintage, day), urn)
            for line in record.lines
        ]
        source = self._source(None, cells, own, vintage, day)
        said += [Candidate(fact, key, n, value, source, urn) for n, value in self._also(record, own, values)]
        return said

    def _key(self, record: _Record, vintage: Vintage, values: Mapping[str, Any]) -> Any:
        """What tells one record from another: its year, its own key, or the day and kind of an inspection."""
        if record.key == _BY_YEAR:
            return vintage.year or None
        key = tuple(values.get(field) for field in record.key)
        return None if not key or any(part is None or isinstance(part, Gap) for part in key) else key

    def _also(self, record: _Record, vintage: Vintage, values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
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

    def _place(self, name: str) -> int:
        """Where a column's cell stands among those kept; -1 where the table has no such column."""
        place = self.table.index.get(name, -1)
        return self._kept(place)

    def _kept(self, place: int) -> int:
        if place < 0:
            return -1
        if place not in self.places:
            self.places.append(place)
        return self.places.index(place)

    def _records(self, rule: RecordRule) -> Iterator[_Record]:
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

    def _record(self, rule: RecordRule, kind: FactKind, index: Mapping[str, int], years: int) -> Iterator[_Record]:
        made = (self._line(rule.fills, n, e, field_kind(kind, n), index) for n, e in rule.fields.items())
        lines = tuple(line for line in made if line is not None)
        tests = [self._test(c, v, otherwise=False) for c, v in rule.where.items()]
        if not lines or None in tests:
            return
        bound = field_kind(kind, rule.in_force) if rule.in_force else None
        yield _Record(
            rule.fills,
            rule.key or ((kind.keyed_by.name,) if kind.keyed_by is not None else ()),
            tuple(t for t in tests if t is not None),
            lines,
            years,
            tuple((answer, *span) for answer, span in bound.in_force.items()) if bound is not None else (),
            rule.in_force,
            bound.in_force_by if bound is not None else "",
        )

    def _line(
        self, fact: str, field: str, entry: Entry, kind: FactKind | None, index: Mapping[str, int] | None = None
    ) -> _Line | None:
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
        value = self._checked(self._value(entry, kind, index), kind)
        if not (entry.total or entry.part_of):
            read = (c for c in (*entry.needed, *(c for case in entry.cases for c in case.when)) if c in index)
            value = _remembered(value, sorted({self._kept(index[c]) for c in read}))
        return _Line(fact, field, value, column, entry.if_missing, dated_by, entry.its_day, entry.note)

    def _value(self, entry: Entry, kind: FactKind, index: Mapping[str, int]) -> Value:
        codes = self.codes
        scale = self.scales.get(entry.column, entry.scale) if kind.kind == "share" else entry.scale
        read = reader_of("text" if entry.its_day else kind.kind, self.codes, scale, entry.read_as)
        fixed = _answer(entry.value, kind) if entry.value else None
        words = {word.casefold(): _answer(answer, kind) for word, answer in entry.words.items()}
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
                return _total([read(cells[p]) for p in parts])
            if entry.part_of:
                return _part(*(gap_in(cells[p], codes) or number_in(cells[p]) for p in parts))
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
        return tuple(t for t in tests if t is not None), _answer(case.value, kind)

    def _test(self, column: str, condition: Condition, *, otherwise: bool | None) -> Test | None:
        """Whether a condition holds for a row; what it is where the table has no such column."""
        at = self._place(column)
        if at < 0:
            return None if otherwise is None else lambda cells: bool(otherwise)
        if isinstance(condition, Within):
            return lambda cells: _within(cells[at], condition)
        words = frozenset(word.casefold() for word in condition)
        return lambda cells: cells[at].casefold() in words

    def _checked(self, value: Value, kind: FactKind) -> Value:
        """Without what a school's file may not hold: a share over the whole, or words that could name a person."""
        if kind.kind == "share":
            return lambda cells: _whole(value(cells), kind)
        if kind.kind == "text":
            return lambda cells: _fit_to_keep(value(cells), kind)
        if kind.kind == "number" and not kind.signed:
            return lambda cells: _not_below(value(cells))
        return value


def _remembered(value: Value, places: Sequence[int]) -> Value:
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
            if len(known) < _MOST_KEPT:
                known[texts] = found
            return found

    return read


def _answer(text: str, kind: FactKind) -> Any:
    """A value written in a dataset's file, of the kind it fills."""
    try:
        found = value_of(text, kind)
    except Unreadable as error:
        return Gap(error.wrong, text)
    return found


def _within(text: str, bounds: Within) -> bool:
    number = number_in(text)
    if number is None:
        return False
    low, high = bounds.at_least, bounds.at_most
    return (low is None or number.value >= low) and (high is None or number.value <= high)


def _total(found: Sequence[Any]) -> Any:
    """The sum, where every part is known: silence is not nought."""
    gap = next((f for f in found if isinstance(f, Gap)), None)
    return gap if gap is not None else sum(found)


def _part(part: Gap | Number | None, whole: Gap | Number | None) -> Any:
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


def _scales(table: Table) -> dict[str, Scale]:
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
