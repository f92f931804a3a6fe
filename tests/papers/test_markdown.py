"""What a school writes can never become anything but words."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from clpt_growth.papers.markdown import Md, escaped, harmless, joined, md
from clpt_growth.papers.render import table_lines
from clpt_growth.papers.view import table

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PLAIN = {"inline", "text", "text_special", "paragraph_open", "paragraph_close"}
NASTY = (
    "|",
    "||",
    "`",
    "```",
    "~~~",
    "~~x~~",
    "<script>alert(1)</script>",
    "<!-- x",
    "<b>",
    "](javascript:alert(1))",
    "[x](http://x.example)",
    "![x](y)",
    "[^1]",
    "[^1]: note",
    "[x]: http://x.example",
    "# heading",
    "## heading",
    "#",
    "---",
    "===",
    "- - -",
    "***",
    "* item",
    "- item",
    "+ item",
    "1. item",
    "2) item",
    "> quote",
    "**bold**",
    "_em_",
    "__em__",
    "*em*",
    "\\",
    "\\|",
    "\\\\|",
    "&lt;script&gt;",
    "&#60;",
    "&amp;",
    "https://x.example",
    "www.x.example",
    "ftp://x.example",
    "<https://x.example>",
    "\x1b[31mred",
    "\x1b]8;;http://x\x07",
    "\x00",
    "\x07",
    "\u202eabc",
    "\u2028# x",
    "\x85# x",
    "\r\n# x",
    "\n\n# x",
    "    code",
    "\tcode",
    "$x$",
    "$`x`$",
    ":---",
    ":-:",
    "| --- |",
    "a\n---",
    "a\n===",
    "-84",
    "\u200b# x",
    "\ufeff# x",
    "{{ x }}",
    "{% x %}",
    "é_x_é",
    "=cmd()",
)
MARKS = "|`<>[]()*_#~-+=\\&;:!$^ \t\n\r1.)\"'\x1b\x00\u00a0"
NASTY_TEXT = st.lists(
    st.one_of(st.sampled_from(NASTY), st.sampled_from(list(MARKS)), st.text(max_size=3)),
    max_size=12,
).map("".join)


def tokens(text: str) -> Iterator[Token]:
    for token in READER.parse(text):
        yield token
        yield from token.children or ()


def kinds(text: str) -> set[str]:
    return {token.type for token in tokens(text)}


def shown(text: str) -> str:
    """What a reader sees once the Markdown is rendered."""
    return "".join(token.content for token in tokens(text) if token.type in ("text", "text_special"))


def as_read(text: str) -> str:
    """The words of a text: its spaces made one, what cannot be seen made a question mark."""
    return harmless(re.sub(r"[^\S\u00a0]+", " ", text)).strip(" ")


@pytest.mark.parametrize("text", NASTY)
def test_a_nasty_text_is_words_at_the_start_of_a_line(text: str) -> None:
    assert kinds(escaped(text)) <= PLAIN
    assert shown(escaped(text)) == as_read(text)


@given(NASTY_TEXT)
def test_any_text_is_words_at_the_start_of_a_line(text: str) -> None:
    assert kinds(escaped(text)) <= PLAIN
    assert shown(escaped(text)).strip() == as_read(text).strip()


@given(NASTY_TEXT)
def test_any_text_below_a_paragraph_stays_in_it(text: str) -> None:
    assert kinds(f"Before.\n{escaped(text)}") <= PLAIN | {"softbreak"}


@given(NASTY_TEXT)
def test_any_text_between_our_own_words_leaves_them_as_they_are(text: str) -> None:
    opened = [token.type for token in tokens(md("**{}** {}.", "Ours", text))]
    assert opened.count("strong_open") == 1
    assert set(opened) <= PLAIN | {"strong_open", "strong_close"}


@given(st.lists(NASTY_TEXT, min_size=2, max_size=2))
def test_any_text_stays_in_its_cell(cells: list[str]) -> None:
    lines = str(table_lines(table(("One", "Two"), [cells, ("x", "y")])))
    found = list(tokens(lines))
    inside = [token.content for token in READER.parse(lines) if token.type == "inline"]
    assert len(inside) == 6
    assert [t.type for t in found].count("tr_open") == 3
    assert {t.type for t in found} <= PLAIN | {
        f"{name}_{side}" for name in ("table", "thead", "tbody", "tr", "th", "td") for side in ("open", "close")
    }
    assert [shown(i).strip() for i in inside[2:4]] == [as_read(cell).strip() for cell in cells]


@given(NASTY_TEXT)
def test_any_text_is_one_line_that_a_terminal_can_print(text: str) -> None:
    assert "\n" not in escaped(text)
    assert escaped(text).replace("\u00a0", "").isprintable()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("## A school", "\\## A school"),
        ("---", "\\---"),
        ("===", "\\==="),
        ("~~gone~~", "\\~\\~gone\\~\\~"),
        ("1. first", "1\\. first"),
        ("a | b", "a \\| b"),
        ("https://x.example", "https\\:\\//x.example"),
        ("\x1b[31mred", "?\\[31mred"),
    ],
)
def test_only_what_could_do_harm_is_marked(text: str, written: str) -> None:
    assert escaped(text) == written


@pytest.mark.parametrize(
    "text",
    [
        "-84,000",
        "-£84,000",
        "+3.7 points",
        "2026-27",
        "11 to 16",
        "snake_case",
        "#1 choice",
        "St Oswin's (RC)",
        "5 %",
        "1.5",
    ],
)
def test_ordinary_words_and_figures_are_left_alone(text: str) -> None:
    assert escaped(text) == text


def test_a_space_that_must_not_break_stays_one() -> None:
    assert escaped("18\u00a0Nov\u00a02026") == "18\u00a0Nov\u00a02026"


def test_words_already_safe_are_not_escaped_twice() -> None:
    once = escaped("a*b")
    assert escaped(once) is once
    assert md("{}", once) == "a\\*b"


def test_parts_are_joined_without_the_empty_ones() -> None:
    assert joined(["a|b", "", Md("**c**")], ", ") == "a\\|b, **c**"
