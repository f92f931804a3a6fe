"""The trust's reserves in the paper, year by year after the join: on each roll, and at each cost of joining."""

from collections.abc import Iterator, Sequence
from typing import Any

from clpt_growth.capacity.money import Money, YearEnd, money
from clpt_growth.capacity.reading import defined, records_of
from clpt_growth.capacity.school_money import PRUDENT, ROLLS, gap_met_by_others
from clpt_growth.model.fact import Fact
from clpt_growth.papers.markdown import Md, joined, md
from clpt_growth.papers.missing_words import missing_words, not_worked_out
from clpt_growth.papers.view import Reader, Table, finding_on, table
from clpt_growth.papers.wording import about, capital, day, listed, nearest_thousand, percent, share_in_column
from clpt_growth.papers.wording import money as pounds

_RESERVES = "case.after.reserves_share"


def money_side(reader: Reader) -> dict[str, Any]:
    found = money(reader.assessment.facts, as_of=reader.assessment.case.as_of)
    if found is None:
        return {
            "reserves": None, "reserves_says": _not_known(reader),
            "reserves_working": None, "reserves_assumed": Md(""),
        }  # fmt: skip
    others = tuple(_other_costs(found, reader))
    return {
        "reserves": _reserves(found),
        "reserves_says": _says(found, others, reader),
        "reserves_working": _working(found, others),
        "reserves_assumed": _assumed(found, reader),
    }


# "low" or "high", with the money at that cost of joining.
_Others = Sequence[tuple[str, Money]]


def our_reserves(reader: Reader) -> str:
    """Where the trust's reserves stand and where they would be at their lowest, beside that year without the school.

    The years are those P06a is decided on: from the one in which joining is first paid for.
    """
    facts, before = reader.assessment.facts, reader.fact("trust.finance.reserves_share")
    found = money(facts, as_of=reader.assessment.case.as_of, rolls=(PRUDENT,))
    if found is None or before is None:
        return "Our reserves with the school cannot be worked out yet."
    year, lowest = found.lowest.year, found.lowest
    without = found.without_in(year)
    return (
        f"Our reserves were {percent(before.value)} of income at our last accounts; at their lowest in any year looked "
        f"at, {year}, they would be {percent(lowest.share)}, and without the school that year {percent(without.share)}."
    )


def school_losses(reader: Reader) -> str:
    """What the school's own books take out of the trust's reserves after joining, or add to them, on the prudent roll.

    Pounds to the nearest thousand each year, so that the sum is that of the figures in annex C.
    """
    found = money(reader.assessment.facts, as_of=reader.assessment.case.as_of, rolls=(PRUDENT,))
    if found is None:
        return "What the school's own books would take out of reserves after joining is not evidenced."
    years = found.joined
    taken = -sum(nearest_thousand(y.in_year_gbp) for y in years)
    if not taken:
        return f"The school's own books would then neither add to our reserves nor take from them, {_span(years)}."
    did = f"take {pounds(taken)} more out of" if taken > 0 else f"add {pounds(-taken)} to"
    return f"The school's own books would then {did} our reserves, {_span(years)}, on the prudent roll."


def _span(years: Sequence[YearEnd]) -> str:
    return f"{years[0].year} to {years[-1].year}" if len(years) > 1 else f"in {years[0].year}"


def _books_balance(found: Money) -> str:
    """When the school first takes nothing out of reserves, and whether it stays so."""
    first = found.balances_in
    if first is None:
        years = _span(found.joined)
        return f"The school's own books, our charge paid, do not balance in any year looked at, {years}, prudent roll."
    again = [y.year for y in found.joined if y.year > first and y.in_year_gbp < 0]
    later = f", and not in {listed(again)}" if again else ""
    return f"The school's own books, our charge paid, first balance in {first}, prudent roll{later}."


def _rolls_alike(found: Money, reader: Reader) -> str:
    """Why the three rolls come out the same, where they do."""
    if any(found.on_roll[roll] != found.on_roll[PRUDENT] for roll in ROLLS):
        return ""
    forecast = records_of(reader.assessment.facts, "school.pupil_forecast") or ()
    if not any(isinstance(r.get("school_count"), int) and isinstance(r.get("council_count"), int) for r in forecast):
        return "The three rolls are the same, because only one forecast of pupils is in evidence."
    return (
        "The three rolls are the same, because a year is paid for by the count of the autumn before it, and none of "
        "these years rests on a count for which the forecasts differ."
    )


def _reserves(found: Money) -> Table:
    """The trust without the school, then with it on each roll; the lowest year of each is marked."""
    years = [y.year for y in found.without]
    rows = [("Without the school", *map(_amount, found.without))]
    rows += [(f"{capital(roll)} roll", *_amounts(found.on_roll[roll])) for roll in ROLLS]
    return table(("Reserves at 31 August, and share of income", *years), rows, right=range(1, len(years) + 1))


