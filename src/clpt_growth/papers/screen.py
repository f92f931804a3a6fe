"""The answer on one screen of 80 columns, as plain text."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from clpt_growth.judging.away import away_in_file
from clpt_growth.model.criterion import Effect
from clpt_growth.model.finding import Assessment, Finding, Rating, Turn, Why
from clpt_growth.model.ledger import ALL_DAYS
from clpt_growth.model.outcome import Outcome
from clpt_growth.papers.alone_words import alone_on_screen
from clpt_growth.papers.findings_words import follows_at, what_we_saw
from clpt_growth.papers.lines_words import margin_held_back, margin_words
from clpt_growth.papers.missing_words import aside_words, is_later, later_words, to_find_out
from clpt_growth.papers.proposal_words import decided_by, department_reason, why_proposed
from clpt_growth.papers.resting_on import old_evidence
from clpt_growth.papers.view import finding_on, without_post
from clpt_growth.papers.wording import (
    NOT_EVIDENCED,
    WIDTH,
    capital,
    day,
    decimal,
    label,
    listed,
    lowered,
    noun,
    percent,
    plural,
    rounded,
    value_words,
)

_INDENT = 11
_PLAIN = (Outcome.MET, Outcome.NOT_APPLICABLE)
_MOST_TURNS = 8
_NO_TRUST_FILE = "No trust file was found: nothing about the trust is in evidence."
_MOST_GATES = 8
_MOST_ASIDE = 4
_OUTCOME_ORDER = (
    Outcome.MET,
    Outcome.PARTLY_MET,
    Outcome.NOT_MET,
    Outcome.NOT_EVIDENCED,
    Outcome.CONFLICT,
    Outcome.NOT_APPLICABLE,
)


def assessment_screen(
    assessment: Assessment, school_file: str = "", more: str = "", *, beside: str = "", data: str = ""
) -> str:
    """Everything a person needs before the paper: proposal, gates, what it turns on, areas, capacity.

    `more` is what every command that comes next needs, and `data` what the paper needs besides; `beside` says where
    to read of the school's place among others.
    """
    parts = [
        _who(assessment),
        _proposed(assessment),
        _gates(assessment),
        _turns_on(assessment),
        _areas(assessment),
        [*_capacity(assessment), *_evidence(assessment), *(headed("BESIDE", beside) if beside else ())],
        _next(assessment, school_file, more, data),
    ]
    return "\n\n".join("\n".join(part) for part in (list(p) for p in parts) if part) + "\n"


def headed(head: str, words: str, *, indent: int = _INDENT) -> Iterator[str]:
    """A word in the margin and text beside it, wrapped."""
    lines = wrap(words, WIDTH - indent) or [""]
    yield f"{head:<{indent}}{lines[0]}".rstrip()
    yield from (" " * indent + line for line in lines[1:])


def _who(assessment: Assessment) -> Iterator[str]:
    case = assessment.case
    trust = case.text("trust.identity.name")
    if case.has_school:
        name = case.text("school.identity.name", "A school with no name in its file")
        urn = case.text("school.identity.urn")
        opening = case.fact("case.proposal.proposed_opening_on")
        about = [case.text("school.identity.phase"), case.text("case.proposal.route")]
        category = assessment.facts.get("school.inspection.category")
        if category is not None and category.applies and category.value != "none":
            about.append(f"category of concern: {category.value}")
        if opening is not None and opening.applies:
            about.append(f"opening {day(opening.value)}")
        head = f"{name}{f', URN {urn}' if urn else ''}"
        yield from wrap(f"{head}: {', '.join(a for a in about if a)}" if any(about) else head, WIDTH)
    joining = "Joining " if case.has_school else ""
    files = 2 if case.has_school else 1
    nameless = "The trust file names no trust." if len(case.inputs) >= files else _NO_TRUST_FILE
    who = f"{joining}{trust}." if trust else nameless
    yield from wrap(f"{who} Facts as at {day(case.as_of)}.", WIDTH)


def _proposed(assessment: Assessment) -> Iterator[str]:
    row, settled = assessment.row, assessment.settled
    department = department_reason(assessment)
    reason = f": {department}" if department not in ("", "other") else ""
    proposal = row.propose if assessment.case.has_school else row.readiness
    yield from headed("PROPOSED" if assessment.case.has_school else "READINESS", f"{proposal.upper()}{reason}")
    indent = " " * _INDENT
    for line in wrap(f"{why_proposed(assessment)} {decided_by(assessment)}".strip(), WIDTH - _INDENT):
        yield indent + line
    best, worst = (settled.best, settled.worst)
    ends = (best.propose, worst.propose) if assessment.case.has_school else (best.readiness, worst.readiness)
    if settled.settled:
        yield indent + "Settled: nothing that is missing could change it."
    else:
        yield f"{indent}Not settled. Best still reachable: {ends[0]}."
        yield f"{indent}             Worst still reachable: {ends[1]}."
    if alone := alone_on_screen(assessment):
        yield from headed("ALONE", alone)


def outcome_counts(findings: Iterable[Finding]) -> str:
    """14 met, 2 partly met, ... leaving out what does not occur, except met."""
    found = [f.outcome for f in findings]
    counts = [(found.count(o), o) for o in _OUTCOME_ORDER]
    return ", ".join(
        f"{n} {noun(n, 'does', 'do') + ' not apply' if o is Outcome.NOT_APPLICABLE else o.value}"
        for n, o in counts
        if n or o is Outcome.MET
    )


def gates_of(assessment: Assessment) -> tuple[Finding, ...]:
    return tuple(f for f in assessment.findings if f.principle.effect is Effect.GATE)


def not_plainly_met(assessment: Assessment) -> tuple[Finding, ...]:
    """Gates to show in full: short, unknown, or waved away by a line in the file; worst first, causes ahead."""
    rank = [
        Outcome.NOT_MET,
        Outcome.NOT_EVIDENCED,
        Outcome.PARTLY_MET,
        Outcome.CONFLICT,
        Outcome.NOT_APPLICABLE,
        Outcome.MET,
    ]
    shown = [f for f in gates_of(assessment) if f.outcome not in _PLAIN or _waved_away(f, assessment)]
    return tuple(sorted(shown, key=lambda f: (rank.index(f.outcome), follows_at(f, assessment))))


def _waved_away(finding: Finding, assessment: Assessment) -> bool:
    """Whether a line in the file says that something the gate asks does not apply."""
    return bool(away_in_file(finding, assessment))


def _gates(assessment: Assessment) -> Iterator[str]:
    counts = outcome_counts(gates_of(assessment))
    if not assessment.case.has_school:
        counts = counts.replace("do not apply", "asked of each school that would join")
    yield from headed("GATES", counts)
    shown = not_plainly_met(assessment)
    for finding in shown[:_MOST_GATES]:
        head = f"  {finding.id:<6}{finding.outcome.value:<16}"
        saw = lowered(what_we_saw(finding, assessment)).removeprefix(f"{NOT_EVIDENCED}: ")
        words = wrap(
            f"{finding.principle.name}: {saw}",
            WIDTH - len(head), max_lines=3, placeholder=" ...",
        )  # fmt: skip
        yield head + words[0]
        yield from (" " * len(head) + line for line in words[1:])
    if rest := shown[_MOST_GATES:]:
        said = (
            f"{listed([f.id for f in rest if f.outcome is outcome])} {outcome.value}"
            for outcome in dict.fromkeys(f.outcome for f in rest)
        )
        yield from headed("", f"and {'; '.join(said)}", indent=2)


def _turns_on(assessment: Assessment) -> Iterator[str]:
    turns = assessment.settled.turns_on
    if not turns:
        return
    if assessment.settled.settled:
        yield from headed("WATCH", "in evidence, but close to a line or not sure; most decisive first")
    else:
        yield from headed("TURNS ON", "most decisive first")
    for number, turn in enumerate(turns[:_MOST_TURNS], 1):
        head = f" {number:>2}  {turn.principle.id:<6}"
        words = wrap(turn_words(turn, assessment), WIDTH - len(head))
        yield head + words[0]
        yield from (" " * len(head) + line for line in words[1:])
    if len(turns) > _MOST_TURNS:
        yield f"     and {len(turns) - _MOST_TURNS} more: see the paper"


def turn_words(turn: Turn, assessment: Assessment) -> str:
    """What would change the answer, and why it is open."""
    dictionary = assessment.library.dictionary
    if turn.why is Why.MISSING:
        return to_find_out(turn.principle, turn.facts, assessment)
    names = listed([label(n, dictionary) for n in turn.facts[:3]])
    said = {
        Why.RANGE: f"{names}: {turn.worst.value} at the end of its range",
        Why.SCHOOLS_WORD: f"{names}: {turn.why}",
        Why.NEAR: f"{names}: {near_words(turn, assessment)}",
    }
    return said[turn.why]


def near_words(turn: Turn, assessment: Assessment) -> str:
    """How near a value is to the line it would fall over."""
    margin, dictionary = turn.margin, assessment.library.dictionary
    if margin is not None and margin_held_back(margin, assessment):
        return f"a small count close to {turn.worst.value}"
    if margin is None or not margin.distance:
        return f"on the line; one step beyond it the outcome is {turn.worst.value}"
    value = value_words(margin.value, dictionary.kinds.get(margin.fact))
    return f"{value}, {margin_words(margin, assessment).lstrip('+-')} from {turn.worst.value}"


# Packs that stand beside each other in the width of a screen.
_ABREAST, _AREA_WIDTH, _CELL_WIDTH = 3, 31, 16


def _areas(assessment: Assessment) -> Iterator[str]:
    """Each area's results, a column for each pack; what has no evidence at all is named last."""
    yield from headed("AREAS", "result so far, then tests with evidence out of all tests")
    rated = {r.pack for r in assessment.ratings if assessment.case.has_school or r.share is not None}
    packs = [pack.id for pack in assessment.library.packs if pack.id in rated]
    for first in range(0, len(packs), _ABREAST):
        yield from _areas_of(packs[first : first + _ABREAST], assessment.ratings)


