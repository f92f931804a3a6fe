"""Ratings by area and coverage."""

from decimal import Decimal

import pytest

from clpt_growth.judging.rating import NO_RATING, coverage, ratings
from clpt_growth.model.criterion import Effect
from clpt_growth.model.finding import Finding
from clpt_growth.model.outcome import OPEN_OF, Outcome
from clpt_growth.model.rules import Band
from make import pack, principle, rules

MET, PARTLY, NOT_MET = Outcome.MET, Outcome.PARTLY_MET, Outcome.NOT_MET
UNKNOWN, AWAY, CONFLICT = Outcome.NOT_EVIDENCED, Outcome.NOT_APPLICABLE, Outcome.CONFLICT


PACKS = (pack(principle()),)


def finding(
    outcome: Outcome,
    weight: int = 1,
    *,
    area: str = "finance",
    effect: Effect = Effect.SCORE,
    as_need: bool = False,
) -> Finding:
    return Finding(principle(weight=weight, area=area, effect=effect), outcome, OPEN_OF[outcome], as_need)


def test_points_are_one_a_half_and_nothing_times_the_weight() -> None:
    (rating,) = ratings([finding(MET, 3), finding(PARTLY, 2), finding(NOT_MET, 5)], PACKS, rules())

    assert (rating.points, rating.weight_evidenced, rating.share) == (Decimal(4), 10, Decimal("0.4"))


def test_points_are_those_of_the_rules() -> None:
    points = {MET: Decimal("0.9"), PARTLY: Decimal("0.25"), NOT_MET: Decimal("0.1")}
    (rating,) = ratings([finding(MET, 3), finding(PARTLY, 2), finding(NOT_MET, 5)], PACKS, rules(points=points))

    assert (rating.points, rating.share) == (Decimal("3.7"), Decimal("0.37"))


def test_a_rating_is_of_what_is_evidenced_and_says_how_much_is() -> None:
    (rating,) = ratings([finding(MET, 2), finding(UNKNOWN, 8)], PACKS, rules())

    assert (rating.share, rating.tests_evidenced, rating.tests) == (Decimal(1), 1, 2)


def test_an_area_with_tests_and_no_evidence_has_no_rating() -> None:
    (rating,) = ratings([finding(UNKNOWN)], PACKS, rules())

    assert (rating.share, rating.band) == (None, NO_RATING)


def test_areas_stand_in_the_order_of_the_rules_and_empty_ones_are_left_out() -> None:
    found = [finding(MET, area="governance"), finding(MET, area="finance")]

    assert [r.area for r in ratings(found, PACKS, rules(areas=("finance", "hubs", "governance")))] == [
        "finance",
        "governance",
    ]


BANDS = (
    Band(word="mostly met", at_least=Decimal("0.8")),
    Band(word="partly met", at_least=Decimal("0.5")),
    Band(word="mostly not met", at_least=Decimal(0)),
)


@pytest.mark.parametrize(
    ("met", "short", "band"),
    [
        (799, 201, "partly met"),
        (800, 200, "mostly met"),
        (801, 199, "mostly met"),
        (499, 501, "mostly not met"),
        (500, 500, "partly met"),
        (501, 499, "partly met"),
        (0, 1, "mostly not met"),
        (1, 0, "mostly met"),
    ],
)
def test_a_band_starts_on_its_line(met: int, short: int, band: str) -> None:
    (rating,) = ratings([finding(MET, met), finding(NOT_MET, short)], PACKS, rules(bands=BANDS))

    assert rating.band == band


@pytest.mark.parametrize(
    "left_out",
    [
        finding(NOT_MET, 90, as_need=True),
        finding(NOT_MET, 90, effect=Effect.NOTE),
        finding(AWAY, 90),
        finding(CONFLICT, 90),
    ],
    ids=["need", "note", "not applicable", "conflict"],
)
def test_what_carries_no_weight_changes_neither_rating_nor_coverage(left_out: Finding) -> None:
    counted = [finding(MET, 3), finding(UNKNOWN, 1)]

    assert ratings([*counted, left_out], PACKS, rules()) == ratings(counted, PACKS, rules())
    assert coverage([*counted, left_out]) == Decimal("0.75")


def test_coverage_is_by_weight_and_nought_where_nothing_applies() -> None:
    assert coverage([finding(MET, 1), finding(NOT_MET, 2), finding(UNKNOWN, 2)]) == Decimal("0.6")
    assert coverage([finding(AWAY)]) == 0
    assert coverage([]) == 0


def test_gates_and_conditions_carry_weight_too() -> None:
    found = [finding(MET, effect=Effect.GATE), finding(UNKNOWN, effect=Effect.CONDITION)]

    assert coverage(found) == Decimal("0.5")
