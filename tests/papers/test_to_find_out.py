"""What the paper asks for is what is missing, and never what is there; and it says the same in every section."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from clpt_growth.judging.assess import assess
from clpt_growth.model.case import Case
from clpt_growth.model.fact import Fact
from clpt_growth.model.finding import Assessment
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.rules import Library
from clpt_growth.papers.explained import explanation
from clpt_growth.papers.missing_words import missing_of
from clpt_growth.papers.screen import assessment_screen, turn_words
from clpt_growth.papers.still_needed import still_needed
from golden.rewrite import ROOT, example, paper
from make import AS_OF, case

HELP = "school.help_already_paid_for"
Changed = Callable[[Mapping[str, Fact | None]], Assessment]


@pytest.fixture(scope="module")
def kestrel(shipped_library: Library) -> Assessment:
    return example(ROOT / "examples/schools/kestrel-high.yaml", shipped_library)


@pytest.fixture(scope="module")
def changed(kestrel: Assessment) -> Changed:
    def with_changes(changes: Mapping[str, Fact | None]) -> Assessment:
        said = {**kestrel.case.facts, **changes}
        facts = {name: fact for name, fact in said.items() if fact is not None}
        return assess(Case(facts=facts, as_of=AS_OF), kestrel.library)

    return with_changes


@pytest.fixture(scope="module")
def without_help(changed: Changed) -> Assessment:
    return changed({HELP: None})


def section(number: int, text: str) -> str:
    return text.split(f"## {number}. ")[1].split("\n## ")[0]


def said_of(id_: str, assessment: Assessment) -> str:
    return next(turn_words(t, assessment) for t in assessment.settled.turns_on if t.principle.id == id_)


def test_one_blank_fact_is_asked_for_by_name_and_nothing_that_is_there(without_help: Assessment) -> None:
    assert said_of("P05", without_help) == said_of("P16", without_help) == "help already paid for"


def test_every_section_names_the_same_missing_fact(without_help: Assessment) -> None:
    text = paper(without_help)
    assert "in hand: help already paid for (P05 and P16; head teacher); date of the external check" in section(1, text)
    assert "cannot be worked out yet. Not evidenced: help already paid for." in section(2, text)
    assert "P05 Improvement capacity. Help already paid for |" in section(4, text)
    assert (
        "Its needs name 59 improvement days a term; how many we would have to give cannot be worked out yet. "
        "Not evidenced: help already paid for." in section(9, text)
    )
    assert "Not evidenced: help already paid for." in section(10, text)
    assert "What others already pay for is not in evidence, and none of it is counted." in section(10, text)


@pytest.mark.parametrize(
    "words", ["improvement team's posts in post", "the days promised each term", "the school's needs in days"]
)
def test_the_fixed_words_are_not_used_where_something_finer_is_known(words: str, without_help: Assessment) -> None:
    assert words not in paper(without_help)
    assert words not in assessment_screen(without_help)


def test_the_fixed_words_are_used_where_nothing_a_principle_tests_is_in_evidence(shipped_library: Library) -> None:
    nothing = assess(case(), shipped_library)
    principle = next(f.principle for f in nothing.findings if f.id == "P05")
    assert said_of("P05", nothing) == principle.find_out


def test_no_principle_asks_for_a_fact_that_is_in_evidence(without_help: Assessment) -> None:
    facts, kinds = without_help.facts, without_help.library.dictionary.kinds
    asked = {
        (f.id, name)
        for f in without_help.findings
        if f.outcome is Outcome.NOT_EVIDENCED
        for name in missing_of(f, without_help)
        if name in facts and kinds[name].kind != "records"
    }
    assert asked == set()


def test_explain_names_what_is_missing_with_its_meaning(without_help: Assessment) -> None:
    pack, principle = next((k, p) for k in without_help.library.packs for p in k.principles if p.id == "P05")
    text = " ".join(explanation(principle, pack, without_help, case=True).split())
    assert (
        "TO FIND OUT Help already paid for: Support others already give and pay for, so that it is not counted twice."
        in text
    )


def test_a_consent_with_no_state_is_asked_for_in_words_and_of_whom(kestrel: Assessment, changed: Changed) -> None:
    listed = kestrel.case.facts["school.consents"]
    some = tuple(r for r in listed.value if r["consent"] not in ("landlord", "secretary of state"))
    found = changed({"school.consents": listed._replace(value=some)})
    needed = {n.name: (n.kind.holder, n.why) for n in still_needed(found) if n.name.startswith("school.consents")}
    assert needed == {
        "school.consents[secretary of state].state": ("trust's solicitor", "missing"),
        "school.consents[landlord].state": ("trust's solicitor", "missing"),
    }
    words = "state of the consent of the secretary of state and state of the consent of the landlord"
    assert said_of("D01", found) == words
    assert "| State of the consent of the landlord | Missing | Trust's solicitor | Letters of consent |" in paper(found)


def test_a_fact_dated_after_the_day_is_not_counted_and_the_paper_says_so_once(
    kestrel: Assessment, changed: Changed
) -> None:
    later = changed({HELP: kestrel.case.facts[HELP]._replace(dated=date(2026, 12, 11))})
    assert said_of("P05", later) == "help already paid for"
    text = paper(later)
    said = "1 fact is dated after 4 December 2026 and does not count"
    front = text.split("## 1. ")[0]
    assert f"{said}; all are in annex A. Run it again at a later date to count them |" in front
    assert f"**What does not count yet.** {said}: all are in annex A." in section(14, text)
    assert "| Help already paid for | 11\u00a0Dec\u00a02026 |" in text.split("## Annex A")[1].split("## Annex B")[0]
    assert text.count("dated after") == 3
    assert f"{said}: run it again at a later date" in " ".join(assessment_screen(later).split())


def test_where_all_was_known_on_the_day_nothing_is_said_of_later_dates(kestrel: Assessment) -> None:
    assert "dated after" not in paper(kestrel)
    assert "dated after" not in assessment_screen(kestrel)


def test_a_list_not_said_to_be_whole_is_not_counted_and_the_paper_says_so(
    kestrel: Assessment, changed: Changed
) -> None:
    cut = changed({"school.needs": kestrel.case.facts["school.needs"]._replace(whole=False)})
    assert said_of("P05", cut) == "needs (the list is not said to be whole)"
    assert "There is no plan yet. Not evidenced: needs (the list is not said to be whole)." in section(10, paper(cut))
