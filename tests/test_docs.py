"""The pages people read: what they show is run, and what they name exists."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest
import typer

from clpt_growth.cli.app import app_with
from clpt_growth.files.pack_folder import PackHead
from clpt_growth.model.criterion import CRITERION_KINDS, Comparison, Threshold
from clpt_growth.model.principle import Action, Principle, Risk
from clpt_growth.model.rules import Library
from clpt_growth.papers.principles_page import principles_page

ROOT = Path(__file__).parents[1]
FOLDERS = (".", "docs", "docs/decisions", "principles", "examples")
PAGES = sorted(page for folder in FOLDERS for page in ROOT.glob(f"{folder}/*.md"))
README = (ROOT / "README.md").read_text(encoding="utf-8")

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def blocks(page: str) -> Iterator[tuple[str, str, str]]:
    """Each fenced block of a page: its language, its text, and the line of prose above it."""
    for found in _FENCE.finditer(page):
        above = page[: found.start()].rstrip().rpartition("\n")[2]
        yield found[1], found[2], above


def command_under(heading: str) -> str:
    """The one command in the README's block below a heading."""
    section = README.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    commands = [text.strip() for language, text, _ in blocks(section) if language == "sh"]
    assert len(commands) == 1
    assert "\n" not in commands[0]
    return commands[0]


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    program, *arguments = shlex.split(command)
    assert Path(program).name == "clpt-growth"
    return subprocess.run(
        [sys.executable, "-m", "clpt_growth", *arguments],
        cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip


def in_one_line(text: str) -> str:
    return " ".join(text.split())


def commands(of: typer.Typer, before: str = "") -> Iterator[str]:
    """Every command a person can run, by the words they type."""
    for command in of.registered_commands:
        assert command.callback
        yield before + (command.name or command.callback.__name__)
    for group in of.registered_groups:
        assert group.typer_instance
        yield from commands(group.typer_instance, f"{before}{group.name} ")


NAMES = list(commands(app_with()))


def with_block(file: str, block: str) -> str:
    """The file with one of its blocks, up to the next line that starts at the margin, written anew."""
    name = block.partition(":")[0]
    pattern = re.compile(rf"^{name}:.*\n(?:[ \t]+.*\n|\n(?=[ \t]))*", re.MULTILINE)
    changed, number = pattern.subn(lambda _: block, file)
    assert number == 1, f"{name}: is in the file {number} times"
    return changed


def follow(page: Path, folder: Path) -> Iterator[str]:
    """Do what a page says, in its order, and yield each command that was run."""
    printed = ""
    for language, text, above in blocks(page.read_text(encoding="utf-8")):
        if language == "yaml":
            write_as_told(folder, text, above)
        elif language == "sh":
            asked = re.findall(r"^clpt-growth.*$", text, re.MULTILINE)
            printed = "".join(output_of(command, folder) for command in asked)
            folder = folder.joinpath(*re.findall(r"^cd (\S+)$", text, re.MULTILINE))
            yield from asked
        elif language == "text" and "12k" not in text:
            for line in text.splitlines():
                assert in_one_line(line) in in_one_line(printed), f"{line}\nis not in\n{printed}"


def write_as_told(folder: Path, text: str, above: str) -> None:
    """Where the line above says "Save this as `file`:" or "In `file`, ...:", do so."""
    named = re.search(r"`([\w/.-]+\.yaml)`.*:$", above)
    if not named:
        return
    target = folder / named[1]
    if above.startswith("Save"):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    elif above.startswith("In "):
        target.write_text(with_block(target.read_text(encoding="utf-8"), text), encoding="utf-8")


def output_of(command: str, folder: Path) -> str:
    """What a command prints; it must do its work, and its answer goes to a file where it says so."""
    asked, _, into = command.partition(" > ")
    done = run(asked, folder)
    assert done.returncode == 0, f"{command}\n{done.stderr}"
    if into:
        (folder / into).write_text(done.stdout, encoding="utf-8")
    return done.stdout + done.stderr


def test_the_page_of_principles_is_as_the_packs_are(shipped_library: Library) -> None:
    kept = (ROOT / "docs/principles.md").read_text(encoding="utf-8")

    assert kept == principles_page(shipped_library), "clpt-growth principles list --format md > docs/principles.md"


def test_the_readme_lists_the_commands_there_are_and_no_others() -> None:
    table = README.partition("\n## Commands\n")[2].partition("\n## ")[0]
    listed = re.findall(r"^\| `clpt-growth ([a-z]+(?: [a-z]+)*)", table, re.MULTILINE)

    assert sorted(listed) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_help_of_every_command_shows_how_it_is_used(name: str) -> None:
    done = run(f"clpt-growth {name} --help", ROOT)

    assert done.returncode == 0
    assert re.search(rf"Example: clpt-growth {name}\b", in_one_line(done.stdout))


def test_the_readmes_run_command_shows_the_answer_and_writes_the_paper(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    *_, ours = command_under("Run it").split(" && ")
    done = run(ours, tmp_path)
    shown = next(text for language, text, _ in blocks(README) if language == "text")

    assert done.returncode == 0, done.stderr
    assert shown in done.stdout
    paper = re.search(r"--report (\S+)", ours)
    assert paper
    assert (tmp_path / paper[1]).read_text(encoding="utf-8").startswith("# Kestrel High School")


def test_the_readmes_commands_make_their_own_environment() -> None:
    for heading in ("Run it", "Test it"):
        assert command_under(heading).startswith("python3 -m venv .venv && .venv/bin/pip install ")
    assert command_under("Test it").endswith(" && .venv/bin/pytest")


def test_the_guide_can_be_followed_from_the_first_line_to_the_last(tmp_path: Path) -> None:
    followed = list(follow(ROOT / "docs/guide.md", tmp_path))
    papers = tmp_path / "my-trust/papers"
    paper = (papers / "oakfield.md").read_text(encoding="utf-8")

    assert {name for name in NAMES if any(c.startswith(f"clpt-growth {name}") for c in followed)} >= {
        "init", "new", "check", "assess", "explain", "principles check", "principles test", "readiness",
    }  # fmt: skip
    assert "# Oakfield Primary School" in paper
    assert "clpt-growth/readiness/v1" in (papers / "readiness-2026.json").read_text(encoding="utf-8")


def test_what_the_guide_amends_is_printed_in_the_paper(tmp_path: Path) -> None:
    list(follow(ROOT / "docs/guide.md", tmp_path))
    workspace = tmp_path / "my-trust"
    school = "schools/oakfield-primary-school.yaml"
    paper = run(f"clpt-growth assess {school} --as-of 2026-12-04 --format md", workspace).stdout

    assert "Our reserves policy asks for 10% of income after joining" in paper
    assert "The board withdrew it on 26 November 2026, minute 9" in paper
    assert "Heads stay once appointed but one headship in four was advertised twice" in paper
    assert "brings a strong early reading team" in paper


def test_the_guide_quotes_the_message_for_a_slip_as_it_is(tmp_path: Path) -> None:
    list(follow(ROOT / "docs/guide.md", tmp_path))
    school = tmp_path / "my-trust/schools/oakfield-primary-school.yaml"
    slip = school.read_text(encoding="utf-8").replace("staff_cost_gbp: 1_090_000", "staff_cost_gbp: 12k")
    school.write_text(slip, encoding="utf-8")
    done = run("clpt-growth check schools/oakfield-primary-school.yaml", tmp_path / "my-trust")
    quoted = next(t for _, t, _ in blocks((ROOT / "docs/guide.md").read_text(encoding="utf-8")) if "12k" in t)

    assert done.returncode == 2
    assert in_one_line(quoted) in in_one_line(done.stderr)


def test_the_page_about_packs_can_be_followed(tmp_path: Path) -> None:
    (tmp_path / "trust.yaml").write_text("identity:\n  name: Example Learning Trust\n", encoding="utf-8")

    assert list(follow(ROOT / "docs/packs.md", tmp_path))[-1] == "clpt-growth explain T01"


def test_the_page_about_packs_names_every_entry_and_every_kind_there_is() -> None:
    page = (ROOT / "docs/packs.md").read_text(encoding="utf-8")
    entries = [f.name for shape in (Principle, PackHead, Threshold, Action, Risk) for f in fields(shape)]

    assert [word for word in (*entries, *CRITERION_KINDS, *get_args(Comparison)) if f"`{word}`" not in page] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        if target.startswith(("http://", "https://")):
            continue
        place, _, anchor = target.partition("#")
        linked = (page.parent / place).resolve() if place else page
        assert linked.exists(), target
        if anchor:
            assert anchor in anchors(linked), target


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    folders = (".ci", "benchmarks", "docs", "examples", "principles", "schema", "src", "templates", "tests")
    ours = [*ROOT.glob("*.*"), *(path for folder in folders for path in ROOT.glob(f"{folder}/**/*"))]
    place = re.compile(r"(?<![\w.~-])/(?:work|tmp|root|home|Users)/")
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in ours
        if path.is_file() and path.suffix not in (".png", ".pyc", ".bin")
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines()
        if place.search(line)
    ]

    assert found == []


def test_every_pack_has_its_place_in_the_list_of_packs(shipped_library: Library) -> None:
    page = (ROOT / "principles/README.md").read_text(encoding="utf-8")

    for pack in shipped_library.packs:
        assert f"[{pack.id}]({pack.id}/pack.yaml)" in page
        assert f"{len(pack.principles)} tests" in page


@pytest.mark.parametrize("school", sorted(ROOT.glob("examples/schools/*.yaml")), ids=lambda p: p.stem)
def test_every_example_school_is_introduced_with_what_is_proposed(school: Path) -> None:
    page = (ROOT / "examples/README.md").read_text(encoding="utf-8")
    row = next(line for line in page.splitlines() if f"(schools/{school.name})" in line)
    done = run(f"clpt-growth assess examples/schools/{school.name} --as-of 2026-12-04 --format json", ROOT)

    assert row.split("|")[-2].strip() == json.loads(done.stdout)["recommendation"]["proposed"]
