"""A school's contracts: those that end soon for services the trust also gives, and those that cannot pass."""

from collections.abc import Sequence
from datetime import date

from clpt_growth.facts.sums import known
from clpt_growth.model.dates import months_after
from clpt_growth.model.fact import Record

# In Python and not among the definitions, because the facts that rest on it are named for 24 months.
_SOON_MONTHS = 24


def renewing(contracts: Sequence[Record], as_of: date) -> list[Record] | None:
    """Contracts for services the trust also gives that end within two years; None where an end is not known."""
    shared = [c for c in contracts if isinstance(c.get("same_service_from_trust"), str)]
    ends = known(shared, "ends_on")
    if ends is None or len(ends) < len(shared):
        return None
    soon = months_after(as_of, _SOON_MONTHS)
    return [c for c in shared if as_of <= c["ends_on"] <= soon]


def renewals_count(contracts: Sequence[Record], *, as_of: date) -> int | None:
    """How many of them; None where an end is not known."""
    found = renewing(contracts, as_of)
    return None if found is None else len(found)


def renewals_gbp(contracts: Sequence[Record], *, as_of: date) -> int | None:
    """What they cost together in pounds a year; None where an end or a cost is not known."""
    found = renewing(contracts, as_of)
    costs = None if found is None else known(found, "annual_gbp")
    return None if costs is None else sum(costs)


def cannot_pass_count(contracts: Sequence[Record]) -> int | None:
    """How many contracts cannot pass to the trust; None where it is not known of one."""
    assignable = known(contracts, "assignable")
    return None if assignable is None else sum(1 for yes in assignable if not yes)


def cannot_pass_gbp(contracts: Sequence[Record]) -> int | None:
    """What they cost together in pounds a year; None where one cost is not known."""
    if known(contracts, "assignable") is None:
        return None
    costs = known([c for c in contracts if c["assignable"] is False], "annual_gbp")
    return None if costs is None else sum(costs)
