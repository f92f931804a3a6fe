"""What a school needs and gives, by the demand model and its own list."""

from decimal import Decimal
from typing import Any

import pytest

from clpt_growth.capacity.demand import (
    asked_days,
    counted_share,
    given_days,
    improvement_load,
    modelled_days,
    yearly_need,
)
from clpt_growth.capacity.terms import terms_from
from clpt_growth.model.fact import NotApplicable, Term
from demand import DEMAND
from make import facts

AUTUMN_27, SPRING_28, SUMMER_28 = Term(2027, 0), Term(2027, 1), Term(2027, 2)
NONE = NotApplicable("nothing to list")
D = Decimal

SCHOOL: dict[str, Any] = {
    **DEMAND,
    "school.identity.name": "Oakfield School",
    "school.identity.phase": "secondary",
    "school.identity.category_of_need": "category of concern",
    "school.identity.sites_count": 1,
    "school.roll.pupils_count": 742,
    "school.leadership.interim_head": False,
    "school.leadership.head_tenure_months": 40,
    "school.needs": NONE,
    "school.help_already_paid_for": NONE,
    "school.workforce.teachers_fte": D(45),
    "trust.improvement_team.working_days_a_term": D(65),
}


def known(**changes: Any) -> Any:
    names = {
        "phase": "school.identity.phase", "category": "school.identity.category_of_need",
        "sites": "school.identity.sites_count", "pupils": "school.roll.pupils_count",
        "interim": "school.leadership.interim_head", "months": "school.leadership.head_tenure_months",
        "needs": "school.needs", "helped": "school.help_already_paid_for", "gives": "school.contribution",
        "teachers": "school.workforce.teachers_fte",
    }  # fmt: skip
    said = {**SCHOOL, **{names[key]: value for key, value in changes.items()}}
    return facts({name: value for name, value in said.items() if value is not None})


def need(days: Any, specialism: str = "secondary") -> dict[str, Any]:
    return {"need": "maths", "priority": 1, "specialism": specialism, "days_a_term": days}


@pytest.mark.parametrize(
    ("changes", "years"),
    [
        ({"category": "secure some need", "phase": "primary"}, ("8", "5", "3")),
        ({"category": "vulnerable"}, ("24", "16", "9.6")),
        ({}, ("48", "32", "16")),
        ({"months": 11}, ("55.2", "32", "16")),
        ({"months": 12}, ("48", "32", "16")),
        ({"interim": True}, ("55.2", "32", "16")),
        ({"sites": 2}, ("55.2", "36.8", "18.4")),
        ({"phase": "special", "category": "strong partner", "pupils": 99}, ("2.52", "1.68", "1.68")),
        ({"phase": "special", "category": "strong partner", "pupils": 100}, ("3.6", "2.4", "2.4")),
    ],
)
def test_the_model_gives_the_days_of_the_category_times_what_the_school_is(changes: Any, years: Any) -> None:
    assert modelled_days(known(**changes)) == tuple(D(y) for y in years)


@pytest.mark.parametrize("gap", ["phase", "category", "sites", "pupils", "interim", "months"])
def test_the_model_waits_for_everything_it_reads(gap: str) -> None:
    assert modelled_days(known(**{gap: None})) is None
    assert improvement_load(known(**{gap: None}), AUTUMN_27, [AUTUMN_27]) is None


def test_an_interim_head_is_new_whatever_else_is_said() -> None:
    assert modelled_days(known(interim=True, months=None)) == (D("55.2"), D(32), D(16))
    assert modelled_days(known(interim=None, months=7)) == (D("55.2"), D(32), D(16))
    assert modelled_days(known(interim=None, months=40)) is None


def test_a_list_that_asks_for_less_than_the_model_is_raised_to_it_in_proportion() -> None:
    years = yearly_need(known(needs=(need(D(18)), need(D(6), "send"))))

    assert years == ({"secondary": 36, "send": 12}, {"secondary": 24, "send": 8}, {"secondary": 12, "send": 4})


def test_a_list_that_asks_for_more_than_the_model_is_taken_as_it_is_and_falls_away_as_the_model_does() -> None:
    years = yearly_need(known(needs=(need(D(48)), need(D(12), "send"))))

    assert years == ({"secondary": 48, "send": 12}, {"secondary": 32, "send": 8}, {"secondary": 16, "send": 4})


def test_a_school_with_nothing_on_its_list_needs_what_the_model_gives_its_category() -> None:
    years = yearly_need(known())

    assert years is not None
    assert years[0] == {"secondary": D("38.4"), "send": D("9.6")}


