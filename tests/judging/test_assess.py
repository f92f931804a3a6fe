"""One whole case: almost nothing known, the trust alone, and what an assessment holds."""

from pathlib import Path

import pytest

from clpt_growth.files.cases import read_case
from clpt_growth.judging.assess import assess, judgements
from clpt_growth.model.case import Case
from clpt_growth.model.criterion import Effect
from clpt_growth.model.finding import Assessment, Why
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.rules import Library
from make import AS_OF, case, fact

EXAMPLES = Path(__file__).parents[2] / "examples"
IDENTITY = {
    "school.identity.name": "Invented School",
    "school.identity.urn": "999999",
    "school.identity.phase": "primary",
    "school.identity.type": "community",
    "school.identity.local_authority": "Tarn Valley",
    "case.proposal.route": "voluntary converter",
}


@pytest.fixture(scope="module")
def bare(shipped_library: Library) -> Assessment:
    """A school of which only its name, its phase and its route are known, and no trust."""
    return assess(case(IDENTITY), shipped_library)


@pytest.fixture(scope="module")
def trust_alone(shipped_library: Library) -> Assessment:
    return assess(read_case(None, EXAMPLES / "trust.yaml", shipped_library.dictionary, as_of=AS_OF), shipped_library)


def test_silence_meets_nothing(bare: Assessment) -> None:
    assert {f.outcome for f in bare.findings} <= {Outcome.NOT_EVIDENCED, Outcome.NOT_APPLICABLE}


def test_silence_is_no_shortfall_and_no_need(bare: Assessment) -> None:
    assert not [f.id for f in bare.findings if f.as_need]
    assert (bare.coverage, bare.books) == (0, (None, None))
    assert {r.band for r in bare.ratings} == {"no rating"}


def test_silence_defers_for_more_information(bare: Assessment) -> None:
    assert (bare.row.propose, bare.row.department_reason) == ("defer", "additional information needed")
    assert {f.principle.effect for f in bare.triggered_by} == {Effect.GATE}


def test_almost_nothing_known_leaves_everything_to_find_out(bare: Assessment) -> None:
    assert (bare.settled.best.propose, bare.settled.worst.propose) == ("approve", "decline")
    assert not bare.settled.settled


def test_each_gate_of_a_bare_file_that_has_facts_of_its_own_says_what_to_find_out(bare: Assessment) -> None:
    named = {t.principle.id: t for t in bare.settled.turns_on if t.why == Why.MISSING}

    assert {"P05", "P06a", "P07", "P09", "P22", "P25", "D01", "D03", "D06", "D07"} <= named.keys()
    assert all(t.facts for t in named.values())


def test_what_is_missing_is_something_a_person_can_write(bare: Assessment, shipped_library: Library) -> None:
    kinds = shipped_library.dictionary.kinds
    asked = [name for t in bare.settled.turns_on if t.why == Why.MISSING for name in t.facts]

    assert len(asked) > 30
    assert [name for name in asked if name not in kinds] == []
    assert [name for name in asked if kinds[name].derived] == []
    assert not set(asked) & IDENTITY.keys()


def test_nothing_at_all_known_is_judged_too(shipped_library: Library) -> None:
    found = assess(case(), shipped_library)

    assert found.row.propose == "defer"
    assert not [f for f in found.findings if f.outcome is Outcome.MET]


def test_the_trust_alone_is_asked_only_about_itself(trust_alone: Assessment) -> None:
    outcomes = {f.id: f.outcome for f in trust_alone.findings}

    assert {outcomes[id_] for id_ in ("P28a", "P29c", "D01", "D03", "D34")} == {Outcome.NOT_APPLICABLE}
    assert Outcome.NOT_APPLICABLE not in {outcomes[id_] for id_ in ("P05", "P06a", "P07", "P09", "P22", "P25")}


def test_nothing_of_the_trust_alone_waits_for_a_school(trust_alone: Assessment) -> None:
    asked = {name for t in trust_alone.settled.turns_on for name in t.facts}

    assert not [name for name in asked if name.startswith(("school.", "case.proposal."))]


def test_the_trust_alone_needs_no_improvement_days_for_a_school(trust_alone: Assessment) -> None:
    ledger = trust_alone.books.improvement

    assert ledger.joining is None
    assert (str(ledger.terms[0]), str(trust_alone.facts["case.capacity.term"].value)) == ("spring 2027", "spring 2027")


def test_an_empty_trust_meets_nothing(shipped_library: Library) -> None:
    found = assess(Case(facts={}, as_of=AS_OF, has_school=False), shipped_library)

    assert {f.outcome for f in found.findings} == {Outcome.NOT_EVIDENCED, Outcome.NOT_APPLICABLE}
    assert found.row.readiness == "not known"


def test_every_principle_has_one_finding_in_the_order_of_the_packs(bare: Assessment, shipped_library: Library) -> None:
    assert [f.id for f in bare.findings] == [p.id for held in shipped_library.packs for p in held.principles]


def test_judgements_keep_the_order_of_the_file_and_halves_are_left_out() -> None:
    name = "case.judgements"
    records = (
        {"principle": "P05", "outcome": "met", "reason": "Two posts start.", "by_role": "chair", "line": 3},
        {"principle": "P06a", "line": 4},
        {"principle": "P02", "outcome": "not met", "line": 5},
    )

    said = judgements({name: fact(name, records)})

    assert [(j.principle, j.outcome, j.by_role) for j in said] == [
        ("P05", Outcome.MET, "chair"),
        ("P02", Outcome.NOT_MET, ""),
    ]
    assert judgements({}) == ()
