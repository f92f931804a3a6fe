"""Whether the school's books add up: each year, from year to year, and beside its accounts."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from clpt_growth.capacity.reading import defined, records_of, value_of
from clpt_growth.model.fact import Fact, Record

BUDGET, RESERVE, YEAR_ENDS = "school.budget", "school.finance.revenue_reserve_gbp", "school.finance.year_ends_on"
NEEDED_FACTS = (BUDGET, RESERVE, YEAR_ENDS)
_DECEMBER = 12


class Fault(NamedTuple):
    """One sum that does not come out; `field` is where it is written: a year of the budget, or the accounts."""

    fact: str
    field: str
    wrong: str
    todo: str


def faults(facts: Mapping[str, Fact]) -> tuple[Fault, ...]:
    """Every sum that is further out than rounding; a figure left blank is silence, and no fault."""
    by_year = {first_year(row): row for row in records_of(facts, BUDGET) or ()}
    slack = defined(facts, "accounts_round_to_gbp") or 0
    closed = _closed_year(facts)
    found = [fault for year in sorted(by_year) for fault in _in_the_year(by_year[year], slack)]
    if closed is not None:
        found += _beside_the_accounts(facts, by_year, *closed, slack)
    return (*found, *_from_year_to_year(by_year, closed, slack))


def first_year(row: Record) -> int:
    """The year in which a financial year such as 2026-27 begins."""
    return int(str(row["year"])[:4])


def school_year(month: int, ends: int) -> int:
    """The year a month's financial year began in, for a year that ends with the month numbered `ends`.

    Months are counted from January of year nought.
    """
    year, position = divmod(month, 12)
    return year if position + 1 > ends or ends == _DECEMBER else year - 1


def _closed_year(facts: Mapping[str, Fact]) -> tuple[int, int] | None:
    """The year the accounts are of, and their reserve."""
    ends, reserve = value_of(facts, YEAR_ENDS), value_of(facts, RESERVE)
    return (
        None if ends is None or reserve is None else (school_year(ends.year * 12 + ends.month - 1, ends.month), reserve)
    )


def _in_the_year(row: Record, slack: int) -> Iterator[Fault]:
    income, spent, balance = (_pounds(row, f) for f in ("income_gbp", "expenditure_gbp", "in_year_balance_gbp"))
    if income is None or spent is None or balance is None or abs(income - spent - balance) <= slack:
        return
    wrong = f"income {income:,} less spending {spent:,} is {income - spent:,}, and the balance given is {balance:,}"
    yield _fault(row, wrong, "correct one of the three")


def _beside_the_accounts(
    facts: Mapping[str, Fact], by_year: Mapping[int, Record], year: int, reserve: int, slack: int
) -> Iterator[Fault]:
    row = by_year.get(year)
    said = _pounds(row, "reserve_gbp") if row else None
    if row is None or said is None or abs(said - reserve) <= slack:
        return
    wrong = f"is {reserve:,}, and the budget's reserve at the end of {row['year']} is {said:,}"
    yield Fault(RESERVE, "finance.revenue_reserve_gbp", wrong, "correct one of the two: both are of one year end")


def _from_year_to_year(by_year: Mapping[int, Record], closed: tuple[int, int] | None, slack: int) -> Iterator[Fault]:
    """Each reserve is the year's before and the balance of the year; the accounts stand in for a year not listed."""
    ends: dict[int, Any] = dict([closed]) if closed else {}
    ends |= {year: _pounds(row, "reserve_gbp") for year, row in by_year.items()}
    for year in sorted(by_year):
        before, balance, reserve = ends.get(year - 1), _pounds(by_year[year], "in_year_balance_gbp"), ends[year]
        if before is None or balance is None or reserve is None or abs(before + balance - reserve) <= slack:
            continue
        wrong = (
            f"a reserve of {before:,} the year before and a balance of {balance:,} come to {before + balance:,}, "
            f"and the reserve given is {reserve:,}"
        )
        yield _fault(by_year[year], wrong, "correct one of the three")


def _fault(row: Record, wrong: str, todo: str) -> Fault:
    return Fault(BUDGET, f"budget.{row['year']}", wrong, todo)


def _pounds(row: Record, field: str) -> int | None:
    amount = row.get(field)
    return amount if isinstance(amount, int) else None
