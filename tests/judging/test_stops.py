"""Facts that must stop a school, or bring a condition: each is put into the example that is approved without one."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clpt_growth.files.cases import read_case
from clpt_growth.files.library import library
from clpt_growth.judging.assess import assess
from clpt_growth.model.case import Case
from clpt_growth.model.fact import Fact
from clpt_growth.model.finding import Assessment
from make import AS_OF

EXAMPLES = Path(__file__).parents[2] / "examples"
LIBRARY = library()
LARKFIELD = read_case(
    EXAMPLES / "schools" / "larkfield-primary.yaml", EXAMPLES / "trust.yaml", LIBRARY.dictionary, as_of=AS_OF
)
MONEY, BUILDINGS = "school.finance.", "school.buildings."
PFI = {
    BUILDINGS + "pfi": True,
    BUILDINGS + "pfi_ends_on": date(2034, 8, 31),
    BUILDINGS + "pfi_affordability_gap_gbp": 0,
    BUILDINGS + "pfi_affordability_gap_met_by": "the council",
}


def judged_with(changes: dict[str, Any]) -> Assessment:
    """Larkfield with some facts as given instead; None takes one away."""
    facts = dict(LARKFIELD.facts)
    for name, value in changes.items():
        facts.pop(name, None)
        if value is not None:
            facts[name] = Fact(name, value, source="letter", dated=date(2026, 11, 18))
    return assess(Case(facts=facts, as_of=AS_OF), LIBRARY)


def listed(name: str, *changed: dict[str, Any]) -> dict[str, Any]:
    """A list of Larkfield's whose last entries are changed."""
    kept = LARKFIELD.facts[name].value
    from_here = len(kept) - len(changed)
    return {name: (*kept[:from_here], *(old | new for old, new in zip(kept[from_here:], changed, strict=True)))}


def outcome(found: Assessment, id_: str) -> str:
    finding = found.finding(id_)
    assert finding is not None
    return str(finding.outcome)


DEFICIT = listed("school.budget", {"reserve_gbp": -95_000}, {"reserve_gbp": -297_000})
HALF_EMPTY = listed("school.roll.past_years", {"pupils_count": 110}, {"pupils_count": 109}, {"pupils_count": 108})
NEWEST = LARKFIELD.facts["school.inspections"].value
IN_CATEGORY = {"school.inspections": (NEWEST[0] | {"category": "special measures"}, *NEWEST[1:])}


def test_the_example_is_approved_without_a_condition() -> None:
    assert judged_with({}).row.propose == "approve"


@pytest.mark.parametrize(
    ("changes", "id_", "is_", "proposed"),
    [
        (DEFICIT | {MONEY + "recovery_plan_agreed": False}, "D05", "not met", "defer"),
        (IN_CATEGORY, "D40", "not met", "approve subject to conditions"),
        (PFI | {BUILDINGS + "pfi_council_agrees": "refused"}, "D41", "not met", "defer"),
        (PFI | {BUILDINGS + "pfi_council_agrees": "agreed"}, "D13", "partly met", "defer"),
        ({"trust.identity.open_notices": ("termination warning, 4 September 2026",)}, "P06a", "not met", "decline"),
        ({"trust.finance.going_concern_note": True}, "P06a", "not met", "decline"),
        ({MONEY + "fraud_or_irregularity_open": True, MONEY + "investigation_ring_fenced": False},
         "D04", "not met", "defer"),
        ({MONEY + "dfe_investigation_open": True, MONEY + "investigation_ring_fenced": True},
         "D04", "partly met", "approve subject to conditions"),
        (HALF_EMPTY, "D42", "not met", "approve subject to conditions"),
        ({"school.workforce.employee_information_due_on": date(2027, 3, 4)}, "D15", "met", "approve"),
        ({"school.workforce.employee_information_due_on": date(2027, 3, 5)},
         "D15", "not met", "approve subject to conditions"),
    ],
)  # fmt: skip
def test_a_fact_that_stops_a_school_or_brings_a_condition(
    changes: dict[str, Any], id_: str, is_: str, proposed: str
) -> None:
    found = judged_with(changes)

    assert (outcome(found, id_), found.row.propose) == (is_, proposed)


@pytest.mark.parametrize(
    ("silent", "id_"),
    [
        ({"school.budget": None}, "D05"),
        ({"school.inspections": None}, "D40"),
        ({"school.inspections": ({k: v for k, v in NEWEST[0].items() if k != "category"}, *NEWEST[1:])}, "D40"),
        (PFI, "D41"),
        ({"trust.identity.open_notices": None}, "P06a"),
        ({"trust.finance.going_concern_note": None}, "P06a"),
        ({MONEY + "dfe_investigation_open": True}, "D04"),
        ({"school.roll.past_years": None}, "D42"),
        ({"school.workforce.employee_information_due_on": None}, "D15"),
        ({"case.proposal.proposed_opening_on": None}, "D15"),
    ],
)
def test_what_nobody_has_told_is_not_evidenced_and_never_a_plain_yes(silent: dict[str, Any], id_: str) -> None:
    found = judged_with(silent)

    assert outcome(found, id_) == "not evidenced"
    assert found.row.propose != "approve"


def test_a_category_of_concern_is_why_a_sponsored_school_comes() -> None:
    found = judged_with(IN_CATEGORY | {"case.proposal.route": "sponsored"})

    finding = found.finding("D40")
    assert finding is not None and finding.as_need
    assert found.row.propose == "approve"


def test_an_earlier_year_in_deficit_is_not_a_forecast_one() -> None:
    first, *rest = LARKFIELD.facts["school.budget"].value
    assert first["status"] == "outturn"

    found = judged_with({"school.budget": (first | {"reserve_gbp": -4_000}, *rest)})

    assert outcome(found, "D05") == "not applicable"
