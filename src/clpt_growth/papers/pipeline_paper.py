"""The summary paper of a pipeline as the flat view its template places on the page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from clpt_growth.judging.margins import line_for
from clpt_growth.model.criterion import Between, Compare
from clpt_growth.model.fact import Term
from clpt_growth.model.finding import Assessment
from clpt_growth.model.ledger import Ledger, together
from clpt_growth.model.what_if import CENTRAL
from clpt_growth.papers.lines_words import threshold_words
from clpt_growth.papers.markdown import Md, md
from clpt_growth.papers.paper_charts import capacity_picture, line_for_days
from clpt_growth.papers.paper_pictures import placed
from clpt_growth.papers.pipeline_words import (
    DECIDES,
    Names,
    limit_words,
    no_tips,
    order_words,
    outcome_of_tip,
    over_words,
    reading_words,
    short_gates,
    term_words,
    then_words,
    waits_words,
    what_tried,
)
from clpt_growth.papers.svg import Picture
from clpt_growth.papers.tried_words import tightest_words
from clpt_growth.papers.view import Reader, Table, table
from clpt_growth.papers.wording import NOT_EVIDENCED, capital, day, decimal, listed, percent, plural, specialism_words
from clpt_growth.pipeline.answer import Answer
from clpt_growth.pipeline.limits import central_ledger, improvement_ledger
from clpt_growth.pipeline.tipping import DELAY, POST, WITHOUT, Tip

TEMPLATE = "pipeline.md.jinja"
_WHO = ("case.proposal.route", "school.identity.phase")
_ORDER = ("No.", "School", "Route and phase", "Opens", "Proposed", "Decided by", "Improvement days where tightest")


def summary_pictures(answer: Answer) -> tuple[Picture, ...]:
    """Days in use by term with every school's days together, where they are known."""
    ledger, found = improvement_ledger(answer.asked, answer.joining), next(filter(None, answer.assessments), None)
    if ledger is None or found is None:
        return ()
    all_of_them = replace(ledger, earlier=(), joining=together("", ledger.earlier))
    return (capacity_picture(all_of_them, line_for_days(found), who=("These schools", "")),)


def pipeline_paper(
    answer: Answer, layout: Mapping[str, Any], pictures: Mapping[str, Picture] | None = None
) -> dict[str, Any]:
    """Everything the template names, in words; `layout` is the board paper's, for the lines before and after."""
    names = Names(answer.places)
    trust = answer.asked.trust.get("trust.identity.name")
    improvement, central = (ledger(answer.asked, answer.joining) for ledger in (improvement_ledger, central_ledger))
    return {
        "title": md("{}: {} in order", trust.value if trust else "The trust", plural(len(answer.places), "school")),
        "as_of": day(answer.asked.as_of),
        "order_says": order_words(answer),
        "decides": DECIDES,
        "summary": tuple(_summary(answer, names)),
        "order": table(_ORDER, _order_rows(answer, names)),
        "apart": tuple(_apart(answer, names)),
        "pictures": tuple(placed(place, picture) for place, picture in (pictures or {}).items()),
        "by_term": _by_term(improvement, answer) if improvement else None,
        "by_resource": _by_resource(improvement) if improvement else None,
        "central": _by_resource(central, _not_known_for(answer)) if central else None,
        "ledger_ends": _ledger_ends(improvement, answer, names),
        "tips": _tips(answer, names) if answer.tips else None,
        "cures": _cures(answer, names) if answer.tips else None,
        "after": _after(answer, layout["after"]),
        "no_tips": no_tips(answer),
        "over": tuple(md("{}", over_words(over, answer.asked.library.dictionary)) for over in answer.over),
        "not_known": tuple(md("{}", waits_words(w, names, answer.asked.library.dictionary)) for w in answer.waits),
        "judgements": tuple(_judgements(answer)),
        "packs": listed([f"{p.title} {p.version}" for p in answer.asked.library.packs]),
        "inputs": table(("File", "SHA-256, first 16"), _inputs(answer)),
    }


