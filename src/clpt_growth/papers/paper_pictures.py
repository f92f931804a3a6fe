"""Which pictures a paper shows, where their files are, and the table their outcomes stand in; nothing is drawn here."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from clpt_growth.model.finding import Assessment
from clpt_growth.model.principle import Pack
from clpt_growth.papers.findings_words import short_outcome
from clpt_growth.papers.formats import FIGURES
from clpt_growth.papers.markdown import Md, md
from clpt_growth.papers.view import Table, table
from clpt_growth.papers.wording import capital

if TYPE_CHECKING:
    from clpt_growth.papers.svg import Picture

CAPACITY, RESERVES, OUTCOMES = "capacity-by-term", "reserves-by-year", "outcomes-by-area"
# How a test can come out, in the order it is read, and what is counted beside and not drawn.
DRAWN = ("Met", "Partly met", "Not met", "Not evidenced", "Need", "Conflict")
AWAY = "Does not apply"


def names_of_pictures(packs: Sequence[Pack]) -> tuple[str, ...]:
    """The names of all the pictures a school's paper may have."""
    return (CAPACITY, RESERVES, *outcome_names(packs))


def outcome_names(packs: Sequence[Pack]) -> tuple[str, ...]:
    return tuple(f"{OUTCOMES}-{_plain_name(pack.id, number)}" for number, pack in enumerate(packs, 1))


def _plain_name(id_: str, number: int) -> str:
    """A pack's id where it can stand in the name of any file; a trust's own may hold anything."""
    return id_ if re.fullmatch(r"[a-z0-9-]{1,40}", id_) else f"pack-{number}"


def places_of(pictures: Iterable["Picture"], start: str = "") -> "dict[str, Picture]":
    """Each picture by its place beside a paper, as an address in Markdown; `start` begins each file's name."""
    return {quote(file_of_picture(p.name, start), errors="surrogateescape"): p for p in pictures}


def file_of_picture(name: str, start: str = "") -> str:
    return f"{FIGURES}/{start}{name}.svg"


def placed(place: str, picture: "Picture") -> Md:
    """A picture as Markdown has it: the words that stand for it, and where it is."""
    return md("![{}](" + place + ")", picture.says)


def picture_side(assessment: Assessment, pictures: Mapping[str, "Picture"]) -> dict[str, Any]:
    """The pictures as the template places them, nothing where there is none; and the table the outcomes stand in."""
    said = {p.name: placed(place, p) for place, p in pictures.items()}
    return {
        "capacity_picture": said.get(CAPACITY, Md("")),
        "reserves_picture": said.get(RESERVES, Md("")),
        "outcome_pictures": tuple(s for name, s in said.items() if name.startswith(OUTCOMES)),
        "outcomes_by_area": outcomes_table(assessment),
    }


def outcome_counts(assessment: Assessment, pack: Pack) -> dict[str, Counter[str]]:
    """For each area with tests of a pack, how many came out each way."""
    ids = {p.id for p in pack.principles}
    found = [f for f in assessment.findings if f.id in ids]
    counts = {area: Counter(short_outcome(f) for f in found if f.principle.area == area) for area in _areas(assessment)}
    return {area: count for area, count in counts.items() if count}


def _areas(assessment: Assessment) -> tuple[str, ...]:
    return assessment.library.rules.areas


def outcomes_table(assessment: Assessment) -> Table:
    """Every pack's tests by area, counted by how they came out."""
    heads = ("Principles", "Area", *DRAWN, AWAY)
    rows = (
        (pack.title, capital(area), *(str(counts[outcome]) for outcome in heads[2:]))
        for pack in assessment.library.packs
        for area, counts in outcome_counts(assessment, pack).items()
    )
    return table(heads, rows, right=range(2, len(heads)))
