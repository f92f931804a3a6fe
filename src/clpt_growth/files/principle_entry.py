"""One principle from its file, or one laid over a shipped principle: its entries, each in its own shape."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, NamedTuple

from clpt_growth.files.casefile import case_file_value
from clpt_growth.files.criteria import CriterionReader
from clpt_growth.files.problems import Problem, did_you_mean
from clpt_growth.files.shapes import shaped
from clpt_growth.files.yaml_text import Node, line_at, plain
from clpt_growth.model.criterion import Effect
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.principle import Action, Change, Example, Principle, Risk

_AMENDMENT_KEYS = ("amends", "reason", "minuted_on")
_CRITERIA = ("criterion", "applies_when")
_NOTES: Mapping[str, type[Any]] = {"action": Action, "risk": Risk}
_SHAPED_HERE = frozenset((*_CRITERIA, *_NOTES, "examples", "examples_start_from"))


class Nameable(NamedTuple):
    """What a principle may name: facts, areas and sources."""

    dictionary: Dictionary
    areas: Sequence[str]
    sources: Mapping[str, Any]


class PrincipleReader:
    """Reads one file of a pack, a principle or an amendment of one, and tells every problem at its line."""

    def __init__(self, nameable: Nameable, file: str, problems: list[Problem]) -> None:
        self.nameable = nameable
        self.kinds = nameable.dictionary.kinds
        self.criteria = CriterionReader(nameable.dictionary, nameable.sources, file, problems)
        self.file = file
        self.problems = problems

    def complain(self, line: int, field: str, wrong: str, todo: str) -> None:
        self.problems.append(Problem(self.file, line, field, wrong, todo))

    def principle(self, node: Node) -> Principle | None:
        """The principle of a file; None, with the problems told, where it cannot be one."""
        parts = self.parts(plain(node), node)
        before = len(self.problems)
        principle = shaped(Principle, parts, node, self.file, self.problems)
        if principle is not None and len(self.problems) == before:
            self.must_hold(principle, node)
            if not Path(self.file).name.startswith(f"{principle.id.lower()}-"):
                wrong, todo = "is not the start of the file's name", f"call the file {principle.id.lower()}-....yaml"
                self.complain(line_at(node, ("id",)), f"{principle.id} id", wrong, todo)
        return principle

    def amended(self, node: Node, shipped: Sequence[Principle]) -> tuple[Principle, Change] | None:
        """A shipped principle under the entries of an amendment, and what that changes.

        None, with the problems told, where there is none to lay them over, or they do not fit it.
        """
        tree = plain(node)
        target = next((p for p in shipped if p.id == tree["amends"]), None)
        if target is None:
            todo = did_you_mean(
                str(tree["amends"]), [p.id for p in shipped], "name a principle of the pack this one extends"
            )
            self.complain(node.line, "amends", f"there is no principle {tree['amends']}", todo)
            return None
        if not tree.get("reason"):
            self.complain(node.line, "reason", "is missing", "say why, and who decided it")
            return None
        if tree.get("id", target.id) != target.id:
            self.complain(line_at(node, ("id",)), "id", f"is not {target.id}", "delete this line: ids never change")
            return None
        laid_over = {key: value for key, value in tree.items() if key not in _AMENDMENT_KEYS}
        principle = self.under(target, laid_over, node)
        change = self.change(target, laid_over, tree, node) if principle is not None else None
        return (principle, change) if principle is not None and change is not None else None

    def under(self, target: Principle, laid_over: Mapping[str, Any], node: Node) -> Principle | None:
        """A principle with other entries laid over its own."""
        before = len(self.problems)
        as_it_was = {f.name: getattr(target, f.name) for f in fields(Principle)}
        parts = as_it_was | self.parts(laid_over, node)
        if len(self.problems) > before:
            return None
        principle = shaped(Principle, parts, node, self.file, self.problems)
        if principle is not None:
            self.must_hold(principle, node)
        return principle

    def change(
        self, target: Principle, laid_over: Mapping[str, Any], tree: Mapping[str, Any], node: Node
    ) -> Change | None:
        said = {"id": target.id, "what": ", ".join(laid_over), "reason": tree["reason"]}
        minuted = {"minuted_on": tree["minuted_on"]} if tree.get("minuted_on") else {}
        return shaped(Change, said | minuted, node, self.file, self.problems)

    def parts(self, tree: Mapping[str, Any], node: Node) -> dict[str, Any]:
        """The entries of a principle with its criteria, action, risk and examples in their own shapes."""
        written = {key: value for key, value in tree.items() if value is not None}
        criteria = {key: self.criteria.criterion(node.value[key], key) for key in _CRITERIA if key in written}
        notes = {
            key: shaped(shape, written[key], node.value[key], self.file, self.problems, under=key)
            for key, shape in _NOTES.items()
            if key in written
        }
        examples = tuple(self.examples(node)) if "examples" in written else ()
        return {
            **{key: value for key, value in written.items() if key not in _SHAPED_HERE},
            **{key: criterion for key, criterion in criteria.items() if criterion is not None},
            **notes,
            **({"examples": examples} if examples else {}),
        }

    def examples(self, node: Node) -> Iterator[Example]:
        """Each example, with the facts they all start from under its own."""
        start = node.value.get("examples_start_from")
        for position, child in enumerate(node.value["examples"].value):
            place, entry = f"examples[{position}]", plain(child)
            given = dict((start.value if start is not None else None) or {})
            given |= (child.value["given"].value or {}) if "given" in child.value else {}
            entry["given"] = self.given(given, f"{place}.given")
            if example := shaped(Example, entry, child, self.file, self.problems, under=place):
                yield example

    def given(self, nodes: Mapping[str, Node], field: str) -> dict[str, Any]:
        """The facts of an example by name; a blank is one the example does not give."""
        found = {}
        for name, child in nodes.items():
            if (kind := self.kinds.get(name)) is None:
                todo = did_you_mean(name, list(self.kinds), "use a fact of principles/facts.yaml")
                self.complain(child.line, f"{field}.{name}", "there is no such fact", todo)
            elif child.value is not None:
                found[name] = case_file_value(kind, child, self.file, self.problems)
        return {name: value for name, value in found.items() if value is not None}

    def must_hold(self, principle: Principle, node: Node) -> None:
        for entry, wrong, todo in _unfounded(principle, self.nameable, self.criteria.offer_lines()):
            self.complain(line_at(node, (entry,)), f"{principle.id} {entry}", wrong, todo)


def _unfounded(principle: Principle, nameable: Nameable, offer_lines: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """What does not hold between the entries of a principle: the entry, what is wrong, what to do."""
    if principle.area not in nameable.areas:
        todo = did_you_mean(principle.area, nameable.areas, "see rules.yaml")
        yield "area", f'there is no area "{principle.area}"', todo
    if principle.source not in nameable.sources:
        todo = did_you_mean(principle.source, list(nameable.sources), "add it to sources.yaml")
        yield "source", f'there is no source "{principle.source}"', todo
    if (principle.routes or principle.phases or principle.applies_when) and not principle.does_not_apply_because:
        yield "does_not_apply_because", "is missing", "say why it would not apply"
    if principle.effect in (Effect.GATE, Effect.CONDITION) and principle.action is None:
        yield "action", "is missing", "a gate and a condition say what to do if short"
    if principle.need and offer_lines and principle.need not in offer_lines:
        todo = did_you_mean(principle.need, offer_lines, "see the list offer_lines")
        yield "need", f'there is no line "{principle.need}" of the offer', todo
    if principle.weight < 0:
        yield "weight", "is less than nothing", "write 0 or more"
