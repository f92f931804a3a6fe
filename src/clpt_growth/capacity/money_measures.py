"""What the principles test of the trust's money after the join, and what it waits for."""

from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal
from typing import Any

from clpt_growth.capacity.accounts import BUDGET, RESERVE, YEAR_ENDS, faults
from clpt_growth.capacity.money import Money
from clpt_growth.capacity.reading import value_of
from clpt_growth.capacity.school_money import GAP, PFI, pfi_gap
from clpt_growth.model.fact import Fact

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


def is_of_money(fact: str) -> bool:
    """Whether a fact is a measure of the trust's money after the join."""
    return fact.startswith(_MEASURES)


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
    if PFI in facts and pfi_gap(facts) is None:
        return (GAP,)
    found = [n for n in ("trust.finance_forecast", "school.budget", "school.pupil_forecast") if n in facts]
    if "school.finance.deficit_follows" not in facts:
        found.append("school.finance.deficit_follows")
    return tuple(found)
