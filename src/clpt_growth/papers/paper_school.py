"""The school by area, the proposal, the options, and the trust beside it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from clpt_growth.facts.inspection import REPORT_CARD
from clpt_growth.judging.findings import parts_of
from clpt_growth.judging.margins import line_for
from clpt_growth.model.fact import Record
from clpt_growth.model.finding import Assessment, Finding
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.principle import Between, Compare, DatedWithin
from clpt_growth.papers.findings_words import (
    follows_words,
    short_outcome,
    shortfall_words,
    threshold_words,
    what_we_saw,
)
from clpt_growth.papers.markdown import Md, joined, md
from clpt_growth.papers.view import Reader, Table, table
from clpt_growth.papers.wording import (
    capital,
    day,
    decimal,
    listed,
    money,
    percent,
    plural,
    specialism_words,
    thousands,
)

_SHORT = (Outcome.PARTLY_MET, Outcome.NOT_MET)
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
_BODY_SEATS = (
    ("trust_appointed_count", "Appointed by the trust"),
    ("parents_count", "Elected by parents"),
    ("staff_count", "From the staff"),
    ("head_count", "The head"),
    ("foundation_count", "Appointed by the foundation"),
    ("coopted_count", "Co-opted"),
    ("council_count", "Appointed by the council"),
)


def proposal(reader: Reader) -> dict[str, Any]:
    return {
        "proposal": tuple(p for p in _proposal_words(reader) if p),
        "seats": _seats(reader),
        "limits": _limits(reader),
        "options": _options(reader),
        "gives_up": reader.own_words("case.paper.board_gives_up"),
    }


def _proposal_words(reader: Reader) -> Iterator[Md]:
    name, route = reader.value("school.identity.name"), reader.value("case.proposal.route")
    opening = reader.value("case.proposal.proposed_opening_on")
    category = reader.fact("case.proposal.joined_category")
    hub = reader.fact("case.proposal.hub")
    said = md("Route: **{}**. Proposed opening: **{}**.", route, opening)
    if category:
        said = joined([said, md("It would join as a {} academy.", category.value)])
    if hub:
        said = joined([said, md("Hub: {}.", hub.value)])
    yield md("{} would join the trust. {}", name, said)
    yield _body(reader)
    conflicts = [f for f in reader.assessment.findings if f.outcome is Outcome.CONFLICT]
    for finding in conflicts:
        yield md(
            "**One promise conflicts with another ({}).** {}",
            finding.id,
            what_we_saw(finding, reader.assessment),
        )
    considered = reader.fact("school.legal.equality_duty_considered_on")
    if considered:
        impact, done = (
            reader.value("school.legal.equality_impact"),
            reader.fact("school.legal.equality_impact_reduced_by"),
        )
        eased = f" {capital(str(done.value))}." if done else ""
        yield md("**Equality duty.** Considered on {}: {}.{}", day(considered.value), impact, eased)
    else:
        yield Md("**Equality duty.** Not evidenced: the board must consider it before it decides.")


def _body(reader: Reader) -> Md:
    seats = reader.fact("case.local_body.seats_proposed_count")
    if seats is None:
        return Md("The local governing body proposed is not evidenced.")
    now = reader.fact("school.governance.governors_count")
    before = f" It now has {now.value}." if now else ""
    return md("Its local governing body would have {} members.{}", seats.value, before)


_SEATS_NOW = {
    "trust_appointed_count": "",
    "parents_count": "parent_governors_count",
    "staff_count": "staff_governors_count",
    "head_count": "",
    "foundation_count": "foundation_governors_count",
    "coopted_count": "coopted_governors_count",
    "council_count": "council_governors_count",
}


def _seats(reader: Reader) -> Table | None:
    """The present body beside the one proposed, seat by seat."""
    if reader.fact("case.local_body.seats_proposed_count") is None:
        return None
    kinds = (
        (words, f"school.governance.{now}" if (now := _SEATS_NOW[name]) else "", f"case.local_body.{name}")
        for name, words in _BODY_SEATS
    )  # fmt: skip
    rows = [
        (words, reader.value(now, "not recorded"), reader.value(proposed, "none"))
        for words, now, proposed in kinds
        if reader.fact(now) or reader.fact(proposed)
    ]
    every = (
        "**All seats**",
        reader.value("school.governance.governors_count"),
        reader.value("case.local_body.seats_proposed_count"),
    )
    return table(("Seats", "Now", "Proposed"), [*rows, (Md(every[0]), *every[1:])], right=(1, 2))


def _limits(reader: Reader) -> Md:
    """Limits on the local body beyond the one the joining offer names: the trust's majority."""
    limits = reader.fact("case.local_body.delegation_limits")
    if limits is None or not limits.value:
        return Md("")
    return md(
        'The offer says autonomy is limited "only" by the trust\'s majority. The scheme of delegation also limits: {}.',
        listed(list(limits.value)),
    )


