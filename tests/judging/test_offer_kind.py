"""Lines of the offer and promises that clash; and the three gates of local governance, case by case."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clpt_growth.judging.assess import assess, ready
from clpt_growth.judging.criteria import compiled
from clpt_growth.model.criterion import Compare, Conflict, Offer
from clpt_growth.model.fact import NotApplicable
from clpt_growth.model.outcome import (
    ANY_RESULT,
    CONFLICT,
    MET,
    MET_OR_NOT,
    NOT_APPLICABLE,
    NOT_MET,
    PARTLY,
    Open,
    outcome_of,
)
from clpt_growth.model.rules import Library
from make import AS_OF, case, compare, facts

AWAY = NotApplicable("does not arise")
PHASE = "school.identity.phase"
TEACHING = Offer(line="teaching", basis="judgement")


def offer(every: Any = "10", promised: Any = "4", **changes: Any) -> dict[str, Any]:
    said = {
        "line": "teaching",
        "offer": "maths teaching",
        "provided_by": "own post",
        "in_place": True,
        "evidenced_on": date(2026, 11, 4),
        "phases": ("all",),
        "days_a_term": None if every is None else Decimal(every),
        "committed_days_a_term": None if promised is None else Decimal(promised),
    }
    return {name: value for name, value in {**said, **changes}.items() if value is not None}


def need(days: Any = "5", line: str | None = "teaching") -> dict[str, Any]:
    said = {"need": "maths", "priority": 1, "line": line, "days_a_term": None if days is None else Decimal(days)}
    return {name: value for name, value in said.items() if value is not None}


def open_to(register: Any, needs: Any, **more: Any) -> Open:
    given = {"trust.offers": register, "school.needs": needs, PHASE: "primary", **more}
    year = {"definition.offer_evidence_within_months": 12}
    return compiled(TEACHING, AS_OF)(facts({**year, **{n: v for n, v in given.items() if v is not None}}))


UNSAID = Open(ANY_RESULT | NOT_APPLICABLE)


@pytest.mark.parametrize(
    ("register", "needs", "ways"),
    [
        # No register: anything is open, unless a need says the line matters.
        (None, (need(),), ANY_RESULT),
        (None, (), UNSAID),
        (None, None, UNSAID),
        (AWAY, (need(),), ANY_RESULT),
        # Nothing on the line: a shortfall only where the school needs it.
        ((), (need(),), NOT_MET),
        ((), (need(line="finance"),), NOT_APPLICABLE),
        ((), AWAY, NOT_APPLICABLE),
        ((), None, Open(NOT_MET | NOT_APPLICABLE)),
        ((), (need(line=None),), Open(NOT_MET | NOT_APPLICABLE)),
        ((offer(line="finance"),), (need(),), NOT_MET),
        ((offer(phases=("secondary",)),), (need(),), NOT_MET),
        ((offer(phases=("secondary",)),), (), NOT_APPLICABLE),
        # On the line with nothing behind it: a claim without capability.
        ((offer(in_place=False),), (), NOT_MET),
        ((offer(evidenced_on=date(2025, 12, 3)),), (need(),), NOT_MET),
        ((offer(evidenced_on=None),), (need(),), ANY_RESULT),
        ((offer(in_place=None),), (need(),), ANY_RESULT),
        ((offer(in_place=False), offer(evidenced_on=None)), (need(),), ANY_RESULT),
        # For which phases is not said: it may be no offer to this school, and then only a need makes it a shortfall.
        ((offer(phases=None),), (need(),), ANY_RESULT),
        ((offer(phases=None),), (), UNSAID),
        ((offer(phases=None, in_place=False),), (), Open(NOT_MET | NOT_APPLICABLE)),
        ((offer(phases=None), offer()), (need(),), MET),
        # Something behind it, and days under, on and over the need.
        ((offer(evidenced_on=date(2025, 12, 4)),), (need(),), MET),
        ((offer(),), (need("5.9"),), MET),
        ((offer(),), (need("6"),), MET),
        ((offer(),), (need("6.1"),), PARTLY),
        ((offer(),), (need("3"), need("3.5")), PARTLY),
        ((offer(), offer("1", "0")), (need("7"),), MET),
        ((offer(), offer("20", "0", in_place=False)), (need("7"),), PARTLY),
        ((offer("10", "13"),), (need(),), PARTLY),
        ((offer("10", "13"),), (), MET),
        ((offer("10", "13"), offer()), (need("6"),), MET),
        ((offer(),), (), MET),
        ((offer(),), AWAY, MET),
        ((offer(None),), (), MET),
        # What is not said about days leaves met and partly met.
        ((offer(),), None, Open(MET | PARTLY)),
        ((offer(),), (need(None),), Open(MET | PARTLY)),
        ((offer(),), (need(line=None),), Open(MET | PARTLY)),
        ((offer(None),), (need(),), Open(MET | PARTLY)),
        ((offer("10", None),), (need(),), Open(MET | PARTLY)),
        ((offer(), offer(evidenced_on=None)), (need("7"),), Open(MET | PARTLY)),
        ((offer(), offer(evidenced_on=None)), (need("6"),), MET),
    ],
)
def test_a_line_of_the_offer(register: Any, needs: Any, ways: Open) -> None:
    assert open_to(register, needs) == ways


def test_a_line_for_some_phases_waits_for_the_schools() -> None:
    assert str(outcome_of(open_to((offer(phases=("primary",)),), (need(),), **{PHASE: None}))) == "not evidenced"


def test_without_the_definition_of_fresh_nothing_is_evidenced() -> None:
    given = {"trust.offers": (offer(),), "school.needs": (need(),), PHASE: "primary"}
    assert compiled(TEACHING, AS_OF)(facts(given)) == ANY_RESULT


CLASHES = Compare(fact="school.identity.has_foundation", must_be="equal to", thresholds=compare(met=True).thresholds)
CLASH = Conflict(when=CLASHES, otherwise=compare(partly=Decimal("0.02")), promises=("one", "the other"), because="both")


@pytest.mark.parametrize(
    ("foundation", "reserve", "ways"),
    [
        (True, "0.08", CONFLICT),
        (True, None, CONFLICT),
        (False, "0.08", MET),
        (False, "0.02", PARTLY),
        (False, "0.01", NOT_MET),
        (False, None, ANY_RESULT),
        (AWAY, "0.08", MET),  # no clash where the question does not arise
        (None, "0.08", Open(MET | CONFLICT)),
        (None, "0.01", Open(NOT_MET | CONFLICT)),
        (None, None, Open(ANY_RESULT | CONFLICT)),
    ],
)
def test_two_promises_that_clash(foundation: Any, reserve: str | None, ways: Open) -> None:
    given = {
        "school.identity.has_foundation": foundation,
        "school.finance.revenue_reserve_share": None if reserve is None else Decimal(reserve),
    }
    assert compiled(CLASH, AS_OF)(facts({n: v for n, v in given.items() if v is not None})) == ways


def test_what_is_otherwise_may_not_apply_and_the_clash_still_stands() -> None:
    given: dict[str, Any] = {"school.finance.revenue_reserve_share": AWAY}
    assert compiled(CLASH, AS_OF)(facts(given)) == NOT_APPLICABLE | CONFLICT
    assert compiled(CLASH, AS_OF)(facts({**given, "school.identity.has_foundation": False})) == NOT_APPLICABLE


def test_a_clash_of_yes_or_no_leaves_the_rest_to_the_facts() -> None:
    plain = Conflict(when=CLASHES, otherwise=compare(), promises=("one", "the other"), because="both")
    assert compiled(plain, AS_OF)(facts({})) == MET_OR_NOT | CONFLICT


# The three gates, through a whole case. Seats: trust, parents, staff, head, foundation, co-opted, council.
SEATS = (
    "trust_appointed_count", "parents_count", "staff_count", "head_count",
    "foundation_count", "coopted_count", "council_count",
)  # fmt: skip


def body(total: int, *seats: int, **more: Any) -> dict[str, Any]:
    """A local body proposed, seat by seat."""
    counts = dict(zip(SEATS, seats, strict=False))
    return {f"case.local_body.{name}": n for name, n in {"seats_proposed_count": total, **counts, **more}.items()}


SPONSORED = {"case.proposal.joined_category": "sponsored", "school.identity.has_foundation": False}
CHURCH = {**SPONSORED, "school.identity.has_foundation": True}
PARTNER = {
    "case.proposal.joined_category": "partner",
    "case.local_body.existing_body_kept": True,
    "case.proposal.proposed_opening_on": date(2027, 9, 1),
}
APPROVED = "case.local_body.board_approved_existing_body_on"
TWELVE = body(12, 3, 4, 2, 1, 0, 2, 0)
FOUNDATION_LED = body(9, 1, 2, 0, 1, 5, 0, 0)
FIVE_OF_NINE = body(9, 5, 2, 0, 1, 1, 0, 0)
RIGHT = "case.local_body.foundation_right"


@pytest.fixture(scope="module")
def outcomes(shipped_library: Library) -> Any:
    """J33, J34 and J36 for what is given, judged with everything else."""
    made = ready(shipped_library, AS_OF)

    def judged(given: dict[str, Any]) -> tuple[str, str, str]:
        assessment = assess(case(given), shipped_library, made)
        j33, j34, j36 = (next(f for f in assessment.findings if f.id == id_) for id_ in ("J33", "J34", "J36"))
        return j33.outcome.value, j34.outcome.value, j36.outcome.value

    return judged


GATES: list[tuple[str, dict[str, Any], tuple[str, str, str]]] = [
    # Sponsored: nine seats at most, more than half of them the trust's.
    ("nine seats, five the trust's", {**SPONSORED, **body(9, 5, 2, 1, 1, 0, 0, 0)}, ("met", "met", "not applicable")),
    (
        "ten seats, six the trust's",
        {**SPONSORED, **body(10, 6, 2, 1, 1, 0, 0, 0)},
        ("not met", "met", "not applicable"),
    ),
    (
        "nine seats, four the trust's",
        {**SPONSORED, **body(9, 4, 2, 1, 1, 0, 1, 0)},
        ("met", "not met", "not applicable"),
    ),
    (
        "eight seats, half the trust's",
        {**SPONSORED, **body(8, 4, 2, 1, 1, 0, 0, 0)},
        ("met", "not met", "not applicable"),
    ),
    ("eight seats, five the trust's", {**SPONSORED, **body(8, 5, 2, 0, 1, 0, 0, 0)}, ("met", "met", "not applicable")),
    ("seats that do not add up", {**SPONSORED, **body(9, 5, 2, 0, 1, 0, 0, 0)}, ("met", "not met", "not applicable")),
    (
        "more seats named than proposed",
        {**SPONSORED, **body(7, 5, 2, 1, 1, 0, 0, 0)},
        ("met", "not met", "not applicable"),
    ),
    ("seats not yet proposed", SPONSORED, ("not evidenced", "not evidenced", "not applicable")),
    ("only the number is known", {**SPONSORED, **body(9)}, ("met", "not evidenced", "not applicable")),
    # Church and foundation: the articles and the majority clash; with a majority all the same, they do not.
    ("the foundation appoints most", {**CHURCH, **FOUNDATION_LED}, ("met", "conflict", "not applicable")),
    (
        "a church school, half the trust's",
        {**CHURCH, **body(8, 4, 2, 0, 1, 1, 0, 0)},
        ("met", "not met", "not applicable"),
    ),
    (
        "a church school, with no seat for its foundation",
        {**CHURCH, **body(9, 3, 2, 1, 1, 0, 2, 0)},
        ("met", "not met", "not applicable"),
    ),
    (
        "the foundation appoints half",
        {**CHURCH, **body(8, 2, 1, 0, 1, 4, 0, 0)},
        ("met", "conflict", "not applicable"),
    ),
    (
        "the foundation appoints most, and the seats do not add up",
        {**CHURCH, **body(9, 1, 2, 0, 0, 5, 0, 0)},
        ("met", "not met", "not applicable"),
    ),
    ("no seats", {**SPONSORED, **body(0, 0, 0, 0, 0, 0, 0, 0)}, ("not met", "not evidenced", "not applicable")),
    (
        "a church school, five of nine, and nobody has read its articles",
        {**CHURCH, **FIVE_OF_NINE},
        ("met", "not evidenced", "not applicable"),
    ),
    (
        "a church school, five of nine, whose articles give its foundation some seats",
        {**CHURCH, **FIVE_OF_NINE, RIGHT: "some seats"},
        ("met", "met", "not applicable"),
    ),
    (
        "a church school, four of eight, whose articles give its foundation some seats",
        {**CHURCH, **body(8, 4, 2, 0, 1, 1, 0, 0), RIGHT: "some seats"},
        ("met", "not met", "not applicable"),
    ),
    (
        "a church school, five of nine, whose articles give its foundation most seats",
        {**CHURCH, **FIVE_OF_NINE, RIGHT: "most seats"},
        ("met", "conflict", "not applicable"),
    ),
    (
        "the foundation appoints most, though its articles give it some seats",
        {**CHURCH, **FOUNDATION_LED, RIGHT: "some seats"},
        ("met", "not met", "not applicable"),
    ),
    (
        "articles that give the foundation most seats, and four of eight the trust's",
        {**CHURCH, **body(8, 4, 2, 0, 1, 1, 0, 0), RIGHT: "most seats"},
        ("met", "conflict", "not applicable"),
    ),
    (
        "a foundation that only holds the land",
        {**CHURCH, **body(9, 5, 2, 1, 1, 0, 0, 0), RIGHT: "none"},
        ("met", "met", "not applicable"),
    ),
    (
        "five of nine, and whether there is a foundation is not known",
        {"case.proposal.joined_category": "sponsored", **body(9, 5, 2, 1, 1, 0, 0, 0)},
        ("met", "not evidenced", "not applicable"),
    ),
    (
        "a church school of ten seats",
        {**CHURCH, **body(10, 1, 2, 0, 1, 6, 0, 0)},
        ("not met", "conflict", "not applicable"),
    ),
    ("a church school, nothing proposed", CHURCH, ("not evidenced", "not evidenced", "not applicable")),
    (
        "whether there is a foundation is not known",
        {"case.proposal.joined_category": "sponsored", **body(9, 1, 2, 0, 1, 5, 0, 0)},
        ("met", "not evidenced", "not applicable"),
    ),
    # Partner: keeps its body once the board has approved it, before it joins.
    (
        "approved before joining",
        {**PARTNER, **TWELVE, APPROVED: date(2026, 11, 26)},
        ("not applicable", "not applicable", "met"),
    ),
    ("not yet put to the board", {**PARTNER, **TWELVE}, ("not applicable", "not applicable", "not evidenced")),
    (
        "approved the day before opening",
        {**PARTNER, "case.proposal.proposed_opening_on": date(2026, 12, 2), APPROVED: date(2026, 12, 1)},
        ("not applicable", "not applicable", "met"),
    ),
    (
        "approved on the day of opening",
        {**PARTNER, "case.proposal.proposed_opening_on": date(2026, 12, 1), APPROVED: date(2026, 12, 1)},
        ("not applicable", "not applicable", "not met"),
    ),
    (
        "approval still to come",
        {**PARTNER, APPROVED: date(2026, 12, 5)},
        ("not applicable", "not applicable", "not evidenced"),
    ),
    (
        "approved today",
        {**PARTNER, APPROVED: date(2026, 12, 4)},
        ("not applicable", "not applicable", "met"),
    ),
    (
        "approved four years ago to the day",
        {**PARTNER, APPROVED: date(2022, 12, 4)},
        ("not applicable", "not applicable", "met"),
    ),
    (
        "approved four years and a day ago",
        {**PARTNER, APPROVED: date(2022, 12, 3)},
        ("not applicable", "not applicable", "not met"),
    ),
    (
        "a partner that does not keep its body",
        {**PARTNER, "case.local_body.existing_body_kept": False},
        ("not applicable", "not applicable", "met"),
    ),
    (
        "a church partner, where the foundation appoints most",
        {**PARTNER, **FOUNDATION_LED, "school.identity.has_foundation": True, APPROVED: date(2026, 11, 26)},
        ("not applicable", "not applicable", "met"),
    ),
    # One body over several schools: the category still decides.
    (
        "a shared body of nine, five the trust's",
        {**SPONSORED, **body(9, 5, 2, 1, 1, 0, 0, 0, shared_with=("Elm School", "Ash School"))},
        ("met", "met", "not applicable"),
    ),
    (
        "a shared body of twelve, half the trust's",
        {**SPONSORED, **body(12, 6, 4, 1, 1, 0, 0, 0, shared_with=("Elm School", "Ash School"))},
        ("not met", "not met", "not applicable"),
    ),
    (
        "an executive body, all the trust's",
        {**SPONSORED, **body(5, 5, 0, 0, 0, 0, 0, 0, shared_with=("Elm School",))},
        ("met", "met", "not applicable"),
    ),
    (
        "a partner under a shared body",
        {
            **PARTNER,
            **body(12, 6, 4, 1, 1, 0, 0, 0, shared_with=("Elm School", "Ash School")),
            APPROVED: date(2026, 11, 26),
        },
        ("not applicable", "not applicable", "met"),
    ),
    (
        "a shared body of ten, six the trust's",
        {**SPONSORED, **body(10, 6, 2, 1, 1, 0, 0, 0, shared_with=("Elm School",))},
        ("not met", "met", "not applicable"),
    ),
    (
        "a shared church body, the foundation with five of nine",
        {**CHURCH, **body(9, 1, 2, 0, 1, 5, 0, 0, shared_with=("Elm School",))},
        ("met", "conflict", "not applicable"),
    ),
    (
        "a partner that goes under an executive body, its own not kept",
        {**PARTNER, **body(5, 5, 0, 0, 0, 0, 0, 0), "case.local_body.existing_body_kept": False},
        ("not applicable", "not applicable", "met"),
    ),
    (
        "a partner whose shared body is kept, not yet put to the board",
        {**PARTNER, **body(12, 6, 4, 1, 1, 0, 0, 0, shared_with=("Elm School",))},
        ("not applicable", "not applicable", "not evidenced"),
    ),
    # No category yet: nothing is settled.
    ("no category", body(10, 4, 2, 1, 1, 0, 2, 0), ("not evidenced", "not evidenced", "not evidenced")),
]


@pytest.mark.parametrize(("given", "expected"), [g[1:] for g in GATES], ids=[g[0] for g in GATES])
def test_the_three_gates_of_local_governance(
    given: dict[str, Any], expected: tuple[str, str, str], outcomes: Any
) -> None:
    assert outcomes(given) == expected


def test_a_conflict_names_both_promises_and_the_articles(shipped_library: Library) -> None:
    finding = next(f for f in assess(case({**CHURCH, **FOUNDATION_LED}), shipped_library).findings if f.id == "J34")
    criterion = next(part for part in finding.principle.parts if isinstance(part, Conflict))
    assert criterion.promises == (
        "The trust's rule is that most governors of a sponsored school are its own appointees",
        "the articles of association of a church or foundation school give its foundation the right to appoint governors",
    )


def test_all_forty_statements_come_out_each_once(shipped_library: Library) -> None:
    findings = assess(case(SPONSORED), shipped_library).findings
    assert [f.id for f in findings if f.id.startswith("J")] == [f"J{n:02}" for n in range(1, 41)]
