"""The demand model in annex C: the figures used for this school, and how its days follow from them."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from clpt_growth.capacity.demand import (
    asked_days,
    modelled_days,
    most_given,
    need_factors,
    new_head_factor,
    yearly_need,
)
from clpt_growth.capacity.integration import Parts, integration_parts
from clpt_growth.capacity.reading import defined, records_of, value_of
from clpt_growth.capacity.terms import TERMS_A_YEAR
from clpt_growth.model.nought import NOUGHT
from clpt_growth.papers.markdown import Md, md
from clpt_growth.papers.view import Reader, Table, table
from clpt_growth.papers.wording import capital, decimal, listed, percent, plural, specialism_words

_CATEGORY, _PHASE = "school.identity.category_of_need", "school.identity.phase"
# The definitions this page shows row by row, and the list of judgements leaves to it.
SHOWN_HERE = frozenset(
    {
        "need_days_by_category", "need_times_by_phase", "need_small_school", "need_more_sites", "need_new_head",
        "need_split_by_phase", "gift_counted_by_term", "gift_not_counted", "gift_at_most_days_by_phase",
        "gift_at_most_share_of_teaching", "integration_terms", "integration_days", "integration_routes",
    }
)  # fmt: skip


def demand_side(reader: Reader) -> dict[str, Any]:
    return {
        "demand": table(("Figure", "Used for this school", "Name"), _rows(reader)),
        "demand_working": tuple(words for words in _working(reader) if words),
        "integration": _integration(reader),
    }


def _rows(reader: Reader) -> Iterator[tuple[Any, ...]]:
    """Each figure of the model with the row of it that is this school's."""
    facts = reader.assessment.facts
    factors, head = need_factors(facts) or {}, new_head_factor(facts)
    category, phase = value_of(facts, _CATEGORY), value_of(facts, _PHASE)
    no_row = "not known for this school"

    def row(name: str, of: Any, shown: Any) -> str:
        found = (defined(facts, name) or {}).get(of)
        return no_row if found is None else f"{of}: {shown(found)}"

    def times(name: str, when: str) -> str:
        none = "does not apply" if factors else no_row
        return f"{when}: {decimal_exact(factors[name])} times" if name in factors else f"{when}: {none}"

    small, sites, new = (defined(facts, n) or {} for n in ("need_small_school", "need_more_sites", "need_new_head"))
    late, share = defined(facts, "gift_not_counted") or {}, defined(facts, "gift_at_most_share_of_teaching")
    yield "Days a term by year", row("need_days_by_category", category, _days), "need_days_by_category"
    yield "Times, by phase", row("need_times_by_phase", phase, decimal_exact), "need_times_by_phase"
    yield "Small school", times("need_small_school", f"under {small.get('below_pupils')} pupils"), "need_small_school"
    yield "More sites", times("need_more_sites", f"{sites.get('from_sites')} sites or more"), "need_more_sites"
    told = no_row if head is None else f"{decimal_exact(head)} times" if head != 1 else "does not apply"
    yield "New or interim head, first year", f"under {new.get('below_months')} months: {told}", "need_new_head"
    yield "Specialisms, where its list is silent", row("need_split_by_phase", phase, _split), "need_split_by_phase"
    counted = listed(percent(Decimal(s)) for s in defined(facts, "gift_counted_by_term") or ())
    yield "Share of an offer counted, term by term", counted, "gift_counted_by_term"
    not_counted = f"{listed(late.get('categories', ()), 'or')}: none for {plural(late.get('terms', 0), 'term')}"
    yield "Offers not counted", not_counted, "gift_not_counted"
    yield (
        "Most days a term given",
        row("gift_at_most_days_by_phase", phase, decimal_exact),
        "gift_at_most_days_by_phase",
    )
    most = "" if share is None else f"{percent(share)} of its teachers' working days"
    yield "And no more than", most, "gift_at_most_share_of_teaching"


def decimal_exact(number: Any) -> str:
    """A figure of the model as it is written, not rounded."""
    return f"{Decimal(number).normalize():f}"


def _days(days: Any) -> str:
    return f"{listed(decimal_exact(d) for d in days)} days"