def _options(reader: Reader) -> Table | None:
    fact = reader.fact("case.options")
    if fact is None:
        return None
    rows = ((r.get("option", ""), r.get("for", ""), r.get("against", ""), r.get("result", "")) for r in fact.value)
    return table(("Option", "For", "Against", "Result"), rows)


def school_areas(reader: Reader, layout: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "sponsored": reader.value("case.proposal.route", "") == "sponsored",
        "context": reader.sourced(layout["context"]),
        "areas": tuple(_area(reader, area) for area in layout["areas"]),
    }


def _area(reader: Reader, area: Mapping[str, Any]) -> dict[str, Any]:
    facts = tuple(area.get("facts") or ())
    unknown = reader.unknown(facts)
    tables = [made for name in area.get("tables") or () if (made := _TABLES[name](reader)) is not None]
    return {
        "title": area["title"],
        "words": reader.sourced(facts),
        "tables": [t for made in tables for t in made],
        "unknown": md("Not evidenced: {}.", listed(unknown)) if unknown else Md(""),
        "findings": tuple(_finding_line(f, reader.assessment) for f in _found_in(reader.assessment, area)),
    }


def _found_in(assessment: Assessment, area: Mapping[str, Any]) -> list[Finding]:
    return [
        f for f in assessment.findings
        if f.principle.area in area["findings"] and f.principle.subject != "trust" and f.outcome in _SHORT
        and f.id.startswith("D")
    ]  # fmt: skip


def _finding_line(finding: Finding, assessment: Assessment) -> Md:
    return md(
        "**{} {}: {}.** {}",
        finding.id,
        finding.principle.name,
        short_outcome(finding).lower(),
        shortfall_words(finding, assessment),
    )


def _lines(finding: Finding, assessment: Assessment) -> Iterator[str]:
    for part in parts_of(finding.principle.criterion):
        if isinstance(part, Compare | Between | DatedWithin):
            line = line_for(part, assessment.facts, assessment.case.as_of)
            if line is not None and not isinstance(line.met, bool):
                yield threshold_words(part, line, assessment.library.dictionary)


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
    unpublished: Sequence[str] = (),
) -> Table | None:
    """Records as columns by year; a progress measure of a year without one was not published, not left out."""
    years = sorted((r for r in records if r.get("year")), key=lambda r: str(r["year"]))
    years = [_small_cohort_held_back(r) for r in years]
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


def _small_cohort_held_back(record: Record) -> Record:
    """A year whose cohort is so small that a share of it would tell of a child."""
    cohort = record.get("cohort_count")
    if not isinstance(cohort, int) or not 0 < cohort < _SMALL_COHORT:
        return record
    kept = {key: value for key, value in record.items() if key in ("year", "status")}
    return {**dict.fromkeys(record, "not shown"), **kept, "cohort_count": f"fewer than {_SMALL_COHORT}"}


def _cell(value: Any, shown: Any) -> str:
    if value is None:
        return "not evidenced"
    return shown(value) if isinstance(value, int | Decimal) else str(getattr(value, "reason", value))


def _whole(value: Any) -> str:
    return f"{value:,}"


_KS4 = (
    ("status", "", str),
    ("cohort_count", "pupils in cohort", _whole),
    ("attainment_8", "Attainment 8", decimal),
    ("grade_5_english_maths_share", "grade 5 or above in English and maths", percent),
    ("grade_4_english_maths_share", "grade 4 or above in English and maths", percent),
    ("progress_8", "Progress 8", str),
)
_KS2 = (
    ("status", "", str),
    ("cohort_count", "pupils in cohort", _whole),
    ("expected_share", "expected standard in reading, writing and maths", percent),
    ("higher_share", "higher standard", percent),
)


