"""Findings: when a principle applies, what is need, what a Judgement changes, and what follows from what."""

from datetime import date
from typing import Any

import pytest

from clpt_growth.judging.findings import bench, judged
from clpt_growth.model.case import PHASE, ROUTE
from clpt_growth.model.criterion import AllOf, AskPerson, Follows
from clpt_growth.model.fact import NotApplicable
from clpt_growth.model.finding import Finding, Judgement
from clpt_growth.model.outcome import ANY_RESULT, MET, NOT_APPLICABLE, NOT_MET, Open, Outcome
from clpt_growth.model.principle import Principle
from make import AS_OF, compare, facts, pack, principle

X, Y = "school.roll.pupils_count", "school.roll.places_count"
RISING = compare(X, "at least", 4, 2)


def found(
    *principles: Principle, given: dict[str, Any], said: tuple[Judgement, ...] = (), has_school: bool = True
) -> tuple[Finding, ...]:
    on = bench((pack(*principles),), AS_OF, has_school=has_school)
    return judged(on, facts(given), said)


def only(one: Principle, given: dict[str, Any], *said: Judgement) -> Finding:
    return found(one, given=given, said=said)[0]


@pytest.mark.parametrize(
    ("given", "ways"),
    [
        ({ROUTE: "sponsored", X: 4}, MET),
        ({ROUTE: "sponsored", X: 1}, NOT_MET),
        ({ROUTE: "sponsored"}, ANY_RESULT),
        ({ROUTE: "new provision", X: 1}, NOT_APPLICABLE),
        ({ROUTE: "new provision"}, NOT_APPLICABLE),
        ({X: 4}, Open(MET | NOT_APPLICABLE)),
        ({X: 1}, Open(NOT_MET | NOT_APPLICABLE)),
        ({}, Open(ANY_RESULT | NOT_APPLICABLE)),
    ],
)
def test_a_principle_for_some_routes(given: dict[str, Any], ways: Open) -> None:
    assert only(principle(criterion=RISING, routes=("sponsored",)), given).ways == ways


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        ({PHASE: "primary", X: 4}, "met"),
        ({PHASE: "special", X: 1}, "not applicable"),
        ({X: 4}, "not evidenced"),
    ],
)
def test_a_principle_for_some_phases(given: dict[str, Any], outcome: str) -> None:
    assert only(principle(criterion=RISING, phases=("primary",)), given).outcome == outcome


@pytest.mark.parametrize(
    ("given", "ways"),
    [
        ({Y: 10, X: 4}, MET),
        ({Y: 10, X: 1}, NOT_MET),
        ({Y: 9, X: 1}, NOT_APPLICABLE),
        ({X: 4}, Open(MET | NOT_APPLICABLE)),
        ({X: 1}, Open(NOT_MET | NOT_APPLICABLE)),
        ({Y: NotApplicable("no places"), X: 1}, NOT_APPLICABLE),
    ],
)
def test_a_principle_applies_when_its_hurdle_is_known_to_be_passed(given: dict[str, Any], ways: Open) -> None:
    asked = principle(criterion=RISING, applies_when=compare(Y, "at least", 10))

    assert only(asked, given).ways == ways


def test_a_hurdle_only_partly_passed_is_not_passed() -> None:
    asked = principle(criterion=RISING, applies_when=compare(Y, "at least", 10, 5))

    assert only(asked, {Y: 5, X: 1}).outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("route", "value", "as_need"),
    [
        ("sponsored", 4, False),
        ("sponsored", 3, True),
        ("sponsored", 1, True),
        ("sponsored", None, False),
        ("voluntary converter", 1, False),
        (None, 1, False),
    ],
)
def test_a_shortfall_is_need_on_the_routes_that_bring_schools_for_it(
    route: str | None, value: int | None, as_need: bool
) -> None:
    given = {name: v for name, v in ((ROUTE, route), (X, value)) if v is not None}

    assert only(principle(criterion=RISING, need_for_routes=("sponsored",)), given).as_need is as_need


