"""What the latest graded inspection says, without ever turning one framework's grades into another's."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from clpt_growth.model.fact import Record

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
    """Inspections under a framework whose areas are known, newest first."""
    found = [i for i in inspections if i.get("framework") in _AREAS and isinstance(i.get("inspected_on"), date)]
    return sorted(found, key=lambda i: i["inspected_on"], reverse=True)


def _latest(inspections: Sequence[Record], field: str) -> Any:
    found = graded(inspections)
    return found[0].get(field) if found else None


def latest_on(inspections: Sequence[Record]) -> date | None:
    when: date | None = _latest(inspections, "inspected_on")
    return when


def latest_framework(inspections: Sequence[Record]) -> str | None:
    framework: str | None = _latest(inspections, "framework")
    return framework


def areas_expected(inspections: Sequence[Record]) -> int | None:
    """Four under the 2019 framework, six on a report card."""
    framework = latest_framework(inspections)
    return len(_AREAS[framework]) if framework else None


def areas_graded(inspections: Sequence[Record]) -> int | None:
    found = graded(inspections)
    if not found:
        return None
    return sum(1 for area in _AREAS[found[0]["framework"]] if isinstance(found[0].get(area), str))


def areas_below(inspections: Sequence[Record]) -> int | None:
    """Main areas below good or below the expected standard; unknown while any of them has no grade."""
    found = graded(inspections)
    if not found or areas_graded(inspections) != areas_expected(inspections):
        return None
    return sum(1 for area in _AREAS[found[0]["framework"]] if found[0].get(area) in _BELOW)


def category(inspections: Sequence[Record]) -> str | None:
    """The category of concern the latest graded inspection recorded."""
    found: str | None = _latest(inspections, "category")
    return found


def safeguarding_in_order(inspections: Sequence[Record]) -> bool | None:
    return _SAFE.get(_latest(inspections, "safeguarding"))


def age_months(latest: date, *, as_of: date) -> Decimal | None:
    months = (as_of.year - latest.year) * 12 + as_of.month - latest.month - (as_of.day < latest.day)
    return Decimal(months) if months >= 0 else None


def previous_below_good(inspections: Sequence[Record]) -> bool | None:
    """Whether the inspection before the latest had any main area below good or the expected standard."""
    found = graded(inspections)
    if len(found) < 2:
        return None
    before = found[1]
    if before.get("overall") in _BELOW:
        return True
    areas = [before.get(area) for area in _AREAS[before["framework"]]]
    if any(area in _BELOW for area in areas):
        return True
    return None if any(area is None for area in areas) else False


def made_under_other_urn(inspections: Sequence[Record], urn: str) -> bool | None:
    """Whether the latest graded inspection was of a predecessor school."""
    at_the_time = _latest(inspections, "urn_at_the_time")
    return None if at_the_time is None else at_the_time != urn
