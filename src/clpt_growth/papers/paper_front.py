"""The first page: who and when, the decision asked for, the summary."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from clpt_growth.capacity.money_measures import RESERVE_ON_JOINING
from clpt_growth.model.finding import Assessment, Finding, Rating, Turn, Why
from clpt_growth.model.ledger import ALL_DAYS
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.principle import Effect
from clpt_growth.model.rules import Band, Recommendation
from clpt_growth.papers.findings_words import what_we_saw
from clpt_growth.papers.markdown import Md, escaped, joined, md
from clpt_growth.papers.missing_words import later_words, not_worked_out
from clpt_growth.papers.paper_conditions import conditions
from clpt_growth.papers.paper_gates import turns_left_out, turns_listed, who_finds_out
from clpt_growth.papers.paper_money import our_reserves, school_losses
from clpt_growth.papers.present_trust import present_trust_words
from clpt_growth.papers.proposal_words import decided_by, department_reason, why_proposed
from clpt_growth.papers.screen import gates_of, turn_words
from clpt_growth.papers.view import Reader, Table, finding_on, table, without_post
from clpt_growth.papers.wording import (
    NOT_EVIDENCED,
    TO_COMPLETE,
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
_COMPLETE = Md(f"*{TO_COMPLETE}*")
_VERB = {
    Recommendation.APPROVE: "approve",
    Recommendation.WITH_CONDITIONS: "approve, subject to the conditions in section 12,",
    Recommendation.DECLINE: "decline",
}


def front(reader: Reader) -> dict[str, Any]:
    """Title, the block of who and when, the decision, the summary."""
    name = reader.value("school.identity.name", "A school with no name in its file")
    trust = reader.value("trust.identity.name", "the trust")
    return {
        "title": md("{}: should it join {}?", name, trust),
        "invented": reader.value("school.identity.name", ""),
        "block": table(("About", "This paper"), _block(reader, trust)),
        "asks": tuple(_in_one_list(tuple(_asks(reader, name)))),
        "case": reader.own_words("case.paper.case_in_two_sentences"),
        "three_lines": table(("Whose words", "Recommendation or decision"), _three_lines(reader.assessment)),
        "five_facts": tuple(_five_facts(reader)),
        "standing_title": _standing_title(reader.assessment),
        "standing": standing(growth_ratings(reader.assessment)),
        "standing_points": points_words(reader.assessment.library.rules.points),
        "standing_bands": bands_words(reader.assessment.library.rules.bands),
    }


def _block(reader: Reader, trust: str) -> Iterator[tuple[Md, Md]]:
    ages = reader.value("school.identity.age_low", ""), reader.value("school.identity.age_high", "")
    school = [
        reader.value("school.identity.name"),
        f"URN {reader.value('school.identity.urn')}",
        reader.value("school.identity.type", ""),
        reader.value("school.identity.phase"),
        f"ages {ages[0]} to {ages[1]}" if all(ages) else "",
    ]
    schools = reader.fact("trust.estate.schools_count")
    yield Md("School"), joined(school, ", ")
    yield Md("Trust"), joined([trust, plural(schools.value, "academy", "academies") if schools else ""], ", ")
    yield Md("Meeting"), _with_date(reader, "case.paper.meeting", "case.paper.meeting_on", "case.paper.item")
    independent = reader.fact("case.paper.prepared_by_independent")
    prepared = reader.own_words("case.paper.prepared_by")
    yield Md("Prepared by"), md("{}. {}", prepared, sentence(independent.value)) if independent else prepared
    yield Md("Cleared by"), _with_date(reader, "case.paper.cleared_by", "case.paper.cleared_on")
    version = reader.fact("case.paper.version")
    said = f"Version {version.value}. " if version else ""
    yield Md("Version and data date"), md("{}Facts as at {}{}", said, day(reader.assessment.case.as_of), _later(reader))
    if reader.assessment.case.after:
        yield Md("Taken to have joined before"), escaped(listed(reader.assessment.case.after))
    yield Md("Considered before"), reader.own_words("case.paper.considered_before")
    yield Md("Interests declared"), reader.own_words("case.paper.interests_declared")
    yield Md("Who may see it"), Md("Confidential: trustees only, closed part of the meeting")


def _later(reader: Reader) -> str:
    """What the files hold that nobody knew on the day; without it a paper of an early day reads as if nothing was."""
    words = later_words(reader.assessment)
    return f". {words}; all are in annex A. Run it again at a later date to count them" if words else ""


def _with_date(reader: Reader, words: str, on: str, also: str = "") -> Md:
    when, item = reader.fact(on), reader.fact(also) if also else None
    said = [reader.own_words(words), day(when.value) if when else "", f"item {item.value}" if item else ""]
    return joined(said, ", ")


def _in_one_list(asks: Sequence[Md]) -> Iterator[Md]:
    """One sentence over several lines: each ends as its place asks."""
    for left, ask in zip(range(len(asks) - 1, -1, -1), asks, strict=True):
        yield Md(ask + (".", "; and")[left] if left < 2 else ask + ";")


def _asks(reader: Reader, name: str) -> Iterator[Md]:
    """What the board is asked to vote on, in voting words."""
    yield Md("**note** the findings of due diligence and the gaps listed in section 14")
    yield _proposal_in_voting_words(reader, name)
    spending = reader.fact("case.paper.spending_asked_gbp")
    if spending:
        purpose = reader.fact("case.paper.spending_purpose")
        what = md("{}", lowered(str(purpose.value).rstrip("."))) if purpose else _COMPLETE
        yield md("**authorise** up to {} from reserves now, to be spent on: {}", money(spending.value), what)
    yield _delegation(reader)


def _delegation(reader: Reader) -> Md:
    """Who may sign, in the author's words: and, where there are conditions, never before they are met."""
    asked, propose = reader.fact("case.paper.delegation_asked"), reader.assessment.row.propose
    words = str(asked.value).rstrip(".") if asked else ""
    if words.lower().startswith("none") or (not words and propose in (Recommendation.DEFER, Recommendation.DECLINE)):
        until = words[len("none") :].strip(" ,:;")
        promise = (
            ", and no promise made to the school," if propose not in _VERB or propose is Recommendation.DECLINE else ""
        )
        none = f"**note** that no power is delegated{promise} by this decision"
        return md(none + ": none {}", until) if until else Md(none)
    first = ", once every condition in section 12 is met" if conditions(reader.assessment) else ""
    if not words:
        return Md(f"**delegate** sign-off of the transfer agreement{first}, within limits: {_COMPLETE}")
    return md("**delegate** to {}{}", words, first)


