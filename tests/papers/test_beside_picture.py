"""The chart of a place among others: a mark where there is one, and words where there is none."""

import pytest

from clpt_growth.opendata.comparing import comparisons
from clpt_growth.papers.charts import Mark, marks_by_row
from clpt_growth.papers.svg import DARK, Picture
from papers.test_charts import boxes, overlaps, said

EMPTY = Picture("x", "Place among 30 schools like it, itself counted", "X.", 0, ())
FILLS = ((DARK, "This school"),)


def test_a_mark_stands_at_its_share_of_the_way() -> None:
    drawn = marks_by_row(
        EMPTY, rows=[("a", Mark(0, "0%")), ("b", Mark(0.5, "50%")), ("c", Mark(1, "100%"))], fills=FILLS
    )
    first, middle, last = (box["x"] for box in boxes(drawn, "#1f3a5f"))
    assert middle - first == pytest.approx(last - middle, abs=0.2)
    assert first < middle


def test_where_there_is_no_place_there_are_words_and_no_mark() -> None:
    drawn = marks_by_row(EMPTY, rows=[("Reserve", Mark(None, "n 9", "suppressed for this school"))], fills=FILLS)
    assert boxes(drawn, "#1f3a5f") == []
    assert {"Reserve", "n 9", "suppressed for this school"} <= set(said(drawn))
    assert overlaps(drawn) == []


def test_the_title_of_every_measure_stands_whole_and_over_nothing() -> None:
    rows = [(m.title, Mark(n % 2, "100%, n 1000")) for n, m in enumerate(comparisons().measures)]
    drawn = marks_by_row(EMPTY, rows=rows, fills=FILLS, notes=["A note."])
    assert overlaps(drawn) == []
    assert {title for title, _ in rows} <= set(said(drawn))
