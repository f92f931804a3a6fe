from decimal import Decimal
from itertools import combinations, product

from hypothesis import given, settings

from clpt_growth.pipeline.clashing import clash
from clpt_growth.pipeline.planning import (
    HUB,
    JOINERS,
    OBJECTIVES,
    ONE_OF,
    Choice,
    Limit,
    Problem,
    exceeded,
)
from clpt_growth.pipeline.reasons import plans
from clpt_growth.pipeline.searching import searched
from clpt_growth.pipeline.waiting import CENTRAL_DAYS
from problems import best_of_all, candidate, limit, problems


def fewest_that_bar(problem: Problem, wanted: int) -> int:
    """The size of the smallest set of limits that no plan with so many schools keeps, every plan and set tried."""
    choices: list[Choice] = [
        choice
        for choice in product(*[(None, *range(len(c.starts))) for c in problem.candidates])
        if sum(place is not None for place in choice) >= wanted
        and not any(x.limit.kind == ONE_OF for x in exceeded(problem, choice))
    ]
    broken = [{problem.limits.index(x.limit) for x in exceeded(problem, choice)} for choice in choices]
    numbers = [n for n, one in enumerate(problem.limits) if one.kind != ONE_OF]
    return next(
        size
        for size in range(len(numbers) + 1)
        if any(all(set(some) & over for over in broken) for some in combinations(numbers, size))
    )


@given(problems())
@settings(max_examples=150)
def test_no_smaller_set_of_limits_keeps_the_schools_out(problem: Problem) -> None:
    best = best_of_all(problem, OBJECTIVES["joiners"])
    assert best is not None

    found = clash(problem, best, searched)

    if found is not None and found.proved:
        assert found.fewest
        assert len(found.limits) == fewest_that_bar(problem, found.wanted)


def test_two_limits_are_named_where_leaving_out_one_by_one_would_end_at_three() -> None:
    """Two of the starts break the fourth limit, and each start breaks one of the first three."""
    problem = Problem(
        (candidate("A", {0: 2, 3: 2}, {1: 2, 3: 2}, {2: 2, 4: 2}),),
        (
            limit(1, of="primary"),
            limit(1, of="secondary"),
            limit(1, of="send"),
            limit(1, of="special"),
            limit(1, of="post-16"),
        ),
    )

    found = clash(problem, (None,), searched)

    assert found is not None
    assert ([x.of for x in found.limits], found.fewest) == (["send", "special"], True)


def test_nothing_cannot_hold_where_every_school_has_a_place() -> None:
    assert clash(Problem((candidate("A", {0: 1}),), (limit(1),)), (0,), searched) is None


def test_one_limit_that_is_enough_on_its_own_is_the_smallest_set() -> None:
    problem = Problem(
        (candidate("A", {0: 2, 1: 9}, {0: 2, 2: 9}),),
        (limit(1, of="send"), limit(8), limit(8, term=1), limit(100, of="post-16")),
    )

    found = clash(problem, (None,), searched)

    assert found is not None
    assert (found.wanted, found.proved, [x.of for x in found.limits]) == (1, True, ["send"])


def test_of_resources_that_are_each_enough_alone_the_one_of_fewest_terms_is_named() -> None:
    """Secondary days bar each of the two terms; one place in the hub bars both."""
    problem = Problem(
        (candidate("A", {0: 6, 2: 1}, {1: 6, 2: 1}),),
        (limit(5, of="secondary"), limit(5, of="secondary", term=1), Limit(HUB, "Primary hub", None, Decimal(0))),
    )

    found = clash(problem, (None,), searched)

    assert found is not None
    assert [x.of for x in found.limits] == ["Primary hub"]


def test_limits_that_only_together_cannot_hold_are_all_named() -> None:
    """The first term is barred by secondary days, the second by finance; without either there would be a place."""
    problem = Problem(
        (candidate("A", {0: 6, 2: 1}, {1: 9, 2: 1}),),
        (limit(5, of="secondary"), limit(8, of="finance", term=1, kind=CENTRAL_DAYS), limit(3, of="send")),
    )

    found = clash(problem, (None,), searched)

    assert found is not None
    assert [x.of for x in found.limits] == ["secondary", "finance"]


def test_where_some_join_it_is_every_school_that_cannot() -> None:
    problem = Problem(
        tuple(candidate(name, {0: 4, 1: 1}) for name in "ABC"), (limit(10), Limit(JOINERS, JOINERS, None, Decimal(3)))
    )

    found = clash(problem, (0, 0, None), searched)

    assert found is not None
    assert (found.wanted, [x.of for x in found.limits]) == (3, ["primary"])


def test_the_boards_own_choice_of_two_is_not_a_limit_that_cannot_hold() -> None:
    problem = Problem(
        (candidate("A", {0: 1, 1: 1}), candidate("B", {0: 1, 1: 1})),
        (limit(5), Limit(ONE_OF, "A or B", None, Decimal(1))),
    )

    answers = plans(problem, OBJECTIVES["joiners"], searched)

    assert answers[0].choice == (0, None)
    assert exceeded(problem, (0, 0))[0].limit.of == "A or B"
    assert clash(problem, (0, None), searched) is None
