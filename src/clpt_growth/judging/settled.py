"""Whether the proposal could still change, and what it turns on.

Every finding alone leads to one row of the table, and the recommendation is the worst of those rows.
So the best still reachable is the worst, over all findings, of the best each could come to; and the worst
still reachable is the worst any one could come to. No combination of outcomes has to be tried.
The answer as it stands is reachable too: nothing more may come in.
The worst is exact where no principle tests one missing fact twice, and never too high. The best is exact
where undecided findings share no missing fact, and never too low.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import product
from typing import NamedTuple

from clpt_growth.judging.behind import Behind, missing_facts, written_behind
from clpt_growth.judging.criteria import FINDING
from clpt_growth.judging.findings import judge_of, laid_beside
from clpt_growth.judging.margins import just_beyond, line_for, margins, relative
from clpt_growth.judging.rating import weighed
from clpt_growth.judging.recommendation import rank_if, rank_of, ranks_open, row_at
from clpt_growth.model.case import ROUTE
from clpt_growth.model.criterion import Between, Compare, DatedWithin, Effect
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.fact import Fact, Verified
from clpt_growth.model.finding import Finding, Margin, Settled, Turn, Why
from clpt_growth.model.outcome import (
    MET,
    Open,
    Outcome,
    each_way,
    outcome_of,
    undecided,
)
from clpt_growth.model.rules import Recommendation, Rules

# The findings with some facts changed; None takes one away.
Rejudge = Callable[[Mapping[str, Fact | None]], tuple[Finding, ...]]
# Facts put at an end of their range, and the findings then.
Tried = Sequence[tuple[Mapping[str, Fact], tuple[Finding, ...]]]

# Above this many ranges only each alone and all together are tried at their ends.
_RANGES_TRIED_TOGETHER = 4
_BINDING = (Effect.GATE, Effect.CONDITION)


class Question(NamedTuple):
    """What is being asked: the case as judged, and how to judge it again with other facts."""

    findings: tuple[Finding, ...]
    facts: Mapping[str, Fact]
    given: Mapping[str, Fact]
    as_of: date
    rank: int
    rules: Rules
    dictionary: Dictionary
    behind: Behind
    rejudge: Rejudge
    trust_alone: bool = False

    @property
    def route(self) -> str | None:
        fact = self.facts.get(ROUTE)
        return None if fact is None else fact.value


def settled(asked: Question) -> Settled:
    """Best and worst still reachable, and what the answer turns on, most decisive first."""
    tried = [(ends, asked.rejudge(ends)) for ends in _ends_tried(_ranged(asked.given))]
    widened = _with_ranges(asked, tried)
    route = asked.route
    ranks = {f.id: ranks_open(f, widened[f.id], route, asked.rules) for f in asked.findings}
    lowest = len(asked.rules.table)
    best = min((max(r) for r in ranks.values()), default=lowest)
    if not any(weighed(f) for f in asked.findings):
        # Where nothing carries weight no evidence can raise the coverage.
        best = min(best, asked.rank)
    worst = min((asked.rank, *(min(r) for r in ranks.values())))

    def turns() -> tuple[Turn, ...]:
        found = (
            *_missing_turns(asked, ranks, best),
            *_range_turns(asked, tried, best),
            *_word_turns(asked, best),
            *_near_turns(asked, best),
        )
        return _most_decisive_first(asked, found)

    return Settled(
        best=row_at(best, asked.rules),
        worst=row_at(worst, asked.rules),
        find_turns=turns,
        trust_alone=asked.trust_alone,
    )


def _most_decisive_first(asked: Question, turns: Iterable[Turn]) -> tuple[Turn, ...]:
    """What is missing before what is unsure, gates before conditions, then the worst consequence first."""
    order = {f.id: n for n, f in enumerate(asked.findings)}
    table, reasons = (*asked.rules.table, asked.rules.otherwise), list(Why)
    seen: dict[tuple[str, str, tuple[str, ...]], Turn] = {}
    for turn in turns:
        seen.setdefault((turn.principle.id, turn.why, turn.facts), turn)
    return tuple(
        sorted(
            seen.values(),
            key=lambda t: (
                reasons.index(t.why),
                t.principle.effect is not Effect.GATE,
                table.index(t.leads_to) if t.leads_to in table else len(table),
                order[t.principle.id],
                t.facts,
            ),
        )
    )


def _turn(asked: Question, finding: Finding, why: Why, facts: tuple[str, ...], worst: Outcome) -> Turn:
    row = row_at(rank_if(finding.principle, worst, asked.rules), asked.rules)
    return Turn(finding.principle, why, facts, finding.outcome, worst, row)


def _missing_turns(asked: Question, ranks: Mapping[str, tuple[int, ...]], best: int) -> Iterable[Turn]:
    for finding in asked.findings:
        lowest = min(ranks[finding.id])
        if not undecided(finding.ways) or not _proposes_less(asked, lowest, best):
            continue
        for root in _roots(asked, finding):
            facts = missing_facts(root.principle, asked.facts, asked.behind, asked.as_of)
            turn = _turn(asked, root, Why.MISSING, facts, _worst_way(asked, root, root.ways))
            # A root too light to change the answer alone changes it through what follows from it.
            weighs = _proposes_less(asked, min(ranks[root.id]), best)
            yield turn if weighs else turn._replace(leads_to=row_at(lowest, asked.rules))


def _roots(asked: Question, finding: Finding) -> Iterable[Finding]:
    """Where a finding's uncertainty comes from: itself, or the undecided findings it only follows from."""
    if not _only_follows(asked, finding):
        yield finding
        return
    for id_ in finding.principle.follows_from:
        root = next((f for f in asked.findings if f.id == id_), None)
        if root is not None and undecided(root.ways):
            yield from _roots(asked, root)


