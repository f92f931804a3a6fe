"""What a finding saw, against which line, and by how much: in words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from clpt_growth.capacity.accounts import RESERVE, TRUST_RESERVE, faults
from clpt_growth.capacity.offers import days_needed, free_days, lines_for, stands_behind
from clpt_growth.facts.evidence import Aside
from clpt_growth.judging.behind import missing_behind, missing_facts, written_behind
from clpt_growth.judging.criteria import compiled
from clpt_growth.judging.findings import ROUTE, facts_read, follows_from, judge_of, names_in, ruled_out
from clpt_growth.judging.lines import PHASE
from clpt_growth.model.fact import Fact
from clpt_growth.model.finding import Assessment, Finding
from clpt_growth.model.outcome import Outcome, outcome_of, undecided
from clpt_growth.model.principle import (
    AskPerson,
    Conflict,
    Covers,
    Criterion,
    Follows,
    Offer,
    Principle,
    Recorded,
)
from clpt_growth.papers.lines_words import line_in_force, threshold_words
from clpt_growth.papers.wording import (
    day,
    decimal,
    fact_value,
    in_units,
    label,
    labelled,
    listed,
    outcome_words,
    plural,
    sentence,
    specialism_words,
)

_SHOWN = 3
_MOST_MISSING = 4
_NOTHING = "nothing in evidence"


class Seen(NamedTuple):
    """One tested part of a principle: what it is about, the value, and how that part alone came out."""

    about: str
    value: str
    outcome: Outcome
    criterion: Criterion


def seen_parts(finding: Finding, assessment: Assessment) -> tuple[Seen, ...]:
    """The parts of a principle that have evidence, worst first."""
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
    words = fact_value(fact, assessment.library.dictionary, suppress_below=assessment.library.rules.suppress_below)
    beside = [fact.note if fact.derived_from else "", "old" if rests_on_old(fact, assessment) else ""]
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
    return f"{words} of {where}{'' if where == 'all days' else ' days'}, {term.value}, {over}"


_WITHOUT_POST = {
    "case.capacity.specialisms_without_post_count": "improvement",
    "case.capacity.functions_without_post_count": "central",
}


def _without_post(name: str, assessment: Assessment) -> tuple[str, ...]:
    ledger = getattr(assessment.books, _WITHOUT_POST[name], None)
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
    return f"{listed(roles)}{days}" + (f", {decimal(needed)} needed" if needed is not None else "")


def rests_on_old(fact: Fact, assessment: Assessment) -> bool:
    """Whether a fact, or anything it was worked out from, is past its shelf life."""
    stale = assessment.completeness.stale
    return bool(stale) and any(name in stale for name in _written(fact.name, assessment.facts))


def old_evidence(finding: Finding, assessment: Assessment) -> tuple[Fact, ...]:
    """What a finding rests on that is past its shelf life."""
    stale = assessment.completeness.stale
    return tuple(fact for fact in evidence_of(finding, assessment) if fact.name in stale) if stale else ()


def _alone(part: Criterion, facts: Mapping[str, Fact], as_of: date) -> Outcome | None:
    if isinstance(part, Follows | AskPerson | Conflict) or hasattr(part, "parts"):
        return None
    ways = compiled(part, as_of)(facts)
    return Outcome.NOT_EVIDENCED if undecided(ways) else outcome_of(ways)


def _shown_names(part: Criterion) -> tuple[str, ...]:
    """What a part is about; phase and route only say whether it is asked."""
    if isinstance(part, Covers):
        return tuple(n for n in (part.have, part.need) if n)
    names = (getattr(part, "fact", ""), *getattr(part, "facts", ()))
    return tuple(n for n in names if n and n not in (PHASE, ROUTE))


def what_we_saw(finding: Finding, assessment: Assessment) -> str:
    """One or two plain sentences: what is in evidence, worst first, and what is not."""
    if finding.decided_by is not None:
        return sentence(f"by recorded Judgement of the {finding.decided_by.by_role}: {finding.decided_by.reason}")
    if finding.outcome is Outcome.NOT_APPLICABLE:
        return why_not_applicable(finding, assessment)
    if finding.outcome is Outcome.CONFLICT:
        clash = next(part for part in finding.principle.parts if isinstance(part, Conflict))
        return f"{sentence('; but '.join(p.rstrip('.') for p in clash.promises))} {sentence(clash.because)}"
    missing = missing_words(finding, assessment)
    followed = follows_words(finding, assessment)
    seen = own_shortfall(finding, assessment) if followed else deciding(finding, assessment)
    words = sentence(seen_words(seen[: 2 if missing else _SHOWN]))
    away = " ".join(_away_words(fact, assessment) for fact in away_in_file(finding, assessment)[:1])
    said = " ".join(w for w in (missing, followed, words, away) if w)
    return said or sentence(f"follows from {listed(ids)}" if (ids := follows_from(finding.principle)) else _NOTHING)


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
    if finding.outcome in (Outcome.NOT_MET, Outcome.PARTLY_MET):
        return tuple(s for s in seen if s.outcome in (Outcome.NOT_MET, Outcome.PARTLY_MET)) or seen
    return seen


def shortfall_words(finding: Finding, assessment: Assessment) -> str:
    """What falls short, each value beside the line it was tested on."""
    dictionary = assessment.library.dictionary
    said = []
    for seen in deciding(finding, assessment)[:_SHOWN]:
        line = line_in_force(seen.criterion, assessment)
        beside = f" (line: {threshold_words(seen.criterion, line, dictionary)})" if line else ""
        said.append(labelled(seen.about, seen.value) + beside)
    return sentence("; ".join(dict.fromkeys(said))) or what_we_saw(finding, assessment)


def beside_its_line(finding: Finding, assessment: Assessment) -> str:
    """What was seen; where it falls short, each value beside its line."""
    short = finding.outcome in (Outcome.NOT_MET, Outcome.PARTLY_MET)
    if not short or finding.decided_by is not None or only_follows(finding, assessment):
        return what_we_saw(finding, assessment)
    return " ".join(w for w in (follows_words(finding, assessment), shortfall_words(finding, assessment)) if w)


def why_not_applicable(finding: Finding, assessment: Assessment) -> str:
    away = [f for n in facts_read(finding.principle) if (f := assessment.facts.get(n)) is not None and not f.applies]
    if own := away_in_file(finding, assessment):
        return _away_words(own[0], assessment)
    if not assessment.case.has_school:
        return "Asked of each school that would join."
    if ruled_out(finding.principle, assessment.facts, assessment.case.as_of):
        return finding.principle.does_not_apply_because
    if away:
        return sentence(away[0].value.reason)
    phase = assessment.facts.get(PHASE)
    if phase is not None and any(_waits_for_a_line(part) for part in finding.principle.parts):
        return f"No line is set for its phase, {phase.value}."
    return "Nothing asked here arises for this school."


def _waits_for_a_line(part: Criterion) -> bool:
    thresholds = getattr(part, "thresholds", ())
    return bool(thresholds) and all(t.phases for t in thresholds)


def away_in_file(finding: Finding, assessment: Assessment) -> tuple[Fact, ...]:
    """What the file says does not apply, where a finding would not be decided had it been left blank."""
    if finding.outcome not in (Outcome.MET, Outcome.NOT_APPLICABLE):
        return ()
    written = assessment.case.facts
    away = {n: written[n] for n in facts_read(finding.principle) if n in written and not written[n].applies}
    if not away:
        return ()
    without = dict(assessment.facts)
    for name in away:
        without.pop(name, None)
    if not undecided(judge_of(finding.principle, assessment.case.as_of)(without)):
        return ()
    return tuple(away.values())


def _away_words(fact: Fact, assessment: Assessment) -> str:
    about = label(fact.name, assessment.library.dictionary)
    return sentence(f"the file says this does not apply: {about} ({fact.value.reason})")


def missing_words(finding: Finding, assessment: Assessment) -> str:
    names = own_missing(finding, assessment)
    return sentence(f"not evidenced: {_named(names, assessment)}") if names else ""


def not_worked_out(name: str, assessment: Assessment) -> str:
    """Why a worked-out fact is not known: what nobody has written."""
    missing = missing_behind(name, assessment.facts, assessment.behind)
    return sentence(f"not evidenced: {_named(missing, assessment)}") if missing else ""


def to_find_out(principle: Principle, missing: Sequence[str], assessment: Assessment) -> str:
    """What is really missing, by name; the principle's own words where nothing it tests is in evidence at all."""
    tested = (n for part in principle.parts for n in names_in(part))
    behind = {w for name in tested for w in written_behind(name, assessment.behind)}
    if missing and behind & assessment.facts.keys():
        return _named(missing, assessment)
    return principle.find_out


