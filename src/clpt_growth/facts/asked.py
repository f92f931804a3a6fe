"""What to write for a fact, in words and by example."""

from collections.abc import Mapping

from clpt_growth.model.dictionary import FactKind

_FORMS: Mapping[str, str] = {
    "pounds": "whole pounds",
    "share": "a share",
    "count": "a whole number",
    "number": "a number",
    "days": "whole days",
    "date": "a date",
    "yes_no": "yes or no",
    "choice": "one of",
    "choices": "a list from",
    "text": "words",
    "texts": "a list of words",
    "term": "a term",
    "year": "an academic year",
    "financial_year": "a financial year",
    "records": "a list of entries",
}
_EXAMPLES: Mapping[str, str] = {
    "pounds": "12_000",
    "share": "41.2%",
    "count": "12",
    "number": "12.5",
    "days": "12",
    "date": "2026-03-31",
    "yes_no": "yes",
    "texts": "[first, second]",
    "term": "autumn 2027",
    "year": "2026-27",
    "financial_year": "2026-27",
}
_MORE: Mapping[str, str] = {
    "pounds": ", a loss with a minus",
    "share": " or 0.412",
    "term": ", spring 2028 or summer 2028",
}
# What is said of the line that makes a list count: without it nobody can tell a short list from a cut one.
HOW_MANY = "How many entries there are in all. Until it is right, the list does not count."
_EXAMPLE_SAYS_NOTHING = ("yes_no", "text", "records", "count", "days")


# What to write where "n/a" can never be true, by kind; for the rest, the answer.
_INSTEAD: Mapping[str, str] = {
    **dict.fromkeys(("pounds", "share", "count", "number", "days"), "write the figure, which may be 0"),
    **dict.fromkeys(("choices", "texts", "records"), "write [] where there are none"),
    "yes_no": "write yes or no",
    "date": "write the date it was last done",
}
_OF_EVERY: Mapping[str, str] = {"school": "every school", "trust": "every trust", "case": "every proposal"}


def cannot_be_away(kind: FactKind) -> tuple[str, str]:
    """What is wrong with "n/a" for a question that always arises, and what to do."""
    where = "here, as other answers show" if kind.asked_when or kind.phases else f"for {_OF_EVERY[kind.subject]}"
    instead = _INSTEAD.get(kind.kind, "write the answer")
    return f"cannot be n/a: the question arises {where}", f"leave it blank if nobody knows, or {instead}"


def never_away(kind: FactKind) -> str:
    """That "n/a" is refused, as a sentence; empty where it may be written."""
    where = " where it arises" if kind.asked_when or kind.phases else ""
    return f"Cannot be n/a{where}." if kind.always_arises else ""


def form_of(kind: FactKind) -> str:
    """The form alone, without an example: "whole pounds", "a number (miles)", "one of"."""
    unit = f" ({kind.unit})" if kind.kind == "number" and kind.unit else ""
    return _FORMS[kind.kind] + unit


def how_written(kind: FactKind) -> str:
    """The form with the answers there are, or with an example."""
    if kind.pattern:
        return f"{kind.pattern_words}{f', such as {kind.example}' if kind.example else ''}"
    if kind.choices:
        return f"{form_of(kind)}: {', '.join(_quoted_if_split(c) for c in kind.choices)}"
    if kind.kind in _EXAMPLE_SAYS_NOTHING:
        return form_of(kind) + (f", such as {kind.example}" if kind.example else "")
    more = "" if kind.example else _MORE.get(kind.kind, "")
    below = ", below nought with a minus" if kind.signed and kind.kind in ("share", "number") else ""
    return f"{form_of(kind)}, such as {example_of(kind)}{more}{below}"


def example_of(kind: FactKind) -> str:
    """A value of the kind as a person would write it; dots where only the writer's own words will do."""
    if kind.example:
        return kind.example
    if kind.choices:
        return f"[{kind.choices[0]}]" if kind.kind == "choices" else kind.choices[0]
    return _EXAMPLES.get(kind.kind, "...")


def _quoted_if_split(choice: str) -> str:
    return f'"{choice}"' if "," in choice else choice
