"""A criterion from its YAML: the kind chooses the shape, and the fact's own kind reads its thresholds."""

import re
from collections.abc import Mapping
from typing import Any

from clpt_growth.facts.written import Unreadable, value_of
from clpt_growth.files.problems import Problem, did_you_mean
from clpt_growth.files.shapes import shaped
from clpt_growth.files.yaml_text import Node, plain
from clpt_growth.model.criterion import CRITERION_KINDS, Age, Criterion, Span, Threshold
from clpt_growth.model.dictionary import Dictionary, FactKind

_AGE = re.compile(r"([0-9]{1,4}) (month|day)s?$")
_COVERED = FactKind(name="covered", kind="share", label="share covered", meaning="")
_YEAR = FactKind(name="figure_of", kind="year", label="year", meaning="")
_LISTS = ("choices", "texts")


class CriterionReader:
    """Reads the criteria of one file, and tells every problem at its line."""

    def __init__(self, dictionary: Dictionary, sources: Mapping[str, Any], file: str, problems: list[Problem]) -> None:
        self.dictionary = dictionary
        self.sources = sources
        self.file = file
        self.problems = problems

    def complain(self, node: Node, field: str, wrong: str, todo: str) -> None:
        self.problems.append(Problem(self.file, node.line, field, wrong, todo))

    def criterion(self, node: Node, field: str) -> Criterion | None:
        """The criterion of a node; None, with its problems told, where it cannot be read."""
        tree = plain(node)
        kind = tree.get("kind") if isinstance(tree, dict) else None
        shape = CRITERION_KINDS.get(str(kind))
        if shape is None:
            known = ", ".join(CRITERION_KINDS)
            self.complain(node, f"{field}.kind", f'"{kind}" is not a kind of criterion', f"write one of: {known}")
            return None
        before = len(self.problems)
        if "parts" in tree:
            children = node.value["parts"].value or []
            parts = [self.criterion(child, f"{field}.parts[{n}]") for n, child in enumerate(children)]
            tree["parts"] = tuple(p for p in parts if p is not None)
        for key in ("when", "otherwise"):
            if kind == "conflict" and key in tree:
                tree[key] = self.criterion(node.value[key], f"{field}.{key}")
        if kind == "offer" and tree.get("line") not in self.offer_lines():
            todo = did_you_mean(str(tree.get("line")), self.offer_lines(), "use a line of the list offer_lines")
            self.complain(node, f"{field}.line", f'there is no line "{tree.get("line")}" of the offer', todo)
        if "thresholds" in tree:
            tree["thresholds"] = self.thresholds(tree, node.value["thresholds"], field)
        self.facts_exist(tree, node, field)
        self.reference_exists(tree, node, field)
        if len(self.problems) > before:
            return None
        found: Criterion | None = shaped(shape, tree, node, self.file, self.problems, under=field)
        return found

    def offer_lines(self) -> tuple[str, ...]:
        register = self.dictionary.kinds.get("trust.offers")
        return register.field_named["line"].choices if register is not None else ()

    def facts_exist(self, tree: Mapping[str, Any], node: Node, field: str) -> None:
        names = [tree[key] for key in ("fact", "have", "need", "year") if tree.get(key)]
        for name in (*names, *(tree.get("facts") or ())):
            if name is not None and name not in self.dictionary.kinds:
                todo = did_you_mean(name, list(self.dictionary.kinds), "use a fact of principles/facts.yaml")
                self.complain(node, field, f"there is no fact {name}", todo)

    def reference_exists(self, tree: Mapping[str, Any], node: Node, field: str) -> None:
        reference = tree.get("reference")
        if reference and reference not in self.sources:
            todo = did_you_mean(reference, list(self.sources), "add it to sources.yaml")
            self.complain(node, f"{field}.reference", f'there is no source "{reference}"', todo)
        if tree.get("basis") == "published" and not reference:
            self.complain(node, f"{field}.reference", "is missing", "a published line names its source")

    def thresholds(self, tree: Mapping[str, Any], node: Node, field: str) -> tuple[Threshold, ...]:
        fact = self.dictionary.kinds.get(str(tree.get("fact", "")))
        found = []
        for position, child in enumerate(node.value if isinstance(node.value, list) else []):
            place = f"{field}.thresholds[{position}]"
            entry = plain(child)
            if not isinstance(entry, dict):
                self.complain(child, place, "is not a threshold", "give met, and where the line is from")
                continue
            for key in ("met", "partly"):
                if entry.get(key) is not None:
                    entry[key] = self.line(tree, fact, child.value[key], f"{place}.{key}")
            self.reference_exists(entry, child, place)
            if entry.get("figure_of"):
                entry["figure_of"] = self.value(child.value["figure_of"], _YEAR, f"{place}.figure_of")
            if threshold := shaped(Threshold, entry, child, self.file, self.problems, under=place):
                found.append(threshold)
        if not found:
            self.complain(node, f"{field}.thresholds", "is empty", "give at least one line")
        return tuple(found)

    def line(self, tree: Mapping[str, Any], fact: FactKind | None, node: Node, field: str) -> Any:
        """A threshold's value in the kind of what it is compared with."""
        kind = tree["kind"]
        if kind == "dated within":
            return self.age(node, field)
        if kind == "covers":
            return self.value(node, _COVERED, field)
        if fact is None:
            return None
        if kind == "between":
            ends = node.value if isinstance(node.value, dict) else {}
            return Span(*(self.value(ends[end], fact, field) if end in ends else None for end in ("from", "below")))
        if isinstance(node.value, list):
            return tuple(self.value(child, fact, field) for child in node.value)
        return self.value(node, fact, field)

    def age(self, node: Node, field: str) -> Age | None:
        if not (found := _AGE.match(str(node.value))):
            self.complain(node, field, f'"{node.value}" is not an age', "write it like 12 months or 60 days")
            return None
        return Age(int(found[1]), "months" if found[2] == "month" else "days")

    def value(self, node: Node, kind: FactKind, field: str) -> Any:
        try:
            return value_of(str(node.value), kind)
        except Unreadable as error:
            self.complain(node, field, error.wrong, error.todo)
            return None
