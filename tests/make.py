"""Builders with harmless defaults: name what a test is about, and leave the rest."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from clpt_growth.model.case import Case
from clpt_growth.model.criterion import Compare, Effect, Threshold
from clpt_growth.model.dictionary import Block, Dictionary, FactKind
from clpt_growth.model.fact import Fact
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.principle import Action, Pack, Principle
from clpt_growth.model.rules import Band, Library, Readiness, Recommendation, Row, Rules, Source

AS_OF = date(2026, 12, 4)
RESERVE_SHARE = "school.finance.revenue_reserve_share"


def fact(name: str = RESERVE_SHARE, value: Any = Decimal("0.08"), **evidence: Any) -> Fact:
    return Fact(name, value, **evidence)


def facts(given: Mapping[str, Any] | None = None, /, **more: Any) -> dict[str, Fact]:
    """Facts by name; a value that is already a fact keeps its evidence."""
    values = {**(given or {}), **more}
    return {n: v if isinstance(v, Fact) else Fact(n, v) for n, v in values.items()}


def case(given: Mapping[str, Any] | None = None, /, *, as_of: date = AS_OF, has_school: bool = True) -> Case:
    return Case(facts=facts(given), as_of=as_of, has_school=has_school)


def threshold(met: Any, partly: Any = None, **changes: Any) -> Threshold:
    return Threshold(**{"met": met, "partly": partly, "basis": "judgement"} | changes)


def compare(
    name: str = RESERVE_SHARE, must_be: Any = "at least", met: Any = Decimal("0.04"), partly: Any = None
) -> Compare:
    return Compare(fact=name, must_be=must_be, thresholds=(threshold(met, partly),))


def action(**changes: Any) -> Action:
    said = {
        "condition": "The reserve is at or over the line.",
        "evidence": "Year-end accounts.",
        "owner": "chief finance officer",
        "long_stop": "before the transfer agreement is signed",
        "if_not_met": "The joining date moves back.",
    }
    return Action(**said | changes)


def principle(**changes: Any) -> Principle:
    """A condition on the school's reserves: met at 4%, partly met at 2%."""
    said: dict[str, Any] = {
        "id": "X01",
        "statement": "X01",
        "words": "Reserves are kept.",
        "source": "invented",
        "name": "Reserve",
        "title": "The school keeps a reserve",
        "question": "Is the reserve large enough?",
        "why": "A school without a reserve draws on the trust's in its first bad year.",
        "subject": "school",
        "area": "finance",
        "effect": Effect.CONDITION,
        "criterion": compare(partly=Decimal("0.02")),
        "find_out": "the year-end accounts",
        "action": action(),
    }
    return Principle(**said | changes)


def pack(*principles: Principle, **changes: Any) -> Pack:
    said = {"id": "invented", "owner": "nobody", "title": "Invented principles", "version": "1.0.0"}
    return Pack(**said | {"principles": principles or (principle(),)} | changes)


def kind(name: str = RESERVE_SHARE, written_as: Any = "share", **changes: Any) -> FactKind:
    """A kind of fact; its subject and block are the start of its name."""
    subject, _, path = name.partition(".")
    place = {"subject": subject, "area": path.partition(".")[0]} if path else {}
    label = name.rpartition(".")[2].replace("_", " ")
    if written_as in ("choice", "choices"):
        changes = {"choices": ("red", "amber", "green")} | changes
    return FactKind(**{"name": name, "kind": written_as, "label": label, "meaning": f"{label}."} | place | changes)


def dictionary(*kinds: FactKind) -> Dictionary:
    """A dictionary of a few kinds; records whose name is a block's are that block."""
    blocks: dict[tuple[Any, str], list[FactKind]] = {}
    for each in kinds or (kind(),):
        blocks.setdefault((each.subject, each.area), []).append(each)
    made = (
        Block(id=area, subject=subject, title=area.replace("_", " "), records=found[0])
        if found[0].name == f"{subject}.{area}"
        else Block(id=area, subject=subject, title=area.replace("_", " "), facts=tuple(found))
        for (subject, area), found in blocks.items()
    )
    return Dictionary(version="1.0.0", blocks=tuple(made))


def row(effect: Effect, outcome: Outcome, propose: Recommendation, readiness: Readiness, leads_to: str = "") -> Row:
    said = f"A {effect} is {outcome}."
    return Row(
        effect=(effect,),
        outcome=(outcome,),
        leads_to=leads_to,
        propose=propose,
        readiness=readiness,
        reason=said,
    )


def rules(**changes: Any) -> Rules:
    """A small recommendation table in the shipped order: gates first, then coverage, then conditions."""
    said: dict[str, Any] = {
        "version": "1.0.0",
        "areas": ("finance", "governance"),
        "points": {Outcome.MET: Decimal(1), Outcome.PARTLY_MET: Decimal("0.5"), Outcome.NOT_MET: Decimal(0)},
        "bands": (
            Band(word="mostly met", at_least=Decimal("0.8")),
            Band(word="mostly not met", at_least=Decimal(0)),
        ),
        "near_the_line_share": Decimal("0.05"),
        "table": (
            row(Effect.GATE, Outcome.NOT_MET, Recommendation.DECLINE, Readiness.NOT_READY, "decline"),
            row(Effect.GATE, Outcome.NOT_MET, Recommendation.DEFER, Readiness.NOT_READY, "defer"),
            row(Effect.GATE, Outcome.NOT_EVIDENCED, Recommendation.DEFER, Readiness.NOT_KNOWN),
            row(Effect.GATE, Outcome.PARTLY_MET, Recommendation.WITH_CONDITIONS, Readiness.WITH_ACTIONS),
            row(Effect.CONDITION, Outcome.PARTLY_MET, Recommendation.WITH_CONDITIONS, Readiness.WITH_ACTIONS),
            row(Effect.CONDITION, Outcome.NOT_MET, Recommendation.WITH_CONDITIONS, Readiness.WITH_ACTIONS),
            row(
                Effect.CONDITION,
                Outcome.NOT_EVIDENCED,
                Recommendation.WITH_CONDITIONS,
                Readiness.WITH_ACTIONS,
            ),
        ),
        "otherwise": Row(propose=Recommendation.APPROVE, readiness=Readiness.READY, reason="Every gate is met."),
        "suppress_below": 6,
    }
    return Rules(**said | changes)


def library(*packs: Pack, **changes: Any) -> Library:
    said: dict[str, Any] = {
        "dictionary": dictionary(),
        "packs": packs or (pack(),),
        "rules": rules(),
        "benchmarks": (),
        "sources": {"invented": Source(id="invented", title="An invented source")},
        "sha256": "",
    }
    return Library(**said | changes)
