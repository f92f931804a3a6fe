"""Each school beside the trust as it then stands, and what silence does to those after it."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations

import pytest

from clpt_growth.model.fact import NotApplicable, Term
from clpt_growth.model.rules import Library
from clpt_growth.model.what_if import WhatIf
from clpt_growth.pipeline.trying import OPENING
from make import AS_OF
from pipeline.schools import AUTUMN_27, academy, in_order, question, school, trust

USE, LEFT = "case.capacity.tightest_share", "case.capacity.days_left"


def test_the_order_is_kept_whatever_the_schools_are(shipped_library: Library) -> None:
    schools = {"weak": school("Weak", "category of concern"), "strong": school("Strong"), "mid": school("Mid")}
    for order in permutations(schools):
        assert list(in_order(question(shipped_library, {n: schools[n] for n in order}))) == list(order)


def test_each_school_is_asked_about_after_those_before_it(shipped_library: Library) -> None:
    found = in_order(question(shipped_library, {"a": school("A"), "b": school("B"), "c": school("C")}))

    assert [place.after for place in found.values()] == [(), ("a",), ("a", "b")]


def test_days_promised_to_those_before_are_not_free(shipped_library: Library) -> None:
    found = in_order(question(shipped_library, {"a": school("A", "secure some need"), "b": school("B")}))

    # 2 posts x 65 x 70% are 91; 40 are promised; A needs 8, of which 80% primary, and B 3.
    promised = found["b"].facts["case.capacity.promised_days"].value
    assert found["a"].facts["case.capacity.promised_days"].value == 40
    assert promised == Decimal("48.0")


def test_adding_a_school_never_lowers_what_another_takes_nor_the_use_of_days(shipped_library: Library) -> None:
    schools = {"a": school("A", "vulnerable"), "b": school("B", "secure some need"), "c": school("C", "strong partner")}
    alone = {name: in_order(question(shipped_library, {name: one}))[name] for name, one in schools.items()}
    together = in_order(question(shipped_library, schools))

    for name, place in together.items():
        shared = alone[name].takes.improvement
        assert shared is not None
        assert place.takes.improvement is not None
        assert {t: place.takes.improvement.needs[t] for t in shared.needs} == shared.needs
        assert place.facts[USE].value >= alone[name].facts[USE].value


def test_the_trusts_lines_run_on_from_school_to_school(shipped_library: Library) -> None:
    schools = {"a": school("A", case__proposal__route="sponsored"), "b": school("B"), "c": school("C")}
    found = in_order(question(shipped_library, schools))

    def lines(name: str) -> list[object]:
        return [place.facts[f"case.after.{name}"].value for place in found.values()]

    assert lines("schools_count") == [3, 4, 5]
    assert lines("pupils_count") == [700, 1000, 1300]
    assert lines("income_gbp") == [5_500_000, 7_000_000, 8_500_000]
    assert lines("sponsored_share") == [Decimal(2) / 3, Decimal(2) / 4, Decimal(2) / 5]
    assert [p.case.facts["trust.hubs"].value[0]["schools_count"] for p in found.values()] == [2, 3, 4]


def test_what_is_only_recorded_of_schools_in_the_trust_does_not_arise_for_one_that_has_just_joined(
    shipped_library: Library,
) -> None:
    found = in_order(question(shipped_library, {"a": school("A"), "b": school("B")}))
    joined = found["b"].case.facts["trust.academies"].value[-1]

    assert joined["name"] == "A"
    assert joined["joined_on"] == date(2027, 9, 1)
    assert joined["challenge_visits_count"] == NotApplicable("A has not joined yet")
    assert found["b"].facts["trust.estate.mentored_and_challenged_share"].value == 1


def test_where_an_earlier_need_is_not_known_the_days_left_are_not_known(shipped_library: Library) -> None:
    silent = school("A", school__identity__category_of_need=None)
    found = in_order(question(shipped_library, {"a": silent, "b": school("B")}))

    assert found["a"].takes.improvement is None
    assert USE not in found["b"].facts
    assert LEFT not in found["b"].facts


def test_what_an_earlier_school_leaves_out_is_missing_from_the_trust_after_it(shipped_library: Library) -> None:
    silent = school(
        "A", school__roll__pupils_count=None, school__finance__total_income_gbp=None, case__proposal__hub=None
    )
    found = in_order(question(shipped_library, {"a": silent, "b": school("B")}))
    facts = found["b"].facts

    assert "case.after.pupils_count" not in facts
    assert "case.after.income_gbp" not in facts
    assert "trust.hub_summary.largest_regional_hub_count" not in facts
    assert facts["case.after.schools_count"].value == 4
    assert facts["case.after.sponsored_share"].value == Decimal(1) / 4


def test_a_file_that_cannot_be_read_is_a_school_nothing_is_known_of(shipped_library: Library) -> None:
    found = in_order(question(shipped_library, {"broken": None, "b": school("B")}))

    assert not found["broken"].readable
    assert USE not in found["b"].facts
    assert found["b"].facts["case.after.schools_count"].value == 4
    assert "case.after.pupils_count" not in found["b"].facts


def test_a_school_the_board_does_not_count_on_takes_nothing_from_those_after_it(shipped_library: Library) -> None:
    schools = {"a": school("A", "category of concern"), "b": school("B")}
    found = in_order(question(shipped_library, schools, left_out=("a",)))

    assert found["b"].after == ()
    assert found["b"].facts["case.capacity.promised_days"].value == 40


def test_of_two_that_exclude_each_other_the_later_is_asked_about_instead_of_the_earlier(
    shipped_library: Library,
) -> None:
    schools = {"a": school("A"), "b": school("B"), "c": school("C", "vulnerable"), "d": school("D")}
    found = in_order(question(shipped_library, schools, exclusive=(("b", "c"),)))

    assert (found["c"].instead_of, found["c"].after) == (("b",), ("a",))
    assert found["d"].after == ("a", "b")
    alone = in_order(question(shipped_library, {"a": schools["a"], "c": schools["c"]}))
    assert found["c"].facts[USE] == alone["c"].facts[USE]


def test_the_boards_term_stands_over_the_opening_date_in_the_file(shipped_library: Library) -> None:
    asked = question(shipped_library, {"a": school("A")}, joining={"a": Term(2027, 1)})
    opening = in_order(asked)["a"].facts["case.proposal.proposed_opening_on"]

    assert (opening.value, opening.source) == (date(2028, 1, 1), "the board's order of joining")
    later = school("A")
    later[OPENING] = later[OPENING]._replace(dated=AS_OF + timedelta(days=1))
    unknown = question(shipped_library, {"a": later}, joining={"a": AUTUMN_27})
    assert in_order(unknown)["a"].opening == AUTUMN_27
    same = question(shipped_library, {"a": school("A")}, joining={"a": AUTUMN_27})
    assert in_order(same)["a"].facts["case.proposal.proposed_opening_on"].source == ""


def test_a_school_counted_among_the_days_promised_is_not_counted_again(shipped_library: Library) -> None:
    counted = ({"school": "a", "phase": "primary", "position": "approved", "in_promised_days": True},)
    schools = {"a": school("A", "vulnerable"), "b": school("B")}
    found = in_order(question(shipped_library, schools, trust(trust__pipeline=counted)))

    assert found["b"].facts["case.capacity.promised_days"].value == 40


def test_days_of_the_register_are_given_once(shipped_library: Library) -> None:
    offer = {
        "line": "teaching", "offer": "early reading", "role": "lead", "provided_by": "contract", "in_place": True,
        "evidenced_on": date(2026, 11, 1), "phases": ("all",), "specialism": "primary", "subjects": ("reading",), "days_a_term": Decimal(8), "committed_days_a_term": Decimal(1),
    }  # fmt: skip
    need = {
        "need": "reading",
        "priority": 1,
        "line": "teaching",
        "specialism": "primary",
        "subject": "reading",
        "days_a_term": Decimal(5),
    }
    schools = {name: school(name, school__needs=(need,)) for name in ("a", "b", "c")}
    found = in_order(question(shipped_library, schools, trust(trust__offers=(offer,))))

    assert [p.case.facts["trust.offers"].value[0]["committed_days_a_term"] for p in found.values()] == [1, 6, 8]
    covered = [p.facts["case.support.needs_covered_share"].value for p in found.values()]
    assert covered == [1, 0, 0]


def test_trying_a_later_start_moves_that_school_alone(shipped_library: Library) -> None:
    asked = question(shipped_library, {"a": school("A"), "b": school("B")})
    found = in_order(asked.trying(WhatIf(delays={"b": 2})))

    assert [place.opening for place in found.values()] == [AUTUMN_27, AUTUMN_27.later(2)]


@pytest.mark.parametrize(
    ("joined", "busiest"),
    [
        (date(2027, 4, 1), "spring 2027 to autumn 2027"),
        (date(2027, 9, 1), "spring 2027 to autumn 2027"),
        (date(2028, 4, 1), "autumn 2027 to summer 2028"),
    ],
)
def test_schools_a_year_count_those_already_agreed(joined: date, busiest: str, shipped_library: Library) -> None:
    """A year is any three terms running: a summer and the autumn after it are two terms, whatever year they are of."""
    from clpt_growth.pipeline.limits import readings

    academies = (academy("First"), academy("Next", joined_on=joined))
    team = trust(trust__academies=academies, trust__policy__joiners_a_year_count=2)
    asked = question(shipped_library, {"a": school("A"), "b": school("B")}, team)
    found = readings(asked, list(in_order(asked).values()))
    read = next(r for limit, r in found.items() if limit.fact == "trust.policy.joiners_a_year_count")

    assert [(r.value, r.outcome.value) for r in read if r] == [(1, "met"), (2, "met"), (3, "not met")]
    assert read[-1] is not None
    assert read[-1].when == busiest
