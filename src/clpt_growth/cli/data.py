"""`data`: what a folder of downloads holds, and the comparisons built from it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clpt_growth.cli.shell import AsOf, choice, day_asked, library_for, problems_told, show, trust_here, workspace_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clpt_growth.model.rules import Library
    from clpt_growth.opendata.catalogue import Catalogue
    from clpt_growth.opendata.comparing import Everyone
    from clpt_growth.opendata.comparisons import Compared, Comparisons, Neighbour, Position
    from clpt_growth.opendata.recognise import Found

app = typer.Typer(help="Files downloaded from the Department and Ofsted.", no_args_is_help=True, rich_markup_mode=None)

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder with the downloads.")]


def opened(folder: Path) -> "tuple[Found, Catalogue, Library]":
    """The tables of a folder, by the datasets in use: the shipped ones and the trust's own."""
    trust = trust_here()
    library = library_for(trust)
    return *tables_in(folder, library, trust), library


def tables_in(folder: Path, library: "Library", trust: Path | None) -> "tuple[Found, Catalogue]":
    """The tables of a folder, and the datasets they are known by."""
    from clpt_growth.files.problems import problem_with
    from clpt_growth.opendata.catalogue import catalogue
    from clpt_growth.opendata.recognise import recognised_in

    if not folder.is_dir():
        raise problem_with(str(folder), "is not a folder", "name the folder with the downloads")
    known = catalogue(library.dictionary, workspace_of(trust))
    found = recognised_in(folder, known)
    if not found.tables and not found.others:
        raise problem_with(str(folder), "holds no CSV, Excel or ZIP file", "put the downloads there as they come")
    return found, known


@app.command("list")
def list_(
    folder: Folder,
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="text or csv.")] = "text",
) -> None:
    """Show which downloads are recognised, of which year, how many schools they hold and what they can fill.

    Example: clpt-growth data list data
    """
    with problems_told():
        choice("--format", format_, ("text", "csv"))
        found, known, library = opened(folder)
        from clpt_growth.opendata.listing import listed
        from clpt_growth.papers.data_words import data_list_csv, data_list_text

        tables = tuple(listed(found, known, library.dictionary))
        if format_ == "csv":
            show(data_list_csv(tables, found.others))
        else:
            show(data_list_text(tables, found.others, library.dictionary))


@app.command()
def benchmarks(
    folder: Folder,
    urn: Annotated[str, typer.Option("--urn", metavar="URN", help="Show where this school stands instead.")] = "",
    by: Annotated[str, typer.Option("--by", metavar="METHOD", help="With --urn: neighbours, phase or both.")] = "both",
    as_of: AsOf = "",
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="text or csv.")] = "text",
) -> None:
    """Build tables of how schools spread, by phase, size and free meals; or place one school among those like it.

    Example: clpt-growth data benchmarks data --urn 123456
    """
    with problems_told():
        from clpt_growth.files.problems import problem_with
        from clpt_growth.opendata.comparing import comparisons, everyone, school_among
        from clpt_growth.opendata.comparisons import tables
        from clpt_growth.papers.comparison_words import Rules, place_lines, tables_csv, tables_lines

        choice("--format", format_, ("text", "csv"))
        methods = ("neighbours", "phase")
        asked = methods if choice("--by", by, (*methods, "both")) == "both" else (by,)
        found, known, library = opened(folder)
        trust = trust_here()
        rule = comparisons(workspace_of(trust))
        of = everyone(found, known, library.dictionary, rule, as_of=day_asked(as_of))
        rules = Rules(rule, library.dictionary)
        if urn:
            school = school_among(urn, of.schools)
            if school is None:
                raise problem_with("--urn", f"URN {urn} is no open state school of the register", "check the number")
            show("\n".join(place_lines(school, _sets(asked, school, of, rule), of, rules)) + "\n")
            return
        made = tuple(tables(of.schools, rule))
        show(tables_csv(made, rules) if format_ == "csv" else "\n".join(tables_lines(made, of, rules)) + "\n")


def _sets(
    methods: "Sequence[str]", school: "Compared", of: "Everyone", rule: "Comparisons"
) -> "list[tuple[str, tuple[Neighbour, ...], tuple[Position, ...]]]":
    """Each way of finding schools like one, and where it stands among them."""
    from clpt_growth.opendata.comparisons import alike, neighbours, positions

    ways = {"neighbours": neighbours, "phase": alike}
    found = [(method, ways[method](school, of.schools, rule)) for method in methods]
    return [(method, among, tuple(positions(school, among, rule.measures))) for method, among in found]
