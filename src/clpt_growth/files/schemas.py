"""JSON Schema for principle files, and for every kind of file together."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from clpt_growth.files.pipeline_file import pipeline_schema
from clpt_growth.files.schema import DAY, DRAFT, Schema, case_schema, ref
from clpt_growth.model.criterion import CRITERION_KINDS, Criterion, Threshold
from clpt_growth.model.principle import Action, Example, Principle, Risk
from clpt_growth.model.rules import Library

_PRINCIPLE_WORDS: Mapping[str, str] = {
    "id": "A letter for the pack and two digits, a letter more for a part: P05, P18c. Never reused.",
    "statement": "The number of the statement in the document it comes from.",
    "words": "The statement's own words, quoted.",
    "page": "The page they stand on.",
    "source": "The document, by its id in sources.yaml.",
    "name": "A few words for it, for a heading or a table.",
    "title": "Names the good state.",
    "question": "Answered yes or no; yes is always good.",
    "why": "Why it matters, in one sentence.",
    "reading": "How the words were read where they leave room.",
    "subject": "Whether it is about the school, the trust or both.",
    "area": "The area it is weighed in, one of those in rules.yaml.",
    "effect": "gate: no approval while short. condition: becomes one. score: weighed. note: reported.",
    "weight": "How much it counts in its area.",
    "not_met_leads_to": "What a failed gate leads to.",
    "routes": "The routes it applies to; all where left out.",
    "phases": "The phases it applies to; all where left out.",
    "applies_when": "A criterion that must hold for the question to arise.",
    "does_not_apply_because": "Why the question does not arise where it does not apply.",
    "need_for_routes": "Routes for which a shortfall is why the school comes, and so a need.",
    "need": "The need it is counted as.",
    "judgement": "Whether a recorded Judgement stands beside the outcome or decides it.",
    "criterion": "How it is tested.",
    "find_out": "What to ask for where there is no evidence.",
    "action": "What would put a shortfall right.",
    "risk": "What may happen.",
    "examples": "Cases with the outcome each must have; they are run.",
    "examples_start_from": "Facts that every example starts from.",
    "amends": "The id of the shipped principle this file changes.",
    "reason": "Why it was changed, and who decided.",
    "minuted_on": "When the board decided it.",
}
_SHAPES: Mapping[str, type[Any]] = {
    "threshold": Threshold,
    "action": Action,
    "risk": Risk,
    "example": Example,
}
_FACT_FIELDS = ("fact", "have", "need")


def principle_schema(library: Library) -> Schema:
    """The schema of one principle of a pack, or of a trust's change to one."""
    own = {
        "amends": {"type": "string"},
        "reason": {"type": "string"},
        "minuted_on": ref("day"),
        "examples_start_from": ref("facts"),
    }
    properties = _properties(Principle) | {"area": {"enum": list(library.rules.areas)}} | own
    properties["source"] = {"enum": list(library.sources)}
    told = {name: {"description": _PRINCIPLE_WORDS.get(name, "")} | schema for name, schema in properties.items()}
    return {
        "$schema": DRAFT,
        "title": "A principle file of clpt-growth",
        "description": "One statement as a yes-or-no question, how it is tested, and what to do if short.",
        "type": "object",
        "additionalProperties": False,
        "properties": told,
        "if": {"required": ["amends"]},
        "then": {"required": ["amends", "reason"]},
        "else": {"required": _required(Principle)},
        "$defs": _principle_definitions(library),
    }


def _principle_definitions(library: Library) -> dict[str, Schema]:
    names = list(library.dictionary.kinds)
    return {
        "day": {"type": "string", "pattern": f"^{DAY}$"},
        "fact_name": {"enum": names},
        "facts": {"type": ["object", "null", "string"], "maxLength": 0, "propertyNames": {"enum": names}},
        "criterion": {"anyOf": [ref(name.replace(" ", "_")) for name in CRITERION_KINDS]},
        **{name.replace(" ", "_"): _shape(shape) for name, shape in CRITERION_KINDS.items()},
        **{name: _shape(shape) for name, shape in _SHAPES.items()},
    }


def _shape(shape: type[Any]) -> Schema:
    required = [*(["kind"] if shape in CRITERION_KINDS.values() else []), *_required(shape)]
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": _properties(shape),
        "required": required,
        **({"description": shape.__doc__} if shape.__doc__ else {}),
    }


def _required(shape: type[Any]) -> list[str]:
    return [f.name for f in fields(shape) if _must(f)]


def _must(field: "Field[Any]") -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _properties(shape: type[Any]) -> dict[str, Schema]:
    return {name: _property(name, type_, shape) for name, type_ in get_type_hints(shape).items()}


def _property(name: str, type_: Any, shape: type[Any]) -> Schema:
    if name == "facts":
        return {"type": "array", "items": ref("fact_name"), "minItems": 1}
    if name in _FACT_FIELDS and shape is not Principle:
        return ref("fact_name")
    if name == "given":
        return ref("facts")
    return _typed(type_)


def _typed(type_: Any) -> Schema:
    """The schema of a type of the model, as it is written in YAML."""
    if type_ == Criterion:
        return ref("criterion")
    if named := next((name for name, shape in _SHAPES.items() if shape is type_), None):
        return ref(named)
    origin, inner = get_origin(type_), get_args(type_)
    if origin is UnionType or NoneType in inner:
        return _typed_choice([t for t in inner if t is not NoneType])
    if origin is Literal:
        return {"enum": list(inner)}
    if origin is tuple:
        return {"type": "array", "items": _typed(inner[0])}
    if isinstance(type_, type) and issubclass(type_, Enum):
        return {"enum": [member.value for member in type_]}
    return _plain(type_)


def _typed_choice(types: list[Any]) -> Schema:
    """A union without its None: the criteria together are one definition."""
    if set(types) >= set(CRITERION_KINDS.values()):
        return ref("criterion")
    return _typed(types[0])


def _plain(type_: Any) -> Schema:
    known: dict[Any, Schema] = {
        str: {"type": ["string", "number"]},
        int: {"type": ["integer", "string"], "pattern": "^[0-9]+$"},
        date: ref("day"),
    }
    return known.get(type_, {})


def schemas(library: Library) -> dict[str, Schema]:
    """Each JSON Schema by the kind of file it is for."""
    return {
        "school": case_schema(library.dictionary, "school"),
        "trust": case_schema(library.dictionary, "trust"),
        "pipeline": pipeline_schema(),
        "principle": principle_schema(library),
    }


def schema_text(schema: Schema) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
