"""Every fact worked out from others: typed examples, missing pieces, and nothing to divide by."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clpt_growth.facts.after import LINES
from clpt_growth.facts.derived import DERIVATIONS, with_derived
from clpt_growth.model.dictionary import Dictionary
from clpt_growth.model.fact import Fact, NotApplicable
from make import case, facts

D = Decimal
AWAY = NotApplicable("none")
ALONE_AWAY = NotApplicable("no school is joining")
NOWHERE: dict[str, Any] = {}
ACADEMIES = "trust.academies"
POSTS, PARTNERS, HUBS, TEAM = (
    "trust.improvement_posts", "trust.improvement_partners", "trust.hubs", "trust.central_team"
)  # fmt: skip
INSPECTIONS = "school.inspections"
ASKED = {"school.identity.age_low": 11, "school.identity.sixth_form": False}
EARLY = {"school.identity.age_low": 4, "school.identity.sixth_form": False}
R, F, W, B = "school.roll.", "school.finance.", "school.workforce.", "school.inspection."
E, M, TEAM_OF, H = "trust.estate.", "trust.finance.", "trust.improvement_team.", "trust.hub_summary."
AFTER = "case.after."

EIF = {
    "framework": "2019, with overall grade",
    "inspected_on": date(2023, 5, 10),
    "quality_of_education": "good",
    "behaviour_and_attitudes": "good",
    "personal_development": "outstanding",
    "leadership_and_management": "requires improvement",
    "overall": "requires improvement",
    "safeguarding": "effective",
    "category": "none",
    "urn_at_the_time": "999100",
}
CARD = {
    "framework": "report card 2025",
    "inspected_on": date(2026, 3, 25),
    "leadership_and_governance": "expected standard",
    "curriculum_and_teaching": "needs attention",
    "achievement": "urgent improvement",
    "attendance_and_behaviour": "strong standard",
    "inclusion": "exceptional",
    "personal_development_and_wellbeing": "expected standard",
    "early_years": "needs attention",
    "safeguarding": "not met",
    "category": "special measures",
    "urn_at_the_time": "999101",
}
VISIT = {"framework": "ungraded", "inspected_on": date(2026, 10, 7), "category": "none"}
FOUR_GOOD = dict.fromkeys(list(EIF)[2:6], "good")

RECENT, OLD = date(2026, 12, 4), date(2024, 1, 1)
PRIMARY = {"phase": "primary", "local_authority": "Tarn Valley", "pupils_count": 400}
SECONDARY = {"phase": "secondary", "local_authority": "tarn valley", "pupils_count": 900}
SPECIAL = {"phase": "special", "local_authority": "Moorshire", "pupils_count": 100}
WORKING_HUB = {
    "kind": "sector", "sector": "primary", "lead_in_post": True, "plan_dated_on": OLD, "last_met_on": RECENT,
    "schools_count": 4, "schools_within_20_minutes_count": 3, "deputy_or_understudy": True,
}  # fmt: skip
HUB_DAYS = {"definition.hub_met_within_days": 120}
SECTORS = {E + "sectors": ("primary", "secondary")}
REVIEW_DAYS = {"definition.review_inside_within_days": 366, "definition.review_outside_within_days": 731}
INSIDE_LINE, INSIDE_OVER = date(2025, 12, 3), date(2025, 12, 2)
OUTSIDE_LINE, OUTSIDE_OVER = date(2024, 12, 3), date(2024, 12, 2)


def reviewed(inside: Any, outside: Any) -> dict[str, Any]:
    return {"reviewed_inside_on": inside, "reviewed_outside_on": outside}


def a(*academies: dict[str, Any]) -> dict[str, Any]:
    return {ACADEMIES: academies}


QUARTER = {"definition.many_places_empty_over": D("0.25")}


def rolls(places: int | None, *pupils: int | None) -> dict[str, Any]:
    """Past years of a school with so many places each year."""
    return {R + "past_years": tuple({"pupils_count": n, "places_count": places} for n in pupils)}


def due_and_opening(due: date, opening: date) -> dict[str, Any]:
    return {W + "employee_information_due_on": due, "case.proposal.proposed_opening_on": opening}


NEEDED, AVAILABLE = "school.alternative_provision.places_needed_count", "trust.send.ap_places_available_count"

HELP = {
    "definition.categories_that_need_help": ("vulnerable", "category of concern"),
    "definition.categories_that_give_help": ("strong partner",),
}

ROUTE_LINE, LINE = "definition.capital_route_allocation_from", {"schools": 5, "pupils": 3_000}
BODY = "case.local_body."
SEATS = {
    BODY + "trust_appointed_count": 3, BODY + "parents_count": 2, BODY + "staff_count": 1, BODY + "head_count": 1,
    BODY + "foundation_count": 2, BODY + "coopted_count": 3, BODY + "council_count": 0,
}  # fmt: skip
LANDLORD_REFUSES = {
    "school.consents": ({"consent": "landlord", "state": "refused"},),
    "definition.consents_called_for": {"landlord": {}},
}
PAYROLL = {"same_service_from_trust": "payroll", "ends_on": date(2028, 3, 31), "annual_gbp": 8_000}
IN_HUB = {
    HUBS: ({"name": "Other hub", "schools_count": 9}, {"name": "First hub", "schools_count": 3, "places_count": 4}),
    "case.proposal.hub": "First hub",
}

# Results of three years, the newest of the academic year that had ended by the day asked about, 4 December 2026.
ED, BEHAVIOUR = "school.education.", "school.behaviour."
SMALL_BELOW = {"definition.small_year_group_below": 11}
FEW = NotApplicable("fewer than 11 pupils in the year group")


def year_6(cohort: Any, share: str | None = "0.64", year: str = "2025-26") -> dict[str, Any]:
    record = {"year": year, "cohort_count": cohort} | ({} if share is None else {"expected_share": D(share)})
    return SMALL_BELOW | {
        ED + "key_stage_2": ({"year": "2024-25", "cohort_count": 30, "expected_share": D("0.9")}, record)
    }


def year_11(cohort: int, score: str, year: str = "2025-26") -> dict[str, Any]:
    return SMALL_BELOW | {ED + "key_stage_4": ({"year": year, "cohort_count": cohort, "attainment_8": D(score)},)}


CASES: list[tuple[str, dict[str, Any], Any]] = [
    # The school: results of the year last ended, and of no other
    (ED + "key_stage_2_year", year_6(30), "2025-26"),
    (ED + "key_stage_2_year", year_6(30, year="2023-24"), None),
    (ED + "key_stage_2_expected_share", year_6(11), D("0.64")),
    (ED + "key_stage_2_expected_share", year_6(10), FEW),
    (ED + "key_stage_2_expected_share", year_6(30, year="2023-24"), None),
    (ED + "key_stage_2_expected_share", year_6(30, share=None), None),
    (ED + "key_stage_2_expected_share", year_6(AWAY), AWAY),
    (ED + "key_stage_4_year", year_11(150, "44.1"), "2025-26"),
    (ED + "key_stage_4_year", year_11(150, "44.1", "2026-27"), None),
    (ED + "attainment_8", year_11(150, "44.1"), D("44.1")),
    (ED + "attainment_8", year_11(10, "44.1"), FEW),
    (ED + "attainment_8", year_11(150, "44.1", "2024-25"), None),
    # The school: movement of pupils
    (BEHAVIOUR + "moved_on_per_100_count",
     {BEHAVIOUR + "managed_moves_count": 2, BEHAVIOUR + "home_education_moves_count": 6, R + "pupils_count": 400}, 2),
    (BEHAVIOUR + "moved_on_per_100_count",
     {BEHAVIOUR + "managed_moves_count": 0, BEHAVIOUR + "home_education_moves_count": 3, R + "pupils_count": 200}, 2),
    (BEHAVIOUR + "moved_on_per_100_count",
     {BEHAVIOUR + "managed_moves_count": 0, BEHAVIOUR + "home_education_moves_count": 0, R + "pupils_count": 0}, None),
    (BEHAVIOUR + "suspensions_rise_per_100",
     {BEHAVIOUR + "suspensions_per_100": D("4.5"), BEHAVIOUR + "suspensions_per_100_last_year": D("6.0")}, D("-1.5")),
    # The school: shares of a roll and of an income
    (R + "occupancy_share", {R + "pupils_count": 210, R + "places_count": 240}, D("0.875")),
    (R + "occupancy_share", {R + "pupils_count": 0, R + "places_count": 240}, D(0)),
    (R + "occupancy_share", {R + "pupils_count": 210, R + "places_count": 0}, None),
    (R + "surplus_share", {R + "pupils_count": 210, R + "places_count": 240}, D("0.125")),
    (R + "surplus_share", {R + "pupils_count": 250, R + "places_count": 240}, D(0)),
    (R + "surplus_share", {R + "pupils_count": 250, R + "places_count": 0}, None),
    (R + "years_with_many_places_empty_count", rolls(210, 110, 109, 108) | QUARTER, 3),
    (R + "years_with_many_places_empty_count", rolls(200, 150, 149, 200) | QUARTER, 1),
    (R + "years_with_many_places_empty_count", rolls(200, 200, 201) | QUARTER, 0),
    (R + "years_with_many_places_empty_count", rolls(200, 149, None) | QUARTER, None),
    (R + "years_with_many_places_empty_count", rolls(None, 149, 149) | QUARTER, None),
    (R + "years_with_many_places_empty_count", rolls(0, 0) | QUARTER, None),
    (R + "years_with_many_places_empty_count", rolls(200) | QUARTER, None),
    (W + "employee_information_days_before", due_and_opening(date(2027, 8, 4), date(2027, 9, 1)), 28),
    (W + "employee_information_days_before", due_and_opening(date(2027, 9, 1), date(2027, 9, 1)), 0),
    (W + "employee_information_days_before", due_and_opening(date(2027, 9, 3), date(2027, 9, 1)), -2),
    (R + "prudent_forecast_count",
     {"school.pupil_forecast": ({"year": "2028-29", "school_count": 230, "council_count": 190},
                                {"year": "2027-28", "school_count": 100})}, 190),
    (R + "prudent_forecast_count", {"school.pupil_forecast": ({"year": "2027-28", "school_count": 100, "council_count": AWAY},)}, 100),
    (R + "prudent_forecast_count", {"school.pupil_forecast": ({"year": "2028-29"}, {"year": "2027-28", "school_count": 100, "council_count": 90})}, None),
    (R + "prudent_forecast_count", {"school.pupil_forecast": ({"year": "2028-29", "school_count": AWAY},)}, None),
    (R + "forecast_change_share", {R + "pupils_count": 200, R + "prudent_forecast_count": 190}, D("-0.05")),
    (R + "forecast_change_share", {R + "pupils_count": 0, R + "prudent_forecast_count": 190}, None),
    (F + "in_year_share", {F + "in_year_balance_gbp": -31_000, F + "total_income_gbp": 3_100_000}, D("-0.01")),
    (F + "revenue_reserve_share", {F + "revenue_reserve_gbp": -84_000, F + "total_income_gbp": 2_100_000}, D("-0.04")),
    (F + "revenue_reserve_share", {F + "revenue_reserve_gbp": 1, F + "total_income_gbp": 0}, None),
    (F + "staff_cost_share", {F + "staff_cost_gbp": 800, F + "total_income_gbp": 1000}, D("0.8")),
    (F + "teaching_staff_share", {F + "teaching_staff_cost_gbp": 500, F + "total_income_gbp": 1000}, D("0.5")),
    (F + "education_support_share", {F + "education_support_cost_gbp": 120, F + "total_income_gbp": 1000}, D("0.12")),
    (F + "income_per_pupil_gbp", {F + "total_income_gbp": 2_001, R + "pupils_count": 2}, 1001),
    (F + "income_per_pupil_gbp", {F + "total_income_gbp": 2_001, R + "pupils_count": 0}, None),
    (F + "first_deficit_year",
     {"school.budget": ({"year": "2027-28", "reserve_gbp": -1}, {"year": "2026-27", "reserve_gbp": 0},
                        {"year": "2028-29", "reserve_gbp": -9})}, "2027-28"),
    (F + "first_deficit_year", {"school.budget": ({"year": "2026-27", "reserve_gbp": 0},)}, "none"),
    (F + "first_deficit_year", {"school.budget": ({"year": "2026-27", "reserve_gbp": -5}, {"year": "2027-28"})}, None),
    (F + "first_deficit_year",
     {"school.budget": ({"year": "2023-24", "status": "outturn", "reserve_gbp": -5},
                        {"year": "2026-27", "status": "forecast", "reserve_gbp": 5})}, "none"),
    (F + "first_deficit_year", {"school.budget": ({"year": "2023-24", "status": "outturn", "reserve_gbp": 5},)}, None),
    (W + "pupil_teacher_ratio", {R + "pupils_count": 210, W + "teachers_fte": D("10.5")}, D(20)),
    (W + "pupil_teacher_ratio", {R + "pupils_count": 210, W + "teachers_fte": D(0)}, None),
    (W + "pupil_adult_ratio", {R + "pupils_count": 210, W + "workforce_fte": D(21)}, D(10)),
    (W + "average_class_size",
     {R + "pupils_count": 900, W + "timetable_periods_count": 25, W + "teaching_periods_count": 1000}, D("22.5")),
    (W + "average_class_size",
     {R + "pupils_count": 900, W + "timetable_periods_count": 25, W + "teaching_periods_count": 0}, None),
    (W + "contact_ratio",
     {W + "teaching_periods_count": 780, W + "timetable_periods_count": 25, W + "teachers_fte": D(40)}, D("0.78")),
    (W + "contact_ratio",
     {W + "teaching_periods_count": 780, W + "timetable_periods_count": 25, W + "teachers_fte": D(0)}, None),
    (W + "average_teacher_cost_gbp", {F + "teaching_staff_cost_gbp": 600_000, W + "teachers_fte": D("10.5")}, 57143),
    (W + "leaders_share", {W + "senior_leaders_fte": D(4), W + "workforce_fte": D(50)}, D("0.08")),
    (W + "vacancy_share", {W + "vacancies_count": 3, W + "teacher_posts_count": 40}, D("0.075")),
    (W + "supply_share", {F + "supply_cost_gbp": 30, F + "staff_cost_gbp": 1000}, D("0.03")),
    ("school.behaviour.permanent_exclusions_per_100",
     {"school.behaviour.permanent_exclusions_count": 3, R + "pupils_count": 600}, D("0.5")),
    ("school.behaviour.permanent_exclusions_per_100",
     {"school.behaviour.permanent_exclusions_count": 3, R + "pupils_count": 0}, None),
    ("school.buildings.backlog_per_m2_gbp",
     {"school.buildings.backlog_priority_1_to_3_gbp": 500_000, "school.buildings.floor_area_m2": 4_000}, D(125)),
    # Inspections: the latest graded one speaks, in its own framework
    (B + "latest_graded_on", {INSPECTIONS: (VISIT, EIF, CARD)}, date(2026, 3, 25)),
    (B + "latest_graded_on", {INSPECTIONS: (VISIT,)}, None),
    (B + "latest_framework", {INSPECTIONS: (EIF, VISIT)}, "2019, with overall grade"),
    (B + "areas_expected_count", ASKED | {INSPECTIONS: (EIF,)}, 4),
    (B + "areas_expected_count", {INSPECTIONS: (EIF,)}, None),
    (B + "areas_expected_count", EARLY | {INSPECTIONS: (EIF,)}, 5),
    (B + "areas_expected_count", EARLY | {"school.identity.sixth_form": True, INSPECTIONS: (CARD,)}, 8),
    (B + "areas_expected_count", ASKED | {INSPECTIONS: (CARD,)}, 6),
    (B + "areas_expected_count", ASKED | {INSPECTIONS: ()}, None),
    (B + "areas_graded_count", ASKED | {INSPECTIONS: (CARD | {"inclusion": AWAY},)}, 6),
    (B + "areas_graded_count", ASKED | {INSPECTIONS: (CARD | {"inclusion": None},)}, 5),
    (B + "areas_graded_count", ASKED | {INSPECTIONS: (VISIT,)}, None),
    (B + "areas_graded_share", ASKED | {INSPECTIONS: ({k: v for k, v in EIF.items() if k != "personal_development"},)}, D("0.75")),
    (B + "areas_graded_share", {B + "areas_graded_count": 6, B + "areas_expected_count": 8}, D("0.75")),
    (B + "areas_below_expected_count", {INSPECTIONS: (CARD, EIF)}, 2),
    (B + "areas_below_expected_count", {INSPECTIONS: (EIF,)}, 1),
    (B + "areas_below_expected_count", {INSPECTIONS: (EIF | FOUR_GOOD,)}, 0),
    (B + "areas_below_expected_count", {INSPECTIONS: ({k: v for k, v in EIF.items() if k != "personal_development"},)}, None),
    (B + "category", {INSPECTIONS: (VISIT | {"category": "none"}, CARD)}, "none"),
    (B + "category", {INSPECTIONS: (VISIT | {"category": None}, CARD)}, "special measures"),
    (B + "category", {INSPECTIONS: (VISIT | {"category": None}, EIF)}, None),
    (B + "category", {INSPECTIONS: (VISIT | {"category": AWAY}, EIF)}, "none"),
    (B + "category", {INSPECTIONS: (EIF | {"category": None},)}, None),
    (B + "safeguarding_in_order", {INSPECTIONS: (VISIT | {"safeguarding": "not effective"}, EIF)}, False),
    (B + "safeguarding_in_order", {INSPECTIONS: (EIF,)}, True),
    (B + "safeguarding_in_order", {INSPECTIONS: (VISIT, EIF)}, None),
    (B + "safeguarding_in_order", {INSPECTIONS: (VISIT, CARD)}, False),
    (B + "safeguarding_in_order", {INSPECTIONS: (CARD,)}, False),
    (B + "safeguarding_in_order", {INSPECTIONS: (CARD | {"safeguarding": None},)}, None),
    ("trust.progression.running_months", {"trust.progression.running_since_on": date(2024, 12, 4)}, D(24)),
    ("trust.progression.running_months", {"trust.progression.running_since_on": date(2024, 12, 5)}, D(23)),
    ("trust.progression.running_months", {"trust.progression.running_since_on": date(2026, 12, 5)}, D(-1)),
    (B + "age_months", {B + "latest_graded_on": date(2026, 3, 4)}, D(9)),
    (B + "age_months", {B + "latest_graded_on": date(2026, 3, 5)}, D(8)),
    (B + "age_months", {B + "latest_graded_on": date(2026, 12, 4)}, D(0)),
    (B + "age_months", {B + "latest_graded_on": date(2026, 12, 5)}, None),
    (B + "previous_below_good", {INSPECTIONS: (CARD, EIF)}, True),
    (B + "previous_below_good", {INSPECTIONS: (CARD, EIF | FOUR_GOOD | {"overall": "good"})}, False),
    (B + "previous_below_good", {INSPECTIONS: (CARD, EIF | FOUR_GOOD | {"overall": None, "personal_development": None})}, None),
    (B + "previous_below_good", {INSPECTIONS: (CARD,)}, None),
    (B + "made_under_other_urn", {INSPECTIONS: (CARD,), "school.identity.urn": "999101"}, False),
    (B + "made_under_other_urn", {INSPECTIONS: (EIF,), "school.identity.urn": "999101"}, True),
    (B + "made_under_other_urn", {INSPECTIONS: (VISIT,), "school.identity.urn": "999101"}, None),
    # Lists of the school
    ("school.legal.contracts_not_assignable_count", {"school.contracts": ({"assignable": False}, {"assignable": True})}, 1),
    ("school.legal.contracts_not_assignable_count", {"school.contracts": ({"assignable": False}, {"line": 1})}, None),
    ("school.legal.contracts_not_assignable_gbp",
     {"school.contracts": ({"assignable": False, "annual_gbp": 9_000}, {"assignable": True})}, 9_000),
    ("school.legal.contracts_not_assignable_gbp", {"school.contracts": ({"assignable": False},)}, None),
    ("school.legal.contracts_not_assignable_gbp", {"school.contracts": ({"assignable": True},)}, 0),
    ("school.contributes.days_offered_a_term",
     {"school.contribution": ({"days_a_term": D("2.5")}, {"days_a_term": D(3)})}, D("5.5")),
    ("school.contributes.days_offered_a_term", {"school.contribution": ({"days_a_term": D(2)}, {"line": 2})}, None),
    ("school.expectation_summary.evidenced_share",
     {"school.expectations": ({"evidenced": True}, {"evidenced": False}, {"evidenced": True}, {"evidenced": AWAY})}, D(2) / D(3)),
    ("school.education.measures_available",
     {"school.identity.phase": "primary", "definition.measures_for_phase": {"primary": ("phonics", "reading")}},
     ("phonics", "reading")),
    ("school.education.measures_available",
     {"school.identity.phase": "special", "definition.measures_for_phase": {"primary": ("phonics",)}}, ()),
    ("school.education.measures_analysed_share",
     {"school.education.measures_available": ("phonics", "reading"), "school.education.measures_analysed": ("reading", "art")},
     D("0.5")),
    ("school.education.measures_analysed_share",
     {"school.education.measures_available": (), "school.education.measures_analysed": ("reading",)}, None),
    # The trust's academies
    (E + "schools_count", a(PRIMARY, SPECIAL), 2),
    (E + "pupils_count", a(PRIMARY, SPECIAL), 500),
    (E + "pupils_count", a(PRIMARY, {"phase": "special"}), None),
    (E + "sponsored_share", a({"sponsored": True}, {"sponsored": False}, {"sponsored": False}, {"sponsored": False}), D("0.25")),
    (E + "sponsored_share", a({"sponsored": True}, {"line": 3}), None),
    (E + "sectors", a(SPECIAL, {"phase": "all-through"}), ("primary", "secondary", "special")),
    (E + "sectors", a(SPECIAL, {"line": 3}), None),
    (E + "local_authorities_count", a(PRIMARY, SECONDARY, SPECIAL), 2),
    (E + "academies_in_deficit_count", a({"in_deficit": True}, {"in_deficit": False}), 1),
    (E + "reviewed_share", a(reviewed(INSIDE_LINE, OUTSIDE_LINE), reviewed(INSIDE_OVER, RECENT)) | REVIEW_DAYS, D("0.5")),
    (E + "reviewed_share", a(reviewed(RECENT, OUTSIDE_OVER), reviewed(RECENT, RECENT)) | REVIEW_DAYS, D("0.5")),
    (E + "reviewed_share", a(reviewed(RECENT, RECENT), reviewed(AWAY, AWAY)) | REVIEW_DAYS, D(1)),
    (E + "reviewed_share", a(reviewed(date(2026, 12, 5), RECENT)) | REVIEW_DAYS, D(0)),
    (E + "reviewed_share", a(reviewed(RECENT, RECENT), {"reviewed_inside_on": RECENT}) | REVIEW_DAYS, None),
    (E + "reviewed_outside_share", a(reviewed(None, OUTSIDE_LINE), reviewed(None, OUTSIDE_OVER)) | REVIEW_DAYS, D("0.5")),
    (E + "mentored_and_challenged_share",
     a({"head_has_mentor": True, "challenge_visits_count": 3}, {"head_has_mentor": True, "challenge_visits_count": 2},
       {"head_has_mentor": False, "challenge_visits_count": 9}, {"head_has_mentor": True, "challenge_visits_count": 4})
     | {"definition.challenge_visits_a_year": 3}, D("0.5")),
    (E + "mentored_and_challenged_share",
     a({"head_has_mentor": True, "challenge_visits_count": 3}, {"head_has_mentor": AWAY, "challenge_visits_count": AWAY})
     | {"definition.challenge_visits_a_year": 3}, D(1)),
    (E + "interim_heads_count",
     a({"head_interim_terms": 2}, {"head_interim_terms": 3}, {"head_interim_terms": AWAY}) | {"definition.interim_head_terms": 2}, 1),
    (E + "giving_to_needing_ratio",
     a({"can_give_intensive_support": True, "needs_intensive_support": False},
       {"can_give_intensive_support": True, "needs_intensive_support": True}), D(2)),
    (E + "giving_to_needing_ratio", a({"can_give_intensive_support": True, "needs_intensive_support": False}),
     NotApplicable("no school needs intensive support")),
    (E + "giving_to_needing_ratio", a({"can_give_intensive_support": True, "needs_intensive_support": False}, {}), None),
    (E + "backlog_priority_1_to_3_gbp", a({"backlog_priority_1_to_3_gbp": 20}, {"backlog_priority_1_to_3_gbp": 5}), 25),
    (E + "backlog_priority_1_to_3_gbp", a({"backlog_priority_1_to_3_gbp": 20}, {}), None),
    (E + "furthest_minutes_to_hub",
     a({"minutes_to_hub_lead": D(12)}, {"minutes_to_hub_lead": D(31)}, {"minutes_to_hub_lead": AWAY}), D(31)),
    (E + "furthest_minutes_to_hub", a({"minutes_to_hub_lead": D(12)}, {}), None),
    (E + "furthest_minutes_to_hub", a({"minutes_to_hub_lead": AWAY}), None),
    ("school.buildings.capital_route_changes", {E + "capital_route": "bids", AFTER + "capital_route": "allocation"}, True),
    ("school.buildings.capital_route_changes", {E + "capital_route": "bids", AFTER + "capital_route": "bids"}, False),
    # The trust's money, team and reviews
    (M + "reserves_share", {M + "reserves_gbp": 80, M + "total_income_gbp": 1000}, D("0.08")),
    (M + "in_year_share", {M + "in_year_balance_gbp": -20, M + "total_income_gbp": 1000}, D("-0.02")),
    (M + "staff_cost_share", {M + "staff_cost_gbp": 790, M + "total_income_gbp": 1000}, D("0.79")),
    (M + "targets_met_share", {M + "targets_met_count": 4, M + "targets_set_count": 5}, D("0.8")),
    (M + "targets_met_share", {M + "targets_met_count": 0, M + "targets_set_count": 0}, None),
    (M + "capital_spent_share", {M + "capital_spent_gbp": 90, M + "capital_planned_gbp": 100}, D("0.9")),
    ("trust.central.sectors_served",
     {TEAM: ({"in_post": True, "sector_experience": ("special", "primary")}, {"in_post": False, "sector_experience": ("post-16",)},
             {"in_post": True, "sector_experience": AWAY})}, ("primary", "special")),
    ("trust.central.sectors_served", {TEAM: ({"in_post": True},)}, None),
    ("trust.central.sectors_served", {TEAM: ({"sector_experience": ("primary",)},)}, None),
    (TEAM_OF + "sector_experience_share",
     {POSTS: ({"in_post": True, "fte": D(5), "led_in_sector_within_5_years": AWAY},
              {"in_post": True, "fte": D("0.6"), "led_in_sector_within_5_years": True},
              {"in_post": True, "fte": D("0.4"), "led_in_sector_within_5_years": False},
              {"in_post": False, "fte": D(9), "led_in_sector_within_5_years": True})}, D("0.6")),
    (TEAM_OF + "sector_experience_share", {POSTS: ({"in_post": False, "fte": D(1)},)}, None),
    (TEAM_OF + "roles_filled_share", {TEAM_OF + "improvement_roles_filled_count": 5, TEAM_OF + "improvement_roles_count": 6}, D(5) / D(6)),
    (TEAM_OF + "days_a_term",
     {POSTS: ({"in_post": True, "fte": D("1.5")}, {"in_post": False, "fte": D(1)}),
      TEAM_OF + "working_days_a_term": D(60), TEAM_OF + "share_spent_in_schools": D("0.7")}, D(63)),
    (TEAM_OF + "days_a_term",
     {POSTS: ({"in_post": True}, {"in_post": True, "fte": D(1)}),
      TEAM_OF + "working_days_a_term": D(60), TEAM_OF + "share_spent_in_schools": D("0.7")}, None),
    (TEAM_OF + "kept_share", {"trust.improvement_kept": ({"days_a_term": D(3)}, {"days_a_term": D(2)}), TEAM_OF + "days_a_term": D(50)}, D("0.1")),
    (TEAM_OF + "kept_share", {"trust.improvement_kept": ({"days_a_term": D(3)},), TEAM_OF + "days_a_term": D(0)}, None),
    ("trust.civic.days_for_each_authority",
     {"trust.civic.central_days_a_term": D(7), "trust.estate.local_authorities_count": 2}, D("3.5")),
    ("trust.civic.local_authorities_left_out_count",
     a(PRIMARY, SECONDARY, SPECIAL) | {"trust.civic.local_authorities_covered": ("TARN VALLEY", "Elsewhere")}, 1),
    ("trust.civic.local_authorities_left_out_count",
     a({"phase": "primary"}) | {"trust.civic.local_authorities_covered": ("Tarn Valley",)}, None),
    ("trust.procurement.policies_in_date_share",
     {"trust.procurement.policies_in_date_count": 9, "trust.procurement.policies_required_count": 12}, D("0.75")),
    ("trust.governance.recommendations_owned_share",
     {"trust.governance.review_recommendations_owned_count": 9, "trust.governance.review_recommendations_count": 10}, D("0.9")),
    ("trust.governance.trustee_turnover_share",
     {"trust.governance.trustees_left_last_year_count": 2, "trust.governance.trustees_count": 10}, D("0.2")),
    ("trust.evaluation.benchmarks_at_or_better_share",
     {"trust.evaluation.benchmarks_at_or_better_count": 7, "trust.evaluation.benchmarks_compared_count": 10}, D("0.7")),
    ("trust.evaluation.musts_met_share", {"trust.evaluation.musts_met_count": 49, "trust.evaluation.musts_count": 50}, D("0.98")),
    ("trust.networks.met_last_term_count", {"trust.networks.met_last_term": ("heads", "finance")}, 2),
    ("case.capacity.ap_places_needed_count", {NEEDED: 7}, 7),
    ("case.capacity.ap_places_used_share", {NEEDED: 3, AVAILABLE: 6}, D("0.5")),
    ("case.capacity.ap_places_used_share", {NEEDED: 300, AVAILABLE: 6}, D(50)),
    ("case.capacity.ap_places_used_share", {NEEDED: 0, AVAILABLE: 0}, D(0)),
    ("case.capacity.ap_places_used_share", {NEEDED: 1, AVAILABLE: 0}, D(2)),
    ("case.capacity.ap_places_used_share", {NEEDED: 1}, None),
    ("trust.partners.most_schools_per_partner",
     {PARTNERS: ({"partners_fte": D(2), "schools_with_needs_count": 3, "strong_schools_count": 5},
                 {"partners_fte": D("0.5"), "schools_with_needs_count": 1, "strong_schools_count": AWAY})}, D(4)),
    ("trust.partners.most_schools_per_partner",
     {PARTNERS: ({"partners_fte": D(0), "schools_with_needs_count": 3, "strong_schools_count": 5},)}, None),
    ("trust.partners.most_schools_per_partner",
     {PARTNERS: ({"partners_fte": AWAY, "schools_with_needs_count": 3, "strong_schools_count": 5},)}, None),
    # Hubs
    (H + "sectors_with_hub_share", {HUBS: (WORKING_HUB,)} | SECTORS | HUB_DAYS, D("0.5")),
    (H + "sectors_with_hub_share", {HUBS: (WORKING_HUB | {"last_met_on": date(2026, 8, 6)},)} | SECTORS | HUB_DAYS, D("0.5")),
    (H + "sectors_with_hub_share", {HUBS: (WORKING_HUB | {"last_met_on": date(2026, 8, 5)},)} | SECTORS | HUB_DAYS, D(0)),
    (H + "sectors_with_hub_share", {HUBS: (WORKING_HUB | {"lead_in_post": False},)} | SECTORS | HUB_DAYS, D(0)),
    (H + "sectors_with_hub_share", {HUBS: (WORKING_HUB | {"lead_in_post": None},)} | SECTORS | HUB_DAYS, None),
    (H + "sectors_with_hub_share", {HUBS: (WORKING_HUB | {"last_met_on": AWAY},)} | SECTORS | HUB_DAYS, None),
    (H + "sectors_with_hub_share", {HUBS: (WORKING_HUB | {"plan_dated_on": None}, WORKING_HUB)} | SECTORS | HUB_DAYS, D("0.5")),
    (H + "sectors_without_hub_count", {HUBS: (WORKING_HUB,)} | SECTORS | HUB_DAYS, 1),
    (H + "sectors_without_hub_count", {HUBS: (WORKING_HUB | {"kind": "regional"},)} | SECTORS | HUB_DAYS, 2),
    (H + "specialist_hubs_lacking_count",
     {HUBS: (WORKING_HUB,), "definition.specialist_hub_from_schools": 2} | a(PRIMARY, PRIMARY, SECONDARY) | HUB_DAYS, 1),
    (H + "specialist_hubs_lacking_count",
     {HUBS: (WORKING_HUB | {"kind": "specialist"},), "definition.specialist_hub_from_schools": 2}
     | a(PRIMARY, PRIMARY, SECONDARY) | HUB_DAYS, 0),
    (H + "regional_within_20_minutes_share", {HUBS: (WORKING_HUB | {"kind": "regional"},)}, D("0.75")),
    (H + "regional_within_20_minutes_share", {HUBS: (WORKING_HUB,)}, None),
    (H + "largest_regional_hub_count",
     {HUBS: (WORKING_HUB | {"kind": "regional"}, {"kind": "regional", "schools_count": 7})}, 7),
    (H + "largest_regional_hub_count", {HUBS: (WORKING_HUB,)}, None),
    (H + "with_understudy_share", {HUBS: (WORKING_HUB, WORKING_HUB | {"deputy_or_understudy": False})}, D("0.5")),
    (H + "with_understudy_share", {HUBS: ()}, None),
    # The trust after the join
    (AFTER + "schools_count", a(PRIMARY, SPECIAL) | {"school.identity.phase": "primary"}, 3),
    (AFTER + "pupils_count", {E + "pupils_count": 500, R + "pupils_count": 210}, 710),
    (AFTER + "capital_route_pupils_count",
     a(PRIMARY, SPECIAL) | {"definition.capital_route_special_multiplier": D("4.5"), "school.identity.phase": "special",
                            R + "pupils_count": 11}, 899),
    (AFTER + "capital_route_pupils_count",
     a({"phase": "primary"}) | {"definition.capital_route_special_multiplier": D("4.5"), "school.identity.phase": "special",
                                R + "pupils_count": 11}, None),
    (AFTER + "capital_route", {AFTER + "schools_count": 5, AFTER + "capital_route_pupils_count": 3_000, ROUTE_LINE: LINE},
     "allocation"),
    (AFTER + "capital_route", {AFTER + "schools_count": 4, AFTER + "capital_route_pupils_count": 9_000, ROUTE_LINE: LINE},
     "bids"),
    (AFTER + "capital_route", {AFTER + "schools_count": 9, AFTER + "capital_route_pupils_count": 2_999, ROUTE_LINE: LINE},
     "bids"),
    (E + "capital_route_pupils_count",
     a(PRIMARY, SPECIAL) | {"definition.capital_route_special_multiplier": D("4.5")}, 850),
    (E + "capital_route", {E + "schools_count": 5, E + "capital_route_pupils_count": 3_000, ROUTE_LINE: LINE}, "allocation"),
    (E + "regions_count", a({"region": "North West"}, {"region": "north west"}), 1),
    (E + "regions_count", a({"region": "North West"}, {}), None),
    (E + "pfi_schools_count", a({"pfi": True}, {"pfi": False}), 1),
    (AFTER + "regions_count", a({"region": "North West"}) | {"school.identity.region": "London"}, 2),
    (AFTER + "pfi_schools_count", a({"pfi": True}, {"pfi": False}) | {"school.buildings.pfi": True}, 2),
    (AFTER + "pfi_schools_count", a({"pfi": True}, {}) | {"school.buildings.pfi": True}, None),
    (AFTER + "hub_other_schools_count", IN_HUB, 3),
    (AFTER + "hub_other_schools_count", IN_HUB | {"case.proposal.hub": "No such hub"}, None),
    (AFTER + "hub_places_count", IN_HUB, 4),
    (AFTER + "hub_schools_count", {AFTER + "hub_other_schools_count": 3}, 4),
    (AFTER + "income_gbp", {M + "total_income_gbp": 9_000, F + "total_income_gbp": 1_000}, 10_000),
    (AFTER + "staff_cost_share",
     {M + "staff_cost_gbp": 700, M + "total_income_gbp": 900, F + "staff_cost_gbp": 90, F + "total_income_gbp": 100}, D("0.79")),
    (AFTER + "sponsored_share",
     a({"sponsored": True}, {"sponsored": False}, {"sponsored": False}) | {"case.proposal.route": "sponsored"}, D("0.5")),
    (AFTER + "sponsored_share",
     a({"sponsored": True}, {"sponsored": False}, {"sponsored": AWAY}) | {"case.proposal.route": "voluntary converter"},
     D(1) / D(3)),
    (AFTER + "sectors", a(PRIMARY) | {"school.identity.phase": "16 plus"}, ("primary", "post-16")),
    (AFTER + "sectors_served_share",
     {AFTER + "sectors": ("primary", "special"), "trust.central.sectors_served": ("primary", "post-16")}, D("0.5")),
    (AFTER + "sectors_uncovered",
     {AFTER + "sectors": ("primary", "special"), "trust.central.sectors_served": ("primary",)}, ("special",)),
    (AFTER + "joiner_sector_served",
     {"school.identity.phase": "all-through", "trust.central.sectors_served": ("primary",)}, False),
    (AFTER + "joiner_sector_served", {"school.identity.phase": "infant", "trust.central.sectors_served": ("primary",)}, True),
    (AFTER + "local_authorities_count", a(PRIMARY, SPECIAL) | {"school.identity.local_authority": "Tarn valley"}, 2),
    (AFTER + "giving_to_needing_ratio",
     a({"can_give_intensive_support": True, "needs_intensive_support": False}) | {"school.identity.category_of_need": "vulnerable"} | HELP,
     D(1)),
    (AFTER + "giving_to_needing_ratio",
     a({"can_give_intensive_support": True, "needs_intensive_support": True})
     | {"school.identity.category_of_need": "strong partner"} | HELP, D(2)),
    (AFTER + "giving_to_needing_ratio",
     a({"can_give_intensive_support": True, "needs_intensive_support": False})
     | {"school.identity.category_of_need": "strong partner"} | HELP, NotApplicable("no school needs intensive support")),
    (AFTER + "backlog_priority_1_to_3_gbp",
     {E + "backlog_priority_1_to_3_gbp": 25, "school.buildings.backlog_priority_1_to_3_gbp": 40}, 65),
    (AFTER + "furthest_minutes_to_hub",
     {E + "furthest_minutes_to_hub": D(31), "school.location.minutes_to_nearest_hub": D(12)}, D(31)),
    (AFTER + "furthest_minutes_to_hub",
     {E + "furthest_minutes_to_hub": D(31), "school.location.minutes_to_nearest_hub": D(40)}, D(40)),
    (AFTER + "integration_cost_share", {"case.integration.cost_gbp": 90, M + "reserves_gbp": 900}, D("0.1")),
    (AFTER + "integration_cost_share", {"case.integration.cost_gbp": 90, M + "reserves_gbp": 0}, None),
    (AFTER + "joined_last_12_months_count",
     a({"joined_on": date(2025, 12, 5)}, {"joined_on": date(2025, 12, 4)}, {"joined_on": date(2026, 12, 4)},
       {"joined_on": date(2026, 12, 5)}), 2),
    (AFTER + "joined_last_12_months_count", a({"joined_on": date(2026, 1, 1)}, {"line": 3}), None),
    (AFTER + "growth_in_schools_share", a(PRIMARY, PRIMARY, SPECIAL) | {AFTER + "joined_last_12_months_count": 1}, D(1)),
    ("case.capacity.schools_per_partner",
     {PARTNERS: ({"sector": "primary", "partners_fte": D(1), "schools_with_needs_count": 2, "strong_schools_count": 3},
                 {"sector": "secondary", "partners_fte": D(1), "schools_with_needs_count": 5, "strong_schools_count": 0}),
      "school.identity.phase": "junior"}, D(6)),
    ("school.legal.consents_refused", LANDLORD_REFUSES, ("landlord",)),
    ("school.legal.consents_awaited", LANDLORD_REFUSES, ("landlord",)),
    (BODY + "seats_counted", SEATS, 12),
    (BODY + "seats_unexplained_count", {BODY + "seats_proposed_count": 13, BODY + "seats_counted": 12}, 1),
    (BODY + "trust_majority_seats", {BODY + "trust_appointed_count": 7, BODY + "seats_proposed_count": 12}, 1),
    (BODY + "foundation_majority_seats", {BODY + "foundation_count": 6, BODY + "seats_proposed_count": 12}, 0),
    (BODY + "foundation_holds_most", {BODY + "foundation_majority_seats": 1}, True),
    (BODY + "size_change_count", {BODY + "seats_proposed_count": 12, "school.governance.governors_count": 9}, 3),
    ("case.services.saving_gbp",
     {"case.integration.services_replaced_gbp": 90_000, "case.integration.central_charge_gbp": 70_000}, 20_000),
    ("case.services.renewals_24_months_count", {"school.contracts": (PAYROLL,)}, 1),
    ("case.services.renewals_24_months_gbp", {"school.contracts": (PAYROLL,)}, 8_000),
]  # fmt: skip

ALONE: list[tuple[str, dict[str, Any], Any]] = [
    (AFTER + "schools_count", a(PRIMARY, SPECIAL), 2),
    (AFTER + "pupils_count", {E + "pupils_count": 500}, 500),
    (AFTER + "capital_route_pupils_count", a(PRIMARY, SPECIAL) | {"definition.capital_route_special_multiplier": D("4.5")}, 850),
    (AFTER + "income_gbp", {M + "total_income_gbp": 9_000}, 9_000),
    (AFTER + "reserves_gbp", {M + "reserves_gbp": 800}, 800),
    (AFTER + "reserves_share", {AFTER + "reserves_gbp": 800, AFTER + "income_gbp": 10_000}, D("0.08")),
    (AFTER + "reserves_over_minimum_share",
     {AFTER + "reserves_share": D("0.04"), "trust.policy.reserves_minimum_share": D("0.05")}, D("-0.01")),
    (AFTER + "capital_route", {AFTER + "schools_count": 4, AFTER + "capital_route_pupils_count": 9_000, ROUTE_LINE: LINE},
     "bids"),
    (AFTER + "in_year_share", {M + "in_year_share": D("0.01")}, D("0.01")),
    (AFTER + "regions_count", a({"region": "North West"}), 1),
    (AFTER + "pfi_schools_count", a({"pfi": True}, {"pfi": False}), 1),
    (AFTER + "hub_other_schools_count", IN_HUB, ALONE_AWAY),
    (AFTER + "hub_places_count", IN_HUB, ALONE_AWAY),
    (AFTER + "hub_schools_count", {AFTER + "hub_other_schools_count": 3}, ALONE_AWAY),
    (AFTER + "staff_cost_share", {M + "staff_cost_gbp": 700, M + "total_income_gbp": 1000}, D("0.7")),
    (AFTER + "sponsored_share", {E + "sponsored_share": D("0.25")}, D("0.25")),
    (AFTER + "sectors", a(SECONDARY), ("secondary",)),
    (AFTER + "sectors_served_share", {AFTER + "sectors": ("primary",), "trust.central.sectors_served": ("primary",)}, D(1)),
    (AFTER + "sectors_uncovered", {AFTER + "sectors": ("primary",), "trust.central.sectors_served": ()}, ("primary",)),
    (AFTER + "backlog_priority_1_to_3_gbp", {E + "backlog_priority_1_to_3_gbp": 25}, 25),
    (AFTER + "furthest_minutes_to_hub", {E + "furthest_minutes_to_hub": D(31)}, D(31)),
    (AFTER + "local_authorities_count", a(PRIMARY, SECONDARY), 1),
    (AFTER + "giving_to_needing_ratio", a({"can_give_intensive_support": True, "needs_intensive_support": True}), D(1)),
    (AFTER + "joined_last_12_months_count", a({"joined_on": date(2026, 1, 1)}), 1),
    (AFTER + "growth_in_schools_share", a(PRIMARY, SPECIAL) | {AFTER + "joined_last_12_months_count": 1}, D(1)),
    ("case.capacity.schools_per_partner",
     {PARTNERS: ({"partners_fte": D(1), "schools_with_needs_count": 2, "strong_schools_count": 3},)}, D(5)),
    (AFTER + "joiner_sector_served", {"school.identity.phase": "infant", "trust.central.sectors_served": ("primary",)}, ALONE_AWAY),
    (AFTER + "integration_cost_share", {"case.integration.cost_gbp": 90, M + "reserves_gbp": 900}, ALONE_AWAY),
    ("case.capacity.ap_places_needed_count", {NEEDED: 7}, ALONE_AWAY),
    ("case.capacity.ap_places_used_share", {NEEDED: 3, AVAILABLE: 6}, ALONE_AWAY),
    (R + "occupancy_share", {R + "pupils_count": 210, R + "places_count": 240}, None),
]  # fmt: skip


DEFINED: dict[str, Any] = {
    "definition.sectors_of_phase": {
        "infant": ("primary",),
        "primary": ("primary",),
        "junior": ("primary",),
        "secondary": ("secondary",),
        "all-through": ("primary", "secondary"),
        "special": ("special",),
        "16 plus": ("post-16",),
    },
    "definition.early_years_up_to_age": 4,
}


def worked_out(name: str, given: dict[str, Any], *, has_school: bool) -> Any:
    found = with_derived(case({**DEFINED, **given}, has_school=has_school)).get(name)
    return None if found is None else found.value


@pytest.mark.parametrize(("name", "given", "value"), CASES, ids=[name for name, *_ in CASES])
def test_a_fact_is_worked_out_or_missing(name: str, given: dict[str, Any], value: Any) -> None:
    assert worked_out(name, given, has_school=True) == value


@pytest.mark.parametrize(("name", "given", "value"), ALONE, ids=[name for name, *_ in ALONE])
def test_without_a_school_it_is_the_trust_as_it_is(name: str, given: dict[str, Any], value: Any) -> None:
    assert worked_out(name, given, has_school=False) == value


@pytest.mark.parametrize(
    ("name", "given"),
    [
        (E + "sectors", a(PRIMARY, {"phase": "studio"})),
        (AFTER + "sectors", a(PRIMARY) | {"school.identity.phase": "studio"}),
        (AFTER + "joiner_sector_served", {"school.identity.phase": "studio", "trust.central.sectors_served": ("primary",)}),
        ("case.capacity.schools_per_partner",
         {"school.identity.phase": "studio", "trust.improvement_partners": (
             {"sector": "primary", "partners_fte": D(1), "schools_with_needs_count": 1, "strong_schools_count": 1},)}),
    ],
)  # fmt: skip
def test_the_sectors_of_a_phase_the_table_leaves_out_are_not_known(name: str, given: dict[str, Any]) -> None:
    primary = {**given, "school.identity.phase": "primary"} if "school.identity.phase" in given else a(PRIMARY)

    assert worked_out(name, given, has_school=True) is None
    assert worked_out(name, primary, has_school=True) is not None


@pytest.mark.parametrize(("up_to", "areas"), [(3, 4), (4, 5), (5, 5)])
def test_early_years_are_graded_up_to_the_age_defined(up_to: int, areas: int) -> None:
    inspected = ({"framework": "2019, with overall grade", "inspected_on": date(2023, 5, 10)},)
    school = {"school.inspections": inspected, "school.identity.age_low": 4, "school.identity.sixth_form": False}
    given = {**school, "definition.early_years_up_to_age": up_to}

    assert worked_out("school.inspection.areas_expected_count", given, has_school=True) == areas


@pytest.mark.parametrize(
    ("later", "note"),
    [(date(2026, 5, 30), ""), (date(2026, 5, 31), "from figures of 2025 and 2026")],
)
def test_figures_dated_further_apart_than_is_defined_say_so(later: date, note: str) -> None:
    income = Fact(F + "total_income_gbp", 100, dated=date(2025, 4, 25))
    reserve = Fact(F + "revenue_reserve_gbp", 8, dated=later)
    given = {income.name: income, reserve.name: reserve, "definition.figures_together_within_days": 400}

    assert with_derived(case(given))[F + "revenue_reserve_share"].note == note


NEEDS = [(d.name, need) for d in DERIVATIONS for need in d.needs if not need.endswith("?")]


@pytest.mark.parametrize(("name", "need"), NEEDS, ids=[f"{n}-{need}" for n, need in NEEDS])
def test_a_fact_is_missing_when_anything_it_needs_is_missing(name: str, need: str) -> None:
    tried = [{**DEFINED, **given} for n, given, value in CASES if n == name and value is not None]
    examples = [given for given in tried if need in given]

    assert examples
    for given in examples:
        assert name not in with_derived(case({n: v for n, v in given.items() if n != need}))


def test_every_formula_has_an_example_with_a_value() -> None:
    tried = {name for name, _, value in CASES if value is not None}

    assert {d.name for d in DERIVATIONS} - tried == set()
    assert {line.name for line in LINES if line.alone} - {
        name for name, _, value in ALONE if value is not None
    } == set()


def test_every_derived_fact_has_a_derivation_and_every_derivation_is_in_the_dictionary(
    shipped_dictionary: Dictionary,
) -> None:
    # These are worked out from the ledger of days, the money and the benchmarks, not from facts alone.
    elsewhere = (
        "case.capacity.", "case.after.reserves_", "case.after.in_year_", "case.after.other_joiners_count",
        "case.after.joiners_a_year_count", "case.support.", "case.local_body.", "school.finance.benchmarks_",
        "school.finance.reserve_on_joining_gbp",
    )  # fmt: skip
    declared = {kind.name for kind in shipped_dictionary.kinds.values() if kind.derived}
    worked = {d.name for d in DERIVATIONS}

    assert worked - declared == set()
    assert {name for name in declared - worked if not name.startswith(elsewhere)} == set()
    assert len(worked) == len(DERIVATIONS)


def test_everything_a_formula_needs_is_in_the_dictionary(shipped_dictionary: Dictionary) -> None:
    defined = {f"definition.{d.name}" for d in shipped_dictionary.definitions}
    needed = {need.rstrip("?") for d in DERIVATIONS for need in d.needs}

    assert needed - shipped_dictionary.kinds.keys() - defined == set()


def test_a_formula_stands_below_those_it_rests_on() -> None:
    places = {d.name: place for place, d in enumerate(DERIVATIONS)}

    assert [(d.name, need) for d in DERIVATIONS for need in d.needs if places.get(need, -1) >= places[d.name]] == []


def test_a_fact_does_not_apply_when_something_it_needs_does_not() -> None:
    found = with_derived(case({R + "pupils_count": 210, R + "places_count": NotApplicable("no set number")}))

    assert found[R + "occupancy_share"].value == NotApplicable("no set number")


def test_a_fact_given_is_never_replaced() -> None:
    given = {R + "pupils_count": 210, R + "places_count": 240, R + "occupancy_share": D("0.5")}

    assert with_derived(case(given))[R + "occupancy_share"].value == D("0.5")


def test_a_fact_worked_out_is_as_old_as_its_oldest_part_and_as_sure_as_its_least_sure() -> None:
    given = facts(
        {
            F + "revenue_reserve_gbp": Fact(
                F + "revenue_reserve_gbp", 80, "return", date(2026, 3, 31), "self reported"
            ),
            F + "total_income_gbp": Fact(F + "total_income_gbp", 1000, "accounts", date(2025, 8, 31), "published"),
        }
    )

    assert with_derived(case(given))[F + "revenue_reserve_share"] == Fact(
        F + "revenue_reserve_share",
        D("0.08"),
        "worked out",
        date(2025, 8, 31),
        "self reported",
        derived_from=(F + "revenue_reserve_gbp", F + "total_income_gbp"),
    )


@pytest.mark.parametrize(
    ("as_of", "joined", "counted"),
    [
        (date(2026, 12, 31), date(2025, 12, 31), 0),
        (date(2026, 12, 31), date(2026, 1, 1), 1),
        (date(2024, 2, 29), date(2023, 2, 28), 0),
        (date(2024, 2, 29), date(2023, 3, 1), 1),
    ],
)
def test_a_year_ago_is_the_same_day_a_year_ago(as_of: date, joined: date, counted: int) -> None:
    found = with_derived(case(a({"joined_on": joined}), as_of=as_of))

    assert found[AFTER + "joined_last_12_months_count"].value == counted


@pytest.mark.parametrize("missing", ["value", "n/a"])
def test_no_record_however_bare_stops_the_sums(missing: str, shipped_dictionary: Dictionary) -> None:
    """Each field of each list in turn is left out or does not apply, beside one complete record."""
    samples: dict[str, Any] = {
        "pounds": 5, "share": D("0.5"), "count": 3, "number": D(2), "days": 4, "date": RECENT, "yes_no": True,
        "text": "x", "texts": ("x",), "year": "2026-27", "financial_year": "2026-27",
    }  # fmt: skip
    numbers = {
        k.name: samples[k.kind] for k in shipped_dictionary.kinds.values() if not k.derived and k.kind in samples
    }
    phase = {
        "school.identity.phase": "primary",
        "case.proposal.route": "sponsored",
        "trust.central.sectors_served": ("primary",),
    }
    definitions = {f"definition.{d.name}": d.value for d in shipped_dictionary.definitions}
    for kind in shipped_dictionary.kinds.values():
        if kind.kind != "records" or kind.derived:
            continue
        parts = (*kind.fields, *([kind.keyed_by] if kind.keyed_by else []))
        whole = {p.name: samples.get(p.kind, (p.choices or ("x",))[0]) for p in parts}
        whole |= {p.name: p.choices[:1] for p in parts if p.kind == "choices"}
        for part in kind.fields:
            if part.required:
                continue
            bare = whole | {part.name: AWAY} if missing == "n/a" else {n: v for n, v in whole.items() if n != part.name}
            with_derived(case(numbers | phase | definitions | {kind.name: (whole, bare)}))
