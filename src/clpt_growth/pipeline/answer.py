"""The whole answer for a pipeline: each school in its place, what tips, and what is not known."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from clpt_growth.model.finding import Assessment
from clpt_growth.model.what_if import NOTHING, WhatIf
from clpt_growth.pipeline.in_order import Place, Question, horizon_of, places
from clpt_growth.pipeline.limits import Limit, Readings, readings
from clpt_growth.pipeline.tipping import Over, Tip, Unknown, over_already, tips, unknowns
from clpt_growth.pipeline.waiting import Waits, begun, waits


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A pipeline in the board's order; `assessments` stand beside `places`, None where a file could not be read."""

    asked: Question
    places: tuple[Place, ...]
    assessments: tuple[Assessment | None, ...]
    readings: Mapping[Limit, Readings]
    tips: tuple[Tip, ...]
    unknowns: tuple[Unknown, ...]
    over: tuple[Over, ...]
    waits: tuple[Waits, ...]
    what_if: WhatIf = NOTHING

    @property
    def joining(self) -> tuple[Place, ...]:
        return tuple(place for place in self.places if place.joins)


def in_places(asked: Question) -> tuple[Place, ...]:
    return places(asked, horizon_of(asked))


def answer(
    asked: Question, found: Sequence[Place], assessments: Iterable[Assessment | None], what_if: WhatIf = NOTHING
) -> Answer:
    """What follows from the places and their assessments together."""
    joining = [place for place in found if place.joins]
    read = readings(asked, joining)
    return Answer(
        asked=asked,
        places=tuple(found),
        assessments=tuple(assessments),
        readings=read,
        tips=tips(asked, joining, read, horizon_of(asked)),
        unknowns=unknowns(joining, read),
        over=over_already(asked, joining, read),
        waits=(*begun(joining, asked.as_of), *waits(joining)),
        what_if=what_if,
    )
