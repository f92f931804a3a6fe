"""A case: one school, the trust it would join, and the date we ask."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from clpt_growth.model.fact import Fact, Facts


class InputFile(NamedTuple):
    """A file that was read, with the fingerprint of its bytes."""

    file: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Case:
    """Facts are named `school.`, `trust.` or `case.`; without a school it is the trust alone."""

    facts: Facts
    as_of: date
    has_school: bool = True
    inputs: tuple[InputFile, ...] = ()

    def fact(self, name: str) -> Fact | None:
        return self.facts.get(name)

    def text(self, name: str, otherwise: str = "") -> str:
        """A fact's value as text, or what to say where it is not in evidence."""
        fact = self.facts.get(name)
        return str(fact.value) if fact is not None and fact.applies else otherwise


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """A value tried in place of the one in the files; shown as such and never saved."""

    name: str
    was: Fact | None
    tried: Fact
    changes: tuple[str, ...] = field(default_factory=tuple)
