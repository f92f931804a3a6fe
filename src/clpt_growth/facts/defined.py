"""What holds for a case before anything is worked out: definitions, and facts that do not arise for a phase."""

from collections.abc import Mapping

from clpt_growth.model.case import PHASE
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.fact import Fact, NotApplicable


def with_definitions(facts: Mapping[str, Fact], dictionary: Dictionary) -> dict[str, Fact]:
    """The facts with the dictionary's definitions beside them."""
    defined = {f"definition.{d.name}": Fact(f"definition.{d.name}", d.value) for d in dictionary.definitions}
    return {**defined, **facts}


def for_the_phase(facts: Mapping[str, Fact], dictionary: Dictionary) -> dict[str, Fact]:
    """The facts with those that do not arise for the school's phase marked as not applicable.

    A value written for such a fact is set aside: leaving it out must not read better than writing it.
    """
    phase = facts.get(PHASE)
    if phase is None:
        return dict(facts)
    away = NotApplicable(f"does not arise for a {phase.value} school")
    outside = {
        k.name: Fact(k.name, away, derived_from=(PHASE,))
        for k in dictionary.phase_bound
        if k.says_nothing_about(phase.value)
    }
    return {**facts, **outside}
