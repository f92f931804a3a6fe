"""`plan`: start terms for the schools of a pipeline that keep every limit in every term."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clpt_growth.cli.paper import Format, Report, hand_over, refuse_early
from clpt_growth.cli.pipelines import question_asked
from clpt_growth.cli.shell import WRONG, AsOf, Overwrite, TrustFile, choice, problems_told
from clpt_growth.cli.trying import Delay, Posts, Set, asked_to_try, refuse_to_save

if TYPE_CHECKING:
    from clpt_growth.model.what_if import WhatIf
    from clpt_growth.papers.formats import Paper
    from clpt_growth.pipeline.in_order import Question
    from clpt_growth.pipeline.plan import Plan

_MOST_TERMS = 30
# The part of the time for a plan that each of the many questions about posts, and what cannot hold together, may take.
_BRIEFLY = 0.1


Aim = Annotated[
    str,
    typer.Option(
        "--objective",
        metavar="WORD",
        help="order (keep the board's order), pupils (most in schools that need help), joiners (most schools) or "
        "strain (least peak use).",
    ),
]
Terms = Annotated[int | None, typer.Option("--terms", metavar="N", help="Terms a school may start in. Default: 9.")]
TimeLimit = Annotated[
    float, typer.Option("--time-limit", metavar="SECONDS", help="The most the solver may spend on each plan.")
]
Place = Annotated[
    Path, typer.Argument(metavar="[DIR|FILE]", help="A folder, or its pipeline.yaml. Default: this folder.")
]


def plan(
    place: Place = Path(),
    objective: Aim = "order",
    terms: Terms = None,
    time_limit: TimeLimit = 20.0,
    trust: TrustFile = None,
    as_of: AsOf = "",
    report: Report = None,
    format_: Format = "text",
    overwrite: Overwrite = False,
    set_: Set = None,
    post: Posts = None,
    delay: Delay = None,
) -> None:
    """Choose start terms that keep every limit in every term; the board decides who joins, and in what order.

    Example: clpt-growth plan pipeline.yaml --objective joiners
    """
    with problems_told():
        from clpt_growth.pipeline.planning import OBJECTIVES

        choice("--objective", objective, tuple(OBJECTIVES))
        _within("--terms", terms, 1, _MOST_TERMS)
        _within("--time-limit", time_limit, 0, None)
        refuse_early(format_, report, overwrite=overwrite)
        refuse_to_save(any((set_, post, delay)), format_, report)
        asked, trust_file, clean = question_asked(place, trust, as_of)
        tried = asked_to_try(set_, post, delay, asked.library, [e.joiner.name for e in asked.entries])
        found = _plan(asked, tried, objective, terms, time_limit)
        hand_over(lambda _: _paper(found, trust_file.parent), lambda: _shown(found, format_), format_, report,
                  overwrite=overwrite)  # fmt: skip
        if not clean:
            raise typer.Exit(WRONG)


def _within(name: str, number: float | None, least: float, most: float | None) -> None:
    from clpt_growth.files.problems import problem_with

    if number is None or (number >= least and (most is None or number <= most) and number < float("inf")):
        return
    span = f"a number from {least:g} to {most:g}" if most is not None else f"a number of seconds, {least:g} or more"
    raise problem_with(name, f"{number:g} is out of reach", f"give {span}")


def _plan(asked: "Question", tried: "WhatIf", objective: str, terms: int | None, time_limit: float) -> "Plan":
    """Proved or bounded by HiGHS where it is installed; else by what the program can do by itself."""
    from clpt_growth.pipeline import highs
    from clpt_growth.pipeline.plan import plan_of
    from clpt_growth.pipeline.searching import searched

    there = highs.is_there()
    return plan_of(
        asked,
        objective,
        solve=highs.solver(time_limit) if there else searched,
        briefly=highs.solver(time_limit * _BRIEFLY) if there else searched,
        solved_by="HiGHS" if there else "",
        terms=terms,
        tried=tried,
    )


def _shown(plan: "Plan", format_: str) -> str:
    if format_ == "json":
        from clpt_growth.papers.plan_json import plan_json

        return plan_json(plan)
    from clpt_growth.papers.plan_screen import plan_screen

    return plan_screen(plan)


def _paper(plan: "Plan", workspace: Path) -> "Paper":
    from clpt_growth.papers.formats import Paper
    from clpt_growth.papers.plan_paper import TEMPLATE, plan_view
    from clpt_growth.papers.render import rendered

    return Paper(rendered(plan_view(plan), TEMPLATE, workspace))
