"""`init` and `new`: a workspace to start from, and one more school file."""

import os
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clpt_growth.cli.completing import answers_of
from clpt_growth.cli.shell import Overwrite, library_for, problems_told, tell, trust_here, workspace_of

if TYPE_CHECKING:
    from clpt_growth.model.fact import Fact
    from clpt_growth.model.rules import Library

_NAME, _PHASE, _ROUTE = "school.identity.name", "school.identity.phase", "case.proposal.route"

Phase = Annotated[
    str,
    typer.Option(
        "--phase",
        metavar="PHASE",
        help="Such as primary or secondary.",
        autocompletion=answers_of("school.identity.phase"),
    ),
]
Route = Annotated[
    str,
    typer.Option(
        "--route", metavar="ROUTE", help="Such as sponsored.", autocompletion=answers_of("case.proposal.route")
    ),
]
Stage = Annotated[
    int,
    typer.Option("--stage", metavar="1|2", help="1 asks for first triage only, 2 for everything.", min=1, max=2),
]
DataFolder = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="The folder with the downloads; see: clpt-growth data list."),
]
Into = Annotated[
    Path | None,
    typer.Option("--into", metavar="FILE", help="Fill this file further; what is written in it stays as it is."),
]
Take = Annotated[
    list[str] | None,
    typer.Option("--take", metavar="FACT", help="With --into: take the published value of this fact, or of all."),
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
    name: Annotated[
        str, typer.Argument(metavar="[NAME]", help="The school's name, or a path ending .yaml. Not needed with --urn.")
    ] = "",
    phase: Phase = "",
    route: Route = "",
    stage: Stage = 2,
    urn: Annotated[str, typer.Option("--urn", metavar="URN", help="Fill it from open data: the school's number.")] = "",
    trust: Annotated[str, typer.Option("--trust", metavar="UID", help="Fill a trust file: its group number.")] = "",
    data: DataFolder = None,
    into: Into = None,
    take: Take = None,
    overwrite: Overwrite = False,
) -> None:
    """Write a school file with every fact explained: blank, or filled with what is published.

    With the phase known, questions that do not arise for it are left out.
    With --urn and --data, it holds all that the downloads in a folder tell, each fact with its source.
    With --trust and --data, it writes trust.yaml with the trust's academies.
    With --into as well, a file that is there is filled further, and what differs is shown side by side.

    Example: clpt-growth new "Oakfield Primary School" --phase primary --stage 1
    """
    with problems_told():
        if not urn and not trust:
            _new_blank(name, phase, route, stage=stage, overwrite=overwrite)
            return
        from clpt_growth.cli.prefilling import fill_school, new_school, new_trust
        from clpt_growth.files.problems import problem_with

        if data is None:
            raise problem_with("--data", "is missing", "name the folder with the downloads: --data data")
        if trust:
            new_trust(trust, data, into=into, take=take or (), overwrite=overwrite)
            return
        if into is not None:
            fill_school(urn, data, into, take or ())
            return
        said = _known(library_for(trust_here()), {_PHASE: phase, _ROUTE: route})
        new_school(urn, data, name if _is_path(name) else "", said, stage=stage, overwrite=overwrite)


def _new_blank(name: str, phase: str, route: str, *, stage: int, overwrite: bool) -> None:
    from clpt_growth.files.blank import blank_file
    from clpt_growth.files.disk import write_text
    from clpt_growth.files.problems import problem_with

    if not name:
        raise problem_with("NAME", "is missing", "name the school, or give its number: --urn URN --data DIR")
    trust = trust_here()
    library = library_for(trust)
    known = _known(library, {_NAME: "" if _is_path(name) else name, _PHASE: phase, _ROUTE: route})
    path = Path(name) if _is_path(name) else place_of(trust) / f"{slug(name)}.yaml"
    phase_known = str(known[_PHASE].value) if _PHASE in known else ""
    text = blank_file(
        library.dictionary, "school", stage=stage, phase=phase_known, schema=schema_from(path, trust), known=known
    )
    write_text(path, text, overwrite=overwrite)
    tell(f"Written: {path}")
    tell(f"Fill it in, then: clpt-growth check {path}")


def _is_path(name: str) -> bool:
    return name.lower().endswith((".yaml", ".yml"))


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


def place_of(trust: Path | None) -> Path:
    """The folder of schools beside the trust file, or here where there is none."""
    return (workspace_of(trust) or Path()) / "schools"


def schema_from(path: Path, trust: Path | None, what: str = "school") -> str:
    """Where an editor finds the schema from a file, if the workspace has one."""
    schema = (workspace_of(trust) or Path()) / "schema" / f"{what}.json"
    if not schema.is_file():
        return ""
    try:
        return Path(os.path.relpath(schema.resolve(), path.resolve().parent)).as_posix()
    except ValueError:
        return ""
