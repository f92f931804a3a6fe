"""The table: which row findings lead to, and that nothing outvotes a gate."""

from decimal import Decimal
from itertools import combinations_with_replacement, product

import pytest

from clpt_growth.judging.rating import coverage
from clpt_growth.judging.recommendation import proposal, rank_if
from clpt_growth.model.criterion import Effect
from clpt_growth.model.finding import Finding
from clpt_growth.model.outcome import OPEN_OF, Outcome
from clpt_growth.model.rules import Library, Rules
from make import principle

MET, PARTLY, NOT_MET = Outcome.MET, Outcome.PARTLY_MET, Outcome.NOT_MET
UNKNOWN, AWAY, CONFLICT = Outcome.NOT_EVIDENCED, Outcome.NOT_APPLICABLE, Outcome.CONFLICT
GATE, CONDITION, SCORE, NOTE = Effect
WHOLE = Decimal(1)


@pytest.fixture
def shipped_rules(shipped_library: Library) -> Rules:
    return shipped_library.rules


def finding(
    effect: Effect, outcome: Outcome, id_: str = "X01", *, leads_to: str = "decline", as_need: bool = False
) -> Finding:
    asked = principle(id=id_, effect=effect, not_met_leads_to=leads_to)
    return Finding(asked, outcome, OPEN_OF[outcome], as_need)


@pytest.mark.parametrize(
    ("effect", "outcome", "leads_to", "proposed"),
    [
        (GATE, NOT_MET, "decline", "decline"),
        (GATE, NOT_MET, "defer", "defer"),
        (GATE, UNKNOWN, "decline", "defer"),
        (GATE, UNKNOWN, "defer", "defer"),
        (GATE, PARTLY, "decline", "approve subject to conditions"),
        (GATE, MET, "decline", "approve"),
        (GATE, AWAY, "decline", "approve"),
        (GATE, CONFLICT, "decline", "approve subject to conditions"),
        (CONDITION, NOT_MET, "decline", "approve subject to conditions"),
        (CONDITION, PARTLY, "decline", "approve subject to conditions"),
        (CONDITION, UNKNOWN, "decline", "approve subject to conditions"),
        (CONDITION, MET, "decline", "approve"),
        (CONDITION, CONFLICT, "decline", "approve"),
        (SCORE, NOT_MET, "decline", "approve"),
        (SCORE, UNKNOWN, "decline", "approve"),
        (NOTE, NOT_MET, "decline", "approve"),
    ],
)
def test_what_one_finding_leads_to(
    shipped_rules: Rules, effect: Effect, outcome: Outcome, leads_to: str, proposed: str
) -> None:
    assert proposal([finding(effect, outcome, leads_to=leads_to)], WHOLE, shipped_rules).row.propose == proposed


@pytest.mark.parametrize(
    ("covered", "proposed"), [("0.5999", "defer"), ("0.6", "approve"), ("0.6001", "approve"), ("0", "defer")]
)
def test_too_little_in_evidence_defers_under_the_line_and_not_on_it(
    shipped_rules: Rules, covered: str, proposed: str
) -> None:
    assert proposal([finding(GATE, MET)], Decimal(covered), shipped_rules).row.propose == proposed


def test_a_failed_gate_is_read_before_coverage(shipped_rules: Rules) -> None:
    assert proposal([finding(GATE, NOT_MET)], Decimal(0), shipped_rules).row.propose == "decline"


def test_coverage_triggers_a_row_that_no_finding_does(shipped_rules: Rules) -> None:
    proposed = proposal([finding(CONDITION, NOT_MET)], Decimal("0.1"), shipped_rules)

    assert (proposed.row.propose, proposed.triggered_by) == ("defer", ())


def test_the_worst_row_decides_and_names_what_triggers_it(shipped_rules: Rules) -> None:
    found = [
        finding(CONDITION, NOT_MET, "X01"),
        finding(GATE, NOT_MET, "X02", leads_to="defer"),
        finding(GATE, MET, "X03"),
        finding(GATE, NOT_MET, "X04", leads_to="defer"),
    ]

    proposed = proposal(found, WHOLE, shipped_rules)

    assert proposed.row.propose == "defer"
    assert [f.id for f in proposed.triggered_by] == ["X02", "X04"]


@pytest.mark.parametrize("effect", [GATE, CONDITION])
def test_a_need_leads_nowhere(shipped_rules: Rules, effect: Effect) -> None:
    assert proposal([finding(effect, NOT_MET, as_need=True)], WHOLE, shipped_rules).row.propose == "approve"


@pytest.mark.parametrize("other", Outcome)
@pytest.mark.parametrize("leads_to", ["decline", "defer"])
def test_a_failed_gate_never_approves_whatever_stands_beside_it(
    shipped_rules: Rules, leads_to: str, other: Outcome
) -> None:
    for effect in Effect:
        beside = [finding(effect, other, f"X{n:02}") for n in range(2, 40)]
        found = [*beside, finding(GATE, NOT_MET, leads_to=leads_to)]
        assert not proposal(found, coverage(found), shipped_rules).row.propose.startswith("approve")


def test_another_finding_never_improves_the_answer(shipped_rules: Rules) -> None:
    each = [finding(e, o) for e, o in product(Effect, Outcome)]
    for one, two in combinations_with_replacement(each, 2):
        both = proposal([one, two], WHOLE, shipped_rules).rank
        assert both == min(proposal([f], WHOLE, shipped_rules).rank for f in (one, two))


def test_no_findings_with_full_coverage_approve_and_say_so(shipped_rules: Rules) -> None:
    assert proposal([], WHOLE, shipped_rules).row == shipped_rules.otherwise


def test_only_the_row_for_the_gates_own_consequence_is_triggered(shipped_rules: Rules) -> None:
    assert rank_if(principle(effect=GATE, not_met_leads_to="decline"), NOT_MET, shipped_rules) == 0
    assert rank_if(principle(effect=GATE, not_met_leads_to="defer"), NOT_MET, shipped_rules) == 1
