"""A pipeline on the screen, as a table, as data and on paper: in the board's order, and safe whatever a file says."""

import csv
import io
import json
from importlib.resources import files
from itertools import permutations

import pytest
from jsonschema import Draft202012Validator

from clpt_growth.judging.assess import assess
from clpt_growth.model.fact import Fact
from clpt_growth.model.rules import Library
from clpt_growth.model.what_if import Post, WhatIf
from clpt_growth.papers.csv_text import csv_line
from clpt_growth.papers.pipeline_csv import pipeline_csv
from clpt_growth.papers.pipeline_files import summary_paper
from clpt_growth.papers.pipeline_json import pipeline_json, school_line
from clpt_growth.papers.pipeline_screen import pipeline_screen
from clpt_growth.pipeline.answer import Answer, answer, in_places
from clpt_growth.pipeline.in_order import Question
from pipeline.schools import question, school, trust

Schools = dict[str, dict[str, Fact] | None]


def answered(asked: Question, what_if: WhatIf | None = None) -> Answer:
    tried = what_if or WhatIf()
    asked = asked.trying(tried)
    found = in_places(asked)
    each = [assess(place.case, asked.library) if place.readable else None for place in found]
    return answer(asked, found, each, tried)


@pytest.fixture
def schools() -> Schools:
    return {
        "strong": school("Strong School"),
        "weak": school("Weak School", "category of concern"),
        "silent": school("Silent School", school__needs=None),
        "broken": None,
    }


def test_every_form_keeps_the_boards_order_whatever_the_answers(schools: Schools, shipped_library: Library) -> None:
    for order in [*permutations(schools)][::7]:
        found = answered(question(shipped_library, {name: schools[name] for name in order}))
        rows = csv.DictReader(io.StringIO(pipeline_csv(found)))
        assert tuple(row["school"] for row in rows) == order
        assert tuple(s["school"] for s in json.loads(pipeline_json(found))["schools"]) == order
        called = [p.called for p in found.places]
        screen, paper = pipeline_screen(found), summary_paper(found, None)
        assert sorted(called, key=screen.index) == called
        table = paper.partition("## 1.")[2]
        assert sorted(called, key=table.index) == called


def test_what_is_published_is_what_its_schemas_say(schools: Schools, shipped_library: Library) -> None:
    asked = question(shipped_library, schools, exclusive=(("strong", "weak"),))
    found = answered(asked)
    tried = answered(asked, WhatIf(posts=(Post("improvement", "primary"),), delays={"strong": 1}))

    def faults(kind: str, content: object) -> list[str]:
        place = files("clpt_growth.papers") / "schemas" / f"{kind}.v1.json"
        return [e.message for e in Draft202012Validator(json.loads(place.read_text("utf-8"))).iter_errors(content)]

    for beside in (None, tried):
        assert faults("pipeline", json.loads(pipeline_json(found, beside))) == []
    for position, (place, assessment) in enumerate(zip(found.places, found.assessments, strict=True), 1):
        line = school_line(position, place, assessment)
        assert line.count("\n") == 1
        assert faults("pipeline-school", json.loads(line)) == []


def test_which_school_and_which_facts_the_rest_waits_for_is_said(schools: Schools, shipped_library: Library) -> None:
    found = answered(question(shipped_library, schools))
    screen = " ".join(pipeline_screen(found).split())

    assert "Silent School: improvement days are not known, nor what is left for those after it." in screen
    assert "Waits for: needs" in screen
    assert "broken: its file cannot be used, so improvement days are not known for it or for those after it." in screen
    paper = summary_paper(found, None)
    assert "The ledger ends before Silent School: what it would take is not known." in paper


def test_without_an_order_of_the_boards_it_says_that_nobody_chose_it(shipped_library: Library) -> None:
    found = answered(question(shipped_library, {"a": school("A")}))

    for text in (pipeline_screen(found), summary_paper(found, None)):
        assert "the schools are taken by the names of their files: nobody chose it" in " ".join(text.split())
        assert "The order is the board's to decide; the program never changes it." in text


def test_what_is_tried_is_marked_so_in_the_table(shipped_library: Library) -> None:
    asked = question(shipped_library, {"a": school("A")})
    rows = list(csv.DictReader(io.StringIO(pipeline_csv(answered(asked), answered(asked, WhatIf(delays={"a": 1}))))))

    assert [(row["tried"], row["opening"]) for row in rows] == [("no", "autumn 2027"), ("yes", "spring 2028")]


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1"])
def test_text_a_spreadsheet_would_run_stays_text(start: str) -> None:
    (cell,) = next(csv.reader(io.StringIO(csv_line([start]), newline="")))

    assert cell == f"'{start.strip() if not start.isprintable() else start}"


def test_a_name_made_to_hurt_stays_a_name(shipped_library: Library) -> None:
    name = '=HYPERLINK("http://x") | **bold** <b>x</b> \x1b[31mred'
    found = answered(question(shipped_library, {"a": school(name, "category of concern"), "b": school("B")}))

    rows = list(csv.DictReader(io.StringIO(pipeline_csv(found))))
    assert rows[0]["name"].startswith("'=HYPERLINK")
    paper = summary_paper(found, None)
    assert "<b>" not in paper
    assert "**bold**" not in paper
    assert "\x1b" not in paper
    assert "\x1b" not in school_line(1, found.places[0], found.assessments[0])


def test_nothing_is_wider_than_the_screen(schools: Schools, shipped_library: Library) -> None:
    many = {f"school-{n}": school(f"School number {n} " + "x" * 60, "vulnerable") for n in range(9)}
    for asked in (question(shipped_library, schools), question(shipped_library, dict(many))):
        assert max(map(len, pipeline_screen(answered(asked)).splitlines())) <= 80


def test_a_trust_of_which_nothing_is_known_is_no_room(shipped_library: Library) -> None:
    bare = trust(trust__improvement_promised=None, trust__academies=None)
    found = answered(question(shipped_library, {"a": school("A"), "b": school("B")}, bare))

    assert "DAYS       not evidenced" in pipeline_screen(found)
    assert "What the improvement team has, or what it has promised, is not in evidence." in summary_paper(found, None)
