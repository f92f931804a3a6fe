"""What the trust has: posts in post, days promised term by term, and the central team's free days."""

from decimal import Decimal
from typing import Any

import pytest

from clpt_growth.capacity.supply import available_days, central_supply, improvement_supply, promised_days
from clpt_growth.capacity.terms import first_day, term_of, terms_from
from clpt_growth.facts.trust_lists import days_a_term
from clpt_growth.model.fact import NotApplicable, Term
from demand import DEMAND
from make import facts

AUTUMN_27, SPRING_28, SUMMER_28, AUTUMN_28 = Term(2027, 0), Term(2027, 1), Term(2027, 2), Term(2028, 0)
NONE = NotApplicable("nothing to list")
D = Decimal


def post(specialism: str, fte: str = "1", *, in_post: bool = True) -> dict[str, Any]:
    return {"role": "adviser", "specialism": specialism, "fte": D(fte), "in_post": in_post}


def row(term: Term, primary: int, secondary: int | None = 0) -> dict[str, Any]:
    said = {"term": term, "primary": D(primary), "secondary": None if secondary is None else D(secondary)}
    return {name: value for name, value in said.items() if value is not None}


def test_planned_posts_are_not_counted() -> None:
    posts = (post("primary"), post("primary", "9", in_post=False), post("send", in_post=False))

    assert available_days(posts, D(60), D("0.5")) == {"primary": 30}


@pytest.mark.parametrize("gap", ["fte", "in_post", "specialism"])
def test_a_post_half_written_leaves_the_days_unknown(gap: str) -> None:
    half = {k: v for k, v in post("primary").items() if k != gap}

    assert available_days((post("primary"), half), D(60), D("0.5")) is None


@pytest.mark.parametrize(
    ("last", "together", "by_specialism"),
    [
        (post("send", "0.5"), D(45), {"primary": 30, "send": 15}),
        (post("send", "0"), D(30), {"primary": 30, "send": 0}),
        (post("send", "0.5", in_post=False), D(30), {"primary": 30}),
        ({"specialism": "send", "in_post": False}, D(30), {"primary": 30}),
        ({**post("send"), "fte": NONE}, None, None),
        ({**post("send"), "in_post": NONE}, None, None),
        ({"specialism": "send", "in_post": True}, None, None),
        ({"specialism": "send", "fte": D(1)}, None, None),
    ],
)
def test_the_days_of_the_team_and_of_the_ledger_are_the_same_days(
    last: dict[str, Any], together: Decimal | None, by_specialism: dict[str, int] | None
) -> None:
    posts = (post("primary"), last)

    assert days_a_term(posts, D(60), D("0.5")) == together
    assert available_days(posts, D(60), D("0.5")) == by_specialism


def promised(rows: Any, terms: int = 2, until: Term | None = None) -> Any:
    said = {**DEMAND, "trust.improvement_promised": rows, "trust.improvement_team.plan_covers_until": until}
    given = facts({k: v for k, v in said.items() if v is not None})
    return promised_days(given, terms_from(AUTUMN_27, terms), {"primary": D(60), "secondary": D(40)})


def test_every_term_looked_at_must_be_written() -> None:
    rows = (row(AUTUMN_27, 40, 20), row(SPRING_28, 30, 10))

    assert promised(rows) == {
        AUTUMN_27: {"primary": 40, "secondary": 20},
        SPRING_28: {"primary": 30, "secondary": 10},
    }
    assert promised(rows, terms=3) is None
    assert promised(rows[1:]) is None


def test_after_the_last_term_of_the_plan_the_most_of_its_last_three_goes_on() -> None:
    rows = (row(AUTUMN_27, 40, 5), row(SPRING_28, 30, 10), row(SUMMER_28, 35, 10))
    found = promised(rows, terms=5, until=SUMMER_28)

    assert found[AUTUMN_28] == found[Term(2028, 1)] == {"primary": 40, "secondary": 10}
    assert found[SUMMER_28] == {"primary": 35, "secondary": 10}


