"""One school beside others like it: its own values, the spread of each set, and its place in it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from clpt_growth.facts.small_counts import rate_held_back
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.fact import Fact
from clpt_growth.opendata.candidate import Candidate
from clpt_growth.opendata.cells import MISSING, Gap
from clpt_growth.opendata.comparing import Everyone, school_among
from clpt_growth.opendata.comparisons import (
    Compared,
    Comparisons,
    Measure,
    Neighbour,
    alike,
    measured,
    neighbours,
    newest_record,
    positions,
    quantile,
)
from clpt_growth.opendata.every_school import EverySchool, resting_on

NEIGHBOURS, LIKE_IN_SIZE = "neighbours", "phase"
IN_FILE, PUBLISHED = "school file", "published"
NOT_APPLICABLE, TOO_FEW_TO_SHOW = "not applicable", "too few pupils to show"
_WAYS = {NEIGHBOURS: neighbours, LIKE_IN_SIZE: alike}


class Own(NamedTuple):
    """The school's own value of a measure, whether from its file or published, and the year or day it is of."""

    value: Decimal
    origin: str
    when: str | date | None


class Place(NamedTuple):
    """One measure in one set: the school's own value, how the set spreads, and where the school stands.

    `number` is how many of the set have the measure, the school itself included; `quantiles` are empty and
    `no_higher_share` is None where they are too few. `silent` counts the others of the set by why they have no figure.
    `why_none` says why the school has no value.
    """

    measure: Measure
    own: Own | None
    why_none: str
    number: int
    quantiles: tuple[Decimal, ...]
    no_higher_share: Decimal | None
    silent: Mapping[str, int]


class Among(NamedTuple):
    """A set of schools found by one method, the school itself first, and a place for each measure anybody has.

    `nobody` are the measures that no school of the set has a figure for.
    """

    method: str
    schools: tuple[Neighbour, ...]
    places: tuple[Place, ...]
    nobody: tuple[Measure, ...]


class Beside(NamedTuple):
    """A school beside others; `school` is None where the tables name no open state school of its number."""

    urn: str
    school: Compared | None
    sets: tuple[Among, ...]
    of: Everyone
    rule: Comparisons


def beside(
    urn: str, facts: Mapping[str, Fact], of: Everyone, rule: Comparisons, dictionary: Dictionary, *, suppress_below: int
) -> Beside:
    """One school among its statistical neighbours and among schools of its phase, region and size.

    Schools like it are found by published figures alone. Its own value of a measure is that of its file where it is
    in evidence there, else the published one; the others' are published.
    """
    published = school_among(urn, of.schools)
    if published is None:
        return Beside(urn, None, (), of, rule)
    own, why_none = _own(published, facts, of.said, rule.measures, dictionary, suppress_below)
    school = published._replace(values={name: said.value for name, said in own.items()})
    sets = ((method, find(school, of.schools, rule)) for method, find in _WAYS.items())
    made = tuple(_among(method, found, own, why_none, of.said, rule) for method, found in sets)
    return Beside(urn, school, made, of, rule)


def _own(
    school: Compared,
    facts: Mapping[str, Fact],
    said: EverySchool,
    measures: Sequence[Measure],
    dictionary: Dictionary,
    suppress_below: int,
) -> tuple[dict[str, Own], dict[str, str]]:
    """The school's own values by measure, and for the others why there is none."""
    published = said.facts_of(school.urn).facts
    in_file = measured(facts, measures)
    found: dict[str, Own] = {}
    silent = why_silent(said, school.urn, [m for m in measures if m.id not in school.values])
    why_none: dict[str, str] = {}
    for m in measures:
        from_file = m.id in in_file
        fact = (facts if from_file else published).get(m.fact)
        value = in_file[m.id] if from_file else school.values.get(m.id)
        written = facts.get(m.fact)
        if not from_file and written is not None and not written.applies:
            why_none[m.id] = NOT_APPLICABLE
        elif value is None or fact is None:
            why_none[m.id] = silent.get(m.id, MISSING.reason)
        elif _too_few(value, fact, m, dictionary, suppress_below) or rate_held_back(
            value, dictionary.kinds[m.fact], facts if from_file else published, suppress_below
        ):
            why_none[m.id] = TOO_FEW_TO_SHOW
        else:
            found[m.id] = Own(value, IN_FILE if from_file else PUBLISHED, _when(fact, m))
    return found, why_none


