"""What every command shares: the date, the files, output, errors and exit codes."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from clpt_growth.cli.completing import one_of
from clpt_growth.papers.markdown import harmless as harmless

if TYPE_CHECKING:
    from clpt_growth.model.case import Case
    from clpt_growth.model.rules import Library

T = TypeVar("T")
FAILED, WRONG, INTERRUPTED = 1, 2, 130
# Academies are younger than the first; nobody plans to the last.
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_LENGTH_OF_A_DAY = len("2026-12-04")

AsOf = Annotated[
    str, typer.Option("--as-of", metavar="DATE", help="The date to judge at, as 2026-12-04. Default: today.")
]
TrustFile = Annotated[
    Path | None,
    typer.Option(
        "--trust",
        metavar="FILE",
        help="The trust file. Default: trust.yaml beside the school file or above it.",
    ),
]
TextOrJson = Annotated[
    str,
    typer.Option("--format", metavar="FORMAT", help="text or json.", autocompletion=one_of("text", "json")),
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace a file that is already there.")]


@contextmanager
def problems_told() -> Iterator[None]:
    """Turn what a person can put right into messages on stderr and exit code 2; a bug stays a traceback."""
    from clpt_growth.files.problems import InputError

    try:
        yield
    except InputError as error:
        from clpt_growth.papers.wording import plural

        for problem in error.problems:
            tell(str(problem))
        tell(f"{plural(len(error.problems), 'problem')}; nothing was written.")
        raise typer.Exit(WRONG) from None
    except KeyboardInterrupt:
        tell("Stopped.")
        raise typer.Exit(INTERRUPTED) from None


def tell(words: str) -> None:
    """A line on stderr, without terminal controls from anybody's file."""
    sys.stderr.write(harmless(words) + "\n")


def show(text: str) -> None:
    """Text on stdout: headings bold on a terminal, plain when piped or where NO_COLOR is set."""
    text = harmless(text)
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        sys.stdout.write(text)
        return
    import re

    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    words = Text(text)
    words.highlight_regex(re.compile(r"^[A-Z][A-Z ]{3,}(?=\s|$)", re.MULTILINE), "bold")
    console.print(words, end="")


# Fewer are done before a person could read how many there are.
_MANY = 20


def progress(items: Iterable[T], total: int, done: str) -> Iterator[T]:
    """The items one by one, with how many are done on stderr, where that is a terminal and there are many."""
    if total < _MANY or not sys.stderr.isatty():
        yield from items
        return
    step = max(1, total // 100)
    for number, item in enumerate(items, 1):
        yield item
        if number % step == 0 or number == total:
            sys.stderr.write(f"\r{number:,} of {total:,} {done}")
            sys.stderr.flush()
    sys.stderr.write("\n")


def day_asked(text: str) -> date:
    """The date asked for, or today; the clock is read here and nowhere else."""
    if not text:
        return date.today()  # noqa: DTZ011 - a board's day is the day where the board sits
    from clpt_growth.files.problems import problem_with

    try:
        # Python would take the day of a week, and a date without its hyphens, too.
        day = date.fromisoformat(text if len(text) == _LENGTH_OF_A_DAY and text[4::3] == "--" else "")
    except ValueError:
        raise problem_with("--as-of", f'"{text}" is not a date', "write year-month-day: 2026-12-04") from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise problem_with("--as-of", f"{text} is out of reach", f"give a year from {_FIRST_YEAR} to {_LAST_YEAR}")
    return day


def trust_here() -> Path | None:
    """The trust file of the folder one stands in, or above it."""
    from clpt_growth.files.cases import trust_file_near

    return trust_file_near(Path.cwd() / "trust.yaml")


def workspace_of(trust: Path | None) -> Path | None:
    """The folder of a trust file, where its own principles and templates are; None without one."""
    return trust.parent if trust is not None else None


def library_for(trust: Path | None, *, examples: bool = False) -> "Library":
    """The shipped principles, with the trust's own laid over them; worked examples are only for who shows them."""
    from clpt_growth.files.library import library

    return library(workspace_of(trust), examples=examples)


def case_for(
    school: Path | None, trust: Path | None, as_of: str, *, examples: bool = False
) -> "tuple[Case, Library, Path | None]":
    """A case from its files and the library it is judged by; `InputError` holds every problem in them."""
    from clpt_growth.files.cases import judged_amiss, read_case, trust_file_near
    from clpt_growth.files.problems import InputError

    when = day_asked(as_of)
    if trust is None:
        trust = trust_file_near(school) if school is not None else trust_here()
    library = library_for(trust, examples=examples)
    case = read_case(school, trust, library.dictionary, as_of=when)
    if amiss := judged_amiss(case.facts, library.ids, str(school)):
        raise InputError(amiss)
    return case, library, trust


def choice(name: str, given: str, known: tuple[str, ...]) -> str:
    """A word out of a few, or a problem that names them."""
    from clpt_growth.files.problems import problem_with

    if given not in known:
        raise problem_with(name, f'"{given}" is not one of the answers', f"write one of: {', '.join(known)}")
    return given
