"""Which line holds on a date, for a phase; and how long ago is too long."""

from collections.abc import Iterable
from datetime import date, timedelta

from clpt_growth.model.criterion import Age, Threshold
from clpt_growth.model.dates import months_before


def threshold_on(thresholds: Iterable[Threshold], as_of: date, phase: str | None, year: str = "") -> Threshold | None:
    """The latest line already in force that is for this phase or for every phase.

    Of lines that are figures of several years, that of the year asked for; where there is none, the newest.
    """
    in_force = [t for t in thresholds if t.since <= as_of and (not t.phases or phase in t.phases)]
    if len(in_force) < 2:
        return in_force[0] if in_force else None
    of_the_year = [t for t in in_force if year and t.figure_of == year]
    return max(of_the_year or in_force, key=lambda t: (bool(t.phases), t.since, t.figure_of))


def earliest_day(age: Age, as_of: date) -> date:
    """The oldest date that is still within an age; the last day counts."""
    if age.unit == "days":
        return as_of - timedelta(days=age.length)
    return months_before(as_of, age.length)
