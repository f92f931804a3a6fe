"""School and trust files as facts, with every problem in them at once."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clpt_growth.files.casefile import CaseFile, case_file, case_file_value
from clpt_growth.files.yaml_text import Node, node_from
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.fact import Fact, NotApplicable
from make import dictionary, kind

ROLL, PLACES = "school.roll.pupils_count", "school.roll.places_count"
NEEDS = kind(
    "school.needs",
    "records",
    keyed_by=kind("specialism", "choice", choices=("primary", "send")),
    fields=(kind("days_a_term", "number", required=True, meaning="Days a term."), kind("named_on", "date")),
)
CONTRACTS = kind(
    "school.contracts",
    "records",
    fields=(kind("what", "text", required=True, meaning="What it is for."), kind("annual_gbp", "pounds")),
)
PLACED = kind("school.send.placed", "records", keyed_by=kind("year", "year"), fields=(kind("pupils_count", "count"),))
SMALL = dictionary(
    kind(ROLL, "count"),
    kind(PLACES, "count"),
    kind("school.roll.occupancy_share", "share", derived=True),
    kind("school.finance.income_gbp", "pounds"),
    kind("school.ict.met", "choices"),
    kind("school.ict.opened_on", "date"),
    kind("school.ict.safe", "yes_no"),
    kind("case.paper.summary", "text"),
    kind("trust.finance.income_gbp", "pounds"),
    PLACED,
    NEEDS,
    CONTRACTS,
)


def read(text: str, *, what: str = "school") -> CaseFile:
    return case_file(node_from(text, "a.yaml"), SMALL, what=what, file="a.yaml")


def good(text: str) -> dict[str, Fact]:
    found = read(text)
    assert found.problems == []
    return found.facts


def wrong(text: str) -> list[str]:
    return [str(problem) for problem in read(text).problems]


def test_a_value_alone_is_a_fact_with_its_line() -> None:
    assert good("roll:\n  pupils_count: 210\n") == {ROLL: Fact(ROLL, 210, line=2)}


def test_a_blank_is_no_fact_however_it_is_written() -> None:
    assert good("roll:\n  pupils_count:\n  places_count: ''\nfinance:\ncontracts:\n") == {}


def test_an_empty_list_says_that_there_are_none() -> None:
    assert good("needs: []\n")["school.needs"].value == ()


ONE_NEED = "{need: writing, priority: 1, specialism: primary}"


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        (f"needs:\n  entries: 1\n  records:\n    - {ONE_NEED}\n", True),
        (f"needs:\n  entries: 2\n  records:\n    - {ONE_NEED}\n", False),
        (f"needs:\n  records:\n    - {ONE_NEED}\n", False),
        (f"needs:\n  - {ONE_NEED}\n", False),
        ("needs: []\n", True),
        ("needs:\n  entries: 0\n  records:\n", True),
        ("needs:\n  records: []\n", True),
        ("needs:\n  entries: 0\n  records: []\n", True),
        ("needs:\n  entries: 2\n  records: []\n", False),
        ("contribution: n/a (nobody can be spared)\n", True),
        ("budget:\n  entries: 1\n  2026-27: {status: forecast, reserve_gbp: 5}\n", True),
        ("budget:\n  entries: 2\n  2026-27: {status: forecast, reserve_gbp: 5}\n", False),
        ("contribution: []\n", True),
        ("consents:\n  landlord: {state: given}\n", True),
    ],
)
def test_a_list_that_counts_is_whole_when_it_has_as_many_entries_as_it_says(
    written: str, whole: bool, shipped_dictionary: Dictionary
) -> None:
    read_back = case_file(node_from(written, "a.yaml"), shipped_dictionary, what="school", file="a.yaml")
    assert read_back.problems == []
    assert [fact.whole for fact in read_back.facts.values()] == [whole]


def test_evidence_of_a_block_holds_for_every_fact_that_names_none_of_its_own() -> None:
    found = good(
        "roll:\n  source: census\n  dated: 2026-10-01\n  verified: published\n  pupils_count: 210\n"
        "  places_count: {value: 240, source: letter, verified: self reported, note: from the head}\n"
    )

    assert found == {
        ROLL: Fact(ROLL, 210, "census", date(2026, 10, 1), "published", line=5),
        PLACES: Fact(PLACES, 240, "letter", date(2026, 10, 1), "self reported", "from the head", line=6),
    }


def test_not_applicable_keeps_its_reason_and_is_not_silence() -> None:
    found = good("roll:\n  pupils_count: n/a (the school is not open yet)\n")

    assert found[ROLL].value == NotApplicable("the school is not open yet")


@pytest.mark.parametrize(
    "written",
    ["{low: 200, expected: 210, high: 230, source: model}", "{value: {low: 200, expected: 210, high: 230}, source: model}"],
)  # fmt: skip
def test_a_range_keeps_its_ends_and_its_expected_figure(written: str) -> None:
    assert good(f"roll:\n  pupils_count: {written}\n") == {ROLL: Fact(ROLL, 210, "model", low=200, high=230, line=2)}


@pytest.mark.parametrize("ends", ["low: 210, expected: 210, high: 210", "low: 209, expected: 210, high: 210"])
def test_a_range_may_be_closed_at_an_end(ends: str) -> None:
    assert good(f"roll:\n  pupils_count: {{{ends}}}\n")[ROLL].value == 210


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("{low: 1, expected: 2}", "is half a range; give low, expected and high"),
        ("{low: 1, high: 2}", "is half a range; give low, expected and high"),
        ("{low: n/a (none), expected: 2, high: 3}", "is half a range; give low, expected and high"),
        ("{low: 1, expected: n/a (none), high: 3}", "is half a range; give low, expected and high"),
        ("{low: 2, expected: 1, high: 3}", "is not a range; give low, expected and high in rising order"),
        ("{low: 1, expected: 4, high: 3}", "is not a range; give low, expected and high in rising order"),
    ],
)
def test_a_range_needs_three_figures_in_rising_order(written: str, message: str) -> None:
    assert wrong(f"roll:\n  pupils_count: {written}\n") == [f"a.yaml:2: roll.pupils_count: {message}"]


def test_only_a_number_may_be_a_range() -> None:
    assert wrong("ict:\n  opened_on: {low: 2026-01-01, expected: 2026-01-02, high: 2026-01-03}\n") == [
        "a.yaml:2: ict.opened_on: cannot be a range; write one value"
    ]


@pytest.mark.parametrize(
    ("written", "value"),
    [("red", ("red",)), ("[red, green]", ("red", "green")), ("[RED]", ("red",)), ("n/a (no kit)", NotApplicable("no kit"))],
)  # fmt: skip
def test_several_answers_may_be_a_list_or_one_word(written: str, value: Any) -> None:
    assert good(f"ict:\n  met: {written}\n")["school.ict.met"].value == value


def test_each_wrong_answer_in_a_list_is_told_by_its_place() -> None:
    assert wrong("ict:\n  met: [red, blue, [green]]\n") == [
        'a.yaml:2: ict.met[1]: "blue" is not one of the answers; write one of: red, amber, green',
        "a.yaml:2: ict.met[2]: holds a list; write one value",
    ]


def test_a_list_of_records_is_one_fact() -> None:
    found = good("contracts:\n  - what: Cleaning\n    annual_gbp: 12_000\n  - {what: Catering}\n")

    assert found["school.contracts"].value == (
        {"what": "Cleaning", "annual_gbp": 12000},
        {"what": "Catering"},
    )


def test_a_list_of_records_may_have_evidence_of_its_own() -> None:
    found = good("contracts:\n  source: register\n  dated: 2026-09-01\n  records:\n    - {what: Cleaning}\n")

    assert found["school.contracts"] == Fact(
        "school.contracts", ({"what": "Cleaning"},), "register", date(2026, 9, 1), line=1
    )


def test_records_that_say_how_sure_they_are_make_the_list_as_sure_as_the_least() -> None:
    found = good(
        "contracts:\n  - {what: A, verified: published}\n  - {what: B, verified: self reported}\n  - {what: C}\n"
    )

    assert found["school.contracts"].verified == "self reported"


def test_records_may_be_keyed_and_a_key_takes_a_bare_value_where_there_is_one_field() -> None:
    found = good(
        "needs:\n  source: visit\n  primary: {days_a_term: 4}\nsend:\n  placed:\n    2025-26: 3\n    2026-27: 0\n"
    )

    assert found["school.needs"].value == ({"specialism": "primary", "days_a_term": Decimal(4)},)
    assert found["school.needs"].source == "visit"
    assert found["school.send.placed"].value == (
        {"year": "2025-26", "pupils_count": 3},
        {"year": "2026-27", "pupils_count": 0},
    )


@pytest.mark.parametrize(
    "written",
    ["contracts: n/a (none)\n", "contracts: {records: n/a (none)}\n", "contracts: {value: n/a (none)}\n"],
)
def test_a_list_may_be_not_applicable(written: str) -> None:
    assert good(written)["school.contracts"].value == NotApplicable("none")


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("contracts: none\n", [":1: contracts: is not a list; write one entry a line, each starting with a dash"]),
        (
            "contracts: {records: none}\n",
            [":1: contracts: is not a list; write one entry a line, each starting with a dash"],
        ),
        ("contracts: {Cleaning: 3}\n", [":1: contracts: is not a list; start each entry with a dash"]),
        (
            "contracts: {sorce: x, records: [{what: Cleaning}]}\n",
            [":1: contracts.sorce: is not part of a fact; did you mean source?"],
        ),
        (
            "contracts: [Cleaning]\n",
            [
                ":1: contracts[0]: is not an entry with names and values; "
                "write it like {what: ..., annual_gbp: ...}"
            ],
        ),
        ("contracts:\n  - annual_gbp: 3\n", [":2: contracts[0]: has no what; add what: What it is for."]),
        (
            "contracts:\n  - what: Cleaning\n    anual_gbp: 3\n",
            [":3: contracts[0].anual_gbp: there is no such entry; did you mean annual_gbp?"],
        ),
        ("contracts:\n  - {what: Cleaning, verified: n/a (none)}\n", [
            ":2: contracts[0].verified: cannot be n/a; leave it blank, or write n/a for the fact itself"
        ]),
        (
            "needs:\n  maths: {days_a_term: 4}\n",
            [':2: needs.maths: "maths" is not one of the answers; write one of: primary, send'],
        ),
        ("needs:\n  primary: {named_on: 2026-01-01}\n", [":2: needs.primary: has no days_a_term; add days_a_term: Days a term."]),
        ("roll: 3\n", [":1: roll: is not a block of facts; indent its facts below it, one a line"]),
        ("roll:\n  pupils_count: {value: {a: 1}}\n", [
            ":2: roll.pupils_count.a: is not part of a fact; "
            "use value, source, dated, verified, note, low, expected, high",
        ]),
        ("roll:\n  occupancy_share: 90%\n", [":2: roll.occupancy_share: is worked out by the program; delete this line"]),
        ("roll:\n  dated: n/a (never)\n", [":2: roll.dated: cannot be n/a; leave it blank, or write n/a for the fact itself"]),
        ("roll:\n  verified: maybe\n", [
            ':2: roll.verified: "maybe" is not one of the answers; '
            "write one of: published, document seen, self reported"
        ]),
        ("roll:\n  income_gbp: 3\n", [":2: roll.income_gbp: there is no such fact; it belongs under finance:"]),
        ("roll:\n  zzz: 3\n", [
            ":2: roll.zzz: there is no such fact; see: clpt-growth new, or docs/facts.md for what roll holds"
        ]),
        ("zzz: 3\n", [
            ":1: zzz: there is no such block; the blocks are: roll, finance, ict, paper, send, needs, contracts"
        ]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_line_with_what_to_do(text: str, messages: list[str]) -> None:
    assert wrong(text) == [f"a.yaml{message}" for message in messages]


def test_a_wrong_line_leaves_its_own_fact_out_and_no_other() -> None:
    found = read("roll:\n  pupils_count: 12k\n  places_count: 240\n")

    assert (list(found.facts), len(found.problems)) == ([PLACES], 1)


def test_a_school_file_holds_the_case_as_well_and_a_trust_file_holds_neither() -> None:
    assert list(good("paper:\n  summary: Two sentences.\n")) == ["case.paper.summary"]
    assert [p.field for p in read("roll:\n  pupils_count: 1\n", what="trust").problems] == ["roll"]
    assert list(read("finance:\n  income_gbp: 1\n", what="trust").facts) == ["trust.finance.income_gbp"]


def test_one_value_outside_a_file_is_read_as_in_one() -> None:
    problems: list[Any] = []
    value = case_file_value(SMALL.kinds[ROLL], Node("210", 3, 1), "p.yaml", problems)
    nothing = case_file_value(SMALL.kinds[ROLL], Node("12k", 3, 1), "p.yaml", problems)

    assert (value, nothing) == (210, None)
    assert [str(p) for p in problems] == [f'p.yaml:3: {ROLL}: "12k" is not a whole number; write 12000']


WORDS = st.sampled_from(
    ["roll", "pupils_count", "contracts", "needs", "send", "placed", "records", "value", "low", "expected", "high", "source",
     "dated", "what", "primary", "met", "ict", "210", "1", "n/a (none)", "n/a", "2026-03-31", "yes", "red", ""]
)  # fmt: skip
SCALARS = WORDS | st.none() | st.text(max_size=8)


def tree(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    held = st.lists(children, max_size=4) | st.dictionaries(WORDS | st.text(max_size=5), children, max_size=5)
    return held.map(lambda value: Node(value, 1, 1))


@settings(max_examples=150, deadline=None)
@given(
    st.recursive(SCALARS.map(lambda text: Node(text, 1, 1)), tree, max_leaves=25),
    st.sampled_from(["school", "trust"]),
)
def test_any_tree_gives_facts_and_problems(node: Node, what: str) -> None:
    found = case_file(node, SMALL, what=what, file="a.yaml")

    assert all(name == fact.name and fact.value is not None for name, fact in found.facts.items())


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_tree_under_the_shipped_names_gives_facts_and_problems(
    data: st.DataObject, shipped_dictionary: Dictionary
) -> None:
    blocks = list(shipped_dictionary.blocks_of("school", "case").values())
    block = data.draw(st.sampled_from(blocks))
    known = [
        *block.written,
        *(f.name for k in block.kinds for f in k.fields),
        "value",
        "source",
        "records",
        "low",
        "high",
    ]
    names = st.sampled_from([n for n in known if n] or ["value"])
    values = st.recursive(
        SCALARS.map(lambda text: Node(text, 1, 1)),
        lambda inner: (st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=4)).map(
            lambda v: Node(v, 1, 1)
        ),
        max_leaves=15,
    )
    node = Node({block.id: data.draw(values)}, 1, 1)

    case_file(node, shipped_dictionary, what="school", file="a.yaml")


def test_the_examples_have_no_problem_in_them(shipped_dictionary: Dictionary) -> None:
    from clpt_growth.files.disk import read_node
    from clpt_growth.files.shipped import shipped

    folder = shipped("principles").parent / "examples"
    for path in (*sorted(folder.glob("schools/*.yaml")), folder / "trust.yaml"):
        what = "trust" if path.name == "trust.yaml" else "school"
        found = case_file(read_node(path)[0], shipped_dictionary, what=what, file=path.name)
        assert (found.problems, len(found.facts) > 20) == ([], True)


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (
            'inspections:\n  - {framework: "2019, four judgements", inspected_on: 2024-08-31}\n',
            "was not in use on 2024-08-31; it ran from 2024-09-01 to 2025-11-09",
        ),
        ('inspections:\n  - {framework: "2019, four judgements", inspected_on: 2024-09-01}\n', ""),
        ("inspections:\n  - {framework: report card 2025, inspected_on: 2025-11-09}\n", "it ran from 2025-11-10"),
        ("inspections:\n  - {framework: report card 2025, inspected_on: 2025-11-10}\n", ""),
        ("inspections:\n  - {framework: earlier, inspected_on: 2019-09-01}\n", "it ran to 2019-08-31"),
        ("inspections:\n  - {framework: ungraded, inspected_on: 2026-01-01}\n", ""),
    ],
)
def test_a_framework_is_only_for_inspections_made_while_it_was_in_use(
    shipped_dictionary: Dictionary, written: str, problem: str
) -> None:
    read = case_file(node_from(written, "x.yaml"), shipped_dictionary, what="school", file="x.yaml")

    assert problem in " ".join(map(str, read.problems))
    assert bool(read.problems) == bool(problem)


@pytest.mark.parametrize(("promised", "told"), [("5", False), ("5.5", True)])
def test_an_offer_cannot_promise_more_days_than_it_has(
    shipped_dictionary: Dictionary, promised: str, told: bool
) -> None:
    written = (
        "offers:\n  - {line: teaching, offer: maths, provided_by: own post, in_place: yes, "
        f"days_a_term: 5, committed_days_a_term: {promised}}}\n"
    )
    read = case_file(node_from(written, "trust.yaml"), shipped_dictionary, what="trust", file="trust.yaml")

    assert ["is more than days_a_term: 5" in p.wrong for p in read.problems] == ([True] if told else [])


def test_a_list_with_an_entry_that_cannot_be_read_is_no_evidence() -> None:
    found = read("ict: {met: [red, blue]}")

    assert [p.field for p in found.problems] == ["ict.met[1]"]
    assert found.facts == {}


@pytest.mark.parametrize("blank", ['""', "''", '"  "', "", "~"])
def test_a_required_entry_written_as_nothing_is_told(blank: str) -> None:
    text = f"contracts:\n  - {{what: {blank}, annual_gbp: 12}}\n"
    assert [str(p) for p in read(text).problems] == ["a.yaml:2: contracts[0]: has no what; add what: What it is for."]


def test_an_entry_named_nothing_or_named_twice_in_two_ways_is_told() -> None:
    text = (
        'send:\n  placed:\n    2025-26: {pupils_count: 1}\n    2025/26: {pupils_count: 2}\n    "": {pupils_count: 3}\n'
    )
    assert [(p.line, p.wrong, p.todo) for p in read(text).problems] == [
        (4, "is 2025-26, which is written already", "keep one of the two"),
        (5, "cannot be the name of an entry", "write a year"),
    ]
