"""What the figures for capacity and for money leave out, as they are worked out for this school."""

from collections.abc import Iterator, Sequence

from clpt_growth.capacity.demand import given_days
from clpt_growth.capacity.money import Money, money
from clpt_growth.capacity.reading import defined, records_of, value_of
from clpt_growth.model.ledger import Ledger, Load
from clpt_growth.papers.markdown import Md, joined, md
from clpt_growth.papers.view import Reader
from clpt_growth.papers.wording import listed, noun, number_word, plural
from clpt_growth.papers.wording import money as pounds


def capacity_leaves_out(reader: Reader) -> Md:
    ledger = reader.assessment.books.improvement
    if ledger is None or ledger.joining is None:
        return Md("It cannot be worked out yet: section 10 says why.")
    return joined(
        [
            md(
                "Section 10 looks {} ahead, from {} to {}, at the days of people in post. "
                "Planned posts, sickness and days lost to travel are left out.",
                plural(len(ledger.terms), "term"),
                ledger.terms[0],
                ledger.terms[-1],
            ),
            _promises_run_on(reader, ledger),
            _gives(reader, ledger, ledger.joining),
            *others_on_their_way(reader),
        ]
    )


def _promises_run_on(reader: Reader, ledger: Ledger) -> Md:
    """The deployment plan seldom reaches the last term looked at."""
    last = value_of(reader.assessment.facts, "trust.improvement_team.plan_covers_until")
    if last is None or last >= ledger.terms[-1]:
        return Md("")
    back = defined(reader.assessment.facts, "promises_carried_over_terms")
    return md(
        "Our deployment plan ends with {}; after it, the most promised in any of its last {} terms is taken to go on.",
        last,
        number_word(back),
    )


def _gives(reader: Reader, ledger: Ledger, own: Load) -> Md:
    facts = reader.assessment.facts
    if "school.contribution" not in facts:
        return Md("What the school could give is not in evidence, and none is counted.")
    if not records_of(facts, "school.contribution"):
        return Md("The school offers no days.")
    first = next((term for term in ledger.terms if sum(own.gives.get(term, {}).values())), None)
    if first is not None:
        return md("Days the school offers are counted from {}, and not all of them at first: annex C says how.", first)
    known = given_days(facts, ledger.terms[0], ledger.terms) is not None
    words = "annex C says why" if known else "what they rest on is not all in evidence"
    return md("Days the school offers are not counted: {}.", words)


def others_on_their_way(reader: Reader) -> Iterator[Md]:
    """Schools in the trust's pipeline: those counted here, those left out, those of which it is not said."""
    case = reader.assessment.case
    counted = [load.improvement.school for load in case.earlier if load.improvement is not None]
    if counted:
        yield md("Agreed before this school, and counted here: {}.", listed(counted))
    own = [reader.value("school.identity.name"), *counted]
    rows = records_of(reader.assessment.facts, "trust.pipeline")
    if rows is None:
        yield Md("Which other schools are on their way in is not in evidence; none is counted.")
        return
    others = [row for row in rows if row.get("school") not in own]
    out = [str(row["school"]) for row in others if row.get("in_promised_days") is False]
    unsaid = [str(row["school"]) for row in others if row.get("in_promised_days") is None]
    if out:
        yield md("{} {} on the way in and left out of these figures, here and in section 9.", listed(out), _are(out))
    if unsaid:
        yield md("It is not said whether the days promised include those of {}.", listed(unsaid))


def _are(names: Sequence[str]) -> str:
    return noun(len(names), "is", "are")


def money_leaves_out(reader: Reader) -> Md:
    facts, as_of = reader.assessment.facts, reader.assessment.case.as_of
    found = money(facts, as_of=as_of)
    if found is None:
        return Md("Reserves after the join cannot be worked out yet: section 9 says why.")
    return joined(
        [
            md(
                "Section 9 forecasts reserves at the end of {} financial years, {} to {}, on three rolls.",
                number_word(len(found.without)),
                found.without[0].year,
                found.without[-1].year,
            ),
            _funded(reader, found),
            Md(
                "Pay, prices and grants are what the trust's forecast and the school's budget take them to be: no "
                "change in them is tried, nor repairs beyond those budgets. A surplus the school holds counts only "
                "once it is paid."
            ),
        ]
    )


def _funded(reader: Reader, found: Money) -> Md:
    funded = value_of(reader.assessment.facts, "case.integration.funded_gbp")
    if not funded:
        return md(
            "The whole cost of joining, {}, is taken off: no money found for it is counted.", pounds(found.cost_gbp)
        )
    return md("The cost of joining, {}, is taken off less the {} found for it.", pounds(found.cost_gbp), pounds(funded))
