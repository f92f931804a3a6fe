"""Whether a figure a trust has amended can stand in the place of the shipped one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from clpt_growth.files.problems import Problem, did_you_mean
from clpt_growth.files.yaml_text import Node, line_at
from clpt_growth.model.dictionary import Definition, Dictionary
from clpt_growth.model.nought import NOUGHT

_NEEDS, _SPLIT = "need_days_by_category", "need_split_by_phase"
_SHARES = frozenset((
    "own_share_of_need", "gift_counted_by_term", "gift_at_most_share_of_teaching", "central_share_afterwards",
    "income_share_that_follows_pupils", _SPLIT,
))  # fmt: skip
_AT_LEAST_ONE = frozenset(("ledger_terms", "money_years", "need_reviewed_after_terms"))
_WHOLE = _AT_LEAST_ONE | {"promises_carried_over_terms", "integration_terms", "budget_runs_on_months"}
_PHASE, _CATEGORY, _ROUTE = "school.identity.phase", "school.identity.category_of_need", "case.proposal.route"
# Tables by phase or category, of which a trust may give a part: what it leaves out is then not known.
_KEYED_BY = (_PHASE, _CATEGORY)
# Lists of answers to one question: a word that is none of them would never be met with.
_ANSWERS = {
    "categories_that_need_help": _CATEGORY, "categories_that_give_help": _CATEGORY, "gift_not_counted": _CATEGORY,
    "integration_routes": _ROUTE, "sectors_of_phase": "trust.estate.sectors",
}  # fmt: skip
# Its entries are not all made alike; what each function must have is asked of it alone.
_BY_FUNCTION = "integration_days"


class _Wrong(NamedTuple):
    path: tuple[str | int, ...]
    wrong: str
    todo: str


def amended_wrongly(node: Node, file: str, own: Dictionary, shipped: Dictionary, *, only: bool) -> Iterator[Problem]:
    """Each figure of a trust's own file that is not of the shape of the shipped one, or cannot be right.

    With `only` the file holds nothing but figures that are shipped, so that a slip in a name is told.
    """
    known = {d.name: d for d in shipped.definitions}
    theirs = {d.name: d for d in own.definitions}
    listed = node.value.get("definitions")
    for child in (listed.value if listed else None) or ():
        name = str(child.value["name"].value) if "name" in child.value else ""
        if name not in theirs:
            continue
        if name not in known:
            if only:
                todo = did_you_mean(name, known, "amend a figure that the demand model has")
                yield Problem(file, child.line, name, "there is no such figure", todo)
            continue
        for found in _wrong_in(theirs[name], known[name], shipped):
            field = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in found.path)
            line = line_at(child, ("value", *found.path))
            yield Problem(file, line, name + field, found.wrong, found.todo)


def _wrong_in(own: Definition, shipped: Definition, dictionary: Dictionary) -> Iterator[_Wrong]:
    if own.name == _BY_FUNCTION:
        yield from _functions(own.value)
        return
    parts = any(_keys(shipped.value) <= {*dictionary.kinds[kind].choices} for kind in _KEYED_BY)
    pattern = _split_pattern(shipped.value, dictionary) if own.name == _SPLIT else shipped.value
    misshapen = list(_misshapen(own.value, pattern, in_parts=2 if own.name == _SPLIT else int(parts)))
    yield from misshapen
    if not misshapen:
        yield from _out_of_reach(own)
        if own.name in _RULES:
            yield from _RULES[own.name](own.value)
        if own.name in _ANSWERS:
            yield from _strange(own.value, dictionary.kinds[_ANSWERS[own.name]].choices)


def _split_pattern(shipped: Mapping[str, Any], dictionary: Dictionary) -> Mapping[str, Any]:
    """A school's days may fall on any specialism there is."""
    fields = dictionary.kinds["school.needs"].field_named
    return dict.fromkeys(shipped, dict.fromkeys(fields["specialism"].choices, NOUGHT))


def _keys(value: Any) -> set[str]:
    return {*value} if isinstance(value, Mapping) and value else {""}


