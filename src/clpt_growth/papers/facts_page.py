"""The page of documentation about every fact, written from the dictionary."""

from collections.abc import Iterable, Iterator, Mapping

from clpt_growth.facts.arising import asked_words
from clpt_growth.facts.asked import HOW_MANY, how_written, never_away
from clpt_growth.files.case_values import ENTRIES
from clpt_growth.files.casefile import SUBJECTS_OF
from clpt_growth.model.dictionary import Block, Dictionary, FactKind
from clpt_growth.papers.markdown import Md, escaped, md
from clpt_growth.papers.wording import capital, listed, plural

_INTRODUCTION = """\
# Every fact in a school file and a trust file

This page is written from `principles/facts.yaml`; change it there.
A line left blank means "not evidenced"; a question that does not arise is written `n/a (and the reason)`.
Where a fact "cannot be n/a", every school or trust has an answer, so that n/a could only hide that nobody knows it.
Stage 1 is first triage, stage 2 is full due diligence, and "paper" marks the author's own words.
A fact that is worked out by the program is never written in a file.
"""
_HEADS = {"school": "The school file", "trust": "The trust file"}
_COLUMNS = ("Fact", "What it is", "How it is written", "Stage", "Usually held by", "DfE field")
_FIELD_COLUMNS = ("In each entry", "What it is", "How it is written")
_STAGES = {1: "1", 2: "2", 3: "paper"}


def facts_page(dictionary: Dictionary) -> str:
    """A section for each block, with a table of its facts; records have a table of their own."""
    parts = [_INTRODUCTION]
    for what, head in _HEADS.items():
        blocks = dictionary.blocks_of(*SUBJECTS_OF[what]).values()
        written = sum(not kind.derived for block in blocks for kind in block.kinds)
        parts.append(f"## {head}\n\n{plural(len(blocks), 'block')}, {plural(written, 'fact')} to write.\n")
        parts += ["\n".join(_block(block, dictionary.kinds)) for block in blocks]
    return "\n".join(parts)


def _block(block: Block, kinds: Mapping[str, FactKind]) -> Iterator[str]:
    yield md("### {}: {}\n", _code(block.id), block.title)
    about = [block.meaning, block.holder and f"Filled in by: {block.holder}."]
    if words := " ".join(a for a in about if a):
        yield f"{escaped(words)}\n"
    yield from _table(_COLUMNS, (_fact(kind, kinds) for kind in block.kinds))
    for kind in block.kinds:
        if kind.kind == "records":
            if kind.counted:
                yield md("{}: {}\n", _code(ENTRIES), HOW_MANY)
            yield md("Entries of {}{}:\n", _code(kind.path), _key(kind))
            yield from _table(_FIELD_COLUMNS, (_field(part) for part in kind.fields))


def _key(kind: FactKind) -> str:
    key = kind.keyed_by
    return "" if key is None else f", each under its {key.name.replace('_', ' ')} ({how_written(key)})"


def _fact(kind: FactKind, kinds: Mapping[str, FactKind]) -> tuple[Md, ...]:
    written = f"worked out: {kind.formula}" if kind.derived else how_written(kind)
    arises = f"Arises for {listed(kind.phases)}." if kind.phases else ""
    parts = (f"{capital(kind.label)}. {kind.meaning}", arises, asked_words(kind, kinds), never_away(kind))
    meaning = " ".join(p for p in parts if p)
    cells = (meaning, written, _STAGES[kind.stage], kind.holder, kind.dfe)
    return (_code(kind.name.rpartition(".")[2]), *map(escaped, cells))


def _field(part: FactKind) -> tuple[Md, ...]:
    needed = " (needed)" if part.required else ""
    meaning = " ".join(p for p in (part.meaning, never_away(part)) if p)
    return Md(f"{_code(part.name)}{needed}"), escaped(meaning), escaped(how_written(part))


def _code(name: str) -> Md:
    """A name of ours as code; the dictionary allows no backtick or bar in one."""
    return Md(f"`{name.replace('`', '').replace('|', '')}`")


def _table(columns: Iterable[str], rows: Iterable[tuple[Md, ...]]) -> Iterator[str]:
    heads = list(columns)
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""
