import io
import sys
from collections.abc import Mapping
from dataclasses import replace

import pytest

from clpt_growth.cli.shell import show
from clpt_growth.judging.assess import assess
from clpt_growth.model.finding import Assessment
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.rules import Library
from clpt_growth.papers.screen import assessment_screen, headed, not_plainly_met, outcome_counts
from golden.rewrite import SCHOOLS, example
from make import case

NAMES = (*(school.stem for school in SCHOOLS), "identity only", "nothing", "readiness")
WORST_FIRST = (
    Outcome.NOT_MET,
    Outcome.NOT_EVIDENCED,
    Outcome.PARTLY_MET,
    Outcome.CONFLICT,
    Outcome.NOT_APPLICABLE,
)


@pytest.fixture(scope="module")
def assessments(shipped_library: Library) -> Mapping[str, Assessment]:
    found = {school.stem: example(school, shipped_library) for school in SCHOOLS}
    return found | {
        "identity only": assess(case({"school.identity.name": "Oak Primary School"}), shipped_library),
        "nothing": assess(case(), shipped_library),
        "readiness": example(None, shipped_library),
    }


@pytest.mark.parametrize("name", NAMES)
def test_no_line_is_over_eighty_columns(name: str, assessments: Mapping[str, Assessment]) -> None:
    screen = assessment_screen(assessments[name], "schools/oakfield.yaml")
    assert [line for line in screen.splitlines() if len(line) > 80] == []


@pytest.mark.parametrize("name", NAMES)
def test_it_is_plain_text_with_one_end_of_line(name: str, assessments: Mapping[str, Assessment]) -> None:
    screen = assessment_screen(assessments[name], "schools/oakfield.yaml")
    assert screen.replace("\n", "").isprintable()
    assert screen.endswith("\n")
    assert "\n\n\n" not in screen
    assert [line for line in screen.splitlines() if line != line.rstrip()] == []


@pytest.mark.parametrize("name", NAMES)
def test_gates_are_shown_worst_first(name: str, assessments: Mapping[str, Assessment]) -> None:
    ranks = [WORST_FIRST.index(f.outcome) for f in not_plainly_met(assessments[name])]
    assert ranks == sorted(ranks)
    lines = assessment_screen(assessments[name]).splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("GATES"))
    shown = not_plainly_met(assessments[name])[:3]
    found = [line.split()[0] for line in lines[start + 1 :] if line.startswith(("  P", "  D", "  J"))][: len(shown)]
    assert found == [f.id for f in shown]


def test_a_not_met_gate_comes_before_one_without_evidence_and_one_partly_met(
    assessments: Mapping[str, Assessment],
) -> None:
    found = [f.outcome for f in not_plainly_met(assessments["kestrel-high"])]
    assert found[0] is Outcome.NOT_EVIDENCED
    assert found[-1] is Outcome.PARTLY_MET
    assert not_plainly_met(assessments["tarnside-all-through"])[0].outcome is Outcome.NOT_MET
    assert not_plainly_met(assessments["larkfield-primary"]) == ()


def test_the_proposal_and_what_it_could_still_become_are_at_the_top(
    assessments: Mapping[str, Assessment],
) -> None:
    screen = assessment_screen(assessments["kestrel-high"])
    assert screen.startswith("Kestrel High School, URN 999101: secondary, sponsored, ")
    assert "\nPROPOSED   DEFER: additional information needed\n" in screen
    assert "Not settled. Best still reachable: approve subject to conditions.\n" in screen
    assert "Worst still reachable: decline.\n" in screen


def test_a_school_of_which_nothing_is_known_is_told_so(assessments: Mapping[str, Assessment]) -> None:
    screen = assessment_screen(assessments["nothing"])
    assert screen.startswith("A school with no name in its file\nNo trust file was found")
    assert "CAPACITY   not evidenced\n" in screen


def test_readiness_speaks_of_the_trust_alone(assessments: Mapping[str, Assessment]) -> None:
    screen = assessment_screen(assessments["readiness"])
    assert "\nREADINESS  READY TO GROW\n" in screen
    assert "PROPOSED" not in screen
    assert "the school" not in screen.lower().replace("school improvement", "")


def test_the_next_step_is_only_named_where_the_file_is_known(assessments: Mapping[str, Assessment]) -> None:
    assert "NEXT" not in assessment_screen(assessments["kestrel-high"])
    assert "clpt-growth assess schools/oak.yaml --report" in assessment_screen(
        assessments["kestrel-high"], "schools/oak.yaml"
    )


def test_a_command_with_a_space_in_its_path_can_be_copied(assessments: Mapping[str, Assessment]) -> None:
    assert 'clpt-growth assess "My schools/oak.yaml" --report' in assessment_screen(
        assessments["kestrel-high"], "My schools/oak.yaml"
    )


def test_a_long_name_is_wrapped(assessments: Mapping[str, Assessment], shipped_library: Library) -> None:
    given = case({"school.identity.name": "Oak" * 60, "trust.identity.name": "A Trust " * 30})
    screen = assessment_screen(assess(given, shipped_library))
    assert max(map(len, screen.splitlines())) <= 80


def test_counts_leave_out_what_does_not_occur_but_not_met(assessments: Mapping[str, Assessment]) -> None:
    found = assessments["kestrel-high"].findings[:1]
    assert outcome_counts([]) == "0 met"
    assert outcome_counts([f._replace(outcome=Outcome.PARTLY_MET) for f in found]) == "0 met, 1 partly met"


def test_a_heading_stands_in_the_margin() -> None:
    assert list(headed("EVIDENCE", "word " * 20)) == [
        "EVIDENCE   " + ("word " * 14).rstrip(),
        "           " + ("word " * 6).rstrip(),
    ]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_headings_are_bold_on_a_terminal_and_plain_when_piped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for stream, bold in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stdout", stream)
        show("GATES      1 met\n")
        assert ("\x1b[" in stream.getvalue()) is bold
        assert stream.getvalue().endswith("1 met\n")


def test_no_color_means_none_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stdout", stream := Terminal())
    show("GATES      1 met\n")
    assert stream.getvalue() == "GATES      1 met\n"


def test_nothing_from_a_file_reaches_the_terminal_as_a_command(
    assessments: Mapping[str, Assessment], monkeypatch: pytest.MonkeyPatch, shipped_library: Library
) -> None:
    found = assessments["identity only"]
    name = found.case.facts["school.identity.name"]._replace(value="Oak\x1b[2J\x1b]0;x\x07\u202e\u00a0School")
    monkeypatch.setattr(sys, "stdout", stream := io.StringIO())
    show(assessment_screen(assess(replace(found.case, facts={name.name: name}), shipped_library)))
    assert stream.getvalue().startswith("Oak?[2J?]0;x??\u00a0School\n")
