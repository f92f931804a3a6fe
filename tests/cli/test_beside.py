"""`assess --data`: the school's place among others in the paper, on the screen and in the JSON, and in no outcome."""

import json
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner, Result

from clpt_growth.cli.app import app_with
from opendata.downloads import put
from opendata.like_it import OTHERS, put_like_it

EXAMPLES = Path(__file__).parents[2] / "examples"
LARKFIELD = "schools/larkfield-primary.yaml"
AS_OF = ("--as-of", "2026-12-04")
SCHEMA = json.loads((files("clpt_growth.papers") / "schemas/assessment.v1.json").read_text(encoding="utf-8"))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example trust with a folder of downloads beside its trust file."""
    shutil.copytree(EXAMPLES, tmp_path / "ours")
    monkeypatch.chdir(tmp_path / "ours")
    put_like_it(tmp_path / "ours/data")
    return tmp_path / "ours"


def assess(*words: str) -> Result:
    return CliRunner().invoke(app_with(), ["assess", *words, *AS_OF])


def paper(here: Path, *words: str) -> str:
    done = assess(LARKFIELD, "--report", "paper.md", *words)
    assert done.exit_code == 0, done.stderr
    return (here / "paper.md").read_text(encoding="utf-8")


def published(*words: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(assess(*words, "--format", "json").stdout)
    return content


def test_a_folder_of_downloads_is_read_only_where_it_is_asked_for(here: Path) -> None:
    shown = [assess(LARKFIELD, "--format", form).stdout for form in ("text", "json", "md")]
    shutil.rmtree(here / "data")
    assert [assess(LARKFIELD, "--format", form).stdout for form in ("text", "json", "md")] == shown
    assert not any("BESIDE" in s or "comparisons" in s or "Annex G" in s for s in shown)


def test_an_assessment_without_it_loads_nothing_of_the_open_data(here: Path) -> None:
    asked = [sys.executable, "-X", "importtime", "-m", "clpt_growth", "assess", LARKFIELD, *AS_OF, "--format", "md"]
    ran = subprocess.run(asked, capture_output=True, encoding="utf-8", check=True)
    loaded = {line.rpartition("|")[2].strip() for line in ran.stderr.splitlines()}
    assert "clpt_growth.papers.board_paper" in loaded
    assert [n for n in loaded if n.startswith(("clpt_growth.opendata", "clpt_growth.papers.beside"))] == []


def test_the_annex_says_the_method_the_number_and_each_place(here: Path) -> None:
    text = paper(here, "--data", "data")
    annex = text.partition("\n## Annex G. Beside other schools\n")[2]
    assert "**Intake** chooses which schools it stands beside, and is never scored." in annex
    assert "**Statistical neighbours, by the Department's published method.** 12 schools, this one among them" in annex
    assert "weighted 0.5 for pupils, 0.4 for share on free meals and 0.1 for share with special needs" in annex
    assert "Its own, as published: pupils 200, share on free meals 10%, share with special needs 20%." in annex
    persistent = "| Persistent absence | 10.5% | School file, 22\u00a0Jul\u00a02026 | 10 | 11% | 12.3% | 14.5% | 16.8% | 18.1% | 10% |"
    assert annex.count(persistent) == 2
    assert "| Overall absence | 4.7% | School file, 22\u00a0Jul\u00a02026 | 9 |  |  |  |  |  | too few |" in annex
    assert "Persistent absence: 1 missing, 1 suppressed" in annex
    assert f"Invented Primary School {OTHERS[0]} ({OTHERS[0]})" in annex
    assert "| 2023-24_abs.csv | Pupil absence, performance tables, 2023-24 | yes |" in annex


def test_the_body_points_to_the_annex_in_one_line_and_is_otherwise_the_same(here: Path) -> None:
    without, with_data = (paper(here, "--overwrite", *more) for more in ((), ("--data", "data")))
    pointer = (
        "**Beside other schools.** Its place among 12 statistical neighbours and 12 schools of its phase, region and "
        "size is in annex G; it is no judgement, and no outcome rests on it.\n\n"
    )
    head, _, annex = with_data.partition("\n## Annex G. ")
    assert annex
    assert head.count(pointer) == 1
    assert head.replace(pointer, "") == without
    assert pointer.strip() in head.partition("\n## 7. ")[2].partition("\n## 8. ")[0]


def test_no_colour_and_no_outcome_stands_in_the_annex(here: Path) -> None:
    annex = paper(here, "--data", "data").partition("\n## Annex G. ")[2].casefold()
    words = ("red", "amber", "green", "met", "better", "worse", "weak", "strong", "concern", "above average")
    assert [w for w in words if re.search(rf"\b{w}\b", annex)] == []


@pytest.mark.parametrize("school", sorted(p.name for p in (EXAMPLES / "schools").glob("*.yaml")))
def test_nothing_that_is_judged_changes(school: str, here: Path) -> None:
    put_like_it(here / "data")
    plain = published(f"schools/{school}")
    beside = published(f"schools/{school}", "--data", "data")
    assert beside.pop("comparisons")
    assert beside == plain


def test_the_json_is_what_its_schema_says(here: Path) -> None:
    content = published(LARKFIELD, "--data", "data")
    assert [e.message for e in Draft202012Validator(SCHEMA).iter_errors(content)] == []
    one = next(m for m in content["comparisons"]["sets"][0]["measures"] if m["id"] == "persistent-absence")
    assert one == {
        "id": "persistent-absence", "title": "Persistent absence",
        "fact": "school.attendance.persistent_absence_share", "value": 0.105, "origin": "school file",
        "dated": "2026-07-22", "n": 10,
        "quantiles": {"10": 0.1095, "25": 0.1225, "50": 0.145, "75": 0.1675, "90": 0.181}, "no_higher": 0.1,
        "without": {"missing": 1, "suppressed": 1},
    }  # fmt: skip


def test_a_figure_the_school_lacks_says_why_in_the_json(here: Path) -> None:
    text = (here / LARKFIELD).read_text(encoding="utf-8")
    (here / LARKFIELD).write_text(
        re.sub(r"^  (overall|persistent)_absence_share: .*\n", "", text.replace("999102", OTHERS[10]), flags=re.M)
    )
    content = published(LARKFIELD, "--data", "data")
    assert [e.message for e in Draft202012Validator(SCHEMA).iter_errors(content)] == []
    one = next(m for m in content["comparisons"]["sets"][0]["measures"] if m["id"] == "persistent-absence")
    assert one["why_none"] == "suppressed"
    assert not {"value", "origin", "no_higher"} & one.keys()


def test_the_screen_points_to_it_in_two_lines(here: Path) -> None:
    plain, shown = (assess(LARKFIELD, *more).stdout.splitlines() for more in ((), ("--data", "data")))
    assert [line for line in shown if line.strip() not in {said.strip() for said in plain}] == [
        "BESIDE     12 statistical neighbours and 12 schools of its phase, region and",
        "           size: see annex G of the paper, or the JSON; no outcome rests on it",
        "NEXT",
        f" clpt-growth explain P05 --case {LARKFIELD}",
        f" clpt-growth assess {LARKFIELD} --data data --report paper.md",
    ]


@pytest.mark.parametrize(
    ("urn", "words"),
    [
        (
            'urn: "999888"',
            "URN 999888 is no open state school of the register in the folder, so it has no place to show.",
        ),
        ("urn:", "The school file gives no URN, so the school cannot be found in the published tables."),
    ],
)
def test_a_school_that_cannot_be_found_is_told_in_a_sentence(urn: str, words: str, here: Path) -> None:
    text = (here / LARKFIELD).read_text(encoding="utf-8")
    (here / LARKFIELD).write_text(text.replace('urn: "999102"', urn))
    written = paper(here, "--data", "data")
    assert written.count(words) == 2
    assert "| No higher |" not in written
    assert "benchmark-position" not in written
    assert words in " ".join(assess(LARKFIELD, "--data", "data").stdout.split())
    content = published(LARKFIELD, "--data", "data")
    assert [e.message for e in Draft202012Validator(SCHEMA).iter_errors(content)] == []
    assert content["comparisons"]["why_none"] == words


def test_a_folder_that_cannot_be_used_is_a_plain_problem_and_nothing_is_written(here: Path) -> None:
    (here / "none").mkdir()
    (here / "others").mkdir()
    (here / "others/notes.csv").write_text("a,b\n1,2\n")
    put(here / "late", "2023-24_abs.csv", "absence-2022-23", [{"URN": "999102"}])
    told = {
        "nowhere": "nowhere: is not a folder; name the folder with the downloads",
        "none": "none: holds no CSV, Excel or ZIP file; put the downloads there as they come",
        "others": "--data: holds no register of schools; add the register",
        "late": "--data: holds no register of schools; add the register",
    }
    for folder, words in told.items():
        done = assess(LARKFIELD, "--data", folder, "--report", "paper.md")
        assert (done.exit_code, done.stdout) == (2, "")
        assert words in done.stderr
    assert not (here / "paper.md").exists()


def test_the_picture_has_the_figures_of_the_table_and_is_placed_in_the_annex(here: Path) -> None:
    text = paper(here, "--data", "data")
    place = re.findall(r"\]\((figures/paper-benchmark-position\.svg)\)", text.partition("\n## Annex G. ")[2])
    assert len(place) == 1
    drawn = (here / unquote(place[0])).read_text(encoding="utf-8")
    assert "Persistent absence: 10% of 10" in text
    assert ">10%, n 10</text>" in drawn
    assert ">too few schools have the figure</text>" in drawn
    assert "The figures are in the table below." in drawn


@pytest.mark.parametrize("ending", ["html", "docx", "pdf"])
def test_the_annex_is_in_every_format(ending: str, here: Path) -> None:
    done = assess(LARKFIELD, "--data", "data", "--report", f"paper.{ending}")
    assert done.exit_code == 0, done.stderr
    assert (here / f"paper.{ending}").stat().st_size > 10_000
