"""One library of all principles: fresh and compiled agree, and a trust's own pack is laid over it."""

import os
import pickle
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from clpt_growth.files import library as reading
from clpt_growth.files.problems import InputError
from clpt_growth.files.shipped import shipped
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.principle import Pack
from clpt_growth.model.rules import Library

HEAD = "id: ours\nowner: Thornmere\ntitle: Our principles\nversion: 2.0.0\nextends: growth\n"


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def kept(tmp_path: Path) -> Path:
    return next((tmp_path / "cache").rglob(reading.COMPILED[True]))


def workspace(tmp_path: Path, **files: str) -> Path:
    """A trust's folder with a pack of its own; a double underscore in a name is a folder."""
    for name, text in files.items():
        path = tmp_path / "trust" / "principles" / f"{name.replace('__', '/').replace('_', '-')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "trust"


def own_pack(tmp_path: Path, **files: str) -> Pack:
    found = reading.library(workspace(tmp_path, **{"ours__pack": HEAD} | files))
    return next(pack for pack in found.packs if pack.id == "growth")


def problems(tmp_path: Path, **files: str) -> list[str]:
    with pytest.raises(InputError) as error:
        reading.library(workspace(tmp_path, **files))
    return [str(problem) for problem in error.value.problems]


def test_compiled_and_fresh_are_equal(tmp_path: Path, shipped_library: Library) -> None:
    fresh = reading.library()
    place = kept(tmp_path)
    compiled = reading._compiled(place, fresh.sha256)

    assert compiled == fresh == replace(shipped_library, sha256=fresh.sha256)


def test_the_compiled_form_of_the_wheel_is_the_same_library(tmp_path: Path, shipped_library: Library) -> None:
    reading.compile_shipped(shipped("principles"), tmp_path)
    key = reading._fingerprint([shipped("principles")])

    assert reading._compiled(tmp_path / reading.COMPILED[True], key) == replace(shipped_library, sha256=key)


def test_without_its_examples_a_library_is_the_same_but_for_them() -> None:
    first, again, whole = (reading.library(examples=e) for e in (False, False, True))

    assert first == again == reading._without_examples(whole)
    assert {len(p.examples) for pack in first.packs for p in pack.principles} == {0}
    assert all(p.examples for pack in whole.packs for p in pack.principles)


def test_of_the_states_a_library_was_in_the_last_few_are_kept(tmp_path: Path) -> None:
    place = tmp_path / "cache" / "clpt-growth"
    for age in range(20):
        (place / f"{age:02}-before").mkdir(parents=True)
        os.utime(place / f"{age:02}-before", (age, age))
    (place / "from-an-earlier-version.bin").write_bytes(b"")
    os.utime(place / "from-an-earlier-version.bin", (0, 0))

    reading.library()

    left = sorted(path.name for path in place.iterdir())
    assert (len(left), left[:7]) == (8, [f"{age}-before" for age in range(13, 20)])


def test_a_changed_file_is_noticed(tmp_path: Path) -> None:
    amendment = "amends: P12\nreason: Board decision.\nweight: {}\n"

    before = own_pack(tmp_path, ours__p12_x=amendment.format(2))
    after = own_pack(tmp_path, ours__p12_x=amendment.format(3))

    weights = [next(p.weight for p in pack.principles if p.id == "P12") for pack in (before, after)]
    assert (weights, before.sha256 != after.sha256) == ([2, 3], True)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: b"",
        lambda content: content[:-1],
        lambda content: content[: len(content) // 2],
        lambda content: content[:5000] + bytes([content[5000] ^ 1]) + content[5001:],
        lambda content: b"\x00" * len(content),
        lambda _: pickle.dumps("not a library"),
        lambda _: reading.sha256(b"junk").digest() + b"junk",
        lambda _: reading._pickled("not a library"),
    ],
)
def test_a_damaged_compiled_library_is_ignored(spoil: Callable[[bytes], bytes], tmp_path: Path) -> None:
    fresh = reading.library()
    place = kept(tmp_path)
    place.write_bytes(spoil(place.read_bytes()))

    assert reading._compiled(place, fresh.sha256) is None
    assert reading.library() == fresh


@pytest.mark.parametrize(
    "named",
    [
        ("os", "system"),
        ("builtins", "eval"),
        ("clpt_growth.model.rules", "noun"),
        ("clpt_growth.model.rules", "noun.__globals__.get"),
        ("clpt_growth.model.rules", "Library.__init__.__globals__.get"),
        ("clpt_growth.model.dictionary", "cached_property"),
        ("clpt_growth.files.disk", "write_text"),
    ],
)
def test_a_poisoned_compiled_library_calls_nothing(named: tuple[str, str], tmp_path: Path) -> None:
    """The pickle is written by hand: load the name, call it with one word."""
    module, name = (part.encode() for part in named)
    text = lambda part: b"\x8c" + bytes([len(part)]) + part  # noqa: E731
    payload = b"\x80\x04" + text(module) + text(name) + b"\x93" + text(b"x") + b"\x85R."
    place = tmp_path / "poison.bin"
    place.write_bytes(reading.sha256(payload).digest() + payload)

    assert reading._compiled(place, "x") is None
    with pytest.raises(pickle.UnpicklingError, match="has no place in a compiled library"):
        reading._OnlyOurNouns(reading.BytesIO(payload)).load()


