"""What is tried on the command line: facts, posts and later starts, read with the same care as a file."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from clpt_growth.files.casefile import case_file_value
from clpt_growth.files.problems import InputError, Problem, did_you_mean
from clpt_growth.files.yaml_text import Node
from clpt_growth.model.dictionary import Dictionary, FactKind
from clpt_growth.model.fact import Fact, NotApplicable
from clpt_growth.model.what_if import CENTRAL, IMPROVEMENT, Post, WhatIf

_POST = re.compile(r"(improvement|central)\.([^=]+)=([+-]\d+(?:\.\d+)?)$")
_DELAY = re.compile(r"([^=]+)=([+-]?\d{1,2})$")
_SUBJECTS = ("school", "trust", "case")
_TEAMS = {IMPROVEMENT: "improvement_posts.specialism", CENTRAL: "central_team.functions"}


def what_if(
    set_: Sequence[str], posts: Sequence[str], delays: Sequence[str], dictionary: Dictionary, schools: Sequence[str]
) -> WhatIf:
    """Everything tried, of the schools named; without any school only the trust's own facts can be.

    Raises `InputError` with every problem in it.
    """
    reading = _Reading(dictionary, schools)
    for words in set_:
        reading.fact(words)
    more = tuple(post for words in posts for post in reading.post(words))
    later = {name: terms for words in delays for name, terms in reading.delay(words)}
    found = WhatIf(reading.facts, reading.of_school, more, later)
    if reading.problems:
        raise InputError(reading.problems)
    return found


class _Reading:
    """Reads one thing tried after another, and collects what is wrong with them."""

    def __init__(self, dictionary: Dictionary, schools: Sequence[str]) -> None:
        self.dictionary = dictionary
        self.schools = tuple(schools)
        self.facts: dict[str, Fact] = {}
        self.of_school: dict[str, dict[str, Fact]] = {}
        self.problems: list[Problem] = []

    def complain(self, option: str, wrong: str, todo: str) -> None:
        self.problems.append(Problem(option, 0, "", wrong, todo))

    def fact(self, words: str) -> None:
        path, equals, text = words.partition("=")
        school, colon, name = path.strip().rpartition(":")
        if not equals or not text.strip():
            self.complain("--set", f'"{words}" sets no value', "write FACT=VALUE: policy.reserves_minimum_share=6%")
            return
        kind = self.kind_named(name)
        if kind is None or (colon and not self.knows("--set", school)):
            return
        value = case_file_value(kind, Node(text.strip(), 0, 0), "--set", self.problems)
        if value is None:
            if not self.problems:
                self.complain("--set", f'"{words}" sets no value', "write a value, or n/a (and the reason)")
        elif kind.always_arises and isinstance(value, NotApplicable):
            self.complain("--set", f"{kind.name} cannot be n/a: the question always arises", "write a value")
        elif kind.subject == "trust":
            self.facts[kind.name] = Fact(kind.name, value, "tried")
        elif not colon and len(self.schools) != 1:
            todo = f"write the school before it: {self.schools[0] if self.schools else 'SCHOOL'}:{kind.name}=..."
            self.complain("--set", f"{kind.name} is a fact of a school", todo)
        else:
            self.of_school.setdefault(school or self.schools[0], {})[kind.name] = Fact(kind.name, value, "tried")

    def kind_named(self, name: str) -> FactKind | None:
        """The fact of this name; without school., trust. or case. before it where only one is meant."""
        kinds = self.dictionary.kinds
        found = [n for n in (name, *(f"{subject}.{name}" for subject in _SUBJECTS)) if n in kinds]
        if len(found) > 1:
            self.complain("--set", f'"{name}" may be {" or ".join(found)}', "write one of them whole")
        elif not found:
            self.complain("--set", f'there is no fact "{name}"', did_you_mean(name, kinds, "see docs/facts.md"))
        elif kinds[found[0]].kind == "records":
            self.complain("--set", f"{found[0]} is a list", "try a list by changing a copy of the file")
        elif kinds[found[0]].derived:
            self.complain("--set", f"{found[0]} is worked out by the program", "set what it is worked out from")
        else:
            return kinds[found[0]]
        return None

    def knows(self, option: str, school: str) -> bool:
        if school in self.schools:
            return True
        known = ", ".join(self.schools[:12]) or "no school is asked about"
        self.complain(option, f'there is no school "{school}"', did_you_mean(school, self.schools, f"known: {known}"))
        return False

    def post(self, words: str) -> Iterable[Post]:
        found = _POST.match(words)
        if found is None:
            self.complain(
                "--post", f'"{words}" is not a post', "write it like improvement.secondary=+1 or central.finance=+0.5"
            )
            return
        team, resource, fte = found.groups()
        known = _resources(self.dictionary)[team]
        if resource in known:
            yield Post(team, resource, Decimal(fte))
        else:
            todo = did_you_mean(resource, known, f"write one of: {', '.join(known)}")
            self.complain("--post", f'there is no "{resource}" in the {team} team', todo)

    def delay(self, words: str) -> Iterable[tuple[str, int]]:
        found = _DELAY.match(words)
        if found is None:
            example = self.schools[0] if self.schools else "oakfield"
            self.complain("--delay", f'"{words}" is not a later start', f"write school=terms: {example}=1")
        elif self.knows("--delay", found[1]):
            yield found[1], int(found[2])


def _resources(dictionary: Dictionary) -> Mapping[str, tuple[str, ...]]:
    """The specialisms and functions a post can have, as the dictionary lists them."""
    found = {}
    for team, place in _TEAMS.items():
        name, _, field = place.partition(".")
        kind = dictionary.kinds[f"trust.{name}"].field_named[field]
        found[team] = kind.choices
    return found
