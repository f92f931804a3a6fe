"""A support plan that fits a school: need by need, who helps, for how many days, and what stays uncovered.

Needs are taken in the school's own order. Help that others already pay for is used first, then the trust's
own offer: those of the need's own specialism before those of any, the school's hub before other hubs, those
who have led it before, then those with most days free. A day is given once.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal, NamedTuple

from clpt_growth.capacity.demand import counted_share, share_of_first_year
from clpt_growth.capacity.offers import EVERY, for_specialism, free_of, stands_behind
from clpt_growth.capacity.reading import records_of, value_of
from clpt_growth.capacity.terms import TERMS_A_YEAR, term_of, terms_from
from clpt_growth.model.fact import Fact, Record, Term

Cover = Literal["covered", "partly covered", "uncovered"]
TERMS = 6
_NONE = Decimal(0)


class Helper(NamedTuple):
    """Who helps with a need, and for how many days a term.

    `until` is set where others pay for a time; `offer` is the place of the trust's own offer in its register.
    """

    who: str
    days: Decimal
    why: str
    cost_gbp_a_day: int | None = None
    paid_by: str = ""
    until: Term | None = None
    offer: int | None = None


class NeedCover(NamedTuple):
    """One need and what covers it in the first year; `short` days a term have nobody behind them.

    `known` is no where the register leaves out what might yet cover it: silence is not a shortfall.
    """

    need: Record
    days: Decimal | None
    helpers: tuple[Helper, ...]
    cover: Cover
    reason: str
    known: bool = True

    @property
    def short(self) -> Decimal | None:
        if self.days is None:
            return None
        return max(_NONE, self.days - sum((h.days for h in self.helpers), _NONE))


class TermRow(NamedTuple):
    """Days in one term, need by need, in the order of the plan; `covered` are those somebody is named for then."""

    term: Term
    days: tuple[Decimal | None, ...]
    covered: tuple[Decimal | None, ...]


class SupportPlan(NamedTuple):
    """The whole plan: needs with their cover, the days by term for two years, and what the school gives.

    `help_told` is no where nobody said what others already pay for, of which none is then counted.
    """

    needs: tuple[NeedCover, ...]
    terms: tuple[TermRow, ...]
    second_year_share: Decimal | None
    gives: tuple["Gift", ...]
    gives_nothing_because: str
    help_told: bool = True

    @property
    def covered(self) -> int:
        return sum(1 for n in self.needs if n.cover == "covered")

    @property
    def year_one_days_by_cost(self) -> Mapping[int | None, Decimal]:
        """Three terms of the trust's days by the cost of a day in pounds; None is a day without one."""
        days: dict[int | None, Decimal] = {}
        for helper in (h for n in self.needs for h in n.helpers if h.until is None):
            days[helper.cost_gbp_a_day] = days.get(helper.cost_gbp_a_day, _NONE) + helper.days * TERMS_A_YEAR
        return days

    @property
    def year_one_cost_gbp(self) -> int | None:
        """The trust's days in the first year at the cost of a day; None while a day has no cost."""
        total = _NONE
        for cost, days in self.year_one_days_by_cost.items():
            if cost is None:
                return None
            total += days * cost
        return int(total.to_integral_value(ROUND_HALF_UP))

    @property
    def year_two_cost_gbp(self) -> int | None:
        """The same help for the second year's share of the days; None while either is not known."""
        first, later = self.year_one_cost_gbp, self.second_year_share
        return None if first is None or later is None else int((first * later).to_integral_value(ROUND_HALF_UP))


class Gift(NamedTuple):
    """Something the school offers, and the need of a present academy it would meet."""

    role: str
    specialism: str
    days: Decimal | None
    meets: str


def support_plan(facts: Mapping[str, Fact], *, as_of: date) -> SupportPlan | None:
    """None where the school's needs are not in evidence: a plan without needs is nobody's."""
    needs = records_of(facts, "school.needs")
    if needs is None:
        return None
    ordered = [need for _, need in sorted(enumerate(needs), key=lambda p: (p[1].get("priority", 99), p[0]))]
    opening = value_of(facts, "case.proposal.proposed_opening_on") or as_of
    pool = _Pool(facts, as_of, term_of(opening))
    covers = tuple(pool.cover(need) for need in ordered)
    later = share_of_first_year(facts, 1)
    terms = tuple(_term_row(term, n, covers, later) for n, term in enumerate(terms_from(term_of(opening), TERMS)))
    gives, why = _gives(facts)
    return SupportPlan(covers, terms, later, gives, why, pool.help_told)


