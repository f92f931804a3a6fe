"""The support plan, worked by hand: who helps, for how many days, and what nobody covers."""

from datetime import date
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clpt_growth.capacity.offers import free_of
from clpt_growth.capacity.support import SupportPlan, support_plan
from clpt_growth.capacity.support_measures import contribution_counted, measures, unfinished
from clpt_growth.model.fact import AtLeast, AtMost, NotApplicable, Term
from demand import DEMAND
from make import AS_OF, facts

AWAY = NotApplicable("does not arise")
HUB = "Primary hub"
LAST = Term(2028, 2)  # the last of the six terms from autumn 2027


def need(days: Any = "5", **changes: Any) -> dict[str, Any]:
    said = {
        "need": "maths", "priority": 1, "line": "teaching", "specialism": "primary",
        "days_a_term": None if days is None else Decimal(days),
    }  # fmt: skip
    return {name: value for name, value in {**said, **changes}.items() if value is not None}


def offer(role: str = "maths lead", free: str | None = "10", **changes: Any) -> dict[str, Any]:
    """A role of a primary specialism in another hub, that has not led it before."""
    said: dict[str, Any] = {
        "line": "teaching", "offer": "maths teaching", "role": role, "provided_by": "own post", "in_place": True,
        "evidenced_on": date(2026, 11, 4), "phases": ("all",), "specialism": "primary", "hub": "Secondary hub", "led_it_before": False,
        "days_a_term": None if free is None else Decimal(free), "committed_days_a_term": Decimal(0),
        "cost_gbp_a_day": 480, "paid_by": "central charge",
    }  # fmt: skip
    return {name: value for name, value in {**said, **changes}.items() if value is not None}


def in_hub(role: str = "hub lead", free: str = "10", **changes: Any) -> dict[str, Any]:
    return offer(role, free, hub=HUB, **changes)


def paid(days: str, until: Term, **changes: Any) -> dict[str, Any]:
    return {"from": "the council", "specialism": "primary", "days_a_term": Decimal(days), "until": until, **changes}


# 8 days a term in the first year and 5 in the second, by the demand model; needs of more are taken as they are.
WORKED: dict[str, Any] = {
    **DEMAND,
    "school.identity.phase": "primary",
    "school.identity.sites_count": 1,
    "school.roll.pupils_count": 210,
    "school.leadership.interim_head": False,
    "school.leadership.head_tenure_months": 40,
    "school.workforce.teachers_fte": Decimal(20),
    "trust.improvement_team.working_days_a_term": Decimal(65),
    "school.identity.category_of_need": "secure some need",
    "school.location.minutes_to_nearest_hub": 20,
    "school.location.minutes_to_trust": 40,
    "trust.policy.travel_limit_minutes": 45,
    "case.proposal.hub": HUB,
    "case.proposal.proposed_opening_on": date(2027, 9, 1),
    "definition.offer_evidence_within_months": 12,
    "school.needs": (need(),),
    "trust.offers": (offer(),),
    "school.help_already_paid_for": (),
}


def known(**changes: Any) -> dict[str, Any]:
    """The worked case with some facts changed; a fact given as None is not known."""
    names = {
        "needs": "school.needs", "offers": "trust.offers", "paid": "school.help_already_paid_for",
        "gives": "school.contribution", "academies": "trust.academy_needs", "hubs": "trust.hubs",
        "posts": "trust.improvement_posts", "phase": "school.identity.phase", "hub": "case.proposal.hub",
        "category": "school.identity.category_of_need", "opening": "case.proposal.proposed_opening_on",
        "to_hub": "school.location.minutes_to_nearest_hub", "to_trust": "school.location.minutes_to_trust",
        "limit": "trust.policy.travel_limit_minutes", "met_within": "definition.hub_met_within_days",
        "teachers": "school.workforce.teachers_fte", "by_subject": "definition.offer_lines_by_subject",
        "in_school": "definition.offer_lines_in_school",
    }  # fmt: skip
    said = {**WORKED, **{names[key]: value for key, value in changes.items()}}
    return facts({name: value for name, value in said.items() if value is not None})


def planned(**changes: Any) -> SupportPlan:
    plan = support_plan(known(**changes), as_of=AS_OF)
    assert plan is not None
    return plan


def first(**changes: Any) -> tuple[list[tuple[str, str]], str, str]:
    """The first need: who gives how many days, how far it is covered, and why."""
    cover = planned(**changes).needs[0]
    return [(h.who, str(h.days)) for h in cover.helpers], cover.cover, cover.reason


def found(**changes: Any) -> dict[str, Any]:
    given = known(**changes)
    return measures(given, support_plan(given, as_of=AS_OF), as_of=AS_OF)


def test_a_need_is_covered_by_one_of_the_same_phase_and_specialism() -> None:
    register = (offer("for seniors", phases=("secondary",)), offer("a scientist", specialism="secondary"), offer())
    assert first(offers=register) == ([("maths lead", "5")], "covered", "Named, in post and with the days.")


def test_one_that_says_it_serves_every_specialism_and_phase_does() -> None:
    assert first(offers=(offer("adviser", specialism="all", phases=("all",)),))[0] == [("adviser", "5")]


def test_one_that_does_not_say_which_specialism_it_serves_is_not_asked_and_may_yet_help() -> None:
    assert first(offers=(offer("adviser", specialism=None),)) == (
        [], "uncovered", "The offer does not say which specialism it serves.",
    )  # fmt: skip
    assert "needs_covered_share" not in answered(offers=(offer("adviser", specialism=None),))


def test_one_that_does_not_say_which_phases_it_serves_is_not_asked_and_may_yet_help() -> None:
    assert first(offers=(offer("adviser", phases=None),))[0] == []
    assert "needs_covered_share" not in answered(offers=(offer("adviser", phases=None),))


