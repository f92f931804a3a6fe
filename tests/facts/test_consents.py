"""Whose consent a school calls for, and what may be said while one has no state."""

from typing import Any

import pytest

from clpt_growth.facts.consents import missing
from clpt_growth.facts.defined import with_definitions
from clpt_growth.facts.derived import with_derived
from clpt_growth.model.case import Case
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.fact import Fact, NotApplicable
from make import AS_OF, facts

REFUSED, AWAITED = "school.legal.consents_refused", "school.legal.consents_awaited"
NONE = NotApplicable("none outstanding")
ROUTE, TYPE, FAITH = "case.proposal.route", "school.identity.type", "school.identity.religious_character"
FOUNDATION, TENURE = "school.identity.has_foundation", "school.buildings.tenure"
PFI, LOANS = "school.buildings.pfi", "school.finance.loans"
# A council's school that chooses to join: its governing body, the council's lease, the Secretary of State.
COUNCIL_SCHOOL: dict[str, Any] = {
    ROUTE: "voluntary converter", TYPE: "community", FAITH: "none", TENURE: "125-year lease", PFI: False, LOANS: NONE,
}  # fmt: skip
GIVEN = {"governing body": "given", "landlord": "given", "secretary of state": "given"}


@pytest.fixture
def known(shipped_dictionary: Dictionary) -> Any:
    def worked_out(states: dict[str, str], changes: dict[str, Any]) -> dict[str, Fact]:
        listed = tuple({"consent": consent, "state": state} for consent, state in states.items())
        said = {**COUNCIL_SCHOOL, "school.consents": listed, **changes}
        given = facts({name: value for name, value in said.items() if value is not None})
        return with_derived(Case(facts=with_definitions(given, shipped_dictionary), as_of=AS_OF))

    return worked_out


def values(found: dict[str, Fact]) -> tuple[Any, Any]:
    return tuple(found[name].value if name in found else None for name in (REFUSED, AWAITED))


@pytest.mark.parametrize(
    ("states", "changes", "refused", "awaited"),
    [
        (GIVEN, {}, (), ()),
        (GIVEN | {"landlord": "not needed"}, {}, (), ()),
        (GIVEN | {"landlord": "applied"}, {}, (), ("landlord",)),
        (GIVEN | {"landlord": "needed", "diocese": "applied"}, {}, (), ("diocese", "landlord")),
        # One refused is enough, whatever else is not known.
        (GIVEN | {"landlord": "refused"}, {}, ("landlord",), ("landlord",)),
        ({"landlord": "refused"}, {ROUTE: None, PFI: None}, ("landlord",), ("landlord",)),
        ({"landlord": "applied"}, {}, None, ("landlord",)),
        # One that is called for and has no state leaves both open.
        ({}, {}, None, None),
        ({c: s for c, s in GIVEN.items() if c != "landlord"}, {}, None, None),
        ({c: s for c, s in GIVEN.items() if c != "landlord"}, {TENURE: "freehold"}, (), ()),
        (GIVEN, {PFI: True}, None, None),
        (GIVEN | {"pfi party": "given"}, {PFI: True}, (), ()),
        (GIVEN, {FAITH: "Church of England"}, None, None),
        (GIVEN, {FAITH: "Does not apply"}, (), ()),
        (GIVEN, {LOANS: ({"lender": "the council"},)}, None, None),
        (GIVEN, {LOANS: ()}, (), ()),
        (GIVEN, {ROUTE: "academy transfer"}, None, None),
        (GIVEN | {"outgoing trust": "given"}, {ROUTE: "academy transfer"}, (), ()),
        ({c: s for c, s in GIVEN.items() if c != "governing body"}, {ROUTE: "sponsored"}, (), ()),
        # A fact that decides whether a consent is called for leaves it open while it is not known.
        (GIVEN, {PFI: None}, None, None),
        (GIVEN | {"pfi party": "not needed"}, {PFI: None}, (), ()),
        (GIVEN, {ROUTE: None}, None, None),
        # A community school has no foundation; a voluntary aided one may.
        (GIVEN, {TYPE: "voluntary aided"}, None, None),
        (GIVEN, {TYPE: "voluntary aided", FOUNDATION: False}, (), ()),
        (GIVEN, {TYPE: "voluntary aided", FOUNDATION: True}, None, None),
    ],
)
def test_consents_refused_and_awaited(
    known: Any, states: dict[str, str], changes: dict[str, Any], refused: Any, awaited: Any
) -> None:
    assert values(known(states, changes)) == (refused, awaited)


def test_deleting_an_entry_never_leaves_nobody_awaited(known: Any) -> None:
    every = GIVEN | {"outgoing trust": "given", "diocese": "given", "pfi party": "given", "lender": "given"}
    changes = {ROUTE: "academy transfer", FAITH: "Church of England", PFI: True, LOANS: ({"lender": "a bank"},)}
    assert values(known(every, changes)) == ((), ())
    for consent in every.keys() - {"governing body"}:
        assert values(known({c: s for c, s in every.items() if c != consent}, changes)) == (None, None), consent


def test_what_is_missing_is_the_state_of_each_consent_or_the_fact_that_decides(known: Any) -> None:
    found = known({"governing body": "given"}, {PFI: None, FOUNDATION: None})
    assert missing(found) == (
        "school.consents[secretary of state].state",
        "school.consents[landlord].state",
        "school.buildings.pfi",
    )


def test_each_fact_the_table_names_is_one_the_sum_is_told_of(shipped_dictionary: Dictionary) -> None:
    from clpt_growth.facts.consents import DECIDED_BY

    (table,) = (d.value for d in shipped_dictionary.definitions if d.name == "consents_called_for")
    consents = shipped_dictionary.kinds["school.consents"].keyed_by
    assert consents is not None
    assert set(table) == set(consents.choices)
    assert {name for rule in table.values() for name in rule} == set(DECIDED_BY)
    for rule in table.values():
        for name, test in rule.items():
            kind = shipped_dictionary.kinds[name]
            if kind.choices:
                assert {word for words in test.values() for word in words} <= set(kind.choices), name