@pytest.mark.parametrize("half", [need(None), {"need": "maths", "priority": 1, "days_a_term": D(4)}])
def test_a_need_half_written_makes_the_whole_unknown(half: dict[str, Any]) -> None:
    assert asked_days(known(needs=(need(D(20)), half))) is None
    assert yearly_need(known(needs=(need(D(20)), half))) is None


def test_no_list_is_not_a_list_of_nothing() -> None:
    assert yearly_need(known(needs=None)) is None


def test_a_need_that_takes_no_days_is_left_out() -> None:
    assert asked_days(known(needs=(need(D(4)), need(NotApplicable("advice by telephone"), "send")))) == {"secondary": 4}


def helped(days: str, until: Term = SPRING_28, specialism: str = "secondary") -> dict[str, Any]:
    return {"from": "a hub", "specialism": specialism, "days_a_term": D(days), "until": until}


@pytest.mark.parametrize(
    ("given", "left"), [("0", "48"), ("12", "36"), ("28.8", "19.2"), ("28.9", "19.2"), ("99", "19.2")]
)
def test_help_others_pay_for_is_taken_off_down_to_the_trusts_own_part(given: str, left: str) -> None:
    load = improvement_load(known(needs=(need(D(48)),), helped=(helped(given),)), AUTUMN_27, [AUTUMN_27])

    assert load is not None
    assert load.needs == {AUTUMN_27: {"secondary": D(left)}}


def test_help_counts_to_the_end_of_its_last_term_and_only_for_its_own_specialism() -> None:
    school = known(needs=(need(D(48)),), helped=(helped("12"), helped("5", SUMMER_28, "send")))
    load = improvement_load(school, AUTUMN_27, terms_from(AUTUMN_27, 3))

    assert load is not None
    assert [days["secondary"] for days in load.needs.values()] == [36, 36, 48]


def test_help_not_said_leaves_the_need_unknown() -> None:
    assert improvement_load(known(helped=None), AUTUMN_27, [AUTUMN_27]) is None


def test_a_school_needs_nothing_before_it_opens_and_less_each_year_after() -> None:
    load = improvement_load(known(needs=(need(D(48)),)), AUTUMN_27, terms_from(Term(2026, 2), 12))

    assert load is not None
    assert [int(days["secondary"]) for days in load.needs.values()] == [48] * 3 + [32] * 3 + [16] * 5


def gift(days: str = "6", since: Term = AUTUMN_27) -> dict[str, Any]:
    return {"role": "maths lead", "specialism": "secondary", "days_a_term": D(days), "from_term": since}


@pytest.mark.parametrize(
    ("category", "shares"),
    [
        ("secure some need", ["0", "0", "0.5", "0.5", "0.5", "1", "1", "1"]),
        ("vulnerable", ["0", "0", "0", "0", "0", "0", "1", "1"]),
        ("category of concern", ["0", "0", "0", "0", "0", "0", "1", "1"]),
    ],
)
def test_what_is_given_counts_little_by_little(category: str, shares: list[str]) -> None:
    assert [counted_share(known(category=category), n) for n in range(8)] == [D(s) for s in shares]


def given(**changes: Any) -> Any:
    return given_days(known(category="secure some need", **changes), AUTUMN_27, terms_from(AUTUMN_27, 6))


def test_an_offer_counts_from_its_own_first_term() -> None:
    assert given(gives=(gift("6", Term(2028, 1)),)) == {
        Term(2028, 1): {"secondary": 3},
        Term(2028, 2): {"secondary": 6},
    }


@pytest.mark.parametrize(("teachers", "most"), [("45", "24"), ("10", "13")])
def test_a_school_gives_no_more_than_its_phase_and_its_teachers_allow(teachers: str, most: str) -> None:
    """24 days for a secondary school, or 2% of its teachers' 65 days if that is less."""
    assert given(gives=(gift("40"),), teachers=D(teachers))[Term(2028, 2)] == {"secondary": D(most)}


def test_an_offer_or_limit_not_known_is_not_counted_on() -> None:
    assert given(gives=None) is None
    assert given(gives=(gift(),), teachers=None) is None
    assert given(gives=({**gift(), "days_a_term": None},)) is None
    load = improvement_load(known(gives=(gift(),), teachers=None), AUTUMN_27, [AUTUMN_27])
    assert load is not None
    assert load.gives == {}
