"""The lines principles are tested on, where they are from, and how far a value is from them: in words."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from clpt_growth.facts.small_counts import held_back, rate_held_back
from clpt_growth.judging.findings import laid_beside
from clpt_growth.judging.margins import deciding_margin, line_for
from clpt_growth.model.criterion import (
    Age,
    AskPerson,
    Between,
    Compare,
    Conflict,
    Covers,
    Criterion,
    DatedWithin,
    Effect,
    Follows,
    InOrder,
    Offer,
    Recorded,
    Threshold,
    fact_beside,
)
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.finding import Assessment, Finding, Margin
from clpt_growth.model.rules import Library, Source
from clpt_growth.papers.wording import (
    decimal,
    in_units,
    label,
    listed,
    money,
    plural,
    points,
    value_words,
)


def line_in_force(criterion: Criterion, assessment: Assessment) -> Threshold | None:
    """The line a value was tested on; none for a plain yes or no."""
    if not isinstance(criterion, Compare | Between | DatedWithin):
        return None
    line = line_for(criterion, assessment.facts, assessment.case.as_of)
    return None if line is None or isinstance(line.met, bool) else line


def threshold_words(criterion: Criterion, threshold: Threshold, dictionary: Dictionary) -> str:
    """A line as a person would say it."""
    met, partly = (line_words(criterion, line, dictionary) for line in (threshold.met, threshold.partly))
    year = f", as in {threshold.figure_of}" if threshold.figure_of else ""
    return met + year + (f"; partly met: {partly}" if threshold.partly is not None else "")


_BEFORE = {"equal to": "", "one of": "", "other than": "not ", "at least": "", "at most": ""}
_AFTER = {"at least": " or more", "at most": " or less"}


def line_words(criterion: Criterion, line: object, dictionary: Dictionary) -> str:
    if line is None:
        return ""
    if isinstance(criterion, DatedWithin) and isinstance(line, Age):
        return f"within {line}"
    kind = dictionary.kinds.get(fact_beside(criterion))
    if type(line) is tuple:  # not a term, which is a tuple of another kind
        words = " or ".join(value_words(x, kind) for x in line) or "none"
    else:
        words = value_words(line, kind)
    if not isinstance(criterion, Compare):
        return words
    must_be = criterion.must_be
    if must_be == "at most" and line == 0 and kind is not None and kind.kind in ("count", "pounds"):
        return "none"
    return f"{_BEFORE.get(must_be, must_be + ' ')}{words}{_AFTER.get(must_be, '')}"


def lines_in_force(part: Compare | Between | DatedWithin, assessment: Assessment) -> tuple[Threshold, ...]:
    """The line tested on; the line of every phase while the school's is not known."""
    line = line_for(part, assessment.facts, assessment.case.as_of)
    # Where the phase is not known every line could be the one.
    return (line,) if line is not None else _newest_figures(part.thresholds)


def _newest_figures(lines: tuple[Threshold, ...]) -> tuple[Threshold, ...]:
    """Without the figures of earlier years, where a phase has those of several."""
    newest = {line.phases: max(x.figure_of for x in lines if x.phases == line.phases) for line in lines}
    return tuple(line for line in lines if line.figure_of == newest[line.phases])


Chosen = Callable[[Compare | Between | DatedWithin], tuple[Threshold, ...]]


