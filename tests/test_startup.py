"""What a command that only shows help must not load."""

import subprocess
import sys

import pytest

SLOW = ("pydantic", "jinja2", "rich.table", "yaml", "platformdirs", "jsonschema", "decimal")


def loaded_by(*arguments: str) -> set[str]:
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "clpt_growth", *arguments],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return {line.rpartition("|")[2].strip() for line in ran.stderr.splitlines() if line.startswith("import time:")}


@pytest.mark.parametrize("arguments", [("--help",), ("assess", "--help"), ("readiness", "--help")])
def test_help_loads_nothing_slow(arguments: tuple[str, ...]) -> None:
    loaded = loaded_by(*arguments)

    assert "typer" in loaded
    assert [name for name in loaded if name.startswith(SLOW)] == []


def test_the_version_loads_nothing_at_all() -> None:
    loaded = loaded_by("--version")

    assert [name for name in loaded if name.startswith((*SLOW, "typer", "clpt_growth."))] == []
