"""Improvement days in one term: available, promised, kept back, needed by the joining school.

The term is the busiest one already promised, from the term the school would open. Only posts in post
count. The whole answer is missing while any part of it is: half a ledger proves nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from clpt_growth.model.fact import Fact, NotApplicable, Record, Term

Days = Mapping[str, Decimal]
_SEND = ("send", "alternative provision")
_NONE = Decimal(0)


class Demand(NamedTuple):
    """What the school needs each term, by specialism; the days are before and after help others pay for."""

    asked: Days
    net: Days


class ImprovementDays(NamedTuple):
    """One term's improvement days by specialism."""

    term: Term
    available: Days
    promised: Days
    kept: Days
    needed: Days

    def free(self, *specialisms: str) -> Decimal:
        """Available less kept back; all specialisms where none is named."""
        names = specialisms or tuple(self.available)
        return sum((self.available.get(s, _NONE) - self.kept.get(s, _NONE) for s in names), _NONE)

    def in_use(self, *specialisms: str) -> Decimal:
        names = specialisms or tuple({**self.promised, **self.needed})
        return sum((self.promised.get(s, _NONE) + self.needed.get(s, _NONE) for s in names), _NONE)

    def used_share(self, *specialisms: str) -> Decimal | None:
        """Over one where more is in use than is free, however little is; None where nobody is in post."""
        free, in_use = self.free(*specialisms), self.in_use(*specialisms)
        if free > 0:
            return in_use / free
        in_post = any(self.available.get(s, _NONE) > 0 for s in specialisms or self.available)
        return 1 + (in_use - free) / in_use if in_post and in_use > 0 else None

    @property
    def needed_specialisms(self) -> tuple[str, ...]:
        return tuple(s for s, days in self.needed.items() if days > 0)

    @property
    def without_post(self) -> tuple[str, ...]:
        return tuple(s for s in self.needed_specialisms if self.available.get(s, _NONE) <= 0)


def term_of(day: date) -> Term:
    """Autumn from September, spring from January, summer from April."""
    if day.month >= 9:
        return Term(day.year, 0)
    return Term(day.year - 1, 1 if day.month <= 3 else 2)


def available_days(posts: Sequence[Record], working_days: Decimal, usable: Decimal) -> Days | None:
    """Full-time equivalents in post x working days a term x the share spent in schools, by specialism."""
    days: dict[str, Decimal] = {}
    for post in posts:
        fte, in_post, specialism = post.get("fte"), post.get("in_post"), post.get("specialism")
        if in_post is None or not isinstance(fte, Decimal) or specialism is None:
            return None
        if in_post:
            days[specialism] = days.get(specialism, _NONE) + fte * working_days * usable
    return days


def busiest_term(promised: Sequence[Record], since: Term) -> tuple[Term, Days] | None:
    """The term from `since` with most days promised; the earliest of equals."""
    terms = [(row["term"], _days_in(row)) for row in promised if row["term"] >= since]
    return min(terms, key=lambda t: (-sum(t[1].values(), _NONE), t[0])) if terms else None


def _days_in(row: Record) -> Days:
    return {_specialism(name): days for name, days in row.items() if isinstance(days, Decimal)}


def _specialism(name: str) -> str:
    return name.replace("_", "-" if name == "post_16" else " ")


def _half_written(promised: Sequence[Record], since: Term, available: Days) -> bool:
    """Whether a term to come leaves out a specialism somebody is in post for: silence is not nought."""
    rows = ({_specialism(name) for name in row} for row in promised if row["term"] >= since)
    return any(available.keys() - names for names in rows)


def demand_of(needs: Sequence[Record], help_paid: Sequence[Record], term: Term, least_share: Decimal) -> Demand | None:
    """Days asked for by specialism, less help others already pay for in that term.

    Help never takes the trust's own part below `least_share` of what was asked. None when any need
    names no days or no specialism.
    """
    asked: dict[str, Decimal] = {}
    for need in needs:
        days, specialism = need.get("days_a_term"), need.get("specialism")
        if isinstance(days, NotApplicable):
            continue
        if days is None or specialism is None:
            return None
        asked[specialism] = asked.get(specialism, _NONE) + days
    net = dict(asked)
    for row in help_paid:
        specialism, days, until = row.get("specialism"), row.get("days_a_term"), row.get("until")
        if specialism in net and isinstance(days, Decimal) and isinstance(until, Term) and until >= term:
            net[specialism] = max(net[specialism] - days, asked[specialism] * least_share)
    return Demand(asked, net)


