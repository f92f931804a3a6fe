"""What the trust's own lists say: academies, hubs, the central team and the improvement team."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from clpt_growth.facts.sums import known, share
from clpt_growth.model.dates import whole_months
from clpt_growth.model.fact import NotApplicable, Record
from clpt_growth.model.nought import NOUGHT

# The sectors a school of each phase belongs to; a phase it leaves out has none that are known.
SectorsOf = Mapping[str, Sequence[str]]


def sectors(academies: Sequence[Record], sectors_of: SectorsOf) -> tuple[str, ...] | None:
    """Every sector the academies work in, in the order of the table of phases; None where one is not known."""
    counts = schools_by_sector(academies, sectors_of)
    if counts is None:
        return None
    return tuple(dict.fromkeys(s for group in sectors_of.values() for s in group if s in counts))


def schools_by_sector(academies: Sequence[Record], sectors_of: SectorsOf) -> Mapping[str, int] | None:
    """How many academies work in each sector; None where the phase of one, or its sectors, are not known."""
    phases = known(academies, "phase")
    if phases is None or any(phase not in sectors_of for phase in phases):
        return None
    return Counter(sector for phase in phases for sector in sectors_of[phase])


def distinct(field: str) -> Callable[[Sequence[Record]], int | None]:
    """How many different names a field holds, however they are capitalised."""

    def count(records: Sequence[Record]) -> int | None:
        values = known(records, field)
        return None if values is None else len({value.casefold() for value in values})

    return count


def _within(when: object, days: int, as_of: date) -> bool:
    return isinstance(when, date) and as_of - timedelta(days=days) <= when <= as_of


def reviewed_both_ways(
    academies: Sequence[Record], inside_days: int, outside_days: int, *, as_of: date
) -> Decimal | None:
    """Academies reviewed recently both from inside and from outside the trust."""
    inside, outside = known(academies, "reviewed_inside_on"), known(academies, "reviewed_outside_on")
    if inside is None or outside is None or len(inside) != len(outside):
        return None
    both = (
        _within(i, inside_days, as_of) and _within(o, outside_days, as_of) for i, o in zip(inside, outside, strict=True)
    )
    return share(sum(both), len(inside))


def reviewed_outside(academies: Sequence[Record], days: int, *, as_of: date) -> Decimal | None:
    """Academies reviewed recently from outside the trust."""
    outside = known(academies, "reviewed_outside_on")
    return None if outside is None else share(sum(_within(o, days, as_of) for o in outside), len(outside))


def mentored_and_challenged(academies: Sequence[Record], visits_a_year: int) -> Decimal | None:
    """Heads with both a named mentor and enough challenge visits a year."""
    if known(academies, "head_has_mentor") is None or known(academies, "challenge_visits_count") is None:
        return None
    both = [(a["head_has_mentor"], a["challenge_visits_count"]) for a in academies]
    asked = [(m, v) for m, v in both if not isinstance(m, NotApplicable) and not isinstance(v, NotApplicable)]
    return share(sum(1 for m, v in asked if m and v >= visits_a_year), len(asked))


def long_interim_heads(academies: Sequence[Record], terms: int) -> int | None:
    """Heads who have been interim for more than so many terms."""
    served = known(academies, "head_interim_terms")
    return None if served is None else sum(1 for t in served if t > terms)


def giving_to_needing(academies: Sequence[Record]) -> Decimal | NotApplicable | None:
    """Academies able to give intensive support for each one that needs it."""
    giving, needing = (
        known(academies, "can_give_intensive_support"),
        known(academies, "needs_intensive_support"),
    )
    if giving is None or needing is None:
        return None
    return share(sum(giving), sum(needing)) if any(needing) else NotApplicable("no school needs intensive support")


def sectors_served(team: Sequence[Record]) -> tuple[str, ...] | None:
    """Sectors in which somebody in post in the central team has worked."""
    in_post = known(team, "in_post")
    if in_post is None:
        return None
    people = [p for p in team if p["in_post"] is True]
    if any(p.get("sector_experience") is None for p in people):
        return None
    found = {s for p in people if not isinstance(p["sector_experience"], NotApplicable) for s in p["sector_experience"]}
    return tuple(sorted(found))


def sector_experience(posts: Sequence[Record]) -> Decimal | None:
    """Share of improvement staff in post who have led in the sector they serve, by full-time equivalent."""
    asked = ("fte", "led_in_sector_within_5_years")
    in_post = [p for p in posts if p.get("in_post") is True]
    staffed = [p for p in in_post if not any(isinstance(p.get(field), NotApplicable) for field in asked)]
    led, fte = known(staffed, "led_in_sector_within_5_years"), known(staffed, "fte")
    if not staffed or led is None or fte is None or known(posts, "in_post") is None:
        return None
    return share(sum((f for f, yes in zip(fte, led, strict=True) if yes), NOUGHT), sum(fte, NOUGHT))


def days_in_post(post: Record, working_days: Decimal, usable: Decimal) -> Decimal | None:
    """One post's full-time equivalents x working days a term x the share spent in schools; nought while it is planned.

    None where the post does not say: full-time equivalents that "do not apply" to somebody in post are not nought.
    """
    in_post, fte = post.get("in_post"), post.get("fte")
    if in_post is False:
        return NOUGHT
    return fte * working_days * usable if in_post is True and isinstance(fte, Decimal) else None


def days_a_term(posts: Sequence[Record], working_days: Decimal, usable: Decimal) -> Decimal | None:
    """Days of every post together; None while one of them is not known."""
    days = [days_in_post(post, working_days, usable) for post in posts]
    return None if None in days else sum((d for d in days if d is not None), NOUGHT)


def kept_share(kept: Sequence[Record], days: Decimal) -> Decimal | None:
    """Days a term kept back as a share, from 0 to 1, of the days there are."""
    amounts = known(kept, "days_a_term")
    return None if amounts is None else share(sum(amounts, NOUGHT), days)


def authorities_left_out(covered: Sequence[str], academies: Sequence[Record]) -> int | None:
    """How many of the academies' councils the trust does not work with."""
    present = known(academies, "local_authority")
    return len({n.casefold() for n in present} - {n.casefold() for n in covered}) if present else None


