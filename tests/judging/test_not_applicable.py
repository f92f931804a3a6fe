""" "n/a" is no way round silence: it improves no outcome but where it can be true, and never makes a gate met."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from clpt_growth.facts.arising import must_be_answered
from clpt_growth.facts.derived import with_derived
from clpt_growth.files.casefile import SUBJECTS_OF
from clpt_growth.judging.assess import judgements
from clpt_growth.judging.behind import behind, written_behind
from clpt_growth.judging.findings import bench, judge_of, judged
from clpt_growth.judging.worked import all_facts
from clpt_growth.model.case import Case
from clpt_growth.model.criterion import Effect
from clpt_growth.model.dictionary import FactKind
from clpt_growth.model.fact import Fact, NotApplicable
from clpt_growth.model.finding import Finding
from clpt_growth.model.outcome import MET, NOT_APPLICABLE, NOT_MET, Outcome
from clpt_growth.model.principle import Principle
from judging.test_properties import EXAMPLES, LIBRARY, SCHOOLS, facts_in, improved, nodes
from make import AS_OF, facts

ON = bench(LIBRARY.packs, AS_OF)
KINDS = LIBRARY.dictionary.kinds
PRINCIPLES = {p.id: p for pack in LIBRARY.packs for p in pack.principles}
NOBODY_KNOWS = NotApplicable("nobody knows")

# Where "n/a" can be true, and why; everywhere else it may improve nothing.
TRUE_OF_SOME = {
    "school.buildings.legionella_on": "a building may have no water system that calls for an assessment of its own",
    "trust.people.headships_filled_first_round_share": "no headship may have fallen vacant",
}
# What an empty list says is a statement that a person can make, and that can be true.
NONE_OF_SOME = {
    "school.needs": "a strong partner may have none",
    "school.contracts": "a school may have none",
    "trust.academies": "a new trust has none",
    "trust.offers": "a trust may offer nothing",
    "trust.improvement_posts": "a trust may have no team",
    "trust.improvement_promised": "a trust may have promised no days",
}
# Facts behind a gate of which "n/a" can be true, and why.
TRUE_OF_SOME_AT_GATES = {
    "school.help_already_paid_for": "nobody may pay for help",
    "trust.send.ap_places_registered": "a trust may have no alternative provision to register",
    "school.safeguarding.action_plan_reviewed": "there is no plan where safeguarding was found in order",
    "school.finance.investigation_ring_fenced": "there is no cost to ring-fence where nothing is open",
    "trust.identity.open_notices": "no notice may be open",
    "school.buildings.raac_funding_agreed": "there is nothing to pay for where no such concrete was found",
}


def written(known: dict[str, Fact], kind: FactKind) -> dict[str, Fact]:
    """The facts that stand in the same file as one."""
    subjects = next(s for s in SUBJECTS_OF.values() if kind.subject in s)
    return {n: f for n, f in known.items() if n.partition(".")[0] in subjects}


def found(known: dict[str, Fact]) -> tuple[Finding, ...]:
    return judged(ON, all_facts(Case(facts=known, as_of=AS_OF), LIBRARY)[0], judgements(known))


def reads_better(before: Finding, after: Finding) -> bool:
    """As for what is left out; and what nobody knew may not stop being asked."""
    away = (before.outcome, after.outcome) == (Outcome.NOT_EVIDENCED, Outcome.NOT_APPLICABLE)
    return away or improved(before, after)


def improved_by(known: dict[str, Fact], value: object, kinds: Iterator[FactKind]) -> dict[str, list[str]]:
    before = found(known)
    better = {}
    for kind in kinds:
        fact = known.get(kind.name, Fact(kind.name, None))._replace(value=value, whole=True, low=None, high=None)
        pairs = zip(before, found({**known, kind.name: fact}), strict=True)
        if said := [
            f"{now.id}: {then.outcome} becomes {now.outcome}" for then, now in pairs if reads_better(then, now)
        ]:
            better[kind.name] = said
    return better


@pytest.fixture(scope="module", params=SCHOOLS, ids=[path.stem for path in SCHOOLS])
def known(request: pytest.FixtureRequest) -> dict[str, Fact]:
    path: Path = request.param
    return facts_in(nodes(path), nodes(EXAMPLES / "trust.yaml"))


def test_not_applicable_improves_nothing_but_where_it_can_be_true(known: dict[str, Fact]) -> None:
    may_be = (k for k in KINDS.values() if not k.derived and not must_be_answered(k, written(known, k)))

    better = improved_by(known, NOBODY_KNOWS, may_be)

    assert {name: said for name, said in better.items() if name not in TRUE_OF_SOME} == {}


def test_an_empty_list_improves_nothing_but_where_it_can_be_true(known: dict[str, Fact]) -> None:
    better = improved_by(known, (), (k for k in KINDS.values() if not k.derived and k.kind == "records"))

    assert {name: said for name, said in better.items() if name not in NONE_OF_SOME} == {}


def test_of_what_a_gate_rests_on_not_applicable_is_refused_but_where_it_can_be_true() -> None:
    needs = behind(LIBRARY, has_school=True)
    gates = [p for p in PRINCIPLES.values() if p.effect is Effect.GATE]
    resting = {n for p in gates for read in p.facts_read for n in written_behind(read, needs)}
    may_be = {n for n in resting if n in KINDS and not KINDS[n].derived and not KINDS[n].always_arises}

    assert len(resting) > 80
    assert may_be == TRUE_OF_SOME_AT_GATES.keys()


RECORD = {
    "school.safeguarding.vetting_record_gaps_count": 0,
    "school.inspections": ({"inspected_on": AS_OF, "safeguarding": "met"},),
}
CHECKED = "school.safeguarding.vetting_record_checked_on"


def ways(principle: Principle, **given: object) -> int:
    case = Case(facts=facts({name.replace("__", "."): value for name, value in given.items()}), as_of=AS_OF)
    return judge_of(principle, AS_OF)(with_derived(case))


def test_a_gate_is_not_met_by_what_does_not_apply() -> None:
    gate = PRINCIPLES["D03"]

    assert ways(gate, **RECORD, **{CHECKED: AS_OF}) == MET
    assert ways(gate, **RECORD, **{CHECKED: NOBODY_KNOWS}) == NOT_APPLICABLE


def test_a_gate_that_fails_elsewhere_still_fails() -> None:
    short = {**RECORD, "school.safeguarding.vetting_record_gaps_count": 1}

    assert ways(PRINCIPLES["D03"], **short, **{CHECKED: NOBODY_KNOWS}) == NOT_MET


def test_a_gate_met_whatever_does_not_apply_is_met() -> None:
    away = {"school.safeguarding.action_plan_reviewed": NotApplicable("safeguarding was in order")}

    assert ways(PRINCIPLES["D03"], **RECORD, **{CHECKED: AS_OF}, **away) == MET


def test_a_gate_not_yet_known_may_still_not_apply() -> None:
    open_ways = ways(PRINCIPLES["D03"], **{CHECKED: NOBODY_KNOWS})

    assert open_ways & NOT_APPLICABLE
    assert open_ways & NOT_MET


def test_what_is_worked_out_not_to_apply_leaves_a_gate_met() -> None:
    phase = {"school.identity.phase": "primary"}
    reviewed = Fact(
        CHECKED, NotApplicable("does not arise for a primary school"), derived_from=("school.identity.phase",)
    )
    case = Case(facts={**facts({**RECORD, **phase}), CHECKED: reviewed}, as_of=AS_OF)

    assert judge_of(PRINCIPLES["D03"], AS_OF)(with_derived(case)) == MET
