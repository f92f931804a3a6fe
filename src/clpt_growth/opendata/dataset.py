"""What is known of a published table: how it is recognised, which columns are read, and what each fills."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

from clpt_growth.opendata.cells import Scale
from clpt_growth.opendata.vintage import VintageKind

Holds = Literal["schools", "links", "group links", "groups", "trusts"]
_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=10_000)
def plain_name(header: str) -> str:
    """A column's name without case, spaces and marks, so that `LA (code)`, `LA_code` and `la code` are one."""
    spelt = header.casefold().replace("%", " percent ").replace("&", " and ").replace("£", "")
    return _NOT_A_LETTER.sub("", spelt)


@dataclass(frozen=True, kw_only=True)
class Within:
    """Figures from one bound to another, both included."""

    at_least: int | None = None
    at_most: int | None = None


Condition = tuple[str, ...] | Within


@dataclass(frozen=True, kw_only=True)
class Case:
    """A value for the rows in which every condition holds; columns are named as the dataset names them."""

    value: str
    when: Mapping[str, Condition] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Where one fact, or one field of a record, comes from: a column, several, words for words, or cases.

    `part_of` names two counts, of which the first is worked out as a share of the second.
    `scale` says what a bare number in a share means. `if_missing` marks what is used only where no other table
    speaks. `its_day` gives the day the table speaks of, and `its_year` its year, where the column has a figure.
    """

    column: str = ""
    join: tuple[str, ...] = ()
    total: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    cases: tuple[Case, ...] = ()
    value: str = ""
    scale: Scale = ""
    read_as: str = ""
    if_missing: bool = False
    dated_by: str = ""
    its_day: bool = False
    its_year: bool = False
    note: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column it reads."""
        conditions = (column for case in self.cases for column in case.when)
        return tuple(dict.fromkeys(n for n in (*self.needed, self.dated_by, *conditions) if n))

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns without which it says nothing."""
        return tuple(n for n in (self.column, *self.join, *self.total, *self.part_of) if n)


@dataclass(frozen=True, kw_only=True)
class RecordRule:
    """A record a row gives; `suffixes` are, by vintage, the endings of columns that speak of so many years before.

    `key` names the fields that tell one record from another, where the fact itself does not say.
    """

    fills: str
    key: tuple[str, ...] = ()
    fields: Mapping[str, Entry]
    where: Mapping[str, Condition] = field(default_factory=dict)
    year_suffixes: bool = False
    suffixes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    in_force: str = ""


@dataclass(frozen=True, kw_only=True)
class RecognisedBy:
    """Columns that must all be there, so many of some, and none of others."""

    all: tuple[str, ...]
    some: tuple[str, ...] = ()
    at_least: int = 1
    none: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class VintageRule:
    """What tells the vintage; `year_suffixes` gives it by the newest ending of columns that speak of earlier years."""

    kind: VintageKind
    column: str = ""
    year_suffixes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Which rows are read, which say nothing and why, and what several rows of one school mean.

    `where` must all hold; any one of `skip` is enough.

    `months` names the column with the months covered: rows of one school are then added up where they make a year.
    """

    where: Mapping[str, Condition] = field(default_factory=dict)
    skip: Mapping[str, Condition] = field(default_factory=dict)
    skip_because: str = ""
    months: str = ""
    total: tuple[str, ...] = ()
    latest_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """One published table in all its vintages.

    `columns` gives each column read a name of ours and every header it has had; no other column is ever read.
    """

    id: str
    title: str
    publisher: str
    header: Literal["seen", "documented"]
    about: str = ""
    holds: Holds = "schools"
    urn: str = "urn"
    columns: Mapping[str, tuple[str, ...]]
    recognised_by: RecognisedBy
    vintage: VintageRule
    dated: str = ""
    status: Mapping[str, str] = field(default_factory=dict)
    inherited: bool = True
    rows: Rows = Rows()
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facts: Mapping[str, Entry] = field(default_factory=dict)
    records: tuple[RecordRule, ...] = ()

    @cached_property
    def headers(self) -> Mapping[str, tuple[str, ...]]:
        """The plain spellings of each column, by our name for it."""
        return {name: tuple(plain_name(h) for h in spelt) for name, spelt in self.columns.items()}

    @property
    def fills(self) -> tuple[str, ...]:
        """The names of the facts it can fill."""
        return tuple(dict.fromkeys([*self.facts, *(rule.fills for rule in self.records)]))