def improvement_days(facts: Mapping[str, Fact], *, as_of: date, has_school: bool) -> ImprovementDays | None:
    """One term's days for a case; for the trust alone nothing is needed and the term is from today's."""
    posts = _value(facts, "trust.improvement_posts")
    working_days = _value(facts, "trust.improvement_team.working_days_a_term")
    usable = _value(facts, "trust.improvement_team.share_spent_in_schools")
    promised = _listed(facts, "trust.improvement_promised")
    kept = _listed(facts, "trust.improvement_kept")
    opening = _value(facts, "case.proposal.proposed_opening_on") if has_school else as_of
    needs = _listed(facts, "school.needs") if has_school else ()
    least = _value(facts, "definition.own_share_of_need")
    help_paid = _listed(facts, "school.help_already_paid_for") if has_school else ()
    if any(v is None for v in (posts, working_days, usable, promised, kept, opening, needs, help_paid, least)):
        return None
    available = available_days(posts, working_days, usable)
    busiest = busiest_term(promised, term_of(opening)) if promised else (term_of(opening), {})
    if available is None or busiest is None or _half_written(promised, term_of(opening), available):
        return None
    demand = demand_of(needs, help_paid, busiest[0], least)
    kept_days = {row["specialism"]: row["days_a_term"] for row in kept if isinstance(row.get("days_a_term"), Decimal)}
    return demand and ImprovementDays(busiest[0], available, busiest[1], kept_days, demand.net)


def unfinished(facts: Mapping[str, Fact], *, as_of: date) -> tuple[str, ...]:
    """The lists that are written but leave out a figure the answer needs."""
    opening = _value(facts, "case.proposal.proposed_opening_on") or as_of
    posts, promised = _value(facts, "trust.improvement_posts"), _value(facts, "trust.improvement_promised")
    needs = _value(facts, "school.needs")
    found = []
    if posts is not None and available_days(posts, Decimal(1), Decimal(1)) is None:
        found.append("trust.improvement_posts")
    if promised is not None and busiest_term(promised, term_of(opening)) is None:
        found.append("trust.improvement_promised")
    if needs is not None and demand_of(needs, (), term_of(opening), Decimal(1)) is None:
        found.append("school.needs")
    return tuple(found)


def _listed(facts: Mapping[str, Fact], name: str) -> Any:
    """A list; empty where the file says there is nothing to list, None where it says nothing."""
    fact = facts.get(name)
    return () if fact is not None and not fact.applies else _value(facts, name)


def _value(facts: Mapping[str, Fact], name: str) -> Any:
    fact = facts.get(name)
    return fact.value if fact is not None and fact.applies else None


NEEDED_FACTS = (
    "trust.improvement_posts",
    "trust.improvement_team.working_days_a_term",
    "trust.improvement_team.share_spent_in_schools",
    "trust.improvement_promised",
    "trust.improvement_kept",
    "case.proposal.proposed_opening_on",
    "school.needs",
    "school.help_already_paid_for",
)


def measures(days: ImprovementDays) -> dict[str, Any]:
    """What the principles test, by the name of the fact in `case.capacity`; None where it has no answer."""
    shares = {s: days.used_share(s) for s in days.needed_specialisms}
    shares["all days"] = days.used_share()
    answered = {s: v for s, v in shares.items() if v is not None}
    tightest = max(answered, key=lambda s: (answered[s], s != "all days"), default=None)
    return {
        "term": days.term,
        "available_days": sum(days.available.values(), _NONE),
        "promised_days": sum(days.promised.values(), _NONE),
        "kept_days": sum(days.kept.values(), _NONE),
        "needed_days": sum(days.needed.values(), _NONE),
        "used_share": shares["all days"],
        "tightest_specialism": tightest,
        "tightest_share": answered[tightest] if tightest else None,
        "days_left": _days_left(days, tightest),
        "specialisms_without_post_count": len(days.without_post),
        "send_needed_days": sum((days.needed.get(s, _NONE) for s in _SEND), _NONE),
        "send_used_share": _send_used(days),
        "kept_after_share": _kept_after(days),
    }


def _days_left(days: ImprovementDays, tightest: str | None) -> Decimal | None:
    if tightest is None:
        return None
    names = () if tightest == "all days" else (tightest,)
    return days.free(*names) - days.in_use(*names)


def _send_used(days: ImprovementDays) -> Decimal:
    """Days needed as a share of those uncommitted; where none is, 100% and the shortfall over the need."""
    needed = sum((days.needed.get(s, _NONE) for s in _SEND), _NONE)
    uncommitted = days.free(*_SEND) - sum((days.promised.get(s, _NONE) for s in _SEND), _NONE)
    if needed == 0:
        return _NONE
    return needed / uncommitted if uncommitted > 0 else 1 + (needed - uncommitted) / needed


def _kept_after(days: ImprovementDays) -> Decimal | None:
    """Days still kept for partnerships once everything promised and needed is met, over days available."""
    available = sum(days.available.values(), _NONE)
    left = available - days.in_use()
    kept = sum(days.kept.values(), _NONE)
    return max(min(kept, left), _NONE) / available if available > 0 else None
