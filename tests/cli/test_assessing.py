"""`assess` and `readiness` as a person runs them: the real program, real files, its exit codes."""

import json
import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from typer.testing import CliRunner, Result

from clpt_growth.cli.app import app_with

EXAMPLES = Path(__file__).parents[2] / "examples"
AS_OF = ("--as-of", "2026-12-04")
KESTREL = "schools/kestrel-high.yaml"  # defer: gates without evidence
TARNSIDE = "schools/tarnside-all-through.yaml"  # decline: a gate not met
FENWICK = "schools/fenwick-special.yaml"  # approve subject to conditions
LARKFIELD = "schools/larkfield-primary.yaml"  # approve


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace of a person's own, with the example trust and schools, and the person in it."""
    shutil.copytree(EXAMPLES, tmp_path / "ours")
    monkeypatch.chdir(tmp_path / "ours")
    return tmp_path / "ours"


def ask(*words: object) -> Result:
    """A command without a process of its own, from where the person stands."""
    return CliRunner().invoke(app_with(), [str(word) for word in words])


def run(
    folder: Path, *words: object, before: Callable[[], None] | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "clpt_growth", *map(str, words)],
        cwd=folder, capture_output=True, encoding="utf-8", timeout=60, check=False,
        env={**os.environ, **environment}, preexec_fn=before,
    )  # fmt: skip
    assert "Traceback" not in done.stdout + done.stderr
    assert "\x1b" not in done.stdout + done.stderr
    return done


def test_a_school_that_falls_short_is_not_an_error(here: Path) -> None:
    done = run(here, "assess", KESTREL, *AS_OF)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Kestrel High School, URN 999101")
    assert f"NEXT       clpt-growth explain D03 --case {KESTREL}" in done.stdout


def test_the_trust_file_is_found_from_inside_the_folder_of_schools(here: Path) -> None:
    done = run(here / "schools", "assess", "kestrel-high.yaml", *AS_OF)
    assert done.returncode == 0
    assert "Joining Thornmere Learning Trust." in done.stdout


def test_without_a_trust_file_nothing_of_the_trust_is_in_evidence(here: Path, tmp_path: Path) -> None:
    shutil.copy(here / KESTREL, tmp_path / "alone.yaml")
    done = run(tmp_path, "assess", "alone.yaml", *AS_OF)
    assert done.returncode == 0
    assert "No trust file was found: nothing about the trust is in evidence." in done.stdout


def test_a_trust_file_can_be_named(here: Path, tmp_path: Path) -> None:
    shutil.copy(here / KESTREL, tmp_path / "alone.yaml")
    done = ask("assess", tmp_path / "alone.yaml", "--trust", here / "trust.yaml", *AS_OF)
    assert "Joining Thornmere Learning Trust." in done.stdout


@pytest.mark.parametrize(
    ("school", "word", "code"),
    [
        (TARNSIDE, "decline", 1),
        (KESTREL, "defer", 1),
        (FENWICK, "conditions", 1),
        (KESTREL, "not evidenced", 1),
        (KESTREL, "decline", 0),
        (LARKFIELD, "not evidenced", 0),
    ],
)
def test_only_what_is_asked_for_and_occurs_gives_one(school: str, word: str, code: int) -> None:
    done = ask("assess", EXAMPLES / school, "--fail-on", word, *AS_OF)
    assert (done.exit_code, done.stderr) == (code, "")
    assert done.stdout


def test_any_of_several_words_is_enough(here: Path) -> None:
    assert ask("assess", KESTREL, "--fail-on", "decline", "--fail-on", "partly met", *AS_OF).exit_code == 1