def by_subject(asked: str | None, *register: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The worked case where help with teaching goes by subject."""
    return {"by_subject": ("teaching",), "needs": (need(subject=asked),), "offers": register, **more}


MATHS, ENGLISH = offer("maths lead", subjects=("maths",)), offer("English lead", subjects=("English", "reading"))
ADVISER, SILENT = offer("adviser", subjects=("all",)), offer("lead practitioner")
NAMED = "Named, in post and with the days."


@pytest.mark.parametrize(
    ("asked", "register", "who", "reason"),
    [
        ("maths", (ENGLISH, MATHS), "maths lead", NAMED),
        ("reading", (ENGLISH, MATHS), "English lead", NAMED),
        ("science", (ENGLISH, MATHS), "", "Nobody on this line whose specialism is primary helps with science."),
        ("science", (ENGLISH, ADVISER), "adviser", NAMED),
        ("maths", (in_hub("adviser", "50", subjects=("all",), led_it_before=True), MATHS), "maths lead", NAMED),
        ("science", (ENGLISH, SILENT), "",
         "The offer does not say which subjects it helps with, and the need is for: science."),
        ("all", (ENGLISH,), "English lead", NAMED),
        (None, (ENGLISH, MATHS), "", "The need does not say which subject or kind of improvement it is for."),
        (None, (ENGLISH, ADVISER), "adviser", NAMED),
        ("science", (MATHS, offer("scientist", subjects=("science",), in_place=False)), "",
         "The post is planned and not filled."),
    ],
)  # fmt: skip
def test_on_a_line_by_subject_those_named_help_with_what_the_need_is_for(
    asked: str | None, register: tuple[dict[str, Any], ...], who: str, reason: str
) -> None:
    helpers, cover, why = first(**by_subject(asked, *register))
    assert (helpers, cover, why) == ([(who, "5")] if who else [], "covered" if who else "uncovered", reason)


def test_why_somebody_is_named_says_what_they_help_with() -> None:
    near = in_hub("maths lead", subjects=("maths",), led_it_before=True)
    (helper,) = planned(**by_subject("maths", near)).needs[0].helpers
    assert helper.why == "helps with maths, in the school's hub, has led it before"
    (helper,) = planned(**by_subject("all", near)).needs[0].helpers
    assert helper.why == "in the school's hub, has led it before"


@pytest.mark.parametrize(("asked", "register"), [("science", (SILENT,)), (None, (MATHS,)), ("all", (SILENT,))])
def test_a_subject_nobody_wrote_is_no_shortfall_and_never_covered(asked: str | None, register: Any) -> None:
    said = by_subject(asked, *register)
    assert planned(**said).needs[0].cover == "uncovered"
    assert (found(**said)["needs_covered_share"], found(**said)["first_needs_uncovered_count"]) == (None, None)


def test_a_subject_nobody_helps_with_is_a_shortfall() -> None:
    assert found(**by_subject("science", MATHS))["first_needs_uncovered_count"] == 1


def test_the_other_lines_have_no_subject() -> None:
    said = {"by_subject": ("curriculum",), "needs": (need(subject="science"),), "offers": (MATHS,)}
    assert first(**said)[0] == [("maths lead", "5")]


@pytest.mark.parametrize(
    ("subjects", "line", "asked", "who"),
    [
        (("maths",), "teaching", "maths", ["the council", "adviser"]),
        (("maths",), "teaching", "science", ["adviser"]),
        (("all",), "teaching", "science", ["the council", "adviser"]),
        (None, "teaching", "science", ["adviser"]),
        (("maths",), "behaviour", None, ["adviser"]),  # a maths hub is no help with behaviour
        (("all",), "behaviour", None, ["the council", "adviser"]),
        (None, "behaviour", None, ["adviser"]),
    ],
)
def test_help_that_others_pay_for_is_for_what_it_is_paid_for(
    subjects: tuple[str, ...] | None, line: str, asked: str | None, who: list[str]
) -> None:
    row = paid("3", LAST) if subjects is None else paid("3", LAST, subjects=subjects)
    needs, register = (need(line=line, subject=asked),), (offer("adviser", line=line, subjects=("all",)),)
    plan = planned(by_subject=("teaching",), needs=needs, offers=register, paid=(row,))
    assert [h.who for h in plan.needs[0].helpers] == who


def test_help_that_does_not_say_what_it_is_paid_for_may_yet_cover_a_need() -> None:
    silent = by_subject("science", MATHS, paid=(paid("3", LAST),))
    assert "needs_covered_share" not in answered(**silent)
    assert unfinished("needs_covered_share", known(**silent)) == ("school.help_already_paid_for",)
    assert (
        answered(**by_subject("science", MATHS, paid=(paid("3", LAST, subjects=("maths",)),)))["needs_covered_share"]
        == 0
    )


def test_a_line_given_from_any_distance_has_no_travel_limit() -> None:
    far = {"in_school": ("teaching",), "to_trust": 46}
    assert first(**far) == ([], "uncovered", "Those who could help are beyond the travel limit.")
    money = {"needs": (need(line="finance"),), "offers": (offer("finance team", line="finance"),)}
    assert first(**far, **money)[:2] == ([("finance team", "5")], "covered")
    assert first(**money, in_school=("teaching",), to_trust=None)[1] == "covered"


def test_help_nobody_spoke_of_may_yet_cover_a_need() -> None:
    short = {"offers": (offer(free="1"),)}
    assert answered(**short)["needs_covered_share"] == 0
    assert "needs_covered_share" not in answered(**short, paid=None)
    assert answered(paid=None)["needs_covered_share"] == 1
    assert planned(paid=None).help_told is False


def answered(**changes: Any) -> dict[str, Any]:
    return {name: value for name, value in found(**changes).items() if value is not None}


def test_the_needs_own_specialism_comes_before_one_that_serves_any() -> None:
    register = (in_hub("adviser", "50", specialism="all", led_it_before=True), offer())
    assert first(offers=register)[0] == [("maths lead", "5")]


def test_those_who_serve_any_are_kept_for_needs_that_have_nobody_else() -> None:
    needs = (need("4", specialism="secondary"), need("5"), need("4", specialism="send"))
    register = (offer("adviser", "8", specialism="all"), offer("maths lead", "5"))
    assert planned(needs=needs, offers=register).covered == 3
    assert planned(needs=needs, offers=(*register, offer("head", "9", specialism="secondary"))).covered == 3


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_hub_first_then_led_before_then_most_days_free(order: tuple[int, ...]) -> None:
    register = (
        offer("fourth", "9"),
        offer("third", "3", led_it_before=True),
        in_hub("second", "2"),
        in_hub("first", "1", led_it_before=True),
    )
    chosen = first(needs=(need("10"),), offers=tuple(register[n] for n in order))
    assert chosen[0] == [("first", "1"), ("second", "2"), ("third", "3"), ("fourth", "4")]


def test_of_two_alike_the_one_with_more_days_free_is_asked() -> None:
    register = (offer("busy", "12", committed_days_a_term=Decimal(6)), offer("free", "7"))
    assert first(offers=register)[0] == [("free", "5")]


def test_of_two_equal_the_first_in_the_register_is_asked_every_time() -> None:
    register = (offer("one"), offer("other"))
    assert first(offers=register)[0] == [("one", "5")]
    assert first(offers=register[::-1])[0] == [("other", "5")]
    assert planned(offers=register) == planned(offers=register)


def test_those_before_led_or_not_said_are_the_same() -> None:
    register = (offer("not said", led_it_before=None), offer("no"))
    assert first(offers=register)[0] == [("not said", "5")]


def test_a_day_is_given_once() -> None:
    plan = planned(needs=(need("6", need="maths"), need("6", need="writing")))
    assert [(n.cover, n.short) for n in plan.needs] == [("covered", 0), ("partly covered", 2)]
    assert plan.needs[1].reason == "Those who could help have no more days free."
    assert plan.covered == 1


def test_needs_are_taken_in_the_schools_own_order() -> None:
    needs = (
        need(need="third", priority=3),
        need(need="first"),
        need(need="second", priority=2),
        need(need="also first"),
    )
    assert [n.need["need"] for n in planned(needs=needs).needs] == ["first", "also first", "second", "third"]


def test_help_already_paid_for_is_used_first_and_says_when_it_ends() -> None:
    cover = planned(paid=(paid("3", LAST),)).needs[0]
    assert [(h.who, h.days, h.until) for h in cover.helpers] == [("the council", 3, LAST), ("maths lead", 2, None)]


def test_help_that_is_enough_asks_nothing_of_the_trust() -> None:
    plan = planned(needs=(need(), need("2")), paid=(paid("6", Term(2028, 2)),))
    assert plan.needs[0].reason == "Already paid for by others."
    assert [(h.who, h.days) for h in plan.needs[1].helpers] == [("the council", 1), ("maths lead", 1)]
    assert plan.year_one_cost_gbp == 1 * 3 * 480


@pytest.mark.parametrize(
    "row",
    [
        paid("3", Term(2026, 2)),  # ends the term before the school opens
        paid("3", Term(2027, 2), specialism="send"),
        {**paid("3", Term(2027, 2)), "days_a_term": AWAY},
        {**paid("3", Term(2027, 2)), "until": AWAY},
    ],
)
def test_help_that_ends_before_opening_or_is_of_another_kind_is_not_used(row: dict[str, Any]) -> None:
    assert first(paid=(row,))[0] == [("maths lead", "5")]


def test_help_in_the_opening_term_is_used() -> None:
    assert first(paid=(paid("3", Term(2027, 0)),))[0][:2] == [("the council", "3"), ("maths lead", "2")]


def taken_over(plan: SupportPlan, number: int = 0) -> list[tuple[str, str, str]]:
    """Who takes over a need, for how many days a term and from when."""
    return [(h.who, str(h.days), str(h.since)) for h in plan.needs[number].helpers if h.since is not None]


def ended(plan: SupportPlan, number: int = 0) -> list[tuple[str, Decimal | None, str]]:
    return [(str(e.since), e.short, e.reason) for e in plan.needs[number].ended]


def covered(plan: SupportPlan, number: int = 0) -> list[Decimal | None]:
    """Days of a need somebody is named for, term by term."""
    return [row.covered[number] for row in plan.terms]


def test_when_help_ends_in_the_first_year_the_trusts_own_take_over_from_the_next_term() -> None:
    plan = planned(paid=(paid("5", Term(2027, 1)),))
    assert taken_over(plan) == [("maths lead", "5", "summer 2028")]
    assert ended(plan) == [("summer 2028", 0, "Named, in post and with the days.")]
    assert (plan.needs[0].cover, plan.needs[0].short, plan.needs[0].known) == ("covered", 0, True)
    assert covered(plan) == [5, 5, 5, Decimal("3.125"), Decimal("3.125"), Decimal("3.125")]


def test_when_help_ends_with_the_first_year_only_the_days_the_second_needs_are_taken_over() -> None:
    plan = planned(paid=(paid("5", Term(2027, 2)),))
    assert taken_over(plan) == [("maths lead", "3.125", "autumn 2028")]  # 5 x 5/8


def test_those_who_take_over_cost_from_the_term_they_begin() -> None:
    plan = planned(paid=(paid("5", Term(2027, 1)),))
    assert [row.cost_gbp for row in plan.terms] == [0, 0, 5 * 480, 1500, 1500, 1500]  # 3.125 days at £480
    assert (plan.year_one_cost_gbp, plan.year_two_cost_gbp) == (2400, 4500)
    assert plan.year_one_days_by_cost == {480: 5}
    assert found(paid=(paid("5", Term(2027, 1)),))["promised_cost_gbp"] == 2400


def test_where_those_already_named_have_the_days_nobody_takes_over() -> None:
    plan = planned(needs=(need("12"),), offers=(offer(free="10"),), paid=(paid("3", Term(2027, 2)),))
    assert ended(plan) == [("autumn 2028", 0, "Those already named have the days.")]  # 7.5 needed, 9 held
    assert (taken_over(plan), plan.needs[0].cover) == ([], "covered")
    # While the council helps the trust gives 9 of the 12, and 7.5 once the need has fallen.
    assert [row.cost_gbp for row in plan.terms] == [9 * 480] * 3 + [3600] * 3


def test_one_already_named_gives_the_days_still_free_as_well() -> None:
    plan = planned(needs=(need("12"),), paid=(paid("9", Term(2027, 2)),))
    assert [(h.who, h.days) for h in plan.needs[0].helpers] == [
        ("the council", 9), ("maths lead", 3), ("maths lead", Decimal("4.5")),
    ]  # fmt: skip
    assert taken_over(plan) == [("maths lead", "4.500", "autumn 2028")]  # 7.5 needed, 3 held


def test_days_named_for_another_need_do_not_take_over() -> None:
    needs = (need("5", need="maths"), need("6", need="writing", priority=2))
    plan = planned(needs=needs, offers=(offer(free="8"),), paid=(paid("5", Term(2027, 1)),))
    assert taken_over(plan) == [("maths lead", "2", "summer 2028")]
    assert ended(plan) == [("summer 2028", 3, "Those who could help have no more days free.")]
    assert [n.cover for n in plan.needs] == ["partly covered", "covered"]
    assert covered(plan) == [5, 5, 2, 2, 2, 2]
    assert covered(plan, 1) == [6, 6, 6, Decimal("3.75"), Decimal("3.75"), Decimal("3.75")]


def test_of_two_needs_whose_help_ends_together_the_more_pressing_is_matched_first() -> None:
    needs = (need("4", need="writing", priority=2), need("4", need="maths"))
    plan = planned(needs=needs, offers=(offer(free="5"),), paid=(paid("8", Term(2027, 0)),))
    assert (taken_over(plan, 0), taken_over(plan, 1)) == (
        [("maths lead", "4", "spring 2028")],
        [("maths lead", "1", "spring 2028")],
    )
    assert [n.cover for n in plan.needs] == ["covered", "partly covered"]


def test_help_that_ends_at_two_times_is_taken_over_twice() -> None:
    two = (paid("2", Term(2027, 0)), paid("3", Term(2027, 1), **{"from": "the diocese"}))
    plan = planned(offers=(offer(free="4"),), paid=two)
    assert taken_over(plan) == [("maths lead", "2", "spring 2028"), ("maths lead", "2", "summer 2028")]
    assert [(since, short) for since, short, _ in ended(plan)] == [("spring 2028", 0), ("summer 2028", 1)]
    assert [[h.who for h in e.helpers] for e in plan.needs[0].ended] == [["the council"], ["the diocese"]]


def test_those_who_take_over_are_asked_in_the_same_order_as_at_the_start() -> None:
    register = (offer("far", "9"), in_hub("near", "2"), offer("for seniors", "9", phases=("secondary",)))
    plan = planned(offers=register, paid=(paid("5", Term(2027, 1)),))
    assert taken_over(plan) == [("near", "2", "summer 2028"), ("far", "3", "summer 2028")]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"offers": ()}, "The trust offers nothing on teaching."),
        ({"offers": (offer(specialism="send"),)}, "Nobody on this line has the specialism: primary."),
        ({"offers": (offer(in_place=False),)}, "The post is planned and not filled."),
        ({"to_trust": 46}, "Those who could help are beyond the travel limit."),
        ({"offers": (offer(free="0"),)}, "Those who could help have no more days free."),
    ],
)
def test_a_need_nobody_takes_over_is_covered_in_part_and_says_why(changes: dict[str, Any], reason: str) -> None:
    plan = planned(paid=(paid("5", Term(2027, 1)),), **changes)
    assert ended(plan) == [("summer 2028", 5, reason)]
    assert (plan.needs[0].cover, plan.covered, plan.needs[0].known) == ("partly covered", 0, True)
    told = found(paid=(paid("5", Term(2027, 1)),), **changes)
    assert (told["needs_covered_share"], told["first_needs_uncovered_count"]) == (0, 1)


def test_help_that_lasts_as_long_as_the_plan_does_not_end_in_it() -> None:
    assert planned(paid=(paid("5", LAST),)).needs[0].ended == ()


@pytest.mark.parametrize("until", [AWAY, None])
def test_help_that_does_not_say_when_it_ends_covers_nothing(until: Any) -> None:
    said = {**paid("5", LAST), "until": until}
    plan = planned(offers=(), paid=({k: v for k, v in said.items() if v is not None},))
    assert (plan.needs[0].cover, covered(plan)) == ("uncovered", [0] * 6)


def test_without_a_category_nobody_knows_if_a_need_is_covered_once_help_ends_with_the_year() -> None:
    plan = planned(category=None, paid=(paid("5", Term(2027, 2)),))
    assert ended(plan) == [
        ("autumn 2028", None,
         "How far the days fall by then is not known: the school's category of need is not in evidence.")
    ]  # fmt: skip
    assert (plan.needs[0].cover, plan.needs[0].known) == ("partly covered", False)
    silent: dict[str, Any] = {"category": None, "paid": (paid("5", Term(2027, 2)),)}
    assert found(**silent)["needs_covered_share"] is None
    assert unfinished("needs_covered_share", known(**silent)) == ("school.identity.category_of_need",)


def test_silence_about_who_could_take_over_is_no_shortfall() -> None:
    for silent in ({"to_trust": None}, {"offers": (offer(free=None),)}, {"offers": (offer(evidenced_on=None),)}):
        told = found(paid=(paid("5", Term(2027, 1)),), **silent)
        assert (told["needs_covered_share"], told["first_needs_uncovered_count"]) == (None, None)


@pytest.mark.parametrize(
    ("severity", "review"),
    [("high", "autumn 2027"), ("medium", "spring 2028"), ("low", "summer 2028"), (None, "autumn 2027")],
)
def test_a_need_is_reviewed_the_sooner_the_more_severe_it_is(severity: str | None, review: str) -> None:
    assert str(planned(needs=(need(severity=severity),)).needs[0].review) == review


def test_a_need_whose_help_falls_short_is_reviewed_as_soon_as_a_severe_one() -> None:
    low = (need(severity="low"),)
    assert str(planned(needs=low, offers=()).needs[0].review) == "autumn 2027"
    assert str(planned(needs=low, offers=(offer(free="4"),)).needs[0].review) == "autumn 2027"
    assert str(planned(needs=low, offers=(), paid=(paid("5", Term(2028, 1)),)).needs[0].review) == "autumn 2027"


def test_a_need_is_reviewed_before_help_for_it_has_ended() -> None:
    low = (need(severity="low"),)
    assert str(planned(needs=low, paid=(paid("5", Term(2027, 1)),)).needs[0].review) == "spring 2028"
    assert str(planned(needs=low, paid=(paid("5", Term(2027, 2)),)).needs[0].review) == "summer 2028"
    assert str(planned(needs=low, paid=(paid("5", LAST),)).needs[0].review) == "summer 2028"


def test_terms_to_the_review_are_the_trusts_to_set() -> None:
    rule = facts({**WORKED, "definition.need_reviewed_after_terms": {"high": 2, "medium": 4, "low": 6}})
    plan = support_plan(rule, as_of=AS_OF)
    assert plan is not None
    assert str(plan.needs[0].review) == "spring 2028"


BEYOND = ([], "uncovered", "Those who could help are beyond the travel limit.")


def test_whose_hub_is_not_known_is_neither_near_nor_far() -> None:
    """20 minutes from one hub and 46 from the trust: which counts depends on the school's own hub."""
    plan = planned(to_trust=46, hub=None, offers=(in_hub("maths lead"),))

    cover = plan.needs[0]
    assert (cover.helpers, cover.known) == ((), False)
    assert cover.reason == "How far maths lead would travel, beside the limit, is not in evidence."


@pytest.mark.parametrize(
    ("changes", "near"),
    [
        ({"to_trust": 45}, True),  # on the limit
        ({"to_trust": 46}, False),
        ({"to_trust": 46, "offers": (in_hub("maths lead"),)}, True),
        ({"to_hub": 45, "offers": (in_hub("maths lead"),)}, True),
        ({"to_hub": 46, "offers": (in_hub("maths lead"),)}, False),
        ({"to_trust": 46, "to_hub": 46, "hub": None, "offers": (in_hub("maths lead"),)}, False),
        ({"to_trust": 46, "offers": (offer(provided_by="contract"),)}, True),
        ({"to_trust": None, "limit": None, "offers": (offer(provided_by="contract"),)}, True),
    ],
)
def test_travel_is_within_the_limit_or_by_contract(changes: dict[str, Any], near: bool) -> None:
    assert first(**changes) == (
        ([("maths lead", "5")], "covered", "Named, in post and with the days.") if near else BEYOND
    )


@pytest.mark.parametrize("missing", ["to_trust", "limit"])
def test_nobody_whose_drive_is_not_known_covers_a_need(missing: str) -> None:
    assert first(**{missing: None}) == (
        [], "uncovered", "How far maths lead would travel, beside the limit, is not in evidence.",
    )  # fmt: skip
    assert found(**{missing: None}, paid=())["needs_covered_share"] is None
    assert found(**{missing: None}, paid=())["first_needs_uncovered_count"] is None


def test_what_is_surely_uncovered_is_a_bound_whatever_else_is_not_known() -> None:
    needs = (need(), need(specialism="send", priority=1))
    told = found(needs=needs, to_trust=None, paid=())

    assert (told["needs_covered_share"], told["first_needs_uncovered_count"]) == (AtMost(Decimal("0.5")), AtLeast(1))


def test_why_one_is_chosen_is_said() -> None:
    assert (
        planned(offers=(in_hub(led_it_before=True),)).needs[0].helpers[0].why
        == "in the school's hub, has led it before"
    )


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"offers": None}, "The trust's register of offers is not in evidence."),
        ({"offers": ()}, "The trust offers nothing on teaching."),
        ({"offers": AWAY}, "The trust offers nothing on teaching."),
        ({"offers": (offer(line="finance"),)}, "The trust offers nothing on teaching."),
        ({"offers": (offer(in_place=False),)}, "The post is planned and not filled."),
        ({"offers": (offer(specialism="send"),)}, "Nobody on this line has the specialism: primary."),
        ({"offers": (offer(free="0"),)}, "Those who could help have no more days free."),
        ({"offers": (offer(committed_days_a_term=Decimal(13)),)}, "Those who could help have no more days free."),
        ({"offers": (offer(free=None),)}, "The days still free are not in evidence."),
        ({"needs": (need(line=None),)}, "The need does not say which line of the offer it calls for."),
        ({"needs": (need(None),)}, "The school has not said how many days."),
        ({"needs": (need(days_a_term=AWAY),)}, "The school has not said how many days."),
    ],
)
def test_what_is_uncovered_says_why(changes: dict[str, Any], reason: str) -> None:
    assert first(**changes) == ([], "uncovered", reason)


