"""The demand model as the tests use it: the shipped figures, typed in, so that a change to one is seen."""

from decimal import Decimal
from typing import Any

D = Decimal
DEMAND: dict[str, Any] = {
    "definition.ledger_terms": 9,
    "definition.promises_carried_over_terms": 3,
    "definition.need_days_by_category": {
        "strong partner": (3, 2, 2),
        "secure some need": (8, 5, 3),
        "vulnerable": (15, 10, 6),
        "category of concern": (30, 20, 10),
    },
    "definition.need_times_by_phase": {"primary": 1, "secondary": D("1.6"), "special": D("1.2"), "all-through": 2},
    "definition.need_small_school": {"below_pupils": 100, "times": D("0.7")},
    "definition.need_more_sites": {"from_sites": 2, "times": D("1.15")},
    "definition.need_new_head": {"below_months": 12, "times": D("1.15")},
    "definition.need_split_by_phase": {
        "primary": {"primary": D("0.8"), "send": D("0.2")},
        "secondary": {"secondary": D("0.8"), "send": D("0.2")},
    },
    "definition.own_share_of_need": D("0.4"),
    "definition.need_reviewed_after_terms": {"high": 1, "medium": 2, "low": 3},
    "definition.gift_counted_by_term": (0, 0, D("0.5"), D("0.5"), D("0.5"), 1),
    "definition.gift_not_counted": {"categories": ("vulnerable", "category of concern"), "terms": 6},
    "definition.gift_at_most_days_by_phase": {"primary": 12, "secondary": 24},
    "definition.gift_at_most_share_of_teaching": D("0.02"),
    "definition.integration_terms": {"before": 1, "after": 2},
    "definition.integration_routes": {
        "maintained": ("sponsored", "voluntary converter"),
        "transfer": ("academy transfer",),
    },
    "definition.central_share_afterwards": D("0.4"),
    "definition.money_years": 3,
    "definition.accounts_round_to_gbp": 1_000,
    "definition.budget_runs_on_months": 6,
    "definition.income_share_that_follows_pupils": D("0.8"),
}
