"""A pipeline as published JSON, `clpt-growth/pipeline/v1`, and one school of it as a line of its own.

Days are a term's; shares are of what is free and may be over 1; a reading that cannot be told is null.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from clpt_growth import __version__
from clpt_growth.model.fact import Term
from clpt_growth.model.finding import Assessment
from clpt_growth.model.ledger import Ledger
from clpt_growth.papers.json_text import as_json, value_of
from clpt_growth.papers.pipeline_words import Names, limit_words, outcome_of_tip, short_gates
from clpt_growth.papers.screen import gates_of
from clpt_growth.papers.tried_words import tried_words
from clpt_growth.pipeline.answer import Answer
from clpt_growth.pipeline.in_order import Place
from clpt_growth.pipeline.limits import Limit, Reading, central_ledger, improvement_ledger
from clpt_growth.pipeline.tipping import Tip

_NAMES = {
    "name": "school.identity.name",
    "urn": "school.identity.urn",
    "route": "case.proposal.route",
    "phase": "school.identity.phase",
}


def pipeline_json(answer: Answer, tried: Answer | None = None) -> str:
    """`tried` is the answer with something tried in it; it stands apart under `what_if`."""
    asked, pipeline = answer.asked, answer.asked.pipeline
    trust = asked.trust.get("trust.identity.name")
    inputs = {f.file: f for place in answer.places for f in (*asked.trust_inputs, *place.entry.inputs)}
    return as_json(
        {
            "schema": "clpt-growth/pipeline/v1",
            "tool_version": __version__,
            "trust": {"name": str(trust.value) if trust is not None else None},
            "as_of": asked.as_of.isoformat(),
            "packs": [{"id": p.id, "version": p.version, "sha256": p.sha256} for p in asked.library.packs],
            "inputs": [{"file": f.file, "sha256": f.sha256} for f in inputs.values()],
            "order": {
                "file": pipeline.file.file if pipeline.file else None,
                "sha256": pipeline.file.sha256 if pipeline.file else None,
                "source": pipeline.source or None,
                "dated": pipeline.dated.isoformat() if pipeline.dated else None,
                "never_with": [list(pair) for pair in pipeline.exclusive],
            },
            **_content(answer),
            "what_if": None if tried is None else {"tried": _tried(tried, answer), **_content(tried)},
        }
    )


def school_line(position: int, place: Place, assessment: Assessment | None) -> str:
    """One school on one line: `clpt-growth/pipeline-school/v1`."""
    content = {"schema": "clpt-growth/pipeline-school/v1", **_school(position, place, assessment)}
    return json.dumps(content, ensure_ascii=True, separators=(",", ":")) + "\n"


def _tried(tried: Answer, base: Answer) -> list[str]:
    names = Names(base.places)
    known = {place.name: names.of(place.name) for place in base.places}
    return tried_words(tried.what_if, base.asked.library.dictionary, known)


def _content(answer: Answer) -> dict[str, Any]:
    pairs = zip(answer.places, answer.assessments, strict=True)
    joining = answer.joining
    return {
        "schools": [_school(n, place, assessment) for n, (place, assessment) in enumerate(pairs, 1)],
        "ledgers": {
            "improvement": _ledger(improvement_ledger(answer.asked, joining)),
            "central": _ledger(central_ledger(answer.asked, joining)),
        },
        "limits": [_limit(limit, read, answer) for limit, read in answer.readings.items()],
        "tips": [_tip(tip, answer) for tip in answer.tips],
        "unknown": [{**_about(u.limit, answer), "from": u.school} for u in answer.unknowns],
        "waits": [
            {
                "school": w.school, "what": w.what, "functions": list(w.functions), "facts": list(w.facts),
                "readable": w.readable,
            }
            for w in answer.waits
        ],
    }  # fmt: skip


def _school(position: int, place: Place, assessment: Assessment | None) -> dict[str, Any]:
    return {
        "position": position,
        "school": place.name,
        "file": place.entry.joiner.path,
        "readable": place.readable,
        "candidate": {key: place.case.text(name) or None for key, name in _NAMES.items()} if place.readable else None,
        "opening": str(place.opening) if place.opening is not None else None,
        "counted": place.joins,
        "after": list(place.after),
        "instead_of": list(place.instead_of),
        **(_judged(assessment) if assessment is not None else dict.fromkeys(_JUDGED)),
    }


_JUDGED = ("recommendation", "gates", "capacity", "trust_after")


def _judged(assessment: Assessment) -> dict[str, Any]:
    settled = assessment.settled
    return {
        "recommendation": {
            "proposed": assessment.row.propose.value,
            "ids": [f.id for f in assessment.triggered_by] if short_gates(assessment) else [],
            "settled": settled.settled,
            "best_case": settled.best.propose.value,
            "worst_case": settled.worst.propose.value,
            "coverage": value_of(assessment.coverage),
        },
        "gates": {f.id: f.outcome.value for f in gates_of(assessment)},
        "capacity": _block(assessment, "case.capacity."),
        "trust_after": _block(assessment, "case.after."),
    }


def _block(assessment: Assessment, prefix: str) -> dict[str, Any]:
    found = ((name, fact) for name, fact in assessment.facts.items() if name.startswith(prefix))
    return {name.removeprefix(prefix): value_of(fact.value) for name, fact in found}


def _ledger(ledger: Ledger | None) -> dict[str, Any] | None:
    """Each term: what is available, kept and promised, then what each school needs and gives, and what is in use."""
    if ledger is None:
        return None
    return {
        "resources": list(ledger.resources),
        "terms": [_term(ledger, term) for term in ledger.terms],
    }


def _term(ledger: Ledger, term: Term) -> dict[str, Any]:
    today = replace(ledger, earlier=())
    return {
        "term": str(term),
        "available_days": value_of(ledger.available()),
        "kept_days": value_of(ledger.kept()),
        "promised_days": value_of(today.in_use(term, *ledger.resources)),
        "schools": [
            {
                "school": load.school,
                "needs": {name: value_of(days) for name, days in load.needs.get(term, {}).items()},
                "gives": {name: value_of(days) for name, days in load.gives.get(term, {}).items()},
            }
            for load in ledger.earlier
        ],
        "used_share": value_of(ledger.used_share(term)),
        "used_share_by_resource": {name: value_of(ledger.used_share(term, name)) for name in ledger.resources},
    }


def _about(limit: Limit, answer: Answer) -> dict[str, Any]:
    return {
        "limit": limit_words(limit, answer.asked.library.dictionary),
        "fact": limit.fact,
        "team": limit.team or None,
        "resource": limit.resource or None,
        "principle": limit.principle or None,
    }


def _reading(reading: Reading | None) -> dict[str, Any] | None:
    if reading is None:
        return None
    when = str(reading.when) if reading.when is not None else None
    return {"value": value_of(reading.value), "when": when, "outcome": reading.outcome.value}


def _limit(limit: Limit, read: tuple[Reading | None, ...], answer: Answer) -> dict[str, Any]:
    after = (None, *(place.name for place in answer.joining))
    readings = [{"after": name, "reading": _reading(r)} for name, r in zip(after, read, strict=True)]
    return {**_about(limit, answer), "readings": readings}


def _tip(tip: Tip, answer: Answer) -> dict[str, Any]:
    return {
        **_about(tip.limit, answer),
        "school": tip.school,
        "before": _reading(tip.before),
        "after": _reading(tip.reading),
        "outcome": outcome_of_tip(tip),
        "would": list(_would(tip)),
    }


def _would(tip: Tip) -> Iterator[dict[str, Any]]:
    for would in tip.would:
        yield {
            "try": would.what,
            "of": would.of,
            "then": _reading(would.reading),
            "with_every_school": _reading(would.with_all),
            "cures_it_here": would.cures,
            "cures_it_for_all": would.holds,
        }
