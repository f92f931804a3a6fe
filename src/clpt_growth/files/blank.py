"""A school or trust file to fill in: every fact the dictionary asks for, with how to write it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from textwrap import wrap
from typing import Any, NamedTuple

from clpt_growth.facts.arising import is_asked
from clpt_growth.facts.asked import HOW_MANY, example_of, how_written
from clpt_growth.files.case_values import ENTRIES
from clpt_growth.files.casefile import SUBJECTS_OF
from clpt_growth.model.dictionary import Block, Dictionary, FactKind
from clpt_growth.model.fact import Fact, NotApplicable

WIDTH = 80
FIRST, FULL, PAPER = 1, 2, 3
_EVIDENCE = (
    ("source", "the document; holds for every line below"),
    ("dated", "when it was true: 2026-03-31"),
    ("verified", "published, document seen or self reported"),
)
_SECTIONS: Mapping[int, str] = {
    FIRST: "STAGE 1: FIRST TRIAGE. Fill in these blocks first, the lines marked stage 1 before the others.",
    FULL: "STAGE 2: FULL DUE DILIGENCE. Each lead fills in their own block.",
    PAPER: "THE AUTHOR'S OWN WORDS. The program never writes these for you.",
}
_STAGE_MARK = {FIRST: "stage 1: first triage", FULL: "stage 2: full due diligence"}
_HEADER = """\
How to fill this in
  A line left blank means "not evidenced". It never counts as nought or as no.
  If a question does not arise, write   n/a (and the reason)
  Where it always does, n/a is refused: leave the line blank if nobody knows.
  A list with a line  entries:  counts only when that number is right.
  What is dated after the day you ask about does not count on that day.
  Dates: 2026-03-31.  Whole pounds: 12_000, a loss as -12_000.
  Shares: 41.2% or 0.412.  Terms: autumn 2027.  Years: 2026-27.
  A figure nobody is sure of:  {low: 10_000, expected: 12_000, high: 15_000}

How we know: a block says where its lines are from, or one line says it alone:
  total_income_gbp: {value: 2_140_000, source: "budget monitor, period 7",
                     dated: 2026-10-31, verified: document seen, note: draft}
  verified is one of: published, document seen, self reported.

