"""A finding in a sentence or two: what was seen, what is missing, what it follows from, or why it does not apply."""

from clpt_growth.judging.away import away_in_file
from clpt_growth.judging.findings import ruled_out
from clpt_growth.model.case import PHASE
from clpt_growth.model.criterion import Conflict, Criterion, lines_of
from clpt_growth.model.fact import Fact
from clpt_growth.model.finding import Assessment, Finding
from clpt_growth.model.outcome import SHORT, Outcome
from clpt_growth.papers.lines_words import line_in_force, threshold_words
from clpt_growth.papers.missing_words import missing_words, own_missing
from clpt_growth.papers.open_items import both_counts_beside
from clpt_growth.papers.seen_words import deciding, own_shortfall, seen_words
from clpt_growth.papers.wording import (
    label,
    labelled,
    listed,
    outcome_words,
    sentence,
)

_SHOWN = 3
_NOTHING = "nothing in evidence"


def what_we_saw(finding: Finding, assessment: Assessment) -> str:
    """One or two plain sentences: what is in evidence, worst first, and what is not."""
    if finding.decided_by is not None:
        return sentence(f"by recorded Judgement of the {finding.decided_by.by_role}: {finding.decided_by.reason}")
    if finding.outcome is Outcome.NOT_APPLICABLE:
        return why_not_applicable(finding, assessment)
    if finding.outcome is Outcome.CONFLICT:
        clash = next(part for part in finding.principle.parts if isinstance(part, Conflict))
        return f"{sentence('; but '.join(p.rstrip('.') for p in clash.promises))} {sentence(clash.because)}"
    missing = missing_words(finding, assessment)
    followed = follows_words(finding, assessment)
    seen = own_shortfall(finding, assessment) if followed else deciding(finding, assessment)
    words = sentence(seen_words(seen[: 2 if missing else _SHOWN]))
    away = " ".join(_away_words(fact, assessment) for fact in away_in_file(finding, assessment)[:1])
    counts = both_counts_beside(finding, assessment)
    said = " ".join(w for w in (missing, followed, words, away, counts) if w)
    return said or sentence(f"follows from {listed(ids)}" if (ids := finding.principle.follows_from) else _NOTHING)


def shortfall_words(finding: Finding, assessment: Assessment) -> str:
    """What falls short, each value beside the line it was tested on."""
    dictionary = assessment.library.dictionary
    said = []
    for seen in deciding(finding, assessment)[:_SHOWN]:
        line = line_in_force(seen.criterion, assessment)
        beside = f" (line: {threshold_words(seen.criterion, line, dictionary)})" if line else ""
        said.append(labelled(seen.about, seen.value) + beside)
    return sentence("; ".join(dict.fromkeys(said))) or what_we_saw(finding, assessment)


def beside_its_line(finding: Finding, assessment: Assessment) -> str:
    """What was seen; where it falls short, each value beside its line."""
    short = finding.outcome in SHORT
    if not short or finding.decided_by is not None or only_follows(finding, assessment):
        return what_we_saw(finding, assessment)
    own = shortfall_words(finding, assessment)
    counts = both_counts_beside(finding, assessment)
    return " ".join(w for w in (follows_words(finding, assessment), own, counts) if w)


def why_not_applicable(finding: Finding, assessment: Assessment) -> str:
    away = [f for n in finding.principle.facts_read if (f := assessment.facts.get(n)) is not None and not f.applies]
    if own := away_in_file(finding, assessment):
        return _away_words(own[0], assessment)
    if not assessment.case.has_school:
        return "Asked of each school that would join."
    if ruled_out(finding.principle, assessment.facts, assessment.case.as_of):
        return finding.principle.does_not_apply_because
    if away:
        return sentence(away[0].value.reason)
    phase = assessment.facts.get(PHASE)
    if phase is not None and any(_waits_for_a_line(part) for part in finding.principle.parts):
        return f"No line is set for its phase, {phase.value}."
    return "Nothing asked here arises for this school."


def _waits_for_a_line(part: Criterion) -> bool:
    lines = lines_of(part)
    return bool(lines) and all(line.phases for line in lines)


def _away_words(fact: Fact, assessment: Assessment) -> str:
    about = label(fact.name, assessment.library.dictionary)
    return sentence(f"the file says this does not apply: {about} ({fact.value.reason})")


def follows_words(finding: Finding, assessment: Assessment) -> str:
    """The principles a shortfall or a silence follows from."""
    if finding.outcome not in (Outcome.NOT_EVIDENCED, Outcome.NOT_MET, Outcome.PARTLY_MET):
        return ""
    ids = finding.principle.follows_from
    same = [i for i in ids if (f := assessment.finding(i)) and f.outcome == finding.outcome]
    return sentence(f"follows from {listed(same)}") if same else ""


def only_follows(finding: Finding, assessment: Assessment) -> bool:
    """Whether nothing of its own is short or missing: what it follows from is then all there is to put right."""
    followed = follows_words(finding, assessment)
    return bool(followed) and not own_missing(finding, assessment) and not own_shortfall(finding, assessment)


def follows_at(finding: Finding, assessment: Assessment) -> int:
    """How many steps a shortfall or a silence is from where it began; nought where it follows from nothing."""
    if not follows_words(finding, assessment):
        return 0
    followed = (assessment.finding(i) for i in finding.principle.follows_from)
    return 1 + max(follows_at(f, assessment) for f in followed if f is not None and f.outcome == finding.outcome)


def short_outcome(finding: Finding) -> str:
    return "Need" if finding.as_need else outcome_words(finding.outcome)
