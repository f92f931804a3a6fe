"""The support plan in words: for the board paper, for the school, and on the screen."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from textwrap import wrap
from typing import Any

from clpt_growth.capacity.offers import lines_for, stands_behind
from clpt_growth.capacity.support import Gift, Helper, NeedCover, SupportPlan, TermRow, support_plan
from clpt_growth.capacity.terms import term_of
from clpt_growth.model.finding import Assessment
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.principle import Effect, Offer
from clpt_growth.papers.findings_words import missing_label, what_we_saw
from clpt_growth.papers.markdown import Md, md
from clpt_growth.papers.screen import WIDTH, headed
from clpt_growth.papers.view import Reader, Table, table
from clpt_growth.papers.wording import (
    TO_COMPLETE,
    capital,
    day,
    decimal,
    listed,
    lowered,
    money,
    noun,
    plural,
    rounded,
    sentence,
    specialism_words,
)

TEMPLATE = "support-plan.md.jinja"
_HEADS = ("Priority", "Need", "Who would help", "Days a term, year 1", "Covered?", "How we will know")


def support_view(assessment: Assessment, plan: SupportPlan | None) -> dict[str, Any]:
    """What the support plan's template is given; it holds nothing the school may not read."""
    reader = Reader(assessment)
    return {
        "title": md(
            "{}: what {} would do, and by when",
            reader.value("school.identity.name", "The school"),
            reader.value("trust.identity.name", "the trust"),
        ),
        "as_of": day(assessment.case.as_of),
        "summary": summary(plan, assessment),
        "needs": needs_table(plan) if plan else None,
        "review": _review(assessment),
        "terms": terms_table(plan) if plan else None,
        "taper": _taper(plan),
        "uncovered": (*_uncovered(plan), *_running_out(plan)) if plan else (),
        "suggested": suggested(assessment, cited=False),
        "gives": tuple(_gives(plan, _without_the_academy)) if plan else (),
        "promises": tuple(promises(assessment, cited=False)),
        "cost": _cost(plan),
    }


def support_side(assessment: Assessment, layout: Mapping[str, Any]) -> dict[str, Any]:
    """What the board paper says of the plan and of the trust's promises."""
    plan = support_plan(assessment.facts, as_of=assessment.case.as_of)
    return {
        "support_says": summary(plan, assessment),
        "support": needs_table(plan) if plan else None,
        "support_review": _review(assessment),
        "support_uncovered": (*_uncovered(plan), *_running_out(plan)) if plan else (),
        "support_cost": _cost(plan, _cost_from(Reader(assessment))),
        "suggested": suggested(assessment),
        "promised": table(
            ("Promises in our joining offer", "Result so far", "Coverage"), _promised(assessment, layout)
        ),
        "unkept": tuple(_unkept(assessment)),
    }


def suggested(assessment: Assessment, *, cited: bool = True) -> Md:
    """Needs that findings imply and the school's list does not name: suggested, never added.

    The board reads the findings by their ids, the school by their names.
    """
    fact = assessment.facts.get("school.needs")
    named = {str(n.get("line")) for n in fact.value} if fact is not None and fact.applies else set()
    short = (Outcome.NOT_MET, Outcome.PARTLY_MET)
    found: dict[str, list[str]] = {}
    for finding in assessment.findings:
        need = finding.principle.need
        if need and need not in named and finding.outcome in short:
            found.setdefault(need, []).append(finding.id if cited else lowered(finding.principle.name))
    by = "" if cited else "what we saw of "
    said = (f"{specialism_words(need)} (from {by}{listed(seen)})" for need, seen in found.items())
    return md("{}.", "; ".join(said)) if found else Md("")


