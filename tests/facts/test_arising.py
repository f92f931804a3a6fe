"""A question is left out only where what is known rules it out; silence never does."""

from typing import Any

import pytest

from clpt_growth.facts.arising import asked_words, is_asked, must_be_answered
from clpt_growth.facts.completeness import completeness
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.fact import Fact, NotApplicable
from make import facts

TYPE, FAITH, ROUTE = "school.identity.type", "school.identity.religious_character", "case.proposal.route"
RESERVE, THIS_YEAR = "school.finance.revenue_reserve_gbp", "school.finance.revenue_reserve_this_year_end_gbp"
DIOCESE, CLOSES = "school.community.diocese_position", "school.outgoing_trust.will_close"
LICENSED, DEFICIT = "school.finance.licensed_deficit_gbp", "school.finance.deficit_follows"
CHARGE, PFI = "school.buildings.pfi_unitary_charge_gbp", "school.buildings.pfi"


@pytest.mark.parametrize(
    ("name", "known", "asked"),
    [
        (DIOCESE, {}, True),
        (DIOCESE, {FAITH: "none"}, False),
        (DIOCESE, {FAITH: "Does not apply"}, False),
        (DIOCESE, {FAITH: NotApplicable("not a school of a faith")}, False),
        (DIOCESE, {FAITH: "Church of England"}, True),
        # What was written all the same is kept.
        (DIOCESE, {FAITH: "none", DIOCESE: "opposed"}, True),
        # A council's school leaves no trust, and one that chooses to convert leaves none whatever it is.
        (CLOSES, {}, True),
        (CLOSES, {TYPE: "community"}, False),
        (CLOSES, {ROUTE: "voluntary converter"}, False),
        (CLOSES, {ROUTE: "academy transfer"}, True),
        (CLOSES, {TYPE: "academy converter"}, True),
        (CLOSES, {TYPE: "academy converter", ROUTE: "academy transfer"}, True),
        (CLOSES, {TYPE: "foundation", ROUTE: "academy transfer"}, False),
        (LICENSED, {TYPE: "academy converter"}, False),
        (LICENSED, {TYPE: "voluntary aided"}, True),
        (LICENSED, {}, True),
        # Every sum that could show a deficit must be known, and none may be below nought.
        (DEFICIT, {RESERVE: 40_000}, True),
        (DEFICIT, {RESERVE: 40_000, THIS_YEAR: 0}, False),
        (DEFICIT, {RESERVE: 40_000, THIS_YEAR: -1}, True),
        (DEFICIT, {RESERVE: -1, THIS_YEAR: 0}, True),
        (DEFICIT, {RESERVE: 40_000, THIS_YEAR: Fact(THIS_YEAR, 5_000, low=-2_000, high=9_000)}, True),
        (DEFICIT, {RESERVE: 40_000, THIS_YEAR: Fact(THIS_YEAR, 5_000, low=0, high=9_000)}, False),
        (CHARGE, {PFI: False}, False),
        (CHARGE, {PFI: True}, True),
        (CHARGE, {}, True),
    ],
)
def test_what_is_asked_for(shipped_dictionary: Dictionary, name: str, known: dict[str, Any], asked: bool) -> None:
    assert is_asked(shipped_dictionary.kinds[name], facts(known)) is asked


GAP, PHASE = "school.buildings.pfi_affordability_gap_gbp", "school.identity.phase"
ANALYSED = "school.education.measures_analysed"


@pytest.mark.parametrize(
    ("name", "known", "must"),
    [
        ("school.roll.pupils_count", {}, True),
        (GAP, {}, True),
        (GAP, {PFI: True}, True),
        (GAP, {PFI: False}, False),
        (ANALYSED, {PHASE: "primary"}, True),
        (ANALYSED, {PHASE: "special"}, False),
        ("school.buildings.legionella_on", {}, False),
        ("school.identity.diocese", {FAITH: "Church of England"}, False),
        ("school.finance.loans", {}, False),
        ("school.education.key_stage_5", {PHASE: "secondary"}, False),
    ],
)
def test_what_cannot_be_not_applicable(
    shipped_dictionary: Dictionary, name: str, known: dict[str, Any], must: bool
) -> None:
    answers = {**known, name: NotApplicable("nobody knows")}
    assert must_be_answered(shipped_dictionary.kinds[name], facts(answers)) is must


def test_nothing_known_leaves_every_question_open(shipped_dictionary: Dictionary) -> None:
    assert [k.name for k in shipped_dictionary.kinds.values() if not is_asked(k, {})] == []


def test_completeness_counts_what_can_arise(shipped_dictionary: Dictionary) -> None:
    def asked(known: dict[str, Any]) -> dict[str, tuple[int, int]]:
        return dict(completeness(facts(known), shipped_dictionary, ("school",)).blocks)

    title = "The trust the school would leave"
    assert asked({})[title] == (0, 6)
    assert asked({TYPE: "academy converter"})[title] == (0, 6)
    assert title not in asked({TYPE: "community"})
    assert asked({TYPE: "community", CLOSES: False})[title] == (1, 1)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (DIOCESE, "Arises where religious character is other than none or does not apply."),
        (LICENSED, "Arises where type of school is none of the academy types."),
        (CHARGE, "Arises where private finance (PFI) building is yes."),
        (
            DEFICIT,
            "Arises where revenue reserve is below nought; or where revenue reserve expected at this year end is below"
            " nought.",
        ),
        (PFI, ""),
    ],
)
def test_when_a_question_arises_is_said_in_words(shipped_dictionary: Dictionary, name: str, words: str) -> None:
    kinds = shipped_dictionary.kinds
    assert asked_words(kinds[name], kinds) == words
