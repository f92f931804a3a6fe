"""`schema`: JSON Schema for the files people write, so that editors complete and check as they type."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from clpt_growth.cli.shell import Overwrite, choice, library_for, problems_told, tell


def schema(
    which: Annotated[str, typer.Argument(metavar="[KIND]", help="school, trust or principle.")] = "school",
    to: Annotated[
        Path | None, typer.Option("--to", metavar="DIR", help="Write all of them to this folder.")
    ] = None,
    overwrite: Overwrite = False,
) -> None:
    """Print the JSON Schema of school, trust or principle files, or write them all to a folder.

    Example: clpt-growth schema --to schema
    """
    with problems_told():
        from clpt_growth.files.cases import trust_file_near
        from clpt_growth.files.schemas import WHICH, schema_text, schemas

        choice("KIND", which, WHICH)
        # A trust's own facts are in its own schema.
        made = schemas(library_for(trust_file_near(Path.cwd() / "trust.yaml")))
        if to is None:
            sys.stdout.write(schema_text(made[which]))
            return
        write_schemas(to, {f"{name}.json": schema_text(content) for name, content in made.items()}, overwrite)


def write_schemas(folder: Path, texts: dict[str, str], overwrite: bool) -> None:
    """All of them or, where one is already there and may not be replaced, none."""
    from clpt_growth.files.disk import write_text
    from clpt_growth.files.problems import problem_with

    there = [name for name in texts if (folder / name).exists()]
    if there and not overwrite:
        raise problem_with(
            str(folder), f"already holds {', '.join(there)}", "name another folder, or add --overwrite"
        )
    for name, text in texts.items():
        write_text(folder / name, text, overwrite=overwrite)
        tell(f"Written: {folder / name}")
