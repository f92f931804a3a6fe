from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clpt_growth.judging.assess import assess
from clpt_growth.model.criterion import Span
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.fact import NotApplicable, Term
from clpt_growth.model.finding import Margin
from clpt_growth.model.outcome import Outcome
from clpt_growth.papers.lines_words import margin_words
from clpt_growth.papers.wording import (
    capital,
    day,
    decimal,
    fact_value,
    in_units,
    label,
    labelled,
    listed,
    lowered,
    money,
    noun,
    number_word,
    outcome_words,
    percent,
    plural,
    points,
    provenance,
    rounded,
    sentence,
    short_day,
    thousands,
    value_words,
)
from make import case, dictionary, fact, kind, library

D = Decimal


@pytest.mark.parametrize(
    ("share", "words"),
    [
        ("0.025", "2.5%"),
        ("0.0125", "1.3%"),
        ("0.01249", "1.2%"),
        ("0.0005", "0.1%"),
        ("0.00049", "0%"),
        ("-0.00049", "0%"),
        ("-0.0005", "-0.1%"),
        ("-0.0125", "-1.3%"),
        ("0.1", "10%"),
        ("1", "100%"),
        ("1.037", "103.7%"),
        ("0", "0%"),
    ],
)
def test_a_share_is_a_percentage_rounded_half_up(share: str, words: str) -> None:
    assert percent(D(share)) == words


@pytest.mark.parametrize(
    ("number", "shown"), [("2.25", "2.3"), ("2.35", "2.4"), ("-2.25", "-2.3"), ("-0.04", "0.0"), ("7", "7.0")]
)
def test_numbers_are_rounded_half_up_and_nought_has_no_sign(number: str, shown: str) -> None:
    assert str(rounded(D(number))) == shown


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("2.95", "3"),
        ("2.94", "2.9"),
        ("12000", "12,000"),
        ("1234.5", "1,234.5"),
        ("-0.04", "0"),
        ("-3.5", "-3.5"),
    ],
)
def test_a_number_keeps_one_place_where_it_needs_one(number: str, words: str) -> None:
    assert decimal(D(number)) == words


@pytest.mark.parametrize(
    ("pounds", "words"),
    [
        (0, "£0"),
        (999, "£999"),
        (1000, "£1,000"),
        (2_140_000, "£2,140,000"),
        (-84_000, "-£84,000"),
        (-1, "-£1"),
    ],
)
def test_money_is_whole_pounds_with_the_minus_in_front(pounds: int, words: str) -> None:
    assert money(pounds) == words


@pytest.mark.parametrize(
    ("pounds", "words"), [(2_500, "3"), (2_499, "2"), (-2_500, "-3"), (-499, "0"), (1_234_500, "1,235")]
)
def test_thousands_are_rounded_half_up(pounds: int, words: str) -> None:
    assert thousands(pounds) == words


def test_days_are_written_out() -> None:
    assert day(date(2026, 12, 4)) == "4 December 2026"
    assert short_day(date(2026, 9, 30)) == "30\u00a0Sep\u00a02026"


@pytest.mark.parametrize(("count", "words"), [(0, "0 facts"), (1, "1 fact"), (2, "2 facts"), (1_200, "1,200 facts")])
def test_one_is_one(count: int, words: str) -> None:
    assert plural(count, "fact") == words
    assert plural(count, "entry", "entries") == words.replace("facts", "entries").replace("fact", "entry")


@pytest.mark.parametrize(("count", "word"), [(0, "none"), (1, "one"), (12, "twelve"), (13, "13"), (1_000, "1,000")])
def test_small_numbers_are_words(count: int, word: str) -> None:
    assert number_word(count) == word


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["a", "", "c"], "a and c"),
        ([""], ""),
    ],
)
def test_a_list_is_said_as_people_say_it(words: list[str], said: str) -> None:
    assert listed(words) == said


def test_a_list_can_end_with_another_word() -> None:
    assert listed(["a", "b", "c"], "or") == "a, b or c"


@pytest.mark.parametrize(
    ("words", "said"),
    [("a gate", "A gate."), ("why? ", "Why?"), ("Stop!", "Stop!"), ("", ""), ("  ", ""), ("é", "É.")],
)
def test_a_sentence_has_a_capital_and_a_stop(words: str, said: str) -> None:
    assert sentence(words) == said


