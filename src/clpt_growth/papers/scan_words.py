"""A scan of every school as a page, as CSV and as published JSON, school by school so that nothing piles up."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from textwrap import fill
from typing import Any, NamedTuple

from clpt_growth import __version__
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.fact import Fact
from clpt_growth.opendata.scan import Asked, Scan, Scanned, Topic
from clpt_growth.papers.csv_text import csv_text
from clpt_growth.papers.json_text import value_of
from clpt_growth.papers.wording import WIDTH, decimal, fact_value, label, listed, outcome_words, plural

_NAME, _TYPE, _PHASE = "school.identity.name", "school.identity.type", "school.identity.phase"
_AUTHORITY, _TRUST = "school.identity.local_authority", "school.identity.current_trust"
_WHO = (("name", _NAME), ("phase", _PHASE), ("type", _TYPE), ("local_authority", _AUTHORITY), ("trust", _TRUST))


class Page(NamedTuple):
    """What every form of a scan needs besides its schools."""

    scan: Scan
    asked: Asked
    says: str
    trust: str
    as_of: date
    dictionary: Dictionary
    suppress_below: int


def scan_lines(page: Page) -> Iterator[str]:
    """The list as text: what it rests on, then a few lines for each school."""
    yield f"SCAN of {plural(page.scan.considered, 'open state school')} at {page.as_of.isoformat()}\n"
    yield _wrapped(page.says, "", "")
    yield _wrapped(f"Listed: {_asked_words(page.asked)}.", "", "  ")
    yield "Distances are in a straight line, to the nearest academy of the trust.\n"
    for table in page.scan.tables:
        yield _wrapped(f"{table.shown}: {table.cited}", "  ", "    ")
    for table in page.scan.unused:
        yield _wrapped(f"not used: {table.shown}: its year is not known", "  ", "    ")
    number = 0
    for school in page.scan.schools:
        number += 1
        yield from _school_lines(school, page)
    yield f"\n{plural(number, 'school')} listed.\n"


def _asked_words(asked: Asked) -> str:
    parts = [
        f"phase {listed(asked.phases, 'or')}" if asked.phases else "",
        f"in {listed((a.title() for a in asked.authorities), 'or')}" if asked.authorities else "",
        f"within {decimal(asked.within_miles)} miles" if asked.within_miles is not None else "",
        f"short of a line on {listed(asked.needs, 'or')}" if asked.needs else "",
    ]
    return listed(p for p in parts if p) or "every one"


def _school_lines(school: Scanned, page: Page) -> Iterator[str]:
    who = ", ".join(_words(school, name, page) for _, name in _WHO[1:] if _said(school, name))
    far = f", {school.near.miles} miles from URN {school.near.urn}" if school.near is not None else ""
    yield f"\n{school.urn}  {_words(school, _NAME, page)}\n" + _wrapped(f"{who}{far}", "  ", "  ")
    for topic in page.scan.topics:
        known = [f"{label(n, page.dictionary)} {_words(school, n, page)}" for n in topic.shows if _said(school, n)]
        beside = [f"{p.id} {outcome_words(school.outcomes[p.id]).lower()}" for p in topic.lines]
        missing = [label(n, page.dictionary) for n in topic.shows if n in school.unknown]
        words = "; ".join([*known, *([f"not known: {', '.join(missing)}"] if missing else [])])
        lines = f"  [{', '.join(beside)}]" if beside else ""
        yield _wrapped(f"{words or 'does not arise'}{lines}", f"  {topic.title:<11}", " " * 13)


def _wrapped(words: str, first: str, rest: str) -> str:
    return fill(words, WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False) + "\n"


def _said(school: Scanned, name: str) -> bool:
    return name in school.facts and school.facts[name].applies


def _words(school: Scanned, name: str, page: Page) -> str:
    fact = school.facts.get(name)
    if fact is None:
        return "not known"
    if page.dictionary.kinds[name].kind == "records":
        return _latest_record(fact)
    return fact_value(fact, page.dictionary, suppress_below=page.suppress_below, beside=school.facts)


def _latest_record(fact: Fact) -> str:
    """The newest year's main figure; a small year group is in the JSON with its number."""
    record: Mapping[str, Any] = fact.value[0]
    main = next((n for n in ("expected_share", "attainment_8") if n in record), "")
    value = value_of(record[main]) if main else "no figure"
    shown = f"{value * 100:g}%" if main == "expected_share" else str(value)
    return f"{record['year']}: {shown}"


