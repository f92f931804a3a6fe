"""The data dictionary from its YAML, and a trust's own facts laid after the shipped ones."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from clpt_growth.files.case_values import RESERVED
from clpt_growth.files.outline import DICTIONARY, must_fit
from clpt_growth.files.problems import Problem, did_you_mean
from clpt_growth.files.shapes import shaped
from clpt_growth.files.yaml_text import Node, plain
from clpt_growth.model.dictionary import Block, Definition, Dictionary, FactKind

_INHERITED = ("holder", "evidence", "stage", "class", "shelf_life_days", "sensitivity", "asked_when", "always_arises")
_BLOCK_KEYS = frozenset(("id", "subject", "title", "meaning", "facts", *_INHERITED))
_STAGES = {"paper": "3"}
_RENAMED = {"fact_class": "class"}
_MADE: Mapping[str, Callable[[Any], Any]] = {
    "known_from": tuple,
    "in_force": lambda given: {answer: tuple(days) for answer, days in given.items()},
    "only_with": lambda given: {other: tuple(answers) for other, answers in given.items()},
}
_TESTS = {"one of": "one_of", "none of": "none_of", "below": "below"}


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
    problems += _unfounded(own, own if base is None else base, reader.lines, file)
    if base is None:
        return own
    for name in own.kinds.keys() & base.kinds.keys():
        problems.append(Problem(file, node.line, name, "is a shipped fact", "give it another name"))
    theirs = {d.name for d in definitions}
    kept = tuple(d for d in base.definitions if d.name not in theirs)
    return Dictionary(version=base.version, blocks=_merged(base.blocks, blocks), definitions=kept + definitions)


def _unfounded(own: Dictionary, base: Dictionary, lines: Mapping[str, int], file: str) -> Iterator[Problem]:
    """A question may hang only on facts that a person writes, and on answers those can have."""
    written = {name: kind for name, kind in {**base.kinds, **own.kinds}.items() if not kind.derived}
    for kind in own.kinds.values():
        if kind.goes_with and kind.goes_with not in written:
            wrong = f'there is no fact "{kind.goes_with}" to write'
            todo = did_you_mean(kind.goes_with, written, "name a fact that is written in a file")
            yield Problem(file, lines[kind.name], f"{kind.name}.goes_with", wrong, todo)
        for name, test in ((name, test) for way in kind.asked_when for name, test in way.items()):
            line, field = lines[kind.name], f"{kind.name}.asked_when"
            if (other := written.get(name)) is None:
                todo = did_you_mean(name, written, "name a fact that is written in a file")
                yield Problem(file, line, field, f'there is no fact "{name}" to write', todo)
            elif strange := {*test.one_of, *test.none_of} - {*other.choices} if other.choices else set():
                words = ", ".join(sorted(strange))
                yield Problem(file, line, field, f"{name} is never {words}", f"use: {', '.join(other.choices)}")


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
        self.lines: dict[str, int] = {}

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
        self.lines[name] = node.line
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
        if "asked_when" in tree:
            tree["asked_when"] = self.ways(tree["asked_when"], node, name)
        for key, made in _MADE.items():
            if key in tree:
                tree[key] = made(tree[key])
        fields = tree.get("fields") or {}
        tree["fields"] = tuple(k for f, e in fields.items() if (k := self.field(f, e, node, name)))
        if keyed := tree.get("keyed_by"):
            tree["keyed_by"] = self.field(keyed.get("name") or "", keyed, node, name)
        tree = {k: v for k, v in tree.items() if v is not None}
        kind = shaped(
            FactKind, tree, node, self.file, self.problems, under=name, written_as=lambda n: _RENAMED.get(n, n)
        )
        if kind is not None and kind.kind in ("choice", "choices") and not kind.choices:
            self.problems.append(Problem(self.file, node.line, name, "has no choices", "add choices: [...]"))
        return kind

    def field(self, name: str, entry: Any, node: Node, inside: str) -> FactKind | None:
        if not isinstance(entry, dict):
            self.problems.append(Problem(self.file, node.line, f"{inside}.{name}", "is not an entry", "give its kind"))
            return None
        label = name.replace("_", " ")
        return self.shaped_kind({"label": label, "meaning": label} | entry | {"name": name}, node, f"{inside}.{name}")

    def ways(self, given: Any, node: Node, name: str) -> tuple[dict[str, dict[str, Any]], ...]:
        """The ways in which a question can arise: one, or a list of which one is enough."""
        listed = given if isinstance(given, list) else [given]
        ways = [{fact: self.test(test, node, name) for fact, test in w.items()} for w in listed if isinstance(w, dict)]
        if len(ways) < len(listed) or not all(ways) or not all(test for way in ways for test in way.values()):
            todo = "write the name of a fact, and one of, none of or below with its answers"
            self.problems.append(Problem(self.file, node.line, f"{name}.asked_when", "cannot be read", todo))
            return ()
        return tuple(ways)

    def test(self, given: Any, node: Node, name: str) -> dict[str, Any]:
        """One test of another fact; nothing where it is not one."""
        if not isinstance(given, dict) or len(given) != 1 or not given.keys() <= _TESTS.keys():
            return {}
        ((word, answers),) = given.items()
        if word == "below":
            return {"below": answers}
        called = {"called": answers.replace("_", " ")} if isinstance(answers, str) else {}
        return {_TESTS[word]: self.words(answers, node, name), **called}

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
