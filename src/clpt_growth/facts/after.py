"""The trust after the join, line by line; without a school, the trust as it is."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from clpt_growth.facts.sums import count_where, known, share
from clpt_growth.facts.trust_lists import (
    SectorsOf,
    distinct,
    giving_to_needing,
    most_schools_per_partner,
    sectors,
)
from clpt_growth.model.dates import months_before
from clpt_growth.model.fact import NotApplicable, Record
from clpt_growth.model.nought import NOUGHT


class Line(NamedTuple):
    """One measure of the trust after the join; `alone` is the same measure with no school joining.

    A line with no formula is worked out from the money year by year.
    """

    name: str
    formula: Callable[..., Any] | None
    needs: tuple[str, ...]
    alone: Callable[..., Any] = lambda: NotApplicable("no school is joining")
    alone_needs: tuple[str, ...] = ()
    dated: bool = False


def _plus(ours: int, theirs: int) -> int:
    return ours + theirs


def _itself(value: Any) -> Any:
    return value


def _schools(academies: Sequence[Record], phase: str) -> int:
    return len(academies) + 1


def _weighted(phases: Sequence[str], pupils: Sequence[int], times: Decimal) -> int:
    special = ("special", "alternative provision")
    return int(sum((times if p in special else 1) * n for p, n in zip(phases, pupils, strict=True)))


def capital_pupils(academies: Sequence[Record], times: Decimal) -> int | None:
    """Pupils as the capital route counts them: special and alternative provision several times."""
    phases, pupils = known(academies, "phase"), known(academies, "pupils_count")
    if phases is None or pupils is None or len(phases) != len(pupils):
        return None
    return _weighted(phases, pupils, times)


def _capital_pupils(academies: Sequence[Record], times: Decimal, phase: str, joining: int) -> int | None:
    ours = capital_pupils(academies, times)
    return None if ours is None else ours + _weighted([phase], [joining], times)


def capital_route(schools: int, pupils: int, line: Mapping[str, int]) -> str:
    """A trust with as many schools and pupils as the line says has an allocation; any other bids."""
    return "allocation" if schools >= line["schools"] and pupils >= line["pupils"] else "bids"


def _over(share_held: Decimal, minimum: Decimal) -> Decimal:
    return share_held - minimum


def _staff_share(our_staff: int, our_income: int, their_staff: int, their_income: int) -> Decimal | None:
    return share(our_staff + their_staff, our_income + their_income)


def _sponsored(academies: Sequence[Record], route: str) -> Decimal | None:
    values = known(academies, "sponsored")
    return None if values is None else share(sum(values) + (route == "sponsored"), len(values) + 1)


def _sectors(academies: Sequence[Record], sectors_of: SectorsOf, phase: str) -> tuple[str, ...] | None:
    return sectors((*academies, {"phase": phase}), sectors_of)


def _served(after: Sequence[str], served: Sequence[str]) -> Decimal | None:
    return share(len(set(after) & set(served)), len(after))


def _uncovered(after: Sequence[str], served: Sequence[str]) -> tuple[str, ...]:
    return tuple(sector for sector in after if sector not in served)


def _joiner_served(phase: str, served: Sequence[str], sectors_of: SectorsOf) -> bool | None:
    return set(sectors_of[phase]) <= set(served) if phase in sectors_of else None


def _with_joining(field: str) -> Callable[[Sequence[Record], str], int | None]:
    """How many different names the academies and the joining school have of something, however capitalised."""

    def count(academies: Sequence[Record], joining: str) -> int | None:
        names = known(academies, field)
        return None if names is None else len({n.casefold() for n in (*names, joining)})

    return count


def _private_finance(academies: Sequence[Record], joining: bool) -> int | None:
    buildings = known(academies, "pfi")
    return None if buildings is None else sum(buildings) + joining


def _furthest(ours: Decimal, theirs: Decimal) -> Decimal:
    return max(ours, theirs)


def _in_hub(field: str) -> Callable[[Sequence[Record], str], int | None]:
    """A count the register gives for the hub the school would join."""

    def count(hubs: Sequence[Record], name: str) -> int | None:
        found = next((hub.get(field) for hub in hubs if hub.get("name") == name), None)
        return found if isinstance(found, int) else None

    return count


def _one_more(count: int) -> int:
    return count + 1


def _giving_to_needing(
    academies: Sequence[Record], category: str, needing: Sequence[str], giving: Sequence[str]
) -> Decimal | NotApplicable | None:
    """The same as for the trust alone, with the joining school by its category."""
    joining = {"needs_intensive_support": category in needing, "can_give_intensive_support": category in giving}
    return giving_to_needing((*academies, joining))


def _joined_within_a_year(academies: Sequence[Record], *, as_of: date) -> int | None:
    """A year holds each of its days once: who joined on this day last year is of the year before."""
    dates = known(academies, "joined_on")
    year_ago = months_before(as_of, 12)
    return None if dates is None else sum(1 for joined in dates if year_ago < joined <= as_of)


def _growth(academies: Sequence[Record], joined: int) -> Decimal | None:
    return share(joined + 1, len(academies) - joined)


def _growth_alone(academies: Sequence[Record], joined: int) -> Decimal | None:
    return share(joined, len(academies) - joined)


def _load_after(partners: Sequence[Record], phase: str, sectors_of: SectorsOf) -> Decimal | None:
    """The heaviest load on a partner with the school added to its sectors."""
    joining = sectors_of.get(phase)
    if joining is None:
        return None
    counts = ((r, r.get("strong_schools_count")) for r in partners)
    added = [
        {**r, "strong_schools_count": n + (r.get("sector") in joining)} if isinstance(n, int) else r for r, n in counts
    ]
    return most_schools_per_partner(added)


def _places_used(needed: int, available: int) -> Decimal:
    """Places needed as a share of those available; where there is none, 100% and the shortfall over the need."""
    if needed == 0:
        return NOUGHT
    return Decimal(needed) / Decimal(available) if available > 0 else Decimal(2)


SECTORS_OF = "definition.sectors_of_phase"
_A, _MONEY = "trust.academies", "trust.finance"
_PHASE, _PUPILS = "school.identity.phase", "school.roll.pupils_count"
_THEIR = "school.finance"
_TIMES = "definition.capital_route_special_multiplier"
_ROUTE_AFTER = (
    "case.after.schools_count",
    "case.after.capital_route_pupils_count",
    "definition.capital_route_allocation_from",
)
_PLACES = "school.alternative_provision.places_needed_count"
_HUB = ("trust.hubs", "case.proposal.hub")
_SERVED = "trust.central.sectors_served"

LINES: tuple[Line, ...] = (
    Line("case.after.schools_count", _schools, (_A, _PHASE), len, (_A,)),
    Line("case.after.pupils_count", _plus, ("trust.estate.pupils_count", _PUPILS),
         _itself, ("trust.estate.pupils_count",)),
    Line("case.after.capital_route_pupils_count", _capital_pupils, (_A, _TIMES, _PHASE, _PUPILS),
         capital_pupils, (_A, _TIMES)),
    Line("case.after.capital_route", capital_route, _ROUTE_AFTER, capital_route, _ROUTE_AFTER),
    Line("case.after.income_gbp", _plus, (f"{_MONEY}.total_income_gbp", f"{_THEIR}.total_income_gbp"),
         _itself, (f"{_MONEY}.total_income_gbp",)),
    Line("case.after.reserves_gbp", None, (), _itself, (f"{_MONEY}.reserves_gbp",)),
    Line("case.after.reserves_share", None, (),
         share, ("case.after.reserves_gbp", "case.after.income_gbp")),
    Line("case.after.reserves_over_minimum_share", None, (),
         _over, ("case.after.reserves_share", "trust.policy.reserves_minimum_share")),
    Line("case.after.in_year_share", None, (), _itself, (f"{_MONEY}.in_year_share",)),
    Line("case.after.staff_cost_share", _staff_share,
         (f"{_MONEY}.staff_cost_gbp", f"{_MONEY}.total_income_gbp",
          f"{_THEIR}.staff_cost_gbp", f"{_THEIR}.total_income_gbp"),
         share, (f"{_MONEY}.staff_cost_gbp", f"{_MONEY}.total_income_gbp")),
    Line("case.after.sponsored_share", _sponsored, (_A, "case.proposal.route"),
         _itself, ("trust.estate.sponsored_share",)),
    Line("case.after.sectors", _sectors, (_A, SECTORS_OF, _PHASE), sectors, (_A, SECTORS_OF)),
    Line("case.after.sectors_served_share", _served, ("case.after.sectors", _SERVED),
         _served, ("case.after.sectors", _SERVED)),
    Line("case.after.sectors_uncovered", _uncovered, ("case.after.sectors", _SERVED),
         _uncovered, ("case.after.sectors", _SERVED)),
    Line("case.after.joiner_sector_served", _joiner_served, (_PHASE, _SERVED, SECTORS_OF)),
    Line("case.after.local_authorities_count",
         _with_joining("local_authority"), (_A, "school.identity.local_authority"), distinct("local_authority"), (_A,)),
    Line("case.after.regions_count",
         _with_joining("region"), (_A, "school.identity.region"), distinct("region"), (_A,)),
    Line("case.after.pfi_schools_count", _private_finance, (_A, "school.buildings.pfi"), count_where("pfi"), (_A,)),
    Line("case.after.backlog_priority_1_to_3_gbp", _plus,
         ("trust.estate.backlog_priority_1_to_3_gbp", "school.buildings.backlog_priority_1_to_3_gbp"),
         _itself, ("trust.estate.backlog_priority_1_to_3_gbp",)),
    Line("case.after.furthest_minutes_to_hub", _furthest,
         ("trust.estate.furthest_minutes_to_hub", "school.location.minutes_to_nearest_hub"),
         _itself, ("trust.estate.furthest_minutes_to_hub",)),
    Line("case.after.hub_other_schools_count", _in_hub("schools_count"), _HUB),
    Line("case.after.hub_places_count", _in_hub("places_count"), _HUB),
    Line("case.after.hub_schools_count", _one_more, ("case.after.hub_other_schools_count",)),
    Line("case.after.giving_to_needing_ratio", _giving_to_needing,
         (_A, "school.identity.category_of_need", "definition.categories_that_need_help",
          "definition.categories_that_give_help"),
         giving_to_needing, (_A,)),
    Line("case.after.integration_cost_share", share, ("case.integration.cost_gbp", f"{_MONEY}.reserves_gbp")),
    Line("case.after.joined_last_12_months_count", _joined_within_a_year, (_A,),
         _joined_within_a_year, (_A,), dated=True),
    Line("case.after.growth_in_schools_share", _growth, (_A, "case.after.joined_last_12_months_count"),
         _growth_alone, (_A, "case.after.joined_last_12_months_count")),
    Line("case.capacity.schools_per_partner", _load_after, ("trust.improvement_partners", _PHASE, SECTORS_OF),
         most_schools_per_partner, ("trust.improvement_partners",)),
    Line("case.capacity.ap_places_needed_count", _itself, (_PLACES,)),
    Line("case.capacity.ap_places_used_share", _places_used, (_PLACES, "trust.send.ap_places_available_count")),
)  # fmt: skip
