"""The paper as its readers meet it: in order, decision first, nothing claimed that is not in evidence."""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, StrictUndefined, UndefinedError
from jinja2.meta import find_undeclared_variables
from markdown_it import MarkdownIt

from clpt_growth.files.problems import InputError
from clpt_growth.files.shipped import shipped
from clpt_growth.judging.assess import assess
from clpt_growth.model.fact import Fact, NotApplicable
from clpt_growth.model.finding import Assessment
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.principle import Effect
from clpt_growth.model.rules import Library
from clpt_growth.papers.board_paper import LAYOUT, TEMPLATE, board_paper
from clpt_growth.papers.markdown import escaped
from clpt_growth.papers.published import assessment_json
from clpt_growth.papers.render import layout, rendered
from clpt_growth.papers.screen import assessment_screen
from golden.rewrite import SCHOOLS, example, paper
from make import case

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HEADINGS = (
    "1. Decision requested",
    "2. Summary on one page",
    "3. Gates",
    "4. What the answer turns on",
    "5. The proposal",
    "6. Options considered",
    "7. The school by area",
    "8. Trust capacity against the growth principles",
    "9. The school and the trust together",
    "10. Support and improvement days",
    "11. Risks",
    "12. Conditions",
    "13. What this paper does not tell you",
    "Annex A. Facts and sources",
    "Annex B. Findings, thresholds and margins",
    "Annex C. Where the lines are from",
)
LINES_A_PAGE, COLUMNS = 52, 105
NAMES = (*(school.stem for school in SCHOOLS), "identity only")


@pytest.fixture(scope="module")
def assessments(shipped_library: Library) -> Mapping[str, Assessment]:
    identity_only = assess(case({"school.identity.name": "Oak Primary School"}), shipped_library)
    return {school.stem: example(school, shipped_library) for school in SCHOOLS} | {"identity only": identity_only}


@pytest.fixture(scope="module")
def papers(assessments: Mapping[str, Assessment]) -> Mapping[str, str]:
    return {name: paper(assessment) for name, assessment in assessments.items()}


def section(text: str, heading: str) -> str:
    """What stands between a heading and the next of its rank."""
    return text.split(f"\n## {heading}", 1)[1].split("\n## ", 1)[0]


@pytest.mark.parametrize("name", NAMES)
def test_every_heading_is_there_in_order(name: str, papers: Mapping[str, str]) -> None:
    tokens = READER.parse(papers[name])
    found = [tokens[n + 1].content for n, t in enumerate(tokens) if t.type == "heading_open" and t.tag == "h2"]
    assert [want for want, heading in zip(HEADINGS, found, strict=False) if not heading.startswith(want)] == []
    assert len(found) >= len(HEADINGS)
    assert next(t.tag for t in tokens if t.type == "heading_open") == "h1"


@pytest.mark.parametrize("name", NAMES)
def test_the_paper_renders_without_html_links_code_or_broken_tables(name: str, papers: Mapping[str, str]) -> None:
    tokens = [t for token in READER.parse(papers[name]) for t in (token, *(token.children or ()))]
    kinds = {t.type for t in tokens}
    assert not kinds & {"html_block", "html_inline", "link_open", "image", "fence", "code_block", "s_open"}
    cells = re.compile(r"(?<!\\)\|")
    for block in re.findall(r"(?:^\|.*\n)+", papers[name], re.MULTILINE):
        assert len({len(cells.findall(line)) for line in block.splitlines()}) == 1


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("kestrel-high", "**defer** the decision"),
        ("tarnside-all-through", "**decline**"),
        ("fenwick-special", "**approve, subject to the conditions in section 12,**"),
        ("larkfield-primary", "**approve**"),
        ("identity only", "**defer** the decision"),
    ],
)
def test_the_decision_asked_for_comes_first_in_voting_words(name: str, words: str, papers: Mapping[str, str]) -> None:
    first = next(part for part in papers[name].split("\n## ")[1:])
    assert first.startswith("1. Decision requested\n\nThe Board is asked to:\n\n1. **note**")
    assert f"\n2. {words}" in first
    assert "| 2. Recommended by the executive |" in first
    assert "| 3. Decided by the Board |" in first


@pytest.mark.parametrize("name", NAMES)
def test_gates_not_plainly_met_are_in_full_and_the_rest_on_a_line(
    name: str, papers: Mapping[str, str], assessments: Mapping[str, Assessment]
) -> None:
    gates = [f for f in assessments[name].findings if f.principle.effect is Effect.GATE]
    told = section(papers[name], "3. Gates")
    for finding in gates:
        plain = finding.outcome in (Outcome.MET, Outcome.NOT_APPLICABLE)
        rows = [line for line in told.splitlines() if line.startswith(f"| {finding.id} ")]
        assert len(rows) == (0 if plain else 1)
        assert plain or f"| {escaped(finding.principle.question)} | **" in rows[0]
    met = [f.id for f in gates if f.outcome is Outcome.MET]
    lines = [line for line in told.splitlines() if line.startswith("**Met** (")]
    assert len(lines) == bool(met)
    assert all(f"{id_} " in lines[0] for id_ in met)


