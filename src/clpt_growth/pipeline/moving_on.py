"""The trust as it stands once a school has joined: its academies, money, hubs, partners, and days already given.

What a joining school leaves unsaid leaves the trust's own fact unsaid for every school after it: silence is never room.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from clpt_growth.capacity.books import opening_term
from clpt_growth.capacity.demand import needed_in_second_year
from clpt_growth.capacity.money import YearEnd, money
from clpt_growth.capacity.reading import defined, value_of
from clpt_growth.capacity.school_money import PRUDENT
from clpt_growth.capacity.support import support_plan
from clpt_growth.capacity.terms import term_of
from clpt_growth.model.fact import Fact, Facts, NotApplicable, Record
from clpt_growth.model.nought import NOUGHT

_CATEGORY = "school.identity.category_of_need"
_OPENING = "case.proposal.proposed_opening_on"


class Joined(NamedTuple):
    """A school that joins: its own facts beside the trust's, with all that follows from them.

    `called` is its name in the pipeline; `until` the last financial year any later school asks about, by its start.
    """

    called: str
    facts: Facts
    as_of: date
    until: int


# A new value for one fact of the trust, or None where it cannot be told; the facts of the school it rests on.
_Moved = Callable[[Fact, Joined], Any]


def moved_on(trust: Facts, joined: Joined, *, load_known: bool) -> dict[str, Fact]:
    """The trust's facts with a school in it; those that cannot be told are left out.

    Without its load, the days already promised are not known either.
    """
    found = dict(trust)
    for name, move in _MOVES.items():
        # As it was read for the school: what is no evidence on the day is set aside again for the next.
        fact = joined.facts.get(name)
        if fact is not None and fact.applies:
            value = move(fact, joined)
            if value is None:
                del found[name]
            elif value is not fact:
                found[name] = value if isinstance(value, Fact) else _with(fact, value, joined)
    if not load_known:
        found.pop("trust.improvement_promised", None)
    return found


def _with(fact: Fact, value: Any, joined: Joined) -> Fact:
    """The trust's fact with the school's part in it; what that part rests on is in the school's own paper."""
    return fact._replace(value=value, source=f"{fact.source}, with {joined.called}" if fact.source else joined.called)


# The list of academies


_ACADEMY: Mapping[str, tuple[str, Callable[[Any, Facts], Any]]] = {
    "urn": ("school.identity.urn", lambda urn, _: urn),
    "phase": ("school.identity.phase", lambda phase, _: phase),
    "sponsored": ("case.proposal.route", lambda route, _: route == "sponsored"),
    "pupils_count": ("school.roll.pupils_count", lambda pupils, _: pupils),
    "joined_on": (_OPENING, lambda day, _: day),
    "local_authority": ("school.identity.local_authority", lambda name, _: name),
    "region": ("school.identity.region", lambda name, _: name),
    "needs_intensive_support": (_CATEGORY, lambda category, facts: _is_one_that(facts, "need", category)),
    "can_give_intensive_support": (_CATEGORY, lambda category, facts: _is_one_that(facts, "give", category)),
    "in_deficit": ("school.finance.revenue_reserve_gbp", lambda reserve, _: reserve < 0),
    "pfi": ("school.buildings.pfi", lambda pfi, _: pfi),
    "backlog_priority_1_to_3_gbp": ("school.buildings.backlog_priority_1_to_3_gbp", lambda backlog, _: backlog),
    "minutes_to_hub_lead": ("school.location.minutes_to_nearest_hub", lambda minutes, _: minutes),
    "hubs": ("case.proposal.hub", lambda hub, _: (hub,)),
}


def _is_one_that(facts: Facts, does: str, category: str) -> bool | None:
    """Whether schools of a category need intensive support, or give it; None where it is not defined which do."""
    categories = defined(facts, f"categories_that_{does}_help")
    return None if categories is None else category in categories