def _misshapen(own: Any, shipped: Any, *, in_parts: int, path: tuple[str | int, ...] = ()) -> Iterator[_Wrong]:
    """Numbers for numbers, lists for lists, and the same names in the place of names.

    `in_parts` is how many levels of names need not be whole.
    """
    if isinstance(shipped, Mapping):
        yield from _misnamed(own, shipped, in_parts, path)
    elif isinstance(shipped, tuple):
        if not isinstance(own, tuple) or not own:
            yield _Wrong(path, "is not a list", "write it in square brackets")
            return
        for place, each in enumerate(own):
            yield from _misshapen(each, shipped[0], in_parts=0, path=(*path, place))
    elif not isinstance(own, str if isinstance(shipped, str) else int | Decimal):
        wrong, todo = ("word", "write a word") if isinstance(shipped, str) else ("number", "write digits only")
        yield _Wrong(path, f'"{own}" is not a {wrong}', todo)


def _misnamed(own: Any, shipped: Mapping[str, Any], in_parts: int, path: tuple[str | int, ...]) -> Iterator[_Wrong]:
    if not isinstance(own, Mapping):
        yield _Wrong(path, "is not names with values", f"give: {', '.join(shipped)}")
        return
    for name in own:
        if name not in shipped:
            yield _Wrong((*path, name), "there is no such entry", did_you_mean(name, shipped, "delete it"))
        else:
            yield from _misshapen(own[name], shipped[name], in_parts=max(in_parts - 1, 0), path=(*path, name))
    missing = [] if in_parts else [name for name in shipped if name not in own]
    if missing:
        yield _Wrong(path, f"leaves out {', '.join(missing)}", "give every one")


def _out_of_reach(own: Definition) -> Iterator[_Wrong]:
    for path, number in _numbers(own.value):
        if number < 0 or not Decimal(number).is_finite():
            yield _Wrong(path, f"is {number}", "give nought or more")
        elif own.name in _SHARES and number > 1:
            yield _Wrong(path, f"is {number}, and a share is at most 1", "write 0.4 for 40%")
        elif own.name in _AT_LEAST_ONE and number < 1:
            yield _Wrong(path, f"is {number}", "give 1 or more")
        elif own.name in _WHOLE and number != int(number):
            yield _Wrong(path, f"is {number}, and can only be whole", "give a whole number")


def _strange(value: Any, answers: Sequence[str], path: tuple[str | int, ...] = ()) -> Iterator[_Wrong]:
    if isinstance(value, str) and value not in answers:
        yield _Wrong(path, f'"{value}" is not one of the answers', did_you_mean(value, answers, ", ".join(answers)))
    inside = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, tuple) else ()
    for name, each in inside:
        yield from _strange(each, answers, (*path, name))


def _numbers(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], int | Decimal]]:
    if isinstance(value, int | Decimal):
        yield path, value
    inside = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, tuple) else ()
    for name, each in inside:
        yield from _numbers(each, (*path, name))


def _needs(by_category: Mapping[str, tuple[Any, ...]]) -> Iterator[_Wrong]:
    """Need falls from the first year on, or stays: later years are worked out as a share of it."""
    for category, days in by_category.items():
        if days[0] == 0:
            yield _Wrong((category, 0), "is 0, and later years are worked out as a share of it", "give more than 0")
        for year, later in enumerate(days[1:], 1):
            if later > days[0]:
                wrong = f"is {later} days in year {year + 1}, more than the {days[0]} of the first year"
                yield _Wrong((category, year), wrong, "give no later year more than the first")


def _splits(by_phase: Mapping[str, Mapping[str, Any]]) -> Iterator[_Wrong]:
    for phase, split in by_phase.items():
        if (in_all := sum(split.values())) != 1:
            yield _Wrong((phase,), f"comes to {in_all}", "let the parts come to 1")


_RULES: Mapping[str, Callable[[Any], Iterator[_Wrong]]] = {_NEEDS: _needs, _SPLIT: _splits}


def _functions(value: Any) -> Iterator[_Wrong]:
    if not isinstance(value, Mapping):
        yield _Wrong((), "is not names with values", "give each function its days")
        return
    for function, entry in value.items():
        missing = [kind for kind in ("maintained", "transfer") if not isinstance(entry, Mapping) or kind not in entry]
        if missing:
            yield _Wrong((function,), f"has no days for {' and '.join(missing)}", "add them")
