"""A support plan that fits a school: need by need, who helps, for how many days, and what stays uncovered.

Needs are taken in the school's own order. When help that others pay for ends, the needs it leaves are matched
again, in the same order, with the trust's days that nobody has taken: whoever is named for a need stays with it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Literal, NamedTuple, TypeVar

from clpt_growth.capacity.demand import share_of_first_year
from clpt_growth.capacity.gifts import Gift, gifts
from clpt_growth.capacity.matching import (
    DaysFree,
    Helper,
    Pool,
    all_free,
    from_others,
    from_trust,
    may_yet_help,
    pool_for,
)
from clpt_growth.capacity.reading import defined, records_of, value_of
from clpt_growth.capacity.terms import TERMS_A_YEAR, term_of, terms_from
from clpt_growth.model.fact import Fact, Record, Term
from clpt_growth.model.nought import NOUGHT

Cover = Literal["covered", "partly covered", "uncovered"]
# A plan is of two years because what rests on it, and its costs, are named for the first and the second.
TERMS = 2 * TERMS_A_YEAR
T = TypeVar("T")


class Ended(NamedTuple):
    """What becomes of a need when help that others pay for ends.

    From `since` on, `short` days a term have nobody behind them; None where it is not known how many.
    """

    since: Term
    helpers: tuple[Helper, ...]
    short: Decimal | None
    reason: str


class NeedCover(NamedTuple):
    """One need and what covers it over the two years of the plan; `days` are those of a term in the first.

    `known` is no where what is left unsaid might yet cover it: silence is not a shortfall.
    `review` is the term by whose end it is first reviewed.
    """

    need: Record
    days: Decimal | None
    helpers: tuple[Helper, ...]
    reason: str
    known: bool = True
    ended: tuple[Ended, ...] = ()
    review: Term | None = None

    @property
    def short(self) -> Decimal | None:
        """Days a term with nobody behind them at the start."""
        if self.days is None:
            return None
        return max(NOUGHT, self.days - sum((h.days for h in self.helpers if h.since is None), NOUGHT))

    @property
    def cover(self) -> Cover:
        """Covered only where somebody has the days in every term; whose days are not known is never covered."""
        if self.short == 0 and all(e.short == 0 for e in self.ended):
            return "covered"
        return "partly covered" if self.helpers else "uncovered"

    def given(self, term: Term, days: Decimal) -> Iterator[tuple[Helper, Decimal]]:
        """Who gives how many of the days needed in a term: others who are paid for it first."""
        for helper in self.helpers:
            if helper.helps_in(term):
                part = min(days, helper.days)
                days -= part
                yield helper, part


class TermRow(NamedTuple):
    """Days in one term, need by need, in the order of the plan; `covered` are those somebody is named for then.

    `cost_gbp` is that of the trust's own days in the term; None while a day has no cost, or the days are not known.
    """

    term: Term
    days: tuple[Decimal | None, ...]
    covered: tuple[Decimal | None, ...]
    cost_gbp: int | None


class SupportPlan(NamedTuple):
    """The whole plan: needs with their cover, the days by term for two years, and what the school gives.

    `help_told` is no where nobody said what others already pay for, of which none is then counted. `opening_told` is
    no where the day the school opens is not in evidence: terms then run from that of the assessment, and no review is
    dated by them.
    """

    needs: tuple[NeedCover, ...]
    terms: tuple[TermRow, ...]
    second_year_share: Decimal | None
    gives: tuple[Gift, ...]
    gives_nothing_because: str
    help_told: bool = True
    opening_told: bool = True

    @property
    def covered(self) -> int:
        return sum(1 for n in self.needs if n.cover == "covered")

    @property
    def year_one_days_by_cost(self) -> Mapping[int | None, Decimal]:
        """The trust's days in the first three terms by the cost of a day in pounds; None is a day without one."""
        days: dict[int | None, Decimal] = {}
        for row in self.terms[:TERMS_A_YEAR]:
            for cost, given in _trusts_days(self.needs, row.term, row.days):
                days[cost] = days.get(cost, NOUGHT) + given
        return days

    @property
    def year_one_cost_gbp(self) -> int | None:
        """The trust's days in the first year at the cost of a day; None while a day has no cost."""
        return _sum(row.cost_gbp for row in self.terms[:TERMS_A_YEAR])

    @property
    def year_two_cost_gbp(self) -> int | None:
        """The same in the second year, in which the days fall; None while either is not known."""
        return _sum(row.cost_gbp for row in self.terms[TERMS_A_YEAR:])


def support_plan(facts: Mapping[str, Fact], *, as_of: date) -> SupportPlan | None:
    """None where the school's needs are not in evidence: a plan without needs is nobody's."""
    needs = records_of(facts, "school.needs")
    if needs is None:
        return None
    ordered = [need for _, need in sorted(enumerate(needs), key=lambda p: (p[1].get("priority", 99), p[0]))]
    told = value_of(facts, "case.proposal.proposed_opening_on")
    opening = term_of(told or as_of)
    later = share_of_first_year(facts, 1)
    shares = {t: Decimal(1) if n < TERMS_A_YEAR else later for n, t in enumerate(terms_from(opening, TERMS))}
    pool = pool_for(facts, as_of, opening)
    covers, free = _in_turn(ordered, all_free(pool), partial(_at_the_start, pool))
    for term, share in shares.items():
        covers, free = _in_turn(covers, free, partial(_matched_again, pool, term, share))
    if told is not None:
        covers = tuple(cover._replace(review=_review(facts, cover, opening)) for cover in covers)
    gives, why = gifts(facts, TERMS)
    return SupportPlan(covers, tuple(_term_rows(covers, shares)), later, gives, why, pool.help_told, told is not None)