def _promised(assessment: Assessment, layout: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for row in layout["promises"]:
        own = [r for r in assessment.ratings if r.pack == "offer" and r.area in row["areas"]]
        weight = sum(r.weight_evidenced for r in own)
        points = sum((r.points for r in own), Decimal(0))
        tests, evidenced = sum(r.tests for r in own), sum(r.tests_evidenced for r in own)
        if tests:
            yield (
                row["title"],
                f"{rounded(points)} of {weight}" if weight else "no rating",
                f"{evidenced} of {tests}",
            )


def _unkept(assessment: Assessment) -> Iterator[Md]:
    """Promises to put right before the school decides; lighter ones are in annex B with the rest."""
    ids = {p.id for pack in assessment.library.packs if pack.id == "offer" for p in pack.principles}
    for finding in assessment.findings:
        bad = finding.outcome is Outcome.NOT_MET and finding.principle.effect in (
            Effect.GATE,
            Effect.CONDITION,
        )
        if finding.id in ids and (bad or finding.outcome is Outcome.CONFLICT):
            yield md(
                "**{} {}: {}.** {}",
                finding.id,
                finding.principle.name,
                finding.outcome.value,
                what_we_saw(finding, assessment),
            )


def summary(plan: SupportPlan | None, assessment: Assessment) -> Md:
    if plan is None:
        return md("There is no plan yet: no evidence of {}.", missing_label("school.needs", assessment))
    if not plan.needs:
        return Md("The school names no needs.")
    partly = sum(1 for n in plan.needs if n.cover == "partly covered")
    words = f"{plan.covered} of {plural(len(plan.needs), 'need')} covered"
    words += f", {partly} in part" if partly else ""
    untold = "" if plan.help_told else " What others already pay for is not in evidence, and none of it is counted."
    return md("{}.{}{}", words, _first_term(plan), untold)


def _first_term(plan: SupportPlan) -> str:
    """Days with somebody named and days with nobody, apart; none of it while a need names no days."""
    first = plan.terms[0]
    days, covered = _total(first.days), _total(first.covered)
    if days is None or covered is None:
        return ""
    split = f"{decimal(covered)} {noun(covered, 'has', 'have')} somebody named"
    nobody = days - covered
    split += f" and {decimal(nobody)} {noun(nobody, 'has', 'have')} nobody" if nobody else ""
    return f" Of {plural(days, 'day')} needed in {first.term}, the first term, {split}."


def needs_table(plan: SupportPlan) -> Table:
    rows = (
        (
            str(n.need.get("priority", "")), capital(str(n.need.get("need", ""))), helpers_words(n),
            decimal(n.days) if n.days is not None else "not evidenced", _cover(n),
            _success(n),
        )
        for n in plan.needs
    )  # fmt: skip
    return table(_HEADS, rows, right=(3,))


def _review(assessment: Assessment) -> str:
    return f"Each is reviewed at the end of {_year_end(assessment)}."


def _year_end(assessment: Assessment) -> str:
    opening = assessment.facts.get("case.proposal.proposed_opening_on")
    first = term_of(opening.value if opening is not None and opening.applies else assessment.case.as_of)
    last = first._replace(academic_year=first.academic_year + (first.position > 0), position=(first.position + 2) % 3)
    return str(last)


def _success(cover: NeedCover) -> Any:
    said = cover.need.get("success")
    return capital(str(said)) if isinstance(said, str) else Md(f"*{TO_COMPLETE[:15]} ........*")


def helpers_words(cover: NeedCover) -> str:
    return "; ".join(_helper(h) for h in cover.helpers) if cover.helpers else "nobody named"


def _helper(helper: Helper) -> str:
    until = f", paid for by others until {helper.until}" if helper.until else ""
    return f"{helper.who} ({_days_words(helper.days)}{until})"


def _days_words(days: Decimal) -> str:
    return plural(days, "day")


def _cover(cover: NeedCover) -> str:
    return capital(cover.cover) + (f", {_days_words(cover.short)} short" if cover.short and cover.helpers else "")


def _uncovered(plan: SupportPlan) -> Iterator[Md]:
    for cover in plan.needs:
        if cover.cover != "covered":
            yield md("**{}.** {}", capital(str(cover.need.get("need", ""))), cover.reason)


def _running_out(plan: SupportPlan) -> Iterator[Md]:
    """Help others pay for that ends inside the two years."""
    last = plan.terms[-1].term
    for need, helper in ((n.need, h) for n in plan.needs for h in n.helpers if h.until and h.until < last):
        yield md(
            "**{}.** Help from {} ({}) is paid for until {}; nobody is named for it after that.",
            capital(str(need.get("need", ""))), helper.who, _days_words(helper.days), helper.until,
        )  # fmt: skip


def terms_table(plan: SupportPlan) -> Table:
    """Days a term for two years, from opening; the second year tapers."""
    heads = ("Need", *(capital(str(row.term)) for row in plan.terms))
    rows = [
        (capital(str(n.need.get("need", ""))), *(_days(row.days[i]) for row in plan.terms))
        for i, n in enumerate(plan.needs)
    ]
    rows.append(("All needs", *(_days(_total(row.days)) for row in plan.terms)))
    rows.append(("Of these, somebody is named for", *(_days(_total(row.covered)) for row in plan.terms)))
    rows.append(("Nobody is named for", *(_days(_nobody(row)) for row in plan.terms)))
    return table(heads, rows, right=range(1, len(heads)))


def _total(days: tuple[Decimal | None, ...]) -> Decimal | None:
    return None if None in days else sum((d for d in days if d is not None), Decimal(0))


def _nobody(row: TermRow) -> Decimal | None:
    days, covered = _total(row.days), _total(row.covered)
    # Of the figures as they are printed, so that the rows add up.
    return None if days is None or covered is None else rounded(days) - rounded(covered)


def _days(days: Decimal | None) -> str:
    return "not evidenced" if days is None else decimal(days)


def _taper(plan: SupportPlan | None) -> Md:
    if plan is None or plan.second_year_share is None:
        return Md("The second year cannot be given: the school's category of need is not in evidence.")
    return md(
        "In the second year days fall to {}% of the first: a judgement, for the school's category of need.",
        decimal(plan.second_year_share * 100),
    )


def _with_the_academy(gift: Gift) -> str:
    return gift.meets


def _without_the_academy(gift: Gift) -> str:
    """What a present academy needs is not for another school to read."""
    return "a need of a present academy" if gift.meets else ""


def _gives(plan: SupportPlan, met_by: Callable[[Gift], str]) -> Iterator[str]:
    for gift in plan.gives:
        days = f", {_days_words(gift.days)} a term" if gift.days is not None else ""
        meets = f", for {met_by(gift)}" if gift.meets else ""
        yield f"{capital(gift.role)}{days}{meets}"
    if plan.gives_nothing_because:
        yield plan.gives_nothing_because


def _cost_from(reader: Reader) -> str:
    """Where the cost of a day is from: the board may know, and the school needs not."""
    register = reader.fact("trust.offers")
    return reader.from_where(register) if register is not None else ""


def _cost(plan: SupportPlan | None, source: str = "") -> str:
    if plan is None:
        return ""
    cost = plan.year_one_cost_gbp
    days = listed(
        f"{plural(days, 'day')} at {money(each)}"
        for each, days in plan.year_one_days_by_cost.items()
        if each is not None
    )
    said = (
        f"The trust's days in year one are worth {money(cost)}: {days} a day{f' ({source})' if source else ''}."
        if cost is not None
        else "The cost of year one is not evidenced: a day on some line has no cost."
    )
    ours = [h for n in plan.needs for h in n.helpers if h.until is None]
    second = plan.year_two_cost_gbp
    later = f" In year two, with fewer days, {money(second)}." if second is not None and ours else ""
    return f"{said}{later} {_who_pays(ours)}" if ours else "No days of the trust's are matched yet."


def _who_pays(ours: list[Helper]) -> str:
    """Within the charge only where every line says so."""
    extra = listed(dict.fromkeys(h.who for h in ours if h.paid_by == "extra"))
    unsaid = listed(dict.fromkeys(h.who for h in ours if not h.paid_by))
    words = [f"Charged to the school beside the central charge: {extra}."] if extra else []
    words += [f"Who pays is not in evidence for: {unsaid}."] if unsaid else []
    return " ".join(words) or "They are within the trust's charge; nothing is billed apart."


def promises(assessment: Assessment, *, cited: bool = True) -> Iterator[Md]:
    """ "We offer X" only where something stands behind X today, with days to spare."""
    for finding in assessment.findings:
        criterion = finding.principle.criterion
        if isinstance(criterion, Offer) and finding.outcome is Outcome.MET and finding.decided_by is None:
            by = md(" ({})", finding.id) if cited else Md("")
            yield md("We offer {}{}.", listed(_standing(criterion.line, assessment)), by)


def _standing(line: str, assessment: Assessment) -> Iterator[str]:
    """What the register says is offered on a line, of that which stands behind it; each once."""
    facts, as_of = assessment.facts, assessment.case.as_of
    offers = lines_for(facts["trust.offers"].value, line, facts)
    return iter(dict.fromkeys(str(o["offer"]) for o in offers if stands_behind(o, facts, as_of)))


def support_screen(assessment: Assessment, plan: SupportPlan | None) -> str:
    """The plan on one screen of 80 columns."""
    reader = Reader(assessment)
    name = reader.value("school.identity.name", "The school")
    parts = [wrap(f"{name}: support plan, as at {day(assessment.case.as_of)}", WIDTH)]
    parts.append(list(headed("COVER", str(summary(plan, assessment)))))
    if plan is not None:
        parts.append([line for n in plan.needs for line in _need_lines(n)])
        parts.append(list(headed("YEAR TWO", str(_taper(plan)))))
        gives = enumerate(_gives(plan, _with_the_academy))
        parts.append([line for n, words in gives for line in headed("" if n else "GIVES", words)])
        parts.append(list(headed("COST", _cost(plan))))
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _need_lines(cover: NeedCover) -> Iterator[str]:
    need = capital(str(cover.need.get("need", "")))
    days = f"{_days_words(cover.days)} a term" if cover.days is not None else "days not evidenced"
    yield from headed(f"  {cover.need.get('priority', '')}", f"{need}: {days}: {_cover(cover).lower()}", indent=5)
    words = helpers_words(cover) if cover.helpers else sentence(cover.reason)
    yield from headed("", words, indent=7)
