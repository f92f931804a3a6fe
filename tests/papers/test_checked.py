import json
from collections.abc import Mapping
from datetime import date

from clpt_growth.files.problems import Problem
from clpt_growth.judging.findings import bench
from clpt_growth.model.fact import Fact
from clpt_growth.model.rules import Library
from clpt_growth.papers.checked import (
    Checked,
    Evidence,
    checked_json,
    checked_screen,
    evidence_of_file,
    problems_screen,
)

AS_OF = date(2026, 12, 4)
WORD = Fact("school.roll.pupils_count", 210, "head's note", date(2026, 10, 1), "self reported")
OLD = Fact("school.intake.eal_share", 0, "census", date(2020, 1, 16), "published")


def evidence(
    library: Library, *facts: Fact, what: str = "school", beside: Mapping[str, Fact] | None = None
) -> Evidence:
    on = bench(library.packs, AS_OF, has_school=what == "school")
    return evidence_of_file({f.name: f for f in facts}, beside or {}, library, on, what=what, as_of=AS_OF)


def test_a_school_with_nothing_in_it_has_every_gate_open(shipped_library: Library) -> None:
    found = evidence(shipped_library)
    assert found.complete.stages[1].evidenced == 0
    assert len(found.gates_open) == len(found.gates) > 10
    assert not found.begun


def test_a_trust_file_has_no_gates_of_its_own(shipped_library: Library) -> None:
    assert evidence(shipped_library, what="trust").gates == ()


def test_the_trusts_facts_count_for_the_schools_gates_and_not_for_its_completeness(
    shipped_library: Library,
) -> None:
    notice = Fact("trust.finance.notice_to_improve_open", True, "letter", date(2026, 11, 1))
    alone, beside = evidence(shipped_library), evidence(shipped_library, beside={notice.name: notice})
    assert "P06a" in {f.id for f in alone.gates_open}
    assert "P06a" not in {f.id for f in beside.gates_open}
    assert beside.complete.stages == alone.complete.stages


def test_what_rests_on_the_schools_word_and_what_is_old_is_named(shipped_library: Library) -> None:
    found = evidence(shipped_library, WORD, OLD)
    assert found.own_word == ("school.roll.pupils_count",)
    assert [s.fact for s in found.stale] == ["school.intake.eal_share"]
    screen = checked_screen([Checked(file="a.yaml", what="school", evidence=found)])
    assert "    roll.pupils_count\n" in screen
    assert "    intake.eal_share, 16 January 2020\n" in screen


def test_problems_are_wrapped_to_the_screen_and_counted() -> None:
    problem = Problem(
        "schools/oak.yaml",
        18,
        "intake.free_meals_share",
        "41.2 is more than the whole",
        "write 41.2% (or 0.412)",
    )
    assert problems_screen([Checked(file="schools/oak.yaml", problems=(problem,)), Checked(file="b.yaml")]) == (
        "schools/oak.yaml:18: intake.free_meals_share: 41.2 is more than the whole; write\n"
        "    41.2% (or 0.412)\n"
        "\n"
        "1 problem in 1 file. Nothing was changed.\n"
    )


def test_no_problem_says_nothing() -> None:
    assert problems_screen([Checked(file="a.yaml")]) == ""


def test_many_files_have_a_line_each(shipped_library: Library) -> None:
    found = evidence(shipped_library, WORD)
    files = [Checked(file=f"schools/{n}.yaml", what="school", evidence=found) for n in range(6)]
    lines = checked_screen([*files, Checked(file="broken.yaml")]).splitlines()
    assert lines[0].split() == ["file", "problems", "stage", "1", "stage", "2", "gates", "open"]
    assert "broken.yaml" in lines[7]
    assert "could not be read" in lines[7]


def test_every_line_but_a_command_to_copy_fits_eighty_columns(shipped_library: Library) -> None:
    found = evidence(shipped_library, WORD, OLD)
    one = Checked(file="schools/a-rather-long-name-for-a-school-file-in-a-folder.yaml", what="school", evidence=found)
    for screen in (
        checked_screen([one], by="block"),
        checked_screen([one], by="holder"),
        checked_screen([one] * 7),
    ):
        assert max(len(line) for line in screen.splitlines() if not line.startswith("NEXT")) <= 80


def test_json_names_everything_the_screen_counts(shipped_library: Library) -> None:
    problem = Problem("a.yaml", 3, "roll.x", "there is no such fact", "delete it")
    one = Checked(file="a.yaml", what="school", problems=(problem,), evidence=evidence(shipped_library, WORD, OLD))
    told = json.loads(checked_json([one, Checked(file="b.yaml")], AS_OF))
    assert told["schema"] == "clpt-growth/check/v1"
    assert told["as_of"] == "2026-12-04"
    first, second = told["files"]
    assert first["problems"] == [{"line": 3, "field": "roll.x", "wrong": "there is no such fact", "todo": "delete it"}]
    assert first["evidence"]["stages"]["1"]["evidenced"] == 2
    assert first["evidence"]["self_reported"] == ["school.roll.pupils_count"]
    assert first["evidence"]["stale"][0]["dated"] == "2020-01-16"
    assert first["evidence"]["holders"]["school business manager"]["asked"] > 0
    assert second == {"file": "b.yaml", "kind": None, "problems": [], "evidence": None}
