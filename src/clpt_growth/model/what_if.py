"""What a person tries in place of what the files say; shown as such beside it, and never saved."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from clpt_growth.model.fact import Fact

IMPROVEMENT, CENTRAL = "improvement", "central"


class Post(NamedTuple):
    """Full-time posts more, or fewer, in a specialism of the improvement team or a function of the central team."""

    team: str
    resource: str
    fte: Decimal = Decimal(1)


class WhatIf(NamedTuple):
    """Everything tried together.

    `facts` are the trust's by name; `of_school` those of one school, by its name in the pipeline; `delays` are terms.
    """

    facts: Mapping[str, Fact] = {}
    of_school: Mapping[str, Mapping[str, Fact]] = {}
    posts: tuple[Post, ...] = ()
    delays: Mapping[str, int] = {}
    without: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return any(self)


NOTHING = WhatIf()
