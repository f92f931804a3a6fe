"""Plain trees to the model, checked by pydantic, with every problem at the line it stands on."""

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import ConfigDict, TypeAdapter, ValidationError

from clpt_growth.files.problems import Problem, did_you_mean
from clpt_growth.files.yaml_text import Node, line_at

T = TypeVar("T")
_STRICT = ConfigDict(extra="forbid", arbitrary_types_allowed=True, revalidate_instances="never")


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    shape.__pydantic_config__ = _STRICT
    return TypeAdapter(shape)


def shaped(
    shape: type[T],
    tree: Any,
    node: Node,
    file: str,
    problems: list[Problem],
    *,
    under: str = "",
    written_as: Callable[[str], str] = lambda name: name,
) -> T | None:
    """The tree as an instance of a dataclass; None, with the problems told, where it does not fit."""
    try:
        found: T = _adapter(cast("Any", shape)).validate_python(tree)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            problems.append(_problem(fault, node, file, under, written_as, shape))
        return None
    return found


def _problem(
    fault: Any, node: Node, file: str, under: str, written_as: Callable[[str], str], shape: type[Any]
) -> Problem:
    # A union's tag is part of pydantic's path and not of the file's.
    path = tuple(written_as(step) if isinstance(step, str) else step for step in fault["loc"])
    name = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
    field = f"{under}.{name}".strip(".") if name else under
    wrong, todo = _words(fault, path, shape)
    return Problem(file, line_at(node, path), field, wrong, todo)


def _words(fault: Any, path: tuple[Any, ...], shape: type[Any]) -> tuple[str, str]:
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "missing":
        return "is missing", "add it"
    if kind in ("unexpected_keyword_argument", "extra_forbidden"):
        known = getattr(shape, "__dataclass_fields__", {})
        return "there is no such entry", did_you_mean(str(path[-1]), list(known), "delete it")
    if kind in ("literal_error", "enum"):
        expected = context["expected"].replace("'", "").replace(" or ", ", ")
        return f'"{fault["input"]}" is not one of the answers', f"write one of: {expected}"
    if kind.startswith(("int", "decimal")):
        return f'"{fault["input"]}" is not a number', "write digits only"
    if kind.startswith("date"):
        return f'"{fault["input"]}" is not a date', "write year-month-day: 2026-03-31"
    if kind.startswith("bool"):
        return f'"{fault["input"]}" is neither yes nor no', "write yes or no"
    if kind in ("tuple_type", "dict_type", "mapping_type", "dataclass_type"):
        return "has the wrong shape", "see docs/packs.md for how it is written"
    if kind == "string_type":
        return "is blank or not a line of text", "write a line of text"
    return str(fault["msg"]).lower(), "see docs/packs.md"