PLANNED, OLD = (
    "The post is planned and not filled.",
    "What stands behind the offer was not shown to be in place within 12 months.",
)
ELSEWHERE_IN_PHASE = "Those who serve the specialism primary do not serve the phase primary."


@pytest.mark.parametrize(
    ("register", "why"),
    [
        ((offer(evidenced_on=date(2025, 12, 3)),), OLD),
        ((offer(phases=("secondary",)),), ELSEWHERE_IN_PHASE),
        ((offer(in_place=False), offer(evidenced_on=date(2020, 1, 1))), f"{PLANNED} {OLD}"),
        ((offer(phases=("secondary",)), offer(specialism="send")), ELSEWHERE_IN_PHASE),
        ((offer(evidenced_on=None),), "The register does not say all it must of what stands behind the offer."),
    ],
)
def test_what_is_old_or_for_another_phase_is_not_used_and_each_says_why(register: tuple[Any, ...], why: str) -> None:
    assert first(offers=register) == ([], "uncovered", why)


def test_evidence_twelve_months_old_to_the_day_is_used() -> None:
    assert first(offers=(offer(evidenced_on=date(2025, 12, 4)),))[1] == "covered"


def test_a_planned_post_is_passed_over_for_one_that_is_filled() -> None:
    assert first(offers=(in_hub(in_place=False), offer()))[0] == [("maths lead", "5")]


