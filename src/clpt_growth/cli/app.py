"""The command line: which commands there are, in the order a new user meets them."""

import sys

import typer

from clpt_growth.cli import (
    assessing,
    checking,
    data,
    pipelines,
    planning,
    principles,
    scanning,
    schemas,
    starting,
    supporting,
)

app = typer.Typer(
    name="clpt-growth",
    help="Growth-capacity due diligence for multi-academy trusts. Start with: clpt-growth init my-trust",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(starting.init)
app.command()(starting.new)
app.command()(checking.check)
app.command()(assessing.assess)
app.command()(assessing.readiness)
app.command()(pipelines.pipeline)
app.command()(planning.plan)
app.command()(supporting.support)
app.command()(principles.explain)
app.add_typer(principles.app, name="principles")
app.command()(scanning.scan)
app.add_typer(data.app, name="data")
app.command()(schemas.schema)


def run() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", newline="\n")
    app()
