"""A trust that is full before any school joins: no school tips it, so it is told by itself, with the post it takes."""

from decimal import Decimal

from clpt_growth.model.outcome import Outcome
from clpt_growth.model.rules import Library
from clpt_growth.papers.pipeline_words import no_tips, over_words
from clpt_growth.pipeline.answer import Answer, answer, in_places
from clpt_growth.pipeline.limits import Reading
from clpt_growth.pipeline.tipping import Over
from pipeline.schools import AUTUMN_27, question, school, trust


def answered(library: Library, promised: str) -> Answer:
    """One primary post is 65 x 70% = 45.5 days; a school with some need takes 8, of which 80% are primary."""
    asked = question(library, {"a": school("A", "secure some need")}, trust({"primary": "1"}, {"primary": promised}))
    found = in_places(asked)
    return answer(asked, found, [None] * len(found))


def over(found: Answer, resource: str) -> Over | None:
    return next((o for o in found.over if o.limit.resource == resource), None)


def test_a_full_trust_says_so_and_what_one_more_post_would_make_of_it(shipped_library: Library) -> None:
    found = over(answered(shipped_library, "60"), "primary")

    assert found == (
        found.limit if found else None,
        Reading(Decimal(60) / Decimal("45.5"), AUTUMN_27, Outcome.NOT_MET),
        Reading(Decimal(60) / Decimal("91.0"), AUTUMN_27, Outcome.MET),
        Reading(Decimal("66.4") / Decimal("91.0"), AUTUMN_27, Outcome.MET),
    )
    assert found is not None
    assert over_words(found, shipped_library.dictionary) == (
        "Primary improvement days (P05): 131.9%, autumn 2027, before any of these schools joins. "
        "One more primary post: 65.9%, autumn 2027; with every school 73%, autumn 2027."
    )


def test_a_trust_whose_days_are_just_all_in_use_is_not_over(shipped_library: Library) -> None:
    assert over(answered(shipped_library, "45.5"), "primary") is None
    assert over(answered(shipped_library, "45.6"), "primary") is not None


def test_a_line_that_is_over_already_is_not_said_to_be_kept(shipped_library: Library) -> None:
    found = answered(shipped_library, "60")

    assert "No school takes the trust over a line." not in no_tips(found)
    assert "over already" in no_tips(found)
