"""School and trust files as facts, with every problem in them at once."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from clpt_growth.facts.personal import people_listed
from clpt_growth.facts.written import Unreadable, value_of
from clpt_growth.files.problems import BLANK_FILE, Problem, did_you_mean
from clpt_growth.files.yaml_text import Node
from clpt_growth.model.dictionary import Block, Dictionary, FactKind
from clpt_growth.model.fact import Fact, NotApplicable, Verified

SUBJECTS_OF = {"school": ("school", "case"), "trust": ("trust",)}

_DATED = FactKind(name="dated", kind="date", label="date", meaning="When it was true.")
_PROSE = FactKind(name="source", kind="text", label="text", meaning="")
_VERIFIED = FactKind(
    name="verified", kind="choice", label="how sure", meaning="", choices=tuple(v.value for v in Verified)
)
_EVIDENCE: Mapping[str, FactKind] = {
    "source": _PROSE,
    "dated": _DATED,
    "verified": _VERIFIED,
    "note": _PROSE,
}
_RANGE = ("low", "expected", "high")
ENTRIES = "entries"
_ENTRIES = FactKind(name=ENTRIES, kind="count", label="entries", meaning="How many entries there are in all.")
RESERVED = frozenset((*_EVIDENCE, *_RANGE, "value", "records", ENTRIES))
_CAN_RANGE = ("pounds", "share", "count", "number", "days")


class Evidence(NamedTuple):
    """Where a value is from; a block's evidence holds for every fact in it that names none of its own."""

    source: str = ""
    dated: date | None = None
    verified: str = ""
    note: str = ""


class CaseFile(NamedTuple):
    """The facts of one file and everything wrong with it."""

    facts: dict[str, Fact]
    problems: list[Problem]


def case_file(node: Node, dictionary: Dictionary, *, what: str, file: str) -> CaseFile:
    """The facts of a school file (`what` is "school") or a trust file ("trust").

    A line that cannot be read leaves its fact out and is named in the problems.
    """
    reader = _CaseReader(dictionary, SUBJECTS_OF[what], file)
    if not isinstance(node.value, dict):
        reader.complain(node, "", "is not a list of blocks", BLANK_FILE[what])
        return CaseFile({}, reader.problems)
    for name, child in node.value.items():
        if (block := reader.blocks.get(name)) is None:
            reader.unknown_block(name, child)
        elif child.value is not None:
            reader.read_block(block, child)
    return CaseFile(reader.facts, reader.problems)


