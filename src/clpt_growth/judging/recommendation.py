"""What the findings lead to: the first row of the table that any of them triggers.

Each finding alone leads to one row. Rows stand worst first, so the recommendation is the worst of what
the findings lead to, and no score can outvote a gate.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from clpt_growth.model.finding import Finding
from clpt_growth.model.outcome import OUTCOME_OF, Open, Outcome, each_way
from clpt_growth.model.principle import Principle
from clpt_growth.model.rules import Row, Rules


class Proposal(NamedTuple):
    """The row that decides, where it stands in the table, and the findings that trigger it."""

    row: Row
    rank: int
    triggered_by: tuple[Finding, ...]


def proposal(findings: Iterable[Finding], coverage: Decimal, rules: Rules) -> Proposal:
    """The first row of the table that a finding, or too little in evidence, leads to, and the findings that do."""
    found = tuple(findings)
    ranks = [rank_of(f, rules) for f in found]
    rank = min([*ranks, _coverage_rank(coverage, rules)], default=len(rules.table))
    return Proposal(row_at(rank, rules), rank, tuple(f for f, r in zip(found, ranks, strict=True) if r == rank))


def row_at(rank: int, rules: Rules) -> Row:
    """The row at a place in the table, the worst first; past its end, what is proposed otherwise."""
    return rules.table[rank] if rank < len(rules.table) else rules.otherwise


def rank_of(finding: Finding, rules: Rules) -> int:
    """The row a finding leads to; a need leads to none."""
    return len(rules.table) if finding.as_need else rank_if(finding.principle, finding.outcome, rules)


def rank_if(principle: Principle, outcome: Outcome, rules: Rules) -> int:
    """The row a principle would lead to, were this its outcome."""
    return rules.ranks.get((principle.effect, outcome, principle.not_met_leads_to), len(rules.table))


def ranks_open(finding: Finding, ways: Open, route: str | None, rules: Rules) -> tuple[int, ...]:
    """The rows each way still open would lead to; where shortfalls are need, none of them leads anywhere."""
    if route in finding.principle.need_for_routes:
        return (len(rules.table),)
    return tuple(rank_if(finding.principle, OUTCOME_OF[way], rules) for way in each_way(ways))


def _coverage_rank(coverage: Decimal, rules: Rules) -> int:
    for rank, row in enumerate(rules.table):
        if row.coverage_below is not None and coverage < row.coverage_below:
            return rank
    return len(rules.table)
