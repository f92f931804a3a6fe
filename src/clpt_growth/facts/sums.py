"""The arithmetic behind derived facts: each function is one formula, and None where it has no answer."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from clpt_growth.model.fact import NotApplicable, Record
from clpt_growth.model.nought import NOUGHT

Number = int | Decimal


def share(part: Number, whole: Number) -> Decimal | None:
    """None where there was nothing to be a share of: never nought, never one."""
    return Decimal(part) / Decimal(whole) if whole > 0 else None


def share_left(part: Number, whole: Number) -> Decimal | None:
    """What is left of a whole once a part is taken, from 0 to 1; more taken than there is leaves nought."""
    taken = share(part, whole)
    return None if taken is None else max(NOUGHT, 1 - taken)


def ratio(many: Number, few: Number) -> Decimal | None:
    """How many there are to each; None where there is nobody to share them among."""
    return share(many, few)


def change(before: Number, after: Number) -> Decimal | None:
    """Growth as a share of what was; a fall is negative."""
    return (Decimal(after) - Decimal(before)) / Decimal(before) if before > 0 else None


def pounds_each(pounds: int, many: Number) -> int | None:
    """Whole pounds for each, half a pound rounded up; None where there are none to share it among."""
    if many <= 0:
        return None
    return int((Decimal(pounds) / Decimal(many)).quantize(Decimal(1), ROUND_HALF_UP))


def average_class_size(pupils: int, timetable_periods: int, teaching_periods: int) -> Decimal | None:
    """Pupils x periods in the timetable / periods taught (Financial Benchmarking and Insights Tool)."""
    return share(pupils * timetable_periods, teaching_periods)


def contact_ratio(teaching_periods: int, timetable_periods: int, teachers: Decimal) -> Decimal | None:
    """Periods taught / (periods in the timetable x teachers) (Financial Benchmarking and Insights Tool)."""
    return share(teaching_periods, timetable_periods * teachers)


def per_hundred(count: int, pupils: int) -> Decimal | None:
    """How many for each 100 pupils; None where there are no pupils."""
    part = share(count, pupils)
    return None if part is None else part * 100


def whole_per_hundred(one: int, other: int, pupils: int) -> int | None:
    """Two counts together for each 100 pupils, a half rounded up: in whole numbers, so that few pupils stay hidden."""
    rate = per_hundred(one + other, pupils)
    return None if rate is None else int(rate.quantize(Decimal(1), ROUND_HALF_UP))


def measures_for(phase: str, by_phase: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Empty where no measure is published for schools of the phase."""
    return tuple(by_phase.get(phase, ()))


def overlap(wanted: Sequence[str], had: Sequence[str]) -> Decimal | None:
    """The share, from 0 to 1, of the different things wanted that are had; None where nothing is wanted."""
    return share(len(set(wanted) & set(had)), len(set(wanted)))


def known(records: Sequence[Record], field: str) -> list[Any] | None:
    """A field of every record; None when any record leaves it out: a total of some is not a total."""
    values = [record.get(field) for record in records]
    if any(value is None for value in values):
        return None
    return [value for value in values if not isinstance(value, NotApplicable)]


def total_of(field: str) -> Callable[[Sequence[Record]], Number | None]:
    """A formula that adds up a field, in its own unit; None while any record leaves the field out."""

    def total(records: Sequence[Record]) -> Number | None:
        values = known(records, field)
        return None if values is None else sum(values)

    return total


def most_of(field: str) -> Callable[[Sequence[Record]], Number | None]:
    """None where the question arises for no record: none is not nought."""

    def most(records: Sequence[Record]) -> Number | None:
        return max(known(records, field) or (), default=None)

    return most


def count_where(field: str) -> Callable[[Sequence[Record]], int | None]:
    """A formula that counts the records whose field says yes; None while any leaves it out."""

    def count(records: Sequence[Record]) -> int | None:
        values = known(records, field)
        return None if values is None else sum(1 for value in values if value)

    return count


def share_where(field: str) -> Callable[[Sequence[Record]], Decimal | None]:
    """A formula for the share of records, from 0 to 1, whose field says yes; None while any leaves it out."""

    def share_of_records(records: Sequence[Record]) -> Decimal | None:
        values = known(records, field)
        return None if not values else share(sum(1 for value in values if value), len(values))

    return share_of_records


def prudent_forecast(forecast: Sequence[Record]) -> int | None:
    """The prudent roll of the latest year forecast."""
    return prudent_roll(max(forecast, key=lambda r: str(r["year"]))) if forecast else None


def prudent_roll(year: Record) -> int | None:
    """The lower of the council's and the school's forecast for a year."""
    rolls = rolls_forecast(year)
    return None if rolls is None else min(rolls)


def rolls_forecast(year: Record) -> list[int] | None:
    """The school's forecast for a year and the council's; one may be "n/a", neither blank."""
    both = [year.get(f) for f in ("school_count", "council_count")]
    given = [n for n in both if isinstance(n, int)]
    return None if None in both or not given else given


def first_deficit_year(budget: Sequence[Record]) -> str | None:
    """The first forecast year whose reserve is below nought; "none" when every one given is not."""
    forecast = [r for r in budget if r.get("status") != "outturn"]
    reserves = known(forecast, "reserve_gbp")
    if not reserves:
        return None
    short = sorted(str(r["year"]) for r in forecast if isinstance(r["reserve_gbp"], int) and r["reserve_gbp"] < 0)
    return short[0] if short else "none"


def years_over(past_years: Sequence[Record], line: Decimal) -> int | None:
    """How many years had more than a share, from 0 to 1, of their places empty; None while any does not tell."""
    empty = [
        share_left(pupils, places) if isinstance(pupils, int) and isinstance(places, int) else None
        for pupils, places in ((year.get("pupils_count"), year.get("places_count")) for year in past_years)
    ]
    return None if not empty or None in empty else sum(1 for part in empty if part is not None and part > line)


def days_between(first: date, last: date) -> int:
    """Whole days from one day to another; the second the earlier gives a minus."""
    return (last - first).days


SEAT_KINDS = ("trust_appointed", "parents", "staff", "head", "foundation", "coopted", "council")


def seats(*counts: int) -> int:
    """All seats, whatever their kind."""
    return sum(counts)


def difference(one: Number, other: Number) -> Decimal:
    """The first less the second, in their own unit; the second the larger gives a minus."""
    return Decimal(one) - Decimal(other)


def over_half(ours: int, every: int) -> Decimal | None:
    """More than nought is a majority; exactly half is none."""
    return Decimal(ours) - Decimal(every) / 2 if every > 0 else None


def holds_most(over_half_of_seats: Number | NotApplicable | None, right: str | NotApplicable | None) -> bool | None:
    """Whether a foundation leaves the trust no majority: by its articles, or by the seats proposed while not read."""
    if right is not None:
        return right == "most seats"
    if isinstance(over_half_of_seats, NotApplicable):
        return False
    return None if over_half_of_seats is None else over_half_of_seats >= 0


def saving(today: int, charge: int) -> int:
    """Pounds a year the school would save; a charge above what it pays today gives a minus."""
    return today - charge