def scan_csv(page: Page) -> Iterator[str]:
    """One line a school: who it is, each fact, each line's outcome, and what is not known."""
    names = tuple(dict.fromkeys(n for t in page.scan.topics for n in t.shows))
    lines = tuple(p.id for t in page.scan.topics for p in t.lines)
    shown = (n.partition(".")[2] for n in names)
    heads = ["urn", *(head for head, _ in _WHO), "miles", "nearest_academy", *shown, *lines, "not_known"]
    yield csv_text(heads, [])
    for school in page.scan.schools:
        yield csv_text((), [_csv_row(school, names, lines)]).partition("\n")[2]


def _csv_row(school: Scanned, names: Sequence[str], lines: Sequence[str]) -> list[Any]:
    near = school.near
    return [
        school.urn,
        *(_cell(school.facts.get(name)) for _, name in _WHO),
        near.miles if near is not None else None,
        near.urn if near is not None else None,
        *(_cell(school.facts.get(name)) for name in names),
        *(school.outcomes[id_].value for id_ in lines),
        "; ".join(f"{name.partition('.')[2]}: {why}" for name, why in school.unknown.items()) or None,
    ]


def _cell(fact: Fact | None) -> Any:
    if fact is None or not fact.applies:
        return None
    if isinstance(fact.value, tuple):
        return _latest_record(fact)
    value = value_of(fact.value)
    return "yes" if value is True else "no" if value is False else value


def scan_json(page: Page) -> Iterator[str]:
    """`clpt-growth/scan/v1`: one object, with a line for each school."""
    head = {
        "schema": "clpt-growth/scan/v1",
        "tool_version": __version__,
        "as_of": page.as_of.isoformat(),
        "trust": {"name": page.trust or None},
        "says": page.says,
        "asked": {
            "phases": list(page.asked.phases),
            "authorities": list(page.asked.authorities),
            "within_miles": value_of(page.asked.within_miles),
            "needs": list(page.asked.needs),
        },
        "tables": [{"file": t.shown, "dataset": t.dataset.id, "vintage": str(t.vintage)} for t in page.scan.tables],
        "considered": page.scan.considered,
    }
    yield json.dumps(head, ensure_ascii=False, indent=2).removesuffix("\n}") + ',\n  "schools": ['
    between = "\n    "
    for school in page.scan.schools:
        yield between + _visible(json.dumps(_school_object(school, page.scan.topics), ensure_ascii=False))
        between = ",\n    "
    yield "\n  ]\n}\n"


def _visible(line: str) -> str:
    return line if line.isprintable() else json.dumps(json.loads(line))


def _school_object(school: Scanned, topics: Sequence[Topic]) -> dict[str, Any]:
    near = school.near
    return {
        "urn": school.urn,
        **{head: _text(school.facts.get(name)) for head, name in _WHO},
        "near": {"miles": value_of(near.miles), "urn": near.urn, "how": "straight line"} if near is not None else None,
        "topics": [_topic_object(topic, school) for topic in topics],
    }


def _text(fact: Fact | None) -> str | None:
    return str(fact.value) if fact is not None and fact.applies else None


def _topic_object(topic: Topic, school: Scanned) -> dict[str, Any]:
    return {
        "id": topic.id,
        "known": [_fact_object(school.facts[n], school.facts) for n in topic.shows if n in school.facts],
        "not_known": [{"fact": n, "why": school.unknown[n]} for n in topic.shows if n in school.unknown],
        "lines": [{"id": p.id, "outcome": school.outcomes[p.id].value} for p in topic.lines],
    }


def _fact_object(fact: Fact, facts: Mapping[str, Fact]) -> dict[str, Any]:
    return {
        "fact": fact.name,
        "value": value_of(fact.value),
        "source": "; ".join(dict.fromkeys(_sources(fact, facts))) or None,
        "dated": fact.dated.isoformat() if fact.dated else None,
        **({"note": fact.note} if fact.note else {}),
        **({"derived_from": list(fact.derived_from)} if fact.derived_from else {}),
    }


def _sources(fact: Fact, facts: Mapping[str, Fact]) -> Iterator[str]:
    """Where a fact is from: of one worked out, where its parts are from."""
    for name in fact.derived_from:
        if name in facts:
            yield from _sources(facts[name], facts)
    if isinstance(fact.value, tuple) and not fact.derived_from:
        yield from (str(record["source"]) for record in fact.value if isinstance(record, dict) and "source" in record)
    elif fact.source and not fact.derived_from:
        yield fact.source
