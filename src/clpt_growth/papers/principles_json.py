"""The principles in use as published JSON."""

from clpt_growth.model.rules import Library
from clpt_growth.papers.json_text import as_json


def principles_json(library: Library) -> str:
    """`clpt-growth/principles/v1`: every principle in use, with its words, test lines and effect."""
    packs = [
        {
            "id": pack.id, "title": pack.title, "owner": pack.owner, "version": pack.version, "sha256": pack.sha256,
            "principles": [
                {
                    "id": p.id, "statement": p.statement, "words": p.words, "page": p.page, "source": p.source,
                    "name": p.name, "title": p.title, "question": p.question, "area": p.area, "effect": p.effect.value,
                    "weight": p.weight, "subject": p.subject, "examples": len(p.examples),
                }
                for p in pack.principles
            ],
        }
        for pack in library.packs
    ]  # fmt: skip
    return as_json({"schema": "clpt-growth/principles/v1", "packs": packs})
