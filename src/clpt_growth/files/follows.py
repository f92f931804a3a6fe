"""Which principles a "principles" criterion stands for, once every pack is read."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from clpt_growth.model.criterion import AllOf, AnyOf, Conflict, Effect, Follows
from clpt_growth.model.principle import Pack

_Known = Mapping[str, tuple[str, Effect]]


def with_follows(packs: Sequence[Pack]) -> tuple[Pack, ...]:
    """The packs with each "principles" criterion naming the ids it stands for, never its own."""
    known = {p.id: (pack.id, p.effect) for pack in packs for p in pack.principles}
    return tuple(
        replace(pack, principles=tuple(replace(p, criterion=_named(p.criterion, p.id, known)) for p in pack.principles))
        for pack in packs
    )


def _named(criterion: Any, own: str, known: _Known) -> Any:
    """A criterion, and whatever is inside it, with the ids it stands for in the principle `own`."""
    if isinstance(criterion, Follows):
        ids = criterion.ids or _meant(criterion, known)
        return replace(criterion, ids=tuple(id_ for id_ in ids if id_ != own and id_ in known))
    if isinstance(criterion, Conflict):
        when, otherwise = (_named(part, own, known) for part in (criterion.when, criterion.otherwise))
        return replace(criterion, when=when, otherwise=otherwise)
    if isinstance(criterion, AllOf | AnyOf):
        return replace(criterion, parts=tuple(_named(part, own, known) for part in criterion.parts))
    return criterion


def _meant(criterion: Follows, known: _Known) -> tuple[str, ...]:
    """The principles with the effect named, of the packs named."""
    return tuple(id_ for id_, (pack, effect) in known.items() if pack in criterion.packs and effect == criterion.effect)