def _areas_of(packs: Sequence[str], ratings: Sequence[Rating]) -> Iterator[str]:
    found = {(r.area, r.pack): r for r in ratings if r.pack in packs}
    areas = dict.fromkeys(area for area, _ in found)
    known = dict.fromkeys(area for (area, _), r in found.items() if r.share is not None)
    yield _in_columns("", [capital(pack) for pack in packs])
    for area in known:
        yield _in_columns(capital(area), [_cell(found.get((area, pack))) for pack in packs])
    if silent := [area for area in areas if area not in known]:
        yield from headed("  no rating", f"{'; '.join(silent)}: nothing in evidence", indent=13)


def _in_columns(head: str, cells: Iterable[str]) -> str:
    return f"  {head:<{_AREA_WIDTH}}{''.join(f'{cell:<{_CELL_WIDTH}}' for cell in cells)}".rstrip()


def _cell(rating: Rating | None) -> str:
    """Blank where a pack asks nothing of the area."""
    if rating is None:
        return ""
    result = "no rating" if rating.share is None else f"{rounded(rating.points)} of {rating.weight_evidenced}"
    return f"{result:<11}{rating.tests_evidenced}/{rating.tests}"


def _capacity(assessment: Assessment) -> Iterator[str]:
    facts = assessment.facts
    share, where = facts.get("case.capacity.tightest_share"), facts.get("case.capacity.tightest_specialism")
    term = facts.get("case.capacity.term")
    if share is None or where is None or term is None:
        yield from headed("CAPACITY", "not evidenced")
        return
    left = facts.get("case.capacity.days_left")
    nobody = without_post(assessment)
    words = f"{nobody}; " if nobody else ""
    words += f"{term.value}: {percent(share.value)} of {_days_of(where.value)} in use"
    if left is not None:
        words += f", {decimal(left.value)} left" if left.value >= 0 else f", {decimal(-left.value)} short"
    yield from headed("CAPACITY", words)


