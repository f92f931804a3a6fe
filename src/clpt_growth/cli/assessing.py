"""`assess` and `readiness`: one case, or the trust alone."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clpt_growth.cli.shell import (
    FAILED,
    AsOf,
    Overwrite,
    TrustFile,
    case_for,
    choice,
    problems_told,
    show,
    tell,
)

if TYPE_CHECKING:
    from clpt_growth.model.finding import Assessment

_FORMATS = ("text", "json", "md")
# The board paper asks about a school; the trust alone has none.
_TRUST_FORMATS = ("text", "json")
Format = Annotated[str, typer.Option("--format", metavar="FORMAT", help="text, json or md.")]
Report = Annotated[
    Path | None,
    typer.Option("--report", metavar="FILE", help="Also write the board paper to this Markdown file."),
]
FailOn = Annotated[
    list[str] | None,
    typer.Option(
        "--fail-on",
        metavar="WORD",
        help="Exit with 1 on decline, defer or conditions, or on a gate's outcome such as 'not met'.",
    ),
]


def assess(
    school: Annotated[Path, typer.Argument(metavar="SCHOOL", help="The school file.")],
    trust: TrustFile = None,
    as_of: AsOf = "",
    report: Report = None,
    format_: Format = "text",
    overwrite: Overwrite = False,
    fail_on: FailOn = None,
) -> None:
    """Judge one school against the trust's principles; show the answer, and write the board paper.

    Example: clpt-growth assess schools/oakfield.yaml --report oakfield.md
    """
    with problems_told():
        _answer(school, trust, as_of, report, format_, overwrite, fail_on or [])


def readiness(
    trust: TrustFile = None,
    as_of: AsOf = "",
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="text or json.")] = "text",
    fail_on: FailOn = None,
) -> None:
    """Judge the trust alone: the yearly review of its capacity to grow.

    Example: clpt-growth readiness --trust trust.yaml
    """
    with problems_told():
        _answer(None, trust, as_of, None, format_, False, fail_on or [])


def _answer(
    school: Path | None,
    trust: Path | None,
    as_of: str,
    report: Path | None,
    format_: str,
    overwrite: bool,
    fail_on: list[str],
) -> None:
    from clpt_growth.judging.assess import assess as assessed
    from clpt_growth.papers.failing import occurs, refuse_unknown

    choice("--format", format_, _FORMATS if school is not None else _TRUST_FORMATS)
    refuse_unknown(fail_on)
    case, library, trust_file = case_for(school, trust, as_of)
    if school is None and trust_file is None:
        from clpt_growth.files.problems import problem_with

        raise problem_with("trust.yaml", "was not found here or above", "name it: --trust FILE")
    assessment = assessed(case, library)
    if report is not None:
        _write_paper(assessment, report, trust_file, overwrite)
    show(_in_format(assessment, format_, school, trust_file, f" --trust {trust}" if trust else ""))
    if report is not None:
        tell(f"Written: {report}")
    if occurs(assessment, fail_on):
        raise typer.Exit(FAILED)


def _in_format(assessment: "Assessment", format_: str, school: Path | None, trust: Path | None, more: str) -> str:
    if format_ == "json":
        from clpt_growth.papers.published import assessment_json

        return assessment_json(assessment)
    if format_ == "md":
        return _paper(assessment, trust)
    from clpt_growth.papers.screen import assessment_screen

    return assessment_screen(assessment, str(school) if school is not None else "", more)


def _paper(assessment: "Assessment", trust: Path | None) -> str:
    from clpt_growth.papers.board_paper import LAYOUT, TEMPLATE, board_paper
    from clpt_growth.papers.render import layout, own_file_blamed, rendered

    workspace = trust.parent if trust is not None else None
    shown = layout(LAYOUT, workspace)
    with own_file_blamed(LAYOUT, workspace):
        view = board_paper(assessment, shown)
    return rendered(view, TEMPLATE, workspace)


def _write_paper(assessment: "Assessment", report: Path, trust: Path | None, overwrite: bool) -> None:
    from clpt_growth.files.disk import write_text

    write_text(report, _paper(assessment, trust), overwrite=overwrite)