def test_a_need_of_no_days_is_covered_and_takes_nobody() -> None:
    assert first(needs=(need("0"),)) == ([], "covered", "No days are asked for.")


def test_without_needs_there_is_no_plan() -> None:
    assert support_plan(known(needs=None), as_of=AS_OF) is None
    assert "needs_count" not in found(needs=None)


@pytest.mark.parametrize("needs", [(), AWAY])
def test_a_school_that_needs_nothing_has_an_empty_plan(needs: Any) -> None:
    plan = planned(needs=needs)
    assert (plan.needs, plan.covered, plan.year_one_cost_gbp) == ((), 0, 0)
    assert found(needs=needs)["needs_count"] == 0
    assert found(needs=needs)["needs_covered_share"] is None


@pytest.mark.parametrize(
    ("opening", "six"),
    [
        (date(2027, 9, 1), "autumn 2027, spring 2028, summer 2028, autumn 2028, spring 2029, summer 2029"),
        (date(2027, 4, 1), "summer 2027, autumn 2027, spring 2028, summer 2028, autumn 2028, spring 2029"),
        (date(2027, 1, 1), "spring 2027, summer 2027, autumn 2027, spring 2028, summer 2028, autumn 2028"),
        (None, "autumn 2026, spring 2027, summer 2027, autumn 2027, spring 2028, summer 2028"),
    ],
)
def test_six_terms_run_from_the_opening(opening: date | None, six: str) -> None:
    assert ", ".join(str(row.term) for row in planned(opening=opening).terms) == six