def _named(names: Sequence[str], assessment: Assessment) -> str:
    labels = [missing_label(n, assessment) for n in names]
    more = len(labels) - _MOST_MISSING
    return listed(labels[:_MOST_MISSING] + ([f"{more} more"] if more > 0 else []))


_ACCOUNTS = {RESERVE: "budget", TRUST_RESERVE: "forecast"}


def missing_label(name: str, assessment: Assessment) -> str:
    """What is missing in words, and why it is where something was written."""
    words = label(name, assessment.library.dictionary)
    aside = next((a for a in assessment.aside if a.fact == name and not a.entries), None)
    if aside is not None:
        return f"{words} ({aside_words(aside)})"
    if fault := next((f for f in faults(assessment.facts) if f.fact == name), None):
        if fault.fact in _ACCOUNTS:
            return f"{words} that agrees with the {_ACCOUNTS[fault.fact]} (it {fault.wrong})"
        return f"{words} with sums that come out ({fault.field.rpartition('.')[2]}: {fault.wrong})"
    listed_already = (fact := assessment.facts.get(name)) is not None and isinstance(fact.value, tuple)
    return f"every figure in {words}" if listed_already else words


def aside_words(aside: Aside) -> str:
    """Why something written is no evidence on the day."""
    if aside.entries:
        return f"{plural(aside.entries, 'entry', 'entries')} dated after the day of this assessment"
    if aside.dated is not None:
        return f"dated {day(aside.dated)}, after the day of this assessment"
    return "the list is not said to be whole"


