"""One command is answered without loading the others, and reads no differently for it."""

import subprocess
import sys

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
