"""What is tried, put in the place of what the files say: a fact, a post, a later start."""

from clpt_growth.capacity.books import opening_term
from clpt_growth.capacity.reading import records_of, value_of
from clpt_growth.capacity.terms import first_day
from clpt_growth.model.fact import Fact, Facts, NotApplicable, Record
from clpt_growth.model.what_if import IMPROVEMENT, Post, WhatIf

OPENING = "case.proposal.proposed_opening_on"


def school_trying(facts: Facts, what_if: WhatIf, called: str) -> Facts:
    """A school's own facts with what is tried of it; a later start moves the opening, where one is in evidence."""
    found = {**facts, **what_if.of_school.get(called, {})}
    opening, terms = opening_term(found), what_if.delays.get(called, 0)
    if terms and opening is not None:
        found[OPENING] = Fact(OPENING, first_day(opening.later(terms)), "tried")
    return found


def trust_trying(facts: Facts, what_if: WhatIf) -> Facts:
    return with_posts({**facts, **what_if.facts}, what_if.posts)


def with_posts(trust: Facts, posts: tuple[Post, ...]) -> dict[str, Fact]:
    """The trust's facts with posts more; where the trust's own list is not in evidence, one post proves nothing."""
    found = dict(trust)
    for post in posts:
        name = "trust.improvement_posts" if post.team == IMPROVEMENT else "trust.central_team"
        rows = records_of(found, name)
        if rows is not None:
            row = _improvement_post(post) if post.team == IMPROVEMENT else _central_post(post, found)
            found[name] = found.get(name, Fact(name, ()))._replace(value=(*rows, row))
    return found


def _improvement_post(post: Post) -> Record:
    nobody_yet = NotApplicable("the post is only tried")
    return {
        "role": "a post tried", "specialism": post.resource, "fte": post.fte, "in_post": True,
        "led_in_sector_within_5_years": nobody_yet,
    }  # fmt: skip


def _central_post(post: Post, trust: Facts) -> Record:
    """All of a new post's working days are taken to be free."""
    days = value_of(trust, "trust.improvement_team.working_days_a_term")
    row: dict[str, object] = {
        "role": "a post tried", "functions": (post.resource,), "fte": post.fte, "in_post": True,
        "sectors": (), "sector_experience": (),
    }  # fmt: skip
    return row if days is None else row | {"uncommitted_days_a_term": days * post.fte}