def _working(found: Money, others: _Others) -> Table:
    """What the school adds to each year on each roll, and the prudent roll at either end of the cost of joining."""
    years = [y.year for y in found.without]
    gap = f" after a private finance gap of {pounds(found.pfi_gap_gbp)} a year" if found.pfi_gap_gbp else ""
    rows = [
        (f"The school's balance{gap}, {roll} roll", *(about(y.in_year_gbp) for y in found.on_roll[roll]))
        for roll in ROLLS
    ]
    rows += [
        (
            f"Reserves, prudent roll, {word} cost of joining ({pounds(tried.cost_gbp)})",
            *_amounts(tried.on_roll[PRUDENT]),
        )
        for word, tried in others
    ]
    return table(("The working, by year", *years), rows, right=range(1, len(years) + 1))


def _other_costs(found: Money, reader: Reader) -> Iterator[tuple[str, Money]]:
    """The prudent roll again at either end of the cost of joining, where a range was given."""
    cost = reader.fact("case.integration.cost_gbp")
    for word, end in (("low", cost and cost.low), ("high", cost and cost.high)):
        if isinstance(end, int) and end != found.cost_gbp:
            facts, as_of = reader.assessment.facts, reader.assessment.case.as_of
            tried = money(facts, as_of=as_of, cost_gbp=end, rolls=(PRUDENT,))
            if tried is not None:
                yield word, tried


def _amounts(years: Sequence[YearEnd]) -> Iterator[Any]:
    lowest = min(years, key=lambda y: y.share)
    return (md("**{}**", _amount(y)) if y is lowest else _amount(y) for y in years)


def _amount(year: YearEnd) -> str:
    return f"{about(year.reserves_gbp)} ({share_in_column(year.share)})"


def _says(found: Money, others: _Others, reader: Reader) -> Md:
    facts = reader.assessment.facts
    finding = finding_on(_RESERVES, reader.assessment)
    said = [
        md(
            f"{finding.id} is decided on the lowest year of the prudent roll: {{}}, {{}} or {{}} of income."
            if finding
            else "Reserves after joining are lowest, on the prudent roll, in {}: {} or {} of income.",
            found.lowest.year,
            about(found.lowest.reserves_gbp),
            percent(found.lowest.share),
        )
    ]
    minimum, room = facts.get("trust.policy.reserves_minimum_share"), facts.get("case.after.reserves_over_minimum_gbp")
    if minimum is not None and minimum.applies and room is not None:
        words = "{} above it" if room.value >= 0 else "{} below it"
        said.append(md("The board's own minimum is {}: " + words + ".", percent(minimum.value), about(abs(room.value))))
    for word, tried in others:
        said.append(
            md("At the " + word + " cost of joining, {}: {}.", pounds(tried.cost_gbp), percent(tried.lowest.share))
        )
    return joined([*said, _books_balance(found), _rolls_alike(found, reader), *_private_finance(found, reader)])


def _assumed(found: Money, reader: Reader) -> Md:
    facts = reader.assessment.facts
    funded = facts.get("case.integration.funded_gbp")
    said = [
        md("The cost of joining is taken as {}.", pounds(found.cost_gbp)),
        md("{} found for it is taken off.", pounds(funded.value))
        if funded is not None and funded.applies and funded.value
        else Md("No money found for it is counted."),
        md("The school is expected to bring a deficit of {}.", about(-found.brought_gbp))
        if found.brought_gbp
        else Md("No balance is counted as coming with the school."),
        *_private_finance(found, reader),
        md(
            "Forecasts are to the nearest £1,000. The school's figures are brought to the trust's year month by month; "
            "{} of income for each pupil follows the pupil, a year late (a judgement); the centre is taken to spend "
            "its charge and no more.",
            percent(defined(facts, "income_share_that_follows_pupils")),
        ),
    ]
    return joined(said)


def _private_finance(found: Money, reader: Reader) -> Iterator[Md]:
    """What is counted of the gap on a private finance building, and why."""
    building, met_by = reader.fact("school.buildings.pfi"), reader.fact("school.buildings.pfi_affordability_gap_met_by")
    if building is None or not building.value:
        return
    if met_by is not None and gap_met_by_others(reader.assessment.facts):
        yield md(
            "The gap on the private finance contract is not counted, because {} has agreed to meet it.", met_by.value
        )
    else:
        ends = reader.fact("school.buildings.pfi_ends_on")
        yield md(
            "A gap of {} a year on the private finance contract is counted from joining{}, because {}.",
            pounds(found.pfi_gap_gbp),
            f" until the building is handed back on {day(ends.value)}" if ends else "",
            _who_meets(met_by),
        )


def _who_meets(met_by: Fact | None) -> str:
    if met_by is None:
        return "nobody is in evidence as having agreed to meet it"
    return "nobody has agreed to meet it" if met_by.value == "not agreed" else f"{met_by.value} is to meet it"


def _not_known(reader: Reader) -> Md:
    finding = finding_on(_RESERVES, reader.assessment)
    waits = missing_words(finding, reader.assessment) if finding else not_worked_out(_RESERVES, reader.assessment)
    return md("The trust's reserves after joining cannot be worked out yet. {}", waits)
