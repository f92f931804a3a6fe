"""One value as a person wrote it, with its evidence, read beside its kind; what cannot be read is told and left out."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from clpt_growth.facts.personal import people_listed
from clpt_growth.facts.written import Unreadable, value_of
from clpt_growth.files.problems import Problem, did_you_mean
from clpt_growth.files.yaml_text import Node
from clpt_growth.model.dictionary import FactKind
from clpt_growth.model.fact import NotApplicable, Verified

_DATED = FactKind(name="dated", kind="date", label="date", meaning="When it was true.")
PROSE = FactKind(name="source", kind="text", label="text", meaning="")
_VERIFIED = FactKind(
    name="verified", kind="choice", label="how sure", meaning="", choices=tuple(v.value for v in Verified)
)
EVIDENCE: Mapping[str, FactKind] = {
    "source": PROSE,
    "dated": _DATED,
    "verified": _VERIFIED,
    "note": PROSE,
}
RANGE = ("low", "expected", "high")
CAN_RANGE = ("pounds", "share", "count", "number", "days")
ENTRIES = "entries"
RESERVED = frozenset((*EVIDENCE, *RANGE, "value", "records", ENTRIES))


class Evidence(NamedTuple):
    """Where a value is from; a block's evidence holds for every fact in it that names none of its own."""

    source: str = ""
    dated: date | None = None
    verified: str = ""
    note: str = ""


class Values:
    """Reads the values of one file, and collects what is wrong with them in file order."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def complain(self, node: Node, field: str, wrong: str, todo: str) -> None:
        self.problems.append(Problem(self.file, node.line, field, wrong, todo))

    def evidence(self, node: Node, field: str, inherited: Evidence) -> Evidence:
        """The evidence written in a mapping, over what it inherits."""
        parts = node.value
        own = {}
        for name in EVIDENCE:
            if name in parts:
                child, place = parts[name], f"{field}.{name}"
                value = self.value(EVIDENCE[name], child, place)
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

    def unknown_keys(self, node: Node, field: str) -> None:
        for key, child in node.value.items():
            if key not in RESERVED:
                todo = did_you_mean(key, RESERVED, "use value, source, dated, verified, note, low, expected, high")
                if child.value is None:
                    todo = "put quotation marks around text that holds a comma"
                self.complain(child, f"{field}.{key}", "is not part of a fact", todo)
