"""The trust before and after the join, line by line, each beside its limit where it has one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from clpt_growth.capacity.reading import value_of
from clpt_growth.judging.lines import COMPARISONS
from clpt_growth.judging.margins import line_for
from clpt_growth.model.criterion import Compare, Threshold
from clpt_growth.model.fact import Fact
from clpt_growth.model.finding import Finding
from clpt_growth.model.outcome import Outcome
from clpt_growth.papers.findings_words import short_outcome
from clpt_growth.papers.lines_words import threshold_words
from clpt_growth.papers.view import Reader, Table, table
from clpt_growth.papers.wording import NOT_EVIDENCED, about, capital, decimal, percent, value_words

Row = Mapping[str, str]
Limit = tuple[str, str]
_NONE_SET, _FOR_INFORMATION = "none set", "For information"


def before_and_after(reader: Reader, rows: Sequence[Row]) -> Table:
    return table(("Measure", "Before", "After", "Line", "Outcome"), _rows(reader, rows))


def _rows(reader: Reader, rows: Sequence[Row]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        yield _measure(row, reader), reader.value(row["before"]), reader.value(row["after"]), *_limit(row, reader)


def _measure(row: Row, reader: Reader) -> str:
    """What is measured, with the year both figures are of where it is one year's."""
    year = reader.fact(row["year"]) if "year" in row else None
    return row["measure"] if year is None else f"{row['measure']}: {year.value}"


def _limit(row: Row, reader: Reader) -> Limit:
    """The line of a row and how it came out, by the first key of the row that says what kind of line it is."""
    return next((limit(row, reader) for key, limit in _LIMITS.items() if key in row), (_NONE_SET, _FOR_INFORMATION))


def _least(row: Row, reader: Reader) -> Limit:
    """The board's own least share of income, and the room above it."""
    room = reader.fact(row["room"])
    if room is None:
        return _NONE_SET, _FOR_INFORMATION
    over = room.value >= 0
    words = f"the board's own {reader.value(row['least'])} of income"
    return f"{words}: {about(abs(room.value))} {'of room' if over else 'too little'}", "Within" if over else "Below it"


def _most(row: Row, reader: Reader) -> Limit:
    """The most there may be."""
    most = reader.fact(row["most"])
    if most is None:
        return _most_by_share(row, reader) if "or_share" in row else (_NONE_SET, _FOR_INFORMATION)
    return row["says"].format(reader.value(row["most"])), _held("at most", most.value, row, reader)


def _most_by_share(row: Row, reader: Reader) -> Limit:
    """Where the board has set no number: a share of how many there are, and never fewer than a few."""
    line, of = value_of(reader.assessment.facts, row["or_share"]), reader.fact(row["of"])
    if line is None or of is None:
        return _NONE_SET, _FOR_INFORMATION
    most = max(int(of.value * line["share"]), line["at_least"])
    words = row["otherwise"].format(share=percent(line["share"]), at_least=line["at_least"], most=most)
    return f"{words} ({_basis(row['or_share'], reader)})", _held("at most", most, row, reader)


def _defined(row: Row, reader: Reader) -> Limit:
    """A line that is no principle's: a figure of the dictionary, with what it rests on."""
    line, must_be = value_of(reader.assessment.facts, row["line"]), row["must_be"]
    if line is None:
        return _NONE_SET, _FOR_INFORMATION
    shown = value_words(line, reader.dictionary.kinds.get(row["after"]))
    return f"{must_be} {shown} ({_basis(row['line'], reader)})", _held(must_be, line, row, reader)


def _held(must_be: str, line: Any, row: Row, reader: Reader) -> str:
    fact = reader.assessment.facts.get(row["after"])
    if fact is None:
        return capital(NOT_EVIDENCED)
    if not fact.applies:
        return _FOR_INFORMATION
    return "Within" if COMPARISONS[must_be](fact.value, line) else _OVER[must_be]


_OVER = {"at most": "Above it", "less than": "At or above it", "at least": "Below it"}


