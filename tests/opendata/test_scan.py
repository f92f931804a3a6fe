"""Every state school beside the lines of first triage: who is listed, what is known, and what is not."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clpt_growth.files.problems import InputError
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.rules import Library
from clpt_growth.opendata.scan import Asked, Scan, Scanned, scan
from clpt_growth.opendata.school import school_found
from clpt_growth.opendata.topics import topics
from opendata.conftest import Folder
from opendata.downloads import ACADEMY, put, school

AS_OF = date(2026, 12, 4)
Run = Callable[..., Scan]


@pytest.fixture
def run(folder: Folder, shipped_library: Library) -> Run:
    def begun(own: tuple[str, ...] = ("999001",), **asked: Any) -> Scan:
        shown = topics(shipped_library).topics
        return scan(folder.found, folder.known, shipped_library, shown, Asked(**asked), own=own, as_of=AS_OF)

    return begun


def register(folder: Folder, *rows: dict[str, str]) -> None:
    put(folder.path, "edubasealldata20250901.csv", "gias-full", rows, encoding="cp1252")


def at(urn: str, east: int, north: int = 250_000, **changes: str) -> dict[str, str]:
    return school(urn, Easting=str(east), Northing=str(north), **changes)


def urns(found: Scan) -> list[str]:
    return [s.urn for s in found.schools]


def one(found: Scan) -> Scanned:
    (only,) = found.schools
    return only


def test_open_state_schools_outside_the_trust_are_listed_nearest_first(folder: Folder, run: Run) -> None:
    register(
        folder, at("999001", 500_000, **ACADEMY), at("999002", 540_000), at("999003", 510_000),
        at("999004", 505_000, **{"EstablishmentStatus (name)": "Closed"}),
        at("999005", 505_000, **{"EstablishmentStatus (name)": "Open, but proposed to close"}),
        at("999006", 505_000, **{"TypeOfEstablishment (name)": "Other independent school"}),
        at("999007", 505_000, **{"EstablishmentStatus (name)": "Proposed to open"}),
        school("999008", Easting="", Northing="0"),
    )  # fmt: skip
    found = run()
    assert found.considered == 4
    assert urns(found) == ["999005", "999003", "999002", "999008"]


def test_a_distance_is_a_straight_line_to_the_nearest_academy(folder: Folder, run: Run) -> None:
    register(folder, at("999001", 500_000), at("999009", 600_000), at("999002", 503_000, 254_000))
    near = one(run(("999001", "999009"))).near
    assert near is not None
    assert (near.miles, near.urn) == (Decimal("3.1"), "999001")


@pytest.mark.parametrize(("miles", "listed"), [("3.0", []), ("3.1", ["999002"]), ("3.2", ["999002"])])
def test_the_distance_asked_for_is_itself_near_enough(miles: str, listed: list[str], folder: Folder, run: Run) -> None:
    register(folder, at("999001", 500_000), at("999002", 503_000, 254_000), school("999003", Easting=""))
    assert urns(run(within_miles=Decimal(miles))) == listed


def test_a_distance_from_nowhere_cannot_be_asked_for(folder: Folder, run: Run) -> None:
    register(folder, at("999002", 500_000))
    with pytest.raises(InputError, match="--within: no academy of the trust has a place in the register"):
        run(within_miles=Decimal(5))


def test_phase_and_authority_filter(folder: Folder, run: Run) -> None:
    secondary = {"PhaseOfEducation (name)": "Secondary"}
    register(
        folder,
        school("999002"),
        school("999003", **secondary),
        school("999004", **{"LA (name)": "Marshland"} | secondary),
    )
    assert urns(run(phases=("secondary",))) == ["999003", "999004"]
    assert urns(run(phases=("secondary",), authorities=("marshland",))) == ["999004"]


def absent(folder: Folder, **shares: str) -> None:
    rows = [{"URN": urn.removeprefix("u"), "PERCTOT": "6", "PPERSABS10": share} for urn, share in shares.items()]
    put(folder.path, "2023-24_abs.csv", "absence-2022-23", rows)


@pytest.mark.parametrize(
    ("share", "outcome"),
    [("14.6", Outcome.MET), ("14.7", Outcome.PARTLY_MET), ("20.1", Outcome.NOT_MET), ("SUPP", Outcome.NOT_EVIDENCED)],
)
def test_each_line_is_that_of_the_principle_in_use(share: str, outcome: Outcome, folder: Folder, run: Run) -> None:
    register(folder, school("999002"))
    absent(folder, u999002=share)
    assert one(run()).outcomes["D34"] is outcome


def test_a_need_is_a_line_fallen_short_of_and_never_silence(folder: Folder, run: Run) -> None:
    register(folder, *(school(f"99900{n}") for n in range(2, 6)))
    absent(folder, u999002="14", u999003="16", u999004="30")
    assert urns(run(needs=("absence",))) == ["999003", "999004"]


def test_what_is_not_known_says_why(folder: Folder, run: Run) -> None:
    register(folder, school("999002"))
    absent(folder, u999002="SUPP")
    unknown = one(run()).unknown
    assert unknown["school.attendance.persistent_absence_share"].endswith("column 'PPERSABS10': suppressed (SUPP)")
    assert unknown["school.finance.revenue_reserve_share"] == "no table gives it"
    assert "school.education.key_stage_4" not in unknown


def test_no_fact_about_who_the_pupils_are_is_shown_or_judged(
    shipped_library: Library, folder: Folder, run: Run
) -> None:
    register(folder, school("999002"))
    put(
        folder.path,
        "2023-24_census.csv",
        "census-2022-23",
        [{"URN": "999002", "NOR": "200", "PSENELK": "40%", "NUMFSM": "90"}],
    )
    found = one(run())
    assert [name for name in found.facts if name.startswith(("school.intake.", "school.send."))] == []
    shown = topics(shipped_library).topics
    assert [n for t in shown for n in t.shows if n.startswith(("school.intake.", "school.send."))] == []


def test_a_new_number_keeps_what_was_known_under_the_old_one(folder: Folder, run: Run) -> None:
    register(folder, school("999002"), school("990002", **{"EstablishmentStatus (name)": "Closed"}))
    put(
        folder.path,
        "links_20250901.csv",
        "gias-links",
        [{"URN": "999002", "LinkURN": "990002", "LinkType": "Predecessor"}],
    )
    absent(folder, u990002="30")
    found = one(run())
    assert found.outcomes["D34"] is Outcome.NOT_MET
    assert (
        found.facts["school.attendance.persistent_absence_share"].note == "as URN 990002, before it became URN 999002"
    )


def test_a_scan_says_of_a_school_what_its_own_file_would_say(
    folder: Folder, run: Run, shipped_library: Library
) -> None:
    register(folder, school("999002"))
    absent(folder, u999002="12")
    graded = {
        "URN": "999002",
        "Inspection start date": "14/05/2024",
        "Overall effectiveness": "2",
        "Quality of education": "3",
    }
    put(folder.path, "mi_31_Aug_2025.csv", "ofsted-2025-08", [graded])
    alone = school_found("999002", folder.found, folder.known, shipped_library.dictionary).settled.facts
    scanned = one(run()).facts
    assert {n: f.value for n, f in alone.items() if n in scanned and n != "school.inspections"} == {
        n: f.value for n, f in scanned.items() if n in alone and n != "school.inspections"
    }
    assert scanned["school.inspection.latest_graded_on"].value == date(2024, 5, 14)


def test_of_many_years_in_one_table_the_newest_counts(folder: Folder, run: Run) -> None:
    register(folder, school("999002"))
    (folder.path / "absence.csv").write_text(
        "time_period,geographic_level,school_urn,sess_overall_percent,enrolments_pa_10_exact_percent\n"
        "202324,School,999002,9,30\n202425,School,999002,5,10\n202223,School,999002,9,30\n"
    )
    assert one(run()).outcomes["D34"] is Outcome.MET


def test_the_newest_register_that_names_a_school_counts(folder: Folder, run: Run) -> None:
    register(folder, school("999002"))
    put(
        folder.path, "extract_20260301.csv", "gias-full", [school("999002", **{"EstablishmentStatus (name)": "Closed"})]
    )
    assert urns(run()) == []


def test_a_scan_needs_a_register(folder: Folder, run: Run) -> None:
    absent(folder, u999002="12")
    with pytest.raises(InputError, match="--data: holds no register of schools"):
        run()
