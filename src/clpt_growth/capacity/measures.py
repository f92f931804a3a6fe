"""What the principles test of the ledgers, by the name of the fact in `case.capacity`."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from clpt_growth.capacity.books import unfinished_functions
from clpt_growth.capacity.demand import asked_specialisms
from clpt_growth.capacity.reading import records_of
from clpt_growth.capacity.supply import available_days
from clpt_growth.model.fact import AtLeast, Fact, Term
from clpt_growth.model.ledger import ALL_DAYS, Books, Ledger, Loads
from clpt_growth.model.nought import NOUGHT

_SEND = ("send", "alternative provision")

# What each part of the improvement ledger rests on. A name with a question mark may be missing.
_AVAILABLE = (
    "trust.improvement_posts",
    "trust.improvement_team.working_days_a_term",
    "trust.improvement_team.share_spent_in_schools",
)
_PROMISED = ("trust.improvement_promised", "trust.improvement_team.plan_covers_until?")
_KEPT = ("trust.improvement_kept",)
_NEEDED = (
    "case.proposal.proposed_opening_on",
    "school.needs",
    "school.help_already_paid_for",
    "school.identity.category_of_need",
    "school.identity.phase",
    "school.identity.sites_count",
    "school.roll.pupils_count",
    "school.leadership.interim_head",
    "school.leadership.head_tenure_months",
)
_GIVEN = ("school.contribution?", "school.workforce.teachers_fte?")
NEEDED_FACTS = (*_AVAILABLE, *_PROMISED[:1], *_KEPT, *_NEEDED, *_PROMISED[1:], *_GIVEN)

# A measure of a part alone; every other rests on the whole ledger.
_OF_A_PART: Mapping[str, tuple[str, ...]] = {
    "available_days": _AVAILABLE,
    "promised_days": _PROMISED,
    "kept_days": _KEPT,
    "needed_days": _NEEDED,
    "send_needed_days": _NEEDED,
    "given_days": (
        *_GIVEN,
        "case.proposal.proposed_opening_on",
        "school.identity.category_of_need",
        "school.identity.phase",
    ),
    "specialisms_without_post_count": ("trust.improvement_posts", *_NEEDED),
}

CENTRAL_NEEDS = (
    "trust.central_team",
    "case.proposal.route",
    "case.proposal.proposed_opening_on",
    "school.identity.phase",
)
_CENTRAL = (
    "finance_used_share",
    "central_tightest_function",
    "central_tightest_share",
    "central_term",
    "functions_without_post_count",
)


def is_central(fact: str) -> bool:
    return fact.removeprefix("case.capacity.") in _CENTRAL


def needs_of(fact: str) -> tuple[str, ...]:
    """What the ledger waits for before it gives a measure, by the name of its fact: half a ledger proves nothing."""
    return CENTRAL_NEEDS if is_central(fact) else NEEDED_FACTS


def rests_on(fact: str) -> tuple[str, ...]:
    """What the value of a measure comes from; it is as sure as these, and as old as the oldest of them."""
    return _OF_A_PART.get(fact.removeprefix("case.capacity."), needs_of(fact))


def measures(both: Books, facts: Mapping[str, Fact], earlier: Sequence[Loads] = ()) -> dict[str, Any]:
    """Every measure there is an answer to; shares are of what is free, days are a term's."""
    improvement = improvement_measures(both.improvement) if both.improvement else _without_a_ledger(facts)
    unknown = unfinished_functions(facts, earlier)
    central = central_measures(both.central, unknown) if both.central else {}
    return improvement | central


def _without_a_ledger(facts: Mapping[str, Fact]) -> dict[str, Any]:
    """What is sure whatever is not known: a need for which nobody is in post stays one."""
    posts, needs = records_of(facts, "trust.improvement_posts"), asked_specialisms(facts)
    available = None if posts is None else available_days(posts, Decimal(1), Decimal(1))
    lacking = 0 if available is None else sum(1 for s in needs if available.get(s, NOUGHT) <= 0)
    return {"specialisms_without_post_count": AtLeast(lacking) if lacking else None}


def improvement_measures(ledger: Ledger) -> dict[str, Any]:
    """At the term when the tightest of all days and of the specialisms needed is tightest; None has no answer."""
    tightest, in_all = ledger.tightest(), ledger.peak()
    term = tightest.term if tightest else ledger.terms[0]
    send = [ledger.needed(t, *_SEND) for t in ledger.terms]
    return {
        "term": term,
        "available_days": ledger.available(),
        "promised_days": ledger.promised(term),
        "kept_days": ledger.kept(),
        "needed_days": ledger.needed(term),
        "given_days": ledger.given(term),
        "used_share": in_all.share if in_all else None,
        "tightest_specialism": tightest.resource if tightest else None,
        "tightest_share": tightest.share if tightest else None,
        "days_left": ledger.left(term, *_names(tightest.resource)) if tightest else None,
        "specialisms_without_post_count": len(ledger.without_post),
        "send_needed_days": max(send, default=NOUGHT),
        "send_used_share": max((_send_used(ledger, t) for t in ledger.terms), default=NOUGHT),
        "kept_after_share": _kept_after(ledger),
    }


def _names(resource: str) -> tuple[str, ...]:
    return () if resource == ALL_DAYS else (resource,)


def _send_used(ledger: Ledger, term: Term) -> Decimal:
    """Days needed as a share of those uncommitted; where none is, 100% and the shortfall over the need."""
    needed = ledger.needed(term, *_SEND)
    uncommitted = ledger.free(*_SEND) - ledger.promised(term, *_SEND)
    if needed == 0:
        return NOUGHT
    return needed / uncommitted if uncommitted > 0 else 1 + (needed - uncommitted) / needed


def _kept_after(ledger: Ledger) -> Decimal | None:
    """In the busiest term, days still kept for partnerships once all promised and needed are met, over all days."""
    available, kept = ledger.available(), ledger.kept()
    left = min(available - ledger.in_use(term) for term in ledger.terms)
    return max(min(kept, left), NOUGHT) / available if available > 0 else None


def central_measures(ledger: Ledger, unfinished: tuple[str, ...]) -> dict[str, Any]:
    """The tightest function where every function is known; else what it cannot be below: silence is not room."""
    known = [f for f in ledger.needed_resources if f not in unfinished]
    peaks = [use for f in known if (use := ledger.peak(f)) is not None]
    tightest = max(peaks, key=lambda u: u.share) if peaks else None
    finance = next((use for use in peaks if use.resource == "finance"), None)
    found = {
        "finance_used_share": finance.share if finance else None,
        "functions_without_post_count": _functions_lacking(ledger, unfinished),
    }
    if unfinished:
        return found | {"central_tightest_share": AtLeast(tightest.share) if tightest else None}
    return found | {
        "central_tightest_function": tightest.resource if tightest else None,
        "central_tightest_share": tightest.share if tightest else None,
        "central_term": tightest.term if tightest else None,
    }


def _functions_lacking(ledger: Ledger, unfinished: tuple[str, ...]) -> int | AtLeast | None:
    """However many days a function needs, one that has days free has somebody in post."""
    lacking = sum(1 for f in ledger.without_post if f not in unfinished)
    unsure = [f for f in unfinished if ledger.available(f) <= 0]
    if not unsure:
        return lacking
    return AtLeast(lacking) if lacking else None