@pytest.mark.parametrize(
    ("words", "said"),
    [("Finance", "finance"), ("SEND places", "SEND places"), ("A gate", "a gate"), ("", "")],
)
def test_an_abbreviation_keeps_its_capitals(words: str, said: str) -> None:
    assert lowered(words) == said


def test_only_the_first_letter_becomes_a_capital() -> None:
    assert capital("iPad and SEND") == "IPad and SEND"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("-£3", "pupils -£3"),
        ("£3", "pupils £3"),
        ("5 days", "pupils 5 days"),
        ("4.5%", "pupils 4.5%"),
        ("1 May 2026", "pupils 1 May 2026"),
        ("yes", "pupils: yes"),
        ("5", "pupils: 5"),
        ("1,234.5", "pupils: 1,234.5"),
        ("-2", "pupils: -2"),
        ("0 (the school's word)", "pupils: 0 (the school's word)"),
    ],
)
def test_a_figure_in_its_unit_follows_its_label_and_all_else_stands_behind_a_colon(value: str, said: str) -> None:
    assert labelled("pupils", value) == said


@pytest.mark.parametrize(
    ("value", "written_as", "words"),
    [
        (True, "yes_no", "yes"),
        (False, "yes_no", "no"),
        (date(2026, 3, 31), "date", "31 March 2026"),
        (Term(2027, 0), "term", "autumn 2027"),
        (Term(2027, 2), "term", "summer 2028"),
        (NotApplicable("no sixth form"), "pounds", "not applicable (no sixth form)"),
        (-5, "pounds", "-£5"),
        (D("0.5"), "share", "50%"),
        (1234, "count", "1,234"),
        (1, "days", "1 day"),
        (2, "days", "2 days"),
        (D("9.40"), "number", "9.4"),
        (("a", "b", "c"), "choices", "a, b and c"),
        (("a; b", "c"), "texts", "a; b; c"),
        ((), "texts", "none"),
        (({"year": "2026-27"},), "records", "1 entry"),
        (({}, {}), "records", "2 entries"),
        (Span(D("0.05"), D("0.1")), "share", "5% or more and below 10%"),
        (Span(None, D("0.1")), "share", "below 10%"),
        (Span(D("0.05"), None), "share", "5% or more"),
    ],
)
def test_a_value_is_said_in_its_own_unit(value: Any, written_as: str, words: str) -> None:
    assert value_words(value, kind(written_as=written_as)) == words


def test_a_unit_is_said_unless_the_label_has_said_it() -> None:
    assert value_words(D("9.4"), kind(written_as="number", unit="miles")) == "9.4 miles"
    assert value_words(D("9.4"), kind(written_as="number", unit="miles", label="distance in miles")) == "9.4"


PUPILS = "school.behaviour.exclusions_count"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (1, "fewer than 6"),
        (5, "fewer than 6"),
        (6, "6"),
        (NotApplicable("new school"), "not applicable (new school)"),
    ],
)
def test_a_small_count_of_people_is_held_back(value: Any, words: str) -> None:
    known = dictionary(kind(PUPILS, "count", of_people=True))
    assert fact_value(fact(PUPILS, value), known, suppress_below=6) == words


RATE, SHARE, ROLL = "school.behaviour.rate", "school.behaviour.share", "school.roll.pupils_count"


@pytest.mark.parametrize(
    ("name", "value", "roll", "words"),
    [
        (RATE, "3.5", 86, "not shown (fewer than 6)"),
        (RATE, "0.5", 210, "not shown (fewer than 6)"),
        (RATE, "2.7", 200, "not shown (fewer than 6)"),
        (RATE, "2.8", 200, "2.8"),
        (RATE, "0", 86, "0"),
        (RATE, "3.5", None, "3.5"),
        (SHARE, "0.05", 100, "not shown (fewer than 6)"),
        (SHARE, "0.06", 100, "6%"),
    ],
)
def test_a_rate_is_held_back_where_the_count_behind_it_is_small(
    name: str, value: str, roll: int | None, words: str
) -> None:
    """3.5 of each 100 of 86 pupils is 3; 2.7 of 200 is 5.4, and 2.8 is 5.6, which is 6 pupils."""
    known = dictionary(kind(RATE, "number", share_of=ROLL), kind(SHARE, "share", share_of=ROLL))
    beside = {} if roll is None else {ROLL: fact(ROLL, roll)}
    assert fact_value(fact(name, D(value)), known, suppress_below=6, beside=beside) == words


