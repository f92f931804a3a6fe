"""A file a person wrote, filled further: what is missing is added, and what they wrote stays as it is."""

import io
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from clpt_growth.files.blank import WIDTH, written_as
from clpt_growth.files.casefile import ENTRIES, SUBJECTS_OF, case_file
from clpt_growth.files.problems import InputError, did_you_mean, problem_with
from clpt_growth.files.yaml_text import node_from
from clpt_growth.model.dictionary import Dictionary, FactKind
from clpt_growth.model.fact import Fact, NotApplicable

_EVIDENCE = ("source", "dated", "verified", "note")
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
    document = _Document(text)
    work = _Merge(document, _taken(take, dictionary, what))
    for block in dictionary.blocks_of(*SUBJECTS_OF[what]).values():
        for kind in block.kinds:
            if kind.name in found:
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


class _Document:
    """The file as a tree that remembers its comments, its order and how it was written."""

    def __init__(self, text: str) -> None:
        from ruamel.yaml import YAML

        self.yaml = YAML()
        self.yaml.Resolver = _text_only()
        self.yaml.preserve_quotes = True
        self.yaml.width = 1_000_000
        self.yaml.indent(**_indents(text))
        self.tree = self.yaml.load(text)

    def text(self) -> str:
        out = io.StringIO()
        self.yaml.dump(self.tree, out)
        return out.getvalue()

    def block(self, name: str) -> Any:
        if name not in self.tree:
            self.tree[name] = _mapping({})
        elif self.tree[name] is None:
            _set(self.tree, name, _mapping({}))
        return self.tree[name]


def _text_only() -> Any:
    """A resolver for which every word is text and only a blank is nothing, so that what stands there stays so."""
    from ruamel.yaml.resolver import VersionedResolver

    class TextOnly(VersionedResolver):
        @property
        def versioned_resolver(self) -> Any:
            known = super().versioned_resolver
            return {
                start: [(tag, look) for tag, look in ways if tag.endswith(":null")] for start, ways in known.items()
            }

    return TextOnly


def _indents(text: str) -> dict[str, int]:
    """How far lists stand in from the name above them, so that they are written back where they were."""
    lines = text.splitlines()
    for above, line in pairwise(lines):
        if line.lstrip().startswith("- ") and above.rstrip().endswith(":") and not above.lstrip().startswith("#"):
            offset = len(line) - len(line.lstrip()) - (len(above) - len(above.lstrip()))
            if 0 <= offset <= 8:
                return {"mapping": 2, "sequence": offset + 2, "offset": offset}
    return {"mapping": 2, "sequence": 4, "offset": 2}


class _Merge:
    """Fills one document, fact by fact, and keeps what was added and what differs."""

    def __init__(self, document: _Document, take: frozenset[str]) -> None:
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
            _set(place, key, _fact_node(kind, found, len(key) + 2))
            self.added.append(kind.path)
        elif written.value != found.value:
            taken = self.differs(kind.path, written.value, found.value, written.source, found.source)
            if taken:
                _set(place, key, _fact_node(kind, found, len(key) + 2))

    def differs(self, where: str, written: Any, found: Any, written_source: str, found_source: str) -> bool:
        taken = where in self.take or EVERYTHING in self.take or where.partition("[")[0] in self.take
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
            _set(held, ENTRIES, _scalar(None, there + len(lacking)))
        return taken

    def record(self, kind: FactKind, found: Mapping[str, Any], written: Mapping[str, Any], node: Any) -> None:
        where = f"{kind.path}[{_shown(_key(kind, found))}]"
        fresh = [n for n in found if n not in written and n not in _EVIDENCE]
        for name in fresh:
            _set(node, name, _scalar(kind.field_named.get(name), found[name]))
            self.added.append(f"{where}.{name}")
        if fresh:
            _note_added(node, fresh, str(found.get("source", "")))
        for name, value in found.items():
            if name in written and name not in _EVIDENCE and written[name] != value:
                source = str(written.get("source", ""))
                if self.differs(f"{where}.{name}", written[name], value, source, str(found.get("source", ""))):
                    node[name] = _scalar(kind.field_named.get(name), value)


def _note_added(node: Any, fresh: Sequence[str], source: str) -> None:
    """A record has one source, the person's own; its note says which entries are from a table."""
    said = str(node["note"]) if node.get("note") else ""
    added = f"{', '.join(fresh).replace('_', ' ')} from {source}" if source else ""
    _set(node, "note", _scalar(None, "; ".join(part for part in (said, added) if part)))


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
        held = _mapping({}) if kind.keyed_by is not None or "." not in kind.path else _list([])
        _set(place, key, held)
    if isinstance(held, list):
        return held
    inner = next((n for n in ("records", "value") if held.get(n) is not None), "")
    if inner or kind.keyed_by is not None:
        return held[inner] if inner else held
    _set(held, "records", _list([]))
    return held["records"]


