"""`check`: every problem in the files at once, and how much is in evidence."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clpt_growth.cli.shell import (
    WRONG,
    AsOf,
    TextOrJson,
    TrustFile,
    choice,
    day_asked,
    library_for,
    problems_told,
    show,
    tell,
    workspace_of,
)

if TYPE_CHECKING:
    from clpt_growth.files.casefile import CaseFile
    from clpt_growth.files.problems import Problem
    from clpt_growth.judging.findings import Bench
    from clpt_growth.model.rules import Library
    from clpt_growth.papers.checked import Checked

_FORMATS = ("text", "json")
_BY = ("block", "holder")


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH...]", help="Files or folders. Default: trust.yaml and schools/ here."),
    ] = None,
    trust: TrustFile = None,
    as_of: AsOf = "",
    by: Annotated[
        str,
        typer.Option("--by", metavar="WORD", help="Also count by block, or by holder: who usually has the facts."),
    ] = "",
    format_: TextOrJson = "text",
) -> None:
    """Find every problem in school and trust files at once, and show how much is in evidence.

    Example: clpt-growth check schools/oakfield.yaml --by holder
    """
    with problems_told():
        from clpt_growth.files.found import files_meant
        from clpt_growth.papers.checked import checked_json, checked_screen

        choice("--format", format_, _FORMATS)
        if by:
            choice("--by", by, _BY)
        when = day_asked(as_of)
        reading = _Reading(trust, when)
        checked = [reading.checked(path) for path in files_meant(paths or [])]
        _tell_problems(checked, reading)
        _tell_of_trusts_beside(reading, {c.file for c in checked})
        show(checked_json(checked, when) if format_ == "json" else checked_screen(checked, by=by))
        if reading.problems or any(c.problems for c in checked):
            raise typer.Exit(WRONG)


def _tell_problems(checked: "Sequence[Checked]", reading: "_Reading") -> None:
    """On stderr, first the trust's own principles, then file by file."""
    import sys

    from clpt_growth.cli.shell import harmless
    from clpt_growth.papers.checked import Checked, problems_screen

    own = [Checked(file=p.file, problems=(p,)) for p in reading.problems]
    if words := problems_screen([*own, *checked]):
        sys.stderr.write(harmless(words) + "\n")


def _tell_of_trusts_beside(reading: "_Reading", checked: set[str]) -> None:
    """A trust file that was not asked about but would stop the school's assessment."""
    for path, read in reading.trusts.items():
        if str(path) not in checked and (number := len(read.problems)):
            tell(f"{path}, beside it, has problems of its own ({number}). See: clpt-growth check {path}\n")


class _Reading:
    """Reads each trust file and each library once, however many schools stand beside them."""

    def __init__(self, trust: Path | None, as_of: date) -> None:
        self.trust = trust
        self.as_of = as_of
        self.problems: list[Problem] = []
        self.libraries: dict[Path | None, tuple[Library, Bench]] = {}
        self.trusts: dict[Path, CaseFile] = {}

    def checked(self, path: Path) -> "Checked":
        from clpt_growth.files.cases import already_in_trust, judged_amiss, trust_file_near
        from clpt_growth.files.problems import InputError
        from clpt_growth.papers.checked import Checked, evidence_of_file

        trust = self.trust or trust_file_near(path)
        library, bench = self.library(trust)
        try:
            what, read, sums = _read(path, library)
        except InputError as error:
            return Checked(file=str(path), problems=error.problems)
        beside = self.trust_facts(trust, library).facts if trust is not None and what == "school" else {}
        evidence = evidence_of_file(read.facts, beside, library, bench, what=what, as_of=self.as_of)
        in_it = already_in_trust({**beside, **read.facts}, str(path), str(trust)) if beside else ()
        judged = judged_amiss(read.facts, library.ids, str(path))
        problems = tuple(sorted((*read.problems, *sums, *in_it, *judged), key=lambda p: p.line))
        return Checked(file=str(path), what=what, problems=problems, evidence=evidence, all_read=not read.problems)

    def library(self, trust: Path | None) -> "tuple[Library, Bench]":
        """The library to read by; the shipped one where the trust's own principles are broken."""
        from clpt_growth.files.problems import InputError
        from clpt_growth.judging.findings import bench

        folder = workspace_of(trust)
        if folder not in self.libraries:
            try:
                found = library_for(trust)
            except InputError as error:
                self.problems += error.problems
                found = library_for(None)
            self.libraries[folder] = found, bench(found.packs, self.as_of)
        return self.libraries[folder]

    def trust_facts(self, trust: Path, library: "Library") -> "CaseFile":
        """What can be read of the trust file; its problems are told where it is checked itself."""
        from clpt_growth.files.casefile import CaseFile
        from clpt_growth.files.cases import read_file
        from clpt_growth.files.problems import InputError

        if trust not in self.trusts:
            try:
                self.trusts[trust] = read_file(trust, library.dictionary, what="trust")[0]
            except InputError as error:
                self.trusts[trust] = CaseFile({}, list(error.problems))
        return self.trusts[trust]


def _read(path: Path, library: "Library") -> "tuple[str, CaseFile, list[Problem]]":
    """The kind of a file, what is in it, and a problem for every sum that is out: its books, and its governors."""
    from clpt_growth.capacity.accounts import faults
    from clpt_growth.capacity.seats import seat_faults
    from clpt_growth.facts.defined import with_definitions
    from clpt_growth.files.casefile import case_file
    from clpt_growth.files.disk import read_node
    from clpt_growth.files.found import kind_of_file, refuse_other_kinds
    from clpt_growth.files.problems import InputError, Problem
    from clpt_growth.files.yaml_text import line_of

    refuse_other_kinds(path)
    node, _ = read_node(path)
    what = kind_of_file(path, node, library.dictionary)
    read = case_file(node, library.dictionary, what=what, file=str(path))
    if not isinstance(node.value, dict):
        raise InputError(read.problems)
    out = (*faults(with_definitions(read.facts, library.dictionary)), *seat_faults(read.facts))
    sums = [Problem(str(path), line_of(node, f.field), f.field, f.wrong, f.todo) for f in out]
    return what, read, sums
