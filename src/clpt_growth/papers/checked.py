"""What is in evidence in one file: on the screen, and as published JSON."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from typing import Any

from clpt_growth.facts.ageing import Stale, stale_facts
from clpt_growth.facts.completeness import completeness
from clpt_growth.facts.evidence import evidence_on
from clpt_growth.files.casefile import SUBJECTS_OF
from clpt_growth.files.problems import Problem
from clpt_growth.judging.assess import judgements
from clpt_growth.judging.findings import Bench, judged
from clpt_growth.judging.worked import all_facts
from clpt_growth.model.case import Case
from clpt_growth.model.criterion import Effect
from clpt_growth.model.evidence import Aside, Completeness, Tally
from clpt_growth.model.fact import Fact, Verified
from clpt_growth.model.finding import Finding
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.rules import Library
from clpt_growth.papers.json_text import not_counted
from clpt_growth.papers.missing_words import aside_words
from clpt_growth.papers.wording import WIDTH, day, noun, plural

_MOST = 8
_IN_FULL = 5
_STAGES = {1: "stage 1, first triage", 2: "stage 2, full due diligence"}


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What one file brings, counting only the lines that could be read."""

    complete: Completeness
    own_word: tuple[str, ...]
    stale: tuple[Stale, ...]
    aside: tuple[Aside, ...] = ()
    gates: tuple[Finding, ...] = ()
    gates_open: tuple[Finding, ...] = ()

    @property
    def begun(self) -> bool:
        return self.complete.whole.evidenced > 0


@dataclass(frozen=True, kw_only=True)
class Checked:
    """One file: what is wrong in it, and its evidence where it could be read at all.

    `all_read` is no where a problem is of a line that could not be read; figures that do not agree can be.
    """

    file: str
    what: str = ""
    problems: tuple[Problem, ...] = ()
    evidence: Evidence | None = None
    all_read: bool = True


def evidence_of_file(
    facts: Mapping[str, Fact],
    beside: Mapping[str, Fact],
    library: Library,
    on: Bench,
    *,
    what: str,
    as_of: date,
) -> Evidence:
    """The evidence of one file; `beside` are the trust's facts, which a school's gates need as well."""
    case = Case(facts={**beside, **facts}, as_of=as_of, has_school=what == "school")
    whole, _ = all_facts(case, library)
    own = {name: fact for name, fact in facts.items() if name in library.dictionary.kinds}
    gates: tuple[Finding, ...] = ()
    counted, aside = evidence_on(own, library.dictionary, as_of)
    if case.has_school:
        findings = judged(on, whole, judgements(counted))
        gates = tuple(f for f in findings if f.principle.effect is Effect.GATE)
    return Evidence(
        complete=completeness(whole, library.dictionary, SUBJECTS_OF[what]),
        own_word=tuple(n for n, f in own.items() if f.verified == Verified.SELF_REPORTED),
        stale=stale_facts(counted, library.dictionary, as_of),
        aside=aside,
        gates=gates,
        gates_open=tuple(f for f in gates if f.outcome is Outcome.NOT_EVIDENCED),
    )


def problems_screen(checked: Iterable[Checked]) -> str:
    """Every problem of every file, wrapped, and how many there are; empty where there are none."""
    wrong = [c for c in checked if c.problems]
    if not wrong:
        return ""
    lines = [line for c in wrong for problem in c.problems for line in _wrapped(str(problem))]
    number = sum(len(c.problems) for c in wrong)
    total = f"{plural(number, 'problem')} in {plural(len(wrong), 'file')}. Nothing was changed."
    return "\n".join([*lines, "", total]) + "\n"


def _wrapped(words: str) -> list[str]:
    return wrap(words, WIDTH, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)


def checked_screen(checked: Sequence[Checked], *, by: str = "") -> str:
    """How much is in evidence, file by file; in full for a few files, a line each for many."""
    many = len(checked) > _IN_FULL and not by
    alone = len(checked) == 1
    parts = [_line_each(checked)] if many else [_file(c, by, alone=alone) for c in checked]
    parts.append(_next(checked))
    return "\n\n".join("\n".join(part) for part in (list(p) for p in parts) if part) + "\n"


def _file(checked: Checked, by: str, *, alone: bool) -> Iterator[str]:
    evidence = checked.evidence
    if evidence is None:
        yield from _wrapped(f"{checked.file} could not be read")
        return
    yield from _wrapped(f"{checked.file} ({checked.what} file){_counting(checked)}")
    for stage, words in _STAGES.items():
        yield f"  {words:<34}{_of(evidence.complete.stages[stage])}"
    whose = "the school's" if checked.what == "school" else "the trust's"
    yield f"  {f'{whose} word only':<34}{_number(evidence.own_word)}"
    yield from _few([_path(name) for name in evidence.own_word] if alone else [])
    yield f"  {'older than its evidence keeps':<34}{_number(evidence.stale)}"
    yield from _few([f"{_path(s.fact)}, {day(s.dated)}" for s in evidence.stale] if alone else [])
    if evidence.aside:
        yield f"  {'written, and not counted':<34}{_number(evidence.aside)}"
        yield from _few([f"{_path(a.fact)}: {what_to_do(a)}" for a in evidence.aside] if alone else [])
    yield from _gates(evidence, alone=alone) if evidence.gates else ()
    yield from _by(evidence.complete, by) if by else ()


