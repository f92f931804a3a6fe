"""What a school brings to the trust's money: its own years month by month, on three forecasts of its pupils.

The trust's year ends on 31 August. The school's figures are brought to it month by month, whatever its own year.
Income follows pupils a year late: a trust's year rests on the count of the autumn before it began.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import NamedTuple

from clpt_growth.capacity.accounts import BUDGET, YEAR_ENDS, first_year, school_faults, school_year
from clpt_growth.capacity.reading import defined, records_of, value_of
from clpt_growth.facts.sums import prudent_roll, rolls_forecast
from clpt_growth.model.fact import Fact, Record
from clpt_growth.model.nought import NOUGHT

PRUDENT, BASE, OPTIMISTIC = "prudent", "base", "optimistic"
ROLLS = (PRUDENT, BASE, OPTIMISTIC)
_STAYS, _COMES = "stays with the council", "comes to the trust"
_SEPTEMBER, _AUTUMN_COUNT = 9, 10
PFI, _PFI_ENDS, GAP, _GAP_MET_BY = (
    f"school.buildings.{n}" for n in ("pfi", "pfi_ends_on", "pfi_affordability_gap_gbp", "pfi_affordability_gap_met_by")
)


class Joining(NamedTuple):
    """What a school's years are worked out from; `start` and every month is counted from year nought."""

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


def joining_school(facts: Mapping[str, Fact], as_of: date) -> Joining | None:
    """None where any of what the years need is not in evidence."""
    opening = value_of(facts, "case.proposal.proposed_opening_on")
    budget, rolls = records_of(facts, "school.budget"), records_of(facts, "school.pupil_forecast")
    ends, each = value_of(facts, "school.finance.year_ends_on"), value_of(facts, "school.finance.income_per_pupil_gbp")
    saving, gap = _saving(facts), pfi_gap(facts)
    follows, run_on = defined(facts, "income_share_that_follows_pupils"), defined(facts, "budget_runs_on_months")
    if saving is None or gap is None or any(v is None for v in (opening, budget, rolls, ends, each, follows, run_on)):
        return None
    return Joining(
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


def pfi_gap(facts: Mapping[str, Fact]) -> int | None:
    """Pounds a year that nobody outside the school and the trust has agreed to meet; nought only where that is said."""
    building, gap = facts.get(PFI), facts.get(GAP)
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


def reserve_brought(joining: Joining, facts: Mapping[str, Fact]) -> Decimal | None:
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
    return None if reserve is None else whole_pounds(reserve)


def _reserve_at(start: int, ends: int, budget: Mapping[int, Record]) -> Decimal | None:
    """The reserve at the end of the month before `start`, a twelfth of its year's balance to each month."""
    row = budget.get(school_year(start - 1, ends))
    reserve, in_year = (row.get("reserve_gbp"), row.get("in_year_balance_gbp")) if row else (None, None)
    if not isinstance(reserve, int) or not isinstance(in_year, int):
        return None
    return Decimal(reserve) - Decimal(in_year) * _months_left(start - 1, ends) / 12


def _months_left(month: int, ends: int) -> int:
    return (ends - (month % 12 + 1)) % 12


def year_added(joining: Joining, year: int, roll: str) -> tuple[Decimal, Decimal] | None:
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


def _row_for(joining: Joining, month: int) -> Record | None:
    """The school's year that holds a month; its last forecast runs on for a few months where there is none yet."""
    wanted = school_year(month, joining.ends)
    row = joining.budget.get(wanted)
    if row is None and wanted - 1 in joining.budget and 12 - _months_left(month, joining.ends) <= joining.run_on_months:
        row = joining.budget[wanted - 1]
    amounts = ("income_gbp", "in_year_balance_gbp")
    return row if row is not None and all(isinstance(row.get(a), int) for a in amounts) else None


def _more_income(joining: Joining, year: int, row: Record, roll: str) -> Decimal | None:
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


def whole_pounds(amount: Decimal | int) -> int:
    """Half a pound is rounded away from nought."""
    return int(Decimal(amount).to_integral_value(ROUND_HALF_UP))
