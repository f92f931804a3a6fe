"""The paper as its readers meet it: in order, decision first, nothing claimed that is not in evidence."""

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from jinja2 import Environment, StrictUndefined, UndefinedError
from jinja2.meta import find_undeclared_variables
from markdown_it import MarkdownIt

from clpt_growth.files.problems import InputError
from clpt_growth.files.shipped import shipped
from clpt_growth.judging.assess import assess
from clpt_growth.model.criterion import Effect
from clpt_growth.model.fact import Fact, NotApplicable
from clpt_growth.model.finding import Assessment
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.rules import Band, Library
from clpt_growth.papers.assessment_json import assessment_json
from clpt_growth.papers.board_paper import LAYOUT, TEMPLATE, board_paper
from clpt_growth.papers.markdown import escaped
from clpt_growth.papers.paper_charts import pictures_of
from clpt_growth.papers.paper_pictures import places_of
from clpt_growth.papers.paper_summary import bands_words
from clpt_growth.papers.pdf import pdf_paper
from clpt_growth.papers.render import COMPILED, compile_templates, layout, rendered
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
    "10. Capacity by term, and the support plan",
    "11. Risks",
    "12. Conditions",
    "13. The first 100 days",
    "14. What this paper does not tell you",
    "Annex A. Facts and sources",
    "Annex B. Findings, thresholds and margins",
    "Annex C. Where the lines are from",
    "Annex D. The Department's project document",
    "Annex E. How this paper was produced",
    "Annex F. Words used",
)
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
def test_what_the_board_is_asked_reads_as_one_sentence(name: str, papers: Mapping[str, str]) -> None:
    asked = re.findall(r"^\d\. (\*\*.+)$", section(papers[name], "1. Decision requested"), re.MULTILINE)
    assert len(asked) >= 3
    assert [ask for ask in asked[:-2] if not ask.endswith(";")] == []
    assert asked[-2].endswith("; and")
    assert asked[-1].endswith(".")