def test_a_gate_that_a_line_in_the_file_waves_away_is_shown_in_full(shipped_library: Library) -> None:
    given = {
        "school.identity.name": "Oak",
        "school.buildings.raac": NotApplicable("nobody asked"),
        "school.buildings.raac_funding_agreed": NotApplicable("nobody asked"),
    }
    found = assess(case(given), shipped_library)
    told = section(paper(found), "3. Gates")
    assert "| D07 " in told


@pytest.mark.parametrize("name", NAMES)
def test_the_body_is_within_ten_pages(name: str, papers: Mapping[str, str]) -> None:
    body = papers[name].split("\n## Annex A", 1)[0]
    lines = sum(max(1, math.ceil(len(line) / COLUMNS)) for line in body.splitlines())
    assert lines / LINES_A_PAGE <= 10


def test_nothing_is_met_where_only_the_name_is_known(papers: Mapping[str, str]) -> None:
    text = papers["identity only"]
    assert "**Met** (" not in text
    findings = section(text, "Annex B. Findings").split("**Curriculum", 1)[0]
    outcomes = {row.split(" | ")[2] for row in findings.splitlines() if re.match(r"\| [PD]\d", row)}
    assert outcomes <= {"Not evidenced", "Does not apply"}
    assert "Not evidenced" in outcomes
    assert "**The proposal is not settled.**" in text


def test_what_the_author_has_not_written_is_a_line_to_complete(papers: Mapping[str, str]) -> None:
    told = section(papers["identity only"], "1. Decision requested")
    assert "**Why, in two sentences.** *To be completed: ....." in told


def test_every_condition_has_its_evidence_and_every_line_cites_its_test(papers: Mapping[str, str]) -> None:
    told = section(papers["fenwick-special"], "12. Conditions")
    numbers = re.findall(r"^\| (C\d+) \|", told, re.MULTILINE)
    assert numbers == [f"C{n}" for n in range(1, len(numbers) + 1)]
    accepted = section(papers["fenwick-special"], "Annex B. Findings, thresholds and margins")
    assert re.findall(r"^\* \*\*(C\d+)\*\*", accepted, re.MULTILINE) == numbers


def test_the_template_names_what_the_view_holds_and_nothing_else(
    assessments: Mapping[str, Assessment],
) -> None:
    source = (shipped("templates") / TEMPLATE).read_text(encoding="utf-8")
    reader = Environment(autoescape=True)
    reader.filters["table"] = str
    wanted = find_undeclared_variables(reader.parse(source))
    for assessment in assessments.values():
        view = board_paper(assessment, layout(LAYOUT, None))
        assert wanted <= view.keys()
        assert view.keys() - wanted <= {"invented"}


def test_a_word_the_view_does_not_hold_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        Environment(undefined=StrictUndefined, autoescape=True).from_string("{{ nothing }}").render({})
    with pytest.raises(UndefinedError):
        rendered({}, TEMPLATE)


def test_the_layout_names_only_facts_and_principles_there_are(shipped_library: Library) -> None:
    shown = layout(LAYOUT, None)
    named = [n for area in shown["areas"] for n in area.get("facts") or ()] + shown["context"]
    named += [line[end] for line in shown["after"] for end in ("before", "after")]
    assert [name for name in named if name not in shipped_library.dictionary.kinds] == []
    ids = {p.id for pack in shipped_library.packs for p in pack.principles}
    assert {line["principle"] for line in shown["after"] if "principle" in line} <= ids
    assert {area for a in shown["areas"] for area in a["findings"]} <= set(shipped_library.rules.areas)


HOSTILE = (
    "Oak | School `rm -rf` <script>alert(1)</script> [x](javascript:alert(1)) ![y](http://z.example)"
    " \n# heading\n\n---\n| a | b |\n| --- | --- |\n~~~\n$x$ [^1] &lt;b&gt; https://w.example \x1b[31mred\x1b]8;;http://q\x07"
    " \u202eabc **b** {{ 7 * 7 }}"
)


@pytest.fixture(scope="module")
def hostile(shipped_library: Library) -> Assessment:
    """Every text in every fact of the fullest example, sources and notes too, is an attack."""
    found = example(next(s for s in SCHOOLS if s.stem == "kestrel-high"), shipped_library)
    texts = {k.name for k in shipped_library.dictionary.kinds.values() if k.kind in ("text", "texts")}
    facts = {name: _attacked(fact, name in texts) for name, fact in found.case.facts.items()}
    return assess(replace(found.case, facts=facts), shipped_library)


