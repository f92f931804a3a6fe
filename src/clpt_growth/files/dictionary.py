"""The data dictionary from its YAML, and a trust's own facts laid after the shipped ones."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from clpt_growth.files.casefile import RESERVED
from clpt_growth.files.outline import DICTIONARY, must_fit
from clpt_growth.files.problems import Problem
from clpt_growth.files.shapes import shaped
from clpt_growth.files.yaml_text import Node, plain
from clpt_growth.model.dictionary import Block, Definition, Dictionary, FactKind

_INHERITED = ("holder", "evidence", "stage", "class", "shelf_life_days", "sensitivity")
_BLOCK_KEYS = frozenset(("id", "subject", "title", "meaning", "facts", *_INHERITED))
_STAGES = {"paper": "3"}
_RENAMED = {"fact_class": "class"}


def dictionary_from(node: Node, file: str, problems: list[Problem], base: Dictionary | None = None) -> Dictionary:
    """The dictionary a file declares; laid after `base`, whose facts it may not declare again."""
    must_fit(node, DICTIONARY, file)
    tree = plain(node)
    lists = {k: tuple(v or ()) for k, v in (tree.get("lists") or {}).items()}
    reader = _DictionaryReader(file, problems, lists)
    blocks = tuple(
        block
        for position, (area, child) in enumerate(_items(tree, node, "areas"))
        if (block := reader.block(area, child, position)) is not None
    )
    definitions = tuple(
        definition
        for entry, child in _items(tree, node, "definitions")
        if (definition := reader.definition(entry, child)) is not None
    )
    own = Dictionary(version=str(tree.get("version", "")), blocks=blocks, definitions=definitions)
    if base is None:
        return own
    for name in own.kinds.keys() & base.kinds.keys():
        problems.append(Problem(file, node.line, name, "is a shipped fact", "give it another name"))
    theirs = {d.name for d in definitions}
    kept = tuple(d for d in base.definitions if d.name not in theirs)
    return Dictionary(version=base.version, blocks=_merged(base.blocks, blocks), definitions=kept + definitions)


def _merged(base: tuple[Block, ...], own: tuple[Block, ...]) -> tuple[Block, ...]:
    """Own facts of a shipped block go after the shipped ones; other blocks go last."""
    extra = {(b.subject, b.id): b for b in own}
    merged = []
    for block in base:
        more = extra.pop((block.subject, block.id), None)
        merged.append(block if more is None else _longer(block, more))
    return (*merged, *extra.values())


def _longer(block: Block, more: Block) -> Block:
    return Block(
        id=block.id, subject=block.subject, title=block.title, meaning=block.meaning,
        holder=block.holder, facts=block.facts + more.facts, records=block.records,
    )  # fmt: skip


def _items(tree: Mapping[str, Any], node: Node, key: str) -> Iterator[tuple[dict[str, Any], Node]]:
    if entries := tree.get(key):
        yield from zip(entries, node.value[key].value, strict=True)


class _DictionaryReader:
    def __init__(self, file: str, problems: list[Problem], lists: Mapping[str, tuple[str, ...]]) -> None:
        self.file = file
        self.problems = problems
        self.lists = lists

    def block(self, area: dict[str, Any], node: Node, position: int) -> Block | None:
        missing = [key for key in ("id", "subject", "title") if not area.get(key)]
        if missing:
            field = f"areas[{position}]"
            self.problems.append(Problem(self.file, node.line, field, f"has no {' and no '.join(missing)}", "add it"))
            return None
        name = f"{area['subject']}.{area['id']}"
        if area.get("kind") == "records":
            own = {k: v for k, v in area.items() if k not in ("id", "subject", "title")}
            records = self.kind(name, own, node, area)
            facts: tuple[FactKind, ...] = ()
        else:
            unknown = area.keys() - _BLOCK_KEYS
            for key in sorted(unknown):
                self.problems.append(
                    Problem(
                        self.file,
                        node.value[key].line,
                        f"{name}.{key}",
                        "there is no such entry",
                        "delete it",
                    )
                )
            entries = area.get("facts") or {}
            nodes = node.value["facts"].value if entries else {}
            found = (self.kind(f"{name}.{key}", entry, nodes[key], area) for key, entry in entries.items())
            facts, records = tuple(k for k in found if k), None
        return Block(
            id=area["id"], subject=area["subject"], title=area["title"], meaning=area.get("meaning") or "",
            holder=area.get("holder") or "", facts=facts, records=records,
        )  # fmt: skip

    def kind(self, name: str, entry: Any, node: Node, area: Mapping[str, Any]) -> FactKind | None:
        if not isinstance(entry, dict):
            self.problems.append(Problem(self.file, node.line, name, "is not an entry", "give kind, label and meaning"))
            return None
        last = name.rpartition(".")[2]
        if last in RESERVED:
            self.problems.append(
                Problem(self.file, node.line, name, "is a word with a meaning of its own", "rename it")
            )
        tree = {k: area[k] for k in _INHERITED if area.get(k) is not None} | entry
        tree |= {"name": name, "subject": area["subject"], "area": area["id"]}
        return self.shaped_kind(tree, node, name)

    def shaped_kind(self, tree: dict[str, Any], node: Node, name: str) -> FactKind | None:
        tree = dict(tree)
        if "class" in tree:
            tree["fact_class"] = tree.pop("class")
        tree["stage"] = _STAGES.get(str(tree.get("stage", "2")), tree.get("stage", "2"))
        for key in ("choices", "phases"):
            if key in tree:
                tree[key] = self.words(tree[key], node, name)
        if "more_choices" in tree:
            tree["choices"] = (*tree.get("choices", ()), *tree.pop("more_choices"))
        if "known_from" in tree:
            tree["known_from"] = tuple(tree["known_from"])
        if "in_force" in tree:
            tree["in_force"] = {answer: tuple(days) for answer, days in tree["in_force"].items()}
        if "only_with" in tree:
            tree["only_with"] = {other: tuple(answers) for other, answers in tree["only_with"].items()}
        fields = tree.get("fields") or {}
        tree["fields"] = tuple(k for f, e in fields.items() if (k := self.field(f, e, node, name)))
        if keyed := tree.get("keyed_by"):
            tree["keyed_by"] = self.field(keyed.get("name") or "", keyed, node, name)
        tree = {k: v for k, v in tree.items() if v is not None}
        kind = shaped(FactKind, tree, node, self.file, self.problems, under=name,
                      written_as=lambda n: _RENAMED.get(n, n))  # fmt: skip
        if kind is not None and kind.kind in ("choice", "choices") and not kind.choices:
            self.problems.append(Problem(self.file, node.line, name, "has no choices", "add choices: [...]"))
        return kind

    def field(self, name: str, entry: Any, node: Node, inside: str) -> FactKind | None:
        if not isinstance(entry, dict):
            self.problems.append(Problem(self.file, node.line, f"{inside}.{name}", "is not an entry", "give its kind"))
            return None
        label = name.replace("_", " ")
        return self.shaped_kind({"label": label, "meaning": label} | entry | {"name": name}, node, f"{inside}.{name}")

    def words(self, given: Any, node: Node, name: str) -> tuple[str, ...]:
        if isinstance(given, list):
            return tuple(given)
        if not isinstance(given, str) or given not in self.lists:
            self.problems.append(
                Problem(self.file, node.line, name, f'there is no list "{given}"', "use one under lists:")
            )
            return ()
        return self.lists[given]

    def definition(self, entry: dict[str, Any], node: Node) -> Definition | None:
        entry = entry | {"value": _figure(entry.get("value"))}
        return shaped(Definition, entry, node, self.file, self.problems, under=str(entry.get("name", "")))


def _figure(value: Any) -> Any:
    """A number as a number; lists and mappings of words as they are."""
    if isinstance(value, dict):
        return {k: _figure(v) for k, v in value.items()}
    if not isinstance(value, str):
        return tuple(_figure(v) for v in value) if isinstance(value, list) else value
    try:
        return int(value) if value.lstrip("-").isdigit() else Decimal(value)
    except InvalidOperation:
        return value
