"""What a school's file leaves out, so that the room left for the schools after it is not known."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from clpt_growth.capacity.accounts import FORECAST, trust_faults
from clpt_growth.capacity.books import unfinished
from clpt_growth.capacity.integration import awaited
from clpt_growth.capacity.measures import CENTRAL_NEEDS, NEEDED_FACTS
from clpt_growth.capacity.money_measures import NEEDED_FACTS as MONEY_NEEDS
from clpt_growth.capacity.money_measures import unfinished as money_unfinished
from clpt_growth.capacity.terms import term_of
from clpt_growth.facts.derived import derivations
from clpt_growth.model.fact import Facts, Term
from clpt_growth.pipeline.in_order import Place
from clpt_growth.pipeline.trying import OPENING

IMPROVEMENT_DAYS, CENTRAL_DAYS, RESERVES = "improvement days", "central days", "reserves"


class Waits(NamedTuple):
    """What is not known from a school on, and the facts it waits for; all of its file where that cannot be read.

    `begun` is the term it was to join in, where that is no longer to come.
    """

    school: str
    what: str
    functions: tuple[str, ...]
    facts: tuple[str, ...]
    readable: bool = True
    begun: Term | None = None


def waits(joining: Iterable[Place]) -> tuple[Waits, ...]:
    """School by school, in their order."""
    return tuple(wait for place in joining for wait in _waits_of(place))


def begun(joining: Iterable[Place], as_of: date) -> tuple[Waits, ...]:
    """Schools whose term has begun or is past: days are those of terms to come."""
    now = term_of(as_of)
    late = ((place, place.opening) for place in joining if place.opening is not None and place.opening <= now)
    return tuple(Waits(place.name, IMPROVEMENT_DAYS, (), (OPENING,), begun=opening) for place, opening in late)


def _waits_of(place: Place) -> Iterator[Waits]:
    facts = place.facts
    if not place.readable:
        yield from (Waits(place.name, what, (), (), False) for what in (IMPROVEMENT_DAYS, CENTRAL_DAYS, RESERVES))
        return
    if place.takes.improvement is None:
        names = _missing(NEEDED_FACTS, facts) or _own(unfinished(facts))
        yield Waits(place.name, IMPROVEMENT_DAYS, (), names)
    if place.takes.central is None:
        yield Waits(place.name, CENTRAL_DAYS, (), _missing(CENTRAL_NEEDS, facts))
    elif place.takes.unknown:
        wanted = [name for function in place.takes.unknown for name in awaited(facts, function)]
        yield Waits(place.name, CENTRAL_DAYS, place.takes.unknown, _missing(wanted, facts))
    if "case.after.reserves_share" not in facts and (FORECAST in facts or not place.after):
        names = _missing(MONEY_NEEDS, facts) or _own(money_unfinished(facts))
        yield Waits(place.name, RESERVES, (), (*_of_the_trust(facts), *names))


def _of_the_trust(facts: Facts) -> tuple[str, ...]:
    """The trust's own forecast, where it is not in evidence or does not add up."""
    return tuple(dict.fromkeys(fault.fact for fault in trust_faults(facts))) if FORECAST in facts else (FORECAST,)


_BEHIND: Mapping[str, tuple[str, ...]] = {d.name: d.needs for d in derivations(has_school=True)}


def _missing(names: Iterable[str], facts: Facts) -> tuple[str, ...]:
    """What a person would write, for each of the school's facts that is needed and not in evidence."""
    wanted = (name for name in names if not name.endswith("?") and not name.startswith(("trust.", "definition.")))
    found = (name for missing in wanted if missing not in facts for name in _written(missing, facts))
    return tuple(dict.fromkeys(found))


def _written(name: str, facts: Facts) -> tuple[str, ...]:
    if name not in _BEHIND:
        return (name,)
    return _missing(_BEHIND[name], facts) or (name,)


def _own(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in names if not name.startswith("trust."))
