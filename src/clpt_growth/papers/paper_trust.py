"""The trust beside the school: its principles, what the school adds and takes, before and after, the days."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from clpt_growth.judging.findings import parts_of
from clpt_growth.judging.margins import line_for
from clpt_growth.model.finding import Assessment, Finding
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.principle import Between, Compare, DatedWithin
from clpt_growth.papers.findings_words import follows_words, short_outcome, what_we_saw
from clpt_growth.papers.lines_words import threshold_words
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
)


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


def _lines(finding: Finding, assessment: Assessment) -> Iterator[str]:
    for part in parts_of(finding.principle.criterion):
        if isinstance(part, Compare | Between | DatedWithin):
            line = line_for(part, assessment.facts, assessment.case.as_of)
            if line is not None and not isinstance(line.met, bool):
                yield threshold_words(part, line, assessment.library.dictionary)