def _results(name: str, title: str, columns: Sequence[tuple[str, str, Any]]) -> Any:
    def made(reader: Reader) -> list[tuple[Md, Table | None]] | None:
        fact = reader.fact(f"school.education.{name}")
        gone = reader.fact(f"definition.{name}_progress_not_published")
        found = _by_year(fact.value, columns, title, gone.value if gone else ()) if fact else None
        return [(Md(""), found)] if found else None

    return made


def _budget(reader: Reader) -> list[tuple[Md, Table | None]] | None:
    fact = reader.fact("school.budget")
    columns = (
        ("status", "", str), ("income_gbp", "income", thousands), ("expenditure_gbp", "spending", thousands),
        ("in_year_balance_gbp", "in-year balance", thousands), ("reserve_gbp", "reserve at year end", thousands),
    )  # fmt: skip
    found = _by_year(fact.value, columns, "£000") if fact else None
    return [(reader_source(reader, "school.budget"), found)] if found else None


def _forecast(reader: Reader) -> list[tuple[Md, Table | None]] | None:
    fact = reader.fact("school.pupil_forecast")
    columns = (
        ("school_count", "school's forecast", _whole),
        ("council_count", "council's forecast", _whole),
        ("places_count", "places", _whole),
    )
    found = _by_year(fact.value, columns, "Pupils") if fact else None
    return [(Md("We test on the lower of the two forecasts."), found)] if found else None


def reader_source(reader: Reader, name: str) -> Md:
    fact = reader.fact(name)
    return md("Source: {}.", reader.from_where(fact)) if fact and reader.from_where(fact) else Md("")


_TABLES: Mapping[str, Any] = {
    "inspections": _inspections,
    "key stage 2": _results("key_stage_2", "Key stage 2", _KS2),
    "key stage 4": _results("key_stage_4", "Key stage 4", _KS4),
    "budget": _budget,
    "pupil forecast": _forecast,
}


def trust_side(reader: Reader, layout: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "trust_areas": _trust_areas(reader.assessment),
        "adds": _adds(reader),
        "takes": _takes(reader),
        "services": _services(reader),
        "after": table(("Measure", "Before", "After", "Line", "Outcome"), _after_rows(reader, layout["after"])),
        "term": reader.value("case.capacity.term", ""),
        "capacity": _capacity(reader),
        "capacity_says": _capacity_says(reader),
    }


def _trust_areas(assessment: Assessment) -> Table:
    """For each area of the growth principles: the strongest evidence and the gap the board should know."""
    growth = {p.id for pack in assessment.library.packs if pack.id == "growth" for p in pack.principles}
    rows = []
    for area in assessment.library.rules.areas:
        found = [
            f
            for f in assessment.findings
            if f.id in growth and f.principle.area == area and f.principle.subject != "school"
        ]
        if found:
            rows.append((capital(area), _strongest(found, assessment), _gap(found, assessment)))
    return table(("Area", "Strongest evidence", "Gap the board should know"), rows)


def _strongest(found: Sequence[Finding], assessment: Assessment) -> Md:
    met = [f for f in found if f.outcome is Outcome.MET]
    return _cited(met[0], assessment) if met else Md("None in evidence")


_SMALL_COHORT = 6
_GAP_ORDER = (Outcome.NOT_MET, Outcome.CONFLICT, Outcome.PARTLY_MET, Outcome.NOT_EVIDENCED)


def _gap(found: Sequence[Finding], assessment: Assessment) -> Md:
    gaps = sorted(
        (f for f in found if f.outcome in _GAP_ORDER),
        key=lambda f: (bool(follows_words(f, assessment)), _GAP_ORDER.index(f.outcome)),
    )
    if not gaps:
        return Md("None found")
    rest = [f.id for f in gaps[1:]]
    return joined([md("{}.", _cited(gaps[0], assessment)), md("Also {}.", listed(rest)) if rest else ""])


def _cited(finding: Finding, assessment: Assessment) -> Md:
    saw = what_we_saw(finding, assessment)
    return md("{} ({}, {})", saw.rstrip("."), finding.id, finding.outcome.value)


