"""Both ledgers of a case, and what the principles test of them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clpt_growth.capacity.books import books, loads, unfinished
from clpt_growth.capacity.measures import improvement_measures, measures
from clpt_growth.capacity.terms import terms_from
from clpt_growth.model.fact import AtLeast, NotApplicable, Term
from clpt_growth.model.ledger import Load, Loads
from demand import DEMAND
from make import AS_OF, facts

AUTUMN_27, SPRING_28, SUMMER_28, AUTUMN_28 = Term(2027, 0), Term(2027, 1), Term(2027, 2), Term(2028, 0)
NONE = NotApplicable("nothing to list")
D = Decimal


def post(specialism: str, fte: str = "1", *, in_post: bool = True) -> dict[str, Any]:
    return {"role": "adviser", "specialism": specialism, "fte": D(fte), "in_post": in_post}


def row(term: Term, primary: str, secondary: str) -> dict[str, Any]:
    return {"term": term, "primary": D(primary), "secondary": D(secondary)}


# 60 primary and 45 secondary days a term; the school needs 24 secondary days in its first year.
WORKED: dict[str, Any] = {
    **DEMAND,
    "trust.improvement_posts": (post("primary", "2"), post("secondary", "1.5"), post("send", in_post=False)),
    "trust.improvement_team.working_days_a_term": D(60),
    "trust.improvement_team.share_spent_in_schools": D("0.5"),
    "trust.improvement_team.plan_covers_until": SUMMER_28,
    "trust.improvement_promised": (row(AUTUMN_27, "35", "12"), row(SPRING_28, "40", "14"), row(SUMMER_28, "30", "13")),
    "trust.improvement_kept": ({"specialism": "primary", "days_a_term": D(5)},),
    "case.proposal.proposed_opening_on": date(2027, 9, 1),
    "school.identity.name": "Oakfield School",
    "school.identity.phase": "secondary",
    "school.identity.category_of_need": "vulnerable",
    "school.identity.sites_count": 1,
    "school.roll.pupils_count": 742,
    "school.leadership.interim_head": False,
    "school.leadership.head_tenure_months": 40,
    "school.needs": ({"need": "maths", "priority": 1, "specialism": "secondary", "days_a_term": D(24)},),
    "school.help_already_paid_for": (
        {"from": "a hub", "specialism": "secondary", "days_a_term": D(4), "until": AUTUMN_27},
    ),
}


def case(changes: Any = None) -> Any:
    said = {**WORKED, **(changes or {})}
    return facts({k: v for k, v in said.items() if v is not None})


def worked(changes: Any = None, *, has_school: bool = True, earlier: tuple[Loads, ...] = ()) -> Any:
    return books(case(changes), as_of=AS_OF, has_school=has_school, earlier=earlier).improvement


def test_a_worked_example_by_hand() -> None:
    """The help ends after autumn, so spring is tightest: 14 promised and 24 needed of 45 secondary days."""
    assert improvement_measures(worked()) == {
        "term": SPRING_28,
        "available_days": 105,
        "promised_days": 54,
        "kept_days": 5,
        "needed_days": 24,
        "given_days": 0,
        "used_share": D("0.78"),
        "tightest_specialism": "secondary",
        "tightest_share": D(38) / D(45),
        "days_left": 7,
        "specialisms_without_post_count": 0,
        "send_needed_days": 0,
        "send_used_share": 0,
        "kept_after_share": D(5) / D(105),
    }


def test_nine_terms_are_looked_at_from_the_opening_on() -> None:
    assert worked().terms == terms_from(AUTUMN_27, 9)


def test_the_trust_alone_needs_nothing_and_is_asked_from_the_next_term() -> None:
    rows = tuple(row(t, "20", "10") for t in terms_from(Term(2026, 1), 5))
    found = worked({"school.needs": None, "trust.improvement_promised": rows}, has_school=False)

    assert (found.terms[0], found.joining) == (Term(2026, 1), None)
    assert improvement_measures(found)["used_share"] == D("0.3")


def test_what_schools_agreed_before_take_is_counted_as_promised() -> None:
    before = Loads(Load("A", {SPRING_28: {"secondary": D(5)}}, {}), None)
    found = improvement_measures(worked(earlier=(before,)))

    assert (found["promised_days"], found["days_left"]) == (59, 2)


def test_a_school_before_this_one_whose_days_are_not_known_leaves_all_unknown() -> None:
    assert worked(earlier=(Loads(None, None),)) is None


@pytest.mark.parametrize(
    "name",
    [
        "case.proposal.proposed_opening_on",
        "school.needs",
        "school.help_already_paid_for",
        "school.identity.category_of_need",
        "trust.improvement_posts",
        "trust.improvement_promised",
        "trust.improvement_kept",
        "trust.improvement_team.plan_covers_until",
    ],
)
def test_half_a_ledger_is_no_ledger(name: str) -> None:
    assert worked({name: None}) is None


def test_a_specialism_needed_with_nobody_in_post_is_counted() -> None:
    needs = ({"need": "x", "priority": 1, "specialism": "send", "days_a_term": D(30)},)
    found = improvement_measures(worked({"school.needs": needs}))

    assert found["specialisms_without_post_count"] == 1
    assert found["send_needed_days"] == 30


def test_send_days_are_measured_against_those_uncommitted_in_the_worst_term() -> None:
    changes = {
        "school.needs": ({"need": "x", "priority": 1, "specialism": "send", "days_a_term": D(24)},),
        "school.help_already_paid_for": NONE,
        "trust.improvement_posts": (post("send", "2"),),
        "trust.improvement_promised": tuple(
            {"term": t, "send": D(n)} for t, n in ((AUTUMN_27, 28), (SPRING_28, 30), (SUMMER_28, 12))
        ),
        "trust.improvement_kept": NONE,
    }

    assert improvement_measures(worked(changes))["send_used_share"] == D("0.8")


@pytest.mark.parametrize(("kept", "left"), [("30", "27"), ("5", "5"), ("0", "0")])
def test_days_kept_for_others_are_the_first_to_go(kept: str, left: str) -> None:
    """105 days less 78 in use in the busiest term leave 27."""
    found = worked({"trust.improvement_kept": ({"specialism": "primary", "days_a_term": D(kept)},)})

    assert improvement_measures(found)["kept_after_share"] == D(left) / 105


def test_what_is_written_and_not_finished_is_named() -> None:
    half = ({"need": "x", "priority": 1, "specialism": "send"},)

    assert unfinished(case()) == ()
    assert unfinished(case({"school.needs": half})) == ("school.needs",)
    assert unfinished(case({"trust.improvement_team.plan_covers_until": None})) == ("trust.improvement_promised",)


CENTRAL: dict[str, Any] = {
    "definition.integration_days": {
        "finance": {"maintained": 25, "transfer": 15},
        "hr": {"maintained": 12, "transfer": 8, "more": ({"fact": "school.workforce.headcount", "each": D("0.1")},)},
    },
    "case.proposal.route": "sponsored",
    "school.workforce.headcount": 60,
    "trust.central_team": (
        {"role": "cfo", "functions": ("finance",), "in_post": True, "uncommitted_days_a_term": D(10)},
        {"role": "hr", "functions": ("hr",), "in_post": True, "uncommitted_days_a_term": D(12)},
    ),
}


def central(changes: Any = None) -> dict[str, Any]:
    given = case({**CENTRAL, **(changes or {})})
    found = measures(books(given, as_of=AS_OF, has_school=True), given)
    names = ("finance_used_share", "central_tightest_function", "central_term", "functions_without_post_count")
    return {name: found.get(name) for name in names}


def test_the_central_teams_work_begins_the_term_before() -> None:
    assert central() == {
        "finance_used_share": D(25) / 3 / 10,
        "central_tightest_function": "finance",
        "central_term": Term(2026, 2),
        "functions_without_post_count": 0,
    }


def test_where_it_is_not_defined_when_the_work_begins_the_central_teams_ledger_is_not_known() -> None:
    defined = books(case(CENTRAL), as_of=AS_OF, has_school=True)
    silent = case({**CENTRAL, "definition.integration_terms": None})
    found = books(silent, as_of=AS_OF, has_school=True)

    assert defined.central is not None
    assert defined.improvement is not None
    assert found.central is None
    assert found.improvement == defined.improvement
    assert books(silent, as_of=AS_OF, has_school=False).central is not None


def test_a_function_not_known_leaves_the_tightest_unknown_and_finance_known() -> None:
    assert central({"school.workforce.headcount": None}) == {
        "finance_used_share": D(25) / 3 / 10,
        "central_tightest_function": None,
        "central_term": None,
        "functions_without_post_count": 0,
    }


def test_a_function_whose_free_days_nobody_has_said_may_have_none() -> None:
    team = CENTRAL["trust.central_team"]
    unsaid = {name: said for name, said in team[1].items() if name != "uncommitted_days_a_term"}

    assert central({"trust.central_team": (team[0], unsaid)})["functions_without_post_count"] is None
    finance_taken = {**team[0], "uncommitted_days_a_term": D(0)}
    assert central({"trust.central_team": (finance_taken, unsaid)})["functions_without_post_count"] == AtLeast(1)


def test_a_function_with_nobody_in_post_is_counted() -> None:
    team = CENTRAL["trust.central_team"][:1]

    assert central({"trust.central_team": team})["functions_without_post_count"] == 1


def test_a_schools_loads_can_be_asked_for_any_terms() -> None:
    found = loads(case(CENTRAL), terms_from(Term(2026, 2), 2))

    assert found.improvement is not None
    assert found.central is not None
    assert set(found.improvement.needs) == {AUTUMN_27}
    assert set(found.central.needs) == {Term(2026, 2), AUTUMN_27}
