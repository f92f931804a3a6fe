"""What a folder of downloads holds, in words and as CSV."""

from collections.abc import Iterator, Sequence
from textwrap import fill

from clpt_growth.model.dictionary import Dictionary
from clpt_growth.opendata.listing import Listed
from clpt_growth.opendata.recognise import Unrecognised
from clpt_growth.papers.csv_text import csv_text
from clpt_growth.papers.wording import WIDTH, label, listed, plural

_COUNTED = {
    "schools": ("school", "schools"),
    "links": ("link", "links"),
    "group links": ("school", "schools"),
    "groups": ("group", "groups"),
    "trusts": ("trust", "trusts"),
}
_HEADS = ("file", "dataset", "publisher", "vintage", "holds", "entries", "header", "fills", "not used because")


def data_list_text(found: Sequence[Listed], others: Sequence[Unrecognised], dictionary: Dictionary) -> str:
    """Each table with what it can fill, and then each file that is not read and why."""
    lines = [f"RECOGNISED: {plural(len(found), 'table')}", ""]
    for one in found:
        lines += _table(one, dictionary)
    if others:
        lines += [f"NOT READ: {plural(len(others), 'file')}", ""]
        lines += [_wrapped(f"{o.shown}: {o.wrong}; {o.todo}", "  ") for o in others]
    return "\n".join(lines).rstrip("\n") + "\n"


def _table(one: Listed, dictionary: Dictionary) -> Iterator[str]:
    dataset = one.table.dataset
    yield one.table.shown
    seen = "" if dataset.header == "seen" else " Its header is known from documents only."
    yield _wrapped(f"{dataset.title} ({dataset.publisher}), {one.table.vintage}: {_counted(one)}.{seen}", "  ")
    if one.unused_because:
        yield _wrapped(f"Not used: {one.unused_because}.", "  ")
    elif one.fills:
        yield _wrapped(f"Can fill: {listed(label(name, dictionary) for name in one.fills)}.", "  ")
    else:
        yield _wrapped("Fills no fact by itself.", "  ")
    yield ""


def _counted(one: Listed) -> str:
    return plural(one.entries, *_COUNTED[one.table.dataset.holds])


def _wrapped(words: str, indent: str) -> str:
    return fill(words, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def data_list_csv(found: Sequence[Listed], others: Sequence[Unrecognised]) -> str:
    rows = [
        (
            one.table.shown, one.table.dataset.id, one.table.dataset.publisher,
            str(one.table.vintage) if one.table.vintage.known else None, one.table.dataset.holds, one.entries,
            one.table.dataset.header, " ".join(one.fills), one.unused_because or None,
        )
        for one in found
    ]  # fmt: skip
    unread = [(o.shown, None, None, None, None, None, None, None, o.wrong) for o in others]
    return csv_text(_HEADS, [*rows, *unread])
