"""What the paper does not tell: not seen, only told, old, set aside, judged, left out, not done."""

from collections.abc import Iterator, Mapping
from typing import Any

from clpt_growth.facts.ageing import stale_facts
from clpt_growth.judging.lines import year_of
from clpt_growth.model.criterion import Compare, Threshold, fact_beside
from clpt_growth.model.dates import academic_year, year_words
from clpt_growth.model.fact import Fact
from clpt_growth.model.finding import Assessment, Finding, Why
from clpt_growth.papers.lines_words import line_in_force
from clpt_growth.papers.markdown import Md, joined, md
from clpt_growth.papers.missing_words import aside_words, is_later, later_words
from clpt_growth.papers.open_items import OPEN_ITEMS, author_counts
from clpt_growth.papers.paper_left_out import capacity_leaves_out, money_leaves_out
from clpt_growth.papers.view import Reader
from clpt_growth.papers.wording import (
    capital,
    day,
    listed,
    lowered,
    plural,
)

# As many as a reader takes in; the annex marks each.
_MOST_OLD = 4


def not_told(reader: Reader, judged: int) -> dict[str, Any]:
    """Each a heading and a sentence or two, in the order a trustee needs them; `judged` lines no publication sets."""
    return {"not_told": tuple((Md(head), words) for head, words in _not_told(reader, judged) if words)}


def _not_told(reader: Reader, judged: int) -> Iterator[tuple[str, Md]]:
    assessment = reader.assessment
    tally = assessment.completeness
    first, second = tally.stages[1], tally.stages[2]
    yield (
        "What we have not seen.",
        md(
            "{} of {} facts for first triage and {} of {} for full due diligence have no evidence.{}{} What is still "
            "to be found out is at the end of annex A, most decisive first.",
            first.asked - first.evidenced, first.asked, second.asked - second.evidenced, second.asked,
            _beside_the_author(assessment), _emptiest(tally.blocks),
        ),
    )  # fmt: skip
    yield "What we have only been told.", _only_told(assessment)
    yield "What is old.", _old(reader)
    yield "What does not count yet.", _not_yet(reader)
    yield "What was set aside.", _set_aside_words(reader)
    yield "What is set beside another year.", _other_years(reader)
    yield (
        "What rests on judgement.",
        md(
            "No published standard was found for {} of the lines used. They are in annex C, and each can be changed.",
            judged,
        ),
    )
    yield "What should be read again.", _read_again(assessment)
    yield "What people have judged.", _judgements(assessment)
    yield "What the capacity figure leaves out.", capacity_leaves_out(reader)
    yield "What the money figure leaves out.", money_leaves_out(reader)
    yield "What we did not do.", reader.own_sentences("case.paper.not_done")
    yield "The school's view.", reader.own_sentences("case.paper.school_view")


def _beside_the_author(assessment: Assessment) -> str:
    """That what is not seen is settled is only the author's word."""
    said = author_counts(assessment)
    resting = listed(f.id for f in assessment.findings if OPEN_ITEMS in f.principle.facts_read)
    return f" Beside that, {said}, and on that count rests {resting}." if said and resting else ""


def _emptiest(blocks: Mapping[str, Any]) -> str:
    empty = [title for title, t in blocks.items() if t.evidenced == 0]
    shown = empty[:8] + ([f"{len(empty) - 8} more"] if len(empty) > 8 else [])
    return f" Nothing at all is in evidence on: {listed(lowered(title) for title in shown)}." if empty else ""


def _only_told(assessment: Assessment) -> Md:
    number = assessment.completeness.self_reported
    turns = [t for t in assessment.settled.turns_on if t.why is Why.SCHOOLS_WORD]
    if not number:
        return Md("Nothing in evidence rests on the school's word alone.")
    words = f"{plural(number, 'fact is', 'facts are')} the school's own word."
    if turns:
        ids = list(dict.fromkeys(t.principle.id for t in turns))
        words += f" Gates or conditions that rest on it: {listed(ids)}."
    return md("{}", words)


