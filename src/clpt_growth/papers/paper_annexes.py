"""The annexes: facts, findings, where the lines are from, production, words."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from clpt_growth import __version__
from clpt_growth.judging.benchmarks import BenchmarkResult, benchmark_results
from clpt_growth.model.case import PHASE
from clpt_growth.model.criterion import Between, Compare, Covers, DatedWithin
from clpt_growth.model.fact import Fact, Verified
from clpt_growth.model.finding import Assessment, Finding
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.rules import Source
from clpt_growth.papers.findings_words import short_outcome, what_we_saw
from clpt_growth.papers.lines_words import (
    cited,
    line_in_force,
    lines_in_force,
    lines_of,
    margin_words,
    nearest_margin,
    threshold_words,
)
from clpt_growth.papers.markdown import Md, joined, md
from clpt_growth.papers.missing_words import dated_later, missing_label
from clpt_growth.papers.paper_demand import SHOWN_HERE, demand_side
from clpt_growth.papers.still_needed import Needed, still_needed
from clpt_growth.papers.tested_words import Group, in_words, tested
from clpt_growth.papers.view import Reader, Table, table
from clpt_growth.papers.wording import (
    capital,
    day,
    labelled,
    listed,
    noun,
    outcome_words,
    percent,
    plural,
    short_day,
    value_words,
)

_SURE = {word.value: capital(word.value) for word in Verified}


def annexes(reader: Reader, layout: Mapping[str, Any]) -> dict[str, Any]:
    assessment = reader.assessment
    needed = still_needed(assessment)
    school, trust = _listed_facts(reader, "S", ("school", "case")), _listed_facts(reader, "T", ("trust",))
    numbers = {**school, **trust}
    return demand_side(reader) | {
        "school_facts": table(_FACT_HEADS, _fact_rows(reader, school)),
        "needed": table(_NEEDED_HEADS, _needed_rows(needed, assessment)),
        "needed_more": _needed_more(needed),
        "dated_later": table(("Fact", "Dated"), _later_rows(reader)),
        "trust_facts": table(_FACT_HEADS, _fact_rows(reader, trust)),
        "findings": table(
            ("Test", "Outcome", "What we saw", "Line", "Margin", "Facts read, with their number in annex A"),
            (_finding_row(f, reader, numbers) for f in assessment.findings),
        ),
        "published_lines": table(("Test", "What", "Line", "Source"), _published_rows(assessment)),
        "judgement_lines": table(("Test", "What", "Figure used", "Note"), _judgement_rows(assessment)),
        "benchmarks": _benchmarks(reader),
        "production": table(("Item", "Detail"), _production(assessment)),
        "words": table(("Word", "Meaning"), layout["words"]),
    }


def _later_rows(reader: Reader) -> Iterator[tuple[str, str]]:
    """What is written and was not known on the day: by name and date, and never its value."""
    for aside in dated_later(reader.assessment):
        if aside.dated is not None:
            yield capital(reader.label(aside.fact)), short_day(aside.dated)


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
    said = [_fact_read(name, reader, numbers.get(name, "")) for name in finding.principle.facts_read]
    ids = finding.principle.follows_from
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
            if isinstance(part, Compare | Between | DatedWithin) and line is not None and line.basis == "published":
                source = assessment.library.sources[line.reference]
                words = threshold_words(part, line, assessment.library.dictionary)
                name = assessment.library.dictionary.kinds[part.fact].label
                yield (
                    finding.id,
                    capital(name),
                    words,
                    joined([cited(source), _how_read(source), line.note], ". "),
                )


def _how_read(source: Source) -> str:
    again = f"To be read again after {day(source.stale_after)}" if source.stale_after else ""
    return ". ".join(said for said in (f"How it was read: {source.read}" if source.read else "", again) if said)


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
        line, basis = _benchmark_line(result, reader.assessment)
        rows.append((result.benchmark.title, value, line, outcome, basis))
    return table(("Benchmark", "This school", "Line", "Outcome", "The line is from"), rows)


def _benchmark_line(result: BenchmarkResult, assessment: Assessment) -> tuple[str, str]:
    """The line for the school's phase and where it is from; blank where there is none."""
    if result.benchmark.criterion is None or result.outcome is None:
        return "", ""
    found = lines_of(result.benchmark.criterion, assessment.library, lambda part: lines_in_force(part, assessment))
    _, line, basis = next(found)
    return line, capital(basis)


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
