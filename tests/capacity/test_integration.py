"""The central team's work to bring a school in, by function, from the model and the school's facts."""

from decimal import Decimal
from typing import Any

import pytest

from clpt_growth.capacity.integration import central_load, integration_days
from clpt_growth.capacity.terms import terms_from
from clpt_growth.files.library import library
from clpt_growth.model.fact import NotApplicable, Term
from make import facts

D = Decimal
SHIPPED = {f"definition.{d.name}": d.value for d in library().dictionary.definitions}
SCHOOL: dict[str, Any] = {
    **SHIPPED,
    "case.proposal.route": "sponsored",
    "case.proposal.joined_category": "sponsored",
    "school.identity.phase": "secondary",
    "school.identity.sites_count": 1,
    "school.identity.nursery_provision": False,
    "school.finance.revenue_reserve_gbp": 20_000,
    "school.workforce.headcount": 110,
    "school.workforce.restructure_open": False,
    "school.buildings.pfi": False,
    "school.buildings.raac": "none confirmed",
    "school.buildings.works_live": NotApplicable("none"),
    "school.ict.standards_met_count": 4,
    "school.safeguarding.vetting_record_gaps_count": 0,
    "school.legal.contracts_not_assignable_count": 2,
    "school.community.parent_petition": False,
    "trust.policy.pooling": "none",
}


def days(**changes: Any) -> Any:
    given = {**SCHOOL, **{k.replace("__", "."): v for k, v in changes.items()}}
    return integration_days(facts({k: v for k, v in given.items() if v is not None}))


def test_a_sponsored_secondary_school_by_hand() -> None:
    assert days() == {
        "project management": 20,
        "finance": 25,
        "hr": 12 + 11,
        "estates": 10,
        "ict": 30 + 2,
        "governance": 6 + 8,
        "safeguarding": 6,
        "data protection": 5 + 4,
        "communications": 4,
    }


def test_an_academy_that_moves_takes_less() -> None:
    found = days(case__proposal__route="academy transfer")

    assert (found["finance"], found["hr"], found["ict"], found["governance"]) == (15, D("14.6"), 29, 5)


@pytest.mark.parametrize(
    ("changes", "function", "more"),
    [
        ({"school__finance__revenue_reserve_gbp": -1}, "finance", 10),
        ({"school__finance__revenue_reserve_gbp": 0}, "finance", 0),
        ({"school__identity__nursery_provision": True}, "finance", 4),
        ({"trust__policy__pooling": "income"}, "finance", 5),
        ({"school__workforce__restructure_open": True}, "hr", 10),
        ({"school__identity__sites_count": 3}, "estates", 10),
        ({"school__buildings__raac": "suspected"}, "estates", 8),
        ({"school__buildings__works_live": "a new hall, to July 2028"}, "estates", 6),
        ({"school__ict__standards_met_count": 6}, "ict", -2),
        ({"school__safeguarding__vetting_record_gaps_count": 1}, "safeguarding", 3),
        ({"school__community__parent_petition": True}, "communications", 6),
        ({"case__proposal__joined_category": "partner"}, "governance", -8),
    ],
)
def test_what_the_school_is_adds_to_the_work(changes: Any, function: str, more: int) -> None:
    assert days(**changes)[function] - days()[function] == more


def test_a_function_waits_for_what_it_reads_and_the_others_do_not() -> None:
    found = days(school__buildings__raac=None)

    assert found["estates"] is None
    assert found["finance"] == 25
    assert days(case__proposal__route=None) is None


def test_a_phase_that_the_days_of_a_function_leave_out_has_none_that_are_known() -> None:
    model = {**SHIPPED["definition.integration_days"], "ict": {"maintained": {"primary": 12}, "transfer": 9}}
    secondary, primary = (
        days(definition__integration_days=model, school__identity__phase=phase) for phase in ("secondary", "primary")
    )

    assert (secondary["ict"], primary["ict"], secondary["finance"]) == (None, 12, 25)


def test_the_work_is_spread_over_three_terms_and_some_of_it_goes_on() -> None:
    terms = terms_from(Term(2026, 1), 6)
    load = central_load(integration_days(facts(SCHOOL)), facts(SCHOOL), Term(2027, 0), terms)

    assert load is not None
    assert [load.needs[t]["finance"] for t in terms if t in load.needs] == [
        D(25) / 3, D(25) / 3, D(25) / 3, D(10) / 3, D(10) / 3,
    ]  # fmt: skip
    assert Term(2026, 1) not in load.needs
