"""Everything the tables of a folder say of one school, under its own number and those it had before."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from clpt_growth.files.problems import problem_with
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.opendata.candidate import Candidate, Source
from clpt_growth.opendata.catalogue import Catalogue
from clpt_growth.opendata.cells import Gap
from clpt_growth.opendata.lineage import Kin, Lineage
from clpt_growth.opendata.reading import Reader
from clpt_growth.opendata.recognise import Found, Table
from clpt_growth.opendata.registers import links_in, memberships, present_trust_since, standings
from clpt_growth.opendata.settle import NoteOf, Settled, settled
from clpt_growth.opendata.values import Cells

_INSPECTED = "inspected_on"
_OF_SCHOOLS, _WHO_IT_IS = "school.", "school.identity."


class SchoolFound(NamedTuple):
    """A school as the open data tell it: facts, what is to be said beside them, and where it comes from."""

    settled: Settled
    predecessors: tuple[Kin, ...]
    joined: date | None
    tables: tuple[Table, ...]
    unused: tuple[Table, ...]


def school_found(urn: str, found: Found, known: Catalogue, dictionary: Dictionary) -> SchoolFound:
    """Raises `InputError` where no table names the school, or where it has closed."""
    lineage = Lineage(links_in(found))
    _refuse_closed(urn, found, lineage)
    before = lineage.predecessors(urn)
    joined = present_trust_since(memberships(found, urn=urn))
    said: list[Candidate] = []
    used: list[Table] = []
    unused: list[Table] = []
    for table in found.tables:
        if not any(name.startswith(_OF_SCHOOLS) for name in table.dataset.fills):
            continue
        if not table.placed_in_time:
            unused.append(table)
            continue
        spoken = list(candidates_of(table, urn, before, known, dictionary))
        said += spoken
        used += [table] if spoken else []
    if not said:
        todo = "check the number, or add a file that has it: clpt-growth data list"
        raise problem_with(f"URN {urn}", "is in none of the tables of the folder", todo)
    said = [*said, *predecessor_fact(urn, before, found)]
    return SchoolFound(
        settled(said, dictionary, urn, note_of_inspections(urn, joined, before)), before, joined, tuple(used),
        tuple(unused),
    )  # fmt: skip


def candidates_of(
    table: Table, urn: str, before: Sequence[Kin], known: Catalogue, dictionary: Dictionary
) -> Iterator[Candidate]:
    """What one table says of a school; figures of earlier numbers only where that was one school throughout."""
    reader = Reader(table, known, dictionary, (n for n in table.dataset.fills if n.startswith(_OF_SCHOOLS)))
    for of_one in candidates_by_school(reader, {urn: before}).values():
        yield from of_one


def candidates_by_school(reader: Reader, schools: Mapping[str, Sequence[Kin]]) -> dict[str, list[Candidate]]:
    """What one table says of several schools, read once; each school with those it was before."""
    owners: dict[str, list[str]] = defaultdict(list)
    for urn, before in schools.items():
        owners[urn].append(urn)
        for kin in before if reader.table.dataset.inherited else ():
            if kin.alone:
                owners[kin.urn].append(urn)
    rows: dict[tuple[str, str], list[Cells]] = defaultdict(list)
    for number, cells in reader.drawn(frozenset(owners)):
        for urn in owners[number]:
            rows[urn, number].append(cells)
    found: dict[str, list[Candidate]] = defaultdict(list)
    for (urn, number), several in rows.items():
        # What the register said of an earlier school is not what it says of this one.
        said = candidates_from(reader, number, several)
        found[urn] += (c for c in said if number == urn or not c.fact.startswith(_WHO_IT_IS))
    return found


def candidates_from(reader: Reader, urn: str, rows: Sequence[Cells]) -> list[Candidate]:
    """Candidates from all the rows of one school in one table, added up where the table gives parts."""
    said: list[Candidate] = []
    if reader.table.dataset.rows.total:
        rows, short = reader.added_up(rows)
        part = Gap("covers part of a year, or is sent twice", "")
        said += (c._replace(value=part) for cells in short for c in reader.candidates(urn, cells))
    for cells in rows:
        said += reader.candidates(urn, cells)
    return said


def _refuse_closed(urn: str, found: Found, lineage: Lineage) -> None:
    now = standings(found, [urn]).get(urn)
    if now is None or not now.closed:
        return
    after = lineage.successors(urn)
    on = f" on {now.closed_on}" if now.closed_on else ""
    last = [k for k in after if k.hops == max(a.hops for a in after)]
    todo = f"ask for {' or '.join(k.urn for k in last)}, which came after it" if last else "check the number"
    raise problem_with(f"URN {urn}", f"is a school that closed{on}", todo)


def predecessor_fact(urn: str, before: Iterable[Kin], found: Found) -> Iterator[Candidate]:
    """The numbers the school had directly before, from the links."""
    nearest = [k.urn for k in before if k.hops == 1]
    tables = [*found.holding("links"), *(t for t in found.holding("schools") if "linked" in t.index)]
    if nearest and tables:
        column = tables[0].header[tables[0].index.get("other", tables[0].index.get("linked", 0))]
        vintage = tables[0].vintage
        source = Source(tables[0], column, vintage, vintage, vintage.day)
        yield Candidate("school.identity.predecessor_urn", None, "", ", ".join(nearest), source, urn)


def note_of_inspections(urn: str, joined: date | None, before: Sequence[Kin]) -> NoteOf:
    """Says of an inspection under which number it was made, and whether before or after joining the trust."""

    def note(values: Mapping[str, Any], said_under: Sequence[str]) -> str:
        inherited = next((number for number in said_under if number != urn), "")
        when = values.get(_INSPECTED)
        if when is None:
            return f"as URN {inherited}, before it became URN {urn}" if inherited else ""
        then = values.get("urn_at_the_time") or inherited or urn
        earlier = then != urn
        if joined is not None:
            side = "before" if when < joined else "after"
            return f"inspected {f'as URN {then} ' if earlier else ''}{side} it joined its present trust"
        return f"inspected as URN {then}, before it became URN {urn}" if earlier else ""

    return note
