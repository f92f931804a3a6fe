"""What the paper does not tell, and the annexes: facts, findings, judgements, production, words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from clpt_growth import __version__
from clpt_growth.capacity.terms import term_of
from clpt_growth.facts.ageing import stale_facts
from clpt_growth.judging.benchmarks import benchmark_results
from clpt_growth.judging.findings import facts_read, follows_from
from clpt_growth.judging.lines import PHASE, year_of
from clpt_growth.model.fact import Fact
from clpt_growth.model.finding import Assessment, Finding
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.principle import Between, Compare, Covers, DatedWithin, Threshold
from clpt_growth.papers.findings_words import aside_words, missing_label, short_outcome, what_we_saw
from clpt_growth.papers.lines_words import line_in_force, margin_words, nearest_margin, threshold_words
from clpt_growth.papers.markdown import Md, joined, md
from clpt_growth.papers.paper_demand import SHOWN_HERE, demand_side
from clpt_growth.papers.paper_left_out import capacity_leaves_out, money_leaves_out
from clpt_growth.papers.still_needed import Needed, still_needed
from clpt_growth.papers.tested_words import Group, in_words, tested
from clpt_growth.papers.view import Reader, Table, table
from clpt_growth.papers.wording import (
    capital,
    day,
    labelled,
    listed,
    lowered,
    noun,
    outcome_words,
    percent,
    plural,
    short_day,
    value_words,
)

_SURE = {"published": "Published", "document seen": "Document seen", "self reported": "Self reported"}


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
            "{} of {} facts for first triage and {} of {} for full due diligence have evidence.{} What is still to be "
            "found out is at the end of annex A, most decisive first.",
            first.evidenced, first.asked, second.evidenced, second.asked, _emptiest(tally.blocks),
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
    yield "What people have judged.", _judgements(assessment)
    yield "What the capacity figure leaves out.", capacity_leaves_out(reader)
    yield "What the money figure leaves out.", money_leaves_out(reader)
    yield "What we did not do.", reader.own_sentences("case.paper.not_done")
    yield "The school's view.", reader.own_sentences("case.paper.school_view")


def _emptiest(blocks: Mapping[str, Any]) -> str:
    empty = [title for title, t in blocks.items() if t.evidenced == 0]
    shown = empty[:8] + ([f"{len(empty) - 8} more"] if len(empty) > 8 else [])
    return f" Nothing at all is in evidence on: {listed(lowered(title) for title in shown)}." if empty else ""


def _only_told(assessment: Assessment) -> Md:
    number = assessment.completeness.self_reported
    turns = [t for t in assessment.settled.turns_on if t.why == "the school's word only"]
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
    shown = [f"{reader.label(s.fact)} ({day(s.dated)})" for s in found[:6]]
    more = [f"{len(found) - 6} more marked in annex A"] if len(found) > 6 else []
    return md("Past the age we rely on: {}.", listed([*shown, *more]))


def _not_yet(reader: Reader) -> Md:
    """What was written and is no evidence on the day: dated later, or a list that does not say it is whole."""
    said = [f"{reader.label(a.fact)} ({aside_words(a)})" for a in reader.assessment.aside]
    return md("Written in the files, and not counted: {}.", listed(said)) if said else Md("")


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
            fact = assessment.facts.get(getattr(part, "fact", ""))
            if line is not None and line.figure_of and fact is not None and fact.applies:
                year = year_of(assessment.facts, part.year) if isinstance(part, Compare) else ""
                yield finding, line, fact, year


def _year_dated(fact: Fact) -> str:
    return _academic_year(fact.dated) if fact.dated is not None else ""


def _academic_year(when: date) -> str:
    first = term_of(when).academic_year
    return f"{first}-{(first + 1) % 100:02d}"


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


def annexes(reader: Reader, layout: Mapping[str, Any]) -> dict[str, Any]:
    assessment = reader.assessment
    needed = still_needed(assessment)
    school, trust = _listed_facts(reader, "S", ("school", "case")), _listed_facts(reader, "T", ("trust",))
    return demand_side(reader) | {
        "school_facts": table(_FACT_HEADS, _fact_rows(reader, school)),
        "needed": table(_NEEDED_HEADS, _needed_rows(needed, assessment)),
        "needed_more": _needed_more(needed),
        "trust_facts": table(_FACT_HEADS, _fact_rows(reader, trust)),
        "findings": table(
            ("Test", "Outcome", "What we saw", "Line", "Margin", "Facts read, with their number in annex A"),
            (_finding_row(f, reader, {**school, **trust}) for f in assessment.findings),
        ),
        "published_lines": table(("Test", "What", "Line", "Source"), _published_rows(assessment)),
        "judgement_lines": table(("Test", "What", "Figure used", "Note"), _judgement_rows(assessment)),
        "benchmarks": _benchmarks(reader),
        "production": table(("Item", "Detail"), _production(assessment)),
        "words": table(("Word", "Meaning"), layout["words"]),
    }


_NEEDED_HEADS = ("What", "Why", "Who usually holds it", "Evidence to ask for", "For")
_MOST_NEEDED = 40


def _needed_rows(needed: Sequence[Needed], assessment: Assessment) -> Iterator[tuple[Any, ...]]:
    for n in needed[:_MOST_NEEDED]:
        kind = n.kind
        yield (
            capital(missing_label(n.name, assessment) if n.why == "missing" else kind.label),
            capital(n.why),
            capital(kind.holder),
            capital(kind.evidence),
            listed(n.principles[:4]),
        )


def _needed_more(needed: Sequence[Needed]) -> Md:
    more = len(needed) - _MOST_NEEDED
    return md('{} more {} marked "not evidenced" in annex B.', more, noun(more, "is", "are")) if more > 0 else Md("")


_FACT_HEADS = ("No.", "Fact", "Value", "Source", "Dated", "How sure")


def _listed_facts(reader: Reader, letter: str, subjects: tuple[str, ...]) -> Mapping[str, str]:
    """The facts annex A lists, in its order, each with the number it is cited by."""
    kinds = (k for k in reader.dictionary.kinds.values() if k.subject in subjects and k.stage != 3)
    names = [k.name for k in kinds if (f := reader.assessment.facts.get(k.name)) and not _set_aside(f, reader)]
    return {name: f"{letter}{number}" for number, name in enumerate(names, 1)}


def _fact_rows(reader: Reader, numbers: Mapping[str, str]) -> Iterator[tuple[Any, ...]]:
    stale = set(reader.assessment.completeness.stale)
    for name, number in numbers.items():
        kind, fact = reader.dictionary.kinds[name], reader.assessment.facts[name]
        dated = (short_day(fact.dated) if fact.dated else "") + (
            " (old)" if kind.name in stale and fact.applies else ""
        )
        source = fact.source if not fact.derived_from else f"worked out: {kind.formula}"
        words = reader.shown(fact) + (f". {capital(fact.note)}" if fact.note else "")
        yield (
            number,
            capital(kind.label),
            words,
            source,
            dated,
            _SURE.get(fact.verified, "" if fact.derived_from else "Not said"),
        )


def _set_aside(fact: Fact, reader: Reader) -> bool:
    """Facts that do not arise for the phase are not listed one by one."""
    return not fact.applies and fact.name not in reader.assessment.case.facts


_LONGEST_VALUE = 40


def _facts_read(finding: Finding, reader: Reader, numbers: Mapping[str, str]) -> str:
    """Every fact a finding reads, with where annex A gives its source; what it follows from is named too."""
    said = [_fact_read(name, reader, numbers.get(name, "")) for name in facts_read(finding.principle)]
    ids = follows_from(finding.principle)
    return "; ".join([*said, *([f"the outcome of {listed(ids)}"] if ids else [])])


def _fact_read(name: str, reader: Reader, number: str) -> str:
    words = f"{number} {reader.label(name)}".lstrip()
    fact = reader.assessment.facts.get(name)
    if fact is None:
        return f"{words}: not evidenced"
    value = reader.shown(fact)
    if not number:
        return f"{labelled(words, value)} ({reader.from_where(fact) or 'no source given'})"
    return labelled(words, value) if len(value) <= _LONGEST_VALUE else words


def _finding_row(finding: Finding, reader: Reader, numbers: Mapping[str, str]) -> tuple[Any, ...]:
    principle, assessment = finding.principle, reader.assessment
    told = finding.outcome not in (Outcome.NOT_APPLICABLE, Outcome.NOT_EVIDENCED)
    margin = nearest_margin(finding, assessment) if told else None
    test = tested(principle, assessment)
    near = margin_words(margin, assessment) if margin else ""
    if margin and isinstance(test, Group):
        near = labelled(capital(reader.label(margin.fact)), near)
    if finding.outcome is Outcome.NOT_EVIDENCED and not near:
        near = "cannot be given"
    return (
        md("**{} {}.** {}", principle.id, principle.name, principle.title), short_outcome(finding),
        what_we_saw(finding, assessment), in_words(test), near,
        _facts_read(finding, reader, numbers),
    )  # fmt: skip


def _published_rows(assessment: Assessment) -> Iterator[tuple[Any, ...]]:
    """Every line in force that a publication sets."""
    for finding in assessment.findings:
        for part in finding.principle.parts:
            line = line_in_force(part, assessment)
            if line is not None and line.basis == "published":
                source = assessment.library.sources[line.reference]
                words = threshold_words(part, line, assessment.library.dictionary)
                name = assessment.library.dictionary.kinds[part.fact].label  # type: ignore[union-attr]
                yield (
                    finding.id,
                    capital(name),
                    words,
                    joined([source.title, source.publisher, line.note], ". "),
                )


def _judgement_rows(assessment: Assessment) -> Iterator[tuple[Any, ...]]:
    """Every line used that no publication sets, and every figure a formula rests on."""
    dictionary = assessment.library.dictionary
    for finding in assessment.findings:
        for part in finding.principle.parts:
            if isinstance(part, Compare | Between | DatedWithin | Covers):
                about = part.have if isinstance(part, Covers) else part.fact
                for line in part.thresholds:
                    if line.basis == "judgement":
                        name = dictionary.kinds[about].label if about in dictionary.kinds else about
                        figure = (
                            threshold_words(part, line, dictionary) if not isinstance(part, Covers) else _covered(line)
                        )
                        phases = f" ({listed(line.phases)})" if line.phases else ""
                        yield finding.id, capital(name), figure + phases, line.note
    for definition in dictionary.definitions:
        if definition.basis == "judgement" and definition.name not in SHOWN_HERE:
            yield "All", definition.meaning, *_defined_words(definition.value, assessment)


def _defined_words(value: Any, assessment: Assessment) -> tuple[str, str]:
    """A definition's figure, and where the rest is; of a table by phase, the school's own row."""
    where = "The whole table is in `principles/facts.yaml`"
    if isinstance(value, Mapping):
        phase = assessment.facts.get(PHASE)
        own = value.get(phase.value) if phase is not None and phase.applies else None
        return (f"{phase.value}: {value_words(own, None)}" if phase and own else listed(value)), Md(where)
    shares = value if isinstance(value, tuple) else (value,)
    if all(isinstance(v, Decimal) for v in shares) and any(v % 1 for v in shares):
        return listed(percent(v) for v in shares), ""
    return value_words(value, None), ""


def _covered(line: Any) -> str:
    return f"{(line.met * 100).normalize():f}% covered"


def _benchmarks(reader: Reader) -> Table:
    rows = []
    for result in benchmark_results(
        reader.assessment.library.benchmarks, reader.assessment.facts, reader.assessment.case.as_of
    ):
        value = reader.shown(result.value) if result.value else "not evidenced"
        outcome = outcome_words(result.outcome) if result.outcome else "No line for this phase"
        rows.append((result.benchmark.title, value, outcome))
    return table(("Benchmark", "This school", "Outcome"), rows)


def _production(assessment: Assessment) -> Iterator[tuple[Any, ...]]:
    yield "Produced by", f"clpt-growth {__version__}"
    yield "Facts as at", day(assessment.case.as_of)
    for file in assessment.case.inputs:
        yield "File", md("{}, sha256 starts {}", file.file, file.sha256[:8])
    for pack in assessment.library.packs:
        yield (
            f"Rules: {pack.id}",
            md(
                "{} {}, {}; owner: {}; sha256 starts {}",
                pack.title,
                pack.version,
                plural(len(pack.principles), "test"),
                pack.owner,
                pack.sha256[:8],
            ),
        )
        for change in pack.changes:
            when = f", minuted {day(change.minuted_on)}" if change.minuted_on else ""
            yield "Changed by this trust", md("{}: {}. {}{}", change.id, change.what, change.reason, when)
    yield (
        "Information about people",
        Md(
            'Numbers and roles only. Small counts of pupils or staff are printed as "fewer than '
            f'{assessment.library.rules.suppress_below}".'
        ),
    )
    yield (
        "Before quoting",
        Md("Sources marked general knowledge or archived copy in `principles/sources.yaml` are to be checked."),
    )