def _summary(answer: Answer, names: Names) -> Iterator[Md]:
    """The answer in a few lines: what is proposed, what is tipped first, and what is not known."""
    proposed: dict[str, list[str]] = {}
    for place, assessment in zip(answer.places, answer.assessments, strict=True):
        words = assessment.row.propose.value if assessment is not None else "its file cannot be used"
        proposed.setdefault(words, []).append(names.of(place.name))
    yield md("{}.", capital("; ".join(f"{words}: {listed(schools)}" for words, schools in proposed.items())))
    for place in answer.places:
        over = [t for t in answer.tips if t.school == place.name and outcome_of_tip(t) != "partly met"]
        if over:
            about = listed(dict.fromkeys(limit_words(t.limit, answer.asked.library.dictionary) for t in over))
            yield md("**{}** takes the trust over its line for {}.", names.of(place.name), about)
    if not answer.tips:
        yield md("{}", no_tips(answer))
    if answer.waits:
        schools = dict.fromkeys(names.of(w.school) for w in answer.waits)
        yield md("What is left after {} is not fully known: see section 6.", listed(schools))


def _order_rows(answer: Answer, names: Names) -> Iterator[Sequence[Any]]:
    for number, (place, assessment) in enumerate(zip(answer.places, answer.assessments, strict=True), 1):
        asked = [place.case.text(n) for n in _WHO] if place.readable else []
        yield (
            str(number),
            names.of(place.name),
            capital(", ".join(w for w in asked if w)) or "Not known",
            term_words(place),
            *(_judged(assessment) if assessment is not None else ("Its file cannot be used", "", "Not known")),
        )


def _judged(assessment: Assessment) -> tuple[Any, ...]:
    proposed = md("**{}**", capital(assessment.row.propose.value))
    return proposed, short_gates(assessment) or "nothing falls short", capital(tightest_words(assessment))


def _apart(answer: Answer, names: Names) -> Iterator[Md]:
    """Schools that those after them are not asked about with."""
    for place in answer.places:
        if place.instead_of:
            yield md(
                "{} and {} cannot both join: it is asked about instead, and those after it as if it did not join.",
                names.of(place.name),
                names.several(place.instead_of),
            )
        elif not place.joins:
            yield md("{} is asked about, and those after it as if it did not join.", names.of(place.name))


def _numbers(answer: Answer) -> tuple[int, ...]:
    return tuple(n for n, place in enumerate(answer.places, 1) if place.joins)


def _by_term(ledger: Ledger, answer: Answer) -> Table:
    """Days in each term: free, promised today, what each school takes less what it gives, and what is then in use."""
    numbers = _numbers(answer)[: len(ledger.earlier)]
    heads = ("Term", "Free", "Promised today", *(f"School {n}" for n in numbers), "In use", "Left", "Share")
    rows = (_term_row(ledger, term) for term in ledger.terms)
    return table(heads, rows, right=range(1, len(heads)))


def _term_row(ledger: Ledger, term: Term) -> tuple[Any, ...]:
    peak, share = ledger.peak(), ledger.used_share(term)
    today = replace(ledger, earlier=())
    days = (
        ledger.free(),
        today.in_use(term, *ledger.resources),
        *(load.net(term, ledger.resources) for load in ledger.earlier),
        ledger.in_use(term),
        ledger.left(term),
    )
    busiest = peak is not None and peak.term == term
    name = md("**{}, tightest**", capital(str(term))) if busiest else capital(str(term))
    return (name, *(decimal(d) for d in days), percent(share) if share is not None else "no post")


def _not_known_for(answer: Answer) -> frozenset[str]:
    """Functions for which some school's days are not known."""
    return frozenset(function for place in answer.joining for function in place.takes.unknown)


def _by_resource(ledger: Ledger, at_least: frozenset[str] = frozenset()) -> Table:
    """Each resource in its own tightest term, with every load that is known; `at_least` where some are not."""
    rows = []
    for name in (n for n in ledger.resources if any(ledger.in_use(t, n) > 0 for t in ledger.terms)):
        use = ledger.peak(name)
        term = use.term if use is not None else next(t for t in ledger.terms if ledger.in_use(t, name) > 0)
        more = "at least " if name in at_least else ""
        share = f"{more}{percent(use.share)}" if use is not None else "nobody in post"
        days = (ledger.free(name), ledger.in_use(term, name), ledger.left(term, name))
        rows.append((capital(specialism_words(name)), capital(str(term)), *(decimal(d) for d in days), share))
    return table(("Days for", "Tightest term", "Free", "In use", "Left", "Share"), rows, right=range(2, 6))


def _ledger_ends(ledger: Ledger | None, answer: Answer, names: Names) -> Md:
    """Where a load is not known, the ledger holds only the schools before it, and says so."""
    joining = answer.joining
    if ledger is None:
        return Md("What the improvement team has, or what it has promised, is not in evidence.")
    if len(ledger.earlier) == len(joining):
        return Md("")
    return md(
        "The ledger ends before {}: what it would take is not known.", names.of(joining[len(ledger.earlier)].name)
    )


