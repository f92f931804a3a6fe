"""A school or trust file to fill in: every fact the dictionary asks for, with how to write it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from textwrap import wrap
from typing import Any

from clpt_growth.facts.asked import example_of, how_written
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
) -> str:
    """The text of a file to fill in; `what` is "school" or "trust".

    Stage 1 gives first triage alone. Facts that do not arise for the phase are left out.
    `known` is written in its place with its evidence, and `schema` is where an editor finds the JSON Schema.
    """
    blocks = dictionary.blocks_of(*SUBJECTS_OF[what]).values()
    asked = [(block, kinds) for block in blocks if (kinds := _asked(block, stage, phase))]
    asked.sort(key=_first_stage)
    lines = list(_header(what, schema))
    for first, group in groupby(asked, key=_first_stage):
        lines += ["", "", *_comment("=" * (WIDTH - 2)), *_comment(_SECTIONS[first])]
        for block, kinds in group:
            lines += ["", *_block(block, kinds, known or {})]
    return "\n".join(lines) + "\n"


def _asked(block: Block, stage: int, phase: str) -> tuple[FactKind, ...]:
    """What a person is asked in a block, first triage first."""
    last = FIRST if stage == FIRST else PAPER
    kinds = [
        k for k in block.kinds if not k.derived and k.stage <= last and not (phase and k.says_nothing_about(phase))
    ]
    return tuple(sorted(kinds, key=lambda k: k.stage))


def _first_stage(asked: tuple[Block, Sequence[FactKind]]) -> int:
    return asked[1][0].stage


def _header(what: str, schema: str) -> Iterator[str]:
    if schema:
        yield f"# yaml-language-server: $schema={schema}"
    yield from _comment(_OPENING[what])
    yield "#"
    yield from (f"# {line}".rstrip() for line in _HEADER.splitlines())


def _comment(words: str, indent: str = "") -> list[str]:
    mark = f"{indent}# "
    return wrap(words, WIDTH, initial_indent=mark, subsequent_indent=mark, break_on_hyphens=False)


def _block(block: Block, kinds: Sequence[FactKind], known: Mapping[str, Fact]) -> Iterator[str]:
    yield from _comment(f"{block.title}. {block.meaning or (block.records.meaning if block.records else '')}".strip())
    yield from _comment(_who_and_from_what(block, kinds))
    yield f"{block.id}:"
    if kinds[0].stage != PAPER:
        yield from (_beside(f"  {name}:", words) for name, words in _EVIDENCE)
    if block.records is not None:
        yield from _records(block.records, "  ", known, inside=False)
        return
    stages = {kind.stage for kind in kinds}
    for stage, group in groupby(kinds, key=lambda k: k.stage):
        if len(stages) > 1 and stage in _STAGE_MARK:
            yield from ["", f"  # ---- {_STAGE_MARK[stage]} ----"]
        for kind in group:
            yield from _fact(kind, known)


def _who_and_from_what(block: Block, kinds: Sequence[FactKind]) -> str:
    holder = f"Filled in by: {block.holder}." if block.holder else ""
    evidence = list(dict.fromkeys(k.evidence for k in kinds if k.evidence))
    return f"{holder} {f'Usual evidence: {evidence[0]}.' if evidence else ''}".strip()


def _fact(kind: FactKind, known: Mapping[str, Fact]) -> Iterator[str]:
    name = kind.name.rpartition(".")[2]
    if kind.kind == "records":
        yield from _comment(kind.meaning, "  ")
        yield f"  {name}:"
        yield from _records(kind, "    ", known, inside=True)
    elif kind.name in known:
        yield from _comment(kind.meaning, "  ")
        yield f"  {name}: {_known(known[kind.name])}"
    else:
        yield from _asked_line(f"  {name}:", kind.meaning, how_written(kind), "  ")


def _asked_line(line: str, meaning: str, how: str, indent: str) -> Iterator[str]:
    """A line to fill in, how to write it beside it where that fits, and what it means above."""
    beside = _beside(line, how)
    if len(beside) <= WIDTH:
        yield from _comment(meaning, indent)
        yield beside
    else:
        yield from _comment(meaning, indent)
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


def _known(fact: Fact) -> str:
    evidence = {
        "source": fact.source,
        "dated": fact.dated,
        "verified": fact.verified,
        "note": fact.note,
    }
    parts = [f"{name}: {_written(value, flow=True)}" for name, value in evidence.items() if value]
    if not parts:
        return _written(fact.value)
    return f"{{{', '.join([f'value: {_written(fact.value, flow=True)}', *parts])}}}"


def _known_records(kind: FactKind, fact: Fact) -> Iterator[str]:
    evidence = {"source": fact.source, "dated": fact.dated, "verified": fact.verified}
    for record in fact.value:
        entry = {k: v for k, v in record.items() if v is not None} | {
            k: v for k, v in evidence.items() if v and k not in record
        }
        key = entry.pop(kind.keyed_by.name) if kind.keyed_by is not None else None
        flow = ", ".join(f"{name}: {_written(value, flow=True)}" for name, value in entry.items())
        yield f"{_written(key)}: {{{flow}}}" if kind.keyed_by is not None else f"- {{{flow}}}"


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
