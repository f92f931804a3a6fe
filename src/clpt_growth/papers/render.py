"""A view and a template to text: the trust's own template where it has one, in a sandbox."""

import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from clpt_growth.files.disk import read_bytes, read_node, text_of
from clpt_growth.files.problems import problem_with
from clpt_growth.files.shipped import shipped
from clpt_growth.files.yaml_text import plain
from clpt_growth.papers.markdown import escaped
from clpt_growth.papers.view import Table


def layout(name: str, workspace: Path | None) -> Any:
    """A paper's layout file, the trust's own before the shipped one."""
    return plain(read_node(_place_of(name, workspace))[0])


def _place_of(name: str, workspace: Path | None) -> Path:
    """The trust's own file, where there is one at all; one that leads out of its folder is refused."""
    own = workspace / "templates" / name if workspace is not None else None
    if workspace is None or own is None or not (own.exists() or own.is_symlink()):
        return shipped("templates") / name
    if not own.resolve().is_relative_to(workspace.resolve()):
        raise problem_with(str(own), "is a link to another place", "put the file itself there, or take it away")
    return own


def rendered(view: Mapping[str, Any], template: str, workspace: Path | None = None) -> str:
    """The template with the view's words in their places; what is not marked as safe is escaped."""
    place = _place_of(template, workspace)
    ours = place.parent == shipped("templates")
    environment = _environment(ours=ours)
    if ours and (compiled := place.parents[1] / COMPILED).is_dir():
        return _tidy(_from_compiled(compiled, template, environment).render(view))
    words = text_of(read_bytes(place), str(place))
    if not words.strip():
        raise problem_with(str(place), "is empty", "write the paper in it, or take it away to use the shipped one")
    with own_file_blamed(template, workspace):
        return _tidy(environment.from_string(words).render(view))


# What the wheel brings beside the shipped templates; a checkout compiles each time.
COMPILED = "compiled_templates"


def compile_templates(to: Path) -> None:
    """The shipped templates as the Python that Jinja makes of them, for the wheel."""
    from jinja2 import FileSystemLoader

    environment = _environment(ours=True)
    environment.loader = FileSystemLoader(shipped("templates"))
    environment.compile_templates(to, extensions=["jinja"], zip=None, ignore_errors=False)


def _from_compiled(folder: Path, template: str, environment: Any) -> Any:
    from jinja2 import ModuleLoader

    return ModuleLoader(folder).load(environment, template, environment.globals)


def _environment(*, ours: bool) -> Any:
    """The shipped templates are our own code; a trust's run in a sandbox."""
    from jinja2 import Environment, StrictUndefined

    kind: type[Environment] = Environment
    if not ours:
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        kind = ImmutableSandboxedEnvironment
    environment = kind(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
        finalize=escaped, autoescape=False, optimized=False,
    )  # fmt: skip
    environment.filters["table"] = table_lines
    return environment


@contextmanager
def own_file_blamed(name: str, workspace: Path | None) -> Iterator[None]:
    """What goes wrong with a trust's own file its author can put right; with the shipped one it is a bug."""
    place = _place_of(name, workspace)
    try:
        yield
    except Exception as error:
        if place.parent == shipped("templates"):
            raise
        where = f"{place}:{line}" if (line := _line_of(error)) else str(place)
        wrong = f"there is no {error}" if isinstance(error, KeyError) else str(error) or type(error).__name__
        todo = "correct it, or take it away to use the shipped one"
        raise problem_with(where, f"the template cannot be used ({wrong})", todo) from None


def _line_of(error: Exception) -> int:
    """The line of the template an error came from; nought where it cannot be told."""
    frames = (f for f in traceback.extract_tb(error.__traceback__) if f.filename == "<template>")
    return getattr(error, "lineno", 0) or max((f.lineno or 0 for f in frames), default=0)


def table_lines(made: Table) -> Any:
    """A table in Markdown; every cell is escaped unless it is marked as safe."""
    from clpt_growth.papers.markdown import Md

    head = "| " + " | ".join(made.heads) + " |"
    rows = ("| " + " | ".join(escaped(cell) for cell in row) + " |" for row in made.rows)
    return Md("\n".join([head, made.rule, *rows]))


def _tidy(text: str) -> str:
    """No space at a line's end, one blank line at most, one end of line at the end."""
    lines: list[str] = []
    for line in (raw.rstrip() for raw in text.splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip("\n") + "\n"
