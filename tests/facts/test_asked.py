import pytest

from clpt_growth.facts.asked import example_of, how_written
from clpt_growth.facts.written import value_of
from clpt_growth.model.dictionary import Dictionary, FactKind


def kind(**changes: object) -> FactKind:
    return FactKind(**({"name": "school.x.y", "kind": "text", "label": "y", "meaning": "Y."} | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "pounds"}, "whole pounds, such as 12_000, a loss with a minus"),
        ({"kind": "pounds", "example": "4_120_000"}, "whole pounds, such as 4_120_000"),
        ({"kind": "share"}, "a share, such as 41.2% or 0.412"),
        ({"kind": "number", "unit": "miles"}, "a number (miles), such as 12.5"),
        ({"kind": "number", "signed": True}, "a number, such as 12.5, below nought with a minus"),
        ({"kind": "date"}, "a date, such as 2026-03-31"),
        ({"kind": "yes_no"}, "yes or no"),
        ({"kind": "text"}, "words"),
        ({"kind": "count"}, "a whole number"),
        ({"kind": "choice", "choices": ("none", "a, b")}, 'one of: none, "a, b"'),
        ({"kind": "choices", "choices": ("east", "west")}, "a list from: east, west"),
    ],
)
def test_each_kind_says_how_it_is_written(changes: dict[str, object], words: str) -> None:
    assert how_written(kind(**changes)) == words


def test_every_single_example_can_be_read_back(shipped_dictionary: Dictionary) -> None:
    single = [k for k in shipped_dictionary.kinds.values() if k.kind not in ("records", "texts", "choices")]
    for asked in single:
        value_of(example_of(asked), asked)
