"""`pipeline`: many schools in the board's order, each beside the trust as it then stands."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clpt_growth.cli.completing import one_of
from clpt_growth.cli.shell import (
    WRONG,
    AsOf,
    Overwrite,
    TrustFile,
    choice,
    day_asked,
    library_for,
    problems_told,
    progress,
    show,
    tell,
)
from clpt_growth.cli.trying import Delay, Posts, Set, asked_to_try, refuse_to_save

if TYPE_CHECKING:
    from clpt_growth.files.problems import Problem
    from clpt_growth.model.case import InputFile
    from clpt_growth.model.fact import Facts
    from clpt_growth.model.rules import Library
    from clpt_growth.model.what_if import WhatIf
    from clpt_growth.pipeline.answer import Answer
    from clpt_growth.pipeline.in_order import Question

FORMATS = ("text", "json", "jsonl", "csv", "md")
_A_LONG_LIST = 200
Format = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="text, json, jsonl (a line for each school), csv or md.",
        autocompletion=one_of(*FORMATS),
    ),
]


def pipeline(
    place: Annotated[
        Path, typer.Argument(metavar="[DIR|FILE]", help="A folder, or its pipeline.yaml. Default: this folder.")
    ] = Path(),
    trust: TrustFile = None,
    as_of: AsOf = "",
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="DIR", help="Also write the summary and all papers to this folder."),
    ] = None,
    format_: Format = "text",
    overwrite: Overwrite = False,
    each_alone: Annotated[
        bool, typer.Option("--each-alone", help="Each school beside the trust of today: no order, no running ledger.")
    ] = False,
    set_: Set = None,
    post: Posts = None,
    delay: Delay = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", metavar="N", help="Processes for --each-alone; else what pays.", min=1),
    ] = None,
) -> None:
    """Judge every school in the board's order beside the trust as it then stands; show what tips, and when.

    Example: clpt-growth pipeline pipeline.yaml --report papers
    """
    with problems_told():
        choice("--format", format_, FORMATS)
        if each_alone:
            clean = _each_alone(place, trust, as_of, format_, jobs, [report, set_, post, delay])
        else:
            asked, trust_file, clean = question_asked(place, trust, as_of)
            tried = asked_to_try(set_, post, delay, asked.library, [e.joiner.name for e in asked.entries])
            _answer(asked, tried, trust_file, format_, report, overwrite)
        if not clean:
            raise typer.Exit(WRONG)


def _each_alone(
    place: Path, trust: Path | None, as_of: str, format_: str, jobs: int | None, refused: list[object]
) -> bool:
    from clpt_growth.cli.each_alone import FORMATS as LINES
    from clpt_growth.cli.each_alone import judge_each_alone
    from clpt_growth.files.pipeline_file import read_pipeline
    from clpt_growth.files.problems import problem_with
    from clpt_growth.pipeline.in_order import Question

    if any(refused):
        wrong = "goes with none of --report, --set, --post and --delay"
        raise problem_with("--each-alone", wrong, "leave it out, or ask about one school: clpt-growth assess SCHOOL")
    choice("--format", format_, LINES)
    when = day_asked(as_of)
    order = read_pipeline(place)
    _, library, facts, inputs = trust_beside(place, trust)
    return judge_each_alone(Question(order, (), facts, (inputs,), when, library), format_, jobs)


def question_asked(place: Path, trust: Path | None, as_of: str) -> "tuple[Question, Path, bool]":
    """The question in the files, the trust file, and whether every school file could be read."""
    from clpt_growth.files.joiners import read_joiners
    from clpt_growth.files.pipeline_file import read_pipeline
    from clpt_growth.pipeline.in_order import Entry, Question

    when = day_asked(as_of)
    order = read_pipeline(place)
    trust_file, library, facts, inputs = trust_beside(place, trust)
    entries, clean = [], True
    numbers: dict[object, str] = {}
    for read in progress(read_joiners(order, library.dictionary), len(order.joiners), "schools read"):
        taken = () if read.facts is None else _taken(read.facts, read.joiner.path, facts, str(trust_file), numbers)
        clean = told_of((*read.problems, *taken)) and clean
        entries.append(Entry(read.joiner, None if taken else read.facts, read.inputs))
    if order.file is None and len(entries) > _A_LONG_LIST:
        tell(f"{len(entries)} schools, in the order of their file names. If each stands alone, add --each-alone.")
    return Question(order, tuple(entries), facts, (inputs,), when, library), trust_file, clean


def _taken(
    facts: "Facts", path: str, trust: "Facts", trust_file: str, numbers: dict[object, str]
) -> "tuple[Problem, ...]":
    """The number of the school is one of the trust's academies, or of a school before it in the order."""
    from clpt_growth.files.cases import already_in_trust
    from clpt_growth.files.problems import Problem

    urn = facts.get("school.identity.urn")
    if urn is None or not urn.applies:
        return ()
    first = numbers.setdefault(urn.value, path)
    if first != path:
        wrong = f"{urn.value} is the number of the school in {first} as well"
        return (Problem(path, urn.line, "identity.urn", wrong, "correct it, or keep one of the two"),)
    return already_in_trust({**trust, **facts}, path, trust_file)


