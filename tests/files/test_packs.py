"""The structure of every shipped pack."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clpt_growth.files.library import read_library
from clpt_growth.files.shipped import shipped
from clpt_growth.model.criterion import AllOf, AskPerson, Recorded, Threshold
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.principle import Pack, Principle
from clpt_growth.model.rules import Library

LIBRARY = read_library(shipped("principles"))
PRINCIPLES = [(pack.id, principle) for pack in LIBRARY.packs for principle in pack.principles]
IDS = [principle.id for _, principle in PRINCIPLES]
LETTER = {"growth": "P", "offer": "J", "diligence": "D"}

every_principle = pytest.mark.parametrize(("pack", "principle"), PRINCIPLES, ids=IDS)


def pack_named(name: str) -> Pack:
    return next(pack for pack in LIBRARY.packs if pack.id == name)


def leaves(criterion: Any) -> Iterator[Any]:
    if hasattr(criterion, "parts"):
        for part in criterion.parts:
            yield from leaves(part)
    else:
        yield criterion


def thresholds(principle: Principle) -> tuple[Threshold, ...]:
    return tuple(t for leaf in leaves(principle.criterion) for t in getattr(leaf, "thresholds", ()))


def test_the_growth_pack_holds_29_statements_in_47_tests() -> None:
    growth = pack_named("growth")

    assert len(growth.principles) == 47
    assert list(dict.fromkeys(p.statement for p in growth.principles)) == [f"P{n:02}" for n in range(1, 30)]


def test_the_diligence_pack_holds_at_least_25_tests() -> None:
    assert len(pack_named("diligence").principles) >= 25


def test_an_id_is_used_once_only() -> None:
    assert len(set(IDS)) == len(IDS)


def test_packs_say_whose_they_are() -> None:
    assert [p.id for p in LIBRARY.packs if not (p.owner and p.title and p.version and len(p.sha256) == 64)] == []


@every_principle
def test_an_id_is_its_statement_and_the_start_of_its_file(pack: str, principle: Principle) -> None:
    files = list((shipped("principles") / pack).glob(f"{principle.id.lower()}-*.yaml"))

    assert re.fullmatch(rf"{LETTER[pack]}[0-9]{{2}}[a-d]?", principle.id)
    assert principle.id.startswith(principle.statement)
    assert len(files) == 1


def test_every_file_of_a_pack_is_read() -> None:
    for pack in LIBRARY.packs:
        files = {path for path in (shipped("principles") / pack.id).glob("*.yaml") if path.name != "pack.yaml"}
        assert len(files) == len(pack.principles)


@every_principle
def test_a_published_line_names_its_source_and_a_judgement_says_so(pack: str, principle: Principle) -> None:
    for place in (*thresholds(principle), *leaves(principle.criterion)):
        if basis := getattr(place, "basis", None):
            assert basis in ("published", "source", "judgement")
            assert basis == "judgement" or place.reference in LIBRARY.sources
    assert principle.source in LIBRARY.sources


@every_principle
def test_sentences_end_with_a_stop_and_questions_with_a_mark(pack: str, principle: Principle) -> None:
    said = [principle.why, principle.reading]
    if principle.action:
        said += [principle.action.condition, principle.action.evidence, principle.action.if_not_met]
    if principle.risk:
        said.append(principle.risk.event)
    said += [t.note for t in thresholds(principle)]

    assert [s for s in said if s and not s.rstrip().endswith((".", '."'))] == []
    assert principle.question.endswith("?")
    assert not principle.title.endswith(".")
    assert principle.find_out and not principle.find_out.endswith(".")


TESTED = [p for _, p in PRINCIPLES if not isinstance(p.criterion, AskPerson)]
WITH_PARTLY = [p for p in TESTED if any(t.partly is not None for t in thresholds(p))]
ACTED_ON = [p for _, p in PRINCIPLES if p.effect in ("gate", "condition")]


@pytest.mark.parametrize("principle", TESTED, ids=lambda p: p.id)
def test_examples_show_met_not_met_and_not_evidenced_with_names_of_their_own(principle: Principle) -> None:
    names = [example.name for example in principle.examples]
    # What only has to be in evidence is met or not evidenced, and never "not met".
    never = {Outcome.NOT_MET} if all(isinstance(p, Recorded | AllOf) for p in principle.parts) else set()
    # A private finance building is a condition whatever is agreed.
    never |= {Outcome.MET} if principle.id == "D13" else set()

    assert {Outcome.MET, Outcome.NOT_MET, Outcome.NOT_EVIDENCED} - never <= {e.outcome for e in principle.examples}
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("principle", WITH_PARTLY, ids=lambda p: p.id)
def test_a_partly_line_has_an_example_that_is_partly_met(principle: Principle) -> None:
    assert Outcome.PARTLY_MET in {example.outcome for example in principle.examples}


def test_every_area_is_of_the_one_list_and_every_area_is_used_somewhere() -> None:
    assert {principle.area for _, principle in PRINCIPLES} <= set(LIBRARY.rules.areas)


@pytest.mark.parametrize("principle", ACTED_ON, ids=lambda p: p.id)
def test_a_gate_and_a_condition_say_what_to_do_and_who(principle: Principle) -> None:
    assert principle.action
    assert principle.action.owner and principle.action.long_stop and principle.action.evidence


def test_the_recommendation_table_stands_worst_first() -> None:
    worst_first = ["decline", "defer", "approve subject to conditions", "approve"]
    places = [worst_first.index(row.propose) for row in (*LIBRARY.rules.table, LIBRARY.rules.otherwise)]

    assert places == sorted(places)


def test_bands_reach_down_to_nothing() -> None:
    lines = [band.at_least for band in LIBRARY.rules.bands]

    assert (lines, lines[-1]) == (sorted(lines, reverse=True), 0)


def test_the_shipped_library_is_the_same_each_time(shipped_library: Library) -> None:
    assert shipped_library == LIBRARY
    assert Path(shipped("principles")).is_dir()


@every_principle
def test_an_example_stands_on_each_line_of_a_principle(pack: str, principle: Principle) -> None:
    """A compared fact has an example whose value is the line itself."""
    missing = []
    for leaf in leaves(principle.criterion):
        if leaf.kind != "compare":
            continue
        lines = {repr(t.met) for t in leaf.thresholds if not isinstance(t.met, str | tuple | bool)}
        given = {repr(e.given[leaf.fact]) for e in principle.examples if leaf.fact in e.given}
        if lines and given and not any(_same(line, given) for line in lines):
            missing.append((leaf.fact, sorted(lines)))

    assert missing == []


def _same(line: str, given: set[str]) -> bool:
    """Whether a line is among the values given, as numbers where it is one."""
    numbers = re.compile(r"[-0-9.]+")
    return bool(set(numbers.findall(line)) & {n for text in given for n in numbers.findall(text)}) or line in given
