"""One school beside others: whose figure is used, how the set spreads, and why a figure is not there."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clpt_growth.model.fact import Fact, NotApplicable
from clpt_growth.model.rules import Library
from clpt_growth.opendata.beside import Among, Beside, Own, Place, beside
from clpt_growth.opendata.comparing import comparisons, everyone
from make import fact, facts
from opendata.conftest import Folder
from opendata.downloads import put, school
from opendata.like_it import OTHERS, OWN, put_like_it

RULE = comparisons()
PERSISTENT = "school.attendance.persistent_absence_share"
KEY_STAGE_2 = "school.education.key_stage_2"


def placed(folder: Folder, library: Library, given: Mapping[str, Any] | None = None, urn: str = OWN) -> Beside:
    of = everyone(folder.found, folder.known, library.dictionary, RULE, as_of=date(2026, 12, 4))
    return beside(urn, facts(given), of, RULE, library.dictionary, suppress_below=5)


def place(among: Among, measure: str) -> Place:
    return next(p for p in among.places if p.measure.id == measure)


@pytest.fixture
def like_it(folder: Folder) -> Folder:
    put_like_it(folder.path)
    return folder


def test_the_figure_of_the_school_file_comes_before_the_published_one(
    like_it: Folder, shipped_library: Library
) -> None:
    written = fact(PERSISTENT, Decimal("0.105"), dated=date(2026, 7, 22))
    found = placed(like_it, shipped_library, {PERSISTENT: written}).sets[0]
    assert place(found, "persistent-absence").own == Own(Decimal("0.105"), "school file", date(2026, 7, 22))
    assert place(found, "overall-absence").own == Own(Decimal("0.05"), "published", date(2024, 7, 31))


def test_quantiles_and_place_of_ten_schools_itself_counted(like_it: Folder, shipped_library: Library) -> None:
    # 10.5% in the file, then 11% to 19%: ten schools, as few as are shown.
    found = placed(like_it, shipped_library, {PERSISTENT: Decimal("0.105")}).sets[0]
    one = place(found, "persistent-absence")
    spread = [Decimal(f"0.{n}") for n in ("1095", "1225", "145", "1675", "181")]
    assert (one.number, list(one.quantiles), one.no_higher_share) == (10, spread, Decimal("0.1"))


def test_of_fewer_schools_than_are_shown_there_is_a_number_and_no_place(
    like_it: Folder, shipped_library: Library
) -> None:
    one = place(placed(like_it, shipped_library).sets[0], "overall-absence")
    assert (one.number, one.quantiles, one.no_higher_share) == (9, (), None)


def test_suppressed_and_missing_are_counted_apart(like_it: Folder, shipped_library: Library) -> None:
    found = placed(like_it, shipped_library).sets[0]
    assert place(found, "persistent-absence").silent == {"missing": 1, "suppressed": 1}
    assert place(found, "overall-absence").silent == {"missing": 2, "suppressed": 1}
    assert place(found, "pupils").silent == {}


def test_a_school_whose_own_figure_is_suppressed_has_no_value_and_says_why(
    like_it: Folder, shipped_library: Library
) -> None:
    one = place(placed(like_it, shipped_library, urn=OTHERS[10]).sets[0], "persistent-absence")
    assert (one.own, one.why_none, one.number, one.no_higher_share) == (None, "suppressed", 10, None)
    assert len(one.quantiles) == 5


def test_what_the_school_file_calls_not_applicable_is_not_filled_from_a_table(
    like_it: Folder, shipped_library: Library
) -> None:
    one = place(
        placed(like_it, shipped_library, {PERSISTENT: NotApplicable("opened this year")}).sets[0], "persistent-absence"
    )
    assert (one.own, one.why_none, one.number) == (None, "not applicable", 9)


def test_neighbours_are_chosen_by_published_figures_whatever_the_file_says(
    like_it: Folder, shipped_library: Library
) -> None:
    given = {"school.roll.pupils_count": 210, "school.intake.free_meals_share": Decimal("0.9")}
    plain, other = placed(like_it, shipped_library), placed(like_it, shipped_library, given)
    for before, after in zip(plain.sets, other.sets, strict=True):
        assert [(n.school.urn, n.distance) for n in before.schools] == [
            (n.school.urn, n.distance) for n in after.schools
        ]
    # Of 205 to 215 and its own 210, seven of twelve are no higher.
    assert place(other.sets[0], "pupils").no_higher_share == Decimal(7) / 12


def test_of_a_list_the_newest_year_counts_wherever_it_stands(like_it: Folder, shipped_library: Library) -> None:
    years = (
        {"year": "2023-24", "expected_share": Decimal("0.5"), "cohort_count": 30},
        {"year": "2024-25", "expected_share": Decimal("0.7"), "cohort_count": 30},
    )
    one = place(placed(like_it, shipped_library, {KEY_STAGE_2: years}).sets[0], "key-stage-2")
    assert one.own == Own(Decimal("0.7"), "school file", "2024-25")


@pytest.mark.parametrize(("cohort", "shown"), [(4, False), (5, True)])
def test_a_share_of_very_few_pupils_is_held_back(
    cohort: int, shown: bool, like_it: Folder, shipped_library: Library
) -> None:
    years = ({"year": "2024-25", "expected_share": Decimal("0.75"), "cohort_count": cohort},)
    found = placed(like_it, shipped_library, {KEY_STAGE_2: years}).sets[0]
    assert ("key-stage-2" in {p.measure.id for p in found.places}) is shown


def test_a_bound_is_no_figure(like_it: Folder, shipped_library: Library) -> None:
    bound = Fact(PERSISTENT, Decimal("0.2"), bound="at least")
    one = place(placed(like_it, shipped_library, {PERSISTENT: bound}).sets[0], "persistent-absence")
    assert one.own == Own(Decimal("0.135"), "published", date(2024, 7, 31))


def test_measures_nobody_has_are_named_and_have_no_place(like_it: Folder, shipped_library: Library) -> None:
    found = placed(like_it, shipped_library).sets[0]
    assert "attainment-8" in {m.id for m in found.nobody}
    assert "attainment-8" not in {p.measure.id for p in found.places}


@pytest.mark.parametrize("urn", ["", "111111"])
def test_a_school_the_register_does_not_have_open_has_no_place(
    urn: str, like_it: Folder, shipped_library: Library
) -> None:
    found = placed(like_it, shipped_library, urn=urn)
    assert (found.urn, found.school, found.sets) == (urn, None, ())


def test_a_school_without_what_it_is_matched_by_has_no_neighbours_but_may_be_like_others_in_size(
    folder: Folder, shipped_library: Library
) -> None:
    rows = [school(urn, PercentageFSM="", NumberOfPupils="200") for urn in (OWN, *OTHERS)]
    put(folder.path, "edubasealldata20250901.csv", "gias-full", rows)
    nearest, in_size = placed(folder, shipped_library).sets
    assert (nearest.places, len(in_size.schools)) == ((), 12)
