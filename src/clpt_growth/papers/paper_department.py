"""The Department's own headings for a school that joins, as far as this case fills them."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from clpt_growth.model.dictionary import FactKind
from clpt_growth.model.fact import Fact
from clpt_growth.papers.view import Reader, table
from clpt_growth.papers.wording import labelled, yes_no

# A heading, and the Department's service that asks for it.
Heading = tuple[str, str]
_HEADS = ("Heading", "Asked in", "Entry")
_ROUTE = "case.proposal.route"


def department_side(reader: Reader, layout: Mapping[str, Any]) -> dict[str, Any]:
    """Each heading of the services this route goes through, as the dictionary and the layout say what answers it."""
    rules = layout["department"]
    services = _services(reader, rules["services"])
    entries = [*_asked_of_facts(reader, services), *_answers(reader, rules["answers"], services)]
    empty = [heading for (heading, _), words in entries if not words]
    return {
        "department": table(_HEADS, ((*heading, words) for heading, words in entries if words)),
        "department_proposed": reader.assessment.row.propose.value,
        "department_empty": "; ".join(dict.fromkeys([*empty, *rules["never"]])),
    }


def _services(reader: Reader, rules: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """The services the route goes through; every one where the route is not known."""
    route = reader.value(_ROUTE, "")
    return [rule for rule in rules if not route or route in rule["routes"]]


def _taken(heading: Heading, services: Sequence[Mapping[str, Any]]) -> bool:
    """A service that names no headings takes them all."""
    name, asked_in = heading
    return any(rule["service"] == asked_in and name in rule.get("only", [name]) for rule in services)


def _asked_of_facts(reader: Reader, services: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Heading, str]]:
    headings: dict[Heading, list[FactKind]] = {}
    for kind in reader.dictionary.kinds.values():
        name, _, service = kind.dfe.removesuffix(")").rpartition(" (")
        if _taken((name, service), services) and _arises(kind, reader):
            headings.setdefault((name, service), []).append(kind)
    return ((heading, _entry(reader, kinds)) for heading, kinds in headings.items())


def _arises(kind: FactKind, reader: Reader) -> bool:
    """Left out where the question is not asked of the school's phase; what a person says does not apply is told."""
    fact = reader.assessment.facts.get(kind.name)
    return fact is None or fact.applies or kind.name in reader.assessment.case.facts


def _entry(reader: Reader, kinds: Sequence[FactKind]) -> str:
    """Nothing where no fact under the heading is in evidence."""
    if not any(kind.name in reader.assessment.facts for kind in kinds):
        return ""
    said = [(kind, _words(kind, reader)) for kind in kinds]
    return said[0][1] if len(said) == 1 else "; ".join(labelled(kind.label, words) for kind, words in said)


def _words(kind: FactKind, reader: Reader) -> str:
    fact = reader.fact(kind.name)
    return reader.value(kind.name) + (", in the school file" if fact is not None and kind.kind == "records" else "")


def _answers(
    reader: Reader, rules: Sequence[Mapping[str, Any]], services: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[Heading, str]]:
    """Headings that ask yes or no of a fact that is itself no such answer, or the opposite one."""
    for rule in rules:
        heading = (rule["heading"], rule["service"])
        if _taken(heading, services):
            fact = reader.fact(rule["fact"])
            yield heading, "" if fact is None else _answer(fact, rule, reader)


def _answer(fact: Fact, rule: Mapping[str, Any], reader: Reader) -> str:
    shown = reader.shown(fact)
    yes = fact.value < Decimal(rule["yes_below"]) if "yes_below" in rule else shown == rule["yes_where"]
    return f"{yes_no(yes)} ({labelled(reader.label(fact.name), shown)})"
