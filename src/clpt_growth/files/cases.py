"""A case from its files: one school, the trust file beside or above it, and the date we ask."""

import os
from collections.abc import Collection, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

from clpt_growth.files.casefile import SUBJECTS_OF, CaseFile, case_file
from clpt_growth.files.disk import read_node
from clpt_growth.files.problems import InputError, Problem, did_you_mean, problem_with
from clpt_growth.files.yaml_text import Node
from clpt_growth.model.case import Case, InputFile
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.fact import Fact

TRUST_FILE = "trust.yaml"


def trust_file_near(school: Path) -> Path | None:
    """The trust file in the school file's folder or the nearest folder above it."""
    # Path.resolve raises where links lead round in a circle.
    start = Path(os.path.realpath(school))
    for folder in (start.parent, *start.parent.parents):
        if (folder / TRUST_FILE).is_file():
            return _as_short_as(folder / TRUST_FILE)
    return None


def _as_short_as(path: Path) -> Path:
    """The path from where the person stands, where that is shorter to read."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path


def read_file(path: Path, dictionary: Dictionary, *, what: str) -> tuple[CaseFile, InputFile]:
    """The facts and problems of one file, and its fingerprint.

    Broken syntax, and a trust file given for a school's or the other way round, raise `InputError`.
    """
    node, content = read_node(path)
    _refuse_the_other(path, node, dictionary, what)
    return case_file(node, dictionary, what=what, file=str(path)), InputFile(
        path.as_posix(), sha256(content).hexdigest()
    )


def _refuse_the_other(path: Path, node: Node, dictionary: Dictionary, what: str) -> None:
    """One plain word, and not a problem for every line of a file that is another."""
    other = "trust" if what == "school" else "school"
    blocks = set(node.value) if isinstance(node.value, dict) else set()
    own, theirs = (blocks & dictionary.blocks_of(*SUBJECTS_OF[kind]).keys() for kind in (what, other))
    if len(theirs - own) > len(own - theirs):
        raise problem_with(str(path), f"is a {other} file and not a {what} file", f"name a {what} file")


def already_in_trust(facts: Mapping[str, Fact], school: str, trust: str) -> tuple[Problem, ...]:
    """A school whose number is one of the trust's own academies cannot join it."""
    urn, academies = facts.get("school.identity.urn"), facts.get("trust.academies")
    if urn is None or academies is None or not (urn.applies and academies.applies):
        return ()
    same = [str(a.get("name", "an academy")) for a in academies.value if a.get("urn") == urn.value]
    wrong = f"{urn.value} is the number of {', '.join(same)}, which is already in the trust ({trust})"
    todo = "correct the number here or in the trust file, or assess a school that has not joined"
    return (Problem(school, urn.line, "identity.urn", wrong, todo),) if same else ()


def judged_amiss(facts: Mapping[str, Fact], known: Collection[str], file: str) -> tuple[Problem, ...]:
    """A Judgement on a principle that is not in use, or on one that another Judgement is on: neither may go unseen."""
    fact = facts.get("case.judgements")
    if fact is None or not fact.applies:
        return ()
    found, seen = [], set[str]()
    for id_ in (record.get("principle", "") for record in fact.value):
        if id_ not in known:
            todo = did_you_mean(id_, known, "see them all: clpt-growth principles list")
            found.append(Problem(file, fact.line, "judgements", f"{id_} is no principle in use", todo))
        elif id_ in seen:
            found.append(Problem(file, fact.line, "judgements", f"{id_} is judged twice", "keep the one that stands"))
        seen.add(id_)
    return tuple(found)


def read_case(school: Path | None, trust: Path | None, dictionary: Dictionary, *, as_of: date) -> Case:
    """The case in a school file and a trust file; without either, its facts are simply not in evidence.

    Raises `InputError` with every problem in both files.
    """
    facts: dict[str, Fact] = {}
    problems: list[Problem] = []
    inputs: list[InputFile] = []
    for path, what in ((school, "school"), (trust, "trust")):
        if path is None:
            continue
        try:
            read, fingerprint = read_file(path, dictionary, what=what)
        except InputError as error:
            problems += error.problems
            continue
        facts |= read.facts
        problems += read.problems
        inputs.append(fingerprint)
    if school is not None and trust is not None:
        problems += already_in_trust(facts, str(school), str(trust))
    if problems:
        raise InputError(problems)
    return Case(facts=facts, as_of=as_of, has_school=school is not None, inputs=tuple(inputs))
