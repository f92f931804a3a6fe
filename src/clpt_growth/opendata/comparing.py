"""Every school of a folder made ready to be compared, by the rules in their file."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from clpt_growth.files.disk import read_node
from clpt_growth.files.problems import InputError, Problem
from clpt_growth.files.shapes import shaped
from clpt_growth.files.shipped import shipped
from clpt_growth.files.yaml_text import plain
from clpt_growth.model.case import PHASE
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.fact import Fact
from clpt_growth.opendata.catalogue import Catalogue
from clpt_growth.opendata.cells import number_in, urn_in
from clpt_growth.opendata.comparisons import Compared, Comparisons, measured
from clpt_growth.opendata.every_school import NAME, REGION, EverySchool, entries, resting_on
from clpt_growth.opendata.recognise import Found, Table
from clpt_growth.opendata.registers import cells_of

FILE = "comparisons.yaml"
_PUPILS, _MEALS = "school.roll.pupils_count", "school.intake.free_meals_share"
_PLANS, _SUPPORT = "school.intake.ehcp_share", "school.intake.sen_support_share"
_NEEDS = "special-needs"


class Everyone(NamedTuple):
    """All schools to compare, the tables they are from, and all that those tables say of them."""

    schools: tuple[Compared, ...]
    tables: tuple[Table, ...]
    unused: tuple[Table, ...]
    said: EverySchool


def comparisons(workspace: Path | None = None) -> Comparisons:
    """The rules of comparison, the trust's own where it has them; raises `InputError` with what is wrong in them."""
    own = workspace / "principles" / FILE if workspace is not None else None
    path, shown = (
        (own, str(own)) if own is not None and own.is_file() else (shipped("principles") / FILE, f"principles/{FILE}")
    )
    node, _ = read_node(path, shown_as=shown)
    problems: list[Problem] = []
    found = shaped(Comparisons, plain(node), node, shown, problems)
    if found is None:
        raise InputError(problems)
    return found


def everyone(found: Found, known: Catalogue, dictionary: Dictionary, rule: Comparisons, *, as_of: date) -> Everyone:
    """Open state schools; raises `InputError` where the folder holds no register."""
    asked = (NAME, PHASE, REGION, _PUPILS, _MEALS, _PLANS, _SUPPORT, *(m.fact for m in rule.measures))
    keep = EverySchool(found, known, dictionary, resting_on(asked), as_of=as_of)
    urns = [u for u, e in entries(found, known, dictionary).items() if e.is_open and e.is_state_school]
    keep.draw(frozenset(urns))
    needs = _needs(found, rule)
    made = (_compared(urn, keep.facts_of(urn).facts, needs.get(urn, {}), rule) for urn in urns)
    return Everyone(tuple(made), keep.tables, keep.unused, keep)


def _compared(urn: str, facts: Mapping[str, Fact], needs: Mapping[str, Decimal], rule: Comparisons) -> Compared:
    shares = (("pupils", _PUPILS), ("free_meals", _MEALS))
    likeness = {name: Decimal(facts[fact].value) for name, fact in shares if fact in facts}
    if _PLANS in facts and _SUPPORT in facts:
        likeness["special_needs"] = facts[_PLANS].value + facts[_SUPPORT].value

    def words(name: str) -> str:
        return str(facts[name].value) if name in facts else ""

    return Compared(
        urn, words(NAME), words(PHASE), words(REGION), measured(facts, rule.measures), likeness | dict(needs)
    )


def _needs(found: Found, rule: Comparisons) -> dict[str, dict[str, Decimal]]:
    """Pupils with a plan by main type of need, as a share of all pupils, from the newest table that has them."""
    names = rule.neighbours.special.needs
    shares: dict[str, dict[str, Decimal]] = {}
    for table in (t for t in found.holding("schools") if t.dataset.id == _NEEDS):
        for cells in cells_of(table, "urn", "pupils", *names):
            urn, pupils = urn_in(cells["urn"]), number_in(cells["pupils"])
            if urn and urn not in shares and pupils is not None and pupils.value > 0:
                counts = {n: number_in(cells[n]) for n in names}
                shares[urn] = {f"need_{n}": c.value / pupils.value for n, c in counts.items() if c is not None}
    return shares


def school_among(urn: str, schools: Iterable[Compared]) -> Compared | None:
    """The school of that number; None where it is not among them."""
    return next((s for s in schools if s.urn == urn), None)
