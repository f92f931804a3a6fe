"""Files on disk: read as text within bounds, written whole or not at all."""

import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from clpt_growth.files.problems import InputError, problem_with
from clpt_growth.files.yaml_text import LARGEST_FILE_BYTES, Node, node_from


def read_bytes(path: Path, *, shown_as: str = "") -> bytes:
    """The bytes of a file; every way it can fail is a problem a person can act on."""
    shown = shown_as or str(path)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise problem_with(shown, "is a folder", "name a file in it")
        if not stat.S_ISREG(mode):
            raise problem_with(shown, "is a device or pipe and not an ordinary file", "name an ordinary file")
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE_BYTES + 1)
    except FileNotFoundError:
        raise problem_with(shown, "there is no such file", _nearest(path)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise problem_with(shown, f"cannot be read ({reason})", "check the path and your rights") from None
    if len(content) > LARGEST_FILE_BYTES:
        raise problem_with(shown, f"is larger than {LARGEST_FILE_BYTES:,} bytes", "split it or shorten it")
    return content


def _nearest(path: Path) -> str:
    folder = path.parent
    try:
        names = sorted(p.name for p in folder.glob("*.yaml"))
    except OSError:
        names = []
    return f"the folder holds: {', '.join(names[:6])}" if names else "check the path"


def text_of(content: bytes, shown: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InputError(
            problem_with(f"{shown}:{line}", "is not UTF-8 text", 'save it again as "UTF-8"').problems
        ) from None


def read_node(path: Path, *, shown_as: str = "") -> tuple[Node, bytes]:
    """A YAML file as a node, with the bytes it was read from (for its fingerprint)."""
    shown = shown_as or str(path)
    content = read_bytes(path, shown_as=shown)
    return node_from(text_of(content, shown), shown), content


def write_text(path: Path, text: str, *, overwrite: bool = False) -> None:
    """Write a text file whole or not at all; an existing one only when told to."""
    write_bytes(path, text.encode("utf-8"), overwrite=overwrite)


def write_parts(path: Path, parts: Iterable[str], *, overwrite: bool = False) -> None:
    """Write a text file part by part, and put it in its place only once it is whole."""
    _write({path: (part.encode("utf-8") for part in parts)}, overwrite=overwrite)


def write_bytes(path: Path, content: bytes, *, overwrite: bool = False) -> None:
    """Write a file whole or not at all; an existing one only when told to, and only where it is an ordinary file."""
    write_together({path: content}, overwrite=overwrite)


def write_together(files: Mapping[Path, bytes], *, overwrite: bool = False) -> None:
    """Write files that belong together: none is put in its place before all are whole; the first is put there last."""
    _write({path: (content,) for path, content in files.items()}, overwrite=overwrite)


def _write(files: Mapping[Path, Iterable[bytes]], *, overwrite: bool) -> None:
    for path in files:
        refuse_to_replace(path, overwrite=overwrite)
    beside: dict[Path, Path] = {}
    try:
        for path, parts in files.items():
            _write_beside(path, parts, beside)
        for path in reversed(beside):
            _put_in_place(beside[path], path)
    finally:
        for left in beside.values():
            left.unlink(missing_ok=True)


def _write_beside(path: Path, parts: Iterable[bytes], beside: dict[Path, Path]) -> None:
    # Only what is kept in a file needs it; most commands only show.
    import tempfile

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        beside[path] = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.writelines(parts)
        beside[path].chmod(0o644)
    except OSError as error:
        raise _cannot_be_written(path, error) from None


def _put_in_place(made: Path, path: Path) -> None:
    try:
        made.replace(path)
    except OSError as error:
        raise _cannot_be_written(path, error) from None


def refuse_link(folder: Path) -> None:
    """A problem where what should be a folder beside a file leads somewhere else, or is no folder."""
    if folder.is_symlink():
        raise problem_with(str(folder), "is a link to another place", "take the link away, or name another folder")
    if folder.exists() and not folder.is_dir():
        raise problem_with(str(folder), "is not a folder", "take it away, or name another folder")


def refuse_to_replace(path: Path, *, overwrite: bool) -> None:
    """A problem where something stands at a path that may not be replaced: a link or a device never may."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        raise _cannot_be_written(path, error) from None
    if stat.S_ISDIR(mode):
        raise problem_with(str(path), "is a folder", "name a file in it")
    if not stat.S_ISREG(mode):
        what = "a link to another place" if stat.S_ISLNK(mode) else "a device or pipe"
        raise problem_with(str(path), f"is {what} and not an ordinary file", "name an ordinary file")
    if not overwrite:
        raise problem_with(str(path), "is already there", "name another file, or add --overwrite")


def _cannot_be_written(path: Path, error: Exception) -> InputError:
    reason = getattr(error, "strerror", None) or str(error)
    return problem_with(str(path), f"cannot be written ({reason})", "check the folder and your rights")
