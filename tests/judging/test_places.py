"""P16 and D31 on an example school: places needed against places there are, and pupils against places."""

from dataclasses import replace
from typing import Any

import pytest

from clpt_growth.judging.assess import assess
from clpt_growth.model.fact import Fact
from clpt_growth.model.rules import Library
from golden.rewrite import SCHOOLS, example

NEEDED = "school.alternative_provision.places_needed_count"
AVAILABLE, REGISTERED = "trust.send.ap_places_available_count", "trust.send.ap_places_registered"


@pytest.fixture(scope="module")
def outcome(shipped_library: Library) -> Any:
    """How a principle comes out for Kestrel with some facts other than they are; None takes one away."""
    case = example(next(s for s in SCHOOLS if s.stem == "kestrel-high"), shipped_library).case

    def found(id_: str, changes: dict[str, Any]) -> str:
        given = {name: Fact(name, value) for name, value in changes.items() if value is not None}
        facts = {n: f for n, f in case.facts.items() if n not in changes} | given
        return next(
            f for f in assess(replace(case, facts=facts), shipped_library).findings if f.id == id_
        ).outcome.value

    return found


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "met"),
        ({NEEDED: 5}, "partly met"),
        ({NEEDED: 6}, "partly met"),
        ({NEEDED: 7}, "not met"),
        ({NEEDED: 300}, "not met"),
        ({AVAILABLE: 0}, "not met"),
        ({REGISTERED: False}, "not met"),
        ({NEEDED: None}, "not evidenced"),
        ({AVAILABLE: None}, "not evidenced"),
        ({REGISTERED: None}, "not evidenced"),
        ({NEEDED: 0, AVAILABLE: None, REGISTERED: None}, "met"),
    ],
    ids=str,
)
def test_places_needed_are_set_against_places_available_and_registered(
    changes: dict[str, Any], expected: str, outcome: Any
) -> None:
    """The trust has six places."""
    assert outcome("P16", changes) == expected


def test_seven_pupils_for_each_place_is_not_a_full_school(outcome: Any) -> None:
    assert outcome("D31", {"school.roll.pupils_count": 7_380, "school.roll.places_count": 1_050}) == "not met"
