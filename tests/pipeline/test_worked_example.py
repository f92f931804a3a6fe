"""The worked example, done by hand, through the whole pipeline.

Six people x 65 days x 70% are 273 days a term; 205 are promised and 14 kept for partnerships, so 259 are free.
A takes 8 x 1.0 = 8, B 15 x 1.6 = 24, C 30 x 1.6 = 48 of which others pay for 12, so 36.
"""

from decimal import Decimal

import pytest

from clpt_growth.model.fact import Fact
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.rules import Library
from clpt_growth.model.what_if import Post, WhatIf
from clpt_growth.pipeline.answer import Answer, answer, in_places
from clpt_growth.pipeline.in_order import Question
from clpt_growth.pipeline.limits import Reading
from clpt_growth.pipeline.tipping import DELAY, POST, WITHOUT, Tip
from pipeline.schools import AUTUMN_27, question, school, trust

HELP = ({"from": "RISE", "specialism": "secondary", "days_a_term": Decimal(12), "until": AUTUMN_27.later(12)},)


@pytest.fixture
def asked(shipped_library: Library) -> Question:
    schools: dict[str, dict[str, Fact] | None] = {
        "a": school("A", "secure some need"),
        "b": school("B", "vulnerable", "secondary"),
        "c": school("C", "category of concern", "secondary", school__help_already_paid_for=HELP),
    }
    team = trust(
        {"secondary": "4", "primary": "1", "send": "1"},
        {"secondary": "145", "primary": "40", "send": "20"},
        kept="14",
    )
    return question(shipped_library, schools, team)


def all_days(asked: Question, tried: WhatIf | None = None) -> Reading:
    found = readings(asked, tried)["all days"][-1]
    assert found is not None
    return found


def readings(asked: Question, tried: WhatIf | None = None) -> dict[str, tuple[Reading | None, ...]]:
    return {limit.resource: read for limit, read in answered(asked, tried).readings.items() if limit.resource}


def answered(asked: Question, tried: WhatIf | None = None) -> Answer:
    asked = asked.trying(tried) if tried else asked
    found = in_places(asked)
    return answer(asked, found, [None] * len(found))


def test_all_three_take_105_per_cent_of_the_days_in_the_first_term(asked: Question) -> None:
    assert all_days(asked) == (Decimal(273) / Decimal(259), AUTUMN_27, Outcome.NOT_MET)


def test_each_school_in_turn_adds_its_own_days(asked: Question) -> None:
    shares = [reading.value * 259 for reading in readings(asked)["all days"] if reading]

    assert shares == [205, 213, 237, 273]


def test_without_c_it_is_92_per_cent(asked: Question) -> None:
    used = all_days(asked, WhatIf(without=frozenset("c")))

    assert used == (Decimal(237) / Decimal(259), AUTUMN_27, Outcome.PARTLY_MET)


def test_c_a_full_year_later_is_still_101_per_cent(asked: Question) -> None:
    used = all_days(asked, WhatIf(delays={"c": 3}))

    assert used == (Decimal(262) / Decimal(259), AUTUMN_27.later(3), Outcome.NOT_MET)


def test_with_one_more_post_it_is_90_per_cent(asked: Question) -> None:
    used = all_days(asked, WhatIf(posts=(Post("improvement", "secondary"),)))

    assert used == (Decimal(273) / Decimal("304.5"), AUTUMN_27, Outcome.PARTLY_MET)


def tip_of_all_days(asked: Question) -> Tip:
    return next(tip for tip in answered(asked).tips if tip.limit.resource == "all days" and tip.school == "c")


def test_c_is_named_as_the_school_that_tips_it(asked: Question) -> None:
    tip = tip_of_all_days(asked)

    assert tip.reading == (Decimal(273) / Decimal(259), AUTUMN_27, Outcome.NOT_MET)
    assert tip.before == (Decimal(237) / Decimal(259), AUTUMN_27, Outcome.PARTLY_MET)
    assert tip.limit.principle == "P05"


def test_what_would_cure_it_is_shown_and_what_would_not(asked: Question) -> None:
    would = {w.what: w for w in tip_of_all_days(asked).would}

    assert [(w.what, w.cures, w.holds) for w in would.values()] == [
        (POST, True, True),
        (DELAY, False, False),
        (WITHOUT, True, True),
    ]
    assert would[POST].of == "improvement.secondary"
    # One term later A and B are still in their first year when C opens.
    assert would[DELAY].reading == (Decimal(273) / Decimal(259), AUTUMN_27.later(1), Outcome.NOT_MET)
    assert would[POST].reading == (Decimal(273) / Decimal("304.5"), AUTUMN_27, Outcome.PARTLY_MET)