def months_running(since: date, *, as_of: date) -> Decimal:
    """Whole months since something began; below nought where that is still to come."""
    return Decimal(whole_months(since, as_of))


def hub_works(hub: Record, days: int, as_of: date) -> bool | None:
    """Whether a hub has a lead in post, a dated plan and a recent meeting; None where that is not known."""
    lead, met, plan = hub.get("lead_in_post"), hub.get("last_met_on"), hub.get("plan_dated_on")
    if lead is False or (isinstance(met, date) and not _within(met, days, as_of)):
        return False
    return True if lead is True and isinstance(met, date) and isinstance(plan, date) else None


def _served_by_hub(hubs: Sequence[Record], kind: str, of: Sequence[str], days: int, as_of: date) -> set[str] | None:
    """The sectors with a hub of a kind that works; None where that cannot be told for some sector."""
    served: set[str] = set()
    unsure: set[str] = set()
    for hub in hubs:
        if hub.get("kind") == kind and hub.get("sector") in of:
            works = hub_works(hub, days, as_of)
            if works:
                served.add(hub["sector"])
            elif works is None:
                unsure.add(hub["sector"])
    return None if unsure - served else served


def sectors_with_hub(hubs: Sequence[Record], of: Sequence[str], days: int, *, as_of: date) -> Decimal | None:
    """The share, from 0 to 1, of the sectors that a working hub serves."""
    served = _served_by_hub(hubs, "sector", of, days, as_of)
    return None if served is None else share(len(served), len(of))


def sectors_without_hub(hubs: Sequence[Record], of: Sequence[str], days: int, *, as_of: date) -> int | None:
    """How many of the sectors no working hub serves."""
    served = _served_by_hub(hubs, "sector", of, days, as_of)
    return None if served is None else len(set(of) - served)


def specialist_hubs_lacking(
    hubs: Sequence[Record],
    academies: Sequence[Record],
    from_schools: int,
    days: int,
    sectors_of: SectorsOf,
    *,
    as_of: date,
) -> int | None:
    """Sectors large enough for a specialist hub that have none that works."""
    numbers = schools_by_sector(academies, sectors_of)
    if numbers is None:
        return None
    large = [sector for sector, n in numbers.items() if n >= from_schools]
    served = _served_by_hub(hubs, "specialist", large, days, as_of)
    return None if served is None else len(set(large) - served)


def _regional(hubs: Sequence[Record]) -> list[Record]:
    return [hub for hub in hubs if hub.get("kind") == "regional"]


def regional_within_20(hubs: Sequence[Record]) -> Decimal | None:
    """Share of schools in regional hubs that are within 20 minutes' drive of each other."""
    regional = _regional(hubs)
    near, every = known(regional, "schools_within_20_minutes_count"), known(regional, "schools_count")
    return None if near is None or every is None else share(sum(near), sum(every))


def largest_regional(hubs: Sequence[Record]) -> int | None:
    """How many schools the largest regional hub has; None where one does not say."""
    sizes = known(_regional(hubs), "schools_count")
    return max(sizes) if sizes else None


def most_schools_per_partner(partners: Sequence[Record]) -> Decimal | None:
    """The heaviest load: schools for each full-time improvement partner, in the sector where it is highest."""
    loads = []
    for row in partners:
        fte = row.get("partners_fte")
        schools = known([row], "schools_with_needs_count"), known([row], "strong_schools_count")
        if not isinstance(fte, Decimal) or schools[0] is None or schools[1] is None or fte <= 0:
            return None
        loads.append(Decimal(sum(schools[0]) + sum(schools[1])) / fte)
    return max(loads) if loads else None
