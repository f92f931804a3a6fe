"""The support plan in words: for the board paper, for the school, and on the screen."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from clpt_growth.capacity.gifts import Gift
from clpt_growth.capacity.matching import Helper
from clpt_growth.capacity.offers import lines_for, stands_behind
from clpt_growth.capacity.support import SupportPlan, support_plan
from clpt_growth.capacity.travel import within_travel
from clpt_growth.model.criterion import AllOf, AnyOf, Conflict, Criterion, Effect, Offer
from clpt_growth.model.fact import Record
from clpt_growth.model.finding import Assessment, Finding
from clpt_growth.model.nought import NOUGHT
from clpt_growth.model.outcome import SHORT, Outcome
from clpt_growth.papers.findings_words import what_we_saw
from clpt_growth.papers.governance_words import body_says, seats
from clpt_growth.papers.markdown import Md, md
from clpt_growth.papers.missing_words import missing_label
from clpt_growth.papers.need_words import (
    days_words,
    needs_table,
    taken_over,
    terms_table,
    total,
    uncovered,
)
from clpt_growth.papers.services_words import services
from clpt_growth.papers.view import Reader, table
from clpt_growth.papers.wording import (
    capital,
    day,
    decimal,
    listed,
    lowered,
    money,
    noun,
    plural,
    rounded,
    specialism_words,
)

TEMPLATE = "support-plan.md.jinja"
_REVIEW = (
    "Severe needs, and those whose help falls short, are reviewed first, and none later than the end of help that "
    "others pay for: a judgement."
)


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
        "needs": needs_table(plan) if plan and plan.needs else None,
        "review": _REVIEW,
        "terms": terms_table(plan) if plan and plan.needs else None,
        "taper": taper(plan),
        "uncovered": tuple(uncovered(plan)) if plan else (),
        "taken_over": tuple(taken_over(plan)) if plan else (),
        "suggested": suggested(assessment, cited=False),
        "gives": tuple(gives_words(plan, without_the_academy)) if plan else (),
        "promises": tuple(promises(assessment, cited=False)),
        "out_of_reach": listed(out_of_reach(assessment)),
        "cost": cost_of(plan),
        "seats": seats(reader),
        "body_says": body_says(reader),
        "conflicts": tuple(_conflicts(assessment)),
        "services": services(reader),
    }


def _conflicts(assessment: Assessment) -> Iterator[Md]:
    """Promises to this school that cannot both be kept, in the words of the principle alone."""
    for finding in assessment.findings:
        if finding.outcome is Outcome.CONFLICT:
            for conflict in _conflicts_in(finding.principle.criterion):
                yield md("{}; but {}. {}", capital(conflict.promises[0]), conflict.promises[1], conflict.because)


def _conflicts_in(criterion: Criterion) -> Iterator[Conflict]:
    if isinstance(criterion, Conflict):
        yield criterion
    elif isinstance(criterion, AllOf | AnyOf):
        for part in criterion.parts:
            yield from _conflicts_in(part)


def support_side(assessment: Assessment, layout: Mapping[str, Any]) -> dict[str, Any]:
    """What the board paper says of the plan and of the trust's promises."""
    plan = support_plan(assessment.facts, as_of=assessment.case.as_of)
    return {
        "support_says": summary(plan, assessment),
        "support": needs_table(plan) if plan and plan.needs else None,
        "support_review": _REVIEW,
        "support_uncovered": (*uncovered(plan), *taken_over(plan)) if plan else (),
        "support_cost": cost_of(plan, _cost_from(Reader(assessment))),
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
    by = "" if cited else "what we saw of "
    said = (
        f"{specialism_words(line)} (from {by}{listed(f.id if cited else lowered(f.principle.name) for f in found)})"
        for line, found in implied(assessment).items()
    )
    words = "; ".join(said)
    return md("{}.", words) if words else Md("")


def implied(assessment: Assessment) -> Mapping[str, tuple[Finding, ...]]:
    """Findings that fall short and imply a need, by its line, where the school's list names none on that line."""
    fact = assessment.facts.get("school.needs")
    named = {str(n.get("line")) for n in fact.value} if fact is not None and fact.applies else set()
    found: dict[str, tuple[Finding, ...]] = {}
    for finding in assessment.findings:
        need = finding.principle.need
        if need and need not in named and finding.outcome in SHORT:
            found[need] = (*found.get(need, ()), finding)
    return found


def _promised(assessment: Assessment, layout: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for row in layout["promises"]:
        own = [r for r in assessment.ratings if r.pack == "offer" and r.area in row["areas"]]
        weight = sum(r.weight_evidenced for r in own)
        points = sum((r.points for r in own), NOUGHT)
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
        clash = finding.outcome is Outcome.CONFLICT
        if finding.id in ids and (bad or clash):
            saw = "Section 5 says which promises cannot both be kept." if clash else what_we_saw(finding, assessment)
            yield md("**{} {}: {}.** {}", finding.id, finding.principle.name, finding.outcome.value, saw)


def summary(plan: SupportPlan | None, assessment: Assessment) -> Md:
    if plan is None:
        return md("There is no plan yet. Not evidenced: {}.", missing_label("school.needs", assessment))
    if not plan.needs:
        return Md("The school names no needs.")
    partly = sum(1 for n in plan.needs if n.cover == "partly covered")
    words = f"{plan.covered} of {plural(len(plan.needs), 'need')} covered"
    words += f", {partly} in part" if partly else ""
    untold = "" if plan.help_told else " What others already pay for is not in evidence, and none of it is counted."
    return md("{}.{}{}{}", words, _first_term(plan), _counted_from(plan), untold)


def _first_term(plan: SupportPlan) -> str:
    """Days with somebody named and days with nobody, apart; none of it while a need names no days."""
    first = plan.terms[0]
    days, covered = total(first.days), total(first.covered)
    if days is None or covered is None:
        return ""
    split = f"{decimal(covered)} {noun(covered, 'has', 'have')} somebody named"
    nobody = days - covered
    split += f" and {decimal(nobody)} {noun(nobody, 'has', 'have')} nobody" if nobody else ""
    when = f"{first.term}, the first term" if plan.opening_told else "the first term"
    return f" Of {plural(days, 'day')} needed in {when}, {split}."


def _counted_from(plan: SupportPlan) -> str:
    """Where the opening date is not in evidence, its terms are no forecast of when."""
    if plan.opening_told:
        return ""
    return (
        f" The opening date is not evidenced: terms are counted from {plan.terms[0].term}, the term of this assessment,"
        " and no review can be dated."
    )


def taper(plan: SupportPlan | None) -> Md:
    if plan is None or plan.second_year_share is None:
        return Md("The second year cannot be given: the school's category of need is not in evidence.")
    return md(
        "In the second year days fall to {}% of the first: a judgement, for the school's category of need.",
        decimal(plan.second_year_share * 100),
    )


def with_the_academy(gift: Gift) -> str:
    return gift.meets


def without_the_academy(gift: Gift) -> str:
    """What a present academy needs is not for another school to read."""
    return "a need of a present academy" if gift.meets else ""


def gives_words(plan: SupportPlan, met_by: Callable[[Gift], str]) -> Iterator[str]:
    for gift in plan.gives:
        days = f", {days_words(gift.days)} a term" if gift.days is not None else ", days not evidenced"
        since = f" from {gift.since}" if gift.since else ""
        meets = f", for {met_by(gift)}" if gift.meets else ""
        none = "" if gift.meets or plan.gives_nothing_because else "; no present academy is known to need it yet"
        yield f"{capital(gift.role)}{days}{since}{meets}{none}"
    if plan.gives_nothing_because:
        yield plan.gives_nothing_because


def _cost_from(reader: Reader) -> str:
    """Where the cost of a day is from: the board may know, and the school needs not."""
    register = reader.fact("trust.offers")
    return reader.from_where(register) if register is not None else ""


def cost_of(plan: SupportPlan | None, source: str = "") -> str:
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
    later = f" In year two, {money(second)}." if second is not None and ours else ""
    return f"{said}{later} {_who_pays(ours)}" if ours else "No days of the trust's are matched yet."


def _who_pays(ours: list[Helper]) -> str:
    """Within the charge only where every line says so."""
    extra = listed(dict.fromkeys(h.who for h in ours if h.paid_by == "extra"))
    unsaid = listed(dict.fromkeys(h.who for h in ours if not h.paid_by))
    words = [f"Charged to the school beside the central charge: {extra}."] if extra else []
    words += [f"Who pays is not in evidence for: {unsaid}."] if unsaid else []
    return " ".join(words) or "They are within the trust's charge; nothing is billed separately."


def promises(assessment: Assessment, *, cited: bool = True) -> Iterator[Md]:
    """ "We offer X" only where something stands behind X today, with days to spare, near enough to this school."""
    for finding, line in _kept(assessment):
        by = md(" ({})", finding.id) if cited else Md("")
        if offered := [str(o["offer"]) for o in _standing(line, assessment) if not _too_far(o, assessment)]:
            yield md("We offer {}{}.", listed(dict.fromkeys(offered)), by)


def out_of_reach(assessment: Assessment) -> tuple[str, ...]:
    """What stands behind the offer and is not shown to be near enough to this school, in the register's words."""
    found = (o for _, line in _kept(assessment) for o in _standing(line, assessment) if _too_far(o, assessment))
    return tuple(dict.fromkeys(str(offer["offer"]) for offer in found))


def _kept(assessment: Assessment) -> Iterator[tuple[Finding, str]]:
    """Lines of the offer met by their evidence; a judgement is not capability."""
    for finding in assessment.findings:
        criterion = finding.principle.criterion
        if isinstance(criterion, Offer) and finding.outcome is Outcome.MET and finding.decided_by is None:
            yield finding, criterion.line


def _standing(line: str, assessment: Assessment) -> Iterator[Record]:
    """What the register holds on a line, of that which stands behind it."""
    facts, as_of = assessment.facts, assessment.case.as_of
    return (o for o in lines_for(facts["trust.offers"].value, line, facts) if stands_behind(o, facts, as_of))


def _too_far(offer: Record, assessment: Assessment) -> bool:
    """Those who work in the school itself travel no further than the plan lets anybody who helps with a need."""
    return within_travel(offer, assessment.facts) is not True
