"""Findings weighed by area, and how much of the weight has evidence."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from clpt_growth.model.criterion import Effect
from clpt_growth.model.finding import Finding, Rating
from clpt_growth.model.nought import NOUGHT
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.principle import Pack
from clpt_growth.model.rules import Rules

NO_RATING = "no rating"
_EVIDENCED = (Outcome.MET, Outcome.PARTLY_MET, Outcome.NOT_MET)


def weighed(finding: Finding) -> bool:
    """A need is why the school comes; a note, a conflict and what does not apply carry no weight."""
    return (
        finding.principle.effect is not Effect.NOTE
        and not finding.as_need
        and finding.outcome not in (Outcome.NOT_APPLICABLE, Outcome.CONFLICT)
    )


def ratings(findings: Iterable[Finding], packs: Sequence[Pack], rules: Rules) -> tuple[Rating, ...]:
    """One rating for each area of each pack that has tests: the packs' order, then the rules' order of areas.

    Packs are kept apart, so that what the trust does well can never lift what a school does badly.
    """
    pack_of = {p.id: pack.id for pack in packs for p in pack.principles}
    tests: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if weighed(finding):
            tests.setdefault((pack_of[finding.id], finding.principle.area), []).append(finding)
    places = ((pack.id, area) for pack in packs for area in rules.areas)
    return tuple(_rating(*place, tests[place], rules) for place in places if place in tests)


def _rating(pack: str, area: str, tests: Sequence[Finding], rules: Rules) -> Rating:
    evidenced = [f for f in tests if f.outcome in _EVIDENCED]
    weight = sum(f.principle.weight for f in evidenced)
    points = sum((rules.points[f.outcome] * f.principle.weight for f in evidenced), NOUGHT)
    share = points / weight if weight else None
    return Rating(pack, area, points, weight, len(evidenced), len(tests), share, _band(share, rules))


def _band(share: Decimal | None, rules: Rules) -> str:
    if share is None:
        return NO_RATING
    return next(band.word for band in rules.bands if share >= band.at_least)


def coverage(findings: Iterable[Finding]) -> Decimal:
    """The share of all weight that has evidence; nought where nothing applies."""
    counted = [f for f in findings if weighed(f)]
    total = sum(f.principle.weight for f in counted)
    evidenced = sum(f.principle.weight for f in counted if f.outcome in _EVIDENCED)
    return Decimal(evidenced) / total if total else NOUGHT
