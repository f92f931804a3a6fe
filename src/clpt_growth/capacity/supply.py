"""What the trust has: days of posts in post, less what is kept back, and what is promised term by term."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from clpt_growth.capacity.reading import defined, records_of, value_of
from clpt_growth.facts.trust_lists import days_in_post
from clpt_growth.model.fact import Fact, NotApplicable, Record, Term
from clpt_growth.model.ledger import ByTerm, Days, Supply
from clpt_growth.model.nought import NOUGHT


def improvement_supply(facts: Mapping[str, Fact], terms: Sequence[Term]) -> Supply | None:
    """Improvement days by specialism; None while any part is missing: half a ledger proves nothing."""
    posts = value_of(facts, "trust.improvement_posts")
    working_days = value_of(facts, "trust.improvement_team.working_days_a_term")
    usable = value_of(facts, "trust.improvement_team.share_spent_in_schools")
    kept = records_of(facts, "trust.improvement_kept")
    if any(v is None for v in (posts, working_days, usable, kept)):
        return None
    available = available_days(posts, working_days, usable)
    promised = None if available is None else promised_days(facts, terms, available)
    if available is None or promised is None:
        return None
    kept_days = {r["specialism"]: r["days_a_term"] for r in kept or () if isinstance(r.get("days_a_term"), Decimal)}
    return Supply(available, kept_days, promised)


def available_days(posts: Sequence[Record], working_days: Decimal, usable: Decimal) -> Days | None:
    """Days a term of the posts somebody is in, by specialism; None while one of them does not say."""
    days: dict[str, Decimal] = {}
    for post in posts:
        own, specialism = days_in_post(post, working_days, usable), post.get("specialism")
        if own is None or specialism is None:
            return None
        if post["in_post"]:
            days[specialism] = days.get(specialism, NOUGHT) + own
    return days


def promised_days(facts: Mapping[str, Fact], terms: Sequence[Term], available: Days) -> ByTerm | None:
    """Days promised in each term; None where a term or a specialism somebody is in post for is left out.

    After the last term the deployment plan says it covers, the most promised in any of its last terms goes on; None
    where it is not defined how many those are.
    """
    rows = records_of(facts, "trust.improvement_promised")
    if rows is None:
        return None
    if not rows:
        return {}
    written = {row["term"]: _days_in(row) for row in rows}
    last = value_of(facts, "trust.improvement_team.plan_covers_until") or max(*terms, *written)
    looked_at = [term for term in terms if term <= last]
    carried: list[Term] = []
    if looked_at != list(terms):
        back = defined(facts, "promises_carried_over_terms")
        if back is None:
            return None
        carried = [last.later(-n) for n in range(back)]
    if any(term not in written or available.keys() - written[term].keys() for term in (*looked_at, *carried)):
        return None
    later = {s: max(written[t].get(s) or NOUGHT for t in carried) for s in {s for t in carried for s in written[t]}}
    chosen = ((term, written[term] if term <= last else later) for term in terms)
    return {term: {s: d for s, d in days.items() if d is not None} for term, days in chosen}


def _days_in(row: Record) -> Mapping[str, Decimal | None]:
    """Days by specialism; None where the row says that the question does not arise."""
    return {
        _specialism(name): days if isinstance(days, Decimal) else None
        for name, days in row.items()
        if isinstance(days, Decimal | NotApplicable)
    }


def _specialism(name: str) -> str:
    return name.replace("_", "-" if name == "post_16" else " ")


def central_supply(facts: Mapping[str, Fact]) -> Mapping[str, Decimal | None] | None:
    """Days a term not yet promised, by function of the central team; None for a function with a post that does not say.

    A post's days fall evenly on the functions it covers.
    """
    posts = records_of(facts, "trust.central_team")
    if posts is None:
        return None
    days: dict[str, Decimal | None] = {}
    for post in posts:
        functions, in_post, free = post.get("functions"), post.get("in_post"), post.get("uncommitted_days_a_term")
        if in_post is None or (in_post and functions is None):
            return None
        if not in_post or isinstance(functions, NotApplicable) or not functions:
            continue
        for function in functions:
            before = days.get(function, NOUGHT)
            free = NOUGHT if isinstance(free, NotApplicable) else free
            days[function] = None if free is None or before is None else before + free / len(functions)
    return days
