"""Where the shipped principles and templates are: in the installed package, or in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def shipped(folder: str) -> Path:
    """A folder shipped with the program.

    The wheel carries it inside the package; a checkout and an editable install have it at the top level.
    """
    inside = _PACKAGE / folder
    return inside if inside.is_dir() else _PACKAGE.parents[1] / folder
