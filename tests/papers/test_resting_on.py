"""What a finding rests on, and what the sources of its lines are worth on the day."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from clpt_growth.judging.assess import assess
from clpt_growth.judging.benchmarks import benchmark_results
from clpt_growth.model.criterion import parts_of
from clpt_growth.model.finding import Assessment
from clpt_growth.model.rules import Library
from clpt_growth.papers.resting_on import evidence_of
from golden.rewrite import SCHOOLS, example, paper


@pytest.fixture(scope="module")
def examples(shipped_library: Library) -> Mapping[str, Assessment]:
    return {s.stem.split("-")[0]: example(s, shipped_library) for s in SCHOOLS}


def names(assessment: Assessment, id_: str) -> set[str]:
    found = assessment.finding(id_)
    assert found is not None
    return {fact.name for fact in evidence_of(found, assessment)}


def test_what_follows_from_named_principles_rests_on_their_facts(examples: Mapping[str, Assessment]) -> None:
    kestrel = examples["kestrel"]
    assert "trust.evaluation.calendar_in_place" in names(kestrel, "J15") & names(kestrel, "P11")
    assert names(kestrel, "J30") == names(kestrel, "J22") | names(kestrel, "J25")


def test_every_outcome_that_was_tested_has_evidence(examples: Mapping[str, Assessment]) -> None:
    """But for what follows from whole packs, which rests on findings."""
    bare = {
        finding.id
        for assessment in examples.values()
        for finding in assessment.findings
        if finding.outcome not in ("not evidenced", "not applicable") and not names(assessment, finding.id)
    }
    assert bare <= {"P01", "P13"}


def test_every_line_of_a_benchmark_is_for_named_phases(shipped_library: Library) -> None:
    lined = {b.id: parts_of(b.criterion) for b in shipped_library.benchmarks if b.criterion is not None}
    assert len(shipped_library.benchmarks) == 12
    assert len(lined) == 7
    assert all(line.phases for parts in lined.values() for part in parts for line in part.thresholds)  # type: ignore[union-attr]


def test_a_special_schools_staff_costs_have_no_line(examples: Mapping[str, Assessment]) -> None:
    def staff(name: str) -> object:
        found = examples[name]
        results = benchmark_results(found.library.benchmarks, found.facts, found.case.as_of)
        return next(r.outcome for r in results if r.benchmark.id == "all-staff")

    assert staff("fenwick") is None
    assert staff("kestrel") == "not met"


def test_each_benchmark_is_beside_its_line_and_where_the_line_is_from(examples: Mapping[str, Assessment]) -> None:
    text = paper(examples["kestrel"])
    assert (
        "| Teacher contact ratio | 0.73 | 0.74 or more and below 0.80 | Not met | "
        "Financial Benchmarking and Insights Tool, class RatingCalculations, Department for Education" in text
    )
    assert "| Pupils to each adult | 8.7 |  | No line for this phase |  |" in text


@pytest.mark.parametrize(("asked", "told"), [(date(2026, 8, 31), False), (date(2026, 9, 1), True)])
def test_a_source_past_its_day_is_to_be_read_again(asked: date, told: bool, examples: Mapping[str, Assessment]) -> None:
    larkfield = examples["larkfield"]
    text = paper(assess(replace(larkfield.case, as_of=asked), larkfield.library))
    said = "3 sources of lines may have a later edition, or a later year, by now: see P07, P23 and D03 in annex C."
    assert (said in text) is told
    assert "To be read again after 31 August 2026." in text