def _split(split: Mapping[str, Any]) -> str:
    return listed(f"{specialism_words(s)} {percent(Decimal(part))}" for s, part in split.items())


def _working(reader: Reader) -> Iterator[Md]:
    """How the days of section 10 follow, in the order they are worked out."""
    facts = reader.assessment.facts
    base = (defined(facts, "need_days_by_category") or {}).get(value_of(facts, _CATEGORY))
    modelled, asked, years = modelled_days(facts), asked_days(facts), yearly_need(facts)
    factors, head = need_factors(facts), new_head_factor(facts)
    if base is None or not modelled or asked is None or years is None or factors is None or head is None:
        yield Md("The days the school needs cannot be worked out yet: section 10 says what is missing.")
        return
    by = "".join(f" x {decimal_exact(f)}" for f in factors.values())
    once = f" (and x {decimal_exact(head)} in the first)" if head != 1 else ""
    yield md("The model, days a term by year: {}{}{} gives {}.", _listed(base), by, once, _listed(modelled))
    in_all = sum(asked.values(), NOUGHT)
    words = "The school's own list asks for {} a term. The larger of the two decides the first year: {}."
    yield md(words, plural(in_all, "day"), decimal(max(in_all, modelled[0])))
    if in_all > modelled[0]:
        later = [f"{decimal(in_all)} x {decimal_exact(d)} / {decimal_exact(modelled[0])}" for d in modelled[1:]]
        totals = [sum(days.values(), NOUGHT) for days in years[1:]]
        said = listed(f"{sum_} = {decimal(total)}" for sum_, total in zip(later, totals, strict=True))
        yield md("Later years fall as the model does: {}.", said)
    yield _help(reader)
    yield _given(reader)


def _listed(days: Any) -> str:
    return listed(decimal_exact(d) for d in days)


def _help(reader: Reader) -> Md:
    facts = reader.assessment.facts
    least = defined(facts, "own_share_of_need")
    paid = [
        f"{specialism_words(str(row['specialism']))} {plural(row['days_a_term'], 'day')} a term until {row['until']}"
        for row in records_of(facts, "school.help_already_paid_for") or ()
        if isinstance(row.get("days_a_term"), Decimal)
    ]
    if not paid:
        return Md("No help that others pay for is taken off.")
    words = "Help that others pay for is taken off: {}. The trust gives at least {} of the days needed in a specialism."
    return md(words, listed(paid), percent(least))


def _given(reader: Reader) -> Md:
    facts = reader.assessment.facts
    offered = [r["days_a_term"] for r in records_of(facts, "school.contribution") or ()]
    most = most_given(facts)
    if not offered or None in offered or most is None:
        return Md("")
    words = "The school offers {} a term; the most counted is {}, before the share for each term above."
    return md(words, plural(sum(offered, NOUGHT), "day"), decimal(most))


def _integration(reader: Reader) -> Table | None:
    """Days of each function: the row used, the extras that applied, and what a term then takes."""
    parts, spread = integration_parts(reader.assessment.facts), defined(reader.assessment.facts, "integration_terms")
    share = defined(reader.assessment.facts, "central_share_afterwards")
    if parts is None or spread is None or share is None:
        return None
    terms = spread["before"] + spread["after"]
    heads = ("Function", "Days", "Extra days that applied", "In all", f"A term, over {terms} terms", "A term after")
    rows = (_function(name, found, terms, share, reader) for name, found in parts.items())
    return table(heads, rows, right=(1, 3, 4, 5))


def _function(name: str, found: Parts, terms: int, share: Decimal, reader: Reader) -> tuple[Any, ...]:
    extras = [
        f"{reader.label(fact)}: {'not known' if days is None else f'{decimal_exact(days)} more'}"
        for fact, days in found.extras
        if days != 0
    ]
    whole = found.days
    later = share / TERMS_A_YEAR
    ends = ("not known",) * 3 if whole is None else tuple(map(decimal, (whole, whole / terms, whole * later)))
    base = "not known" if found.base is None else decimal_exact(found.base)
    return (capital(specialism_words(name)), base, listed(extras) or "none", *ends)
