"""What was known on the day: nothing dated later, and no list that may have been cut short."""

from datetime import date
from typing import Any

import pytest

from clpt_growth.facts.evidence import evidence_on
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.evidence import Aside
from clpt_growth.model.fact import Fact, NotApplicable
from make import AS_OF, fact, facts

TODAY, TOMORROW = AS_OF, date(2026, 12, 5)
INSPECTIONS, CONSENTS, RESERVE = "school.inspections", "school.consents", "school.finance.revenue_reserve_gbp"


def known(given: Fact, dictionary: Dictionary) -> tuple[Any, tuple[Aside, ...]]:
    kept, aside = evidence_on({given.name: given}, dictionary, AS_OF)
    return kept[given.name].value if given.name in kept else None, aside


@pytest.mark.parametrize(
    ("dated", "counts"), [(None, True), (date(2026, 12, 3), True), (TODAY, True), (TOMORROW, False)]
)
def test_a_fact_dated_after_the_day_is_no_evidence_on_it(
    dated: date | None, counts: bool, shipped_dictionary: Dictionary
) -> None:
    value, aside = known(fact(RESERVE, 5, dated=dated), shipped_dictionary)
    assert (value, aside) == ((5, ()) if counts else (None, (Aside(RESERVE, "dated later", dated),)))


def test_a_date_still_to_come_is_evidence_of_what_is_planned(shipped_dictionary: Dictionary) -> None:
    opening = fact("case.proposal.proposed_opening_on", date(2027, 9, 1), dated=date(2026, 11, 1))
    assert known(opening, shipped_dictionary) == (date(2027, 9, 1), ())


def test_what_does_not_apply_may_be_dated_later_too(shipped_dictionary: Dictionary) -> None:
    value, aside = known(fact(RESERVE, NotApplicable("not open yet"), dated=TOMORROW), shipped_dictionary)
    assert (value, [a.why for a in aside]) == (None, ["dated later"])


@pytest.mark.parametrize(
    ("name", "entry", "later"),
    [
        (INSPECTIONS, {"inspected_on": TODAY, "published_on": TODAY}, False),
        (INSPECTIONS, {"inspected_on": TOMORROW}, True),
        (INSPECTIONS, {"inspected_on": date(2026, 11, 2), "published_on": TOMORROW}, True),
        (INSPECTIONS, {"inspected_on": date(2026, 11, 2), "dated": TOMORROW}, True),
        (CONSENTS, {"consent": "landlord", "state": "given", "decided_on": TODAY}, False),
        (CONSENTS, {"consent": "landlord", "state": "given", "decided_on": TOMORROW}, True),
        ("case.judgements", {"principle": "P05", "outcome": "met", "minuted_on": TOMORROW}, True),
        ("school.contracts", {"what": "catering", "ends_on": TOMORROW}, False),
        ("school.contribution", {"role": "maths lead", "from_term": "autumn 2027"}, False),
    ],
)
def test_an_entry_that_cannot_have_been_known_is_left_out_and_the_rest_counts(
    name: str, entry: dict[str, Any], later: bool, shipped_dictionary: Dictionary
) -> None:
    other = {"inspected_on": date(2022, 3, 1), "consent": "lender"}
    value, aside = known(fact(name, (entry, other)), shipped_dictionary)
    assert value == ((other,) if later else (entry, other))
    assert aside == ((Aside(name, "dated later", TOMORROW, 1),) if later else ())


def test_a_list_of_which_nothing_was_known_yet_is_silence_and_not_an_empty_list(shipped_dictionary: Dictionary) -> None:
    assert known(fact(INSPECTIONS, ({"inspected_on": TOMORROW},)), shipped_dictionary)[0] is None
    assert known(fact(INSPECTIONS, ()), shipped_dictionary) == ((), ())


def test_a_list_not_said_to_be_whole_is_no_evidence(shipped_dictionary: Dictionary) -> None:
    needs = fact("school.needs", ({"need": "writing"},), whole=False)
    assert known(needs, shipped_dictionary) == (None, (Aside("school.needs", "not whole"),))


CATEGORY, ROUTE = "school.identity.category_of_need", "case.proposal.route"


@pytest.mark.parametrize(
    ("category", "route", "counts"),
    [
        ("strong partner", "partner", True),
        ("strong partner", "sponsored", False),
        ("secure some need", "partner", False),
        ("category of concern", "voluntary converter", False),
        ("strong partner", None, False),
        (None, "partner", False),
    ],
)
def test_a_list_of_needs_that_names_none_counts_only_of_a_school_that_can_have_none(
    category: str | None, route: str | None, counts: bool, shipped_dictionary: Dictionary
) -> None:
    said = {CATEGORY: category, ROUTE: route, "school.needs": ()}
    kept, aside = evidence_on(facts({n: v for n, v in said.items() if v is not None}), shipped_dictionary, AS_OF)

    assert ("school.needs" in kept) is counts
    assert aside == (() if counts else (Aside("school.needs", "says none"),))


def test_a_list_of_needs_with_a_need_counts_of_any_school(shipped_dictionary: Dictionary) -> None:
    kept, _ = evidence_on(facts({"school.needs": ({"need": "writing"},)}), shipped_dictionary, AS_OF)

    assert "school.needs" in kept


def test_an_approval_of_a_later_day_is_no_evidence_and_a_day_that_may_lie_ahead_is(
    shipped_dictionary: Dictionary,
) -> None:
    approved = "case.local_body.board_approved_existing_body_on"

    assert known(fact(approved, TODAY), shipped_dictionary) == (TODAY, ())
    assert known(fact(approved, TOMORROW), shipped_dictionary) == (None, (Aside(approved, "dated later", TOMORROW),))
    assert known(fact("case.proposal.proposed_opening_on", TOMORROW), shipped_dictionary) == (TOMORROW, ())


# Lists read by a principle that need not say how many entries they have, and why none of them can read better cut short.
WHOLE_BY_NATURE = {
    "school.consents": "each consent that is called for must have a state",
    "school.contribution": "an offer left out is help not counted",
    "school.help_already_paid_for": "help left out is help not counted",
    "school.education.key_stage_2": "only the year last ended is used, and it must be there",
    "school.education.key_stage_4": "only the year last ended is used, and it must be there",
    "school.finance.loans": "asked only to be on record; an empty list is written as one",
    "school.finance.leases": "asked only to be on record; an empty list is written as one",
    "trust.finance_forecast": "every year looked at must be there",
    "trust.finance_packages": "asked only to be on record",
}


def test_every_list_an_answer_rests_on_says_how_many_entries_it_has_or_is_whole_by_nature(shipped_library: Any) -> None:
    from clpt_growth.judging.behind import behind, written_behind

    needs, kinds = behind(shipped_library), shipped_library.dictionary.kinds
    principles = (p for pack in shipped_library.packs for p in pack.principles)
    read = {w for p in principles for n in p.facts_read for w in written_behind(n, needs, optional=True)}
    lists = {name for name in read if kinds[name].kind == "records"}
    assert {name for name in lists if not kinds[name].counted} == set(WHOLE_BY_NATURE)
