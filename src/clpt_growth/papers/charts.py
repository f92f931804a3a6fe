"""The charts of a paper: plain figures in, a picture out; colour never says anything that a pattern or a word does not.

What is not known is said in words where its bar would be, and is never drawn as nought.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from clpt_growth.papers.svg import (
    DARK,
    DASHED,
    SIZE,
    SMALL,
    WIDTH,
    Picture,
    arrow,
    axis,
    box,
    in_rows,
    key,
    on_white,
    rule,
    width_of,
    within,
    words,
)

Key = tuple[tuple[str, str], ...]


class Line(NamedTuple):
    """A line across a chart, in the unit of its scale, and the words at its end."""

    at: float
    said: str
    strong: bool = False


class Bar(NamedTuple):
    """One bar: its parts as fills and lengths, what is taken off their end, and its figure in words.

    `instead` stands where a bar cannot be drawn.
    """

    parts: tuple[tuple[str, float], ...]
    figure: str
    taken_off: float = 0
    strong: bool = False
    instead: str = ""


class Panel(NamedTuple):
    """Bars under a title, one for each label at the left of the chart."""

    title: str
    bars: tuple[Bar, ...]


_ROW, _BAR, _LABELS, _GAP, _FIGURES = 14.0, 10.0, 92.0, 14.0, 36.0
# A bar of more than twice what there is says so by an arrow; its figure stands beside it.
_FURTHEST = 2.0
_CUT = "A bar with an arrow goes on: it is more than twice the days there are."


def bars_in_panels(
    picture: Picture,
    *,
    labels: Sequence[tuple[str, bool]],
    panels: Sequence[Panel],
    lines: Sequence[Line],
    fills: Key,
    figures: str,
    notes: Sequence[str] = (),
) -> Picture:
    """Panels side by side of bars on one scale, with lines across them; lengths are shares of a whole."""
    shapes, top = _head(picture, fills, _LABELS)
    wide = (WIDTH - _LABELS - _GAP * (len(panels) - 1)) / len(panels)
    most = max([1.0, *(line.at for line in lines), *(length for p in panels for length in map(_length, p.bars))])
    scale = (wide - _FIGURES - 14) / min(most, _FURTHEST)
    rows = in_rows([_span(line, scale) for line in lines])
    first = top + 14 + 10 * (max(rows, default=0) + 1)
    last = first + _ROW * len(labels)
    drawn = [*shapes]
    for number, (label, strong) in enumerate(labels):
        drawn.append(words(0, first + _ROW * number + 9, label, strong=strong))
    for number, panel in enumerate(panels):
        x = _LABELS + number * (wide + _GAP)
        drawn.append(words(x, top + 8, panel.title, strong=True))
        drawn.append(words(x + wide, first - 5, figures, size=SMALL, side="end", quiet=True))
        drawn += _bars(panel.bars, x, first, scale, wide)
        drawn.append(axis(x, first - 2, x, last))
        drawable = not all(bar.instead for bar in panel.bars)
        for line, row in zip(lines, rows, strict=True) if drawable else ():
            at = x + line.at * scale
            drawn.append(rule(at, first - 2, at, last, strong=line.strong))
            drawn.append(words(at, first - 5 - 10 * row, line.said, size=SMALL, side="middle", strong=line.strong))
        drawn += _in_place(panel.bars, x, first)
    cut = any(_length(bar) > _FURTHEST for panel in panels for bar in panel.bars)
    notes = (*notes, _CUT) if cut else notes
    drawn += [words(0, last + 11 + 10 * n, note, size=SMALL, quiet=True) for n, note in enumerate(notes)]
    return picture._replace(height=last + 6 + 10 * len(notes), shapes=_some(drawn))


def _span(line: Line, scale: float) -> tuple[float, float]:
    half = width_of(line.said, SMALL) / 2
    return line.at * scale - half, line.at * scale + half + 2


def _length(bar: Bar) -> float:
    return sum(length for _, length in bar.parts) if not bar.instead else 0


def _bars(bars: Sequence[Bar], x: float, first: float, scale: float, wide: float) -> Iterator[str]:
    for number, bar in enumerate(bars):
        y = first + _ROW * number + 1
        yield from (box(x + start * scale, y, (end - start) * scale, _BAR, fill) for fill, start, end in _pieces(bar))
        if _length(bar) > _FURTHEST:
            yield arrow(x + _FURTHEST * scale, y, _BAR)
        yield words(x + wide, y + 8, bar.figure, side="end", strong=bar.strong)


def _pieces(bar: Bar) -> Iterator[tuple[str, float, float]]:
    """Each fill with where it starts and ends; what is taken off lies over the end, and no further back than nought."""
    if bar.instead:
        return
    end = 0.0
    for fill, length in bar.parts:
        start, end = end, end + length
        yield fill, min(start, _FURTHEST), min(end, _FURTHEST)
    yield DASHED, min(max(end - bar.taken_off, min(end, 0.0)), _FURTHEST), min(end, _FURTHEST)


def _in_place(bars: Sequence[Bar], x: float, first: float) -> Iterator[str]:
    for number, bar in enumerate(bars):
        if bar.instead:
            yield words(x + 4, first + _ROW * number + 9, bar.instead, size=SMALL)


class Column(NamedTuple):
    """One column of a group: its fill, its height as a share and its figure in words; None is not known."""

    fill: str
    height: float | None
    figure: str


_HIGH, _LINE_WORDS = 96.0, 118.0


def columns_in_groups(
    picture: Picture,
    *,
    groups: Sequence[tuple[str, Sequence[Column]]],
    lines: Sequence[Line],
    fills: Key,
    notes: Sequence[str] = (),
) -> Picture:
    """Groups of columns from nought, each with its figure at its end, and lines across them all."""
    shapes, below = _head(picture, fills, 0)
    right = WIDTH - _LINE_WORDS
    each = right / len(groups)
    wide = (each - 14) / max(len(group) for _, group in groups)
    turned = any(width_of(c.figure, SMALL) > wide + 2 for _, group in groups for c in group)
    top = below + (26 if turned else 8)
    heights = [c.height for _, group in groups for c in group if c.height is not None]
    most, least = max([0.0, *heights, *(n.at for n in lines)]), min([0.0, *heights, *(n.at for n in lines)])
    scale = _HIGH / ((most - least) or 1)
    nought = top + most * scale
    bottom = nought - least * scale + (0 if least >= 0 else 26 if turned else 10)
    columns, figures = [], []
    for number, (name, group) in enumerate(groups):
        figures.append(words(number * each + each / 2, bottom + 12, name, side="middle", strong=True))
        for place, column in enumerate(group):
            x = number * each + 7 + wide * place
            columns.append(box(x + 1, nought, wide - 2, -(column.height or 0) * scale, column.fill))
            figures.append(_figure(column, x + wide / 2, nought - (column.height or 0) * scale, turned=turned))
    drawn = [*shapes, *columns, *_lines_across(lines, nought, scale, right), axis(0, nought, right, nought)]
    drawn += figures
    drawn += [words(0, bottom + 26 + 10 * n, note, size=SMALL, quiet=True) for n, note in enumerate(notes)]
    return picture._replace(height=bottom + 20 + 10 * len(notes), shapes=_some(drawn))


def _figure(column: Column, middle: float, end: float, *, turned: bool) -> str:
    """Above a column, or below one that goes down; on its side where columns are too narrow for it."""
    down = (column.height or 0) < 0
    if turned:
        return words(
            middle + 2.5,
            end + (3 if down else -3),
            column.figure,
            size=SMALL,
            side="end" if down else "start",
            turned=True,
        )
    return on_white(middle, end + (8 if down else -3), column.figure, size=SMALL)


def _lines_across(lines: Sequence[Line], nought: float, scale: float, right: float) -> Iterator[str]:
    """Words at the right end of each line, moved up where two would stand on one another."""
    above = float("inf")
    for line in sorted(lines, key=lambda n: (n.at, n.strong)):
        y = nought - line.at * scale
        yield rule(0, y, right, y, strong=line.strong)
        above = min(y + 2.5, above - 9)
        yield words(right + 4, above, line.said, size=SMALL, strong=line.strong)


_AREAS, _WIDEST_TEST = 142.0, 34.0


def counts_by_row(
    picture: Picture, *, rows: Sequence[tuple[str, Sequence[tuple[str, int]]]], fills: Key, notes: Sequence[str] = ()
) -> Picture:
    """For each row a run of counts, every test as wide as every other, with the number in it."""
    shapes, top = _head(picture, fills, _AREAS)
    most = max((sum(count for _, count in counts) for _, counts in rows), default=0) or 1
    each = min((WIDTH - _AREAS) / most, _WIDEST_TEST)
    drawn = [*shapes]
    for number, (name, counts) in enumerate(rows):
        y = top + _ROW * number
        drawn.append(words(_AREAS - 6, y + 9, within(name, _AREAS - 6), side="end"))
        drawn += _counts(counts, y, each)
    last = top + _ROW * len(rows)
    drawn += [words(_AREAS, last + 9 + 10 * n, note, size=SMALL, quiet=True) for n, note in enumerate(notes)]
    return picture._replace(height=last + 4 + 10 * len(notes), shapes=_some(drawn))


def _counts(counts: Sequence[tuple[str, int]], y: float, each: float) -> Iterator[str]:
    x = _AREAS
    for fill, count in counts:
        if count:
            yield box(x, y + 1, each * count, _BAR + 1, fill)
            yield on_white(x + each * count / 2, y + 9.5, str(count), strong=True)
            x += each * count
    if x == _AREAS:
        yield words(x + 2, y + 9, "none applies", size=SMALL, quiet=True)


class Mark(NamedTuple):
    """A place from nought to one on a row and its figure in words; `instead` stands where there is no place."""

    at: float | None
    figure: str
    instead: str = ""


_MEASURES, _PLACE_FIGURES, _HALF_MARK = 176.0, 62.0, 3.5
_QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)


def marks_by_row(
    picture: Picture, *, rows: Sequence[tuple[str, Mark]], fills: Key, notes: Sequence[str] = ()
) -> Picture:
    """For each row a mark on a scale from nought to a whole, all rows on one scale with lines at its quarters."""
    shapes, top = _head(picture, fills, 0)
    scale = WIDTH - _MEASURES - _PLACE_FIGURES
    first = top + 14
    last = first + _ROW * len(rows)
    drawn = [*shapes]
    for quarter in _QUARTERS:
        x = _MEASURES + quarter * scale
        drawn.append(rule(x, first - 2, x, last, strong=False))
        drawn.append(words(x, first - 5, f"{quarter:.0%}", size=SMALL, side="middle"))
    for number, (name, mark) in enumerate(rows):
        drawn += _marked(within(name, _MEASURES - 8), mark, first + _ROW * number, scale)
    drawn += [words(0, last + 11 + 10 * n, note, size=SMALL, quiet=True) for n, note in enumerate(notes)]
    return picture._replace(height=last + 6 + 10 * len(notes), shapes=_some(drawn))


def _marked(name: str, mark: Mark, y: float, scale: float) -> Iterator[str]:
    yield words(_MEASURES - 8, y + 9, name, side="end")
    yield words(WIDTH - 2, y + 9, mark.figure, side="end")
    if mark.at is None:
        yield on_white(_MEASURES + scale / 2, y + 9, mark.instead, size=SMALL)
    else:
        yield box(_MEASURES + mark.at * scale - _HALF_MARK, y + 2, 2 * _HALF_MARK, _BAR - 1, DARK)


def _head(picture: Picture, fills: Key, x: float) -> tuple[tuple[str, ...], float]:
    """The title over the key, and where what is below them starts."""
    shapes, used = key(fills, x, 20)
    return (words(0, 9, within(picture.title, WIDTH, SIZE + 1), size=SIZE + 1, strong=True), *shapes), used + 24


def _some(shapes: Sequence[str]) -> tuple[str, ...]:
    return tuple(shape for shape in shapes if shape)