def test_money_asked_for_is_spent_on_what_the_author_wrote(papers: Mapping[str, str]) -> None:
    assert (
        "3. **authorise** up to £9,500 from reserves now, to be spent on: outside check of the single central record"
        in papers["kestrel-high"]
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_decision_counts_what_section_4_then_lists(name: str, papers: Mapping[str, str]) -> None:
    words = section(papers[name], "1. Decision requested")
    said = re.search(r"until the (\d+) items? without evidence(?:, (\d+) in section 4 and (\d+) in annex B,)?", words)
    listed = section(papers[name], "4. What the answer turns on")
    rows = [line.split(" | ") for line in listed.splitlines() if re.match(r"\| \d+ \|", line)]
    waiting = len([row for row in rows if row[2] == "Not evidenced"])
    assert (said is None) == ("**defer**" not in words)
    if said:
        assert int(said[2] or said[1]) == waiting
        assert int(said[1]) == waiting + int(said[3] or 0)


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
def test_the_body_is_within_ten_pages_of_a_pdf_with_its_pictures(
    name: str, assessments: Mapping[str, Assessment]
) -> None:
    pictures = places_of(pictures_of(assessments[name]))
    text = rendered(board_paper(assessments[name], layout(LAYOUT, None), pictures), TEMPLATE)
    body = text.split("\n## Annex A", 1)[0]
    assert body.count("![") == (2 if "## 10." in body and "| Term |" in body else 0)
    assert len(pypdfium2.PdfDocument(pdf_paper(body, pictures))) <= 10


def test_nothing_is_met_where_only_the_name_is_known(papers: Mapping[str, str]) -> None:
    text = papers["identity only"]
    assert "**Met** (" not in text
    findings = section(text, "Annex B. Findings").split("**Curriculum", 1)[0]
    outcomes = {row.split(" | ")[1] for row in findings.splitlines() if re.match(r"\| \*\*[PD]\d", row)}
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
    known = [row for row in told.splitlines() if row.startswith("| C") and "**Find out first:**" not in row]
    assert [row for row in known if "*Evidence:* " not in row] == []
    accepted = section(papers["kestrel-high"], "Annex B. Findings, thresholds and margins")
    assert re.findall(r"^\* \*\*(C\d+)\*\*", accepted, re.MULTILINE) == ["C4", "C10", "C14", "C19"]


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


def test_the_boards_own_minimum_and_its_room_stand_in_the_body(
    assessments: Mapping[str, Assessment], papers: Mapping[str, str]
) -> None:
    money = "The board's own minimum is 6.5% of income: £103,000 of room."
    assert money in section(papers["kestrel-high"], "2. Summary on one page")
    gate = next(row for row in section(papers["kestrel-high"], "3. Gates").splitlines() if row.startswith("| P06a "))
    assert gate.endswith("Minimum reserves 6.5%; room above the board's own minimum £103,000. |")
    after = section(papers["kestrel-high"], "9. The school and the trust together")
    assert "| the board's own 6.5% of income: £103,000 of room | Within |" in after
    short = paper(changed(assessments["kestrel-high"], "case.integration.cost_gbp", 500_000))
    assert "| the board's own 6.5% of income: £79,000 too little | Below it |" in short


def test_a_line_that_brings_a_duty_is_not_a_limit_on_income(
    assessments: Mapping[str, Assessment], papers: Mapping[str, str]
) -> None:
    duty = "| above £50,000,000, a dedicated audit and risk committee is required |"
    assert f"| £39,830,000 {duty} Not reached |" in papers["kestrel-high"]
    large = changed(assessments["kestrel-high"], "trust.finance.total_income_gbp", 45_000_000)
    assert f"| £50,810,000 {duty} Reached: P23 " in paper(large)


@pytest.mark.parametrize(
    ("money", "words"),
    [
        (20_000, "£20,000 has been found to meet it (the diocese), and is taken off it below."),
        (0, "No money has been found to meet it."),
        (None, "Whether money has been found to meet it is not evidenced, so none is counted."),
    ],
)
def test_money_found_for_the_cost_is_said_and_taken_off_it(
    money: int | None, words: str, assessments: Mapping[str, Assessment]
) -> None:
    given = changed(assessments["kestrel-high"], "case.integration.funded_by", ("the diocese",))
    found = changed(given, "case.integration.funded_gbp", money)
    assert words in section(paper(found), "9. The school and the trust together")
    assert found.facts["case.after.reserves_gbp"].value == 2_740_667 + (money or 0)


def changed(assessment: Assessment, name: str, value: Any) -> Assessment:
    """The same case with one fact changed; None takes it away."""
    facts = {n: f for n, f in assessment.case.facts.items() if n != name}
    if value is not None:
        facts[name] = Fact(name, value)
    return assess(replace(assessment.case, facts=facts), assessment.library)


def test_what_only_has_to_be_known_is_never_the_strongest_evidence(papers: Mapping[str, str]) -> None:
    for text in papers.values():
        for row in section(text, "8. Trust capacity").splitlines()[4:]:
            assert "absence" not in row.split(" | ")[1].lower()
    assert "| Education | Date of the wellbeing comparison 18 September 2026 (P28c, met) |" in papers["kestrel-high"]


def test_evidence_on_somebodys_own_word_is_not_the_strongest_where_there_is_better(
    assessments: Mapping[str, Assessment],
) -> None:
    found = assessments["larkfield-primary"]
    promised = found.case.facts["trust.improvement_promised"]._replace(verified="self reported")
    lesser = assess(replace(found.case, facts={**found.case.facts, promised.name: promised}), found.library)
    rows = [
        next(row for row in section(paper(a), "8. Trust capacity").splitlines() if row.startswith("| School impr"))
        for a in (found, lesser)
    ]
    assert "(P05, met)" in rows[0]
    assert "(P05, met)" not in rows[1].split(" | ")[1]


def test_a_condition_on_what_is_not_known_is_to_find_out_first(papers: Mapping[str, str]) -> None:
    for text in papers.values():
        rows = [row.split(" | ") for row in section(text, "12. Conditions").splitlines() if row.startswith("| C")]
        for _, words, why, *_ in rows:
            assert words.startswith("**Find out first:** ") == why.endswith("not evidenced")
    rows = section(papers["kestrel-high"], "12. Conditions")
    assert (
        "| C14 | **Find out first:** the log of the last offline backup test and the data breach log. **Due:** 23"
        in rows
    )
    annex = section(papers["kestrel-high"], "Annex B. Findings")
    assert "* **C14** Only if what is found falls short: a restore from an offline copy has been tested" in annex


def test_every_finding_names_every_fact_it_reads_and_where_its_source_is(
    papers: Mapping[str, str], assessments: Mapping[str, Assessment]
) -> None:
    for name, text in papers.items():
        annex = section(text, "Annex A. Facts and sources")
        numbers = dict(re.findall(r"^\| ([ST]\d+) \| (.+?) \|", annex, re.MULTILINE))
        assert len(numbers) == len(re.findall(r"^\| [ST]\d+ \|", annex, re.MULTILINE))
        rows = {
            row[4:].split(" ", 1)[0]: row.rsplit(" | ", 1)[1]
            for row in section(text, "Annex B. Findings").splitlines()
            if row.startswith("| **")
        }
        for finding in assessments[name].findings:
            read = rows[finding.id]
            labels = assessments[name].library.dictionary.kinds
            missing = [n for n in finding.principle.facts_read if escaped(labels[n].label) not in read]
            assert missing == [], finding.id
            for number, words in re.findall(r"([ST]\d+) (\S+)", read):
                assert numbers[number].split(" ")[0].lower() == words.strip(":;").lower()
    annex = section(papers["kestrel-high"], "Annex B. Findings")
    row = next(line for line in annex.splitlines() if line.startswith("| **P06a "))
    assert "Lowest reserves above the board's own minimum with the school: 0% or more." in row
    assert re.search(
        r"S\d+ lowest reserves above the board's own minimum with the school 0.3%; T\d+ in-year balance", row
    )


def test_a_gate_met_on_old_evidence_says_so_where_it_is_called_met(assessments: Mapping[str, Assessment]) -> None:
    found = assessments["kestrel-high"]
    name = "school.buildings.title_deliverable"
    aged = found.case.facts[name]._replace(dated=date(2023, 1, 9))
    older = assess(replace(found.case, facts={**found.case.facts, name: aged}), found.library)
    met = next(line for line in section(paper(older), "3. Gates").splitlines() if line.startswith("**Met** ("))
    assert "D06 land (on old evidence: title able to be delivered, 9 January 2023)" in met
    assert "old evidence" not in section(paper(found), "3. Gates")
    assert "gates met on old evidence: D06" in " ".join(assessment_screen(older).split())


def test_a_template_compiled_for_the_wheel_gives_the_same_paper(
    tmp_path: Path, assessments: Mapping[str, Assessment], papers: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(shipped("templates"), tmp_path / "templates")
    compile_templates(tmp_path / COMPILED)
    (tmp_path / "templates" / TEMPLATE).write_text("only the compiled form is used", encoding="utf-8")
    monkeypatch.setattr("clpt_growth.papers.render.shipped", lambda folder: tmp_path / folder)
    assert paper(assessments["kestrel-high"]) == papers["kestrel-high"]


def test_what_the_capacity_figure_leaves_out_is_what_section_10_leaves_out(papers: Mapping[str, str]) -> None:
    told = section(papers["tarnside-all-through"], "14. What this paper does not tell you")
    said = next(line for line in told.splitlines() if line.startswith("* **What the capacity figure leaves out.**"))
    assert "looks 9 terms ahead, from autumn 2027 to summer 2030" in said
    assert "Days the school offers are counted from autumn 2028" in said
    assert (
        "Larkfield Primary School, Kestrel High School and St Oswin's Church of England Primary School are on the way "
        "in and left out of these figures" in said
    )
    own = section(papers["kestrel-high"], "14. What this paper does not tell you")
    assert "Larkfield Primary School and St Oswin's Church of England Primary School are on the way in" in own


def test_what_the_money_figure_leaves_out_is_what_section_9_leaves_out(
    papers: Mapping[str, str], assessments: Mapping[str, Assessment]
) -> None:
    told = section(papers["tarnside-all-through"], "14. What this paper does not tell you")
    assert "forecasts reserves at the end of four financial years, 2026-27 to 2029-30, on three rolls." in told
    assert "The whole cost of joining, £262,000, is taken off: no money found for it is counted." in told
    funded = paper(changed(assessments["tarnside-all-through"], "case.integration.funded_gbp", 20_000))
    assert "The cost of joining, £262,000, is taken off less the £20,000 found for it." in funded
    unknown = section(papers["identity only"], "14. What this paper does not tell you")
    assert "**What the money figure leaves out.** Reserves after the join cannot be worked out yet" in unknown


def test_a_specialism_without_a_post_leads_what_is_said_of_capacity(
    papers: Mapping[str, str], assessments: Mapping[str, Assessment]
) -> None:
    summary = section(papers["tarnside-all-through"], "2. Summary on one page")
    assert "4. **Capacity.** Nobody is in post for post-16 (5 days short in autumn 2027). Where somebody is" in summary
    rows = section(papers["tarnside-all-through"], "10. Capacity by term").splitlines()
    assert next(row for row in rows if row.startswith("| Term |")).endswith("| Post-16 short: no post |")
    assert next(row for row in rows if row.startswith("| **Autumn 2027, tightest**")).endswith("| 3.5 | 5.0 |")
    assert "P05: **not met**. Specialisms needed with nobody in post: 1 (post-16) (line: none)" in "\n".join(rows)
    screen = assessment_screen(assessments["tarnside-all-through"], "x.yaml")
    assert "CAPACITY   nobody is in post for post-16 (5 days short in autumn 2027)" in screen
    assert "no post" not in section(papers["larkfield-primary"], "10. Capacity by term")


def test_the_days_of_section_10_can_be_worked_out_from_annex_c(papers: Mapping[str, str]) -> None:
    told = section(papers["kestrel-high"], "Annex C. Where the lines are from")
    assert "| Days a term by year | category of concern: 30, 20 and 10 days | need_days_by_category |" in told
    assert "30, 20 and 10 x 1.6 (and x 1.15 in the first) gives 55.2, 32 and 16." in told
    assert "59 x 32 / 55.2 = 34.2 and 59 x 16 / 55.2 = 17.1." in told
    assert "| Project management | 20 | none | 20 | 6.7 | 2.7 |" in told
    assert "| Finance | 25 | revenue reserve: 10 more | 35 | 11.7 | 4.7 |" in told
    assert "| And no more than | 2% of its teachers' working days | gift_at_most_share_of_teaching |" in told
    assert "in `principles/demand.yaml`" in told


def test_a_share_among_the_judgements_reads_as_one_and_no_table_is_only_counted(papers: Mapping[str, str]) -> None:
    for text in papers.values():
        rows = [row for row in section(text, "Annex C. Where the lines").splitlines() if row.startswith("| All |")]
        assert [row for row in rows if "a table of" in row or re.search(r"\| 0(\.\d+)? \|", row)] == []
        assert next(row for row in rows if "at least this share of the days" in row).endswith("| 40% |  |")
        assert next(row for row in rows if "comes or goes with the pupil" in row).endswith("| 80% |  |")


def test_a_figure_of_the_ledger_is_as_sure_as_what_it_comes_from(
    papers: Mapping[str, str], assessments: Mapping[str, Assessment]
) -> None:
    facts = assessments["kestrel-high"].facts
    of_the_trust = [facts[f"case.capacity.{name}_days"] for name in ("available", "promised", "kept")]
    assert [f.verified for f in of_the_trust] == ["", "", ""]
    assert all(name.startswith("trust.") for f in of_the_trust for name in f.derived_from)
    assert facts["case.capacity.tightest_share"].verified == "self reported"


def test_lines_of_which_one_is_enough_are_said_as_either_or(
    papers: Mapping[str, str], assessments: Mapping[str, Assessment]
) -> None:
    told = section(papers["kestrel-high"], "Annex B. Findings, thresholds and margins")
    assert "| Either existing governing body kept: no, or date the board approved the existing body then" in told
    assert "half or more of the seats: yes; otherwise trust appointees over half the seats: more than 0." in told
    findings = json.loads(assessment_json(assessments["kestrel-high"]))["findings"]
    test = next(f["tested"] for f in findings if f["id"] == "J36")
    assert (test["kind"], [p.get("kind", p.get("about")) for p in test["parts"]]) == (
        "any of",
        ["existing governing body kept", "all of"],
    )
    tested = next(f["tested"] for f in findings if f["id"] == "J34")
    clash = next(part for whole in tested["parts"] for part in whole.get("parts", ()) if part.get("kind") == "conflict")
    assert len(clash["parts"]) == 2


def test_a_blank_seat_is_not_a_seat_of_none(papers: Mapping[str, str], assessments: Mapping[str, Assessment]) -> None:
    assert "| Appointed by the council | 1 | not recorded |" in section(
        papers["tarnside-all-through"], "5. The proposal"
    )
    fewer = paper(changed(assessments["st-oswin-primary"], "case.local_body.parents_count", 1))
    assert "| Seats no kind explains |  | 1 |" in section(fewer, "5. The proposal")


def test_autonomy_is_compared_with_the_trusts_majority_only_where_it_has_one(papers: Mapping[str, str]) -> None:
    assert 'The offer says autonomy is limited "only"' not in papers["st-oswin-primary"]
    assert 'The offer says autonomy is limited "only"' in papers["kestrel-high"]


def test_where_the_proposal_is_settled_nothing_is_said_to_change_it(
    papers: Mapping[str, str], assessments: Mapping[str, Assessment]
) -> None:
    told = section(papers["larkfield-primary"], "4. What the answer turns on")
    assert "What would change it" not in told
    assert "| No. | What is close to a line or not sure |" in told
    assert "WATCH" in assessment_screen(assessments["larkfield-primary"], "x.yaml")
    assert "| No. | What would change it |" in section(papers["kestrel-high"], "4. What the answer turns on")


def test_days_bought_in_on_contract_are_named_beside_the_central_teams(papers: Mapping[str, str]) -> None:
    told = section(papers["tarnside-all-through"], "10. Capacity by term")
    said = next(line for line in told.splitlines() if line.startswith("**The central team's work"))
    assert "D39: **not met**. Use of the central team where it is tightest 166.7%" in said
    assert "are not in these figures: " in said
    assert "project manager on contract (20 days a term)" in said


def test_initials_notes_and_sentences_read_as_people_write_them(
    papers: Mapping[str, str], shipped_library: Library
) -> None:
    text = papers["tarnside-all-through"]
    assert "lender, PFI party and secretary of state" in text
    assert "the pace limit is two schools a year. Money for sixth form posts" in text
    assert "central support: nothing in evidence" not in assessment_screen(example(None, shipped_library))


@pytest.mark.parametrize(
    ("year", "dated", "words"),
    [
        ("", date(2024, 7, 31), None),
        ("", date(2023, 9, 1), None),
        ("", date(2024, 9, 1), "the school's figure is dated 1 September 2024."),
        ("", date(2023, 8, 31), "the school's figure is dated 31 August 2023."),
        ("", None, "the school's figure is not dated."),
        ("2023-24", date(2026, 7, 31), None),
        ("2025-26", date(2024, 7, 31), "the school's figure is for 2025-26."),
    ],
)
def test_a_figure_set_beside_another_years_is_named(
    assessments: Mapping[str, Assessment], year: str, dated: date | None, words: str | None
) -> None:
    kestrel = assessments["kestrel-high"]
    text = paper(with_absence_of(kestrel, year, dated))

    said = f"**What is set beside another year.** D34 tests persistent absence beside the figure for 2023-24; {words}"
    assert said in text if words else "D34 tests persistent absence beside" not in text
    assert "(line: 25.6% or less, as in 2023-24; partly met: 33% or less)" in text


def test_a_figure_of_a_year_with_its_own_line_is_set_beside_that(assessments: Mapping[str, Assessment]) -> None:
    text = paper(with_absence_of(assessments["kestrel-high"], "2022-23", date(2026, 7, 31)))

    assert "D34 tests persistent absence beside" not in text
    assert "(line: 26.5% or less, as in 2022-23; partly met: 33% or less)" in text
    assert "25.6%" not in text


def with_absence_of(case: Assessment, year: str, dated: date | None) -> Assessment:
    """The same case with persistent absence of that year, or of no year said, and with that date."""
    share, named = "school.attendance.persistent_absence_share", "school.attendance.persistent_absence_year"
    facts = {name: fact for name, fact in case.case.facts.items() if name != named}
    facts[share] = facts[share]._replace(dated=dated)
    if year:
        facts[named] = facts[share]._replace(name=named, value=year)
    return assess(replace(case.case, facts=facts), case.library)


def test_a_phase_without_a_line_is_named(papers: Mapping[str, str]) -> None:
    row = next(line for line in papers["tarnside-all-through"].splitlines() if line.startswith("| **D34 "))
    assert "| Does not apply | No line is set for its phase, all-through. |" in row


def test_how_a_result_reads_is_said_as_the_rules_have_it(shipped_library: Library, papers: Mapping[str, str]) -> None:
    words = '80% or more reads "mostly met", 50% to under 80% "partly met", less "mostly not met".'
    assert bands_words(shipped_library.rules.bands) == words
    assert words in papers["kestrel-high"]
    stricter = (Band(word="sound", at_least=Decimal("0.9")), Band(word="weak", at_least=Decimal(0)))
    assert bands_words(stricter) == '90% or more reads "sound", less "weak".'


def test_where_no_gate_or_condition_falls_short_the_other_tests_that_do_are_named(papers: Mapping[str, str]) -> None:
    risks = section(papers["larkfield-primary"], "11. Risks")
    assert (
        "No gate or condition falls short or is without evidence. 23 other tests fall short, and none of them stops an "
        "approval. Not met: P17 research, J23 pay and grading, J27 back office saving and D39 central team; partly met: P03 "
        "civic partnerships, P04 education progression, "
    ) in risks
    assert "The central team runs out of days" in risks
    assert "other tests fall short" not in papers["kestrel-high"]


def test_days_an_offer_has_free_are_beside_the_schools_own_list_and_not_the_work_to_join(
    papers: Mapping[str, str],
) -> None:
    annex = papers["larkfield-primary"].split("## Annex B")[1]
    assert "project manager on contract; 20 days a term free, 0 in the school's list of needs." in annex


def test_the_share_of_spare_days_is_not_called_use_of_days(papers: Mapping[str, str]) -> None:
    assert "hare of the spare SEND and alternative provision days this school would use 80%" in (
        section(papers["tarnside-all-through"], "8. Trust capacity against the growth principles")
    )
    assert "se of SEND and alternative provision days" not in papers["tarnside-all-through"]


def test_no_rate_in_a_paper_undoes_a_small_count(papers: Mapping[str, str]) -> None:
    """3.5 suspensions for each 100 of 86 pupils are 3, and 0.5 for each 100 of 210 is one."""
    for name in ("fenwick-special", "larkfield-primary"):
        assert "Suspensions for each 100 pupils: not shown (fewer than 6)" in papers[name]
        assert not re.search(r"(?<!in s)uspensions for each 100 pupils (\| )?[0-9]", papers[name])
