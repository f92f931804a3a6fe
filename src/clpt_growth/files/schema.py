"""JSON Schema for school and trust files, so that an editor completes and checks as people type.

Editors read YAML 1.2: dates, shares such as 41.2% and money such as 12_000 reach a schema as text.
A line left blank is null there, and empty text where everything is read as text.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from clpt_growth.facts.arising import asked_words
from clpt_growth.facts.asked import HOW_MANY, how_written, never_away
from clpt_growth.facts.written import LONGEST_TEXT
from clpt_growth.files.case_values import CAN_RANGE, ENTRIES, EVIDENCE, RANGE
from clpt_growth.files.casefile import SUBJECTS_OF
from clpt_growth.model.dictionary import Block, Dictionary, FactKind
from clpt_growth.model.fact import Verified

Schema = dict[str, Any]
DRAFT = "https://json-schema.org/draft/2020-12/schema"

_AWAY = r"[nN]/?[aA]\s*\([\s\S]*\S[\s\S]*\)\s*"
_WHOLE = r"-?(0|[1-9][0-9_]*)"
_COUNT = r"(0|[1-9][0-9_]*)"
_NUMBER = r"(0|[1-9][0-9_]*)(\.[0-9]+)?"
_REACH = "(1[5-9]|2[01])[0-9]{2}"
DAY = rf"{_REACH}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_TERM = rf"([aA]utumn|[sS]pring|[sS]ummer)\s+{_REACH}"
_YEAR = rf"{_REACH}[-/][0-9]{{2}}"
_PERCENT = r"(100(\.0+)?|[0-9]{1,2}(\.[0-9]+)?)\s*%"
_PART = r"(0(\.[0-9]+)?|1(\.0+)?)"
_YES_NO = r"[yY][eE][sS]|[nN][oO]|[tT][rR][uU][eE]|[fF][aA][lL][sS][eE]"


def case_schema(dictionary: Dictionary, what: str) -> Schema:
    """The schema of a school file or a trust file."""
    blocks = dictionary.blocks_of(*SUBJECTS_OF[what])
    return {
        "$schema": DRAFT,
        "title": f"A {what} file of clpt-growth",
        "description": "A blank line is not evidenced. What does not arise is n/a (and the reason).",
        "type": "object",
        "additionalProperties": False,
        "properties": {b.id: _block(b, dictionary.kinds) for b in blocks.values() if b.records or b.written},
        "$defs": _definitions() | _entries(blocks.values()),
    }


def _entries(blocks: Iterable[Block]) -> dict[str, Schema]:
    """The shapes of the records, once each."""
    kinds = [kind for block in blocks for kind in block.kinds if kind.kind == "records"]
    entries = {_entry_name(kind): _entry(kind) for kind in kinds}
    keyed = {f"{_entry_name(kind)}_under_key": _under_key(kind) for kind in kinds if kind.keyed_by is not None}
    return entries | keyed


def _entry_name(kind: FactKind) -> str:
    return f"{kind.path.replace('.', '_')}_entry"


def _block(block: Block, kinds: Mapping[str, FactKind]) -> Schema:
    if block.records is not None:
        return _told(block.records, block.title) | _records(block.records) | _never_away(block.records)
    return {
        "title": block.title,
        "description": " ".join(p for p in (block.meaning, _holder(block.holder)) if p),
        "type": ["object", "null", "string"],
        "maxLength": 0,
        "additionalProperties": False,
        "properties": _evidence() | {name: _fact(kind, kinds) for name, kind in block.written.items()},
    }


def _fact(kind: FactKind, kinds: Mapping[str, FactKind]) -> Schema:
    told = _told(kind, kind.label, asked_words(kind, kinds)) | _never_away(kind)
    if kind.kind == "records":
        return told | _records(kind)
    if kind.choices:
        return told | {"anyOf": [*_answers(kind), _mapping(_answers(kind))]}
    return told | ref(f"{_form(kind)}_fact") | _own_pattern(kind) | _own_most(kind)


def _never_away(kind: FactKind) -> Schema:
    """That "n/a" can never be true; where another answer can rule the question out, a schema cannot tell."""
    return {"not": ref("away")} if kind.always_arises and not (kind.asked_when or kind.phases) else {}


def _own_pattern(kind: FactKind) -> Schema:
    """How a text must be written where the dictionary says so; it holds for the value alone, beside its form."""
    if not kind.pattern:
        return {}
    return {
        "pattern": _whole(kind.pattern),
        "patternErrorMessage": f"Write {how_written(kind)}; or n/a (and the reason).",
    }


def _own_most(kind: FactKind, *, alone: bool = False) -> Schema:
    """The largest number that can be right, for the value alone, with its evidence, and for each end of a range."""
    if kind.most is None:
        return {}
    most: Schema = {
        "maximum": kind.most,
        "pattern": _whole(_up_to(kind.most) + (r"(\.[0-9]+)?" if kind.kind == "number" else "")),
        "patternErrorMessage": f"Write {kind.most} or less; or n/a (and the reason).",
    }
    ends = {"properties": dict.fromkeys(RANGE, most)}
    return most if alone else most | {"properties": {"value": most | ends, **ends["properties"]}}


def _up_to(most: int) -> str:
    """Every whole number up to one, for a reader to whom numbers are text."""
    digits = str(most)
    after = [rf"(_?[0-9]){{{left}}}" for left in range(len(digits) - 1, -1, -1)]
    lower = [
        f"{'_?'.join(digits[:at])}{'_?' if at else ''}[{at == 0:d}-{int(digit) - 1}]{after[at]}"
        for at, digit in enumerate(digits)
        if int(digit) > (at == 0)
    ]
    fewer = [rf"[1-9](_?[0-9]){{0,{len(digits) - 2}}}"] if len(digits) > 1 else []
    return f"(0|{'|'.join([*fewer, *lower, '_?'.join(digits)])})"


def _told(kind: FactKind, title: str, arises: str = "") -> Schema:
    """What an editor shows beside an entry."""
    write = "" if kind.kind == "records" else f"Write {how_written(kind)}."
    evidence = f"Usual evidence: {kind.evidence}." if kind.evidence else ""
    away = f"Arises for: {', '.join(kind.phases)}." if kind.phases else ""
    plain = [kind.meaning, write]
    marked = [f"**{title}**", kind.meaning, write, evidence, _holder(kind.holder), away, arises, never_away(kind)]
    return {
        "title": title,
        "description": " ".join(p for p in plain if p),
        "markdownDescription": "\n\n".join(p for p in marked if p),
    }


def _holder(holder: str) -> str:
    return f"Usually held by: {holder}." if holder else ""


def ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _form(kind: FactKind) -> str:
    """The name of the definition that says how this kind is written."""
    signs = ("_signed" if kind.signed else "") + ("_over_whole" if kind.over_whole else "")
    return kind.kind + (signs if kind.kind in ("share", "number") else "")


def _definitions() -> dict[str, Schema]:
    """Every form a value takes, alone and as a fact with its evidence."""
    forms = _forms()
    facts = {f"{name}_fact": _as_fact(name, form) for name, form in forms.items()}
    prose = {"type": ["string", "number", "null"], "maxLength": LONGEST_TEXT}
    evidence = {
        "source": prose | {"description": "Where the value is from: a document, a return, a minute."},
        "dated": ref("date") | {"description": "When it was true, as 2026-03-31."},
        "verified": {
            "description": "How sure we are: published, document seen or self reported.",
            "anyOf": [{"enum": [v.value for v in Verified]}, ref("blank")],
        },
        "note": prose | {"description": "Anything a reader should know about the value."},
    }
    blank = {"type": ["null", "string"], "maxLength": 0}
    away = {
        "type": ["null", "string"],
        "pattern": _whole(""),
        "patternErrorMessage": "Write n/a (and the reason).",
    }
    alone = {"type": "string", "pattern": f"^{_AWAY}$"}
    either = {"anyOf": [alone, {"type": "object", "required": ["value"], "properties": {"value": alone}}]}
    return {"blank": blank, "not_applicable": away, "away": either, **evidence, **forms, **facts}


def _forms() -> dict[str, Schema]:
    numbers: dict[str, tuple[str, str, Schema]] = {
        "pounds": ("integer", _WHOLE, {}),
        "count": ("integer", _COUNT, {"minimum": 0}),
        "days": ("integer", _COUNT, {"minimum": 0}),
        "number": ("number", _NUMBER, {"minimum": 0}),
        "number_signed": ("number", f"-?{_NUMBER}", {}),
        "share": ("number", f"{_PERCENT}|{_PART}", {"minimum": 0, "maximum": 1}),
        "share_signed": ("number", f"-?({_PERCENT}|{_PART})", {"minimum": -1, "maximum": 1}),
        "share_over_whole": ("number", rf"{_NUMBER}\s*%|{_PART}", {"minimum": 0, "maximum": 1}),
        "share_signed_over_whole": ("number", rf"-?({_NUMBER}\s*%|{_PART})", {"minimum": -1, "maximum": 1}),
    }
    words = {
        "date": DAY,
        "term": _TERM,
        "year": _YEAR,
        "financial_year": _YEAR,
    }
    made = {name: _pattern(name, [type_, "string", "null"], own) | ends for name, (type_, own, ends) in numbers.items()}
    made |= {name: _pattern(name, ["string", "null"], own) for name, own in words.items()}
    made["yes_no"] = {
        "anyOf": [
            {"enum": ["yes", "no"]},
            {"type": "boolean"},
            _pattern("yes_no", ["string", "null"], _YES_NO),
        ]
    }
    made["text"] = {
        "type": ["string", "number", "boolean", "null"],
        "maxLength": LONGEST_TEXT,
        "pattern": r"^(?![nN]/?[aA]\s*(\(\s*\))?\s*$)",
        "patternErrorMessage": "Write n/a (and the reason).",
    }
    made["texts"] = {"anyOf": [ref("text"), {"type": "array", "items": ref("text")}]}
    return made


def _whole(own: str) -> str:
    """The whole of a line: the form itself, "n/a" with its reason, or nothing."""
    return f"^({own}|{_AWAY}|)$" if own else f"^({_AWAY}|)$"


def _pattern(name: str, types: list[str], own: str) -> Schema:
    kind: Any = name.partition("_signed")[0].partition("_over")[0]
    how = how_written(FactKind(name="", kind=kind, label="", meaning="", signed="_signed" in name))
    return {
        "type": types,
        "pattern": _whole(own),
        "patternErrorMessage": f"Write {how}; or n/a (and the reason).",
    }


def _as_fact(name: str, form: Schema) -> Schema:
    """The form alone, or a mapping that holds it with its evidence; no choice where none is needed."""
    can_range = name.partition("_")[0] in CAN_RANGE
    mapping = _mapping([ref(name)], range_of=name if can_range else "")
    if "anyOf" in form:
        return {"anyOf": [*form["anyOf"], mapping]}
    return form | mapping | {"type": [*form["type"], "object"]}


def _mapping(value: list[Schema], *, range_of: str = "") -> Schema:
    ends = {end: ref(range_of) for end in RANGE} if range_of else {}
    inner: list[Schema] = [_object(ends)] if ends else []
    whole = value[0] if len(value) == 1 and not inner else {"anyOf": [*value, *inner]}
    return _object({"value": whole} | ends | _evidence())


def _object(properties: Mapping[str, Any]) -> Schema:
    made: Schema = {"type": "object", "additionalProperties": False, "properties": dict(properties)}
    if "low" in properties:
        made["dependentRequired"] = {"low": ["high"], "high": ["low"]}
    return made


def _evidence() -> dict[str, Schema]:
    return {name: ref(name) for name in EVIDENCE}


def _answers(kind: FactKind) -> list[Schema]:
    one: list[Schema] = [{"enum": list(kind.choices)}, ref("not_applicable")]
    if kind.kind == "choice":
        return one
    return [*one, {"type": "array", "items": {"anyOf": [{"enum": list(kind.choices)}, ref("blank")]}}]


def _records(kind: FactKind) -> Schema:
    listed: Schema = {"type": "array", "items": ref(_entry_name(kind))}
    shapes = [ref("not_applicable"), listed]
    held: list[Schema] = [ref("blank"), listed]
    keyed: Schema = {}
    if kind.keyed_by is not None:
        keyed = _keyed(kind.keyed_by, ref(f"{_entry_name(kind)}_under_key"))
        held.append({"type": "object", "additionalProperties": False} | keyed)
    holder = {
        "type": "object",
        "additionalProperties": False,
        **keyed,
        "properties": {**_evidence(), **_how_many(kind), **keyed.get("properties", {}), "records": {"anyOf": held}},
    }
    return {"anyOf": [*shapes, holder]}


def _how_many(kind: FactKind) -> dict[str, Schema]:
    """The number that says a list is whole, where it must."""
    return {ENTRIES: ref("count") | {"description": HOW_MANY}} if kind.counted else {}


def _entry(kind: FactKind) -> Schema:
    parts = {part.name: _part(part) for part in kind.fields}
    key = {kind.keyed_by.name: _part(kind.keyed_by)} if kind.keyed_by is not None else {}
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {**key, **parts, **_evidence()},
        "required": [part.name for part in kind.fields if part.required],
    }


def _part(part: FactKind) -> Schema:
    told = {"description": f"{part.meaning.rstrip('.')}. Write {how_written(part)}."} | _never_away(part)
    if part.choices:
        return told | {"anyOf": _answers(part)}
    return told | ref(_form(part)) | _own_pattern(part) | _own_most(part, alone=True)


def _under_key(kind: FactKind) -> Schema:
    """What stands after a key: an entry, nothing, or the one value where an entry has only one."""
    bare = _part(kind.fields[0]) if len(kind.fields) == 1 else ref("blank")
    return {"anyOf": [ref(_entry_name(kind)), bare]}


def _keyed(key: FactKind, entry: Schema) -> Schema:
    if key.choices:
        return {"properties": dict.fromkeys(key.choices, entry)}
    patterns = {"term": _TERM, "year": _YEAR, "financial_year": _YEAR}
    return {"patternProperties": {f"^{patterns.get(key.kind, '.+')}$": entry}}
