"""The trust's reserves year by year after the join, on three forecasts of the school's pupils.

The trust's year ends on 31 August. The school's figures are brought to it month by month, whatever its own year.
Income follows pupils a year late: a trust's year rests on the count of the autumn before it began.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import Any, NamedTuple

from clpt_growth.capacity.accounts import BUDGET, RESERVE, YEAR_ENDS, faults, first_year, school_faults, school_year
from clpt_growth.capacity.reading import defined, records_of, value_of
from clpt_growth.capacity.terms import term_of
from clpt_growth.facts.sums import prudent_roll, rolls_forecast
from clpt_growth.model.fact import Fact, Record, Term
from clpt_growth.model.nought import NOUGHT

PRUDENT, BASE, OPTIMISTIC = "prudent", "base", "optimistic"
ROLLS = (PRUDENT, BASE, OPTIMISTIC)
_STAYS, _COMES = "stays with the council", "comes to the trust"
_SEPTEMBER, _APRIL, _AUTUMN_COUNT = 9, 4, 10

NEEDED_FACTS = (
    "trust.finance_forecast",
    "school.budget",
    "school.finance.year_ends_on",
    "school.finance.income_per_pupil_gbp",
    "school.pupil_forecast",
    "case.proposal.proposed_opening_on",
    "case.integration.cost_gbp",
    "case.services.saving_gbp",
    "school.buildings.pfi",
    "school.finance.deficit_follows?",
    "case.integration.funded_gbp?",
    "school.finance.revenue_reserve_gbp?",
    "school.buildings.pfi_affordability_gap_gbp?",
    "school.buildings.pfi_affordability_gap_met_by?",
    "school.buildings.pfi_ends_on?",
)
_MEASURES = ("case.after.reserves_", "case.after.in_year_")
RESERVE_ON_JOINING = "school.finance.reserve_on_joining_gbp"
RESERVE_ON_JOINING_NEEDS = (BUDGET, YEAR_ENDS, "case.proposal.proposed_opening_on", f"{RESERVE}?")
_PFI, _PFI_ENDS, _GAP, _GAP_MET_BY = (
    f"school.buildings.{n}" for n in ("pfi", "pfi_ends_on", "pfi_affordability_gap_gbp", "pfi_affordability_gap_met_by")
)


def is_of_money(fact: str) -> bool:
    """Whether a fact is a measure of the trust's money after the join."""
    return fact.startswith(_MEASURES)


class YearEnd(NamedTuple):
    """One financial year of the trust; `in_year_gbp` is what the school adds to it before the cost of joining.

    `balance_gbp` is the trust's own in-year balance with all of that in it; None where its forecast gives none.
    """

    year: str
    reserves_gbp: int
    income_gbp: int
    in_year_gbp: int
    balance_gbp: int | None = None

    @property
    def share(self) -> Decimal:
        return Decimal(self.reserves_gbp) / Decimal(self.income_gbp)


class Money(NamedTuple):
    """The trust without the school, and with it on each roll, at the cost of joining that is expected.

    `net_cost_gbp` is that cost less what others have found to meet it.
    """

    without: tuple[YearEnd, ...]
    on_roll: Mapping[str, tuple[YearEnd, ...]]
    brought_gbp: int
    cost_gbp: int
    net_cost_gbp: int
    pfi_gap_gbp: int
    years_joined: int

    @property
    def joined(self) -> tuple[YearEnd, ...]:
        """The years from joining on, on the prudent roll; what is paid for before it is in none of them."""
        return self.on_roll[PRUDENT][-self.years_joined :]

    @property
    def balances_in(self) -> str | None:
        """The first year from joining on in which the school takes nothing out of reserves, on the prudent roll."""
        return next((y.year for y in self.joined if y.in_year_gbp >= 0), None)

    def without_in(self, year: str) -> YearEnd:
        """One year of the trust without the school."""
        return next(y for y in self.without if y.year == year)

    @property
    def lowest(self) -> YearEnd:
        """The year with the smallest share of income on the prudent roll; the earliest of equals."""
        return min(self.on_roll[PRUDENT], key=lambda y: y.share)

    @property
    def lowest_balance(self) -> tuple[str, Decimal] | None:
        """The year with the smallest in-year balance as a share of income on the prudent roll, and that share."""
        years = self.on_roll[PRUDENT]
        shares = [(y.year, Decimal(y.balance_gbp) / y.income_gbp) for y in years if y.balance_gbp is not None]
        return min(shares, key=lambda found: found[1]) if len(shares) == len(years) else None


