"""A trust as the open data tell it: who it is, and each of its academies with dates, rolls, places and inspections."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from clpt_growth.facts.inspection import areas_below, graded
from clpt_growth.files.problems import problem_with
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.fact import Fact, NotApplicable, Verified
from clpt_growth.opendata.candidate import Candidate
from clpt_growth.opendata.catalogue import Catalogue
from clpt_growth.opendata.lineage import Lineage
from clpt_growth.opendata.reading import Reader
from clpt_growth.opendata.recognise import Found, Table
from clpt_growth.opendata.registers import Group, Membership, groups, links_in, memberships, standings
from clpt_growth.opendata.school import candidates_by_school, note_of_inspections
from clpt_growth.opendata.settle import Remark, Settled, best_first, cited, columns_named, settled

_LIST = "trust.academies"
_SPONSOR = "school sponsor"
_LONGEST_SOURCE = 1_800
# What the trust's list says of an academy, and the fact of the school it is.
_FIELDS: tuple[tuple[str, str], ...] = (
    ("name", "school.identity.name"),
    ("phase", "school.identity.phase"),
    ("pupils_count", "school.roll.pupils_count"),
    ("places_count", "school.roll.places_count"),
    ("local_authority", "school.identity.local_authority"),
    ("region", "school.identity.region"),
    ("pfi", "school.buildings.pfi"),
)
_RESERVE, _INSPECTIONS = "school.finance.revenue_reserve_gbp", "school.inspections"
_USED = (*(name for _, name in _FIELDS), _RESERVE, _INSPECTIONS)


class TrustFound(NamedTuple):
    """The facts of a trust, what is to be said beside them, and where they come from."""

    settled: Settled
    told: tuple[str, ...]
    tables: tuple[Table, ...]
    unused: tuple[Table, ...]


class _Roll(NamedTuple):
    """Who is in the trust by the newest register that lists anybody, and what the others say."""

    table: Table
    urns: tuple[str, ...]
    told: tuple[str, ...]
    joined: Mapping[str, Membership]
    name: str
    company: str


def trust_found(uid: str, found: Found, known: Catalogue, dictionary: Dictionary) -> TrustFound:
    """Raises `InputError` where no table lists an academy under the group number, or it is a sponsor's."""
    listed = groups(found, uid)
    _refuse_sponsor(uid, listed, found)
    roll = _roll(uid, found)
    lineage = Lineage(links_in(found))
    kin = {urn: lineage.predecessors(urn) for urn in roll.urns}
    said: dict[str, list[Candidate]] = defaultdict(list)
    used, unused = [], []
    for table in found.tables:
        if not set(table.dataset.fills) & {*_USED, _LIST}:
            continue
        if not table.placed_in_time:
            unused.append(table)
            continue
        of_each = candidates_by_school(Reader(table, known, dictionary, (*_USED, _LIST)), kin)
        for urn, candidates in of_each.items():
            said[urn] += candidates
        used += [table] if of_each else []
    academies, remarks, told = _academies(roll, kin, said, dictionary)
    facts = {f.name: f for f in _identity(uid, listed, roll, academies)} | {_LIST: academies}
    return TrustFound(
        Settled(facts, remarks), (*roll.told, *told), (*dict.fromkeys([roll.table, *used]),), tuple(unused)
    )


def _refuse_sponsor(uid: str, listed: Sequence[Group], found: Found) -> None:
    if not listed or listed[0].kind.casefold() != _SPONSOR:
        return
    twins = [m.uid for m in memberships(found) if m.in_trust and m.kind and m.trust == listed[0].name]
    todo = f"ask for the trust: --trust {twins[0]}" if twins else "ask for the group number of the trust it sponsors"
    raise problem_with(f"UID {uid}", "is a school sponsor, not a trust", todo)


def _roll(uid: str, found: Found) -> _Roll:
    rows = [m for m in memberships(found, uid=uid) if m.in_trust]
    if not rows:
        todo = "check the group number (UID), or add a list of schools in groups, the register or Ofsted's table"
        raise problem_with(f"UID {uid}", "is the trust of no school in the folder", todo)
    by_table: dict[str, list[Membership]] = defaultdict(list)
    for row in rows:
        by_table[row.table.shown].append(row)
    newest, *others = by_table.values()
    table = newest[0].table
    urns = [m.urn for m in newest]
    closed = {u for u, s in standings(found, urns).items() if s.closed}
    names = next((m.trust for m in rows if m.trust), "")
    companies = next((m.company for m in rows if m.company), "")
    kept = tuple(dict.fromkeys(u for u in urns if u not in closed))
    number = "1 academy" if len(kept) == 1 else f"{len(kept)} academies"
    told = [
        f"{number}, by {table.cited}.",
        *(f"URN {u} is left out: it has closed." for u in sorted(closed)),
    ]
    told += (line for other in others for line in _other_list(other, urns))
    joined: dict[str, Membership] = {}
    for row in rows:
        if row.joined is not None:
            joined.setdefault(row.urn, row)
    return _Roll(table, kept, tuple(told), joined, names, companies)


def _other_list(other: Sequence[Membership], urns: Sequence[str]) -> Iterator[str]:
    """What an older or less certain list has that the newest has not, and the other way round."""
    theirs = {m.urn for m in other}
    cited = other[0].table.cited
    if gone := sorted(theirs - set(urns)):
        yield f"Only in {cited}: URN {', '.join(gone)}."
    if new := sorted(set(urns) - theirs):
        yield f"Not in {cited}: URN {', '.join(new)}."