Never write anything that identifies a person: no names of staff, pupils or
parents, no e-mail addresses. Write a role or a count.
"""
_OPENING = {
    "school": "One school that might join. Check it with:  clpt-growth check",
    "trust": "The trust. Check it with:  clpt-growth check",
}
_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9_./()' -]*[A-Za-z0-9.)'])?|-?[0-9][0-9_.]*%?|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NOT_A_WORD = frozenset(("null", "true", "false", "yes", "no", "on", "off"))


def blank_file(
    dictionary: Dictionary,
    what: str,
    *,
    stage: int = FULL,
    phase: str = "",
    schema: str = "",
    known: Mapping[str, Fact] | None = None,
    remarks: Mapping[str, Sequence[str]] | None = None,
    opening: Sequence[str] = (),
) -> str:
    """The text of a file to fill in; `what` is "school" or "trust".

    Stage 1 gives first triage alone. Facts that do not arise, by phase or by what is known, are left out.
    `known` is written in its place with its evidence, and `schema` is where an editor finds the JSON Schema.
    `remarks` stand as comments above the facts they are about, and `opening` at the head of the file.
    """
    given = _Given(known or {}, remarks or {})
    blocks = dictionary.blocks_of(*SUBJECTS_OF[what]).values()
    asked = [(block, kinds) for block in blocks if (kinds := _asked(block, stage, phase, given.facts))]
    asked.sort(key=_first_stage)
    lines = list(_header(what, schema, opening))
    for first, group in groupby(asked, key=_first_stage):
        lines += ["", "", *_comment("=" * (WIDTH - 2)), *_comment(_SECTIONS[first])]
        for block, kinds in group:
            lines += ["", *_block(block, kinds, given)]
    return "\n".join(lines) + "\n"


class _Given(NamedTuple):
    """What is known beforehand, and what is to be said beside it."""

    facts: Mapping[str, Fact]
    remarks: Mapping[str, Sequence[str]]


def _asked(block: Block, stage: int, phase: str, known: Mapping[str, Fact]) -> tuple[FactKind, ...]:
    """What a person is asked in a block, first triage first."""
    last = FIRST if stage == FIRST else PAPER
    kinds = [
        k
        for k in block.kinds
        if k.name in known
        or (not k.derived and k.stage <= last and is_asked(k, known) and not (phase and k.says_nothing_about(phase)))
    ]
    return tuple(sorted(kinds, key=lambda k: k.stage))


def _first_stage(asked: tuple[Block, Sequence[FactKind]]) -> int:
    return asked[1][0].stage


def _header(what: str, schema: str, opening: Sequence[str]) -> Iterator[str]:
    if schema:
        yield f"# yaml-language-server: $schema={schema}"
    yield from _comment(_OPENING[what])
    yield "#"
    for words in opening:
        yield from _comment(words)
    if opening:
        yield "#"
    yield from (f"# {line}".rstrip() for line in _HEADER.splitlines())


def _comment(words: str, indent: str = "") -> list[str]:
    mark = f"{indent}# "
    return wrap(words, WIDTH, initial_indent=mark, subsequent_indent=mark, break_on_hyphens=False)


def _block(block: Block, kinds: Sequence[FactKind], given: _Given) -> Iterator[str]:
    yield from _comment(f"{block.title}. {block.meaning or (block.records.meaning if block.records else '')}".strip())
    yield from _comment(_who_and_from_what(block, kinds))
    yield f"{block.id}:"
    if kinds[0].stage != PAPER:
        yield from (_beside(f"  {name}:", words) for name, words in _EVIDENCE)
    if block.records is not None:
        yield from _remarks(block.records, given, "  ")
        yield from _how_many(block.records, given)
        yield from _records(block.records, "  ", given.facts, inside=False)
        return
    stages = {kind.stage for kind in kinds}
    for stage, group in groupby(kinds, key=lambda k: k.stage):
        if len(stages) > 1 and stage in _STAGE_MARK:
            yield from ["", f"  # ---- {_STAGE_MARK[stage]} ----"]
        for kind in group:
            yield from _fact(kind, given)


def _how_many(kind: FactKind, given: _Given) -> Iterator[str]:
    """How many entries there are in all, which is known only of a list that is known to be whole."""
    fact = given.facts.get(kind.name)
    if kind.counted and fact is not None and fact.whole and fact.applies:
        yield f"  {ENTRIES}: {len(fact.value)}"
    elif kind.counted:
        yield from _asked_line(f"  {ENTRIES}:", HOW_MANY, "a whole number", "  ", ())


def _who_and_from_what(block: Block, kinds: Sequence[FactKind]) -> str:
    holder = f"Filled in by: {block.holder}." if block.holder else ""
    evidence = list(dict.fromkeys(k.evidence for k in kinds if k.evidence))
    return f"{holder} {f'Usual evidence: {evidence[0]}.' if evidence else ''}".strip()


def _fact(kind: FactKind, given: _Given) -> Iterator[str]:
    name = kind.name.rpartition(".")[2]
    remarks = list(_remarks(kind, given, "  "))
    if kind.kind == "records":
        yield from [*_comment(kind.meaning, "  "), *remarks]
        yield f"  {name}:"
        yield from _records(kind, "    ", given.facts, inside=True)
    elif kind.name in given.facts:
        yield from [*_comment(kind.meaning, "  "), *remarks]
        yield from _known(f"  {name}:", kind, given.facts[kind.name])
    else:
        yield from _asked_line(f"  {name}:", kind.meaning, how_written(kind), "  ", remarks)


def _remarks(kind: FactKind, given: _Given, indent: str) -> Iterator[str]:
    for words in given.remarks.get(kind.name, ()):
        yield from _comment(f"> {''.join(c if c.isprintable() else '?' for c in words)}", indent)


def _asked_line(line: str, meaning: str, how: str, indent: str, remarks: Sequence[str]) -> Iterator[str]:
    """A line to fill in, how to write it beside it where that fits, and what it means above."""
    beside = _beside(line, how)
    yield from [*_comment(meaning, indent), *remarks]
    if len(beside) <= WIDTH:
        yield beside
    else:
        yield from _comment(_capital(how), indent)
        yield line


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _beside(line: str, words: str) -> str:
    return f"{line:<32}  # {words}"


def _records(kind: FactKind, indent: str, known: Mapping[str, Fact], *, inside: bool) -> Iterator[str]:
    if (fact := known.get(kind.name)) is not None and not isinstance(fact.value, NotApplicable):
        listed = kind.keyed_by is None and not inside
        yield from [f"{indent}records:"] if listed else []
        yield from (f"{indent}{line}" for line in _known_records(kind, fact))
        return
    deeper = indent
    if kind.keyed_by is None and not inside:
        yield f"{indent}records:"
        deeper += "  "
    yield from _comment(_how_to_add(kind), deeper)
    yield from (f"{deeper}# {line}".rstrip() for line in example_entry(kind, WIDTH - len(deeper) - 2))


def _how_to_add(kind: FactKind) -> str:
    key = kind.keyed_by
    under = f" Each stands under its {key.name.replace('_', ' ')} ({how_written(key)})." if key is not None else ""
    return f"An entry looks like this: remove the # and one space, and write your own.{under}"


def example_entry(kind: FactKind, width: int = WIDTH) -> list[str]:
    """One entry of a list of records: what must be there is filled in by example, the rest is blank."""
    lines: list[str] = []
    if kind.keyed_by is not None:
        lines.append(f"{example_of(kind.keyed_by)}:")
    before: tuple[str, ...] = ()
    for position, part in enumerate(kind.fields):
        lead = "- " if position == 0 and kind.keyed_by is None else "  "
        must = part.required or position == 0
        line = f"{lead}{part.name}:{f' {_written(example_of(part))}' if must else ''}"
        lines += _entry_line(line, part, width, same=bool(part.choices) and part.choices == before)
        before = part.choices
    return lines


def _entry_line(line: str, part: FactKind, width: int, *, same: bool) -> list[str]:
    told = part.meaning if part.meaning != part.name.replace("_", " ") else ""
    words = f"{'Needed. ' if part.required else ''}{told}".strip()
    how = "" if same or not part.choices else _capital(how_written(part))
    beside = f"{line:<30}  # {words or how_written(part)}"
    if len(beside) <= width and not how:
        return [beside]
    # The dash of a new entry must stay on the entry's first line, so comments go above it.
    return [*_wrapped(words, "  ", width), *_wrapped(how, "  ", width), line]


def _wrapped(words: str, indent: str, width: int) -> list[str]:
    mark = f"{indent}# "
    return wrap(words, width, initial_indent=mark, subsequent_indent=mark, break_on_hyphens=False)


def _known(line: str, kind: FactKind, fact: Fact) -> Iterator[str]:
    """A fact with its evidence: on one line where it fits, else a line for each part."""
    value, evidence = written_as(kind, fact.value), _evidence(fact)
    if not evidence:
        yield f"{line} {value}"
        return
    parts = [f"value: {value}", *(f"{name}: {_written(said, flow=True)}" for name, said in evidence.items())]
    flow = f"{line} {{{', '.join(parts)}}}"
    if len(flow) <= WIDTH:
        yield flow
    else:
        yield from [line, *(f"    {part}" for part in parts)]


def _evidence(fact: Fact) -> dict[str, Any]:
    said = {"source": fact.source, "dated": fact.dated, "verified": fact.verified, "note": fact.note}
    return {name: value for name, value in said.items() if value}


def _known_records(kind: FactKind, fact: Fact) -> Iterator[str]:
    """Each record on one line where it fits, else a line for each of its entries."""
    evidence = _evidence(fact._replace(note=""))
    for record in fact.value:
        entry = {k: v for k, v in record.items() if v is not None} | {
            k: v for k, v in evidence.items() if k not in record
        }
        key = entry.pop(kind.keyed_by.name) if kind.keyed_by is not None else None
        lines = [f"{name}: {written_as(kind.field_named.get(name), value)}" for name, value in entry.items()]
        flow = f"{f'{_written(key)}: ' if key is not None else '- '}{{{', '.join(lines)}}}"
        if len(flow) <= WIDTH:
            yield flow
        elif key is not None:
            yield from [f"{_written(key)}:", *(f"  {line}" for line in lines)]
        else:
            yield from [f"- {lines[0]}", *(f"  {line}" for line in lines[1:])]


def written_as(kind: FactKind | None, value: Any) -> str:
    """A value as a person would write it in a file: a share as a percentage."""
    if kind is not None and kind.kind == "share" and isinstance(value, Decimal):
        percent = (value * 100).normalize()
        return f"{percent:f}%"
    return _written(value, flow=True)


def _written(value: Any, *, flow: bool = False) -> str:
    """A value as YAML that reads back as it was: quoted wherever a plain word could mean something else."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, NotApplicable):
        return _written(f"n/a ({value.reason})", flow=flow)
    if isinstance(value, tuple | list) and not hasattr(value, "_fields"):
        return f"[{', '.join(_written(v, flow=True) for v in value)}]"
    text = str(value)
    if text.startswith("[") or text == "...":
        return text
    if _PLAIN.fullmatch(text) and text.lower() not in _NOT_A_WORD:
        return text
    return '"' + "".join(_escape(c) for c in text) + '"'


def _escape(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    return char if char.isprintable() else f"\\U{ord(char):08x}"
