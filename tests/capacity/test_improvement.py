"""Improvement days: what is there, promised, kept and needed in the busiest term."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clpt_growth.capacity.improvement import (
    ImprovementDays,
    available_days,
    busiest_term,
    demand_of,
    improvement_days,
    measures,
    term_of,
)
from clpt_growth.model.fact import NotApplicable, Term
from make import AS_OF, facts

AUTUMN_27, SPRING_28, SUMMER_28, AUTUMN_28 = Term(2027, 0), Term(2027, 1), Term(2027, 2), Term(2028, 0)
LEAST = Decimal("0.4")


def days(**by_specialism: str) -> dict[str, Decimal]:
    return {name.replace("_", " "): Decimal(number) for name, number in by_specialism.items()}


def post(specialism: str, fte: str = "1", *, in_post: bool = True) -> dict[str, Any]:
    return {"role": "adviser", "specialism": specialism, "fte": Decimal(fte), "in_post": in_post}


def need(specialism: str, number: Any) -> dict[str, Any]:
    return {"need": "help", "specialism": specialism, "days_a_term": Decimal(number)}


def helped(specialism: str, number: str, until: Term) -> dict[str, Any]:
    return {"from": "a hub", "specialism": specialism, "days_a_term": Decimal(number), "until": until}


WORKED: dict[str, Any] = {
    "trust.improvement_posts": (post("primary", "2"), post("secondary", "1.5"), post("send", in_post=False)),
    "trust.improvement_team.working_days_a_term": Decimal(60),
    "trust.improvement_team.share_spent_in_schools": Decimal("0.5"),
    "trust.improvement_promised": (
        {"term": AUTUMN_27, "primary": Decimal(40), "secondary": Decimal(20)},
        {"term": SPRING_28, "primary": Decimal(40), "secondary": Decimal(25)},
        {"term": SUMMER_28, "primary": Decimal(30), "secondary": Decimal(20)},
    ),
    "trust.improvement_kept": ({"specialism": "primary", "days_a_term": Decimal(5)},),
    "case.proposal.proposed_opening_on": date(2027, 9, 1),
    "school.needs": (need("secondary", 12), need("secondary", 8)),
    "school.help_already_paid_for": (helped("secondary", "5", SPRING_28),),
    "definition.own_share_of_need": LEAST,
}


def worked(changes: Mapping[str, Any] | None = None, *, has_school: bool = True) -> ImprovementDays | None:
    given = {name: value for name, value in {**WORKED, **(changes or {})}.items() if value is not None}
    return improvement_days(facts(given), as_of=AS_OF, has_school=has_school)


def test_a_worked_example_by_hand() -> None:
    """2 posts x 60 days x 50% is 60 primary days; 1.5 are 45 secondary; spring 2028 has 65 days promised."""
    found = worked()

    assert found is not None
    assert found.term == SPRING_28
    assert found.available == days(primary="60", secondary="45")
    assert found.promised == days(primary="40", secondary="25")
    assert found.kept == days(primary="5")
    assert found.needed == days(secondary="15")
    assert measures(found) == {
        "term": SPRING_28,
        "available_days": 105,
        "promised_days": 65,
        "kept_days": 5,
        "needed_days": 15,
        "used_share": Decimal("0.8"),
        "tightest_specialism": "secondary",
        "tightest_share": Decimal(40) / Decimal(45),
        "days_left": 5,
        "specialisms_without_post_count": 0,
        "send_needed_days": 0,
        "send_used_share": 0,
        "kept_after_share": Decimal(5) / Decimal(105),
    }


def test_planned_posts_are_not_counted() -> None:
    posts = (post("primary"), post("primary", "9", in_post=False), post("send", in_post=False))

    assert available_days(posts, Decimal(60), Decimal("0.5")) == days(primary="30")


@pytest.mark.parametrize("gap", ["fte", "in_post", "specialism"])
def test_a_post_half_written_leaves_the_days_unknown(gap: str) -> None:
    half = {k: v for k, v in post("primary").items() if k != gap}

    assert available_days((post("primary"), half), Decimal(60), Decimal("0.5")) is None


@pytest.mark.parametrize(
    ("day", "term"),
    [
        (date(2027, 8, 31), Term(2026, 2)),
        (date(2027, 9, 1), AUTUMN_27),
        (date(2027, 12, 31), AUTUMN_27),
        (date(2028, 1, 1), SPRING_28),
        (date(2028, 3, 31), SPRING_28),
        (date(2028, 4, 1), SUMMER_28),
    ],
)
def test_a_day_is_in_one_term(day: date, term: Term) -> None:
    assert term_of(day) == term


def promised(term: Term, primary: int, secondary: int = 0) -> dict[str, Any]:
    return {"term": term, "primary": Decimal(primary), "secondary": Decimal(secondary)}


def test_the_busiest_term_is_looked_for_from_the_opening_on() -> None:
    rows = (promised(AUTUMN_27, 99), promised(SPRING_28, 10), promised(SUMMER_28, 10, 5))

    found = busiest_term(rows, SPRING_28)

    assert found == (SUMMER_28, days(primary="10", secondary="5"))


def test_the_earliest_of_equally_busy_terms_is_taken() -> None:
    rows = (promised(SUMMER_28, 5, 5), promised(SPRING_28, 10))

    found = busiest_term(rows, AUTUMN_27)

    assert found is not None
    assert found[0] == SPRING_28


def test_nothing_promised_from_the_opening_on_leaves_it_unknown() -> None:
    assert busiest_term((promised(SPRING_28, 10),), SUMMER_28) is None
    assert worked({"case.proposal.proposed_opening_on": date(2028, 9, 1)}) is None


def test_specialisms_of_two_words_are_read_as_they_are_written() -> None:
    row = {
        "term": SPRING_28,
        "early_years": Decimal(1),
        "post_16": Decimal(2),
        "alternative_provision": Decimal(3),
    }

    found = busiest_term(({**row, "line": 7},), SPRING_28)

    assert found is not None
    assert found[1] == {"early years": 1, "post-16": 2, "alternative provision": 3}


@pytest.mark.parametrize(
    ("given", "left"), [("0", "20"), ("5", "15"), ("11", "9"), ("12", "8"), ("13", "8"), ("99", "8")]
)
def test_help_others_pay_for_is_taken_off_down_to_the_trusts_own_part(given: str, left: str) -> None:
    demand = demand_of((need("secondary", 20),), (helped("secondary", given, SPRING_28),), SPRING_28, LEAST)

    assert demand is not None
    assert (demand.asked, demand.net) == (days(secondary="20"), days(secondary=left))


def test_help_from_two_places_stops_at_the_same_floor() -> None:
    both = (helped("secondary", "7", SPRING_28), helped("secondary", "7", SPRING_28))

    demand = demand_of((need("secondary", 20),), both, SPRING_28, LEAST)

    assert demand is not None
    assert demand.net == days(secondary="8")


@pytest.mark.parametrize(("term", "left"), [(AUTUMN_27, "15"), (SPRING_28, "15"), (SUMMER_28, "20")])
def test_help_counts_to_the_end_of_its_last_term(term: Term, left: str) -> None:
    demand = demand_of((need("secondary", 20),), (helped("secondary", "5", SPRING_28),), term, LEAST)

    assert demand is not None
    assert demand.net == days(secondary=left)


def test_help_of_another_kind_takes_nothing_off() -> None:
    demand = demand_of((need("secondary", 20),), (helped("primary", "5", SPRING_28),), SPRING_28, LEAST)

    assert demand is not None
    assert demand.net == days(secondary="20")


@pytest.mark.parametrize("gap", ["days_a_term", "specialism"])
def test_a_need_half_written_makes_the_whole_unknown(gap: str) -> None:
    half = {k: v for k, v in need("primary", 3).items() if k != gap}

    assert demand_of((need("secondary", 20), half), (), SPRING_28, LEAST) is None
    assert worked({"school.needs": (need("secondary", 20), half)}) is None


def test_a_need_that_takes_no_days_is_left_out() -> None:
    none = {"need": "advice", "specialism": "primary", "days_a_term": NotApplicable("advice by telephone")}

    demand = demand_of((need("secondary", 20), none), (), SPRING_28, LEAST)

    assert demand is not None
    assert demand.asked == days(secondary="20")


@pytest.mark.parametrize("name", [n for n in WORKED if n != "school.help_already_paid_for"])
def test_anything_missing_makes_the_whole_missing(name: str) -> None:
    assert worked({name: None}) is None


def test_days_promised_that_leave_out_a_specialism_with_a_post_are_not_read_as_none() -> None:
    half = {"term": SPRING_28, "primary": Decimal(40)}
    past = {"term": Term(2026, 0), "primary": Decimal(40)}

    assert worked({"trust.improvement_promised": (promised(AUTUMN_27, 40, 20), half)}) is None
    assert worked({"trust.improvement_promised": (past, promised(AUTUMN_27, 40, 20))}) is not None
    assert worked({"trust.improvement_promised": (half | {"secondary": NotApplicable("none")},)}) is not None


NOTHING = NotApplicable("nothing to list")


def test_days_kept_for_nobody_are_none_and_not_unknown() -> None:
    found = worked({"trust.improvement_kept": NOTHING})

    assert found is not None
    assert (found.kept, found.used_share()) == ({}, Decimal(80) / Decimal(105))


def test_a_school_said_to_need_no_help_needs_no_days() -> None:
    found = worked({"school.needs": NOTHING})

    assert found is not None
    assert (found.needed, found.used_share()) == ({}, Decimal("0.65"))


def test_where_no_days_are_promised_the_term_of_opening_is_looked_at() -> None:
    found = worked({"trust.improvement_promised": NOTHING})

    assert found is not None
    assert (found.term, found.used_share()) == (AUTUMN_27, Decimal("0.15"))


def test_a_specialism_needed_with_nobody_in_post_is_counted() -> None:
    found = worked({"school.needs": (need("secondary", 20), need("send", 4))})

    assert found is not None
    assert found.without_post == ("send",)
    assert measures(found)["specialisms_without_post_count"] == 1
    assert measures(found)["tightest_specialism"] == "secondary"


def test_nobody_in_post_at_all_has_no_share_and_is_still_counted() -> None:
    found = worked({"trust.improvement_posts": (post("secondary", in_post=False),)})

    assert found is not None
    assert measures(found)["tightest_share"] is None
    assert measures(found)["days_left"] is None
    assert measures(found)["kept_after_share"] is None
    assert measures(found)["specialisms_without_post_count"] == 1


def ledger(**changes: Mapping[str, Decimal]) -> ImprovementDays:
    said = {
        "available": days(primary="60", send="10"),
        "promised": days(primary="20", send="4"),
        "kept": {},
        "needed": days(primary="10", send="2"),
    }
    return ImprovementDays(term=SPRING_28, **{**said, **changes})


def test_the_tightest_specialism_is_the_one_most_in_use() -> None:
    found = measures(ledger())

    assert (found["tightest_specialism"], found["tightest_share"], found["days_left"]) == (
        "send",
        Decimal("0.6"),
        4,
    )


def test_all_days_together_may_be_the_tightest() -> None:
    found = measures(ledger(promised=days(primary="20", send="4", secondary="32")))

    assert (found["tightest_specialism"], found["days_left"]) == ("all days", 2)


def test_more_in_use_than_there_is_leaves_less_than_nothing() -> None:
    found = measures(ledger(needed=days(send="8")))

    assert (found["tightest_share"], found["days_left"], found["send_used_share"]) == (
        Decimal("1.2"), -2, Decimal(8) / Decimal(6),
    )  # fmt: skip


@pytest.mark.parametrize(("kept", "share"), [("10", "2"), ("13", "2.5")])
def test_a_specialism_all_kept_back_is_over_full_and_not_left_out(kept: str, share: str) -> None:
    found = measures(ledger(kept=days(send=kept)))

    assert (found["tightest_specialism"], found["tightest_share"]) == ("send", Decimal(share))
    assert found["days_left"] == Decimal(10) - Decimal(kept) - 6


def test_send_days_with_none_uncommitted_are_over_full() -> None:
    found = measures(ledger(promised=days(send="12")))

    assert found["send_used_share"] == Decimal(3)


@pytest.mark.parametrize(("needed", "share"), [("10", "5"), ("45", "5"), ("46", "4"), ("50", "0"), ("60", "0")])
def test_days_kept_for_others_are_the_first_to_go(needed: str, share: str) -> None:
    one = ImprovementDays(SPRING_28, days(primary="100"), days(primary="50"), days(primary="5"), days(primary=needed))

    assert measures(one)["kept_after_share"] == Decimal(share) / 100


def test_the_trust_alone_needs_nothing_and_is_asked_from_today() -> None:
    changes = {
        "trust.improvement_promised": (
            promised(AUTUMN_28, 9),
            promised(Term(2026, 0), 8, 2),
            promised(Term(2025, 2), 99),
        )
    }
    found = worked(changes | {"school.needs": None, "case.proposal.proposed_opening_on": None}, has_school=False)

    assert found is not None
    assert (found.term, found.needed) == (Term(2026, 0), {})
    assert measures(found)["tightest_specialism"] == "all days"
    assert measures(found)["used_share"] == Decimal("0.1")