def test_a_word_nobody_could_be_told_of_is_refused_before_anything_is_written(here: Path) -> None:
    done = ask("assess", KESTREL, "--fail-on", "amber", "--report", "paper.md", *AS_OF)
    assert (done.exit_code, done.stdout) == (2, "")
    assert '--fail-on: "amber" is not one of the answers; write one of: decline, defer, conditions, met' in done.stderr
    assert not (here / "paper.md").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            (KESTREL, "--as-of", "4/12/2026"),
            '--as-of: "4/12/2026" is not a date; write year-month-day: 2026-12-04',
        ),
        ((KESTREL, "--as-of", "2026-02-30"), '--as-of: "2026-02-30" is not a date'),
        ((KESTREL, "--as-of", "1999-12-31"), "--as-of: 1999-12-31 is out of reach; give a year from 2000 to 2100"),
        ((KESTREL, "--as-of", "2101-01-01"), "--as-of: 2101-01-01 is out of reach"),
        (
            (KESTREL, "--format", "odt"),
            '--format: "odt" is not one of the answers; write one of: text, json, md, html, docx, pdf',
        ),
        (
            ("schools/nobody.yaml",),
            "schools/nobody.yaml: there is no such file; the folder holds: fenwick-special.yaml",
        ),
        (("nowhere/at/all.yaml",), "nowhere/at/all.yaml: there is no such file; check the path"),
        (("schools",), "schools: is a folder; name a file in it"),
        ((KESTREL, "--trust", "schools"), "schools: is a folder; name a file in it"),
        (
            (KESTREL, "--trust", "none.yaml"),
            "none.yaml: there is no such file; the folder holds: pipeline.yaml, trust.yaml",
        ),
        (("trust.yaml",), "trust.yaml:"),
        ((KESTREL, "--trust", LARKFIELD), f"{LARKFIELD}:"),
        ((), "Missing argument 'SCHOOL'"),
        ((KESTREL, "--nothing"), "No such option: --nothing"),
    ],
)
def test_what_is_wrong_is_told_in_plain_words(words: tuple[str, ...], told: str, here: Path) -> None:
    done = ask("assess", *words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert told in done.stderr


def test_every_problem_in_both_files_is_told_at_once(here: Path) -> None:
    (here / "trust.yaml").write_text("identity: {nmae: Ours}\n", encoding="utf-8")
    (here / "oak.yaml").write_text("intake: {free_meals_share: 41.2}\nfinance:\n  total: 5\n", encoding="utf-8")
    done = ask("assess", "oak.yaml", *AS_OF)
    assert done.exit_code == 2
    assert "oak.yaml:1: intake.free_meals_share: 41.2 is more than the whole" in done.stderr
    assert "oak.yaml:3: finance.total: " in done.stderr
    assert "trust.yaml:1: identity.nmae: " in done.stderr
    assert done.stderr.endswith("3 problems; nothing was written.\n")


def test_the_report_is_written_and_named(here: Path) -> None:
    done = run(here, "assess", KESTREL, "--report", "papers/2027/kestrel.md", *AS_OF)
    assert done.returncode == 0
    assert done.stderr == "Written: papers/2027/kestrel.md\nPictures: papers/2027/figures\n"
    text = (here / "papers/2027/kestrel.md").read_bytes()
    assert text.startswith(b"# Kestrel High School: should it join Thornmere Learning Trust?\n")
    assert b"\r" not in text
    assert str(here).encode() not in text


def test_a_report_that_is_there_is_left_unless_told_to(here: Path) -> None:
    (here / "paper.md").write_text("ours\n")
    done = ask("assess", KESTREL, "--report", "paper.md", *AS_OF)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "paper.md: is already there; name another file, or add --overwrite" in done.stderr
    assert (here / "paper.md").read_text() == "ours\n"
    assert ask("assess", KESTREL, "--report", "paper.md", "--overwrite", *AS_OF).exit_code == 0
    assert (here / "paper.md").read_text(encoding="utf-8").startswith("# Kestrel")


@pytest.mark.parametrize("report", ["schools", "trust.yaml/paper.md"])
def test_a_report_cannot_take_the_place_of_a_folder_or_lie_below_a_file(report: str, here: Path) -> None:
    done = ask("assess", KESTREL, "--report", report, "--overwrite", *AS_OF)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"{report}: ")


