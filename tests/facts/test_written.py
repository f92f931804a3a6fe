"""What a person wrote, as a value of the fact's kind: on the line, over it, and the traps."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clpt_growth.facts.written import Unreadable, value_of
from clpt_growth.model.fact import NotApplicable, Term
from make import kind

POUNDS, SHARE, COUNT = kind(written_as="pounds"), kind(written_as="share"), kind(written_as="count")
UP_TO_600, TEACHERS = kind(written_as="count", most=600), kind(written_as="number", most=600)
NUMBER, DAYS, DATE = kind(written_as="number"), kind(written_as="days"), kind(written_as="date")
YES_NO, CHOICE, TEXT = kind(written_as="yes_no"), kind(written_as="choice"), kind(written_as="text")
TERM, YEAR, MONEY_YEAR = kind(written_as="term"), kind(written_as="year"), kind(written_as="financial_year")
SIGNED_SHARE = kind(written_as="share", signed=True)
OVER_WHOLE = kind(written_as="share", over_whole=True)
SIGNED_NUMBER = kind(written_as="number", signed=True)


@pytest.mark.parametrize(
    ("text", "of", "value"),
    [
        ("0", POUNDS, 0),
        ("-0", POUNDS, 0),
        ("2_140_000", POUNDS, 2140000),
        ("-84_000", POUNDS, -84000),
        ("999999999999999", POUNDS, 999999999999999),
        ("0", COUNT, 0),
        ("1", COUNT, 1),
        ("12", DAYS, 12),
        ("0", NUMBER, Decimal("0")),
        ("12.5", NUMBER, Decimal("12.5")),
        ("1_200.5", NUMBER, Decimal("1200.5")),
        ("-0.1", SIGNED_NUMBER, Decimal("-0.1")),
        ("41.2%", SHARE, Decimal("0.412")),
        ("41.2 %", SHARE, Decimal("0.412")),
        ("0.412", SHARE, Decimal("0.412")),
        ("0.41200000000000003", SHARE, Decimal("0.41200000000000003")),
        ("0", SHARE, Decimal(0)),
        ("0%", SHARE, Decimal(0)),
        ("1", SHARE, Decimal(1)),
        ("100%", SHARE, Decimal(1)),
        ("100.1%", OVER_WHOLE, Decimal("1.001")),
        ("-3.5%", SIGNED_SHARE, Decimal("-0.035")),
        ("2026-03-31", DATE, date(2026, 3, 31)),
        ("2024-02-29", DATE, date(2024, 2, 29)),
        ("yes", YES_NO, True),
        ("No", YES_NO, False),
        ("true", YES_NO, True),
        ("FALSE", YES_NO, False),
        ("red", CHOICE, "red"),
        ("Red", CHOICE, "red"),
        ("autumn 2027", TERM, Term(2027, 0)),
        ("Spring 2028", TERM, Term(2027, 1)),
        ("summer  2028", TERM, Term(2027, 2)),
        ("2026-27", YEAR, "2026-27"),
        ("2026/27", YEAR, "2026-27"),
        ("1999-00", YEAR, "1999-00"),
        ("2026-27", MONEY_YEAR, "2026-27"),
        ("no", TEXT, "no"),
        ("060", TEXT, "060"),
        ("3:1", TEXT, "3:1"),
        ("2026-02-30", TEXT, "2026-02-30"),
        ("  two   spaces\nand a line ", TEXT, "two spaces and a line"),
        ("n/a (not open yet)", COUNT, NotApplicable("not open yet")),
        ("N/A (closed (in 2025))", DATE, NotApplicable("closed (in 2025)")),
        ("na (none)", TEXT, NotApplicable("none")),
        ("Nairn House", TEXT, "Nairn House"),
    ],
)
def test_what_people_write_is_read(text: str, of: Any, value: Any) -> None:
    found = value_of(text, of)

    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "of", "message"),
    [
        ("no", COUNT, '"no" is not a whole number; write it like 12'),
        ("060", COUNT, '"060" is not a whole number; write it without the leading zero: 60'),
        ("3:1", COUNT, '"3:1" is not a whole number; write it like 12'),
        ("1e3", COUNT, '"1e3" is not a whole number; write it like 12'),
        ("12k", COUNT, '"12k" is not a whole number; write 12000'),
        ("1.2m", POUNDS, '"1.2m" is not a whole number of pounds; write 1200000'),
        ("-1", COUNT, '"-1" is less than none; write 0 or more'),
        ("601", UP_TO_600, '"601" is more than can be right; check the digits, and write 600 or less'),
        ("600.1", TEACHERS, '"600.1" is more than can be right; check the digits, and write 600 or less'),
        ("12.0", COUNT, '"12.0" is not a whole number; round it: 12'),
        ("-5", DAYS, '"-5" is less than none; write 0 or more'),
        ("٣", COUNT, '"٣" is not a whole number; write it like 12'),
        ("²", COUNT, '"²" is not a whole number; write it like 12'),
        ("1__2", COUNT, '"1__2" is not a whole number; write it like 12'),
        ("_12", COUNT, '"_12" is not a whole number; write it like 12'),
        ("12_", COUNT, '"12_" is not a whole number; write it like 12'),
        ("(12,000)", POUNDS, '"(12,000)" is not a whole number of pounds; write a loss with a minus: -12000'),
        ("£12,000", POUNDS, '"£12,000" is not a whole number of pounds; write 12000'),
        ("-£12,000", POUNDS, '"-£12,000" is not a whole number of pounds; write -12000'),
        ("12 000", POUNDS, '"12 000" is not a whole number of pounds; write 12000'),
        ("12000.50", POUNDS, '"12000.50" is not a whole number of pounds; round it: 12000'),
        ("lots", POUNDS, '"lots" is not a whole number of pounds; write it like 12_000, a loss as -12_000'),
        ("+5", POUNDS, '"+5" is not a whole number of pounds; write it like 12_000, a loss as -12_000'),
        ("9" * 24, POUNDS, '"999999999999..." is too long for a number; write at most 15 digits'),
        ("-0.1", NUMBER, '"-0.1" is less than nothing; write 0 or more'),
        (".5", NUMBER, '".5" is not a number; write it like 12.5'),
        ("5.", NUMBER, '"5." is not a number; write it like 12.5'),
        ("nan", NUMBER, '"nan" is not a number; write it like 12.5'),
        ("Infinity", NUMBER, '"Infinity" is not a number; write it like 12.5'),
        ("1_.5", NUMBER, '"1_.5" is not a number; write it like 12.5'),
        ("41.2", SHARE, "41.2 is more than the whole; write 41.2% (or 0.412)"),
        ("1.01", SHARE, "1.01 is more than the whole; write 1.01% (or 0.0101)"),
        ("1.01", OVER_WHOLE, "1.01 is more than the whole; write 1.01% (or 0.0101)"),
        ("100.1%", SHARE, "100.1% is more than the whole; write a share of at most 100%"),
        ("-0.1%", SHARE, "-0.1% is less than nothing; write a share of 0% or more"),
        ("3:1", SHARE, '"3:1" is not a share; write it like 41.2% or 0.412'),
        ("%", SHARE, '"%" is not a share; write it like 41.2% or 0.412'),
        ("10/03/2026", DATE, "10/03/2026 could be 10 March or 3 October; write 2026-03-10 or 2026-10-03"),
        ("10.03.2026", DATE, "10.03.2026 could be 10 March or 3 October; write 2026-03-10 or 2026-10-03"),
        ("31/12/2026", DATE, "31/12/2026 is 31 December; write 2026-12-31"),
        ("12/31/2026", DATE, "12/31/2026 is 31 December; write 2026-12-31"),
        ("3/3/2026", DATE, "3/3/2026 is 3 March; write 2026-03-03"),
        ("31/31/2026", DATE, "there is no day 31/31/2026; write year-month-day: 2026-03-31"),
        ("2026-02-30", DATE, "there is no day 2026-02-30; write year-month-day: 2026-03-31"),
        ("2025-02-29", DATE, "there is no day 2025-02-29; write year-month-day: 2026-03-31"),
        ("2026-13-01", DATE, "there is no day 2026-13-01; write year-month-day: 2026-03-31"),
        ("20260331", DATE, '"20260331" is not a date; write year-month-day: 2026-03-31'),
        ("March 2026", DATE, '"March 2026" is not a date; write year-month-day: 2026-03-31'),
        ("2026-W14-2", DATE, '"2026-W14-2" is not a date; write year-month-day: 2026-03-31'),
        ("2026-03-31T10:00", DATE, '"2026-03-31T10:00" is not a date; write year-month-day: 2026-03-31'),
        ("y", YES_NO, '"y" is neither yes nor no; write yes or no'),
        ("1", YES_NO, '"1" is neither yes nor no; write yes or no'),
        ("on", YES_NO, '"on" is neither yes nor no; write yes or no'),
        ("blue", CHOICE, '"blue" is not one of the answers; write one of: red, amber, green'),
        ("1066-10-14", DATE, "1066-10-14 is too far away to be right; check the year"),
        ("1499-12-31", DATE, "1499-12-31 is too far away to be right; check the year"),
        ("2200-01-01", DATE, "2200-01-01 is too far away to be right; check the year"),
        ("autumn 0227", TERM, "autumn 0227 is too far away to be right; check the year"),
        ("2926-27", YEAR, "2926-27 is too far away to be right; check the year"),
        ("winter 2027", TERM, '"winter 2027" is not a term; write autumn 2027, spring 2028 or summer 2028'),
        ("autumn 27", TERM, '"autumn 27" is not a term; write autumn 2027, spring 2028 or summer 2028'),
        ("2026-28", YEAR, '"2026-28" is not a year; write both halves: 2026-27'),
        ("2026-2027", YEAR, '"2026-2027" is not a year; write both halves: 2026-27'),
        ("2026", MONEY_YEAR, '"2026" is not a year; write both halves: 2026-27'),
        ("n/a", COUNT, '"n/a" gives no reason; write n/a (and the reason)'),
        ("N/A ( )", COUNT, '"n/a" gives no reason; write n/a (and the reason)'),
        ("na", TEXT, '"n/a" gives no reason; write n/a (and the reason)'),
        ("n/a (ask a@b.org)", COUNT,
         "this looks like an e-mail address; never identify a person: write a role or a count instead"),
        ("x" * 2001, TEXT, "is 2,001 characters long; keep it under 2,000"),
        ("x" * 2001, CHOICE, "is 2,001 characters long; keep it under 2,000"),
        ("a\x1b[31mb", TEXT, "holds a hidden control character; type it again as plain text"),
        ("a\x00b", TEXT, "holds a hidden control character; type it again as plain text"),
        ("a\tb", TEXT, "holds a hidden control character; type it again as plain text"),
        ("a\x9bb", TEXT, "holds a hidden control character; type it again as plain text"),
        ("a\u202eb", TEXT, "holds a hidden control character; type it again as plain text"),
        ("a\u2067b", TEXT, "holds a hidden control character; type it again as plain text"),
        ("a\ud800b", TEXT, "holds a hidden control character; type it again as plain text"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_with_what_to_do(text: str, of: Any, message: str) -> None:
    with pytest.raises(Unreadable) as error:
        value_of(text, of)

    assert str(error.value) == message


def test_text_is_kept_up_to_2000_characters() -> None:
    assert value_of("é" * 2000, TEXT) == "é" * 2000


@given(
    st.text(max_size=40),
    st.sampled_from([POUNDS, SHARE, COUNT, NUMBER, DATE, YES_NO, CHOICE, TEXT, TERM, YEAR]),
)
def test_any_text_is_read_or_refused(text: str, of: Any) -> None:
    try:
        assert value_of(text, of) is not None
    except Unreadable as error:
        assert error.wrong and error.todo


@given(st.integers(min_value=-(10**14), max_value=10**14))
def test_whole_pounds_are_read_with_or_without_underscores(pounds: int) -> None:
    assert value_of(f"{pounds}", POUNDS) == value_of(f"{pounds:_}", POUNDS) == pounds


@given(st.dates(date(1500, 1, 1), date(2199, 12, 31)))
def test_a_date_written_year_first_is_that_date(day: date) -> None:
    assert value_of(day.isoformat(), DATE) == day


def test_terms_sort_in_the_order_they_happen() -> None:
    written = ["autumn 2028", "summer 2028", "autumn 2027", "spring 2028"]

    assert [str(term) for term in sorted(value_of(text, TERM) for text in written)] == [
        "autumn 2027",
        "spring 2028",
        "summer 2028",
        "autumn 2028",
    ]
