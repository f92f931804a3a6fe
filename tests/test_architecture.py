"""Who may import whom: rooms on floors, each importing only from floors below it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import clpt_growth

PACKAGE = Path(clpt_growth.__file__).parent
FLOORS = {
    "model": 1,
    "facts": 2,
    "capacity": 3,
    "judging": 4,
    "files": 4,
    "pipeline": 5,
    "opendata": 5,
    "papers": 6,
    "cli": 7,
}
# Beside the rooms: the version, and the door.
OUTSIDE = {"__init__", "__main__"}
CORE = ("model", "facts", "capacity", "judging")
NOT_IN_CORE = {
    "yaml", "jinja2", "pydantic", "typer", "rich", "os", "sys", "pathlib", "io", "logging", "random", "tempfile", "time",
    "subprocess", "platformdirs",
}  # fmt: skip
# Slow to load: only inside the function that needs them, so that no other command waits.
HEAVY = {
    "jinja2",
    "platformdirs",
    "jsonschema",
    "rich",
    "docx",
    "openpyxl",
    "ruamel",
    "scipy",
    "highspy",
    "markdown_it",
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def named(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imports_at_the_top(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from imports(node)


def calls(tree: ast.AST) -> Iterator[str]:
    yield from (ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call))


def test_every_room_has_its_floor() -> None:
    assert {room_of(path) for path in MODULES} - OUTSIDE <= FLOORS.keys()


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_room_imports_from_floors_below_it_only(path: Path) -> None:
    room = room_of(path)
    if room in OUTSIDE:
        return
    ours = {name.split(".")[1] for name in imports(ast.parse(path.read_text())) if name.startswith("clpt_growth.")}

    assert {other for other in ours - {room, "__version__"} if FLOORS[other] >= FLOORS[room]} == set()


@pytest.mark.parametrize("path", [p for p in MODULES if room_of(p) in CORE], ids=named)
def test_the_core_touches_no_file_clock_terminal_yaml_or_template(path: Path) -> None:
    tree = ast.parse(path.read_text())

    assert {name.split(".")[0] for name in imports(tree)} & NOT_IN_CORE == set()
    assert {"open", "input"} & set(calls(tree)) == set()


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_nothing_prints_and_only_the_shell_asks_what_day_it_is(path: Path) -> None:
    clock = {"date.today", "datetime.now", "datetime.today", "datetime.datetime.now", "time.time"}
    allowed = {"date.today"} if named(path) == "cli/shell.py" else set()

    assert set(calls(ast.parse(path.read_text()))) & {"print", *clock} <= allowed


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_heavy_libraries_are_imported_where_they_are_needed(path: Path) -> None:
    top = {name.split(".")[0] for name in imports_at_the_top(ast.parse(path.read_text()))}

    assert top & HEAVY == set()


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_every_module_says_in_a_sentence_what_it_is(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text())) or ""

    assert said.split("\n\n")[0].endswith(".") or named(path) == "__init__.py"


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_function_is_longer_than_a_screen(path: Path) -> None:
    long = {
        node.name: node.end_lineno - node.lineno + 1
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.end_lineno and node.end_lineno - node.lineno >= 40
    }

    assert long == {}
