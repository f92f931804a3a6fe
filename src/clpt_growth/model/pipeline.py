"""A pipeline: the schools that might join, in the order the board gives them."""

from datetime import date
from typing import NamedTuple

from clpt_growth.model.case import InputFile
from clpt_growth.model.fact import Term


class Joiner(NamedTuple):
    """One school in its place; `joining` is the term the board names, None where its own file says when it opens.

    `path` is that of its file, with forward slashes, from where the person stands. `joins` is no where those after it
    are to be asked about as if it stayed out.
    """

    name: str
    path: str
    joining: Term | None = None
    joins: bool = True


class Pipeline(NamedTuple):
    """The joiners in order, and pairs of them of which at most one can join.

    `file` is None where there is no pipeline.yaml: the order is then that of the file names, and nobody's decision.
    """

    joiners: tuple[Joiner, ...]
    exclusive: tuple[tuple[str, str], ...] = ()
    file: InputFile | None = None
    source: str = ""
    dated: date | None = None

    def excluded_by(self, name: str) -> frozenset[str]:
        """The joiners that cannot join where this one does."""
        return frozenset(other for pair in self.exclusive if name in pair for other in pair if other != name)
