"""The school's books, and what is told where a sum in them is out."""

from datetime import date
from typing import Any

import pytest

from clpt_growth.capacity.accounts import faults, school_faults, trust_faults
from clpt_growth.model.fact import Fact, NotApplicable
from make import facts


def year(year: str, income: Any, spent: Any, balance: Any, reserve: Any) -> dict[str, Any]:
    said = {
        "year": year, "income_gbp": income, "expenditure_gbp": spent, "in_year_balance_gbp": balance,
        "reserve_gbp": reserve,
    }  # fmt: skip
    return {k: v for k, v in said.items() if v is not None}


BEFORE = year("2025-26", 1_214_000, 1_196_000, 18_000, 96_000)
AFTER = year("2026-27", 1_232_000, 1_226_000, 6_000, 102_000)


def wrong(*budget: dict[str, Any], reserve: Any = None, ends: Any = date(2026, 3, 31)) -> list[tuple[str, str]]:
    said = {"school.budget": budget, "definition.accounts_round_to_gbp": 1_000}
    said |= {} if reserve is None else {"school.finance.revenue_reserve_gbp": reserve}
    said |= {} if ends is None else {"school.finance.year_ends_on": ends}
    return [(f.field, f.wrong) for f in faults(facts(said))]


def test_books_that_add_up_have_no_fault() -> None:
    assert wrong(BEFORE, AFTER, reserve=96_000) == []


def test_a_year_whose_balance_is_not_income_less_spending() -> None:
    assert wrong(year("2026-27", 1_232_000, 1_300_000, 6_000, None)) == [
        ("budget.2026-27", "income 1,232,000 less spending 1,300,000 is -68,000, and the balance given is 6,000")
    ]


def test_a_reserve_that_does_not_roll_forward() -> None:
    assert wrong(BEFORE, {**AFTER, "reserve_gbp": 202_000}) == [
        ("budget.2026-27", "a reserve of 96,000 the year before and a balance of 6,000 come to 102,000, "
                           "and the reserve given is 202,000")
    ]  # fmt: skip


def test_accounts_that_differ_from_the_budget_at_the_same_year_end() -> None:
    assert wrong(BEFORE, AFTER, reserve=-2_000_000) == [
        ("finance.revenue_reserve_gbp", "is -2,000,000, and the budget's reserve at the end of 2025-26 is 96,000")
    ]


def test_accounts_stand_in_for_a_year_the_budget_leaves_out() -> None:
    assert wrong(AFTER, reserve=-2_000_000) == [
        ("budget.2026-27", "a reserve of -2,000,000 the year before and a balance of 6,000 come to -1,994,000, "
                           "and the reserve given is 102,000")
    ]  # fmt: skip


def test_a_year_that_ends_in_august_is_set_beside_its_own() -> None:
    assert wrong(BEFORE, AFTER, reserve=96_000, ends=date(2026, 8, 31)) == []
    assert [field for field, _ in wrong(BEFORE, AFTER, reserve=96_000, ends=date(2027, 8, 31))] == [
        "finance.revenue_reserve_gbp"
    ]


@pytest.mark.parametrize(("reserve", "out"), [(97_000, 0), (97_001, 1), (95_000, 0), (94_999, 1)])
def test_a_thousand_pounds_is_rounding_and_a_pound_more_is_not(reserve: int, out: int) -> None:
    assert len(wrong(BEFORE, reserve=reserve)) == out


def test_what_is_left_blank_is_silence_and_no_fault() -> None:
    assert wrong(year("2025-26", None, 1, 18_000, 96_000), year("2026-27", 5, None, None, 102_000)) == []
    assert wrong(BEFORE, AFTER, reserve=-5, ends=None) == []
    assert wrong(BEFORE, year("2028-29", None, None, 1_000, -90_000)) == []
    away = NotApplicable("pooled")
    assert wrong(BEFORE, AFTER, reserve=away) == wrong(year("2025-26", away, away, away, away), AFTER) == []


# The trust's own forecast


def forecast(year: str, balance: Any, reserves: Any) -> dict[str, Any]:
    said = {"year": year, "income_gbp": 34_000_000, "in_year_gbp": balance, "reserves_gbp": reserves}
    return {k: v for k, v in said.items() if v is not None}


NEXT, LATER = forecast("2026-27", 64_000, 3_092_000), forecast("2027-28", 241_000, 3_333_000)


def forecast_wrong(
    *rows: dict[str, Any], accounts: Any = None, dated: date | None = date(2026, 8, 31)
) -> list[tuple[str, str]]:
    said = facts({"trust.finance_forecast": rows, "definition.accounts_round_to_gbp": 1_000})
    if accounts is not None:
        name = "trust.finance.reserves_gbp"
        said |= {name: Fact(name, accounts, dated=dated)}
    assert school_faults(said) == ()
    assert faults(said) == trust_faults(said)
    return [(f.field, f.wrong) for f in trust_faults(said)]


def test_a_trust_forecast_that_rolls_forward_from_the_accounts_has_no_fault() -> None:
    assert forecast_wrong(NEXT, LATER, accounts=3_028_000) == []


def test_a_trust_forecast_that_does_not_roll_forward() -> None:
    assert forecast_wrong(NEXT, forecast("2027-28", 241_000, 3_533_000)) == [
        ("finance_forecast.2027-28", "a reserve of 3,092,000 the year before and a balance of 241,000 come to "
                                     "3,333,000, and the reserve given is 3,533,000")
    ]  # fmt: skip


def test_the_trusts_accounts_are_where_its_forecast_begins() -> None:
    assert forecast_wrong(NEXT, LATER, accounts=5_028_000) == [
        ("finance_forecast.2026-27", "a reserve of 5,028,000 the year before and a balance of 64,000 come to "
                                     "5,092,000, and the reserve given is 3,092,000")
    ]  # fmt: skip


def test_the_trusts_accounts_beside_a_forecast_of_the_same_year_end() -> None:
    assert forecast_wrong(forecast("2025-26", 118_000, 3_128_000), accounts=3_028_000) == [
        ("finance.reserves_gbp", "is 3,028,000, and the forecast's reserve at the end of 2025-26 is 3,128,000")
    ]


def test_reserves_of_a_day_that_ends_no_year_of_a_trust_are_no_opening_reserve() -> None:
    assert forecast_wrong(NEXT, LATER, accounts=5_028_000, dated=date(2026, 10, 31)) == []
    assert forecast_wrong(NEXT, LATER, accounts=5_028_000, dated=None) == []


@pytest.mark.parametrize(("reserves", "out"), [(3_334_000, 0), (3_334_001, 1), (3_332_000, 0), (3_331_999, 1)])
def test_a_trust_forecast_may_be_out_by_rounding(reserves: int, out: int) -> None:
    assert len(forecast_wrong(NEXT, forecast("2027-28", 241_000, reserves))) == out


def test_a_year_the_trust_forecast_leaves_out_is_silence() -> None:
    assert forecast_wrong(NEXT, forecast("2028-29", 9_000_000, 1)) == []
    assert forecast_wrong(NEXT, forecast("2027-28", None, 9_000_000)) == []
