"""The improvement days a joining school needs, year by year and term by term, and the days it gives.

The figures are definitions of the demand model; each says in `principles/demand.yaml` what it rests on.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import prod

from clpt_growth.capacity.reading import defined, records_of, value_of
from clpt_growth.capacity.terms import TERMS_A_YEAR
from clpt_growth.model.fact import Fact, NotApplicable, Record, Term
from clpt_growth.model.ledger import ByTerm, Days, Load
from clpt_growth.model.nought import NOUGHT


def improvement_load(facts: Mapping[str, Fact], opening: Term, terms: Sequence[Term]) -> Load | None:
    """What the school takes of the improvement team and gives back; None while its need is not known."""
    years = yearly_need(facts)
    helped = records_of(facts, "school.help_already_paid_for")
    least = defined(facts, "own_share_of_need")
    if years is None or helped is None or least is None:
        return None
    joined = [term for term in terms if term >= opening]
    needs = {t: _less_help(years[_year(t, opening, years)], helped, t, least) for t in joined}
    # Days that may or may not be given are not counted on.
    gives = given_days(facts, opening, joined) or {}
    return Load(str(value_of(facts, "school.identity.name") or ""), needs, gives)


def _year(term: Term, opening: Term, years: Sequence[Days]) -> int:
    """The last year of the model goes on."""
    return min(term.since(opening) // TERMS_A_YEAR, len(years) - 1)


def yearly_need(facts: Mapping[str, Fact]) -> tuple[Days, ...] | None:
    """Days a term by specialism in each year, before help that others pay for.

    The larger of what the school's list of needs asks for and what the model gives for its category; it falls
    on specialisms as the list does, and falls away over the years as the model does.
    """
    asked, modelled = asked_days(facts), modelled_days(facts)
    if asked is None or modelled is None:
        return None
    in_all = sum(asked.values(), NOUGHT)
    if in_all <= 0:
        split = (defined(facts, "need_split_by_phase") or {}).get(value_of(facts, "school.identity.phase"))
        return None if split is None else tuple({s: days * part for s, part in split.items()} for days in modelled)
    if in_all >= modelled[0]:
        return (asked, *(_in_proportion(asked, days, modelled[0]) for days in modelled[1:]))
    return tuple(_in_proportion(asked, days, in_all) for days in modelled)


def _in_proportion(days: Days, many: Decimal, of: Decimal) -> Days:
    return {s: d * many / of for s, d in days.items()}


def needed_in_second_year(facts: Mapping[str, Fact], opening: Term) -> Decimal | None:
    """Days a term the school takes of the ledger in its second year, as a mean of its three terms."""
    terms = [opening.later(n) for n in range(TERMS_A_YEAR, 2 * TERMS_A_YEAR)]
    load = improvement_load(facts, opening, terms)
    return None if load is None else sum((sum(load.needs[t].values(), NOUGHT) for t in terms), NOUGHT) / TERMS_A_YEAR


def share_of_first_year(facts: Mapping[str, Fact], year: int) -> Decimal | None:
    """Days needed in a later year, 1 for the second, as a share of the first."""
    modelled = modelled_days(facts)
    return modelled[year] / modelled[0] if modelled else None


def asked_days(facts: Mapping[str, Fact]) -> Days | None:
    """Days a term the school's needs ask for, by specialism; None where a need leaves out either."""
    needs = records_of(facts, "school.needs")
    if needs is None:
        return None
    asked: dict[str, Decimal] = {}
    for need in needs:
        days, specialism = need.get("days_a_term"), need.get("specialism")
        if isinstance(days, NotApplicable):
            continue
        if days is None or specialism is None:
            return None
        asked[specialism] = asked.get(specialism, NOUGHT) + days
    return asked


