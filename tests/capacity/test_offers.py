"""What stands behind a line of the offer: in place, shown lately, for the phase, with days left."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clpt_growth.capacity.offers import (
    days_needed,
    free_days,
    free_of,
    is_needed,
    lines_for,
    stands_behind,
    within_months,
)
from clpt_growth.model.fact import NotApplicable
from make import AS_OF, facts

YEAR = {"definition.offer_evidence_within_months": 12}
PRIMARY = {**YEAR, "school.identity.phase": "primary"}
AWAY = NotApplicable("the school asks for none")


def offer(**changes: Any) -> dict[str, Any]:
    """A maths lead in post, shown last month, with 10 days of which 4 are promised."""
    said = {
        "line": "teaching",
        "offer": "maths teaching",
        "provided_by": "own post",
        "in_place": True,
        "evidenced_on": date(2026, 11, 4),
        "phases": ("all",),
        "specialism": "all",
        "days_a_term": Decimal(10),
        "committed_days_a_term": Decimal(4),
    }
    return {name: value for name, value in {**said, **changes}.items() if value is not None}


def need(line: str | None = "teaching", days: Any = Decimal(5)) -> dict[str, Any]:
    said = {"need": "maths", "priority": 1, "specialism": "primary", "line": line, "days_a_term": days}
    return {name: value for name, value in said.items() if value is not None}


@pytest.mark.parametrize(
    ("shown", "stands"),
    [
        (date(2026, 12, 4), True),
        (date(2025, 12, 5), True),
        (date(2025, 12, 4), True),  # twelve months to the day
        (date(2025, 12, 3), False),
        (date(2026, 12, 5), False),  # tomorrow is not evidence
        (date(2020, 12, 4), False),
    ],
)
def test_evidence_lasts_twelve_months_to_the_day(shown: date, stands: bool) -> None:
    assert stands_behind(offer(evidenced_on=shown), facts(PRIMARY), AS_OF) is stands


def test_the_last_day_of_february_is_a_day_like_others() -> None:
    assert within_months(date(2024, 2, 29), facts(YEAR), date(2025, 2, 28)) is True
    assert within_months(date(2024, 2, 29), facts(YEAR), date(2025, 3, 1)) is False


@pytest.mark.parametrize(
    ("changes", "given", "stands"),
    [
        ({}, PRIMARY, True),
        ({}, YEAR, True),  # serves every phase, so the school's does not matter
        ({"in_place": False}, PRIMARY, False),
        ({"in_place": False, "evidenced_on": None}, YEAR, False),
        ({"in_place": None}, PRIMARY, None),
        ({"evidenced_on": None}, PRIMARY, None),
        ({}, {"school.identity.phase": "primary"}, None),
        ({"phases": ("primary", "infant")}, PRIMARY, True),
        ({"phases": ("secondary",)}, PRIMARY, False),
        ({"phases": ("secondary",)}, YEAR, None),
        ({"phases": ("secondary",), "evidenced_on": None}, PRIMARY, False),
        ({"evidenced_on": date(2025, 12, 3), "phases": ("primary",)}, YEAR, False),
    ],
)
def test_a_line_stands_when_in_place_shown_and_for_the_phase(
    changes: dict[str, Any], given: dict[str, Any], stands: bool | None
) -> None:
    assert stands_behind(offer(**changes), facts(given), AS_OF) is stands


def test_lines_for_other_phases_are_left_out_and_those_that_might_fit_are_kept() -> None:
    register = (offer(phases=("secondary",)), offer(), offer(line="finance"), offer(phases=("primary",)))
    assert lines_for(register, "teaching", facts(PRIMARY)) == [register[1], register[3]]
    assert lines_for(register, "teaching", facts(YEAR)) == [register[0], register[1], register[3]]


@pytest.mark.parametrize(
    ("every", "promised", "free"),
    [
        (Decimal(10), Decimal(4), Decimal(6)),
        (Decimal(10), Decimal(10), Decimal(0)),
        (Decimal(10), Decimal(13), Decimal(-3)),
        (None, Decimal(4), None),
        (Decimal(10), None, None),
        (AWAY, Decimal(4), Decimal(0)),
        (Decimal(10), AWAY, Decimal(0)),
    ],
)
def test_free_days_are_those_not_yet_promised(every: Any, promised: Any, free: Decimal | None) -> None:
    assert free_of(offer(days_a_term=every, committed_days_a_term=promised)) == free


def test_more_promised_than_there_is_takes_nothing_from_the_others() -> None:
    over = offer(committed_days_a_term=Decimal(13))
    assert free_days([over, offer()], [True, True]) == 6


def test_only_what_stands_behind_the_line_counts_and_a_silent_one_leaves_it_open() -> None:
    silent = offer(days_a_term=None)
    assert free_days([offer(), offer(), silent], [True, False, False]) == 6
    assert free_days([offer(), silent], [True, True]) is None
    assert free_days([], []) == 0


def test_days_needed_are_those_of_the_needs_on_the_line() -> None:
    needs = (need(), need(days=Decimal("2.5")), need("finance", Decimal(40)))
    assert days_needed(facts({"school.needs": needs}), "teaching") == Decimal("7.5")
    assert days_needed(facts({"school.needs": needs}), "estates") == 0


@pytest.mark.parametrize(
    ("needs", "needed", "named"),
    [
        (None, None, None),
        ((), Decimal(0), False),
        (AWAY, Decimal(0), False),
        ((need(),), Decimal(5), True),
        ((need("finance"),), Decimal(0), False),
        ((need(days=None),), None, True),
        ((need("finance", None),), Decimal(0), False),
        ((need(None),), None, None),
        ((need(), need(None)), None, True),
    ],
)
def test_silence_about_needs_is_not_no_need(needs: Any, needed: Decimal | None, named: bool | None) -> None:
    given = facts({} if needs is None else {"school.needs": needs})
    assert days_needed(given, "teaching") == needed
    assert is_needed(given, "teaching") is named
