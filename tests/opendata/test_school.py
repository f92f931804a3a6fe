"""One school from many tables: every trap met in the real files, with invented schools under the same headers."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clpt_growth.files.problems import InputError
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.fact import Fact, NotApplicable
from clpt_growth.opendata.school import SchoolFound, school_found
from opendata.conftest import Folder
from opendata.downloads import ACADEMY, header, put, put_workbook, school, text

URN = "999001"
Ask = Callable[..., SchoolFound]


@pytest.fixture
def ask(folder: Folder, shipped_dictionary: Dictionary) -> Ask:
    def found(urn: str = URN) -> SchoolFound:
        return school_found(urn, folder.found, folder.known, shipped_dictionary)

    return found


def fact(found: SchoolFound, name: str) -> Fact:
    return found.settled.facts[f"school.{name}"]


def value(found: SchoolFound, name: str) -> Any:
    known = found.settled.facts.get(f"school.{name}")
    return None if known is None else known.value


def remarks(found: SchoolFound, name: str) -> list[str]:
    return [r.words for r in found.settled.remarks if r.fact == f"school.{name}"]


def register(folder: Folder, *rows: dict[str, str], file: str = "edubasealldata20250901.csv") -> None:
    put(folder.path, file, "gias-full", rows or [school(URN)], encoding="cp1252")


def ofsted(folder: Folder, row: dict[str, str], like: str = "ofsted-2025-08") -> None:
    day = "31_August_2025" if like == "ofsted-2025-08" else "28_Feb_2026"
    put(folder.path, f"mi_as_at_{day}.csv", like, [{"URN": URN} | row], encoding="cp1252")


# The register


def test_the_register_gives_identity_places_and_pupils_each_with_its_source(folder: Folder, ask: Ask) -> None:
    register(folder)
    found = ask()
    assert value(found, "identity.name") == "Invented Primary School 999001"
    assert value(found, "identity.laestab") == "999/2001"
    assert value(found, "identity.type") == "community"
    assert value(found, "identity.sixth_form") is False
    assert value(found, "identity.opened_on") == date(1970, 9, 1)
    assert value(found, "identity.current_trust") == NotApplicable("maintained by the council")
    pupils = fact(found, "roll.pupils_count")
    assert (pupils.value, pupils.dated, pupils.verified) == (189, date(2025, 1, 16), "published")
    assert pupils.source == "Get Information about Schools, 2025-09-01, column 'NumberOfPupils'"
    assert fact(found, "roll.places_count").dated == date(2025, 9, 1)


@pytest.mark.parametrize(
    ("changes", "phase"),
    [
        ({}, "primary"),
        ({"StatutoryHighAge": "7"}, "infant"),
        ({"StatutoryLowAge": "7"}, "junior"),
        ({"StatutoryHighAge": "9"}, "first"),
        ({"PhaseOfEducation (name)": "Middle deemed secondary", "StatutoryLowAge": "9", "StatutoryHighAge": "13"}, "middle deemed secondary"),
        ({"PhaseOfEducation (name)": "All-through", "StatutoryHighAge": "18"}, "all-through"),
        ({"PhaseOfEducation (name)": "Not applicable", "TypeOfEstablishment (name)": "Community special school"}, "special"),
        ({"PhaseOfEducation (name)": "Not applicable", "TypeOfEstablishment (name)": "Pupil referral unit"}, "alternative provision"),
        ({"PhaseOfEducation (name)": "Not applicable", "TypeOfEstablishment (name)": "Other independent school"}, None),
    ],
)  # fmt: skip
def test_a_phase_is_told_by_the_register_and_the_ages(
    changes: dict[str, str], phase: str | None, folder: Folder, ask: Ask
) -> None:
    register(folder, school(URN, **changes))
    assert value(ask(), "identity.phase") == phase


def test_none_is_a_word_and_not_a_blank(folder: Folder, ask: Ask) -> None:
    register(folder, school(URN, **{"ReligiousCharacter (name)": "None"}))
    assert value(ask(), "identity.religious_character") == "none"


def test_people_in_the_register_are_read_into_nothing(folder: Folder, ask: Ask) -> None:
    person = {"HeadTitle (name)": "Ms", "HeadFirstName": "Qwyneth", "HeadLastName": "Zzyzx", "TelephoneNum": "01999999999", "SchoolWebsite": "www.zzyzx.example"}  # fmt: skip
    register(folder, school(URN, **person))
    told = repr(ask())
    assert [
        word
        for word in ("Qwyneth", "Zzyzx", "01999999999", "zzyzx")
        if word in told.replace(repr(header("gias-full")), "")
    ] == []


def test_a_name_that_could_be_a_persons_is_left_out_and_said_so(folder: Folder, ask: Ask) -> None:
    register(folder, school(URN, EstablishmentName="Mrs Zzyzx"))
    found = ask()
    assert value(found, "identity.name") is None
    assert remarks(found, "identity.name")[0].endswith("this looks like a person's name, and is left out")
    assert "Zzyzx" not in remarks(found, "identity.name")[0]


def test_a_school_in_no_table_is_a_problem(folder: Folder, ask: Ask) -> None:
    register(folder)
    with pytest.raises(InputError, match="URN 999009: is in none of the tables"):
        ask("999009")


# Inspections under each framework

GRADED = {
    "Inspection start date": "14/05/2024", "Publication date": "20/06/2024", "URN at time of latest graded inspection": URN,
    "Overall effectiveness": "3", "Quality of education": "3", "Behaviour and attitudes": "2", "Personal development": "2",
    "Effectiveness of leadership and management": "3", "Safeguarding is effective?": "Yes",
    "Early years provision (where applicable)": "9", "Sixth form provision (where applicable)": "9",
}  # fmt: skip


def test_an_inspection_under_the_2019_framework_has_its_grades_in_words(folder: Folder, ask: Ask) -> None:
    ofsted(folder, GRADED)
    (record,) = value(ask(), "inspections")
    assert record["framework"] == "2019, with overall grade"
    assert (record["overall"], record["behaviour_and_attitudes"]) == ("requires improvement", "good")
    assert (record["inspected_on"], record["published_on"]) == (date(2024, 5, 14), date(2024, 6, 20))
    assert (record["safeguarding"], record["category"]) == ("effective", "none")
    assert "early_years" not in record
    assert "early years (not judged)" in record["note"]
    assert record["source"].startswith("Ofsted management information, 2025-08-31, columns 'Inspection start date', ")


def test_from_september_2024_there_is_no_overall_grade(folder: Folder, ask: Ask) -> None:
    ofsted(folder, GRADED | {"Inspection start date": "10/09/2024", "Overall effectiveness": "Not judged"})
    (record,) = value(ask(), "inspections")
    assert record["framework"] == "2019, four judgements"
    assert "overall" not in record


def test_a_grade_that_cannot_stand_under_its_framework_is_left_out_and_told(folder: Folder, ask: Ask) -> None:
    ofsted(folder, GRADED | {"Inspection start date": "10/09/2024"})
    found = ask()
    assert "overall" not in value(found, "inspections")[0]
    assert "overall does not go with framework: 2019, four judgements" in " ".join(remarks(found, "inspections"))


@pytest.mark.parametrize(
    ("code", "grade", "category"),
    [("SM", "4", "special measures"), ("SWK", "4", "requires significant improvement"), ("", "2", "none"), ("", "4", None), ("", "9", None)],
)  # fmt: skip
def test_a_blank_category_means_none_only_beside_a_grade_that_needs_none(
    code: str, grade: str, category: str | None, folder: Folder, ask: Ask
) -> None:
    ofsted(folder, GRADED | {"Category of concern": code, "Overall effectiveness": grade})
    assert value(ask(), "inspections")[0].get("category") == category


@pytest.mark.parametrize(("code", "said"), [("Yes", "effective"), ("No", "not effective"), ("9", None), ("", None)])
def test_safeguarding_that_was_not_judged_is_not_effective_and_not_the_opposite(
    code: str, said: str | None, folder: Folder, ask: Ask
) -> None:
    ofsted(folder, GRADED | {"Safeguarding is effective?": code})
    assert value(ask(), "inspections")[0].get("safeguarding") == said


def test_the_inspection_before_and_the_ungraded_one_are_kept_newest_first(folder: Folder, ask: Ask) -> None:
    before = {
        "Previous inspection start date": "01/03/2016", "Previous graded inspection overall effectiveness": "2",
        "Date of latest ungraded inspection": "05/02/2025", "Ungraded inspection overall outcome": "Standards maintained",
    }  # fmt: skip
    ofsted(folder, GRADED | before)
    records = value(ask(), "inspections")
    assert [r["framework"] for r in records] == ["ungraded", "2019, with overall grade", "earlier"]
    assert records[0]["outcome"] == "Standards maintained"


def test_section_8_is_what_older_layouts_call_an_ungraded_inspection(folder: Folder, ask: Ask) -> None:
    renamed = {
        "Date of latest ungraded inspection": "Date of latest section 8 inspection",
        "Ungraded inspection overall outcome": "Section 8 inspection overall outcome",
        "URN at time of latest graded inspection": "URN at time of latest full inspection",
    }
    row = {
        "URN": URN,
        "Date of latest section 8 inspection": "05/02/2020",
        "Section 8 inspection overall outcome": "School remains Good",
    }
    put(folder.path, "mi_as_at_31_Mar_2020.csv", "ofsted-2025-08", [row], renamed=renamed)
    (record,) = value(ask(), "inspections")
    assert (record["framework"], record["outcome"]) == ("ungraded", "School remains Good")


CARD = {
    "Inspection start date": "13/01/2026", "Publication date": "20/02/2026", "URN at time of latest full inspection": URN,
    "Safeguarding standards": "Met", "Inclusion": "Strong standard", "Curriculum and teaching": "Expected standard",
    "Achievement": "Needs attention", "Attendance and behaviour": "Expected standard",
    "Personal development and wellbeing": "Exceptional", "Early years (where applicable)": "Not applicable",
    "Post-16 provision (where applicable)": "NULL", "Leadership and governance": "Expected standard",
    "Category of concern": "NULL", "Inspection start date of latest OEIF graded inspection": "14/05/2019",
    "Latest OEIF overall effectiveness": "2", "Latest OEIF  safeguarding is effective?": "Yes",
    "Date of latest ungraded inspection": "NULL", "Ungraded inspection overall outcome": "NULL",
}  # fmt: skip


def test_a_report_card_and_the_inspection_before_it_keep_their_own_grades(folder: Folder, ask: Ask) -> None:
    ofsted(folder, CARD, like="ofsted-2026-02")
    card, old = value(ask(), "inspections")
    assert card["framework"] == "report card 2025"
    assert (card["inclusion"], card["achievement"]) == ("strong standard", "needs attention")
    assert (card["personal_development_and_wellbeing"], card["early_years_provision"]) == (
        "exceptional",
        "not applicable",
    )
    assert (card["safeguarding"], card["category"]) == ("met", "none")
    assert "post_16_provision" not in card
    assert "overall" not in card
    assert (old["framework"], old["overall"], old["safeguarding"]) == ("earlier", "good", "effective")


def test_dates_of_judgement_later_called_dates_of_grade_change_nothing(folder: Folder, ask: Ask) -> None:
    renamed = {c: c.replace("date of judgement", "date of grade") for c in header("ofsted-2026-02")}
    put(folder.path, "mi_30_Sep_2026.csv", "ofsted-2026-02", [{"URN": URN} | CARD], renamed=renamed)
    assert value(ask(), "inspections")[0]["framework"] == "report card 2025"


def test_an_unknown_grade_is_no_grade(folder: Folder, ask: Ask) -> None:
    ofsted(folder, CARD | {"Inclusion": "Splendid"}, like="ofsted-2026-02")
    card = value(ask(), "inspections")[0]
    assert "inclusion" not in card
    assert "inclusion (not one of the answers)" in card["note"]


# Results

KS2 = {
    "RECTYPE": "1", "URN": URN, "TELIG": "30", "PTRWM_EXP": "60%", "PTRWM_HIGH": "SUPP", "READ_AVERAGE": "104",
    "READPROG": "-0.9", "TFSM6CLA1A": "4", "PTRWM_EXP_FSM6CLA1A": "SUPP", "TELIG_18": "28", "PTRWM_EXP_18": "56%",
    "READPROG_18": "0.7", "TELIG_17": "SUPP", "PTRWM_EXP_17": "SUPP",
}  # fmt: skip


def test_columns_that_end_in_a_year_give_the_years_before(folder: Folder, ask: Ask) -> None:
    put(folder.path, "2018-19_ks2final.csv", "ks2-2018-19", [KS2])
    now, before = value(ask(), "education.key_stage_2")
    assert (now["year"], now["cohort_count"], now["expected_share"], now["status"]) == (
        "2018-19",
        30,
        Decimal("0.6"),
        "final",
    )
    assert now["reading_progress"] == Decimal("-0.9")
    assert (before["year"], before["expected_share"]) == ("2017-18", Decimal("0.56"))
    assert "status" not in before
    assert before["source"].startswith("Key stage 2, performance tables, 2018-19, columns 'TELIG_18', ")


def test_a_suppressed_figure_is_absent_and_named_as_suppressed(folder: Folder, ask: Ask) -> None:
    put(folder.path, "2018-19_ks2.csv", "ks2-2018-19", [KS2])
    now = value(ask(), "education.key_stage_2")[0]
    assert not {"higher_share", "disadvantaged_expected_share"} & set(now)
    assert now["note"] == "not given: disadvantaged expected (suppressed); higher (suppressed)"


@pytest.mark.parametrize(
    "row",
    [
        {"RECTYPE": "3", "LEA": "850", "URN": " "},
        {"RECTYPE": "4", "URN": URN, "TELIG": "9", "PTRWM_EXP": "1%"},
        ["1", "1832", "850", "2001", URN],
    ],
)
def test_totals_and_rows_that_stop_early_give_nothing(row: Any, folder: Folder, ask: Ask) -> None:
    register(folder)
    put(folder.path, "2018-19_ks2.csv", "ks2-2018-19", [row])
    assert value(ask(), "education.key_stage_2") is None


def test_a_final_table_counts_before_a_provisional_one(folder: Folder, ask: Ask) -> None:
    row = {"RECTYPE": "1", "URN": URN, "TPUP": "150", "ATT8SCR": "46.1", "PTL2BASICS_95": "40.1%", "P8MEA": "NP"}
    put(folder.path, "2018-19_ks4final.csv", "ks4-provisional-2018-19", [row])
    put(folder.path, "2018-19_ks4provisional.csv", "ks4-provisional-2018-19", [row | {"ATT8SCR": "45.0"}])
    (record,) = value(ask(), "education.key_stage_4")
    assert (record["attainment_8"], record["status"]) == (Decimal("46.1"), "final")
    assert record["grade_5_english_maths_share"] == Decimal("0.401")
    assert record["note"] == "not given: progress 8 (not published)"


def test_a_long_table_gives_a_record_from_its_rows(folder: Folder, ask: Ask) -> None:
    columns = ["time_period", "geographic_level", "school_urn", "subject", "breakdown", "eligible_pupil_count", "expected_standard_pupil_percent", "average_scaled_score", "progress_measure_score"]  # fmt: skip
    rows = [
        ["202324", "School", URN, "Reading, writing and maths", "Total", "30", "61", "z", "z"],
        ["202324", "School", URN, "Reading", "Total", "30", "75", "105", "z"],
        ["202324", "School", URN, "Reading, writing and maths", "Girls", "14", "70", "z", "z"],
        ["202324", "School", URN, "Reading, writing and maths", "Disadvantaged", "8", "c", "z", "z"],
        ["202223", "School", URN, "Reading, writing and maths", "Total", "28", "58", "z", "z"],
        ["202324", "National", "", "Reading, writing and maths", "Total", "600000", "60", "z", "z"],
    ]
    (folder.path / "ks2_school_attainment_data.csv").write_text(text(columns, rows))
    now, before = value(ask(), "education.key_stage_2")
    assert (now["year"], now["cohort_count"], now["expected_share"]) == ("2023-24", 30, Decimal("0.61"))
    assert (now["reading_scaled_score"], now["disadvantaged_count"]) == (105, 8)
    assert "disadvantaged expected (suppressed)" in now["note"]
    assert (before["year"], before["expected_share"]) == ("2022-23", Decimal("0.58"))


# Pupils, absence, staff


@pytest.mark.parametrize(("cell", "share"), [("46.2%", "0.462"), ("46.21", "0.4621"), ("104.2", None), ("SUPP", None)])
def test_a_census_percentage_is_read_with_and_without_its_sign(
    cell: str, share: str | None, folder: Folder, ask: Ask
) -> None:
    put(folder.path, "2021-22_census.csv", "census-2022-23", [{"URN": URN, "NOR": "100", "PSENELK": cell}])
    assert value(ask(), "intake.sen_support_share") == (Decimal(share) if share else None)


def test_more_than_the_whole_is_left_out_and_told(folder: Folder, ask: Ask) -> None:
    put(folder.path, "2021-22_census.csv", "census-2022-23", [{"URN": URN, "NOR": "100", "PSENELSE": "104.2"}])
    assert remarks(ask(), "intake.ehcp_share") == [
        "School census, 2021-22, column 'PSENELSE': more than the whole (1.042)"
    ]


def test_percentages_that_turn_into_fractions_are_not_used(folder: Folder, ask: Ask) -> None:
    rows = [{"URN": str(999001 + n), "NOR": "100", "PNUMEAL": f"0.{n:02}"} for n in range(1, 99)]
    put(folder.path, "2026-27_census.csv", "census-2022-23", rows)
    found = ask("999011")
    assert value(found, "intake.eal_share") is None
    assert "not clear whether a percentage or a fraction" in remarks(found, "intake.eal_share")[0]


def test_free_meals_are_worked_out_from_two_counts(folder: Folder, ask: Ask) -> None:
    put(folder.path, "2022-23_census.csv", "census-2022-23", [{"URN": URN, "NOR": "271", "NUMFSM": "49"}])
    known = fact(ask(), "intake.free_meals_share")
    assert (known.value, known.dated) == (Decimal("0.1808"), date(2023, 1, 19))
    assert known.source == "School census, 2022-23, columns 'NUMFSM', 'NOR'"


def test_the_newest_figure_counts_and_the_years_are_kept(folder: Folder, ask: Ask) -> None:
    put(folder.path, "2022-23_abs.csv", "absence-2022-23", [{"URN": URN, "PERCTOT": "7.1", "PPERSABS10": "22.5"}])
    put(folder.path, "2018-19_abs.csv", "absence-2022-23", [{"URN": URN, "PERCTOT": "4.1", "PPERSABS10": "8.5"}])
    found = ask()
    assert value(found, "attendance.overall_absence_share") == Decimal("0.071")
    assert [r["year"] for r in value(found, "attendance.past_years")] == ["2022-23", "2018-19"]


def test_a_newer_table_that_suppresses_leaves_the_older_figure_and_says_so(folder: Folder, ask: Ask) -> None:
    put(folder.path, "2022-23_abs.csv", "absence-2022-23", [{"URN": URN, "PERCTOT": "SUPP", "PPERSABS10": "SUPP"}])
    put(folder.path, "2018-19_abs.csv", "absence-2022-23", [{"URN": URN, "PERCTOT": "4.1", "PPERSABS10": "8.5"}])
    found = ask()
    assert fact(found, "attendance.overall_absence_share").dated == date(2019, 7, 31)
    assert remarks(found, "attendance.overall_absence_share") == [
        "Pupil absence, performance tables, 2022-23, column 'PERCTOT': suppressed (SUPP)"
    ]


def test_the_year_of_persistent_absence_goes_with_its_figure(folder: Folder, ask: Ask) -> None:
    put(folder.path, "2022-23_abs.csv", "absence-2022-23", [{"URN": URN, "PERCTOT": "7.1", "PPERSABS10": "22.5"}])
    found = fact(ask(), "attendance.persistent_absence_year")
    assert (found.value, found.dated) == ("2022-23", date(2023, 7, 31))
    assert found.source == "Pupil absence, performance tables, 2022-23, column 'PPERSABS10'"


@pytest.mark.parametrize("cell", ["SUPP", "", "140", "many"])
def test_a_year_without_a_figure_is_not_the_year_of_an_older_one(folder: Folder, ask: Ask, cell: str) -> None:
    put(folder.path, "2022-23_abs.csv", "absence-2022-23", [{"URN": URN, "PERCTOT": "7.1", "PPERSABS10": cell}])
    put(folder.path, "2018-19_abs.csv", "absence-2022-23", [{"URN": URN, "PERCTOT": "4.1", "PPERSABS10": "8.5"}])
    found = ask()
    assert value(found, "attendance.persistent_absence_share") == Decimal("0.085")
    assert value(found, "attendance.persistent_absence_year") == "2018-19"


def test_a_table_of_many_years_dates_each_row_by_itself(folder: Folder, ask: Ask) -> None:
    columns = [
        "time_period",
        "geographic_level",
        "school_urn",
        "sess_overall_percent",
        "enrolments_pa_50_exact_percent",
    ]
    rows = [
        ["202324", "School", URN, "6.9", "x"],
        ["202425", "School", URN, "6.5", "1.2"],
        ["202425", "National", "", "7", "2"],
    ]
    (folder.path / "absence.csv").write_text(text(columns, rows))
    found = ask()
    known = fact(found, "attendance.overall_absence_share")
    assert (known.value, known.dated) == (Decimal("0.065"), date(2025, 7, 31))
    assert known.source == "Pupil absence in schools in England, 2024-25, column 'sess_overall_percent'"


def test_staff_are_full_time_equivalents_and_money_in_the_table_is_not_read(folder: Folder, ask: Ask) -> None:
    names = header("workforce-2020-21")
    row = {"URN": URN, names[7]: "19.0", names[8]: "15.8", names[-1]: "£48,747"}
    put(
        folder.path,
        "2020-21_swf.csv",
        "workforce-2020-21",
        [row, ["NAT", "PRI", "", "", "250,564"]],
        encoding="utf-8-sig",
    )
    found = ask()
    assert value(found, "workforce.teachers_fte") == 19
    assert fact(found, "workforce.teachers_fte").dated == date(2020, 11, 5)
    assert "48" not in repr(found.settled.facts)


def test_tables_that_differ_of_one_day_are_both_told(folder: Folder, ask: Ask) -> None:
    put(folder.path, "2022-23_census.csv", "census-2022-23", [{"URN": URN, "NOR": "250", "PSENELK": "1%"}])
    names = ["time_period", "URN", "Total pupils", "SEN support", "EHC plan"]
    (folder.path / "sen_2022-23.csv").write_text(
        text(names, [["202223", URN, "252", "5", "1"]] + [["", "", "", "", ""]] * 50)
    )
    found = ask()
    assert value(found, "roll.pupils_count") == 250
    assert "Special educational needs in England, 2022-23 says 252" in remarks(found, "roll.pupils_count")


# Money

CFR = {
    "URN": URN, "Period covered by return (months)": "12", "Did Not Supply flag": "N", "London Weighting": "Neither",
    "Total Income   I01 to I18": "1,420,000", "Total Expenditure  E01 to E32": "1,405,000",
    "In-year Balance   Total Income (I01 to I18) minus Total Expenditure (E01 to E32)": "15000",
    "Revenue Reserve   B01 plus B02 plus B06": "-96000", "Staff Total ": "£1,090,000", "PFI": "Not part of PFI",
}  # fmt: skip


def cfr(folder: Folder, **changes: str) -> None:
    put(folder.path, "maintained_schools_2024-25.csv", "cfr-master-list", [CFR | changes])


def test_a_councils_school_closes_its_year_in_march(folder: Folder, ask: Ask) -> None:
    cfr(folder)
    found = ask()
    assert value(found, "finance.year_ends_on") == date(2025, 3, 31)
    assert value(found, "finance.total_income_gbp") == 1420000
    assert value(found, "finance.revenue_reserve_gbp") == -96000
    assert value(found, "finance.staff_cost_gbp") == 1090000
    (year,) = value(found, "budget")
    assert (year["year"], year["status"], year["reserve_gbp"]) == ("2024-25", "outturn", -96000)


def test_neither_london_weighting_could_still_be_the_fringe(folder: Folder, ask: Ask) -> None:
    cfr(folder)
    assert value(ask(), "identity.london_weighting") is None


def test_a_school_that_reports_through_another_has_no_money_of_its_own(folder: Folder, ask: Ask) -> None:
    cfr(folder, **{"Did Not Supply flag": "Y", "Total Income   I01 to I18": "0"})
    found = ask()
    assert value(found, "finance.total_income_gbp") is None
    assert "a federation reports through its lead school" in remarks(found, "finance.total_income_gbp")[0]


def test_a_return_for_a_whole_federation_is_not_one_schools(folder: Folder, ask: Ask) -> None:
    cfr(folder, Federation="Lead school")
    assert value(ask(), "finance.total_income_gbp") is None


def test_last_years_progress_8_in_this_years_table_is_that_of_last_year(folder: Folder, ask: Ask) -> None:
    columns = ["RECTYPE", "URN", "TPUP", "ATT8SCR", "P8MEA", "P8MEA_PREV", "PTL2BASICS_95"]
    (folder.path / "2024-25_ks4.csv").write_text(text(columns, [["1", URN, "150", "46", "NA", "-0.21", "40%"]]))
    old = [{"RECTYPE": "1", "URN": URN, "TPUP": "149", "ATT8SCR": "45"}]
    put(folder.path, "2023-24_ks4.csv", "ks4-provisional-2018-19", old)
    now, before = value(ask(), "education.key_stage_4")
    assert "progress_8" not in now
    assert (before["year"], before["progress_8"]) == ("2023-24", Decimal("-0.21"))
    assert "Key stage 4, performance tables, 2024-25, column 'P8MEA_PREV'" in before["source"]


def test_part_of_a_year_is_not_a_year(folder: Folder, ask: Ask) -> None:
    cfr(folder, **{"Period covered by return (months)": "7"})
    found = ask()
    assert value(found, "finance.total_income_gbp") is None
    assert "covers part of a year" in remarks(found, "finance.total_income_gbp")[0]


def aar(folder: Folder, *rows: dict[str, Any]) -> None:
    names = header("aar-academies")
    filled = [[row.get(name.strip(), "NULL") for name in names] for row in rows]
    put_workbook(
        folder.path, "AAR_2023-24_download.xlsx", {"Academies": [[f"B{n}" for n in range(len(names))], names, *filled]}
    )


AAR = {
    "URN": 999001, "UID": 9901, "Trust or Company Name": "Invented Trust", "Period covered by return": 12,
    "Total Income": 9569000, "Total Expenditure": 10949000, "In year balance": -1380000, "Revenue reserve": 395000,
    "Total Staff Costs": 7896000, "Teaching staff": 5000000, "PFI": "Part of PFI", "London Weighting": "Inner",
}  # fmt: skip


def test_an_academys_accounts_stand_in_a_workbook_under_two_rows_of_names(folder: Folder, ask: Ask) -> None:
    aar(folder, AAR)
    found = ask()
    assert value(found, "finance.in_year_balance_gbp") == -1380000
    assert value(found, "finance.year_ends_on") == date(2024, 8, 31)
    assert value(found, "buildings.pfi") is True
    assert value(found, "identity.london_weighting") == "inner London"
    assert value(found, "budget")[0]["year"] == "2023-24"


def test_an_academy_that_changed_trust_has_two_rows_that_make_a_year(folder: Folder, ask: Ask) -> None:
    first = AAR | {
        "Period covered by return": 5,
        "Total Income": 4000000,
        "Revenue reserve": 1,
        "Trust or Company Name": "Old",
    }
    second = AAR | {
        "Period covered by return": 7,
        "Total Income": 5000000,
        "Date joined or opened if in period": "2024-02-01",
    }
    aar(folder, second, first)
    found = ask()
    assert value(found, "finance.total_income_gbp") == 9000000
    assert value(found, "finance.revenue_reserve_gbp") == 395000


def test_a_year_that_nothing_tells_is_not_used(folder: Folder, ask: Ask) -> None:
    register(folder)
    put(folder.path, "cfr.csv", "cfr-master-list", [CFR])
    found = ask()
    assert value(found, "finance.total_income_gbp") is None
    assert [t.shown for t in found.unused] == ["cfr.csv"]


def test_two_rows_of_one_school_and_year_that_differ_give_neither(folder: Folder, ask: Ask) -> None:
    columns = ["time_period", "school_urn", "entry_year", "times_put_as_1st_preference", "total_number_places_offered"]
    rows = [["202526", URN, "R", "42", "30"], ["202526", URN, "7", "100", "90"]]
    (folder.path / "apps.csv").write_text(text(columns, rows))
    found = ask()
    assert value(found, "roll.first_preferences_count") is None
    assert remarks(found, "roll.first_preferences_count")[0].endswith("several rows of this school differ")


# Lineage


def link(folder: Folder, *rows: tuple[str, str, str]) -> None:
    lines = [{"URN": a, "LinkURN": b, "LinkType": kind} for a, b, kind in rows]
    put(folder.path, "links_20250901.csv", "gias-links", lines, encoding="cp1252")


def member(folder: Folder, joined: str = "01-09-2023") -> None:
    rows = [
        {"URN": URN, "Linked UID": "9901", "Group Name": "Invented Trust", "Group Type": "Multi-academy trust", "Joined date": joined},
        {"URN": URN, "Linked UID": "9944", "Group Name": "Invented Trust", "Group Type": "School sponsor", "Joined date": "01-01-2001"},
    ]  # fmt: skip
    put(folder.path, "grouplinks_20250901.csv", "gias-group-links", rows, encoding="cp1252")


def test_an_inspection_under_an_earlier_number_says_so_and_on_which_side_of_joining(folder: Folder, ask: Ask) -> None:
    register(folder, school(URN, **ACADEMY))
    member(folder)
    ofsted(
        folder, GRADED | {"URN at time of latest graded inspection": "990586", "Inspection start date": "02/05/2023"}
    )
    (record,) = value(ask(), "inspections")
    assert record["urn_at_the_time"] == "990586"
    assert record["note"].startswith("inspected as URN 990586 before it joined its present trust; ")


@pytest.mark.parametrize(("day", "side"), [("31/08/2023", "before"), ("01/09/2023", "after")])
def test_the_day_of_joining_itself_is_after(day: str, side: str, folder: Folder, ask: Ask) -> None:
    register(folder, school(URN, **ACADEMY))
    member(folder)
    ofsted(folder, GRADED | {"Inspection start date": day})
    assert value(ask(), "inspections")[0]["note"].startswith(f"inspected {side} it joined its present trust")


def test_figures_of_an_earlier_number_are_carried_over_and_say_so(folder: Folder, ask: Ask) -> None:
    register(folder)
    link(folder, (URN, "990001", "Predecessor"), ("990001", "990002", "Predecessor"))
    put(folder.path, "2018-19_abs.csv", "absence-2022-23", [{"URN": "990002", "PERCTOT": "4.1", "PPERSABS10": "8"}])
    found = ask()
    known = fact(found, "attendance.overall_absence_share")
    assert (known.value, known.note) == (Decimal("0.041"), "as URN 990002, before it became URN 999001")
    assert value(found, "attendance.past_years")[0]["note"] == "as URN 990002, before it became URN 999001"
    assert value(found, "identity.predecessor_urn") == "990001"


def test_its_own_figures_come_before_those_of_an_earlier_number(folder: Folder, ask: Ask) -> None:
    link(folder, (URN, "990001", "Predecessor"))
    rows = [{"URN": "990001", "PERCTOT": "4.1", "PPERSABS10": "8"}, {"URN": URN, "PERCTOT": "5.1", "PPERSABS10": "9"}]
    put(folder.path, "2018-19_abs.csv", "absence-2022-23", rows)
    assert value(ask(), "attendance.overall_absence_share") == Decimal("0.051")


def test_figures_of_schools_that_were_merged_are_not_one_schools(folder: Folder, ask: Ask) -> None:
    register(folder)
    link(folder, (URN, "990001", "Predecessor - merged"), (URN, "990002", "Predecessor - merged"))
    put(folder.path, "2018-19_abs.csv", "absence-2022-23", [{"URN": "990001", "PERCTOT": "4.1", "PPERSABS10": "8"}])
    found = ask()
    assert value(found, "attendance.overall_absence_share") is None
    assert value(found, "identity.predecessor_urn") == "990001, 990002"


def test_what_the_register_said_of_the_earlier_school_is_not_taken(folder: Folder, ask: Ask) -> None:
    register(folder, school(URN), school("990001", EstablishmentName="Old School", SchoolCapacity="999"))
    link(folder, (URN, "990001", "Predecessor"))
    found = ask()
    assert value(found, "roll.places_count") == 210
    assert "Old School" not in repr(found.settled.facts)


def test_links_in_the_last_column_of_a_search_download_are_read_though_nobody_quoted_them(
    folder: Folder, ask: Ask
) -> None:
    names = header("gias-search")
    row = [school(URN).get(name, "") for name in names[:-1]] + ["990001 Predecessor", " 990002 Predecessor - merged"]
    put(folder.path, "results_20220420.csv", "gias-search", [row], encoding="cp1252")
    assert {k.urn for k in ask().predecessors} == {"990001", "990002"}


def test_a_school_that_closed_is_refused_with_the_one_that_came_after(folder: Folder, ask: Ask) -> None:
    register(folder, school(URN, **{"EstablishmentStatus (name)": "Closed", "CloseDate": "31-08-2023"}))
    link(folder, (URN, "999500", "Successor"), ("999500", "999600", "Successor"))
    with pytest.raises(InputError) as error:
        ask()
    assert str(error.value) == "URN 999001: is a school that closed on 2023-08-31; ask for 999600, which came after it"


def test_a_school_proposed_to_close_is_still_open(folder: Folder, ask: Ask) -> None:
    register(folder, school(URN, **{"EstablishmentStatus (name)": "Open, but proposed to close"}))
    assert value(ask(), "identity.urn") == URN


@pytest.mark.parametrize(
    ("cell", "share", "said"),
    [
        ("91%", Decimal("0.91"), []),
        ("SUPP", None, ["Destinations after key stage 4, 2022-23, column 'OVERALL_DESTPER': suppressed (SUPP)"]),
    ],
)
def test_destinations_stand_by_themselves_and_say_that_the_year_is_the_tables(
    cell: str, share: Decimal | None, said: list[str], folder: Folder, ask: Ask
) -> None:
    register(folder, school(URN, **{"PhaseOfEducation (name)": "Secondary", "StatutoryLowAge": "11"}))
    row = {"RECTYPE": "1", "URN": URN, "COHORT": "150", "OVERALL_DESTPER": cell}
    put(folder.path, "2022-2023_england_ks4-pupdest.csv", "ks4-destinations", [row])
    found = ask()
    assert value(found, "education.sustained_destination_share") == share
    assert remarks(found, "education.sustained_destination_share") == said
    if share is not None:
        known = fact(found, "education.sustained_destination_share")
        assert known.note == "pupils who left one or two years before the year of the table"
