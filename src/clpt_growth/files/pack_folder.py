"""A pack from its folder of YAML files: its head, its principles, and the shipped pack it is laid over."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from clpt_growth.files.disk import read_node
from clpt_growth.files.outline import PACK, PRINCIPLE, misfits, must_fit
from clpt_growth.files.principle_entry import Nameable, PrincipleReader
from clpt_growth.files.problems import Problem, did_you_mean
from clpt_growth.files.shapes import shaped
from clpt_growth.files.yaml_text import Node, line_at, plain
from clpt_growth.model.principle import Change, Pack, Principle

_NOT_PRINCIPLES = ("pack.yaml", "facts.yaml")


@dataclass(frozen=True, kw_only=True)
class PackHead:
    """What `pack.yaml` says: whose principles these are, and in which order they are read."""

    id: str
    owner: str
    title: str
    version: str
    about: str = ""
    page: int | None = None
    adopted_on: Any = None
    extends: str = ""
    principles: tuple[str, ...] = ()
    drop: tuple[Mapping[str, str], ...] = field(default_factory=tuple)


class _Contents(NamedTuple):
    """The principles a pack comes to, the order they are read in, and what it changed in the pack below it."""

    principles: Mapping[str, Principle]
    order: Sequence[str]
    changes: Sequence[Change] = ()


class PackReader:
    """Reads folders of principles, and tells every problem in them at its line."""

    def __init__(self, nameable: Nameable, problems: list[Problem]) -> None:
        self.nameable = nameable
        self.problems = problems

    def pack(self, folder: Path, shown: str, shipped: Mapping[str, Pack]) -> Pack | None:
        """The pack in a folder, laid over the shipped one it extends.

        None, with the problems told, where its head cannot be read or extends what is not shipped.
        """
        file = f"{shown}/pack.yaml"
        node, content = read_node(folder / "pack.yaml", shown_as=file)
        must_fit(node, PACK, file)
        head = shaped(PackHead, plain(node), node, file, self.problems)
        if head is None or not self.extends_one(head, node, file, shipped):
            return None
        base, digest = shipped.get(head.extends), sha256(content)
        entries = []
        for child, content, child_file in _entry_files(folder, shown):
            digest.update(content)
            if entry := self.entry(child, child_file, head, base):
                entries.append(entry)
        dropped = self.dropped(head, node, file, base) if base is not None else {}
        contents = _alone(head, entries) if base is None else _laid_over(base, dropped, head, entries)
        self.problems += _not_as_listed(contents, file, line_at(node, ("principles",)))
        return _pack(head, base.id if base else head.id, contents, digest.hexdigest())

    def extends_one(self, head: PackHead, node: Node, file: str, shipped: Mapping[str, Pack]) -> bool:
        """Whether the pack a head extends is shipped, or it extends none."""
        if not head.extends or head.extends in shipped:
            return True
        line, todo = line_at(node, ("extends",)), did_you_mean(head.extends, list(shipped), "extend a shipped pack")
        self.problems.append(Problem(file, line, "extends", f'there is no pack "{head.extends}"', todo))
        return False

    def entry(self, node: Node, file: str, head: PackHead, base: Pack | None) -> tuple[Principle, Change | None] | None:
        """The principle of a file and what it changes in the pack below; None, with the problems told, without one."""
        if wrong := list(misfits(node, PRINCIPLE, file)):
            self.problems += wrong
            return None
        reader = PrincipleReader(self.nameable, file, self.problems)
        if "amends" in node.value:
            return reader.amended(node, base.principles if base is not None else ())
        if (principle := reader.principle(node)) is None:
            return None
        added = Change(id=principle.id, what="added", reason=f"a principle of {head.owner}'s own")
        return principle, added if base is not None else None

    def dropped(self, head: PackHead, node: Node, file: str, base: Pack) -> dict[str, str]:
        """The principles a pack leaves out and why; each is of the pack it extends."""
        found: dict[str, str] = {}
        known = [p.id for p in base.principles]
        for position, entry in enumerate(head.drop):
            place, line, id_ = f"drop[{position}]", line_at(node, ("drop", position)), entry.get("id", "")
            if id_ not in known:
                todo = did_you_mean(id_, known, "name a principle of the pack this one extends")
                self.problems.append(Problem(file, line, f"{place}.id", f"there is no principle {id_}".rstrip(), todo))
            elif not entry.get("reason"):
                todo = "say why, and who decided it"
                self.problems.append(Problem(file, line, f"{place}.reason", "is missing", todo))
            else:
                found[id_] = entry["reason"]
        return found


def _entry_files(folder: Path, shown: str) -> Iterator[tuple[Node, bytes, str]]:
    """Each principle or amendment of a folder by name: its node, its bytes, and how to call it in a message."""
    for path in sorted(folder.glob("*.yaml")):
        if path.name not in _NOT_PRINCIPLES:
            file = f"{shown}/{path.name}"
            yield *read_node(path, shown_as=file), file


def _alone(head: PackHead, entries: Sequence[tuple[Principle, Change | None]]) -> _Contents:
    return _Contents({p.id: p for p, _ in entries}, head.principles)


def _laid_over(
    base: Pack, dropped: Mapping[str, str], head: PackHead, entries: Sequence[tuple[Principle, Change | None]]
) -> _Contents:
    """The shipped principles that stay, in their order, and then the pack's own in the order it lists them."""
    own = {p.id: p for p, _ in entries}
    kept = {p.id: p for p in base.principles if p.id not in dropped}
    principles = kept | own
    after = [id_ for id_ in (head.principles or principles) if id_ not in kept and id_ in principles]
    left_out = (Change(id=id_, what="dropped", reason=reason) for id_, reason in dropped.items())
    return _Contents(principles, [*kept, *after], [*(change for _, change in entries if change), *left_out])


def _not_as_listed(contents: _Contents, file: str, line: int) -> Iterator[Problem]:
    """What is listed and has no file, and what has a file and is not listed."""
    for id_ in contents.order:
        if id_ not in contents.principles:
            yield Problem(file, line, "principles", f"{id_} has no file", "add it or take it off the list")
    for id_ in contents.principles:
        if id_ not in contents.order:
            yield Problem(file, line, "principles", f"{id_} is not on the list", "add it in its place")


def _pack(head: PackHead, id_: str, contents: _Contents, digest: str) -> Pack:
    return Pack(
        id=id_, owner=head.owner, title=head.title, version=head.version, about=head.about, page=head.page,
        adopted_on=head.adopted_on, changes=tuple(contents.changes), sha256=digest,
        principles=tuple(contents.principles[i] for i in contents.order if i in contents.principles),
    )  # fmt: skip
