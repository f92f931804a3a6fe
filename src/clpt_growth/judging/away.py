"""What a file says does not apply, where a finding hangs on it."""

from clpt_growth.judging.findings import judge_of
from clpt_growth.model.fact import Fact
from clpt_growth.model.finding import Assessment, Finding
from clpt_growth.model.outcome import Outcome, undecided


def away_in_file(finding: Finding, assessment: Assessment) -> tuple[Fact, ...]:
    """What the file says does not apply, where a finding would not be decided had it been left blank."""
    if finding.outcome not in (Outcome.MET, Outcome.NOT_APPLICABLE):
        return ()
    written = assessment.case.facts
    away = {n: written[n] for n in finding.principle.facts_read if n in written and not written[n].applies}
    if not away:
        return ()
    without = {name: fact for name, fact in assessment.facts.items() if name not in away}
    return tuple(away.values()) if undecided(judge_of(finding.principle, assessment.case.as_of)(without)) else ()
