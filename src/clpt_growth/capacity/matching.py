"""Who helps with a need: first those others already pay for, then the trust's own, best placed first.

The trust's own are those of the need's own specialism before those of any, those for named subjects before those
for every one, the school's hub before other hubs, those who have led it before, those for fewest subjects, then
those with most days free. A day is given once.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from clpt_growth.capacity.offers import (
    EVERY,
    EVIDENCE_MONTHS,
    for_phase,
    for_specialism,
    for_subject,
    free_of,
    stands_behind,
)
from clpt_growth.capacity.reading import defined, records_of, value_of
from clpt_growth.capacity.travel import same_hub, within_travel
from clpt_growth.model.case import PHASE
from clpt_growth.model.fact import Fact, NotApplicable, Record, Term
from clpt_growth.model.nought import NOUGHT

_BY_SUBJECT = "offer_lines_by_subject"
_PAID_FOR = "school.help_already_paid_for"


class Helper(NamedTuple):
    """Who helps with a need, and for how many days a term.

    `until` is set where others pay for a time; `offer` is the place of the trust's own offer in its register.
    `since` is set where the help begins only when help that others paid for has ended.
    """

    who: str
    days: Decimal
    why: str
    cost_gbp_a_day: int | None = None
    paid_by: str = ""
    until: Term | None = None
    offer: int | None = None
    since: Term | None = None

    def helps_in(self, term: Term) -> bool:
        return (self.since is None or self.since <= term) and (self.until is None or self.until >= term)


class PaidHelp(NamedTuple):
    """Help for a school that others already pay for, through the term `until`."""

    who: str
    specialism: object
    subjects: object
    days_a_term: Decimal
    until: Term


class Pool(NamedTuple):
    """Those who may help with a school's needs; `standing` says of each of the trust's offers what stands behind it.

    `register_told` and `help_told` are no where nobody said what there is: then `register` or `paid` is empty.
    """

    facts: Mapping[str, Fact]
    register: Sequence[Record]
    standing: Sequence[bool | None]
    by_subject: Sequence[str]
    paid: Sequence[PaidHelp]
    register_told: bool
    help_told: bool


class DaysFree(NamedTuple):
    """The days a term that no need has taken yet, by place in the pool; None where nobody said how many there are."""

    ours: dict[int, Decimal | None]
    others: dict[int, Decimal]


class Matched(NamedTuple):
    """Who helps with a need, the days then free for the needs after it, and in words why not more."""

    helpers: tuple[Helper, ...]
    free: DaysFree
    reason: str = ""


def pool_for(facts: Mapping[str, Fact], as_of: date, first: Term) -> Pool:
    """Who may help a school from its first term on."""
    register = records_of(facts, "trust.offers")
    return Pool(
        facts,
        register or (),
        [stands_behind(o, facts, as_of) for o in register or ()],
        defined(facts, _BY_SUBJECT) or (),
        [theirs for theirs in _already_paid_for(facts) if theirs.until >= first],
        register is not None,
        _PAID_FOR in facts,
    )


def all_free(pool: Pool) -> DaysFree:
    """The days before any need has taken one."""
    ours = {n: free_of(offer) for n, offer in enumerate(pool.register)}
    return DaysFree(ours, {n: theirs.days_a_term for n, theirs in enumerate(pool.paid)})


def _already_paid_for(facts: Mapping[str, Fact]) -> Iterator[PaidHelp]:
    for row in records_of(facts, _PAID_FOR) or ():
        days, until = row.get("days_a_term"), row.get("until")
        if isinstance(days, Decimal) and isinstance(until, Term):
            yield PaidHelp(str(row["from"]), row.get("specialism"), row.get("subjects"), days, until)


def from_others(pool: Pool, free: DaysFree, need: Record, days: Decimal) -> Matched:
    """Those who are already paid for help of the need's kind, as far as their days go."""
    taken: dict[int, Decimal] = {}
    for n, theirs in enumerate(pool.paid):
        part = min(days, free.others[n])
        if part > 0 and theirs.specialism == need.get("specialism") and _is_for(pool, theirs.subjects, need):
            taken[n] = part
            days -= part
    helpers = (Helper(pool.paid[n].who, d, "already paid for", until=pool.paid[n].until) for n, d in taken.items())
    rest = {n: there - taken.get(n, NOUGHT) for n, there in free.others.items()}
    return Matched(tuple(helpers), free._replace(others=rest))


