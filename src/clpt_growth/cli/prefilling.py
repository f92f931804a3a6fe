"""`new --urn` and `new --trust`: a file that already holds what is published, and one filled further."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from clpt_growth.cli.data import opened
from clpt_growth.cli.shell import tell, trust_here

if TYPE_CHECKING:
    from clpt_growth.model.dictionary import Dictionary
    from clpt_growth.model.fact import Fact
    from clpt_growth.model.rules import Library
    from clpt_growth.opendata.filled import Filled
    from clpt_growth.opendata.school import SchoolFound

_URN_DIGITS = 6


def new_school(urn: str, data: Path, name: str, said: "dict[str, Fact]", *, stage: int, overwrite: bool) -> None:
    """Write a school's file from the tables of a folder; what the command line says comes before them."""
    from clpt_growth.cli.starting import place_of, schema_from, slug
    from clpt_growth.files.disk import write_text
    from clpt_growth.opendata.filled import filled, told_of

    school, library = _school(urn, data)
    facts = school.settled.facts | said
    trust = trust_here()
    called = facts.get("school.identity.name")
    path = Path(name) if name else place_of(trust) / f"{slug(str(called.value)) if called else urn}.yaml"
    made = filled(
        "school", facts, school.settled.remarks, library.dictionary,
        tables=school.tables, stage=stage, schema=schema_from(path, trust),
    )  # fmt: skip
    _refuse_where_there(path, overwrite)
    write_text(path, made.text, overwrite=overwrite)
    tell(f"Written: {path}")
    _tell_how_much(made, told_of(school), library.dictionary)
    tell(f"Fill in the rest, then: clpt-growth check {path}")


def fill_school(urn: str, data: Path, into: Path, take: Sequence[str]) -> None:
    """Add to a school file what the tables tell and it does not; show what differs."""
    from clpt_growth.opendata.filled import told_of

    school, library = _school(urn, data)
    _fill(into, school.settled.facts, library, "school", take)
    for line in told_of(school):
        tell(line)


def new_trust(uid: str, data: Path, *, into: Path | None, take: Sequence[str], overwrite: bool) -> None:
    """Write or fill a trust's file: who it is, and each of its academies."""
    from clpt_growth.cli.starting import schema_from
    from clpt_growth.files.disk import write_text
    from clpt_growth.files.problems import problem_with
    from clpt_growth.opendata.filled import filled
    from clpt_growth.opendata.trust import trust_found

    if not uid.isdecimal():
        raise problem_with(
            "--trust", f'"{uid}" is not a group number', "write the UID of the register, not its TR number"
        )
    found, known, library = opened(data)
    trust = trust_found(uid, found, known, library.dictionary)
    more = [
        *trust.told,
        *(f"Not used: {t.shown}: its year is not known; put it in the file's name." for t in trust.unused),
    ]
    if into is not None:
        _fill(into, trust.settled.facts, library, "trust", take)
        for line in more:
            tell(line)
        return
    path = Path("trust.yaml")
    made = filled(
        "trust", trust.settled.facts, trust.settled.remarks, library.dictionary,
        tables=trust.tables, schema=schema_from(path, path, "trust"),
    )  # fmt: skip
    _refuse_where_there(path, overwrite)
    write_text(path, made.text, overwrite=overwrite)
    tell(f"Written: {path}")
    _tell_how_much(made, more, library.dictionary)
    tell("Fill in the rest, then: clpt-growth readiness")


def _school(urn: str, data: Path) -> "tuple[SchoolFound, Library]":
    from clpt_growth.files.problems import problem_with
    from clpt_growth.opendata.school import school_found

    if not (urn.isdecimal() and len(urn) == _URN_DIGITS):
        raise problem_with("--urn", f'"{urn}" is not a unique reference number', "write its six figures")
    found, known, library = opened(data)
    return school_found(urn, found, known, library.dictionary), library


def _fill(into: Path, facts: "Mapping[str, Fact]", library: "Library", what: str, take: Sequence[str]) -> None:
    from clpt_growth.files.disk import read_bytes, text_of, write_text
    from clpt_growth.files.merging import merged
    from clpt_growth.opendata.filled import readable
    from clpt_growth.papers.merged_words import merged_lines

    text = text_of(read_bytes(into), str(into))
    made = merged(
        text, readable(facts, library.dictionary, what), library.dictionary, what=what, file=str(into), take=take
    )
    if made.text != text:
        write_text(into, made.text, overwrite=True)
        tell(f"Filled: {into}")
    else:
        tell(f"Left as it is: {into}")
    for line in merged_lines(made, library.dictionary):
        tell(line)


def _refuse_where_there(path: Path, overwrite: bool) -> None:
    from clpt_growth.files.problems import problem_with

    if path.exists() and not overwrite:
        raise problem_with(str(path), "is already there", f"fill it further with --into {path}, or add --overwrite")


def _tell_how_much(made: "Filled", more: Sequence[str], dictionary: "Dictionary") -> None:
    from clpt_growth.papers.wording import listed, plural

    tell(f"Filled from open data: {plural(len(made.facts), 'fact')}, each with its source.")
    kinds = [dictionary.kinds[name] for name, fact in made.facts.items() if not fact.whole]
    if uncounted := [kind.label for kind in kinds if kind.counted]:
        tell(f"Not counted until you say on its line entries: how many there are in all: {listed(uncounted)}.")
    for line in more:
        tell(line)
