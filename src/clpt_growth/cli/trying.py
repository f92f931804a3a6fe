"""What every command that answers a question lets a person try: a fact, a post, a later start."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from clpt_growth.model.case import Case
    from clpt_growth.model.rules import Library
    from clpt_growth.model.what_if import WhatIf

Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="FACT=VALUE", help="Try a fact of the trust or, as SCHOOL:FACT=VALUE, of a school."),
]
Posts = Annotated[
    list[str] | None,
    typer.Option("--post", metavar="POST=+N", help="Try more posts: improvement.secondary=+1, central.finance=+0.5."),
]
Delay = Annotated[
    list[str] | None,
    typer.Option("--delay", metavar="SCHOOL=TERMS", help="Try a later start, by the name of the school's file."),
]


def refuse_to_save(tried: bool, format_: str, report: Path | None, shown: tuple[str, ...] = ("text", "json")) -> None:
    """Something tried is shown on the screen, and never saved as if the files said it."""
    if not tried or (report is None and format_ in shown):
        return
    from clpt_growth.files.problems import problem_with
    from clpt_growth.papers.wording import listed

    todo = "leave out --report, or what is tried" if report is not None else f"use --format {listed(shown, 'or')}"
    raise problem_with("--set, --post and --delay", "are tried and never saved", todo)


def asked_to_try(
    set_: list[str] | None, posts: list[str] | None, delay: list[str] | None, library: "Library", schools: list[str]
) -> "WhatIf":
    """What is tried, or nothing; `InputError` holds every problem in it."""
    from clpt_growth.model.what_if import NOTHING

    if not (set_ or posts or delay):
        return NOTHING
    from clpt_growth.files.what_if_words import what_if

    return what_if(set_ or [], posts or [], delay or [], library.dictionary, schools)


def case_trying(case: "Case", tried: "WhatIf", called: str) -> "Case":
    """The case with what is tried in the place of what its files say."""
    from dataclasses import replace

    from clpt_growth.pipeline.trying import school_trying, trust_trying

    own = {n: f for n, f in case.facts.items() if not n.startswith("trust.")}
    trust = {n: f for n, f in case.facts.items() if n.startswith("trust.")}
    return replace(case, facts={**trust_trying(trust, tried), **school_trying(own, tried, called)})
