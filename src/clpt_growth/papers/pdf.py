"""A Markdown paper as a tagged PDF, set by Typst."""

from collections.abc import Iterator, Mapping

from clpt_growth.files.disk import read_bytes, text_of
from clpt_growth.files.shipped import shipped
from clpt_growth.papers.blocks import Block, Grid, Heading, Image, Items, Paragraph, Run, Runs, blocks, title_of
from clpt_growth.papers.svg import Picture

PAGE = "page.typ"
# Dots to an inch.
_DOTS = 220.0


def pdf_paper(markdown: str, pictures: Mapping[str, Picture]) -> bytes:
    """The same paper gives the same bytes: only the fonts Typst brings are used, and no clock is read."""
    import typst

    made: bytes = typst.compile(
        typst_source(markdown, pictures).encode(), format="pdf", ignore_system_fonts=True, pdf_standards=["ua-1"]
    )
    return made


def png_of(picture: Picture) -> bytes:
    """A picture as dots, for what takes no SVG; fine enough for print."""
    import typst

    page = f"#set page(width: 18cm, height: auto, margin: 0pt)\n{_image(picture)}"
    made: bytes = typst.compile(page.encode(), format="png", ppi=_DOTS, ignore_system_fonts=True)
    return made


def typst_source(markdown: str, pictures: Mapping[str, Picture]) -> str:
    """The page's own set-up and then the blocks; every word is a string, so none of it can be markup."""
    found = blocks(markdown)
    page = text_of(read_bytes(shipped("templates") / PAGE), PAGE).replace('"TITLE"', _string(title_of(found)))
    pairs = zip(found, [*found[1:], None], strict=True)
    lines = (_kept(line, block, after) for block, after in pairs for line in _block(block, pictures))
    return "\n\n".join([page, *lines]) + "\n"


# A table of so few rows and words stands on one page; more might not fit on any.
_ROWS_KEPT, _LETTERS_KEPT = 8, 1200


def _kept(line: str, block: Block, after: Block | None) -> str:
    """A short table is not broken over pages, and the words that lead into a table or a picture stay with it."""
    if isinstance(block, Grid) and _is_small(block):
        return f"#block(breakable: false)[{line}]"
    if isinstance(block, Paragraph) and isinstance(after, Grid | Image):
        return f"#block(sticky: true)[{line}]"
    return line


def _is_small(grid: Grid) -> bool:
    letters = sum(len(run.text) for row in grid.rows for cell in row for run in cell)
    return len(grid.rows) < _ROWS_KEPT and letters < _LETTERS_KEPT


def _block(block: Block, pictures: Mapping[str, Picture]) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"#heading(level: {block.level})[{_words(block.runs)}]"
    elif isinstance(block, Paragraph):
        yield f"#par[{_words(block.runs)}]"
    elif isinstance(block, Items):
        items = ", ".join(f"[{_words(item)}]" for item in block.items)
        yield f"#{'enum' if block.numbered else 'list'}({items})"
    elif isinstance(block, Grid):
        yield _table(block)
    elif isinstance(block, Image):
        picture = pictures.get(block.place)
        yield _image(picture) if picture is not None else f"#par[#{_string(block.says)};]"


def _image(picture: Picture) -> str:
    return f'#image(bytes({_string(picture.svg)}), format: "svg", width: 100%, alt: {_string(picture.says)})'


def _table(grid: Grid) -> str:
    widths = ", ".join(f"{weight:.1f}fr" for weight in grid.weights)
    sides = ", ".join("right" if n in grid.right else "left" for n in range(len(grid.heads)))
    heads = ", ".join(f"[{_words(head)}]" for head in grid.heads)
    rows = ",\n  ".join(", ".join(f"[{_words(cell)}]" for cell in row) for row in grid.rows)
    return f"#table(columns: ({widths},), align: ({sides},),\n  table.header({heads}),\n  {rows}\n)"


def _words(runs: Runs) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    words = f"#{'raw(' if run.code else ''}{_string(run.text)}{')' if run.code else ''};"
    words = f"#emph[{words}]" if run.emphasis else words
    return f"#strong[{words}]" if run.strong else words


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'
