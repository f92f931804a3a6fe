"""The decision the board is asked for, in voting words, and whose words are whose."""

from collections.abc import Iterator, Sequence
from typing import Any

from clpt_growth.model.criterion import Effect
from clpt_growth.model.finding import Assessment, Turn, Why
from clpt_growth.model.rules import Recommendation
from clpt_growth.papers.markdown import Md, md
from clpt_growth.papers.paper_conditions import conditions
from clpt_growth.papers.paper_gates import turns_left_out, turns_listed, who_finds_out
from clpt_growth.papers.proposal_words import decided_by, department_reason, why_proposed
from clpt_growth.papers.screen import turn_words
from clpt_growth.papers.view import Reader, table
from clpt_growth.papers.wording import (
    TO_COMPLETE,
    capital,
    day,
    listed,
    lowered,
    money,
    noun,
    plural,
)

_COMPLETE = Md(f"*{TO_COMPLETE}*")
_VERB = {
    Recommendation.APPROVE: "approve",
    Recommendation.WITH_CONDITIONS: "approve, subject to the conditions in section 12,",
    Recommendation.DECLINE: "decline",
}


def decision(reader: Reader, name: str) -> dict[str, Any]:
    """What the board votes on, and the lines for the tool, the executive and the board; `name` is the school's."""
    return {
        "asks": tuple(_in_one_list(tuple(_asks(reader, name)))),
        "three_lines": table(("Whose words", "Recommendation or decision"), _three_lines(reader.assessment)),
    }


def _in_one_list(asks: Sequence[Md]) -> Iterator[Md]:
    """One sentence over several lines: each ends as its place asks."""
    for left, ask in zip(range(len(asks) - 1, -1, -1), asks, strict=True):
        yield Md(ask + (".", "; and")[left] if left < 2 else ask + ";")


def _asks(reader: Reader, name: str) -> Iterator[Md]:
    """What the board is asked to vote on, in voting words."""
    yield Md("**note** the findings of due diligence and the gaps listed in section 14")
    yield _proposal_in_voting_words(reader, name)
    spending = reader.fact("case.paper.spending_asked_gbp")
    if spending:
        purpose = reader.fact("case.paper.spending_purpose")
        what = md("{}", lowered(str(purpose.value).rstrip("."))) if purpose else _COMPLETE
        yield md("**authorise** up to {} from reserves now, to be spent on: {}", money(spending.value), what)
    yield _delegation(reader)


def _delegation(reader: Reader) -> Md:
    """Who may sign, in the author's words: and, where there are conditions, never before they are met."""
    asked, propose = reader.fact("case.paper.delegation_asked"), reader.assessment.row.propose
    words = str(asked.value).rstrip(".") if asked else ""
    if words.lower().startswith("none") or (not words and propose in (Recommendation.DEFER, Recommendation.DECLINE)):
        until = words[len("none") :].strip(" ,:;")
        promise = (
            ", and no promise made to the school," if propose not in _VERB or propose is Recommendation.DECLINE else ""
        )
        none = f"**note** that no power is delegated{promise} by this decision"
        return md(none + ": none {}", until) if until else Md(none)
    first = ", once every condition in section 12 is met" if conditions(reader.assessment) else ""
    if not words:
        return Md(f"**delegate** sign-off of the transfer agreement{first}, within limits: {_COMPLETE}")
    return md("**delegate** to {}{}", words, first)


def _proposal_in_voting_words(reader: Reader, name: str) -> Md:
    assessment = reader.assessment
    if assessment.row.propose is not Recommendation.DEFER:
        opening = reader.fact("case.proposal.proposed_opening_on")
        when = f" from {day(opening.value)}" if opening else ""
        verb = _VERB[assessment.row.propose]
        return md("**" + verb + "** the proposal that {} joins the trust{}", name, when)
    until = _awaited(assessment)
    return md("**defer** the decision to " + _DATE + ", until {}", until or _put_right(assessment))


def _put_right(assessment: Assessment) -> str:
    short = [f"{f.id} ({f.principle.title})" for f in assessment.triggered_by[:4]]
    return f"{noun(len(short), 'this is', 'these are')} put right: {'; '.join(short)}"


_DATE = "[date: *to be completed*]"
_MOST_AWAITED = 3


def _awaited(assessment: Assessment) -> str:
    """What the gates wait for, with who finds each out; only how many and where, where they are too many to name."""
    here, below = ([t for t in turns if _waits(t)] for turns in (turns_listed(assessment), turns_left_out(assessment)))
    if not here and not below:
        return ""
    number = len(here) + len(below)
    where = f"the {plural(number, 'item')} without evidence in section 4"
    if below:
        where = f"the {plural(number, 'item')} without evidence, {len(here)} in section 4 and {len(below)} in annex B,"
    in_hand = f"{where} {noun(number, 'is', 'are')} in hand"
    alike: dict[str, list[Turn]] = {}
    for turn in here:
        alike.setdefault(turn_words(turn, assessment), []).append(turn)
    if below or len(alike) > _MOST_AWAITED:
        return f"{in_hand}; section 4 says who finds each out"
    named = (
        f"{words} ({listed(t.principle.id for t in turns)}; {lowered(who_finds_out(turns[0], assessment))})"
        for words, turns in alike.items()
    )
    return f"{in_hand}: {'; '.join(named)}"


def _waits(turn: Turn) -> bool:
    return turn.why is Why.MISSING and turn.principle.effect is Effect.GATE


def _three_lines(assessment: Assessment) -> Iterator[tuple[Md, Md]]:
    row = assessment.row
    department = department_reason(assessment)
    said = [why_proposed(assessment), decided_by(assessment)]
    said += [f"Reason from the Department's list: {department}."] if department else []
    yield (
        Md("1. Proposed by the tool, from the rules in use. It supports a decision and makes none"),
        md("**{}.** {}", capital(row.propose), " ".join(w for w in said if w)),
    )
    yield Md("2. Recommended by the executive"), _COMPLETE
    yield Md("3. Decided by the Board"), _COMPLETE
