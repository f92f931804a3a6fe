"""`assess` and `readiness`: one case, or the trust alone."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from clpt_growth.cli.beside import Data, beside_for, comparisons_of, drawn_of, screen_of, view_of
from clpt_growth.cli.paper import Format, Report, School, hand_over, refuse_early
from clpt_growth.cli.shell import (
    FAILED,
    AsOf,
    Overwrite,
    TextOrJson,
    TrustFile,
    case_for,
    choice,
    problems_told,
    show,
    workspace_of,
)
from clpt_growth.cli.trying import Delay, Posts, Set, asked_to_try, case_trying, refuse_to_save

if TYPE_CHECKING:
    from clpt_growth.model.finding import Assessment
    from clpt_growth.model.what_if import WhatIf
    from clpt_growth.opendata.beside import Beside
    from clpt_growth.papers.formats import Paper
    from clpt_growth.papers.svg import Picture

Tries = tuple[list[str] | None, list[str] | None, list[str] | None]
# The assessment with something tried in it, and what that was.
Tried = tuple["Assessment", "WhatIf"]

FailOn = Annotated[
    list[str] | None,
    typer.Option(
        "--fail-on",
        metavar="WORD",
        help="Exit with 1 on decline, defer or conditions, or on a gate's outcome such as 'not met'.",
    ),
]


def assess(
    school: School,
    trust: TrustFile = None,
    as_of: AsOf = "",
    data: Data = None,
    report: Report = None,
    format_: Format = "text",
    overwrite: Overwrite = False,
    fail_on: FailOn = None,
    set_: Set = None,
    post: Posts = None,
    delay: Delay = None,
) -> None:
    """Judge one school against the trust's principles; show the answer, and write the board paper.

    Example: clpt-growth assess schools/oakfield.yaml --report oakfield.md
    """
    with problems_told():
        refuse_early(format_, report, overwrite=overwrite)
        tries = (set_, post, delay)
        refuse_to_save(any(tries), format_, report)
        assessment, trust_file, tried = _assessed(school, trust, as_of, fail_on or [], tries)
        beside = beside_for(assessment, data, trust_file) if data is not None else None
        shown = _Shown(school, f" --trust {trust}" if trust else "", tried, beside, data)
        hand_over(
            lambda start: _paper(assessment, trust_file, start, beside),
            lambda: _answer(assessment, format_, shown),
            format_,
            report,
            overwrite=overwrite,
        )
        _fail_if_asked(assessment, fail_on or [])


def readiness(
    trust: TrustFile = None,
    as_of: AsOf = "",
    format_: TextOrJson = "text",
    fail_on: FailOn = None,
    set_: Set = None,
    post: Posts = None,
) -> None:
    """Judge the trust alone: the yearly review of its capacity to grow.

    Example: clpt-growth readiness --trust trust.yaml
    """
    with problems_told():
        from clpt_growth.files.problems import problem_with

        choice("--format", format_, ("text", "json"))
        assessment, trust_file, tried = _assessed(None, trust, as_of, fail_on or [], (set_, post, None))
        if trust_file is None:
            raise problem_with("trust.yaml", "was not found here or above", "name it: --trust FILE")
        show(_answer(assessment, format_, _Shown(tried=tried)))
        _fail_if_asked(assessment, fail_on or [])


def _assessed(
    school: Path | None, trust: Path | None, as_of: str, fail_on: list[str], tries: Tries
) -> "tuple[Assessment, Path | None, Tried | None]":
    """As the files say and, where something is tried, with that in its place."""
    from clpt_growth.judging.assess import assess as assessed
    from clpt_growth.papers.failing import refuse_unknown

    refuse_unknown(fail_on)
    case, library, trust_file = case_for(school, trust, as_of)
    what_if = asked_to_try(*tries, library, [school.stem] if school is not None else [])
    tried = None
    if what_if:
        tried = assessed(case_trying(case, what_if, school.stem if school is not None else ""), library), what_if
    return assessed(case, library), trust_file, tried


def _fail_if_asked(assessment: "Assessment", fail_on: list[str]) -> None:
    from clpt_growth.papers.failing import occurs

    if occurs(assessment, fail_on):
        raise typer.Exit(FAILED)


class _Shown(NamedTuple):
    """What an answer shows besides the assessment: the file it is of, what was tried, its place among others."""

    school: Path | None = None
    more: str = ""
    tried: "Tried | None" = None
    beside: "Beside | None" = None
    data: Path | None = None


def _answer(assessment: "Assessment", format_: str, shown: _Shown) -> str:
    """The answer the files give and, after it, what comes out differently with what is tried."""
    tried, beside = shown.tried, shown.beside
    if format_ == "json":
        from clpt_growth.papers.assessment_json import assessment_json
        from clpt_growth.papers.tried_words import what_if_object

        return assessment_json(
            assessment,
            what_if_object(assessment, *tried) if tried else None,
            comparisons_of(beside) if beside else None,
        )
    from clpt_growth.papers.screen import assessment_screen
    from clpt_growth.papers.tried_words import tried_screen

    said = {"beside": screen_of(beside), "data": f" --data {_quoted(shown.data)}"} if beside else {}
    screen = assessment_screen(assessment, str(shown.school) if shown.school is not None else "", shown.more, **said)
    return screen + tried_screen(assessment, *tried) if tried else screen


def _quoted(path: Path | None) -> str:
    return f'"{path}"' if " " in str(path) else str(path)


def _paper(assessment: "Assessment", trust: Path | None, start: str | None, beside: "Beside | None") -> "Paper":
    from clpt_growth.papers.board_paper import LAYOUT, TEMPLATE, board_paper
    from clpt_growth.papers.formats import Paper
    from clpt_growth.papers.render import layout, own_file_blamed, rendered

    workspace = workspace_of(trust)
    shown = layout(LAYOUT, workspace)
    # Nothing is drawn where there is no place to keep it.
    pictures = {} if start is None else _drawn(assessment, beside, start)
    with own_file_blamed(LAYOUT, workspace):
        view = board_paper(assessment, shown, pictures, view_of(beside, assessment, pictures) if beside else None)
    words = rendered(view, TEMPLATE, workspace)
    # A trust's own template may leave a picture out.
    return Paper(words, {place: picture for place, picture in pictures.items() if f"]({place})" in words})


def _drawn(assessment: "Assessment", beside: "Beside | None", start: str) -> "dict[str, Picture]":
    from clpt_growth.papers.paper_charts import pictures_of
    from clpt_growth.papers.paper_pictures import places_of

    return places_of((*pictures_of(assessment), *drawn_of(beside)), start)
