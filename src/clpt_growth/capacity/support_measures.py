"""What the principles test of a support plan: how much of the need it covers and what the school adds."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from clpt_growth.capacity.reading import records_of, value_of
from clpt_growth.capacity.support import NEEDS_ITS_OWN, SupportPlan
from clpt_growth.model.fact import Fact

_NONE = Decimal(0)

# A name with a question mark may be missing.
NEEDED_FACTS = (
    "school.needs",
    "trust.offers",
    "school.help_already_paid_for?",
    "school.contribution?",
    "school.identity.category_of_need?",
    "trust.improvement_posts?",
    "trust.hubs?",
    "case.proposal.hub?",
    "case.proposal.proposed_opening_on?",
)


def measures(facts: Mapping[str, Fact], plan: SupportPlan | None, *, as_of: date) -> dict[str, Any]:
    """What the principles test, by the name of the fact in `case.support`; None where it has no answer."""
    counted = contribution_counted(facts)
    found: dict[str, Any] = {
        "contribution_days_second_year": counted,
        "capability_added": _capability_added(facts),
        "hub_placed": _hub_placed(facts, as_of),
    }
    if plan is not None:
        told = (
            records_of(facts, "trust.offers") is not None
            and all(n.known for n in plan.needs)
            and all(h.near is not None for n in plan.needs for h in n.helpers)
        )
        first = [n for n in plan.needs if n.need.get("priority") == 1]
        found |= {
            "needs_count": len(plan.needs),
            "needs_covered_share": Decimal(plan.covered) / len(plan.needs) if told and plan.needs else None,
            "first_needs_uncovered_count": sum(n.cover != "covered" for n in first) if told else None,
            "promised_cost_gbp": plan.year_one_cost_gbp if told else None,
            "hub_net_days": _hub_net(facts, plan, counted),
        }
    return found


def contribution_counted(facts: Mapping[str, Fact]) -> Decimal | None:
    """Days a term counted in the second year: none while the school is vulnerable or in a category."""
    offered, category = (
        records_of(facts, "school.contribution"),
        value_of(facts, "school.identity.category_of_need"),
    )
    if offered is None or category is None:
        return None
    if category in NEEDS_ITS_OWN:
        return _NONE
    days = [o.get("days_a_term") for o in offered]
    told = [d for d in days if isinstance(d, Decimal)]
    return sum(told, _NONE) if len(told) == len(days) else None


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
    if named is None:
        return False
    met = named.get("last_met_on")
    if named.get("lead_in_post") is None or not isinstance(met, date):
        return None
    return named["lead_in_post"] is True and 0 <= (as_of - met).days <= days


def _hub_net(facts: Mapping[str, Fact], plan: SupportPlan, counted: Decimal | None) -> Decimal | None:
    """Given less received in the school's hub in the second year, with the school's own part on both sides."""
    hubs, hub = records_of(facts, "trust.hubs"), value_of(facts, "case.proposal.hub")
    row = next((h for h in hubs or () if h.get("name") == hub), None)
    if row is None or counted is None or plan.second_year_share is None:
        return None
    given, received = row.get("days_given_a_term"), row.get("days_received_a_term")
    needs = [n.days for n in plan.needs]
    if given is None or received is None or any(d is None for d in needs):
        return None
    need = sum((d for d in needs if d is not None), _NONE) * plan.second_year_share
    net: Decimal = given + counted - received - need
    return net


def unfinished(facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """The lists that are written but leave out a figure the answer needs, and what no list names."""
    needs, hubs = records_of(facts, "school.needs"), records_of(facts, "trust.hubs")
    found = []
    if needs and any(n.get("days_a_term") is None or n.get("line") is None for n in needs):
        found.append("school.needs")
    if any(not isinstance(o.get("days_a_term"), Decimal) for o in records_of(facts, "school.contribution") or ()):
        found.append("school.contribution")
    named = next((h for h in hubs or () if h.get("name") == value_of(facts, "case.proposal.hub")), None)
    if named is None or named.get("days_given_a_term") is None or named.get("days_received_a_term") is None:
        found.append("trust.hubs")
    wanted = ("school.contribution", "school.identity.category_of_need", "case.proposal.hub", "trust.offers")
    return (*found, *(name for name in wanted if name not in facts))
