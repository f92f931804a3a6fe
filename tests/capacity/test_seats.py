"""Whether the seats of a governing body add up, now and as proposed."""

from typing import Any

import pytest

from clpt_growth.capacity.seats import seat_faults, too_many_now
from make import facts

NOW = {
    "school.governance.governors_count": 11,
    "school.governance.parent_governors_count": 3,
    "school.governance.staff_governors_count": 1,
    "school.governance.coopted_governors_count": 6,
}
PROPOSED = {
    "case.local_body.seats_proposed_count": 9,
    "case.local_body.trust_appointed_count": 5,
    "case.local_body.parents_count": 2,
    "case.local_body.staff_count": 1,
    "case.local_body.head_count": 1,
    "case.local_body.foundation_count": 0,
    "case.local_body.coopted_count": 0,
    "case.local_body.council_count": 0,
}


def told(changes: dict[str, Any]) -> list[str]:
    said = {**NOW, **PROPOSED, **changes}
    return [f"{f.field}: {f.wrong}" for f in seat_faults(facts({n: v for n, v in said.items() if v is not None}))]


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({}, []),
        ({"school.governance.parent_governors_count": 4}, []),  # eleven of eleven, on the line
        ({"school.governance.parent_governors_count": 5},
         ["governance.governors_count: is 11, and its seats by kind come to 12"]),
        ({"school.governance.governors_count": None}, []),
        ({"case.local_body.parents_count": 3},
         ["local_body.seats_proposed_count: is 9, and its seats by kind come to 10"]),
        ({"case.local_body.parents_count": 1},
         ["local_body.seats_proposed_count: is 9, and its seats by kind come to 8"]),
        # A kind left blank may be the seat that is missing, and never one too many.
        ({"case.local_body.parents_count": None}, []),
        ({"case.local_body.parents_count": None, "case.local_body.coopted_count": 3},
         ["local_body.seats_proposed_count: is 9, and its seats by kind come to 10"]),
        ({"school.governance.vacancies_count": 11}, []),
        ({"school.governance.vacancies_count": 12}, ["governance.vacancies_count: is 12, and there are 11 seats"]),
    ],
)  # fmt: skip
def test_seats_that_do_not_add_up_are_told(changes: dict[str, Any], faults: list[str]) -> None:
    assert told(changes) == faults


def test_seats_too_many_on_the_body_now_are_counted() -> None:
    assert too_many_now(facts(NOW)) == 0
    assert too_many_now(facts({**NOW, "school.governance.parent_governors_count": 7})) == -3
    assert too_many_now(facts({"school.governance.parent_governors_count": 7})) == 0
