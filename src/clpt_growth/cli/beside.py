"""What `assess --data` adds: the school's place among others, for the paper, the screen and the JSON.

Everything is loaded where it is asked for, so that an assessment without it waits for nothing.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from clpt_growth.cli.shell import workspace_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clpt_growth.model.finding import Assessment
    from clpt_growth.opendata.beside import Beside
    from clpt_growth.papers.svg import Picture

Data = Annotated[
    Path | None,
    typer.Option(
        "--data", metavar="DIR", help="Also show the school's place among others, by the downloads in this folder."
    ),
]


def beside_for(assessment: "Assessment", data: Path, trust: Path | None) -> "Beside":
    """Where the school stands among others in the downloads of a folder; the assessment is only read."""
    from clpt_growth.cli.data import tables_in
    from clpt_growth.opendata.beside import beside
    from clpt_growth.opendata.comparing import comparisons, everyone

    library = assessment.library
    rule = comparisons(workspace_of(trust))
    of = everyone(*tables_in(data, library, trust), library.dictionary, rule, as_of=assessment.case.as_of)
    urn = assessment.case.text("school.identity.urn")
    return beside(urn, assessment.facts, of, rule, library.dictionary, suppress_below=library.rules.suppress_below)


def comparisons_of(beside: "Beside") -> "dict[str, Any]":
    """For the JSON."""
    from clpt_growth.papers.beside_json import comparisons_object

    return comparisons_object(beside)


def screen_of(beside: "Beside") -> str:
    """For the screen: at most two lines."""
    from clpt_growth.papers.beside_words import beside_screen

    return beside_screen(beside)


def drawn_of(beside: "Beside | None") -> "tuple[Picture, ...]":
    """The chart, where there is a place to draw."""
    if beside is None:
        return ()
    from clpt_growth.papers.beside_picture import beside_picture

    picture = beside_picture(beside)
    return (picture,) if picture is not None else ()


def view_of(beside: "Beside", assessment: "Assessment", pictures: "Mapping[str, Picture]") -> "dict[str, Any]":
    """For the paper's template; `pictures` are all those of the paper, by their places."""
    from clpt_growth.papers.beside_picture import BESIDE
    from clpt_growth.papers.beside_words import beside_view
    from clpt_growth.papers.markdown import Md
    from clpt_growth.papers.paper_pictures import placed

    own = next((placed(place, p) for place, p in pictures.items() if p.name == BESIDE), Md(""))
    return beside_view(beside, assessment.library.dictionary, own)
