"""The command line: which commands there are, in the order a new user meets them."""

import sys
from collections.abc import Iterable
from importlib import import_module

import typer

# Each command with its module and its function there; `app` is a group of commands.
COMMANDS = {
    "init": ("starting", "init"),
    "new": ("starting", "new"),
    "check": ("checking", "check"),
    "assess": ("assessing", "assess"),
    "readiness": ("assessing", "readiness"),
    "pipeline": ("pipelines", "pipeline"),
    "plan": ("planning", "plan"),
    "support": ("supporting", "support"),
    "explain": ("principles", "explain"),
    "principles": ("principles", "app"),
    "scan": ("scanning", "scan"),
    "data": ("data", "app"),
    "schema": ("schemas", "schema"),
}


def app_with(names: Iterable[str] = COMMANDS) -> typer.Typer:
    """The program with some of its commands; those left out are not even loaded."""
    app = typer.Typer(
        name="clpt-growth",
        help="Growth-capacity due diligence for multi-academy trusts. Start with: clpt-growth init my-trust",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    # With one command alone typer would leave its name out.
    app.callback()(lambda: None)
    for name in names:
        module, held = COMMANDS[name]
        command = getattr(import_module(f"clpt_growth.cli.{module}"), held)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name)(command)
    return app


def run() -> None:
    """Answer what was asked; help, completion and a slip of the finger need every command, the rest their own."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", newline="\n")
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    app_with([asked] if asked in COMMANDS else COMMANDS)()
