"""What filling a file further added, and what differs, side by side."""

from collections.abc import Iterator

from clpt_growth.files.merging import Difference, Merged
from clpt_growth.model.dictionary import Dictionary, FactKind
from clpt_growth.papers.wording import plural, value_words


def merged_lines(made: Merged, dictionary: Dictionary) -> Iterator[str]:
    """How much was added, then each difference with both values and where they are from."""
    yield f"Added: {plural(len(made.added), 'fact or entry', 'facts and entries')} that the file did not have."
    if not made.differences:
        return
    kept = sum(1 for d in made.differences if not d.taken)
    yield f"Different: {plural(len(made.differences), 'value')}; {kept} kept as written in the file."
    kinds = {kind.path: kind for kind in dictionary.kinds.values()}
    for difference in made.differences:
        yield from _side_by_side(difference, _kind(difference.where, kinds))
    if kept:
        yield "To take a published value instead, add --take and the name of the fact, or --take all."


def _side_by_side(one: Difference, kind: FactKind | None) -> Iterator[str]:
    yield f"  {one.where}"
    yield f"    in the file  {_told(one.written, one.written_source, kind)}{'' if one.taken else '  <- kept'}"
    yield f"    published    {_told(one.found, one.found_source, kind)}{'  <- taken' if one.taken else ''}"


def _told(value: object, source: str, kind: FactKind | None) -> str:
    return f"{value_words(value, kind)}{f'  ({source})' if source else ''}"


def _kind(where: str, kinds: dict[str, FactKind]) -> FactKind | None:
    """The kind of a fact, or of one entry of a record."""
    path, _, rest = where.partition("[")
    kind = kinds.get(path)
    field = rest.rpartition("].")[2]
    return kind.field_named.get(field) if kind is not None and rest else kind
