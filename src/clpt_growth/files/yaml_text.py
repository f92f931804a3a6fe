"""YAML text to plain nodes that remember their lines.

Every scalar stays the text a person wrote, so that nothing is guessed: `no`, `060`, `3:1` and dates
reach the data dictionary untouched, and the kind of the fact decides what they mean.
"""

from dataclasses import dataclass
from itertools import islice
from typing import Any

import yaml

from clpt_growth.files.problems import BLANK_FILE, InputError, Problem

LARGEST_FILE_BYTES = 1_000_000
DEEPEST = 32
MOST_NODES = 20_000

# A wheel of PyYAML carries libyaml; one built from source may not. Only the events are taken from either.
_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Alias, _Scalar = yaml.AliasEvent, yaml.ScalarEvent
_ListStart, _ListEnd, _BlockEnd = yaml.SequenceStartEvent, yaml.SequenceEndEvent, yaml.MappingEndEvent
_BLANK = frozenset(("", "~", "null", "Null", "NULL"))


# Not frozen: that takes twice as long to make, and a file has a thousand.
@dataclass(slots=True)
class Node:
    """A value with its place: a mapping and a list hold nodes, a scalar is text, blank is None."""

    value: Any
    line: int
    column: int

    @property
    def blank(self) -> bool:
        """Whether nothing is written, be it between quotation marks."""
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


class _Reading:
    """One pass over the parser's events; collects what can be collected and stops at broken syntax."""

    def __init__(self, text: str, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems
        self.nodes = 0
        self.next_event = _Parser(text).get_event

    def complain(self, event: Any, field: str, wrong: str, todo: str) -> None:
        self.problems.append(Problem(self.file, event.start_mark.line + 1, field, wrong, todo))

    def stop(self, event: Any, wrong: str, todo: str) -> InputError:
        self.complain(event, "", wrong, todo)
        return InputError(self.problems)

    def document(self) -> Node:
        self.next_event()  # stream start
        if isinstance(self.next_event(), yaml.StreamEndEvent):
            raise InputError([Problem(self.file, 1, "", "is empty", "; ".join(BLANK_FILE.values()))])
        event = self.next_event()
        node = _placed(self.content(event, 0), event.start_mark)
        self.next_event()  # document end
        after = self.next_event()
        if not isinstance(after, yaml.StreamEndEvent):
            self.complain(after, "", "a second document starts here", "keep one document in a file")
        return node

    def content(self, event: Any, depth: int) -> Any:
        """What starts with an event: text, None where it is blank, or the nodes of a list or a mapping."""
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise self.stop(event, f"has more than {MOST_NODES:,} entries", "split the file")
        kind = type(event)
        # Most are a word or a figure and nothing more, and need no second look.
        if kind is _Scalar and event.anchor is None and event.tag is None:
            text: str = event.value
            return None if text in _BLANK and event.implicit[0] else text
        return self.rest(event, kind, depth)

    def rest(self, event: Any, kind: Any, depth: int) -> Any:
        if depth > DEEPEST:
            raise self.stop(event, f"is nested more than {DEEPEST} deep", "write it flatter")
        if kind is _Alias:
            self.complain(event, "", f"*{event.anchor} repeats another entry", "write the value out")
            return None
        if event.anchor is not None:
            self.complain(event, "", f"&{event.anchor} names an entry", "delete the name")
        if event.tag is not None:
            self.complain(event, "", f"{event.tag} is a tag", "delete it and write the plain value")
        if kind is _Scalar:
            return event.value
        return self.items(depth + 1) if kind is _ListStart else self.mapping(depth + 1)

    def items(self, depth: int) -> list[Node]:
        found = []
        while type(event := self.next_event()) is not _ListEnd:
            found.append(_placed(self.content(event, depth), event.start_mark))
        return found

    def mapping(self, depth: int) -> dict[str, Node]:
        found: dict[str, Node] = {}
        next_event, content = self.next_event, self.content
        while type(event := next_event()) is not _BlockEnd:
            # The line of the key, so that a message about an entry points at its name.
            mark = event.start_mark
            key = content(event, depth)
            value = Node(content(next_event(), depth), mark.line + 1, mark.column + 1)
            if not isinstance(key, str):
                self.complain(event, "", "has no plain word before the colon", "write: name: value")
            elif key == "<<":
                self.complain(event, "<<", "merges another entry", "write the entries out")
            elif key in found:
                first = found[key].line
                self.complain(event, key, f"is written twice (first on line {first})", "keep one of the two")
            else:
                found[key] = value
        return found


def _placed(content: Any, mark: Any) -> Node:
    return Node(content, mark.line + 1, mark.column + 1)


def node_from(text: str, file: str) -> Node:
    """The one document in a text, with the line and column of every node.

    Raises `InputError` with every problem that can be found before the syntax breaks.
    """
    problems: list[Problem] = []
    try:
        node = _Reading(text, file, problems).document()
    except yaml.reader.ReaderError as error:
        raise InputError([*problems, _character_problem(text, error.character, file)]) from None
    except yaml.MarkedYAMLError as error:
        raise InputError([*problems, _syntax_problem(text, error, file)]) from None
    if problems:
        raise InputError(problems)
    return node


def _character_problem(text: str, code: int, file: str) -> Problem:
    # The parsers count the place differently, in bytes or in characters; the first such character is the one.
    line = text.count("\n", 0, text.find(chr(code))) + 1
    # Text of two bytes a letter without a mark at its start, as some editors keep it.
    if code == 0 and text.count("\0") > len(text) // 3:
        return Problem(file, line, "", "is not UTF-8 text", 'save it again as "UTF-8"')
    return Problem(file, line, "", f"holds a character that cannot be text (#x{code:04x})", "delete it")


def _syntax_problem(text: str, error: yaml.MarkedYAMLError, file: str) -> Problem:
    if error.context == "while scanning a quoted scalar" and "end of stream" in str(error.problem):
        opened = error.context_mark.line + 1 if error.context_mark else 1
        return Problem(file, opened, "", "a quote opens here and is never closed", "close it with the same quote")
    mark = error.problem_mark or error.context_mark
    number = mark.line if mark else 0
    line = next(islice(text.splitlines(), number, None), "")
    if line[: len(line) - len(line.lstrip())].count("\t"):
        return Problem(file, number + 1, "", "starts with a tab", "use spaces, not a tab, at the start of a line")
    wrong = f"this line cannot be read ({error.problem or error.context})"
    todo = "check the spaces at its start, the colon and any quotes, here and on the line above"
    return Problem(file, number + 1, "", wrong, todo)


def plain(node: Node) -> Any:
    """The node's value without places: mappings, lists, text and None."""
    value = node.value
    if isinstance(value, dict):
        return {key: plain(child) for key, child in value.items()}
    if isinstance(value, list):
        return [plain(child) for child in value]
    return value


def line_at(node: Node, path: tuple[str | int, ...]) -> int:
    """The line of the node at a path, or of its nearest ancestor that exists."""
    line = node.line
    for step in path:
        children = node.value
        try:
            node = children[step]
        except (KeyError, IndexError, TypeError):
            break
        line = node.line
    return line


def line_of(node: Node, field: str) -> int:
    """The line of a field such as `budget.2026-27`, or of as much of it as is written."""
    for part in field.split("."):
        if not isinstance(node.value, dict):
            break
        inner = node.value.get("records", node)
        found = node.value.get(part) or (inner.value.get(part) if isinstance(inner.value, dict) else None)
        if found is None:
            break
        node = found
    return node.line
