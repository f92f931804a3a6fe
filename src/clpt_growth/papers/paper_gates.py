"""The gates, what the answer turns on and the risks."""

from collections.abc import Iterator, Mapping
from typing import Any

from clpt_growth.model.criterion import Effect
from clpt_growth.model.finding import Assessment, Finding, Turn, Why
from clpt_growth.model.outcome import SHORT, Outcome
from clpt_growth.papers.findings_words import beside_its_line, only_follows, short_outcome
from clpt_growth.papers.markdown import Md, joined, md
from clpt_growth.papers.paper_conditions import conditions
from clpt_growth.papers.resting_on import old_evidence
from clpt_growth.papers.screen import gates_of, not_plainly_met, turn_words
from clpt_growth.papers.view import Reader, table
from clpt_growth.papers.wording import capital, day, listed, lowered, noun, number_word, plural, sentence, value_words

_MOST_TURNS = 10
_MOST_RISKS = 8
_TO_COMPLETE = Md("*To be completed*")
_ENDS = {
    Why.RANGE: "at the end of its range",
    Why.SCHOOLS_WORD: Why.SCHOOLS_WORD.value,
    Why.NEAR: Why.NEAR.value,
}


def gates(reader: Reader, layout: Mapping[str, Any]) -> dict[str, Any]:
    assessment = reader.assessment
    shown = not_plainly_met(assessment)
    rest = [f for f in gates_of(assessment) if f not in shown]
    return {
        "gates": table(
            ("Gate", "Question", "Outcome", "What we saw"),
            (
                (
                    md("{} {}", f.id, f.principle.name),
                    f.principle.question,
                    Md(f"**{short_outcome(f)}**"),
                    joined(
                        [beside_its_line(f, assessment), reader.labelled(layout.get("beside_gates", {}).get(f.id, ()))]
                    ),
                )
                for f in shown
            ),
        ),
        "gates_met": _named((f for f in rest if f.outcome is Outcome.MET), reader),
        "gates_away": _named((f for f in rest if f.outcome is Outcome.NOT_APPLICABLE), reader),
    }


def _named(findings: Iterator[Finding], reader: Reader) -> Md:
    found = list(findings)
    words = "; ".join(f"{f.id} {lowered(f.principle.name)}{_on_old_evidence(f, reader)}" for f in found)
    return md("({}). {}.", len(found), words) if found else Md("")


def _on_old_evidence(finding: Finding, reader: Reader) -> str:
    """A gate that is met on evidence past its shelf life says so where it is called met."""
    old = old_evidence(finding, reader.assessment) if finding.outcome is Outcome.MET else ()
    facts = listed([f"{reader.label(f.name)}, {day(f.dated)}" for f in old if f.dated])
    return f" (on old evidence: {facts})" if facts else ""


def turns_listed(assessment: Assessment) -> tuple[Turn, ...]:
    """What section 4 lists, most decisive first."""
    return assessment.settled.turns_on[:_MOST_TURNS]


def turns_left_out(assessment: Assessment) -> tuple[Turn, ...]:
    return assessment.settled.turns_on[_MOST_TURNS:]


_WATCH = " What follows is in evidence, and could change it if it proved otherwise."


def turns(reader: Reader) -> dict[str, Any]:
    assessment = reader.assessment
    settled = assessment.settled
    said = (
        Md("**The proposal is settled.** Nothing that is missing could change it." + _WATCH * bool(settled.turns_on))
        if settled.settled
        else md(
            "**The proposal is not settled.** Best answer still reachable: **{}**. Worst: **{}**.",
            settled.best.propose,
            settled.worst.propose,
        )
    )
    rows = ((str(n), *_turn_row(t, assessment)) for n, t in enumerate(turns_listed(assessment), 1))
    more = len(turns_left_out(assessment))
    what = "What is close to a line or not sure" if settled.settled else "What would change it"
    return {
        "settled": said,
        "turns": table(("No.", what, "Now", "If it goes badly", "Who finds out", "By when"), rows),
        "turns_more": md("{} more {} in annex B.", more, noun(more, "is", "are")) if more else Md(""),
    }


def _turn_row(turn: Turn, assessment: Assessment) -> tuple[Any, ...]:
    worst = f"{turn.worst.value}: {turn.leads_to.propose}" if turn.leads_to else turn.worst.value
    now = capital(turn.now.value) + (f" ({_ENDS[turn.why]})" if turn.why in _ENDS else "")
    return (
        md("{} {}. {}", turn.principle.id, turn.principle.name, capital(turn_words(turn, assessment))),
        now,
        capital(worst),
        capital(who_finds_out(turn, assessment)),
        _TO_COMPLETE,
    )


