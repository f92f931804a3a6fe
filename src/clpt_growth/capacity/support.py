"""A support plan that fits a school: need by need, who helps, for how many days, and what stays uncovered.

Needs are taken in the school's own order. Help that others already pay for is used first, then the trust's
own offer: those of the need's own specialism before those of any, the school's hub before other hubs, those
who have led it before, then those with most days free. A day is given once.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal, NamedTuple

from clpt_growth.capacity.improvement import term_of
from clpt_growth.capacity.offers import free_of, stands_behind
from clpt_growth.capacity.reading import records_of, value_of
from clpt_growth.model.fact import Fact, Record, Term

Cover = Literal["covered", "partly covered", "uncovered"]
TERMS = 6
# Schools of these categories keep their own people: nothing they offer is counted.
NEEDS_ITS_OWN = ("vulnerable", "category of concern")
_NONE = Decimal(0)


class Helper(NamedTuple):
    """Who helps with a need, and for how many days a term.

    `until` is set where others pay for a time; `near` is None where nobody said how far it is.
    """

    who: str
    days: Decimal
    why: str
    cost_gbp_a_day: int | None = None
    paid_by: str = ""
    until: Term | None = None
    near: bool | None = True


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
    """Days in one term, need by need, in the order of the plan."""

    term: Term
    days: tuple[Decimal | None, ...]


class SupportPlan(NamedTuple):
    """The whole plan: needs with their cover, the days by term for two years, and what the school gives."""

    needs: tuple[NeedCover, ...]
    terms: tuple[TermRow, ...]
    second_year_share: Decimal | None
    gives: tuple["Gift", ...]
    gives_nothing_because: str

    @property
    def covered(self) -> int:
        return sum(1 for n in self.needs if n.cover == "covered")

    @property
    def year_one_cost_gbp(self) -> int | None:
        """Three terms of the trust's days at the cost of a day; None while a day has no cost."""
        total = _NONE
        for helper in (h for n in self.needs for h in n.helpers if h.until is None):
            if helper.cost_gbp_a_day is None:
                return None
            total += helper.days * 3 * helper.cost_gbp_a_day
        return int(total.to_integral_value(ROUND_HALF_UP))


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
    later = second_year_share(facts)
    terms = tuple(TermRow(term, _days_in(term, n, covers, later)) for n, term in enumerate(_terms(term_of(opening))))
    gives, why = _gives(facts)
    return SupportPlan(covers, terms, later, gives, why)


def second_year_share(facts: Mapping[str, Fact]) -> Decimal | None:
    """Days in the second year as a share of the first, by the school's category of need."""
    by_category = value_of(facts, "definition.second_year_share_of_need")
    category = value_of(facts, "school.identity.category_of_need")
    return None if by_category is None or category is None else by_category.get(category)


def _terms(first: Term) -> Iterator[Term]:
    for n in range(TERMS):
        years, position = divmod(first.position + n, 3)
        yield Term(first.academic_year + years, position)


def _days_in(term: Term, number: int, covers: Sequence[NeedCover], later: Decimal | None) -> tuple[Decimal | None, ...]:
    if number < 3:
        return tuple(c.days for c in covers)
    return tuple(None if c.days is None or later is None else c.days * later for c in covers)


class _Pool:
    """The days still free while needs are covered one after another."""

    def __init__(self, facts: Mapping[str, Fact], as_of: date, first: Term) -> None:
        self.facts = facts
        self.register = records_of(facts, "trust.offers")
        self.standing = [stands_behind(o, facts, as_of) for o in self.register or ()]
        self.free = [free_of(o) for o in self.register or ()]
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
        return NeedCover(need, days, tuple(helpers), cover, reason, known=left <= 0 or not self.may_yet_help(need))

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
        fit = [n for n in lines if self.standing[n] and _same_specialism(self.register[n], need)]
        if not fit:
            return self.why_none(lines, need)
        near = [n for n in fit if self.within_travel(self.register[n]) is not False]
        if not near:
            return "Those who could help are beyond the travel limit."
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

    def may_yet_help(self, need: Record) -> bool:
        """Whether somebody on the need's line would have days for it, if all that is not said were said."""
        if self.register is None or need.get("line") is None:
            return True
        return any(
            o.get("line") == need["line"]
            and _same_specialism(o, need)
            and self.within_travel(o) is not False
            and (stands is None or (stands and free is None))
            for o, stands, free in zip(self.register, self.standing, self.free, strict=True)
        )

    def why_none(self, lines: Sequence[int], need: Record) -> str:
        offers = [self.register[n] for n in lines] if self.register else []
        if all(o.get("in_place") is False for o in offers):
            return "The post is planned and not filled."
        if any(self.standing[n] for n in lines):
            return f"Nobody on this line has the specialism: {need.get('specialism')}."
        return "What stands behind the offer is for another phase, or was not shown to be in place within a year."

    def within_travel(self, offer: Record) -> bool | None:
        limit = value_of(self.facts, "trust.policy.travel_limit_minutes")
        minutes = value_of(
            self.facts,
            "school.location.minutes_to_nearest_hub" if self.same_hub(offer) else "school.location.minutes_to_trust",
        )
        if offer.get("provided_by") == "contract":
            return True
        return None if limit is None or minutes is None else Decimal(minutes) <= Decimal(limit)

    def same_hub(self, offer: Record) -> bool:
        return self.hub is not None and offer.get("hub") == self.hub

    def best_placed(self, n: int) -> tuple[Any, ...]:
        offer = self.register[n] if self.register else {}
        return (
            offer.get("specialism") is None,
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
        near = self.within_travel(offer)
        if near is None:
            reasons.append("travel not evidenced")
        cost = offer.get("cost_gbp_a_day")
        who = str(offer.get("role") or offer.get("offer"))
        return Helper(
            who,
            days,
            ", ".join(reasons),
            cost if isinstance(cost, int) else None,
            str(offer.get("paid_by", "")),
            near=near,
        )


def _same_specialism(offer: Record, need: Record) -> bool:
    return offer.get("specialism") in (None, need.get("specialism"))


def _gives(facts: Mapping[str, Fact]) -> tuple[tuple[Gift, ...], str]:
    """What the school brings, matched to needs of academies in its hub first; none counted while it is vulnerable."""
    offered = records_of(facts, "school.contribution") or ()
    category = value_of(facts, "school.identity.category_of_need")
    if offered and category in NEEDS_ITS_OWN:
        return tuple(
            _gift(o, ()) for o in offered
        ), "Counted as none for two years: the school needs its own people first."
    if offered and category is None:
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
