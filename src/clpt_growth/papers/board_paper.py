"""The board paper as the flat view its template places on the page."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from clpt_growth.model.finding import Assessment
from clpt_growth.papers.alone_words import alone_in_short, alone_words
from clpt_growth.papers.paper_annexes import annexes
from clpt_growth.papers.paper_capacity import capacity_side
from clpt_growth.papers.paper_conditions import condition_view
from clpt_growth.papers.paper_department import department_side
from clpt_growth.papers.paper_first_days import first_days
from clpt_growth.papers.paper_front import front
from clpt_growth.papers.paper_gates import gates, risks, turns
from clpt_growth.papers.paper_money import money_side
from clpt_growth.papers.paper_not_told import not_told
from clpt_growth.papers.paper_pictures import picture_side
from clpt_growth.papers.paper_proposal import proposal
from clpt_growth.papers.paper_school import school_areas
from clpt_growth.papers.paper_summary import summary
from clpt_growth.papers.paper_trust import trust_side
from clpt_growth.papers.support_words import support_side
from clpt_growth.papers.view import Reader

if TYPE_CHECKING:
    from clpt_growth.papers.svg import Picture

TEMPLATE, LAYOUT = "board-paper.md.jinja", "board-paper.yaml"


def board_paper(
    assessment: Assessment,
    layout: Mapping[str, Any],
    pictures: "Mapping[str, Picture] | None" = None,
    beside: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Everything the template names, in words; `layout` says which facts the body shows for each area.

    `pictures` are those the paper shows, by the place it names them at; `beside` is the view of the school beside
    others, where that was asked for.
    """
    reader = Reader(assessment)
    return {
        **front(reader),
        **summary(reader),
        "alone": alone_words(assessment),
        "alone_in_short": alone_in_short(assessment),
        **gates(reader, layout),
        **turns(reader),
        **proposal(reader),
        **school_areas(reader, layout),
        **trust_side(reader, layout),
        **money_side(reader),
        **capacity_side(reader),
        **support_side(assessment, layout),
        **risks(reader),
        **condition_view(reader, layout),
        **first_days(reader, layout),
        **(behind := annexes(reader, layout)),
        **not_told(reader, judged=len(behind["judgement_lines"].rows)),
        **department_side(reader, layout),
        **picture_side(assessment, pictures or {}),
        "beside": beside or {},
    }
