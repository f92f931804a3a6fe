"""`plan` as a person runs it: the real program, real files, its exit codes."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
AS_OF = ("--as-of", "2026-12-04")
ONE_POST = ("--post", "central.project management=+1")
# A package that is None here cannot be imported, as if it had never been installed.
_WITHOUT_SOLVER = """
import sys
sys.modules["highspy"] = None
from clpt_growth.__main__ import main
sys.argv[0] = "clpt-growth"
main()
"""


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A workspace of a person's own, with the example trust, schools and order."""
    shutil.copytree(EXAMPLES, tmp_path / "ours")
    return tmp_path / "ours"


def plan(folder: Path, *words: object, solver: bool = True) -> subprocess.CompletedProcess[str]:
    program = ["-m", "clpt_growth"] if solver else ["-c", _WITHOUT_SOLVER]
    done = subprocess.run(
        [sys.executable, *program, "plan", *map(str, words)],
        cwd=folder, capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stdout + done.stderr
    assert "\x1b" not in done.stdout + done.stderr
    return done


def test_a_trust_that_is_full_says_so_and_names_the_post(here: Path) -> None:
    done = plan(here, *AS_OF)
    said = " ".join(done.stdout.split())
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Thornmere Learning Trust: a plan of start terms, summer 2027 to spring 2030\n")
    assert "Proved best: no other plan does better. 0 schools of 5 would join." in said
    assert "If any school joins, this cannot hold: the central team's project management days" in said
    assert "Project management (65 days): Larkfield Primary School in summer 2027" in said
    assert "Millbeck Academy: what it would take is not known." in said
    assert said.endswith("is the board's to decide: this shows only what the limits allow.")
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_what_is_tried_stands_beside_the_plan_of_the_files(here: Path) -> None:
    done = plan(here, *AS_OF, *ONE_POST)
    said = " ".join(done.stdout.split())
    assert done.returncode == 0
    assert "TRIED 1 more project management post in the central team. Tried only: nothing of it is saved." in said
    assert "As the files say, the best plan is: Larkfield Primary School not placed" in said
    assert " 1 Larkfield Primary School summer 2027  summer 2027 " in done.stdout


@pytest.mark.parametrize(
    ("objective", "words"),
    [
        ("order", "Keep the board's order as far as possible"),
        ("pupils", "The most pupils in schools that need help."),
        ("joiners", "The most schools joining."),
        ("strain", "with the least use of any days at the peak."),
    ],
)
def test_each_objective_is_told_in_words(here: Path, objective: str, words: str) -> None:
    done = plan(here, *AS_OF, *ONE_POST, "--objective", objective)
    assert (done.returncode, done.stderr) == (0, "")
    assert words in " ".join(done.stdout.split())


def test_the_same_files_give_the_same_bytes_with_the_solver_or_without(here: Path) -> None:
    for objective in ("order", "pupils", "joiners"):
        words = (*AS_OF, *ONE_POST, "--objective", objective)
        first, again, alone = plan(here, *words), plan(here, *words), plan(here, *words, solver=False)
        assert first.stdout == again.stdout == alone.stdout


def test_as_json_it_is_data_and_nothing_else(here: Path) -> None:
    done = plan(here, "pipeline.yaml", "--format", "json", *AS_OF, *ONE_POST)
    content = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert (content["schema"], content["as_of"]) == ("clpt-growth/plan/v1", "2026-12-04")
    assert [p["keeps_every_limit"] for p in content["plans"]] == [True, True, True]
    assert content["plans"][0]["placings"][0] == {"school": "Larkfield Primary School", "term": "summer 2027"}


def test_the_report_is_the_paper_and_is_kept_until_told_otherwise(here: Path) -> None:
    shown = plan(here, "--format", "md", *AS_OF)
    assert shown.stdout.startswith("# Thornmere Learning Trust: a plan of start terms, summer 2027 to spring 2030\n")

    done = plan(here, "--report", "papers/plan.md", *AS_OF)
    assert (done.returncode, done.stderr) == (0, "Written: papers/plan.md\n")
    assert (here / "papers/plan.md").read_text(encoding="utf-8") == shown.stdout

    again = plan(here, "--report", "papers/plan.md", *AS_OF)
    assert (again.returncode, again.stdout) == (2, "")
    assert "--overwrite" in again.stderr


def test_fewer_terms_are_planned_for_when_asked(here: Path) -> None:
    done = plan(here, "--terms", 2, *AS_OF, *ONE_POST)
    assert done.stdout.startswith("Thornmere Learning Trust: a plan of start terms, summer 2027 to autumn 2027\n")
    said = " ".join(done.stdout.split())
    assert "Fenwick House School is proposed for spring 2028, after the terms planned for." in said


def test_a_file_that_is_wrong_is_told_of_and_the_rest_are_planned(here: Path) -> None:
    (here / "schools/larkfield-primary.yaml").write_text("identity: {name: [}\n", encoding="utf-8")
    done = plan(here, *AS_OF, *ONE_POST)
    assert done.returncode == 2
    assert done.stderr.startswith("schools/larkfield-primary.yaml:1: ")
    assert "larkfield-primary: its file cannot be used." in " ".join(done.stdout.split())
    assert " 1 Kestrel High School      autumn 2027  autumn 2027" in done.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nowhere.yaml",), "nowhere.yaml: there is no such file"),
        (
            ("--objective", "best"),
            '--objective: "best" is not one of the answers; write one of: order, pupils, joiners, strain',
        ),
        (
            ("--format", "csv"),
            '--format: "csv" is not one of the answers; write one of: text, json, md, html, docx, pdf',
        ),
        (("--terms", 0), "--terms: 0 is out of reach; give a number from 1 to 30"),
        (("--terms", 31), "--terms: 31 is out of reach; give a number from 1 to 30"),
        (("--time-limit", -1), "--time-limit: -1 is out of reach; give a number of seconds, 0 or more"),
        (("--time-limit", "nan"), "--time-limit: nan is out of reach"),
        (
            (*ONE_POST, "--report", "plan.md"),
            "--set, --post and --delay: are tried and never saved; leave out --report, or what is tried",
        ),
        (
            (*ONE_POST, "--format", "md"),
            "--set, --post and --delay: are tried and never saved; use --format text or json",
        ),
    ],
)
def test_what_is_wrong_is_told_in_plain_words(here: Path, words: tuple[object, ...], told: str) -> None:
    done = plan(here, *words, *AS_OF)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert not (here / "plan.md").exists()
