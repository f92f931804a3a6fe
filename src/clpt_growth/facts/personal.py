"""What must never be in a file: anything that identifies a person."""

import re

_WORDS_OF_PLACES = [
    "academy",
    "academies",
    "area",
    "avenue",
    "board",
    "borough",
    "bridge",
    "centre",
    "church",
    "city",
    "close",
    "college",
    "committee",
    "community",
    "council",
    "county",
    "court",
    "department",
    "diocese",
    "district",
    "drive",
    "east",
    "education",
    "farm",
    "federation",
    "first",
    "foundation",
    "free",
    "green",
    "grove",
    "hall",
    "high",
    "hill",
    "house",
    "hub",
    "infant",
    "infants",
    "infirmary",
    "junior",
    "juniors",
    "lane",
    "learning",
    "lower",
    "local",
    "manor",
    "mead",
    "middle",
    "mill",
    "ministry",
    "moor",
    "multi",
    "national",
    "new",
    "north",
    "nursery",
    "office",
    "old",
    "park",
    "partnership",
    "place",
    "primary",
    "priory",
    "royal",
    "school",
    "schools",
    "secondary",
    "service",
    "services",
    "saint",
    "sixth",
    "south",
    "special",
    "spring",
    "square",
    "st",
    "street",
    "summer",
    "team",
    "term",
    "trust",
    "union",
    "united",
    "university",
    "upper",
    "vale",
    "valley",
    "view",
    "village",
    "wood",
    "west",
    "autumn",
    "english",
    "maths",
    "science",
    "history",
    "reading",
    "writing",
    "music",
    "drama",
    "art",
    "design",
    "computing",
    "geography",
    "year",
    "key",
    "stage",
    "forest",
    "hamlets",
    "keynes",
    "greater",
    "central",
    "meadow",
    "meadows",
    "languages",
    "assistant",
    "chair",
    "director",
    "executive",
    "governor",
    "head",
    "lead",
    "leader",
    "manager",
    "officer",
    "secretary",
    "support",
    "teacher",
    "trustee",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_PLACE_WORDS = frozenset(_WORDS_OF_PLACES)

_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[^\s@]@[^\s@]+\.[A-Za-z]{2,}"), "an e-mail address"),
    (
        re.compile(r"(?<![\d.,])(?:\+44\s?(?:\(0\)\s?)?|0)(?:\d[\s()-]{0,2}){9,10}(?![\d])"),
        "a telephone number",
    ),
    (
        re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b", re.IGNORECASE),
        "a National Insurance number",
    ),
    (re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[0-9A-Z]\b", re.IGNORECASE), "a unique pupil number"),
    (
        re.compile(r"\b(?:born(?: on)?|dob|d\.o\.b\.?|date of birth)\b[:\s]*\d", re.IGNORECASE),
        "a date of birth",
    ),
    (
        # "Sir John Moore Primary School" is a place; "Sir John Moore" is not, nor is "Mr Moore at Hill School".
        re.compile(
            r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Revd?|Reverend|Canon|Sir|Dame|Cllr)\.?"
            r" [A-Z](?=[A-Z]?[a-z'’])[\w'’-]*+"
            r"(?!(?: (?:[A-Z][\w'’.-]*|of|the|and|for|&))*?"
            r" (?:School|Academy|College|Grammar|Trust|Primary|Nursery|Federation|Foundation|Centre)\b)"
        ),
        "a person's name",
    ),
)
# Only the last has neither a digit nor an @, and most texts are plain words.
_DIGIT_OR_AT = re.compile(r"[\d@]")
_WITHOUT_DIGITS = _PATTERNS[-1:]
_PAIR = re.compile(r"[A-Z][A-Za-z'’-]*[a-z] [A-Z][A-Za-z'’-]*[a-z]")
_LIST_BREAK = re.compile(r"[,;/&\n]|\band\b")


def personal_detail(text: str) -> tuple[str, str] | None:
    """What is wrong and what to do, where a text seems to identify a person; None where it does not."""
    for pattern, what in _PATTERNS if _DIGIT_OR_AT.search(text) else _WITHOUT_DIGITS:
        if pattern.search(text):
            return _refusal(what)
    if _names_listed(text):
        return _refusal("a list of names")
    return None


def _refusal(what: str) -> tuple[str, str]:
    return f"this looks like {what}", "never identify a person: write a role or a count instead"


def _names_listed(text: str) -> bool:
    if not _PAIR.search(text):
        return False
    pairs = [part.lower().split() for part in _LIST_BREAK.split(text) if _PAIR.fullmatch(part.strip())]
    # Ann Green is a person among people, and a green among places.
    return len(pairs) >= 3 and sum(_PLACE_WORDS.isdisjoint(pair) for pair in pairs) >= 2
