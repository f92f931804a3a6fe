"""How long a person waits at the prompt, beside importing the libraries a program like this is made of."""

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Mapping, Sequence

from contest import Contestant, asked_for_quick, beside_first, headed, show, timed
from examples import AS_OF, SCHOOL

_LIBRARIES = "import typer, rich.console, pydantic, yaml, jinja2"
_ASSESS = ("assess", str(SCHOOL), "--as-of", AS_OF.isoformat())
_TAB = {"_CLPT_GROWTH_COMPLETE": "complete_bash", "COMP_WORDS": "clpt-growth as", "COMP_CWORD": "1"}


def main(argv: Sequence[str] | None = None) -> None:
    quick = asked_for_quick(__doc__ or "", argv)
    results = timed(_contestants(), turns=1 if quick else 15)
    show(headed("Start-up: whole commands", beside_first(results)))


def _contestants() -> list[Contestant]:
    program = shutil.which("clpt-growth", path=sysconfig.get_path("scripts"))
    ours = (program,) if program else (sys.executable, "-m", "clpt_growth")
    return [
        Contestant(f'`python -c "{_LIBRARIES}"`', _running((sys.executable, "-c", _LIBRARIES))),
        Contestant("`--help`", _running((*ours, "--help")), reach=0.8),
        Contestant("`--version`", _running((*ours, "--version")), reach=0.5),
        Contestant("`schema school`", _running((*ours, "schema", "school")), reach=0.5),
        Contestant("shell completion", _running(ours, _TAB) if program else None, reach=0.5),
        Contestant("`assess`, on screen", _running((*ours, *_ASSESS)), reach=1.6),
        Contestant("`assess --format md`", _running((*ours, *_ASSESS, "--format", "md")), reach=1.6),
    ]


def _running(command: Sequence[str], also: Mapping[str, str] | None = None) -> Callable[[], object]:
    """A whole process, with compiled modules written as in everyday use."""
    environment = {n: v for n, v in os.environ.items() if n != "PYTHONDONTWRITEBYTECODE"} | dict(also or {})

    def run() -> object:
        return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)

    return run


if __name__ == "__main__":
    main()