def _academies(
    roll: _Roll, kin: Mapping[str, Any], said: Mapping[str, Sequence[Candidate]], dictionary: Dictionary
) -> tuple[Fact, tuple[Remark, ...], list[str]]:
    records: list[dict[str, Any]] = []
    remarks: list[Remark] = []
    told: list[str] = []
    for urn in roll.urns:
        member = roll.joined.get(urn)
        joined = member.joined if member is not None else None
        of_school = [c for c in said.get(urn, ()) if c.fact != _LIST]
        school = settled(of_school, dictionary, urn, note_of_inspections(urn, joined, kin[urn]))
        record = _academy(urn, roll, school, _listed(said.get(urn, ()), urn), member)
        lacking = [n for n in ("name", "phase") if n not in record]
        if lacking:
            told.append(f"URN {urn} is left out of the list: no table gives its {lacking[0]}.")
        else:
            records.append(record)
            remarks += (Remark(_LIST, f"{record['name']}: {r.words}") for r in school.remarks if r.fact in _USED)
    records.sort(key=lambda r: (r.get("joined_on") or date.max, r["name"]))
    days = [r["dated"] for r in records if r.get("dated")]
    # A download can be a part of a register, or older than the last academy to join.
    fact = Fact(_LIST, tuple(records), "", max(days, default=None), Verified.PUBLISHED, whole=False)
    return fact, tuple(dict.fromkeys(remarks)), told


def _listed(said: Sequence[Candidate], urn: str) -> dict[str, Candidate]:
    """What the registers say of it as an academy of a trust, field by field."""
    fields = dict.fromkeys(c.field for c in said if c.fact == _LIST)
    ranked = {f: best_first([c for c in said if c.fact == _LIST and c.field == f], urn) for f in fields}
    return {field: found[0] for field, found in ranked.items() if found}


def _academy(
    urn: str, roll: _Roll, school: Settled, listed: Mapping[str, Candidate], member: Membership | None
) -> dict[str, Any]:
    facts = school.facts
    used = [facts[name].source for _, name in _FIELDS if name in facts]
    record: dict[str, Any] = {"name": None, "urn": urn}
    record |= {field: facts[name].value for field, name in _FIELDS if name in facts}
    for field in ("name", "sponsored"):
        if record.get(field) is None and field in listed:
            record[field] = listed[field].value
            used.append(cited((listed[field].source,)))
    joined = member.joined if member is not None else None
    if member is not None:
        record["joined_on"] = joined
        used.append(f"{member.table.cited}, column '{member.table.header[member.table.index['joined']]}'")
    if _RESERVE in facts:
        record["in_deficit"] = facts[_RESERVE].value < 0
        used.append(facts[_RESERVE].source)
    record |= _inspected(urn, facts.get(_INSPECTIONS), joined)
    record["source"] = _sources([*used, *_inspection_source(facts.get(_INSPECTIONS))])
    record |= {"dated": roll.table.vintage.day, "verified": Verified.PUBLISHED}
    return {n: v for n, v in record.items() if v is not None and not isinstance(v, NotApplicable)}


def _inspection_source(fact: Fact | None) -> Iterator[str]:
    found = graded(fact.value) if fact is not None and fact.applies else []
    if found:
        yield str(found[0]["source"])


def _inspected(urn: str, fact: Fact | None, joined: date | None) -> dict[str, Any]:
    """The latest graded inspection, under its own framework."""
    found = graded(fact.value) if fact is not None and fact.applies else []
    if not found:
        return {}
    latest = found[0]
    then = latest.get("urn_at_the_time")
    return {
        "inspected_on": latest["inspected_on"],
        "inspection_framework": latest["framework"],
        "inspection_overall": latest.get("overall"),
        "inspection_areas_below_count": areas_below(found),
        "inspected_since_joining": latest["inspected_on"] >= joined if joined else None,
        "inspected_as_urn": then if then != urn else None,
    }


def _sources(said: Iterable[str]) -> str:
    """Every dataset, vintage and column behind an academy; the datasets alone where that grows too long."""
    columns: dict[str, list[str]] = {}
    for text in (part for source in said for part in source.split("; ")):
        dataset, _, named = text.partition(", column")
        columns.setdefault(dataset, []).append(named.partition("'")[2].removesuffix("'"))
    whole = "; ".join(f"{dataset}, {columns_named(named)}" for dataset, named in columns.items())
    return whole if len(whole) <= _LONGEST_SOURCE else "; ".join(columns)


def _identity(uid: str, listed: Sequence[Group], roll: _Roll, academies: Fact) -> Iterator[Fact]:
    group = listed[0] if listed else None
    table = group.table if group is not None else roll.table

    def known(name: str, value: Any, column: str, of: Table) -> Iterator[Fact]:
        header = of.header[of.index[column]] if column in of.index else ""
        source = f"{of.cited}, column '{header}'" if header else of.cited
        if value:
            yield Fact(f"trust.identity.{name}", value, source, of.vintage.day, Verified.PUBLISHED)

    yield from known("name", group.name if group is not None else roll.name, "trust", table)
    yield from known("uid", uid, "trust_uid", table)
    yield from known("company_number", (group.company if group is not None else "") or roll.company, "company", table)
    if group is not None:
        yield from known("headquarters_postcode_area", group.postcode_area, "postcode", table)
    regions = tuple(sorted({r["region"] for r in academies.value if r.get("region")}))
    yield from known("regions", regions, "region", roll.table)