def test_the_second_year_tapers_by_the_category_of_need() -> None:
    needs = (need("5"), need("2.5", priority=2))
    rows = [row.days for row in planned(needs=needs).terms]
    assert rows == [(5, Decimal("2.5"))] * 3 + [(Decimal("3.125"), Decimal("1.5625"))] * 3  # 5 days after 8
    needs = (need("15"),)
    assert [row.days for row in planned(needs=needs, category="vulnerable").terms] == [(15,)] * 3 + [(10,)] * 3


def test_without_a_category_the_second_year_is_not_known() -> None:
    assert [row.days for row in planned(category=None).terms] == [(5,)] * 3 + [(None,)] * 3


def test_a_need_without_days_has_none_in_any_term() -> None:
    assert {row.days for row in planned(needs=(need(None),)).terms} == {(None,)}
    assert planned(needs=(need(None),)).needs[0].short is None


def test_year_one_costs_three_terms_of_the_trusts_days() -> None:
    plan = planned(offers=(in_hub(free="2", cost_gbp_a_day=620), offer()), paid=(paid("1", Term(2028, 2)),))
    assert plan.year_one_cost_gbp == 2 * 3 * 620 + 2 * 3 * 480  # the council's day costs nothing
    # 3.125 days are needed: the council's 1, then 2 at £620 and what is left at £480.
    assert plan.year_two_cost_gbp == 3 * (2 * 620 + 60)


