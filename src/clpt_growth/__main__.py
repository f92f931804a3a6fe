"""The door: `clpt-growth`, and `python -m clpt_growth`."""

import os
import sys
from typing import NoReturn

_WRONG, _INTERRUPTED = 2, 130


def main() -> None:
    """Answer; where what is round the program stands in the way, say so in one line."""
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - to the end, without pathlib
    if sys.stdout is None:
        _leave("There is nowhere to write the answer: the output is closed.", _WRONG)
    try:
        try:
            _answer()
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        _leave("Stopped.", _INTERRUPTED)
    except OSError as error:
        # One with a file's name is not about the output.
        if error.filename is not None:
            raise
        _leave(f"The answer could not be written ({error.strerror}).", _WRONG)


def _answer() -> None:
    """Answer `--version` before anything is imported; everything else is the command line's."""
    if sys.argv[1:] == ["--version"]:
        from clpt_growth import __version__

        sys.stdout.write(f"clpt-growth {__version__}\n")
        return
    from clpt_growth.cli.memory import collect_seldom, leave_as_it_is

    collect_seldom()
    _stop_with_the_reader()
    _be_somewhere()
    from clpt_growth.cli.app import run

    try:
        run()
    finally:
        leave_as_it_is()


def _stop_with_the_reader() -> None:
    """A reader who has seen enough, such as `head`, ends the program as it ends others, and is no failure of ours."""
    import signal

    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def _be_somewhere() -> None:
    try:
        os.getcwd()  # noqa: PTH109 - without pathlib
    except FileNotFoundError:
        _leave("The folder you are in is no longer there; go to another.", _WRONG)


def _leave(words: str, code: int) -> NoReturn:
    sys.stderr.write(words + "\n")
    if sys.stdout is not None:
        # What could not be written is not tried again at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


if __name__ == "__main__":
    main()
