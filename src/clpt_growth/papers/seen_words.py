"""What a finding saw, part by part: what it is about, the value in words, and how that part alone came out."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from clpt_growth.capacity.offers import days_needed, free_days, lines_for, stands_behind
from clpt_growth.judging.criteria import compiled
from clpt_growth.model.case import PHASE, ROUTE
from clpt_growth.model.criterion import AskPerson, Compare, Criterion, Follows, Offer, Recorded, inside, names_in
from clpt_growth.model.fact import Fact
from clpt_growth.model.finding import Assessment, Finding
from clpt_growth.model.ledger import ALL_DAYS, Books, Ledger
from clpt_growth.model.noun import kept_beside
from clpt_growth.model.outcome import SHORT, Outcome, outcome_of, undecided
from clpt_growth.papers.resting_on import rests_on_old
from clpt_growth.papers.wording import (
    decimal,
    fact_value,
    in_units,
    label,
    labelled,
    listed,
    plural,
    specialism_words,
    whose_word,
)


class Seen(NamedTuple):
    """One tested part of a principle: what it is about, the value, and how that part alone came out."""

    about: str
    value: str
    outcome: Outcome
    criterion: Criterion


def seen_parts(finding: Finding, assessment: Assessment) -> tuple[Seen, ...]:
    """The parts of a principle that have evidence, worst first."""
    # Several sections of a paper ask it of the same finding.
    kept: dict[str, tuple[Finding, tuple[Seen, ...]]] = kept_beside(assessment)
    if (made := kept.get(finding.id)) is None or made[0] is not finding:
        made = kept[finding.id] = finding, _seen_parts(finding, assessment)
    return made[1]


def _seen_parts(finding: Finding, assessment: Assessment) -> tuple[Seen, ...]:
    dictionary = assessment.library.dictionary
    found = [
        Seen(label(name, dictionary), _value_seen(fact, assessment), outcome, part)
        for part in finding.principle.parts
        for outcome in [_alone(part, assessment.facts, assessment.case.as_of)]
        for name in _shown_names(part)
        if outcome is not None and (fact := assessment.facts.get(name)) is not None
    ]
    found += [
        Seen(f"the offer of {part.line}", _offer_seen(part, assessment), outcome, part)
        for part in finding.principle.parts
        if isinstance(part, Offer) and (outcome := _alone(part, assessment.facts, assessment.case.as_of))
    ]
    rank = [Outcome.NOT_MET, Outcome.CONFLICT, Outcome.PARTLY_MET, Outcome.MET, Outcome.NOT_EVIDENCED]
    return tuple(sorted(found, key=lambda s: rank.index(s.outcome) if s.outcome in rank else len(rank)))


def _value_seen(fact: Fact, assessment: Assessment) -> str:
    below = assessment.library.rules.suppress_below
    words = fact_value(fact, assessment.library.dictionary, suppress_below=below, beside=assessment.facts)
    # What is worked out rests on many words: section 4 and annex A say on whose.
    word = whose_word(fact) if not fact.derived_from else ""
    told = f"{word}, not checked from outside" if word else ""
    beside = [fact.note if fact.derived_from else "", told, "old" if rests_on_old(fact, assessment) else ""]
    if any(beside):
        words += f" ({', '.join(b for b in beside if b)})"
    if fact.name in _WITHOUT_POST and (nobody := _without_post(fact.name, assessment)):
        return f"{words} ({listed([specialism_words(n) for n in nobody])})"
    term = assessment.facts.get("case.capacity.term")
    if fact.name != "case.capacity.tightest_share" or term is None:
        return words
    # A share of days says little without whose days, when, and how many are left.
    left = assessment.facts["case.capacity.days_left"].value
    over = f"{plural(left, 'day')} left" if left >= 0 else f"{plural(-left, 'day')} short"
    where = specialism_words(assessment.facts["case.capacity.tightest_specialism"].value)
    return f"{words} of {where}{'' if where == specialism_words(ALL_DAYS) else ' days'}, {term.value}, {over}"


_WITHOUT_POST: Mapping[str, Callable[[Books], Ledger | None]] = {
    "case.capacity.specialisms_without_post_count": lambda books: books.improvement,
    "case.capacity.functions_without_post_count": lambda books: books.central,
}


def _without_post(name: str, assessment: Assessment) -> tuple[str, ...]:
    ledger = _WITHOUT_POST[name](assessment.books)
    return ledger.without_post if ledger is not None else ()


def _offer_seen(offer: Offer, assessment: Assessment) -> str:
    """What stands behind a line of the offer: roles in place, days free, days needed."""
    facts, as_of = assessment.facts, assessment.case.as_of
    register = facts.get("trust.offers")
    if register is None or not register.applies:
        return "no register in evidence"
    lines = lines_for(register.value, offer.line, facts)
    standing = [stands_behind(record, facts, as_of) for record in lines]
    roles = [str(r.get("role") or r.get("offer")) for r, stands in zip(lines, standing, strict=True) if stands]
    if not roles:
        months = assessment.library.dictionary.defined["offer_evidence_within_months"]
        return f"nobody in place for this phase with evidence inside {months} months"
    free, needed = free_days(lines, standing), days_needed(facts, offer.line)
    days = f"; {in_units(free, 'days a term')} free" if free is not None else ""
    return f"{listed(roles)}{days}" + (
        f", {decimal(needed)} in the school's list of needs" if needed is not None else ""
    )


def _alone(part: Criterion, facts: Mapping[str, Fact], as_of: date) -> Outcome | None:
    if isinstance(part, Follows | AskPerson) or inside(part):
        return None
    ways = compiled(part, as_of)(facts)
    return Outcome.NOT_EVIDENCED if undecided(ways) else outcome_of(ways)


def _shown_names(part: Criterion) -> tuple[str, ...]:
    """What a part is about; phase and route only say whether it is asked."""
    if isinstance(part, Offer):
        return ()
    year = part.year if isinstance(part, Compare) else ""
    return tuple(n for n in names_in(part) if n not in (PHASE, ROUTE, year))


def strengths(finding: Finding, assessment: Assessment) -> tuple[Seen, ...]:
    """The lines a finding holds; none where all that was asked is to know something, or where a person judged."""
    if finding.outcome is not Outcome.MET or finding.decided_by is not None:
        return ()
    seen = seen_parts(finding, assessment)
    return tuple(s for s in seen if s.outcome is Outcome.MET and not isinstance(s.criterion, Recorded))


def seen_words(seen: Sequence[Seen]) -> str:
    return "; ".join(dict.fromkeys(labelled(s.about, s.value) for s in seen))


def deciding(finding: Finding, assessment: Assessment) -> tuple[Seen, ...]:
    """The parts that fall short where the whole does, else all that has evidence."""
    seen = seen_parts(finding, assessment)
    if finding.outcome in SHORT:
        return tuple(s for s in seen if s.outcome in SHORT) or seen
    return seen


def own_shortfall(finding: Finding, assessment: Assessment) -> tuple[Seen, ...]:
    """The tested parts of a finding that alone come out as badly as it does."""
    return tuple(s for s in seen_parts(finding, assessment) if s.outcome is finding.outcome)
