"""A pipeline on one screen of 80 columns, in the board's order."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from textwrap import wrap

from clpt_growth.model.fact import Term
from clpt_growth.model.finding import Assessment
from clpt_growth.model.ledger import Ledger
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.what_if import CENTRAL
from clpt_growth.papers.pipeline_words import (
    DECIDES,
    Names,
    limit_words,
    no_tips,
    order_words,
    outcome_of_tip,
    over_words,
    reading_words,
    school_changes,
    short_gates,
    then_words,
    tip_changes,
    waits_words,
    what_tried,
)
from clpt_growth.papers.screen import headed
from clpt_growth.papers.tried_words import NOT_SAVED, tightest_words, tried_words
from clpt_growth.papers.wording import WIDTH, capital, day, listed, percent, plural, specialism_words
from clpt_growth.pipeline.answer import Answer
from clpt_growth.pipeline.in_order import Place
from clpt_growth.pipeline.limits import improvement_ledger
from clpt_growth.pipeline.tipping import Tip

# More columns than these do not fit beside the term.
_MOST_COLUMNS = 8


def pipeline_screen(answer: Answer, tried: Answer | None = None) -> str:
    """The order with what is proposed, days by term, what tips and what would change it, and what is not known.

    What comes out differently in the answer `tried` stands at the end.
    """
    names = Names(answer.places)
    parts = [
        _who(answer),
        _order(answer, names),
        _by_term(answer),
        _over(answer),
        _tips(answer, names),
        _not_known(answer, names),
        _tried(answer, tried, names),
        iter(wrap(DECIDES, WIDTH)),
    ]
    return "\n\n".join("\n".join(part) for part in (list(p) for p in parts) if part) + "\n"


def _who(answer: Answer) -> Iterator[str]:
    trust = answer.asked.trust.get("trust.identity.name")
    who = str(trust.value) if trust is not None else "No trust file names a trust"
    yield from wrap(
        f"{who}: {plural(len(answer.places), 'school')} in order. Facts as at {day(answer.asked.as_of)}.", WIDTH
    )
    yield from wrap(order_words(answer), WIDTH)


def _tried(answer: Answer, tried: Answer | None, names: Names) -> Iterator[str]:
    """What was tried, every school that would come out differently, and the lines that tip or no longer do."""
    if tried is None:
        return
    known = {place.name: names.of(place.name) for place in answer.places}
    for number, words in enumerate(tried_words(tried.what_if, answer.asked.library.dictionary, known)):
        yield from headed("" if number else "TRIED", f"{capital(words)}.")
    yield from headed("", NOT_SAVED)
    for words in (*school_changes(answer, tried, names), *tip_changes(answer, tried, names)):
        yield from headed("", words)


def _order(answer: Answer, names: Names) -> Iterator[str]:
    yield from headed("ORDER", "opens, proposed, and improvement days where they are tightest")
    for number, (place, assessment) in enumerate(zip(answer.places, answer.assessments, strict=True), 1):
        yield from _school(number, place, assessment, names)


def school_lines(number: int, place: Place, assessment: Assessment | None) -> str:
    """One school by itself, as it stands in the order."""
    return "\n".join(_school(number, place, assessment, Names([place]), alone=True)) + "\n"


def _school(
    number: int, place: Place, assessment: Assessment | None, names: Names, *, alone: bool = False
) -> Iterator[str]:
    opens = str(place.opening) if place.opening is not None else "no term"
    if assessment is None:
        yield from headed(f" {number:>2}", f"{names.of(place.name)}: its file cannot be used", indent=5)
        return
    yield from headed(f" {number:>2}", f"{names.of(place.name)}, {opens}: {assessment.row.propose.upper()}", indent=5)
    decided = f"decided by {ids}" if (ids := short_gates(assessment)) else "no gate or condition falls short"
    yield from headed("", f"{capital(decided)}. {capital(tightest_words(assessment))}.", indent=7)
    if place.instead_of:
        yield from headed("", f"Asked about instead of {names.several(place.instead_of)}.", indent=7)
    elif not place.joins and not alone:
        yield from headed("", "Those after it are asked about as if it stayed out.", indent=7)


def _by_term(answer: Answer) -> Iterator[str]:
    """Use of all improvement days in each term, today and after each school in turn."""
    ledger = improvement_ledger(answer.asked, answer.joining)
    if ledger is None:
        yield from headed("DAYS", "not evidenced")
        return
    counts = list(range(len(ledger.earlier) + 1))
    shown = counts if len(counts) <= _MOST_COLUMNS else [0, *counts[-(_MOST_COLUMNS - 1) :]]
    numbers = [n for n, place in enumerate(answer.places, 1) if place.joins]
    yield from headed("DAYS", "all improvement days in use by term: today, then after each school by its number")
    heads = ["today", *(f"+{numbers[n - 1]}" for n in shown[1:])]
    yield f"    {'':<12}" + "".join(f"{head:>8}" for head in heads)
    for term in ledger.terms:
        cells = (_used(ledger, term, count) for count in shown)
        yield f"    {term!s:<12}" + "".join(f"{cell:>8}" for cell in cells)


def _used(ledger: Ledger, term: Term, count: int) -> str:
    share = replace(ledger, earlier=ledger.earlier[:count]).used_share(term)
    return percent(share) if share is not None else "no post"


def _over(answer: Answer) -> Iterator[str]:
    for number, over in enumerate(answer.over):
        yield from headed("" if number else "OVER NOW", over_words(over, answer.asked.library.dictionary))


def _tips(answer: Answer, names: Names) -> Iterator[str]:
    if not answer.tips:
        yield from headed("TIPS", no_tips(answer))
        return
    yield from headed("TIPS", "which school takes the trust over which line, and what would change it")
    over = [tip for tip in answer.tips if tip.reading.outcome is Outcome.NOT_MET]
    for tip in over:
        if tip.limit.team != CENTRAL:
            yield from _tip(tip, answer, names)
    for words in _central(over, answer, names):
        yield from headed("  Centre", words, indent=10)
    if near := [tip for tip in answer.tips if tip.reading.outcome is not Outcome.NOT_MET]:
        yield from headed("  Partly", f"{'; '.join(_near(near, answer, names))}.", indent=10)


def _tip(tip: Tip, answer: Answer, names: Names) -> Iterator[str]:
    dictionary = answer.asked.library.dictionary
    about = capital(limit_words(tip.limit, dictionary))
    before, after = (reading_words(tip.limit, r, dictionary) for r in (tip.before, tip.reading))
    words = f"{names.of(tip.school)}. {about}: {after}; before it {before}. {capital(outcome_of_tip(tip))}."
    yield from headed(f"  {tip.limit.principle or 'Board'}", words, indent=10)
    for would in tip.would:
        then = then_words(would, tip, dictionary, when=False)
        yield from headed("", f"{capital(what_tried(would))}: {then}.", indent=12)


def _central(tips: Sequence[Tip], answer: Answer, names: Names) -> Iterator[str]:
    """Functions of the central team asked for more days than they have; what would cure it is in the summary paper."""
    by_school: dict[str, list[str]] = {}
    for tip in tips:
        if tip.limit.team == CENTRAL:
            words = reading_words(tip.limit, tip.reading, answer.asked.library.dictionary)
            by_school.setdefault(tip.school, []).append(f"{specialism_words(tip.limit.resource)} {words}")
    yield from (f"{names.of(s)}. More days asked than there are: {'; '.join(said)}." for s, said in by_school.items())


def _near(tips: Sequence[Tip], answer: Answer, names: Names) -> Iterator[str]:
    by_school: dict[str, list[str]] = {}
    for tip in tips:
        words = limit_words(tip.limit, answer.asked.library.dictionary)
        by_school.setdefault(tip.school, []).append(f"{words} ({tip.limit.principle})")
    yield from (f"{names.of(school)} takes {listed(about)}" for school, about in by_school.items())


def _not_known(answer: Answer, names: Names) -> Iterator[str]:
    for number, wait in enumerate(answer.waits):
        yield from headed("" if number else "NOT KNOWN", waits_words(wait, names, answer.asked.library.dictionary))
