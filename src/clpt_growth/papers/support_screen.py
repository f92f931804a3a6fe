"""The support plan on one screen of 80 columns."""

from collections.abc import Iterator
from textwrap import wrap

from clpt_growth.capacity.support import NeedCover, SupportPlan, TermRow
from clpt_growth.model.finding import Assessment
from clpt_growth.papers.need_words import (
    after_words,
    cost_words,
    cover_words,
    days_words,
    helpers_words,
    need_name,
    nobody,
    total,
)
from clpt_growth.papers.screen import headed
from clpt_growth.papers.support_words import cost_of, gives_words, suggested, summary, taper, with_the_academy
from clpt_growth.papers.view import Reader
from clpt_growth.papers.wording import NOT_EVIDENCED, WIDTH, capital, day, decimal, plural, sentence


def support_screen(assessment: Assessment, plan: SupportPlan | None) -> str:
    name = Reader(assessment).value("school.identity.name", "The school")
    parts = [
        wrap(f"{name}: support plan, as at {day(assessment.case.as_of)}", WIDTH),
        list(headed("COVER", str(summary(plan, assessment)))),
    ]
    if plan is not None:
        parts += _plan_parts(plan, assessment)
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _plan_parts(plan: SupportPlan, assessment: Assessment) -> Iterator[list[str]]:
    yield [line for need in plan.needs for line in _need_lines(need)]
    implied = suggested(assessment)
    yield list(headed("TO CONFIRM", f"The findings suggest more needs: {implied}")) if implied else []
    if plan.needs:
        yield _listed("BY TERM", map(_term_line, plan.terms))
        yield list(headed("YEAR TWO", str(taper(plan))))
    yield _listed("GIVES", gives_words(plan, with_the_academy))
    yield list(headed("COST", cost_of(plan)))


def _listed(head: str, words: Iterator[str]) -> list[str]:
    """Several lines under one word in the margin."""
    return [line for n, said in enumerate(words) for line in headed("" if n else head, said)]


def _need_lines(cover: NeedCover) -> Iterator[str]:
    days = f"{days_words(cover.days)} a term" if cover.days is not None else "days not evidenced"
    told = f"{need_name(cover)}: {days}: {cover_words(cover)}"
    yield from headed(f"  {cover.need.get('priority', '')}", told, indent=5)
    said = [helpers_words(cover)] if cover.helpers else []
    said += [sentence(cover.reason)] if cover.short != 0 else []
    said += [*after_words(cover)]
    said += [f"First review: end of {cover.review}."] if cover.review else []
    for words in said:
        yield from headed("", words, indent=7)


def _term_line(row: TermRow) -> str:
    """One term: days needed, how many have somebody named and how many nobody, and what the trust's own cost."""
    days, covered, without = total(row.days), total(row.covered), nobody(row)
    term = capital(str(row.term))
    if days is None or covered is None or without is None:
        return f"{term}: {NOT_EVIDENCED}"
    split = f"{decimal(covered)} named, {decimal(without)} with nobody"
    return f"{term}: {plural(days, 'day')}, {split}; cost {cost_words(row)}"