def _academies(fact: Fact, joined: Joined) -> Any:
    """With the school at the end; what is only recorded of a school in the trust does not arise for it yet."""
    name = str(value_of(joined.facts, "school.identity.name") or joined.called)
    others = {field for record in fact.value for field in record} - {"name", *_ACADEMY}
    not_yet = dict.fromkeys(sorted(others), NotApplicable(f"{name} has not joined yet"))
    told = ((f, value_of(joined.facts, fact_name), read) for f, (fact_name, read) in _ACADEMY.items())
    own = {field: read(value, joined.facts) for field, value, read in told if value is not None}
    known = {field: value for field, value in own.items() if value is not None}
    return (*fact.value, {"name": name} | known | not_yet)


# Money


def _plus(name: str) -> _Moved:
    """A figure of the trust and the same of the school; a range on either side stays one."""

    def both(fact: Fact, joined: Joined) -> Fact | None:
        theirs = joined.facts.get(name)
        if theirs is None or not theirs.applies:
            return None
        (low, high), (their_low, their_high) = _ends(fact), _ends(theirs)
        ranged = fact.low is not None or theirs.low is not None
        ends = {"low": low + their_low, "high": high + their_high} if ranged else {}
        return _with(fact, fact.value + theirs.value, joined)._replace(**ends)

    return both


def _ends(fact: Fact) -> tuple[Any, Any]:
    """The lowest and highest a figure may be; nought is an end like any other."""
    return (fact.value if fact.low is None else fact.low), (fact.value if fact.high is None else fact.high)


def _reserves(fact: Fact, joined: Joined) -> Fact | None:
    """Less the cost of joining and any deficit that comes; a surplus is not counted until it is paid.

    The accounts of a day no longer say so, so it has none.
    """
    found = money(joined.facts, as_of=joined.as_of)
    if found is None:
        return None
    more = found.brought_gbp - found.net_cost_gbp
    low, high = (None if end is None else end + more for end in (fact.low, fact.high))
    return _with(fact, fact.value + more, joined)._replace(low=low, high=high, dated=None)


def _forecast(fact: Fact, joined: Joined) -> tuple[Record, ...] | None:
    """On the prudent roll, year by year; a year the school's own forecast does not reach is not known."""
    years = _prudent_years(joined)
    if years is None:
        return None
    with_school = {int(y.year[:4]): y for y in years}
    first, last = min(with_school), max(with_school)
    rows, more_before = [], 0
    for row in sorted(fact.value, key=lambda r: str(r["year"])):
        year = int(str(row["year"])[:4])
        if year < first:
            rows.append(row)
        elif year <= last:
            after = with_school[year]
            more = after.reserves_gbp - row["reserves_gbp"]
            in_year = {"in_year_gbp": row["in_year_gbp"] + more - more_before} if "in_year_gbp" in row else {}
            rows.append({**row, "income_gbp": after.income_gbp, "reserves_gbp": after.reserves_gbp} | in_year)
            more_before = more
    return tuple(rows)


def _prudent_years(joined: Joined) -> tuple[YearEnd, ...] | None:
    """As many of the years later schools ask about as the school's own forecast reaches."""
    opening, count = value_of(joined.facts, _OPENING), defined(joined.facts, "money_years")
    if opening is None or count is None:
        return None
    wanted = max(count, joined.until - term_of(opening).academic_year + 1)
    for years in range(wanted, 0, -1):
        name = "definition.money_years"
        found = money({**joined.facts, name: Fact(name, years)}, as_of=joined.as_of)
        if found is not None:
            return found.on_roll[PRUDENT]
    return None


# Hubs and partners


def _hubs(fact: Fact, joined: Joined) -> tuple[Record, ...]:
    """The school's own hub has one more in it; where the hub is not said, no hub it might join has a known size."""
    hub, phase = value_of(joined.facts, "case.proposal.hub"), value_of(joined.facts, "school.identity.phase")
    named = any(row.get("name") == hub for row in fact.value)
    sectors = _sectors_of(phase, joined) or ()
    return tuple(
        _one_more(row, joined)
        if row.get("name") == hub
        else row
        if named or not _might_join(row, sectors)
        else {k: v for k, v in row.items() if k != "schools_count"}
        for row in fact.value
    )


def _might_join(hub: Record, sectors: Sequence[str]) -> bool:
    return hub.get("kind") == "regional" or not sectors or hub.get("sector") in sectors


