"""Facts worked out again after a change are those worked out from the beginning."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import combinations, product
from pathlib import Path

import pytest

from clpt_growth.judging.assess import judgements
from clpt_growth.judging.findings import bench, judged, judged_again
from clpt_growth.judging.worked import apart, together, worked, worked_again
from clpt_growth.model.case import Case
from clpt_growth.model.fact import Fact
from clpt_growth.model.rules import Library
from golden.rewrite import AS_OF, SCHOOLS, TRUST


@pytest.fixture(scope="module", params=SCHOOLS, ids=lambda p: p.stem)
def case(request: pytest.FixtureRequest, shipped_library: Library) -> Case:
    from clpt_growth.files.cases import read_case

    school: Path = request.param
    return read_case(school, TRUST, shipped_library.dictionary, as_of=AS_OF)


# How many facts of each school are ranges, and how many pairs of them no sum rests on together.
RANGES = {
    "fenwick-special": (1, 0), "kestrel-high": (3, 3), "larkfield-primary": (2, 1), "millbeck-academy": (0, 0),
    "st-oswin-primary": (2, 1), "tarnside-all-through": (3, 2),
}  # fmt: skip


def ranged_in(case: Case) -> list[Fact]:
    return [f for f in case.facts.values() if f.low is not None]


def again_is_the_same(case: Case, changes: Mapping[str, Fact | None], library: Library) -> None:
    before = worked(case, library)
    again, changed = worked_again(case, library, before, changes)
    whole = {n: f for n, f in {**case.facts, **changes}.items() if f is not None}
    anew = worked(replace(case, facts=whole), library).facts

    assert again == anew
    assert changed >= {n for n in anew.keys() | before.facts.keys() if anew.get(n) != before.facts.get(n)}


def test_with_a_fact_taken_away(case: Case, shipped_library: Library) -> None:
    for name in sorted(case.facts)[::9]:
        again_is_the_same(case, {name: None}, shipped_library)


def test_findings_judged_again_are_those_judged_from_the_beginning(case: Case, shipped_library: Library) -> None:
    on, before = bench(shipped_library.packs, case.as_of), worked(case, shipped_library)
    said = judgements(before.evidence)
    findings = judged(on, before.facts, said)
    for name in sorted(case.facts)[::9]:
        again, changed = worked_again(case, shipped_library, before, {name: None})

        assert judged_again(on, again, said, changed, findings) == judged(on, again, said), name


def test_the_schools_tried_have_ranges_to_try(request: pytest.FixtureRequest, shipped_library: Library) -> None:
    from clpt_growth.files.cases import read_case

    found = {}
    for school in SCHOOLS:
        case = read_case(school, TRUST, shipped_library.dictionary, as_of=AS_OF)
        found[school.stem] = (len(ranged_in(case)), len(pairs_apart(case, shipped_library)))

    assert found == RANGES


def pairs_apart(case: Case, library: Library) -> list[tuple[Fact, Fact]]:
    before = worked(case, library)
    return [pair for pair in combinations(ranged_in(case), 2) if apart(case, before, [f.name for f in pair])]


def test_with_a_range_at_its_ends(case: Case, shipped_library: Library) -> None:
    for end in ("low", "high"):
        ends = {f.name: f._replace(value=getattr(f, end)) for f in ranged_in(case)}
        again_is_the_same(case, ends, shipped_library)


def test_ranges_that_are_apart_may_be_tried_one_by_one(case: Case, shipped_library: Library) -> None:
    before = worked(case, shipped_library)
    for one, other in pairs_apart(case, shipped_library):
        for ends in product((one.low, one.high), (other.low, other.high)):
            changes = {f.name: f._replace(value=end) for f, end in zip((one, other), ends, strict=True)}
            parts = [worked_again(case, shipped_library, before, {n: f}) for n, f in changes.items()]
            at_once = worked_again(case, shipped_library, before, changes)
            assert together(before, parts) == at_once


def test_facts_that_one_sum_rests_on_are_not_apart(case: Case, shipped_library: Library) -> None:
    before = worked(case, shipped_library)

    assert not apart(case, before, ("school.finance.revenue_reserve_gbp", "school.finance.total_income_gbp"))
    assert not apart(case, before, ("case.integration.cost_gbp", "trust.finance_forecast"))
    assert apart(case, before, ("school.governance.governors_count", "school.attendance.overall_absence_share"))


@pytest.mark.parametrize(
    "name",
    ["school.identity.phase", "case.proposal.proposed_opening_on", "school.needs", "trust.academies", "trust.offers"],
)
def test_with_a_fact_that_much_rests_on_taken_away(name: str, case: Case, shipped_library: Library) -> None:
    again_is_the_same(case, {name: None}, shipped_library)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("school.identity.category_of_need", None),
        ("school.identity.category_of_need", "strong partner"),
        ("school.identity.category_of_need", "vulnerable"),
        ("case.proposal.route", "sponsored"),
        ("case.proposal.route", "partner"),
    ],
)
def test_with_a_fact_that_says_whether_an_empty_list_counts(
    name: str, value: str | None, case: Case, shipped_library: Library
) -> None:
    none = replace(case, facts={**case.facts, "school.needs": Fact("school.needs", ())})
    again_is_the_same(none, {name: None if value is None else Fact(name, value)}, shipped_library)


def test_with_a_fact_that_was_not_there_before(case: Case, shipped_library: Library) -> None:
    name = "school.identity.sites_count"
    without = replace(case, facts={n: f for n, f in case.facts.items() if n != name})
    again_is_the_same(without, {name: Fact(name, 3)}, shipped_library)


def test_with_a_fact_dated_after_the_day(case: Case, shipped_library: Library) -> None:
    name = "school.roll.pupils_count"
    again_is_the_same(case, {name: Fact(name, 999, dated=date(2027, 1, 1))}, shipped_library)