def _in_turn(
    each: Iterable[T], free: DaysFree, matched: Callable[[T, DaysFree], tuple[NeedCover, DaysFree]]
) -> tuple[tuple[NeedCover, ...], DaysFree]:
    """Each need with the days those before it left, and what is left after the last."""
    covers = []
    for one in each:
        cover, free = matched(one, free)
        covers.append(cover)
    return tuple(covers), free


def _at_the_start(pool: Pool, need: Record, free: DaysFree) -> tuple[NeedCover, DaysFree]:
    days = need.get("days_a_term")
    if not isinstance(days, Decimal):
        return NeedCover(need, None, (), "The school has not said how many days.", known=False), free
    if days <= 0:
        return NeedCover(need, days, (), "No days are asked for."), free
    theirs = from_others(pool, free, need, days)
    left = days - _days_of(theirs.helpers)
    if left <= 0:
        return NeedCover(need, days, theirs.helpers, "Already paid for by others."), theirs.free
    ours = from_trust(pool, theirs.free, need, left)
    known = left <= _days_of(ours.helpers) or not may_yet_help(pool, ours.free, need)
    return NeedCover(need, days, (*theirs.helpers, *ours.helpers), ours.reason, known), ours.free


def _matched_again(
    pool: Pool, term: Term, share: Decimal | None, cover: NeedCover, free: DaysFree
) -> tuple[NeedCover, DaysFree]:
    """The need with those who take over from help that ended with the term before."""
    ended = tuple(h for h in cover.helpers if h.until is not None and h.until.later(1) == term)
    if not ended or cover.days is None:
        return cover, free
    if share is None:
        why = "How far the days fall by then is not known: the school's category of need is not in evidence."
        return cover._replace(known=False, ended=(*cover.ended, Ended(term, ended, None, why))), free
    left = cover.days * share - _days_of(h for h in cover.helpers if h.helps_in(term))
    if left <= 0:
        named = Ended(term, ended, NOUGHT, "Those already named have the days.")
        return cover._replace(ended=(*cover.ended, named)), free
    ours = from_trust(pool, free, cover.need, left)
    short = left - _days_of(ours.helpers)
    again = cover._replace(
        helpers=(*cover.helpers, *(h._replace(since=term) for h in ours.helpers)),
        known=cover.known and (short <= 0 or not may_yet_help(pool, ours.free, cover.need)),
        ended=(*cover.ended, Ended(term, ended, short, ours.reason)),
    )
    return again, ours.free


def _days_of(helpers: Iterable[Helper]) -> Decimal:
    return sum((h.days for h in helpers), NOUGHT)


def _review(facts: Mapping[str, Fact], cover: NeedCover, opening: Term) -> Term | None:
    """By how severe the need is, and never after help for it ends; where that is not said, or help is short, early."""
    by_severity: Mapping[str, int] | None = defined(facts, "need_reviewed_after_terms")
    if by_severity is None:
        return None
    soonest = min(by_severity.values())
    number = by_severity.get(cover.need.get("severity", ""), soonest) if cover.cover == "covered" else soonest
    ends = [h.until for h in cover.helpers if h.until is not None]
    return min([opening.later(number - 1), *ends])


def _term_rows(covers: Sequence[NeedCover], shares: Mapping[Term, Decimal | None]) -> Iterator[TermRow]:
    """From the fourth term on the days fall to the share of the second year."""
    spent: Decimal | None = NOUGHT
    for term, share in shares.items():
        days = tuple(None if c.days is None or share is None else c.days * share for c in covers)
        covered = tuple(
            None if d is None else sum((given for _, given in c.given(term, d)), NOUGHT)
            for c, d in zip(covers, days, strict=True)
        )
        # Each term is the rise in the running total, so that terms add up to the year however they are rounded.
        before, cost = spent, None if share is None else _cost_of(covers, term, days)
        spent = None if spent is None or cost is None else spent + cost
        gbp = None if spent is None or before is None else _pounds(spent) - _pounds(before)
        yield TermRow(term, days, covered, gbp)


def _cost_of(covers: Sequence[NeedCover], term: Term, days: Sequence[Decimal | None]) -> Decimal | None:
    parts = list(_trusts_days(covers, term, days))
    if any(cost is None for cost, _ in parts):
        return None
    return sum((given * cost for cost, given in parts if cost is not None), NOUGHT)


def _trusts_days(
    covers: Sequence[NeedCover], term: Term, days: Sequence[Decimal | None]
) -> Iterator[tuple[int | None, Decimal]]:
    """The cost of a day and how many, for each of the trust's own who gives any in a term."""
    for cover, needed in zip(covers, days, strict=True):
        for helper, given in cover.given(term, NOUGHT if needed is None else needed):
            if helper.until is None and given > 0:
                yield helper.cost_gbp_a_day, given


def _pounds(amount: Decimal) -> int:
    return int(amount.to_integral_value(ROUND_HALF_UP))


def _sum(amounts: Iterable[int | None]) -> int | None:
    total = 0
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total
