"""Files on disk: read as text within bounds, written whole or not at all."""

import os
import tempfile
from pathlib import Path

from clpt_growth.files.problems import InputError, problem_with
from clpt_growth.files.yaml_text import LARGEST_FILE_BYTES, Node, node_from


def read_bytes(path: Path, *, shown_as: str = "") -> bytes:
    """The bytes of a file; every way it can fail is a problem a person can act on."""
    shown = shown_as or str(path)
    try:
        if path.is_dir():
            raise problem_with(shown, "is a folder", "name a file in it")
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
    """Write a file whole or not at all; an existing one only when told to."""
    if path.exists() and not overwrite:
        raise problem_with(str(path), "is already there", "name another file, or add --overwrite")
    if path.is_dir():
        raise problem_with(str(path), "is a folder", "name a file in it")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            Path(beside).chmod(0o644)
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise problem_with(str(path), f"cannot be written ({reason})", "check the folder and your rights") from None
