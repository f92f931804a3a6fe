"""A YAML file as a tree that is written back as a person wrote it: comments, order, quotes and indents.

All that is known of the round-trip library is known here; who fills a file names places and gives nodes.
"""

import io
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from clpt_growth.files.blank import written_as
from clpt_growth.model.dictionary import FactKind
from clpt_growth.model.fact import NotApplicable


class Document:
    """The file as a tree that remembers its comments, its order and how it was written."""

    def __init__(self, text: str) -> None:
        from ruamel.yaml import YAML

        self.yaml = YAML()
        self.yaml.Resolver = _text_only()
        self.yaml.preserve_quotes = True
        self.yaml.width = 1_000_000
        self.yaml.indent(**_indents(text))
        self.tree = self.yaml.load(text)

    def text(self) -> str:
        out = io.StringIO()
        self.yaml.dump(self.tree, out)
        return out.getvalue()

    def block(self, name: str) -> Any:
        """The mapping under a name at the top, made where it is not there or blank."""
        if name not in self.tree:
            self.tree[name] = mapping({})
        elif self.tree[name] is None:
            put(self.tree, name, mapping({}))
        return self.tree[name]


def _text_only() -> Any:
    """A resolver for which every word is text and only a blank is nothing, so that what stands there stays so."""
    from ruamel.yaml.resolver import VersionedResolver

    class TextOnly(VersionedResolver):
        @property
        def versioned_resolver(self) -> Any:
            known = super().versioned_resolver
            return {
                start: [(tag, look) for tag, look in ways if tag.endswith(":null")] for start, ways in known.items()
            }

    return TextOnly


def _indents(text: str) -> dict[str, int]:
    """How far lists stand in from the name above them, so that they are written back where they were."""
    lines = text.splitlines()
    for above, line in pairwise(lines):
        if line.lstrip().startswith("- ") and above.rstrip().endswith(":") and not above.lstrip().startswith("#"):
            offset = len(line) - len(line.lstrip()) - (len(above) - len(above.lstrip()))
            if 0 <= offset <= 8:
                return {"mapping": 2, "sequence": offset + 2, "offset": offset}
    return {"mapping": 2, "sequence": 4, "offset": 2}


def put(place: Any, key: Any, node: Any) -> None:
    """Fill a name where it stands; one that is not there goes last, before the comments that lead to what follows."""
    after = _split_off(place, key) if key in place else _comments_taken_off(place)
    place[key] = node
    _comments_put_on(place, key, after)


def append(nodes: Any, node: Any) -> None:
    """Put a node last in a list, before the comments that lead to what follows the list."""
    after = _comments_taken_off(nodes) if nodes else None
    nodes.append(node)
    _comments_put_on(nodes, len(nodes) - 1, after)


def _last(place: Any) -> Any:
    """The name or the position of the last part of a mapping or list; None where it is empty."""
    return (len(place) - 1 if isinstance(place, list) else next(reversed(place))) if place else None


def _comments_taken_off(place: Any) -> Any:
    """Whole-line comments behind the last part of a tree, which lead to what follows it."""
    from ruamel.yaml.comments import CommentedBase

    key = _last(place)
    if key is None:
        return None
    if isinstance(place[key], CommentedBase) and not place[key].fa.flow_style() and len(place[key]):
        return _comments_taken_off(place[key])
    return _split_off(place, key)


def _split_off(place: Any, key: Any) -> Any:
    """The whole-line comments behind one part; a comment beside it stays where it is."""
    from ruamel.yaml.tokens import CommentToken

    held = place.ca.items.get(key)
    slot = 0 if isinstance(place, list) else 2
    token = held[slot] if held and len(held) > slot else None
    if token is None:
        return None
    beside, _, after = token.value.partition("\n")
    if not after.strip():
        return None
    if beside.strip():
        token.value = f"{beside}\n"
    else:
        del place.ca.items[key]
    return CommentToken(f"\n{after}", token.start_mark, None)


def _comments_put_on(place: Any, key: Any, token: Any) -> None:
    """Put whole-line comments behind the last leaf of what was just added."""
    if token is None:
        return
    node = place[key]
    while hasattr(node, "ca") and not node.fa.flow_style() and len(node):
        place, key = node, _last(node)
        node = place[key]
    if (held := place.ca.items.get(key)) and held[0 if isinstance(place, list) else 2] is not None:
        held[0 if isinstance(place, list) else 2].value += token.value.lstrip("\n")
        return
    place.ca.items[key] = [token, None] if isinstance(place, list) else [None, None, token, None]


def scalar(kind: FactKind | None, value: Any) -> Any:
    """A value as its own text, quoted only where it could be taken for something else."""
    if isinstance(value, tuple | list) and not isinstance(value, NotApplicable):
        return on_one_line(sequence([scalar(None, v) for v in value]))
    text = written_as(kind, value)
    return _quoted(text[1:-1]) if text.startswith('"') else _plain(text)


def _plain(text: str) -> Any:
    from ruamel.yaml.scalarstring import PlainScalarString

    return PlainScalarString(text)


def _quoted(text: str) -> Any:
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    return DoubleQuotedScalarString(text.replace('\\"', '"').replace("\\\\", "\\"))


def mapping(content: Mapping[str, Any]) -> Any:
    """Names with their nodes, as the tree keeps them."""
    from ruamel.yaml.comments import CommentedMap

    return CommentedMap(content)


def sequence(content: Sequence[Any]) -> Any:
    """Nodes in their order, as the tree keeps them."""
    from ruamel.yaml.comments import CommentedSeq

    return CommentedSeq(content)


def on_one_line(node: Any) -> Any:
    """A mapping or list written in brackets."""
    node.fa.set_flow_style()
    return node
