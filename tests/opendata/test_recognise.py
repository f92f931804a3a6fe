"""A table is known by its header, whatever it is called, in every layout it has had."""

from pathlib import Path

import pytest

from clpt_growth.opendata.dataset import plain_name
from opendata.conftest import Folder
from opendata.downloads import HEADERS, header, put, put_archive, put_workbook, text

KNOWN_AS = {
    "absence-2022-23": "absence",
    "census-2022-23": "census",
    "cfr-master-list": "maintained-schools-finance",
    "condition-data": "condition-data",
    "gias-academies": "school-register",
    "gias-full": "school-register",
    "gias-search": "school-register",
    "gias-group-links": "group-links",
    "gias-groups": "groups",
    "gias-links": "school-links",
    "ks2-2018-19": "key-stage-2",
    "ks2-mats": "trust-results-key-stage-2",
    "ks4-destinations": "destinations-after-key-stage-4",
    "ks4-final-2022-23": "key-stage-4",
    "ks4-mats": "trust-results-key-stage-4",
    "ks4-provisional-2018-19": "key-stage-4",
    "ofsted-2025-08": "ofsted-2019-framework",
    "ofsted-2026-02": "ofsted-report-cards",
    "school-information": "school-information",
    "sen": "special-needs",
    "workforce-2020-21": "workforce",
    "aar-academies": "academies-finance",
    "aar-central": "trust-central-finance",
}
# Tables of Explore education statistics and others, known from published descriptions.
DESCRIBED = {
    "absence-statistics": "time_period,geographic_level,school_urn,sess_overall_percent,enrolments_pa_10_exact_percent",
    "capacity": "time_period,geographic_level,school_urn,school_places,pupils_on_roll",
    "admissions": "time_period,school_urn,entry_year,times_put_as_1st_preference,total_number_places_offered",
    "suspensions": "time_period,geographic_level,school_urn,headcount,perm_excl,susp_rate,one_plus_susp_rate",
    "workforce-statistics": "time_period,geographic_level,school_urn,fte_all_teachers,fte_workforce",
    "workforce-ratios": "time_period,geographic_level,school_urn,teachers_fte,pupil_to_qual_unqual_teacher_ratio",
    "key-stage-2-statistics": "time_period,geographic_level,school_urn,subject,breakdown,expected_standard_pupil_percent",
    "key-stage-4-statistics": "time_period,geographic_level,school_urn,breakdown,pupil_count,attainment8_average",
    "pupils-and-characteristics": "time_period,urn,headcount of pupils,% of pupils known to be eligible for free school meals",
    "finance-per-pupil": "URN,LANUMBER,PUPILS,FSM,GRANTFUNDING,TOTALINCOME,TEACHINGSTAFF,TOTALEXPENDITURE",
    "sixteen-to-eighteen": "RECTYPE,URN,TPUP1618,TALLPPE_ACAD_1618,TALLPPE_AGEN",
}


def dataset_of(folder: Folder) -> list[str]:
    return [table.dataset.id for table in folder.found.tables]


@pytest.mark.parametrize("name", sorted(p.stem for p in HEADERS.glob("*.csv")))
def test_a_download_is_known_by_its_header_alone(name: str, folder: Folder) -> None:
    put(folder.path, "anything at all.csv", name, [])
    assert dataset_of(folder) == [KNOWN_AS[name]]


@pytest.mark.parametrize("name", sorted(DESCRIBED))
def test_a_table_known_from_its_description_is_recognised(name: str, folder: Folder) -> None:
    (folder.path / "x.csv").write_text(DESCRIBED[name] + "\n")
    assert dataset_of(folder) == [name]


def test_names_cut_off_after_64_letters_are_those_of_the_same_columns(folder: Folder) -> None:
    name = "% of pupils known to be eligible for and claiming free school meals"[:64]
    (folder.path / "x.csv").write_text(f"time_period,urn,headcount of pupils,{name}\n202223,999001,200,12.5\n")
    (table,) = folder.found.tables
    assert (table.dataset.id, table.header[table.index["fsm"]]) == ("pupils-and-characteristics", name.strip())


def test_every_dataset_is_recognised_from_some_header(folder: Folder) -> None:
    assert {d.id for d in folder.known.datasets} == {*KNOWN_AS.values(), *DESCRIBED}


def test_case_spaces_and_marks_in_a_columns_name_do_not_matter(folder: Folder) -> None:
    columns = [c.replace(" (", "_").replace(")", "").lower() for c in header("gias-full")]
    (folder.path / "x.csv").write_text(text(columns, []))
    assert dataset_of(folder) == ["school-register"]
    assert plain_name("Pupil:     Teacher Ratio") == plain_name("pupil_teacher_ratio")