def _attacked(fact: Fact, is_text: bool) -> Fact:
    value: Any = fact.value
    if isinstance(value, NotApplicable):
        value = NotApplicable(HOSTILE)
    elif is_text:
        value = (HOSTILE,) if isinstance(value, tuple) else HOSTILE
    return fact._replace(value=value, source=HOSTILE, note=HOSTILE)


def test_hostile_words_do_no_harm_in_the_paper(hostile: Assessment, papers: Mapping[str, str]) -> None:
    text = paper(hostile)
    assert text.replace("\n", "").replace("\u00a0", "").isprintable()
    tokens = [t for token in READER.parse(text) for t in (token, *(token.children or ()))]
    kinds = [t.type for t in tokens]
    assert not set(kinds) & {
        "html_block",
        "html_inline",
        "link_open",
        "image",
        "fence",
        "code_block",
        "s_open",
    }
    ours = [t for token in READER.parse(papers["kestrel-high"]) for t in (token, *(token.children or ()))]
    assert [t.tag for t in tokens if t.type == "heading_open"] == [t.tag for t in ours if t.type == "heading_open"]
    assert kinds.count("code_inline") == [t.type for t in ours].count("code_inline")
    assert kinds.count("hr") == [t.type for t in ours].count("hr")
    assert "49" not in section(text, "1. Decision requested")
    cells = re.compile(r"(?<!\\)(?:\\\\)*\|")
    for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        assert len({len(cells.findall(line)) for line in block.splitlines()}) == 1


def test_hostile_words_do_no_harm_on_the_screen(hostile: Assessment) -> None:
    text = assessment_screen(hostile, "schools/oak.yaml")
    lines = text.splitlines()
    assert [line for line in lines if len(line) > 80] == []
    assert not any(line.startswith(("# heading", "---")) for line in lines)


def test_hostile_words_are_only_text_in_the_json(hostile: Assessment) -> None:
    text = assessment_json(hostile)
    assert text.replace("\n", "").isprintable()
    assert json.loads(text)["candidate"]["name"] == HOSTILE


def own_template(folder: Path, words: str) -> Path:
    (folder / "templates").mkdir()
    (folder / "templates" / TEMPLATE).write_text(words, encoding="utf-8")
    return folder


def test_a_trust_can_have_a_template_of_its_own(tmp_path: Path, assessments: Mapping[str, Assessment]) -> None:
    view = board_paper(assessments["kestrel-high"], layout(LAYOUT, tmp_path))
    workspace = own_template(tmp_path, "# Ours: {{ title }}\n\n\n\n{{ gates | table }}\n")
    text = rendered(view, TEMPLATE, workspace)
    assert text.startswith(
        "# Ours: Kestrel High School: should it join Thornmere Learning Trust?\n\n| Gate | Question |"
    )


@pytest.mark.parametrize(
    ("words", "line", "wrong"),
    [
        ("{{ title.__class__ }}", 1, "__class__"),
        ("\n\n{{ title.__class__.__mro__ }}", 3, "__class__"),
        ("{{ title['__class__'] }}", 1, "__class__"),
        ("{{ title | attr('__class__') }}", 1, "__class__"),
        ("{{ '{0.__class__}'.format(title) }}", 1, "__class__"),
        ("{{ cycler.__init__.__globals__ }}", 1, "__init__"),
        ("{{ lipsum.__globals__ }}", 1, "__globals__"),
        ("\n{{ five_facts.append(1) }}", 2, "append"),
        ("{% include '/etc/passwd' %}", 1, "no loader"),
        ("{% import 'os' as os %}", 1, "no loader"),
        ("{{ range(999999999) }}", 1, "Range too big"),
        ("one\n{{ nothing }}", 2, "'nothing' is undefined"),
        ("one\ntwo\n{% if %}", 3, "Expected an expression"),
        ("{% for x in title %}", 1, "Unexpected end of template"),
        ("{{ 1 / 0 }}", 1, "division by zero"),
        ("{{ title | table }}", 1, "has no attribute 'heads'"),
        ("{{ title | nosuchfilter }}", 1, "No filter named 'nosuchfilter'"),
    ],
)
def test_a_template_can_reach_nothing_and_a_broken_one_says_where(
    words: str, line: int, wrong: str, tmp_path: Path, assessments: Mapping[str, Assessment]
) -> None:
    view = board_paper(assessments["identity only"], layout(LAYOUT, None))
    with pytest.raises(InputError) as told:
        rendered(view, TEMPLATE, own_template(tmp_path, words))
    assert f"{TEMPLATE}:{line}: the template cannot be used (" in str(told.value)
    assert wrong in str(told.value)
    assert "take it away to use the shipped one" in str(told.value)


def test_a_template_that_is_not_text_says_where(tmp_path: Path) -> None:
    place = own_template(tmp_path, "") / "templates" / TEMPLATE
    place.write_bytes(b"one\n\xff")
    with pytest.raises(InputError, match="2: is not UTF-8 text"):
        rendered({}, TEMPLATE, tmp_path)