def test_a_trust_amends_a_threshold_and_the_change_is_recorded(tmp_path: Path) -> None:
    pack = own_pack(
        tmp_path,
        ours__p20_partnerships=(
            "amends: P20\nreason: Board decision.\nminuted_on: 2026-09-01\nweight: 3\n"
            "criterion:\n  kind: compare\n  fact: school.roll.occupancy_share\n  must_be: at least\n"
            "  thresholds:\n    - {met: 91%, basis: judgement}\n"
        ),
    )
    amended = next(p for p in pack.principles if p.id == "P20")

    assert (amended.criterion.thresholds[0].met, amended.weight) == (Decimal("0.91"), 3)  # type: ignore[union-attr]
    assert [(c.id, c.what, c.reason, c.minuted_on) for c in pack.changes] == [
        ("P20", "weight, criterion", "Board decision.", date(2026, 9, 1))
    ]
    assert (pack.owner, pack.version, len(pack.principles)) == ("Thornmere", "2.0.0", 47)


def test_a_trust_drops_a_principle_and_the_change_is_recorded(tmp_path: Path) -> None:
    pack = own_pack(tmp_path, ours__pack=HEAD + "drop:\n  - {id: P08c, reason: We have no regions.}\n")

    assert "P08c" not in [p.id for p in pack.principles]
    assert [(c.id, c.what, c.reason) for c in pack.changes] == [("P08c", "dropped", "We have no regions.")]


