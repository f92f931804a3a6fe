"""A file a person wrote, filled further: what is missing is added, and what they wrote stays as it is."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from clpt_growth.files.blank import WIDTH
from clpt_growth.files.case_values import ENTRIES, EVIDENCE
from clpt_growth.files.casefile import SUBJECTS_OF, case_file
from clpt_growth.files.problems import InputError, did_you_mean, problem_with
from clpt_growth.files.round_trip import Document, append, mapping, on_one_line, put, scalar, sequence
from clpt_growth.files.yaml_text import node_from
from clpt_growth.model.dictionary import Dictionary, FactKind
from clpt_growth.model.fact import Fact

# What tells one record of a list from another, where the list itself does not.
_TOLD_APART_BY = (("framework", "inspected_on"), ("urn",), ("name",))
EVERYTHING = "all"


class Difference(NamedTuple):
    """A fact that a person wrote and a table gives otherwise; `where` is as it stands in the file."""

    where: str
    written: Any
    found: Any
    written_source: str
    found_source: str
    taken: bool


class Merged(NamedTuple):
    """The file filled further, what was added, and what differs."""

    text: str
    added: tuple[str, ...]
    differences: tuple[Difference, ...]


def merged(
    text: str, found: Mapping[str, Fact], dictionary: Dictionary, *, what: str, file: str, take: Iterable[str] = ()
) -> Merged:
    """Add to a file what it lacks; what differs is kept as a person wrote it unless its name is in `take`.

    Raises `InputError` where the file has problems of its own.
    """
    before = case_file(node_from(text, file), dictionary, what=what, file=file)
    if before.problems:
        raise InputError(before.problems)
    document = Document(text)
    work = _Merge(document, _with_what_goes_with_them(_taken(take, dictionary, what), dictionary))
    for block in dictionary.blocks_of(*SUBJECTS_OF[what]).values():
        for kind in block.kinds:
            if kind.name in found and not _beside_another(kind, found, before.facts, dictionary, work):
                work.fact(kind, found[kind.name], before.facts.get(kind.name), in_block=block.records is None)
    result = document.text()
    _nothing_lost(before.facts, result, dictionary, what, file, work)
    return Merged(result, tuple(work.added), tuple(work.differences))


def _taken(take: Iterable[str], dictionary: Dictionary, what: str) -> frozenset[str]:
    """The facts whose published value is taken, by the path a person reads in the file."""
    names = [name.removeprefix(f"{what}.") for name in take]
    known = [kind.path for kind in dictionary.kinds.values()]
    strange = [n for n in names if n != EVERYTHING and n.partition("[")[0] not in known]
    if strange:
        todo = did_you_mean(strange[0], known, "name a fact as it stands in the list of differences, or all")
        raise problem_with("--take", f'there is no fact "{strange[0]}"', todo)
    return frozenset(names)


def _with_what_goes_with_them(names: frozenset[str], dictionary: Dictionary) -> frozenset[str]:
    """Those facts and every one that says something of one of them, such as its year."""
    return names | {k.path for k in dictionary.kinds.values() if k.goes_with and _path(k.goes_with) in names}


def _beside_another(
    kind: FactKind, found: Mapping[str, Fact], written: Mapping[str, Fact], dictionary: Dictionary, work: "_Merge"
) -> bool:
    """Whether a fact that is not written would come to stand beside a figure, or a year, that a person wrote otherwise.

    The year of the table's figure says nothing of theirs.
    """
    if kind.name in written:
        return False
    partners = [k for k in dictionary.kinds.values() if kind.name == k.goes_with or k.name == kind.goes_with]
    return any(
        k.name in written
        and not work.takes(k.path)
        and (k.name not in found or found[k.name].value != written[k.name].value)
        for k in partners
    )


class _Merge:
    """Fills one document, fact by fact, and keeps what was added and what differs."""

    def __init__(self, document: Document, take: frozenset[str]) -> None:
        self.document = document
        self.take = take
        self.added: list[str] = []
        self.differences: list[Difference] = []

    def fact(self, kind: FactKind, found: Fact, written: Fact | None, *, in_block: bool) -> None:
        name, _, entry = kind.path.partition(".")
        place = self.document.block(name) if in_block else self.document.tree
        key = entry if in_block else name
        if kind.kind == "records" and found.applies and (written is None or written.applies):
            self.records(kind, found, written, place, key)
        elif written is None:
            put(place, key, _fact_node(kind, found, len(key) + 2))
            self.added.append(kind.path)
        elif written.value != found.value:
            taken = self.differs(kind.path, written.value, found.value, written.source, found.source)
            if taken:
                put(place, key, _fact_node(kind, found, len(key) + 2))

    def takes(self, where: str) -> bool:
        return not self.take.isdisjoint((where, EVERYTHING, where.partition("[")[0]))

    def differs(self, where: str, written: Any, found: Any, written_source: str, found_source: str) -> bool:
        taken = self.takes(where)
        self.differences.append(Difference(where, written, found, written_source, found_source, taken))
        return taken

    def records(self, kind: FactKind, found: Fact, written: Fact | None, place: Any, key: str) -> None:
        there = {_key(kind, r): r for r in written.value} if written is not None else {}
        lacking = {apart: r for r in found.value if (apart := _key(kind, r)) not in there}
        if not self.has_room(kind, len(there), list(lacking), place.get(key)):
            lacking = {}
        if not (there or lacking):
            return
        nodes = _record_nodes(kind, place, key)
        for record in found.value:
            if (apart := _key(kind, record)) in there:
                self.record(kind, record, there[apart], _node_of(kind, nodes, apart, written))
            elif apart in lacking:
                _add_record(kind, nodes, record)
                self.added.append(f"{kind.path}[{_shown(apart)}]")

    def has_room(self, kind: FactKind, there: int, lacking: Sequence[tuple[Any, ...]], held: Any) -> bool:
        """Whether entries may be added: not where a person says that there are no more, unless theirs are taken."""
        said = _entries_said(held)
        if said is None or not lacking or there + len(lacking) <= said:
            return True
        also = f"with {', '.join(map(_shown, lacking))}"
        taken = self.differs(f"{kind.path}[{ENTRIES}]", said, there + len(lacking), "", also)
        if taken:
            put(held, ENTRIES, scalar(None, there + len(lacking)))
        return taken

    def record(self, kind: FactKind, found: Mapping[str, Any], written: Mapping[str, Any], node: Any) -> None:
        where = f"{kind.path}[{_shown(_key(kind, found))}]"
        fresh = [n for n in found if n not in written and n not in EVIDENCE]
        for name in fresh:
            put(node, name, scalar(kind.field_named.get(name), found[name]))
            self.added.append(f"{where}.{name}")
        if fresh:
            _note_added(node, fresh, str(found.get("source", "")))
        for name, value in found.items():
            if name in written and name not in EVIDENCE and written[name] != value:
                source = str(written.get("source", ""))
                if self.differs(f"{where}.{name}", written[name], value, source, str(found.get("source", ""))):
                    node[name] = scalar(kind.field_named.get(name), value)


def _note_added(node: Any, fresh: Sequence[str], source: str) -> None:
    """A record has one source, the person's own; its note says which entries are from a table."""
    said = str(node["note"]) if node.get("note") else ""
    added = f"{', '.join(fresh).replace('_', ' ')} from {source}" if source else ""
    put(node, "note", scalar(None, "; ".join(part for part in (said, added) if part)))


