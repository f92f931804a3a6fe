"""What must never be in a file: anything that identifies a person."""

import re
from collections.abc import Sequence
from itertools import pairwise

from clpt_growth.facts.given_names import GIVEN_NAMES

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
    "road",
    "way",
    "lodge",
    "tree",
    "gate",
    "cross",
    "common",
    "heath",
    "field",
    "fields",
    "gardens",
    "terrace",
    "crescent",
    "grammar",
    "catholic",
    "girls",
    "boys",
    "hospital",
    "library",
    "museum",
    "theatre",
    "limited",
    "ltd",
    "plc",
    "llp",
]
_PLACE_WORDS = frozenset(_WORDS_OF_PLACES)

# Patterns that few texts could hold are words until one could: to make them ready takes as long as reading a file.
_E_MAIL = ((r"[^\s@]@[^\s@]+\.[A-Za-z]{2,}", "an e-mail address"),)
_BIRTHDAY = ((r"(?i)\b(?:born(?: on)?|dob|d\.o\.b\.?|date of birth)\b[:\s]*\d", "a date of birth"),)
_NUMBERS = (
    (r"(?<![\d.,])(?:\+44\s?(?:\(0\)\s?)?|0)(?:\d[\s()-]{0,2}){9,10}(?![\d])", "a telephone number"),
    (
        r"(?i)\b[A-CEGHJ-PR-TW-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b",
        "a National Insurance number",
    ),
    (r"(?i)\b[A-HJ-NP-RT-Z]\d{11}[0-9A-Z]\b", "a unique pupil number"),
)
# What every one of the numbers above has, which is found sooner than they are.
_SIX_DIGITS = re.compile(r"\d(?:[\s()-]{0,2}\d){5}")
# "Sir John Moore Primary School" is a place; "Sir John Moore" is not, nor is "Mr Moore at Hill School".
_TITLED = (
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Revd?|Reverend|Canon|Sir|Dame|Cllr)\.?"
    r" (?:[A-Z](?:\. ?| )){0,3}[A-Z](?=[A-Z]?[a-z'’])[\w'’-]*+"
    r"(?!(?: (?:[A-Z][\w'’.-]*|of|the|and|for|&))*?"
    r" (?:School|Academy|College|Grammar|Trust|Primary|Nursery|Federation|Foundation|Centre)\b)"
)
# Every title above before a capital, which is found sooner than a whole name.
_A_TITLE = re.compile(r"[CDMPRS](?:r|rs|s|iss|x|rof|rofessor|ev|evd|everend|anon|ir|ame|llr)\.? [A-Z]")
# Most texts are plain words: no digit, no @ and no capital after the first letter.
_WORTH_A_LOOK = re.compile(r"[0-9@A-Z](?<=..)", re.DOTALL)
_PAIR = re.compile(r"[A-Z][A-Za-z'’-]*[a-z] [A-Z][A-Za-z'’-]*[a-z]")
_INITIALS_AND_NAME = r"(?:[A-Z](?:\. ?| )){1,3}[A-Z][\w'’-]+"
_LIST_BREAK = re.compile(r"[,;/&\n]|\band\b")
_WORD = r"[A-Z][A-Za-z'’-]*[a-z]"
# Every pair, the second word of one being the first of the next too; no part of a longer name of a place or body.
_FULL_NAME = re.compile(rf"(?<![\w'’-])(?<!St )(?<!St\. )(?<!Saint )(?={_WORD} ({_WORD})\b(?! [A-Z]))({_WORD})")
_JOINED = r"(?: *\([^()]*\))?\s*(?:[,;/&|\n]|and\b)\s*(?:(?:and|&)\s+)?"
_WHO_IT_IS = (
    r"(?i)(?:\b(?:name|head ?teacher|deputy head|assistant head|acting head|interim head|executive head|principal|chair"
    r"|chair of (?:the )?(?:governors|trustees|board|governing body)|governor|trustee|teacher|pupil|student|parent"
    r"|mother|father|carer|clerk|bursar|business manager|chief executive|director|inspector|senco|secretary)"
    r"(?: is| was| called| named)?|\bnamed|\bcalled) ?[:,(-]? ?$"
)


def personal_detail(text: str) -> tuple[str, str] | None:
    """What is wrong and what to do, where a text seems to identify a person; None where it does not."""
    if text.isascii() and not _WORTH_A_LOOK.search(text):
        return None
    for pattern, what in _looked_for(text):
        if re.search(pattern, text):
            return _refusal(what)
    if _A_TITLE.search(text) and re.search(_TITLED, text):
        return _refusal("a person's name")
    if not _PAIR.search(text):
        return None
    if _names_listed(text):
        return _refusal("a list of names")
    people = _full_names(text)
    if any(re.fullmatch(_JOINED, text[end:start]) for (_, end), (start, _) in pairwise(people)):
        return _refusal("a list of names")
    if any(re.search(_WHO_IT_IS, text[:start]) for start, _ in people):
        return _refusal("a person's name")
    return None


def _looked_for(text: str) -> tuple[tuple[str, str], ...]:
    """The patterns that could be in a text, for most could not."""
    small = text.lower()
    return (
        *(_E_MAIL if "@" in text else ()),
        *(_NUMBERS if _SIX_DIGITS.search(text) else ()),
        *(_BIRTHDAY if "born" in small or "birth" in small or "dob" in small or "d.o.b" in small else ()),
    )


def somebody(text: str) -> tuple[str, str] | None:
    """The same for a text that should be a role, where a name alone can only be a person's."""
    named = re.fullmatch(_INITIALS_AND_NAME, text) or (0, len(text)) in _full_names(text)
    return _refusal("a person's name") if named else None


def people_listed(entries: Sequence[str]) -> tuple[str, str] | None:
    """What is wrong and what to do, where two or more entries of a list are people's names and nothing else."""
    people = (found for text in entries for found in _full_names(text) if found == (0, len(text)))
    return _refusal("a list of names") if len(list(people)) > 1 else None


def _refusal(what: str) -> tuple[str, str]:
    return f"this looks like {what}", "never identify a person: write a role or a count instead"


def _names_listed(text: str) -> bool:
    """Three pairs of capitalised words and nothing else, whether or not the names are known to us."""
    pairs = [part.lower().split() for part in _LIST_BREAK.split(text) if _PAIR.fullmatch(part.strip())]
    # Ann Green is a person among people, and a green among places.
    return len(pairs) >= 3 and sum(_PLACE_WORDS.isdisjoint(pair) for pair in pairs) >= 2


def _full_names(text: str) -> list[tuple[int, int]]:
    """Where a given name stands with a surname: the start and the end of each, in reading order.

    One alone is as likely a school, a hall or a firm, so it is for the caller to see what stands round it.
    """
    return [
        (found.start(), found.end(1))
        for found in _FULL_NAME.finditer(text)
        if found[2].lower() in GIVEN_NAMES and found[1].lower() not in _PLACE_WORDS
    ]