def _no_file_over_4_kilobytes() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, 4_096))


def test_an_interrupted_write_leaves_the_old_file(here: Path) -> None:
    (here / "paper.md").write_text("ours\n")
    run(here, "assess", KESTREL, *AS_OF)  # so that the compiled principles are there already
    names = sorted(p.name for p in here.iterdir())
    done = run(
        here,
        "assess",
        KESTREL,
        "--report",
        "paper.md",
        "--overwrite",
        *AS_OF,
        before=_no_file_over_4_kilobytes,
    )
    assert done.returncode == 2
    assert "paper.md: cannot be written (File too large); check the folder and your rights" in done.stderr
    assert (here / "paper.md").read_text() == "ours\n"
    assert sorted(p.name for p in here.iterdir()) == names


def test_the_paper_on_the_screen_is_the_paper_in_the_file(here: Path) -> None:
    done = ask("assess", KESTREL, "--format", "md", "--report", "paper.md", *AS_OF)
    assert done.stdout == (here / "paper.md").read_text(encoding="utf-8")


PICTURES = (
    "capacity-by-term",
    "outcomes-by-area-diligence",
    "outcomes-by-area-growth",
    "outcomes-by-area-offer",
    "reserves-by-year",
)


def test_a_paper_in_markdown_has_its_pictures_beside_it(here: Path) -> None:
    ask("assess", KESTREL, "--report", "out/a paper (draft).md", *AS_OF)
    names = [f"a paper (draft)-{name}.svg" for name in PICTURES]
    assert sorted(p.name for p in (here / "out/figures").iterdir()) == names
    text = (here / "out/a paper (draft).md").read_text(encoding="utf-8")
    places = re.findall(r"^!\[[^\]]+\]\((\S+)\)$", text, re.MULTILINE)
    assert sorted(unquote(place) for place in places) == [f"figures/{name}" for name in names]


def test_markdown_on_the_screen_alone_has_no_pictures_and_is_otherwise_the_same(here: Path) -> None:
    alone = ask("assess", KESTREL, "--format", "md", *AS_OF).stdout
    beside = ask("assess", KESTREL, "--format", "md", "--report", "paper.html", *AS_OF).stdout
    assert "![" not in alone
    assert beside == alone
    ask("assess", KESTREL, "--report", "paper.md", *AS_OF)
    lines = (here / "paper.md").read_text(encoding="utf-8").splitlines()
    assert [n for n in lines if n and not n.startswith("![")] == [n for n in alone.splitlines() if n]


def test_html_on_the_screen_has_its_pictures_in_it(here: Path) -> None:
    page = ask("assess", KESTREL, "--format", "html", *AS_OF).stdout
    assert page.count("<svg ") == len(PICTURES)
    assert not (here / "figures").exists()


def test_a_picture_that_is_there_is_left_unless_told_to_and_then_nothing_is_written(here: Path) -> None:
    place = here / "figures/paper-reserves-by-year.svg"
    place.parent.mkdir()
    place.write_text("ours")
    done = ask("assess", KESTREL, "--report", "paper.md", *AS_OF)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "figures/paper-reserves-by-year.svg: is already there; name another file, or add --overwrite" in done.stderr
    assert place.read_text() == "ours"
    assert [p.name for p in place.parent.iterdir()] == [place.name]
    assert not (here / "paper.md").exists()
    assert ask("assess", KESTREL, "--report", "paper.md", "--overwrite", *AS_OF).exit_code == 0
    assert place.read_text(encoding="utf-8").startswith("<svg ")


