"""A finished Markdown paper as the blocks it is made of, for the writers of other formats."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple


class Run(NamedTuple):
    """Words in one style."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False


Runs = tuple[Run, ...]


class Heading(NamedTuple):
    level: int
    runs: Runs


class Paragraph(NamedTuple):
    runs: Runs


class Items(NamedTuple):
    """A list; numbered where the order counts."""

    items: tuple[Runs, ...]
    numbered: bool


class Grid(NamedTuple):
    """A table: its heads, its rows, and the columns of figures, which lean to the right."""

    heads: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    right: frozenset[int]

    @property
    def weights(self) -> tuple[float, ...]:
        """How wide each column is beside the others: room for its longest word, and the rest by how much it holds."""
        columns = [[plain(cell) for cell in column] for column in zip(*(self.heads, *self.rows), strict=True)]
        least = [min(_longest_word(cells), _LONGEST_WORD) + 2 for cells in columns]
        held = [sum(map(len, cells)) / len(cells) for cells in columns]
        rest = max(0, _ACROSS - sum(least)) / (sum(held) or 1)
        return tuple(word + rest * much for word, much in zip(least, held, strict=True))


class Image(NamedTuple):
    """A picture that stands alone: its place as the paper writes it, and what it says in words."""

    place: str
    says: str


class Rule(NamedTuple):
    """A line across the page."""


Block = Heading | Paragraph | Items | Grid | Image | Rule


# Letters of a table's size across a page of A4, and the longest word that need not break.
_ACROSS, _LONGEST_WORD = 115, 18


def _longest_word(cells: Sequence[str]) -> int:
    return max(len(word) for cell in cells for word in cell.split(" "))


def plain(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def title_of(found: Sequence[Block]) -> str:
    return next((plain(block.runs) for block in found if isinstance(block, Heading)), "")


def reader() -> Any:
    """What reads a paper's Markdown: tables are read, and HTML never is."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def blocks(markdown: str) -> tuple[Block, ...]:
    """The blocks in order; a paper has no others than these."""
    return tuple(_blocks(iter(reader().parse(markdown))))


def _blocks(tokens: Iterator[Any]) -> Iterator[Block]:
    for token in tokens:
        if token.type == "heading_open":
            yield Heading(int(token.tag[1]), runs_of(next(tokens)))
        elif token.type == "paragraph_open":
            yield _paragraph(next(tokens))
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            items = _inlines(tokens, token.type.replace("open", "close"))
            yield Items(tuple(runs_of(item) for item in items), numbered=token.type.startswith("ordered"))
        elif token.type == "table_open":
            yield _grid(tokens)
        elif token.type == "hr":
            yield Rule()


def _paragraph(inline: Any) -> Paragraph | Image:
    if [token.type for token in inline.children] == ["image"]:
        return Image(str(inline.children[0].attrGet("src")), plain(runs_of(inline.children[0])))
    return Paragraph(runs_of(inline))


def _inlines(tokens: Iterator[Any], end: str) -> list[Any]:
    found = []
    for token in tokens:
        if token.type == end:
            break
        if token.type == "inline":
            found.append(token)
    return found


def _grid(tokens: Iterator[Any]) -> Grid:
    rows: list[list[Runs]] = []
    right: set[int] = set()
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            if "right" in str(token.attrGet("style")):
                right.add(len(rows[-1]))
            rows[-1].append(runs_of(next(tokens)))
    head, *body = (tuple(row) for row in rows)
    return Grid(head, tuple(body), frozenset(right))


def runs_of(inline: Any) -> Runs:
    """The words inside a line of text, or inside a picture, each in its style."""
    found = []
    strong = emphasis = 0
    for token in inline.children:
        strong += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        emphasis += {"em_open": 1, "em_close": -1}.get(token.type, 0)
        text = " " if token.type in ("softbreak", "hardbreak") else token.content
        if token.type == "image":
            text = plain(runs_of(token))
        if text:
            found.append(Run(text, strong > 0, emphasis > 0, token.type == "code_inline"))
    return tuple(found)
