"""Which files a person means: those named, and the school and trust files in the folders named."""

import os
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from clpt_growth.files.cases import TRUST_FILE
from clpt_growth.files.problems import problem_with
from clpt_growth.files.yaml_text import Node
from clpt_growth.model.dictionary import Dictionary

ENDINGS = (".yaml", ".yml")
PIPELINE_FILES = ("pipeline.yaml", "pipeline.yml")
_OTHER_FOLDERS = frozenset(("principles", "templates", "schema", "data"))


def files_meant(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Files as named, folders walked; without a name, this folder's trust file and schools."""
    named = tuple(paths)
    found = dict.fromkeys(file for path in named for file in _files_at(path)) if named else _here()
    if not found:
        where = ", ".join(map(str, named)) or "this folder"
        raise problem_with(where, "holds no school or trust file", "name one, or start with: clpt-growth init DIR")
    return tuple(found)


def _here() -> dict[Path, None]:
    trust = [path for path in (Path(TRUST_FILE),) if path.is_file()]
    schools = sorted(p for p in Path("schools").glob("*") if p.suffix in ENDINGS)
    return dict.fromkeys([*trust, *schools])


def _files_at(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from files_in(path)
    else:
        yield path


def files_in(path: Path) -> Iterator[Path]:
    """The school and trust files in a folder and those below it, the trust file first, then by name."""
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in _OTHER_FOLDERS)
        for name in sorted(names, key=lambda n: (n != TRUST_FILE, n)):
            if name.endswith(ENDINGS) and not name.startswith(".") and name not in PIPELINE_FILES:
                yield Path(folder) / name


def kind_of_file(path: Path, node: Node, dictionary: Dictionary) -> str:
    """ "school" or "trust" by the blocks in the file; raises `InputError` where it can be neither."""
    if path.name == TRUST_FILE:
        return "trust"
    blocks = set(node.value) if isinstance(node.value, dict) else set()
    school = len(blocks & _written_blocks(dictionary, "school", "case"))
    trust = len(blocks & _written_blocks(dictionary, "trust"))
    if blocks and not school and not trust and not _misspelt(blocks, dictionary):
        raise problem_with(
            str(path),
            "has no block of a school or trust file",
            "name another file, or start one: clpt-growth new NAME",
        )
    return "trust" if trust > school else "school"


def _misspelt(names: Iterable[str], dictionary: Dictionary) -> bool:
    """Whether a name is nearly that of a block: then the reader says what was meant."""
    known = [b.id for b in dictionary.blocks if b.records or b.written]
    return any(get_close_matches(name, known, n=1, cutoff=0.8) for name in names)


def refuse_other_kinds(path: Path) -> None:
    """Say plainly what a file is not, before trying to read it."""
    if path.name in PIPELINE_FILES:
        raise problem_with(str(path), "is not a school or trust file", "name one of those")
    if path.suffix not in ENDINGS and path.exists():
        raise problem_with(str(path), "is not a YAML file", "name a school or trust file, ending .yaml")


def _written_blocks(dictionary: Dictionary, *subjects: str) -> set[str]:
    """Blocks a person writes in: those with nothing but worked-out facts say nothing about a file."""
    return {id_ for id_, block in dictionary.blocks_of(*subjects).items() if block.records or block.written}
