"""What a finding waits for: by name, and why where something was written."""

from collections.abc import Sequence

from clpt_growth.capacity.accounts import ADDED_UP, RESERVE, TRUST_RESERVE, faults
from clpt_growth.judging.behind import missing_behind, missing_facts, written_behind
from clpt_growth.model.criterion import names_in
from clpt_growth.model.evidence import Aside
from clpt_growth.model.finding import Assessment, Finding
from clpt_growth.model.outcome import undecided
from clpt_growth.model.principle import Principle
from clpt_growth.papers.wording import (
    day,
    label,
    listed,
    noun,
    plural,
    sentence,
)

_MOST_MISSING = 4


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
    labels = [missing_label(n, assessment) for n in names[:_MOST_MISSING]]
    more = len(names) - _MOST_MISSING
    return listed([*labels, *([f"{more} more"] if more > 0 else [])])


_ACCOUNTS = {RESERVE: "budget", TRUST_RESERVE: "forecast"}


def missing_label(name: str, assessment: Assessment) -> str:
    """What is missing in words, and why it is where something was written."""
    words = label(name, assessment.library.dictionary)
    aside = next((a for a in assessment.aside if a.fact == name and not a.entries), None)
    if aside is not None and not is_later(aside):
        return f"{words} ({aside_words(aside)})"
    if name in ADDED_UP and (fault := next((f for f in faults(assessment.facts) if f.fact == name), None)):
        if fault.fact in _ACCOUNTS:
            return f"{words} that agrees with the {_ACCOUNTS[fault.fact]} (it {fault.wrong})"
        return f"{words} with sums that come out ({fault.field.rpartition('.')[2]}: {fault.wrong})"
    listed_already = (fact := assessment.facts.get(name)) is not None and isinstance(fact.value, tuple)
    return f"every figure in {words}" if listed_already else words


def aside_words(aside: Aside) -> str:
    """Why something written is no evidence on the day, where it is not the whole of it that is dated later."""
    if aside.entries:
        return f"{plural(aside.entries, 'entry', 'entries')} dated after the day of this assessment"
    if aside.why == "says none":
        return "the list names none, which its category of need and its route do not bear out"
    return "the list is not said to be whole"


def is_later(aside: Aside) -> bool:
    """Whether it is written whole and dated after the day; it is said once, and not where each is missed."""
    return aside.dated is not None and not aside.entries


def dated_later(assessment: Assessment) -> tuple[Aside, ...]:
    """Everything written whole and dated after the day."""
    return tuple(a for a in assessment.aside if is_later(a))


def later_words(assessment: Assessment) -> str:
    """How many facts do not count yet; empty where all that is written was known on the day."""
    number = len(dated_later(assessment))
    if not number:
        return ""
    verbs = noun(number, "is", "are"), noun(number, "does", "do")
    as_of = day(assessment.case.as_of)
    return f"{plural(number, 'fact')} {verbs[0]} dated after {as_of} and {verbs[1]} not count"


def missing_of(finding: Finding, assessment: Assessment) -> tuple[str, ...]:
    if not undecided(finding.ways):
        return ()
    if own := own_missing(finding, assessment):
        return own
    followed = (f for i in finding.principle.follows_from if (f := assessment.finding(i)) and undecided(f.ways))
    return tuple(dict.fromkeys(name for f in followed for name in missing_of(f, assessment)))


def own_missing(finding: Finding, assessment: Assessment) -> tuple[str, ...]:
    """What a finding itself waits for, leaving out what it only follows from."""
    if not undecided(finding.ways):
        return ()
    return missing_facts(finding.principle, assessment.facts, assessment.behind, assessment.case.as_of)
