"""The formats a paper can be had in: Markdown is the master, and every other is made from it."""

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from clpt_growth.files.problems import problem_with

if TYPE_CHECKING:
    from clpt_growth.papers.svg import Picture

PAPERS = ("md", "html", "docx", "pdf")
TEXTS = ("md", "html")
# The folder of pictures beside a paper in Markdown.
FIGURES = "figures"
# What makes the format, and the extra it is installed with.
_MADE_BY = {"docx": ("docx", "docx"), "pdf": ("typst", "pdf")}


class Paper(NamedTuple):
    """A finished paper: its Markdown, and its pictures by the place the Markdown names."""

    markdown: str
    pictures: Mapping[str, "Picture"] = {}


def format_of(file: Path) -> str:
    """The format a file's ending asks for."""
    ending = file.suffix.lower().removeprefix(".")
    if ending not in PAPERS:
        raise problem_with(str(file), "has no ending that says what it is", "end it in .md, .html, .docx or .pdf")
    return ending


def need_format(format_: str) -> None:
    """A problem where what makes a format is not installed."""
    library, extra = _MADE_BY.get(format_, ("", ""))
    if library and find_spec(library) is None:
        todo = f'install it: pip install "clpt-growth[{extra}]"'
        raise problem_with(f".{format_}", "needs a library that is not installed", todo)


def paper_in(format_: str, paper: Paper) -> bytes:
    """A paper in a format; Markdown has its pictures beside it, every other has them inside."""
    if format_ == "html":
        from clpt_growth.papers.html import html_page

        return html_page(*paper).encode()
    if format_ == "docx":
        from clpt_growth.papers.word import word_paper

        return word_paper(*paper)
    if format_ == "pdf":
        from clpt_growth.papers.pdf import pdf_paper

        return pdf_paper(*paper)
    return paper.markdown.encode()
