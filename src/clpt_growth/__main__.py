"""The door: `clpt-growth`, and `python -m clpt_growth`."""

import gc
import sys

# A command makes many small values and next to no circles; looking for circles often is a tenth of its time.
_NEW_VALUES_BEFORE_COLLECTING = 100_000


def main() -> None:
    """Answer `--version` before anything is imported; everything else is the command line's."""
    gc.set_threshold(_NEW_VALUES_BEFORE_COLLECTING)
    if sys.argv[1:] == ["--version"]:
        from clpt_growth import __version__

        sys.stdout.write(f"clpt-growth {__version__}\n")
        return
    from clpt_growth.cli.app import run

    try:
        run()
    finally:
        # What the system takes back at the end need not be searched for circles first: as long as reading a school.
        gc.freeze()


if __name__ == "__main__":
    main()
