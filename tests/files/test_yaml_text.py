"""YAML text to nodes: nothing is guessed, every line is remembered, and only `InputError` is raised."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clpt_growth.files.problems import InputError
from clpt_growth.files.yaml_text import line_at, node_from, plain


def refused(text: str) -> list[str]:
    with pytest.raises(InputError) as error:
        node_from(text, "a.yaml")
    return [str(problem) for problem in error.value.problems]


@pytest.mark.parametrize(
    "written",
    [
        "no",
        "yes",
        "on",
        "060",
        "3:1",
        "1e3",
        "0x1F",
        "2026-03-31",
        "12_000",
        "1.0",
        ".5",
        "true",
        "=",
        "n/a (none)",
    ],
)
def test_a_scalar_stays_the_text_a_person_wrote(written: str) -> None:
    assert plain(node_from(f"a: {written}\n", "a.yaml")) == {"a": written}


@pytest.mark.parametrize("blank", ["", "~", "null", "Null", "NULL"])
def test_a_blank_is_nothing(blank: str) -> None:
    assert plain(node_from(f"a: {blank}\n", "a.yaml")) == {"a": None}


@pytest.mark.parametrize(("quoted", "text"), [('""', ""), ("'~'", "~"), ('"null"', "null"), ('"060"', "060")])
def test_what_stands_in_quotes_is_text(quoted: str, text: str) -> None:
    assert plain(node_from(f"a: {quoted}\n", "a.yaml")) == {"a": text}


def test_a_name_that_looks_like_no_stays_a_name() -> None:
    assert plain(node_from("no: 1\n1: 2\n2026-03-31: 3\n", "a.yaml")) == {
        "no": "1",
        "1": "2",
        "2026-03-31": "3",
    }


def test_an_entry_has_the_line_of_its_name_and_an_item_its_own() -> None:
    node = node_from("# first\na:\n  b: 1\n  c:\n    - x\n    - y\n", "a.yaml")

    assert line_at(node, ("a",)) == 2
    assert line_at(node, ("a", "b")) == 3
    assert line_at(node, ("a", "c")) == 4
    assert line_at(node, ("a", "c", 1)) == 6


@pytest.mark.parametrize("path", [("a", "gone"), ("a", "b", "gone"), ("a", "b", 3)])
def test_the_line_of_what_is_not_there_is_that_of_what_it_would_be_in(path: tuple[str | int, ...]) -> None:
    assert line_at(node_from("x: 1\na:\n  b: [1]\n", "a.yaml"), path) in (2, 3)


def test_lines_are_counted_alike_with_windows_line_ends_and_a_byte_order_mark() -> None:
    node = node_from("\ufeffa: 1\r\nb: 2\r\n", "a.yaml")

    assert plain(node) == {"a": "1", "b": "2"}
    assert line_at(node, ("b",)) == 2


def test_every_problem_before_broken_syntax_is_told_with_it() -> None:
    assert refused("a: 1\na: 2\nb: &x 3\nc: [\n") == [
        "a.yaml:2: a: is written twice (first on line 1); keep one of the two",
        "a.yaml:3: &x names an entry; delete the name",
        "a.yaml:5: this line cannot be read (did not find expected node content); "
        "check the spaces at its start, the colon and any quotes, here and on the line above",
    ]


@pytest.mark.parametrize("key", ["? [a]\n: b\n", "? {a: b}\n: c\n", "~: b\n"])
def test_a_name_is_a_plain_word(key: str) -> None:
    assert refused(key)[0] == "a.yaml:1: has no plain word before the colon; write: name: value"


def test_a_character_that_cannot_be_text_is_placed_by_its_line_among_letters_of_many_bytes() -> None:
    assert refused("é: é\n" + "# é é é\n" * 40 + "b: \x07\n") == [
        "a.yaml:42: holds a character that cannot be text (#x0007); delete it"
    ]


def test_a_tab_after_spaces_is_told_as_a_tab() -> None:
    assert refused("a: 1\n \tb: 2\n") == ["a.yaml:2: starts with a tab; use spaces, not a tab, at the start of a line"]


def test_nesting_ends_at_32() -> None:
    assert node_from("a: " + "[" * 32 + "]" * 32, "a.yaml").line == 1
    assert refused("a: " + "[" * 33 + "]" * 33) == ["a.yaml:1: is nested more than 32 deep; write it flatter"]


@pytest.mark.parametrize(("items", "fits"), [(19_997, True), (19_998, False)])
def test_a_file_holds_20_000_entries_and_no_more(items: int, fits: bool) -> None:
    """The file itself, one name and its list count too."""
    text = "a: [" + "x," * items + "]"

    if fits:
        assert len(plain(node_from(text, "a.yaml"))["a"]) == items
    else:
        assert refused(text) == ["a.yaml:1: has more than 20,000 entries; split the file"]


def test_events_come_from_libyaml_where_it_is_there() -> None:
    """The parser written in Python is some twenty times slower."""
    import yaml

    from clpt_growth.files import yaml_text

    assert yaml_text._Parser is (yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader)


@settings(max_examples=300, deadline=None)
@given(st.text() | st.text("ab:-#&*!|>'\"%@`{}[],? \n\t~0\\", max_size=60))
def test_no_text_raises_anything_but_an_input_error(text: str) -> None:
    with suppress(InputError):
        node_from(text, "a.yaml")


@settings(max_examples=100, deadline=None)
@given(st.text("ab:-#&*!|>'\"%@`{}[],? \n\t~0\\é\x00\x1b", max_size=60))
def test_the_parser_written_in_python_raises_nothing_else_either(text: str) -> None:
    import yaml

    from clpt_growth.files import yaml_text

    fast = yaml_text._Parser
    yaml_text._Parser = yaml.SafeLoader
    try:
        with suppress(InputError):
            node_from(text, "a.yaml")
    finally:
        yaml_text._Parser = fast


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_text_of_two_bytes_a_letter_is_told_as_such(encoding: str) -> None:
    text = "identity:\n  name: Oak\n".encode(encoding).decode("utf-8")
    with pytest.raises(InputError, match='is not UTF-8 text; save it again as "UTF-8"'):
        node_from(text, "a.yaml")
