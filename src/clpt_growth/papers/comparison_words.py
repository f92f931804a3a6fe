"""Quantile tables of groups of schools, and one school's place among those like it, in words and as CSV."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from textwrap import fill
from typing import NamedTuple

from clpt_growth.model.dictionary import Dictionary, FactKind
from clpt_growth.opendata.comparing import Everyone
from clpt_growth.opendata.comparisons import Compared, Comparisons, Measure, Neighbour, Position, Table, group_of
from clpt_growth.papers.csv_text import csv_text
from clpt_growth.papers.json_text import value_of
from clpt_growth.papers.wording import WIDTH, decimal, listed, percent, plural, rounded, value_words

_LIKENESS = {"pupils": "pupils", "free_meals": "share on free meals", "special_needs": "share with special needs"}
_NO_UPPER_END = 100_000
_NO_COLOUR = "A place among others is no judgement and has no colour; the lines to judge by are in the packs."


class Rules(NamedTuple):
    """What the words need besides the schools."""

    rule: Comparisons
    dictionary: Dictionary


def tables_lines(found: Sequence[Table], of: Everyone, rules: Rules) -> Iterator[str]:
    """Each group with its measures, after what they rest on."""
    yield f"BENCHMARKS of {plural(len(of.schools), 'open state school')}"
    yield "Quantiles are read off in a straight line between two schools; n is how many schools have the figure."
    yield f"Groups of fewer than {rules.rule.least_schools} schools are left out. {_NO_COLOUR}"
    yield from _rests_on(of)
    for table in found:
        yield from ["", f"{_group_words(table)}: {plural(table.schools, 'school')}"]
        heads = ["", "n", *(f"{q}%" for q in rules.rule.quantiles)]
        rows = [
            [m.title, f"{n:,}", *(measure_words(value, m, rules.dictionary) for value in values)]
            for m in rules.rule.measures
            if m.id in table.measures
            for n, values in [table.measures[m.id]]
        ]
        yield from _columns([heads, *rows])


def _rests_on(of: Everyone) -> Iterator[str]:
    yield from (f"  {table.shown}: {table.cited}" for table in of.tables)
    yield from (f"  not used: {table.shown}: its year is not known" for table in of.unused)


def _group_words(table: Table) -> str:
    if table.pupils is not None:
        low, high = table.pupils
        reach = f"{low:,} pupils or more" if high >= _NO_UPPER_END else f"{low:,} to {high - 1:,} pupils"
        return f"{table.group}, {reach}"
    if table.free_meals is not None:
        return f"{table.group}, {' to '.join(percent(share) for share in table.free_meals)} on free meals"
    return table.group


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows under each other: words to the left, figures to the right."""
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    for first, *rest in rows:
        cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))]
        yield f"  {'  '.join(cells)}".rstrip()


def _kind(measure: Measure, dictionary: Dictionary) -> FactKind:
    kind = dictionary.kinds[measure.fact]
    return kind.field_named[measure.entry] if measure.entry else kind


def measure_words(value: Decimal, measure: Measure, dictionary: Dictionary) -> str:
    """A value of a measure in its own unit."""
    kind = _kind(measure, dictionary)
    if kind.kind in ("pounds", "count"):
        return value_words(int(rounded(value, 0)), kind)
    return decimal(value) if kind.kind == "number" else value_words(value, kind)


def tables_csv(found: Sequence[Table], rules: Rules) -> str:
    """One line for each group and measure."""
    heads = (
        "group",
        "pupils_from",
        "pupils_below",
        "free_meals_from",
        "free_meals_to",
        "schools",
        "measure",
        "fact",
        "n",
    )
    rows = [
        [
            table.group, *(table.pupils or (None, None)), *map(value_of, table.free_meals or (None, None)),
            table.schools, m.id, m.fact, n, *map(value_of, values),
        ]
        for table in found for m in rules.rule.measures if m.id in table.measures
        for n, values in [table.measures[m.id]]
    ]  # fmt: skip
    return csv_text([*heads, *(f"q{q}" for q in rules.rule.quantiles)], rows)


