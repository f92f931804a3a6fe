"""`scan`: every state school in the downloads beside the lines of first triage."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clpt_growth.cli.shell import (
    AsOf,
    Overwrite,
    TrustFile,
    choice,
    day_asked,
    harmless,
    problems_told,
    tell,
    trust_here,
    workspace_of,
)

if TYPE_CHECKING:
    from clpt_growth.model.rules import Library
    from clpt_growth.opendata.scan import Asked
    from clpt_growth.opendata.topics import Topics
    from clpt_growth.papers.scan_words import Page

Several = list[str] | None
Phase = Annotated[Several, typer.Option("--phase", metavar="PHASE", help="Only schools of this phase.")]
Authority = Annotated[Several, typer.Option("--authority", metavar="NAME", help="Only schools in this council's area.")]
Within = Annotated[
    float | None,
    typer.Option("--within", metavar="MILES", help="Only schools so near to an academy of the trust.", min=0),
]
Need = Annotated[
    Several, typer.Option("--need", metavar="TOPIC", help="Only schools short of a line on it, such as absence.")
]


def scan(
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="The folder with the downloads.")],
    trust: TrustFile = None,
    as_of: AsOf = "",
    phase: Phase = None,
    authority: Authority = None,
    within: Within = None,
    need: Need = None,
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="text, csv or json.")] = "text",
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help="Write the list to this file.")] = None,
    overwrite: Overwrite = False,
) -> None:
    """List state schools with what published data say of them: a long-list for a conversation.

    Inspection, results, absence, places, finance and distance, each beside the lines of the principles in use.
    It ranks nothing and scores no intake. An option may be given more than once.

    Example: clpt-growth scan --data data --trust trust.yaml --phase primary --within 15
    """
    with problems_told():
        from clpt_growth.papers.scan_words import scan_csv, scan_json, scan_lines

        forms = {"text": scan_lines, "csv": scan_csv, "json": scan_json}
        form = forms[choice("--format", format_, tuple(forms))]
        _write(form(_page(data, trust, as_of, phase, authority, within, need)), to, overwrite)


def _page(
    data: Path, trust: Path | None, as_of: str, phase: Several, authority: Several, within: float | None, need: Several
) -> "Page":
    """The scan as asked for, begun."""
    from clpt_growth.cli.data import opened
    from clpt_growth.files.cases import read_case
    from clpt_growth.opendata.scan import academies_of
    from clpt_growth.opendata.scan import scan as begun
    from clpt_growth.opendata.topics import topics
    from clpt_growth.papers.scan_words import Page

    when = day_asked(as_of)
    trust = trust or trust_here()
    found, known, library = opened(data)
    case = read_case(None, trust, library.dictionary, as_of=when)
    shown = topics(library, workspace_of(trust))
    asked = _asked(phase, authority, within, need, library, shown)
    started = begun(found, known, library, shown.topics, asked, own=academies_of(case.facts), as_of=when)
    return Page(
        started, asked, shown.says, case.text("trust.identity.name"), when,
        library.dictionary, library.rules.suppress_below,
    )  # fmt: skip


def _asked(
    phase: Several, authority: Several, within: float | None, need: Several, library: "Library", shown: "Topics"
) -> "Asked":
    from decimal import Decimal
    from math import isfinite

    from clpt_growth.files.problems import problem_with
    from clpt_growth.opendata.scan import Asked

    if within is not None and not isfinite(within):
        raise problem_with("--within", "is not a distance", "give a number of miles, such as 15")
    phases = library.dictionary.kinds["school.identity.phase"].choices
    with_lines = tuple(t.id for t in shown.topics if t.lines)
    return Asked(
        phases=tuple(choice("--phase", p.lower(), phases) for p in phase or ()),
        authorities=tuple(a.casefold() for a in authority or ()),
        within_miles=Decimal(str(within)) if within is not None else None,
        needs=tuple(choice("--need", n, with_lines) for n in need or ()),
    )


def _write(parts: Iterable[str], to: Path | None, overwrite: bool) -> None:
    """School by school to the screen, or to a file that is there whole or not at all."""
    if to is None:
        for part in parts:
            sys.stdout.write(harmless(part))
        return
    from clpt_growth.files.disk import write_parts

    write_parts(to, parts, overwrite=overwrite)
    tell(f"Written: {to}")
