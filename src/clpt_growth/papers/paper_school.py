"""The school by area: facts with their sources, inspections, results by year, and what falls short."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from clpt_growth.facts.inspection import REPORT_CARD
from clpt_growth.model.fact import NotApplicable, Record
from clpt_growth.model.finding import Assessment, Finding
from clpt_growth.model.outcome import SHORT
from clpt_growth.papers.findings_words import short_outcome, shortfall_words
from clpt_growth.papers.markdown import Md, joined, md
from clpt_growth.papers.present_trust import notices_words, present_trust_words
from clpt_growth.papers.view import Reader, Table, table
from clpt_growth.papers.wording import (
    capital,
    day,
    in_column,
    listed,
    lowered,
    share_in_column,
    thousands,
)

_GRADES = {
    "leadership_and_governance": "leadership and governance",
    "curriculum_and_teaching": "curriculum and teaching",
    "achievement": "achievement",
    "attendance_and_behaviour": "attendance and behaviour",
    "inclusion": "inclusion",
    "personal_development_and_wellbeing": "personal development and well-being",
    "early_years_provision": "early years",
    "post_16_provision": "post-16",
    "quality_of_education": "quality of education",
    "behaviour_and_attitudes": "behaviour and attitudes",
    "personal_development": "personal development",
    "leadership_and_management": "leadership and management",
    "early_years": "early years",
    "sixth_form": "sixth form",
}
_FRAMEWORKS = {
    REPORT_CARD: "Ofsted's report card framework (from November 2025), which gives no overall grade",
    "2019, with overall grade": "Ofsted's 2019 framework",
    "2019, four judgements": "Ofsted's 2019 framework, which from September 2024 gave no overall grade",
    "earlier": "an earlier framework",
}


def school_areas(reader: Reader, layout: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "sponsored": reader.value("case.proposal.route", "") == "sponsored",
        "shown_as_need": _shown_as_need(reader.assessment),
        "context": reader.sourced(layout["context"]),
        "areas": tuple(_area(reader, area) for area in layout["areas"]),
    }


def _shown_as_need(assessment: Assessment) -> str:
    """The tests in which this school falls short as a school that is sponsored does, in words with their codes."""
    found = (f.principle for f in assessment.findings if f.as_need)
    return listed(f"{lowered(p.name)} ({p.id})" for p in found)


def _area(reader: Reader, area: Mapping[str, Any]) -> dict[str, Any]:
    facts, beside = tuple(area.get("facts") or ()), area.get("beside") or {}
    unknown = reader.unknown(facts)
    tables = [made for name in area.get("tables") or () if (made := _TABLES[name](reader)) is not None]
    return {
        "title": area["title"],
        "words": joined(
            [
                reader.sourced(facts),
                *(_SAYS[name](reader) for name in area.get("says") or ()),
                md("Not evidenced: {}.", listed(unknown)) if unknown else "",
            ]
        ),
        "tables": [t for made in tables for t in made],
        "findings": tuple(_finding_line(f, reader, beside.get(f.id, ())) for f in _found_in(reader.assessment, area)),
    }


def _found_in(assessment: Assessment, area: Mapping[str, Any]) -> list[Finding]:
    return [
        f for f in assessment.findings
        if f.principle.area in area["findings"] and f.principle.subject != "trust" and f.outcome in SHORT
        and f.id.startswith("D")
    ]  # fmt: skip


def _finding_line(finding: Finding, reader: Reader, beside: Iterable[str]) -> Md:
    """What falls short and, though it does not, what a trustee weighs `beside` it."""
    return md(
        "**{} {}: {}.** {}",
        finding.id,
        finding.principle.name,
        short_outcome(finding).lower(),
        joined([shortfall_words(finding, reader.assessment), *(_SAYS[name](reader) for name in beside)]),
    )


def _inspections(reader: Reader) -> list[tuple[Md, Table | None]] | None:
    fact = reader.fact("school.inspections")
    if fact is None:
        return None
    newest = sorted(fact.value, key=lambda r: _date_of(r), reverse=True)
    return [_inspection(record, reader) for record in newest[:3]]


def _date_of(record: Record) -> date:
    when = record.get("inspected_on")
    return when if isinstance(when, date) else date.min


def _inspection(record: Record, reader: Reader) -> tuple[Md, Table | None]:
    framework = str(record.get("framework", ""))
    how = "Ungraded inspection, {}." if framework == "ungraded" else "Inspected {} under {}."
    said = [md(how, day(_date_of(record)), _FRAMEWORKS.get(framework, framework))]
    opened = reader.fact("school.identity.opened_on")
    if opened is not None and _date_of(record) < opened.value:
        said.append(md("That was before the school opened in its present form on {}.", day(opened.value)))
    urn = record.get("urn_at_the_time")
    if urn is not None and urn != reader.value("school.identity.urn"):
        said.append(md("This was as URN {}.", urn))
    for key, words in (
        ("overall", "Overall: {}."),
        ("category", "Category of concern: {}."),
        ("safeguarding", "Safeguarding: {}."),
        ("outcome", "{}."),
    ):
        if isinstance(record.get(key), str):
            said.append(md(words, record[key].rstrip(".")))
    grades: dict[str, list[str]] = {}
    for key, words in _GRADES.items():
        if isinstance(record.get(key), str):
            grades.setdefault(record[key], []).append(words)
    said += [md("{}: {}.", capital(grade), listed(areas)) for grade, areas in grades.items()]
    return md("* {}", joined(said)), None


def _by_year(
    records: Sequence[Record],
    columns: Sequence[tuple[str, str, Any]],
    first: str,
    below: int,
    unpublished: Sequence[str] = (),
) -> Table | None:
    """Records as columns by year; a progress measure of a year without one was not published, not left out."""
    years = sorted((r for r in records if r.get("year")), key=lambda r: str(r["year"]))
    years = [_small_cohort_held_back(r, below) for r in years]
    used = [(key, words, shown) for key, words, shown in columns if any(r.get(key) is not None for r in years)]
    if not used:
        return None
    rows = (
        (
            capital(words),
            *(
                "not published"
                if r.get(key) is None and "progress" in key and r["year"] in unpublished
                else _cell(r.get(key), shown)
                for r in years
            ),
        )
        for key, words, shown in used
    )
    return table((first, *(str(r["year"]) for r in years)), rows, right=range(1, len(years) + 1))


def _small_cohort_held_back(record: Record, below: int) -> Record:
    """A year whose cohort is so small that a share of it would tell of a child."""
    cohort = record.get("cohort_count")
    if not isinstance(cohort, int) or not 0 < cohort < below:
        return record
    kept = {key: value for key, value in record.items() if key in ("year", "status")}
    return {**dict.fromkeys(record, "not shown"), **kept, "cohort_count": f"fewer than {below}"}


def _cell(value: Any, shown: Any) -> str:
    if value is None:
        return "not evidenced"
    return shown(value) if isinstance(value, int | Decimal) else str(getattr(value, "reason", value))


def _whole(value: Any) -> str:
    return f"{value:,}"


_KS4 = (
    ("status", "status", str),
    ("cohort_count", "pupils in cohort", _whole),
    ("attainment_8", "Attainment 8", in_column),
    ("grade_5_english_maths_share", "grade 5 or above in English and maths", share_in_column),
    ("grade_4_english_maths_share", "grade 4 or above in English and maths", share_in_column),
    ("progress_8", "Progress 8", str),
)
_KS2 = (
    ("status", "status", str),
    ("cohort_count", "pupils in cohort", _whole),
    ("expected_share", "expected standard in reading, writing and maths", share_in_column),
    ("higher_share", "higher standard", share_in_column),
)


def _results(name: str, title: str, columns: Sequence[tuple[str, str, Any]]) -> Any:
    def made(reader: Reader) -> list[tuple[Md, Table | None]] | None:
        fact = reader.fact(f"school.education.{name}")
        gone = reader.fact(f"definition.{name}_progress_not_published")
        below = reader.assessment.library.rules.suppress_below
        found = _by_year(fact.value, columns, title, below, gone.value if gone else ()) if fact else None
        return [(Md(""), found)] if found else None

    return made


def _budget(reader: Reader) -> list[tuple[Md, Table | None]] | None:
    fact = reader.fact("school.budget")
    columns = (
        ("status", "status", str), ("income_gbp", "income", thousands), ("expenditure_gbp", "spending", thousands),
        ("in_year_balance_gbp", "in-year balance", thousands), ("reserve_gbp", "reserve at year end", thousands),
    )  # fmt: skip
    found = _by_year(fact.value, columns, "£000", 0) if fact else None
    return [(reader_source(reader, "school.budget"), found)] if found else None


def _forecast(reader: Reader) -> list[tuple[Md, Table | None]] | None:
    fact = reader.fact("school.pupil_forecast")
    columns = (
        ("school_count", "school's forecast", _whole),
        ("council_count", "council's forecast", _whole),
        ("places_count", "places", _whole),
    )
    found = _by_year(fact.value, columns, "Pupils", 0) if fact else None
    return [(_tested_on(fact.value), found)] if fact and found else None


def _tested_on(forecast: Sequence[Record]) -> Md:
    """Which forecast is tested: the lower of two, or the only one where the other is said not to apply."""
    told = [who for who, field in _FORECASTS.items() if any(isinstance(row.get(field), int) for row in forecast)]
    away = [who for who, field in _FORECASTS.items() if all(_no_forecast(row.get(field)) for row in forecast)]
    if len(told) == 1 and away:
        return md("We test on the {}'s forecast, the only one there is.", told[0])
    if len(told) == 1:
        return md("We test on the lower of two forecasts, and only the {}'s is in evidence.", told[0])
    return Md("We test on the lower of the two forecasts." if told else "")


def _no_forecast(value: Any) -> bool:
    return isinstance(value, NotApplicable)


_FORECASTS = {"school": "school_count", "council": "council_count"}


def reader_source(reader: Reader, name: str) -> Md:
    fact = reader.fact(name)
    return md("Source: {}.", reader.from_where(fact)) if fact and reader.from_where(fact) else Md("")


_SAYS: Mapping[str, Callable[[Reader], Md]] = {"present trust": present_trust_words, "open notices": notices_words}
_TABLES: Mapping[str, Any] = {
    "inspections": _inspections,
    "key stage 2": _results("key_stage_2", "Key stage 2", _KS2),
    "key stage 4": _results("key_stage_4", "Key stage 4", _KS4),
    "budget": _budget,
    "pupil forecast": _forecast,
}
