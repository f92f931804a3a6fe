"""What the tab key offers where an answer is one of a few; nothing is read until it is pressed."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clpt_growth.model.rules import Library

Offered = Callable[[str], list[str]]


def one_of(*known: str) -> Offered:
    """The answers that go on from what is typed."""
    return lambda incomplete: [answer for answer in known if answer.startswith(incomplete)]


def principle_ids(incomplete: str) -> list[str]:
    """The ids of the principles in use here."""
    library = _library_here()
    ids = (principle.id for pack in library.packs for principle in pack.principles) if library is not None else ()
    return [id_ for id_ in ids if id_.startswith(incomplete)]


def answers_of(fact: str) -> Offered:
    """The answers of a fact that is one of a few, quoted by the shell where they hold a space."""

    def offered(incomplete: str) -> list[str]:
        library = _library_here()
        known = library.dictionary.kinds[fact].choices if library is not None else ()
        return [answer for answer in known if answer.startswith(incomplete.lower())]

    return offered


def _library_here() -> "Library | None":
    """None where the trust's own files hold a mistake: the command itself will name it."""
    from clpt_growth.cli.shell import library_for, trust_here
    from clpt_growth.files.problems import InputError

    try:
        return library_for(trust_here())
    except InputError:
        return None
