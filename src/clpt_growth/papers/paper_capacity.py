"""Capacity in the paper: improvement days term by term, by specialism at the tightest, and the central team's work."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from clpt_growth.capacity.books import unfinished_functions
from clpt_growth.capacity.offers import for_phase, free_of
from clpt_growth.capacity.reading import records_of
from clpt_growth.judging.margins import line_for
from clpt_growth.model.criterion import Between, Compare, DatedWithin
from clpt_growth.model.fact import Term
from clpt_growth.model.finding import Assessment, Finding
from clpt_growth.model.ledger import Ledger
from clpt_growth.model.outcome import SHORT
from clpt_growth.papers.findings_words import beside_its_line, short_outcome
from clpt_growth.papers.lines_words import threshold_words
from clpt_growth.papers.markdown import Md, joined, md
from clpt_growth.papers.view import Reader, Table, finding_on, table
from clpt_growth.papers.wording import (
    capital,
    decimal,
    in_column,
    listed,
    percent,
    plural,
    share_in_column,
    specialism_words,
)

_BY_SPECIALISM = ("Specialism", "Available", "Kept back", "Promised", "School needs", "School gives", "In use", "Left")


def capacity_side(reader: Reader) -> dict[str, Any]:
    books = reader.assessment.books
    ledger = books.improvement
    tightest = ledger.tightest() if ledger else None
    return {
        "by_term": _by_term(ledger) if ledger else None,
        "term": str(tightest.term) if tightest else "",
        "capacity": _by_specialism(ledger, tightest.term) if ledger and tightest else None,
        "capacity_says": _judged("case.capacity.tightest_share", reader),
        "central": _central(books.central, reader),
    }


def _by_term(ledger: Ledger) -> Table:
    """All days in each term, and beside them the specialism that is tightest."""
    tightest, worst = ledger.tightest(), ledger.tightest_specialism()
    heads = ["Term", "Promised", "School needs", "Gives", "All in use", "All left"]
    if worst:
        name = capital(specialism_words(worst.resource))
        heads += [f"{name} in use", f"{name} left"]
    heads += [f"{capital(specialism_words(s))} short: no post" for s in ledger.without_post]
    rows = (
        _term_row(ledger, term, (worst.resource,) if worst else (), peak=tightest is not None and tightest.term == term)
        for term in ledger.terms
    )
    return table(tuple(heads), rows, right=range(1, len(heads)))


def _term_row(ledger: Ledger, term: Term, worst: tuple[str, ...], *, peak: bool) -> tuple[Any, ...]:
    name = capital(str(term))
    days = (ledger.promised(term), ledger.needed(term), ledger.given(term))
    shares = [(ledger.used_share(term, *n), ledger.left(term, *n)) for n in ([(), worst] if worst else [()])]
    ends = (words for share, left in shares for words in (_share(share), in_column(left)))
    short = (in_column(-ledger.left(term, s)) for s in ledger.without_post)
    return (md("**{}, tightest**", name) if peak else name, *(in_column(d) for d in days), *ends, *short)


def _by_specialism(ledger: Ledger, term: Term) -> Table:
    names = [s for s in ledger.resources if ledger.available(s) or ledger.in_use(term, s)]
    rows = [_row(capital(specialism_words(s)), ledger, term, (s,)) for s in names]
    rows.append(_row(Md("**All days**"), ledger, term, ()))
    return table(_BY_SPECIALISM, rows, right=range(1, len(_BY_SPECIALISM)))


def _row(title: Any, ledger: Ledger, term: Term, names: tuple[str, ...]) -> tuple[Any, ...]:
    days = (
        ledger.available(*names),
        ledger.kept(*names),
        ledger.promised(term, *names),
        ledger.needed(term, *names),
        ledger.given(term, *names),
    )
    share = _share(ledger.used_share(term, *names))
    return (title, *(in_column(d) for d in days), share, in_column(ledger.left(term, *names)))


def _share(share: Any) -> str:
    return share_in_column(share) if share is not None else "no post"


def _days_free(days: Decimal | None) -> str:
    return "days not said" if days is None else f"{plural(days, 'day')} a term"


def _judged(fact: str, reader: Reader) -> Md:
    """How the principle about a fact came out, with what falls short beside its line; nothing without one."""
    finding = finding_on(fact, reader.assessment)
    if finding is None:
        return Md("")
    lines = list(_lines(finding, reader.assessment)) if finding.outcome not in SHORT else []
    line = f" Line: {lines[0]}." if lines else ""
    return md(
        finding.id + ": **" + short_outcome(finding).lower() + "**. {}{}",
        beside_its_line(finding, reader.assessment),
        line,
    )


def _lines(finding: Finding, assessment: Assessment) -> Iterator[str]:
    for part in finding.principle.parts:
        if isinstance(part, Compare | Between | DatedWithin):
            line = line_for(part, assessment.facts, assessment.case.as_of)
            if line is not None and not isinstance(line.met, bool):
                yield threshold_words(part, line, assessment.library.dictionary)


def _central(ledger: Ledger | None, reader: Reader) -> Md:
    """The functions most used by bringing the school in, those nobody covers, and those not known."""
    if ledger is None or ledger.joining is None:
        return Md("The central team's days to bring the school in are not evidenced.")
    unknown = unfinished_functions(reader.assessment.facts, reader.assessment.case.earlier)
    uses = [use for f in ledger.needed_resources if f not in unknown and (use := ledger.peak(f)) is not None]
    said = [
        md(
            "{}: {} of the {} days free in {} ({} needed).",
            capital(specialism_words(use.resource)),
            percent(use.share),
            decimal(ledger.free(use.resource)),
            str(use.term),
            decimal(ledger.needed(use.term, use.resource)),
        )
        for use in sorted(uses, key=lambda u: -u.share)[:3]
    ]
    if nobody := [f for f in ledger.without_post if f not in unknown]:
        said.append(md("Nobody in post has days for {}.", listed([specialism_words(f) for f in nobody])))
    if unknown:
        said.append(md("Not known for {}.", listed([specialism_words(f) for f in unknown])))
    return joined([*said, _judged("case.capacity.central_tightest_share", reader), _bought_in(reader)])


def _bought_in(reader: Reader) -> Md:
    """Days on contract in the register of offers: the ledgers hold posts, and leave these out."""
    facts = reader.assessment.facts
    offers = (o for o in records_of(facts, "trust.offers") or () if o.get("provided_by") == "contract")
    standing = [o for o in offers if o.get("in_place") is True and for_phase(o, facts) is not False]
    free = [(str(offer.get("role") or offer["offer"]), free_of(offer)) for offer in standing]
    said = [f"{role} ({_days_free(days)})" for role, days in free if days is None or days > 0]
    words = "Free days bought in on contract, in the register of what we offer, are not in these figures: {}."
    return md(words, listed(said)) if said else Md("")
