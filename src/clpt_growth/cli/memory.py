"""How a process of ours treats its memory: it is short-lived, and makes many small values and next to no circles."""

import gc

_NEW_VALUES_BEFORE_COLLECTING = 100_000


def collect_seldom() -> None:
    """Looking for circles often is a tenth of a command's time."""
    gc.set_threshold(_NEW_VALUES_BEFORE_COLLECTING)


def leave_as_it_is() -> None:
    """What the system takes back at the end need not be searched first: that takes as long as reading a school."""
    gc.freeze()
