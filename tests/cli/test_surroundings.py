"""What stands round the program may be broken too: it says so in a line, and never hangs."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from clpt_growth.cli.shell import day_asked
from clpt_growth.files.problems import InputError

EXAMPLES = Path(__file__).parents[2] / "examples"
KESTREL = EXAMPLES / "schools/kestrel-high.yaml"
posix_only = pytest.mark.skipif(os.name != "posix", reason="Windows has no shell, pipes or signals of this kind")


def run(words: str, cwd: Path = EXAMPLES) -> subprocess.CompletedProcess[str]:
    """The command line through a shell, as a person would type it."""
    command = words.replace("clpt-growth", f'"{sys.executable}" -m clpt_growth')
    return subprocess.run(command, shell=True, cwd=cwd, capture_output=True, encoding="utf-8", timeout=60, check=False)  # noqa: S602


@posix_only
@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        # No room at all for the file, as on a full disk.
        ("ulimit -f 0; clpt-growth schema > out.txt", 2, "The answer could not be written (File too large).\n"),
        ("clpt-growth schema >&-", 2, "There is nowhere to write the answer: the output is closed.\n"),
        ("clpt-growth assess nosuch.yaml 2>&-", 2, ""),
    ],
)
def test_an_output_that_cannot_be_written_is_told(words: str, code: int, told: str, tmp_path: Path) -> None:
    ran = run(words, tmp_path)
    assert (ran.returncode, ran.stderr) == (code, told)


@posix_only
def test_a_reader_who_has_seen_enough_is_no_failure_of_ours() -> None:
    asked = [sys.executable, "-m", "clpt_growth", "principles", "list", "--format", "json"]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as ran:
        assert ran.stdout is not None
        assert ran.stderr is not None
        assert ran.stdout.read(1) == b"{"
        ran.stdout.close()
        assert ran.stderr.read() == b""
    assert ran.returncode == -signal.SIGPIPE


@posix_only
def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    ran = run(f'cd "{tmp_path}/gone" && rmdir ../gone && clpt-growth readiness')
    assert (ran.returncode, ran.stderr) == (2, "The folder you are in is no longer there; go to another.\n")


@posix_only
def test_a_pipe_and_a_link_to_itself_are_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    (tmp_path / "principles").mkdir()
    (tmp_path / "trust.yaml").write_text("identity:\n", "utf-8")
    for name, wrong in (("pipe", "is a device or pipe and not an ordinary file"), ("loop", "cannot be read (Too many")):
        ran = run(f"clpt-growth assess {name}.yaml", tmp_path)
        assert (ran.returncode, wrong in ran.stderr, "Traceback" in ran.stderr) == (2, True, False)
    os.mkfifo(tmp_path / "principles/rules.yaml")
    ran = run("clpt-growth readiness", tmp_path)
    assert (ran.returncode, "rules.yaml: is a device or pipe" in ran.stderr) == (2, True)


@pytest.mark.parametrize("written", ["20261204", "2026-W49-5", "2026-12-4", "4/12/2026", "2026-02-30", "2026-12-04T10"])
def test_a_date_is_written_in_one_way(written: str) -> None:
    with pytest.raises(InputError, match="is not a date; write year-month-day: 2026-12-04"):
        day_asked(written)


@pytest.mark.parametrize(
    ("judged", "told"),
    [
        ("P99", "judgements: P99 is no principle in use; did you mean P19?"),
        ("P05", "judgements: P05 is judged twice; keep the one that stands"),
    ],
)
@pytest.mark.parametrize("command", ["check", "assess"])
def test_no_judgement_goes_unseen(command: str, judged: str, told: str, tmp_path: Path) -> None:
    text = KESTREL.read_text("utf-8")
    place = tmp_path / "kestrel.yaml"
    line = f"judgements:\n  - {{principle: {judged}, outcome: met, by_role: chair, reason: So we think}}\n"
    assert text.count("judgements:\n") == 1
    place.write_text(text.replace("judgements:\n", line), "utf-8")
    ran = run(f'clpt-growth {command} "{place}" --as-of 2026-12-04', tmp_path)
    assert ran.returncode == 2
    assert told in " ".join(ran.stderr.split())
