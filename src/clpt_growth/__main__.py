"""The door: `clpt-growth`, and `python -m clpt_growth`."""

import sys


def main() -> None:
    """Answer `--version` before anything is imported; everything else is the command line's."""
    if sys.argv[1:] == ["--version"]:
        from clpt_growth import __version__

        sys.stdout.write(f"clpt-growth {__version__}\n")
        return
    from clpt_growth.cli.memory import collect_seldom, leave_as_it_is

    collect_seldom()
    from clpt_growth.cli.app import run

    try:
        run()
    finally:
        leave_as_it_is()


if __name__ == "__main__":
    main()
