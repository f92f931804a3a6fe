"""What the commands that make a paper share: its format, on stdout or in a file."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clpt_growth.cli.completing import one_of
from clpt_growth.cli.shell import choice, show, tell

if TYPE_CHECKING:
    from clpt_growth.papers.formats import Paper

School = Annotated[Path, typer.Argument(metavar="SCHOOL", help="The school file.")]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="text, json, or the paper: md, html, docx or pdf.",
        autocompletion=one_of("text", "json", "md", "html", "docx", "pdf"),
    ),
]
Report = Annotated[
    Path | None,
    typer.Option(
        "--report",
        metavar="FILE",
        help="Also write the paper, as the file ends: .md (with its pictures in figures/), .html, .docx or .pdf.",
    ),
]


def refuse_early(format_: str, report: Path | None, *, overwrite: bool) -> None:
    """What stands in the way of a paper is told before any work is done."""
    from clpt_growth.files.disk import refuse_link, refuse_to_replace
    from clpt_growth.files.problems import problem_with
    from clpt_growth.papers.formats import FIGURES, PAPERS, TEXTS, format_of, need_format

    choice("--format", format_, ("text", "json", *PAPERS))
    need_format(format_)
    if format_ in PAPERS and format_ not in TEXTS and sys.stdout.isatty():
        raise problem_with(f"--format {format_}", "is not for a screen", f"name a file: --report paper.{format_}")
    if report is not None:
        need_format(format_of(report))
        refuse_to_replace(report, overwrite=overwrite)
        if format_of(report) == "md":
            refuse_link(report.parent / FIGURES)


def hand_over(
    paper: "Callable[[str | None], Paper]",
    other: Callable[[], str],
    format_: str,
    report: Path | None,
    *,
    overwrite: bool,
) -> None:
    """The paper to its file and to stdout; `other` is what a format that is no paper shows.

    `paper` is given how the names of its pictures' files begin, or None for a paper without pictures.
    """
    from clpt_growth.papers.formats import PAPERS, TEXTS, paper_in

    said = _write(paper, report, overwrite=overwrite) if report is not None else ""
    if format_ not in PAPERS:
        show(other())
    else:
        made = paper_in(format_, paper(_start(format_, report)))
        if format_ in TEXTS:
            show(made.decode())
        else:
            sys.stdout.buffer.write(made)
    if said:
        tell(said)


def _start(format_: str, report: Path | None) -> str | None:
    """Markdown on its own has nowhere to keep a picture; in every other format they are inside."""
    from clpt_growth.papers.formats import format_of

    if format_ != "md":
        return ""
    return f"{report.stem}-" if report is not None and format_of(report) == "md" else None


def _write(paper: "Callable[[str | None], Paper]", report: Path, *, overwrite: bool) -> str:
    """Write the paper, and beside Markdown its pictures; say what was written."""
    from urllib.parse import unquote

    from clpt_growth.files.disk import write_together
    from clpt_growth.papers.formats import FIGURES, format_of, paper_in

    format_ = format_of(report)
    made = paper(_start(format_, report))
    files = {report: paper_in(format_, made)}
    if format_ == "md":
        for place, picture in made.pictures.items():
            files[report.parent / unquote(place, errors="surrogateescape")] = picture.svg.encode()
    write_together(files, overwrite=overwrite)
    # A place of its own on the next line: one line of both is wider than a screen.
    where = f"\nPictures: {report.parent / FIGURES}" if len(files) > 1 else ""
    return f"Written: {report}{where}"
