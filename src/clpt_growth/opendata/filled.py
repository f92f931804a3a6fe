"""A school or trust file already holding what the open data tell, each fact with its source."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from clpt_growth.files.blank import FULL, blank_file
from clpt_growth.files.casefile import case_file
from clpt_growth.files.problems import Problem
from clpt_growth.files.yaml_text import node_from
from clpt_growth.model.case import PHASE
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.fact import Fact
from clpt_growth.opendata.recognise import Table
from clpt_growth.opendata.school import SchoolFound
from clpt_growth.opendata.settle import Remark

_MARK = "Lines that start with > say what a table does not give, or what another one says."


class Filled(NamedTuple):
    """The text of a file, the facts in it, and what could not be written into one."""

    text: str
    facts: Mapping[str, Fact]
    remarks: tuple[Remark, ...]


def filled(
    what: str,
    facts: Mapping[str, Fact],
    remarks: Sequence[Remark],
    dictionary: Dictionary,
    *,
    tables: Iterable[Table],
    stage: int = FULL,
    schema: str = "",
) -> Filled:
    """A file with every fact that reads back as it was; one that does not is left out, and said so."""
    phase = str(facts[PHASE].value) if PHASE in facts else ""
    opening = ["Filled from open data:", *(f"- {t.shown}: {t.cited}" for t in tables), _MARK]

    def written(known: Mapping[str, Fact], said: Sequence[Remark]) -> str:
        beside: dict[str, list[str]] = defaultdict(list)
        for remark in said:
            beside[remark.fact].append(remark.words)
        return blank_file(
            dictionary, what, stage=stage, phase=phase, schema=schema, known=known, remarks=beside, opening=opening
        )

    text = written(facts, remarks)
    wrong = case_file(node_from(text, what), dictionary, what=what, file=what).problems
    if not wrong:
        return Filled(text, facts, tuple(remarks))
    named = {name: p for name in facts for p in wrong if _is_about(p, dictionary, name)}
    kept = {name: fact for name, fact in facts.items() if name not in named}
    said = [*remarks, *(Remark(name, f"{p.wrong}, and is left out") for name, p in named.items())]
    return Filled(written(kept, said), kept, tuple(said))


def readable(facts: Mapping[str, Fact], dictionary: Dictionary, what: str) -> dict[str, Fact]:
    """Those facts that read back from a file as they are."""
    return dict(filled(what, facts, (), dictionary, tables=()).facts)


def _is_about(problem: Problem, dictionary: Dictionary, name: str) -> bool:
    path = dictionary.kinds[name].path
    return problem.field == path or problem.field.startswith((f"{path}.", f"{path}["))


def told_of(found: SchoolFound) -> list[str]:
    """What a person should hear besides the file: earlier numbers, and tables that could not be used."""
    lines = []
    for kin in found.predecessors:
        until = f", until {kin.became_on}" if kin.became_on else ""
        merged = "" if kin.alone else "; schools were merged or split, so its figures are not carried over"
        lines.append(f"It was URN {kin.urn} before{until}{merged}.")
    lines += [f"Not used: {t.shown}: its year is not known; put it in the file's name." for t in found.unused]
    return lines