def _tips(answer: Answer, names: Names) -> Table:
    dictionary = answer.asked.library.dictionary
    rows = (
        (
            _line_of(tip, answer),
            capital(limit_words(tip.limit, dictionary)),
            names.of(tip.school),
            capital(reading_words(tip.limit, tip.before, dictionary)),
            md("**{}**", capital(reading_words(tip.limit, tip.reading, dictionary))),
            capital(outcome_of_tip(tip)),
        )
        for tip in answer.tips
    )
    return table(("Line", "What", "Tipped by", "Before it", "With it", "Comes out"), rows)


def _line_of(tip: Tip, answer: Answer) -> str:
    """The line itself, and whose it is."""
    if not tip.limit.principle:
        policy = answer.asked.trust.get(tip.limit.fact)
        return "the days there are" if tip.limit.team == CENTRAL or policy is None else f"board policy: {policy.value}"
    library, facts = answer.asked.library, answer.asked.trust
    principle = next(p for pack in library.packs for p in pack.principles if p.id == tip.limit.principle)
    for part in principle.parts:
        if isinstance(part, Compare | Between) and part.fact == tip.limit.fact:
            line = line_for(part, facts, answer.asked.as_of)
            return f"{principle.id}: {threshold_words(part, line, library.dictionary)}" if line else principle.id
    return principle.id


def _cures(answer: Answer, names: Names) -> Table:
    """What each thing tried would do; only lines that are not met, or have more asked than there is."""
    over = [tip for tip in answer.tips if outcome_of_tip(tip) != "partly met"] or list(answer.tips)
    rows = (
        (_tip_name(tip, answer, names), *(_cure(tip, what, answer) for what in (POST, DELAY, WITHOUT))) for tip in over
    )
    return table(("What, and who tips it", "One more full-time post", "Starts one term later", "Does not join"), rows)


def _tip_name(tip: Tip, answer: Answer, names: Names) -> Md:
    return md("{}: {}", capital(limit_words(tip.limit, answer.asked.library.dictionary)), names.of(tip.school))


def _cure(tip: Tip, what: str, answer: Answer) -> str:
    would = next((w for w in tip.would if w.what == what), None)
    if would is None:
        return "does not bear on it"
    then = then_words(would, tip, answer.asked.library.dictionary)
    return capital(f"{what_tried(would)}: {then}" if what == POST else then)


def _after(answer: Answer, lines: Sequence[Mapping[str, str]]) -> Table:
    """The trust after each school that is counted, line by line; what cannot be worked out says so.

    A line that is asked of one school, and not of the trust, is left to its own paper.
    """
    counted = [(p, a) for p, a in zip(answer.places, answer.assessments, strict=True) if p.joins]
    heads = ("Measure", "Today", *(f"After {n}" for n in _numbers(answer)))
    readers = [Reader(a) if a is not None else None for _, a in counted]
    first = next((r for r in readers if r is not None), None)
    rows = []
    for line in (line for line in lines if line["before"].startswith("trust.")):
        before = first.value(line["before"]) if first is not None and counted[0][1] is not None else NOT_EVIDENCED
        after = (reader.value(line["after"]) if reader is not None else NOT_EVIDENCED for reader in readers)
        rows.append((line["measure"], before, *after))
    return table(heads, rows, right=range(1, len(heads)))


def _judgements(answer: Answer) -> Iterator[Md]:
    """The figures of the demand model that nothing published stands behind."""
    model = (d for d in answer.asked.library.dictionary.definitions if d.basis == "judgement" and _of_days(d.name))
    for definition in model:
        yield md("{} ({})", definition.meaning, definition.name)


_DEMAND = ("need_", "gift_", "integration_", "central_share", "own_share", "promises_", "ledger_", "money_")


def _of_days(name: str) -> bool:
    return name.startswith(
        ("need_", "gift_", "integration_", "central_share", "own_share", "promises_", "ledger_", "money_")
    )


def _inputs(answer: Answer) -> Iterator[tuple[str, str]]:
    pipeline = answer.asked.pipeline
    files = [*([pipeline.file] if pipeline.file else []), *answer.asked.trust_inputs]
    files += [f for place in answer.places for f in place.entry.inputs]
    yield from ((f.file, f.sha256[:16]) for f in files)
