"""One wrong or hostile file for each fault, and the exact words it is refused with."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from clpt_growth.files.cases import read_case
from clpt_growth.files.problems import InputError
from clpt_growth.model.dictionary import Dictionary
from make import AS_OF

BAD = Path(__file__).parents[1] / "bad"
MADE_HERE = "too-large.yaml"

PHASES = (
    "nursery, infant, first, primary, junior, middle deemed primary, middle deemed secondary, secondary, "
    "all-through, special, alternative provision, 16 plus"
)
EMPTY = ":1: is empty; for a blank school file: clpt-growth new NAME; for a blank trust file: clpt-growth init DIR"
MESSAGES = {
    "alias-bomb": [
        ":1: &a names an entry; delete the name",
        ":2: &b names an entry; delete the name",
        *[":2: *a repeats another entry; write the value out"] * 3,
        *[":3: *b repeats another entry; write the value out"] * 3,
    ],
    "binary": [':1: is not UTF-8 text; save it again as "UTF-8"'],
    "derived-fact-written": [":2: roll.occupancy_share: is worked out by the program; delete this line"],
    "e-mail-in-a-source": [
        ":2: roll.source: this looks like an e-mail address; never identify a person: write a role or a count instead"
    ],
    "empty": [EMPTY],
    "entries-not-applicable": [":2: needs.entries: cannot be n/a; write how many there are, which may be 0"],
    "never-not-applicable": [
        ":2: safeguarding.vetting_record_checked_on: cannot be n/a: the question arises for every school; "
        "leave it blank if nobody knows, or write the date it was last done",
        ":4: roll.pupils_count: cannot be n/a: the question arises for every school; "
        "leave it blank if nobody knows, or write the figure, which may be 0",
        ":6: buildings.pfi_affordability_gap_gbp: cannot be n/a: the question arises here, as other answers show; "
        "leave it blank if nobody knows, or write the figure, which may be 0",
        ":7: inspections: cannot be n/a: the question arises for every school; "
        "leave it blank if nobody knows, or write [] where there are none",
        ":9: contracts[0].assignable: cannot be n/a: the question arises for every school; "
        "leave it blank if nobody knows, or write yes or no",
        ":11: proposal.joined_category: cannot be n/a: the question arises for every proposal; "
        "leave it blank if nobody knows, or write the answer",
    ],
    "required-part-not-applicable": [":3: needs[0].priority: cannot be n/a; fill it in, or delete the entry"],
    "entries-where-not-asked": [":2: contribution.entries: is not asked of this list; delete this line"],
    "everything-at-once": [
        ":1: rol: there is no such block; did you mean roll?",
        ':4: finance.total_income_gbp: "2,140,000" is not a whole number of pounds; write 2140000',
        ':5: finance.revenue_reserve_gbp: "(84,000)" is not a whole number of pounds; write a loss with a minus: -84000',
    ],
    "fact-as-block": [":1: pupils_count: is not a block; put it under alternative_provision: or roll:"],
    "fact-in-wrong-block": [
        ":2: finance.pupils_count: there is no such fact; it belongs under alternative_provision: or roll:"
    ],
    "half-a-range": [":2: roll.pupils_count: is half a range; give low, expected and high"],
    "list-for-a-block": [":1: roll: is not a block of facts; indent its facts below it, one a line"],
    "list-for-a-value": [":2: roll.pupils_count: holds a list; write one value"],
    "list-of-text": [":1: is not a list of blocks; for a blank school file: clpt-growth new NAME"],
    "merge-key": [":2: <<: merges another entry; write the entries out"],
    "not-applicable-without-reason": [':2: roll.pupils_count: "n/a" gives no reason; write n/a (and the reason)'],
    "not-utf-8": [':2: is not UTF-8 text; save it again as "UTF-8"'],
    "nul": [":2: holds a character that cannot be text (#x0000); delete it"],
    "only-a-comment": [EMPTY],
    "part-of-a-fact-misspelt": [":2: roll.pupils_count.sorce: is not part of a fact; did you mean source?"],
    "range-upside-down": [":2: roll.pupils_count: is not a range; give low, expected and high in rising order"],
    "raw-terminal-escape": [":2: holds a character that cannot be text (#x001b); delete it"],
    "repeated-key": [":4: pupils_count: is written twice (first on line 2); keep one of the two"],
    "required-part-missing": [
        ":2: inspections[0]: has no framework; add framework: The framework the inspection was made under.",
        ":2: inspections[0]: has no inspected_on; add inspected_on: The day the inspection began, as Ofsted's data gives it.",
    ],
    "more-entries-than-said": [
        ":2: needs.entries: is 1 and the list holds 2; correct the number, or delete what does not belong"
    ],
    "number-of-another-length": [
        ':2: identity.urn: "12345" is not six digits; write it like 123456, or n/a (and the reason) where there is none',
        ':3: identity.laestab: "3364001x" is not three digits, a stroke and four digits; '
        "write it like 336/4001, or n/a (and the reason) where there is none",
    ],
    "right-to-left": [":2: identity.name: holds a hidden control character; type it again as plain text"],
    "source-not-applicable": [":2: roll.source: cannot be n/a; leave it blank, or write n/a for the fact itself"],
    "tab": [":2: starts with a tab; use spaces, not a tab, at the start of a line"],
    "tag": [":2: tag:yaml.org,2002:python/object/apply:os.system is a tag; delete it and write the plain value"],
    "terminal-escape": [":2: identity.name: holds a hidden control character; type it again as plain text"],
    "text-for-a-list": [":1: contracts: is not a list; write one entry a line, each starting with a dash"],
    "too-deep": [":1: is nested more than 32 deep; write it flatter"],
    "too-large": [": is larger than 1,000,000 bytes; split it or shorten it"],
    "too-many-nodes": [":1: has more than 20,000 entries; split the file"],
    "two-documents": [":3: a second document starts here; keep one document in a file"],
    "unclosed-quote": [":2: a quote opens here and is never closed; close it with the same quote"],
    "unknown-block": [":1: rol: there is no such block; did you mean roll?"],
    "unknown-fact": [":2: roll.pupil_count: there is no such fact; did you mean pupils_count?"],
    "wrong-kind-choice": [f':2: identity.phase: "secondry" is not one of the answers; write one of: {PHASES}'],
    "wrong-kind-count": [':2: roll.pupils_count: "twelve" is not a whole number; write it like 12'],
    "wrong-kind-date": [
        ":3: inspections[0].inspected_on: 10/03/2026 could be 10 March or 3 October; write 2026-03-10 or 2026-10-03"
    ],
    "wrong-kind-pounds": [':2: finance.total_income_gbp: "12k" is not a whole number of pounds; write 12000'],
    "wrong-kind-share": [":2: attendance.overall_absence_share: 94.2 is more than the whole; write 94.2% (or 0.942)"],
    "wrong-kind-yes-no": [':2: identity.sixth_form: "maybe" is neither yes nor no; write yes or no'],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bad files, with the one that is too large to keep."""
    place = tmp_path_factory.mktemp("bad")
    for path in BAD.glob("*.yaml"):
        (place / path.name).write_bytes(path.read_bytes())
    (place / MADE_HERE).write_text("# " + "x" * 1_000_000)
    return place


