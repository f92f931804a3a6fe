"""All of `principles/` as one library: read fresh, or taken from its compiled form when that is the same."""

import copyreg
import os
import pickle
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from shutil import rmtree
from typing import Any

from clpt_growth import __version__
from clpt_growth.files.disk import read_bytes
from clpt_growth.files.problems import InputError, Problem
from clpt_growth.files.shipped import shipped
from clpt_growth.files.unread import unread
from clpt_growth.model.rules import Library

# Whole, and without the worked examples, which are half of it and which no command that judges reads.
COMPILED: Mapping[bool, str] = {True: "compiled.bin", False: "compiled-without-examples.bin"}
_DIGEST_BYTES = 32
_MOST_KEPT = 8
# Whatever is wrong with a compiled library, the YAML is read instead.
_UNUSABLE = (
    OSError, pickle.UnpicklingError, ArithmeticError, AttributeError, EOFError, ImportError, LookupError, MemoryError,
    RuntimeError, TypeError, ValueError,
)  # fmt: skip
_OURS = "clpt_growth.model."
_PLAIN = (("decimal", "Decimal"), ("datetime", "date"))


def library(workspace: Path | None = None, *, examples: bool = True) -> Library:
    """The shipped principles, with a trust's own laid over them where its folder has any.

    `examples` says whether each principle holds its worked examples. Raises `InputError` with every problem in the
    YAML; the YAML is always the truth, the compiled form only spares reading it again.
    """
    folder = shipped("principles")
    own = workspace / "principles" if workspace is not None else None
    own = own if own is not None and own.exists() and own.resolve() != folder.resolve() else None
    # What is not read is in no fingerprint either.
    if own is not None and (passed_over := unread(own, folder)):
        raise InputError(passed_over)
    key = _fingerprint([folder, *([own] if own else [])])
    if (found := _compiled(Path(__file__).parents[1] / COMPILED[examples], key)) is not None:
        return found
    kept = _cache_folder() / f"{key[:32]}-{_own_code()[:16]}"
    if (found := _compiled(kept / COMPILED[examples], key)) is not None:
        return found
    fresh = replace(read_library(folder, own), sha256=key)
    # A folder that cannot be written only costs time.
    with suppress(OSError):
        _keep(kept, fresh)
        _forget_oldest(kept.parent)
    return fresh if examples else _without_examples(fresh)


def compile_shipped(folder: Path, place: Path) -> None:
    """Read the principles in a folder and keep them compiled: what the wheel carries."""
    _keep(place, replace(read_library(folder), sha256=_fingerprint([folder])))


def read_library(folder: Path, own: Path | None = None) -> Library:
    """The library read from YAML, every file of it checked."""
    # pydantic and the readers are only needed when something has changed.
    from clpt_growth.files.library_yaml import library_from

    problems: list[Problem] = []
    found = library_from(folder, own, problems)
    if problems or found is None:
        raise InputError(problems)
    return found


def _keep(place: Path, content: Library) -> None:
    """Both compiled forms, each put in its place whole."""
    place.mkdir(parents=True, exist_ok=True)
    for examples, name in COMPILED.items():
        beside = (place / name).with_suffix(".new")
        beside.write_bytes(_pickled(content if examples else _without_examples(content)))
        beside.replace(place / name)


def _forget_oldest(place: Path) -> None:
    """Whoever writes principles of their own leaves a compiled state of them behind at each try."""
    by_age = sorted(place.glob("*-*"), key=lambda path: path.stat().st_mtime_ns)
    for old in by_age[:-_MOST_KEPT]:
        rmtree(old) if old.is_dir() else old.unlink()


def _without_examples(content: Library) -> Library:
    packs = (replace(k, principles=tuple(replace(p, examples=()) for p in k.principles)) for k in content.packs)
    return replace(content, packs=tuple(packs))


def _pickled(content: Library) -> bytes:
    made = BytesIO()
    _WithoutDefaults(made, protocol=5).dump(content)
    payload = made.getvalue()
    return sha256(payload).digest() + payload


class _WithoutDefaults(pickle.Pickler):
    """A noun finds in its class what it has no value of its own for, so what is as its class has it is not kept."""

    def reducer_override(self, obj: Any) -> Any:
        noun = type(obj)
        if not is_dataclass(noun):
            return NotImplemented
        usual = _usual(noun)
        own = {n: v for n, v in vars(obj).items() if n in usual and not _same(v, usual[n])}
        return copyreg.__newobj__, (noun,), own  # type: ignore[attr-defined]


@cache
def _usual(noun: type[Any]) -> Mapping[str, Any]:
    return {f.name: f.default for f in fields(noun)}


def _same(value: Any, usual: Any) -> bool:
    return type(value) is type(usual) and value == usual


def _cache_folder() -> Path:
    import platformdirs

    return Path(platformdirs.user_cache_dir("clpt-growth", appauthor=False))


def _own_code() -> str:
    """Tells one state of a checkout from another, so that a change to a reader is a change to what it kept."""
    package = Path(__file__).parents[1]
    seen = sorted(
        (str(p), p.stat().st_mtime_ns) for room in ("model", "files", "facts") for p in (package / room).glob("*.py")
    )
    return sha256(repr(seen).encode()).hexdigest()


def _fingerprint(folders: Iterable[Path]) -> str:
    """Of every YAML file in some folders; two hundred are read at each start, and so in the plainest way."""
    digest = sha256(__version__.encode())
    for folder in folders:
        above = len(str(folder)) + 1
        for path in sorted(_yaml_under(folder)):
            digest.update(path[above:].encode(errors="surrogateescape"))
            digest.update(_bytes_of(path))
    return digest.hexdigest()


def _yaml_under(folder: Path) -> Iterator[str]:
    """Whatever is named as YAML: a folder so named is a problem once it is opened."""
    for here, folders, files in os.walk(folder):
        yield from (f"{here}{os.sep}{name}" for name in (*folders, *files) if name.endswith(".yaml"))


def _bytes_of(path: str) -> bytes:
    """As `read_bytes` does it, which looks again only where something is wrong."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            return file.readall()
    except OSError:
        return read_bytes(Path(path))


class _OnlyOurNouns(pickle.Unpickler):
    """A compiled library holds our own plain nouns, numbers and dates; anything else is refused."""

    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name) if module.startswith(_OURS) or (module, name) in _PLAIN else None
        # A name imported into one of our modules, or reached through a dot, is not ours.
        if isinstance(found, type) and (found.__module__, found.__qualname__) == (module, name):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a compiled library")


def _compiled(place: Path, key: str) -> Library | None:
    try:
        content = place.read_bytes()
        digest, payload = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
        found = _OnlyOurNouns(BytesIO(payload)).load() if sha256(payload).digest() == digest else None
        return found if isinstance(found, Library) and found.sha256 == key else None
    except _UNUSABLE:
        return None