def _term_row(term: Term, number: int, covers: Sequence[NeedCover], later: Decimal | None) -> TermRow:
    """From the fourth term on the days fall to the share of the second year."""
    share = Decimal(1) if number < TERMS_A_YEAR else later
    days = tuple(None if c.days is None or share is None else c.days * share for c in covers)
    return TermRow(term, days, tuple(_covered_in(term, c, d) for c, d in zip(covers, days, strict=True)))


def _covered_in(term: Term, cover: NeedCover, days: Decimal | None) -> Decimal | None:
    """Help that others pay for covers nothing once its last term is over."""
    given = sum((h.days for h in cover.helpers if h.until is None or h.until >= term), _NONE)
    return None if days is None else min(days, given)


class _Pool:
    """The days still free while needs are covered one after another."""

    def __init__(self, facts: Mapping[str, Fact], as_of: date, first: Term) -> None:
        self.facts = facts
        self.register = records_of(facts, "trust.offers")
        self.standing = [stands_behind(o, facts, as_of) for o in self.register or ()]
        self.free = [free_of(o) for o in self.register or ()]
        self.help_told = "school.help_already_paid_for" in facts
        self.paid = [
            [row["from"], row.get("specialism"), row["days_a_term"], row["until"]]
            for row in records_of(facts, "school.help_already_paid_for") or ()
            if isinstance(row.get("days_a_term"), Decimal)
            and isinstance(row.get("until"), Term)
            and row["until"] >= first
        ]
        self.hub = value_of(facts, "case.proposal.hub")

    def cover(self, need: Record) -> NeedCover:
        days = need.get("days_a_term")
        if not isinstance(days, Decimal):
            return NeedCover(need, None, (), "uncovered", "The need names no days.", known=False)
        if days <= 0:
            return NeedCover(need, days, (), "covered", "No days are asked for.")
        helpers: list[Helper] = []
        left = self.from_others(need, days, helpers)
        reason = self.from_trust(need, left, helpers) if left > 0 else "Already paid for by others."
        left = days - sum((h.days for h in helpers), _NONE)
        cover: Cover = "covered" if left <= 0 else "partly covered" if helpers else "uncovered"
        return NeedCover(
            need,
            days,
            tuple(helpers),
            cover,
            reason,
            known=left <= 0 or (self.help_told and not self.may_yet_help(need)),
        )

    def from_others(self, need: Record, days: Decimal, helpers: list[Helper]) -> Decimal:
        for row in self.paid:
            if row[1] == need.get("specialism") and row[2] > 0 and days > 0:
                given = min(days, row[2])
                row[2] -= given
                days -= given
                helpers.append(Helper(str(row[0]), given, "already paid for", until=row[3]))
        return days

    def from_trust(self, need: Record, days: Decimal, helpers: list[Helper]) -> str:
        """Give what days there are, best placed first; say in words why not more."""
        if self.register is None:
            return "The trust's register of offers is not in evidence."
        lines = [n for n, o in enumerate(self.register) if o.get("line") == need.get("line")]
        if need.get("line") is None:
            return "The need does not say which line of the offer it calls for."
        if not lines:
            return f"The trust offers nothing on {need['line']}."
        fit = [n for n in lines if self.standing[n] and for_specialism(self.register[n], need.get("specialism"))]
        if not fit:
            return self.why_none(lines, need)
        near = [n for n in fit if self.within_travel(self.register[n])]
        if not near:
            return self.how_far([n for n in fit if self.within_travel(self.register[n]) is None])
        untold = any(self.free[n] is None for n in near)
        for n in sorted(near, key=lambda n: self.best_placed(n)):
            free = self.free[n]
            if days <= 0:
                break
            if free is None or free <= 0:
                continue
            given = min(days, free)
            self.free[n] = free - given
            days -= given
            helpers.append(self.helper(n, given))
        if days <= 0:
            return "Named, in post and with the days."
        return "The days still free are not in evidence." if untold else "Those who could help have no more days free."

    def how_far(self, untold: Sequence[int]) -> str:
        """Why nobody near enough covers a need; `untold` are those whose drive is not known."""
        if not untold or self.register is None:
            return "Those who could help are beyond the travel limit."
        who = str(self.register[untold[0]].get("role") or self.register[untold[0]].get("offer"))
        return f"How far {who} would travel, beside the limit, is not in evidence."

    def may_yet_help(self, need: Record) -> bool:
        """Whether somebody on the need's line would have days for it, if all that is not said were said."""
        if self.register is None or need.get("line") is None or not self.help_told:
            return True
        return any(
            o.get("line") == need["line"]
            and (serves := for_specialism(o, need.get("specialism"))) is not False
            and self.within_travel(o) is not False
            and (stands is None or (stands and self.is_open(o, free, serves)))
            for o, stands, free in zip(self.register, self.standing, self.free, strict=True)
        )

    def is_open(self, offer: Record, free: Decimal | None, serves: bool | None) -> bool:
        """Whether something not said of an offer that stands could make it cover more."""
        return free is None or serves is None or (free > 0 and self.within_travel(offer) is None)

    def why_none(self, lines: Sequence[int], need: Record) -> str:
        offers = [self.register[n] for n in lines] if self.register else []
        if all(o.get("in_place") is False for o in offers):
            return "The post is planned and not filled."
        standing = [o for n, o in zip(lines, offers, strict=True) if self.standing[n]]
        if any(for_specialism(o, None) is None for o in standing):
            return "The offer does not say which specialism it serves."
        if standing:
            return f"Nobody on this line has the specialism: {need.get('specialism')}."
        return "What stands behind the offer is for another phase, or was not shown to be in place within a year."

    def within_travel(self, offer: Record) -> bool | None:
        """None while a distance, the limit or the school's own hub leaves it open."""
        if offer.get("provided_by") == "contract":
            return True
        limit = value_of(self.facts, "trust.policy.travel_limit_minutes")
        within = set()
        for place in self.may_come_from(offer):
            minutes = value_of(self.facts, place)
            within.add(None if limit is None or minutes is None else Decimal(minutes) <= Decimal(limit))
        return within.pop() if len(within) == 1 else None

    def may_come_from(self, offer: Record) -> tuple[str, ...]:
        """The distance that counts: from the school's own hub, or from the trust; both where its hub is not known."""
        nearest, trust = "school.location.minutes_to_nearest_hub", "school.location.minutes_to_trust"
        if "case.proposal.hub" not in self.facts and offer.get("hub") is not None:
            return nearest, trust
        return (nearest,) if self.same_hub(offer) else (trust,)

    def same_hub(self, offer: Record) -> bool:
        return self.hub is not None and offer.get("hub") == self.hub

    def best_placed(self, n: int) -> tuple[Any, ...]:
        offer = self.register[n] if self.register else {}
        return (
            offer.get("specialism") == EVERY,
            not self.same_hub(offer),
            offer.get("led_it_before") is not True,
            -(self.free[n] or _NONE),
            n,
        )

    def helper(self, n: int, days: Decimal) -> Helper:
        offer = self.register[n] if self.register else {}
        reasons = ["in the school's hub"] if self.same_hub(offer) else []
        if offer.get("led_it_before") is True:
            reasons.append("has led it before")
        cost = offer.get("cost_gbp_a_day")
        who = str(offer.get("role") or offer.get("offer"))
        return Helper(
            who,
            days,
            ", ".join(reasons),
            cost if isinstance(cost, int) else None,
            str(offer.get("paid_by", "")),
            offer=n,
        )


def _gives(facts: Mapping[str, Fact]) -> tuple[tuple[Gift, ...], str]:
    """What the school brings, matched to needs of academies in its hub first; none counted while it is vulnerable."""
    offered = records_of(facts, "school.contribution") or ()
    counted = counted_share(facts, TERMS - 1)
    if offered and counted == 0:
        return tuple(
            _gift(o, ()) for o in offered
        ), "Counted as none for two years: the school needs its own people first."
    if offered and counted is None:
        return tuple(_gift(o, ()) for o in offered), "Not counted while the category of need is not in evidence."
    hub = value_of(facts, "case.proposal.hub")
    needs = sorted(records_of(facts, "trust.academy_needs") or (), key=lambda n: n.get("hub") != hub)
    return tuple(_gift(o, needs) for o in offered), "" if offered else "Nothing offered is in evidence."


def _gift(offer: Record, needs: Sequence[Record]) -> Gift:
    meets = next((n for n in needs if n.get("specialism") == offer.get("specialism")), None)
    days = offer.get("days_a_term")
    words = f"{meets['need']} at {meets['academy']}" if meets else ""
    return Gift(
        str(offer.get("role", "")),
        str(offer.get("specialism", "")),
        days if isinstance(days, Decimal) else None,
        words,
    )
