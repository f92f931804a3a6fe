"""Schools that join in any three terms running, counted by hand."""

from datetime import date
from typing import Any

from clpt_growth.capacity.joiners import busiest_year, joined_terms, measures, others_agreed
from clpt_growth.model.fact import Term
from make import facts

SPRING_27, SUMMER_27, AUTUMN_27, SPRING_28, SUMMER_28 = (Term(2026, 1).later(n) for n in range(5))


AGREED = "board agreed in principle"


def counted(
    *joined: Any, opening: Any = date(2027, 9, 1), on_the_way: Any = (), name: str | None = "Ashby"
) -> tuple[int, int] | None:
    """The other schools in a year with one that opens in autumn 2027, and the same with it."""
    academies = tuple({} if day is None else {"name": "Moor End", "joined_on": day} for day in joined)
    said = {
        "trust.academies": academies, "case.proposal.proposed_opening_on": opening, "school.identity.name": name,
        "trust.pipeline": on_the_way, "definition.positions_agreed": (AGREED, "approved", "date set"),
    }  # fmt: skip
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


def on_the_way(school: str, joining: Any = AUTUMN_27, position: str = AGREED) -> dict[str, Any]:
    return {"school": school, "position": position, "joining": joining}


def test_a_school_the_board_has_agreed_to_counts_in_the_term_it_is_to_join() -> None:
    assert counted(date(2020, 9, 1), on_the_way=(on_the_way("Brook"), on_the_way("Carr", SPRING_27))) == (2, 3)
    assert counted(date(2020, 9, 1), on_the_way=(on_the_way("Brook", AUTUMN_27.later(3)),)) == (0, 1)
    assert counted(date(2020, 9, 1), on_the_way=(on_the_way("Brook", position="date set"),)) == (1, 2)
    assert counted(date(2020, 9, 1), on_the_way=(on_the_way("Brook", position="in talks"),)) == (0, 1)


def test_this_school_and_one_that_has_joined_are_not_counted_twice() -> None:
    rows = (on_the_way("ASHBY "), on_the_way("Moor End"))
    assert counted(date(2027, 4, 1), on_the_way=rows) == (1, 2)


def test_a_list_or_a_term_nobody_gave_leaves_the_count_unknown() -> None:
    assert counted(date(2020, 9, 1), on_the_way=(on_the_way("Brook", None),)) is None
    assert counted(date(2020, 9, 1), on_the_way=(on_the_way("Brook", None, "in talks"),)) == (0, 1)
    assert counted(date(2020, 9, 1), on_the_way=None) is None
    assert counted(date(2020, 9, 1), on_the_way=(on_the_way("Brook"),), name=None) is None
    assert counted(date(2020, 9, 1), name=None) == (0, 1)
    assert others_agreed(facts({})) is None


def test_the_busiest_year_is_the_earliest_of_those_that_are_not_over() -> None:
    joined = [Term(2020, 0)] * 5 + [SUMMER_27, AUTUMN_27, SUMMER_28]
    assert busiest_year(joined, SPRING_27) == (SPRING_27, 2)
    assert busiest_year(joined, SPRING_28) == (SUMMER_27, 2)
    assert busiest_year(joined, SUMMER_28) == (AUTUMN_27, 2)
    assert busiest_year([Term(2020, 0)], SPRING_27) == (SPRING_27, 0)
