"""`support` as a person runs it: the real program, real files, its exit codes."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
GOLDEN = Path(__file__).parents[1] / "golden"
AS_OF = ("--as-of", "2026-12-04")
KESTREL = "schools/kestrel-high.yaml"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A workspace of a person's own, with the example trust and schools."""
    shutil.copytree(EXAMPLES, tmp_path / "ours")
    return tmp_path / "ours"


def support(folder: Path, *words: object) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "clpt_growth", "support", *map(str, words)],
        cwd=folder, capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stdout + done.stderr
    assert "\x1b" not in done.stdout + done.stderr
    return done


def test_the_plan_is_on_the_screen(here: Path) -> None:
    done = support(here, KESTREL, *AS_OF)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Kestrel High School: support plan, as at 4 December 2026\n")
    assert "COVER      6 of 7 needs covered. Of 59 days needed in autumn 2027, the first\n" in done.stdout


def test_needs_without_help_are_not_an_error(here: Path) -> None:
    done = support(here, "schools/millbeck-academy.yaml", *AS_OF)
    assert done.returncode == 0
    assert "COVER      0 of 2 needs covered. What others already pay for is not in" in done.stdout


def test_the_same_files_give_the_same_bytes(here: Path) -> None:
    assert support(here, KESTREL, *AS_OF).stdout == support(here, KESTREL, *AS_OF).stdout


def test_as_json_it_is_data_and_nothing_else(here: Path) -> None:
    done = support(here, KESTREL, "--format", "json", *AS_OF)
    content = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert (content["schema"], content["as_of"]) == ("clpt-growth/support/v1", "2026-12-04")
    assert len(content["needs"]) == 7


def test_as_markdown_it_is_the_paper_the_school_may_read(here: Path) -> None:
    done = support(here, KESTREL, "--format", "md", *AS_OF)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (GOLDEN / "support-kestrel-high.md").read_text(encoding="utf-8")


def test_the_report_is_written_beside_the_screen_and_named(here: Path) -> None:
    done = support(here, KESTREL, "--report", "papers/2027/kestrel.md", *AS_OF)
    assert (done.returncode, done.stderr) == (0, "Written: papers/2027/kestrel.md\n")
    assert done.stdout.startswith("Kestrel High School: support plan")
    assert (here / "papers/2027/kestrel.md").read_bytes() == (GOLDEN / "support-kestrel-high.md").read_bytes()


def test_a_report_that_is_there_is_kept_until_told_otherwise(here: Path) -> None:
    (here / "plan.md").write_text("Corrected by the head.\n", encoding="utf-8")
    done = support(here, KESTREL, "--report", "plan.md", *AS_OF)
    assert (done.returncode, done.stdout) == (2, "")
    assert "plan.md: " in done.stderr
    assert "--overwrite" in done.stderr
    assert (here / "plan.md").read_text(encoding="utf-8") == "Corrected by the head.\n"

    assert support(here, KESTREL, "--report", "plan.md", "--overwrite", *AS_OF).returncode == 0
    assert (here / "plan.md").read_text(encoding="utf-8").startswith("# Kestrel High School: what")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("schools/nobody.yaml",),
            "schools/nobody.yaml: there is no such file; the folder holds: fenwick-special.yaml",
        ),
        (("schools",), "schools: is a folder; name a file in it"),
        (
            (KESTREL, "--trust", "none.yaml"),
            "none.yaml: there is no such file; the folder holds: pipeline.yaml, trust.yaml",
        ),
        (
            (KESTREL, "--format", "odt"),
            '--format: "odt" is not one of the answers; write one of: text, json, md, html, docx, pdf',
        ),
        ((KESTREL, "--as-of", "4/12/2026"), '--as-of: "4/12/2026" is not a date; write year-month-day: 2026-12-04'),
        (("trust.yaml",), "trust.yaml:"),
        ((), "Missing argument 'SCHOOL'"),
    ],
)
def test_what_is_wrong_is_told_in_plain_words(words: tuple[str, ...], told: str, here: Path) -> None:
    done = support(here, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{need: maths, priority: first, specialism: primary}", "priority"),
        ("{need: maths, priority: 1, specialism: magic}", "specialism"),
        ("{need: maths, priority: 1, specialism: primary, line: miracles}", "line"),
        ("{need: maths, priority: 1, specialism: primary, days_a_term: many}", "days_a_term"),
        ("{priority: 1, specialism: primary}", "need"),
    ],
)
def test_a_need_badly_written_is_told_at_its_line(written: str, told: str, here: Path) -> None:
    words = f"identity: {{name: Oak}}\nneeds:\n  source: x\n  dated: 2026-10-01\n  verified: document seen\n  records:\n    - {written}\n"
    (here / "oak.yaml").write_text(words, encoding="utf-8")
    done = support(here, "oak.yaml", "--report", "plan.md", *AS_OF)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("oak.yaml:7: needs[0]")
    assert told in done.stderr
    assert not (here / "plan.md").exists()


def test_without_a_trust_nothing_is_offered(here: Path, tmp_path: Path) -> None:
    shutil.copy(here / KESTREL, tmp_path / "alone.yaml")
    done = support(tmp_path, "alone.yaml", *AS_OF)
    assert done.returncode == 0
    assert "COVER      0 of 7 needs covered, 1 in part. Of 59 days needed in autumn 2027,\n" in done.stdout
    assert "The trust's register of offers is not in evidence." in done.stdout


def test_more_days_promised_than_there_are_is_told_at_its_line(here: Path) -> None:
    trust = (here / "trust.yaml").read_text(encoding="utf-8")
    over = trust.replace("days_a_term: 16, committed_days_a_term: 6", "days_a_term: 16, committed_days_a_term: 60")
    assert over != trust
    (here / "trust.yaml").write_text(over, encoding="utf-8")
    done = support(here, KESTREL, *AS_OF)
    assert (done.returncode, done.stdout) == (2, "")
    assert "committed_days_a_term: 60 is more than days_a_term: 16; correct one of the two\n" in done.stderr
