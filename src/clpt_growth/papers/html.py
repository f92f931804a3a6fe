"""A Markdown paper as one self-contained page of HTML, for the screen and for print."""

from collections.abc import Mapping
from typing import Any

from clpt_growth.files.disk import read_bytes, text_of
from clpt_growth.files.shipped import shipped
from clpt_growth.papers.blocks import blocks, plain, reader, runs_of, title_of
from clpt_growth.papers.svg import Picture

PAGE = "page.html"


def html_page(markdown: str, pictures: Mapping[str, Picture]) -> str:
    """The page; nothing in a paper becomes HTML but its own headings, lists, tables, emphasis and pictures."""
    from html import escape

    place = shipped("templates") / PAGE
    page = text_of(read_bytes(place), PAGE)
    made = reader()
    made.add_render_rule("image", _image)
    body: str = made.render(markdown, {"pictures": pictures})
    body = body.replace("<th>", '<th scope="col">').replace("<th style", '<th scope="col" style')
    head, _, tail = page.partition("{{ body }}")
    return head.replace("{{ title }}", escape(title_of(blocks(markdown)))) + body + tail


def _image(renderer: Any, tokens: Any, place: int, options: Any, env: Any) -> str:
    """A picture of the paper's own, drawn in the page; of any other, what it says."""
    from html import escape

    picture = env["pictures"].get(tokens[place].attrGet("src"))
    return picture.svg if picture is not None else escape(plain(runs_of(tokens[place])))
