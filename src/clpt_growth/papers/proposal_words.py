"""Why the tool proposes what it does: how many gates, which decide, and the Department's word for the reason."""

from collections.abc import Sequence

from clpt_growth.model.criterion import Effect
from clpt_growth.model.finding import Assessment, Finding
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.rules import Recommendation
from clpt_growth.papers.findings_words import only_follows
from clpt_growth.papers.wording import capital, listed, lowered, noun, number_word

_GATES = "{gates}"
_MOST_NAMED = 5
_SAYS = {
    Outcome.NOT_MET: ("gate is not met", "gates are not met"),
    Outcome.NOT_EVIDENCED: ("gate has no evidence", "gates have no evidence"),
    Outcome.PARTLY_MET: ("gate is partly met", "gates are partly met"),
    Outcome.CONFLICT: ("gate holds two promises that conflict", "gates hold promises that conflict"),
}


def why_proposed(assessment: Assessment) -> str:
    """The row's reason, with the number of gates and the case that holds in place of `{gates}`."""
    return assessment.row.reason.replace(_GATES, _gates_say(assessment.triggered_by))


def _gates_say(findings: Sequence[Finding]) -> str:
    found = [f.outcome for f in findings if f.principle.effect is Effect.GATE]
    said = [f"{number_word(n)} {noun(n, *words)}" for outcome, words in _SAYS.items() if (n := found.count(outcome))]
    return capital(listed(said))


def decided_by(assessment: Assessment) -> str:
    """The findings that decide, in words with their code; those that only follow from others are counted."""
    if assessment.row is assessment.library.rules.otherwise or not assessment.triggered_by:
        return ""
    own = [f for f in assessment.triggered_by if not only_follows(f, assessment)]
    after = len(assessment.triggered_by) - len(own)
    names = [f"{lowered(f.principle.name)} ({f.id})" for f in own[:_MOST_NAMED]]
    names += [f"{number_word(more)} more"] if (more := len(own) - _MOST_NAMED) > 0 else []
    follow = f"; {number_word(after)} more only {noun(after, 'follows', 'follow')} from {noun(len(own), 'it', 'these')}"
    return f"Decided by {listed(names)}{follow if after else ''}."


def department_reason(assessment: Assessment) -> str:
    """From the Department's list of reasons; to decline, those of the areas in which a gate fails, by the rules."""
    row, by_area = assessment.row, assessment.library.rules.decline_reasons
    if row.propose is not Recommendation.DECLINE:
        return row.department_reason
    own = (f for f in assessment.triggered_by if not only_follows(f, assessment))
    found = dict.fromkeys(by_area[f.principle.area] for f in own if f.principle.area in by_area)
    return listed(found) or row.department_reason