SAID = Judgement("X01", Outcome.MET, "The works end in May.", "chair of trustees", date(2026, 11, 30))


def test_a_judgement_beside_leaves_the_computed_outcome() -> None:
    finding = only(principle(criterion=RISING), {X: 1}, SAID)

    assert (finding.outcome, finding.decided_by) == (Outcome.NOT_MET, None)


@pytest.mark.parametrize("changes", [{"judgement": "decides"}, {"criterion": AskPerson(ask="Is it so?")}])
def test_a_judgement_decides_where_the_pack_lets_it(changes: dict[str, Any]) -> None:
    finding = only(principle(**{"criterion": RISING} | changes), {X: 1}, SAID)

    assert (finding.outcome, finding.decided_by) == (Outcome.MET, SAID)


def test_a_judgement_of_another_principle_decides_nothing_here() -> None:
    asked = principle(id="X02", criterion=AskPerson(ask="Is it so?"))

    assert only(asked, {}, SAID).outcome is Outcome.NOT_EVIDENCED


def follower(id_: str, *ids: str) -> Principle:
    return principle(id=id_, criterion=Follows(ids=ids))


def test_findings_keep_the_order_of_the_pack_whatever_follows_from_what() -> None:
    last, middle, first = (
        follower("X01", "X02"),
        follower("X02", "X03"),
        principle(id="X03", criterion=RISING),
    )

    findings = found(last, middle, first, given={X: 3})

    assert [(f.id, f.outcome.value) for f in findings] == [
        ("X01", "partly met"), ("X02", "partly met"), ("X03", "partly met"),
    ]  # fmt: skip


def test_what_follows_takes_the_worst_and_waits_only_while_that_could_change() -> None:
    one, two = principle(id="X01", criterion=RISING), principle(id="X02", criterion=compare(Y, "at least", 4))
    after = follower("X03", "X01", "X02")

    assert found(one, two, after, given={X: 4})[2].outcome is Outcome.NOT_EVIDENCED
    assert found(one, two, after, given={X: 1})[2].outcome is Outcome.NOT_MET
    assert found(one, two, after, given={X: 3, Y: 4})[2].outcome is Outcome.PARTLY_MET


def test_what_does_not_apply_holds_up_nothing_that_follows_from_it() -> None:
    one = principle(id="X01", criterion=RISING, routes=("sponsored",))
    two = principle(id="X02", criterion=compare(Y, "at least", 4))

    assert found(one, two, follower("X03", "X01", "X02"), given={ROUTE: "partner", Y: 4})[2].outcome is Outcome.MET


def test_a_judgement_that_decides_is_what_others_follow_from() -> None:
    one = principle(id="X01", criterion=RISING, judgement="decides")

    assert found(one, follower("X02", "X01"), given={X: 1}, said=(SAID,))[1].outcome is Outcome.MET


def test_following_in_a_circle_is_refused() -> None:
    inside = AllOf(parts=(Follows(ids=("X01",)), RISING))

    with pytest.raises(ValueError, match="follow from each other: X01, X02"):
        found(follower("X01", "X02"), principle(id="X02", criterion=inside), given={})


def test_without_a_school_what_is_only_about_a_school_does_not_apply() -> None:
    trust = principle(id="X02", criterion=compare("trust.finance.reserves_gbp", "at least", 4))
    process = principle(id="X03", criterion=compare("case.process.stage_2_items_open_count", "at most", 0))
    after = principle(id="X04", criterion=compare("case.after.schools_count", "at least", 4))
    routed = principle(id="X05", criterion=trust.criterion, routes=("sponsored",))

    findings = found(principle(criterion=RISING), trust, process, after, routed, given={}, has_school=False)

    assert [f.outcome.value for f in findings] == [
        "not applicable", "not evidenced", "not applicable", "not evidenced", "not applicable",
    ]  # fmt: skip