class _Joining(NamedTuple):
    """What the years are worked out from; `start` and every month is counted from year nought."""

    start: int
    as_of: int
    ends: int
    budget: Mapping[int, Record]
    rolls: Mapping[int, Record]
    for_each_pupil: Decimal
    saving_a_month: Decimal
    pfi_gap_gbp: int
    pfi_ends: int | None
    run_on_months: int


def money(
    facts: Mapping[str, Fact], *, as_of: date, cost_gbp: int | None = None, rolls: Sequence[str] = ROLLS
) -> Money | None:
    """None while a year looked at rests on anything not in evidence, or the books of either do not add up.

    `cost_gbp` tries another cost of joining; a judgement needs the prudent one of the `rolls` alone.
    """
    joining, trust = _joining(facts, as_of), records_of(facts, "trust.finance_forecast")
    opening = value_of(facts, "case.proposal.proposed_opening_on")
    cost = value_of(facts, "case.integration.cost_gbp") if cost_gbp is None else cost_gbp
    count, spread = defined(facts, "money_years"), defined(facts, "integration_terms")
    if joining is None or trust is None or cost is None or count is None or spread is None:
        return None
    if faults(facts):
        return None
    brought = _brought(joining, facts)
    net_cost = _net_cost(cost, facts)
    costs = _cost_by_year(net_cost, term_of(opening), spread)
    own = {first_year(row): row for row in trust}
    years = range(min(costs), term_of(opening).academic_year + count)
    if brought is None or not all(_has_both(own.get(y, {})) for y in years):
        return None
    on_roll = {}
    for roll in rolls:
        added = [_added(joining, y, roll) for y in years]
        if any(a is None for a in added):
            return None
        on_roll[roll] = _year_ends(own, years, costs, brought, [a for a in added if a is not None])
    without = tuple(
        YearEnd(_label(y), own[y]["reserves_gbp"], own[y]["income_gbp"], 0, _balance(own[y], NOUGHT)) for y in years
    )
    return Money(without, on_roll, _pounds(brought), cost, net_cost, joining.pfi_gap_gbp, count)


def _net_cost(cost: int, facts: Mapping[str, Fact]) -> int:
    """What joining costs the trust itself, never below nought; money nobody says is found for it is not counted."""
    return max(0, cost - (value_of(facts, "case.integration.funded_gbp") or 0))


def _has_both(row: Record) -> bool:
    """A share of no income is no share."""
    reserves, income = row.get("reserves_gbp"), row.get("income_gbp")
    return isinstance(reserves, int) and isinstance(income, int) and income > 0


def _year_ends(
    own: Mapping[int, Record],
    years: range,
    costs: Mapping[int, Decimal],
    brought: Decimal,
    added: Sequence[tuple[Decimal, Decimal]],
) -> tuple[YearEnd, ...]:
    """Reserves are the trust's own, with the school's balances and the cost of joining run up year by year."""
    found, change = [], brought
    for year, (income, in_year) in zip(years, added, strict=True):
        more = in_year - costs.get(year, NOUGHT)
        change += more
        row = own[year]
        reserves, all_income = _pounds(row["reserves_gbp"] + change), _pounds(row["income_gbp"] + income)
        found.append(YearEnd(_label(year), reserves, all_income, _pounds(in_year), _balance(row, more)))
    return tuple(found)


def _balance(row: Record, more: Decimal) -> int | None:
    own = row.get("in_year_gbp")
    return _pounds(own + more) if isinstance(own, int) else None


def _joining(facts: Mapping[str, Fact], as_of: date) -> _Joining | None:
    opening = value_of(facts, "case.proposal.proposed_opening_on")
    budget, rolls = records_of(facts, "school.budget"), records_of(facts, "school.pupil_forecast")
    ends, each = value_of(facts, "school.finance.year_ends_on"), value_of(facts, "school.finance.income_per_pupil_gbp")
    saving, gap = _saving(facts), _pfi_gap(facts)
    follows, run_on = defined(facts, "income_share_that_follows_pupils"), defined(facts, "budget_runs_on_months")
    if saving is None or gap is None or any(v is None for v in (opening, budget, rolls, ends, each, follows, run_on)):
        return None
    return _Joining(
        _month(opening.year, opening.month),
        _month(as_of.year, as_of.month),
        ends.month,
        {first_year(row): row for row in budget or ()},
        {first_year(row): row for row in rolls or ()},
        each * follows,
        Decimal(saving) / 12,
        gap,
        _pfi_ends(facts),
        run_on,
    )


