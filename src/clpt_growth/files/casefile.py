"""School and trust files as facts, with every problem in them at once."""

from typing import Any, NamedTuple

from clpt_growth.facts.arising import must_be_answered
from clpt_growth.facts.asked import cannot_be_away
from clpt_growth.files.case_lists import list_read
from clpt_growth.files.case_values import CAN_RANGE, EVIDENCE, RANGE, Evidence, Values
from clpt_growth.files.problems import BLANK_FILE, Problem, did_you_mean
from clpt_growth.files.yaml_text import Node
from clpt_growth.model.dictionary import Block, Dictionary, FactKind
from clpt_growth.model.fact import Fact, NotApplicable

SUBJECTS_OF = {"school": ("school", "case"), "trust": ("trust",)}


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
        return CaseFile({}, reader.values.problems)
    for name, child in node.value.items():
        if (block := reader.blocks.get(name)) is None:
            reader.unknown_block(name, child)
        elif child.value is not None:
            reader.read_block(block, child)
    reader.refuse_away()
    return CaseFile(reader.facts, reader.values.problems)


class _CaseReader:
    """Walks one file beside the dictionary, and collects facts and problems in file order."""

    def __init__(self, dictionary: Dictionary, subjects: tuple[str, ...], file: str) -> None:
        self.dictionary = dictionary
        self.blocks = dictionary.blocks_of(*subjects)
        self.values = Values(file)
        self.facts: dict[str, Fact] = {}

    def complain(self, node: Node, field: str, wrong: str, todo: str) -> None:
        self.values.complain(node, field, wrong, todo)

    def read(self, kind: FactKind, node: Node, field: str, inherited: Evidence) -> None:
        if (fact := _read(kind, node, field, inherited, self.values)) is not None:
            self.facts[kind.name] = fact

    def unknown_block(self, name: str, node: Node) -> None:
        if places := self.blocks_with(name):
            self.complain(node, name, "is not a block", f"put it under {places}")
            return
        todo = did_you_mean(name, self.blocks, f"the blocks are: {', '.join(self.blocks)}")
        self.complain(node, name, "there is no such block", todo)

    def read_block(self, block: Block, node: Node) -> None:
        if block.records is not None:
            self.read(block.records, node, block.id, Evidence())
            return
        if not isinstance(node.value, dict):
            self.complain(node, block.id, "is not a block of facts", "indent its facts below it, one a line")
            return
        inherited = self.values.evidence(node, block.id, Evidence())
        written = block.written
        for name, child in node.value.items():
            if name in EVIDENCE or child.value is None:
                continue
            if (kind := written.get(name)) is None:
                self.unknown_fact(block, name, child)
            else:
                self.read(kind, child, f"{block.id}.{name}", inherited)

    def refuse_away(self) -> None:
        """Refuse "n/a" where it can never be true, as far as the rest of the file tells; such a fact is left out."""
        kinds = self.dictionary.kinds
        away = [f for f in self.facts.values() if not f.applies and must_be_answered(kinds[f.name], self.facts)]
        for fact in away:
            kind = kinds[fact.name]
            self.values.problems.append(Problem(self.values.file, fact.line, kind.path, *cannot_be_away(kind)))
        for fact in away:
            del self.facts[fact.name]
        if away:
            self.values.problems.sort(key=lambda problem: problem.line)

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


def _read(kind: FactKind, node: Node, field: str, inherited: Evidence, values: Values) -> Fact | None:
    return (list_read if kind.kind == "records" else fact_read)(kind, node, field, inherited, values)


def fact_read(kind: FactKind, node: Node, field: str, inherited: Evidence, values: Values) -> Fact | None:
    """A value, or a value with its evidence or its range; None where it is blank or wrong."""
    if not isinstance(node.value, dict):
        value = values.value(kind, node, field)
        return None if value is None else Fact(kind.name, value, *inherited, None, None, node.line)
    values.unknown_keys(node, field)
    evidence = values.evidence(node, field, inherited)
    ends = node.value
    if isinstance(inner := ends.get("value"), Node) and isinstance(inner.value, dict):
        ends = inner.value
        values.unknown_keys(inner, field)
    low, value, high = (values.value(kind, ends[key], f"{field}.{key}") if key in ends else None for key in RANGE)
    if value is None and "value" in ends:
        value = values.value(kind, ends["value"], field)
    if (low is not None or high is not None) and not _is_range(kind, node, field, (low, value, high), values):
        return None
    return None if value is None else Fact(kind.name, value, *evidence, low=low, high=high, line=node.line)


def _is_range(kind: FactKind, node: Node, field: str, ends: tuple[Any, Any, Any], values: Values) -> bool:
    low, value, high = ends
    if kind.kind not in CAN_RANGE:
        values.complain(node, field, "cannot be a range", "write one value")
    elif any(end is None or isinstance(end, NotApplicable) for end in ends):
        values.complain(node, field, "is half a range", "give low, expected and high")
    elif not low <= value <= high:
        values.complain(node, field, "is not a range", "give low, expected and high in rising order")
    else:
        return True
    return False


def case_file_value(kind: FactKind, node: Node, file: str, problems: list[Problem]) -> Any:
    """One fact's value written outside a case file: in a worked example, or on the command line."""
    values = Values(file)
    fact = _read(kind, node, kind.name, Evidence(), values)
    problems += values.problems
    return None if fact is None else fact.value