def test_the_cost_of_year_two_waits_for_the_category_that_says_how_days_fall() -> None:
    assert planned(category=None).year_two_cost_gbp is None
    assert planned(offers=(offer(cost_gbp_a_day=None),)).year_two_cost_gbp is None


def test_half_a_pound_is_rounded_up_once() -> None:
    needs = (need("0.5"), need("0.5"))
    assert planned(needs=needs, offers=(offer(cost_gbp_a_day=481),)).year_one_cost_gbp == 1443  # 721.50 twice


def test_a_day_without_a_price_leaves_the_cost_unknown() -> None:
    assert planned(offers=(offer(cost_gbp_a_day=None),)).year_one_cost_gbp is None
    assert found(offers=(offer(cost_gbp_a_day=None),))["promised_cost_gbp"] is None


GIFT = {
    "role": "reading lead",
    "specialism": "primary",
    "subjects": ("reading", "writing"),
    "days_a_term": Decimal(4),
    "from_term": Term(2027, 0),
}
ELSEWHERE = {
    "academy": "Far Academy",
    "need": "phonics",
    "specialism": "primary",
    "subject": "reading",
    "hub": "Secondary hub",
}
NEARBY = {"academy": "Near Academy", "need": "writing", "specialism": "primary", "subject": "writing", "hub": HUB}


def test_what_the_school_gives_meets_a_need_in_its_own_hub_first() -> None:
    (gift,) = planned(gives=(GIFT,), academies=(ELSEWHERE, NEARBY)).gives
    assert gift == ("reading lead", "primary", Decimal(4), "writing at Near Academy", Term(2027, 0))


def test_what_the_school_gives_meets_a_need_elsewhere_where_its_hub_has_none() -> None:
    nearby = {**NEARBY, "specialism": "send"}
    assert planned(gives=(GIFT,), academies=(nearby, ELSEWHERE)).gives[0].meets == "phonics at Far Academy"
    assert planned(gives=(GIFT,), academies=(nearby,)).gives[0].meets == ""


@pytest.mark.parametrize(
    ("subjects", "subject", "meets"),
    [
        (("writing",), "writing", "writing at Near Academy"),
        (("all",), "writing", "writing at Near Academy"),
        (("reading",), "all", "writing at Near Academy"),
        (("maths",), "writing", ""),
        (None, "writing", ""),
        (("writing",), None, ""),
    ],
)
def test_what_the_school_gives_meets_a_need_for_what_it_helps_with(
    subjects: tuple[str, ...] | None, subject: str | None, meets: str
) -> None:
    assert (
        planned(gives=({**GIFT, "subjects": subjects},), academies=({**NEARBY, "subject": subject},)).gives[0].meets
        == meets
    )


def met(*gives: dict[str, Any], needs: tuple[dict[str, Any], ...]) -> list[str]:
    return [gift.meets for gift in planned(gives=gives, academies=needs).gives]


def test_a_need_one_gift_has_met_is_not_met_again_by_another() -> None:
    three = {**NEARBY, "days_a_term": Decimal(3)}
    assert met(GIFT, {**GIFT, "days_a_term": Decimal(2)}, needs=(three,)) == ["writing at Near Academy", ""]
    assert met({**GIFT, "days_a_term": Decimal(2)}, GIFT, needs=(three,)) == ["writing at Near Academy"] * 2


def test_a_gift_with_days_to_spare_meets_a_second_need() -> None:
    three = {**NEARBY, "days_a_term": Decimal(3)}
    assert met(GIFT, needs=(three, ELSEWHERE)) == ["writing at Near Academy and phonics at Far Academy"]
    assert met({**GIFT, "days_a_term": Decimal(3)}, needs=(three, ELSEWHERE)) == ["writing at Near Academy"]


def test_a_gift_of_no_days_or_of_days_nobody_wrote_takes_no_need_from_another() -> None:
    three = {**NEARBY, "days_a_term": Decimal(3)}
    silent = {k: v for k, v in GIFT.items() if k != "days_a_term"}
    assert met(silent, GIFT, needs=(three,)) == ["writing at Near Academy"] * 2
    assert met({**GIFT, "days_a_term": Decimal(0)}, GIFT, needs=(three,)) == ["", "writing at Near Academy"]


@pytest.mark.parametrize("category", ["vulnerable", "category of concern"])
def test_nothing_is_counted_from_a_school_that_needs_its_own_people(category: str) -> None:
    plan = planned(gives=(GIFT,), academies=(NEARBY,), category=category)
    assert [g.meets for g in plan.gives] == [""]
    assert plan.gives_nothing_because == "Counted as none for two years: the school needs its own people first."
    assert contribution_counted(known(gives=(GIFT,), category=category)) == 0


def test_nothing_is_matched_while_the_category_is_not_known() -> None:
    plan = planned(gives=(GIFT,), academies=(NEARBY,), category=None)
    assert [g.meets for g in plan.gives] == [""]
    assert plan.gives_nothing_because == "Not counted while the category of need is not in evidence."
    assert contribution_counted(known(gives=(GIFT,), category=None)) is None


def test_a_school_that_offers_nothing_is_said_to() -> None:
    assert planned().gives_nothing_because == "Nothing offered is in evidence."
    assert planned(gives=()).gives_nothing_because == "The school offers nothing yet."
    assert contribution_counted(known()) is None
    assert contribution_counted(known(gives=())) == 0