class _CaseReader:
    """Walks one file beside the dictionary, and collects facts and problems in file order."""

    def __init__(self, dictionary: Dictionary, subjects: tuple[str, ...], file: str) -> None:
        self.dictionary = dictionary
        self.blocks = dictionary.blocks_of(*subjects)
        self.file = file
        self.facts: dict[str, Fact] = {}
        self.problems: list[Problem] = []

    def complain(self, node: Node, field: str, wrong: str, todo: str) -> None:
        self.problems.append(Problem(self.file, node.line, field, wrong, todo))

    def unknown_block(self, name: str, node: Node) -> None:
        if places := self.blocks_with(name):
            self.complain(node, name, "is not a block", f"put it under {places}")
            return
        todo = did_you_mean(name, self.blocks, f"the blocks are: {', '.join(self.blocks)}")
        self.complain(node, name, "there is no such block", todo)

    def read_block(self, block: Block, node: Node) -> None:
        if block.records is not None:
            self.read_records(block.records, node, block.id, Evidence())
            return
        if not isinstance(node.value, dict):
            self.complain(node, block.id, "is not a block of facts", "indent its facts below it, one a line")
            return
        inherited = self.evidence(node, block.id, Evidence())
        written = block.written
        for name, child in node.value.items():
            if name in _EVIDENCE or child.value is None:
                continue
            field = f"{block.id}.{name}"
            if (kind := written.get(name)) is None:
                self.unknown_fact(block, name, child)
            elif kind.kind == "records":
                self.read_records(kind, child, field, inherited)
            else:
                self.read_fact(kind, child, field, inherited)

    def blocks_with(self, name: str) -> str:
        """The blocks that hold a fact of this name, as they are written; blank where none does."""
        return " or ".join(f"{block.id}:" for block in self.blocks.values() if name in block.written)

    def unknown_fact(self, block: Block, name: str, node: Node) -> None:
        field = f"{block.id}.{name}"
        if any(k.derived and k.path == field for k in block.facts):
            self.complain(node, field, "is worked out by the program", "delete this line")
            return
        elsewhere = self.blocks_with(name)
        otherwise = f"see: clpt-growth new, or docs/facts.md for what {block.id} holds"
        todo = f"it belongs under {elsewhere}" if elsewhere else did_you_mean(name, block.written, otherwise)
        self.complain(node, field, "there is no such fact", todo)

    def evidence(self, node: Node, field: str, inherited: Evidence) -> Evidence:
        """The evidence written in a mapping, over what it inherits."""
        parts = node.value
        own = {}
        for name in _EVIDENCE:
            if name in parts:
                child, place = parts[name], f"{field}.{name}"
                value = self.value(_EVIDENCE[name], child, place)
                if value is not None and self.says_something(value, child, place):
                    own[name] = value
        return inherited._replace(**own) if own else inherited

    def says_something(self, value: Any, node: Node, field: str) -> bool:
        """Whether evidence is more than "n/a": only a fact can fail to apply."""
        if isinstance(value, NotApplicable):
            self.complain(node, field, "cannot be n/a", "leave it blank, or write n/a for the fact itself")
            return False
        return True

    def value(self, kind: FactKind, node: Node, field: str) -> Any:
        """One written value, or None where it is blank or wrong."""
        written = node.value
        if not isinstance(written, str):
            return None if written is None else self.not_one_value(kind, node, field)
        if not (text := written.strip()):
            return None
        try:
            found = value_of(text, kind)
        except Unreadable as error:
            self.complain(node, field, error.wrong, error.todo)
            return None
        if kind.kind in ("choices", "texts") and not isinstance(found, NotApplicable):
            return (found,)
        return found

    def not_one_value(self, kind: FactKind, node: Node, field: str) -> Any:
        if isinstance(node.value, list) and kind.kind in ("choices", "texts"):
            return self.several(kind, node.value, field)
        self.complain(node, field, f"holds a {'list' if isinstance(node.value, list) else 'block'}", "write one value")
        return None

    def several(self, kind: FactKind, nodes: list[Node], field: str) -> tuple[Any, ...] | None:
        """All the values of a list; None where one is wrong, as a list without it would say something else."""
        found: list[Any] = []
        right_so_far = len(self.problems)
        for position, node in enumerate(nodes):
            if isinstance(node.value, list):
                self.complain(node, f"{field}[{position}]", "holds a list", "write one value")
                continue
            value = self.value(kind, node, f"{field}[{position}]")
            if isinstance(value, NotApplicable):
                self.complain(
                    node,
                    f"{field}[{position}]",
                    "does not apply, inside a list",
                    "write it for the whole list",
                )
                continue
            found.extend(value or ())
        if kind.kind == "texts" and (detail := people_listed(found)):
            self.complain(nodes[0], field, *detail)
        return tuple(found) if len(self.problems) == right_so_far else None

    def read_fact(self, kind: FactKind, node: Node, field: str, inherited: Evidence) -> None:
        if not isinstance(node.value, dict):
            value = self.value(kind, node, field)
            if value is not None:
                self.facts[kind.name] = Fact(kind.name, value, *inherited, line=node.line)
            return
        self.unknown_keys(node, field)
        evidence = self.evidence(node, field, inherited)
        ends = node.value
        if isinstance(inner := ends.get("value"), Node) and isinstance(inner.value, dict):
            ends = inner.value
            self.unknown_keys(inner, field)
        low, value, high = (self.value(kind, ends[key], f"{field}.{key}") if key in ends else None for key in _RANGE)
        if value is None and "value" in ends:
            value = self.value(kind, ends["value"], field)
        if (low is not None or high is not None) and not self.range_is_right(kind, node, field, low, value, high):
            return
        if value is not None:
            self.facts[kind.name] = Fact(kind.name, value, *evidence, low=low, high=high, line=node.line)

    def unknown_keys(self, node: Node, field: str) -> None:
        for key, child in node.value.items():
            if key not in RESERVED:
                todo = did_you_mean(key, RESERVED, "use value, source, dated, verified, note, low, expected, high")
                if child.value is None:
                    todo = "put quotation marks around text that holds a comma"
                self.complain(child, f"{field}.{key}", "is not part of a fact", todo)

    def range_is_right(self, kind: FactKind, node: Node, field: str, low: Any, value: Any, high: Any) -> bool:
        if kind.kind not in _CAN_RANGE:
            self.complain(node, field, "cannot be a range", "write one value")
        elif any(end is None or isinstance(end, NotApplicable) for end in (low, value, high)):
            self.complain(node, field, "is half a range", "give low, expected and high")
        elif not low <= value <= high:
            self.complain(node, field, "is not a range", "give low, expected and high in rising order")
        else:
            return True
        return False

    def read_records(self, kind: FactKind, node: Node, field: str, inherited: Evidence) -> None:
        evidence = inherited
        content: Any = node
        said = None
        if isinstance(node.value, dict):
            said = self.entries_said(kind, node, field)
            evidence = self.evidence(node, field, inherited)
            content = node.value.get("records") or node.value.get("value") or node
            if content is not node:
                self.unknown_keys(node, field)
        if isinstance(content.value, str):
            self.read_no_records(kind, content, field, evidence)
            return
        records = (
            self.keyed(kind, content, field) if isinstance(content.value, dict) else self.listed(kind, content, field)
        )
        # A list written as empty, or said to have no entries, says there are none, which is not silence.
        if records or content.value == [] or said == 0:
            evidence = evidence._replace(verified=evidence.verified or _weakest(records))
            # An empty list says by itself that there are none, unless a number beside it says otherwise.
            whole = not kind.counted or said == len(records) or (said is None and content.value == [])
            self.facts[kind.name] = Fact(kind.name, tuple(records), *evidence, line=node.line, whole=whole)
            if said is not None and said < len(records):
                self.complain(
                    node.value[ENTRIES],
                    f"{field}.{ENTRIES}",
                    f"is {said} and the list holds {len(records)}",
                    "correct the number, or delete what does not belong",
                )

    def entries_said(self, kind: FactKind, node: Node, field: str) -> Any:
        """How many entries the writer says there are in all; None where it is not said."""
        if (child := node.value.get(ENTRIES)) is None:
            return None
        if not kind.counted:
            self.complain(child, f"{field}.{ENTRIES}", "is not asked of this list", "delete this line")
            return None
        said = self.value(_ENTRIES, child, f"{field}.{ENTRIES}")
        if isinstance(said, NotApplicable):
            self.complain(child, f"{field}.{ENTRIES}", "cannot be n/a", "write how many there are, which may be 0")
            return None
        return said

    def read_no_records(self, kind: FactKind, node: Node, field: str, evidence: Evidence) -> None:
        """A list may be written as n/a with the reason, and as no other text."""
        away = self.value(_PROSE, node, field)
        if isinstance(away, NotApplicable):
            self.facts[kind.name] = Fact(kind.name, away, *evidence, line=node.line)
        elif away is not None:
            self.complain(node, field, "is not a list", "write one entry a line, each starting with a dash")

    def listed(self, kind: FactKind, node: Node, field: str) -> list[dict[str, Any]]:
        if not isinstance(node.value, list):
            return []
        found = (self.record(kind, item, f"{field}[{n}]") for n, item in enumerate(node.value))
        return [record for record in found if record]

    def keyed(self, kind: FactKind, node: Node, field: str) -> list[dict[str, Any]]:
        key_kind = kind.keyed_by
        if key_kind is None:
            self.complain(node, field, "is not a list", "start each entry with a dash")
            return []
        found = []
        for key, child in node.value.items():
            if key in _EVIDENCE or key == ENTRIES or child.value is None:
                continue
            key_value = self.value(key_kind, Node(key, child.line, child.column), f"{field}.{key}")
            if isinstance(key_value, NotApplicable):
                self.complain(child, f"{field}.{key}", "cannot be the name of an entry", f"write a {key_kind.name}")
                continue
            record = self.record(kind, child, f"{field}.{key}", bare=True)
            if key_value is not None and record:
                found.append({key_kind.name: key_value} | record)
        return found

    def belong_together(self, kind: FactKind, node: Node, field: str, found: Mapping[str, Any]) -> None:
        """Tell of entries that cannot stand beside another: an overall grade on a report card."""
        for part in kind.bound_fields:
            if part.name in found:
                for wrong, todo in cannot_stand(part, found[part.name], found):
                    self.complain(node.value[part.name], f"{field}.{part.name}", wrong, todo)

    def record(self, kind: FactKind, node: Node, field: str, *, bare: bool = False) -> dict[str, Any]:
        """One record's values by field; a keyed record with one field may be written as that value alone."""
        if not isinstance(node.value, dict):
            if bare and len(kind.fields) == 1:
                value = self.value(kind.fields[0], node, field)
                return {} if value is None else {kind.fields[0].name: value}
            if node.value is not None:
                self.complain(node, field, "is not an entry with names and values", _entry_hint(kind))
            return {}
        found: dict[str, Any] = {}
        fields = kind.field_named
        for name, child in node.value.items():
            part = fields.get(name) or _EVIDENCE.get(name) or _own_key(kind, name)
            if part is None:
                known = [*fields, *_EVIDENCE]
                todo = did_you_mean(name, known, f"the names here are: {', '.join(fields)}")
                self.complain(child, f"{field}.{name}", "there is no such entry", todo)
            elif (value := self.value(part, child, f"{field}.{name}")) is not None and (
                name in fields or self.says_something(value, child, f"{field}.{name}")
            ):
                if part.required and isinstance(value, NotApplicable):
                    self.complain(child, f"{field}.{name}", "cannot be n/a", "fill it in, or delete the entry")
                else:
                    found[name] = value
        self.belong_together(kind, node, field, found)
        for part in kind.fields:
            if (
                part.required
                and part.name not in found
                and (part.name not in node.value or node.value[part.name].value is None)
            ):
                self.complain(node, field, f"has no {part.name}", f"add {part.name}: {part.meaning}")
        return found


