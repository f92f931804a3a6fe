"""One case through everything: judged and settled, the paper from it, and the packs fresh beside compiled."""

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from contest import Contestant, asked_for_quick, beside_first, headed, show, timed
from examples import AS_OF, example_case, shipped_library

from clpt_growth.files.library import compile_shipped, library
from clpt_growth.files.shipped import shipped
from clpt_growth.judging.assess import Ready, assess, ready
from clpt_growth.judging.findings import judged
from clpt_growth.judging.worked import all_facts
from clpt_growth.model.case import Case
from clpt_growth.model.rules import Library
from clpt_growth.papers.assessment_json import assessment_json
from clpt_growth.papers.board_paper import LAYOUT, TEMPLATE, board_paper
from clpt_growth.papers.render import layout, rendered
from clpt_growth.papers.screen import assessment_screen


def main(argv: Sequence[str] | None = None) -> None:
    quick = asked_for_quick(__doc__ or "", argv)
    turns = 1 if quick else 15
    parts = [beside_first(timed(part, turns=turns)) for part in (_case(shipped_library()), _papers(shipped_library()))]
    packs = beside_first(timed(_packs(), turns=1 if quick else 5))
    show(headed("One case, its paper, and the packs", *parts, packs))


def _case(shipped_packs: Library) -> list[Contestant]:
    case = example_case(shipped_packs)
    made = ready(shipped_packs, AS_OF)
    facts, _ = all_facts(case, shipped_packs)
    return [
        Contestant("`assess`: the whole answer, with what it turns on", lambda: _whole(case, shipped_packs, made), 3),
        Contestant("of it: facts that follow from facts, once", lambda: all_facts(case, shipped_packs), 20),
        Contestant("of it: findings, once", lambda: judged(made.on, facts), 50),
        Contestant("packs made ready for a date", lambda: ready(shipped_packs, AS_OF), 3),
    ]


def _whole(case: Case, shipped_packs: Library, made: Ready) -> object:
    return assess(case, shipped_packs, made).settled.turns_on


def _papers(shipped_packs: Library) -> list[Contestant]:
    assessment = assess(example_case(shipped_packs), shipped_packs)
    placed = layout(LAYOUT, None)
    view = board_paper(assessment, placed)
    return [
        Contestant("board paper in Markdown", lambda: rendered(board_paper(assessment, placed), TEMPLATE), 2),
        Contestant("of it: the words", lambda: board_paper(assessment, placed), 2),
        Contestant("of it: placing them in the template", lambda: rendered(view, TEMPLATE), 2),
        Contestant("the screen", lambda: assessment_screen(assessment), 2),
        Contestant("JSON", lambda: assessment_json(assessment), 2),
    ]


def _packs() -> list[Contestant]:
    return [
        Contestant("packs read from their YAML, every file checked", shipped_library),
        Contestant("packs read, checked and compiled", _compiling()),
        Contestant(
            "packs as a command gets them: compiled, unless the YAML has changed", lambda: library(examples=False), 5
        ),
    ]


def _compiling() -> Callable[[], object]:
    def run() -> None:
        with TemporaryDirectory() as folder:
            compile_shipped(shipped("principles"), Path(folder))

    return run


if __name__ == "__main__":
    main()
