"""What the registers say that is no fact of one school: links between schools, trusts, and who belongs to which."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from clpt_growth.opendata.cells import day_in, urn_in
from clpt_growth.opendata.lineage import Link
from clpt_growth.opendata.recognise import Found, Table
from clpt_growth.opendata.vintage import Vintage

_LINKED = re.compile(r"(\d{5,7})\s+((?:Predecessor|Successor)[^,]*)")
_TRUSTS = ("multi-academy trust", "single-academy trust", "secure single-academy trust")
_COMPANY_DIGITS = 8
_CLOSED = "closed"


class Membership(NamedTuple):
    """A school in a trust, and since when; `kind` is the group's type as the register words it."""

    urn: str
    uid: str
    trust: str
    kind: str
    joined: date | None
    company: str
    table: Table

    @property
    def in_trust(self) -> bool:
        """A sponsor is listed beside the trust it runs; only the trust counts."""
        return not self.kind or self.kind.casefold() in _TRUSTS


class Group(NamedTuple):
    """A trust or other group of the register."""

    uid: str
    name: str
    kind: str
    company: str
    closed: bool
    postcode_area: str
    table: Table


class Standing(NamedTuple):
    """Whether a school is open, as the newest register that names it says."""

    status: str
    closed_on: date | None
    vintage: Vintage

    @property
    def closed(self) -> bool:
        return self.status.casefold() == _CLOSED


def cells_of(table: Table, *names: str) -> Iterator[dict[str, str]]:
    """The named columns of every row, by our names; a column the table lacks is blank."""
    places = {name: table.index.get(name, -1) for name in names}
    for row in table.rows():
        yield {n: row[p].strip() if 0 <= p < len(row) else "" for n, p in places.items()}


def links_in(found: Found) -> Iterator[Link]:
    """Every link between two schools, from lists of links and from registers that name them in a column."""
    for table in found.holding("links"):
        for cells in cells_of(table, "urn", "other", "kind", "day"):
            if (urn := urn_in(cells["urn"])) and (other := urn_in(cells["other"])):
                yield Link(urn, other, cells["kind"], day_in(cells["day"]))
    for table in found.holding("schools"):
        yield from _links_in_a_column(table)


def _links_in_a_column(table: Table) -> Iterator[Link]:
    """The last column of a search download names several, with commas that were not put in quotes."""
    place = table.index.get("linked", -1)
    if place < 0:
        return
    for row in table.rows():
        urn = urn_in(row[table.index["urn"]]) if len(row) > place else ""
        for other, kind in _LINKED.findall(",".join(row[place:])) if urn else ():
            yield Link(urn, other, kind)


def memberships(found: Found, *, uid: str = "", urn: str = "") -> tuple[Membership, ...]:
    """Who is in a trust, or which trust a school is in; the newest register first."""
    tables = [t for t in found.tables if "trust_uid" in t.index and t.dataset.vintage.kind == "day"]
    tables.sort(key=lambda t: str(t.vintage) if t.vintage.known else "", reverse=True)
    names = ("urn", "trust_uid", "trust", "group_type", "joined", "company")
    rows = ((table, cells) for table in tables for cells in cells_of(table, *names))
    return tuple(
        member
        for table, cells in rows
        if (member := _member(table, cells)) is not None
        and (not uid or member.uid == uid)
        and (not urn or member.urn == urn)
    )


def _member(table: Table, cells: Mapping[str, str]) -> Membership | None:
    uid, urn = _plain(cells["trust_uid"]), urn_in(cells["urn"])
    if not urn or uid in ("", "NULL"):
        return None
    joined, number = day_in(cells["joined"]), company(cells["company"])
    return Membership(urn, uid, cells["trust"], cells["group_type"], joined, number, table)


def groups(found: Found, uid: str) -> tuple[Group, ...]:
    """What the registers of groups say of one, the newest first."""
    names = ("trust_uid", "trust", "group_type", "company", "group_status", "postcode")
    return tuple(
        Group(
            uid, c["trust"], c["group_type"], company(c["company"]), c["group_status"].casefold() == _CLOSED,
            _area(c["postcode"]), table,
        )
        for table in found.holding("groups")
        for c in cells_of(table, *names)
        if _plain(c["trust_uid"]) == uid
    )  # fmt: skip


def standings(found: Found, urns: Iterable[str]) -> Mapping[str, Standing]:
    """Whether each school is open, by the newest register that says; silent on those no register names."""
    asked = frozenset(urns)
    said: dict[str, Standing] = {}
    for table in found.holding("schools"):
        if "status" not in table.index or asked <= said.keys():
            continue
        for cells in cells_of(table, "urn", "status", "closed_on"):
            urn = urn_in(cells["urn"])
            if urn in asked and cells["status"]:
                said.setdefault(urn, Standing(cells["status"], day_in(cells["closed_on"]), table.vintage))
    return said


def present_trust_since(rows: Iterable[Membership]) -> date | None:
    """When a school joined the trust that the newest register puts it in; an older trust's date does not count."""
    of_trusts = [m for m in rows if m.in_trust]
    now = of_trusts[0].uid if of_trusts else ""
    return next((m.joined for m in of_trusts if m.uid == now and m.joined is not None), None)


def company(text: str) -> str:
    """A company number of eight characters; a workbook drops the noughts at the start."""
    digits = _plain(text)
    return digits.zfill(_COMPANY_DIGITS) if digits.isdecimal() else digits


def _plain(text: str) -> str:
    return text.removesuffix(".0")


def _area(postcode: str) -> str:
    """The first half of a postcode."""
    return postcode.split()[0].upper() if " " in postcode.strip() else ""
