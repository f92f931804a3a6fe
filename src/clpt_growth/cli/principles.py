"""`explain` and `principles`: what is held to, and whether it holds together."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clpt_growth.cli.completing import one_of, principle_ids
from clpt_growth.cli.shell import (
    FAILED,
    AsOf,
    TrustFile,
    case_for,
    choice,
    day_asked,
    library_for,
    problems_told,
    show,
    tell,
    trust_here,
)

if TYPE_CHECKING:
    from clpt_growth.model.principle import Pack, Principle
    from clpt_growth.model.rules import Library

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The packs in use: list, check or test them.")


def explain(
    principle: Annotated[
        str, typer.Argument(metavar="ID", help="The principle's id, such as P05.", autocompletion=principle_ids)
    ],
    case: Annotated[
        Path | None, typer.Option("--case", metavar="SCHOOL", help="Show how it came out for this school.")
    ] = None,
    trust: TrustFile = None,
    as_of: AsOf = "",
) -> None:
    """Explain one principle: its words, its lines and where they are from, and its worked examples.

    Example: clpt-growth explain P05 --case schools/oakfield.yaml
    """
    with problems_told():
        from clpt_growth.judging.assess import assess
        from clpt_growth.model.case import Case
        from clpt_growth.papers.explained import explanation

        if case is not None:
            found, library, _ = case_for(case, trust, as_of, examples=True)
        else:
            library = library_for(_trust_near(trust), examples=True)
            found = Case(facts={}, as_of=day_asked(as_of))
        pack, wanted = _named(principle, library)
        show(explanation(wanted, pack, assess(found, library), case=case is not None))


def _named(id_: str, library: "Library") -> "tuple[Pack, Principle]":
    from clpt_growth.files.problems import did_you_mean, problem_with

    known = {p.id.upper(): (pack, p) for pack in library.packs for p in pack.principles}
    # P5 can only be P05.
    wanted = re.sub(r"^([A-Z])(?=\d(?!\d))", r"\g<1>0", id_.upper())
    if wanted in known:
        return known[wanted]
    dropped = {c.id.upper(): c.reason for pack in library.packs for c in pack.changes if c.what == "dropped"}
    if wanted in dropped:
        why = dropped[wanted].rstrip(".")
        raise problem_with("explain", f"{wanted} was dropped: {why}", "see what changed: clpt-growth principles check")
    ids = [p.id for _, p in known.values()]
    todo = did_you_mean(wanted, ids, "see them all: clpt-growth principles list")
    raise problem_with("explain", f'there is no principle "{id_}"', todo)


def _trust_near(trust: Path | None) -> Path | None:
    """The trust file named, or the nearest; one that is not there would leave the trust's own principles out."""
    if trust is not None and not trust.is_file():
        from clpt_growth.files.problems import problem_with

        raise problem_with(str(trust), "there is no such file", "name the trust's file, trust.yaml")
    return trust or trust_here()


@app.command("list")
def list_(
    trust: TrustFile = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format", metavar="FORMAT", help="text, json or md.", autocompletion=one_of("text", "json", "md")
        ),
    ] = "text",
) -> None:
    """List every principle in use, with its id, its effect and what the trust has changed.

    Example: clpt-growth principles list --format json
    """
    with problems_told():
        choice("--format", format_, ("text", "json", "md"))
        library = library_for(_trust_near(trust), examples=True)
        if format_ == "json":
            from clpt_growth.papers.principles_json import principles_json

            show(principles_json(library))
        elif format_ == "md":
            from clpt_growth.papers.principles_page import principles_page

            show(principles_page(library))
        else:
            from clpt_growth.papers.principles_page import principles_screen

            show(principles_screen(library))


@app.command()
def check(trust: TrustFile = None) -> None:
    """Check the packs and the tables' columns: ids, facts, areas, sources, lines; and say what a trust's pack changes.

    Example: clpt-growth principles check
    """
    with problems_told():
        from clpt_growth.opendata.catalogue import catalogue
        from clpt_growth.opendata.comparing import comparisons
        from clpt_growth.opendata.topics import topics
        from clpt_growth.papers.wording import plural

        near = _trust_near(trust)
        library, workspace = library_for(near), near.parent if near is not None else None
        tables = catalogue(library.dictionary, workspace).datasets
        topics(library, workspace)
        comparisons(workspace)
        number = sum(len(pack.principles) for pack in library.packs)
        changes = [(pack.id, c) for pack in library.packs for c in pack.changes]
        show(f"{plural(number, 'principle')} in {plural(len(library.packs), 'pack')}: the structure is right.\n")
        show(f"{plural(len(tables), 'published table')} can be read: their columns and facts are right.\n")
        for pack, change in changes:
            show(f"Changed in {pack}: {change.id}: {change.what}. {change.reason}\n")


@app.command()
def test(trust: TrustFile = None) -> None:
    """Run every principle's own worked examples; exit with 1 when one comes out differently.

    Example: clpt-growth principles test
    """
    with problems_told():
        from clpt_growth.judging.examples import ran
        from clpt_growth.papers.wording import plural

        library = library_for(_trust_near(trust), examples=True)
        results = list(ran(library, library.packs))
        wrong = [r for r in results if not r.as_written]
        for result in wrong:
            tell(
                f"{result.principle.id}: {result.example.name}: should be {result.example.outcome}, is {result.outcome}"
            )
        show(f"{plural(len(results), 'worked example')} run, {len(wrong)} came out differently.\n")
        if wrong:
            raise typer.Exit(FAILED)
