"""What the model's nouns are made with."""

from dataclasses import MISSING, dataclass, field, fields
from typing import Any, TypeVar, dataclass_transform

Made = TypeVar("Made")


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
def noun(made: type[Made]) -> type[Made]:
    """A dataclass that is never changed once made, which the type checker holds.

    Nothing is written for each noun as the program runs: all share the ways they are made, compared and shown, for
    defining thirty of them otherwise takes a tenth of a short command: docs/decisions/0020.
    """
    found: Any = dataclass(kw_only=True, init=False, eq=False, repr=False)(made)
    found.__init__, found.__eq__, found.__repr__, found.__hash__ = _from_given, _is_same, _as_written, None
    found.__getstate__ = _fields_alone
    return found  # type: ignore[no-any-return]


_KEPT = "kept_beside"


def kept_beside(one: Any) -> dict[Any, Any]:
    """What was worked out from a noun and is kept with it; it is no field, so nothing compares, shows or sends it."""
    kept: dict[Any, Any] | None = one.__dict__.get(_KEPT)
    if kept is None:
        kept = one.__dict__[_KEPT] = {}
    return kept


def _from_given(one: Any, **given: Any) -> None:
    """Each field by its name, or as its class has it; raises `TypeError` for one that is missing or unknown."""
    known = fields(one)
    for f in known:
        if f.name not in given and f.default_factory is not MISSING:
            given[f.name] = f.default_factory()
        elif f.name not in given and f.default is MISSING:
            raise TypeError(f"{type(one).__name__} is made without its {f.name}")
    if strangers := given.keys() - {f.name for f in known}:
        raise TypeError(f"{type(one).__name__} has no {', '.join(sorted(strangers))}")
    one.__dict__.update(given)


def _is_same(one: Any, other: Any) -> bool:
    if type(one) is not type(other):
        return False
    return all(getattr(one, f.name) == getattr(other, f.name) for f in fields(one) if f.compare)


def _as_written(one: Any) -> str:
    said = ", ".join(f"{f.name}={getattr(one, f.name)!r}" for f in fields(one) if f.repr)
    return f"{type(one).__name__}({said})"


def _fields_alone(one: Any) -> dict[str, Any]:
    """What another process is sent: what was worked out and kept beside the fields can be worked out again there."""
    known = type(one).__dataclass_fields__
    return {name: value for name, value in vars(one).items() if name in known}