def test_every_bad_file_has_its_message() -> None:
    assert {path.name for path in BAD.iterdir()} | {MADE_HERE} == {f"{name}.yaml" for name in MESSAGES}


@pytest.mark.parametrize(("name", "messages"), MESSAGES.items(), ids=MESSAGES)
def test_a_bad_file_is_refused_with_every_problem_in_it_and_without_a_traceback(
    name: str, messages: list[str], folder: Path, shipped_dictionary: Dictionary
) -> None:
    file = folder / f"{name}.yaml"

    with pytest.raises(InputError) as refused:
        read_case(file, None, shipped_dictionary, as_of=AS_OF)

    assert [str(problem) for problem in refused.value.problems] == [f"{file}{message}" for message in messages]

    ran = subprocess.run(
        [sys.executable, "-m", "clpt_growth", "assess", f"{name}.yaml", "--as-of", "2026-12-04"],
        cwd=folder,
        env=os.environ | {"XDG_CACHE_HOME": str(folder / "cache")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    number = "1 problem" if len(messages) == 1 else f"{len(messages)} problems"
    told = [f"{name}.yaml{message}" for message in messages]
    assert (ran.returncode, ran.stdout, ran.stderr.splitlines()) == (
        2,
        "",
        [*told, f"{number}; nothing was written."],
    )


def test_a_file_that_is_not_there_is_refused_with_the_names_beside_it(
    tmp_path: Path, shipped_dictionary: Dictionary
) -> None:
    (tmp_path / "oakfield.yaml").write_text("roll: {}\n")
    missing = tmp_path / "oakfeild.yaml"

    with pytest.raises(InputError) as refused:
        read_case(missing, None, shipped_dictionary, as_of=AS_OF)

    assert str(refused.value) == f"{missing}: there is no such file; the folder holds: oakfield.yaml"


def test_problems_of_a_school_file_and_of_the_trust_file_are_told_together(
    tmp_path: Path, shipped_dictionary: Dictionary
) -> None:
    school, trust = tmp_path / "school.yaml", tmp_path / "trust.yaml"
    school.write_text("rol: {}\n")
    trust.write_text("a: [\n")

    with pytest.raises(InputError) as refused:
        read_case(school, trust, shipped_dictionary, as_of=AS_OF)

    assert [(p.file, p.line) for p in refused.value.problems] == [(str(school), 1), (str(trust), 2)]


def test_a_trust_file_without_blocks_is_sent_to_a_blank_trust_file(
    tmp_path: Path, shipped_dictionary: Dictionary
) -> None:
    trust = tmp_path / "trust.yaml"
    trust.write_text("- a\n")

    with pytest.raises(InputError) as refused:
        read_case(None, trust, shipped_dictionary, as_of=AS_OF)

    assert str(refused.value) == f"{trust}:1: is not a list of blocks; for a blank trust file: clpt-growth init DIR"