def test_what_a_rate_is_of_is_a_count_of_the_dictionary(shipped_dictionary: Dictionary) -> None:
    of = {k.share_of for k in shipped_dictionary.kinds.values() if k.share_of}
    assert {shipped_dictionary.kinds[name].kind for name in of} == {"count"}


def test_a_small_count_of_things_is_printed() -> None:
    assert fact_value(fact(PUPILS, 3), dictionary(kind(PUPILS, "count")), suppress_below=6) == "3"


def test_a_range_shows_both_ends() -> None:
    reserve = fact("school.finance.x_gbp", -5_000, low=-9_000, high=1_000)
    assert (
        fact_value(reserve, dictionary(kind("school.finance.x_gbp", "pounds")), suppress_below=6)
        == "-£5,000 (-£9,000 to £1,000)"
    )


def test_a_fact_without_a_kind_is_called_by_its_name() -> None:
    assert label("school.x.y", dictionary()) == "school.x.y"


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        ({}, ""),
        ({"source": "census"}, "census"),
        ({"source": "census", "dated": date(2026, 1, 15)}, "census, 15 January 2026"),
        ({"source": "census", "verified": "published"}, "census"),
        ({"verified": "self reported"}, "the school's word"),
    ],
)
def test_where_a_value_is_from_is_said_as_far_as_it_is_known(evidence: dict[str, Any], said: str) -> None:
    assert provenance(fact(**evidence)) == said


@pytest.mark.parametrize(
    ("distance", "words"),
    [("0.037", "+3.7 points"), ("-0.0125", "-1.3 points"), ("0", "+0.0 points"), ("-0.0004", "-0.0 points")],
)
def test_a_difference_between_shares_keeps_its_sign_however_small(distance: str, words: str) -> None:
    assert points(D(distance)) == words


@pytest.mark.parametrize(
    ("distance", "unit", "words"),
    [
        (D("0.02"), "share", "+2.0 points"),
        (D("-0.02"), "share", "-2.0 points"),
        (1_500, "pounds", "+£1,500"),
        (-1_500, "pounds", "-£1,500"),
        (0, "pounds", "+£0"),
        (1, "days", "+1 day"),
        (-30, "days", "-30 days"),
        (-2, "count", "-2"),
        (D("0.25"), "number", "+0.3"),
    ],
)
def test_a_margin_is_signed_in_its_own_unit(distance: Any, unit: str, words: str) -> None:
    margin = Margin(PUPILS, 9, 9, Outcome.MET, distance, unit)
    known = library(dictionary=dictionary(kind(PUPILS, "count", of_people=True)))
    assert margin_words(margin, assess(case(), known)) == words


def test_a_margin_does_not_give_a_small_count_away() -> None:
    known = library(dictionary=dictionary(kind(PUPILS, "count", of_people=True)))
    assert (
        margin_words(Margin(PUPILS, 4, 0, Outcome.MET, -4, "count"), assess(case(), known))
        == "held back: a small count"
    )


@pytest.mark.parametrize(
    ("outcome", "words"),
    [(Outcome.NOT_APPLICABLE, "Does not apply"), (Outcome.NOT_EVIDENCED, "Not evidenced")],
)
def test_an_outcome_is_a_heading_word(outcome: Outcome, words: str) -> None:
    assert outcome_words(outcome) == words


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [
        ("1", "days a term", "1 day a term"),
        ("2.5", "days a term", "2.5 days a term"),
        ("1.04", "improvement days a term", "1 improvement day a term"),
        ("-1", "seats", "-1 seat"),
        ("0", "years", "0 years"),
        ("1", "percentage points", "1 percentage point"),
        ("1", "pounds a square metre", "1 pound a square metre"),
        ("1", "marks out of 25", "1 mark out of 25"),
        ("1", "per 100 pupils", "1 per 100 pupils"),
        ("1", "out of 5", "1 out of 5"),
        ("1", "to 1", "1 to 1"),
        ("1", "full-time equivalent", "1 full-time equivalent"),
    ],
)
def test_one_of_a_unit_is_not_a_plural(number: str, unit: str, words: str) -> None:
    assert in_units(D(number), unit) == words


@pytest.mark.parametrize(("count", "words"), [(0, "are"), (1, "is"), (2, "are"), (11, "are")])
def test_a_verb_goes_with_its_number(count: int, words: str) -> None:
    assert noun(count, "is", "are") == words