def place_lines(
    school: Compared,
    sets: Sequence[tuple[str, Sequence[Neighbour], Sequence[Position]]],
    of: Everyone,
    rules: Rules,
) -> Iterator[str]:
    """One school among each set of schools like it: the method, the schools, and where it stands."""
    yield f"{school.name or school.urn} (URN {school.urn}) among schools like it"
    yield _NO_COLOUR
    yield from _rests_on(of)
    for method, among, places in sets:
        yield from ["", *_method(method, school, rules.rule)]
        if len(among) < 2:
            yield f"  No comparison: {lacking_words(method, school, rules.rule)}."
            continue
        yield f"  Schools: {plural(len(among), 'school')}, this one among them, each once."
        yield from _columns([["", "value", "middle", "no higher", "n"], *(_place(p, rules.dictionary) for p in places)])
        yield "  The schools, nearest first:"
        yield from (f"    {n.school.urn}  {n.school.name}  {_far(method, n)}" for n in among[1:])


def _place(place: Position, dictionary: Dictionary) -> list[str]:
    value, middle = (measure_words(v, place.measure, dictionary) for v in (place.value, place.middle))
    return [place.measure.title, value, middle, percent(place.at_or_below_share, 0), str(place.number)]


def _far(method: str, neighbour: Neighbour) -> str:
    distance = neighbour.distance
    return f"distance {rounded(distance, 3)}" if method == "neighbours" else f"{decimal(distance)} pupils apart"


_TITLES = {
    "neighbours": "STATISTICAL NEIGHBOURS (Department for Education, Financial Benchmarking and Insights Tool)",
    "phase": "PHASE, REGION AND SIZE",
}


def _method(method: str, school: Compared, rule: Comparisons) -> Iterator[str]:
    yield _TITLES[method]
    if method == "phase":
        yield f"  {method_words(method, school, rule)}"
        return
    yield fill(method_words(method, school, rule), WIDTH, initial_indent="  ", subsequent_indent="  ")
    yield f"  Its own: {matched_words(school, rule) or 'not known'}."


def method_words(method: str, school: Compared, rule: Comparisons) -> str:
    """How the schools of a set are found."""
    group = group_of(school, rule)
    phases = group.title.lower() if group is not None else "same"
    if method == "phase":
        reach = percent(rule.like_in_size_share, 0)
        return f"{phases.capitalize()} schools of the same region, with pupils within {reach} of its own."
    parts = listed(f"{weight.normalize():f} for {_LIKENESS[name]}" for name, weight in _weights(school, rule).items())
    sum_of = "of their sum; the root of the same for types of need is added" if _by_need(school) else "of their sum"
    return (
        f"Distance: differences as shares of the range among {phases} schools, squared, weighted {parts}, "
        f"and the square root {sum_of}. "
        f"Of the nearest {rule.neighbours.nearest}, those of the same region come first, "
        f"up to {rule.neighbours.set_size} with the school itself. "
        "Schools that lack any of these figures are left out, where the tool fills in the middle value."
    )


def matched_words(school: Compared, rule: Comparisons) -> str:
    """The school's own figures that it is matched by; empty where no table gives one."""
    known = (n for n in _weights(school, rule) if n in school.likeness)
    return ", ".join(f"{_LIKENESS[n]} {_likeness(n, school.likeness[n])}" for n in known)


def _weights(school: Compared, rule: Comparisons) -> Mapping[str, Decimal]:
    return rule.neighbours.special.weights if _by_need(school) else rule.neighbours.weights


def _by_need(school: Compared) -> bool:
    return school.phase == "special"


def _likeness(name: str, value: Decimal) -> str:
    return decimal(value) if name == "pupils" else percent(value)


def lacking_words(method: str, school: Compared, rule: Comparisons) -> str:
    """Why a method finds no schools like one."""
    if group_of(school, rule) is None:
        return "its phase is not known"
    weights = _weights(school, rule)
    asked = ("pupils",) if method == "phase" else tuple(weights)
    lacking = [_LIKENESS[n] for n in asked if n not in school.likeness]
    if lacking:
        return f"no table gives its {listed(lacking)}"
    by_need = _by_need(school) and method != "phase"
    return "no table gives its types of need" if by_need else "no school is like it"
