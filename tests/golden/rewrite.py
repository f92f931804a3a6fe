"""Write the golden papers again: `python tests/golden/rewrite.py`; then read what changed.

Every path inside is relative, so the bytes do not depend on the machine.
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from clpt_growth.capacity.support import support_plan
from clpt_growth.files.cases import read_case, read_file
from clpt_growth.files.joiners import read_joiners
from clpt_growth.files.library import read_library
from clpt_growth.files.pipeline_file import read_pipeline
from clpt_growth.files.shipped import shipped
from clpt_growth.judging.assess import assess
from clpt_growth.model.case import Case, InputFile
from clpt_growth.model.finding import Assessment
from clpt_growth.model.rules import Library
from clpt_growth.model.what_if import NOTHING, Post, WhatIf
from clpt_growth.papers.board_paper import LAYOUT, TEMPLATE, board_paper
from clpt_growth.papers.explained import explanation
from clpt_growth.papers.pipeline_files import summary_paper
from clpt_growth.papers.pipeline_screen import pipeline_screen
from clpt_growth.papers.plan_paper import TEMPLATE as PLAN_TEMPLATE
from clpt_growth.papers.plan_paper import plan_view
from clpt_growth.papers.plan_screen import plan_screen
from clpt_growth.papers.render import layout, rendered
from clpt_growth.papers.screen import assessment_screen
from clpt_growth.papers.support_words import TEMPLATE as SUPPORT_TEMPLATE
from clpt_growth.papers.support_words import support_view
from clpt_growth.pipeline.answer import Answer, answer, in_places
from clpt_growth.pipeline.in_order import Entry, Question
from clpt_growth.pipeline.plan import Plan, plan_of
from clpt_growth.pipeline.searching import searched

GOLDEN = Path(__file__).parent
ROOT = GOLDEN.parents[1]
AS_OF = date(2026, 12, 4)
TRUST = ROOT / "examples" / "trust.yaml"
PIPELINE = ROOT / "examples" / "pipeline.yaml"
SCHOOLS = tuple(sorted((ROOT / "examples" / "schools").glob("*.yaml")))
ONE_POST = WhatIf(posts=(Post("central", "project management"),))
SUPPORT_FOR = ("kestrel-high", "larkfield-primary", "millbeck-academy")


def golden_papers(library: Library) -> Iterator[tuple[str, str]]:
    """Each golden file's name and what should be in it."""
    for school in SCHOOLS:
        assessment = example(school, library)
        yield f"{school.stem}.md", paper(assessment)
        yield f"{school.stem}.txt", assessment_screen(assessment, _relative(school))
        if school.stem in SUPPORT_FOR:
            yield f"support-{school.stem}.md", support_paper(assessment)
    order = pipeline_answer(library)
    yield "pipeline.txt", pipeline_screen(order)
    yield "pipeline.md", summary_paper(order, None)
    yield "plan.txt", plan_screen(plan(library))
    yield "plan-with-a-post.md", rendered(plan_view(plan(library, ONE_POST)), PLAN_TEMPLATE)
    yield "readiness.txt", assessment_screen(example(None, library))
    yield "explain-P05.txt", _explained("P05", library)


def example(school: Path | None, library: Library) -> Assessment:
    """An example school beside the example trust; without a school, the trust alone."""
    case = read_case(school, TRUST, library.dictionary, as_of=AS_OF)
    return assess(replace(case, inputs=_from_the_root(case.inputs)), library)


def pipeline_answer(library: Library) -> Answer:
    asked = pipeline_question(library)
    found = in_places(asked)
    return answer(asked, found, [assess(place.case, library) for place in found])


def plan(library: Library, tried: WhatIf = NOTHING) -> Plan:
    return plan_of(pipeline_question(library), "order", solve=searched, briefly=searched, tried=tried)


def pipeline_question(library: Library) -> Question:
    """The example schools in the example board's order."""
    order = read_pipeline(PIPELINE)
    trust, file = read_file(TRUST, library.dictionary, what="trust")
    entries = tuple(Entry(r.joiner, r.facts, _from_the_root(r.inputs)) for r in read_joiners(order, library.dictionary))
    written = _from_the_root([order.file] if order.file else [])
    return Question(order._replace(file=written[0]), entries, trust.facts, _from_the_root([file]), AS_OF, library)


def _from_the_root(inputs: Iterable[InputFile]) -> tuple[InputFile, ...]:
    return tuple(f._replace(file=_relative(Path(f.file))) for f in inputs)


def paper(assessment: Assessment) -> str:
    return rendered(board_paper(assessment, layout(LAYOUT, None)), TEMPLATE)


def support_paper(assessment: Assessment) -> str:
    """The support plan as the school may read it."""
    plan = support_plan(assessment.facts, as_of=assessment.case.as_of)
    return rendered(support_view(assessment, plan), SUPPORT_TEMPLATE)


def _explained(id_: str, library: Library) -> str:
    pack, principle = next((k, p) for k in library.packs for p in k.principles if p.id == id_)
    return explanation(principle, pack, assess(Case(facts={}, as_of=AS_OF), library), case=False)


def _relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def rewrite() -> None:
    for name, text in golden_papers(read_library(shipped("principles"))):
        (GOLDEN / name).write_text(text, encoding="utf-8", newline="\n")
        sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    rewrite()
