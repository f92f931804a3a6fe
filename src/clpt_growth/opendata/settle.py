"""Many tables' words about one school settled into facts: which counts, which is older, and what no table gives."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from clpt_growth.facts.side_by_side import cannot_stand
from clpt_growth.model.dictionary import Dictionary, FactKind
from clpt_growth.model.fact import Fact, NotApplicable, Verified
from clpt_growth.opendata.candidate import BETWEEN_COLUMNS, Candidate, Source
from clpt_growth.opendata.cells import MISSING, Gap

_LONG_AGO = date.min

NoteOf = Callable[[Mapping[str, Any], Sequence[str]], str]
"""From a record's values and the numbers they are said under to what is to be noted."""


class Remark(NamedTuple):
    """Something a person should know of a fact: why it is blank, or what another table says."""

    fact: str
    words: str


class Settled(NamedTuple):
    """The facts of one school or trust, and what is to be said beside them."""

    facts: dict[str, Fact]
    remarks: tuple[Remark, ...]


def settled(
    candidates: Iterable[Candidate], dictionary: Dictionary, own: str, note_of: NoteOf | None = None
) -> Settled:
    """Facts from candidates; `own` is the number of the school itself, whose own figures come first.

    `note_of` writes a note on a record from its values and their sources.
    """
    by_fact: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        by_fact[candidate.fact].append(candidate)
    facts: dict[str, Fact] = {}
    remarks: list[Remark] = []
    for name in by_fact:
        if name not in dictionary.kinds:
            continue
        kind, said = dictionary.kinds[name], by_fact[name]
        if kind.kind == "records":
            fact, more = _records(kind, said, own, note_of)
        else:
            fact, more = _single(name, said, own)
        remarks += more
        if fact is not None:
            facts[name] = fact
    return Settled(facts, tuple(dict.fromkeys(remarks)))


def best_first(said: Sequence[Candidate], own: str) -> list[Candidate]:
    """Those that give a value: asked before stopgaps, the school's own number, the newest, the most settled."""
    found = [c for c in said if not isinstance(c.value, Gap)]
    if len(found) > 1:
        found.sort(key=lambda c: (not c.source.if_missing, c.urn == own, c.source.newness), reverse=True)
    return found


def _single(name: str, said: Sequence[Candidate], own: str) -> tuple[Fact | None, list[Remark]]:
    ranked = best_first(said, own)
    remarks = [Remark(name, words) for words in _why_blank(said, ranked)] if len(ranked) < len(said) else []
    if not ranked:
        return None, remarks
    chosen = ranked[0]
    if len(ranked) > 1:
        if _rows_disagree(ranked):
            return None, [Remark(name, f"{chosen.source.table.cited}: several rows of this school differ"), *remarks]
        others = (c for c in ranked[1:] if c.value != chosen.value and _of_one_time(c, chosen))
        remarks += (Remark(name, _differs(c)) for c in others)
    source = chosen.source
    note = source.note
    if chosen.urn != own:
        note = "; ".join(n for n in (note, f"as URN {chosen.urn}, before it became URN {own}") if n)
    return Fact(name, chosen.value, cited((source,)), source.dated, Verified.PUBLISHED, note), remarks


def _rows_disagree(ranked: Sequence[Candidate]) -> bool:
    """Whether one table says two things of one school and year, so that neither can be taken."""
    first = ranked[0]
    return any(
        c.value != first.value
        for c in ranked[1:]
        if c.urn == first.urn
        and c.source.table is first.source.table
        and (c.source.vintage, c.source.column) == (first.source.vintage, first.source.column)
    )


def _of_one_time(one: Candidate, other: Candidate) -> bool:
    """Whether two speak of one day or year and neither is a stopgap, so that they ought to agree."""
    a, b = one.source, other.source
    return a.dated == b.dated and not a.if_missing and not b.if_missing and one.urn == other.urn


def _differs(other: Candidate) -> str:
    value = other.value.reason if isinstance(other.value, NotApplicable) else other.value
    return f"{other.source.table.cited} says {value}"


def _why_blank(said: Sequence[Candidate], ranked: Sequence[Candidate]) -> list[str]:
    """Each reason a newer table, or every table, gives no value; a plain blank is no news."""
    reasons = []
    for candidate in said:
        source, gap = candidate.source, candidate.value
        if not isinstance(gap, Gap) or source.if_missing or gap.reason == MISSING.reason:
            continue
        if ranked and not _newer(candidate, ranked[0]):
            continue
        code = f" ({gap.text})" if gap.text else ""
        column = f", column '{source.column}'" if source.column else ""
        reasons.append(f"{source.table.dataset.title}, {source.edition}{column}: {gap.reason}{code}")
    return reasons


def _newer(one: Candidate, than: Candidate) -> bool:
    return (one.source.dated or _LONG_AGO) > (than.source.dated or _LONG_AGO) and one.urn == than.urn


