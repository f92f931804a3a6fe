"""`pipeline` as a person runs it: the real program, real files, its exit codes."""

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
GOLDEN = Path(__file__).parents[1] / "golden"
AS_OF = ("--as-of", "2026-12-04")
IN_ORDER = (
    "larkfield-primary", "kestrel-high", "st-oswin-primary", "fenwick-special", "tarnside-all-through", "millbeck-academy",
)  # fmt: skip


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A workspace of a person's own, with the example trust, schools and order."""
    shutil.copytree(EXAMPLES, tmp_path / "ours")
    return tmp_path / "ours"


def pipeline(folder: Path, *words: object) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "clpt_growth", "pipeline", *map(str, words), *AS_OF],
        cwd=folder, capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stdout + done.stderr
    assert "\x1b" not in done.stdout + done.stderr
    return done


def test_the_whole_answer_is_on_the_screen(here: Path) -> None:
    done = pipeline(here)
    golden = (GOLDEN / "pipeline.txt").read_text(encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == golden
    assert max(map(len, golden.splitlines())) <= 80


def test_a_folder_and_its_pipeline_file_are_the_same_question(here: Path) -> None:
    asked = (
        pipeline(here, "pipeline.yaml"),
        pipeline(here.parent, "ours"),
        pipeline(here.parent, "ours/pipeline.yaml"),
    )
    assert [done.stdout for done in asked] == [pipeline(here).stdout] * 3


def test_as_json_the_schools_stand_in_the_boards_order(here: Path) -> None:
    content = json.loads(pipeline(here, "--format", "json").stdout)
    assert content["schema"] == "clpt-growth/pipeline/v1"
    assert [s["school"] for s in content["schools"]] == list(IN_ORDER)
    assert [s["position"] for s in content["schools"]] == [1, 2, 3, 4, 5, 6]
    assert content["what_if"] is None


def test_json_lines_are_one_school_each(here: Path) -> None:
    lines = pipeline(here, "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["school"] for line in lines] == list(IN_ORDER)


def test_the_summary_paper_is_printed_as_markdown(here: Path) -> None:
    done = pipeline(here, "--format", "md")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (GOLDEN / "pipeline.md").read_text(encoding="utf-8").replace("| examples/", "| ")


def test_without_an_order_the_file_names_are_the_order_and_it_says_so(here: Path) -> None:
    (here / "pipeline.yaml").unlink()
    done = pipeline(here, "--format", "csv")
    assert [row["school"] for row in csv.DictReader(io.StringIO(done.stdout))] == sorted(IN_ORDER)
    assert "No pipeline.yaml gives an order" in " ".join(pipeline(here).stdout.split())


def test_a_report_is_the_summary_and_every_paper(here: Path) -> None:
    done = pipeline(here, "--report", "papers")
    assert (done.returncode, done.stderr) == (0, "Written: papers\n")
    papers = [f"{n:02d}-{name}{kind}.md" for n, name in enumerate(IN_ORDER, 1) for kind in ("", "-support")]
    assert sorted(p.name for p in (here / "papers").iterdir()) == sorted(
        [*papers, "figures", "pipeline.csv", "pipeline.json", "summary.md"]
    )
    summary = (here / "papers/summary.md").read_text(encoding="utf-8")
    assert "](figures/capacity-by-term.svg)" in summary
    assert (here / "papers/figures/capacity-by-term.svg").read_text(encoding="utf-8").startswith("<svg")
    assert (here / "papers/figures/02-kestrel-high-reserves-by-year.svg").is_file()
    kestrel = (here / "papers/02-kestrel-high.md").read_text(encoding="utf-8")
    assert "| Taken to have joined before | Larkfield Primary School |" in kestrel
    assert "Taken to have joined before" not in (here / "papers/01-larkfield-primary.md").read_text(encoding="utf-8")


def test_no_part_of_a_report_is_replaced_until_told(here: Path) -> None:
    (here / "papers").mkdir()
    (here / "papers/03-st-oswin-primary.md").write_text("Corrected.\n", encoding="utf-8")
    done = pipeline(here, "--report", "papers")
    assert (done.returncode, done.stdout) == (2, "")
    assert "papers: already holds 03-st-oswin-primary.md; name another folder, or add --overwrite" in done.stderr
    assert [p.name for p in (here / "papers").iterdir()] == ["03-st-oswin-primary.md"]

    assert pipeline(here, "--report", "papers", "--overwrite").returncode == 0
    assert len(list((here / "papers").iterdir())) == 16


def test_a_picture_that_is_there_is_not_replaced_until_told(here: Path) -> None:
    there = here / "papers/figures/02-kestrel-high-reserves-by-year.svg"
    there.parent.mkdir(parents=True)
    there.write_text("Corrected.\n", encoding="utf-8")
    done = pipeline(here, "--report", "papers")
    assert (done.returncode, done.stdout) == (2, "")
    assert "papers: already holds figures/02-kestrel-high-reserves-by-year.svg; name another folder" in done.stderr
    assert [p for p in (here / "papers").rglob("*") if p.is_file()] == [there]

    assert pipeline(here, "--report", "papers", "--overwrite").returncode == 0
    assert there.read_text(encoding="utf-8").startswith("<svg")


def test_all_of_a_report_is_looked_for_before_any_of_it_is_written(here: Path) -> None:
    """Papers taken away one by one: what is left, pictures too, is refused by name until nothing is."""
    assert pipeline(here, "--report", "papers").returncode == 0
    left = {p.relative_to(here / "papers").as_posix() for p in (here / "papers").rglob("*") if p.is_file()}
    for name in sorted(n for n in left if not n.startswith("figures/")):
        (here / "papers" / name).unlink()
    pictures = sum(n.startswith("figures/") for n in left)
    assert f"and {pictures - 3} more" in pipeline(here, "--report", "papers").stderr


def test_pictures_are_not_written_where_a_file_stands_in_the_place_of_their_folder(here: Path) -> None:
    (here / "papers").mkdir()
    (here / "papers/figures").write_text("Notes.\n", encoding="utf-8")
    done = pipeline(here, "--report", "papers", "--overwrite")
    assert done.returncode == 2
    assert "papers/figures: is not a folder; take it away, or name another folder" in done.stderr
    assert [p.name for p in (here / "papers").iterdir()] == ["figures"]


def test_pictures_are_not_written_through_a_link(here: Path) -> None:
    (here / "elsewhere").mkdir()
    (here / "papers").mkdir()
    (here / "papers/figures").symlink_to(here / "elsewhere")
    done = pipeline(here, "--report", "papers")
    assert done.returncode == 2
    assert "papers/figures: is a link to another place" in done.stderr
    assert list((here / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("name", ["03-st-oswin-primary.md", "summary.md", "figures/capacity-by-term.svg"])
def test_a_link_in_the_place_of_one_paper_is_refused_before_any_is_written(name: str, here: Path) -> None:
    assert pipeline(here, "--report", "papers").returncode == 0
    paper, first = here / "papers" / name, here / "papers/01-larkfield-primary.md"
    first.write_text("as it was\n", encoding="utf-8")
    paper.unlink(missing_ok=True)
    paper.symlink_to(here / "trust.yaml")
    done = pipeline(here, "--report", "papers", "--overwrite")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"papers/{name}: is a link to another place and not an ordinary file" in done.stderr
    assert first.read_text(encoding="utf-8") == "as it was\n"


def test_a_school_that_is_in_the_trust_already_is_told_and_the_rest_are_done(here: Path) -> None:
    place = here / "schools/kestrel-high.yaml"
    place.write_text(place.read_text(encoding="utf-8").replace('urn: "999101"', 'urn: "999017"', 1), encoding="utf-8")
    done = pipeline(here)
    assert done.returncode == 2
    assert "kestrel-high.yaml:10: identity.urn: 999017 is the number of Thornmere High School" in done.stderr
    assert "  2  kestrel-high: its file cannot be used" in done.stdout
    assert "Larkfield Primary School, summer 2027: APPROVE" in done.stdout


def test_one_school_in_two_files_is_told_by_the_second(here: Path) -> None:
    shutil.copy(here / "schools/kestrel-high.yaml", here / "schools/kestrel-again.yaml")
    order = here / "pipeline.yaml"
    order.write_text(order.read_text(encoding="utf-8") + "    - school: schools/kestrel-again.yaml\n", encoding="utf-8")
    done = pipeline(here)
    assert done.returncode == 2
    assert "schools/kestrel-again.yaml:10: identity.urn: 999101 is the number of the school in" in done.stderr
    assert "  7  kestrel-again: its file cannot be used" in done.stdout


@pytest.mark.parametrize("term", ["autumn 2026", "spring 2024"])
def test_a_term_that_has_begun_is_told(term: str, here: Path) -> None:
    (here / "pipeline.yaml").write_text(
        f"joiners:\n  - school: schools/larkfield-primary.yaml\n    joining: {term}\n", encoding="utf-8"
    )
    said = " ".join(pipeline(here).stdout.split())
    assert f"Larkfield Primary School: {term} has begun or is past." in said
    assert "No school takes the trust over a line." not in said


def broken(folder: Path) -> None:
    place = folder / "schools/kestrel-high.yaml"
    place.write_text(place.read_text(encoding="utf-8") + "\nroll: twice\n", encoding="utf-8")


@pytest.mark.parametrize(
    "lines", [("in_year_gbp: 241_000", "in_year_gbp: 141_000"), ("finance_forecast:", "finance_forecast: #")]
)
def test_reserves_that_wait_for_the_trusts_own_forecast_say_so(here: Path, lines: tuple[str, str]) -> None:
    text = (here / "trust.yaml").read_text(encoding="utf-8")
    assert lines[0] in text
    out = text.replace(*lines)
    if lines[1].endswith("#"):
        out = re.sub(r"(?<=finance_forecast: #\n)(  .*\n)+", "", out)
    (here / "trust.yaml").write_text(out, encoding="utf-8")

    done = pipeline(here)

    said = "Larkfield Primary School: reserves are not known, nor what is left for those after it. Waits for: trust"
    assert said in " ".join(done.stdout.split())


def test_one_broken_file_is_told_of_and_the_rest_are_done(here: Path) -> None:
    broken(here)
    done = pipeline(here)
    assert done.returncode == 2
    assert "schools/kestrel-high.yaml:" in done.stderr
    assert "roll: is written twice" in done.stderr
    assert "  1  Larkfield Primary School, summer 2027: APPROVE" in done.stdout
    assert "  2  kestrel-high: its file cannot be used" in done.stdout
    # What it would take is not known, so neither is what is left for those after it.
    assert "  3  St Oswin's Church of England Primary School, autumn 2027: DEFER" in done.stdout
    assert "cannot be used, so improvement days are not known" in " ".join(done.stdout.split())


def test_a_file_that_is_not_there_is_a_broken_file(here: Path) -> None:
    (here / "schools/kestrel-high.yaml").unlink()
    done = pipeline(here, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert done.returncode == 2
    assert "schools/kestrel-high.yaml: there is no such file" in done.stderr
    assert [row["readable"] for row in rows] == ["yes", "no", "yes", "yes", "yes", "yes"]


def test_each_alone_knows_no_order(here: Path) -> None:
    rows = csv.DictReader(io.StringIO(pipeline(here, "--each-alone", "--format", "csv").stdout))
    assert {row["school"]: row["proposed"] for row in rows}["kestrel-high"] == "defer"


@pytest.mark.parametrize("format_", ["text", "jsonl", "csv"])
def test_more_processes_change_nothing(format_: str, here: Path) -> None:
    broken(here)
    one, two = (pipeline(here, "--each-alone", "--format", format_, "--jobs", jobs) for jobs in (1, 2))
    assert one.stdout
    assert (one.returncode, one.stdout, one.stderr) == (2, two.stdout, two.stderr)


def test_what_is_tried_stands_beside_and_is_not_saved(here: Path) -> None:
    before = {p: p.read_bytes() for p in here.rglob("*.yaml")}
    done = pipeline(here, "--post", "improvement.send=+1", "--delay", "tarnside-all-through=1")
    base, _, tried = done.stdout.partition("\nTRIED ")
    assert done.stdout.startswith(base)
    assert base in (GOLDEN / "pipeline.txt").read_text(encoding="utf-8")
    words = " ".join(tried.split())
    assert "1 more SEND post in the improvement team." in words
    assert "Tarnside School 1 term later." in words
    assert "Fenwick House School no longer tips SEND improvement days (not met)." in words
    assert {p: p.read_bytes() for p in here.rglob("*.yaml")} == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nowhere",), "nowhere: there is no such file"),
        (("schools/kestrel-high.yaml",), "identity: there is no such block; the blocks are: joiners"),
        (("--format", "docx"), '--format: "docx" is not one of the answers; write one of: text, json, jsonl, csv, md'),
        (("--format", "md", "--post", "central.hr=+1"), "are tried and never saved; use --format text, json or csv"),
        (("--report", "x", "--delay", "kestrel-high=1"), "are tried and never saved"),
        (("--delay", "kestrel=1"), '--delay: there is no school "kestrel"; did you mean kestrel-high?'),
        (
            ("--set", "roll.pupils_count=5"),
            "school.roll.pupils_count is a fact of a school; write the school before it",
        ),
        (("--each-alone", "--report", "x"), "--each-alone: goes with none of --report, --set, --post and --delay"),
        (("--each-alone", "--format", "json"), "write one of: text, jsonl, csv"),
    ],
)
def test_what_is_wrong_is_told_in_plain_words(words: tuple[str, ...], told: str, here: Path) -> None:
    done = pipeline(here, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


def test_without_a_trust_there_is_nothing_to_join(here: Path) -> None:
    (here / "trust.yaml").unlink()
    done = pipeline(here)
    assert (done.returncode, done.stdout) == (2, "")
    assert "trust.yaml: was not found here or above; name it: --trust FILE" in done.stderr


@pytest.mark.parametrize("path", ["../ours/trust.yaml", "/etc/passwd", "schools/../../x.yaml"])
def test_a_pipeline_file_cannot_lead_out_of_its_folder(path: str, here: Path) -> None:
    (here / "pipeline.yaml").write_text(f"joiners:\n  - school: {path}\n", encoding="utf-8")
    done = pipeline(here)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("pipeline.yaml:2: joiners[0].school: ")
