"""Whether the books add up, the school's and the trust's: each year, from year to year, and beside the accounts."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from clpt_growth.capacity.reading import defined, records_of, value_of
from clpt_growth.model.fact import Fact, Record

BUDGET, RESERVE, YEAR_ENDS = "school.budget", "school.finance.revenue_reserve_gbp", "school.finance.year_ends_on"
FORECAST, TRUST_RESERVE = "trust.finance_forecast", "trust.finance.reserves_gbp"
NEEDED_FACTS = (BUDGET, RESERVE, YEAR_ENDS)
# Where a fault can be: in a year of either list, or in the accounts it follows on.
ADDED_UP = (BUDGET, RESERVE, FORECAST, TRUST_RESERVE)
_DECEMBER = 12
# The last day of every academy trust's financial year.
_TRUST_YEAR_ENDS = (8, 31)


class Fault(NamedTuple):
    """One sum that does not come out; `field` is where it is written: a year of the list, or the accounts."""

    fact: str
    field: str
    wrong: str
    todo: str


class _Books(NamedTuple):
    """A list of years, the accounts it follows on, and what each calls its figures."""

    years: str
    called: str
    balance: str
    reserve: str
    accounts: str

    def fault(self, row: Record, wrong: str) -> Fault:
        return Fault(self.years, f"{self.years.partition('.')[2]}.{row['year']}", wrong, "correct one of the three")


_SCHOOL = _Books(BUDGET, "budget", "in_year_balance_gbp", "reserve_gbp", RESERVE)
_TRUST = _Books(FORECAST, "forecast", "in_year_gbp", "reserves_gbp", TRUST_RESERVE)


def faults(facts: Mapping[str, Fact]) -> tuple[Fault, ...]:
    """Every sum that is further out than rounding; a figure left blank is silence, and no fault."""
    return (*school_faults(facts), *trust_faults(facts))


def school_faults(facts: Mapping[str, Fact]) -> tuple[Fault, ...]:
    ends, reserve = value_of(facts, YEAR_ENDS), value_of(facts, RESERVE)
    known = ends is not None and reserve is not None
    closed = (school_year(ends.year * 12 + ends.month - 1, ends.month), reserve) if known else None
    return _faults(_SCHOOL, facts, closed)


def trust_faults(facts: Mapping[str, Fact]) -> tuple[Fault, ...]:
    """The accounts take part where they are dated on the last day of a year."""
    accounts = facts.get(TRUST_RESERVE)
    day = accounts.dated if accounts is not None and accounts.applies else None
    ended = accounts is not None and day is not None and (day.month, day.day) == _TRUST_YEAR_ENDS
    return _faults(_TRUST, facts, (day.year - 1, accounts.value) if ended and accounts and day else None)


def _faults(books: _Books, facts: Mapping[str, Fact], closed: tuple[int, int] | None) -> tuple[Fault, ...]:
    """`closed` is the year the accounts are of, and their reserve."""
    by_year = {first_year(row): row for row in records_of(facts, books.years) or ()}
    slack = defined(facts, "accounts_round_to_gbp") or 0
    found = [fault for year in sorted(by_year) for fault in _in_the_year(books, by_year[year], slack)]
    if closed is not None:
        found += _beside_the_accounts(books, by_year, *closed, slack)
    return (*found, *_from_year_to_year(books, by_year, closed, slack))


def first_year(row: Record) -> int:
    """The year in which a financial year such as 2026-27 begins."""
    return int(str(row["year"])[:4])


def school_year(month: int, ends: int) -> int:
    """The year a month's financial year began in, for a year that ends with the month numbered `ends`.

    Months are counted from January of year nought.
    """
    year, position = divmod(month, 12)
    return year if position + 1 > ends or ends == _DECEMBER else year - 1


def _in_the_year(books: _Books, row: Record, slack: int) -> Iterator[Fault]:
    income, spent, balance = (_pounds(row, f) for f in ("income_gbp", "expenditure_gbp", books.balance))
    if income is None or spent is None or balance is None or abs(income - spent - balance) <= slack:
        return
    wrong = f"income {income:,} less spending {spent:,} is {income - spent:,}, and the balance given is {balance:,}"
    yield books.fault(row, wrong)


def _beside_the_accounts(
    books: _Books, by_year: Mapping[int, Record], year: int, reserve: int, slack: int
) -> Iterator[Fault]:
    row = by_year.get(year)
    said = _pounds(row, books.reserve) if row else None
    if row is None or said is None or abs(said - reserve) <= slack:
        return
    wrong = f"is {reserve:,}, and the {books.called}'s reserve at the end of {row['year']} is {said:,}"
    field = books.accounts.partition(".")[2]
    yield Fault(books.accounts, field, wrong, "correct one of the two: both are of one year end")


def _from_year_to_year(
    books: _Books, by_year: Mapping[int, Record], closed: tuple[int, int] | None, slack: int
) -> Iterator[Fault]:
    """Each reserve is the year's before and the balance of the year; the accounts stand in for a year not listed."""
    ends: dict[int, int | None] = dict([closed]) if closed else {}
    ends |= {year: _pounds(row, books.reserve) for year, row in by_year.items()}
    for year in sorted(by_year):
        before, balance, reserve = ends.get(year - 1), _pounds(by_year[year], books.balance), ends[year]
        if before is None or balance is None or reserve is None or abs(before + balance - reserve) <= slack:
            continue
        wrong = (
            f"a reserve of {before:,} the year before and a balance of {balance:,} come to {before + balance:,}, "
            f"and the reserve given is {reserve:,}"
        )
        yield books.fault(by_year[year], wrong)


def _pounds(row: Record, field: str) -> int | None:
    amount = row.get(field)
    return amount if isinstance(amount, int) else None
