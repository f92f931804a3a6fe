"""A paper in other formats: the same words, and nothing in a file becomes markup of any of them."""

import sys
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest

from clpt_growth.files.problems import InputError
from clpt_growth.papers.blocks import Grid, Heading, Image, Items, Paragraph, Rule, Run, blocks
from clpt_growth.papers.formats import Paper, format_of, need_format, paper_in
from clpt_growth.papers.markdown import md
from clpt_growth.papers.pdf import typst_source
from clpt_growth.papers.svg import DARK, Picture, box, words
from golden.rewrite import GOLDEN

HOSTILE = (
    'Oak <script>alert(1)</script> <img src=x onerror=alert(1)> &lt;b&gt; "TITLE" {{ body }} {{ title }} [x](javascript:y) '
    r"#read(\"/etc/passwd\") \" ]; #panic() $x$ *b* _i_ @ref <label> `code` \u{41} //comment /* c */ https://w.example"
)
ALLOWED = {
    "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "strong", "em", "code", "ol", "ul", "li", "hr",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


def hostile_paper() -> str:
    """Every place a file's words can come to, filled with an attack."""
    return md("# {}\n\n{}\n\n* {}\n\n1. {}\n\n| {} | Days |\n| --- | ---: |\n| {} | 1 |\n", *[HOSTILE] * 6)


@pytest.fixture(scope="module")
def kestrel() -> str:
    return (GOLDEN / "kestrel-high.md").read_text(encoding="utf-8")


def pictured(says: str = "Two bars; the second is longer.") -> Paper:
    """A paper with one picture of its own, and one of somebody else's."""
    picture = Picture("two-bars", "Two bars", says, 40, (box(0, 4, 90, 10, DARK), words(0, 34, "Bar words £")))
    text = md(
        "# Title\n\n![{}](figures/a-two-bars.svg)\n\n![Our *badge*](badge.png)\n\nAnd ![small](s.png) words\n", says
    )
    return Paper(text, {"figures/a-two-bars.svg": picture})


class Seen(HTMLParser):
    """What a browser would make of a page: its tags with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.settings: set[str] = set()
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.settings |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_a_paper_is_read_as_the_blocks_it_is_made_of() -> None:
    text = "# A *b*\n\nSay **so** `x`\n\n1. one\n2. two\n\n| Name | Days |\n| --- | ---: |\n| a\\|b | 2 |\n\n---\n"
    assert blocks(text) == (
        Heading(1, (Run("A "), Run("b", emphasis=True))),
        Paragraph((Run("Say "), Run("so", strong=True), Run(" "), Run("x", code=True))),
        Items(((Run("one"),), (Run("two"),)), numbered=True),
        Grid(((Run("Name"),), (Run("Days"),)), (((Run("a|b"),), (Run("2"),)),), frozenset({1})),
        Rule(),
    )


def test_a_picture_that_stands_alone_is_a_block_with_its_words() -> None:
    assert blocks(pictured("a [b] *c* & d").markdown)[1:] == (
        Image("figures/a-two-bars.svg", "a [b] *c* & d"),
        Image("badge.png", "Our badge"),
        Paragraph((Run("And "), Run("small"), Run(" words"))),
    )


def test_html_has_its_pictures_drawn_in_the_page_and_of_others_only_the_words() -> None:
    page = paper_in("html", pictured()).decode()
    seen = Seen(page)
    assert seen.tags.count("svg") == 1
    assert "img" not in seen.tags
    assert not seen.settings & {"href", "src"}
    assert page.count('role="img" aria-labelledby="two-bars-title two-bars-desc"') == 1
    assert {"Two bars; the second is longer.", "Bar words £", "Our badge"} <= set(seen.text)


def test_a_pdf_has_its_pictures_as_shapes_with_their_words_for_a_screen_reader() -> None:
    content = paper_in("pdf", pictured())
    assert "Bar words £" in words_in_pdf(content)
    assert "Our badge" in words_in_pdf(content)
    assert content.count(b"/Figure") >= 1
    assert b"Two bars; the second is longer." in content or b"/Alt" in content
    assert content == paper_in("pdf", pictured())


def test_a_word_document_has_its_pictures_as_dots_with_their_words() -> None:
    document = docx.Document(BytesIO(paper_in("docx", pictured())))
    (shape,) = document.inline_shapes
    about = shape._inline.docPr
    assert (about.get("title"), about.get("descr")) == ("Two bars", "Two bars; the second is longer.")
    assert shape.width.cm == pytest.approx(18, abs=0.01)
    dots = [r.target_part.blob for r in document.part.rels.values() if r.reltype.endswith("/image")]
    assert [d[:8] for d in dots] == [b"\x89PNG\r\n\x1a\n"]
    assert "Our badge" in [p.text for p in document.paragraphs]


def test_a_word_document_says_what_a_picture_says_where_nothing_can_make_dots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    document = docx.Document(BytesIO(paper_in("docx", pictured())))
    assert len(document.inline_shapes) == 0
    assert 'A picture stands here where the extra "pdf" is installed as well. Two bars; the second is longer.' in [
        p.text for p in document.paragraphs
    ]


def test_hostile_words_of_a_picture_are_only_words() -> None:
    paper = pictured(HOSTILE)
    page = paper_in("html", paper).decode()
    seen = Seen(page)
    assert "script" not in seen.tags
    assert "onerror" not in seen.settings
    assert HOSTILE in seen.text
    paper_in("pdf", paper)
    shape = docx.Document(BytesIO(paper_in("docx", paper))).inline_shapes[0]
    assert shape._inline.docPr.get("descr") == HOSTILE


def test_a_wide_column_of_words_leaves_a_short_one_room_for_its_longest_word() -> None:
    words = "a good deal of evidence " * 40
    (grid,) = blocks(f"| Outcome | What we saw |\n| --- | --- |\n| Not evidenced | {words} |\n")
    assert isinstance(grid, Grid)
    assert grid.weights[0] / sum(grid.weights) * 115 >= len("evidenced") + 2


def test_html_is_one_page_with_nothing_from_elsewhere(kestrel: str) -> None:
    seen = Seen(paper_in("html", Paper(kestrel)).decode())
    assert set(seen.tags) <= ALLOWED
    assert seen.settings <= {"lang", "charset", "name", "content", "http-equiv", "scope", "style"}
    assert seen.tags.count("table") == sum(isinstance(b, Grid) for b in blocks(kestrel))
    assert "Kestrel High School: should it join Thornmere Learning Trust?" in seen.text


def test_every_head_of_a_column_says_so_in_html(kestrel: str) -> None:
    page = paper_in("html", Paper(kestrel)).decode()
    assert page.count("<th") == page.count('<th scope="col"') + page.count("<thead>")


def test_hostile_words_are_only_words_in_html() -> None:
    page = paper_in("html", Paper(hostile_paper())).decode()
    seen = Seen(page)
    assert set(seen.tags) <= ALLOWED
    assert "onerror" not in seen.settings
    assert "".join(seen.text).count(HOSTILE) == 7  # six in the paper, and the title
    assert page.count("alert(1)") == 14


def test_hostile_words_are_only_words_in_a_pdf() -> None:
    shown = " ".join(words_in_pdf(paper_in("pdf", Paper(hostile_paper()))).split())
    assert shown.count("#panic()") == 6
    assert shown.count("/* c */") == 6


def words_in_pdf(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_a_pdf_has_its_title_its_pages_numbered_and_its_tags(kestrel: str) -> None:
    content = paper_in("pdf", Paper(kestrel))
    document = pypdfium2.PdfDocument(content)
    assert document.get_metadata_dict()["Title"] == "Kestrel High School: should it join Thornmere Learning Trust?"
    assert f"Page 1 of {len(document)}" in document[0].get_textpage().get_text_bounded()
    assert b"/MarkInfo" in content
    assert b"/Lang" in content
    assert "£63,360" in words_in_pdf(content)


def test_a_word_document_has_words_own_headings_lists_and_tables(kestrel: str) -> None:
    document = docx.Document(BytesIO(paper_in("docx", Paper(kestrel))))
    found = blocks(kestrel)
    heads = [p.text for p in document.paragraphs if p.style is not None and p.style.name.startswith("Heading")]
    assert heads == ["".join(r.text for r in b.runs) for b in found if isinstance(b, Heading)]
    grids = [b for b in found if isinstance(b, Grid)]
    assert [len(t.rows) for t in document.tables] == [len(g.rows) + 1 for g in grids]
    assert document.core_properties.title == "Kestrel High School: should it join Thornmere Learning Trust?"
    place, grid = next((n, g) for n, g in enumerate(grids) if g.right == {3})
    styles = [cell.paragraphs[0].style for cell in document.tables[place].rows[1].cells]
    assert [style.name for style in styles if style] == [
        "Table figures" if n == 3 else "Table words" for n in range(len(grid.heads))
    ]
    numbers = [p.text for p in document.paragraphs if p.text.startswith("1.\t")]
    assert numbers[0].startswith("1.\tnote the findings")


def test_hostile_words_are_only_words_in_word() -> None:
    document = docx.Document(BytesIO(paper_in("docx", Paper(hostile_paper()))))
    assert document.paragraphs[0].text == HOSTILE
    assert document.tables[0].rows[1].cells[0].text == HOSTILE
    assert len(document.part.rels) == len(docx.Document().part.rels) + 1  # the foot of the page, and no link


@pytest.mark.parametrize("format_", ["md", "html", "pdf"])
def test_the_same_paper_gives_the_same_bytes(format_: str, kestrel: str) -> None:
    assert paper_in(format_, Paper(kestrel)) == paper_in(format_, Paper(kestrel))


@pytest.mark.parametrize(
    ("file", "format_"), [("a.md", "md"), ("a.HTML", "html"), ("b/a.docx", "docx"), ("a.b.pdf", "pdf")]
)
def test_a_files_ending_says_its_format(file: str, format_: str) -> None:
    assert format_of(Path(file)) == format_


@pytest.mark.parametrize("file", ["paper", "paper.txt", "paper.doc", ".md"])
def test_another_ending_is_refused(file: str) -> None:
    with pytest.raises(InputError) as told:
        format_of(Path(file))
    assert str(told.value) == (f"{file}: has no ending that says what it is; end it in .md, .html, .docx or .pdf")


@pytest.mark.parametrize(("format_", "library"), [("docx", "docx"), ("pdf", "typst")])
def test_what_is_not_installed_is_named_with_what_installs_it(
    format_: str, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    need_format(format_)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(InputError) as told:
        need_format(format_)
    assert str(told.value) == (
        f'.{format_}: needs a library that is not installed; install it: pip install "clpt-growth[{format_}]"'
    )
    need_format("html")


def test_a_short_table_is_kept_whole_and_with_the_words_that_lead_into_it() -> None:
    head, row = "| One | Two |\n| --- | --- |\n", "| a | b |\n"
    short = typst_source(f"# Title\n\n**Seats**\n\n{head}{row * 7}\nAfter it.\n", {})
    assert "#block(sticky: true)[#par[" in short
    assert "#block(breakable: false)[#table(" in short
    assert short.count("#block(") == 2
    assert "#block(sticky: true)[#par[" in typst_source("# Title\n\n**Reserves**\n\n![A chart.](a.svg)\n", {})
    assert "breakable: false)[#table(" not in typst_source(f"# Title\n\nWords.\n\n{head}{row * 8}", {})
