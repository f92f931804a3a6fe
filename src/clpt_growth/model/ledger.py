"""The ledger: in every term and of every resource, what there is, what is promised, and what each school takes.

A resource is a specialism of the improvement team or a function of the central team; its unit is days a term.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from clpt_growth.model.fact import Term
from clpt_growth.model.nought import NOUGHT
from clpt_growth.model.noun import noun

Days = Mapping[str, Decimal]
ByTerm = Mapping[Term, Days]
ALL_DAYS = "all days"


class Load(NamedTuple):
    """What one school needs of the trust and gives to it; a term or resource it leaves out is none."""

    school: str
    needs: ByTerm
    gives: ByTerm

    def net(self, term: Term, names: Iterable[str]) -> Decimal:
        return total(self.needs, term, names) - total(self.gives, term, names)


def together(school: str, loads: Iterable[Load]) -> Load:
    """Several loads as one."""
    needs: dict[Term, dict[str, Decimal]] = {}
    gives: dict[Term, dict[str, Decimal]] = {}
    for load in loads:
        for into, days in ((needs, load.needs), (gives, load.gives)):
            for term, by_name in days.items():
                row = into.setdefault(term, {})
                for name, number in by_name.items():
                    row[name] = row.get(name, NOUGHT) + number
    return Load(school, needs, gives)


class Supply(NamedTuple):
    """What the trust has each term, what it keeps back each term, and what it has promised in each term."""

    available: Days
    kept: Days
    promised: ByTerm


class Use(NamedTuple):
    """How much of what is free is in use, of one resource or of all together, in the term when it is most."""

    resource: str
    term: Term
    share: Decimal


@noun
class Ledger:
    """The supply with every school's load on it; `joining` is the school the question is about."""

    terms: tuple[Term, ...]
    supply: Supply
    earlier: tuple[Load, ...] = ()
    joining: Load | None = None

    @cached_property
    def resources(self) -> tuple[str, ...]:
        named: dict[str, None] = dict.fromkeys(self.supply.available)
        for load in self.loads:
            for days in load.needs.values():
                named |= dict.fromkeys(days)
        for days in self.supply.promised.values():
            named |= dict.fromkeys(s for s, d in days.items() if d)
        return tuple(named)

    @property
    def loads(self) -> tuple[Load, ...]:
        return (*self.earlier, self.joining) if self.joining is not None else self.earlier

    @cached_property
    def _in_use(self) -> ByTerm:
        """Of each resource in each term: promised, and what every school needs, less what it gives."""
        found: dict[Term, dict[str, Decimal]] = {}
        for term in self.terms:
            row = found[term] = dict(self.supply.promised.get(term, {}))
            for load in self.loads:
                for name, number in load.needs.get(term, {}).items():
                    row[name] = row.get(name, NOUGHT) + number
                for name, number in load.gives.get(term, {}).items():
                    row[name] = row.get(name, NOUGHT) - number
        return found

    @cached_property
    def needed_resources(self) -> tuple[str, ...]:
        """What the joining school needs in any term."""
        if self.joining is None:
            return ()
        needed = (s for days in self.joining.needs.values() for s, d in days.items() if d > 0)
        return tuple(dict.fromkeys(needed))

    @property
    def without_post(self) -> tuple[str, ...]:
        return tuple(s for s in self.needed_resources if self.supply.available.get(s, NOUGHT) <= 0)

    def shortest_term(self, name: str) -> Term:
        """The term when a resource is shortest; the earliest of equals."""
        return min(self.terms, key=lambda term: self.left(term, name))

    def available(self, *names: str) -> Decimal:
        return _sum(self.supply.available, names or self.resources)

    def kept(self, *names: str) -> Decimal:
        return _sum(self.supply.kept, names or self.resources)

    def free(self, *names: str) -> Decimal:
        """Available less kept back; all resources where none is named."""
        return self.available(*names) - self.kept(*names)

    def promised(self, term: Term, *names: str) -> Decimal:
        """To schools already in the trust, and to those agreed before this one."""
        names = names or self.resources
        agreed = sum((load.net(term, names) for load in self.earlier), NOUGHT)
        return total(self.supply.promised, term, names) + agreed

    def needed(self, term: Term, *names: str) -> Decimal:
        return total(self.joining.needs, term, names or self.resources) if self.joining else NOUGHT

    def given(self, term: Term, *names: str) -> Decimal:
        return total(self.joining.gives, term, names or self.resources) if self.joining else NOUGHT

    def in_use(self, term: Term, *names: str) -> Decimal:
        """Promised and needed, less what is given."""
        return total(self._in_use, term, names or self.resources)

    def left(self, term: Term, *names: str) -> Decimal:
        return self.free(*names) - self.in_use(term, *names)

    def used_share(self, term: Term, *names: str) -> Decimal | None:
        """Over one where more is in use than is free, however little is; None where nobody is in post."""
        names = names or self.resources
        return self._share_of(self.free(*names), term, names)

    def _share_of(self, free: Decimal, term: Term, names: tuple[str, ...]) -> Decimal | None:
        in_use = self.in_use(term, *names)
        if free > 0:
            return in_use / free
        in_post = any(self.supply.available.get(s, NOUGHT) > 0 for s in names)
        return 1 + (in_use - free) / in_use if in_post and in_use > 0 else None

    def peak(self, *names: str) -> Use | None:
        """The term when most is in use; the earliest of equals."""
        every = names or self.resources
        free = self.free(*every)
        shares = [(term, share) for term in self.terms if (share := self._share_of(free, term, every)) is not None]
        if not shares:
            return None
        term, share = max(shares, key=lambda s: s[1])
        return Use(names[0] if len(names) == 1 else ALL_DAYS, term, share)

    def tightest_specialism(self) -> Use | None:
        """The highest peak of the resources the joining school needs; the first it names of equals."""
        found = [use for s in self.needed_resources if (use := self.peak(s)) is not None]
        return max(found, key=lambda u: u.share, default=None)

    def tightest(self) -> Use | None:
        """The highest peak, of all days and of each resource the joining school needs; all days if equal."""
        peaks = [self.peak(), *(self.peak(s) for s in self.needed_resources)]
        found = [use for use in peaks if use is not None]
        return max(found, key=lambda u: u.share) if found else None


class Loads(NamedTuple):
    """What one school takes of the improvement team and of the central team; None where that is not known.

    `unknown` are the functions of the central team whose days for this school are not known.
    """

    improvement: Load | None
    central: Load | None
    unknown: tuple[str, ...] = ()


class Books(NamedTuple):
    """Both ledgers; None where a ledger would be half a ledger."""

    improvement: Ledger | None
    central: Ledger | None


def total(days: ByTerm, term: Term, names: Iterable[str]) -> Decimal:
    return _sum(days.get(term, {}), names)


def _sum(days: Days, names: Iterable[str]) -> Decimal:
    return sum([days[name] for name in names if name in days], NOUGHT)
