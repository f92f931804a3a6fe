"""The charts of the board paper, from a ledger, from the money and from findings, each with what it says in words."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from clpt_growth.capacity.money import Money, YearEnd, money
from clpt_growth.capacity.school_money import ROLLS
from clpt_growth.judging.margins import line_for
from clpt_growth.model.criterion import Compare, Threshold
from clpt_growth.model.fact import Term
from clpt_growth.model.finding import Assessment
from clpt_growth.model.ledger import ALL_DAYS, Ledger, Use
from clpt_growth.model.principle import Pack
from clpt_growth.papers.charts import (
    Bar,
    Column,
    Line,
    Panel,
    bars_in_panels,
    columns_in_groups,
    counts_by_row,
)
from clpt_growth.papers.paper_pictures import AWAY, CAPACITY, DRAWN, OUTCOMES, RESERVES, outcome_counts, outcome_names
from clpt_growth.papers.svg import CROSSED, DARK, DASHED, DOTTED, HATCHED, LIGHT, OUTLINED, Picture
from clpt_growth.papers.wording import capital, decimal, listed, noun, percent, plural, specialism_words

_ALL = Decimal(1)


def pictures_of(assessment: Assessment) -> tuple[Picture, ...]:
    """The pictures there is something to draw for."""
    found = money(assessment.facts, as_of=assessment.case.as_of)
    ledger = assessment.books.improvement
    minimum = assessment.facts.get("trust.policy.reserves_minimum_share")
    packs = assessment.library.packs
    drawn = [
        capacity_picture(ledger, line_for_days(assessment)) if ledger else None,
        reserves_picture(
            found,
            minimum.value if minimum is not None and minimum.applies else None,
            _line(assessment, "case.after.reserves_share"),
        )
        if found
        else None,
        *(
            outcomes_picture(assessment, pack, name=name)
            for name, pack in zip(outcome_names(packs), packs, strict=True)
        ),
    ]
    return tuple(picture for picture in drawn if picture is not None)


def line_for_days(assessment: Assessment) -> Threshold | None:
    """How much of the days free may be in use, by the first principle that tests it."""
    return _line(assessment, "case.capacity.tightest_share")


def _line(assessment: Assessment, fact: str) -> Threshold | None:
    """The line in force for a fact, in the first principle that compares it with one."""
    for finding in assessment.findings:
        for part in finding.principle.parts:
            if isinstance(part, Compare) and part.fact == fact:
                return line_for(part, assessment.facts, assessment.case.as_of)
    return None


def capacity_picture(
    ledger: Ledger, line: Threshold | None, *, name: str = CAPACITY, who: tuple[str, str] = ("This school", "s")
) -> Picture:
    """Days in use by term beside the days free: all days, and the specialism that is tightest.

    `line` is how much of the days free may be in use, as shares; `name` is its own where a page has more than one;
    `who` is the joining load in words, with the ending of its verbs.
    """
    tightest, worst = ledger.tightest(), ledger.tightest_specialism()
    shown = [(), *([(worst.resource,)] if worst else [])]
    given = any(ledger.given(term) for term in ledger.terms)
    fills = [(LIGHT, "Promised already"), (DARK, "{} need{}".format(*who))]
    notes = [*_line_notes(line), *_nobody_notes(ledger)]
    return bars_in_panels(
        Picture(name, "Improvement days in use by term", _capacity_says(ledger, worst), 0, ()),
        labels=[_term_label(term, tightest) for term in ledger.terms],
        panels=[_panel(ledger, names) for names in shown],
        lines=_use_lines(line),
        fills=(*fills, *([(DASHED, "{} give{}: taken off".format(*who))] if given else [])),
        figures="in use",
        notes=notes,
    )


def _term_label(term: Term, tightest: Use | None) -> tuple[str, bool]:
    here = tightest is not None and tightest.term == term
    return capital(str(term)) + (", tightest" if here else ""), here


def _panel(ledger: Ledger, names: tuple[str, ...]) -> Panel:
    peak, free = ledger.peak(*names), ledger.free(*names)
    title = f"{capital(_days_words(names))}: {decimal(free)} free each term"
    return Panel(title, tuple(_bar(ledger, term, names, peak) for term in ledger.terms))


def _days_words(names: Sequence[str]) -> str:
    return f"{specialism_words(names[0])} days" if names else ALL_DAYS


def _bar(ledger: Ledger, term: Term, names: tuple[str, ...], peak: Use | None) -> Bar:
    share, free = ledger.used_share(term, *names), ledger.free(*names)
    strong = peak is not None and peak.term == term
    if share is None or free <= 0:
        used = plural(ledger.in_use(term, *names), "day")
        why = "no day free" if ledger.available(*names) > 0 else "nobody in post"
        return Bar(
            (),
            "no share" if share is None else percent(share),
            strong=strong,
            instead=f"{why}; {used} promised or needed",
        )
    days = (LIGHT, ledger.promised(term, *names)), (DARK, ledger.needed(term, *names))
    parts = tuple((fill, float(number / free)) for fill, number in days)
    return Bar(parts, percent(share), float(ledger.given(term, *names) / free), strong)


def _use_lines(line: Threshold | None) -> tuple[Line, ...]:
    """The bands' ends, and every day free, which is always a line."""
    ends = [] if line is None else [end for end in (line.met, line.partly) if end is not None and end != _ALL]
    return tuple(Line(float(end), percent(end), strong=end == _ALL) for end in sorted([*ends, _ALL]))