def _adds(reader: Reader) -> Md:
    days, offer = (
        reader.fact("school.contributes.days_offered_a_term"),
        reader.fact("school.contributes.written_offer_on"),
    )
    roles = reader.fact("school.contribution")
    if not (days or roles):
        return Md("What the school would contribute is not evidenced.")
    said = [md("The school offers {} days a term.", decimal(days.value))] if days else []
    if roles:
        named = [str(r["role"]) for r in roles.value if r.get("role")]
        said.append(md("Roles offered: {}.", listed(named)))
    said.append(md("Offered in writing on {}.", day(offer.value)) if offer else Md("No written offer is in evidence."))
    return joined(said)


def _takes(reader: Reader) -> Md:
    needed, cost = reader.fact("case.capacity.needed_days"), reader.fact("case.integration.cost_gbp")
    said = (
        [md("{} improvement days a term, after help that others pay for.", decimal(needed.value))]
        if needed
        else [Md("The improvement days it needs are not evidenced.")]
    )
    said.append(
        md("A one-off joining cost of {}.", reader.shown(cost)) if cost else Md("The cost of joining is not evidenced.")
    )
    return joined(said)


def _services(reader: Reader) -> Md:
    """What the school pays today for the same services beside the trust's charge: a saving, or an extra cost."""
    today, charge = (
        reader.fact("case.integration.services_replaced_gbp"),
        reader.fact("case.integration.central_charge_gbp"),
    )
    saving = reader.fact("case.services.saving_gbp")
    if not (today and charge and saving):
        return Md("What the school pays for the same services today, beside our charge, is not evidenced.")
    change = (
        f"It would save {money(saving.value)} a year."
        if saving.value >= 0
        else f"It would pay {money(-saving.value)} a year more, and should be told."
    )
    renewals = reader.fact("case.services.renewals_24_months_count")
    ends = "" if renewals is None else "ends" if renewals.value == 1 else "end"
    due = f" {plural(renewals.value, 'contract')} for such services {ends} within two years." if renewals else ""
    return md(
        "The school pays {} today for services our charge of {} would replace. {}{}",
        money(today.value),
        money(charge.value),
        change,
        due,
    )


def _after_rows(reader: Reader, lines: Sequence[Mapping[str, str]]) -> Iterator[tuple[Any, ...]]:
    for line in lines:
        finding = reader.assessment.finding(line["principle"]) if line.get("principle") else None
        limit = next(_lines_about(finding, line["after"], reader), "none set") if finding else "none set"
        outcome = short_outcome(finding) if finding else "For information"
        yield line["measure"], reader.value(line["before"]), reader.value(line["after"]), limit, outcome


def _lines_about(finding: Finding, name: str, reader: Reader) -> Iterator[str]:
    for part in parts_of(finding.principle.criterion):
        if isinstance(part, Compare | Between) and part.fact == name:
            line = line_for(part, reader.assessment.facts, reader.assessment.case.as_of)
            if line is not None:
                yield threshold_words(part, line, reader.dictionary)


def _capacity(reader: Reader) -> Table | None:
    days = reader.assessment.capacity
    if days is None:
        return None
    names = [s for s in dict.fromkeys((*days.available, *days.needed)) if days.available.get(s) or days.needed.get(s)]
    rows = [_capacity_row(capital(specialism_words(s)), days, (s,)) for s in names]
    rows.append(_capacity_row("**All days**", days, ()))
    heads = ("Specialism", "Available", "Kept back", "Promised", "School needs", "In use", "Left")
    return table(heads, rows, right=range(1, 7))


def _capacity_row(title: str, days: Any, names: tuple[str, ...]) -> tuple[Any, ...]:
    def of(amounts: Mapping[str, Decimal]) -> Decimal:
        return sum((d for s, d in amounts.items() if not names or s in names), Decimal(0))

    share = days.used_share(*names)
    amounts = (days.available, days.kept, days.promised, days.needed)
    in_use = percent(share) if share is not None else "no post"
    return (Md(title), *(decimal(of(a)) for a in amounts), in_use, decimal(days.free(*names) - days.in_use(*names)))


def _capacity_says(reader: Reader) -> Md:
    finding = reader.assessment.finding("P05")
    if finding is None:
        return Md("")
    lines = list(_lines(finding, reader.assessment))
    line = f" Line: {lines[0]}." if lines else ""
    return md("P05: **" + short_outcome(finding).lower() + "**. {}{}", what_we_saw(finding, reader.assessment), line)