def cannot_stand(part: FactKind, value: Any, beside: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Why an entry of a record cannot stand beside the others, and what to do."""
    for other, allowed in part.only_with.items():
        if other in beside and beside[other] not in allowed:
            yield f"does not go with {other}: {beside[other]}", f"delete this line; it goes with {' or '.join(allowed)}"
    most = beside.get(part.at_most)
    if isinstance(most, int | Decimal) and isinstance(value, int | Decimal) and value > most:
        yield f"{value} is more than {part.at_most}: {most}", "correct one of the two"
    when, days = beside.get(part.in_force_by), part.in_force.get(str(value))
    if isinstance(when, date) and days is not None:
        first, last = days
        if (first is not None and when < first) or (last is not None and when > last):
            span = " ".join(f"{word} {day}" for word, day in (("from", first), ("to", last)) if day is not None)
            yield f"was not in use on {when}; it ran {span}", f"correct this, or {part.in_force_by}"


def _weakest(records: list[dict[str, Any]]) -> str:
    """How sure the least sure record is, where any says."""
    said = [record["verified"] for record in records if record.get("verified")]
    order = [v.value for v in Verified]
    return max(said, key=order.index) if said else ""


def _own_key(kind: FactKind, name: str) -> FactKind | None:
    return kind.keyed_by if kind.keyed_by is not None and kind.keyed_by.name == name else None


def _entry_hint(kind: FactKind) -> str:
    return f"write it like {{{kind.fields[0].name}: ..., {kind.fields[-1].name}: ...}}"


def case_file_value(kind: FactKind, node: Node, dictionary: Dictionary, file: str, problems: list[Problem]) -> Any:
    """One fact's value written outside a case file: in a worked example, or on the command line."""
    reader = _CaseReader(dictionary, ("school", "trust", "case"), file)
    if kind.kind == "records":
        reader.read_records(kind, node, kind.name, Evidence())
    else:
        reader.read_fact(kind, node, kind.name, Evidence())
    problems += reader.problems
    fact = reader.facts.get(kind.name)
    return None if fact is None else fact.value
