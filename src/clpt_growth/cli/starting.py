"""`init` and `new`: a workspace to start from, and one more school file."""

import os
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clpt_growth.cli.shell import Overwrite, library_for, problems_told, tell

if TYPE_CHECKING:
    from clpt_growth.model.fact import Fact
    from clpt_growth.model.rules import Library

_SCHEMA = Path("schema/school.json")
_NAME, _PHASE, _ROUTE = "school.identity.name", "school.identity.phase", "case.proposal.route"

Stage = Annotated[
    int,
    typer.Option("--stage", metavar="1|2", help="1 asks for first triage only, 2 for everything.", min=1, max=2),
]


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.")],
) -> None:
    """Make a folder to work in: a trust file, a blank school file and a page that explains them.

    Files that are already there are left as they are.

    Example: clpt-growth init my-trust
    """
    with problems_told():
        for name, text in _workspace().items():
            _write_unless_there(folder / name, text)
        tell(f"Read first: {folder / 'README.txt'}")


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The school's name, or a path ending .yaml.")],
    phase: Annotated[str, typer.Option("--phase", metavar="PHASE", help="Such as primary or secondary.")] = "",
    route: Annotated[str, typer.Option("--route", metavar="ROUTE", help="Such as sponsored.")] = "",
    stage: Stage = 2,
    overwrite: Overwrite = False,
) -> None:
    """Write a blank school file, with every fact explained.

    With the phase known, questions that do not arise for it are left out.

    Example: clpt-growth new "Oakfield Primary School" --phase primary --stage 1
    """
    with problems_told():
        from clpt_growth.files.blank import blank_file
        from clpt_growth.files.cases import trust_file_near
        from clpt_growth.files.disk import write_text

        trust = trust_file_near(Path.cwd() / "trust.yaml")
        library = library_for(trust)
        is_path = name.lower().endswith((".yaml", ".yml"))
        known = _known(library, {_NAME: "" if is_path else name, _PHASE: phase, _ROUTE: route})
        path = Path(name) if is_path else _place(trust) / f"{slug(name)}.yaml"
        phase_known = str(known[_PHASE].value) if _PHASE in known else ""
        text = blank_file(
            library.dictionary,
            "school",
            stage=stage,
            phase=phase_known,
            schema=_schema_from(path, trust),
            known=known,
        )
        write_text(path, text, overwrite=overwrite)
        tell(f"Written: {path}")
        tell(f"Fill it in, then: clpt-growth check {path}")


def slug(name: str) -> str:
    """A school's name as the name of a file: plain letters, digits and dashes."""
    from clpt_growth.files.problems import problem_with

    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_name.replace("'", "").lower()).strip("-")[:80].strip("-")
    if not words:
        raise problem_with("NAME", f'"{name}" has no letters a file could be called by', "name a path: schools/x.yaml")
    return words


def _workspace() -> dict[str, str]:
    """Every file of a new workspace; the page and the files to fill in come before the schemas."""
    from clpt_growth.files.blank import blank_file
    from clpt_growth.files.schemas import schema_text, schemas
    from clpt_growth.papers.workspace import workspace_page

    library = library_for(None)
    made = schemas(library)
    return {
        "README.txt": workspace_page(library.packs),
        "trust.yaml": blank_file(library.dictionary, "trust", schema="schema/trust.json"),
        "schools/example.yaml": blank_file(library.dictionary, "school", schema="../schema/school.json"),
        **{f"schema/{kind}.json": schema_text(content) for kind, content in made.items()},
    }


def _write_unless_there(path: Path, text: str) -> None:
    from clpt_growth.files.disk import write_text

    if path.exists():
        tell(f"Left as it is: {path}")
        return
    write_text(path, text)
    tell(f"Written: {path}")


def _known(library: "Library", given: dict[str, str]) -> "dict[str, Fact]":
    """What the command line says, read as the file would read it; every mistake at once."""
    from clpt_growth.facts.written import Unreadable, value_of
    from clpt_growth.files.problems import InputError, Problem
    from clpt_growth.model.fact import Fact

    found: dict[str, Fact] = {}
    problems = []
    for name, words in given.items():
        if not words:
            continue
        try:
            found[name] = Fact(name, value_of(words, library.dictionary.kinds[name]))
        except Unreadable as error:
            option = "NAME" if name == _NAME else f"--{name.rpartition('.')[2]}"
            problems.append(Problem(option, 0, "", error.wrong, error.todo))
    if problems:
        raise InputError(problems)
    return found


def _place(trust: Path | None) -> Path:
    """The folder of schools beside the trust file, or here where there is none."""
    return (trust.parent if trust is not None else Path()) / "schools"


def _schema_from(path: Path, trust: Path | None) -> str:
    """Where an editor finds the school schema from a file, if the workspace has one."""
    schema = (trust.parent if trust is not None else Path()) / _SCHEMA
    if not schema.is_file():
        return ""
    try:
        return Path(os.path.relpath(schema.resolve(), path.resolve().parent)).as_posix()
    except ValueError:
        return ""
