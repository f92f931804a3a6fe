"""The chart of a school's place among others: a mark for each measure, with its figure and how many there are."""

from clpt_growth.opendata.beside import Beside, Place
from clpt_growth.papers.beside_words import TITLES, none_words, place_words
from clpt_growth.papers.charts import Mark, marks_by_row
from clpt_growth.papers.svg import DARK, Picture
from clpt_growth.papers.wording import lowered, plural

BESIDE = "benchmark-position"


def beside_picture(found: Beside) -> Picture | None:
    """The school's place in the first set that has one; None where there is none to draw."""
    among = next((a for a in found.sets if any(p.no_higher_share is not None for p in a.places)), None)
    if among is None:
        return None
    said = "; ".join(f"{p.measure.title}: {_figure(p)}" for p in among.places)
    says = (
        f"Chart of the school's place among {plural(len(among.schools), 'school')}, "
        f"{lowered(TITLES[among.method])}: for each measure the share of them whose figure is no higher. {said}. "
        "The figures are in the table below."
    )
    return marks_by_row(
        Picture(BESIDE, f"Place among {plural(len(among.schools), 'school')} like it, itself counted", says, 0, ()),
        rows=[(p.measure.title, _mark(p)) for p in among.places],
        fills=((DARK, "This school: the share of those with the figure whose figure is no higher"),),
        notes=["Further to the right is a higher figure, which is neither good nor bad in itself."],
    )


def _mark(place: Place) -> Mark:
    if place.no_higher_share is None:
        return Mark(None, f"n {place.number}", _figure(place))
    return Mark(float(place.no_higher_share), f"{place_words(place)}, n {place.number}")


def _figure(place: Place) -> str:
    if place.own is None:
        return f"{none_words(place.why_none)} for this school"
    if place.no_higher_share is None:
        return "too few schools have the figure"
    return f"{place_words(place)} of {place.number}"
