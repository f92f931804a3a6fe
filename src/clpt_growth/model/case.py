"""A case: one school, the trust it would join, and the date we ask."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from clpt_growth.model.fact import Fact, Facts
from clpt_growth.model.noun import noun

if TYPE_CHECKING:  # only named here, and most commands have no ledger
    from clpt_growth.model.ledger import Loads

# What says which questions are asked of a school, and beside which lines.
PHASE, ROUTE = "school.identity.phase", "case.proposal.route"


class InputFile(NamedTuple):
    """A file that was read, with the fingerprint of its bytes."""

    file: str
    sha256: str


@noun
class Case:
    """Facts are named `school.`, `trust.` or `case.`; without a school it is the trust alone.

    `earlier` is what the schools agreed before this one take of the trust's days, in the board's order; `after` are
    their names, where the trust's facts are as they stand once those have joined.
    """

    facts: Facts
    as_of: date
    has_school: bool = True
    inputs: tuple[InputFile, ...] = ()
    earlier: "tuple[Loads, ...]" = ()
    after: tuple[str, ...] = ()

    def fact(self, name: str) -> Fact | None:
        return self.facts.get(name)

    def text(self, name: str, otherwise: str = "") -> str:
        """A fact's value as text, or what to say where it is not in evidence."""
        fact = self.facts.get(name)
        return str(fact.value) if fact is not None and fact.applies else otherwise