def _worst_way(asked: Question, finding: Finding, ways: Open) -> Outcome:
    outcomes = [outcome_of(way) for way in each_way(ways)]
    return min(outcomes, key=lambda o: rank_if(finding.principle, o, asked.rules))


def _only_follows(asked: Question, finding: Finding) -> bool:
    """Whether a finding would be decided if all it follows from were met: it is then no root cause."""
    ids = finding.principle.follows_from
    if not ids:
        return False
    supposed = {FINDING + id_: Fact(FINDING + id_, MET) for id_ in ids}
    return not undecided(judge_of(finding.principle, asked.as_of)({**asked.facts, **supposed}))


def _ranged(facts: Mapping[str, Fact]) -> list[Fact]:
    return [fact for fact in facts.values() if fact.low is not None]


def _with_ranges(asked: Question, tried: Tried) -> dict[str, Open]:
    """The ways open to each finding, counting the ends of every range given."""
    widened = {f.id: f.ways for f in asked.findings}
    for _, findings in tried:
        for _, finding in _changed(asked, findings):
            widened[finding.id] = Open(widened[finding.id] | finding.ways)
    return widened


def _ends_tried(ranged: Sequence[Fact]) -> Iterable[dict[str, Fact]]:
    """Each range alone at each end; then the ends of all together, every pairing while there are few."""
    for fact in ranged:
        for end in (fact.low, fact.high):
            if end != fact.value:
                yield {fact.name: fact._replace(value=end)}
    if len(ranged) < 2:
        return
    few = len(ranged) <= _RANGES_TRIED_TOGETHER
    lows, highs = [f.low for f in ranged], [f.high for f in ranged]
    for values in product(*zip(lows, highs, strict=True)) if few else (lows, highs):
        yield {f.name: f._replace(value=v) for f, v in zip(ranged, values, strict=True)}


def _range_turns(asked: Question, tried: Tried, best: int) -> Iterable[Turn]:
    """Ranges with an end at which a finding leads elsewhere, for better or worse."""
    for (name, *others), findings in tried:
        for before, finding in _changed(asked, findings) if not others else ():
            if finding.outcome == before.outcome or not _rests_on(asked, finding, name):
                continue
            worse = min(before, finding, key=lambda f: rank_of(f, asked.rules))
            if _proposes_less(asked, rank_of(worse, asked.rules), best):
                yield _turn(asked, before, Why.RANGE, (name,), worse.outcome)


