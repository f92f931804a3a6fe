from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clpt_growth.files.library import library
from clpt_growth.opendata.catalogue import catalogue
from clpt_growth.opendata.cells import Gap, day_in, number_in, reader_of, urn_in

CODES = catalogue(library().dictionary).codes


def read(kind: str, text: str, **how: Any) -> Any:
    return reader_of(kind, CODES, **how)(text)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("SUPP", "suppressed"), ("SUPPMAT", "suppressed"), ("c", "suppressed"), ("NP", "not published"),
        ("NA", "not applicable"), ("z", "not applicable"), ("LOWCOV", "low coverage"), ("NE", "no entries"),
        ("NEW", "new school"), ("RE", "redacted"), ("SP", "too small to show"), ("low", "too small to show"),
        ("x", "not available"), (":", "not available"), ("u", "low reliability"), ("DNS", "not supplied"),
        ("NULL", "missing"), ("", "missing"), ("Not recorded", "not recorded"), ("Not applicable", "not applicable"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["count", "share", "number", "pounds", "date"])
def test_a_code_is_a_reason_of_its_own_and_never_nought(code: str, reason: str, kind: str) -> None:
    assert read(kind, code) == Gap(reason, code)


@pytest.mark.parametrize(
    ("text", "scale", "share"),
    [
        ("45%", "", "0.45"), ("46.2%", "percent", "0.462"), ("46.21", "percent", "0.4621"), ("0.024", "fraction", "0.024"),
        ("100%", "", "1"), ("0%", "", "0"), ("104.2", "percent", "1.042"), ("0.0", "percent", "0"),
    ],
)  # fmt: skip
def test_a_share_is_read_in_each_of_its_forms(text: str, scale: Any, share: str) -> None:
    assert read("share", text, scale=scale) == Decimal(share)


def test_a_bare_number_of_unknown_scale_is_not_guessed_at() -> None:
    assert read("share", "0.5") == Gap("not clear whether a percentage or a fraction", "0.5")


@pytest.mark.parametrize(
    ("text", "pounds"),
    [("£48,747", 48747), ("-84000", -84000), ("-£1,200", -1200), ("(1,200)", -1200), ("1200.50", 1201), ("0", 0)],
)
def test_money_is_whole_pounds_and_a_deficit_keeps_its_minus(text: str, pounds: int) -> None:
    assert read("pounds", text) == pounds


@pytest.mark.parametrize(("text", "count"), [("252", 252), ("1,290", 1290), ("252.0", 252), ("0", 0)])
def test_a_count_is_whole(text: str, count: int) -> None:
    assert read("count", text) == count


@pytest.mark.parametrize(
    ("kind", "text"),
    [("count", "12.5"), ("count", "-1"), ("count", "45%"), ("pounds", "12k"), ("number", "about 3"), ("number", "(3")],
)
def test_what_cannot_be_read_says_so(kind: str, text: str) -> None:
    found = read(kind, text)
    assert isinstance(found, Gap)
    assert found.text == text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("21-01-2021", date(2021, 1, 21)), ("03/08/2025", date(2025, 8, 3)), ("2021-01-21", date(2021, 1, 21)),
        ("20130418", date(2013, 4, 18)), ("2021-01-21 00:00:00", date(2021, 1, 21)), ("44217", date(2021, 1, 21)),
        ("31 August 2025", date(2025, 8, 31)), ("31/02/2025", None), ("13/13/2025", None), ("", None), ("soon", None),
    ],
)  # fmt: skip
def test_a_day_is_read_in_both_orders(text: str, day: date | None) -> None:
    assert day_in(text) == day


def test_the_day_comes_before_the_month() -> None:
    assert day_in("04/05/2025") == date(2025, 5, 4)


@pytest.mark.parametrize(
    ("read_as", "text", "value"),
    [
        ("company number", "7827368", "07827368"), ("company number", "07827368", "07827368"),
        ("company number", "7827368.0", "07827368"), ("council and school number", "8502004", "850/2004"),
        ("council and school number", "850/2004", "850/2004"), ("postcode area", "wv10 9qr", "WV10"),
    ],
)  # fmt: skip
def test_numbers_that_are_names_keep_their_noughts(read_as: str, text: str, value: str) -> None:
    assert read("text", text, read_as=read_as) == value


@pytest.mark.parametrize(
    ("text", "urn"), [("100000", "100000"), ("100000.0", "100000"), ("NAT", ""), ("", ""), (" ", ""), ("0", "")]
)
def test_a_row_without_a_schools_number_is_no_school(text: str, urn: str) -> None:
    assert urn_in(text) == urn


def test_a_number_too_long_to_be_one_is_refused() -> None:
    assert number_in("1e999") is None


@pytest.mark.parametrize(("text", "value"), [("1,234", "1234"), ("12,345,678.9", "12345678.9"), ("123", "123")])
def test_a_comma_stands_before_three_figures(text: str, value: str) -> None:
    number = number_in(text)
    assert number is not None
    assert number.value == Decimal(value)


@pytest.mark.parametrize("text", ["9,3", "31,65", "1234,567", "1,23,456", ",5", "12,"])
def test_a_comma_for_a_decimal_point_is_no_number_and_never_one_ten_times_as_large(text: str) -> None:
    assert number_in(text) is None
    assert read("share", text, scale="percent") == Gap("not a share", text)
