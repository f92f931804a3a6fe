"""What lies in a trust's `principles` folder and would be passed over without a word."""

from collections.abc import Iterator
from pathlib import Path

from clpt_growth.files.problems import Problem

_PACK = "pack.yaml"
_YAML = (".yaml", ".yml")


def unread(own: Path, shipped: Path) -> tuple[Problem, ...]:
    """A problem for each file of YAML that no reader looks for, so that nobody believes it is in use."""
    if not own.is_dir():
        return (_problem(own, "is not a folder", "take it away, or make a folder of it"),)
    return tuple(found for path in sorted(own.iterdir()) for found in _unread(path, shipped))


def _unread(path: Path, shipped: Path) -> Iterator[Problem]:
    if path.is_dir():
        yield from _in_folder(path, shipped)
    elif _is_no_file(path):
        yield _no_file(path)
    elif path.suffix == ".yml":
        yield _problem(path, "is not read", f"name it {path.stem}.yaml")
    elif path.suffix == ".yaml" and not (shipped / path.name).is_file():
        known = ", ".join(sorted(p.name for p in shipped.glob("*.yaml")))
        yield _problem(path, "is not read", f"put it in a folder with a {_PACK}, or name it as one of: {known}")


def _in_folder(folder: Path, shipped: Path) -> Iterator[Problem]:
    files = sorted(p for p in folder.iterdir() if p.suffix in _YAML)
    yield from (_no_file(p) for p in files if _is_no_file(p))
    yield from (_problem(p, "is not read", f"name it {p.stem}.yaml") for p in files if p.suffix == ".yml")
    # Only a folder of principles is a pack; the tables' folder is none here or there.
    is_pack = not (shipped / folder.name).is_dir() or (shipped / folder.name / _PACK).is_file()
    if files and is_pack and not any(p.name in (_PACK, "pack.yml") for p in files):
        yield _problem(folder, f"has no {_PACK}, so nothing in it is read", "add one: see docs/packs.md")


def _is_no_file(path: Path) -> bool:
    """A pipe would be waited on for ever."""
    return path.suffix in _YAML and path.exists() and not path.is_file() and not path.is_dir()


def _no_file(path: Path) -> Problem:
    return _problem(path, "is a device or pipe and not an ordinary file", "take it away, or put a file there")


def _problem(path: Path, wrong: str, todo: str) -> Problem:
    return Problem(str(path), 0, "", wrong, todo)
