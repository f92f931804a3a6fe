"""Criteria from their YAML: the fact's kind reads the line, and every mistake is told at its own."""

from decimal import Decimal
from typing import Any

import pytest

from clpt_growth.files.criteria import CriterionReader
from clpt_growth.files.yaml_text import node_from
from clpt_growth.model.criterion import Age, AllOf, Between, Compare, Covers, DatedWithin, InOrder, Recorded, Span
from make import dictionary, kind

SHARE, WHEN, WORDS = "school.roll.full_share", "school.roll.counted_on", "school.roll.terms"
KINDS = dictionary(kind(SHARE, "share"), kind(WHEN, "date"), kind(WORDS, "choices"))


def read(text: str) -> tuple[Any, list[str]]:
    problems: list[Any] = []
    found = CriterionReader(KINDS, {"handbook": object()}, "p.yaml", problems).criterion(
        node_from(text, "p.yaml"), "criterion"
    )
    return found, [str(problem) for problem in problems]


LINE = "basis: judgement"


def test_a_line_is_read_in_the_kind_of_the_fact() -> None:
    found, problems = read(
        f"kind: compare\nfact: {SHARE}\nmust_be: at least\nthresholds:\n"
        "  - {met: 90%, partly: 0.75, since: 2026-09-01, phases: [primary], basis: published, reference: handbook}\n"
    )

    assert problems == []
    assert isinstance(found, Compare)
    line = found.thresholds[0]
    assert (line.met, line.partly, str(line.since), line.phases) == (
        Decimal("0.9"),
        Decimal("0.75"),
        "2026-09-01",
        ("primary",),
    )


def test_every_kind_has_lines_of_its_own() -> None:
    within, _ = read(f"kind: dated within\nfact: {WHEN}\nthresholds: [{{met: 12 months, partly: 1 day, {LINE}}}]\n")
    between, _ = read(f"kind: between\nfact: {SHARE}\nthresholds: [{{met: {{from: 80%, below: 95%}}, {LINE}}}]\n")
    covers, _ = read(f"kind: covers\nhave: {WORDS}\nneeds: [red]\nthresholds: [{{met: 100%, {LINE}}}]\n")
    order, _ = read(f"kind: in order\nfacts: [{WHEN}, {WHEN}]\n{LINE}\n")
    both, _ = read(f"kind: all of\nparts:\n  - {{kind: recorded, facts: [{WHEN}], {LINE}}}\n")

    assert isinstance(within, DatedWithin)
    assert (within.thresholds[0].met, within.thresholds[0].partly) == (Age(12, "months"), Age(1, "days"))
    assert isinstance(between, Between) and between.thresholds[0].met == Span(Decimal("0.8"), Decimal("0.95"))
    assert isinstance(covers, Covers) and covers.thresholds[0].met == 1
    assert isinstance(order, InOrder) and order.facts == (WHEN, WHEN)
    assert isinstance(both, AllOf) and isinstance(both.parts[0], Recorded)


START = f"kind: compare\nfact: {SHARE}\nmust_be: at least\nthresholds:\n  - "


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("kind: regex\n", 'p.yaml:1: criterion.kind: "regex" is not a kind of criterion; write one of: compare, between, '
         "dated within, in order, covers, recorded, all of, any of, offer, conflict, principles, judgement"),
        (START.replace("full_share", "ful_share") + f"{{met: 1, {LINE}}}\n",
         "p.yaml:1: criterion: there is no fact school.roll.ful_share; did you mean school.roll.full_share?"),
        (START + f"{{met: 90, {LINE}}}\n",
         "p.yaml:5: criterion.thresholds[0].met: 90 is more than the whole; write 90% (or 0.9)"),
        (START + "{met: 90%, basis: published}\n",
         "p.yaml:5: criterion.thresholds[0].reference: is missing; a published line names its source"),
        (START + "{met: 90%, basis: published, reference: handbok}\n",
         'p.yaml:5: criterion.thresholds[0].reference: there is no source "handbok"; did you mean handbook?'),
        (START + "{met: 90%}\n", "p.yaml:5: criterion.thresholds[0].basis: is missing; add it"),
        (START + f"{{met: 90%, figure_of: 2023, {LINE}}}\n",
         'p.yaml:5: criterion.thresholds[0].figure_of: "2023" is not a year; write both halves: 2026-27'),
        (START.replace("must_be", "year: school.roll.yeer\nmust_be") + f"{{met: 90%, {LINE}}}\n",
         "p.yaml:1: criterion: there is no fact school.roll.yeer; did you mean school.roll.terms?"),
        (START.replace("at least", "atleast") + f"{{met: 90%, {LINE}}}\n",
         'p.yaml:3: criterion.must_be: "atleast" is not one of the answers; write one of: at least, at most, more than, '
         "less than, equal to, other than, one of, none of"),
        (f"kind: dated within\nfact: {WHEN}\nthresholds:\n  - {{met: a year, {LINE}}}\n",
         'p.yaml:4: criterion.thresholds[0].met: "a year" is not an age; write it like 12 months or 60 days'),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_line(text: str, message: str) -> None:
    found, problems = read(text)

    assert (message in problems, found) == (True, None), problems