def _records(
    kind: FactKind, said: Sequence[Candidate], own: str, note_of: NoteOf | None
) -> tuple[Fact | None, list[Remark]]:
    by_key: dict[Any, dict[str, list[Candidate]]] = defaultdict(lambda: defaultdict(list))
    remarks = []
    for candidate in said:
        if candidate.record is None:
            remarks.append(Remark(kind.name, _gap_words(candidate)))
        else:
            by_key[candidate.record][candidate.field].append(candidate)
    found: list[tuple[str, dict[str, Any]]] = []
    for key, fields in by_key.items():
        record, more = _record(kind, fields, own, note_of)
        remarks += more
        if record:
            found.append((str(record.get("inspected_on") or key), record))
    records = [record for _, record in sorted(found, key=lambda r: r[0], reverse=True)]
    if not records:
        return None, remarks
    days = [r["dated"] for r in records if r.get("dated")]
    return Fact(kind.name, tuple(records), "", max(days, default=None), Verified.PUBLISHED, whole=False), remarks


def _gap_words(candidate: Candidate) -> str:
    gap, source = candidate.value, candidate.source
    return f"{source.table.dataset.title}, {source.vintage}: {gap.reason}"


def _record(
    kind: FactKind, fields: Mapping[str, Sequence[Candidate]], own: str, note_of: NoteOf | None
) -> tuple[dict[str, Any], list[Remark]]:
    """One record with its evidence; none where a field it must have is not given."""
    chosen = {name: best for name, said in fields.items() if (best := _chosen(said, own)) is not None}
    values = {name: c.value for name, c in chosen.items()}
    remarks = []
    for part in kind.bound_fields:
        if part.name in values and (wrong := next(cannot_stand(part, values[part.name], values), None)):
            remarks.append(Remark(kind.name, f"{chosen[part.name].source.table.cited}: {part.label} {wrong[0]}"))
            del values[part.name], chosen[part.name]
    lacking = [part.label for part in kind.required_fields if part.name not in values]
    used = [c for c in chosen.values() if c.source.column]
    if lacking or len(values) <= len(_bare(kind, values)):
        return {}, list(_left_out(kind, lacking, used))
    record = _in_order(kind, values)
    record["source"] = cited(tuple(c.source for c in used))
    days = {c.source.dated for c in used if c.source.dated}
    if days:
        record["dated"] = max(days)
    record["verified"] = Verified.PUBLISHED
    silent = [c for name, said in fields.items() if name not in values for c in said]
    gaps = sorted({_short_gap(c) for c in silent if _tells(c)})
    notes = [note_of(values, [c.urn for c in used]) if note_of else "", f"not given: {'; '.join(gaps)}" if gaps else ""]
    if note := "; ".join(n for n in notes if n):
        record["note"] = note
    return record, remarks


def _chosen(said: Sequence[Candidate], own: str) -> Candidate | None:
    """The best of them; none where no table gives a value, or one gives two."""
    if len(said) == 1:
        return None if isinstance(said[0].value, Gap) else said[0]
    ranked = best_first(said, own)
    return ranked[0] if ranked and not _rows_disagree(ranked) else None


def _left_out(kind: FactKind, lacking: Sequence[str], used: Sequence[Candidate]) -> Iterator[Remark]:
    """Why a record that some table speaks of is not written."""
    for words in dict.fromkeys(f"{c.source.table.cited}: {c.source.vintage}" for c in used if lacking):
        yield Remark(kind.name, f"{words}: no {lacking[0]}, so nothing of that year is written")


def _in_order(kind: FactKind, values: Mapping[str, Any]) -> dict[str, Any]:
    """The entries of a record in the order of the dictionary, its key first."""
    return {name: values[name] for name in kind.in_order if name in values}


def _bare(kind: FactKind, values: Mapping[str, Any]) -> set[str]:
    """What says nothing on its own: the record's year, how settled it is, how many pupils there were."""
    keys = {kind.keyed_by.name} if kind.keyed_by is not None else set()
    return (keys | {"status"}) & values.keys()


def _tells(candidate: Candidate) -> bool:
    return isinstance(candidate.value, Gap) and candidate.value.reason != MISSING.reason


def _short_gap(candidate: Candidate) -> str:
    field = candidate.field.replace("_", " ").removesuffix(" share").removesuffix(" count")
    return f"{field} ({candidate.value.reason})"


@lru_cache(maxsize=4_096)
def cited(sources: tuple[Source, ...]) -> str:
    """Datasets, vintages and columns, each once: `School census, 2022-23, column 'NOR'`."""
    columns: dict[str, list[str]] = {}
    for source in sources:
        columns.setdefault(f"{source.table.dataset.title}, {source.edition}", []).append(source.column)
    return "; ".join(f"{what}, {columns_named(named)}" for what, named in columns.items())


def columns_named(named: Sequence[str]) -> str:
    """`columns 'A', 'B'`: each once."""
    told = dict.fromkeys(column for n in named if n for column in n.split(BETWEEN_COLUMNS))
    words = BETWEEN_COLUMNS.join(told)
    return f"column{'s' if BETWEEN_COLUMNS in words else ''} '{words}'"