def _one_more(hub: Record, joined: Joined) -> Record:
    """How far the school is from the hub's lead, and from the middle, nobody has said."""
    more = dict(hub)
    if isinstance(more.get("schools_count"), int):
        more["schools_count"] += 1
    for field, days in (("days_given_a_term", _given(joined)), ("days_received_a_term", _received(joined))):
        if days is None or not isinstance(more.get(field), Decimal):
            more.pop(field, None)
        else:
            more[field] += days
    for field in ("schools_within_20_minutes_count", "median_minutes"):
        more.pop(field, None)
    return more


def _given(joined: Joined) -> Decimal | None:
    days: Decimal | None = value_of(joined.facts, "case.support.contribution_days_second_year")
    return days


def _received(joined: Joined) -> Decimal | None:
    opening = opening_term(joined.facts)
    return None if opening is None else needed_in_second_year(joined.facts, opening)


def _partners(fact: Fact, joined: Joined) -> tuple[Record, ...]:
    """One more school for the partners of its sectors; every sector's, where those are not known."""
    phase, category = value_of(joined.facts, "school.identity.phase"), value_of(joined.facts, _CATEGORY)
    needing, strong = "schools_with_needs_count", "strong_schools_count"
    needs = None if category is None else _is_one_that(joined.facts, "need", category)
    fields = (needing, strong) if needs is None else (needing if needs else strong,)
    sectors = _sectors_of(phase, joined)
    return tuple(_one_more_school(row, sectors, fields, counted=needs is not None) for row in fact.value)


def _sectors_of(phase: str | None, joined: Joined) -> Sequence[str] | None:
    """None where the phase, or which sectors its schools belong to, is not known."""
    return None if phase is None else (defined(joined.facts, "sectors_of_phase") or {}).get(phase)


def _one_more_school(row: Record, sectors: Sequence[str] | None, fields: Sequence[str], *, counted: bool) -> Record:
    """One more where it is known which kind of school it is; else nobody knows how many there are."""
    if sectors is not None and row.get("sector") not in sectors:
        return row
    if sectors is None or not counted:
        return {k: v for k, v in row.items() if k not in fields}
    return {**row, **{f: row[f] + 1 for f in fields if isinstance(row.get(f), int)}}


# The register of offers


def _offers(fact: Fact, joined: Joined) -> tuple[Record, ...]:
    """Days matched to the school's needs are given; a need that says no days may take any on its line."""
    plan = support_plan(joined.facts, as_of=joined.as_of)
    if plan is None:
        return tuple(_unknown(row) for row in fact.value)
    given: dict[int, Decimal] = {}
    for helper in (h for n in plan.needs for h in n.helpers if h.offer is not None):
        given[helper.offer or 0] = given.get(helper.offer or 0, NOUGHT) + helper.days
    open_lines = {n.need.get("line") for n in plan.needs if n.days is None}
    return tuple(
        _unknown(row) if row.get("line") in open_lines or None in open_lines else _less(row, given.get(n, NOUGHT))
        for n, row in enumerate(fact.value)
    )


def _unknown(offer: Record) -> Record:
    return {k: v for k, v in offer.items() if k != "committed_days_a_term"}


def _less(offer: Record, days: Decimal) -> Record:
    committed = offer.get("committed_days_a_term")
    if not days:
        return offer
    return {**offer, "committed_days_a_term": committed + days} if isinstance(committed, Decimal) else _unknown(offer)


_MOVES: Mapping[str, _Moved] = {
    "trust.academies": _academies,
    "trust.finance.total_income_gbp": _plus("school.finance.total_income_gbp"),
    "trust.finance.staff_cost_gbp": _plus("school.finance.staff_cost_gbp"),
    "trust.finance.in_year_balance_gbp": _plus("school.finance.in_year_balance_gbp"),
    "trust.finance.reserves_gbp": _reserves,
    "trust.finance_forecast": _forecast,
    "trust.hubs": _hubs,
    "trust.improvement_partners": _partners,
    "trust.offers": _offers,
}
MOVED = frozenset(_MOVES)
