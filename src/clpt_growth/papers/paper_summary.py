"""The summary on one page: five facts the board must know, and how the trust stands against its principles."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from clpt_growth.capacity.money_measures import RESERVE_ON_JOINING
from clpt_growth.model.finding import Assessment, Finding, Rating
from clpt_growth.model.ledger import ALL_DAYS
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.rules import Band
from clpt_growth.papers.findings_words import what_we_saw
from clpt_growth.papers.markdown import Md, joined, md
from clpt_growth.papers.missing_words import not_worked_out
from clpt_growth.papers.paper_money import our_reserves, school_losses
from clpt_growth.papers.present_trust import present_trust_words
from clpt_growth.papers.screen import gates_of, turn_words
from clpt_growth.papers.view import Reader, Table, finding_on, table, without_post
from clpt_growth.papers.wording import (
    NOT_EVIDENCED,
    about,
    capital,
    day,
    listed,
    lowered,
    money,
    noun,
    number_word,
    percent,
    plural,
    rounded,
    sentence,
    specialism_words,
)

_ROOM = "case.after.reserves_over_minimum_gbp"


def summary(reader: Reader) -> dict[str, Any]:
    """Five facts in words, and the growth principles by area with how a result reads."""
    found = growth_ratings(reader.assessment)
    rules = reader.assessment.library.rules
    return {
        "five_facts": tuple(_five_facts(reader)),
        "standing_title": _standing_title(found),
        "standing": standing(found),
        "standing_points": points_words(rules.points),
        "standing_bands": bands_words(rules.bands),
    }


def _five_facts(reader: Reader) -> Iterator[tuple[Md, Md]]:
    yield Md("The outcome"), _outcome_fact(reader.assessment)
    yield Md("The money"), _money_fact(reader)
    yield Md("Safeguarding"), _safeguarding_fact(reader)
    yield Md("Capacity"), _capacity_fact(reader)
    yield Md("The biggest unknown"), _unknown_fact(reader.assessment)


def _outcome_fact(assessment: Assessment) -> Md:
    found = [f.outcome for f in gates_of(assessment)]
    number = {o: found.count(o) for o in Outcome}
    words = (
        f"{plural(number[Outcome.MET], 'gate is', 'gates are')} met, {number[Outcome.PARTLY_MET]} partly met, "
        f"{number[Outcome.NOT_MET]} not met and {number[Outcome.NOT_EVIDENCED]} without evidence."
    )
    if away := number[Outcome.NOT_APPLICABLE]:
        words += f" {capital(number_word(away))} {noun(away, 'does', 'do')} not apply."
    return Md(words)


def _money_fact(reader: Reader) -> Md:
    cost = reader.fact("case.integration.cost_gbp")
    joining = f"Joining would cost the trust {reader.shown(cost)}." if cost else "The cost of joining is not evidenced."
    theirs = [_their_reserve(reader), present_trust_words(reader)]
    return joined([*theirs, joining, school_losses(reader), our_reserves(reader), _own_minimum(reader)])


def _their_reserve(reader: Reader) -> str:
    """What the school has at its last accounts and on joining, each with its day, and who carries a deficit."""
    accounts, closed = reader.fact("school.finance.revenue_reserve_gbp"), reader.fact("school.finance.year_ends_on")
    ahead, opening = reader.fact(RESERVE_ON_JOINING), reader.fact("case.proposal.proposed_opening_on")
    said = []
    if accounts:
        when = f" on {day(closed.value)}" if closed else " at its last accounts"
        said.append(f"{'owed' if accounts.value < 0 else 'held'} {money(abs(accounts.value))}{when}")
    if ahead and opening:
        owe = "owe" if ahead.value < 0 else "hold"
        said.append(f"is forecast to {owe} {about(abs(ahead.value))} on joining, {day(opening.value)}")
    if not said:
        return "The school's reserve is not evidenced."
    latest = ahead or accounts
    follows = reader.value("school.finance.deficit_follows", "") if latest and latest.value < 0 else ""
    borne = ", and who bears it is not agreed" if follows == "not agreed" else f", which {follows}" if follows else ""
    return f"The school {' and '.join(said)}{borne}."


def _own_minimum(reader: Reader) -> str:
    """The board's own line for reserves, and the room it leaves in pounds."""
    minimum, room = reader.fact("trust.policy.reserves_minimum_share"), reader.fact(_ROOM)
    if minimum is None:
        return "The board's own minimum for reserves is not evidenced."
    own = f"The board's own minimum is {percent(minimum.value)} of income"
    if room is None:
        return f"{own}."
    return f"{own}: {about(abs(room.value))} {'of room' if room.value >= 0 else 'too little'}."


