"""Who helps with a need: first those others already pay for, then the trust's own, best placed first.

The trust's own are those of the need's own specialism before those of any, those for named subjects before those
for every one, the school's hub before other hubs, those who have led it before, those for fewest subjects, then
those with most days free. A day is given once.
"""

from collections.abc import Mapping, Sequence
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


class Pool:
    """The days still free while needs are covered one after another, and later those whose help has ended."""

    def __init__(self, facts: Mapping[str, Fact], as_of: date, first: Term) -> None:
        self.facts = facts
        self.register = records_of(facts, "trust.offers")
        self.standing = [stands_behind(o, facts, as_of) for o in self.register or ()]
        self.free = [free_of(o) for o in self.register or ()]
        self.by_subject: Sequence[str] = defined(facts, _BY_SUBJECT) or ()
        self.help_told = "school.help_already_paid_for" in facts
        self.paid = [
            [row["from"], row.get("specialism"), row["days_a_term"], row["until"], row.get("subjects")]
            for row in records_of(facts, "school.help_already_paid_for") or ()
            if isinstance(row.get("days_a_term"), Decimal)
            and isinstance(row.get("until"), Term)
            and row["until"] >= first
        ]

    def from_others(self, need: Record, days: Decimal) -> tuple[Helper, ...]:
        """Those who are already paid for help of the need's kind, as far as their days go."""
        found = []
        for row in self.paid:
            if row[1] == need.get("specialism") and row[2] > 0 and days > 0 and self.is_for(row[4], need):
                given = min(days, row[2])
                row[2] -= given
                days -= given
                found.append(Helper(str(row[0]), given, "already paid for", until=row[3]))
        return tuple(found)

    def from_trust(self, need: Record, days: Decimal) -> tuple[tuple[Helper, ...], str]:
        """The trust's own with what days there are, best placed first; and in words why not more."""
        if self.register is None:
            return (), "The trust's register of offers is not in evidence."
        lines = [n for n, o in enumerate(self.register) if o.get("line") == need.get("line")]
        if need.get("line") is None:
            return (), "The need does not say which line of the offer it calls for."
        if not lines:
            return (), f"The trust offers nothing on {need['line']}."
        fit = [n for n in lines if self.standing[n] and self.serves(self.register[n], need)]
        if not fit:
            return (), self.why_none(lines, need)
        near = [n for n in fit if within_travel(self.register[n], self.facts)]
        if not near:
            return (), self.how_far([n for n in fit if within_travel(self.register[n], self.facts) is None])
        return self.given(near, days, need)

    def serves(self, offer: Record, need: Record) -> bool | None:
        """Whether an offer on the need's line is of its specialism and subject; None where that is not said."""
        told = {for_specialism(offer, need.get("specialism")), self.helps_with(offer, need)}
        return False if False in told else None if None in told else True

    def helps_with(self, offer: Record, need: Record) -> bool | None:
        """On a line by subject, whether an offer is for the need's; the other lines have none."""
        return need.get("line") not in self.by_subject or for_subject(offer.get("subjects"), need.get("subject"))

    def is_for(self, subjects: object, need: Record) -> bool | None:
        """Whether help paid for by others is for the need; help for some subjects is for no line without them."""
        if not self.by_subject:
            return True
        if isinstance(subjects, tuple) and need.get("line") not in (None, *self.by_subject):
            return EVERY in subjects
        return for_subject(subjects, need.get("subject"))

    def given(self, near: Sequence[int], days: Decimal, need: Record) -> tuple[tuple[Helper, ...], str]:
        """Days taken from those near enough, by their places in the register."""
        found = []
        untold = any(self.free[n] is None for n in near)
        for n in sorted(near, key=self.best_placed):
            free = self.free[n]
            if days <= 0:
                break
            if free is None or free <= 0:
                continue
            part = min(days, free)
            self.free[n] = free - part
            days -= part
            found.append(self.helper(n, part, need))
        if days <= 0:
            return tuple(found), "Named, in post and with the days."
        why = "The days still free are not in evidence." if untold else "Those who could help have no more days free."
        return tuple(found), why

    def how_far(self, untold: Sequence[int]) -> str:
        """Why nobody near enough covers a need; `untold` are those whose drive is not known."""
        if not untold or self.register is None:
            return "Those who could help are beyond the travel limit."
        who = str(self.register[untold[0]].get("role") or self.register[untold[0]].get("offer"))
        return f"How far {who} would travel, beside the limit, is not in evidence."

    def may_yet_help(self, need: Record) -> bool:
        """Whether somebody on the need's line would have days for it, if all that is not said were said."""
        if self.register is None or need.get("line") is None or not self.help_told or self.others_may(need):
            return True
        return any(
            o.get("line") == need["line"]
            and (serves := self.serves(o, need)) is not False
            and within_travel(o, self.facts) is not False
            and (stands is None or (stands and self.is_open(o, free, serves)))
            for o, stands, free in zip(self.register, self.standing, self.free, strict=True)
        )

    def others_may(self, need: Record) -> bool:
        """Whether help that others pay for has days left, and may be for the need for all that is said."""
        return any(
            row[1] == need.get("specialism") and row[2] > 0 and self.is_for(row[4], need) is None for row in self.paid
        )

    def is_open(self, offer: Record, free: Decimal | None, serves: bool | None) -> bool:
        """Whether something not said of an offer that stands could make it cover more."""
        return free is None or serves is None or (free > 0 and within_travel(offer, self.facts) is None)

    def why_none(self, lines: Sequence[int], need: Record) -> str:
        """Why nobody on the line fits, by what keeps those of the need's specialism from it."""
        offers = [(self.register[n], self.standing[n]) for n in lines] if self.register else []
        kind = [(o, stands) for o, stands in offers if for_specialism(o, need.get("specialism")) is not False]
        if not kind:
            return f"Nobody on this line has the specialism: {need.get('specialism')}."
        kind = [(o, stands) for o, stands in kind if self.helps_with(o, need) is not False]
        if not kind:
            return f"Nobody on this line whose specialism is {need.get('specialism')} helps with {need.get('subject')}."
        if any(stands and for_specialism(o, None) is None for o, stands in kind):
            return "The offer does not say which specialism it serves."
        if any(stands and self.helps_with(o, need) is None for o, stands in kind):
            return _subject_unsaid(need)
        return " ".join(dict.fromkeys(_why_not(o, need, self.facts) for o, _ in kind))

    def best_placed(self, n: int) -> tuple[Any, ...]:
        offer = self.register[n] if self.register else {}
        subjects = _subjects_of(offer) if offer.get("line") in self.by_subject else ()
        return (
            offer.get("specialism") == EVERY,
            EVERY in subjects,
            not same_hub(offer, self.facts),
            offer.get("led_it_before") is not True,
            # Those for other subjects never change places: one offer more would then take somebody from a later need.
            len(subjects),
            subjects,
            -(self.free[n] or NOUGHT),
            n,
        )

    def helper(self, n: int, days: Decimal, need: Record) -> Helper:
        offer = self.register[n] if self.register else {}
        subject = need.get("subject")
        named = need.get("line") in self.by_subject and isinstance(subject, str) and subject != EVERY
        reasons = [f"helps with {subject}"] if named else []
        if same_hub(offer, self.facts):
            reasons.append("in the school's hub")
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
