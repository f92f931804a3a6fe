"""The conditions of an approval: what is asked for in this case, by whom, by when, and what ends it."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from clpt_growth.model.case import PHASE, ROUTE
from clpt_growth.model.criterion import Effect, fact_beside, names_in, parts_of
from clpt_growth.model.finding import Assessment, Finding
from clpt_growth.model.outcome import SHORT, Outcome
from clpt_growth.model.principle import Action
from clpt_growth.papers.findings_words import only_follows
from clpt_growth.papers.markdown import Md, joined, md
from clpt_growth.papers.screen import gates_of
from clpt_growth.papers.seen_words import deciding
from clpt_growth.papers.view import Reader, table
from clpt_growth.papers.wording import NOT_EVIDENCED, capital, listed, lowered, noun, short_day

_TO_COMPLETE = Md("*to be completed*")
_DATES = "**Due:** {}; long-stop: {}."


def conditions(assessment: Assessment) -> tuple[tuple[str, Finding], ...]:
    """C1, C2, ...: gates partly met and conditions that fall short or have no evidence, in reading order.

    What only follows from another finding is put right with it, and asks for nothing more.
    """
    due = [f for f in assessment.findings if _is_condition(f) and not only_follows(f, assessment)]
    return tuple((f"C{n}", f) for n, f in enumerate(due, 1))


def _is_condition(finding: Finding) -> bool:
    if finding.as_need or finding.principle.action is None:
        return False
    if finding.principle.effect is Effect.GATE:
        return finding.outcome in (Outcome.PARTLY_MET, Outcome.CONFLICT)
    return finding.principle.effect is Effect.CONDITION and finding.outcome in (
        *SHORT,
        Outcome.NOT_EVIDENCED,
    )


def condition_view(reader: Reader, layout: Mapping[str, Any]) -> dict[str, Any]:
    found = [(number, f, a) for number, f in conditions(reader.assessment) if (a := f.principle.action)]
    dates = {entry["long_stop"]: entry for entry in layout.get("condition_dates") or ()}
    due = {number: _due(a.long_stop, dates, reader) for number, _, a in found}
    usual = Counter(due.values()).most_common(1)[0][0] if due else Md("")
    return {
        "conditions": table(
            ("No.", "Condition", "Why", "Owner", "If not met"),
            (
                (
                    number, joined([_wording(f, a, reader), Md("") if due[number] == usual else due[number]]),
                    md("{} {}", f.id, f.outcome.value), capital(a.owner), a.if_not_met,
                )
                for number, f, a in found
            ),
        ),
        "usual_dates": usual,
        "evidence_accepted": tuple(_accepted(number, f, a) for number, f, a in found if _unknown(f)),
        "before_the_vote": _before_the_vote(reader.assessment),
    }  # fmt: skip


def _unknown(finding: Finding) -> bool:
    return finding.outcome is Outcome.NOT_EVIDENCED


def _wording(finding: Finding, action: Action, reader: Reader) -> Md:
    """What falls short, put right, and the evidence that ends it; what is not known is found out first."""
    if _unknown(finding):
        known = _why_asked(finding, reader)
        return md("**Find out first:** {}.{}", finding.principle.find_out, f" Known: {lowered(known)}" if known else "")
    return md("{} *Evidence:* {}", condition_words(finding, action, reader), lowered(action.evidence))


def _why_asked(finding: Finding, reader: Reader) -> str:
    """What is in evidence of the facts that make a condition arise: what is not known is asked for because of it."""
    when = finding.principle.applies_when
    names = [name for part in parts_of(when) for name in names_in(part)] if when is not None else []
    return reader.labelled(name for name in names if name not in (PHASE, ROUTE))


def condition_words(finding: Finding, action: Action, reader: Reader) -> str:
    """The condition in the words of the parts that fall short, where each has words of its own."""
    short = dict.fromkeys(fact_beside(seen.criterion) for seen in deciding(finding, reader.assessment))
    if not short or not short.keys() <= action.where_short.keys():
        return action.condition
    return " ".join(_filled(action.where_short[name], name, reader) for name in short)


_FACT = re.compile(r"\{([a-z0-9_.]*)\}")


def _filled(words: str, name: str, reader: Reader) -> str:
    """`{}` stands for the value that falls short, `{fact}` for another; what is not known is said to be so."""
    return _FACT.sub(lambda found: reader.value(found[1] or name, NOT_EVIDENCED), words)


def _due(long_stop: str, dates: Mapping[str, Mapping[str, Any]], reader: Reader) -> Md:
    """When a condition is due and its long-stop, counted back from the opening; what has passed is to complete."""
    opening, entry = reader.fact("case.proposal.proposed_opening_on"), dates.get(long_stop)
    if entry is None:
        return md(_DATES, _TO_COMPLETE, long_stop)
    if opening is None:
        return md(_DATES, _TO_COMPLETE, _TO_COMPLETE)
    due, last = (
        opening.value - timedelta(weeks=int(entry[key])) for key in ("due_weeks_before", "long_stop_weeks_before")
    )
    return md(_DATES, _to_come(due, reader), _to_come(last, reader))


def _to_come(when: date, reader: Reader) -> Any:
    return short_day(when) if when > reader.assessment.case.as_of else _TO_COMPLETE


def _accepted(number: str, finding: Finding, action: Action) -> Md:
    """The condition that would follow from what is not known yet, and the evidence that ends it."""
    words = "**{}** Only if what is found falls short: {} Evidence: {}"
    return md(words, number, lowered(action.condition), lowered(action.evidence))


def _before_the_vote(assessment: Assessment) -> Md:
    first = [f for f in gates_of(assessment) if f.outcome in (Outcome.NOT_EVIDENCED, Outcome.NOT_MET)]
    ids = [f.id for f in first if not only_follows(f, assessment)]
    verb = noun(len(ids), "comes", "come")
    return md("{} {} first: needed before any vote to approve.", listed(ids), verb) if ids else Md("")
