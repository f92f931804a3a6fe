"""A school that leaves another trust: what hangs over that trust, and whose reckoning the school's reserve is."""

from clpt_growth.model.fact import Fact, Verified
from clpt_growth.papers.markdown import Md, joined, md
from clpt_growth.papers.resting_on import rests_on_old
from clpt_growth.papers.view import Reader
from clpt_growth.papers.wording import day, listed, lowered

_POOLED = ("reserves pooled", "both pooled")


def present_trust_words(reader: Reader) -> Md:
    """The notices open to the trust it leaves, then whose figure the reserve is; empty where neither arises."""
    return joined([notices_words(reader), reckoning_words(reader)])


def notices_words(reader: Reader) -> Md:
    """What is open against the trust the school would leave, beside that nobody has looked since where it is old."""
    notices = reader.fact("school.outgoing_trust.open_notices")
    if notices is None or not notices.value:
        return Md("")
    name = reader.value("school.identity.current_trust", "")
    since = f", when last checked on {day(notices.dated)}" if _old(notices, reader) and notices.dated else ""
    said = listed([lowered(notice) for notice in notices.value])
    return md("Open against its present trust{}{}: {}.", f", {name}" if name else "", since, said)


def _old(fact: Fact, reader: Reader) -> bool:
    return rests_on_old(fact, reader.assessment)


def reckoning_words(reader: Reader) -> Md:
    """A reserve that the present trust pools is its own reckoning; who keeps the balance may not be agreed."""
    reserve, pooled = (
        reader.fact(n) for n in ("school.finance.revenue_reserve_gbp", "school.outgoing_trust.finances_pooled")
    )
    if reserve is None or (reader.fact("school.outgoing_trust.open_notices") is None and pooled is None):
        return Md("")
    said = []
    if pooled is not None and pooled.value in _POOLED:
        said.append("its present trust's own reckoning (that trust pools reserves)")
    if reserve.verified == Verified.SELF_REPORTED:
        said.append("self reported")
    if reader.value("school.outgoing_trust.balance_follows", "") == "not agreed":
        said.append("not agreed")
    return md("The school's {} is {}.", reader.shown(reserve), listed(said)) if said else Md("")
