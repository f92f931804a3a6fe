"""What a trustee meets first cannot be read as more, or as something else, than is known."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from clpt_growth.judging.assess import assess
from clpt_growth.model.fact import Fact
from clpt_growth.model.finding import Assessment
from clpt_growth.model.rules import Library
from clpt_growth.papers.proposal_words import decided_by, department_reason, why_proposed
from clpt_growth.papers.screen import assessment_screen
from golden.rewrite import SCHOOLS, example, paper
from make import case


@pytest.fixture(scope="module")
def examples(shipped_library: Library) -> Mapping[str, Assessment]:
    return {school.stem.split("-")[0]: example(school, shipped_library) for school in SCHOOLS}


@pytest.fixture(scope="module")
def papers(examples: Mapping[str, Assessment]) -> Mapping[str, str]:
    return {name: paper(found) for name, found in examples.items()}


def section(number: int, text: str) -> str:
    return text.split(f"\n## {number}. ")[1].split("\n## ")[0]


def changed(found: Assessment, facts: Mapping[str, Any]) -> Assessment:
    """The same case with facts written anew, in a document that was seen; None takes one away."""
    written = dict(found.case.facts)
    for name, value in facts.items():
        written.pop(name, None)
        if value is not None:
            written[name] = Fact(name, value, "letter", date(2026, 11, 20), "document seen")
    return assess(replace(found.case, facts=written), found.library)


NOTICE = (
    "Open against its present trust, Brackenfold Education Trust, when last checked on 16 July 2026: "
    "notice to improve, 16 July 2026."
)
RECKONING = "The school's £121,000 is its present trust's own reckoning (that trust pools reserves), self reported and not agreed."


@pytest.mark.parametrize("number", [2, 7])
def test_a_notice_to_the_trust_it_leaves_and_whose_reckoning_its_reserve_is_are_in_the_body(
    number: int, papers: Mapping[str, str]
) -> None:
    assert f"{NOTICE} {RECKONING}" in section(number, papers["millbeck"])


def test_the_notice_stands_beside_the_test_of_the_outgoing_trust(papers: Mapping[str, str]) -> None:
    line = next(row for row in section(7, papers["millbeck"]).splitlines() if row.startswith("* **D27 "))
    assert line.endswith(NOTICE)


def test_our_own_notice_is_called_our_own(papers: Mapping[str, str]) -> None:
    assert "our own trust's open notice to improve: no" in section(3, papers["millbeck"])


def test_a_school_that_leaves_no_trust_says_nothing_of_one(papers: Mapping[str, str]) -> None:
    assert [name for name, text in papers.items() if "present trust" in text] == ["millbeck"]


def test_a_balance_that_is_agreed_and_seen_has_no_qualifier(examples: Mapping[str, Assessment]) -> None:
    found = changed(
        examples["millbeck"],
        {
            "school.outgoing_trust.balance_follows": "comes with the academy",
            "school.outgoing_trust.finances_pooled": "not pooled",
            "school.finance.revenue_reserve_gbp": 121_000,
            "school.outgoing_trust.open_notices": (),
        },
    )
    assert "The school held £121,000 on 31 August 2025. The cost of joining" in section(2, paper(found))


@pytest.mark.parametrize("number", [2, 3])
@pytest.mark.parametrize("name", ["kestrel", "millbeck"])
def test_what_only_the_school_says_of_its_checks_is_said_to_be_its_word(
    name: str, number: int, papers: Mapping[str, str]
) -> None:
    words = "Gaps in the single central record: 0 (the school's word, not checked from outside)"
    assert words in section(number, papers[name])


def test_on_the_screen_too_nobody_reads_it_as_seen(examples: Mapping[str, Assessment]) -> None:
    screen = " ".join(assessment_screen(examples["kestrel"]).split())
    assert "Gaps in the single central record: 0 (the school's word" in screen


def test_what_was_checked_is_not_called_the_schools_word(papers: Mapping[str, str]) -> None:
    assert "Gaps in the single central record: 0; date of the external check" in section(2, papers["st"])


def test_one_name_is_used_for_the_single_central_record(papers: Mapping[str, str]) -> None:
    assert [name for name, text in papers.items() if "vetting record" in text.lower()] == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("kestrel", "Four gates have no evidence."),
        ("st", "Two gates are partly met, so a dated fix becomes a condition."),
        ("tarnside", "Two gates are not met, and nothing still to be found out would change that."),
        ("fenwick", "Something must be put right before the transfer agreement is signed."),
    ],
)
def test_the_reason_has_the_number_of_gates_and_the_case_that_holds(
    name: str, words: str, examples: Mapping[str, Assessment]
) -> None:
    assert why_proposed(examples[name]) == words


def test_what_decides_is_named_in_words_and_what_only_follows_is_counted(examples: Mapping[str, Assessment]) -> None:
    assert decided_by(examples["kestrel"]) == (
        "Decided by safeguarding (D03) and building safety (D07); two more only follow from these."
    )
    assert decided_by(examples["st"]) == "Decided by order of decisions (P13); one more only follows from it."
    assert decided_by(examples["larkfield"]) == ""


def test_the_reason_to_decline_is_that_of_the_gates_that_fail(examples: Mapping[str, Assessment]) -> None:
    assert department_reason(examples["tarnside"]) == "choice of trust and finance"
    assert department_reason(examples["kestrel"]) == "additional information needed"


def test_a_decline_whose_gate_has_no_reason_on_the_list_is_other(shipped_library: Library) -> None:
    rules = replace(shipped_library.rules, decline_reasons={})
    found = assess(case({"school.legal.title_deliverable": False}), replace(shipped_library, rules=rules))
    assert department_reason(replace(found, row=rules.table[0])) == "other"


def test_a_deferral_can_be_voted_on(papers: Mapping[str, str]) -> None:
    asked = section(1, papers["kestrel"])
    assert (
        "2. **defer** the decision to [date: *to be completed*], until the 2 items without evidence in section 4 are in "
        "hand: date of the external check of the single central record (D03; designated safeguarding lead); findings on "
        "reinforced aerated concrete (RAAC) and money agreed for any RAAC repair (D07; premises manager);"
    ) in asked
    assert (
        "until the 17 items without evidence, 10 in section 4 and 7 in annex B, are in hand; "
        "section 4 says who finds each out; and"
    ) in section(1, papers["millbeck"])


def test_section_4_names_each_who_finds_out_and_leaves_the_day_to_complete(papers: Mapping[str, str]) -> None:
    rows = section(4, papers["millbeck"]).splitlines()
    row = next(r for r in rows if r.startswith("| 2 | P06a "))
    assert row.endswith("| School business manager and chief finance officer of the trust | *To be completed* |")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "fenwick",
            "**delegate** to the Chair and the Chief Executive, to sign the transfer agreement within the £58,000 "
            "authorised, once every condition in section 12 is met.",
        ),
        (
            "larkfield",
            "**delegate** to the Chair and the Chief Executive, to sign the transfer agreement if no gate has changed and "
            "the cost stays within the £42,000 authorised.",
        ),
        ("st", "**note** that no power is delegated by this decision: none until the diocese has consented."),
        ("kestrel", "**note** that no power is delegated, and no promise made to the school, by this decision."),
    ],
)
def test_power_is_delegated_only_once_every_condition_is_met(name: str, words: str, papers: Mapping[str, str]) -> None:
    assert f"\n4. {words}\n" in section(1, papers[name])


def test_a_condition_asks_for_what_falls_short_and_names_it(papers: Mapping[str, str]) -> None:
    told = section(12, papers["kestrel"])
    assert "| C3 | Every need has a role in place with the days; 85.7% of needs have them now. *Evidence:*" in told
    assert "| C6 | Consent still awaited is given in writing by: landlord." in told
    assert "| C9 | Each contract that cannot pass, £18,600 in all, has been ended" in told
    assert "| C11 | The £31,000 of overdue top-up money is paid or written into the agreement." in told
    assert "| C15 | The board minutes the steps that answer the impact expected (some impact)." in told
    assert "stays at or under 100%" in told.split("| C1 | ")[1].split(" | ")[0]


def test_what_makes_a_condition_arise_is_said_beside_what_is_to_be_found_out(papers: Mapping[str, str]) -> None:
    row = next(r for r in section(12, papers["kestrel"]).splitlines() if r.startswith("| C4 | **Find out first:**"))
    assert "posts a restructure would remove 6.4 full-time equivalent. | J13 not evidenced |" in row


def test_the_due_diligence_items_still_open_are_named(papers: Mapping[str, str]) -> None:
    words = (
        "| C1 | Each due diligence item still open (2) is closed: date of the last offline backup test; the diocese's"
    )
    assert words in section(12, papers["st"])


def test_items_that_nobody_has_named_are_said_to_be_unnamed(examples: Mapping[str, Assessment]) -> None:
    found = changed(examples["st"], {"case.process.stage_2_items_open": None})
    assert "Each due diligence item still open (2) is closed: not evidenced." in section(12, paper(found))


def test_due_dates_and_long_stops_are_counted_back_from_the_opening(examples: Mapping[str, Assessment]) -> None:
    rows = section(12, paper(examples["kestrel"])).splitlines()
    joined = next(row for row in rows if row.startswith("| C13 |"))
    # 1 September 2027 less 16 and 8 weeks; less 10 and 2 weeks.
    usual = "**Due:** 12\u00a0May\u00a02027; long-stop: 7\u00a0Jul\u00a02027. That holds for each that gives no other"
    assert [row.startswith(usual) for row in rows].count(True) == 1
    assert "**Due:** 23\u00a0Jun\u00a02027; long-stop: 18\u00a0Aug\u00a02027. | D20 partly met |" in joined
    assert "Due:" not in next(row for row in rows if row.startswith("| C6 |"))


@pytest.mark.parametrize(
    ("opening", "said"),
    [
        (date(2027, 3, 27), "5\u00a0Dec\u00a02026; long-stop: 30\u00a0Jan\u00a02027."),
        (date(2027, 3, 26), "*to be completed*; long-stop: 29\u00a0Jan\u00a02027."),
        (None, "*to be completed*; long-stop: *to be completed*."),
    ],
)
def test_a_day_that_has_come_or_cannot_be_known_is_left_to_complete(
    opening: date | None, said: str, examples: Mapping[str, Assessment]
) -> None:
    found = changed(examples["kestrel"], {"case.proposal.proposed_opening_on": opening})
    assert f"\n**Due:** {said} That holds for each" in section(12, paper(found))


@pytest.mark.parametrize(("name", "area"), [("st", "Order and process"), ("millbeck", "Education")])
def test_an_area_with_evidence_and_no_test_met_is_not_called_without_evidence(
    name: str, area: str, papers: Mapping[str, str]
) -> None:
    row = next(r for r in section(8, papers[name]).splitlines() if r.startswith(f"| {area} |"))
    assert row.startswith(f"| {area} | No trust-wide test is met |")
    assert "None in evidence" not in section(8, papers[name])


def test_what_else_falls_short_is_named_in_words(papers: Mapping[str, str]) -> None:
    words = "Also investment in resources (P18b), leadership development (P18c) and technology (P18d)."
    assert words in section(8, papers["kestrel"])


def test_a_question_about_a_sponsored_school_is_put_as_if(papers: Mapping[str, str]) -> None:
    assert "If the school joins as sponsored, are there nine seats or fewer" in section(3, papers["millbeck"])


def test_a_yearly_sum_at_risk_says_so(papers: Mapping[str, str]) -> None:
    assert "| £96,000 to £151,000 a year |" in section(11, papers["tarnside"])


def test_which_weakness_is_shown_as_need_is_said(papers: Mapping[str, str]) -> None:
    words = (
        "Its weakness in curriculum efficiency (P29c), inspection category (D40), inspection areas (D33), persistent "
    )
    assert words in section(7, papers["kestrel"])


def test_what_is_not_seen_counts_what_is_not(papers: Mapping[str, str]) -> None:
    assert "* **What we have not seen.** 12 of 45 facts for first triage and " in section(14, papers["millbeck"])


def test_commands_of_the_examples_fit_a_screen(examples: Mapping[str, Assessment]) -> None:
    for school in SCHOOLS:
        found = examples[school.stem.split("-")[0]]
        screen = assessment_screen(found, f"examples/schools/{school.name}")
        assert max(map(len, screen.splitlines())) <= 80
        assert f"clpt-growth assess examples/schools/{school.name} --report paper.md\n" in screen


def test_each_finer_condition_is_of_a_fact_its_principle_tests(shipped_library: Library) -> None:
    wrong = [
        (principle.id, name)
        for pack in shipped_library.packs
        for principle in pack.principles
        if principle.action is not None
        for name in principle.action.where_short
        if name not in {getattr(part, "fact", "") for part in principle.parts}
    ]
    assert wrong == []
