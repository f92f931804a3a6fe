"""Text that is safe inside Markdown: our own words as they are, everybody else's escaped."""

import re
from functools import lru_cache
from typing import Any

# Most of what is placed: words in which nothing could be more than a word, and plain figures.
_PLAIN_WORDS = re.compile(r"[A-Za-z£][A-Za-z0-9,;.:()£%'’-]*(?: [A-Za-z0-9,;.:()£%'’-]+)*|[+-]?£?\d[\d,]*(?:\.\d+)?%?")
# A space that must not break stays one.
_SPACE = re.compile(r"[^\S\u00a0]+")
_SPECIAL = re.compile(r"([\\`*\[\]<>|~$])")
_EDGE_UNDERSCORE = re.compile(r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_LINE_START = re.compile(r"^(\s*)(=|[:-](?=-)|(?:#+|[+-]|\d+[.)])(?=\s|$))")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_ADDRESS = re.compile(r"(?i)\b(https?|ftp)(:)(//)|\b(www)(\.)")


def harmless(text: str) -> str:
    """Without what a terminal would obey or an eye would miss."""
    if text.replace("\n", "").replace("\u00a0", "").isprintable():
        return text
    return "".join(c if c.isprintable() or c in "\n\u00a0" else "?" for c in text)


class Md(str):
    """Words already safe in Markdown; a plain `str` is not, and is escaped where it is placed."""

    __slots__ = ()


def escaped(text: Any) -> Md:
    """Any text as plain words on one line: it can become no heading, table, link, HTML or code."""
    return text if isinstance(text, Md) else _escaped(str(text))


# A paper says "Met", and names each source, hundreds of times.
@lru_cache(maxsize=8192)
def _escaped(text: str) -> Md:
    if _PLAIN_WORDS.fullmatch(text) and "www." not in text.lower():
        return Md(text)
    flat = harmless(_SPACE.sub(" ", text))
    flat = _ENTITY.sub("&amp;", _EDGE_UNDERSCORE.sub(r"\\_", _SPECIAL.sub(r"\\\1", flat)))
    flat = _ADDRESS.sub(lambda m: "\\".join(part for part in m.groups() if part), flat)
    return Md(_LINE_START.sub(_escape_start, flat))


def _escape_start(found: re.Match[str]) -> str:
    mark = found[2]
    return found[1] + (mark[:-1] + "\\" + mark[-1] if mark[0].isdigit() else "\\" + mark)


def md(words: str, *values: Any) -> Md:
    """Our own words with values placed in them, each escaped."""
    return Md(words.format(*(escaped(value) for value in values)))


def joined(parts: Any, between: str = " ") -> Md:
    """Parts on one line; empty ones are left out."""
    return Md(between.join(escaped(part) for part in parts if part))
