"""What may be known: the kinds of fact, and the blocks of a file they are written in."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any, Literal

from clpt_growth.model.noun import noun

KindName = Literal[
    "pounds", "share", "count", "number", "days", "date", "yes_no", "choice", "choices",
    "text", "texts", "term", "year", "financial_year", "records",
]  # fmt: skip
Subject = Literal["school", "trust", "case"]


@noun
class Answers:
    """Answers to one question with which another arises: one of some words, none of them, or a figure below a line.

    `called` is what the dictionary calls the words where they are one of its lists.
    """

    one_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    below: int | None = None
    called: str = ""


@noun
class FactKind:
    """One entry of the data dictionary: what a fact means and how it is written.

    `stage` is 1 for first triage, 2 for full due diligence and 3 for the author's own words.
    `only_with` names the answers beside which a field of a record may stand; `at_most` another field it may not
    exceed; `in_force` the first and last day of an answer, told by the date field `in_force_by`.
    `counted` marks a list that must say how many entries it has, because leaving one out could read better than
    writing it; `known_from` names the dates an entry cannot be known before, and for a date alone is `value`, the day
    it tells of. `pattern` is how a text must be written, and `pattern_words` says so.
    `most` is the largest number that can be right, so that a slip of the finger is caught.
    `asked_when` holds the ways in which the question can arise, each by other facts that must all be so.
    `always_arises` marks a question that has an answer wherever it is asked, so that "n/a" can never be true of it.
    `goes_with` names the fact this one says something of, such as its year: a table gives the two together or neither.
    `role` marks a text that is somebody's role, so that a name alone is refused.
    `of_people` marks counts of pupils or staff, held back in a paper when they are small; `share_of` names the
    fact that counts those a rate or a share is of, so that it is held back where the count behind it is. `nearest` is
    what a forecast in pounds is rounded to where a person reads it, for it is no surer than that.
    """

    name: str
    kind: KindName
    label: str
    meaning: str
    subject: Subject = "school"
    area: str = ""
    unit: str = ""
    choices: tuple[str, ...] = ()
    fields: tuple["FactKind", ...] = ()
    keyed_by: "FactKind | None" = None
    required: bool = False
    signed: bool = False
    over_whole: bool = False
    most: int | None = None
    of_people: bool = False
    role: bool = False
    share_of: str = ""
    nearest: int = 1
    counted: bool = False
    known_from: tuple[str, ...] = ()
    pattern: str = ""
    pattern_words: str = ""
    only_with: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    at_most: str = ""
    in_force_by: str = ""
    in_force: Mapping[str, tuple[date | None, date | None]] = field(default_factory=dict)
    stage: int = 2
    fact_class: str = "context"
    holder: str = ""
    evidence: str = ""
    shelf_life_days: int | None = None
    sensitivity: str = "confidential"
    phases: tuple[str, ...] = ()
    asked_when: tuple[Mapping[str, Answers], ...] = ()
    always_arises: bool = False
    goes_with: str = ""
    dfe: str = ""
    example: str = ""
    derived: bool = False
    formula: str = ""
    source: str = ""

    @property
    def path(self) -> str:
        """The name as a person finds it in the file: block and entry, without the subject."""
        return self.name.partition(".")[2]

    @cached_property
    def field_named(self) -> Mapping[str, "FactKind"]:
        return {f.name: f for f in self.fields}

    @cached_property
    def in_order(self) -> tuple[str, ...]:
        """The names of a record's fields, its key first."""
        return (*((self.keyed_by.name,) if self.keyed_by is not None else ()), *self.field_named)

    @cached_property
    def required_fields(self) -> tuple["FactKind", ...]:
        return tuple(f for f in self.fields if f.required)

    @cached_property
    def bound_fields(self) -> tuple["FactKind", ...]:
        """The fields of a record that must fit the others."""
        return tuple(f for f in self.fields if f.only_with or f.at_most or f.in_force)

    def says_nothing_about(self, phase: str) -> bool:
        """Whether the question does not arise for a school of this phase."""
        return bool(self.phases) and phase not in self.phases

    def is_few(self, rate: Decimal, of: int, below: int) -> bool:
        """Whether the count behind a rate for each 100, or a share, of so many is under a line and not nought."""
        count = rate * of / (1 if self.kind == "share" else 100)
        return rate > 0 and count.quantize(Decimal(1), ROUND_HALF_UP) < below


def entry_field(list_name: str, key: str, field: str) -> str:
    """What is missing inside a list: the field of the entry under a key."""
    return f"{list_name}[{key}].{field}"


@noun
class Block:
    """One block of a school or trust file; `records` is set where the block is itself a list of records."""

    id: str
    subject: Subject
    title: str
    meaning: str = ""
    holder: str = ""
    facts: tuple[FactKind, ...] = ()
    records: FactKind | None = None

    @cached_property
    def kinds(self) -> tuple[FactKind, ...]:
        return (self.records,) if self.records else self.facts

    @cached_property
    def written(self) -> Mapping[str, FactKind]:
        """The facts a person writes here, by their name in the block; derived ones are not written."""
        return {k.name.rpartition(".")[2]: k for k in self.facts if not k.derived}


@noun
class Definition:
    """A figure that a formula rests on; it travels with the facts as `definition.NAME`."""

    name: str
    value: Any
    meaning: str
    basis: str
    reference: str = ""


@noun
class Dictionary:
    """Every fact there is, in the order of the file that declares them."""

    version: str
    blocks: tuple[Block, ...]
    definitions: tuple[Definition, ...] = ()

    @cached_property
    def kinds(self) -> Mapping[str, FactKind]:
        return {kind.name: kind for block in self.blocks for kind in block.kinds}

    def kind_of(self, name: str) -> FactKind | None:
        """The kind of a fact, or of the list that something missing would stand in."""
        return self.kinds.get(name.partition("[")[0])

    @cached_property
    def defined(self) -> Mapping[str, Any]:
        """The figures that formulas rest on, by name."""
        return {definition.name: definition.value for definition in self.definitions}

    @cached_property
    def phase_bound(self) -> tuple[FactKind, ...]:
        return tuple(kind for kind in self.kinds.values() if kind.phases)

    def blocks_of(self, *subjects: str) -> Mapping[str, Block]:
        return {block.id: block for block in self.blocks if block.subject in subjects}
