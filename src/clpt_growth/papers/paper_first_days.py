"""The first hundred days after a school joins: who does what by when, for this school."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from clpt_growth.capacity.support import support_plan
from clpt_growth.papers.markdown import Md, md
from clpt_growth.papers.view import Reader, Table, table
from clpt_growth.papers.wording import day, listed

_HEADS = ("When", "What", "Who leads", "Done when")
_OPENING = "case.proposal.proposed_opening_on"


def first_days(reader: Reader, layout: Mapping[str, Any]) -> dict[str, Any]:
    """The plan's rows from the layout, with the help that the support plan names in its place among them."""
    return {"first_days_says": _says(reader), "first_days": _table(reader, layout["first_days"])}


def _says(reader: Reader) -> Md:
    opening = reader.assessment.facts.get(_OPENING)
    if opening is None or not isinstance(opening.value, date):
        return Md("The days are counted from the day the school joins, which is not evidenced.")
    last = opening.value + timedelta(days=99)
    return md("From {} to {}, if approved and conditions are met.", day(opening.value), day(last))


def _table(reader: Reader, rows: Sequence[Mapping[str, Any]]) -> Table:
    return table(_HEADS, (_row(reader, row) for row in rows if _arises(reader, row)))


def _arises(reader: Reader, row: Mapping[str, Any]) -> bool:
    """A row is left out only where a fact in evidence says that it does not arise."""
    known = {name: reader.fact(name) for name in (*row.get("where", ()), *row.get("unless", ()))}
    away = [name for name, fact in known.items() if fact is None and name in reader.assessment.facts]
    if away:
        return False
    said = {name: reader.shown(fact) for name, fact in known.items() if fact is not None}
    return all(said.get(name, answers[0]) in answers for name, answers in row.get("where", {}).items()) and not any(
        said.get(name) in answers for name, answers in row.get("unless", {}).items()
    )


def _row(reader: Reader, row: Mapping[str, Any]) -> tuple[Any, ...]:
    helped = f" {_help(reader)}" if row.get("help") else ""
    first, last = row["days"]
    when = f"Day {last}" if first == last else f"Days {first} to {last}"
    return when, f"{row['what']}{helped}", row["who"], row["done"]


def _help(reader: Reader) -> str:
    """The needs somebody is named for, and those nobody is."""
    plan = support_plan(reader.assessment.facts, as_of=reader.assessment.case.as_of)
    if plan is None:
        return "(which needs is not evidenced)"
    return " ".join(_help_words([(str(n.need.get("need")), bool(n.helpers)) for n in plan.needs]))


def _help_words(needs: Sequence[tuple[str, bool]]) -> Iterator[str]:
    named, nobody = ([need for need, helped in needs if helped is there] for there in (True, False))
    if named:
        yield f"Named for: {listed(named)}."
    if nobody:
        yield f"Nobody yet for: {listed(nobody)}."
