"""One principle on the screen: its words, how it is tested, its examples, and how a case came out."""

from collections.abc import Iterator
from textwrap import wrap

from clpt_growth.model.fact import Term
from clpt_growth.model.finding import Assessment, Finding, Why
from clpt_growth.model.ledger import ALL_DAYS, Ledger
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.principle import Pack, Principle
from clpt_growth.papers.findings_words import what_we_saw
from clpt_growth.papers.lines_words import EFFECT_WORDS, margin_held_back, margin_words, nearest_margin
from clpt_growth.papers.missing_words import missing_label, missing_of
from clpt_growth.papers.resting_on import evidence_of
from clpt_growth.papers.screen import headed, near_words, turn_words
from clpt_growth.papers.tested_words import joined_lines, tested
from clpt_growth.papers.wording import (
    WIDTH,
    capital,
    decimal,
    fact_value,
    label,
    listed,
    outcome_words,
    percent,
    provenance,
    sentence,
    specialism_words,
)

_IN = "  "


def explanation(principle: Principle, pack: Pack, assessment: Assessment, *, case: bool) -> str:
    """What `explain` shows; with a case, how it came out there and how near the line."""
    parts = [
        _title(principle, pack),
        _words(principle),
        _tested(principle, assessment),
        _effect(principle),
        _examples(principle) if not case else _this_case(principle, assessment),
        [*_to_find_out(principle, assessment, case=case), *_if_short(principle)],
    ]
    return "\n\n".join("\n".join(part) for part in (list(p) for p in parts) if part) + "\n"


def _wrapped(words: str, indent: str = _IN) -> Iterator[str]:
    yield from wrap(words, WIDTH, initial_indent=indent, subsequent_indent=indent)


def _title(principle: Principle, pack: Pack) -> Iterator[str]:
    head = f"{principle.id}  "
    lines = wrap(f"{principle.name}. {principle.title}.", WIDTH - len(head))
    yield head + lines[0]
    yield from (" " * len(head) + line for line in lines[1:])
    page = f", page {principle.page}" if principle.page else ""
    yield from _wrapped(f"{pack.title}{page}. {EFFECT_WORDS[principle.effect]}", " " * len(head))


def _words(principle: Principle) -> Iterator[str]:
    yield "THE PRINCIPLE'S WORDS"
    yield from _wrapped(f'"{principle.words}"' if principle.page else principle.words)
    yield from _wrapped(principle.why)
    if principle.reading:
        yield from _wrapped(f"How we read it: {principle.reading}")


def _tested(principle: Principle, assessment: Assessment) -> Iterator[str]:
    yield "HOW IT IS TESTED"
    yield from _wrapped(principle.question)
    for joint, (about, line, basis) in joined_lines(tested(principle, assessment)):
        yield from _wrapped(f"- {capital(f'{joint} {about}'.lstrip())}: {line}", _IN)
        yield from _wrapped(f"Line from: {basis}.".replace("..", "."), _IN * 3)
    if principle.does_not_apply_because:
        yield from _wrapped(f"Does not apply: {principle.does_not_apply_because}")
    if principle.need_for_routes:
        yield from _wrapped(
            f"For a school coming as {listed(principle.need_for_routes, 'or')}, a shortfall is need, not failure."
        )


def _effect(principle: Principle) -> Iterator[str]:
    if principle.weight != 1:
        yield from headed("WEIGHT", str(principle.weight))


def _examples(principle: Principle) -> Iterator[str]:
    yield "WORKED EXAMPLES (run as tests)"
    for example in principle.examples:
        head = f"{_IN}{example.outcome.value:<16}"
        lines = wrap(example.name, WIDTH - len(head))
        yield head + lines[0]
        yield from (" " * len(head) + line for line in lines[1:])


def _this_case(principle: Principle, assessment: Assessment) -> Iterator[str]:
    finding = assessment.finding(principle.id)
    if finding is None:
        return
    yield from _how_it_came_out(finding, assessment)
    for heading, said in (
        ("HOW NEAR", _how_near(finding, assessment)),
        ("TURNS ON", _turns_on(principle, assessment)),
        ("EVIDENCE", _evidence(finding, assessment)),
    ):
        for position, words in enumerate(said):
            yield from headed("" if position else heading, words, indent=15)
    for judgement in (j for j in assessment.judgements if j.principle == principle.id):
        words = f"{judgement.outcome.value}, by the {judgement.by_role}: {judgement.reason}"
        yield from headed("JUDGEMENT", words, indent=15)


