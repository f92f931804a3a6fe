"""What a scan shows of every school, read from its file: the topics, and the principles whose lines are used."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from clpt_growth.files.disk import read_node
from clpt_growth.files.problems import InputError, Problem, did_you_mean
from clpt_growth.files.shapes import shaped
from clpt_growth.files.shipped import shipped
from clpt_growth.files.yaml_text import Node, line_at, plain
from clpt_growth.model.rules import Library
from clpt_growth.opendata.scan import Topic

FILE = "scan.yaml"


@dataclass(frozen=True, kw_only=True)
class TopicEntry:
    """A topic as its file has it: facts and principles by their names."""

    id: str
    title: str
    shows: tuple[str, ...]
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ScanFile:
    """The whole file; `says` is printed with every list."""

    version: str
    says: str
    topics: tuple[TopicEntry, ...]


class Topics(NamedTuple):
    """The topics of a scan, and what is said with every list."""

    says: str
    topics: tuple[Topic, ...]


def topics(library: Library, workspace: Path | None = None) -> Topics:
    """The trust's own file where it has one, else the shipped one; raises `InputError` with what is wrong in it."""
    own = workspace / "principles" / FILE if workspace is not None else None
    is_own = own is not None and own.is_file()
    path = own if own is not None and is_own else shipped("principles") / FILE
    shown = str(path) if is_own else f"principles/{FILE}"
    node, _ = read_node(path, shown_as=shown)
    problems: list[Problem] = []
    found = shaped(ScanFile, plain(node), node, shown, problems)
    if found is not None:
        problems += _misfits(found, node, shown, library, is_own=is_own)
    if found is None or problems:
        raise InputError(problems)
    principles = {p.id: p for pack in library.packs for p in pack.principles}
    made = (
        Topic(t.id, t.title, t.shows, tuple(principles[i] for i in t.lines if i in principles)) for t in found.topics
    )
    return Topics(" ".join(found.says.split()), tuple(made))


def _misfits(found: ScanFile, node: Node, shown: str, library: Library, *, is_own: bool) -> Iterator[Problem]:
    """A fact or a principle that does not exist; a trust that dropped a shipped principle simply has no such line."""
    ids = [p.id for pack in library.packs for p in pack.principles]
    for position, topic in enumerate(found.topics):
        line = line_at(node, ("topics", position))
        for name in topic.shows:
            if name not in library.dictionary.kinds:
                todo = did_you_mean(name, library.dictionary.kinds, "use a fact of principles/facts.yaml")
                yield Problem(shown, line, f"topics[{position}].shows", f'there is no fact "{name}"', todo)
        for id_ in topic.lines if is_own else ():
            if id_ not in ids:
                todo = did_you_mean(id_, ids, "use the id of a principle in use")
                yield Problem(shown, line, f"topics[{position}].lines", f"there is no principle {id_}", todo)
