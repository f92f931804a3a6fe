"""Charts: the figures of the tables, drawn; what is not known is said and never drawn as nought."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from clpt_growth.capacity.money import Money, YearEnd
from clpt_growth.judging.assess import assess
from clpt_growth.model.fact import Term
from clpt_growth.model.finding import Assessment
from clpt_growth.model.ledger import Ledger, Load, Supply
from clpt_growth.model.rules import Library
from clpt_growth.papers.board_paper import LAYOUT, board_paper
from clpt_growth.papers.charts import Column, Line, columns_in_groups
from clpt_growth.papers.paper_charts import capacity_picture, outcomes_picture, pictures_of, reserves_picture
from clpt_growth.papers.paper_pictures import CAPACITY, RESERVES, places_of
from clpt_growth.papers.render import layout
from clpt_growth.papers.svg import WIDTH, Picture, width_of
from golden.rewrite import SCHOOLS, example
from make import case, threshold

TERMS = tuple(Term(2027, 0).later(n) for n in range(3))
LINE = threshold(Decimal("0.85"), Decimal(1))
SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "title", "desc", "defs", "pattern", "rect", "path", "circle", "line", "text"}


def ledger(
    available: Mapping[str, int],
    promised: Mapping[str, Sequence[int]],
    needs: Mapping[str, Sequence[int]],
    gives: Mapping[str, Sequence[int]] | None = None,
    kept: Mapping[str, int] | None = None,
) -> Ledger:
    """Days by specialism, those promised, needed and given in each of three terms."""

    def by_term(days: Mapping[str, Sequence[int]]) -> dict[Term, dict[str, Decimal]]:
        return {term: {name: Decimal(each[n]) for name, each in days.items()} for n, term in enumerate(TERMS)}

    def decimals(days: Mapping[str, int]) -> dict[str, Decimal]:
        return {name: Decimal(number) for name, number in days.items()}

    supply = Supply(decimals(available), decimals(kept or {}), by_term(promised))
    return Ledger(terms=TERMS, supply=supply, joining=Load("Oak", by_term(needs), by_term(gives or {})))


def money_of(without: Sequence[int], prudent: Sequence[int]) -> Money:
    """Reserves in thousands beside an income of ten million; the better rolls a hundred thousand apart."""

    def years(more: int, thousands: Sequence[int]) -> tuple[YearEnd, ...]:
        return tuple(YearEnd(f"{2026 + n}-{27 + n}", (t + more) * 1000, 10_000_000, 0) for n, t in enumerate(thousands))

    rolls = {"prudent": years(0, prudent), "base": years(100, prudent), "optimistic": years(200, prudent)}
    return Money(years(0, without), rolls, 0, 0, 0, 0, len(without))


def drawn(picture: Picture) -> ET.Element:
    return ET.fromstring(picture.svg)  # noqa: S314 - our own


def said(picture: Picture) -> list[str]:
    return [e.text or "" for e in drawn(picture).iter(f"{SVG}text")]


def boxes(picture: Picture, fill: str) -> list[dict[str, float]]:
    """The rectangles of a fill, below the key."""
    found = [e for e in drawn(picture).iter(f"{SVG}rect") if e.get("stroke") and fill in str(e.get("fill"))]
    numbers = ("x", "y", "width", "height")
    return [{n: float(e.get(n, 0)) for n in numbers} for e in found if (e.get("width"), e.get("height")) != ("14", "8")]


@pytest.fixture(scope="module")
def assessments(shipped_library: Library) -> Mapping[str, Assessment]:
    return {school.stem: example(school, shipped_library) for school in SCHOOLS}


@pytest.fixture(scope="module")
def pictures(assessments: Mapping[str, Assessment]) -> Mapping[str, tuple[Picture, ...]]:
    return {name: pictures_of(assessment) for name, assessment in assessments.items()}


def test_every_picture_is_shapes_and_words_alone_and_says_what_it_shows(
    pictures: Mapping[str, tuple[Picture, ...]],
) -> None:
    for picture in (p for found in pictures.values() for p in found):
        root = drawn(picture)
        assert {e.tag.removeprefix(SVG) for e in root.iter()} <= ALLOWED
        assert "href" not in picture.svg
        assert re.findall(r"url\((?!#)", picture.svg) == []
        title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert title is not None
        assert desc is not None
        assert (title.text, desc.text) == (picture.title, picture.says)
        assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
        assert picture.says.endswith(".")


def test_every_fill_is_one_that_the_same_picture_has(pictures: Mapping[str, tuple[Picture, ...]]) -> None:
    for picture in (p for found in pictures.values() for p in found):
        ids = {e.get("id") for e in drawn(picture).iter(f"{SVG}pattern")}
        assert set(re.findall(r"url\(#([^)]*)\)", picture.svg)) <= ids


def test_the_parts_of_all_pictures_of_a_paper_have_names_of_their_own(
    pictures: Mapping[str, tuple[Picture, ...]],
) -> None:
    for found in pictures.values():
        ids = [e.get("id") for p in found for e in drawn(p).iter() if e.get("id")]
        assert len(ids) == len(set(ids))


def test_the_same_case_gives_the_same_bytes(
    assessments: Mapping[str, Assessment], pictures: Mapping[str, tuple[Picture, ...]]
) -> None:
    assert [p.svg for p in pictures_of(assessments["kestrel-high"])] == [p.svg for p in pictures["kestrel-high"]]


@pytest.mark.parametrize("name", [school.stem for school in SCHOOLS])
def test_no_words_run_over_the_edge_or_over_one_another(name: str, pictures: Mapping[str, tuple[Picture, ...]]) -> None:
    for picture in pictures[name]:
        assert overlaps(picture) == []
        assert [w for w in said(picture) if w.endswith("…")] == []


def overlaps(picture: Picture) -> list[tuple[str, str]]:
    """Words that leave the page, and pairs that stand on one another."""
    spans = []
    for e in drawn(picture).iter(f"{SVG}text"):
        text, size, x, y = e.text or "", float(e.get("font-size", 0)), float(e.get("x", 0)), float(e.get("y", 0))
        assert size >= 7
        wide = width_of(text, size) * 0.9
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[str(e.get("text-anchor"))]
        spans.append((text, left, left + wide, y - size * 0.7, y))
    out = [
        (t, "the edge") for t, left, right, _, low in spans if left < -1 or right > WIDTH + 1 or low > picture.height
    ]
    for n, (text, left, right, high, low) in enumerate(spans):
        out += [
            (text, t)
            for t, other, end, top, under in spans[n + 1 :]
            if other < right and left < end and top < low and high < under
        ]
    return out


def test_a_bar_is_as_long_as_its_share_of_the_days_free() -> None:
    found = capacity_picture(ledger({"primary": 100}, {"primary": [60, 50, 40]}, {"primary": [20, 0, 50]}), LINE)
    light, dark = boxes(found, "#b9c6d6"), boxes(found, "#1f3a5f")
    assert [round(b["width"] / light[0]["width"], 2) for b in light[:3]] == [1.0, 0.83, 0.67]
    assert [round(b["width"] / light[0]["width"], 2) for b in dark[:2]] == [0.33, 0.83]
    assert dark[0]["x"] == light[0]["x"] + light[0]["width"]
    assert {"85%", "100%", "80%", "50%", "90%", "Summer 2028, tightest", "All days: 100 free each term"} <= set(
        said(found)
    )


def test_days_given_are_taken_off_the_end_of_the_bar() -> None:
    found = capacity_picture(
        ledger({"primary": 100}, {"primary": [60, 60, 60]}, {"primary": [20, 20, 20]}, {"primary": [0, 10, 90]}), LINE
    )
    off, light = boxes(found, "#ffffff")[0:2], boxes(found, "#b9c6d6")
    assert [round(b["width"] / light[0]["width"], 2) for b in off] == [0.17, 1.33]  # 10 of 60 days; no more than all 80
    assert off[1]["x"] == light[2]["x"]
    assert {"70%", "-10%", "This school gives: taken off"} <= set(said(found))


def test_more_than_twice_the_days_there_are_goes_on_beyond_the_picture_and_its_figure_stands() -> None:
    found = capacity_picture(ledger({"send": 2}, {"send": [0, 0, 0]}, {"send": [18, 4, 3]}), LINE)
    first, second, third = boxes(found, "#1f3a5f")[:3]
    assert first["width"] == second["width"] == pytest.approx(third["width"] * 4 / 3, abs=0.2)
    assert {"900%", "200%", "150%"} <= set(said(found))
    assert any(w.startswith("A bar with an arrow goes on") for w in said(found))
    assert all(b["x"] + b["width"] <= WIDTH for b in boxes(found, "#"))
    assert "Use of all days is highest in autumn 2027, at 900%." in found.says
    assert "passes" not in found.says


def test_where_nobody_is_in_post_there_is_no_bar_and_it_is_said() -> None:
    found = capacity_picture(ledger({}, {}, {"post-16": [6, 0, 0]}), LINE)
    assert boxes(found, "#1f3a5f") == boxes(found, "#b9c6d6") == []
    assert "nobody in post; 6 days promised or needed" in said(found)
    assert said(found).count("no share") == 3
    assert "85%" not in said(found)
    assert "Nobody is in post, so no share can be given." in found.says
    assert "Nobody is in post for post-16, which the school needs: no share can be given." in found.says


def test_where_every_day_is_kept_back_it_is_said_and_not_drawn_as_nought() -> None:
    found = capacity_picture(
        ledger({"primary": 100, "send": 10}, {}, {"primary": [5, 5, 5], "send": [6, 0, 0]}, kept={"send": 10}), LINE
    )
    assert "no day free; 6 days promised or needed" in said(found)
    assert "no day free; 0 days promised or needed" in said(found)
    assert "nobody in post" not in " ".join(said(found))


@pytest.mark.parametrize(
    ("line", "words", "note"),
    [
        (threshold(Decimal("0.8"), Decimal("0.95")), ["80%", "95%", "100%"], "Up to 80% is met, up to 95% partly met, over 95% not met."),
        (threshold(Decimal("0.9")), ["90%", "100%"], "Up to 90% is met; over it is not met."),
        (None, ["100%"], "100% is every day that is free."),
    ],
)  # fmt: skip
def test_the_lines_are_those_in_force_and_every_day_free_is_always_one(
    line: object, words: list[str], note: str
) -> None:
    found = capacity_picture(ledger({"primary": 100}, {}, {"primary": [11, 12, 13]}), line)  # type: ignore[arg-type]
    assert {w for w in said(found) if w.endswith("%")} - {"11%", "12%", "13%"} == set(words)
    assert any(w.endswith(note) for w in said(found))
    assert overlaps(found) == []


def test_a_column_below_nought_goes_down_and_its_figure_stands_under_it() -> None:
    found = reserves_picture(money_of([300, 310], [100, -400]), Decimal("0.065"), None)
    up, down = boxes(found, "#1f3a5f")
    assert down["y"] == pytest.approx(up["y"] + up["height"], abs=0.1)
    assert down["height"] == pytest.approx(up["height"] * 4, abs=0.3)
    assert {"1%", "-4%", "Board's own minimum 6.5%"} <= set(said(found))
    assert "lowest in 2027-28, at -4%" in found.says
    assert "with the school they are below it in 2026-27 and 2027-28" in found.says
    assert overlaps(found) == []


def test_a_year_exactly_on_the_boards_minimum_is_not_below_it() -> None:
    found = reserves_picture(money_of([900, 900], [800, 650]), Decimal("0.065"), None)
    assert "The board's own minimum is 6.5%; no year is below it." in found.says


def test_a_minimum_that_is_not_known_is_said_and_never_a_line_at_nought() -> None:
    found = reserves_picture(money_of([900], [800]), None, threshold(Decimal("0.08"), Decimal("0.05")))
    assert "The board's own minimum for reserves is not evidenced." in said(found)
    assert "The board's own minimum is not evidenced." in found.says
    assert len(list(drawn(found).iter(f"{SVG}line"))) == 5  # two lines with their white edges, and the axis


def test_lines_that_meet_have_words_apart() -> None:
    found = reserves_picture(money_of([900], [800]), Decimal("0.08"), threshold(Decimal("0.08"), Decimal("0.0795")))
    assert {"Board's own minimum 8%", "8% or more: met", "8% or more: partly met"} <= {
        w.replace("7.9", "8") for w in said(found)
    }
    assert overlaps(found) == []


def test_a_column_that_is_not_known_is_words_and_no_column() -> None:
    empty = Picture("x", "X", "X.", 0, ())
    found = columns_in_groups(
        empty, groups=[("2027", [Column("dark", None, "not known"), Column("light", 0.1, "10%")])],
        lines=[Line(0.05, "line")], fills=(("dark", "a"),),
    )  # fmt: skip
    assert boxes(found, "#1f3a5f") == []
    assert "not known" in said(found)


def test_not_evidenced_looks_like_nothing_else_and_least_of_all_a_pass(assessments: Mapping[str, Assessment]) -> None:
    found = assessments["millbeck-academy"]
    picture = outcomes_picture(found, next(p for p in found.library.packs if p.id == "diligence"))
    assert picture is not None
    marks = [e for e in drawn(picture).iter(f"{SVG}rect") if e.get("stroke")]
    dashed = [e for e in marks if e.get("stroke-dasharray")]
    assert {e.get("fill") for e in dashed} == {"#ffffff"}
    assert len([e for e in marks if e.get("fill") == "#ffffff"]) == len(dashed)
    assert "Not evidenced" in said(picture)
    assert "45 not evidenced" in picture.says


def test_the_numbers_drawn_are_those_of_the_table(assessments: Mapping[str, Assessment]) -> None:
    for assessment in assessments.values():
        made = board_paper(assessment, layout(LAYOUT, None))["outcomes_by_area"]
        for pack in assessment.library.packs:
            picture = outcomes_picture(assessment, pack)
            rows = [row for row in made.rows if row[0] == pack.title]
            assert picture is not None
            drawn_numbers = [w for w in said(picture) if w.isdigit()]
            assert drawn_numbers == [n for row in rows for n in row[2:-1] if n != "0"]
            assert sum(int(n) for row in rows for n in row[2:]) == len(pack.principles)


def test_the_shares_drawn_are_those_of_the_tables(
    assessments: Mapping[str, Assessment], pictures: Mapping[str, tuple[Picture, ...]]
) -> None:
    view = board_paper(assessments["kestrel-high"], layout(LAYOUT, None))
    by_name = {p.name: said(p) for p in pictures["kestrel-high"]}
    shares = [row[n].replace(".0%", "%") for row in view["by_term"].rows for n in (4, 6)]
    assert sorted(shares) == sorted(w for w in by_name[CAPACITY] if w.endswith("%") and w not in ("85%", "100%"))
    cells = re.findall(r"\(([\d.]+?)(?:\.0)?%\)", " ".join(str(cell) for row in view["reserves"].rows for cell in row))
    assert sorted(cells) == sorted(w[:-1] for w in by_name[RESERVES] if re.fullmatch(r"[\d.]+%", w))


def test_a_case_without_figures_has_no_picture_of_them(shipped_library: Library) -> None:
    found = pictures_of(assess(case({"school.identity.name": "Oak"}), shipped_library))
    assert [p.name for p in found if p.name in (CAPACITY, RESERVES)] == []


def test_words_from_a_file_are_words_and_nothing_else(assessments: Mapping[str, Assessment]) -> None:
    hostile = '</title><script>alert(1)</script> &amp; {name} " \x1b]0;x\x07 \ud800'
    found = assessments["kestrel-high"]
    pack = replace(found.library.packs[0], title=hostile)
    picture = outcomes_picture(found, pack)
    assert picture is not None
    root = drawn(picture)
    assert {e.tag.removeprefix(SVG) for e in root.iter()} <= ALLOWED
    assert (root.find(f"{SVG}title").text or "").startswith('</title><script>alert(1)</script> &amp; {name} " ?')  # type: ignore[union-attr]


def test_a_pack_whatever_its_id_has_a_picture_with_a_plain_name(assessments: Mapping[str, Assessment]) -> None:
    found = assessments["kestrel-high"]
    odd = replace(found.library.packs[0], id='../../x" onload="a')
    packs = (odd, *found.library.packs[1:])
    names = [p.name for p in pictures_of(replace(found, library=replace(found.library, packs=packs)))]
    assert names[2:] == ["outcomes-by-area-pack-1", *(f"outcomes-by-area-{p.id}" for p in packs[1:])]


def test_a_title_too_long_for_the_page_is_cut_short_and_is_whole_in_the_text_alternative(
    assessments: Mapping[str, Assessment],
) -> None:
    found = assessments["kestrel-high"]
    picture = outcomes_picture(found, replace(found.library.packs[0], title="Principles of ours " * 12))
    assert picture is not None
    assert said(picture)[0].endswith("…")
    assert overlaps(picture) == []
    assert picture.title.endswith("outcomes by area")


def test_a_place_is_an_address_whatever_the_papers_name() -> None:
    picture = Picture("x", "X", "X.", 0, ())
    assert list(places_of([picture], "my paper (draft) é%-")) == ["figures/my%20paper%20%28draft%29%20%C3%A9%25-x.svg"]
