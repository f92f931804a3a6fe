"""The Department's headings: filled from the case, never guessed, and what could not be filled is named."""

from decimal import Decimal
from typing import Any

import pytest

from clpt_growth.judging.assess import assess
from clpt_growth.model.fact import NotApplicable
from clpt_growth.model.rules import Library
from clpt_growth.papers.board_paper import LAYOUT
from clpt_growth.papers.paper_department import department_side
from clpt_growth.papers.render import layout
from clpt_growth.papers.view import Reader
from make import case

SPONSORED = {"case.proposal.route": "sponsored", "school.identity.phase": "secondary"}


def side(library: Library, given: dict[str, Any]) -> dict[str, Any]:
    return department_side(Reader(assess(case(given), library)), layout(LAYOUT, None))


def entries(made: dict[str, Any]) -> dict[str, str]:
    return {row[0]: row[2] for row in made["department"].rows}


def test_what_is_known_stands_under_its_heading_and_what_is_not_is_named(shipped_library: Library) -> None:
    made = side(shipped_library, SPONSORED | {"school.roll.pupils_count": 738})
    assert entries(made)["Number on roll"] == "738"
    assert entries(made)["Academy type and route"] == "sponsored"
    assert "Capacity" not in entries(made)
    assert "; Capacity; " in made["department_empty"]


def test_two_facts_under_one_heading_are_told_apart(shipped_library: Library) -> None:
    made = entries(side(shipped_library, SPONSORED | {"school.identity.age_low": 11}))
    assert made["Age range"] == "youngest age: 11; oldest age: not evidenced"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"school.roll.pupils_count": 849, "school.roll.places_count": 1000}, "yes (share of places filled 84.9%)"),
        ({"school.roll.pupils_count": 850, "school.roll.places_count": 1000}, "no (share of places filled 85%)"),
    ],
)
def test_a_viability_issue_is_under_85_per_cent_full(
    given: dict[str, int], words: str, shipped_library: Library
) -> None:
    assert entries(side(shipped_library, SPONSORED | given))["Viability issues"] == words


def test_a_missing_roll_is_no_answer_to_viability(shipped_library: Library) -> None:
    made = side(shipped_library, SPONSORED | {"school.roll.places_count": 1000})
    assert "Viability issues" not in entries(made)
    assert "Viability issues" in made["department_empty"]


@pytest.mark.parametrize(("reserve", "answer"), [(-1, "yes"), (0, "no"), (1, "no")])
def test_a_deficit_is_a_reserve_below_nought_at_the_years_end(
    reserve: int, answer: str, shipped_library: Library
) -> None:
    made = entries(side(shipped_library, SPONSORED | {"school.finance.revenue_reserve_this_year_end_gbp": reserve}))
    assert made["Financial deficit"].startswith(f"{answer} (")


def test_a_school_that_keeps_its_name_does_not_change_it(shipped_library: Library) -> None:
    made = entries(side(shipped_library, SPONSORED | {"case.proposal.name_kept": True}))
    assert made["Change of name"].startswith("no (")


def test_what_the_file_says_does_not_apply_is_told_with_its_reason(shipped_library: Library) -> None:
    made = entries(side(shipped_library, SPONSORED | {"school.finance.loans": NotApplicable("none outstanding")}))
    assert made["Loans"] == "not applicable (none outstanding)"


def test_headings_for_another_phase_are_left_out_in_silence(shipped_library: Library) -> None:
    made = side(shipped_library, SPONSORED)
    assert "Groups of pupils attending" not in entries(made)
    assert "Groups of pupils attending" not in made["department_empty"]


def test_a_transfer_is_asked_what_a_transfer_is_asked(shipped_library: Library) -> None:
    given = {"case.proposal.route": "academy transfer", "school.roll.pupils_count": 694}
    made = side(shipped_library, given | {"school.outgoing_trust.finances_pooled": "reserves pooled"})
    assert entries(made)["Finances pooled"] == "reserves pooled"
    assert entries(made)["Number on roll"] == "694"
    assert "Leases" not in made["department_empty"]
    assert {row[1] for row in made["department"].rows} <= {
        "Prepare transfers",
        "Apply to transfer",
        "Prepare conversions",
    }


def test_a_partner_goes_through_none_of_the_services(shipped_library: Library) -> None:
    made = side(shipped_library, {"case.proposal.route": "partner", "school.roll.pupils_count": 694})
    assert made["department"].rows == ()


def test_while_the_route_is_not_known_every_heading_is_open(shipped_library: Library) -> None:
    made = side(shipped_library, {"school.intake.free_meals_share": Decimal("0.2")})
    assert entries(made)["Percentage of free school meals"] == "20%"
    assert "Academy type and route" in made["department_empty"]
    assert "Reason for transfer" in made["department_empty"]