def test_where_it_is_not_defined_what_goes_on_after_the_plan_the_days_promised_then_are_not_known() -> None:
    rows = (row(AUTUMN_27, 40, 5), row(SPRING_28, 20, 10), row(SUMMER_28, 35, 10))
    given = facts({"trust.improvement_promised": rows, "trust.improvement_team.plan_covers_until": SUMMER_28})
    somebody = {"primary": D(60)}

    assert promised_days(given, terms_from(AUTUMN_27, 4), somebody) is None
    assert promised_days(given, terms_from(AUTUMN_27, 3), somebody) == {
        AUTUMN_27: {"primary": 40, "secondary": 5},
        SPRING_28: {"primary": 20, "secondary": 10},
        SUMMER_28: {"primary": 35, "secondary": 10},
    }


def test_a_term_left_out_before_the_plan_ends_is_not_filled_in() -> None:
    rows = (row(AUTUMN_27, 40, 5), row(SUMMER_28, 35, 10))

    assert promised(rows, terms=5, until=SUMMER_28) is None


def test_a_term_that_leaves_out_a_specialism_with_a_post_is_not_read_as_none() -> None:
    half = {**row(SPRING_28, 30, None)}

    assert promised((row(AUTUMN_27, 40), half)) is None
    assert promised((row(AUTUMN_27, 40), {**half, "secondary": NONE})) == {
        AUTUMN_27: {"primary": 40, "secondary": 0},
        SPRING_28: {"primary": 30},
    }


def test_nothing_promised_is_none_and_not_unknown() -> None:
    assert promised(NONE) == {}
    assert promised(None) is None


def test_specialisms_of_two_words_are_read_as_they_are_written() -> None:
    given = facts(
        {
            **DEMAND,
            "trust.improvement_promised": (
                {"term": AUTUMN_27, "early_years": D(1), "post_16": D(2), "alternative_provision": D(3)},
            ),
        }
    )

    assert promised_days(given, [AUTUMN_27], {}) == {
        AUTUMN_27: {"early years": 1, "post-16": 2, "alternative provision": 3}
    }


WORKED: dict[str, Any] = {
    **DEMAND,
    "trust.improvement_posts": (post("primary", "2"),),
    "trust.improvement_team.working_days_a_term": D(60),
    "trust.improvement_team.share_spent_in_schools": D("0.5"),
    "trust.improvement_promised": (row(AUTUMN_27, 40),),
    "trust.improvement_kept": ({"specialism": "primary", "days_a_term": D(5)},),
}


def test_two_posts_of_sixty_days_at_half_are_sixty_days() -> None:
    found = improvement_supply(facts(WORKED), [AUTUMN_27])

    assert found is not None
    assert (found.available, found.kept, found.promised[AUTUMN_27]["primary"]) == ({"primary": 60}, {"primary": 5}, 40)


@pytest.mark.parametrize("name", [n for n in WORKED if n.startswith("trust.")])
def test_anything_missing_makes_the_whole_missing(name: str) -> None:
    assert improvement_supply(facts({k: v for k, v in WORKED.items() if k != name}), [AUTUMN_27]) is None


def central(*posts: dict[str, Any]) -> Any:
    return central_supply(facts({"trust.central_team": posts}))


def officer(functions: Any, free: Any, *, in_post: bool | None = True) -> dict[str, Any]:
    said = {"role": "officer", "functions": functions, "uncommitted_days_a_term": free, "in_post": in_post}
    return {name: value for name, value in said.items() if value is not None}


def test_free_days_fall_evenly_on_the_functions_a_post_covers() -> None:
    found = central(officer(("ict", "data protection"), D(11)), officer(("ict",), D(14)))

    assert found == {"ict": D("19.5"), "data protection": D("5.5")}


def test_a_planned_post_gives_no_days_and_one_that_does_not_say_leaves_its_function_unknown() -> None:
    found = central(officer(("hr",), D(9), in_post=False), officer(("finance",), None), officer(("finance",), D(6)))

    assert found == {"finance": None}


def test_a_post_with_no_functions_leaves_every_function_unknown() -> None:
    assert central(officer(None, D(4))) is None
    assert central(officer(("hr",), D(4), in_post=None)) is None
    assert central_supply(facts({})) is None


@pytest.mark.parametrize("term", terms_from(AUTUMN_27, 3))
def test_the_first_day_of_a_term_is_in_it(term: Term) -> None:
    assert term_of(first_day(term)) == term
