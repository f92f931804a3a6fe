"""The trust's reserves year by year after the join, beside those it would have without the school."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from clpt_growth.capacity.accounts import faults, first_year
from clpt_growth.capacity.reading import defined, records_of, value_of
from clpt_growth.capacity.school_money import PRUDENT, ROLLS, joining_school, reserve_brought, whole_pounds, year_added
from clpt_growth.capacity.terms import term_of
from clpt_growth.model.dates import year_words
from clpt_growth.model.fact import Fact, Record, Term
from clpt_growth.model.nought import NOUGHT


class YearEnd(NamedTuple):
    """One financial year of the trust; `in_year_gbp` is what the school adds to it before the cost of joining.

    `balance_gbp` is the trust's own in-year balance with all of that in it; None where its forecast gives none.
    """

    year: str
    reserves_gbp: int
    income_gbp: int
    in_year_gbp: int
    balance_gbp: int | None = None

    @property
    def share(self) -> Decimal:
        return Decimal(self.reserves_gbp) / Decimal(self.income_gbp)


class Money(NamedTuple):
    """The trust without the school, and with it on each roll, at the cost of joining that is expected.

    `net_cost_gbp` is that cost less what others have found to meet it.
    """

    without: tuple[YearEnd, ...]
    on_roll: Mapping[str, tuple[YearEnd, ...]]
    brought_gbp: int
    cost_gbp: int
    net_cost_gbp: int
    pfi_gap_gbp: int
    years_joined: int

    @property
    def joined(self) -> tuple[YearEnd, ...]:
        """The years from joining on, on the prudent roll; what is paid for before it is in none of them."""
        return self.on_roll[PRUDENT][-self.years_joined :]

    @property
    def balances_in(self) -> str | None:
        """The first year from joining on in which the school takes nothing out of reserves, on the prudent roll."""
        return next((y.year for y in self.joined if y.in_year_gbp >= 0), None)

    def without_in(self, year: str) -> YearEnd:
        """One year of the trust without the school."""
        return next(y for y in self.without if y.year == year)

    @property
    def lowest(self) -> YearEnd:
        """The year with the smallest share of income on the prudent roll; the earliest of equals."""
        return min(self.on_roll[PRUDENT], key=lambda y: y.share)

    @property
    def lowest_balance(self) -> tuple[str, Decimal] | None:
        """The year with the smallest in-year balance as a share of income on the prudent roll, and that share."""
        years = self.on_roll[PRUDENT]
        shares = [(y.year, Decimal(y.balance_gbp) / y.income_gbp) for y in years if y.balance_gbp is not None]
        return min(shares, key=lambda found: found[1]) if len(shares) == len(years) else None


def money(
    facts: Mapping[str, Fact], *, as_of: date, cost_gbp: int | None = None, rolls: Sequence[str] = ROLLS
) -> Money | None:
    """None while a year looked at rests on anything not in evidence, or the books of either do not add up.

    `cost_gbp` tries another cost of joining; a judgement needs the prudent one of the `rolls` alone.
    """
    joining, trust = joining_school(facts, as_of), records_of(facts, "trust.finance_forecast")
    opening = value_of(facts, "case.proposal.proposed_opening_on")
    cost = value_of(facts, "case.integration.cost_gbp") if cost_gbp is None else cost_gbp
    count, spread = defined(facts, "money_years"), defined(facts, "integration_terms")
    if joining is None or trust is None or cost is None or count is None or spread is None:
        return None
    if faults(facts):
        return None
    brought = reserve_brought(joining, facts)
    net_cost = _net_cost(cost, facts)
    costs = _cost_by_year(net_cost, term_of(opening), spread)
    own = {first_year(row): row for row in trust}
    years = range(min(costs), term_of(opening).academic_year + count)
    if brought is None or not all(_has_both(own.get(y, {})) for y in years):
        return None
    on_roll = {}
    for roll in rolls:
        added = [year_added(joining, y, roll) for y in years]
        if any(a is None for a in added):
            return None
        on_roll[roll] = _year_ends(own, years, costs, brought, [a for a in added if a is not None])
    without = tuple(
        YearEnd(year_words(y), own[y]["reserves_gbp"], own[y]["income_gbp"], 0, _balance(own[y], NOUGHT)) for y in years
    )
    return Money(without, on_roll, whole_pounds(brought), cost, net_cost, joining.pfi_gap_gbp, count)


def _net_cost(cost: int, facts: Mapping[str, Fact]) -> int:
    """What joining costs the trust itself, never below nought; money nobody says is found for it is not counted."""
    return max(0, cost - (value_of(facts, "case.integration.funded_gbp") or 0))


def _has_both(row: Record) -> bool:
    """A share of no income is no share."""
    reserves, income = row.get("reserves_gbp"), row.get("income_gbp")
    return isinstance(reserves, int) and isinstance(income, int) and income > 0


def _year_ends(
    own: Mapping[int, Record],
    years: range,
    costs: Mapping[int, Decimal],
    brought: Decimal,
    added: Sequence[tuple[Decimal, Decimal]],
) -> tuple[YearEnd, ...]:
    """Reserves are the trust's own, with the school's balances and the cost of joining run up year by year."""
    found, change = [], brought
    for year, (income, in_year) in zip(years, added, strict=True):
        more = in_year - costs.get(year, NOUGHT)
        change += more
        row = own[year]
        reserves, all_income = whole_pounds(row["reserves_gbp"] + change), whole_pounds(row["income_gbp"] + income)
        found.append(YearEnd(year_words(year), reserves, all_income, whole_pounds(in_year), _balance(row, more)))
    return tuple(found)


def _balance(row: Record, more: Decimal) -> int | None:
    own = row.get("in_year_gbp")
    return whole_pounds(own + more) if isinstance(own, int) else None


def _cost_by_year(cost: int, opening: Term, spread: Mapping[str, int]) -> Mapping[int, Decimal]:
    """The cost of joining falls in equal parts on the terms of the work to bring the school in."""
    terms = [opening.later(n) for n in range(-spread["before"], spread["after"])]
    by_year: dict[int, Decimal] = {}
    for term in terms:
        by_year[term.academic_year] = by_year.get(term.academic_year, NOUGHT) + Decimal(cost) / len(terms)
    return by_year