def _how_it_came_out(finding: Finding, assessment: Assessment) -> Iterator[str]:
    """The outcome and what was seen; the tightest term's days where the principle is about days."""
    need = " (shown as need)" if finding.as_need else ""
    yield from headed("THIS CASE", outcome_words(finding.outcome) + need, indent=15)
    yield from wrap(what_we_saw(finding, assessment), WIDTH, initial_indent=" " * 15, subsequent_indent=" " * 15)
    term, ledger = assessment.facts.get("case.capacity.term"), assessment.books.improvement
    rests_on_days = any(n.startswith("case.capacity.") for n in finding.principle.facts_read)
    if term is not None and ledger is not None and rests_on_days:
        yield from _days_table(ledger, term.value)


def _how_near(finding: Finding, assessment: Assessment) -> Iterator[str]:
    margin = nearest_margin(finding, assessment) if finding.outcome is not Outcome.NOT_APPLICABLE else None
    if margin is not None and not margin_held_back(margin, assessment):
        about, near = label(margin.fact, assessment.library.dictionary), margin_words(margin, assessment)
        yield f"{about}: {near} from the line for {margin.outcome_at_line.value} (a plus is on the right side)"


def _turns_on(principle: Principle, assessment: Assessment) -> Iterator[str]:
    for turn in (t for t in assessment.settled.turns_on if t.principle.id == principle.id):
        named = listed([label(n, assessment.library.dictionary) for n in turn.facts])
        about = near_words(turn, assessment) if turn.margin else named
        yield sentence(turn_words(turn, assessment) if turn.why is Why.MISSING else f"{turn.why}: {about}")


def _evidence(finding: Finding, assessment: Assessment) -> Iterator[str]:
    dictionary, below = assessment.library.dictionary, assessment.library.rules.suppress_below
    for fact in evidence_of(finding, assessment):
        where = f" ({said})" if (said := provenance(fact)) else ""
        value = fact_value(fact, dictionary, suppress_below=below, beside=assessment.facts)
        yield f"{label(fact.name, dictionary)}: {value}{where}"


def _days_table(ledger: Ledger, term: Term) -> Iterator[str]:
    """The tightest term's days for all specialisms together and each one the school needs."""
    columns: list[tuple[str, ...]] = [(), *((s,) for s in ledger.needed_resources)][:4]
    yield " " * 25 + "".join(f"{specialism_words(names[0] if names else ALL_DAYS):>13}" for names in columns)
    rows = (
        ("available", [ledger.available(*n) for n in columns]),
        ("kept back", [ledger.kept(*n) for n in columns]),
        (f"promised, {term}", [ledger.promised(term, *n) for n in columns]),
        ("the school needs", [ledger.needed(term, *n) for n in columns]),
        ("gives, counted", [ledger.given(term, *n) for n in columns]),
    )
    for title, amounts in rows:
        yield f"  {title:<23}" + "".join(f"{decimal(days):>13}" for days in amounts)
    shares = [ledger.used_share(term, *n) for n in columns]
    yield f"  {'in use':<23}" + "".join(f"{percent(s) if s is not None else 'no post':>13}" for s in shares)


def _to_find_out(principle: Principle, assessment: Assessment, *, case: bool) -> Iterator[str]:
    """For a case, each thing missing with its meaning; else what the principle's own words ask for."""
    finding = assessment.finding(principle.id) if case else None
    missing = missing_of(finding, assessment) if finding is not None else ()
    if not missing:
        yield from headed("TO FIND OUT", sentence(principle.find_out), indent=15)
    told: set[str] = set()
    for position, name in enumerate(missing):
        kind = assessment.library.dictionary.kind_of(name)
        meaning = f": {kind.meaning}" if kind is not None and kind.name not in told else ""
        yield from headed(
            "" if position else "TO FIND OUT", sentence(missing_label(name, assessment) + meaning), indent=15
        )
        told.add(kind.name if kind is not None else name)


def _if_short(principle: Principle) -> Iterator[str]:
    if principle.action is not None:
        yield from headed("IF SHORT", principle.action.condition, indent=15)
        yield from headed("", f"Evidence accepted: {principle.action.evidence}", indent=15)
        yield from headed("", f"Owner: {principle.action.owner}. {capital(principle.action.long_stop)}.", indent=15)
        yield from headed("", f"If not met: {principle.action.if_not_met}", indent=15)
