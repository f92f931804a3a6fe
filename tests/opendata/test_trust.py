"""A trust from national files: who belongs, since when, and what was found there."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from clpt_growth.files.problems import InputError
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.opendata.trust import TrustFound, trust_found
from opendata.conftest import Folder
from opendata.downloads import ACADEMY, put, school

UID = "9901"
MAT = {"Linked UID": UID, "Group Name": "Invented Learning Trust", "Group Type": "Multi-academy trust"}
SPONSOR = {"Linked UID": "9944", "Group Name": "Invented Learning Trust", "Group Type": "School sponsor"}
Ask = Callable[..., TrustFound]


@pytest.fixture
def ask(folder: Folder, shipped_dictionary: Dictionary) -> Ask:
    def found(uid: str = UID) -> TrustFound:
        return trust_found(uid, folder.found, folder.known, shipped_dictionary)

    return found


@pytest.fixture
def national(folder: Folder) -> Folder:
    """Three academies in the trust among other schools, in every register, with results and money."""
    rows = [
        school("999001", **ACADEMY | {"TypeOfEstablishment (name)": "Academy sponsor led"}),
        school("999002", **ACADEMY | {"PhaseOfEducation (name)": "Secondary", "GOR (name)": "London"}),
        school("999003", **ACADEMY | {"TypeOfEstablishment (name)": "Free schools"}),
        school("999004"),
    ]
    put(folder.path, "edubasealldata20250901.csv", "gias-full", rows, encoding="cp1252")
    joined = {"999001": "01-09-2012", "999002": "01-04-2019", "999003": ""}
    links = [{"URN": urn, "Joined date": day} | MAT for urn, day in joined.items()]
    links += [{"URN": "999001", "Joined date": "01-01-2001"} | SPONSOR, {"URN": "999004", "Joined date": "01-01-2020"} | MAT | {"Linked UID": "9902"}]  # fmt: skip
    put(folder.path, "grouplinks_20250901.csv", "gias-group-links", links, encoding="cp1252")
    groups = [
        {"Group UID": UID, "Group Name": "INVENTED LEARNING TRUST", "Companies House Number": "7827368", "Group Type": "Multi-academy trust", "Group Status": "Open", "Group Postcode": "ZZ9 9ZZ", "Head of Group Last Name": "Zzyzx"},
        {"Group UID": "9944", "Group Name": "Invented Learning Trust", "Group Type": "School sponsor", "Group Status": "Open"},
    ]  # fmt: skip
    put(folder.path, "allgroups_20250901.csv", "gias-groups", groups, encoding="cp1252")
    graded = {"URN": "999001", "Inspection start date": "14/05/2024", "Overall effectiveness": "2", "Quality of education": "2", "Behaviour and attitudes": "2", "Personal development": "3", "Effectiveness of leadership and management": "2"}  # fmt: skip
    before = {
        "URN": "999002",
        "Inspection start date": "14/05/2018",
        "Overall effectiveness": "4",
        "URN at time of latest graded inspection": "990002",
    }
    put(folder.path, "mi_as_at_31_Aug_2025.csv", "ofsted-2025-08", [graded, before], encoding="cp1252")
    return folder


def academies(found: TrustFound) -> dict[str, dict[str, Any]]:
    return {r["urn"]: r for r in found.settled.facts["trust.academies"].value}


def test_a_trust_has_its_name_its_numbers_and_where_it_is(national: Folder, ask: Ask) -> None:
    facts = ask().settled.facts
    assert facts["trust.identity.name"].value == "INVENTED LEARNING TRUST"
    assert facts["trust.identity.uid"].value == UID
    assert facts["trust.identity.company_number"].value == "07827368"
    assert facts["trust.identity.headquarters_postcode_area"].value == "ZZ9"
    assert facts["trust.identity.regions"].value == ("East of England", "London")
    assert (
        facts["trust.identity.name"].source == "Get Information about Schools, groups, 2025-09-01, column 'Group Name'"
    )


def test_each_academy_is_listed_once_with_what_is_known_of_it(national: Folder, ask: Ask) -> None:
    found = academies(ask())
    assert list(found) == ["999001", "999002", "999003"]
    first = found["999001"]
    assert (first["phase"], first["sponsored"], first["joined_on"]) == ("primary", True, date(2012, 9, 1))
    assert (first["pupils_count"], first["places_count"]) == (189, 210)
    assert (first["inspected_on"], first["inspection_overall"]) == (date(2024, 5, 14), "good")
    assert (first["inspection_areas_below_count"], first["inspected_since_joining"]) == (1, True)
    assert "inspected_as_urn" not in first
    assert "schools in groups, 2025-09-01, column 'Joined date'" in first["source"]


def test_an_inspection_before_joining_and_under_another_number_says_both(national: Folder, ask: Ask) -> None:
    second = academies(ask())["999002"]
    assert (second["inspected_since_joining"], second["inspected_as_urn"]) == (False, "990002")
    assert (second["inspection_framework"], second["inspection_overall"]) == ("earlier", "inadequate")
    assert "inspection_areas_below_count" not in second


def test_what_no_table_gives_is_left_out(national: Folder, ask: Ask) -> None:
    third = academies(ask())["999003"]
    assert not {"sponsored", "joined_on", "inspected_on", "in_deficit", "pfi"} & set(third)


def test_the_newest_register_says_who_belongs_and_the_rest_is_told(national: Folder, ask: Ask) -> None:
    rows = [{"URN": urn, "Joined date": "01-09-2010"} | MAT for urn in ("999001", "999007")]
    put(national.path, "grouplinks_20200101.csv", "gias-group-links", rows, encoding="cp1252")
    found = ask()
    assert "3 academies, by " in found.told[0]
    assert "Only in Get Information about Schools, schools in groups, 2020-01-01: URN 999007." in found.told
    assert "Not in Get Information about Schools, schools in groups, 2020-01-01: URN 999002, 999003." in found.told


def test_the_day_of_joining_another_trust_is_not_taken(folder: Folder, ask: Ask) -> None:
    put(folder.path, "edubasealldata20250901.csv", "gias-full", [school("999001", **ACADEMY)], encoding="cp1252")
    old = [{"URN": "999001", "Joined date": "01-09-2010"} | MAT | {"Linked UID": "8888"}]
    put(folder.path, "grouplinks_20200101.csv", "gias-group-links", old, encoding="cp1252")
    assert "joined_on" not in academies(ask())["999001"]


def test_an_academy_that_closed_is_left_out_and_told(folder: Folder, ask: Ask) -> None:
    rows = [school("999001", **ACADEMY), school("999002", **ACADEMY | {"EstablishmentStatus (name)": "Closed"})]
    put(folder.path, "edubasealldata20250901.csv", "gias-full", rows, encoding="cp1252")
    found = ask()
    assert list(academies(found)) == ["999001"]
    assert "URN 999002 is left out: it has closed." in found.told


def test_an_academy_whose_phase_no_table_gives_is_told_and_not_invented(folder: Folder, ask: Ask) -> None:
    rows = [{"URN": "999001", "EstablishmentName": "Invented Academy", "Joined date": "01-09-2010"} | MAT]
    put(folder.path, "grouplinks_20250901.csv", "gias-group-links", rows, encoding="cp1252")
    found = ask()
    assert academies(found) == {}
    assert "URN 999001 is left out of the list: no table gives its phase." in found.told


def test_a_sponsor_is_not_a_trust_and_its_twin_is_named(national: Folder, ask: Ask) -> None:
    with pytest.raises(InputError, match="UID 9944: is a school sponsor, not a trust; ask for the trust: --trust 9901"):
        ask("9944")


def test_a_trust_of_no_school_is_a_problem(national: Folder, ask: Ask) -> None:
    with pytest.raises(InputError, match="UID 7777: is the trust of no school in the folder"):
        ask("7777")


def test_heads_of_groups_are_read_into_nothing(national: Folder, ask: Ask) -> None:
    assert "Zzyzx" not in repr(ask().settled)


def test_reserves_below_nought_are_a_deficit(national: Folder, ask: Ask) -> None:
    from opendata.downloads import header, put_workbook

    names = header("aar-academies")
    row = {
        "URN": 999001,
        "UID": 9901,
        "Period covered by return": 12,
        "Total Income": 5,
        "Total Expenditure": 5,
        "Revenue reserve": -1,
    }
    put_workbook(national.path, "AAR_2023-24.xlsx", {"Academies": [names, [row.get(n.strip(), "NULL") for n in names]]})
    assert academies(ask())["999001"]["in_deficit"] is True
