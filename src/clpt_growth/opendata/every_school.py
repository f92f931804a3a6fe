"""Every open state school with what the tables say of it, holding only the cells that are asked for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from clpt_growth.facts.derived import DERIVATIONS, Derivation, worked_out
from clpt_growth.files.problems import problem_with
from clpt_growth.model.case import PHASE
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.fact import Fact
from clpt_growth.opendata.candidate import Candidate
from clpt_growth.opendata.catalogue import Catalogue
from clpt_growth.opendata.lineage import Lineage
from clpt_growth.opendata.reading import Reader
from clpt_growth.opendata.recognise import Found
from clpt_growth.opendata.registers import links_in
from clpt_growth.opendata.school import candidates_from
from clpt_growth.opendata.settle import Remark, settled
from clpt_growth.opendata.values import Cells

TYPE, AUTHORITY = "school.identity.type", "school.identity.local_authority"
REGION, NAME = "school.identity.region", "school.identity.name"
_WHO_IT_IS = "school.identity."


class Known(NamedTuple):
    """The facts of one school with what follows from them, and what is said beside them."""

    facts: dict[str, Fact]
    remarks: tuple[Remark, ...]


def resting_on(names: Iterable[str]) -> frozenset[str]:
    """Those facts of a school and every fact they are worked out from."""
    found = set(names)
    needs = {d.name: d.needs for d in DERIVATIONS}
    waiting = list(found)
    while waiting:
        more = {n.rstrip("?") for n in needs.get(waiting.pop(), ())} - found
        found |= more
        waiting += more
    return frozenset(n for n in found if n.startswith("school."))


def _derivations(wanted: frozenset[str]) -> tuple[Derivation, ...]:
    return tuple(d for d in DERIVATIONS if d.name in wanted and all(n.rstrip("?") in wanted for n in d.needs))


class EverySchool:
    """The cells of every school that was asked for, table by table: a few hundred bytes a school and table."""

    def __init__(
        self, found: Found, known: Catalogue, dictionary: Dictionary, wanted: frozenset[str], *, as_of: date
    ) -> None:
        self.dictionary = dictionary
        self.as_of = as_of
        self.sums = _derivations(wanted)
        self.lineage = Lineage(links_in(found))
        tables = [t for t in found.holding("schools") if wanted & set(t.dataset.fills)]
        self.unused = tuple(t for t in tables if not t.placed_in_time)
        readers = [Reader(t, known, dictionary, wanted) for t in tables if t.placed_in_time]
        self.readers = [r for r in readers if r.fills]
        self.tables = tuple(r.table for r in self.readers)
        self.rows: dict[str, list[tuple[Reader, Cells]]] = defaultdict(list)
        self.same: dict[str, str] = {}

    def draw(self, urns: frozenset[str]) -> None:
        self.before = {u: tuple(k.urn for k in self.lineage.predecessors(u) if k.alone) for u in urns}
        all_urns = urns | {k for before in self.before.values() for k in before}
        for reader in self.readers:
            for urn, cells in _newest(reader, all_urns if reader.table.dataset.inherited else urns):
                # The same few words and figures stand in most cells; each is kept once.
                self.rows[urn].append((reader, tuple([self.same.setdefault(c, c) for c in cells])))

    def facts_of(self, urn: str) -> Known:
        """What the tables say of one school, and what follows from it."""
        said = settled(self.candidates(urn), self.dictionary, urn)
        for name, formula, needs, is_dated in self.sums:
            fact = worked_out(name, formula, needs, said.facts, as_of=self.as_of if is_dated else None)
            if fact is not None:
                said.facts[name] = fact
        return Known(said.facts, said.remarks)

    def candidates(self, urn: str) -> list[Candidate]:
        said: list[Candidate] = []
        for number in (urn, *self.before.get(urn, ())):
            by_reader: dict[Reader, list[Cells]] = {}
            for reader, cells in self.rows.get(number, ()):
                by_reader.setdefault(reader, []).append(cells)
            for reader, rows in by_reader.items():
                found = candidates_from(reader, number, rows)
                said += found if number == urn else (c for c in found if not c.fact.startswith(_WHO_IT_IS))
        return said


def _newest(reader: Reader, urns: frozenset[str]) -> Iterator[tuple[str, Cells]]:
    """The rows of each school, of its newest year alone where a table holds many."""
    if reader.ready.vintage_at < 0:
        yield from reader.drawn(urns)
        return
    newest: dict[str, tuple[str, list[Cells]]] = {}
    for urn, cells in reader.drawn(urns):
        year, kept = str(reader.vintage(cells)), newest.get(urn)
        if kept is None or year > kept[0]:
            newest[urn] = (year, [cells])
        elif year == kept[0]:
            kept[1].append(cells)
    for urn, (_, rows) in newest.items():
        for cells in rows:
            yield urn, cells


class Entry(NamedTuple):
    """One line of a register: the school's own words, whether it is open, and where it stands."""

    said: Mapping[str, str]
    is_open: bool
    place: tuple[int, int] | None

    @property
    def is_state_school(self) -> bool:
        """Only schools paid for by the state have a type of ours."""
        return TYPE in self.said


def entries(of: Found, known: Catalogue, dictionary: Dictionary) -> dict[str, Entry]:
    """Every school by the newest register that names it; raises `InputError` where the folder holds none, or no row."""
    registers = [t for t in of.holding("schools") if "status" in t.index and "type" in t.index]
    if not registers:
        todo = "add the register: Get Information about Schools, all data (edubasealldata)"
        raise problem_with("--data", "holds no register of schools", todo)
    found: dict[str, Entry] = {}
    for table in registers:
        also = tuple(n for n in ("status", "easting", "northing") if n in table.index)
        reader = Reader(table, known, dictionary, (PHASE, TYPE, AUTHORITY), also=also)
        for urn, cells in reader.drawn():
            if urn not in found:
                said = {c.fact: c.value for c in reader.candidates(urn, cells) if isinstance(c.value, str)}
                is_open = cells[reader.ready.also["status"]].casefold().startswith("open")
                found[urn] = Entry(said, is_open, _place(reader, cells))
    if not found:
        raise problem_with("--data", "holds a register without a school in it", "download the register again")
    return found


def _place(reader: Reader, cells: Cells) -> tuple[int, int] | None:
    """Metres east and north on the national grid; none where the register has no place, or nought for one."""
    if not {"easting", "northing"} <= reader.ready.also.keys():
        return None
    east, north = cells[reader.ready.also["easting"]], cells[reader.ready.also["northing"]]
    return (int(east), int(north)) if east.isdecimal() and north.isdecimal() and int(east) and int(north) else None