def test_pictures_never_leave_the_folder_of_the_paper(here: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (here / "figures").symlink_to(tmp_path / "elsewhere")
    done = ask("assess", KESTREL, "--report", "paper.md", "--overwrite", *AS_OF)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "figures: is a link to another place; take the link away, or name another folder" in done.stderr
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert not (here / "paper.md").exists()


def test_a_file_in_the_place_of_the_pictures_folder_is_told(here: Path) -> None:
    (here / "figures").write_text("ours")
    done = ask("assess", KESTREL, "--report", "paper.md", *AS_OF)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "figures: is not a folder; take it away, or name another folder" in done.stderr
    assert not (here / "paper.md").exists()
    assert (here / "figures").read_text() == "ours"


def test_a_trusts_own_template_has_the_pictures_it_names_and_no_others(here: Path) -> None:
    (here / "templates").mkdir()
    (here / "templates/board-paper.md.jinja").write_text("# Ours\n\n{{ capacity_picture }}\n")
    ask("assess", KESTREL, "--report", "paper.md", *AS_OF)
    assert [p.name for p in (here / "figures").iterdir()] == ["paper-capacity-by-term.svg"]


def test_json_is_only_json_and_the_same_each_time(here: Path) -> None:
    first, second = (ask("assess", KESTREL, "--format", "json", *AS_OF) for _ in range(2))
    assert first.stdout == second.stdout
    content = json.loads(first.stdout)
    assert content["schema"] == "clpt-growth/assessment/v1"
    assert [f["file"] for f in content["inputs"]] == [KESTREL, "trust.yaml"]


def test_a_trusts_own_broken_template_says_where(here: Path) -> None:
    (here / "templates").mkdir()
    (here / "templates/board-paper.md.jinja").write_text("one\n{{ nothing }}\n")
    done = ask("assess", KESTREL, "--report", "paper.md", *AS_OF)
    assert done.exit_code == 2
    assert "templates/board-paper.md.jinja:2: the template cannot be used ('nothing' is undefined)" in done.stderr
    assert not (here / "paper.md").exists()


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("areas: []\n", "there is no 'context'"),
        ("areas: 5\ncontext: []\n", "cannot be used ("),
        ("- a\n", "cannot be used ("),
        ("areas: [{title: x, tables: [moon]}]\ncontext: []\n", "there is no 'moon'"),
    ],
)
def test_a_trusts_own_broken_layout_is_named(words: str, wrong: str, here: Path) -> None:
    (here / "templates").mkdir()
    (here / "templates/board-paper.yaml").write_text(words)
    done = ask("assess", KESTREL, "--format", "md", *AS_OF)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "templates/board-paper.yaml: the template cannot be used (" in done.stderr
    assert wrong in done.stderr


def test_nothing_changes_where_colour_is_not_wanted(here: Path) -> None:
    assert (
        run(here, "assess", KESTREL, *AS_OF, NO_COLOR="1").stdout
        == run(here, "assess", KESTREL, *AS_OF, FORCE_COLOR="1").stdout
    )


