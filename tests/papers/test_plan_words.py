"""A plan in words, as data and as a paper: never more said than was proved."""

import json
from dataclasses import replace
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from clpt_growth.model.fact import Fact, Term
from clpt_growth.model.rules import Library
from clpt_growth.model.what_if import Post, WhatIf
from clpt_growth.papers.plan_json import plan_json
from clpt_growth.papers.plan_paper import TEMPLATE, plan_view
from clpt_growth.papers.plan_screen import plan_screen
from clpt_growth.papers.plan_words import DECIDES, over_words, proof_words
from clpt_growth.papers.render import rendered
from clpt_growth.pipeline.plan import Plan, plan_of
from clpt_growth.pipeline.planning import HUB, JOINERS, OBJECTIVES, ONE_OF, Answer, Exceeded, Limit
from clpt_growth.pipeline.searching import searched
from clpt_growth.pipeline.waiting import CENTRAL_DAYS, IMPROVEMENT_DAYS, RESERVES
from pipeline.schools import AUTUMN_27, question, school, trust

SCHOOLS: dict[str, dict[str, Fact] | None] = {
    "a": school("A", "vulnerable"),
    "b": school("B | *C* <b>", "vulnerable"),
    "c": school("C", school__needs=None),
    "d": None,
}
TRUST = trust(
    {"primary": "2", "send": "1"},
    {"primary": "70", "send": "20"},
    trust__improvement_team__plan_covers_until=AUTUMN_27.later(8),
    trust__policy__joiners_a_year_count=2,
)


@pytest.fixture(scope="module")
def plan(shipped_library: Library) -> Plan:
    return plan_of(question(shipped_library, SCHOOLS, TRUST), "pupils", solve=searched, briefly=searched)


def said(text: str) -> str:
    return " ".join(text.split())


def schema() -> dict[str, Any]:
    place = files("clpt_growth.papers") / "schemas" / "plan.v1.json"
    content: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    return content


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer((0, 0), True, 600), "Proved best: no other plan does better."),
        (Answer((0, None), False, 300), "No plan has more; not every plan equal in that was compared."),
        (Answer((0, None), False, 400), "Not proved: within 25.0% of what there could be, at most 400 pupils."),
        # However little is left, it is not nothing.
        (Answer((0, 0), False, 600_001), "Not proved: within 100.0% of what there could be, at most 600,001 pupils."),
        (Answer((None, None), False, 0), "The best found; it is not proved that there is no better."),
    ],
)
def test_a_plan_is_called_no_better_than_it_was_shown_to_be(plan: Plan, answer: Answer, words: str) -> None:
    shown = replace(plan, planned=plan.planned._replace(answers=(answer,)), solved_by="HiGHS")

    assert proof_words(shown, answer) == words


def test_a_gap_is_rounded_away_from_nothing(plan: Plan) -> None:
    answer = Answer((0, 0), False, 600 + 1)
    shown = replace(plan, planned=plan.planned._replace(answers=(answer,)), solved_by="HiGHS")

    assert proof_words(shown, answer).startswith("Not proved: within 0.2% of")


def test_without_the_solver_the_way_to_more_is_named(plan: Plan) -> None:
    answer = Answer((0, None), False, 400)

    words = proof_words(replace(plan, planned=plan.planned._replace(answers=(answer,))), answer)

    assert words.endswith("The solver that could prove more comes with: pip install 'clpt-growth[plan]'.")


