"""A picture as SVG text: a few shapes, patterns that read in black and white, and words that can be nothing else.

Lengths are in points of the printed page; the same shapes give the same bytes.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from clpt_growth.papers.markdown import harmless

# The width of a paper's text.
WIDTH = 510.0
SIZE, SMALL = 8.0, 7.0
INK, QUIET, ACCENT = "#1d1d1f", "#5a5a60", "#1f3a5f"
_FONT = "Arial, 'Liberation Sans', Helvetica, sans-serif"
# On a screen a picture is as wide as a page of HTML; printed, it is as wide as the text.
_SCREEN = 1.8
_LETTER = 0.56

DARK, LIGHT, HATCHED, OUTLINED, DASHED, DOTTED, CROSSED = (
    "dark", "light", "hatched", "outlined", "dashed", "dotted", "crossed",
)  # fmt: skip
_PATTERNS = {
    HATCHED: '<path d="M0 6 6 0 M-1 1 1 -1 M5 7 7 5" stroke="{ink}" stroke-width="1.1"/>',
    DOTTED: '<circle cx="3" cy="3" r="1" fill="{ink}"/>',
    CROSSED: '<path d="M0 3H6 M3 0V6" stroke="{ink}" stroke-width="0.9"/>',
}
_PLAIN = {DARK: ACCENT, LIGHT: "#b9c6d6", OUTLINED: "#ffffff", DASHED: "#ffffff"}


class Picture(NamedTuple):
    """A picture: a name for its file and its parts, its title, what it says in words, and its shapes."""

    name: str
    title: str
    says: str
    height: float
    shapes: tuple[str, ...]

    @property
    def svg(self) -> str:
        """The whole file; its title and its words are read out in place of the shapes."""
        size = f'width="{_at(WIDTH * _SCREEN)}" height="{_at(self.height * _SCREEN)}"'
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_at(WIDTH)} {_at(self.height)}" {size} '
            f'role="img" aria-labelledby="{self.name}-title {self.name}-desc" font-family="{_FONT}" fill="{INK}">'
        )
        said = (
            f'<title id="{self.name}-title">{_safe(self.title)}</title>'
            f'<desc id="{self.name}-desc">{_safe(self.says)}</desc>'
        )
        patterns = "".join(
            f'<pattern id="{{name}}-{fill}" width="6" height="6" patternUnits="userSpaceOnUse">'
            f'<rect width="6" height="6" fill="#ffffff"/>{shape.format(ink=ACCENT)}</pattern>'
            for fill, shape in _PATTERNS.items()
        )
        ground = f'<rect width="{_at(WIDTH)}" height="{_at(self.height)}" fill="#ffffff"/>'
        drawn = "\n".join((f"<defs>{patterns}</defs>", ground, *self.shapes)).replace("{name}", self.name)
        return f"{head}\n{said}\n{drawn}\n</svg>\n"


def box(x: float, y: float, width: float, height: float, fill: str) -> str:
    """A rectangle from any corner; it is left out where it has no width or height."""
    if not width or not height:
        return ""
    x, y, width, height = min(x, x + width), min(y, y + height), abs(width), abs(height)
    paint = _PLAIN.get(fill, f"url(#{{name}}-{fill})")
    dashes = ' stroke-dasharray="2.4 1.6"' if fill == DASHED else ""
    return (
        f'<rect x="{_at(x)}" y="{_at(y)}" width="{_at(width)}" height="{_at(height)}" fill="{paint}" '
        f'stroke="{ACCENT}" stroke-width="0.7"{dashes}/>'
    )


def axis(x1: float, y1: float, x2: float, y2: float) -> str:
    """Where bars or columns start."""
    return _stroke(x1, y1, x2, y2, f'stroke="{INK}" stroke-width="1"')


def rule(x1: float, y1: float, x2: float, y2: float, *, strong: bool) -> str:
    """A line across bars, whole or broken; it has a white edge, so that it shows on white and on dark."""
    edge, ink = ("2.4", 'stroke-width="1.2"') if strong else ("2", 'stroke-width="0.8" stroke-dasharray="3 2"')
    white = _stroke(x1, y1, x2, y2, f'stroke="#ffffff" stroke-width="{edge}"')
    return white + _stroke(x1, y1, x2, y2, f'stroke="{INK}" {ink}')


def _stroke(x1: float, y1: float, x2: float, y2: float, how: str) -> str:
    return f'<line x1="{_at(x1)}" y1="{_at(y1)}" x2="{_at(x2)}" y2="{_at(y2)}" {how}/>'


def words(
    x: float,
    y: float,
    said: str,
    *,
    size: float = SIZE,
    side: str = "start",
    strong: bool = False,
    quiet: bool = False,
    turned: bool = False,
) -> str:
    """Words at a point; `side` is where the point is on them."""
    more = ' font-weight="bold"' if strong else ""
    more += f' fill="{QUIET}"' if quiet else ""
    more += f' transform="rotate(-90 {_at(x)} {_at(y)})"' if turned else ""
    return f'<text x="{_at(x)}" y="{_at(y)}" font-size="{_at(size)}" text-anchor="{side}"{more}>{_safe(said)}</text>'


def on_white(x: float, y: float, said: str, *, size: float = SIZE, strong: bool = False) -> str:
    """Words around a point, on a white ground of their own, so that no line or pattern runs through them."""
    half = width_of(said, size) / 2 + 0.5
    ground = f'x="{_at(x - half)}" y="{_at(y - size * 0.85)}" width="{_at(half * 2)}" height="{_at(size * 1.05)}"'
    return f'<rect {ground} rx="1.5" fill="#ffffff"/>' + words(x, y, said, size=size, side="middle", strong=strong)


def arrow(x: float, y: float, height: float) -> str:
    """The end of a bar that goes on beyond the picture."""
    tip = f"M{_at(x)} {_at(y)} l{_at(height / 2)} {_at(height / 2)} l{_at(-height / 2)} {_at(height / 2)}z"
    return f'<path d="{tip}" fill="{ACCENT}" stroke="#ffffff" stroke-width="0.8"/>'


def width_of(said: str, size: float = SIZE) -> float:
    """About how wide words are; a little too much in any of the fonts."""
    return len(said) * size * _LETTER


def within(said: str, wide: float, size: float = SIZE) -> str:
    """Words that fit a width, cut short with an ellipsis where they must be."""
    most = int(wide / (size * _LETTER))
    return said if len(said) <= most else said[: most - 1].rstrip() + "…"


def key(entries: Iterable[tuple[str, str]], x: float, y: float) -> tuple[tuple[str, ...], float]:
    """Each fill beside its words, over as many lines as it takes, and the height of them all."""
    shapes: list[str] = []
    left, top = x, y
    for fill, said in entries:
        wide = 22 + width_of(said)
        if left > x and left + wide > WIDTH:
            left, top = x, top + 12
        shapes += [box(left + 0.5, top, 14, 8, fill), words(left + 18, top + 7, said)]
        left += wide + 8
    return tuple(shapes), top - y + 12


def in_rows(spans: Sequence[tuple[float, float]]) -> tuple[int, ...]:
    """For each span from left to right, the first row on which it stands clear of those before it."""
    ends: list[float] = []
    rows = []
    for start, end in spans:
        row = next((n for n, last in enumerate(ends) if last < start), len(ends))
        ends[row : row + 1] = [end]
        rows.append(row)
    return tuple(rows)


def _safe(said: str) -> str:
    # A paper without pictures does without it.
    from html import escape

    return escape(harmless(said)).replace("{", "&#123;")


def _at(number: float) -> str:
    """To a tenth of a point, without a sign on nought."""
    return f"{round(number, 1) + 0:.1f}".removesuffix(".0")
