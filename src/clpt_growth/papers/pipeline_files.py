"""Everything a report on a pipeline consists of: the summary, and each school's own papers."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from clpt_growth.capacity.support import support_plan
from clpt_growth.files.disk import refuse_to_replace
from clpt_growth.files.problems import InputError, Problem
from clpt_growth.model.finding import Assessment
from clpt_growth.papers.board_paper import LAYOUT, board_paper
from clpt_growth.papers.board_paper import TEMPLATE as BOARD
from clpt_growth.papers.paper_charts import pictures_of
from clpt_growth.papers.paper_pictures import CAPACITY, file_of_picture, names_of_pictures, places_of
from clpt_growth.papers.pipeline_csv import pipeline_csv
from clpt_growth.papers.pipeline_json import pipeline_json
from clpt_growth.papers.pipeline_paper import TEMPLATE as SUMMARY
from clpt_growth.papers.pipeline_paper import pipeline_paper, summary_pictures
from clpt_growth.papers.render import layout, own_file_blamed, rendered
from clpt_growth.papers.support_words import TEMPLATE as SUPPORT
from clpt_growth.papers.support_words import support_view
from clpt_growth.papers.svg import Picture
from clpt_growth.pipeline.answer import Answer
from clpt_growth.pipeline.in_order import Entry, Question

_SUMMARY, _TABLE, _DATA = "summary.md", "pipeline.csv", "pipeline.json"


def refuse_what_is_there(folder: Path, asked: Question, *, overwrite: bool) -> None:
    """All of a report or, where any of it is there already, none; a link in the place of a paper is never replaced."""
    if overwrite:
        for name in _may_be_written(asked):
            refuse_to_replace(folder / name, overwrite=True)
        return
    there = [name for name in _may_be_written(asked) if os.path.lexists(folder / name)]
    if there:
        shown = ", ".join(there[:3]) + (f" and {len(there) - 3} more" if len(there) > 3 else "")
        raise InputError(
            [Problem(str(folder), 0, "", f"already holds {shown}", "name another folder, or add --overwrite")]
        )


def _may_be_written(asked: Question) -> Iterator[str]:
    """Every file a report may consist of: which pictures it has is known only once it is worked out."""
    yield from (_SUMMARY, _TABLE, _DATA, file_of_picture(CAPACITY))
    pictures = names_of_pictures(asked.library.packs)
    for number, entry in enumerate(asked.entries, 1):
        paper, plan = _papers(number, entry)
        yield from (paper, plan, *(file_of_picture(name, _start_of(paper)) for name in pictures))


def _start_of(paper: str) -> str:
    """What the names of a paper's pictures begin with."""
    return f"{paper.removesuffix('.md')}-"


def _papers(number: int, entry: Entry) -> tuple[str, str]:
    """A school's paper and its support plan, named by its number in the order."""
    stem = f"{number:02d}-{entry.joiner.name.replace('/', '-')}"
    return f"{stem}.md", f"{stem}-support.md"


def report_files(answer: Answer, workspace: Path) -> Iterator[tuple[str, str]]:
    """Each file's name and its text, the schools' first, so that a summary is never there without its papers."""
    for number, (place, assessment) in enumerate(zip(answer.places, answer.assessments, strict=True), 1):
        if assessment is not None:
            paper, plan = _papers(number, place.entry)
            yield from _board_paper(paper, assessment, workspace)
            yield plan, _support_paper(assessment, workspace)
    yield _TABLE, pipeline_csv(answer)
    yield _DATA, pipeline_json(answer)
    pictures = places_of(summary_pictures(answer))
    yield from ((unquote(place), picture.svg) for place, picture in pictures.items())
    yield _SUMMARY, summary_paper(answer, workspace, pictures)


def summary_paper(answer: Answer, workspace: Path | None, pictures: Mapping[str, Picture] | None = None) -> str:
    shown = layout(LAYOUT, workspace)
    with own_file_blamed(LAYOUT, workspace):
        view = pipeline_paper(answer, shown, pictures or {})
    return rendered(view, SUMMARY, workspace)


def _board_paper(name: str, assessment: Assessment, workspace: Path) -> Iterator[tuple[str, str]]:
    """A school's paper with the pictures it names, which come first."""
    pictures = places_of(pictures_of(assessment), _start_of(name))
    shown = layout(LAYOUT, workspace)
    with own_file_blamed(LAYOUT, workspace):
        view = board_paper(assessment, shown, pictures)
    words = rendered(view, BOARD, workspace)
    yield from ((unquote(place), picture.svg) for place, picture in pictures.items() if f"]({place})" in words)
    yield name, words


def _support_paper(assessment: Assessment, workspace: Path) -> str:
    plan = support_plan(assessment.facts, as_of=assessment.case.as_of)
    return rendered(support_view(assessment, plan), SUPPORT, workspace)
