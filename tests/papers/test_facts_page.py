import re
from pathlib import Path

from clpt_growth.model.dictionary import Block, Dictionary, FactKind
from clpt_growth.papers.facts_page import facts_page

PAGE = Path(__file__).parents[2] / "docs" / "facts.md"


def test_the_page_is_current(shipped_dictionary: Dictionary) -> None:
    assert PAGE.read_text(encoding="utf-8") == facts_page(shipped_dictionary), "write it again from the dictionary"


def test_every_fact_has_a_line(shipped_dictionary: Dictionary) -> None:
    page = facts_page(shipped_dictionary)
    for name in shipped_dictionary.kinds:
        assert f"| `{name.rpartition('.')[2]}` |" in page


def test_every_row_has_as_many_cells_as_its_table(shipped_dictionary: Dictionary) -> None:
    rows = [line for line in facts_page(shipped_dictionary).splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {4, 7}


def test_a_trusts_own_words_cannot_break_the_table() -> None:
    fact = FactKind(name="school.own.x", kind="text", label="x", meaning="a | b <script> `c`", area="own")
    page = facts_page(Dictionary(version="1", blocks=(Block(id="own", subject="school", title="Own", facts=(fact,)),)))
    assert "X. a \\| b \\<script\\> \\`c\\`" in page
