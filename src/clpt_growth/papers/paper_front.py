"""The head of the paper: who and when, and the decision asked for."""

from collections.abc import Iterator
from typing import Any

from clpt_growth.papers.markdown import Md, escaped, joined, md
from clpt_growth.papers.missing_words import later_words
from clpt_growth.papers.paper_decision import decision
from clpt_growth.papers.view import Reader, table
from clpt_growth.papers.wording import (
    day,
    listed,
    plural,
    sentence,
)


def front(reader: Reader) -> dict[str, Any]:
    """Title, the block of who and when, the decision."""
    name = reader.value("school.identity.name", "A school with no name in its file")
    trust = reader.value("trust.identity.name", "the trust")
    return {
        "title": md("{}: should it join {}?", name, trust),
        "invented": reader.value("school.identity.name", ""),
        "block": table(("About", "This paper"), _block(reader, trust)),
        "case": reader.own_words("case.paper.case_in_two_sentences"),
        **decision(reader, name),
    }


def _block(reader: Reader, trust: str) -> Iterator[tuple[Md, Md]]:
    ages = reader.value("school.identity.age_low", ""), reader.value("school.identity.age_high", "")
    school = [
        reader.value("school.identity.name"),
        f"URN {reader.value('school.identity.urn')}",
        reader.value("school.identity.type", ""),
        reader.value("school.identity.phase"),
        f"ages {ages[0]} to {ages[1]}" if all(ages) else "",
    ]
    schools = reader.fact("trust.estate.schools_count")
    yield Md("School"), joined(school, ", ")
    yield Md("Trust"), joined([trust, plural(schools.value, "academy", "academies") if schools else ""], ", ")
    yield Md("Meeting"), _with_date(reader, "case.paper.meeting", "case.paper.meeting_on", "case.paper.item")
    independent = reader.fact("case.paper.prepared_by_independent")
    prepared = reader.own_words("case.paper.prepared_by")
    yield Md("Prepared by"), md("{}. {}", prepared, sentence(independent.value)) if independent else prepared
    yield Md("Cleared by"), _with_date(reader, "case.paper.cleared_by", "case.paper.cleared_on")
    version = reader.fact("case.paper.version")
    said = f"Version {version.value}. " if version else ""
    yield Md("Version and data date"), md("{}Facts as at {}{}", said, day(reader.assessment.case.as_of), _later(reader))
    if reader.assessment.case.after:
        yield Md("Taken to have joined before"), escaped(listed(reader.assessment.case.after))
    yield Md("Considered before"), reader.own_words("case.paper.considered_before")
    yield Md("Interests declared"), reader.own_words("case.paper.interests_declared")
    yield Md("Who may see it"), Md("Confidential: trustees only, closed part of the meeting")


def _later(reader: Reader) -> str:
    """What the files hold that nobody knew on the day; without it a paper of an early day reads as if nothing was."""
    words = later_words(reader.assessment)
    return f". {words}; all are in annex A. Run it again at a later date to count them" if words else ""


def _with_date(reader: Reader, words: str, on: str, also: str = "") -> Md:
    when, item = reader.fact(on), reader.fact(also) if also else None
    said = [reader.own_words(words), day(when.value) if when else "", f"item {item.value}" if item else ""]
    return joined(said, ", ")