def test_days_the_school_gives_are_added_up_where_every_one_is_said() -> None:
    both = (GIFT, {**GIFT, "days_a_term": Decimal("2")})
    assert contribution_counted(known(gives=both)) == 4  # half of 6, half of 6 and all 6, as a mean
    assert contribution_counted(known(gives=(GIFT, {"role": "maths lead", "specialism": "primary"}))) is None


def test_days_counted_wait_for_the_number_of_teachers_that_limits_them() -> None:
    assert contribution_counted(known(gives=(GIFT,), teachers=None)) is None
    assert contribution_counted(known(gives=(GIFT,), teachers=Decimal(2))) == Decimal("2.6") * 2 / 3  # 2% of 130 days


def hub(**changes: Any) -> dict[str, Any]:
    said = {
        "name": HUB, "lead_in_post": True, "last_met_on": date(2026, 10, 1), "plan_dated_on": date(2026, 9, 4),
        "days_given_a_term": Decimal(20), "days_received_a_term": Decimal(12),
    }  # fmt: skip
    return {name: value for name, value in {**said, **changes}.items() if value is not None}


def test_the_hubs_net_days_take_the_school_in_on_both_sides() -> None:
    half = {**GIFT, "days_a_term": Decimal(6)}
    assert found(hubs=(hub(),), gives=(half,), needs=(need("8"),))["hub_net_days"] == 7  # 20 + 4 - 12 - 8 x 5/8
    assert found(hubs=(hub(),), gives=(half,), needs=(need("24"),))["hub_net_days"] == -3
    assert found(hubs=(hub(),), gives=(half,), needs=(need("15"),), category="vulnerable")["hub_net_days"] == -2


def test_the_hubs_net_days_take_what_the_ledger_takes_of_a_school_that_lists_less() -> None:
    """The model's 8 days a term for its category fall to 5; a list that leaves days out makes no school easier."""
    assert found(hubs=(hub(),), gives=(), needs=(need("2"),))["hub_net_days"] == 20 - 12 - 5


@pytest.mark.parametrize(
    "changes",
    [
        {"hubs": None},
        {"hub": None},
        {"hubs": (hub(name="Another hub"),)},
        {"hubs": (hub(days_given_a_term=None),)},
        {"hubs": (hub(days_received_a_term=None),)},
        {"gives": None},
        {"category": None},
        {"needs": (need(None),)},
    ],
)
def test_the_hubs_net_days_are_unknown_while_any_part_is(changes: dict[str, Any]) -> None:
    assert found(**{"hubs": (hub(),), "gives": (GIFT,), **changes})["hub_net_days"] is None


@pytest.mark.parametrize(
    ("changes", "placed"),
    [
        ({}, True),
        ({"hubs": (hub(last_met_on=date(2026, 8, 6)),)}, True),  # 120 days ago
        ({"hubs": (hub(last_met_on=date(2026, 8, 5)),)}, False),
        ({"hubs": (hub(last_met_on=date(2026, 12, 5)),)}, False),
        ({"hubs": (hub(lead_in_post=False),)}, False),
        ({"hubs": (hub(name="Another hub"),)}, False),
        ({"hubs": (hub(lead_in_post=None),)}, None),
        ({"hubs": (hub(last_met_on=None),)}, None),
        ({"hubs": (hub(plan_dated_on=None),)}, None),
        ({"hubs": (hub(plan_dated_on=None, lead_in_post=False),)}, False),
        ({"hubs": (hub(plan_dated_on=None, last_met_on=date(2026, 8, 5)),)}, False),
        ({"hubs": None}, None),
        ({"hub": None}, None),
        ({"met_within": None}, None),
    ],
)
def test_a_school_is_placed_in_a_hub_with_a_lead_that_met_lately(changes: dict[str, Any], placed: bool | None) -> None:
    assert found(**{"hubs": (hub(),), "met_within": 120, **changes})["hub_placed"] is placed


def test_a_capability_is_added_where_nobody_in_post_has_it() -> None:
    posts = ({"specialism": "primary", "in_post": True}, {"specialism": "send", "in_post": False})
    assert found(gives=(GIFT,), posts=posts)["capability_added"] is False
    assert found(gives=({**GIFT, "specialism": "send"},), posts=posts)["capability_added"] is True
    assert found(gives=(), posts=posts)["capability_added"] is False
    assert found(gives=(GIFT,))["capability_added"] is None
    assert found(gives=(GIFT,), posts=({"specialism": "primary"},))["capability_added"] is None


def test_what_is_covered_is_measured_for_the_principles() -> None:
    needs = (need("6"), need("6", need="writing"), need("1", priority=2, line="finance"))
    measured = found(needs=needs)
    assert measured["needs_count"] == 3
    assert measured["needs_covered_share"] == Decimal(1) / 3
    assert measured["first_needs_uncovered_count"] == 1
    assert measured["promised_cost_gbp"] == 10 * 3 * 480


@pytest.mark.parametrize(
    "silent",
    [
        {"offers": None},
        {"offers": (offer(evidenced_on=None),)},
        {"offers": (offer(free=None),)},
        {"offers": (offer(committed_days_a_term=None),)},
        {"offers": (offer(phases=("primary",)),), "phase": None},
        {"offers": (offer(free="1"), offer(free=None))},
        {"needs": (need(line=None),)},
        {"needs": (need(None),)},
        {"to_trust": None},
    ],
)
def test_silence_in_the_register_is_no_shortfall(silent: dict[str, Any]) -> None:
    measured = found(**silent)
    assert (measured["needs_covered_share"], measured["first_needs_uncovered_count"]) == (None, None)


@pytest.mark.parametrize(
    "silent",
    [
        offer(in_place=False, evidenced_on=None),
        offer(phases=("secondary",), evidenced_on=None),
        offer(specialism="send", free=None),
        offer(line="finance", free=None),
    ],
)
def test_silence_about_what_could_not_help_hides_no_shortfall(silent: dict[str, Any]) -> None:
    assert found(offers=(offer(free="1"), silent))["first_needs_uncovered_count"] == 1