def _rests_on(asked: Question, finding: Finding, name: str) -> bool:
    """Whether a finding rests on a written fact itself, and not only through what it follows from."""
    read = finding.principle.facts_read
    return any(name in written_behind(each, asked.behind, optional=True) for each in read)


def _changed(asked: Question, findings: Sequence[Finding]) -> Iterable[tuple[Finding, Finding]]:
    """Each finding as it stands and as it would be with other facts, where the two differ."""
    pairs = zip(asked.findings, findings, strict=True)
    return ((before, after) for before, after in pairs if before is not after and before.ways != after.ways)


def _matters(asked: Question, finding: Finding, outcome: Outcome, best: int) -> bool:
    """Whether a finding coming out so would pull the answer below the best still reachable."""
    return _proposes_less(asked, rank_if(finding.principle, outcome, asked.rules), best)


def _proposes_less(asked: Question, rank: int, best: int) -> bool:
    words = list(Recommendation)
    return words.index(row_at(rank, asked.rules).propose) < words.index(row_at(best, asked.rules).propose)


def _word_turns(asked: Question, best: int) -> Iterable[Turn]:
    """Values with only the school's word behind them that hold up a gate or a condition."""
    for name in _read_where_it_matters(asked, best):
        fact = asked.given.get(name)
        if fact is None or fact.verified != Verified.SELF_REPORTED:
            continue
        for before, finding in _changed(asked, asked.rejudge({name: None})):
            if undecided(before.ways) or not _rests_on(asked, finding, name):
                continue
            worst = _worst_way(asked, before, finding.ways)
            if _matters(asked, before, worst, best):
                yield _turn(asked, before, Why.SCHOOLS_WORD, (name,), worst)


def _read_where_it_matters(asked: Question, best: int) -> tuple[str, ...]:
    """The written facts behind gates and conditions that could pull the answer below the best still reachable."""
    names: dict[str, None] = {}
    for finding in asked.findings:
        binds = finding.principle.effect in _BINDING and not finding.as_need
        if binds and _matters(asked, finding, Outcome.NOT_MET, best):
            for name in finding.principle.facts_read:
                names |= dict.fromkeys(written_behind(name, asked.behind, optional=True))
    return tuple(names)


def _near_turns(asked: Question, best: int) -> Iterable[Turn]:
    facts = laid_beside(asked.facts, asked.findings)
    for finding in asked.findings:
        if finding.principle.effect not in _BINDING or undecided(finding.ways) or finding.as_need:
            continue
        for margin in margins(finding.principle, asked.facts, asked.as_of, asked.dictionary):
            near = relative(margin)
            if near is None or near > asked.rules.near_the_line_share or _at_an_end(margin):
                continue
            outcome = _across(asked, facts, finding, margin)
            if outcome is not None and outcome != finding.outcome and _matters(asked, finding, outcome, best):
                yield _turn(asked, finding, Why.NEAR, (margin.fact,), outcome)._replace(margin=margin)


def _at_an_end(margin: Margin) -> bool:
    """Whether a share stands at the whole or at nothing, the best there is, and is near no line."""
    return margin.unit == "share" and margin.value == margin.line and margin.value in (0, 1)


def _across(asked: Question, facts: Mapping[str, Fact], finding: Finding, margin: Margin) -> Outcome | None:
    """The outcome with one value moved just over a line; `facts` have the findings laid beside them."""
    name, at = margin.fact, margin.line
    for part in finding.principle.parts:
        if isinstance(part, Compare | Between | DatedWithin) and part.fact == name:
            line = line_for(part, asked.facts, asked.as_of)
            if line is None or at not in (line.met, line.partly):
                continue
            moved = just_beyond(part, asked.facts[name].value, at, asked.as_of)
            if moved is not None:
                beyond = {**facts, name: facts[name]._replace(value=moved)}
                return outcome_of(judge_of(finding.principle, asked.as_of)(beyond))
    return None
