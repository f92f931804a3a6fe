"""What the principles test of a support plan: how much of the need it covers and what the school adds."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from clpt_growth.capacity.books import opening_term
from clpt_growth.capacity.demand import given_days, needed_in_second_year
from clpt_growth.capacity.reading import defined, records_of, value_of
from clpt_growth.capacity.support import NeedCover, SupportPlan
from clpt_growth.capacity.terms import TERMS_A_YEAR
from clpt_growth.facts.trust_lists import hub_works
from clpt_growth.model.fact import AtLeast, AtMost, Fact
from clpt_growth.model.nought import NOUGHT

_NEEDS, _OFFERS, _HELP = "school.needs", "trust.offers", "school.help_already_paid_for"
_GIVES, _CATEGORY = "school.contribution", "school.identity.category_of_need"
_HUBS, _HUB = "trust.hubs", "case.proposal.hub"
_TRAVEL = (
    "trust.policy.travel_limit_minutes",
    "school.location.minutes_to_nearest_hub",
    "school.location.minutes_to_trust",
)
_GIVEN = (
    _GIVES,
    _CATEGORY,
    "case.proposal.proposed_opening_on",
    "school.identity.phase",
    "school.workforce.teachers_fte?",
)
_LATER = (
    "school.identity.phase",
    "school.identity.sites_count",
    "school.roll.pupils_count",
    "school.leadership.interim_head",
    "school.leadership.head_tenure_months",
)
# How far the days fall in the second year; asked only where help that others pay for ends, and the need goes on.
_TAPER = (_CATEGORY, *_LATER)
_COVER = (
    _NEEDS,
    _OFFERS,
    _HELP,
    *(f"{name}?" for name in (*_TRAVEL, _HUB, "case.proposal.proposed_opening_on", *_TAPER)),
)

# What each measure rests on; a name with a question mark may be missing.
NEEDED_FACTS: Mapping[str, tuple[str, ...]] = {
    "needs_count": (_NEEDS,),
    "needs_covered_share": _COVER,
    "first_needs_uncovered_count": _COVER,
    "promised_cost_gbp": _COVER,
    "hub_placed": (_HUB, _HUBS),
    "contribution_days_second_year": _GIVEN,
    "capability_added": (_GIVES, "trust.improvement_posts"),
    "hub_net_days": (_NEEDS, _HELP, _HUBS, _HUB, *_GIVEN, *_LATER),
}


def measures(facts: Mapping[str, Fact], plan: SupportPlan | None, *, as_of: date) -> dict[str, Any]:
    """What the principles test, by the name of the fact in `case.support`; None where it has no answer."""
    counted = contribution_counted(facts)
    found: dict[str, Any] = {
        "contribution_days_second_year": counted,
        "capability_added": _capability_added(facts),
        "hub_placed": _hub_placed(facts, as_of),
        "hub_net_days": _hub_net(facts, counted),
    }
    if plan is not None:
        told = records_of(facts, "trust.offers") is not None and all(n.known for n in plan.needs)
        first = [n for n in plan.needs if n.need.get("priority") == 1]
        found |= {
            "needs_count": len(plan.needs),
            "needs_covered_share": _covered_share(plan, told=told),
            "first_needs_uncovered_count": _uncovered(first, told=told),
            "promised_cost_gbp": plan.year_one_cost_gbp if told else None,
        }
    return found


def _covered_share(plan: SupportPlan, *, told: bool) -> Decimal | AtMost | None:
    """At most what would be covered if every need that is not decided were."""
    if not plan.needs:
        return None
    if told:
        return Decimal(plan.covered) / len(plan.needs)
    surely = sum(1 for n in plan.needs if n.cover != "covered" and n.known)
    return AtMost(1 - Decimal(surely) / len(plan.needs)) if surely else None


def _uncovered(needs: Sequence[NeedCover], *, told: bool) -> int | AtLeast | None:
    if told:
        return sum(n.cover != "covered" for n in needs)
    surely = sum(n.cover != "covered" and n.known for n in needs)
    return AtLeast(surely) if surely else None


def contribution_counted(facts: Mapping[str, Fact]) -> Decimal | None:
    """Days a term counted in the second year, as a mean of its three terms; none while the school keeps its people."""
    opening = opening_term(facts)
    given = None if opening is None else given_days(facts, opening, [opening.later(n) for n in (3, 4, 5)])
    if given is None:
        return None
    return sum((sum(days.values(), NOUGHT) for days in given.values()), NOUGHT) / TERMS_A_YEAR


def _capability_added(facts: Mapping[str, Fact]) -> bool | None:
    offered, posts = records_of(facts, "school.contribution"), records_of(facts, "trust.improvement_posts")
    if offered is None or posts is None or any(p.get("in_post") is None for p in posts):
        return None
    held = {p.get("specialism") for p in posts if p["in_post"] is True}
    return any(o.get("specialism") not in (None, *held) for o in offered)


def _hub_placed(facts: Mapping[str, Fact], as_of: date) -> bool | None:
    hub, hubs, days = (
        value_of(facts, "case.proposal.hub"),
        records_of(facts, "trust.hubs"),
        value_of(facts, "definition.hub_met_within_days"),
    )
    if hub is None or hubs is None or days is None:
        return None
    named = next((h for h in hubs if h.get("name") == hub), None)
    return False if named is None else hub_works(named, days, as_of)


def _hub_net(facts: Mapping[str, Fact], counted: Decimal | None) -> Decimal | None:
    """Given less received in the school's hub in the second year, with the school's own part on both sides."""
    hubs, hub, opening = records_of(facts, _HUBS), value_of(facts, _HUB), opening_term(facts)
    row = next((h for h in hubs or () if h.get("name") == hub), None)
    need = None if opening is None else needed_in_second_year(facts, opening)
    if row is None or counted is None or need is None:
        return None
    given, received = row.get("days_given_a_term"), row.get("days_received_a_term")
    if not isinstance(given, Decimal) or not isinstance(received, Decimal):
        return None
    net: Decimal = given + counted - received - need
    return net


def unfinished(measure: str, facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """Where all a measure must have is written: the lists with a figure left blank, and what else may be missing."""
    rests_on = NEEDED_FACTS.get(measure, ())
    taper = _TAPER if rests_on is _COVER and not records_of(facts, _HELP) else ()
    names = [name.rstrip("?") for name in rests_on]
    return tuple(name for name in names if name not in taper and (name not in facts or _left_blank(name, facts)))


# What says which subject: asked on the lines of the offer that go by subject, and of all help that others pay for.
_SUBJECT = {_NEEDS: "subject", _OFFERS: "subjects", _HELP: "subjects"}
_ANSWERS = ("in_place", "evidenced_on", "phases", "specialism", "days_a_term", "committed_days_a_term")


def _left_blank(name: str, facts: Mapping[str, Fact]) -> bool:
    if _subject_left_blank(name, facts):
        return True
    records = records_of(facts, name) if name in (_NEEDS, _GIVES, _OFFERS, _HUBS) else ()
    if name == _HUBS:
        named = next((h for h in records or () if h.get("name") == value_of(facts, _HUB)), {})
        return any(named.get(field) is None for field in ("days_given_a_term", "days_received_a_term"))
    if name == _OFFERS:
        # A planned post has nothing more to say.
        records = tuple(offer for offer in records or () if offer.get("in_place") is not False)
    asked = {_NEEDS: ("days_a_term", "line"), _GIVES: ("days_a_term", "from_term"), _OFFERS: _ANSWERS}.get(name, ())
    return any(record.get(field) is None for record in records or () for field in asked)


def _subject_left_blank(name: str, facts: Mapping[str, Fact]) -> bool:
    lines: Sequence[str] = defined(facts, "offer_lines_by_subject") or ()
    asked = [
        record
        for record in (records_of(facts, name) or () if name in _SUBJECT and lines else ())
        if record.get("in_place") is not False and (name == _HELP or record.get("line") in lines)
    ]
    return any(record.get(_SUBJECT[name]) is None for record in asked)
