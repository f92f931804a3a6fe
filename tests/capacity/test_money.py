"""The trust's reserves year by year after the join, worked by hand."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clpt_growth.capacity.money import Money, money
from clpt_growth.capacity.money_measures import measures, unfinished
from clpt_growth.capacity.school_money import reserve_on_joining
from clpt_growth.model.fact import NotApplicable
from demand import DEMAND
from make import AS_OF, facts

NONE = NotApplicable("none")
D = Decimal


def ours(year: str, reserves: int, income: int = 30_000_000) -> dict[str, Any]:
    return {"year": year, "reserves_gbp": reserves, "income_gbp": income, "in_year_gbp": 0}


def theirs(year: str, in_year: int, reserve: int, income: int = 6_000_000, **changes: Any) -> dict[str, Any]:
    said = {
        "year": year, "status": "forecast", "income_gbp": income, "in_year_balance_gbp": in_year,
        "reserve_gbp": reserve, "roll_case": "prudent",
    }  # fmt: skip
    return {k: v for k, v in {**said, **changes}.items() if v is not None}


def roll(year: str, school: Any, council: Any) -> dict[str, Any]:
    return {k: v for k, v in {"year": year, "school_count": school, "council_count": council}.items() if v is not None}


# The school's year ends in March; it joins on 1 September 2027.
WORKED: dict[str, Any] = {
    **DEMAND,
    "definition.private_finance_gap_met_by_others": ("the council", "the Department", "the contractor"),
    "trust.finance_forecast": tuple(ours(year, 3_000_000) for year in ("2026-27", "2027-28", "2028-29", "2029-30")),
    "trust.policy.reserves_minimum_share": D("0.06"),
    "school.budget": (
        theirs("2026-27", -100_000, 0),
        theirs("2027-28", -120_000, -120_000),
        theirs("2028-29", -60_000, -180_000),
        theirs("2029-30", 0, -180_000),
    ),
    "school.finance.year_ends_on": date(2026, 3, 31),
    "school.finance.income_per_pupil_gbp": 8_000,
    "school.finance.deficit_follows": "stays with the council",
    "school.pupil_forecast": (roll("2027-28", 720, 700), roll("2028-29", 730, 690)),
    "school.buildings.pfi": False,
    "case.proposal.proposed_opening_on": date(2027, 9, 1),
    "case.integration.cost_gbp": 300_000,
    "case.services.saving_gbp": -12_000,
}


def case(changes: Any = None) -> Any:
    said = {**WORKED, **(changes or {})}
    return facts({k: v for k, v in said.items() if v is not None})


def worked(changes: Any = None, **more: Any) -> Money | None:
    return money(case(changes), as_of=AS_OF, **more)


def known(changes: Any = None) -> Money:
    found = worked(changes)
    assert found is not None
    return found


def reserves(found: Money, on: str = "prudent") -> dict[str, int]:
    return {y.year: y.reserves_gbp for y in found.on_roll[on]}


def test_the_years_by_hand_on_the_prudent_roll() -> None:
    """A third of the cost falls before joining. The year to August 2028 has seven months of -£120,000 and five of
    -£60,000, and £12,000 more for services; the next has seven of -£60,000 and five of nought."""
    found = known()

    assert [y.in_year_gbp for y in found.on_roll["prudent"]] == [0, -107_000, -47_000, -12_000]
    assert reserves(found) == {
        "2026-27": 2_900_000,
        "2027-28": 2_593_000,
        "2028-29": 2_546_000,
        "2029-30": 2_534_000,
    }
    assert [y.income_gbp for y in found.on_roll["prudent"]] == [30_000_000] + [36_000_000] * 3


def test_without_the_school_the_trust_is_as_it_forecasts() -> None:
    assert {(y.reserves_gbp, y.income_gbp) for y in known().without} == {(3_000_000, 30_000_000)}


def test_income_follows_pupils_a_year_late_and_the_rolls_part_after_that() -> None:
    """2028-29 rests on the count of autumn 2027: 20 more pupils at the highest, at 80% of £8,000 each."""
    found = known()

    assert reserves(found, "base")["2027-28"] == reserves(found, "optimistic")["2027-28"] == 2_593_000
    assert reserves(found, "optimistic")["2028-29"] - reserves(found)["2028-29"] == 20 * 6_400
    assert reserves(found, "base")["2028-29"] - reserves(found)["2028-29"] == 10 * 6_400
    assert reserves(found, "base")["2029-30"] - reserves(found)["2029-30"] == (10 + 20) * 6_400


def test_a_forecast_on_the_highest_roll_is_brought_down_for_the_prudent_one() -> None:
    budget = tuple({**row, "roll_case": "optimistic"} for row in WORKED["school.budget"])
    found = known({"school.budget": budget})

    assert reserves(found, "optimistic")["2028-29"] == 2_546_000
    assert reserves(found)["2028-29"] == 2_546_000 - 20 * 6_400


def test_the_lowest_year_of_the_prudent_roll_decides() -> None:
    found = measures(known(), case())

    assert found["reserves_lowest_year"] == "2029-30"
    assert found["reserves_gbp"] == 2_534_000
    assert found["reserves_share"] == D(2_534_000) / D(36_000_000)
    assert found["reserves_over_minimum_gbp"] == 2_534_000 - 2_160_000
    assert found["reserves_over_minimum_share"] == D(2_534_000) / D(36_000_000) - D("0.06")


def test_without_a_minimum_of_the_boards_own_there_is_no_room_to_speak_of() -> None:
    found = measures(known(), case({"trust.policy.reserves_minimum_share": None}))

    assert (found["reserves_over_minimum_share"], found["reserves_over_minimum_gbp"]) == (None, None)


@pytest.mark.parametrize(
    ("follows", "brought", "left"),
    [("stays with the council", 0, 2_534_000), ("comes to the trust", -50_000, 2_484_000)],
)
def test_a_deficit_at_joining_is_forecast_and_follows_what_was_agreed(follows: str, brought: int, left: int) -> None:
    """By August 2027 five of twelve months of -£120,000 have gone."""
    found = known({"school.finance.deficit_follows": follows})

    assert found.brought_gbp == brought
    assert reserves(found)["2029-30"] == left


@pytest.mark.parametrize("follows", ["not agreed", None])
def test_a_deficit_nobody_has_agreed_about_leaves_what_is_brought_open(follows: str | None) -> None:
    assert worked({"school.finance.deficit_follows": follows}) is None


def test_a_surplus_at_joining_is_not_counted_until_it_is_paid() -> None:
    budget = tuple({**row, "reserve_gbp": row["reserve_gbp"] + 400_000} for row in WORKED["school.budget"])

    assert known({"school.budget": budget, "school.finance.deficit_follows": None}).brought_gbp == 0


def test_money_found_for_joining_is_taken_off_its_cost_and_never_more() -> None:
    assert reserves(known({"case.integration.funded_gbp": 120_000}))["2029-30"] == 2_534_000 + 120_000
    assert reserves(known({"case.integration.funded_gbp": 999_000}))["2029-30"] == 2_534_000 + 300_000


def test_another_cost_of_joining_can_be_tried() -> None:
    found = worked(cost_gbp=420_000)

    assert found is not None
    assert found.lowest.reserves_gbp == 2_534_000 - 120_000


def test_a_school_whose_year_ends_in_august_is_taken_year_for_year() -> None:
    found = known({"school.finance.year_ends_on": date(2026, 8, 31)})

    assert [y.in_year_gbp for y in found.on_roll["prudent"]] == [0, -132_000, -72_000, -12_000]


def test_a_school_that_joins_in_april_adds_five_months_of_its_first_year() -> None:
    found = known({"case.proposal.proposed_opening_on": date(2027, 4, 1)})

    assert [y.year for y in found.on_roll["prudent"]] == ["2026-27", "2027-28", "2028-29"]
    assert found.on_roll["prudent"][0].in_year_gbp == -50_000 - 5_000
    assert found.on_roll["prudent"][0].income_gbp == 32_500_000


def test_the_last_forecast_runs_on_for_half_a_year_and_no_longer() -> None:
    assert worked({"school.budget": WORKED["school.budget"][:-1]}) is None
    august = {"school.finance.year_ends_on": date(2026, 2, 28)}
    assert worked(august) is not None  # six months
    assert worked({"school.finance.year_ends_on": date(2026, 1, 31)}) is None  # seven


@pytest.mark.parametrize(
    "changes",
    [
        *({name: None} for name in WORKED if not name.startswith(("definition.", "trust.policy", "school.finance.def"))),
        {"trust.finance_forecast": WORKED["trust.finance_forecast"][:-1]},
        {"trust.finance_forecast": WORKED["trust.finance_forecast"][1:]},
        {"school.budget": tuple({**r, "roll_case": None} for r in WORKED["school.budget"])},
        {"school.budget": tuple({**r, "in_year_balance_gbp": None} for r in WORKED["school.budget"])},
        {"school.pupil_forecast": WORKED["school.pupil_forecast"][:1]},
        {"school.pupil_forecast": (roll("2027-28", 720, None), roll("2028-29", 730, 690))},
    ],
    ids=str,
)  # fmt: skip
def test_a_year_that_rests_on_anything_not_known_leaves_all_unknown(changes: Any) -> None:
    assert worked(changes) is None


def test_a_forecast_only_one_side_makes_is_enough_where_the_other_says_it_does_not_apply() -> None:
    rolls = (roll("2027-28", 720, NONE), roll("2028-29", 730, NONE))

    assert reserves(known({"school.pupil_forecast": rolls}), "optimistic") == reserves(known())


PFI, GAP, MET_BY, PFI_ENDS = (
    f"school.buildings.{n}" for n in ("pfi", "pfi_affordability_gap_gbp", "pfi_affordability_gap_met_by", "pfi_ends_on")
)


def test_a_private_finance_gap_nobody_has_agreed_to_meet_is_counted_each_year_from_joining() -> None:
    found = known({PFI: True, GAP: 24_000})

    assert found.pfi_gap_gbp == 24_000
    assert [y.in_year_gbp for y in found.on_roll["prudent"]] == [0, -131_000, -71_000, -36_000]
    assert reserves(found)["2029-30"] == 2_534_000 - 72_000


@pytest.mark.parametrize(
    "changes",
    [
        {PFI: False, GAP: 24_000},
        {PFI: NONE, GAP: 24_000},
        {PFI: True, GAP: 0},
        {PFI: True, GAP: NONE},
        {PFI: True, GAP: 24_000, MET_BY: "the council"},
        {PFI: True, GAP: 24_000, MET_BY: "the Department"},
        {PFI: True, GAP: 24_000, MET_BY: "the contractor"},
        {PFI: True, GAP: 24_000, PFI_ENDS: date(2027, 8, 31)},
        {PFI: True, MET_BY: "the council"},
    ],
    ids=str,
)
def test_no_private_finance_gap_is_counted_where_there_is_none_or_somebody_else_meets_it(changes: Any) -> None:
    assert reserves(known(changes)) == reserves(known())


@pytest.mark.parametrize("met_by", ["the school", "the trust", "not agreed", NONE, None])
def test_a_private_finance_gap_the_trust_ends_up_with_is_counted(met_by: Any) -> None:
    assert reserves(known({PFI: True, GAP: 24_000, MET_BY: met_by})) == reserves(known({PFI: True, GAP: 24_000}))


def test_a_private_finance_gap_is_counted_to_the_month_of_the_handback() -> None:
    found = known({PFI: True, GAP: 24_000, PFI_ENDS: date(2028, 12, 10)})

    # £24,000 in 2027-28, and four months at £2,000 in 2028-29.
    assert reserves(found)["2029-30"] == 2_534_000 - 24_000 - 8_000


def test_a_private_finance_gap_that_is_blank_is_not_nought() -> None:
    assert worked({PFI: True}) is None
    assert unfinished(case({PFI: True})) == (GAP,)


def test_reserves_are_not_known_while_the_schools_books_do_not_add_up() -> None:
    hidden = {"school.finance.revenue_reserve_gbp": -2_000_000, "school.finance.deficit_follows": "comes to the trust"}
    broken = {"school.budget": (*WORKED["school.budget"][:-1], theirs("2029-30", 0, -100_000))}

    assert worked(hidden) is None
    assert unfinished(case(hidden)) == ("school.budget",)
    assert worked(broken) is None


def test_the_reserve_on_joining_is_told_whoever_carries_it() -> None:
    """By August 2027 five of twelve months of -£120,000 have gone."""
    for follows in ("stays with the council", "not agreed", None):
        assert reserve_on_joining(case({"school.finance.deficit_follows": follows})) == -50_000
    assert reserve_on_joining(case({"school.budget": None})) is None
    assert reserve_on_joining(case({"case.proposal.proposed_opening_on": None})) is None
    assert reserve_on_joining(case({"school.finance.revenue_reserve_gbp": 900_000})) is None


def test_a_trust_forecast_that_does_not_add_up_gives_no_reserves_and_is_what_they_wait_for() -> None:
    rows = WORKED["trust.finance_forecast"]
    out = {"trust.finance_forecast": (*rows[:2], ours("2028-29", 3_001_001), rows[3])}
    by_rounding = {"trust.finance_forecast": (*rows[:2], ours("2028-29", 3_001_000), rows[3])}
    assert worked({**out, "definition.accounts_round_to_gbp": 1_000}) is None
    assert unfinished(case({**out, "definition.accounts_round_to_gbp": 1_000})) == ("trust.finance_forecast",)
    assert worked({**by_rounding, "definition.accounts_round_to_gbp": 1_000}) is not None
    # What the school brings is its own affair.
    assert reserve_on_joining(case(out)) is not None


def test_the_in_year_balance_by_hand_is_the_trusts_and_the_schools_less_the_cost_of_joining() -> None:
    """A third of £300,000 in the year before joining and two thirds in the next, beside £50,000 a year of its own."""
    rows = tuple({**row, "in_year_gbp": 50_000} for row in WORKED["trust.finance_forecast"])
    rolled = tuple({**row, "reserves_gbp": 3_000_000 + 50_000 * n} for n, row in enumerate(rows))
    found = known({"trust.finance_forecast": rolled})

    assert [y.balance_gbp for y in found.on_roll["prudent"]] == [-50_000, -257_000, 3_000, 38_000]
    assert [y.balance_gbp for y in found.without] == [50_000] * 4
    assert found.lowest_balance == ("2027-28", D(-257_000) / D(36_000_000))
    assert measures(found, case())["in_year_share"] == D(-257_000) / D(36_000_000)
    assert measures(found, case())["in_year_lowest_year"] == "2027-28"


def test_a_deficit_that_comes_with_the_school_is_no_part_of_the_years_balance() -> None:
    brought = known({"school.finance.deficit_follows": "comes to the trust"})
    assert brought.brought_gbp < 0
    assert [y.balance_gbp for y in brought.on_roll["prudent"]] == [y.balance_gbp for y in known().on_roll["prudent"]]


def test_without_the_trusts_own_balance_in_every_year_the_lowest_is_not_known() -> None:
    rows = WORKED["trust.finance_forecast"]
    out = ({**rows[0]}, {**rows[1], "in_year_gbp": NONE}, *rows[2:])
    found = known({"trust.finance_forecast": out})

    assert found.lowest_balance is None
    assert measures(found, case())["in_year_share"] is None
    assert measures(found, case())["reserves_share"] is not None
