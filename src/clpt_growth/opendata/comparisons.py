"""Where a school stands among others: groups, quantiles, statistical neighbours, and its place with the number."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from statistics import median
from typing import Any, Literal, NamedTuple

from clpt_growth.model.fact import Fact
from clpt_growth.model.nought import NOUGHT


@dataclass(frozen=True, kw_only=True)
class Measure:
    """Something schools are compared by: a fact, or one entry of the newest record of a list."""

    id: str
    title: str
    fact: str
    entry: str = ""


@dataclass(frozen=True, kw_only=True)
class PhaseGroup:
    """Phases compared together, and the sizes they are split into: pupils from, to below."""

    id: str
    title: str
    phases: tuple[str, ...]
    sizes: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, kw_only=True)
class SpecialWeights:
    """How special schools are matched: weights, and the types of need that count."""

    weights: Mapping[str, Decimal]
    needs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class NeighbourRule:
    """The method of statistical neighbours, with its weights."""

    reference: str
    nearest: int
    set_size: int
    prefer: Literal["same region"]
    weights: Mapping[str, Decimal]
    special: SpecialWeights


@dataclass(frozen=True, kw_only=True)
class Comparisons:
    """Everything in `principles/comparisons.yaml`."""

    version: str
    quantiles: tuple[int, ...]
    least_schools: int
    measures: tuple[Measure, ...]
    groups: tuple[PhaseGroup, ...]
    free_meals_bands: int
    neighbours: NeighbourRule
    like_in_size_share: Decimal


class Compared(NamedTuple):
    """One school as comparisons see it; a measure that is not known is not there.

    `likeness` holds what schools are matched by: pupils, free meals, special needs and types of need.
    """

    urn: str
    name: str
    phase: str
    region: str
    values: Mapping[str, Decimal]
    likeness: Mapping[str, Decimal]


class Table(NamedTuple):
    """One group of schools, whole or one band of it: for each measure, how many schools have it and its quantiles.

    `pupils` are from and to below; `free_meals` are shares from and to below, the highest band with its end.
    """

    group: str
    pupils: tuple[int, int] | None
    free_meals: tuple[Decimal, Decimal] | None
    schools: int
    measures: Mapping[str, tuple[int, tuple[Decimal, ...]]]


class Neighbour(NamedTuple):
    """A school of a set of comparators and how far it is; the school itself is at nought."""

    school: Compared
    distance: Decimal


class Position(NamedTuple):
    """Where a value stands: the share of the set, itself included, that is no higher, and how many have it."""

    measure: Measure
    value: Decimal
    at_or_below_share: Decimal
    number: int
    middle: Decimal


def measured(facts: Mapping[str, Fact], measures: Sequence[Measure]) -> dict[str, Decimal]:
    """The measures that are known of a school."""
    return {m.id: value for m in measures if (value := _value(facts.get(m.fact), m.entry)) is not None}


def _value(fact: Fact | None, entry: str) -> Decimal | None:
    if fact is None or not fact.applies or fact.bound:
        return None
    value: Any = newest_record(fact).get(entry) if entry else fact.value
    return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def newest_record(fact: Fact) -> Mapping[str, Any]:
    """The record of the latest year, wherever it stands in the list; empty where the list is."""
    return max(fact.value, key=lambda record: str(record.get("year") or ""), default={})


def quantile(ordered: Sequence[Decimal], hundredth: int) -> Decimal:
    """A quantile of values in rising order, in a straight line between the two nearest; there must be a value."""
    place = Decimal(hundredth) / 100 * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def tables(schools: Sequence[Compared], rule: Comparisons) -> Iterator[Table]:
    """Each group whole, then by size, then by free meals; groups too small to show are left out."""
    for group in rule.groups:
        of_group = [s for s in schools if s.phase in group.phases]
        yield from _table(group.title, of_group, rule)
        for low, high in group.sizes:
            sized = [s for s in of_group if low <= s.likeness.get("pupils", Decimal(-1)) < high]
            yield from _table(group.title, sized, rule, pupils=(low, high))
        yield from _by_free_meals(group.title, of_group, rule)


def _by_free_meals(title: str, schools: Sequence[Compared], rule: Comparisons) -> Iterator[Table]:
    known = [s for s in schools if "free_meals" in s.likeness]
    if len(known) < rule.least_schools * rule.free_meals_bands:
        return
    ordered = sorted(s.likeness["free_meals"] for s in known)
    edges = [quantile(ordered, 100 * n // rule.free_meals_bands) for n in range(rule.free_meals_bands + 1)]
    for low, high in pairwise(edges):
        last = high == edges[-1]
        band = [s for s in known if low <= s.likeness["free_meals"] and (s.likeness["free_meals"] < high or last)]
        yield from _table(title, band, rule, free_meals=(low, high))


def _table(
    title: str,
    schools: Sequence[Compared],
    rule: Comparisons,
    *,
    pupils: tuple[int, int] | None = None,
    free_meals: tuple[Decimal, Decimal] | None = None,
) -> Iterator[Table]:
    if len(schools) < rule.least_schools:
        return
    found = {}
    for measure in rule.measures:
        values = sorted(s.values[measure.id] for s in schools if measure.id in s.values)
        if len(values) >= rule.least_schools:
            found[measure.id] = (len(values), tuple(quantile(values, q) for q in rule.quantiles))
    yield Table(title, pupils, free_meals, len(schools), found)


def neighbours(school: Compared, schools: Iterable[Compared], rule: Comparisons) -> tuple[Neighbour, ...]:
    """Statistical neighbours, the school itself among them and each once; nearest first.

    Candidates lack nothing they are matched by. Of the nearest, those of the same region come first, then the rest.
    Empty where the school itself lacks something it would be matched by.
    """
    group = group_of(school, rule)
    weights, needs = _matched_by(school, rule)
    asked = (*weights, *needs)
    if group is None or any(name not in school.likeness for name in asked):
        return ()
    pool = [s for s in schools if s.phase in group.phases and all(name in s.likeness for name in asked)]
    ranges = {name: _range(s.likeness[name] for s in [*pool, school]) for name in asked}
    far = [Neighbour(s, _distance(school, s, ranges, weights, needs)) for s in pool if s.urn != school.urn]
    near = sorted(far, key=lambda n: (n.distance, n.school.urn))[: rule.neighbours.nearest]
    same = [n for n in near if n.school.region == school.region]
    chosen = [*same, *(n for n in near if n.school.region != school.region)][: rule.neighbours.set_size - 1]
    return (Neighbour(school, NOUGHT), *sorted(chosen, key=lambda n: (n.distance, n.school.urn)))


def _matched_by(school: Compared, rule: Comparisons) -> tuple[Mapping[str, Decimal], tuple[str, ...]]:
    """Special schools are matched by their types of need as well."""
    if school.phase == "special":
        return rule.neighbours.special.weights, tuple(f"need_{n}" for n in rule.neighbours.special.needs)
    return rule.neighbours.weights, ()


def _range(values: Iterable[Decimal]) -> Decimal:
    found = list(values)
    return max(found) - min(found)


def _distance(
    one: Compared, other: Compared, ranges: Mapping[str, Decimal], weights: Mapping[str, Decimal], needs: Sequence[str]
) -> Decimal:
    """Weighted differences, each as a share of its range; for special schools the types of need are added."""

    def part(name: str) -> Decimal:
        apart = one.likeness[name] - other.likeness[name]
        return (apart / ranges[name]) ** 2 if ranges[name] else NOUGHT

    weighed = sum((weight * part(name) for name, weight in weights.items()), NOUGHT)
    return weighed.sqrt() + sum((part(name) for name in needs), NOUGHT).sqrt()


def alike(school: Compared, schools: Iterable[Compared], rule: Comparisons) -> tuple[Neighbour, ...]:
    """Schools of the same phases, region and about the same size, the school itself among them."""
    group, own = group_of(school, rule), school.likeness.get("pupils")
    if group is None or own is None:
        return ()
    reach = own * rule.like_in_size_share
    near = [
        Neighbour(s, abs(s.likeness["pupils"] - own))
        for s in schools
        if s.urn != school.urn and s.phase in group.phases and s.region == school.region
        and "pupils" in s.likeness and abs(s.likeness["pupils"] - own) <= reach
    ]  # fmt: skip
    return (Neighbour(school, NOUGHT), *sorted(near, key=lambda n: (n.distance, n.school.urn)))


def group_of(school: Compared, rule: Comparisons) -> PhaseGroup | None:
    return next((g for g in rule.groups if school.phase in g.phases), None)


def positions(school: Compared, among: Sequence[Neighbour], measures: Sequence[Measure]) -> Iterator[Position]:
    """The school's place in a set for each measure that it has."""
    for measure in measures:
        values = [n.school.values[measure.id] for n in among if measure.id in n.school.values]
        own = school.values.get(measure.id)
        if own is None or not values:
            continue
        below = sum(1 for v in values if v <= own)
        yield Position(measure, own, Decimal(below) / len(values), len(values), median(values))