def trust_beside(place: Path, trust: Path | None) -> "tuple[Path, Library, Facts, InputFile]":
    """The trust file in the folder or above it, the library it is judged by, and what it says."""
    from clpt_growth.files.cases import read_file, trust_file_near
    from clpt_growth.files.problems import InputError, problem_with

    found = trust if trust is not None else trust_file_near(place / "trust.yaml" if place.is_dir() else place)
    if found is None:
        raise problem_with("trust.yaml", "was not found here or above", "name it: --trust FILE")
    library = library_for(found)
    read, fingerprint = read_file(found, library.dictionary, what="trust")
    if read.problems:
        raise InputError(read.problems)
    return found, library, read.facts, fingerprint


def told_of(problems: "Iterable[Problem]") -> bool:
    """Whether there was nothing to tell."""
    clean = True
    for problem in problems:
        tell(str(problem))
        clean = False
    return clean


def _answer(
    asked: "Question", what_if: "WhatIf", trust: Path, format_: str, report: Path | None, overwrite: bool
) -> None:
    from clpt_growth.files.disk import refuse_link
    from clpt_growth.papers.formats import FIGURES
    from clpt_growth.papers.pipeline_files import refuse_what_is_there, report_files

    refuse_to_save(bool(what_if), format_, report, ("text", "json", "csv"))
    if report is not None:
        refuse_link(report / FIGURES)
        refuse_what_is_there(report, asked, overwrite=overwrite)
    answer = _answered(asked)
    tried = _answered(asked, what_if) if what_if else None
    show(_in_format(answer, tried, format_, trust.parent))
    if report is not None:
        from clpt_growth.files.disk import write_text

        for name, text in report_files(answer, trust.parent):
            write_text(report / name, text, overwrite=overwrite)
        tell(f"Written: {report}")


def _answered(asked: "Question", what_if: "WhatIf | None" = None) -> "Answer":
    """The whole answer, with what is tried in the place of what the files say."""
    from clpt_growth.judging.assess import assess, ready
    from clpt_growth.model.what_if import NOTHING
    from clpt_growth.pipeline.answer import answer, in_places

    tried = what_if or NOTHING
    asked = asked.trying(tried)
    made = ready(asked.library, asked.as_of)
    found = in_places(asked)
    each = (assess(p.case, asked.library, made) if p.readable else None for p in found)
    return answer(asked, found, progress(each, len(found), "schools judged"), tried)


def _in_format(answer: "Answer", tried: "Answer | None", format_: str, workspace: Path) -> str:
    if format_ == "json":
        from clpt_growth.papers.pipeline_json import pipeline_json

        return pipeline_json(answer, tried)
    if format_ == "jsonl":
        from clpt_growth.papers.pipeline_json import school_line

        pairs = zip(answer.places, answer.assessments, strict=True)
        return "".join(school_line(n, place, assessment) for n, (place, assessment) in enumerate(pairs, 1))
    if format_ == "csv":
        from clpt_growth.papers.pipeline_csv import pipeline_csv

        return pipeline_csv(answer, tried)
    if format_ == "md":
        from clpt_growth.papers.pipeline_files import summary_paper

        return summary_paper(answer, workspace)
    from clpt_growth.papers.pipeline_screen import pipeline_screen

    return pipeline_screen(answer, tried)
