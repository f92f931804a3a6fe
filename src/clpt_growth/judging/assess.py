"""One case through everything: derived facts, findings, ratings, the proposal and what it turns on."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from clpt_growth.facts.ageing import stale_facts
from clpt_growth.facts.completeness import completeness
from clpt_growth.judging.behind import Behind, behind
from clpt_growth.judging.findings import Bench, bench, judged, judged_again
from clpt_growth.judging.rating import coverage, ratings
from clpt_growth.judging.recommendation import proposal
from clpt_growth.judging.settled import Question, settled
from clpt_growth.judging.worked import Again, Changes, Worked, apart, together, worked, worked_again
from clpt_growth.model.case import Case
from clpt_growth.model.evidence import Completeness
from clpt_growth.model.fact import Fact, NotApplicable, Record
from clpt_growth.model.finding import Assessment, Finding, Judgement
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.rules import Library


class Ready(NamedTuple):
    """A library made ready for a date: its principles compiled, and what each worked-out fact needs."""

    on: Bench
    behind: Behind


def ready(library: Library, as_of: date, *, has_school: bool = True) -> Ready:
    """Made once, it serves any number of cases."""
    return Ready(bench(library.packs, as_of, has_school=has_school), behind(library, has_school=has_school))


def assess(case: Case, library: Library, made: Ready | None = None) -> Assessment:
    """The whole answer for one case; `made` spares making the library ready again for many cases."""
    on, needs = made or ready(library, case.as_of, has_school=case.has_school)
    done = worked(case, library)
    facts, evidence = done.facts, done.evidence
    said = judgements(evidence)
    findings = judged(on, facts, said)

    trial = _Trials(case, library, done)

    def rejudge(changes: Changes) -> tuple[Finding, ...]:
        again, changed = trial.again(changes)
        return judged_again(on, again, said, changed, findings)

    covered = coverage(findings)
    proposed = proposal(findings, covered, library.rules)
    asked = Question(
        findings, facts, evidence, case.as_of, proposed.rank, library.rules, library.dictionary,
        needs, rejudge, not case.has_school,
    )  # fmt: skip
    return Assessment(
        case=case, library=library, facts=facts, findings=findings,
        ratings=ratings(findings, library.packs, library.rules),
        coverage=covered, row=proposed.row, triggered_by=proposed.triggered_by, settled=settled(asked),
        aside=done.aside, judgements=said, books=done.books, behind=needs,
        count_evidence=lambda: _evidence_counted(case, library, done),
    )  # fmt: skip


def _evidence_counted(case: Case, library: Library, done: Worked) -> Completeness:
    subjects = ("school", "case") if case.has_school else ("trust",)
    stale = tuple(s.fact for s in stale_facts(done.evidence, library.dictionary, case.as_of))
    return completeness(done.facts, library.dictionary, subjects, stale)


class _Trials:
    """The facts with others in their place; those tried alone are kept, and put together where they are apart."""

    def __init__(self, case: Case, library: Library, done: Worked) -> None:
        self.case, self.library, self.done = case, library, done
        self.alone: dict[tuple[str, Any], Again] = {}
        self.apart: dict[frozenset[str], bool] = {}

    def again(self, changes: Changes) -> Again:
        names = frozenset(changes)
        if len(names) == 1:
            return self.one(*next(iter(changes.items())))
        if names not in self.apart:
            self.apart[names] = apart(self.case, self.done, sorted(names))
        if self.apart[names]:
            return together(self.done, [self.one(name, fact) for name, fact in changes.items()])
        return worked_again(self.case, self.library, self.done, changes)

    def one(self, name: str, fact: Fact | None) -> Again:
        key = name, None if fact is None else fact.value
        if key not in self.alone:
            self.alone[key] = worked_again(self.case, self.library, self.done, {name: fact})
        return self.alone[key]


def _said(record: Record, name: str) -> Any:
    """None where it is blank, or somebody wrote that it does not apply."""
    value = record.get(name)
    return None if isinstance(value, NotApplicable) else value


def judgements(facts: Mapping[str, Fact]) -> tuple[Judgement, ...]:
    """The Judgements people recorded, in the order of the file."""
    fact = facts.get("case.judgements")
    if fact is None or not fact.applies:
        return ()
    return tuple(
        Judgement(
            record["principle"], Outcome(record["outcome"]), _said(record, "reason") or "",
            _said(record, "by_role") or "", _said(record, "minuted_on"),
        )
        for record in fact.value
        if "principle" in record and "outcome" in record
    )  # fmt: skip