def _old(reader: Reader) -> Md:
    found = stale_facts(reader.assessment.case.facts, reader.dictionary, reader.assessment.case.as_of)
    if not found:
        return Md("")
    shown = [f"{reader.label(s.fact)} ({day(s.dated)})" for s in found[:_MOST_OLD]]
    more = [f"{len(found) - _MOST_OLD} more marked in annex A"] if len(found) > _MOST_OLD else []
    return md("Past the age we rely on: {}.", listed([*shown, *more]))


def _not_yet(reader: Reader) -> Md:
    """What was written and is no evidence on the day: dated later, or a list that does not say it is whole."""
    assessment = reader.assessment
    later = later_words(assessment)
    others = (a for a in assessment.aside if not is_later(a))
    said = [f"{reader.label(a.fact)} ({aside_words(a)})" for a in others]
    return joined(
        [
            md("{}: all are in annex A.", later) if later else "",
            md("Written in the files, and not counted: {}.", listed(said)) if said else "",
        ]
    )


def _read_again(assessment: Assessment) -> Md:
    """The sources of the lines in force whose last day to rely on our reading of them is past."""
    late: dict[str, dict[str, None]] = {}
    for finding in assessment.findings:
        for part in finding.principle.parts:
            line = line_in_force(part, assessment)
            if line is not None and line.basis == "published":
                source = assessment.library.sources[line.reference]
                if source.stale_after is not None and source.stale_after < assessment.case.as_of:
                    late.setdefault(source.id, {})[finding.id] = None
    if not late:
        return Md("")
    ids = dict.fromkeys(id_ for found in late.values() for id_ in found)
    words = "{} of lines may have a later edition, or a later year, by now: see {} in annex C."
    return md(words, capital(plural(len(late), "source")), listed(ids))


def _set_aside_words(reader: Reader) -> Md:
    """Facts written in the file that are not asked of a school of this phase."""
    facts, case = reader.assessment.facts, reader.assessment.case
    names = [n for n, f in case.facts.items() if f.applies and n in facts and not facts[n].applies]
    phase = reader.value("school.identity.phase", "")
    return (
        md("Not asked of a {} school, so not used: {}.", phase, listed([reader.label(n) for n in names]))
        if names
        else Md("")
    )


def _other_years(reader: Reader) -> Md:
    """Figures tested beside a published figure of another year, or of which the year is not known."""
    return joined(
        md(
            "{} tests {} beside the figure for {}; the school's figure is {}.",
            finding.id,
            reader.label(fact.name),
            line.figure_of,
            f"for {year}" if year else f"dated {day(fact.dated)}" if fact.dated else "not dated",
        )
        for finding, line, fact, year in _beside_figures(reader.assessment)
        if (year or _year_dated(fact)) != line.figure_of
    )


def _beside_figures(assessment: Assessment) -> Iterator[tuple[Finding, Threshold, Fact, str]]:
    """Each figure tested beside one of a year, and the year it is said to be of; blank where nobody says."""
    for finding in assessment.findings:
        for part in finding.principle.parts:
            line = line_in_force(part, assessment)
            fact = assessment.facts.get(fact_beside(part))
            if line is not None and line.figure_of and fact is not None and fact.applies:
                year = year_of(assessment.facts, part.year) if isinstance(part, Compare) else ""
                yield finding, line, fact, year


def _year_dated(fact: Fact) -> str:
    return year_words(academic_year(fact.dated)) if fact.dated is not None else ""


def _judgements(assessment: Assessment) -> Md:
    said = []
    for judgement in assessment.judgements:
        finding = assessment.finding(judgement.principle)
        if finding is None:
            continue
        sets = (
            "this sets the outcome"
            if finding.decided_by is not None
            else "as the rules find it"
            if finding.outcome is judgement.outcome
            else f"the rules find it {finding.outcome.value}, and their outcome stands"
        )
        said.append(
            md(
                "{}: {} by the {} ({}); {}.",
                judgement.principle,
                judgement.outcome.value,
                judgement.by_role,
                judgement.reason.rstrip("."),
                sets,
            )
        )
    return joined(said)