def _saving(facts: Mapping[str, Fact]) -> int | None:
    fact = facts.get("case.services.saving_gbp")
    return None if fact is None else _nought_if_away(fact)


def _nought_if_away(fact: Fact) -> int:
    """Pounds; nought where the file says that the question does not arise."""
    pounds: int = fact.value if fact.applies else 0
    return pounds


def _pfi_gap(facts: Mapping[str, Fact]) -> int | None:
    """Pounds a year that nobody outside the school and the trust has agreed to meet; nought only where that is said."""
    building, gap = facts.get(_PFI), facts.get(_GAP)
    if building is None:
        return None
    if not building.applies or not building.value or gap_met_by_others(facts):
        return 0
    return None if gap is None else _nought_if_away(gap)


def gap_met_by_others(facts: Mapping[str, Fact]) -> bool:
    """Whether somebody other than the school and the trust has agreed to meet the gap on a private finance contract."""
    return value_of(facts, _GAP_MET_BY) in (defined(facts, "private_finance_gap_met_by_others") or ())


def _pfi_ends(facts: Mapping[str, Fact]) -> int | None:
    """The month in which the building is handed back; None while it is not known, and the gap goes on."""
    ends = value_of(facts, _PFI_ENDS)
    return None if ends is None else _month(ends.year, ends.month)


def _month(year: int, month: int) -> int:
    return year * 12 + month - 1


def _label(year: int) -> str:
    return f"{year}-{(year + 1) % 100:02d}"


def _pounds(amount: Decimal | int) -> int:
    return int(Decimal(amount).to_integral_value(ROUND_HALF_UP))


def _brought(joining: _Joining, facts: Mapping[str, Fact]) -> Decimal | None:
    """The school's forecast reserve the day it joins, where it is a deficit that comes; a surplus counts once paid."""
    reserve = _reserve_at(joining.start, joining.ends, joining.budget)
    follows = value_of(facts, "school.finance.deficit_follows")
    if reserve is None or reserve >= 0 or follows == _STAYS:
        return None if reserve is None else NOUGHT
    return reserve if follows == _COMES else None


def reserve_on_joining(facts: Mapping[str, Fact]) -> int | None:
    """The school's forecast reserve the day it would join, whoever carries it; a deficit has a minus."""
    opening, ends = value_of(facts, "case.proposal.proposed_opening_on"), value_of(facts, YEAR_ENDS)
    budget = {first_year(row): row for row in records_of(facts, BUDGET) or ()}
    if opening is None or ends is None or school_faults(facts):
        return None
    reserve = _reserve_at(_month(opening.year, opening.month), ends.month, budget)
    return None if reserve is None else _pounds(reserve)


def _reserve_at(start: int, ends: int, budget: Mapping[int, Record]) -> Decimal | None:
    """The reserve at the end of the month before `start`, a twelfth of its year's balance to each month."""
    row = budget.get(school_year(start - 1, ends))
    reserve, in_year = (row.get("reserve_gbp"), row.get("in_year_balance_gbp")) if row else (None, None)
    if not isinstance(reserve, int) or not isinstance(in_year, int):
        return None
    return Decimal(reserve) - Decimal(in_year) * _months_left(start - 1, ends) / 12


def _months_left(month: int, ends: int) -> int:
    return (ends - (month % 12 + 1)) % 12


def _cost_by_year(cost: int, opening: Term, spread: Mapping[str, int]) -> Mapping[int, Decimal]:
    """The cost of joining falls in equal parts on the terms of the work to bring the school in."""
    terms = [opening.later(n) for n in range(-spread["before"], spread["after"])]
    by_year: dict[int, Decimal] = {}
    for term in terms:
        by_year[term.academic_year] = by_year.get(term.academic_year, NOUGHT) + Decimal(cost) / len(terms)
    return by_year