def test_a_reader_who_stops_reading_is_no_error(here: Path) -> None:
    command = f"{sys.executable} -m clpt_growth assess {KESTREL} --format json --as-of 2026-12-04 | head -c 10"
    done = subprocess.run(
        ["sh", "-c", command], cwd=here, capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert (done.stdout, done.stderr) == ('{\n  "schem', "")


def test_readiness_judges_the_trust_found_here(here: Path) -> None:
    done = run(here / "schools", "readiness", *AS_OF)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Thornmere Learning Trust. Facts as at 4 December 2026.\n")


def test_readiness_as_json(here: Path) -> None:
    content = json.loads(ask("readiness", "--trust", "trust.yaml", "--format", "json", *AS_OF).stdout)
    assert content["schema"] == "clpt-growth/readiness/v1"
    assert "candidate" not in content
    assert [f["file"] for f in content["inputs"]] == ["trust.yaml"]


def test_readiness_without_a_trust_file_says_how_to_name_it(tmp_path: Path) -> None:
    done = run(tmp_path, "readiness")
    assert (done.returncode, done.stdout) == (2, "")
    assert "trust.yaml: was not found here or above; name it: --trust FILE" in done.stderr


def test_readiness_has_no_board_paper_because_no_school_would_join(here: Path) -> None:
    done = ask("readiness", "--format", "md", *AS_OF)
    assert (done.exit_code, done.stdout) == (2, "")
    assert '--format: "md" is not one of the answers; write one of: text, json' in done.stderr


def test_readiness_gives_one_where_a_gate_has_the_outcome_asked_for(here: Path) -> None:
    assert ask("readiness", "--fail-on", "met", *AS_OF).exit_code == 1
    assert ask("readiness", "--fail-on", "not met", *AS_OF).exit_code == 0


@pytest.mark.parametrize(
    ("ending", "start"), [("md", b"# "), ("html", b"<!doctype"), ("docx", b"PK"), ("pdf", b"%PDF")]
)
def test_the_ending_of_the_report_says_its_format(ending: str, start: bytes, here: Path) -> None:
    done = run(here, "assess", KESTREL, "--report", f"paper.{ending}", *AS_OF)
    pictures = "\nPictures: figures" if ending == "md" else ""
    assert (done.returncode, done.stderr) == (0, f"Written: paper.{ending}{pictures}\n")
    assert (here / "figures").exists() == (ending == "md")
    assert done.stdout.startswith("Kestrel High School")
    assert (here / f"paper.{ending}").read_bytes().startswith(start)


def test_a_paper_in_bytes_goes_through_a_pipe_whole(here: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "clpt_growth", "assess", KESTREL, "--format", "pdf", *AS_OF],
        cwd=here, capture_output=True, check=True,
    )  # fmt: skip
    assert done.stdout.startswith(b"%PDF")
    assert done.stdout.rstrip().endswith(b"%%EOF")


@pytest.mark.parametrize(
    ("report", "told"),
    [
        ("paper.txt", "paper.txt: has no ending that says what it is; end it in .md, .html, .docx or .pdf"),
        ("link.md", "link.md: is a link to another place and not an ordinary file; name an ordinary file"),
        ("pipe.md", "pipe.md: is a device or pipe and not an ordinary file; name an ordinary file"),
    ],
)
def test_a_report_that_may_not_be_written_is_refused_before_any_work(report: str, told: str, here: Path) -> None:
    (here / "link.md").symlink_to("/dev/null")
    os.mkfifo(here / "pipe.md")
    done = ask("assess", KESTREL, "--report", report, "--overwrite", *AS_OF)
    assert (done.exit_code, done.stdout) == (2, "")
    assert told in done.stderr
    assert (here / "link.md").is_symlink()


def test_what_is_tried_stands_after_the_answer_of_the_files_and_is_not_saved(here: Path) -> None:
    before = {p: p.read_bytes() for p in here.rglob("*.yaml")}
    kestrel = ("schools/kestrel-high.yaml", *AS_OF)
    base = run(here, "assess", *kestrel)
    done = run(here, "assess", *kestrel, "--post", "improvement.secondary=+1", "--delay", "kestrel-high=1")

    assert done.returncode == 0
    assert done.stdout.startswith(base.stdout)
    tried = " ".join(done.stdout.removeprefix(base.stdout).split())
    assert tried.startswith("TRIED 1 more secondary post in the improvement team. Joining 1 term later.")
    assert "Tried only: nothing of it is saved." in tried
    assert {p: p.read_bytes() for p in here.rglob("*.yaml")} == before


def test_what_is_tried_of_the_trust_alone_is_data_of_its_own(here: Path) -> None:
    words = ("--trust", "trust.yaml", *AS_OF, "--set", "policy.reserves_minimum_share=20%", "--format", "json")
    content = json.loads(run(here, "readiness", *words).stdout)

    assert content["what_if"]["tried"] == ["minimum reserves: 20%"]
    assert "P06a" in [change["id"] for change in content["what_if"]["changed"]]


def test_what_is_tried_is_never_written_to_a_paper(here: Path) -> None:
    words = ("schools/kestrel-high.yaml", *AS_OF, "--delay", "kestrel-high=1", "--report", "paper.md")
    done = run(here, "assess", *words)

    assert (done.returncode, done.stdout) == (2, "")
    assert "are tried and never saved" in done.stderr
    assert not (here / "paper.md").exists()