def test_a_trust_adds_a_principle_after_the_shipped_ones(tmp_path: Path) -> None:
    text = (shipped("principles") / "growth" / "p20-trust-partnerships.yaml").read_text(encoding="utf-8")
    pack = own_pack(
        tmp_path,
        ours__x01_ours=text.replace("id: P20", "id: X01").replace("statement: P20", "statement: X01"),
    )

    assert [p.id for p in pack.principles][-1] == "X01"
    assert [(c.id, c.what, c.reason) for c in pack.changes] == [("X01", "added", "a principle of Thornmere's own")]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"ours__pack": HEAD.replace("growth", "growht")},
         'principles/ours/pack.yaml:5: extends: there is no pack "growht"; did you mean growth?'),
        ({"ours__pack": HEAD + "drop:\n  - {id: P99, reason: x}\n"},
         "principles/ours/pack.yaml:7: drop[0].id: there is no principle P99; did you mean P19?"),
        ({"ours__pack": HEAD + "drop:\n  - id: P20\n"},
         "principles/ours/pack.yaml:7: drop[0].reason: is missing; say why, and who decided it"),
        ({"ours__pack": HEAD + "drop: P20\n"}, "principles/ours/pack.yaml:6: drop: is not a list; start each entry with a dash"),
        ({"ours__p20_x": "amends: P20\nweight: 3\n"},
         "principles/ours/p20-x.yaml:1: reason: is missing; say why, and who decided it"),
        ({"ours__p20_x": "amends: P99\nreason: x\n"},
         "principles/ours/p20-x.yaml:1: amends: there is no principle P99; did you mean P19?"),
        ({"ours__p20_x": "amends: P20\nreason: x\nwieght: 3\n"},
         "principles/ours/p20-x.yaml:3: wieght: there is no such entry; did you mean weight?"),
        ({"ours__p20_x": "amends: P20\nreason: x\nweight: heavy\n"},
         'principles/ours/p20-x.yaml:3: weight: "heavy" is not a number; write digits only'),
        ({"ours__p20_x": "amends: P20\nreason: x\neffect: gaet\n"},
         'principles/ours/p20-x.yaml:3: effect: "gaet" is not one of the answers; write one of: gate, condition, score, note'),
        ({"ours__p20_x": "amends: P20\nreason: x\nexamples: many\n"},
         "principles/ours/p20-x.yaml:3: examples: is not a list; start each entry with a dash"),
        ({"ours__p20_x": "- amends\n"},
         "principles/ours/p20-x.yaml:1: is not a block of names and values; write each on a line of its own: name: value"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_pack_is_told_at_its_line(files: dict[str, str], message: str, tmp_path: Path) -> None:
    assert problems(tmp_path, **{"ours__pack": HEAD} | files) == [message]


FACTS = "areas:\n  - id: community\n    subject: school\n    title: Community\n    facts:\n      ours:\n"
OURS = FACTS + "        {kind: yes_no, label: ours, meaning: Ours., asked_when: %s}\n"


@pytest.mark.parametrize(
    ("asked_when", "said"),
    [
        ("{school.identity.tpye: {one of: [community]}}",
         'there is no fact "school.identity.tpye" to write; did you mean school.identity.type?'),
        # A fact that is worked out is written by nobody.
        ("{school.roll.surplus_share: {below: 1}}", 'there is no fact "school.roll.surplus_share" to write; did you mean'),
        ("{school.identity.phase: {one of: [primry]}}", "school.identity.phase is never primry; use: nursery, infant, first"),
        ("{school.identity.phase: {among: [primary]}}", "cannot be read; write the name of a fact, and one of, none of or below"),
        ("school.identity.phase", "cannot be read; write the name of a fact, and one of, none of or below"),
    ],
)  # fmt: skip
def test_a_question_hangs_only_on_facts_that_are_written(asked_when: str, said: str, tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, facts=OURS % asked_when)
    assert f"facts.yaml:6: school.community.ours.asked_when: {said}" in problem


def test_a_trusts_own_fact_may_hang_on_a_shipped_one(tmp_path: Path) -> None:
    found = reading.library(workspace(tmp_path, facts=OURS % "{school.identity.phase: {one of: [primary]}}"))
    (way,) = found.dictionary.kinds["school.community.ours"].asked_when
    assert way["school.identity.phase"].one_of == ("primary",)


@pytest.mark.parametrize("name", ["facts", "sources", "rules", "benchmarks"])
@pytest.mark.parametrize("text", ["- a\n", "a\n", "areas: x\nsources: x\nbands: x\nbenchmarks: x\n"])
def test_a_file_of_another_shape_is_a_problem(name: str, text: str, tmp_path: Path) -> None:
    assert "is not a" in problems(tmp_path, **{name: text})[0]


RULES = (shipped("principles") / "rules.yaml").read_text(encoding="utf-8")
POINTS = "points: {met: 1, partly met: 0.5, not met: 0}"


def own_rules(points: str) -> str:
    assert POINTS in RULES
    return RULES.replace(POINTS, points)


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ("points: [1, 0.5, 0]", "points: is not a block of names and values"),
        ("points: {met: 1, partly met: [0.5], not met: 0}", "points.partly met: is not a line of text"),
        ("points: {met: 1, not met: 0}", "points.partly met: is missing; write it like 0.5 or 50%"),
        ("points: {met: 1, partly met: half, not met: 0}", 'points.partly met: "half" is not a share from 0 to 1'),
        ("points: {met: 1, partly met: , not met: 0}", 'points.partly met: "" is not a share from 0 to 1'),
        ("points: {met: 2, partly met: 0.5, not met: 0}", 'points.met: "2" is not a share from 0 to 1'),
        ("points: {met: 1, partly met: 0.5, not met: -0.1}", 'points.not met: "-0.1" is not a share from 0 to 1'),
        ("points: {met: 0.4, partly met: 0.5, not met: 0}", 'points.partly met: wins more than "met"'),
        ("points: {met: 1, partly met: 0.5, not met: 0, conflict: 0}", "points.conflict: wins no points; delete it"),
    ],
)
def test_points_are_a_share_for_each_outcome_that_is_counted(points: str, said: str, tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, rules=own_rules(points))

    assert f"principles/rules.yaml:26: {said}" in problem


def test_points_are_not_left_out(tmp_path: Path) -> None:
    assert any("points: is missing; add it" in p for p in problems(tmp_path, rules=own_rules("")))
    assert "points.met: is missing; write it" in problems(tmp_path, rules=own_rules("points:"))[0]


def test_a_trust_has_points_of_its_own(tmp_path: Path) -> None:
    found = reading.library(workspace(tmp_path, rules=own_rules("points: {met: 100%, partly met: 0.25, not met: 0}")))

    assert found.rules.points == {
        Outcome.MET: Decimal(1),
        Outcome.PARTLY_MET: Decimal("0.25"),
        Outcome.NOT_MET: Decimal(0),
    }


def test_a_folder_with_the_name_of_a_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "trust" / "principles" / "a.yaml").mkdir(parents=True)

    with pytest.raises(InputError, match=r"a\.yaml: is a folder"):
        reading.library(tmp_path / "trust")


def test_what_follows_from_a_principle_that_was_dropped_is_told(tmp_path: Path) -> None:
    dropping = HEAD + "drop:\n  - {id: P05, reason: Minuted.}\n"
    assert problems(tmp_path, ours__pack=dropping) == [
        "principles/diligence: D21: follows from P05, which is not in use; drop it as well, or amend it"
    ]


def test_an_amendment_that_changes_an_id_is_told(tmp_path: Path) -> None:
    told = problems(tmp_path, ours__pack=HEAD, ours__p07="amends: P07\nreason: Minuted.\nid: P88\n")
    assert told == ["principles/ours/p07.yaml:3: id: is not P07; delete this line: ids never change"]
