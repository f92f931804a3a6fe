"""The central team's work to bring a school in, function by function and term by term."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from clpt_growth.capacity.reading import defined, value_of
from clpt_growth.capacity.terms import TERMS_A_YEAR
from clpt_growth.model.fact import Fact, NotApplicable, Term
from clpt_growth.model.ledger import ByTerm, Load
from clpt_growth.model.nought import NOUGHT

_YES_NO = {True: "yes", False: "no"}

# How an entry of the model may read a fact: each gives how many times its days apply.
_TESTS: Mapping[str, Callable[[Any, Any], Decimal | int | bool]] = {
    "is": lambda value, given: _YES_NO.get(value, value) == given if isinstance(value, bool) else value == given,
    "is_one_of": lambda value, given: value in given,
    "below": lambda value, given: value < given,
    "more_than": lambda value, given: value > given,
    "written": lambda value, given: True,
    "each": lambda value, given: value * given,
    "each_over": lambda value, given: max(value - given, 0),
    "each_under": lambda value, given: max(given - value, 0),
}


def integration_days(facts: Mapping[str, Fact]) -> Mapping[str, Decimal | None] | None:
    """Working days by function; None for a function that waits for a fact, and for all where the route is not known."""
    parts = integration_parts(facts)
    return None if parts is None else {function: found.days for function, found in parts.items()}


class Parts(NamedTuple):
    """What a function's days are made of: those of every such school, and those each fact adds; None is not known."""

    base: Decimal | None
    extras: tuple[tuple[str, Decimal | None], ...]

    @property
    def days(self) -> Decimal | None:
        known = [days for _, days in self.extras if days is not None]
        return sum(known, self.base) if self.base is not None and len(known) == len(self.extras) else None


def integration_parts(facts: Mapping[str, Fact]) -> Mapping[str, Parts] | None:
    """The work to bring the school in, function by function; None where the route or the phase is not known."""
    model, routes = defined(facts, "integration_days"), defined(facts, "integration_routes")
    route, phase = value_of(facts, "case.proposal.route"), value_of(facts, "school.identity.phase")
    kind = next((k for k, named in (routes or {}).items() if route in named), None)
    if model is None or kind is None or phase is None:
        return None
    return {function: _parts_of(entry, kind, phase, facts) for function, entry in model.items()}


def _parts_of(entry: Mapping[str, Any], kind: str, phase: str, facts: Mapping[str, Fact]) -> Parts:
    """A phase that a table of days leaves out has no days that are known."""
    base = entry[kind].get(phase) if isinstance(entry[kind], Mapping) else entry[kind]
    asked = [more for more in entry.get("more", ()) if more.get("routes", kind) == kind]
    return Parts(
        None if base is None else Decimal(base),
        tuple((more["fact"], _extra(more, facts.get(more["fact"]))) for more in asked),
    )


def _extra(more: Mapping[str, Any], fact: Fact | None) -> Decimal | None:
    if fact is None:
        return None
    if isinstance(fact.value, NotApplicable):
        return NOUGHT
    name = next(test for test in _TESTS if test in more)
    return Decimal(_TESTS[name](fact.value, more[name])) * Decimal(more.get("days", 1))


def awaited(facts: Mapping[str, Fact], function: str = "") -> tuple[str, ...]:
    """The facts that the work of a function waits for, or of any where none is named."""
    model, routes = defined(facts, "integration_days") or {}, defined(facts, "integration_routes") or {}
    kind = next((k for k, named in routes.items() if value_of(facts, "case.proposal.route") in named), None)
    entries = (entry for name, entry in model.items() if function in ("", name))
    read = (more for entry in entries for more in entry.get("more", ()) if more.get("routes", kind) == kind)
    return tuple(dict.fromkeys(more["fact"] for more in read if more["fact"] not in facts))


def central_load(
    days: Mapping[str, Decimal | None] | None, facts: Mapping[str, Fact], opening: Term, terms: Sequence[Term]
) -> Load | None:
    """Days a term asked of each function whose `days` to join are known: that work, then the work that goes on."""
    spread, afterwards = defined(facts, "integration_terms"), defined(facts, "central_share_afterwards")
    if days is None or spread is None or afterwards is None:
        return None
    known = {function: d for function, d in days.items() if d is not None}
    first, last = opening.later(-spread["before"]), opening.later(spread["after"] - 1)
    joining = {function: d / _parts(spread) for function, d in known.items()}
    later = {function: d * afterwards / TERMS_A_YEAR for function, d in known.items()}
    needs: ByTerm = {term: joining if term <= last else later for term in terms if term >= first}
    return Load(str(value_of(facts, "school.identity.name") or ""), needs, {})


def _parts(spread: Mapping[str, int]) -> int:
    return spread["before"] + spread["after"]