@pytest.mark.parametrize(
    ("limit", "short", "words"),
    [
        ((IMPROVEMENT_DAYS, "send", AUTUMN_27, 5), "4.25", "4.3 short in autumn 2027"),
        ((CENTRAL_DAYS, "hr", AUTUMN_27, 5), "0.04", "under 0.1 short in autumn 2027"),
        ((IMPROVEMENT_DAYS, "post-16", AUTUMN_27, 0), "4", "nobody is in post"),
        ((JOINERS, JOINERS, AUTUMN_27, 2), "1", "1 school more than the limit of 2 from autumn 2027"),
        ((HUB, "First hub", None, 3), "2", "2 places short"),
        ((RESERVES, RESERVES, Term(2028, 0), 3), "1200.2", "£1,201 short in 2028-29"),
        ((ONE_OF, "A or B", None, 1), "1", "it takes one of the two"),
    ],
)
def test_what_is_short_is_told_in_its_own_unit(limit: tuple[Any, ...], short: str, words: str) -> None:
    kind, of, when, free = limit

    assert over_words(Exceeded(Limit(kind, of, when, Decimal(free)), Decimal(short))) == words


def test_the_screen_shows_terms_what_stops_a_school_and_what_is_not_known(plan: Plan) -> None:
    screen = plan_screen(plan)

    # Fifteen days, twelve of them primary, for each; 21 are left of 91.
    assert " 1 A                        autumn 2027  autumn 2027" in screen
    assert " 2 B | *C* <b>              autumn 2027  autumn 2028" in screen
    words = said(screen)
    assert "OBJECTIVE The most pupils in schools that need help." in words
    assert "with 600 pupils in schools that need help" in words
    assert "B | *C* <b>, autumn 2027: primary improvement days: 3 short in autumn 2027" in words
    assert "NO PLACE C: what it would take is not known. Waits for: needs" in words
    assert "d: its file cannot be used." in words
    assert "NOT TESTED The central team's" in words
    assert words.endswith(DECIDES)
    assert max(map(len, screen.splitlines())) <= 80


def test_a_schools_name_is_never_markup_in_the_paper(plan: Plan) -> None:
    paper = rendered(plan_view(plan), TEMPLATE)

    assert "| 2 | B \\| \\*C\\* \\<b\\> | autumn 2027 |" in paper
    assert "<b>" not in paper
    assert f"**{DECIDES}**" in paper


def test_the_json_is_what_its_schema_says(plan: Plan) -> None:
    tried = plan_of(
        plan.asked, "strain", solve=searched, briefly=searched, tried=WhatIf(posts=(Post("improvement", "primary"),))
    )

    for each in (plan, tried):
        content = json.loads(plan_json(each))
        assert [e.json_path + e.message for e in Draft202012Validator(schema()).iter_errors(content)] == []


def test_the_json_of_an_empty_plan_is_what_its_schema_says(shipped_library: Library) -> None:
    asked = question(shipped_library, {"d": None}, trust(trust__improvement_kept=None))
    content = json.loads(plan_json(plan_of(asked, "order", solve=searched, briefly=searched)))

    assert [e.json_path + e.message for e in Draft202012Validator(schema()).iter_errors(content)] == []
    assert (content["plans"], content["trust_waits_for"]) == ([], ["trust.improvement_kept"])


def test_every_key_of_the_schema_is_described_and_no_other_is_let_in() -> None:
    def keys(node: Any) -> list[str]:
        if isinstance(node, list):
            return [key for child in node for key in keys(child)]
        if not isinstance(node, dict):
            return []
        bare = [k for k, v in node.get("properties", {}).items() if not v.get("description", "").endswith(".")]
        return bare + [key for child in node.values() for key in keys(child)]

    Draft202012Validator.check_schema(schema())
    assert keys(schema()) == []
    assert any("'extra' was unexpected" in e.message for e in Draft202012Validator(schema()).iter_errors({"extra": 1}))


def test_the_same_question_gives_the_same_bytes(plan: Plan) -> None:
    again = plan_of(plan.asked, "pupils", solve=searched, briefly=searched)

    assert (plan_json(again), plan_screen(again)) == (plan_json(plan), plan_screen(plan))


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_every_objective_has_words(plan: Plan, objective: str) -> None:
    other = replace(plan, planned=plan.planned._replace(objective=OBJECTIVES[objective]))

    assert "OBJECTIVE" in plan_screen(other)
