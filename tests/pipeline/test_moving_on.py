"""The trust once a school has joined: what its file says is carried on, and what it leaves out is not made up."""

from datetime import date
from typing import Any

import pytest

from clpt_growth.model.fact import Fact
from clpt_growth.pipeline.moving_on import Joined, moved_on
from demand import DEMAND
from make import AS_OF, facts

PARTNERS = (
    {"sector": "primary", "schools_with_needs_count": 2, "strong_schools_count": 4},
    {"sector": "secondary", "schools_with_needs_count": 1, "strong_schools_count": 1},
)
TRUST = {
    "trust.improvement_partners": PARTNERS,
    "definition.categories_that_need_help": ("vulnerable", "category of concern"),
    "definition.categories_that_give_help": ("strong partner",),
    "definition.sectors_of_phase": {"primary": ("primary",), "secondary": ("secondary",)},
    "case.proposal.proposed_opening_on": date(2027, 9, 1),
}


def partners(**school: Any) -> Any:
    known = facts({**TRUST, **{f"school.identity.{name}": value for name, value in school.items()}})
    found = moved_on(known, Joined("Oakfield", known, AS_OF, 2030), load_known=True)
    return found["trust.improvement_partners"].value


@pytest.mark.parametrize(
    ("category", "needing", "strong"),
    [("vulnerable", 3, 4), ("category of concern", 3, 4), ("secure some need", 2, 5), ("strong partner", 2, 5)],
)
def test_a_school_is_one_more_for_the_partners_of_its_sector(category: str, needing: int, strong: int) -> None:
    primary, secondary = partners(phase="primary", category_of_need=category)

    assert (primary["schools_with_needs_count"], primary["strong_schools_count"]) == (needing, strong)
    assert secondary == PARTNERS[1]


def test_a_school_of_no_known_category_is_not_taken_to_be_a_strong_one() -> None:
    primary, secondary = partners(phase="primary")

    assert primary == {"sector": "primary"}
    assert secondary == PARTNERS[1]


def test_a_school_of_no_known_phase_leaves_every_sector_open() -> None:
    assert partners(category_of_need="vulnerable") == (
        {"sector": "primary", "strong_schools_count": 4},
        {"sector": "secondary", "strong_schools_count": 1},
    )


def test_where_it_is_not_defined_which_categories_need_help_no_school_is_taken_for_a_strong_one() -> None:
    school = {"school.identity.phase": "primary", "school.identity.category_of_need": "vulnerable"}
    silent = facts({n: v for n, v in {**TRUST, "trust.academies": (), **school}.items() if "categories" not in n})
    found = moved_on(silent, Joined("Oakfield", silent, AS_OF, 2030), load_known=True)
    (joined,) = found["trust.academies"].value

    assert found["trust.improvement_partners"].value == ({"sector": "primary"}, PARTNERS[1])
    assert joined["phase"] == "primary"
    assert {"needs_intensive_support", "can_give_intensive_support"}.isdisjoint(joined)


def test_a_school_of_a_phase_whose_sectors_are_not_said_leaves_every_sector_open() -> None:
    assert partners(phase="special", category_of_need="vulnerable") == (
        {"sector": "primary", "strong_schools_count": 4},
        {"sector": "secondary", "strong_schools_count": 1},
    )


BALANCE = "in_year_balance_gbp"


def balance(ours: Fact, theirs: Fact) -> tuple[int, int | None, int | None]:
    known = {**facts(TRUST), f"trust.finance.{BALANCE}": ours, f"school.finance.{BALANCE}": theirs}
    found = moved_on(known, Joined("Oakfield", known, AS_OF, 2030), load_known=True)[f"trust.finance.{BALANCE}"]
    return found.value, found.low, found.high


@pytest.mark.parametrize(
    ("ours", "theirs", "together"),
    [
        ((50_000, 0, 90_000), (10_000, None, None), (60_000, 10_000, 100_000)),
        ((50_000, -20_000, 0), (10_000, None, None), (60_000, -10_000, 10_000)),
        ((50_000, None, None), (10_000, -5_000, 0), (60_000, 45_000, 50_000)),
        ((50_000, 0, 90_000), (10_000, -5_000, 15_000), (60_000, -5_000, 105_000)),
        ((0, None, None), (-10_000, -30_000, 0), (-10_000, -30_000, 0)),
        ((50_000, None, None), (10_000, None, None), (60_000, None, None)),
    ],
)
def test_a_range_of_either_stays_one_and_an_end_of_nought_is_an_end(
    ours: tuple[int, int | None, int | None],
    theirs: tuple[int, int | None, int | None],
    together: tuple[int, int | None, int | None],
) -> None:
    own, school = (Fact("", value, low=low, high=high) for value, low, high in (ours, theirs))

    assert balance(own, school) == together


# The school joins on 1 September 2027, breaking even; the trust forecasts £3m at the end of every year.
YEARS = ("2026-27", "2027-28", "2028-29", "2029-30")
MONEY: dict[str, Any] = {
    **DEMAND,
    "definition.private_finance_gap_met_by_others": ("the council",),
    "trust.finance_forecast": tuple(
        {"year": year, "reserves_gbp": 3_000_000, "income_gbp": 30_000_000, "in_year_gbp": 0} for year in YEARS
    ),
    "school.budget": tuple(
        {
            "year": year, "status": "forecast", "roll_case": "prudent", "income_gbp": 6_000_000,
            "in_year_balance_gbp": 0, "reserve_gbp": -20_000,
        }
        for year in YEARS
    ),
    "school.finance.year_ends_on": date(2026, 8, 31),
    "school.finance.income_per_pupil_gbp": 8_000,
    "school.finance.deficit_follows": "comes to the trust",
    "school.pupil_forecast": tuple({"year": year, "school_count": 700, "council_count": 700} for year in YEARS),
    "school.buildings.pfi": False,
    "case.proposal.proposed_opening_on": date(2027, 9, 1),
    "case.integration.cost_gbp": 300_000,
    "case.services.saving_gbp": 0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("funded", "value", "low", "high"),
    [
        (None, 2_680_000, 680_000, 3_680_000),
        (0, 2_680_000, 680_000, 3_680_000),
        (120_000, 2_800_000, 800_000, 3_800_000),
        (300_000, 2_980_000, 980_000, 3_980_000),
        (400_000, 2_980_000, 980_000, 3_980_000),
    ],
)
def test_reserves_fall_by_a_deficit_and_by_the_cost_nobody_else_meets_at_both_ends_of_a_range(
    funded: int | None, value: int, low: int, high: int
) -> None:
    ours = Fact("trust.finance.reserves_gbp", 3_000_000, low=1_000_000, high=4_000_000)
    known = facts({**MONEY, ours.name: ours} | ({} if funded is None else {"case.integration.funded_gbp": funded}))
    found = moved_on(known, Joined("Oakfield", known, AS_OF, 2029), load_known=True)[ours.name]

    assert (found.value, found.low, found.high) == (value, low, high)
