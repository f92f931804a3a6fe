"""One school beside others like it, as the `comparisons` of a published assessment."""

from datetime import date
from typing import Any

from clpt_growth.opendata.beside import Among, Beside, Own, Place
from clpt_growth.papers.beside_words import TITLES, why_none
from clpt_growth.papers.comparison_words import lacking_words, method_words
from clpt_growth.papers.json_text import value_of


def comparisons_object(found: Beside) -> dict[str, Any]:
    """Places among others, with the method, the tables and the schools; a figure that is not there says why."""
    return {
        "urn": found.urn or None,
        "why_none": why_none(found) or None,
        "rules_version": found.rule.version,
        "tables": [{"file": t.shown, "table": t.cited} for t in found.of.tables],
        "unused": [{"file": t.shown, "table": t.cited, "why": "its year is not known"} for t in found.of.unused],
        "sets": [_set(among, found) for among in found.sets],
    }


def _set(among: Among, found: Beside) -> dict[str, Any]:
    school, rule = found.school, found.rule
    assert school is not None  # noqa: S101 - there are no sets without a school
    return {
        "method": among.method,
        "title": TITLES[among.method],
        "how": method_words(among.method, school, rule),
        "why_none": None if among.places else lacking_words(among.method, school, rule),
        "schools": [{"urn": n.school.urn, "distance": value_of(n.distance)} for n in among.schools],
        "measures": [_place(place, found) for place in among.places],
        "nobody": [measure.id for measure in among.nobody],
    }


def _place(place: Place, found: Beside) -> dict[str, Any]:
    m, quantiles = place.measure, zip(found.rule.quantiles, place.quantiles, strict=False)
    return {
        "id": m.id,
        "title": m.title,
        "fact": m.fact,
        **({"entry": m.entry} if m.entry else {}),
        **(_own(place.own) if place.own else {"why_none": place.why_none}),
        "n": place.number,
        "quantiles": {str(q): value_of(value) for q, value in quantiles},
        **({"no_higher": value_of(place.no_higher_share)} if place.no_higher_share is not None else {}),
        "without": dict(sorted(place.silent.items())),
    }


def _own(own: Own) -> dict[str, Any]:
    when = own.when.isoformat() if isinstance(own.when, date) else own.when
    return {"value": value_of(own.value), "origin": own.origin, "dated": when or None}