def _when(fact: Fact, measure: Measure) -> str | date | None:
    return str(newest_record(fact).get("year") or "") or fact.dated if measure.entry else fact.dated


def _too_few(value: Decimal, fact: Fact, measure: Measure, dictionary: Dictionary, suppress_below: int) -> bool:
    """Whether a value, or a share of so few pupils, could point at somebody."""
    if measure.entry:
        cohort: Any = newest_record(fact).get("cohort_count")
        return isinstance(cohort, int) and 0 < cohort < suppress_below
    return dictionary.kinds[measure.fact].of_people and 0 < value < suppress_below


def _among(
    method: str,
    found: Sequence[Neighbour],
    own: Mapping[str, Own],
    why_none: Mapping[str, str],
    said: EverySchool,
    rule: Comparisons,
) -> Among:
    if len(found) < 2:
        return Among(method, tuple(found), (), ())
    school, *others = (n.school for n in found)
    stands = {p.measure.id: p.at_or_below_share for p in positions(school, found, rule.measures)}
    known = {m.id: sorted(s.values[m.id] for s in (school, *others) if m.id in s.values) for m in rule.measures}
    shown = [m for m in rule.measures if known[m.id]]
    silent = _silent(others, said, shown)
    places = []
    for m in shown:
        values = known[m.id]
        enough = len(values) >= rule.least_schools
        places.append(
            Place(
                m, own.get(m.id), why_none.get(m.id, ""), len(values),
                tuple(quantile(values, q) for q in rule.quantiles) if enough else (),
                stands.get(m.id) if enough else None,
                silent[m.id],
            )
        )  # fmt: skip
    return Among(method, tuple(found), tuple(places), tuple(m for m in rule.measures if not known[m.id]))


def _silent(schools: Iterable[Compared], said: EverySchool, measures: Sequence[Measure]) -> dict[str, Counter[str]]:
    """For each measure how many of the schools have no figure, by why."""
    counts: dict[str, Counter[str]] = {m.id: Counter() for m in measures}
    for school in schools:
        lacking = [m for m in measures if m.id not in school.values]
        for measure, why in why_silent(said, school.urn, lacking).items():
            counts[measure][why] += 1
    return counts


def why_silent(said: EverySchool, urn: str, measures: Sequence[Measure]) -> dict[str, str]:
    """Why the tables give a school no figure of each measure: the newest reason there is, else that it is missing."""
    if not measures:
        return {}
    known = said.facts_of(urn).facts
    gaps = [c for c in said.candidates(urn) if isinstance(c.value, Gap)]
    return {m.id: _newest_reason(c for c in gaps if _is_of(c, m, known)) for m in measures}


def _is_of(gap: Candidate, measure: Measure, known: Mapping[str, Fact]) -> bool:
    """Whether a gap is in what the measure is, or in something it is worked out from that nobody else gives."""
    if measure.entry:
        return gap.fact == measure.fact and gap.field in ("", measure.entry)
    return gap.fact in _rests_on(measure.fact) and gap.fact not in known


@lru_cache
def _rests_on(fact: str) -> frozenset[str]:
    return resting_on((fact,))


def _newest_reason(gaps: Iterable[Candidate]) -> str:
    """Of two as new as each other, the one that tells more than a blank does."""
    said = ((c.source.newness, c.value.reason != MISSING.reason, c.value.reason) for c in gaps)
    return max(said, default=(None, False, MISSING.reason))[2]