def from_trust(pool: Pool, free: DaysFree, need: Record, days: Decimal) -> Matched:
    """The trust's own with what days there are, best placed first."""
    if not pool.register_told:
        return Matched((), free, "The trust's register of offers is not in evidence.")
    if need.get("line") is None:
        return Matched((), free, "The need does not say which line of the offer it calls for.")
    lines = [n for n, o in enumerate(pool.register) if o.get("line") == need["line"]]
    if not lines:
        return Matched((), free, f"The trust offers nothing on {need['line']}.")
    fit = [n for n in lines if pool.standing[n] and _serves(pool, pool.register[n], need)]
    if not fit:
        return Matched((), free, _why_none(pool, lines, need))
    near = [n for n in fit if within_travel(pool.register[n], pool.facts)]
    if not near:
        return Matched((), free, _how_far(pool, fit))
    return _from_near(pool, free, near, need, days)


def _from_near(pool: Pool, free: DaysFree, near: Sequence[int], need: Record, days: Decimal) -> Matched:
    """Days taken from those near enough, by their places in the register."""
    taken: dict[int, Decimal] = {}
    for n in sorted(near, key=lambda n: _best_placed(pool, free, n)):
        if (part := min(days, free.ours[n] or NOUGHT)) > 0:
            taken[n] = part
            days -= part
    helpers = tuple(_helper(pool, n, part, need) for n, part in taken.items())
    rest = {n: None if there is None else there - taken.get(n, NOUGHT) for n, there in free.ours.items()}
    if days <= 0:
        reason = "Named, in post and with the days."
    elif any(free.ours[n] is None for n in near):
        reason = "The days still free are not in evidence."
    else:
        reason = "Those who could help have no more days free."
    return Matched(helpers, free._replace(ours=rest), reason)


def _serves(pool: Pool, offer: Record, need: Record) -> bool | None:
    """Whether an offer on the need's line is of its specialism and subject; None where that is not said."""
    told = {for_specialism(offer, need.get("specialism")), _helps_with(pool, offer, need)}
    return False if False in told else None if None in told else True


def _helps_with(pool: Pool, offer: Record, need: Record) -> bool | None:
    """On a line by subject, whether an offer is for the need's; the other lines have none."""
    return need.get("line") not in pool.by_subject or for_subject(offer.get("subjects"), need.get("subject"))


def _is_for(pool: Pool, subjects: object, need: Record) -> bool | None:
    """Whether help paid for by others is for the need; help for some subjects is for no line without them."""
    if not pool.by_subject:
        return True
    if isinstance(subjects, tuple) and need.get("line") not in (None, *pool.by_subject):
        return EVERY in subjects
    return for_subject(subjects, need.get("subject"))


def _how_far(pool: Pool, fit: Sequence[int]) -> str:
    """Why nobody near enough covers a need, of those who fit it."""
    untold = [n for n in fit if within_travel(pool.register[n], pool.facts) is None]
    if not untold:
        return "Those who could help are beyond the travel limit."
    return f"How far {_who(pool.register[untold[0]])} would travel, beside the limit, is not in evidence."


def may_yet_help(pool: Pool, free: DaysFree, need: Record) -> bool:
    """Whether somebody on the need's line would have days for it, if all that is not said were said."""
    if not pool.register_told or need.get("line") is None or not pool.help_told or _others_may(pool, free, need):
        return True
    return any(
        o.get("line") == need["line"]
        and (serves := _serves(pool, o, need)) is not False
        and within_travel(o, pool.facts) is not False
        and (stands is None or (stands and _is_open(pool, o, free.ours[n], serves)))
        for n, (o, stands) in enumerate(zip(pool.register, pool.standing, strict=True))
    )