def _key(kind: FactKind, record: Mapping[str, Any]) -> tuple[Any, ...]:
    if kind.keyed_by is not None:
        return (record.get(kind.keyed_by.name),)
    for names in _TOLD_APART_BY:
        if all(record.get(n) is not None for n in names):
            return tuple(record[n] for n in names)
    return (repr(sorted(record.items(), key=str)),)


def _entries_said(held: Any) -> int | None:
    """How many entries a person says a list has in all; None where they do not."""
    said = str(held.get(ENTRIES) or "").replace("_", "").replace(",", "") if isinstance(held, dict) else ""
    return int(said) if said.isdecimal() else None


def _shown(key: tuple[Any, ...]) -> str:
    return str(key[-1])


def _record_nodes(kind: FactKind, place: Any, key: str) -> Any:
    """The mapping or list that holds the records, made where it is blank."""
    held = place.get(key)
    if held is None:
        held = mapping({}) if kind.keyed_by is not None or "." not in kind.path else sequence([])
        put(place, key, held)
    if isinstance(held, list):
        return held
    inner = next((n for n in ("records", "value") if held.get(n) is not None), "")
    if inner or kind.keyed_by is not None:
        return held[inner] if inner else held
    put(held, "records", sequence([]))
    return held["records"]


def _add_record(kind: FactKind, nodes: Any, record: Mapping[str, Any]) -> None:
    entry = {name: scalar(kind.field_named.get(name), value) for name, value in record.items()}
    if kind.keyed_by is not None:
        put(nodes, entry.pop(kind.keyed_by.name), mapping(entry))
    else:
        append(nodes, mapping(entry))


def _node_of(kind: FactKind, nodes: Any, apart: tuple[Any, ...], written: Fact | None) -> Any:
    """The part of the tree that holds a record: under its key, or at its place in the list."""
    if kind.keyed_by is not None:
        return next(node for key, node in nodes.items() if str(key) == str(apart[0]))
    records = written.value if written is not None else ()
    return nodes[next(n for n, r in enumerate(records) if _key(kind, r) == apart)]


def _fact_node(kind: FactKind, fact: Fact, indent: int) -> Any:
    said = {"source": fact.source, "dated": fact.dated, "verified": fact.verified, "note": fact.note}
    parts = {"value": scalar(kind, fact.value)}
    parts |= {name: scalar(None, value) for name, value in said.items() if value}
    node = mapping(parts)
    fits = indent + sum(len(n) + len(str(v)) + 6 for n, v in parts.items()) <= WIDTH
    return on_one_line(node) if fits else node


def _nothing_lost(
    before: Mapping[str, Fact], text: str, dictionary: Dictionary, what: str, file: str, work: _Merge
) -> None:
    """What a person wrote reads back as it was, apart from what they said to take; else nothing is written."""
    after = case_file(node_from(text, file), dictionary, what=what, file=file)
    changed = {d.where.partition("[")[0] for d in work.differences if d.taken}
    lost = [n for n in before if _path(n) not in changed and not _kept(before[n], after.facts.get(n))]
    if after.problems or lost:
        wrong = str(after.problems[0]) if after.problems else f"{_path(lost[0])} would change"
        raise problem_with(file, f"cannot be filled without changing it ({wrong})", "copy the lines over by hand")


def _path(name: str) -> str:
    return name.partition(".")[2]


def _kept(before: Fact, after: Fact | None) -> bool:
    """Whether a fact still says all it said: records may have gained entries and others beside them."""
    if after is None or type(before.value) is not tuple or not before.value or not isinstance(before.value[0], dict):
        return after is not None and after._replace(line=0) == before._replace(line=0)
    return all(
        any(all(new.get(n) == v for n, v in old.items() if n != "note") for new in after.value) for old in before.value
    )
