"""Whether a question arises for a school, as far as the answers to other questions tell."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from clpt_growth.model.case import PHASE
from clpt_growth.model.dictionary import Answers, FactKind
from clpt_growth.model.fact import Fact, NotApplicable


def is_asked(kind: FactKind, facts: Mapping[str, Fact]) -> bool:
    """Whether a fact is asked for: only what is known rules a question out, and silence never does."""
    if kind.name in facts or not kind.asked_when:
        return True
    return any(_may_hold(answers, facts) for answers in kind.asked_when)


def must_be_answered(kind: FactKind, facts: Mapping[str, Fact]) -> bool:
    """Whether "n/a" can never be true of a fact: the question always arises, and nothing known rules it out."""
    phase = facts.get(PHASE)
    if not kind.always_arises or (phase is not None and kind.says_nothing_about(phase.value)):
        return False
    return not kind.asked_when or any(_may_hold(answers, facts) for answers in kind.asked_when)


def asked_words(kind: FactKind, kinds: Mapping[str, FactKind]) -> str:
    """When a fact with conditions is asked for, as a sentence; empty for one that always is."""
    ways = [", and ".join(_words(name, test, kinds) for name, test in way.items()) for way in kind.asked_when]
    return f"Arises where {'; or where '.join(ways)}." if ways else ""


def among(answer: Any, *, one_of: Sequence[str] = (), none_of: Sequence[str] = ()) -> bool | None:
    """Whether an answer is one of some words, or none of some; None while there is no answer."""
    if answer is None:
        return None
    word = _word(answer)
    return word in one_of if one_of else word not in none_of


def _may_hold(way: Mapping[str, Answers], facts: Mapping[str, Fact]) -> bool:
    return all(_holds(facts.get(name), test) is not False for name, test in way.items())


def _holds(fact: Fact | None, test: Answers) -> bool | None:
    if fact is None:
        return None
    if test.below is None:
        return among(fact.value, one_of=test.one_of, none_of=test.none_of)
    # A range that reaches below the line may come out there.
    lowest = fact.value if fact.low is None else fact.low
    return isinstance(lowest, int | Decimal) and lowest < test.below


def _word(answer: Any) -> str:
    """An answer as a table has it; a list is some or none, and what does not apply is none."""
    if isinstance(answer, NotApplicable):
        return "none"
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, tuple):
        return "some" if answer else "none"
    return str(answer).casefold()


def _words(name: str, test: Answers, kinds: Mapping[str, FactKind]) -> str:
    label = kinds[name].label
    if test.below is not None:
        return f"{label} is below {test.below or 'nought'}"
    if test.called:
        return f"{label} is {'one' if test.one_of else 'none'} of the {test.called}"
    return f"{label} is {_either(test.one_of)}" if test.one_of else f"{label} is other than {_either(test.none_of)}"


def _either(words: Sequence[str]) -> str:
    return " or ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]
