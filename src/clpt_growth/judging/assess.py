"""One case through everything: derived facts, findings, ratings, the proposal and what it turns on."""

from collections.abc import Mapping
from typing import Any

from clpt_growth.capacity.improvement import NEEDED_FACTS as CAPACITY_NEEDS
from clpt_growth.capacity.improvement import ImprovementDays, improvement_days
from clpt_growth.capacity.improvement import measures as capacity_measures
from clpt_growth.capacity.support import support_plan
from clpt_growth.capacity.support_measures import NEEDED_FACTS as SUPPORT_NEEDS
from clpt_growth.capacity.support_measures import measures as support_measures
from clpt_growth.facts.ageing import stale_facts
from clpt_growth.facts.completeness import completeness
from clpt_growth.facts.defined import for_the_phase, with_definitions
from clpt_growth.facts.derived import with_derived
from clpt_growth.judging.behind import behind
from clpt_growth.judging.benchmarks import tallied
from clpt_growth.judging.findings import Bench, bench, judged, judged_again
from clpt_growth.judging.rating import coverage, ratings
from clpt_growth.judging.recommendation import proposal
from clpt_growth.judging.settled import Question, settled
from clpt_growth.model.case import Case
from clpt_growth.model.fact import Fact
from clpt_growth.model.finding import Assessment, Finding, Judgement
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.rules import Library


def assess(case: Case, library: Library, on: Bench | None = None) -> Assessment:
    """The whole answer for one case; `on` spares compiling the packs again for many cases."""
    on = on or bench(library.packs, case.as_of, has_school=case.has_school)
    said = judgements(case.facts)
    needs = behind(library)
    facts, days = all_facts(case, library)
    findings = judged(on, facts, said)

    def rejudge(given: Mapping[str, Fact]) -> tuple[Finding, ...]:
        changed = Case(facts=given, as_of=case.as_of, has_school=case.has_school)
        return judged_again(on, all_facts(changed, library, facts)[0], said, facts, findings)

    covered = coverage(findings)
    proposed = proposal(findings, covered, library.rules)
    stale = tuple(s.fact for s in stale_facts(case.facts, library.dictionary, case.as_of))
    return Assessment(
        case=case,
        library=library,
        facts=facts,
        findings=findings,
        ratings=ratings(findings, library.packs, library.rules),
        coverage=covered,
        row=proposed.row,
        triggered_by=proposed.triggered_by,
        settled=settled(
            Question(
                findings, facts, case.facts, case.as_of, proposed.rank, library.rules, library.dictionary,
                needs, rejudge, not case.has_school,
            )
        ),
        judgements=said,
        capacity=days,
        behind=needs,
        completeness=completeness(
            facts if case.has_school else case.facts,
            library.dictionary,
            ("school", "case") if case.has_school else ("trust",),
            stale,
        ),
    )  # fmt: skip


def all_facts(
    case: Case, library: Library, before: Mapping[str, Fact] | None = None
) -> tuple[dict[str, Fact], ImprovementDays | None]:
    """The facts of a case with everything that follows from them, and the capacity behind some of them.

    `before` are all the facts of the same case before some were changed.
    """
    given = with_definitions(for_the_phase(case.facts, library.dictionary), library.dictionary)
    facts = with_derived(Case(facts=given, as_of=case.as_of, has_school=case.has_school), before)
    days = improvement_days(facts, as_of=case.as_of, has_school=case.has_school)
    if days is not None:
        facts |= _block_facts("case.capacity", capacity_measures(days), CAPACITY_NEEDS, facts)
    if case.has_school:
        plan = support_plan(facts, as_of=case.as_of)
        found = support_measures(facts, plan, as_of=case.as_of)
        facts |= _block_facts("case.support", found, SUPPORT_NEEDS, facts)
    for fact in tallied(library.benchmarks, facts, case.as_of) if case.has_school else ():
        facts.setdefault(fact.name, fact)
    return facts, days


def _block_facts(
    block: str, found: Mapping[str, Any], needs: tuple[str, ...], facts: Mapping[str, Fact]
) -> dict[str, Fact]:
    """What was worked out for a block, with the evidence it rests on; a fact already given is kept."""
    used = [facts[n] for need in needs if (n := need.rstrip("?")) in facts]
    dated = min((f.dated for f in used if f.dated), default=None)
    names = tuple(f.name for f in used)
    verified = "self reported" if any(f.verified == "self reported" for f in used) else ""
    return {
        name: Fact(name, value, "worked out", dated, verified, derived_from=names)
        for key, value in found.items()
        if value is not None and (name := f"{block}.{key}") not in facts
    }


def judgements(facts: Mapping[str, Fact]) -> tuple[Judgement, ...]:
    """The Judgements people recorded, in the order of the file."""
    fact = facts.get("case.judgements")
    if fact is None or not fact.applies:
        return ()
    return tuple(
        Judgement(
            record["principle"], Outcome(record["outcome"]), str(record.get("reason", "")),
            str(record.get("by_role", "")), record.get("minuted_on"),
        )
        for record in fact.value
        if "principle" in record and "outcome" in record
    )  # fmt: skip
