"""Thousands of school files, each judged alone beside one trust, beside PyYAML alone reading them on one core."""

import os
import re
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

from contest import headed, show
from examples import AS_OF, EXAMPLES, TRUST

_READ = """
import sys, yaml
from pathlib import Path
for path in sorted(Path(sys.argv[1]).glob("*.yaml")):
    yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
"""
_URN = re.compile(r'urn: "\d{6}"')
_SCHOOLS = tuple(sorted((EXAMPLES / "schools").glob("*.yaml")))


class Run(NamedTuple):
    """One program run to its end, and the most memory its own process held."""

    seconds: float
    megabytes: float


def main(argv: Sequence[str] | None = None) -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tiny size, to see that it works")
    parser.add_argument("--schools", type=int, default=10_000, help="how many files (default 10,000)")
    parser.add_argument("--growth", type=int, nargs="*", default=[1_000, 10_000, 100_000], help="sizes to grow through")
    parser.add_argument("--turns", type=int, default=3)
    asked = parser.parse_args(argv)
    sizes = [12, 24] if asked.quick else asked.growth
    number = 12 if asked.quick else asked.schools
    with TemporaryDirectory() as folder:
        turns = 1 if asked.quick else asked.turns
        show(headed("Many schools, each alone", beside_reading(Path(folder), number, turns)))
        show(headed("Growth", growth(Path(folder), sizes)))


def beside_reading(folder: Path, number: int, turns: int) -> str:
    """Each in turn, so that a slow moment of the machine meets all; the least of the turns counts."""
    schools = written(folder / "beside", number)
    taken: dict[str, list[Run]] = {}
    for _ in range(turns):
        for name, command in _contestants(schools).items():
            taken.setdefault(name, []).append(ran(command))
    least = {name: min(runs) for name, runs in taken.items()}
    base = next(iter(least.values())).seconds
    reach = ("", "at most 2.5", "at most 1.5")
    rows = (
        f"| {name} | {run.seconds:,.1f} | {run.seconds * 1e3 / number:.1f} | {run.seconds / base:.2f} | {goal} |"
        for (name, run), goal in zip(least.items(), reach, strict=True)
    )
    heads = "| what | least s | ms a school | ratio | to reach |\n|---|--:|--:|--:|--:|"
    about = f"{number:,} files like the six examples; least of {turns} turns."
    return "\n".join([about, "", heads, *rows])


def _contestants(schools: Path) -> dict[str, list[str]]:
    ours = [sys.executable, "-m", "clpt_growth", "pipeline", str(schools), "--trust", str(TRUST), "--each-alone"]
    ours += ["--format", "jsonl", "--as-of", AS_OF.isoformat()]
    return {
        "PyYAML `CSafeLoader` reading them, one core": [sys.executable, "-c", _READ, str(schools)],
        "ours: read, judged, a JSON line each, one core": [*ours, "--jobs", "1"],
        "ours: the same, two processes": [*ours, "--jobs", "2"],
    }


def growth(folder: Path, sizes: Sequence[int]) -> str:
    """Time and memory on one core from size to size; an exponent of 1 is twice the time for twice the schools."""
    rows, before = [], None
    for size in sizes:
        schools = written(folder / f"growth-{size}", size)
        run = ran(_contestants(schools)["ours: read, judged, a JSON line each, one core"])
        exponent = "" if before is None else f"{log(run.seconds / before[1]) / log(size / before[0]):.2f}"
        rows.append(f"| {size:,} | {run.seconds:,.1f} | {exponent} | {run.megabytes:,.0f} |")
        before = (size, run.seconds)
    heads = "| schools | s | exponent, at most 1.05 | peak MB, under 300 |\n|--:|--:|--:|--:|"
    return "\n".join([heads, *rows])


def written(folder: Path, number: int) -> Path:
    """So many school files, the six examples in turn, each with a number of its own in its URN."""
    folder.mkdir(exist_ok=True)
    texts = [path.read_text(encoding="utf-8") for path in _SCHOOLS]
    for position in range(number):
        text = _URN.sub(f'urn: "9{position % 100_000:05}"', texts[position % len(texts)], count=1)
        (folder / f"school-{position:06}.yaml").write_text(text, encoding="utf-8")
    return folder


def ran(command: Sequence[str]) -> Run:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    start = perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return Run(perf_counter() - start, used.ru_maxrss / 1024)


if __name__ == "__main__":
    main()
