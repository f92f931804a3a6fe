"""Whose consent a school calls for, who has refused it, and who has still to give it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from clpt_growth.facts.arising import among
from clpt_growth.model.dictionary import entry_field
from clpt_growth.model.fact import Fact, Record

LIST, TABLE = "school.consents", "definition.consents_called_for"
DECIDED_BY = (
    "case.proposal.route",
    "school.identity.type",
    "school.identity.religious_character",
    "school.identity.has_foundation",
    "school.buildings.tenure",
    "school.buildings.pfi",
    "school.finance.loans",
)
NEEDS = (LIST, TABLE, *(f"{name}?" for name in DECIDED_BY))

REFUSED = ("refused",)
NOT_GIVEN = ("needed", "applied", "refused")

# Each consent, with the facts that must all hold for it to be called for and the answers with which they do.
Rules = Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]


def standing_at(*states: str) -> Callable[..., tuple[str, ...] | None]:
    """Those whose consent stands at one of some states: all that are known, as one may decide.

    None, and not nobody, while a consent that is or may be called for has no state.
    """

    def found(listed: Sequence[Record], rules: Rules, *answers: Any) -> tuple[str, ...] | None:
        stands = {str(record.get("consent", "")): record.get("state") for record in listed}
        named = tuple(consent for consent in sorted(stands) if stands[consent] in states)
        return named or (None if unsettled(listed, rules, dict(zip(DECIDED_BY, answers, strict=True))) else ())

    return found


def unsettled(listed: Sequence[Record], rules: Rules, answers: Mapping[str, Any]) -> tuple[str, ...]:
    """What is missing: the states of consents called for, and the facts that decide whether one is."""
    told = {record.get("consent") for record in listed if record.get("state") is not None}
    missing: dict[str, None] = {}
    for consent, rule in rules.items():
        called_for = consent not in told and _called_for(rule, answers)
        if called_for:
            missing[entry_field(LIST, consent, "state")] = None
        elif called_for is None:
            missing |= dict.fromkeys(name for name in rule if answers.get(name) is None)
    return tuple(missing)


def missing(facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """What is missing of the consents of a case whose list is in evidence."""
    answers = {name: fact.value for name in DECIDED_BY if (fact := facts.get(name)) is not None}
    return unsettled(facts[LIST].value, facts[TABLE].value, answers)


def _called_for(rule: Mapping[str, Mapping[str, Sequence[str]]], answers: Mapping[str, Any]) -> bool | None:
    holds = [
        among(answers.get(name), one_of=test.get("one of", ()), none_of=test.get("none of", ()))
        for name, test in rule.items()
    ]
    return False if False in holds else None if None in holds else True