def _proposal_in_voting_words(reader: Reader, name: str) -> Md:
    assessment = reader.assessment
    if assessment.row.propose is not Recommendation.DEFER:
        opening = reader.fact("case.proposal.proposed_opening_on")
        when = f" from {day(opening.value)}" if opening else ""
        verb = _VERB[assessment.row.propose]
        return md("**" + verb + "** the proposal that {} joins the trust{}", name, when)
    until = _awaited(assessment)
    return md("**defer** the decision to " + _DATE + ", until {}", until or _put_right(assessment))


def _put_right(assessment: Assessment) -> str:
    short = [f"{f.id} ({f.principle.title})" for f in assessment.triggered_by[:4]]
    return f"{noun(len(short), 'this is', 'these are')} put right: {'; '.join(short)}"


_DATE = "[date: *to be completed*]"
_MOST_AWAITED = 3


def _awaited(assessment: Assessment) -> str:
    """What the gates wait for, with who finds each out; only how many and where, where they are too many to name."""
    here, below = ([t for t in turns if _waits(t)] for turns in (turns_listed(assessment), turns_left_out(assessment)))
    if not here and not below:
        return ""
    number = len(here) + len(below)
    where = f"the {plural(number, 'item')} without evidence in section 4"
    if below:
        where = f"the {plural(number, 'item')} without evidence, {len(here)} in section 4 and {len(below)} in annex B,"
    in_hand = f"{where} {noun(number, 'is', 'are')} in hand"
    alike: dict[str, list[Turn]] = {}
    for turn in here:
        alike.setdefault(turn_words(turn, assessment), []).append(turn)
    if below or len(alike) > _MOST_AWAITED:
        return f"{in_hand}; section 4 says who finds each out"
    named = (
        f"{words} ({listed(t.principle.id for t in turns)}; {lowered(who_finds_out(turns[0], assessment))})"
        for words, turns in alike.items()
    )
    return f"{in_hand}: {'; '.join(named)}"


def _waits(turn: Turn) -> bool:
    return turn.why is Why.MISSING and turn.principle.effect is Effect.GATE


def _three_lines(assessment: Assessment) -> Iterator[tuple[Md, Md]]:
    row = assessment.row
    department = department_reason(assessment)
    said = [why_proposed(assessment), decided_by(assessment)]
    said += [f"Reason from the Department's list: {department}."] if department else []
    yield (
        Md("1. Proposed by the tool, from the rules in use. It supports a decision and makes none"),
        md("**{}.** {}", capital(row.propose), " ".join(w for w in said if w)),
    )
    yield Md("2. Recommended by the executive"), _COMPLETE
    yield Md("3. Decided by the Board"), _COMPLETE


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


def _standing_title(assessment: Assessment) -> Md:
    found = growth_ratings(assessment)
    tests, evidenced = sum(r.tests for r in found), sum(r.tests_evidenced for r in found)
    return md(
        "How the trust stands against its growth principles: {} that {}, {} with evidence",
        plural(tests, "test"),
        noun(tests, "applies", "apply"),
        evidenced,
    )
