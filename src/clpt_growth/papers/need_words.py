"""The needs of a support plan in words: who helps, how far, until when, and who takes over."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from clpt_growth.capacity.matching import Helper
from clpt_growth.capacity.support import Ended, NeedCover, SupportPlan, TermRow
from clpt_growth.model.fact import Term
from clpt_growth.model.nought import NOUGHT
from clpt_growth.papers.markdown import Md, md
from clpt_growth.papers.view import Table, table
from clpt_growth.papers.wording import (
    NOT_EVIDENCED,
    TO_COMPLETE,
    capital,
    decimal,
    listed,
    lowered,
    money,
    noun,
    plural,
    rounded,
)

_HEADS = (
    "Priority", "Need", "Who would help", "Days a term, year 1", "Covered?", "How we will know", "First review, end of",
)  # fmt: skip


def needs_table(plan: SupportPlan) -> Table:
    rows = (
        (
            str(n.need.get("priority", "")), need_name(n), helpers_words(n),
            decimal(n.days) if n.days is not None else NOT_EVIDENCED, capital(cover_words(n)),
            _success(n), capital(str(n.review)) if n.review else NOT_EVIDENCED,
        )
        for n in plan.needs
    )  # fmt: skip
    return table(_HEADS, rows, right=(3,))


def need_name(cover: NeedCover) -> str:
    return capital(str(cover.need.get("need", "")))


def _success(cover: NeedCover) -> Any:
    said = cover.need.get("success")
    return capital(str(said)) if isinstance(said, str) else Md(f"*{TO_COMPLETE[:15]} ........*")


def helpers_words(cover: NeedCover) -> str:
    """Each once, however often they are asked: those who begin at the start, and those who take over."""
    asked: dict[tuple[str, int | None, Term | None], list[Helper]] = {}
    for helper in cover.helpers:
        asked.setdefault((helper.who, helper.offer, helper.until), []).append(helper)
    return "; ".join(_helper(parts) for parts in asked.values()) or "nobody named"


def _helper(parts: Sequence[Helper]) -> str:
    first, *more = parts
    words = [_days_from(first)] + [f"{decimal(h.days)} more from {h.since}" for h in more]
    until = f", paid for by others until {first.until}" if first.until else ""
    return f"{first.who} ({listed(words)}{until})"


def _days_from(helper: Helper) -> str:
    return days_words(helper.days) + (f" from {helper.since}" if helper.since else "")


def days_words(days: Decimal) -> str:
    return plural(days, "day")


def cover_words(cover: NeedCover) -> str:
    """How far the need is covered; and from when it is not, where that is later than the start."""
    short = [f"{days_words(cover.short)} short"] if cover.short and cover.helpers else []
    for ended in cover.ended:
        if ended.short is None:
            short.append(f"not known from {ended.since}")
        elif ended.short > 0:
            short.append(f"{days_words(ended.short)} short from {ended.since}")
    return ", ".join((cover.cover, *short))


def uncovered(plan: SupportPlan) -> Iterator[Md]:
    """Every need with days nobody covers, at the start or once help that others pay for has ended, and why."""
    for cover in plan.needs:
        if cover.short != 0:
            yield md("**{}.** {}", need_name(cover), cover.reason)
    for cover in plan.needs:
        for ended in cover.ended:
            if ended.short != 0:
                yield md("**{}.** {}", need_name(cover), _after(cover, ended))


def taken_over(plan: SupportPlan) -> Iterator[Md]:
    """Every need that stays covered after help that others pay for has ended, and by whom."""
    for cover in plan.needs:
        for ended in cover.ended:
            if ended.short == 0:
                yield md("**{}.** {}", need_name(cover), _after(cover, ended))


def after_words(cover: NeedCover) -> Iterator[str]:
    """What becomes of the need when help that others pay for ends, once for each time some does."""
    return (_after(cover, ended) for ended in cover.ended)


def _after(cover: NeedCover, ended: Ended) -> str:
    who = listed(f"{h.who} ({days_words(h.days)})" for h in ended.helpers)
    over = f"Help from {who} is paid for until {ended.helpers[0].until}."
    if ended.short is None:
        return f"{over} {ended.reason}"
    next_up = [h for h in cover.helpers if h.since == ended.since]
    more = listed(f"{h.who} ({_more(cover, h)})" for h in next_up)
    if ended.short == 0:
        return f"{over} From {ended.since} {more or 'those already named'} {_take(next_up)} the days it then needs."
    nobody = f"{days_words(ended.short)} a term {noun(ended.short, 'has', 'have')} nobody"
    split = f"{more} {_take(next_up)} part of it and {nobody}" if more else nobody
    return f"{over} From {ended.since} {split}: {lowered(ended.reason)}"


def _take(next_up: Sequence[Helper]) -> str:
    return "gives" if len(next_up) == 1 else "give"


def _more(cover: NeedCover, helper: Helper) -> str:
    before = any(h.offer == helper.offer and h.until is None and h.since != helper.since for h in cover.helpers)
    return f"{decimal(helper.days)} more" if before else days_words(helper.days)


def terms_table(plan: SupportPlan) -> Table:
    """Days a term for two years, from opening, with their cost; the second year tapers."""
    heads = ("Need", *(capital(str(row.term)) for row in plan.terms))
    rows = [(need_name(n), *(_days(row.days[i]) for row in plan.terms)) for i, n in enumerate(plan.needs)]
    rows.append(("All needs", *(_days(total(row.days)) for row in plan.terms)))
    rows.append(("Of these, somebody is named for", *(_days(total(row.covered)) for row in plan.terms)))
    rows.append(("Nobody is named for", *(_days(nobody(row)) for row in plan.terms)))
    rows.append(("Cost of the trust's days", *(cost_words(row) for row in plan.terms)))
    return table(heads, rows, right=range(1, len(heads)))


def cost_words(row: TermRow) -> str:
    return NOT_EVIDENCED if row.cost_gbp is None else money(row.cost_gbp)


def total(days: tuple[Decimal | None, ...]) -> Decimal | None:
    return None if None in days else sum((d for d in days if d is not None), NOUGHT)


def nobody(row: TermRow) -> Decimal | None:
    days, covered = total(row.days), total(row.covered)
    # Of the figures as they are printed, so that the rows add up.
    return None if days is None or covered is None else rounded(days) - rounded(covered)


def _days(days: Decimal | None) -> str:
    return NOT_EVIDENCED if days is None else decimal(days)
