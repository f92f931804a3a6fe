"""Values and lists of records out of the facts of a case."""

from collections.abc import Mapping
from typing import Any

from clpt_growth.model.fact import Fact, NotApplicable, Record


def value_of(facts: Mapping[str, Fact], name: str) -> Any:
    """The value in evidence; None where there is none, and where it does not apply."""
    fact = facts.get(name)
    return fact.value if fact is not None and fact.applies else None


def records_of(facts: Mapping[str, Fact], name: str) -> tuple[Record, ...] | None:
    """A list in evidence; one that does not apply is an empty list."""
    fact = facts.get(name)
    if fact is None:
        return None
    return () if isinstance(fact.value, NotApplicable) else fact.value


def defined(facts: Mapping[str, Fact], name: str) -> Any:
    """A figure of the demand model or another definition; None where the case carries none."""
    return value_of(facts, f"definition.{name}")