def _safeguarding_fact(reader: Reader) -> Md:
    found = finding_on("school.safeguarding.vetting_record_gaps_count", reader.assessment)
    when = reader.fact("school.inspection.latest_graded_on")
    safe = reader.fact("school.inspection.safeguarding_in_order")
    inspected = ""
    if when and safe is not None:
        word = "in order" if safe.value else "not in order"
        inspected = f"Ofsted found safeguarding {word} on {day(when.value)}."
    gate = _gate_words(found, reader.assessment) if found else ""
    return joined([inspected, _category_words(reader), gate])


def _gate_words(gate: Finding, assessment: Assessment) -> str:
    """A gate's outcome and what was seen, saying once what is not evidenced."""
    saw = what_we_saw(gate, assessment)
    silent = saw.startswith(capital(NOT_EVIDENCED))
    return f"Gate {gate.id} is {lowered(saw) if silent else f'{gate.outcome.value}. {saw}'}"


def _category_words(reader: Reader) -> str:
    """A category of concern is said on the first page, whatever the route."""
    category = reader.fact("school.inspection.category")
    if category is None or category.value == "none":
        return ""
    return f"Category of concern: {category.value}."


def _capacity_fact(reader: Reader) -> Md:
    share, where = (
        reader.fact("case.capacity.tightest_share"),
        reader.fact("case.capacity.tightest_specialism"),
    )
    left, term = reader.fact("case.capacity.days_left"), reader.fact("case.capacity.term")
    if not (share and where and left and term):
        why = not_worked_out("case.capacity.tightest_share", reader.assessment)
        return md("What the school needs beside what the trust has left cannot be worked out yet. {}", why)
    of = "all improvement days" if where.value == ALL_DAYS else f"our {specialism_words(where.value)} improvement days"
    nobody = sentence(without_post(reader.assessment))
    rest = f"leaves {plural(left.value, 'day')}" if left.value >= 0 else f"is {plural(-left.value, 'day')} short"
    where_in_post = "Where somebody is in post, days are tightest in {}: " if nobody else "In {}, the busiest term, "
    words = md(where_in_post + "{} of {} would be in use. That {}.", term.value, percent(share.value), of, rest)
    return joined([nobody, words])


def _unknown_fact(assessment: Assessment) -> Md:
    turn = next((t for t in assessment.settled.turns_on), None)
    if turn is None:
        return Md("Nothing that is missing could change the proposal.")
    said = f"{turn_words(turn, assessment)} ({turn.principle.id})"
    if assessment.settled.settled:
        return md("Nothing that is missing could change the proposal. Least sure: {}.", said)
    return md("{}.", capital(said))


def growth_ratings(assessment: Assessment) -> tuple[Rating, ...]:
    return tuple(r for r in assessment.ratings if r.pack == "growth")


def standing(found: Sequence[Rating]) -> Table:
    rows = (
        (
            capital(r.area),
            f"{rounded(r.points)} of {r.weight_evidenced}" if r.share is not None else "no rating",
            capital(r.band) if r.share is not None else capital(NOT_EVIDENCED),
            f"{r.tests_evidenced} of {r.tests}",
        )
        for r in found
    )
    return table(("Area", "Result so far", "Reading", "Coverage"), rows)


def points_words(points: Mapping[Outcome, Decimal]) -> Md:
    """What a test wins of its weight by how it came out, best first."""
    (best, most), *others = points.items()
    rest = listed(f"one {outcome} {percent(share)}" for outcome, share in others)
    return md("A test that is {} wins {} of its weight, {}; that is a judgement.", best, percent(most), rest)


def bands_words(bands: Sequence[Band]) -> Md:
    """How a result reads, best first: from which share on, and the last for all that is less."""
    said = []
    for better, band in zip((None, *bands), bands, strict=False):
        if better is None:
            said.append(f'{percent(band.at_least)} or more reads "{band.word}"')
        elif band.at_least > 0:
            said.append(f'{percent(band.at_least)} to under {percent(better.at_least)} "{band.word}"')
        else:
            said.append(f'less "{band.word}"')
    return md("{}.", ", ".join(said))


def _standing_title(found: Sequence[Rating]) -> Md:
    tests, evidenced = sum(r.tests for r in found), sum(r.tests_evidenced for r in found)
    return md(
        "How the trust stands against its growth principles: {} that {}, {} with evidence",
        plural(tests, "test"),
        noun(tests, "applies", "apply"),
        evidenced,
    )