def _counting(checked: Checked) -> str:
    if not checked.all_read:
        return ", counting only the lines that could be read"
    return ", counting the lines named above as they stand" if checked.problems else ""


def what_to_do(aside: Aside) -> str:
    """Why something written does not count on the day, and what would make it."""
    if aside.why == "says none":
        return f"{aside_words(aside)}; list what there is, or leave it blank"
    if aside.dated is None:
        todo = "list every entry under records:, and write entries: with how many there are in all"
        return f"{aside_words(aside)}; {todo}"
    some = f"{plural(aside.entries, 'entry', 'entries')} of the list " if aside.entries else ""
    return f"{some}dated {day(aside.dated)}, after the day of this check; correct the date, or check at a later day"


def _number(facts: Sequence[Any]) -> str:
    return f"{len(facts):>3} {noun(len(facts), 'fact')}"


def _path(name: str) -> str:
    return name.partition(".")[2]


def _of(tally: Tally) -> str:
    return f"{tally.evidenced:>3} of {plural(tally.asked, 'fact')}"


def _few(lines: Sequence[str]) -> Iterator[str]:
    for line in lines[:_MOST]:
        yield from wrap(line, WIDTH, initial_indent="    ", subsequent_indent="      ")
    if len(lines) > _MOST:
        yield f"    and {len(lines) - _MOST} more: --format json names every one"


def _gates(evidence: Evidence, *, alone: bool) -> Iterator[str]:
    """A few gates by title, many by id."""
    still_open = evidence.gates_open
    yield f"  {'gates without evidence':<34}{len(still_open):>3} of {len(evidence.gates)}"
    if alone and len(still_open) <= _MOST:
        for f in still_open:
            yield from wrap(f.principle.title, WIDTH, initial_indent=f"    {f.id:<6}", subsequent_indent=" " * 10)
    elif still_open:
        yield from wrap(", ".join(f.id for f in still_open), WIDTH, initial_indent="    ", subsequent_indent="    ")


def _by(complete: Completeness, by: str) -> Iterator[str]:
    """What each lead still owes, the emptiest first."""
    tallies = complete.blocks if by == "block" else complete.holders
    yield f"  by {by}, fewest first"
    for name, tally in sorted(tallies.items(), key=lambda t: (_share(t[1]), t[0])):
        yield f"    {name[:45]:<46}{_of(tally)}"


def _share(tally: Tally) -> float:
    return tally.evidenced / tally.asked if tally.asked else 1.0


def _line_each(checked: Sequence[Checked]) -> Iterator[str]:
    yield f"{'file':<38}{'problems':>9}{'stage 1':>11}{'stage 2':>11}{'gates open':>11}"
    for c in checked:
        name = c.file if len(c.file) <= 37 else "..." + c.file[-34:]
        if c.evidence is None:
            yield f"{name:<38}{len(c.problems):>9}   could not be read"
            continue
        first, second = (c.evidence.complete.stages[n] for n in _STAGES)
        gates = str(len(c.evidence.gates_open)) if c.what == "school" else "-"
        yield f"{name:<38}{len(c.problems):>9}{_short(first):>11}{_short(second):>11}{gates:>11}"


def _short(tally: Tally) -> str:
    return f"{tally.evidenced}/{tally.asked}"


def _next(checked: Sequence[Checked]) -> Iterator[str]:
    if any(c.problems for c in checked):
        yield "NEXT  correct the lines named above, then run the same command again"
    elif school := next((c for c in checked if c.what == "school" and c.evidence and c.evidence.begun), None):
        yield f"NEXT  clpt-growth assess {school.file}"
    else:
        yield "NEXT  fill in the lines you know, then run the same command again"


def checked_json(checked: Iterable[Checked], as_of: date) -> str:
    files = [_published(c) for c in checked]
    whole = {"schema": "clpt-growth/check/v1", "as_of": as_of.isoformat(), "files": files}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _published(checked: Checked) -> dict[str, Any]:
    problems = [{"line": p.line, "field": p.field, "wrong": p.wrong, "todo": p.todo} for p in checked.problems]
    head: dict[str, Any] = {"file": checked.file, "kind": checked.what or None, "problems": problems}
    evidence = checked.evidence
    if evidence is None:
        return head | {"evidence": None}
    complete = evidence.complete
    tallies = {
        "stages": {str(n): t for n, t in complete.stages.items()},
        "blocks": complete.blocks,
        "holders": complete.holders,
    }
    published = {name: {k: t._asdict() for k, t in group.items()} for name, group in tallies.items()}
    stale = [s._asdict() | {"dated": s.dated.isoformat()} for s in evidence.stale]
    gates = [{"id": f.id, "title": f.principle.title} for f in evidence.gates_open]
    more = {
        "self_reported": list(evidence.own_word),
        "stale": stale,
        "not_counted": [not_counted(a) for a in evidence.aside],
        "gates_not_evidenced": gates,
    }
    return head | {"evidence": published | more}