@pytest.mark.parametrize(
    "before", [["State-funded schools inspections and outcomes as at 31 August 2025", "Use the filters"]]
)
def test_title_lines_before_the_header_are_passed_over_and_tell_the_day(before: list[str], folder: Folder) -> None:
    put(folder.path, "mi.csv", "ofsted-2025-08", [{"URN": "999001"}], encoding="cp1252", before=before)
    (table,) = folder.found.tables
    assert str(table.vintage) == "2025-08-31"
    assert [row[1] for row in table.rows()] == ["999001"]


def test_two_header_rows_are_told_apart_from_data(folder: Folder) -> None:
    names = header("aar-academies")
    codes = [f"BAI{n:03}" for n in range(len(names))]
    put_workbook(folder.path, "AAR_2023-24_download.xlsx", {"Index": [["x"]], "Academies": [codes, names, ["9992001"]]})
    (table,) = folder.found.tables
    assert (table.dataset.id, str(table.vintage), table.skip) == ("academies-finance", "2023-24", 2)


def test_names_split_over_two_rows_are_put_together(folder: Folder) -> None:
    above, below = ["", "Persistent", "URN"], ["PERCTOT", "", ""]
    (folder.path / "x.csv").write_text(text(above, [below]).replace("Persistent", "PPERSABS10"))
    (table,) = folder.found.tables
    assert (table.dataset.id, table.skip) == ("absence", 2)


def test_a_name_that_is_there_twice_counts_once(folder: Folder) -> None:
    put(folder.path, "x.csv", "cfr-master-list", [])
    (table,) = folder.found.tables
    assert table.header[table.index["staff"]] == "Staff Total"
    assert table.index["income"] == header("cfr-master-list").index("Total Income   I01 to I18")


def test_the_year_may_stand_in_the_archive_or_the_folder(folder: Folder) -> None:
    content = text(header("absence-2022-23"), []).encode()
    put_archive(folder.path, "Performancetables_2022-2023.zip", {"england_abs.csv": content})
    put(folder.path, "2021-22/england_abs.csv", "absence-2022-23", [])
    assert [str(t.vintage) for t in folder.found.tables] == ["2021-22", "2022-23"]


def test_columns_that_end_in_a_year_tell_the_year_of_the_table(folder: Folder) -> None:
    put(folder.path, "ks2.csv", "ks2-2018-19", [])
    assert str(folder.found.tables[0].vintage) == "2018-19"


def test_a_year_that_nothing_tells_is_not_known(folder: Folder) -> None:
    put(folder.path, "abs.csv", "absence-2022-23", [])
    (table,) = folder.found.tables
    assert (table.vintage.known, table.placed_in_time) == (False, False)


@pytest.mark.parametrize("word", ["provisional", "revised", "final"])
def test_how_settled_results_are_is_told_by_the_name(word: str, folder: Folder) -> None:
    put(folder.path, f"2018-19_england_ks4{word}.csv", "ks4-provisional-2018-19", [])
    assert folder.found.tables[0].status == word


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        ("name,score\nOak,1\n", "has no header we know"),
        ('{"code":"error.IOerror.download.extract"}', "is an error message from the service, not a table"),
        ("<html>404</html>", "is a web page, not a table"),
    ],
)
def test_what_is_not_read_says_why(content: str, wrong: str, folder: Folder) -> None:
    (folder.path / "edubasealldata.csv").write_text(content)
    (other,) = folder.found.others
    assert (other.shown, other.wrong) == ("edubasealldata.csv", wrong)


def test_a_table_whose_column_has_a_new_name_says_which_is_missing_and_where_to_add_it(folder: Folder) -> None:
    put(folder.path, "x.csv", "absence-2022-23", [], renamed={"PERCTOT": "ABSENCE_RATE"})
    (other,) = folder.found.others
    assert other.wrong == "is nearest to Pupil absence, performance tables, but has no PERCTOT"
    assert other.todo == "if a column has a new name, add it: principles/datasets, adds_to: absence"


def test_sheets_of_notes_in_a_workbook_are_no_news(folder: Folder) -> None:
    names = header("aar-academies")
    put_workbook(folder.path, "AAR_2023-24.xlsx", {"Academies": [names], "Other": [["Notes"], ["Read this"]]})
    assert folder.found.others == ()


def test_one_bad_file_does_not_stop_the_rest(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("<html>")
    put(tmp_path, "b_2022-23.csv", "absence-2022-23", [])
    assert len(folder.found.tables) == len(folder.found.others) == 1
