"""A trust's own figures in the place of the shipped ones: what cannot be right is refused in one line."""

from pathlib import Path

import pytest

from clpt_growth.files import library as reading
from clpt_growth.files.problems import InputError


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def amended(tmp_path: Path, name: str, value: str, *, file: str = "demand") -> object:
    """The figure as the library then has it."""
    place = tmp_path / "trust/principles" / f"{file}.yaml"
    place.parent.mkdir(parents=True)
    place.write_text(
        f"definitions:\n  - name: {name}\n    value: {value}\n    meaning: Our own.\n    basis: judgement\n", "utf-8"
    )
    found = reading.library(tmp_path / "trust").dictionary.definitions
    return next(d.value for d in found if d.name == name)


def test_a_benchmarks_line_for_no_phase_is_told(tmp_path: Path) -> None:
    place = tmp_path / "trust/principles/benchmarks.yaml"
    place.parent.mkdir(parents=True)
    line = "{kind: compare, fact: school.finance.in_year_share, must_be: at least, thresholds: [%s]}"
    given = line % "{met: 0%, basis: judgement, note: Ours.}"
    place.write_text(
        f"benchmarks:\n  - id: in-year\n    title: In-year balance\n    fact: school.finance.in_year_share\n"
        f"    criterion: {given}\n",
        "utf-8",
    )
    with pytest.raises(InputError, match=r"benchmarks\.yaml:2: benchmarks\[0\]: has a line for no phase; add phases"):
        reading.library(tmp_path / "trust")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        # A later year may need as much as the first; a part of a table by phase or category may be given.
        ("need_days_by_category", "{vulnerable: [15, 15, 15]}"),
        ("need_days_by_category", "{strong partner: [4]}"),
        ("need_times_by_phase", "{primary: 1, secondary: 1.5}"),
        ("need_split_by_phase", "{primary: {early years: 0.25, primary: 0.75}}"),
        ("own_share_of_need", "1"),
        ("ledger_terms", "12"),
        ("categories_that_need_help", "[category of concern]"),
        ("integration_days", "{finance: {maintained: 30, transfer: 20}}"),
    ],
)
def test_a_figure_that_can_be_right_is_taken(name: str, value: str, tmp_path: Path) -> None:
    assert amended(tmp_path, name, value)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("need_days_by_category", "{vulnerable: [10, 12, 6]}",
         "need_days_by_category.vulnerable[1]: is 12 days in year 2, more than the 10 of the first year; "
         "give no later year more than the first"),
        ("need_days_by_category", "{vulnerable: [10, 8, 11]}", "is 11 days in year 3, more than the 10"),
        ("need_days_by_category", "{strong partner: [0, 0, 0]}", "strong partner[0]: is 0, and later years"),
        ("need_days_by_category", "{vulnerabel: [10]}", "there is no such entry; did you mean vulnerable?"),
        ("need_days_by_category", "{vulnerable: 10}", "need_days_by_category.vulnerable: is not a list"),
        ("need_days_by_category", "{vulnerable: []}", "need_days_by_category.vulnerable: is not a list"),
        ("need_days_by_category", "{vulnerable: [10, -1]}", "vulnerable[1]: is -1; give nought or more"),
        ("need_split_by_phase", "{primary: {primary: 0.5, send: 0.4}}", "primary: comes to 0.9; let the parts come to 1"),
        ("need_small_school", "{below_pupils: 100}", "need_small_school: leaves out times; give every one"),
        ("own_share_of_need", "40", "own_share_of_need: is 40, and a share is at most 1; write 0.4 for 40%"),
        ("own_share_of_need", "most", 'own_share_of_need: "most" is not a number; write digits only'),
        ("gift_counted_by_term", "[0, 0.5, 1.1]", "gift_counted_by_term[2]: is 1.1, and a share is at most 1"),
        ("ledger_terms", "0", "ledger_terms: is 0; give 1 or more"),
        ("ledger_terms", "9.5", "ledger_terms: is 9.5, and can only be whole"),
        ("categories_that_need_help", "[vulnerabel]", '[0]: "vulnerabel" is not one of the answers'),
        ("integration_days", "{finance: {maintained: 30}}", "integration_days.finance: has no days for transfer"),
        ("integration_days", "30", "integration_days: is not names with values"),
        ("need_days_by_categories", "{vulnerable: [15]}", "there is no such figure; did you mean need_days_by_category?"),
    ],
)  # fmt: skip
def test_a_figure_that_cannot_be_right_is_refused(name: str, value: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        amended(tmp_path, name, value)
    (problem,) = map(str, error.value.problems)
    assert told in problem
    assert problem.startswith(f"{tmp_path / 'trust/principles/demand.yaml'}:")


def test_the_line_of_the_figure_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        amended(tmp_path, "need_days_by_category", "\n      vulnerable: [9, 8]\n      strong partner: [3, 5]")
    assert "demand.yaml:5: need_days_by_category.strong partner[1]:" in str(error.value.problems[0])


def test_a_trusts_own_facts_may_bring_figures_of_their_own(tmp_path: Path) -> None:
    assert amended(tmp_path, "our_terms", "[autumn, spring]", file="facts") == ("autumn", "spring")
