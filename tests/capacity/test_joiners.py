"""Schools that join in any three terms running, counted by hand."""

from datetime import date
from typing import Any

from clpt_growth.capacity.joiners import busiest_year, joined_terms, measures
from clpt_growth.model.fact import Term
from make import facts

SPRING_27, SUMMER_27, AUTUMN_27, SPRING_28, SUMMER_28 = (Term(2026, 1).later(n) for n in range(5))


def counted(*joined: Any, opening: Any = date(2027, 9, 1)) -> tuple[int, int] | None:
    """The other schools in a year with one that opens in autumn 2027, and the same with it."""
    academies = tuple({} if day is None else {"joined_on": day} for day in joined)
    said = {"trust.academies": academies, "case.proposal.proposed_opening_on": opening}
    found = measures(facts({k: v for k, v in said.items() if v is not None}))
    return (found["other_joiners_count"], found["joiners_a_year_count"]) if found else None


def test_a_school_by_itself_is_one() -> None:
    assert counted(date(2020, 9, 1)) == (0, 1)


def test_two_terms_before_or_after_is_within_the_year_and_three_are_not() -> None:
    assert counted(date(2027, 1, 1)) == (1, 2)
    assert counted(date(2028, 6, 30)) == (1, 2)
    assert counted(date(2026, 12, 31)) == (0, 1)
    assert counted(date(2028, 9, 1)) == (0, 1)


def test_schools_on_either_side_count_only_where_one_year_holds_all() -> None:
    assert counted(date(2027, 4, 1), date(2028, 1, 1)) == (2, 3)
    assert counted(date(2027, 1, 1), date(2028, 4, 1)) == (1, 2)


def test_an_academy_that_does_not_say_when_it_joined_leaves_the_count_unknown() -> None:
    assert counted(date(2020, 9, 1), None) is None
    assert counted(date(2020, 9, 1), opening=None) is None
    assert joined_terms(facts({})) is None


def test_the_busiest_year_is_the_earliest_of_those_that_are_not_over() -> None:
    joined = [Term(2020, 0)] * 5 + [SUMMER_27, AUTUMN_27, SUMMER_28]
    assert busiest_year(joined, SPRING_27) == (SPRING_27, 2)
    assert busiest_year(joined, SPRING_28) == (SUMMER_27, 2)
    assert busiest_year(joined, SUMMER_28) == (AUTUMN_27, 2)
    assert busiest_year([Term(2020, 0)], SPRING_27) == (SPRING_27, 0)
