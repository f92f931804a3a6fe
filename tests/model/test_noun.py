"""A noun: made by name, like its equals, and shown as it was made."""

import pickle
from collections.abc import Mapping
from dataclasses import field, replace

import pytest

from clpt_growth.model.noun import noun


@noun
class Hub:
    name: str
    places: int = 0
    schools: Mapping[str, int] = field(default_factory=dict)
    note: str = field(default="", repr=False, compare=False)


def test_what_is_not_given_is_as_the_class_has_it() -> None:
    hub = Hub(name="North")

    assert (hub.name, hub.places, hub.schools, hub.note) == ("North", 0, {}, "")


def test_no_two_share_what_is_made_for_each() -> None:
    assert Hub(name="North").schools is not Hub(name="South").schools


def test_the_same_fields_make_the_same_noun_and_another_kind_does_not() -> None:
    north = Hub(name="North", places=2)

    assert north == Hub(name="North", places=2, note="said in passing")
    assert north != replace(north, places=3)
    assert north != ("North", 2, {})


def test_it_is_shown_as_it_was_made() -> None:
    assert repr(Hub(name="North", note="said in passing")) == "Hub(name='North', places=0, schools={})"


@pytest.mark.parametrize(
    ("given", "wrong"),
    [({}, "Hub is made without its name"), ({"name": "North", "plaices": 2}, "Hub has no plaices")],
)
def test_one_that_is_not_whole_is_not_made(given: dict[str, str], wrong: str) -> None:
    with pytest.raises(TypeError, match=wrong):
        Hub(**given)  # type: ignore[arg-type]


def test_what_is_kept_beside_its_fields_is_not_sent_with_it() -> None:
    hub = Hub(name="North", places=2)
    vars(hub)["worked_out"] = lambda: None

    sent = pickle.loads(pickle.dumps(hub))  # noqa: S301 - our own

    assert (sent, "worked_out" in vars(sent)) == (hub, False)


def test_nothing_is_found_by_a_noun() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(Hub(name="North"))