def _added(joining: _Joining, year: int, roll: str) -> tuple[Decimal, Decimal] | None:
    """The school's income and in-year balance in one year of the trust, on one roll: its own years month by month."""
    first = _month(year, _SEPTEMBER)
    income = in_year = NOUGHT
    for _, of_one_year in groupby(range(max(first, joining.start), first + 12), lambda m: school_year(m, joining.ends)):
        months = tuple(of_one_year)
        row = _row_for(joining, months[-1])
        more = None if row is None else _more_income(joining, year, row, roll)
        if row is None or more is None:
            return None
        income += (Decimal(row["income_gbp"]) + more) * len(months) / 12
        # The month of the handback is paid for whole.
        paid = sum(1 for month in months if joining.pfi_ends is None or month <= joining.pfi_ends)
        balance = (Decimal(row["in_year_balance_gbp"]) + more) * len(months) - joining.pfi_gap_gbp * paid
        in_year += balance / 12 + joining.saving_a_month * len(months)
    return income, in_year


def _row_for(joining: _Joining, month: int) -> Record | None:
    """The school's year that holds a month; its last forecast runs on for a few months where there is none yet."""
    wanted = school_year(month, joining.ends)
    row = joining.budget.get(wanted)
    if row is None and wanted - 1 in joining.budget and 12 - _months_left(month, joining.ends) <= joining.run_on_months:
        row = joining.budget[wanted - 1]
    amounts = ("income_gbp", "in_year_balance_gbp")
    return row if row is not None and all(isinstance(row.get(a), int) for a in amounts) else None


def _more_income(joining: _Joining, year: int, row: Record, roll: str) -> Decimal | None:
    """Pounds a year for the pupils a roll has over the roll the school's forecast rests on."""
    counted = _month(year - 1, _AUTUMN_COUNT)
    if counted <= joining.as_of or row.get("status") == "outturn":
        return NOUGHT
    rests_on = str(row.get("roll_case"))
    pupils = joining.rolls.get(year - 1)
    if pupils is None or rests_on not in _ROLL:
        return None
    here, there = _ROLL[roll](pupils), _ROLL[rests_on](pupils)
    return None if here is None or there is None else (here - there) * joining.for_each_pupil


def _base_roll(year: Record) -> Decimal | None:
    rolls = rolls_forecast(year)
    return None if rolls is None else Decimal(sum(rolls)) / len(rolls)


def _optimistic_roll(year: Record) -> int | None:
    rolls = rolls_forecast(year)
    return None if rolls is None else max(rolls)


_ROLL: Mapping[str, Callable[[Record], Decimal | int | None]] = {
    PRUDENT: prudent_roll,
    BASE: _base_roll,
    OPTIMISTIC: _optimistic_roll,
}


def measures(found: Money, facts: Mapping[str, Fact]) -> dict[str, Any]:
    """What the principles test, by the name of the fact in `case.after`: the lowest year on the prudent roll."""
    minimum = value_of(facts, "trust.policy.reserves_minimum_share")
    lowest, balance = found.lowest, found.lowest_balance
    without = found.without_in(lowest.year)
    return {
        "reserves_without_gbp": without.reserves_gbp,
        "reserves_without_share": without.share,
        "in_year_without_share": _without_balance(found, balance[0]) if balance else None,
        "reserves_gbp": lowest.reserves_gbp,
        "reserves_share": lowest.share,
        "reserves_lowest_year": lowest.year,
        "reserves_over_minimum_share": None if minimum is None else lowest.share - minimum,
        "reserves_over_minimum_gbp": None
        if minimum is None
        else lowest.reserves_gbp - int((minimum * lowest.income_gbp).to_integral_value(ROUND_CEILING)),
        "in_year_share": balance[1] if balance else None,
        "in_year_lowest_year": balance[0] if balance else None,
    }


def _without_balance(found: Money, year: str) -> Decimal | None:
    """The trust's own in-year balance of a year as a share of its income."""
    without = found.without_in(year)
    return None if without.balance_gbp is None else Decimal(without.balance_gbp) / without.income_gbp


def unfinished(facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """What is written and does not add up or reach over every year looked at, and what is left open beside it."""
    if wrong := faults(facts):
        return tuple(dict.fromkeys(f.fact for f in wrong))
    if _PFI in facts and _pfi_gap(facts) is None:
        return (_GAP,)
    found = [n for n in ("trust.finance_forecast", "school.budget", "school.pupil_forecast") if n in facts]
    if "school.finance.deficit_follows" not in facts:
        found.append("school.finance.deficit_follows")
    return tuple(found)
