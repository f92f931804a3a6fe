"""Invented schools and a trust with just enough facts for their days to be worked out."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from clpt_growth.capacity.terms import first_day
from clpt_growth.model.fact import Fact, Term
from clpt_growth.model.pipeline import Joiner, Pipeline
from clpt_growth.model.rules import Library
from clpt_growth.pipeline.in_order import Entry, Place, Question, horizon_of, places
from make import AS_OF, facts

AUTUMN_27 = Term(2027, 0)
_TERMS = [AUTUMN_27.later(n) for n in range(-3, 15)]


def school(name: str, category: str = "strong partner", phase: str = "primary", **more: Any) -> dict[str, Fact]:
    """A school that joins in autumn 2027, with every fact its days rest on; a value of None takes one away."""
    said = {
        "school.identity.name": name,
        "school.identity.phase": phase,
        "school.identity.category_of_need": category,
        "school.identity.sites_count": 1,
        "school.identity.local_authority": "Tarn Valley",
        "school.identity.region": "North West",
        "school.roll.pupils_count": 300,
        "school.leadership.interim_head": False,
        "school.leadership.head_tenure_months": 40,
        # A need that names no days of its own: they fall as the demand model has them for the phase.
        "school.needs": ({"need": "every lesson", "specialism": "secondary", "days_a_term": Decimal(0)},),
        "school.help_already_paid_for": (),
        "school.contribution": (),
        "school.finance.total_income_gbp": 1_500_000,
        "school.finance.revenue_reserve_gbp": 90_000,
        "school.finance.staff_cost_gbp": 1_100_000,
        "case.proposal.route": "voluntary converter",
        "case.proposal.hub": "First hub",
        "case.proposal.proposed_opening_on": date(2027, 9, 1),
    }
    changed = {**said, **{key.replace("__", "."): value for key, value in more.items()}}
    return facts({key: value for key, value in changed.items() if value is not None})


def trust(
    posts: Mapping[str, str] | None = None, promised: Mapping[str, str] | None = None, kept: str = "0", **more: Any
) -> dict[str, Fact]:
    """A trust of two academies whose promises are the same in every term."""
    posts, promised = posts or {"primary": "2"}, promised or {"primary": "40"}
    said = {
        "trust.identity.name": "Example Learning Trust",
        "trust.improvement_posts": tuple(
            {"role": f"{s} partner", "specialism": s, "fte": Decimal(fte), "in_post": True} for s, fte in posts.items()
        ),
        "trust.improvement_team.working_days_a_term": Decimal(65),
        "trust.improvement_team.share_spent_in_schools": Decimal("0.70"),
        "trust.improvement_promised": tuple(
            {"term": t} | {s.replace(" ", "_"): Decimal(promised.get(s, "0")) for s in posts} for t in _TERMS
        ),
        "trust.improvement_kept": ({"specialism": next(iter(posts)), "days_a_term": Decimal(kept)},),
        "trust.academies": (academy("First Primary School"), academy("Second Primary School", sponsored=True)),
        "trust.hubs": ({"name": "First hub", "kind": "regional", "lead_in_post": True, "schools_count": 2},),
        "trust.finance.total_income_gbp": 4_000_000,
        "trust.finance.staff_cost_gbp": 3_000_000,
    }
    changed = {**said, **{key.replace("__", "."): value for key, value in more.items()}}
    return facts({key: value for key, value in changed.items() if value is not None})


def academy(name: str, **more: Any) -> dict[str, Any]:
    said = {
        "name": name, "phase": "primary", "sponsored": False, "pupils_count": 200, "joined_on": date(2019, 9, 1),
        "local_authority": "Tarn Valley", "head_has_mentor": True, "challenge_visits_count": 3,
        "needs_intensive_support": False, "can_give_intensive_support": True,
    }  # fmt: skip
    return said | more


def question(
    library: Library,
    schools: Mapping[str, dict[str, Fact] | None],
    beside: dict[str, Fact] | None = None,
    *,
    exclusive: tuple[tuple[str, str], ...] = (),
    joining: Mapping[str, Term] | None = None,
    left_out: tuple[str, ...] = (),
) -> Question:
    """The schools in the order given; None is a file that could not be read."""
    joiners = [Joiner(n, f"{n}.yaml", (joining or {}).get(n), n not in left_out) for n in schools]
    entries = tuple(Entry(j, schools[j.name]) for j in joiners)
    return Question(Pipeline(tuple(joiners), exclusive), entries, beside or trust(), (), AS_OF, library)


def in_order(asked: Question) -> dict[str, Place]:
    return {place.name: place for place in places(asked, horizon_of(asked))}


def opening(term: Term) -> date:
    return first_day(term)
