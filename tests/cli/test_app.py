"""One command is answered without loading the others, and reads no differently for it."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from typer.testing import CliRunner

from clpt_growth.cli.app import COMMANDS, app_with


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_alone_says_what_it_says_among_the_others(name: str) -> None:
    alone, among = (
        CliRunner().invoke(app, [name, "--help"], prog_name="clpt-growth") for app in (app_with([name]), app_with())
    )
    assert alone.exit_code == among.exit_code == 0
    assert alone.stdout == among.stdout
    assert f"clpt-growth {name}" in alone.stdout


def test_a_command_that_is_misspelt_is_told_with_the_nearest() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "clpt_growth", "asess"], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 2
    assert "No such command 'asess'" in done.stderr
    assert "'assess'" in done.stderr


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("explain P06", ["P06a", "P06b"]),
        ("explain P29", ["P29a", "P29b", "P29c"]),
        ("schema s", ["school"]),
        ("assess school.yaml --format j", ["json"]),
        ("new --phase all", ["all-through"]),
        ("pipeline --format json", ["json", "jsonl"]),
        ("rea", ["readiness"]),
    ],
)
def test_the_tab_key_offers_what_goes_on_from_what_is_typed(typed: str, offered: list[str], tmp_path: Path) -> None:
    words = f"clpt-growth {typed}"
    asked = {"COMP_WORDS": words, "COMP_CWORD": str(words.count(" ")), "_CLPT_GROWTH_COMPLETE": "complete_bash"}
    program = shutil.which("clpt-growth", path=sysconfig.get_path("scripts"))
    assert program
    done = subprocess.run(
        [program], env=os.environ | asked, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert done.stdout.split() == offered


def test_the_tab_key_says_nothing_where_the_trusts_own_files_are_wrong(tmp_path: Path) -> None:
    (tmp_path / "principles").mkdir()
    (tmp_path / "principles/rules.yaml").write_text("bands: 3\n", "utf-8")
    (tmp_path / "trust.yaml").write_text("trust_identity:\n", "utf-8")
    asked = {"COMP_WORDS": "clpt-growth explain P", "COMP_CWORD": "2", "_CLPT_GROWTH_COMPLETE": "complete_bash"}
    program = shutil.which("clpt-growth", path=sysconfig.get_path("scripts"))
    assert program
    done = subprocess.run(
        [program], env=os.environ | asked, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("", "")