def _add_record(kind: FactKind, nodes: Any, record: Mapping[str, Any]) -> None:
    entry = {name: _scalar(kind.field_named.get(name), value) for name, value in record.items()}
    if kind.keyed_by is not None:
        _set(nodes, entry.pop(kind.keyed_by.name), _mapping(entry))
    else:
        _append(nodes, _mapping(entry))


def _node_of(kind: FactKind, nodes: Any, apart: tuple[Any, ...], written: Fact | None) -> Any:
    """The part of the tree that holds a record: under its key, or at its place in the list."""
    if kind.keyed_by is not None:
        return next(node for key, node in nodes.items() if str(key) == str(apart[0]))
    records = written.value if written is not None else ()
    return nodes[next(n for n, r in enumerate(records) if _key(kind, r) == apart)]


def _set(place: Any, key: Any, node: Any) -> None:
    """Fill a name where it stands; one that is not there goes last, before the comments that lead to what follows."""
    after = _split_off(place, key) if key in place else _comments_taken_off(place)
    place[key] = node
    _comments_put_on(place, key, after)


def _append(nodes: Any, node: Any) -> None:
    after = _comments_taken_off(nodes) if nodes else None
    nodes.append(node)
    _comments_put_on(nodes, len(nodes) - 1, after)


def _last(place: Any) -> Any:
    """The name or the position of the last part of a mapping or list; None where it is empty."""
    return (len(place) - 1 if isinstance(place, list) else next(reversed(place))) if place else None


def _comments_taken_off(place: Any) -> Any:
    """Whole-line comments behind the last part of a tree, which lead to what follows it."""
    from ruamel.yaml.comments import CommentedBase

    key = _last(place)
    if key is None:
        return None
    if isinstance(place[key], CommentedBase) and not place[key].fa.flow_style() and len(place[key]):
        return _comments_taken_off(place[key])
    return _split_off(place, key)


def _split_off(place: Any, key: Any) -> Any:
    """The whole-line comments behind one part; a comment beside it stays where it is."""
    from ruamel.yaml.tokens import CommentToken

    held = place.ca.items.get(key)
    slot = 0 if isinstance(place, list) else 2
    token = held[slot] if held and len(held) > slot else None
    if token is None:
        return None
    beside, _, after = token.value.partition("\n")
    if not after.strip():
        return None
    if beside.strip():
        token.value = f"{beside}\n"
    else:
        del place.ca.items[key]
    return CommentToken(f"\n{after}", token.start_mark, None)


def _comments_put_on(place: Any, key: Any, token: Any) -> None:
    """Put whole-line comments behind the last leaf of what was just added."""
    if token is None:
        return
    node = place[key]
    while hasattr(node, "ca") and not node.fa.flow_style() and len(node):
        place, key = node, _last(node)
        node = place[key]
    if (held := place.ca.items.get(key)) and held[0 if isinstance(place, list) else 2] is not None:
        held[0 if isinstance(place, list) else 2].value += token.value.lstrip("\n")
        return
    place.ca.items[key] = [token, None] if isinstance(place, list) else [None, None, token, None]


def _fact_node(kind: FactKind, fact: Fact, indent: int) -> Any:
    said = {"source": fact.source, "dated": fact.dated, "verified": fact.verified, "note": fact.note}
    parts = {"value": _scalar(kind, fact.value)}
    parts |= {name: _scalar(None, value) for name, value in said.items() if value}
    node = _mapping(parts)
    if indent + sum(len(n) + len(str(v)) + 6 for n, v in parts.items()) <= WIDTH:
        node.fa.set_flow_style()
    return node


def _scalar(kind: FactKind | None, value: Any) -> Any:
    """A value as its own text, quoted only where it could be taken for something else."""
    if isinstance(value, tuple | list) and not isinstance(value, NotApplicable):
        return _flow(_list([_scalar(None, v) for v in value]))
    text = written_as(kind, value)
    return _quoted(text[1:-1]) if text.startswith('"') else _plain(text)


def _plain(text: str) -> Any:
    from ruamel.yaml.scalarstring import PlainScalarString

    return PlainScalarString(text)


def _quoted(text: str) -> Any:
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    return DoubleQuotedScalarString(text.replace('\\"', '"').replace("\\\\", "\\"))


def _mapping(content: Mapping[str, Any]) -> Any:
    from ruamel.yaml.comments import CommentedMap

    return CommentedMap(content)


def _list(content: Sequence[Any]) -> Any:
    from ruamel.yaml.comments import CommentedSeq

    return CommentedSeq(content)


def _flow(node: Any) -> Any:
    node.fa.set_flow_style()
    return node


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
