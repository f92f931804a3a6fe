"""Packs of principles from their YAML files, with every problem in them at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from clpt_growth.facts.written import Unreadable, value_of
from clpt_growth.files.casefile import case_file_value
from clpt_growth.files.criteria import CriterionReader
from clpt_growth.files.disk import read_node
from clpt_growth.files.outline import PACK, PRINCIPLE, misfits, must_fit
from clpt_growth.files.problems import Problem, did_you_mean
from clpt_growth.files.shapes import shaped
from clpt_growth.files.yaml_text import Node, line_at, plain
from clpt_growth.model.dictionary import Dictionary, FactKind
from clpt_growth.model.principle import (
    Action,
    AllOf,
    AnyOf,
    Change,
    Conflict,
    Effect,
    Example,
    Follows,
    Pack,
    Principle,
    Risk,
)

_SHARE = FactKind(name="share", kind="share", label="share", meaning="", signed=True)
_AMENDMENT_KEYS = ("amends", "reason", "minuted_on")


@dataclass(frozen=True, kw_only=True)
class PackHead:
    """What `pack.yaml` says: whose principles these are, and in which order they are read."""

    id: str
    owner: str
    title: str
    version: str
    about: str = ""
    page: int | None = None
    adopted_on: Any = None
    extends: str = ""
    principles: tuple[str, ...] = ()
    drop: tuple[Mapping[str, str], ...] = field(default_factory=tuple)


class PackReader:
    """Reads one folder of principles beside the dictionary, the areas and the sources it may name."""

    def __init__(
        self,
        dictionary: Dictionary,
        areas: Sequence[str],
        sources: Mapping[str, Any],
        problems: list[Problem],
    ) -> None:
        self.dictionary = dictionary
        self.areas = areas
        self.sources = sources
        self.problems = problems

    def pack(self, folder: Path, shown: str, shipped: Mapping[str, Pack] | None = None) -> Pack | None:
        """The pack in a folder; one that extends a shipped pack is laid over it."""
        node, head_bytes = read_node(folder / "pack.yaml", shown_as=f"{shown}/pack.yaml")
        must_fit(node, PACK, f"{shown}/pack.yaml")
        head = shaped(PackHead, plain(node), node, f"{shown}/pack.yaml", self.problems)
        if head is None:
            return None
        digest = sha256(head_bytes)
        principles: dict[str, Principle] = {}
        changes: list[Change] = []
        base = (shipped or {}).get(head.extends)
        if head.extends and base is None:
            todo = did_you_mean(head.extends, list(shipped or {}), "extend a shipped pack")
            self.problems.append(
                Problem(
                    f"{shown}/pack.yaml",
                    line_at(node, ("extends",)),
                    "extends",
                    f'there is no pack "{head.extends}"',
                    todo,
                )
            )
            return None
        for path in sorted(folder.glob("*.yaml")):
            if path.name == "pack.yaml" or path.name == "facts.yaml":
                continue
            child, content = read_node(path, shown_as=f"{shown}/{path.name}")
            digest.update(content)
            file = f"{shown}/{path.name}"
            if wrong := list(misfits(child, PRINCIPLE, file)):
                self.problems += wrong
                continue
            tree = plain(child)
            if "amends" in tree:
                self.amend(tree, child, file, base, principles, changes)
            elif principle := self.principle(tree, child, file):
                principles[principle.id] = principle
                if base is not None:
                    changes.append(Change(id=principle.id, what="added", reason=f"a principle of {head.owner}'s own"))
        return self.assembled(head, node, shown, base, principles, changes, digest.hexdigest())

    def assembled(
        self,
        head: PackHead,
        node: Node,
        shown: str,
        base: Pack | None,
        own: dict[str, Principle],
        changes: list[Change],
        digest: str,
    ) -> Pack:
        file = f"{shown}/pack.yaml"
        order = list(head.principles)
        if base is not None:
            dropped = self.dropped(head, node, file, base)
            changes += (Change(id=id_, what="dropped", reason=reason) for id_, reason in dropped.items())
            base_ids = [p.id for p in base.principles if p.id not in dropped]
            own = {p.id: p for p in base.principles if p.id in base_ids} | own
            order = base_ids + [i for i in (order or own) if i not in base_ids and i in own]
        no_file = [(f"{id_} has no file", "add it or take it off the list") for id_ in order if id_ not in own]
        unlisted = [(f"{id_} is not on the list", "add it in its place") for id_ in own if id_ not in order]
        line = line_at(node, ("principles",))
        self.problems += (Problem(file, line, "principles", wrong, todo) for wrong, todo in no_file + unlisted)
        return Pack(
            id=base.id if base else head.id, owner=head.owner, title=head.title, version=head.version, about=head.about,
            page=head.page, adopted_on=head.adopted_on, principles=tuple(own[i] for i in order if i in own),
            changes=tuple(changes), sha256=digest,
        )  # fmt: skip

    def dropped(self, head: PackHead, node: Node, file: str, base: Pack) -> dict[str, str]:
        """The principles a pack leaves out and why; each is of the pack it extends."""
        found: dict[str, str] = {}
        known = [p.id for p in base.principles]
        for position, entry in enumerate(head.drop):
            line, id_ = line_at(node, ("drop", position)), entry.get("id", "")
            if id_ not in known:
                todo = did_you_mean(id_, known, "name a principle of the pack this one extends")
                self.problems.append(
                    Problem(file, line, f"drop[{position}].id", f"there is no principle {id_}".rstrip(), todo)
                )
            elif not entry.get("reason"):
                self.problems.append(
                    Problem(file, line, f"drop[{position}].reason", "is missing", "say why, and who decided it")
                )
            else:
                found[id_] = entry["reason"]
        return found

    def amend(
        self,
        tree: dict[str, Any],
        node: Node,
        file: str,
        base: Pack | None,
        own: dict[str, Principle],
        changes: list[Change],
    ) -> None:
        """Lay the entries of an amendment over a shipped principle."""
        target = next((p for p in base.principles if p.id == tree["amends"]), None) if base else None
        if target is None:
            known = [p.id for p in base.principles] if base else []
            todo = did_you_mean(str(tree["amends"]), known, "name a principle of the pack this one extends")
            self.problems.append(Problem(file, node.line, "amends", f"there is no principle {tree['amends']}", todo))
            return
        if not tree.get("reason"):
            self.problems.append(Problem(file, node.line, "reason", "is missing", "say why, and who decided it"))
            return
        changed = {k: v for k, v in tree.items() if k not in _AMENDMENT_KEYS}
        before = len(self.problems)
        as_it_was = {f.name: getattr(target, f.name) for f in fields(Principle)}
        parts = as_it_was | self.parts(changed, node, file)
        amended = shaped(Principle, parts, node, file, self.problems) if len(self.problems) == before else None
        if amended is None:
            return
        self.check(amended, node, file)
        own[target.id] = amended
        head = shaped(Change, {"id": target.id, "what": ", ".join(changed), "reason": tree["reason"]}
                      | ({"minuted_on": tree["minuted_on"]} if tree.get("minuted_on") else {}),
                      node, file, self.problems)  # fmt: skip
        if head is not None:
            changes.append(head)

    def principle(self, tree: dict[str, Any], node: Node, file: str) -> Principle | None:
        parts = self.parts(tree, node, file)
        before = len(self.problems)
        principle = shaped(Principle, parts, node, file, self.problems)
        if principle is not None and len(self.problems) == before:
            self.check(principle, node, file)
            if not Path(file).name.startswith(f"{principle.id.lower()}-"):
                todo = f"call the file {principle.id.lower()}-....yaml"
                line = line_at(node, ("id",))
                self.problems.append(
                    Problem(file, line, f"{principle.id} id", "is not the start of the file's name", todo)
                )
        return principle

    def parts(self, tree: dict[str, Any], node: Node, file: str) -> dict[str, Any]:
        """The entries of a principle with its criteria, action, risk and examples in their own shapes."""
        reader = CriterionReader(self.dictionary, self.sources, file, self.problems)
        parts = {k: v for k, v in tree.items() if k not in ("examples_start_from",) and v is not None}
        for key in ("criterion", "applies_when"):
            if parts.get(key) is not None:
                parts[key] = reader.criterion(node.value[key], key)
                if parts[key] is None:
                    del parts[key]
        for key, shape in (("action", Action), ("risk", Risk)):
            if parts.get(key) is not None:
                parts[key] = shaped(shape, parts[key], node.value[key], file, self.problems, under=key)
        parts["examples"] = tuple(self.examples(node, file)) if "examples" in tree else ()
        if not parts["examples"]:
            del parts["examples"]
        return parts

    def examples(self, node: Node, file: str) -> Iterator[Example]:
        start = node.value.get("examples_start_from")
        for position, child in enumerate(node.value["examples"].value or []):
            entry = plain(child)
            given = dict(start.value) if start is not None and start.value else {}
            given |= (child.value["given"].value or {}) if "given" in child.value else {}
            entry["given"] = self.given(given, f"examples[{position}].given", file)
            example = shaped(Example, entry, child, file, self.problems, under=f"examples[{position}]")
            if example is not None:
                yield example

    def given(self, nodes: Mapping[str, Node], field: str, file: str) -> dict[str, Any]:
        found = {}
        for name, child in nodes.items():
            kind = self.dictionary.kinds.get(name)
            if kind is None:
                todo = did_you_mean(name, list(self.dictionary.kinds), "use a fact of principles/facts.yaml")
                self.problems.append(Problem(file, child.line, f"{field}.{name}", "there is no such fact", todo))
            elif child.value is not None:
                found[name] = case_file_value(kind, child, file, self.problems)
        return {name: value for name, value in found.items() if value is not None}

    def check(self, principle: Principle, node: Node, file: str) -> None:
        """What must hold between the entries of a principle."""
        wrong: list[tuple[str, str, str]] = []
        if principle.area not in self.areas:
            wrong.append(
                (
                    "area",
                    f'there is no area "{principle.area}"',
                    did_you_mean(principle.area, self.areas, "see rules.yaml"),
                )
            )
        if principle.source not in self.sources:
            wrong.append(
                (
                    "source",
                    f'there is no source "{principle.source}"',
                    did_you_mean(principle.source, list(self.sources), "add it to sources.yaml"),
                )
            )
        if (principle.routes or principle.phases or principle.applies_when) and not principle.does_not_apply_because:
            wrong.append(("does_not_apply_because", "is missing", "say why it would not apply"))
        if principle.effect in (Effect.GATE, Effect.CONDITION) and principle.action is None:
            wrong.append(("action", "is missing", "a gate and a condition say what to do if short"))
        lines = (
            self.dictionary.kinds["trust.offers"].field_named["line"].choices
            if "trust.offers" in self.dictionary.kinds
            else ()
        )
        if principle.need and lines and principle.need not in lines:
            wrong.append(
                (
                    "need",
                    f'there is no line "{principle.need}" of the offer',
                    did_you_mean(principle.need, lines, "see the list offer_lines"),
                )
            )
        if principle.weight < 0:
            wrong.append(("weight", "is less than nothing", "write 0 or more"))
        self.problems += [Problem(file, line_at(node, (f,)), f"{principle.id} {f}", w, t) for f, w, t in wrong]


def with_follows(packs: Sequence[Pack]) -> tuple[Pack, ...]:
    """The packs with each "principles" criterion naming the ids it stands for, never its own."""
    effects = {p.id: (pack.id, p.effect) for pack in packs for p in pack.principles}

    def named(criterion: Any, own: str) -> Any:
        if isinstance(criterion, Follows):
            ids = criterion.ids or tuple(
                id_ for id_, (pack, effect) in effects.items() if pack in criterion.packs and effect == criterion.effect
            )
            return replace(criterion, ids=tuple(i for i in ids if i != own and i in effects))
        if isinstance(criterion, Conflict):
            return replace(criterion, when=named(criterion.when, own), otherwise=named(criterion.otherwise, own))
        if isinstance(criterion, AllOf | AnyOf):
            return replace(criterion, parts=tuple(named(part, own) for part in criterion.parts))
        return criterion

    return tuple(
        replace(pack, principles=tuple(replace(p, criterion=named(p.criterion, p.id)) for p in pack.principles))
        for pack in packs
    )


def share_from(text: Any) -> Decimal | None:
    """A share written in a rules file, or None where it is not one."""
    try:
        share: Decimal = value_of(str(text), _SHARE)
        return share
    except Unreadable:
        return None
