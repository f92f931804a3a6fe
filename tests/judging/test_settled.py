"""Whether the answer could still change, beside every way the missing facts could turn out."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import product
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clpt_growth.judging.assess import assess
from clpt_growth.judging.findings import bench, judged
from clpt_growth.judging.rating import coverage
from clpt_growth.judging.recommendation import proposal
from clpt_growth.model.case import Case
from clpt_growth.model.criterion import AllOf, AnyOf, Compare, Effect, Follows
from clpt_growth.model.fact import Fact
from clpt_growth.model.finding import Assessment, Why
from clpt_growth.model.outcome import undecided
from clpt_growth.model.principle import Principle
from clpt_growth.model.rules import Readiness, Recommendation, Row
from make import AS_OF, case, compare, facts, library, pack, principle, rules

NAMES = tuple(f"school.invented.{letter}" for letter in "abcde")
A, B, C, D, E = NAMES
GATE, CONDITION, SCORE = Effect.GATE, Effect.CONDITION, Effect.SCORE
WORST_FIRST = list(Recommendation)


TOO_LITTLE = Row(
    coverage_below=Decimal("0.6"),
    propose=Recommendation.DEFER,
    readiness=Readiness.NOT_KNOWN,
    reason="Too little.",
)
FIRST_THREE, REST = rules().table[:3], rules().table[3:]
RULES = rules(table=(*FIRST_THREE, TOO_LITTLE, *REST))


def asked(
    id_: str,
    name: str,
    effect: Effect = GATE,
    *,
    leads_to: str = "decline",
    partly: int | None = None,
    **more: Any,
) -> Principle:
    criterion = compare(name, "at least", 5, partly)
    return principle(**{"id": id_, "effect": effect, "not_met_leads_to": leads_to, "criterion": criterion} | more)


def answer(given_facts: Mapping[str, Any], *principles: Principle) -> Assessment:
    return assess(case(given_facts), library(pack(*principles), rules=RULES))


def ends(found: Assessment) -> tuple[str, str]:
    return str(found.settled.best.propose), str(found.settled.worst.propose)


def turns(found: Assessment, why: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(t.principle.id, t.facts) for t in found.settled.turns_on if t.why == why]


# Beside brute force


class Small(NamedTuple):
    """A small pack and what is known of a few facts."""

    principles: tuple[Principle, ...]
    known: Mapping[str, int]

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(n for n in NAMES if n not in self.known)


@st.composite
def comparisons(draw: st.DrawFn, name: str) -> Compare:
    must_be = draw(st.sampled_from(["at least", "at most", "more than", "less than"]))
    met = draw(st.integers(4, 6))
    looser = -2 if must_be in ("at least", "more than") else 2
    return compare(name, must_be, met, draw(st.sampled_from([None, met + looser])))


@st.composite
def criteria(draw: st.DrawFn) -> Any:
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True))
    parts = tuple(draw(comparisons(n)) for n in names)
    if len(parts) == 1:
        return parts[0]
    return draw(st.sampled_from([AllOf(parts=parts), AnyOf(parts=parts)]))


@st.composite
def small_packs(draw: st.DrawFn) -> Small:
    number = draw(st.integers(1, 5))
    followers = draw(st.integers(0, 2))
    made: list[Principle] = []
    for position in range(number + followers):
        criterion = draw(criteria())
        if position >= number:
            before = [p.id for p in made]
            ids = draw(st.lists(st.sampled_from(before), min_size=1, max_size=2, unique=True))
            criterion = Follows(ids=tuple(ids))
        effect = draw(st.sampled_from(Effect))
        leads_to = draw(st.sampled_from(["decline", "defer"]))
        made.append(principle(id=f"X{position:02}", effect=effect, not_met_leads_to=leads_to, criterion=criterion))
    known = draw(st.dictionaries(st.sampled_from(NAMES), st.integers(1, 9), min_size=2))
    return Small(tuple(made), known)


# Under, on and over every line that a small pack can hold: 2 to 8.
VALUES = tuple(range(1, 10))


def read_by(small: Small) -> tuple[str, ...]:
    """The missing facts that some principle reads."""
    read = {
        part.fact
        for p in small.principles
        for part in getattr(p.criterion, "parts", (p.criterion,))
        if isinstance(part, Compare)
    }
    return tuple(n for n in small.missing if n in read)


def completions(small: Small) -> dict[tuple[int, ...], Recommendation]:
    """What is proposed for each way the missing facts could turn out."""
    names = read_by(small)
    on = bench((pack(*small.principles),), AS_OF)
    found = {}
    for values in product(VALUES[:: 1 if len(names) < 3 else 2], repeat=len(names)):
        findings = judged(on, facts({**small.known, **dict(zip(names, values, strict=True))}))
        found[values] = proposal(findings, coverage(findings), RULES).row.propose
    return found


def share_a_missing_fact(small: Small, found: Assessment) -> bool:
    waiting = [
        f.principle for f in found.findings if undecided(f.ways) and not isinstance(f.principle.criterion, Follows)
    ]
    read = [
        name
        for p in waiting
        for part in getattr(p.criterion, "parts", (p.criterion,))
        if (name := part.fact) in small.missing
    ]
    return len(read) != len(set(read))


@settings(max_examples=250, deadline=None, derandomize=True)
@given(small=small_packs())
def test_best_and_worst_are_those_of_every_way_the_missing_facts_could_turn_out(small: Small) -> None:
    found = answer(small.known, *small.principles)
    reached = completions(small)
    # Nothing more may come in, so the answer as it stands is one of those reachable.
    each = sorted({*reached.values(), found.row.propose}, key=WORST_FIRST.index)

    assert found.settled.worst.propose == each[0]
    best = WORST_FIRST.index(found.settled.best.propose)
    assert best >= WORST_FIRST.index(each[-1])
    if not share_a_missing_fact(small, found):
        assert found.settled.best.propose == each[-1]
    assert found.settled.settled == (found.settled.best.propose == found.settled.worst.propose)


@settings(max_examples=250, deadline=None, derandomize=True)
@given(small=small_packs())
def test_what_the_answer_turns_on_names_every_missing_fact_that_can_change_it(small: Small) -> None:
    found = answer(small.known, *small.principles)
    named = {name for turn in found.settled.turns_on if turn.why == Why.MISSING for name in turn.facts}
    reached = completions(small)

    for position, name in enumerate(read_by(small)):
        others: dict[tuple[int, ...], set[Recommendation]] = {}
        for values, proposal_ in reached.items():
            others.setdefault(values[:position] + values[position + 1 :], set()).add(proposal_)
        if any(len(each) > 1 for each in others.values()):
            assert name in named, (name, found.settled.turns_on)
    if found.settled.settled:
        assert not named


@settings(max_examples=100, deadline=None, derandomize=True)
@given(small=small_packs())
def test_only_root_causes_are_named(small: Small) -> None:
    found = answer(small.known, *small.principles)

    assert not [t for t in found.settled.turns_on if isinstance(t.principle.criterion, Follows)]


# By hand


def test_a_missing_gate_leaves_everything_between_decline_and_approve() -> None:
    found = answer({B: 9}, asked("X01", A), asked("X02", B, CONDITION))

    assert ends(found) == ("approve", "decline")
    assert turns(found, Why.MISSING) == [("X01", (A,))]


def test_a_failed_gate_settles_the_answer_whatever_else_is_missing() -> None:
    found = answer({A: 1}, asked("X01", A), asked("X02", B), asked("X03", C, CONDITION))

    assert ends(found) == ("decline", "decline")
    assert found.settled.settled
    assert found.settled.turns_on == ()


def test_a_gate_that_can_be_put_right_still_leaves_one_that_cannot_to_find() -> None:
    found = answer({A: 1}, asked("X01", A, leads_to="defer"), asked("X02", B))

    assert ends(found) == ("defer", "decline")
    assert turns(found, Why.MISSING) == [("X02", (B,))]


def test_a_condition_without_evidence_could_still_be_plain_approval() -> None:
    found = answer({A: 9, B: 9}, asked("X01", A), asked("X02", B), asked("X03", C, CONDITION))

    assert found.row.propose == "approve subject to conditions"
    assert ends(found) == ("approve", "approve subject to conditions")


def test_a_missing_score_changes_nothing_once_enough_is_in_evidence() -> None:
    found = answer({A: 9, B: 9}, asked("X01", A), asked("X02", B), asked("X03", C, SCORE))

    assert found.row.propose == "approve"
    assert found.settled.settled


def test_an_answer_that_waits_only_for_coverage_is_not_settled() -> None:
    found = answer({A: 9}, asked("X01", A), asked("X02", B, SCORE), asked("X03", C, SCORE))

    assert found.row.propose == "defer"
    assert ends(found) == ("approve", "defer")
    assert not found.settled.settled


def test_where_nothing_carries_weight_no_evidence_can_change_the_answer() -> None:
    found = answer({A: 9}, asked("X01", A, Effect.NOTE))

    assert ends(found) == ("defer", "defer")


def test_a_gate_sure_to_be_at_least_partly_met_still_waits() -> None:
    either = AnyOf(parts=(compare(A, "at least", 9, 5), compare(B, "at least", 5)))
    found = answer({A: 5, C: 1}, asked("X01", A, criterion=either), asked("X02", C, CONDITION))

    assert found.row.propose == "defer"
    assert ends(found) == ("approve subject to conditions", "defer")


def test_a_shortfall_that_would_be_need_holds_nothing_up() -> None:
    weak = asked("X01", A, need_for_routes=("sponsored",))
    found = answer({"case.proposal.route": "sponsored", B: 9}, weak, asked("X02", B))

    assert found.settled.best.propose == "approve"
    assert turns(found, Why.MISSING) == []


def test_what_follows_is_not_named_beside_its_root() -> None:
    after = asked("X01", A, criterion=Follows(ids=("X02",)))
    found = answer({}, after, asked("X02", A))

    assert turns(found, Why.MISSING) == [("X02", (A,))]


def test_what_follows_is_named_for_a_fact_of_its_own() -> None:
    after = asked("X01", A, criterion=AllOf(parts=(Follows(ids=("X02",)), compare(B, "at least", 5))))
    found = answer({}, after, asked("X02", A))

    assert turns(found, Why.MISSING) == [("X01", (B,)), ("X02", (A,))]


def test_a_root_too_light_to_count_is_named_with_what_it_leads_to() -> None:
    after = asked("X01", A, criterion=Follows(ids=("X02",)))
    found = answer({}, after, asked("X02", A, SCORE))

    (turn,) = found.settled.turns_on
    assert (turn.principle.id, turn.facts, turn.leads_to and turn.leads_to.propose) == (
        "X02",
        (A,),
        "decline",
    )


def test_gates_come_before_conditions_and_the_worst_consequence_first() -> None:
    found = answer(
        {},
        asked("X01", A, CONDITION), asked("X02", B, leads_to="defer"), asked("X03", C),
    )  # fmt: skip

    assert [t.principle.id for t in found.settled.turns_on] == ["X03", "X02", "X01"]


def between(name: str, low: int, expected: int, high: int) -> dict[str, Fact]:
    return {name: Fact(name, expected, low=low, high=high)}


@pytest.mark.parametrize(
    ("low", "expected", "high", "best", "worst"),
    [
        (5, 6, 7, "approve", "approve"),
        (4, 6, 7, "approve", "decline"),
        (1, 4, 5, "approve", "decline"),
        (1, 3, 4, "decline", "decline"),
    ],
)
def test_both_ends_of_a_range_are_tried(low: int, expected: int, high: int, best: str, worst: str) -> None:
    found = answer(between(A, low, expected, high), asked("X01", A))

    assert ends(found) == (best, worst)
    assert turns(found, Why.RANGE) == ([("X01", (A,))] if best != worst else [])


def test_the_ends_of_several_ranges_are_tried_together() -> None:
    both = AnyOf(parts=(compare(A, "at least", 5), compare(B, "at least", 5)))
    found = answer(between(A, 4, 6, 7) | between(B, 4, 6, 7), asked("X01", A, criterion=both))

    assert ends(found) == ("approve", "decline")


def test_many_ranges_are_tried_all_low_and_all_high() -> None:
    whole = AnyOf(parts=tuple(compare(n, "at least", 5) for n in NAMES))
    ranged = {k: v for n in NAMES for k, v in between(n, 4, 6, 7).items()}
    found = answer(ranged, asked("X01", A, criterion=whole))

    assert ends(found) == ("approve", "decline")


def test_a_range_is_not_named_for_what_only_follows() -> None:
    after = asked("X01", A, criterion=Follows(ids=("X02",)))
    found = answer(between(A, 4, 6, 7), after, asked("X02", A))

    assert turns(found, Why.RANGE) == [("X02", (A,))]


def test_a_range_beside_a_failed_gate_changes_nothing() -> None:
    found = answer({B: 1} | between(A, 4, 6, 7), asked("X01", A), asked("X02", B))

    assert ends(found) == ("decline", "decline")
    assert found.settled.turns_on == ()


def on_word(name: str, value: int) -> dict[str, Fact]:
    return {name: Fact(name, value, verified="self reported")}


def test_a_gate_on_the_schools_word_alone_is_named() -> None:
    found = answer(on_word(A, 9), asked("X01", A))

    assert turns(found, Why.SCHOOLS_WORD) == [("X01", (A,))]


@pytest.mark.parametrize(("value", "effect"), [(9, SCORE), (1, GATE)])
def test_the_schools_word_is_not_named_where_it_could_not_lower_the_answer(value: int, effect: Effect) -> None:
    assert turns(answer(on_word(A, value), asked("X01", A, effect)), Why.SCHOOLS_WORD) == []


@pytest.mark.parametrize(("value", "named"), [(99, False), (100, True), (105, True), (106, False), (94, False)])
def test_a_value_within_a_twentieth_of_its_line_is_named_where_crossing_would_lower_the_answer(
    value: int, named: bool
) -> None:
    found = answer({A: value}, asked("X01", A, criterion=compare(A, "at least", 100)))

    assert turns(found, Why.NEAR) == ([("X01", (A,))] if named else [])


def test_a_near_value_is_weighed_with_what_its_principle_follows_from() -> None:
    both = AllOf(parts=(Follows(ids=("X02",)), compare(A, "at least", 100, 50)))
    found = answer({A: 100, B: 9}, asked("X01", A, criterion=both), asked("X02", B))

    (turn,) = found.settled.turns_on
    assert (turn.principle.id, turn.worst.value) == ("X01", "partly met")


def test_the_trust_alone_is_asked_of_the_same_way() -> None:
    name = "trust.invented.a"
    found = assess(Case(facts={}, as_of=AS_OF, has_school=False), library(pack(asked("X01", name)), rules=RULES))

    assert (found.settled.best.readiness, found.settled.worst.readiness) == (
        "ready to grow",
        "not ready to grow",
    )
    assert turns(found, Why.MISSING) == [("X01", (name,))]