@pytest.mark.parametrize(
    ("measure", "changes", "names"),
    [
        ("hub_net_days", {}, ()),
        ("hub_net_days", {"needs": (need(line=None),)}, ("school.needs",)),
        ("hub_net_days", {"hubs": (hub(days_given_a_term=None),)}, ("trust.hubs",)),
        ("hub_net_days", {"hub": None, "category": None},
         ("trust.hubs", "case.proposal.hub", "school.identity.category_of_need")),
        ("needs_covered_share", {}, ()),
        ("needs_covered_share", {"needs": (need(None),), "paid": None},
         ("school.needs", "school.help_already_paid_for")),
        ("needs_covered_share", {"offers": (offer(specialism=None),)}, ("trust.offers",)),
        ("needs_covered_share", {"to_hub": None}, ("school.location.minutes_to_nearest_hub",)),
        ("needs_covered_share", by_subject("maths", SILENT), ("trust.offers",)),
        ("needs_covered_share", by_subject(None, MATHS), ("school.needs",)),
        ("needs_covered_share", by_subject("maths", offer(subjects=None, in_place=False)), ()),
        ("capability_added", {"gives": ({"role": "reading lead"},), "posts": None},
         ("school.contribution", "trust.improvement_posts")),
    ],
)  # fmt: skip
def test_what_is_unfinished_is_named(measure: str, changes: dict[str, Any], names: tuple[str, ...]) -> None:
    whole = {"hubs": (hub(),), "gives": (GIFT,)}
    assert unfinished(measure, known(**{**whole, **changes})) == names


DAYS = st.decimals(min_value=0, max_value=20, places=1)
KINDS = st.sampled_from(["primary", "send"])
LINES = st.sampled_from(["teaching", "send"])
SUBJECTS = st.sampled_from(["maths", "science", "all"])
HELPS_WITH = st.none() | st.lists(SUBJECTS, min_size=1, max_size=2, unique=True).map(tuple)
NEEDS = st.lists(
    st.builds(
        lambda days, kind, line, priority, subject: need(
            days, specialism=kind, line=line, priority=priority, subject=subject
        ),
        DAYS, KINDS, LINES, st.integers(1, 3), st.none() | SUBJECTS,
    ),
    max_size=5,
)  # fmt: skip
OFFERS = st.builds(
    lambda every, promised, kind, line, hub, led, placed, subjects: offer(
        str(every), committed_days_a_term=promised, days_a_term=every, specialism=kind, line=line, hub=hub,
        led_it_before=led, in_place=placed, subjects=subjects,
    ),
    DAYS, DAYS, st.none() | st.just("all") | KINDS, LINES, st.sampled_from([HUB, "Secondary hub"]), st.booleans(), st.booleans(),
    HELPS_WITH,
)  # fmt: skip
UNTIL = st.sampled_from([LAST, Term(2027, 0), Term(2027, 1), Term(2027, 2), Term(2028, 0)])
PAID = st.lists(
    st.builds(
        lambda days, until, kind, subjects: paid(days, until, specialism=kind, **({"subjects": subjects} if subjects else {})),
        DAYS, UNTIL, KINDS, HELPS_WITH,
    ),
    max_size=2,
)  # fmt: skip


@given(NEEDS, st.lists(OFFERS, max_size=5), PAID)
@settings(max_examples=150, deadline=None)
def test_what_is_covered_and_what_is_short_make_what_was_asked(needs: Any, offers: Any, helped: Any) -> None:
    for cover in planned(by_subject=("teaching",), needs=tuple(needs), offers=tuple(offers), paid=tuple(helped)).needs:
        assert sum(h.days for h in cover.helpers if h.since is None) + cover.short == cover.days
        assert (cover.cover == "covered") is (cover.short == 0 and all(e.short == 0 for e in cover.ended))


@given(NEEDS, st.lists(OFFERS, max_size=5), PAID)
@settings(max_examples=150, deadline=None)
def test_a_need_is_covered_where_somebody_has_all_its_days_in_every_term(needs: Any, offers: Any, helped: Any) -> None:
    plan = planned(by_subject=("teaching",), needs=tuple(needs), offers=tuple(offers), paid=tuple(helped))
    for n, cover in enumerate(plan.needs):
        assert (cover.cover == "covered") is all(row.covered[n] == row.days[n] for row in plan.terms)
        assert (cover.cover == "uncovered") is (cover.days > 0 and all(row.covered[n] == 0 for row in plan.terms))


@given(NEEDS, st.lists(OFFERS, max_size=5), PAID)
@settings(max_examples=150, deadline=None)
def test_no_more_days_are_given_than_are_free(needs: Any, offers: Any, helped: Any) -> None:
    named = tuple({**o, "role": str(n)} for n, o in enumerate(offers))
    plan = planned(by_subject=("teaching",), needs=tuple(needs), offers=named, paid=tuple(helped))
    ours = [h for n in plan.needs for h in n.helpers if h.until is None]
    for row in named:
        free = free_of(row)
        assert free is not None
        given_away = sum(h.days for h in ours if h.who == row["role"])
        assert given_away <= (max(free, Decimal(0)) if row["in_place"] else 0)
    theirs = sum(h.days for n in plan.needs for h in n.helpers if h.until is not None)
    assert theirs <= sum(row["days_a_term"] for row in helped)


@given(NEEDS, st.lists(OFFERS, max_size=5), OFFERS, st.integers(0, 5), PAID)
@settings(max_examples=300, deadline=None)
def test_one_offer_more_never_lowers_the_cover_of_any_need(
    needs: Any, offers: Any, another: Any, at: int, helped: Any
) -> None:
    more = (*offers[:at], another, *offers[at:])
    before = planned(by_subject=("teaching",), needs=tuple(needs), offers=tuple(offers), paid=tuple(helped)).needs
    after = planned(by_subject=("teaching",), needs=tuple(needs), offers=more, paid=tuple(helped)).needs
    assert [a.short <= b.short for a, b in zip(after, before, strict=True)] == [True] * len(before)


@given(NEEDS, st.lists(OFFERS, max_size=5), OFFERS, st.integers(0, 5), PAID)
@settings(max_examples=300, deadline=None)
def test_one_offer_more_never_leaves_a_need_with_fewer_days_in_any_term(
    needs: Any, offers: Any, another: Any, at: int, helped: Any
) -> None:
    more = (*offers[:at], another, *offers[at:])
    before = planned(by_subject=("teaching",), needs=tuple(needs), offers=tuple(offers), paid=tuple(helped)).terms
    after = planned(by_subject=("teaching",), needs=tuple(needs), offers=more, paid=tuple(helped)).terms
    for one, other in zip(before, after, strict=True):
        assert [a >= b for a, b in zip(other.covered, one.covered, strict=True)] == [True] * len(one.covered)