def who_finds_out(turn: Turn, assessment: Assessment) -> str:
    """Each holder of what is open, in the order the facts are named; else who owns the action."""
    kinds = (assessment.library.dictionary.kind_of(name) for name in turn.facts)
    holders = dict.fromkeys(kind.holder for kind in kinds if kind is not None and kind.holder)
    # "of the trust" stands only where the school has one of the same name.
    once = (h for h in holders if f"{h} of the trust" not in holders)
    return listed(once) or (turn.principle.action.owner if turn.principle.action else "")


_RISK_HEADS = ("No.", "Risk", "Likelihood x impact", "Money", "Who carries it", "From")


def risks(reader: Reader) -> dict[str, Any]:
    """The risks of what falls short or is not known, heaviest first; what is met has its risk in hand."""
    assessment = reader.assessment
    numbers = {f.id: number for number, f in conditions(assessment)}
    open_ = open_risks(assessment)
    rows = [
        (
            f"R{n}", r.event, f"{_likelihood(f)} x {r.impact}",
            _exposure(reader, f), capital(r.carried_by),
            md("{}{}", f.id, f"; {numbers[f.id]}" if f.id in numbers else ""),
        )
        for n, f in enumerate(open_, 1)
        if (r := f.principle.risk)
    ]  # fmt: skip
    more = len(rows) - _MOST_RISKS
    words = md("{} {} in annex B.", plural(more, "lighter risk"), noun(more, "is", "are"))
    own = reader.fact("case.paper.risks_in_own_words")
    return {
        "risks": table(_RISK_HEADS, rows[:_MOST_RISKS]),
        "risks_more": words if more > 0 else Md(""),
        "lighter_risks": table(_RISK_HEADS, rows[_MOST_RISKS:]),
        "others_short": _others_short(assessment),
        "own_risks": sentence(reader.shown(own)) if own is not None else "",
    }


def _others_short(assessment: Assessment) -> Md:
    """Where no gate or condition falls short, the other tests that do, by name: nothing waits for them."""
    open_ = (*SHORT, Outcome.CONFLICT, Outcome.NOT_EVIDENCED)
    deciding, others = _by_weight_of_effect(assessment)
    if any(f.outcome in open_ for f in deciding):
        return Md("")
    worst_first = (Outcome.NOT_MET, Outcome.CONFLICT, Outcome.PARTLY_MET)
    named = [(o, [f for f in others if f.outcome is o]) for o in worst_first]
    short = sum(len(found) for _, found in named)
    said = "; ".join(
        f"{o.value}: {listed(f'{f.id} {lowered(f.principle.name)}' for f in found)}" for o, found in named if found
    )
    none = "No gate or condition falls short or is without evidence."
    if not short:
        return Md(none)
    words = none + " {} other {} short, and none of them stops an approval. {}."
    return md(words, capital(number_word(short)), noun(short, "test falls", "tests fall"), capital(said))


def _by_weight_of_effect(assessment: Assessment) -> tuple[list[Finding], list[Finding]]:
    """Gates and conditions, then every other test; a need is neither."""
    own = [f for f in assessment.findings if not f.as_need]
    deciding = (Effect.GATE, Effect.CONDITION)
    return [f for f in own if f.principle.effect in deciding], [f for f in own if f.principle.effect is Effect.SCORE]


def open_risks(assessment: Assessment) -> tuple[Finding, ...]:
    """Findings that fall short or are not known and carry a risk of their own, heaviest first."""
    found = (
        f for f in assessment.findings
        if f.principle.risk is not None and not f.as_need and f.outcome in (*SHORT, Outcome.NOT_EVIDENCED)
        and not only_follows(f, assessment)
    )  # fmt: skip
    return tuple(sorted(found, key=_heaviness, reverse=True))


def _likelihood(finding: Finding) -> str:
    """Nobody can say how likely a risk is while what it rests on is not in evidence."""
    risk = finding.principle.risk
    return "not known" if risk is None or finding.outcome is Outcome.NOT_EVIDENCED else str(risk.likelihood)


def _heaviness(finding: Finding) -> tuple[int, int]:
    risk = finding.principle.risk
    return (
        (risk.impact * (risk.likelihood if finding.outcome is not Outcome.NOT_EVIDENCED else 3), risk.impact)
        if risk
        else (0, 0)
    )


def _exposure(reader: Reader, finding: Finding) -> str:
    risk = finding.principle.risk
    fact = reader.fact(risk.exposure) if risk and risk.exposure else None
    if fact is None or not isinstance(fact.value, int):
        return "not known" if risk and risk.exposure else "not estimated"
    kind = reader.dictionary.kinds[fact.name]
    often = " a year" if kind.label.startswith("yearly ") else ""
    if fact.low is not None:
        return f"{value_words(abs(fact.low), kind)} to {value_words(abs(fact.high), kind)}{often}"
    return value_words(abs(fact.value), kind) + often
