"""From the schools of a pipeline to a planning problem, and through to a plan: the worked example, by hand.

Six people x 65 days x 70% are 273 days a term; 205 are promised and 14 kept, so 54 are left of 259. Of the three
secondary posts' 136.5 days 99.5 are promised and 14 kept: 23 are left. B takes 24 x 0.8 = 19.2 of them in its first year.
C takes 48 x 0.8 = 38.4, of which others pay for 12 as long as they do: 26.4.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clpt_growth.model.fact import Fact, Term
from clpt_growth.model.pipeline import Joiner
from clpt_growth.model.rules import Library
from clpt_growth.model.what_if import Post, WhatIf
from clpt_growth.pipeline.answer import in_places
from clpt_growth.pipeline.in_order import Question
from clpt_growth.pipeline.plan import Plan, plan_of
from clpt_growth.pipeline.planning import HUB, JOINERS, exceeded
from clpt_growth.pipeline.prospects import Prospects, prospects_of
from clpt_growth.pipeline.searching import searched
from clpt_growth.pipeline.waiting import CENTRAL_DAYS, IMPROVEMENT_DAYS, RESERVES
from golden.rewrite import pipeline_question
from pipeline.schools import AUTUMN_27, question, school
from pipeline.schools import trust as trust_of

HELP = ({"from": "RISE", "specialism": "secondary", "days_a_term": Decimal(12), "until": AUTUMN_27.later(30)},)
TEAM = ({"secondary": "3", "primary": "2", "send": "1"}, {"secondary": "99.5", "primary": "80", "send": "25.5"}, "14")


def trust(*team: Any, **more: Any) -> dict[str, Fact]:
    """A trust whose deployment plan says how far it reaches."""
    return trust_of(*team, **{"trust__improvement_team__plan_covers_until": AUTUMN_27.later(8)} | more)


@pytest.fixture
def asked(shipped_library: Library) -> Question:
    schools: dict[str, dict[str, Fact] | None] = {
        "a": school("A", "secure some need"),
        "b": school("B", "vulnerable", "secondary"),
        "c": school("C", "category of concern", "secondary", school__help_already_paid_for=HELP),
    }
    return question(shipped_library, schools, trust(*TEAM))


def plan(asked: Question, objective: str = "order", tried: WhatIf | None = None, terms: int | None = None) -> Plan:
    return plan_of(
        asked, objective, solve=searched, briefly=searched, terms=terms, **({"tried": tried} if tried else {})
    )


def placed(found: Plan) -> dict[str, str]:
    problem, best = found.prospects.problem, found.planned.answers[0]
    pairs = zip(problem.candidates, best.choice, strict=True)
    return {c.school: "none" if n is None else str(c.starts[n].term) for c, n in pairs}


def resources(found: Prospects) -> set[tuple[str, str]]:
    return {limit.resource for limit in found.problem.limits}


def test_a_trust_that_is_full_says_so_and_deferral_does_not_cure_it(asked: Question) -> None:
    found = plan(asked)

    # B's days leave C no term: in the first year 3.8 are left of 26.4; without B, 23 are still too few.
    assert placed(found) == {"A": "autumn 2027", "B": "autumn 2027", "C": "none"}
    assert found.planned.answers[0].proved


def test_the_post_that_would_fix_it_is_named(asked: Question) -> None:
    found = plan(asked)

    bought = {b.resources: b.answer.choice for b in found.planned.bought}
    assert bought[(IMPROVEMENT_DAYS, "secondary"),] == (0, 0, 0)
    assert found.prospects.post_days == {IMPROVEMENT_DAYS: Decimal("45.50"), CENTRAL_DAYS: 65}


def test_the_post_tried_gives_every_school_its_term(asked: Question) -> None:
    found = plan(asked, tried=WhatIf(posts=(Post("improvement", "secondary"),)))

    assert placed(found) == {"A": "autumn 2027", "B": "autumn 2027", "C": "autumn 2027"}
    assert found.as_filed == (("A", AUTUMN_27), ("B", AUTUMN_27), ("C", None))
    assert found.planned.clash is None


def test_what_cannot_hold_is_the_secondary_days_and_nothing_else(asked: Question) -> None:
    clash = plan(asked).planned.clash

    assert clash is not None
    assert (clash.wanted, {limit.of for limit in clash.limits}) == (3, {"secondary"})


def test_limits_are_held_as_far_beyond_the_last_start_as_the_ledger_looks(asked: Question) -> None:
    found = prospects_of(asked, 3)

    assert [str(t) for t in found.terms] == ["autumn 2027", "spring 2028", "summer 2028"]
    days = {limit.when for limit in found.problem.limits if limit.kind == IMPROVEMENT_DAYS}
    # Three terms to start in, and eight more.
    assert max(t for t in days if t) == AUTUMN_27.later(10)


def test_what_a_start_takes_is_what_the_ledger_says_of_it(asked: Question) -> None:
    found = prospects_of(asked)
    b = found.problem.candidates[1]
    later = b.starts[3]

    taken = {(found.problem.limits[n].of, found.problem.limits[n].when): d for n, d in later.uses.items()}

    # A year later: 24 days a term, four fifths of them secondary; then 16 in its second year.
    assert later.term == AUTUMN_27.later(3)
    assert taken["secondary", AUTUMN_27.later(3)] == Decimal("19.2")
    assert taken["secondary", AUTUMN_27.later(6)] == Decimal("12.8")
    assert ("secondary", AUTUMN_27.later(2)) not in taken


def test_no_school_starts_before_the_term_the_board_proposes(asked: Question) -> None:
    joiners = tuple(
        j._replace(joining=Term(2028, 1)) if j.name == "b" else j for j in (e.joiner for e in asked.entries)
    )
    entries = tuple(e._replace(joiner=j) for e, j in zip(asked.entries, joiners, strict=True))

    found = prospects_of(asked._replace(entries=entries))

    assert [str(t) for t in found.proposed] == ["autumn 2027", "spring 2029", "autumn 2027"]
    assert [str(c.starts[0].term) for c in found.problem.candidates] == ["autumn 2027", "spring 2029", "autumn 2027"]


def test_a_proposed_term_that_has_begun_moves_to_the_next(asked: Question) -> None:
    found = prospects_of(asked._replace(as_of=date(2028, 2, 1)))

    assert str(found.terms[0]) == "summer 2028"


def test_a_school_whose_load_is_not_known_has_no_place_and_its_facts_are_named(shipped_library: Library) -> None:
    schools = {"a": school("A", school__needs=None), "b": school("B", school__identity__category_of_need=None)}

    found = prospects_of(question(shipped_library, schools, trust()))

    assert found.problem.candidates == ()
    assert [(w.school, w.facts) for w in found.awaited] == [
        ("A", ("school.needs",)),
        ("B", ("school.identity.category_of_need",)),
    ]


def test_a_file_that_cannot_be_read_has_no_place_and_the_rest_are_planned(shipped_library: Library) -> None:
    found = prospects_of(question(shipped_library, {"a": None, "b": school("B")}, trust()))

    assert [c.school for c in found.problem.candidates] == ["B"]
    assert [(w.school, w.readable) for w in found.awaited] == [("a", False)]


def test_without_what_the_team_has_nobody_is_placed_and_the_trusts_facts_are_named(shipped_library: Library) -> None:
    asked = question(shipped_library, {"a": school("A")}, trust(trust__improvement_kept=None))

    found = prospects_of(asked)

    assert found.problem.candidates == ()
    assert found.trust_awaits == ("trust.improvement_kept",)
    assert [w.school for w in found.awaited] == ["A"]


def test_a_deployment_plan_that_stops_short_is_named(shipped_library: Library) -> None:
    found = prospects_of(question(shipped_library, {"a": school("A")}, trust_of()))

    assert found.trust_awaits == ("trust.improvement_promised", "trust.improvement_team.plan_covers_until")


def test_what_the_trust_leaves_open_is_told_and_not_taken_for_room(asked: Question) -> None:
    found = prospects_of(asked)

    assert {kind for kind, _ in resources(found)} == {IMPROVEMENT_DAYS}
    assert {u.kind for u in found.untested if not u.school} == {CENTRAL_DAYS, JOINERS, HUB}
    assert {u.school for u in found.untested if u.kind == RESERVES} == {"A", "B", "C"}


def test_schools_that_join_in_any_twelve_months_are_counted_with_those_that_have_just_joined(
    shipped_library: Library,
) -> None:
    def of(name: str, day: date) -> dict[str, object]:
        return {"name": name, "joined_on": day}

    academies = (of("Old", date(2019, 9, 1)), of("New", date(2027, 4, 1)))
    schools = {name: school(name.upper()) for name in "abcd"}
    facts = trust(
        trust__policy__joiners_a_year_count=2, trust__academies=academies, posts={"primary": "9", "send": "9"}
    )
    asked = question(shipped_library, schools, facts)

    found = plan(asked._replace(as_of=date(2027, 6, 1)))

    # New joined in summer 2027: with A that is two in the twelve months from then, so B waits for summer 2028.
    assert placed(found) == {"A": "autumn 2027", "B": "summer 2028", "C": "autumn 2028", "D": "summer 2029"}


def test_a_hub_takes_no_more_schools_than_it_has_places_for(shipped_library: Library) -> None:
    hubs = ({"name": "First hub", "schools_count": 2, "places_count": 3},)
    schools = {"a": school("A"), "b": school("B"), "c": school("C", case__proposal__hub="Second hub")}
    facts = trust(trust__hubs=hubs, posts={"primary": "9", "send": "9"})

    found = plan(question(shipped_library, schools, facts))

    assert placed(found) == {"A": "autumn 2027", "B": "none", "C": "autumn 2027"}
    assert [(u.of, u.facts) for u in found.prospects.untested if u.kind == HUB] == [(("Second hub",), ("trust.hubs",))]


def test_of_two_that_exclude_each_other_one_is_placed(shipped_library: Library) -> None:
    schools = {"a": school("A"), "b": school("B")}
    asked = question(shipped_library, schools, trust(posts={"primary": "9", "send": "9"}))
    asked = asked._replace(pipeline=asked.pipeline._replace(exclusive=(("a", "b"),)))

    found = plan(asked, "joiners")

    assert placed(found) == {"A": "autumn 2027", "B": "none"}
    assert found.planned.clash is None


def test_a_school_the_board_leaves_out_has_no_place(shipped_library: Library) -> None:
    asked = question(shipped_library, {"a": school("A")}, trust())
    entries = tuple(e._replace(joiner=Joiner(e.joiner.name, e.joiner.path, joins=False)) for e in asked.entries)

    assert [w.left_out for w in prospects_of(asked._replace(entries=entries)).awaited] == [True]


def test_only_pupils_in_schools_that_need_help_are_counted(asked: Question) -> None:
    assert [c.pupils_in_need for c in prospects_of(asked).problem.candidates] == [0, 300, 300]


@pytest.mark.parametrize("objective", ["order", "pupils", "joiners", "strain"])
def test_every_plan_keeps_every_limit(asked: Question, objective: str) -> None:
    found = plan(asked, objective)

    assert [exceeded(found.prospects.problem, a.choice) for a in found.planned.answers] == [()] * 3


def test_what_a_school_alone_leaves_of_the_reserves_is_what_its_own_paper_says(shipped_library: Library) -> None:
    asked = pipeline_question(shipped_library)

    problem = prospects_of(asked).problem

    left = {
        candidate.school: min(
            problem.limits[n].room - amount
            for n, amount in candidate.starts[0].uses.items()
            if problem.limits[n].kind == RESERVES
        )
        for candidate in problem.candidates
    }
    alone = [in_places(asked._replace(entries=(entry,)))[0] for entry in asked.entries]
    said = {p.called: p.facts.get("case.after.reserves_over_minimum_gbp") for p in alone}
    assert len(left) == 5
    assert left.keys() == {name for name, fact in said.items() if fact}
    # The paper rounds reserves to the pound before the minimum is taken off.
    assert [n for n, pounds in left.items() if (fact := said[n]) and abs(pounds - fact.value) > 1] == []
