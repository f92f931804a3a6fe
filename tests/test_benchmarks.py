"""Every benchmark runs at a tiny size, also where its peer is not installed; no time is asserted."""

import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "benchmarks"
SCRIPTS = ("startup", "reading", "judging", "whole", "pipeline", "scan", "planning")
# A package that is None here cannot be imported, as if it had never been installed.
_WITHOUT_PEER = """
import runpy, sys
sys.path.insert(0, sys.argv[1])
sys.modules["zen"] = sys.modules["highspy"] = None
script, sys.argv[1:] = sys.argv[2], ["--quick"]
runpy.run_path(script, run_name="__main__")
"""


def shown(name: str) -> str:
    command = [sys.executable, "-c", _WITHOUT_PEER, str(FOLDER), str(FOLDER / f"{name}.py")]
    return subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_benchmark_prints_its_tables(name: str) -> None:
    text = shown(name)
    assert text.startswith("## ")
    assert "|--:|" in text


def test_a_contestant_that_is_not_installed_is_named_so_and_the_rest_is_measured() -> None:
    rows = [line for line in shown("judging").splitlines() if line.startswith("| ")]
    assert "| zen-engine, one by one, with trace | not installed | | | |" in rows
    assert any(row.startswith("| ours, with findings | ") and "not installed" not in row for row in rows)


def test_every_benchmark_is_in_the_readme() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [name for name in SCRIPTS if f"`{name}.py`" not in readme] == []
