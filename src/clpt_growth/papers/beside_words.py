"""One school beside others like it, in the words of the paper and of the screen: places, and never a verdict."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from clpt_growth.model.dictionary import Dictionary
from clpt_growth.opendata.beside import NEIGHBOURS, PUBLISHED, Among, Beside, Own, Place
from clpt_growth.opendata.cells import MISSING
from clpt_growth.papers.comparison_words import lacking_words, matched_words, measure_words, method_words
from clpt_growth.papers.markdown import Md, md
from clpt_growth.papers.view import table
from clpt_growth.papers.wording import NOT_EVIDENCED, capital, listed, percent, plural, short_day

TITLES = {
    NEIGHBOURS: "Statistical neighbours, by the Department's published method",
    "phase": "Schools of the same phase, region and about the same size",
}
_SHORT = {NEIGHBOURS: "statistical neighbours", "phase": "schools of its phase, region and size"}
_WHERE = "annex G"
_NO_OUTCOME = "no outcome rests on it"


def beside_view(found: Beside, dictionary: Dictionary, picture: Md) -> dict[str, Any]:
    """What the template names under `beside`; `picture` is the place of the chart in Markdown, or empty."""
    return {
        "pointer": _pointer(found),
        "why_none": why_none(found),
        "says": _says(found),
        "picture": picture,
        "sets": tuple(_set(among, found, dictionary) for among in found.sets),
        "tables": table(("Table", "What it is", "Used"), _tables(found)),
    }


def why_none(found: Beside) -> str:
    """Why a school cannot be placed at all; empty where it can be looked for."""
    if found.school is not None:
        return ""
    if not found.urn:
        return "The school file gives no URN, so the school cannot be found in the published tables."
    return f"URN {found.urn} is no open state school of the register in the folder, so it has no place to show."


def beside_screen(found: Beside) -> str:
    """Where to read of it, short enough for two lines."""
    sets = [among for among in found.sets if among.places]
    if not sets:
        return why_none(found) or f"No set of schools like it can be made: the reasons are in {_WHERE} of the paper."
    return f"{_sizes(sets)}: see {_WHERE} of the paper, or the JSON; {_NO_OUTCOME}"


def _sizes(sets: Sequence[Among]) -> str:
    """How many schools each set has, the school itself counted."""
    return listed(f"{len(among.schools):,} {_SHORT[among.method]}" for among in sets)


def _pointer(found: Beside) -> Md:
    sets = [among for among in found.sets if among.places]
    if not sets:
        words = why_none(found) or "No set of schools like it can be made from the published tables."
        return md("{} See {}.", words, _WHERE)
    return md("Its place among {} is in {}; it is no judgement, and {}.", _sizes(sets), _WHERE, _NO_OUTCOME)


def _says(found: Beside) -> Md:
    least = found.rule.least_schools
    return md(
        "A figure in evidence in the school file is used, else the published one, and the table says which. Those of "
        "other schools are published, each the newest there is, so that years can differ. n is how many schools of "
        "the set have the figure, this one among them. Under 10%, 25% and so on stands the figure that this share of "
        'them does not pass, read off in a straight line between two schools. "No higher" is the share of them whose '
        "figure is no higher than this school's: its place, which is neither good nor bad. Where fewer than {} have "
        "the figure, no place is given.",
        least,
    )


def _set(among: Among, found: Beside, dictionary: Dictionary) -> dict[str, Any]:
    school, rule = found.school, found.rule
    assert school is not None  # noqa: S101 - there are no sets without a school
    method = method_words(among.method, school, rule)
    if among.method == NEIGHBOURS:
        method += f" Its own, as published: {matched_words(school, rule) or 'not known'}."
    if not among.places:
        method += f" No comparison: {lacking_words(among.method, school, rule)}."
    heads = ("Measure", "This school", "From", "n", *(f"{q}%" for q in rule.quantiles), "No higher")
    return {
        "title": TITLES[among.method],
        "method": method,
        "number": f"{plural(len(among.schools), 'school')}, this one among them, each once." if among.places else "",
        "table": table(heads, (_row(p, found, dictionary) for p in among.places), right=range(3, len(heads))),
        "notes": tuple(_notes(among)),
    }


def _row(place: Place, found: Beside, dictionary: Dictionary) -> tuple[str, ...]:
    spread = [measure_words(v, place.measure, dictionary) for v in place.quantiles]
    blank = [""] * (len(found.rule.quantiles) - len(spread))
    own = place.own
    return (
        place.measure.title,
        measure_words(own.value, place.measure, dictionary) if own else none_words(place.why_none),
        _origin(own) if own else "",
        f"{place.number:,}",
        *spread,
        *blank,
        place_words(place),
    )


def none_words(reason: str) -> str:
    """Why a school has no figure, as a reader of the paper knows it: what nobody gives is not evidenced."""
    return NOT_EVIDENCED if reason == MISSING.reason else reason


def place_words(place: Place) -> str:
    """The share no higher; "too few" where there is no place because too few schools have the figure."""
    if place.no_higher_share is not None:
        return percent(place.no_higher_share, 0)
    return "" if place.quantiles else "too few"


def _origin(own: Own) -> str:
    where = "Published" if own.origin == PUBLISHED else "School file"
    when = short_day(own.when) if isinstance(own.when, date) else own.when
    return f"{where}, {when}" if when else where


def _notes(among: Among) -> Iterator[Md]:
    """What stands below a set's table: who has no figure and why, what nobody has, and which schools they are."""
    silent = [f"{capital(p.measure.title)}: {_counted(p.silent)}" for p in among.places if p.silent]
    if silent:
        yield md("Other schools of the set without a figure. {}.", "; ".join(silent))
    if among.nobody:
        yield md("No school of the set has a figure for: {}.", "; ".join(m.title for m in among.nobody))
    if among.places and among.method == NEIGHBOURS:
        named = (f"{n.school.name} ({n.school.urn})".strip() for n in among.schools[1:])
        yield md("The schools, nearest first: {}.", "; ".join(named))


def _counted(silent: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {reason}" for reason, number in sorted(silent.items()))


def _tables(found: Beside) -> Iterator[tuple[Any, ...]]:
    for used in found.of.tables:
        yield used.shown, used.cited, "yes"
    for unused in found.of.unused:
        yield unused.shown, unused.cited, "no: its year is not known"
