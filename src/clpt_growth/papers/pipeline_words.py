"""A pipeline in words: limits, how they stand, which school tips them, and what would change that."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.finding import Assessment
from clpt_growth.model.ledger import ALL_DAYS
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.what_if import CENTRAL, IMPROVEMENT
from clpt_growth.papers.tried_words import proposed_words, tightest_words
from clpt_growth.papers.wording import (
    capital,
    day,
    label,
    listed,
    percent,
    plural,
    specialism_words,
    value_words,
)
from clpt_growth.pipeline.answer import Answer
from clpt_growth.pipeline.in_order import Place
from clpt_growth.pipeline.limits import JOINERS_A_YEAR, Limit, Reading
from clpt_growth.pipeline.tipping import DELAY, POST, Over, Tip, Would
from clpt_growth.pipeline.waiting import Waits

DECIDES = "The order is the board's to decide; the program never changes it."


class Names:
    """What each school is called to a reader."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._names = {p.name: p.called for p in places}

    def of(self, name: str) -> str:
        return self._names.get(name, name)

    def several(self, names: Iterable[str]) -> str:
        return listed([self.of(name) for name in names])


def order_words(answer: Answer) -> str:
    """Where the order is from, and what is assumed of it."""
    pipeline = answer.asked.pipeline
    if pipeline.file is None:
        said = "No pipeline.yaml gives an order, so the schools are taken by the names of their files: nobody chose it."
    else:
        where = ", ".join(p for p in (pipeline.source, day(pipeline.dated) if pipeline.dated else "") if p)
        said = f"The board's order: {where}." if where else f"The order of {pipeline.file.file}."
    return f"{said} Each school is asked about as if those before it had joined, unless it says otherwise."


def limit_words(limit: Limit, dictionary: Dictionary) -> str:
    if limit.team == IMPROVEMENT:
        return "all improvement days" if limit.resource == ALL_DAYS else f"{_resource(limit)} improvement days"
    if limit.team == CENTRAL:
        return f"the central team's {_resource(limit)} days"
    return "schools joining in a year" if limit.fact == JOINERS_A_YEAR else label(limit.fact, dictionary)


def _resource(limit: Limit) -> str:
    return specialism_words(limit.resource)


def reading_words(limit: Limit, reading: Reading | None, dictionary: Dictionary) -> str:
    """The value where it is tightest, and when."""
    if reading is None:
        return "not known"
    if limit.team and reading.value is None:
        return f"nobody in post, {reading.when}"
    value = percent(reading.value) if limit.team else _value(limit, reading, dictionary)
    return f"{value}, {reading.when}" if reading.when is not None else value


def _value(limit: Limit, reading: Reading, dictionary: Dictionary) -> str:
    if limit.fact == JOINERS_A_YEAR:
        return str(plural(reading.value, "school"))
    return str(value_words(reading.value, dictionary.kinds.get(limit.fact)))


def over_words(over: Over, dictionary: Dictionary) -> str:
    """A limit that is over before any school joins, and what one more post would make of it."""
    limit = over.limit
    line = f" ({limit.principle})" if limit.principle else ""
    said = f"{capital(limit_words(limit, dictionary))}{line}: {reading_words(limit, over.reading, dictionary)}, "
    said += "before any of these schools joins."
    if over.with_post is None:
        return said
    post = f"one more {specialism_words(limit.resource)} post"
    then = (reading_words(limit, reading, dictionary) for reading in (over.with_post, over.with_all))
    return f"{said} {capital(post)}: {next(then)}; with every school {next(then)}."


def no_tips(answer: Answer) -> str:
    """What is not known of a school is not that it keeps within a line."""
    known = "is known to take" if answer.waits or answer.unknowns else "takes"
    return f"No school {known} the trust over a line{' it is not over already' if answer.over else ''}."


def outcome_of_tip(tip: Tip) -> str:
    """How the line comes out; days of the central team have none, and are more than there are."""
    if tip.limit.principle:
        return tip.reading.outcome.value
    return "more than there are" if tip.limit.team else "over the board's own limit"


def what_tried(would: Would) -> str:
    if would.what == POST:
        return f"one more {specialism_words(would.of.partition('.')[2])} post"
    return "one term later" if would.what == DELAY else "without it"


def then_words(would: Would, tip: Tip, dictionary: Dictionary, *, when: bool = True) -> str:
    """How the limit would then stand with the schools up to this one, and with all of them where that is worse."""

    def words(reading: Reading | None) -> str:
        shown = reading if when or reading is None or reading.value is None else reading._replace(when=None)
        return reading_words(tip.limit, shown, dictionary)

    if would.reading is None or not would.cures:
        return f"{words(would.reading)}, does not cure it" if would.reading is not None else "not known"
    if would.holds:
        return f"{words(would.reading)}, cures it"
    return f"{words(would.reading)}, cures it here, but {words(would.with_all)} with every school"


def waits_words(wait: Waits, names: Names, dictionary: Dictionary) -> str:
    """Which school, what is not known for those after it, and what it waits for."""
    school = names.of(wait.school)
    if not wait.readable:
        return f"{school}: its file cannot be used, so {wait.what} are not known for it or for those after it."
    if wait.begun is not None:
        words = "has begun or is past. What it takes of days can be told only for a term to come"
        return f"{school}: {wait.begun} {words}: give a later one."
    of = f" for {listed([specialism_words(f) for f in wait.functions])}" if wait.functions else ""
    facts = listed([label(name, dictionary) for name in wait.facts])
    asked = f" Waits for: {facts}." if facts else ""
    return f"{school}: {wait.what}{of} are not known, nor what is left for those after it.{asked}"


def short_gates(assessment: Assessment) -> str:
    """The gates that decide, not those that only follow from others."""
    ids = [f.id for f in assessment.triggered_by]
    return listed(ids) if assessment.row is not assessment.library.rules.otherwise else ""


def within(outcome: Outcome) -> bool:
    return outcome in (Outcome.MET, Outcome.NOT_APPLICABLE)


def term_words(place: Place) -> str:
    return capital(str(place.opening)) if place.opening is not None else "Not evidenced"


def school_changes(base: Answer, tried: Answer, names: Names) -> list[str]:
    """What comes out differently, school by school; a line that says so where nothing does."""
    was = {p.name: a for p, a in zip(base.places, base.assessments, strict=True) if a is not None}
    said = []
    for place, now in zip(tried.places, tried.assessments, strict=True):
        before = was.get(place.name)
        if now is not None and before is not None and (differs := list(_differs(before, now))):
            said.append(f"{names.of(place.name)}: {'; '.join(differs)}.")
    return said or ["No school's proposal or tightest days come out differently."]


def _differs(before: Assessment, now: Assessment) -> Iterator[str]:
    for words in (proposed_words, tightest_words):
        if words(before) != words(now):
            yield f"{words(now)} (as the files say, {words(before)})"


def tip_changes(base: Answer, tried: Answer, names: Names) -> list[str]:
    """The lines a school no longer takes the trust over, and those it now would."""
    before, now = ({(t.limit, t.school, t.reading.outcome): t for t in a.tips} for a in (base, tried))
    dictionary = base.asked.library.dictionary

    def told(found: Mapping[Any, Tip], other: Mapping[Any, Tip], words: str) -> Iterator[str]:
        for key, tip in found.items():
            if key not in other:
                about = limit_words(tip.limit, dictionary)
                yield f"{names.of(tip.school)} {words} {about} ({outcome_of_tip(tip)})."

    return [*told(before, now, "no longer tips"), *told(now, before, "now tips")]
