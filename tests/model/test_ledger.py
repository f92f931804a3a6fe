"""The ledger: use by term and resource, with every school's load on it."""

from decimal import Decimal

import pytest

from clpt_growth.model.fact import Term
from clpt_growth.model.ledger import Ledger, Load, Supply, Use

AUTUMN_27, SPRING_28, SUMMER_28, AUTUMN_28 = Term(2027, 0), Term(2027, 1), Term(2027, 2), Term(2028, 0)


def days(**by_specialism: str) -> dict[str, Decimal]:
    return {name.replace("_", " "): Decimal(number) for name, number in by_specialism.items()}


def load(school: str, needs: str, gives: str = "0", terms: tuple[Term, ...] = (AUTUMN_27,)) -> Load:
    return Load(school, dict.fromkeys(terms, days(primary=needs)), dict.fromkeys(terms, days(primary=gives)))


def worked(*joiners: Load, posts: str = "6") -> Ledger:
    """Six people x 65 days x 70% are 273 days a term; 205 are promised and 14 kept for partnerships."""
    available = Decimal(posts) * 65 * Decimal("0.70")
    supply = Supply({"primary": available}, days(primary="14"), {AUTUMN_27: days(primary="205")})
    return Ledger(terms=(AUTUMN_27,), supply=supply, earlier=joiners[:-1], joining=joiners[-1])


A, B, C = load("A", "8"), load("B", "24"), load("C", "36")


@pytest.mark.parametrize(
    ("ledger", "in_use", "free", "percent"),
    [
        (worked(A, B, C), "273", "259", "105.4"),
        (worked(A, B), "237", "259", "91.5"),
        (worked(load("A", "5"), load("B", "16"), C), "262", "259", "101.2"),
        (worked(A, B, C, posts="7"), "273", "304.5", "89.7"),
    ],
    ids=["all three", "C refused", "C a year later", "one more post"],
)
def test_the_worked_example_comes_out_to_the_figure(ledger: Ledger, in_use: str, free: str, percent: str) -> None:
    assert (ledger.in_use(AUTUMN_27), ledger.free()) == (Decimal(in_use), Decimal(free))
    assert ledger.peak() == Use("all days", AUTUMN_27, Decimal(in_use) / Decimal(free))
    assert round(Decimal(in_use) / Decimal(free) * 100, 1) == Decimal(percent)


def test_what_earlier_schools_take_counts_as_promised_and_what_this_one_takes_as_needed() -> None:
    ledger = worked(A, B, C)

    assert ledger.promised(AUTUMN_27) == 205 + 8 + 24
    assert ledger.needed(AUTUMN_27) == 36


def test_what_a_school_gives_is_taken_off_what_is_in_use() -> None:
    ledger = worked(load("A", "8", "3"), load("C", "36", "6"))

    assert (ledger.promised(AUTUMN_27), ledger.given(AUTUMN_27)) == (210, 6)
    assert (ledger.in_use(AUTUMN_27), ledger.left(AUTUMN_27)) == (240, 19)


def test_the_peak_is_the_earliest_of_equally_busy_terms() -> None:
    terms = (AUTUMN_27, SPRING_28, SUMMER_28, AUTUMN_28)
    promised = dict(zip(terms, (days(primary=n) for n in ("40", "50", "50", "10")), strict=True))
    ledger = Ledger(terms=terms, supply=Supply(days(primary="100"), {}, promised))

    assert ledger.peak() == Use("all days", SPRING_28, Decimal("0.5"))


def of(available: dict[str, Decimal], needs: dict[str, Decimal], kept: dict[str, Decimal] | None = None) -> Ledger:
    joining = Load("A", {AUTUMN_27: needs}, {})
    return Ledger(terms=(AUTUMN_27,), supply=Supply(available, kept or {}, {}), joining=joining)


def test_the_tightest_is_the_specialism_most_in_use_that_the_school_needs() -> None:
    ledger = of(days(primary="60", send="10", secondary="1"), days(primary="10", send="6"))

    assert ledger.tightest() == Use("send", AUTUMN_27, Decimal("0.6"))


def test_all_days_together_may_be_the_tightest() -> None:
    supply = Supply(days(primary="60", secondary="40"), {}, {AUTUMN_27: days(secondary="40")})
    ledger = Ledger(terms=(AUTUMN_27,), supply=supply, joining=Load("A", {AUTUMN_27: days(primary="6")}, {}))

    assert ledger.tightest() == Use("all days", AUTUMN_27, Decimal("0.46"))


def test_a_specialism_nobody_is_in_post_for_has_no_share_and_is_named() -> None:
    ledger = of(days(primary="60"), days(primary="6", send="3"))

    assert ledger.without_post == ("send",)
    assert ledger.peak("send") is None


@pytest.mark.parametrize(("kept", "share"), [("10", "2"), ("13", "2.5")])
def test_a_specialism_all_kept_back_is_over_full_and_not_left_out(kept: str, share: str) -> None:
    ledger = of(days(primary="60", send="10"), days(send="6"), days(send=kept))

    assert ledger.tightest() == Use("send", AUTUMN_27, Decimal(share))