def lines_of(part: Criterion, library: Library, chosen: Chosen) -> Iterator[tuple[str, str, str]]:
    """For a part that holds no others: what it is about, each line chosen, and where the line is from."""
    dictionary, sources = library.dictionary, library.sources
    if isinstance(part, Compare | Between | DatedWithin):
        for line in chosen(part):
            phases = f" ({listed(line.phases)})" if line.phases else ""
            basis = basis_words(line.basis, line.reference, line.note, sources)
            yield label(part.fact, dictionary) + phases, threshold_words(part, line, dictionary), basis
    elif isinstance(part, Covers):
        line = part.thresholds[0]
        needed = listed(part.needs) or label(part.need, dictionary)
        yield (
            f"{label(part.have, dictionary)} beside {needed}",
            _covered_words(line),
            basis_words(line.basis, line.reference, line.note, sources),
        )
    elif isinstance(part, InOrder | Recorded):
        names = listed([label(n, dictionary) for n in part.facts], "then" if isinstance(part, InOrder) else "and")
        said = "in this order, on different days" if isinstance(part, InOrder) else "in evidence"
        yield names, said, basis_words(part.basis, part.reference, part.note, sources)
    elif isinstance(part, Follows):
        yield f"principles {listed(part.ids)}", "the worst of them decides", "follows from them"
    elif isinstance(part, Offer):
        lately = f"evidenced within {dictionary.defined['offer_evidence_within_months']} months"
        said = f"a role or contract in place and {lately}, with days enough for the school's need"
        yield f"the offer of {part.line}", said, basis_words(part.basis, part.reference, part.note, sources)
    elif isinstance(part, Conflict):
        yield f"two promises: {listed(part.promises)}", "a conflict where both cannot hold", part.because
    elif isinstance(part, AskPerson):
        yield part.ask, "a recorded Judgement", "judgement"


def _covered_words(line: Threshold) -> str:
    met = f"{decimal(Decimal(line.met) * 100)}% covered"
    return met + (f"; partly met: {decimal(Decimal(line.partly) * 100)}%" if line.partly is not None else "")


def basis_words(basis: str, reference: str, note: str, sources: Mapping[str, Source]) -> str:
    source = sources.get(reference)
    if basis == "judgement":
        words = "judgement"
    elif basis == "source":
        words = f"the words of the statement{f' ({source.title})' if source else ''}"
    else:
        words = cited(source) if source else reference
    return f"{words}. {note}".strip() if note else words


def cited(source: Source) -> str:
    """A publication as it is cited: its title, who published it and when."""
    said = (source.title, source.publisher, "" if source.year in source.title else source.year)
    return ", ".join(part for part in said if part)


def margin_words(margin: Margin, assessment: Assessment) -> str:
    """The distance with its sign; a plus is on the right side of the line."""
    kind = assessment.library.dictionary.kinds.get(margin.fact)
    distance = margin.distance
    if margin_held_back(margin, assessment):
        return "held back: a small count"
    if margin.unit == "share":
        return points(Decimal(distance))
    sign = "+" if distance >= 0 else "-"
    if margin.unit == "pounds":
        return f"{sign}{money(abs(distance))}"
    if margin.unit == "days":
        return f"{sign}{plural(abs(distance), 'day')}"
    unit = kind.unit if kind is not None else ""
    return f"{sign}{in_units(abs(distance), unit) if unit else decimal(abs(distance))}"


def margin_held_back(margin: Margin, assessment: Assessment) -> bool:
    """The distance of a small count of people from its line would give the count away."""
    kind = assessment.library.dictionary.kinds.get(margin.fact)
    below = assessment.library.rules.suppress_below
    return held_back(margin.value, kind, below) or rate_held_back(margin.value, kind, assessment.facts, below)


def nearest_margin(finding: Finding, assessment: Assessment) -> Margin | None:
    """The margin of the part that made the outcome; none where that part has no line to be near."""
    beside = assessment.facts
    if ids := finding.principle.follows_from:
        beside = laid_beside(beside, (f for f in assessment.findings if f.id in ids))
    return deciding_margin(finding, beside, assessment.case.as_of, assessment.library.dictionary)


EFFECT_WORDS = {
    Effect.GATE: 'A gate: "not met" blocks approval.',
    Effect.CONDITION: "A condition: a shortfall must be put right before the transfer agreement is signed.",
    Effect.SCORE: "Weighed: it counts in its area's result and blocks nothing.",
    Effect.NOTE: "A note: reported, and not weighed.",
}