def _during(row: Row, reader: Reader) -> Limit:
    """A time of growth the trust may be in, as it enters or leaves it; being in it is no fault."""
    span = value_of(reader.assessment.facts, row["during"])
    if span is None:
        return _NONE_SET, _FOR_INFORMATION
    words = f"{row['says'].format(**span)} ({_basis(row['during'], reader)})"
    was, becomes = (reader.fact(row[key]) for key in ("before", "after"))
    if was is None or becomes is None:
        return words, capital(NOT_EVIDENCED)
    before, after = (span["from"] <= fact.value <= span["to"] for fact in (was, becomes))
    return words, _TIMES[before, after]


_TIMES = {
    (True, True): "Already at this size",
    (False, True): "At this size from joining",
    (True, False): "Past this size from joining",
    (False, False): "Not at this size",
}


def _basis(name: str, reader: Reader) -> str:
    """What a figure of the dictionary rests on, in a few words: who published it, or that it is a judgement."""
    definition = next(d for d in reader.dictionary.definitions if f"definition.{d.name}" == name)
    source = reader.assessment.library.sources.get(definition.reference)
    return definition.basis if source is None else f"{source.publisher}{f', {source.year}' if source.year else ''}"


def _becomes(row: Row, reader: Reader) -> Limit:
    """What the trust is on this side of a line and on that; crossing it is no fault."""
    line = value_of(reader.assessment.facts, row["crosses"])
    words = row["says"].format(**{name: decimal(number) for name, number in (line or {}).items()})
    was, becomes = (reader.value(row[key]) for key in ("was", "becomes"))
    if NOT_EVIDENCED in (was, becomes):
        return words, capital(NOT_EVIDENCED)
    return words, f"{capital(becomes)}, as before" if was == becomes else f"{capital(becomes)} from joining"


_WITHIN = {
    Outcome.MET: "Within",
    Outcome.PARTLY_MET: "Partly met",
    Outcome.NOT_MET: "Below it",
    Outcome.NOT_EVIDENCED: capital(NOT_EVIDENCED),
}


def _same_line(row: Row, reader: Reader) -> Limit:
    """The line a principle draws for the figure before, held beside the figure after."""
    finding, value = reader.assessment.finding(row["principle"]), reader.fact(row["after"])
    found = next(_lines_about(finding, row["line_of"], reader), None) if finding else None
    if finding is None or found is None:
        return _NONE_SET, _FOR_INFORMATION
    part, line = found
    words = f"{threshold_words(part, line, reader.dictionary)} ({finding.id}, for the last accounts)"
    return words, _WITHIN[_on_the_line(part, line, value)]


def _of_principle(row: Row, reader: Reader) -> Limit:
    """The line a principle draws; one that brings a duty is not a limit."""
    finding = reader.assessment.finding(row["principle"])
    found = next(_lines_about(finding, row["after"], reader), None) if finding else None
    if finding is None or found is None:
        return _NONE_SET, short_outcome(finding) if finding else _FOR_INFORMATION
    part, line = found
    value = reader.fact(row["after"])
    if "beyond" not in row:
        return threshold_words(part, line, reader.dictionary), capital(_on_the_line(part, line, value))
    reached = value is not None and not COMPARISONS[part.must_be](value.value, line.met)
    outcome = f"Reached: {finding.id} {finding.outcome.value}" if reached else "Not reached"
    words = f"above {value_words(line.met, reader.dictionary.kinds.get(part.fact))}, {row['beyond']}"
    return words, outcome if value is not None else capital(NOT_EVIDENCED)


def _on_the_line(part: Compare, line: Threshold, value: Fact | None) -> Outcome:
    """How this figure alone stands on its line; what else the principle asks is told with the principle."""
    if value is None:
        return Outcome.NOT_EVIDENCED
    holds = COMPARISONS[part.must_be]
    if holds(value.value, line.met):
        return Outcome.MET
    return Outcome.PARTLY_MET if line.partly is not None and holds(value.value, line.partly) else Outcome.NOT_MET


def _lines_about(finding: Finding, name: str, reader: Reader) -> Iterator[tuple[Compare, Threshold]]:
    for part in finding.principle.parts:
        if isinstance(part, Compare) and part.fact == name:
            line = line_for(part, reader.assessment.facts, reader.assessment.case.as_of)
            if line is not None:
                yield part, line


_LIMITS: Mapping[str, Callable[[Row, Reader], Limit]] = {
    "least": _least,
    "most": _most,
    "crosses": _becomes,
    "during": _during,
    "must_be": _defined,
    "line_of": _same_line,
    "principle": _of_principle,
}
