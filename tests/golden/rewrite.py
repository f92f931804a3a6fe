"""Write the golden papers again: `python tests/golden/rewrite.py`; then read what changed.

Every path inside is relative, so the bytes do not depend on the machine.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from clpt_growth.capacity.support import support_plan
from clpt_growth.files.cases import read_case
from clpt_growth.files.library import read_library
from clpt_growth.files.shipped import shipped
from clpt_growth.judging.assess import assess
from clpt_growth.model.case import Case
from clpt_growth.model.finding import Assessment
from clpt_growth.model.rules import Library
from clpt_growth.papers.board_paper import LAYOUT, TEMPLATE, board_paper
from clpt_growth.papers.explained import explanation
from clpt_growth.papers.render import layout, rendered
from clpt_growth.papers.screen import assessment_screen
from clpt_growth.papers.support_words import TEMPLATE as SUPPORT_TEMPLATE
from clpt_growth.papers.support_words import support_view

GOLDEN = Path(__file__).parent
ROOT = GOLDEN.parents[1]
AS_OF = date(2026, 12, 4)
TRUST = ROOT / "examples" / "trust.yaml"
SCHOOLS = tuple(sorted((ROOT / "examples" / "schools").glob("*.yaml")))
SUPPORT_FOR = ("kestrel-high", "larkfield-primary", "millbeck-academy")


def golden_papers(library: Library) -> Iterator[tuple[str, str]]:
    """Each golden file's name and what should be in it."""
    for school in SCHOOLS:
        assessment = example(school, library)
        yield f"{school.stem}.md", paper(assessment)
        yield f"{school.stem}.txt", assessment_screen(assessment, _relative(school))
        if school.stem in SUPPORT_FOR:
            yield f"support-{school.stem}.md", support_paper(assessment)
    yield "readiness.txt", assessment_screen(example(None, library))
    yield "explain-P05.txt", _explained("P05", library)


def example(school: Path | None, library: Library) -> Assessment:
    """An example school beside the example trust; without a school, the trust alone."""
    case = read_case(school, TRUST, library.dictionary, as_of=AS_OF)
    inputs = tuple(f._replace(file=_relative(Path(f.file))) for f in case.inputs)
    return assess(replace(case, inputs=inputs), library)


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
