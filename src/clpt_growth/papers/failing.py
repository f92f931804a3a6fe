"""Whether an assessment holds what a person asked to be told of by exit code."""

from collections.abc import Sequence

from clpt_growth.files.problems import problem_with
from clpt_growth.model.criterion import Effect
from clpt_growth.model.finding import Assessment
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.rules import Recommendation

_PROPOSALS = {
    "decline": Recommendation.DECLINE,
    "defer": Recommendation.DEFER,
    "conditions": Recommendation.WITH_CONDITIONS,
}
_OUTCOMES = tuple(outcome.value for outcome in Outcome)


def refuse_unknown(asked: Sequence[str]) -> None:
    """Before anything is judged or written, a word nobody could be told of is a problem."""
    for word in asked:
        if word not in _PROPOSALS and word not in _OUTCOMES:
            known = ", ".join([*_PROPOSALS, *_OUTCOMES])
            raise problem_with("--fail-on", f'"{word}" is not one of the answers', f"write one of: {known}")


def occurs(assessment: Assessment, asked: Sequence[str]) -> bool:
    """Any of the proposals, or any of the outcomes in a gate."""
    gates = {f.outcome.value for f in assessment.findings if f.principle.effect is Effect.GATE}
    return any(_PROPOSALS.get(word) == assessment.row.propose or word in gates for word in asked)
