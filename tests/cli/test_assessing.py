"""`assess` and `readiness` as a person runs them: the real program, real files, its exit codes."""

import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from clpt_growth.cli.app import app

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
    return CliRunner().invoke(app, [str(word) for word in words])


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
            (KESTREL, "--format", "docx"),
            '--format: "docx" is not one of the answers; write one of: text, json, md',
        ),
        (
            ("schools/nobody.yaml",),
            "schools/nobody.yaml: there is no such file; the folder holds: fenwick-special.yaml",
        ),
        (("nowhere/at/all.yaml",), "nowhere/at/all.yaml: there is no such file; check the path"),
        (("schools",), "schools: is a folder; name a file in it"),
        ((KESTREL, "--trust", "schools"), "schools: is a folder; name a file in it"),
        ((KESTREL, "--trust", "none.yaml"), "none.yaml: there is no such file; the folder holds: trust.yaml"),
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
    assert done.stderr == "Written: papers/2027/kestrel.md\n"
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