def _line_notes(line: Threshold | None) -> Iterator[str]:
    if line is None:
        yield "100% is every day that is free."
    elif line.partly is None:
        yield f"100% is every day that is free. Up to {percent(line.met)} is met; over it is not met."
    else:
        met, partly = percent(line.met), percent(line.partly)
        yield f"100% is every day that is free. Up to {met} is met, up to {partly} partly met, over {partly} not met."


def _nobody_notes(ledger: Ledger) -> Iterator[str]:
    if nobody := ledger.without_post:
        names = listed([specialism_words(s) for s in nobody])
        yield f"Nobody is in post for {names}, which the school needs: no share can be given."


def _capacity_says(ledger: Ledger, worst: Use | None) -> str:
    first, last = ledger.terms[0], ledger.terms[-1]
    said = [
        f"Bar chart of improvement days in use by term, {first} to {last}, against {decimal(ledger.free())} days free "
        "each term."
    ]
    peaks = [use for use in (ledger.peak(), worst) if use is not None]
    for use in peaks:
        days = _days_words(() if use is not worst else (use.resource,))
        said.append(f"Use of {days} is highest in {use.term}, at {percent(use.share)}.")
    over = [use for use in peaks if use.share > _ALL]
    if peaks and not over:
        said.append("Neither passes 100%." if len(peaks) > 1 else "It does not pass 100%.")
    elif not peaks:
        said.append("Nobody is in post, so no share can be given.")
    return " ".join([*said, *_nobody_notes(ledger), "The figures are in the table below."])


_ROLL_FILLS = {"prudent": DARK, "base": HATCHED, "optimistic": LIGHT}
_WITHOUT = "Without the school"


def reserves_picture(found: Money, minimum: Decimal | None, line: Threshold | None, *, name: str = RESERVES) -> Picture:
    """Reserves as a share of income by year: without the school, and with it on each roll.

    `minimum` is the board's own, as a share; None where it is not in evidence, and then the picture says so.
    """
    series = (
        (_WITHOUT, OUTLINED, found.without),
        *((f"{capital(r)} roll", _ROLL_FILLS[r], found.on_roll[r]) for r in ROLLS),
    )
    notes = [] if minimum is not None else ["The board's own minimum for reserves is not evidenced."]
    return columns_in_groups(
        Picture(name, "Reserves at 31 August as a share of income", _reserves_says(found, minimum), 0, ()),
        groups=[
            (at_end.year, [Column(fill, float(years[n].share), percent(years[n].share)) for _, fill, years in series])
            for n, at_end in enumerate(found.without)
        ],
        lines=_reserve_lines(minimum, line),
        fills=tuple((fill, said) for said, fill, _ in series),
        notes=notes,
    )


def _reserve_lines(minimum: Decimal | None, line: Threshold | None) -> tuple[Line, ...]:
    ends = (
        [] if line is None else [(line.met, "met"), *([(line.partly, "partly met")] if line.partly is not None else [])]
    )
    own = [] if minimum is None else [Line(float(minimum), f"Board's own minimum {percent(minimum)}", strong=True)]
    return (*own, *(Line(float(end), f"{percent(end)} or more: {said}") for end, said in ends))


def _reserves_says(found: Money, minimum: Decimal | None) -> str:
    first, last = found.without[0].year, found.without[-1].year
    lowest, without = found.lowest, min(found.without, key=lambda y: y.share)
    said = [
        f"Column chart of the trust's reserves as a share of income, {first} to {last}, without the school and with it "
        "on three forecasts of its pupils.",
        f"On the prudent roll they are lowest in {lowest.year}, at {percent(lowest.share)}; without the school, in "
        f"{without.year}, at {percent(without.share)}.",
        _beside(minimum, [y for roll in ROLLS for y in found.on_roll[roll]]),
    ]
    return " ".join([*said, "The figures are in the table below."])


def _beside(minimum: Decimal | None, years: Sequence[YearEnd]) -> str:
    if minimum is None:
        return "The board's own minimum is not evidenced."
    below = list(dict.fromkeys(y.year for y in years if y.share < minimum))
    own = f"The board's own minimum is {percent(minimum)}"
    return f"{own}; with the school they are below it in {listed(below)}." if below else f"{own}; no year is below it."


# What nobody knows looks like nothing else.
_OUTCOME_FILLS = dict(zip(DRAWN, (LIGHT, HATCHED, DARK, DASHED, DOTTED, CROSSED), strict=True))


def outcomes_picture(assessment: Assessment, pack: Pack, *, name: str = OUTCOMES) -> Picture | None:
    """How one pack's tests came out by area; what does not apply is left out."""
    by_area = outcome_counts(assessment, pack)
    every: Counter[str] = sum(by_area.values(), Counter())
    used = {outcome: fill for outcome, fill in _OUTCOME_FILLS.items() if every[outcome] or fill == DASHED}
    if not by_area:
        return None
    away = every[AWAY]
    rest = f"{plural(away, 'test does', 'tests do')} not apply and {noun(away, 'is', 'are')} left out."
    says = (
        f"Bar chart of how the tests of the pack {pack.title} came out, by area. "
        + capital(listed([f"{every[outcome]} {outcome.lower()}" for outcome in used]))
        + f". {rest if away else ''}".rstrip()
        + " The figures are in the table below."
    )
    return counts_by_row(
        Picture(name, f"{pack.title}: outcomes by area", says, 0, ()),
        rows=[
            (capital(area), [(fill, counts[outcome]) for outcome, fill in used.items()])
            for area, counts in by_area.items()
        ],
        fills=tuple((fill, outcome) for outcome, fill in used.items()),
        notes=[rest] if away else [],
    )
