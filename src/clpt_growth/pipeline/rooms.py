"""What a trust has of each limit a plan must keep, and what a school takes of it by starting in a term."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from clpt_growth.capacity.accounts import trust_faults
from clpt_growth.capacity.joiners import in_year_from, joined_terms, years_with
from clpt_growth.capacity.money import money
from clpt_growth.capacity.reading import defined, records_of, value_of
from clpt_growth.capacity.school_money import PRUDENT
from clpt_growth.capacity.supply import central_supply, improvement_supply
from clpt_growth.model.fact import Facts, Term
from clpt_growth.model.ledger import ALL_DAYS, Load
from clpt_growth.model.nought import NOUGHT
from clpt_growth.pipeline.in_order import Horizon, Place, with_opening
from clpt_growth.pipeline.planning import HUB, JOINERS
from clpt_growth.pipeline.waiting import CENTRAL_DAYS, IMPROVEMENT_DAYS, RESERVES


class Key(NamedTuple):
    """One limit: of what kind, of what, and in which term, where it is of a term."""

    kind: str
    of: str
    when: Term | None = None


class Room(NamedTuple):
    """What there is, and what is in use before any of the schools joins."""

    free: Decimal
    in_use: Decimal = NOUGHT


class Ahead(NamedTuple):
    """The terms a school may start in, and all those in which limits are held: before the first, and after the last."""

    starts: tuple[Term, ...]
    held: tuple[Term, ...]

    @property
    def joined(self) -> tuple[Term, ...]:
        """Held terms in which a school could be in the trust."""
        return tuple(term for term in self.held if term >= self.starts[0])


Taken = dict[Key, Decimal]


def taken(place: Place, start: Term, ahead: Ahead) -> Taken:
    """What a school takes of each limit by starting in a term, as far as it is known; below nought where it gives."""
    there = with_opening(place, start, Horizon(ahead.held, 0))
    improvement, central = there.takes.improvement, there.takes.central
    days = dict(_days(IMPROVEMENT_DAYS, improvement, ahead.held)) if improvement else {}
    days |= {key: d for key, d in _days(CENTRAL_DAYS, central, ahead.held) if key.of != ALL_DAYS} if central else {}
    hub = value_of(place.facts, "case.proposal.hub")
    ones = [Key(JOINERS, JOINERS, term) for term in years_with(start)]
    ones += [Key(HUB, str(hub))] if hub is not None else []
    return days | dict.fromkeys(ones, Decimal(1)) | _reserves_taken(there, ahead)


def _days(kind: str, load: Load, terms: Iterable[Term]) -> Iterator[tuple[Key, Decimal]]:
    for term in terms:
        names = {*load.needs.get(term, {}), *load.gives.get(term, {})}
        for name in sorted(names):
            if net := load.net(term, (name,)):
                yield Key(kind, name, term), net
        if net := load.net(term, names):
            yield Key(kind, ALL_DAYS, term), net


def _reserves_taken(place: Place, ahead: Ahead) -> Taken:
    """What a school takes by year of the reserves over the board's minimum, on the prudent roll; empty where not known.

    The minimum is a share of income, so a school takes its share of income as well as what it costs. After the years
    its forecasts reach, the last of them goes on.
    """
    found, least = (
        money(place.facts, as_of=place.case.as_of),
        value_of(place.facts, "trust.policy.reserves_minimum_share"),
    )
    if found is None or least is None:
        return {}
    pairs = zip(found.without, found.on_roll[PRUDENT], strict=True)
    by_year = {
        year.year: least * (year.income_gbp - own.income_gbp) - (year.reserves_gbp - own.reserves_gbp)
        for own, year in pairs
    }
    years = [Term(int(year[:4]), 0) for year in by_year]
    later = range(years[-1].academic_year + 1, ahead.held[-1].academic_year + 1)
    goes_on = dict.fromkeys((Key(RESERVES, RESERVES, Term(y, 0)) for y in later), [*by_year.values()][-1])
    return dict(zip((Key(RESERVES, RESERVES, y) for y in years), by_year.values(), strict=True)) | goes_on


def rooms(trust: Facts, ahead: Ahead) -> Mapping[Key, Room]:
    """What the trust has of every limit that is known; a limit it does not name has no room known."""
    return {
        key: room for part in (_improvement, _central, _joiners, _hubs, _reserves) for key, room in part(trust, ahead)
    }


def _improvement(trust: Facts, ahead: Ahead) -> Iterator[tuple[Key, Room]]:
    """Of a specialism nobody is in post for there is none."""
    supply = improvement_supply(trust, ahead.joined)
    if supply is None:
        return
    split = (days for by_phase in (defined(trust, "need_split_by_phase") or {}).values() for days in by_phase)
    names = tuple(dict.fromkeys((*supply.available, *split)))
    for term in ahead.joined:
        promised = supply.promised.get(term, {})
        own = {s: Room(_of(supply.available, s) - _of(supply.kept, s), _of(promised, s)) for s in names}
        in_all = Room(sum((r.free for r in own.values()), NOUGHT), sum((r.in_use for r in own.values()), NOUGHT))
        yield Key(IMPROVEMENT_DAYS, ALL_DAYS, term), in_all
        yield from ((Key(IMPROVEMENT_DAYS, s, term), room) for s, room in own.items())


def _of(days: Mapping[str, Decimal], name: str) -> Decimal:
    return days.get(name, NOUGHT)


def _central(trust: Facts, ahead: Ahead) -> Iterator[tuple[Key, Room]]:
    """Of a function nobody in the central team covers there is none."""
    supply = central_supply(trust)
    if supply is None:
        return
    for function in dict.fromkeys((*supply, *(defined(trust, "integration_days") or {}))):
        free = supply.get(function, NOUGHT)
        if free is not None:
            yield from ((Key(CENTRAL_DAYS, function, term), Room(free)) for term in ahead.held)


def _joiners(trust: Facts, ahead: Ahead) -> Iterator[tuple[Key, Room]]:
    """Academies that joined in the same year count; where it is not known when, nothing is known."""
    most, joined = value_of(trust, "trust.policy.joiners_a_year_count"), joined_terms(trust)
    if most is None or joined is None:
        return
    for first in dict.fromkeys(year for start in ahead.starts for year in years_with(start)):
        yield Key(JOINERS, JOINERS, first), Room(Decimal(most), Decimal(in_year_from(first, joined)))


def _hubs(trust: Facts, ahead: Ahead) -> Iterator[tuple[Key, Room]]:
    for hub in records_of(trust, "trust.hubs") or ():
        places, schools = hub.get("places_count"), hub.get("schools_count")
        if isinstance(places, int) and isinstance(schools, int):
            yield Key(HUB, str(hub.get("name"))), Room(Decimal(places), Decimal(schools))


def _reserves(trust: Facts, ahead: Ahead) -> Iterator[tuple[Key, Room]]:
    """Reserves the trust forecasts for each year, over the least share of its income the board will hold.

    A forecast whose sums do not come out says nothing.
    """
    if trust_faults(trust):
        return
    least = value_of(trust, "trust.policy.reserves_minimum_share")
    for row in records_of(trust, "trust.finance_forecast") or ():
        reserves, income = row.get("reserves_gbp"), row.get("income_gbp")
        if least is not None and isinstance(reserves, int) and isinstance(income, int):
            yield Key(RESERVES, RESERVES, Term(int(str(row["year"])[:4]), 0)), Room(Decimal(reserves), least * income)
