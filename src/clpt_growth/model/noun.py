"""What the model's nouns are made with."""

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

Made = TypeVar("Made")


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
def noun(made: type[Made]) -> type[Made]:
    """A dataclass that is never changed once made, which the type checker holds.

    Freezing one as it runs as well takes as long again to define, and thirty of them are a tenth of a short command.
    """
    return dataclass(kw_only=True)(made)
