"""What was tried, in words, and what comes out differently beside the answer the files give."""

from collections.abc import Iterator, Mapping
from typing import Any

from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.finding import Assessment, Finding
from clpt_growth.model.ledger import ALL_DAYS
from clpt_growth.model.what_if import WhatIf
from clpt_growth.papers.findings_words import what_we_saw
from clpt_growth.papers.screen import headed
from clpt_growth.papers.wording import capital, decimal, label, lowered, percent, plural, specialism_words, value_words

NOT_SAVED = "Tried only: nothing of it is saved."


def tried_words(what_if: WhatIf, dictionary: Dictionary, names: Mapping[str, str] | None = None) -> list[str]:
    """Each thing tried, in a line of its own; without names there is only one school it can be of."""

    def of(school: str) -> str:
        return f" of {names.get(school, school)}" if names else ""

    facts = [(name, fact, "") for name, fact in what_if.facts.items()]
    facts += [(name, fact, of(school)) for school, own in what_if.of_school.items() for name, fact in own.items()]
    said = [f"{label(n, dictionary)}{where}: {value_words(f.value, dictionary.kinds.get(n))}" for n, f, where in facts]
    said += [
        f"{decimal(abs(p.fte))} {'more' if p.fte > 0 else 'fewer'} {specialism_words(p.resource)} "
        f"{'post' if abs(p.fte) == 1 else 'posts'} in the {p.team} team"
        for p in what_if.posts
    ]
    said += [
        f"{names.get(school, school) if names else 'joining'} {plural(abs(terms), 'term')} "
        f"{'later' if terms > 0 else 'earlier'}"
        for school, terms in what_if.delays.items()
    ]
    return said


def tightest_words(assessment: Assessment) -> str:
    """Where the days a school needs are tightest, on its own window of terms."""
    facts = assessment.facts
    share, where, term = (facts.get(f"case.capacity.{n}") for n in ("tightest_share", "tightest_specialism", "term"))
    if share is None or where is None or term is None:
        return "not evidenced"
    of = ALL_DAYS if where.value == ALL_DAYS else f"{specialism_words(where.value)} days"
    return f"{percent(share.value)} of {of}, {term.value}"


def changed_findings(base: Assessment, tried: Assessment) -> tuple[tuple[Finding, Finding], ...]:
    """Each principle that comes out differently, as it stands and as it would, in the packs' order."""
    pairs = zip(base.findings, tried.findings, strict=True)
    return tuple((was, now) for was, now in pairs if was.outcome is not now.outcome or was.as_need is not now.as_need)


def tried_screen(base: Assessment, tried: Assessment, what_if: WhatIf) -> str:
    """What follows the answer on the screen: what was tried, the proposal then, and every outcome that moves."""
    return "\n" + "\n".join(_tried_lines(base, tried, what_if)) + "\n"


def _tried_lines(base: Assessment, tried: Assessment, what_if: WhatIf) -> Iterator[str]:
    for number, words in enumerate(tried_words(what_if, base.library.dictionary)):
        yield from headed("" if number else "TRIED", f"{capital(words)}.")
    yield from headed("", NOT_SAVED)
    was, now = (proposed_words(a) for a in (base, tried))
    yield from headed("", f"{capital(now)}; as the files say, {was}." if now != was else f"{capital(now)}, as before.")
    if (then := tightest_words(tried)) != (before := tightest_words(base)):
        yield from headed("", f"Days where they are tightest: {then}; as the files say, {before}.")
    for old, new in changed_findings(base, tried):
        saw = lowered(what_we_saw(new, tried))
        yield from headed(f"  {new.id}", f"{new.outcome.value}, was {old.outcome.value}: {saw}", indent=11)


def proposed_words(assessment: Assessment) -> str:
    row = assessment.row
    return row.propose.value if assessment.case.has_school else row.readiness.value


def what_if_object(base: Assessment, tried: Assessment, what_if: WhatIf) -> dict[str, Any]:
    """The same as data: what was tried, the recommendation then, and the outcomes that move."""
    return {
        "tried": tried_words(what_if, base.library.dictionary),
        "proposed": proposed_words(tried),
        "changed": [
            {"id": new.id, "was": old.outcome.value, "outcome": new.outcome.value, "saw": what_we_saw(new, tried)}
            for old, new in changed_findings(base, tried)
        ],
    }
