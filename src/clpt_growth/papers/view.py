"""What a template is given: flat words and tables, nothing to work out."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from clpt_growth.facts.arising import is_asked
from clpt_growth.model.fact import Fact
from clpt_growth.model.finding import Assessment, Finding
from clpt_growth.papers.markdown import Md, escaped, md
from clpt_growth.papers.wording import (
    NOT_EVIDENCED,
    TO_COMPLETE,
    fact_value,
    label,
    labelled,
    not_in_post,
    provenance,
    sentence,
)


class Table(NamedTuple):
    """A table's heads, the side each column leans to, and its rows."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    right: frozenset[int] = frozenset()

    @property
    def rule(self) -> str:
        return "| " + " | ".join("---:" if n in self.right else "---" for n in range(len(self.heads))) + " |"


def table(heads: Sequence[str], rows: Iterable[Sequence[Any]], *, right: Iterable[int] = ()) -> Table:
    return Table(tuple(heads), tuple(tuple(row) for row in rows), frozenset(right))


def without_post(assessment: Assessment) -> str:
    """Whom the school needs and nobody is, with the days short; empty where the ledger is not known."""
    ledger = assessment.books.improvement
    if ledger is None:
        return ""
    terms = ((name, ledger.shortest_term(name)) for name in ledger.without_post)
    return not_in_post((name, str(term), -ledger.left(term, name)) for name, term in terms)


def finding_on(name: str, assessment: Assessment) -> Finding | None:
    """How the first principle came out whose first test is of a fact; None where the packs hold none."""
    return next((f for f in assessment.findings if f.principle.facts_read[:1] == (name,)), None)


class Reader:
    """Reads an assessment's facts as words, the same way in every section."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.dictionary = assessment.library.dictionary

    def fact(self, name: str) -> Fact | None:
        fact = self.assessment.facts.get(name)
        return fact if fact is not None and fact.applies else None

    def value(self, name: str, otherwise: str = NOT_EVIDENCED) -> str:
        """A fact's value in words, small counts of people held back; what to say where there is none."""
        fact = self.assessment.facts.get(name)
        return otherwise if fact is None else self.shown(fact)

    def shown(self, fact: Fact) -> str:
        below = self.assessment.library.rules.suppress_below
        return fact_value(fact, self.dictionary, suppress_below=below, beside=self.assessment.facts)

    def label(self, name: str) -> str:
        return label(name, self.dictionary)

    def own_words(self, name: str) -> Md:
        """What the author wrote, or a marked line to complete: the program never writes it."""
        fact = self.fact(name)
        return escaped(self.shown(fact)) if fact is not None else Md(f"*{TO_COMPLETE}*")

    def own_sentences(self, name: str) -> Md:
        """The author's words with a stop at the end, or the line to complete."""
        return escaped(sentence(self.shown(fact))) if (fact := self.fact(name)) is not None else self.own_words(name)

    def sourced(self, names: Iterable[str]) -> Md:
        """Facts in evidence in one run of words, those of one source together."""
        groups: dict[str, list[str]] = {}
        for name in names:
            fact = self.assessment.facts.get(name)
            if fact is not None and fact.applies:
                groups.setdefault(self.from_where(fact), []).append(labelled(self.label(fact.name), self.shown(fact)))
        said = [md("{} ({})" if where else "{}", "; ".join(words), where) for where, words in groups.items()]
        return Md(". ".join(part[0].upper() + part[1:] for part in said) + ("." if said else ""))

    def labelled(self, names: Iterable[str]) -> str:
        """Facts in evidence with their labels, as a sentence."""
        found = ((name, fact) for name in names if (fact := self.fact(name)) is not None)
        return sentence("; ".join(labelled(self.label(name), self.shown(fact)) for name, fact in found))

    def from_where(self, fact: Fact) -> str:
        """The provenance of a written fact; of a worked-out one, that of its parts when they share one."""
        if not fact.derived_from:
            return provenance(fact)
        parts = [self.assessment.facts.get(name) for name in fact.derived_from]
        places = {self.from_where(p) for p in parts if p is not None and not p.name.startswith("definition.")}
        return places.pop() if len(places) == 1 else "worked out"

    def unknown(self, names: Iterable[str]) -> tuple[str, ...]:
        """Those with no evidence that can arise for this school, by label."""
        facts, kinds = self.assessment.facts, self.dictionary.kinds
        return tuple(self.label(n) for n in names if n not in facts and is_asked(kinds[n], facts))