def missing_of(finding: Finding, assessment: Assessment) -> tuple[str, ...]:
    if not undecided(finding.ways):
        return ()
    if own := own_missing(finding, assessment):
        return own
    followed = (f for i in follows_from(finding.principle) if (f := assessment.finding(i)) and undecided(f.ways))
    return tuple(dict.fromkeys(name for f in followed for name in missing_of(f, assessment)))


def own_missing(finding: Finding, assessment: Assessment) -> tuple[str, ...]:
    """What a finding itself waits for, leaving out what it only follows from."""
    if not undecided(finding.ways):
        return ()
    return missing_facts(finding.principle, assessment.facts, assessment.behind, assessment.case.as_of)


def follows_words(finding: Finding, assessment: Assessment) -> str:
    """The principles a shortfall or a silence follows from."""
    if finding.outcome not in (Outcome.NOT_EVIDENCED, Outcome.NOT_MET, Outcome.PARTLY_MET):
        return ""
    ids = follows_from(finding.principle)
    same = [i for i in ids if (f := assessment.finding(i)) and f.outcome == finding.outcome]
    return sentence(f"follows from {listed(same)}") if same else ""


def own_shortfall(finding: Finding, assessment: Assessment) -> tuple[Seen, ...]:
    """The tested parts of a finding that alone come out as badly as it does."""
    return tuple(s for s in seen_parts(finding, assessment) if s.outcome is finding.outcome)


def only_follows(finding: Finding, assessment: Assessment) -> bool:
    """Whether nothing of its own is short or missing: what it follows from is then all there is to put right."""
    followed = follows_words(finding, assessment)
    return bool(followed) and not own_missing(finding, assessment) and not own_shortfall(finding, assessment)


def follows_at(finding: Finding, assessment: Assessment) -> int:
    """How many steps a shortfall or a silence is from where it began; nought where it follows from nothing."""
    if not follows_words(finding, assessment):
        return 0
    followed = (assessment.finding(i) for i in follows_from(finding.principle))
    return 1 + max(follows_at(f, assessment) for f in followed if f is not None and f.outcome == finding.outcome)


def evidence_of(finding: Finding, assessment: Assessment) -> Iterator[Fact]:
    """The written facts a finding rests on, through anything worked out, without repeats."""
    names: dict[str, None] = {}
    for name in facts_read(finding.principle):
        names |= dict.fromkeys(_written(name, assessment.facts))
    return (assessment.facts[n] for n in names if n in assessment.facts)


def _written(name: str, facts: Mapping[str, Fact]) -> tuple[str, ...]:
    fact = facts.get(name)
    if fact is None or not fact.derived_from:
        return () if fact is None else (name,)
    found: dict[str, None] = {name: None}
    for part in fact.derived_from:
        if not part.startswith("definition."):
            found |= dict.fromkeys(_written(part, facts))
    return tuple(found)


def short_outcome(finding: Finding) -> str:
    return "Need" if finding.as_need else outcome_words(finding.outcome)
