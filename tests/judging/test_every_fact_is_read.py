"""Every fact that can stop an approval, or call for a condition, is read by a shipped principle."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from clpt_growth.files.casefile import case_file
from clpt_growth.files.library import read_library
from clpt_growth.files.shipped import shipped
from clpt_growth.files.yaml_text import node_from
from clpt_growth.judging.assess import assess
from clpt_growth.judging.behind import behind, written_behind
from clpt_growth.model.case import Case
from clpt_growth.model.fact import Fact
from clpt_growth.model.finding import Assessment
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.rules import Recommendation
from make import AS_OF

LIBRARY = read_library(shipped("principles"))
EXAMPLES = Path(__file__).parents[2] / "examples"

# Facts of class stop or condition that no principle tests, and why not.
NOT_TESTED = {
    "case.local_body.delegation_limits": "a list to be read; what the local body may decide is tested by its seats",
    "case.local_body.executive": "says what kind of local body it is, and neither answer is the better one",
    "case.local_body.shared_with": "names the schools that share the local body, which is allowed",
    "case.process.due_diligence_started_on": "P13 tests when it was finished",
    "case.process.stage_2_items_open": "the open items in words; P13 tests how many there are",
    "school.buildings.pfi_handback_survey_on": "due at the end of a contract, years after joining; D13 tests the terms",
    "school.buildings.pfi_type": "names the contract; D13 tests its terms",
    "school.buildings.pfi_unitary_charge_gbp": "a charge of any size can be met; D13 tests who meets the gap in it",
    "school.buildings.title_gaps": "words; D06 tests whether title can be given in spite of them",
    "school.education.next_inspection_window": "words about terms to come; D38 tests how old the last inspection is",
    "school.finance.licensed_deficit_gbp": "the council's limit; D05 tests the plan and D09 who carries the deficit",
    "school.finance.surplus_settled_on": "the council settles it only after the school has joined",
    "school.governance.consultation_started_on": "D01 tests that consultation is finished, which it cannot be before it began",
    "school.identity.diocese": "a name; its consent is tested by D01 and D10",
    "school.legal.equality_impact_reduced_by": "words; D24 holds that some impact is partly met whatever they are",
    "school.legal.litigation_kinds": "D54 tests how many cases there are; no kind of case is better than another",
    "school.safeguarding.vetting_record_checked_by": "a role; D03 tests the check and its date",
    "school.send.specialist_days_needed_a_term": "the coordinator's own count; P05 tests the days in the school's needs",
}


def read_by_principles() -> set[str]:
    """Every written fact that a shipped principle reads, itself or through what is worked out from it."""
    needs = behind(LIBRARY)
    named = {name for pack in LIBRARY.packs for p in pack.principles for name in p.facts_read}
    return {written for name in named for written in written_behind(name, needs, optional=True)}


def of_class(*classes: str) -> set[str]:
    return {k.name for k in LIBRARY.dictionary.kinds.values() if k.fact_class in classes and not k.derived}


def test_every_fact_that_can_stop_an_approval_or_call_for_a_condition_is_read() -> None:
    assert of_class("stop", "condition") - read_by_principles() - NOT_TESTED.keys() == set()


def test_what_is_said_not_to_be_tested_is_not() -> None:
    assert NOT_TESTED.keys() & read_by_principles() == set()
    assert NOT_TESTED.keys() - of_class("stop", "condition") == set()


def test_who_the_pupils_are_is_read_by_no_principle() -> None:
    assert {name for name in read_by_principles() if name.startswith("school.intake.")} == set()


def in_file(path: Path, what: str) -> dict[str, Fact]:
    read = case_file(node_from(path.read_text(encoding="utf-8"), path.name), LIBRARY.dictionary, what=what, file=what)
    assert read.problems == []
    return dict(read.facts)


@pytest.fixture(scope="module")
def larkfield() -> dict[str, Fact]:
    return in_file(EXAMPLES / "schools" / "larkfield-primary.yaml", "school") | in_file(
        EXAMPLES / "trust.yaml", "trust"
    )


def assessed(known: dict[str, Fact], **changed: Any) -> Assessment:
    facts = known | {name: known.get(name, Fact(name, None))._replace(value=value) for name, value in changed.items()}
    return assess(Case(facts=facts, as_of=AS_OF), LIBRARY)


def outcome(found: Assessment, id_: str) -> Outcome:
    return next(f.outcome for f in found.findings if f.id == id_)


def test_larkfield_as_it_is_is_approved(larkfield: dict[str, Fact]) -> None:
    assert assessed(larkfield).row.propose is Recommendation.APPROVE


@pytest.mark.parametrize(
    ("name", "value", "id_"),
    [
        ("school.governance.interim_executive_board", True, "D53"),
        ("school.governance.suspended_governors_count", 1, "D53"),
        ("school.legal.litigation_open_count", 4, "D54"),
        ("school.legal.complaints_stage_3_count", 6, "D54"),
        ("school.legal.website_compliant", False, "D55"),
        ("school.legal.warranties_refused", ("Title to the land",), "D56"),
        ("school.send.plans_unfunded_count", 9, "D46"),
        ("school.safeguarding.lead_trained_on", date(2015, 10, 9), "D45"),
        ("school.safeguarding.audit_on", date(2015, 3, 5), "D45"),
        ("school.safeguarding.staff_acknowledgement_share", Decimal("0.2"), "D45"),
        ("school.safeguarding.filtering_and_monitoring_reviewed_on", date(2015, 9, 16), "D45"),
        ("school.workforce.equal_pay_risk", "high", "D48"),
        ("school.workforce.grievances_open_count", 9, "D48"),
        ("school.ict.exit_cost_gbp", 400_000, "D51"),
        ("school.ict.mfa_for_staff", False, "D52"),
        ("school.buildings.enforcement_3_years_count", 2, "D49"),
        ("school.buildings.capital_bid_live", True, "D50"),
        ("school.behaviour.managed_moves_count", 9, "D57"),
        ("school.finance.internal_scrutiny_high_findings_count", 5, "D58"),
        ("case.process.legal_basis_recorded", False, "D59"),
    ],
)
def test_one_thing_wrong_is_enough_for_a_condition(larkfield: dict[str, Fact], name: str, value: Any, id_: str) -> None:
    found = assessed(larkfield, **{name: value})

    assert found.row.propose is Recommendation.WITH_CONDITIONS
    assert outcome(found, id_) in (Outcome.PARTLY_MET, Outcome.NOT_MET)


def test_weak_results_are_weighed(larkfield: dict[str, Fact]) -> None:
    results = tuple(
        dict(r) | {"expected_share": Decimal("0.12")} for r in larkfield["school.education.key_stage_2"].value
    )

    assert outcome(assessed(larkfield), "D61") is Outcome.MET
    assert outcome(assessed(larkfield, **{"school.education.key_stage_2": results}), "D61") is Outcome.NOT_MET
