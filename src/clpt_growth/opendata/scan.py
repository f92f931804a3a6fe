"""Every state school in the register beside the lines of first triage, in one pass and bounded memory."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from clpt_growth.files.problems import did_you_mean, problem_with
from clpt_growth.judging.findings import judge_of
from clpt_growth.judging.ways import Judge
from clpt_growth.model.case import PHASE
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.fact import Fact
from clpt_growth.model.outcome import SHORT, Outcome, outcome_of
from clpt_growth.model.principle import Principle
from clpt_growth.model.rules import Library
from clpt_growth.opendata.catalogue import Catalogue
from clpt_growth.opendata.cells import urn_in
from clpt_growth.opendata.every_school import AUTHORITY, Entry, EverySchool, entries, resting_on
from clpt_growth.opendata.recognise import Found, Table

IDENTITY = tuple(
    f"school.identity.{name}"
    for name in ("name", "urn", "phase", "type", "age_low", "sixth_form", "local_authority", "region", "current_trust")
)
_METRES_A_MILE = Decimal("1609.344")
_FURTHEST = Decimal(10_000)


class Topic(NamedTuple):
    """One side of a school in a first look: the facts shown, and the principles whose lines are laid beside them."""

    id: str
    title: str
    shows: tuple[str, ...]
    lines: tuple[Principle, ...]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which schools are listed; an empty tuple leaves none out. `within_miles` is in a straight line."""

    phases: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    within_miles: Decimal | None = None
    needs: tuple[str, ...] = ()


class Near(NamedTuple):
    """The trust's nearest academy, in miles in a straight line."""

    miles: Decimal
    urn: str


class Scanned(NamedTuple):
    """One school of the list: what is known, how it stands beside each line, and why the rest is not known."""

    urn: str
    facts: Mapping[str, Fact]
    outcomes: Mapping[str, Outcome]
    unknown: Mapping[str, str]
    near: Near | None


class Scan(NamedTuple):
    """A scan under way: what it rests on, and its schools one after another."""

    topics: tuple[Topic, ...]
    tables: tuple[Table, ...]
    unused: tuple[Table, ...]
    considered: int
    schools: Iterator[Scanned]


class _School(NamedTuple):
    """A school that passed the filters that the register alone can answer."""

    urn: str
    near: Near | None


def scan(
    found: Found,
    known: Catalogue,
    library: Library,
    topics: Sequence[Topic],
    asked: Asked,
    *,
    own: Sequence[str],
    as_of: date,
) -> Scan:
    """Begin a scan; `own` are the numbers of the trust's academies, from which distances are taken.

    Raises `InputError` where the folder holds no register, or the register no council asked for.
    """
    wanted = _wanted(topics)
    considered, schools = _passing(entries(found, known, library.dictionary), asked, own)
    keep = EverySchool(found, known, library.dictionary, wanted, as_of=as_of)
    keep.draw(frozenset(s.urn for s in schools))
    lines = {p.id: judge_of(p, as_of) for topic in topics for p in topic.lines}
    judged = _judged(schools, keep, topics, lines, asked)
    return Scan(tuple(topics), keep.tables, keep.unused, considered, judged)


def _wanted(topics: Sequence[Topic]) -> frozenset[str]:
    """Every fact a scan shows or judges by, and what those rest on."""
    shown = (name for topic in topics for name in topic.shows)
    judged = (name for topic in topics for p in topic.lines for name in p.facts_read)
    return resting_on((*IDENTITY, *shown, *judged))


def _passing(entries: Mapping[str, Entry], asked: Asked, own: Sequence[str]) -> tuple[int, list[_School]]:
    """Open state schools that the filters let through, nearest first, and how many there were to begin with."""
    homes = {urn: e.place for urn in own if (e := entries.get(urn)) is not None and e.place is not None}
    if asked.within_miles is not None and not homes:
        todo = "name the trust file, with its academies' numbers, and a register that has them"
        raise problem_with("--within", "no academy of the trust has a place in the register", todo)
    _councils_there(asked.authorities, entries)
    considered, passing = 0, []
    for urn, entry in entries.items():
        if not entry.is_open or urn in own or not entry.is_state_school:
            continue
        considered += 1
        near = _nearest(entry.place, homes)
        if _asked_for(entry.said, near, asked):
            passing.append(_School(urn, near))
    passing.sort(key=lambda s: (s.near.miles if s.near is not None else _FURTHEST, s.urn))
    return considered, passing


def _councils_there(asked: Sequence[str], entries: Mapping[str, Entry]) -> None:
    """A name that the register does not have would find nobody, and read as if there were none."""
    names = dict.fromkeys(e.said[AUTHORITY] for e in entries.values() if AUTHORITY in e.said)
    known = {name.casefold(): name for name in names}
    if strange := [name for name in asked if name not in known]:
        todo = did_you_mean(strange[0].title(), tuple(names), "write the council's name as the register has it")
        raise problem_with("--authority", f'"{strange[0].title()}" is no council in the register', todo)


def _asked_for(said: Mapping[str, str], near: Near | None, asked: Asked) -> bool:
    return (
        (not asked.phases or said.get(PHASE) in asked.phases)
        and (not asked.authorities or said.get(AUTHORITY, "").casefold() in asked.authorities)
        and (asked.within_miles is None or (near is not None and near.miles <= asked.within_miles))
    )


def _nearest(place: tuple[int, int] | None, homes: Mapping[str, tuple[int, int]]) -> Near | None:
    if place is None or not homes:
        return None
    squares = ((h[0] - place[0]) ** 2 + (h[1] - place[1]) ** 2 for h in homes.values())
    square, urn = min(zip(squares, homes, strict=True))
    return Near((Decimal(square).sqrt() / _METRES_A_MILE).quantize(Decimal("0.1")), urn)


def _judged(
    schools: Sequence[_School], keep: EverySchool, topics: Sequence[Topic], lines: Mapping[str, Judge], asked: Asked
) -> Iterator[Scanned]:
    for school in schools:
        said = keep.facts_of(school.urn)
        outcomes = {id_: outcome_of(judge(said.facts)) for id_, judge in lines.items()}
        if asked.needs and not _short_of(outcomes, topics, asked.needs):
            continue
        reasons = {r.fact: r.words for r in said.remarks}
        unknown = _unknown(said.facts, reasons, topics, keep.dictionary)
        yield Scanned(school.urn, said.facts, outcomes, unknown, school.near)


def _short_of(outcomes: Mapping[str, Outcome], topics: Sequence[Topic], needs: Sequence[str]) -> bool:
    return any(outcomes[p.id] in SHORT for t in topics if t.id in needs for p in t.lines)


def _unknown(
    facts: Mapping[str, Fact], reasons: Mapping[str, str], topics: Sequence[Topic], dictionary: Dictionary
) -> dict[str, str]:
    """Why each fact that arises for the school's phase is not known."""
    phase = facts[PHASE].value if PHASE in facts else ""
    asked = (n for t in topics for n in t.shows if not (phase and dictionary.kinds[n].says_nothing_about(phase)))
    return {name: reasons.get(name, "no table gives it") for name in asked if name not in facts}


def academies_of(facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """The numbers of a trust's academies, as its file lists them."""
    fact = facts.get("trust.academies")
    records: Sequence[Mapping[str, Any]] = fact.value if fact is not None and fact.applies else ()
    return tuple(urn for r in records if (urn := urn_in(str(r.get("urn", "")))))
