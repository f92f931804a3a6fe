"""The author's own count of what due diligence still has open, beside what the file itself has no evidence for."""

from clpt_growth.model.finding import Assessment, Finding
from clpt_growth.papers.wording import capital, plural

OPEN_ITEMS = "case.process.stage_2_items_open_count"


def author_counts(assessment: Assessment) -> str:
    """How many items the author says are open; blank where the author says nothing, or the file lacks nothing."""
    fact = assessment.facts.get(OPEN_ITEMS)
    if fact is None or not fact.applies or not _unseen(assessment):
        return ""
    return f"the author counts {plural(fact.value, 'item')} of due diligence still open"


def both_counts_beside(finding: Finding, assessment: Assessment) -> str:
    """The two counts in one sentence, for a finding that rests on the author's."""
    said = author_counts(assessment) if OPEN_ITEMS in finding.principle.facts_read else ""
    if not said:
        return ""
    asked = plural(assessment.completeness.stages[2].asked, "fact")
    return f"{capital(said)}; the file has no evidence for {_unseen(assessment)} of {asked} it asks for."


def _unseen(assessment: Assessment) -> int:
    """How many facts of full due diligence have no evidence."""
    tally = assessment.completeness.stages[2]
    return int(tally.asked - tally.evidenced)
