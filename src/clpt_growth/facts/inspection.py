"""What the latest graded inspection says, without ever turning one framework's grades into another's."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from clpt_growth.model.dates import whole_months
from clpt_growth.model.fact import NotApplicable, Record

REPORT_CARD = "report card 2025"
_AREAS: dict[str, tuple[str, ...]] = {
    "2019, with overall grade": (
        "quality_of_education",
        "behaviour_and_attitudes",
        "personal_development",
        "leadership_and_management",
    ),
    REPORT_CARD: (
        "leadership_and_governance",
        "curriculum_and_teaching",
        "achievement",
        "attendance_and_behaviour",
        "inclusion",
        "personal_development_and_wellbeing",
    ),
}
_AREAS["2019, four judgements"] = _AREAS["2019, with overall grade"]
_BELOW = frozenset(("requires improvement", "inadequate", "needs attention", "urgent improvement"))
_SAFE = {"effective": True, "met": True, "not effective": False, "not met": False}


def graded(inspections: Sequence[Record]) -> list[Record]:
    """Inspections that gave grades, newest first; one under an earlier framework counts by its overall grade."""
    return [i for i in _newest_first(inspections) if i.get("framework") in _AREAS or _graded_earlier(i)]


def _newest_first(inspections: Sequence[Record]) -> list[Record]:
    dated = [i for i in inspections if isinstance(i.get("inspected_on"), date)]
    return sorted(dated, key=lambda i: i["inspected_on"], reverse=True)


def _graded_earlier(record: Record) -> bool:
    return record.get("framework") == "earlier" and isinstance(record.get("overall"), str)


def _latest_saying(inspections: Sequence[Record], field: str, good: Collection[str]) -> Any:
    """What the newest inspection of any kind that speaks of it says.

    Where a newer one is silent, what an older one found in order is no longer known; what it found wrong still stands.
    """
    said = [i.get(field) for i in _newest_first(inspections) if not isinstance(i.get(field), NotApplicable)]
    first = next((word for word in said if word is not None), None)
    return None if first in good and said[0] is None else first


def _latest(inspections: Sequence[Record], field: str) -> Any:
    found = graded(inspections)
    return found[0].get(field) if found else None


def latest_on(inspections: Sequence[Record]) -> date | None:
    """The day of the latest graded inspection; None where none is in evidence."""
    when: date | None = _latest(inspections, "inspected_on")
    return when


def latest_framework(inspections: Sequence[Record]) -> str | None:
    """The framework of the latest graded inspection, in the dictionary's words."""
    framework: str | None = _latest(inspections, "framework")
    return framework


def _areas_asked(inspections: Sequence[Record], youngest: int, sixth_form: bool, early_up_to: int) -> tuple[str, ...]:
    """The areas the latest graded inspection had to grade; none under a framework before 2019."""
    framework = latest_framework(inspections)
    if framework not in _AREAS:
        return ()
    card = framework == REPORT_CARD
    early = ("early_years_provision" if card else "early_years",) if youngest <= early_up_to else ()
    sixth = ("post_16_provision" if card else "sixth_form",) if sixth_form else ()
    return (*_AREAS[framework], *early, *sixth)


def areas_expected(inspections: Sequence[Record], youngest: int, sixth_form: bool, early_up_to: int) -> int | None:
    """Four under the 2019 framework, six on a report card, and early years and sixth form where there are any."""
    return len(_areas_asked(inspections, youngest, sixth_form, early_up_to)) or None


def areas_graded(inspections: Sequence[Record], youngest: int, sixth_form: bool, early_up_to: int) -> int | None:
    """Areas with a grade, or with a reason why there is none."""
    asked = _areas_asked(inspections, youngest, sixth_form, early_up_to)
    return sum(1 for area in asked if graded(inspections)[0].get(area) is not None) if asked else None


def areas_below(inspections: Sequence[Record]) -> int | None:
    """Main areas below good or below the expected standard; unknown while any of them has no grade."""
    found = graded(inspections)
    if not found or found[0]["framework"] not in _AREAS:
        return None
    grades = [found[0].get(area) for area in _AREAS[found[0]["framework"]]]
    return None if None in grades else sum(1 for grade in grades if grade in _BELOW)


def category(inspections: Sequence[Record]) -> str | None:
    """The category of concern the newest inspection that speaks of one recorded."""
    found: str | None = _latest_saying(inspections, "category", ("none",))
    return found


def safeguarding_in_order(inspections: Sequence[Record]) -> bool | None:
    """The newest finding decides, whatever kind of inspection made it."""
    return _SAFE.get(_latest_saying(inspections, "safeguarding", [word for word, safe in _SAFE.items() if safe]))


def age_months(latest: date, *, as_of: date) -> Decimal | None:
    """Whole months since then; None where it is still to come."""
    months = whole_months(latest, as_of)
    return Decimal(months) if months >= 0 else None


def previous_below_good(inspections: Sequence[Record]) -> bool | None:
    """Whether the inspection before the latest had any main area below good or the expected standard."""
    found = graded(inspections)
    if len(found) < 2:
        return None
    before = found[1]
    if before.get("overall") in _BELOW:
        return True
    areas = [before.get(area) for area in _AREAS.get(before["framework"], ("overall",))]
    if any(area in _BELOW for area in areas):
        return True
    return None if any(area is None for area in areas) else False


def made_under_other_urn(inspections: Sequence[Record], urn: str, opened: date | NotApplicable | None) -> bool | None:
    """Whether the latest graded inspection was of a predecessor: another number, or before the school opened."""
    when = latest_on(inspections)
    if when is not None and isinstance(opened, date) and when < opened:
        return True
    at_the_time = _latest(inspections, "urn_at_the_time")
    return None if at_the_time is None else at_the_time != urn
