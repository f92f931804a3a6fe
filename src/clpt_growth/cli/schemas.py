"""`schema`: JSON Schema for the files people write, so that editors complete and check as they type."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from clpt_growth.cli.completing import one_of
from clpt_growth.cli.shell import Overwrite, choice, library_for, problems_told, tell

KINDS = ("school", "trust", "pipeline", "principle")


def schema(
    which: Annotated[
        str,
        typer.Argument(metavar="[KIND]", help="school, trust, pipeline or principle.", autocompletion=one_of(*KINDS)),
    ] = "school",
    to: Annotated[Path | None, typer.Option("--to", metavar="DIR", help="Write all of them to this folder.")] = None,
    overwrite: Overwrite = False,
) -> None:
    """Print the JSON Schema of school, trust, pipeline or principle files, or write them all to a folder.

    Example: clpt-growth schema --to schema
    """
    with problems_told():
        trust = _trust_with_own_facts()
        choice("KIND", which, KINDS)
        if to is not None:
            write_schemas(to, _built(trust), overwrite)
        elif trust is not None:
            sys.stdout.write(_built(trust)[f"{which}.json"])
        else:
            sys.stdout.write(_shipped(which))


def _trust_with_own_facts() -> Path | None:
    """The trust file here or above, where facts or principles of the trust's own lie beside it.

    Looked for without reading anything: an editor may ask for the schema often.
    """
    here = Path.cwd()
    near = next((f for f in (here, *here.parents) if (f / "trust.yaml").is_file()), None)
    return near / "trust.yaml" if near is not None and (near / "principles").is_dir() else None


def _shipped(which: str) -> str:
    from clpt_growth.files.shipped import shipped

    place = shipped("schema") / f"{which}.json"
    return place.read_text(encoding="utf-8") if place.is_file() else _built(None)[f"{which}.json"]


def _built(trust: Path | None) -> dict[str, str]:
    """Each schema as text by the name of its file, with a trust's own facts in its own."""
    from clpt_growth.files.schemas import schema_text, schemas

    return {f"{name}.json": schema_text(content) for name, content in schemas(library_for(trust)).items()}


def write_schemas(folder: Path, texts: dict[str, str], overwrite: bool) -> None:
    """All of them or, where one is already there and may not be replaced, none."""
    from clpt_growth.files.disk import refuse_to_replace, write_text
    from clpt_growth.files.problems import problem_with

    there = [name for name in texts if (folder / name).exists()]
    if there and not overwrite:
        raise problem_with(str(folder), f"already holds {', '.join(there)}", "name another folder, or add --overwrite")
    for name in texts:
        refuse_to_replace(folder / name, overwrite=overwrite)
    for name, text in texts.items():
        write_text(folder / name, text, overwrite=overwrite)
        tell(f"Written: {folder / name}")
