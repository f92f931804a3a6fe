"""The principles in use: as a list on the screen, and as a page of the documentation."""

from collections.abc import Iterator
from textwrap import wrap

from clpt_growth.model.principle import Pack, Principle
from clpt_growth.model.rules import Library
from clpt_growth.papers.lines_words import EFFECT_WORDS
from clpt_growth.papers.markdown import Md, escaped, md
from clpt_growth.papers.tested_words import joined_lines, tested_in
from clpt_growth.papers.wording import WIDTH, plural


def principles_screen(library: Library) -> str:
    """One line a principle, pack by pack; what a trust changed is named below its pack."""
    return "\n\n".join("\n".join(_pack_lines(pack)) for pack in library.packs) + "\n"


def _pack_lines(pack: Pack) -> Iterator[str]:
    statements = len({p.statement for p in pack.principles})
    yield f"{pack.id.upper()} {pack.version}: {plural(statements, 'statement')}, {plural(len(pack.principles), 'test')}"
    yield from wrap(f"{pack.title}. Owner: {pack.owner}", WIDTH, initial_indent="  ", subsequent_indent="  ")
    for principle in pack.principles:
        head = f"  {principle.id:<6}{principle.effect.value:<11}"
        lines = wrap(principle.name, WIDTH - len(head))
        yield head + lines[0]
        yield from (" " * len(head) + line for line in lines[1:])
    for change in pack.changes:
        yield from wrap(
            f"changed: {change.id}: {change.what}. {change.reason}",
            WIDTH,
            initial_indent="  ",
            subsequent_indent="    ",
        )


def principles_page(library: Library) -> str:
    """docs/principles.md: generated, never edited."""
    parts = [
        "# The principles",
        "*Generated from `principles/`; do not edit. Show one on the screen: `clpt-growth explain P05`.*",
        "A **gate** that is not met blocks approval. A **condition** that falls short must be put right before the "
        "transfer agreement is signed. A **score** is weighed. A **note** is reported. "
        "What is not evidenced is never counted as met.",
    ]
    for pack in library.packs:
        parts += [
            f"## {escaped(pack.title)}",
            md("Pack `{}`, version {}. Owner: {}.", Md(pack.id), pack.version, pack.owner),
        ]
        if pack.about:
            parts.append(escaped(pack.about))
        for principle in pack.principles:
            parts += _section(principle, library)
    return "\n\n".join(parts) + "\n"


def _section(principle: Principle, library: Library) -> Iterator[str]:
    yield f"### {principle.id}. {escaped(principle.name)}"
    page = f" (page {principle.page})" if principle.page else ""
    quoted = f"> {escaped(principle.words)}{page}" if principle.page else escaped(principle.words)
    yield quoted
    yield md(
        "**{}** {} Area: {}. Weight {}.",
        principle.question,
        EFFECT_WORDS[principle.effect],
        principle.area,
        principle.weight,
    )
    yield md("{}. {}", principle.title, principle.why)
    if principle.reading:
        yield md("*How we read it:* {}", principle.reading)
    rows = [
        md("| {} | {} | {} |", f"{joint} {about}".lstrip(), line, basis)
        for joint, (about, line, basis) in joined_lines(tested_in(principle, library))
    ]
    yield "\n".join(["| What is tested | Line | From |", "| --- | --- | --- |", *rows])
    if principle.does_not_apply_because:
        yield md("*Does not apply:* {}", principle.does_not_apply_because)
    if principle.action:
        a = principle.action
        yield md(
            "*If short:* {} Evidence accepted: {} Owner: {}. If not met: {}",
            a.condition,
            a.evidence,
            a.owner,
            a.if_not_met,
        )
    yield "\n".join(
        [
            "| Worked example | Outcome |",
            "| --- | --- |",
            *(md("| {} | {} |", e.name, e.outcome.value) for e in principle.examples),
        ]
    )