def _days_of(where: str) -> str:
    return "all improvement days" if where == ALL_DAYS else f"{where if where != 'send' else 'SEND'} improvement days"


def _evidence(assessment: Assessment) -> Iterator[str]:
    tally = assessment.completeness
    first, second = tally.stages[1], tally.stages[2]
    words = f"stage 1: {first.evidenced} of {first.asked} facts; stage 2: {second.evidenced} of {second.asked}"
    if tally.self_reported:
        who = "the school's" if assessment.case.has_school else "the trust's"
        words += f" ({tally.self_reported} {noun(tally.self_reported, 'is', 'are')} {who} word only)"
    yield from headed("EVIDENCE", words)
    if tally.stale:
        gates = listed([f.id for f in gates_of(assessment) if f.outcome in _PLAIN and old_evidence(f, assessment)])
        met = f"; gates met on old evidence: {gates}" if gates else ""
        yield from headed("", f"{plural(len(tally.stale), 'fact')} past the age the dictionary allows{met}")
    yield from _not_counted(assessment)


def _not_counted(assessment: Assessment) -> Iterator[str]:
    """What was written and is no evidence on the day: how many are dated later, and the rest by name."""
    if later := later_words(assessment):
        yield from headed("", f"{later}: run it again at a later date")
    others = [a for a in assessment.aside if not is_later(a)]
    said = [f"{label(a.fact, assessment.library.dictionary)} ({aside_words(a)})" for a in others]
    more = [f"{len(said) - _MOST_ASIDE} more: see clpt-growth check"] if len(said) > _MOST_ASIDE else []
    if said:
        yield from headed("", f"written and not counted: {listed([*said[:_MOST_ASIDE], *more])}")


def _next(assessment: Assessment, school_file: str, more: str, data: str) -> Iterator[str]:
    """The commands that come next, whole, so that they can be copied; further left where the margin is too wide."""
    if not school_file:
        return
    file = f'"{school_file}"' if " " in school_file else school_file
    about = _worth_explaining(assessment)
    commands = [f"clpt-growth explain {about} --case {file}{more}"] if about else []
    if assessment.case.has_school:
        commands.append(f"clpt-growth assess {file}{more}{data} --report paper.md")
    room = WIDTH - max(map(len, commands), default=0)
    if room >= _INDENT:
        for heading, command in zip(("NEXT", ""), commands, strict=False):
            yield f"{heading:<{_INDENT}}{command}"
        return
    yield "NEXT"
    yield from (" " * min(2, max(room, 0)) + command for command in commands)


def _worth_explaining(assessment: Assessment) -> str:
    """The principle the answer turns on, else the one about the days there are, else a gate, as far as there is one."""
    turns = (t.principle.id for t in assessment.settled.turns_on)
    on_days = finding_on("case.capacity.tightest_share", assessment)
    return next(iter((*turns, *(f.id for f in (on_days, *gates_of(assessment)) if f))), "")
