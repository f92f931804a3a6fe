from datetime import date

import pytest

from clpt_growth.opendata.vintage import Vintage, dated, vintage_in, vintage_of


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("england_census_2022-23.csv", "2022-23"), ("2022-2023_england_census.csv", "2022-23"),
        ("CFR_2024-25_Full_Data_Workbook.xlsx", "2024-25"), ("capacity_school_200910-202425.csv", "2024-25"),
        ("ks2 2018 to 2019.csv", "2018-19"), ("england_ks2revised.csv", ""), ("ks2_2018-850.csv", ""),
        ("gias_2026-08-21.csv", ""), ("file 2019-2021.csv", ""), ("swf.2020.2021.csv", "2020-21"),
    ],
)  # fmt: skip
def test_a_school_year_is_two_years_in_a_row(name: str, year: str) -> None:
    assert vintage_in([name], "academic year").year == year


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("State-funded schools inspections as at 31 August 2025", date(2025, 8, 31)),
        ("latest_inspections_as_at_31_Jan_2026.csv", date(2026, 1, 31)), ("edubasealldata20250831.csv", date(2025, 8, 31)),
        ("gias_links_2026-08-21.csv", date(2026, 8, 21)), ("extract 01-03-2024.csv", date(2024, 3, 1)),
        ("Ofsted MI February 2026", date(2026, 2, 28)), ("edubasealldata.csv", None),
    ],
)  # fmt: skip
def test_a_day_is_found_in_a_title_or_a_name(name: str, day: date | None) -> None:
    assert vintage_in([name], "day").day == day


def test_the_first_text_that_tells_it_counts() -> None:
    assert vintage_in(["", "as at 31 August 2025", "old_2019-01-01.csv"], "day").day == date(2025, 8, 31)


@pytest.mark.parametrize(("cell", "year"), [("202223", "2022-23"), ("2022/23", "2022-23"), ("2023", ""), ("", "")])
def test_a_cell_names_a_year_by_both_halves(cell: str, year: str) -> None:
    assert vintage_of(cell, "academic year").year == year


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ("third Thursday of January", date(2023, 1, 19)), ("first Thursday of November", date(2022, 11, 3)),
        ("31 August", date(2023, 8, 31)), ("1 May", date(2023, 5, 1)), ("last Friday of September", date(2022, 9, 30)),
    ],
)  # fmt: skip
def test_a_rule_names_a_day_of_the_school_year(rule: str, day: date) -> None:
    assert dated(rule, Vintage("academic year", 2022)) == day


def test_a_financial_year_ends_in_march() -> None:
    assert dated("31 March", Vintage("financial year", 2024)) == date(2025, 3, 31)


def test_an_unknown_year_has_no_day() -> None:
    assert dated("31 August", Vintage("academic year")) is None


@pytest.mark.parametrize("rule", ["some day", "31 Juno", "third Blursday of January"])
def test_a_rule_that_names_no_day_is_refused(rule: str) -> None:
    with pytest.raises(ValueError, match="names no day"):
        dated(rule, Vintage("academic year", 2022))
