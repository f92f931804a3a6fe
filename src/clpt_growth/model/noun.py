"""What the model's nouns are made with."""

from dataclasses import dataclass, field, fields
from typing import Any, TypeVar, dataclass_transform

Made = TypeVar("Made")


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
def noun(made: type[Made]) -> type[Made]:
    """A dataclass that is never changed once made, which the type checker holds.

    Freezing one as it runs, and writing it an equality and a form of its own, takes four times as long to define, and
    thirty of them are a tenth of a short command: docs/decisions/0020.
    """
    found: Any = dataclass(kw_only=True, eq=False, repr=False)(made)
    found.__eq__, found.__repr__, found.__hash__ = _is_same, _as_written, None
    return found  # type: ignore[no-any-return]


def _is_same(one: Any, other: Any) -> bool:
    if type(one) is not type(other):
        return False
    return all(getattr(one, f.name) == getattr(other, f.name) for f in fields(one) if f.compare)


def _as_written(one: Any) -> str:
    said = ", ".join(f"{f.name}={getattr(one, f.name)!r}" for f in fields(one) if f.repr)
    return f"{type(one).__name__}({said})"
