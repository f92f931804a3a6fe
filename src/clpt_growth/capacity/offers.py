"""Whether the trust can do what it offers: what stands behind each line, and the days left in it."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from clpt_growth.model.case import PHASE
from clpt_growth.model.dates import months_before
from clpt_growth.model.fact import Fact, NotApplicable, Record
from clpt_growth.model.nought import NOUGHT

EVIDENCE_MONTHS = "definition.offer_evidence_within_months"
# What an offer says that serves every phase, specialism or subject; silence does not say it.
EVERY = "all"


def days_needed(facts: Mapping[str, Fact], line: str) -> Decimal | None:
    """The days a term the school needs on a line of the offer; None where its needs do not say."""
    needs = facts.get("school.needs")
    if needs is None:
        return None
    if not needs.applies:
        return NOUGHT
    if any(need.get("line") is None for need in needs.value):
        return None
    days = [need.get("days_a_term") for need in needs.value if need["line"] == line]
    if any(d is None for d in days):
        return None
    return sum((d for d in days if isinstance(d, Decimal)), NOUGHT)


def is_needed(facts: Mapping[str, Fact], line: str) -> bool | None:
    """Whether the school names a need on a line; None where its needs do not say which lines they are on."""
    needs = facts.get("school.needs")
    if needs is None:
        return None
    named = [need.get("line") for need in needs.value] if needs.applies else []
    if line in named:
        return True
    return None if None in named else False


def lines_for(register: Sequence[Record], line: str, facts: Mapping[str, Fact]) -> list[Record]:
    """What is offered on a line, leaving out what is only for other phases."""
    return [record for record in register if record.get("line") == line and for_phase(record, facts) is not False]


def for_phase(offer: Record, facts: Mapping[str, Fact]) -> bool | None:
    """Whether an offer serves the school's phase; None where the offer or the school does not say."""
    phases, phase = offer.get("phases"), facts.get(PHASE)
    if isinstance(phases, NotApplicable) or phases == (EVERY,):
        return True
    if phases is None or phase is None:
        return None
    return phase.value in phases or EVERY in phases


def for_specialism(offer: Record, specialism: str | None) -> bool | None:
    """Whether an offer serves a specialism; None where the offer does not say."""
    serves = offer.get("specialism")
    if isinstance(serves, NotApplicable) or serves == EVERY:
        return True
    return None if serves is None else serves == specialism


def for_subject(serves: object, subject: object) -> bool | None:
    """Whether help for some subjects is help for one; None where either does not say."""
    if isinstance(serves, NotApplicable) or (isinstance(serves, tuple) and EVERY in serves):
        return True
    if not isinstance(serves, tuple) or subject is None:
        return None
    return isinstance(subject, NotApplicable) or subject == EVERY or subject in serves


def stands_behind(offer: Record, facts: Mapping[str, Fact], as_of: date) -> bool | None:
    """Whether a line has a role or contract in place, evidenced lately, for the school's phase; None if not said."""
    placed = offer.get("in_place")
    evidenced = offer.get("evidenced_on")
    fresh = within_months(evidenced, facts, as_of) if isinstance(evidenced, date) else None
    fits = for_phase(offer, facts)
    if False in (placed, fresh, fits):
        return False
    return True if placed is True and fresh and fits else None


def within_months(when: date, facts: Mapping[str, Fact], as_of: date) -> bool | None:
    months = facts.get(EVIDENCE_MONTHS)
    return None if months is None else months_before(as_of, months.value) <= when <= as_of


def free_of(offer: Record) -> Decimal | None:
    """Days a term not yet promised; below nought where more is promised than there is."""
    every, promised = offer.get("days_a_term"), offer.get("committed_days_a_term")
    if isinstance(every, NotApplicable) or isinstance(promised, NotApplicable):
        return NOUGHT
    return None if every is None or promised is None else every - promised


def free_days(lines: Sequence[Record], standing: Sequence[bool | None]) -> Decimal | None:
    """Days left over all that stands behind a line; None where one does not say."""
    free = [free_of(line) for line, stands in zip(lines, standing, strict=True) if stands]
    if any(days is None for days in free):
        return None
    return sum((max(days, NOUGHT) for days in free if days is not None), NOUGHT)
