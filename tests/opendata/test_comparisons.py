"""Quantiles, neighbours and places among them, worked out by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clpt_growth.model.rules import Library
from clpt_growth.opendata.comparing import comparisons, everyone, school_among
from clpt_growth.opendata.comparisons import (
    Compared,
    Comparisons,
    Neighbour,
    alike,
    measured,
    neighbours,
    positions,
    quantile,
    tables,
)
from make import facts
from opendata.conftest import Folder
from opendata.downloads import put, school

RULE = comparisons()


def numbers(*values: object) -> list[Decimal]:
    return [Decimal(str(v)) for v in values]


def compared(urn: str, pupils: Any = 200, meals: Any = 20, need: Any = 5, **changes: Any) -> Compared:
    likeness = {"pupils": pupils, "free_meals": meals, "special_needs": need}
    known = {n: Decimal(str(v)) for n, v in likeness.items() if v is not None} | changes.pop("likeness", {})
    values = {n: Decimal(str(v)) for n, v in changes.pop("values", {}).items()}
    return Compared(
        **{
            "urn": urn,
            "name": f"School {urn}",
            "phase": "primary",
            "region": "London",
            "values": values,
            "likeness": known,
        }
        | changes
    )


@pytest.mark.parametrize(
    ("hundredth", "value"), [(0, "10"), (10, "14"), (25, "20"), (50, "30"), (75, "40"), (90, "46"), (100, "50")]
)
def test_a_quantile_is_read_off_in_a_straight_line(hundredth: int, value: str) -> None:
    assert quantile(numbers(10, 20, 30, 40, 50), hundredth) == Decimal(value)


def test_a_quantile_of_one_value_is_that_value() -> None:
    assert quantile(numbers(7), 90) == 7


def test_a_distance_is_that_of_the_published_method() -> None:
    # 100, 200 and 300 pupils, 20, 40 and 60 on free meals, 5, 10 and 15 with special needs: 0, a half and one apart.
    all_three = [compared(str(n), 100 * n, 20 * n, 5 * n) for n in (1, 2, 3)]
    assert [(n.school.urn, n.distance) for n in neighbours(all_three[0], all_three, RULE)] == [
        ("1", 0), ("2", Decimal("0.5")), ("3", 1),
    ]  # fmt: skip


def test_weights_are_those_of_the_published_method() -> None:
    one, by_pupils, by_meals, by_need = (
        compared("1", 0, 0, 0),
        compared("2", 10, 0, 0),
        compared("3", 0, 10, 0),
        compared("4", 0, 0, 10),
    )
    found = {n.school.urn: n.distance**2 for n in neighbours(one, [one, by_pupils, by_meals, by_need], RULE)}
    assert {urn: round(square, 6) for urn, square in found.items()} == {
        "1": 0, "2": Decimal("0.5"), "3": Decimal("0.4"), "4": Decimal("0.1"),
    }  # fmt: skip


def special(urn: str, **needs: Any) -> Compared:
    every = {f"need_{n}": Decimal(str(needs.get(n, 0))) for n in RULE.neighbours.special.needs}
    return compared(urn, phase="special", likeness=every)


def test_special_schools_are_matched_by_their_types_of_need() -> None:
    found = neighbours(
        special("1", asd="0.8"), [special("1", asd="0.8"), special("2", asd="0.7"), special("3", semh="0.8")], RULE
    )
    assert [n.school.urn for n in found] == ["1", "2", "3"]
    # Autism an eighth of its range apart; then both autism and emotional needs a whole range apart.
    assert [round(n.distance, 6) for n in found] == numbers("0", "0.125", "1.414214")


def test_a_special_school_whose_needs_nobody_published_has_no_neighbours() -> None:
    assert neighbours(compared("1", phase="special"), [special("2")], RULE) == ()


def test_thirty_with_itself_each_once_and_of_its_region_first() -> None:
    own = compared("000", 200)
    near = [compared(f"{n:03}", 200 + n, region="London" if n % 2 else "Kent") for n in range(1, 80)]
    found = neighbours(own, [own, *near, near[0], own], RULE)
    urns = [n.school.urn for n in found]
    assert (len(urns), urns[0]) == (30, "000")
    assert urns.count("000") == 1
    assert all(n.school.region == "London" for n in found)


def test_where_the_region_has_too_few_the_nearest_others_fill_the_set() -> None:
    own = compared("000", 200)
    near = [compared(f"{n:03}", 200 + n, region="London" if n == 60 else "Kent") for n in range(1, 70)]
    urns = [n.school.urn for n in neighbours(own, [own, *near], RULE)]
    assert len(urns) == 30
    assert "060" in urns
    assert "061" not in urns
    assert urns[:-1] == ["000", *(f"{n:03}" for n in range(1, 29))]


def test_a_school_that_lacks_a_figure_is_no_neighbour_and_has_none() -> None:
    own, lacks = compared("1"), compared("2", meals=None)
    assert [n.school.urn for n in neighbours(own, [own, lacks], RULE)] == ["1"]
    assert neighbours(lacks, [own, lacks], RULE) == ()


def test_other_phases_are_no_neighbours_but_infants_and_juniors_are_primary() -> None:
    own = compared("1")
    found = neighbours(own, [own, compared("2", phase="secondary"), compared("3", phase="junior")], RULE)
    assert [n.school.urn for n in found] == ["1", "3"]


@pytest.mark.parametrize(("pupils", "like"), [(149, False), (150, True), (250, True), (251, False)])
def test_like_in_size_is_within_a_quarter_itself_included(pupils: int, like: bool) -> None:
    own, other = compared("1", 200), compared("2", pupils)
    assert (len(alike(own, [own, other], RULE)) == 2) is like


def test_another_region_is_not_alike() -> None:
    assert len(alike(compared("1"), [compared("1"), compared("2", region="Kent")], RULE)) == 1


@pytest.mark.parametrize(("own", "share"), [(10, "0.2"), (35, "0.6"), (50, "1"), (5, "0")])
def test_a_place_is_the_share_no_higher_with_how_many_there_are(own: int, share: str) -> None:
    among = [compared(str(v), values={"pupils": v}) for v in (10, 20, 30, 40, 50)]
    one = compared("x", values={"pupils": own})
    (place,) = positions(one, [Neighbour(s, Decimal(0)) for s in among], RULE.measures)
    assert (place.at_or_below_share, place.number, place.middle) == (Decimal(share), 5, 30)


def test_a_measure_nobody_gives_of_the_school_has_no_place() -> None:
    assert list(positions(compared("1"), [Neighbour(compared("1"), Decimal(0))], RULE.measures)) == []


def small(rule: Comparisons = RULE) -> Comparisons:
    return replace(rule, least_schools=2, free_meals_bands=2)


def test_groups_are_whole_by_size_and_by_free_meals() -> None:
    schools = [compared(str(n), 100 * n, 10 * n, values={"pupils": 100 * n}) for n in range(1, 5)]
    found = [(t.group, t.pupils, t.free_meals, t.schools) for t in tables(schools, small())]
    assert found == [
        ("Primary", None, None, 4), ("Primary", (300, 450), None, 2), ("Primary", None, (10, 25), 2),
        ("Primary", None, (25, 40), 2),
    ]  # fmt: skip


def test_a_school_on_the_edge_of_a_size_is_in_the_higher_band() -> None:
    schools = [compared(str(n), pupils, None) for n, pupils in enumerate((149, 149, 150, 299, 300))]
    assert [(t.pupils, t.schools) for t in tables(schools, small()) if t.pupils] == [((0, 150), 2), ((150, 300), 2)]


@pytest.mark.parametrize(("schools", "shown"), [(9, False), (10, True)])
def test_a_group_too_small_is_not_shown(schools: int, shown: bool) -> None:
    found = list(tables([compared(str(n), None, None, values={"pupils": n}) for n in range(schools)], RULE))
    assert bool(found) is shown


def test_a_measure_of_a_list_is_that_of_its_newest_year() -> None:
    known = facts({
        "school.education.key_stage_2": ({"year": "2023-24", "expected_share": Decimal("0.6")}, {"year": "2022-23", "expected_share": Decimal("0.1")}),
        "school.roll.pupils_count": 200,
    })  # fmt: skip
    assert measured(known, RULE.measures) == {"pupils": 200, "key-stage-2": Decimal("0.6")}


def test_every_open_state_school_of_a_folder_is_made_ready(folder: Folder, shipped_library: Library) -> None:
    rows = [school("999001"), school("999002", **{"EstablishmentStatus (name)": "Closed"})]
    put(folder.path, "edubasealldata20250901.csv", "gias-full", rows, encoding="cp1252")
    put(
        folder.path,
        "2024-25_census.csv",
        "census-2022-23",
        [{"URN": "999001", "NOR": "200", "PSENELSE": "4%", "PSENELK": "16%", "NUMFSM": "50"}],
    )
    of = everyone(folder.found, folder.known, shipped_library.dictionary, RULE, as_of=date(2026, 12, 4))
    one = school_among("999001", of.schools)
    assert one is not None
    assert one.likeness == {"pupils": 200, "free_meals": Decimal("0.25"), "special_needs": Decimal("0.20")}
    assert one.values["places-filled"] == Decimal(200) / 210
    assert school_among("999002", of.schools) is None


def test_types_of_need_are_shares_of_all_pupils(folder: Folder, shipped_library: Library) -> None:
    put(
        folder.path,
        "edubasealldata20250901.csv",
        "gias-full",
        [school("999001", **{"TypeOfEstablishment (name)": "Community special school"})],
        encoding="cp1252",
    )
    needs = {
        "URN": "999001",
        "time_period": "202425",
        "Total pupils": "80",
        "EHC_Primary_need_asd": "40",
        "EHC_Primary_need_semh": "c",
    }
    put(folder.path, "sen.csv", "sen", [needs])
    (one,) = everyone(folder.found, folder.known, shipped_library.dictionary, RULE, as_of=date(2026, 12, 4)).schools
    assert one.likeness["need_asd"] == Decimal("0.5")
    assert "need_semh" not in one.likeness
