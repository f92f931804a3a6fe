"""A pipeline as a table for a spreadsheet, a row for each school in the board's order."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from clpt_growth.model.fact import Term
from clpt_growth.model.finding import Assessment
from clpt_growth.papers.csv_text import csv_text
from clpt_growth.papers.json_text import value_of
from clpt_growth.papers.wording import yes_no
from clpt_growth.pipeline.answer import Answer
from clpt_growth.pipeline.in_order import Place

HEADS = (
    "position", "tried", "school", "name", "urn", "phase", "route", "opening", "counted", "instead_of", "readable",
    "proposed", "decided_by", "settled", "best_case", "worst_case", "tightest_share", "tightest_specialism",
    "tightest_term", "days_left", "schools_after", "pupils_after", "income_after_gbp", "reserves_lowest_gbp",
    "reserves_lowest_share", "reserves_lowest_year", "sponsored_share_after", "tips",
)  # fmt: skip
_FACTS = (
    "case.capacity.tightest_share", "case.capacity.tightest_specialism", "case.capacity.term",
    "case.capacity.days_left", "case.after.schools_count", "case.after.pupils_count", "case.after.income_gbp",
    "case.after.reserves_gbp", "case.after.reserves_share", "case.after.reserves_lowest_year",
    "case.after.sponsored_share",
)  # fmt: skip


def pipeline_csv(answer: Answer, tried: Answer | None = None) -> str:
    """The schools as the files say; with something tried, the same rows again, marked so."""
    both = [(False, answer)] if tried is None else [(False, answer), (True, tried)]
    rows = (row for is_tried, one in both for row in _rows(one, is_tried=is_tried))
    return csv_text(HEADS, rows)


def _rows(answer: Answer, *, is_tried: bool) -> Iterable[Sequence[Any]]:
    for position, (place, assessment) in enumerate(zip(answer.places, answer.assessments, strict=True), 1):
        tips = [f"{t.limit.principle or t.limit.resource or 'board'}" for t in answer.tips if t.school == place.name]
        yield school_row(position, place, assessment, tips=dict.fromkeys(tips), is_tried=is_tried)


def school_row(
    position: int, place: Place, assessment: Assessment | None, *, tips: Iterable[str] = (), is_tried: bool = False
) -> Sequence[Any]:
    """One school's cells under the heads; blank is not known, never nought."""
    text = place.case.text if place.readable else lambda _: ""
    who = (text(f"school.identity.{part}") for part in ("name", "urn", "phase"))
    head = (
        position, is_tried, place.name, *who, text("case.proposal.route"), place.opening, place.joins,
        "; ".join(place.instead_of), place.readable,
    )  # fmt: skip
    if assessment is None:
        return tuple(map(_shown, (*head, *[None] * (len(HEADS) - len(head)))))
    settled = assessment.settled
    decided = assessment.triggered_by if assessment.row is not assessment.library.rules.otherwise else ()
    cells = (
        *head, assessment.row.propose.value, " ".join(f.id for f in decided), settled.settled,
        settled.best.propose.value, settled.worst.propose.value, *(_value(assessment, n) for n in _FACTS),
        "; ".join(tips),
    )  # fmt: skip
    return tuple(map(_shown, cells))


def _shown(cell: Any) -> Any:
    if isinstance(cell, bool):
        return yes_no(cell)
    if isinstance(cell, Decimal):
        return value_of(cell)
    return str(cell) if isinstance(cell, Term) else cell


def _value(assessment: Assessment, name: str) -> Any:
    fact = assessment.facts.get(name)
    return fact.value if fact is not None and fact.applies else None
