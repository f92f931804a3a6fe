"""Where a file of principles must hold names with values, lists, and single lines of text."""

from collections.abc import Iterator, Mapping
from typing import Any

from clpt_growth.files.problems import InputError, Problem
from clpt_growth.files.yaml_text import Node

# An outline is a mapping of outlines ("*" stands for every other name), a list of one outline, `str`,
# or None where anything may stand.
_CRITERION: dict[str, Any] = {
    "kind": str,
    "fact": str,
    "have": str,
    "need": str,
    "year": str,
    "facts": [str],
    "reference": str,
    "thresholds": [{"reference": str}],
}
_CRITERION["parts"] = [_CRITERION]
_FACT: dict[str, Any] = {"keyed_by": {"name": str}, "fields": {"*": {}}}

DICTIONARY: dict[str, Any] = {
    "lists": {"*": [str]},
    "areas": [{"id": str, "subject": str, "title": str, "facts": {"*": _FACT}, **_FACT}],
    "definitions": [{"name": str}],
}
SOURCES: dict[str, Any] = {"sources": {"*": {}}}
RULES: dict[str, Any] = {"points": {"*": str}, "bands": [{}], "recommendation": [{}], "otherwise": {}}
BENCHMARKS: dict[str, Any] = {"benchmarks": [{"criterion": _CRITERION}]}
PACK: dict[str, Any] = {"extends": str, "principles": [str], "drop": [{"id": str, "reason": str}]}
PRINCIPLE: dict[str, Any] = {
    "id": str,
    "amends": str,
    "reason": str,
    "criterion": _CRITERION,
    "applies_when": _CRITERION,
    "action": {},
    "risk": {},
    "examples": [{"given": {}, "outcomes": {}}],
    "examples_start_from": {},
}

_WRONG: Mapping[type[Any], tuple[str, str]] = {
    dict: ("is not a block of names and values", "write each on a line of its own: name: value"),
    list: ("is not a list", "start each entry with a dash"),
    str: ("is not a line of text", "write one value"),
}


def misfits(node: Node, outline: Any, file: str, field: str = "") -> Iterator[Problem]:
    """Every place where a file is not of its outline; a blank is left to whoever needs it filled."""
    if outline is None or (node.value is None and field):
        return
    shape: type[Any] = str if outline is str else type(outline)
    if not isinstance(node.value, shape):
        yield Problem(file, node.line, field, *_WRONG[shape])
    elif shape is dict:
        for name, child in node.value.items():
            inside = outline.get(name, outline.get("*"))
            yield from misfits(child, inside, file, f"{field}.{name}".lstrip("."))
    elif shape is list:
        for position, child in enumerate(node.value):
            if child.value is None:
                yield Problem(file, child.line, f"{field}[{position}]", "is blank", "fill it in or delete it")
            yield from misfits(child, outline[0], file, f"{field}[{position}]")


def must_fit(node: Node, outline: Any, file: str) -> None:
    if found := list(misfits(node, outline, file)):
        raise InputError(found)
