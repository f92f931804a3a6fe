"""A list of records as a person wrote it: one entry a line, or each under its name; and whether it is whole."""

from collections.abc import Mapping
from typing import Any

from clpt_growth.facts.asked import cannot_be_away
from clpt_growth.facts.side_by_side import cannot_stand
from clpt_growth.files.case_values import ENTRIES, EVIDENCE, PROSE, Evidence, Values
from clpt_growth.files.problems import did_you_mean
from clpt_growth.files.yaml_text import Node
from clpt_growth.model.dictionary import FactKind
from clpt_growth.model.fact import Fact, NotApplicable, Verified

_ENTRIES = FactKind(
    name=ENTRIES, kind="count", label="entries", meaning="How many entries there are in all.", most=10_000
)


def list_read(kind: FactKind, node: Node, field: str, inherited: Evidence, values: Values) -> Fact | None:
    """A list as a fact, with whether it is whole; None where it is not read, or says nothing."""
    evidence = inherited
    content: Any = node
    said = None
    if isinstance(node.value, dict):
        said = _entries_said(kind, node, field, values)
        evidence = values.evidence(node, field, inherited)
        content = node.value.get("records") or node.value.get("value") or node
        if content is not node:
            values.unknown_keys(node, field)
    if isinstance(content.value, str):
        return _not_a_list(kind, content, field, evidence, values)
    read = _keyed if isinstance(content.value, dict) else _listed
    records = read(kind, content, field, values)
    # A list written as empty, or said to have no entries, says there are none, which is not silence.
    if not (records or content.value == [] or said == 0):
        return None
    if said is not None and said < len(records):
        wrong = f"is {said} and the list holds {len(records)}"
        todo = "correct the number, or delete what does not belong"
        values.complain(node.value[ENTRIES], f"{field}.{ENTRIES}", wrong, todo)
    evidence = evidence._replace(verified=evidence.verified or _weakest(records))
    # An empty list says by itself that there are none, unless a number beside it says otherwise.
    whole = not kind.counted or said == len(records) or (said is None and content.value == [])
    return Fact(kind.name, tuple(records), *evidence, line=node.line, whole=whole)


def _entries_said(kind: FactKind, node: Node, field: str, values: Values) -> Any:
    """How many entries the writer says there are in all; None where it is not said."""
    if (child := node.value.get(ENTRIES)) is None:
        return None
    if not kind.counted:
        values.complain(child, f"{field}.{ENTRIES}", "is not asked of this list", "delete this line")
        return None
    said = values.value(_ENTRIES, child, f"{field}.{ENTRIES}")
    if isinstance(said, NotApplicable):
        values.complain(child, f"{field}.{ENTRIES}", "cannot be n/a", "write how many there are, which may be 0")
        return None
    return said


def _not_a_list(kind: FactKind, node: Node, field: str, evidence: Evidence, values: Values) -> Fact | None:
    """A list may be written as n/a with the reason, and as no other text."""
    away = values.value(PROSE, node, field)
    if isinstance(away, NotApplicable):
        return Fact(kind.name, away, *evidence, line=node.line)
    if away is not None:
        values.complain(node, field, "is not a list", "write one entry a line, each starting with a dash")
    return None


def _listed(kind: FactKind, node: Node, field: str, values: Values) -> list[dict[str, Any]]:
    if not isinstance(node.value, list):
        return []
    found = (_record(kind, item, f"{field}[{n}]", values) for n, item in enumerate(node.value))
    return [record for record in found if record]


def _keyed(kind: FactKind, node: Node, field: str, values: Values) -> list[dict[str, Any]]:
    key_kind = kind.keyed_by
    if key_kind is None:
        values.complain(node, field, "is not a list", "start each entry with a dash")
        return []
    found: dict[Any, dict[str, Any]] = {}
    for key, child in node.value.items():
        if key in EVIDENCE or key == ENTRIES or child.value is None:
            continue
        name = Node(key, child.line, child.column)
        key_value = values.value(key_kind, name, f"{field}.{key}")
        if name.blank or isinstance(key_value, NotApplicable):
            values.complain(child, f"{field}.{key}", "cannot be the name of an entry", f"write a {key_kind.name}")
            continue
        if key_value in found:
            values.complain(child, f"{field}.{key}", f"is {key_value}, which is written already", "keep one of the two")
        record = _record(kind, child, f"{field}.{key}", values, bare=True)
        if key_value is not None and record:
            found[key_value] = {key_kind.name: key_value} | record
    return list(found.values())


def _belong_together(kind: FactKind, node: Node, field: str, found: Mapping[str, Any], values: Values) -> None:
    """Tell of entries that cannot stand beside another: an overall grade on a report card."""
    for part in kind.bound_fields:
        if part.name in found:
            for wrong, todo in cannot_stand(part, found[part.name], found):
                values.complain(node.value[part.name], f"{field}.{part.name}", wrong, todo)


def _record(kind: FactKind, node: Node, field: str, values: Values, *, bare: bool = False) -> dict[str, Any]:
    """One record's values by field; a keyed record with one field may be written as that value alone."""
    if not isinstance(node.value, dict):
        if bare and len(kind.fields) == 1:
            value = values.value(kind.fields[0], node, field)
            return {} if value is None else {kind.fields[0].name: value}
        if node.value is not None:
            values.complain(node, field, "is not an entry with names and values", _entry_hint(kind))
        return {}
    found: dict[str, Any] = {}
    fields = kind.field_named
    for name, child in node.value.items():
        part = fields.get(name) or EVIDENCE.get(name) or _own_key(kind, name)
        if part is None:
            known = [*fields, *EVIDENCE]
            todo = did_you_mean(name, known, f"the names here are: {', '.join(fields)}")
            values.complain(child, f"{field}.{name}", "there is no such entry", todo)
        elif (value := values.value(part, child, f"{field}.{name}")) is not None and (
            name in fields or values.says_something(value, child, f"{field}.{name}")
        ):
            if isinstance(value, NotApplicable) and (wrong := _wrong_with_away(part)):
                values.complain(child, f"{field}.{name}", *wrong)
            else:
                found[name] = value
    _belong_together(kind, node, field, found, values)
    for part in kind.required_fields:
        if part.name not in found and (part.name not in node.value or node.value[part.name].blank):
            values.complain(node, field, f"has no {part.name}", f"add {part.name}: {part.meaning}")
    return found


def _weakest(records: list[dict[str, Any]]) -> str:
    """How sure the least sure record is, where any says."""
    said = [record["verified"] for record in records if record.get("verified")]
    order = [v.value for v in Verified]
    return max(said, key=order.index) if said else ""


def _wrong_with_away(part: FactKind) -> tuple[str, str] | None:
    """What is wrong with "n/a" for a field, and what to do; None where it may be written."""
    if part.required:
        return "cannot be n/a", "fill it in, or delete the entry"
    return cannot_be_away(part) if part.always_arises else None


def _own_key(kind: FactKind, name: str) -> FactKind | None:
    return kind.keyed_by if kind.keyed_by is not None and kind.keyed_by.name == name else None


def _entry_hint(kind: FactKind) -> str:
    return f"write it like {{{kind.fields[0].name}: ..., {kind.fields[-1].name}: ...}}"