def _others_may(pool: Pool, free: DaysFree, need: Record) -> bool:
    """Whether help that others pay for has days left, and may be for the need for all that is said."""
    return any(
        free.others[n] > 0
        and theirs.specialism == need.get("specialism")
        and _is_for(pool, theirs.subjects, need) is None
        for n, theirs in enumerate(pool.paid)
    )


def _is_open(pool: Pool, offer: Record, free: Decimal | None, serves: bool | None) -> bool:
    """Whether something not said of an offer that stands could make it cover more."""
    return free is None or serves is None or (free > 0 and within_travel(offer, pool.facts) is None)


def _why_none(pool: Pool, lines: Sequence[int], need: Record) -> str:
    """Why nobody on the line fits, by what keeps those of the need's specialism from it."""
    offers = [(pool.register[n], pool.standing[n]) for n in lines]
    kind = [(o, stands) for o, stands in offers if for_specialism(o, need.get("specialism")) is not False]
    if not kind:
        return f"Nobody on this line has the specialism: {need.get('specialism')}."
    kind = [(o, stands) for o, stands in kind if _helps_with(pool, o, need) is not False]
    if not kind:
        return f"Nobody on this line whose specialism is {need.get('specialism')} helps with {need.get('subject')}."
    if any(stands and for_specialism(o, None) is None for o, stands in kind):
        return "The offer does not say which specialism it serves."
    if any(stands and _helps_with(pool, o, need) is None for o, stands in kind):
        return _subject_unsaid(need)
    return " ".join(dict.fromkeys(_why_not(o, need, pool.facts) for o, _ in kind))


def _best_placed(pool: Pool, free: DaysFree, n: int) -> tuple[Any, ...]:
    offer = pool.register[n]
    subjects = _subjects_of(offer) if offer.get("line") in pool.by_subject else ()
    return (
        offer.get("specialism") == EVERY,
        EVERY in subjects,
        not same_hub(offer, pool.facts),
        offer.get("led_it_before") is not True,
        # Those for other subjects never change places: one offer more would then take somebody from a later need.
        len(subjects),
        subjects,
        -(free.ours[n] or NOUGHT),
        n,
    )


def _helper(pool: Pool, n: int, days: Decimal, need: Record) -> Helper:
    offer, subject = pool.register[n], need.get("subject")
    named = need.get("line") in pool.by_subject and isinstance(subject, str) and subject != EVERY
    reasons = [f"helps with {subject}"] if named else []
    if same_hub(offer, pool.facts):
        reasons.append("in the school's hub")
    if offer.get("led_it_before") is True:
        reasons.append("has led it before")
    cost = offer.get("cost_gbp_a_day")
    return Helper(
        _who(offer),
        days,
        ", ".join(reasons),
        cost if isinstance(cost, int) else None,
        str(offer.get("paid_by", "")),
        offer=n,
    )


def _who(offer: Record) -> str:
    return str(offer.get("role") or offer.get("offer"))


def _subjects_of(offer: Record) -> tuple[str, ...]:
    said = offer.get("subjects")
    if isinstance(said, NotApplicable):
        return (EVERY,)
    return tuple(sorted(said)) if isinstance(said, tuple) else ()


def _subject_unsaid(need: Record) -> str:
    """Which of the two leaves open whether the one is for the other."""
    if need.get("subject") is None:
        return "The need does not say which subject or kind of improvement it is for."
    return f"The offer does not say which subjects it helps with, and the need is for: {need['subject']}."


def _why_not(offer: Record, need: Record, facts: Mapping[str, Fact]) -> str:
    """The first thing that keeps an offer from standing."""
    if offer.get("in_place") is False:
        return "The post is planned and not filled."
    if for_phase(offer, facts) is False:
        return (
            f"Those who serve the specialism {need.get('specialism')} do not serve the phase {value_of(facts, PHASE)}."
        )
    if isinstance(offer.get("evidenced_on"), date) and offer.get("in_place") is True and for_phase(offer, facts):
        months = value_of(facts, EVIDENCE_MONTHS)
        return f"What stands behind the offer was not shown to be in place within {months} months."
    return "The register does not say all it must of what stands behind the offer."