def asked_specialisms(facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """The specialisms in which the school's list of needs surely asks for days."""
    needs = records_of(facts, "school.needs") or ()
    return tuple(dict.fromkeys(n["specialism"] for n in needs if "specialism" in n and _asks(n.get("days_a_term"))))


def _asks(days: object) -> bool:
    return isinstance(days, Decimal) and days > 0


def modelled_days(facts: Mapping[str, Fact]) -> tuple[Decimal, ...] | None:
    """Days a term in each year by the model: the category's x phase x size x sites, and x a new head in the first."""
    by_category = defined(facts, "need_days_by_category") or {}
    days = by_category.get(value_of(facts, "school.identity.category_of_need"))
    factors, new_head = need_factors(facts), new_head_factor(facts)
    if days is None or factors is None or new_head is None:
        return None
    times = prod(factors.values(), start=Decimal(1))
    return (days[0] * times * new_head, *(d * times for d in days[1:]))


def need_factors(facts: Mapping[str, Fact]) -> Mapping[str, Decimal] | None:
    """How many times the days of its category a school needs in every year, by the definition each is from."""
    phase = (defined(facts, "need_times_by_phase") or {}).get(value_of(facts, "school.identity.phase"))
    small, sites = defined(facts, "need_small_school"), defined(facts, "need_more_sites")
    pupils, places = value_of(facts, "school.roll.pupils_count"), value_of(facts, "school.identity.sites_count")
    if phase is None or any(v is None for v in (small, sites, pupils, places)):
        return None
    factors = {"need_times_by_phase": Decimal(phase)}
    if pupils < small["below_pupils"]:
        factors["need_small_school"] = Decimal(small["times"])
    if places >= sites["from_sites"]:
        factors["need_more_sites"] = Decimal(sites["times"])
    return factors


def new_head_factor(facts: Mapping[str, Fact]) -> Decimal | None:
    """The same for the first year alone: 1 for a head who has been there long enough."""
    new = defined(facts, "need_new_head")
    interim = value_of(facts, "school.leadership.interim_head")
    months = value_of(facts, "school.leadership.head_tenure_months")
    if new is None:
        return None
    if interim is True or (months is not None and months < new["below_months"]):
        return Decimal(new["times"])
    return None if interim is None or months is None else Decimal(1)


def _less_help(days: Days, helped: Sequence[Record], term: Term, least: Decimal) -> Days:
    """Days less help others pay for in the term, never below the trust's own least share of them."""
    net = dict(days)
    for row in helped:
        specialism, given, until = row.get("specialism"), row.get("days_a_term"), row.get("until")
        if specialism in net and isinstance(given, Decimal) and isinstance(until, Term) and until >= term:
            net[specialism] = max(net[specialism] - given, days[specialism] * least)
    return net


def given_days(facts: Mapping[str, Fact], opening: Term, terms: Sequence[Term]) -> ByTerm | None:
    """Days a term the school gives that we count; None while an offer, its category or the limit is not known."""
    offers = records_of(facts, "school.contribution")
    if offers is None:
        return None
    given: dict[Term, Days] = {}
    for term in terms:
        counted, offered = counted_share(facts, term.since(opening)), _offered(offers, term)
        most = most_given(facts) if counted else NOUGHT
        if counted is None or offered is None or most is None:
            return None
        in_all = sum(offered.values(), NOUGHT)
        if counted and in_all:
            part = counted * min(Decimal(1), most / in_all)
            given[term] = {s: d * part for s, d in offered.items()}
    return given


def _offered(offers: Sequence[Record], term: Term) -> Days | None:
    days: dict[str, Decimal] = {}
    for offer in offers:
        number, since, specialism = offer.get("days_a_term"), offer.get("from_term"), offer.get("specialism")
        if not isinstance(number, Decimal) or not isinstance(since, Term) or specialism is None:
            return None
        if since <= term:
            days[specialism] = days.get(specialism, NOUGHT) + number
    return days


def counted_share(facts: Mapping[str, Fact], terms_after: int) -> Decimal | None:
    """The share of an offer that counts so many terms after joining; None where the category is not in evidence."""
    by_term, none = defined(facts, "gift_counted_by_term"), defined(facts, "gift_not_counted")
    category = value_of(facts, "school.identity.category_of_need")
    if by_term is None or none is None or category is None:
        return None
    if category in none["categories"] and terms_after < none["terms"]:
        return NOUGHT
    return Decimal(by_term[min(terms_after, len(by_term) - 1)])


def most_given(facts: Mapping[str, Fact]) -> Decimal | None:
    """The most days a term we count on the school to give; None where what it rests on is not in evidence."""
    by_phase = defined(facts, "gift_at_most_days_by_phase") or {}
    most = by_phase.get(value_of(facts, "school.identity.phase"))
    share = defined(facts, "gift_at_most_share_of_teaching")
    teachers = value_of(facts, "school.workforce.teachers_fte")
    working_days = value_of(facts, "trust.improvement_team.working_days_a_term")
    if most is None or any(v is None for v in (share, teachers, working_days)):
        return None
    return min(Decimal(most), Decimal(share * teachers * working_days))
