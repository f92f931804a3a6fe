"""Facts worked out from other facts: one table, each line a name, a formula and what it needs.

What each derived fact means, its unit and the source of its formula stand in the data dictionary.
A derived fact is missing when anything it needs is missing, and does not apply when something it
needs does not apply.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from clpt_growth.facts import after, consents, contracts, inspection, results, sums, trust_lists
from clpt_growth.facts.after import SECTORS_OF
from clpt_growth.model.case import Case
from clpt_growth.model.fact import Fact, NotApplicable, Verified


class Derivation(NamedTuple):
    """How one fact is worked out; `dated` formulas are told the date of asking as well."""

    name: str
    formula: Callable[..., Any]
    needs: tuple[str, ...]
    dated: bool = False


def _of(area: str, name: str, formula: Callable[..., Any], *needs: str, dated: bool = False) -> Derivation:
    """A derivation whose needs without a dot are facts of the same block."""
    full = tuple(need if "." in need else f"{area}.{need}" for need in needs)
    return Derivation(f"{area}.{name}", formula, full, dated)


_ROLL, _FINANCE, _WORKFORCE = "school.roll", "school.finance", "school.workforce"
_TRUST_MONEY, _ACADEMIES, _BODY = "trust.finance", "trust.academies", "case.local_body"

_INSPECTED = (
    "school.inspections", "school.identity.age_low", "school.identity.sixth_form", "definition.early_years_up_to_age",
)  # fmt: skip


DERIVATIONS: tuple[Derivation, ...] = (
    # The school
    _of(_ROLL, "occupancy_share", sums.share, "pupils_count", "places_count"),
    _of(_ROLL, "surplus_share", sums.share_left, "pupils_count", "places_count"),
    _of(_ROLL, "years_with_many_places_empty_count", sums.years_over,
        "past_years", "definition.many_places_empty_over"),
    _of(_ROLL, "prudent_forecast_count", sums.prudent_forecast, "school.pupil_forecast"),
    _of(_ROLL, "forecast_change_share", sums.change, "pupils_count", "prudent_forecast_count"),
    _of(_FINANCE, "in_year_share", sums.share, "in_year_balance_gbp", "total_income_gbp"),
    _of(_FINANCE, "revenue_reserve_share", sums.share, "revenue_reserve_gbp", "total_income_gbp"),
    _of(_FINANCE, "staff_cost_share", sums.share, "staff_cost_gbp", "total_income_gbp"),
    _of(_FINANCE, "teaching_staff_share", sums.share, "teaching_staff_cost_gbp", "total_income_gbp"),
    _of(_FINANCE, "education_support_share", sums.share, "education_support_cost_gbp", "total_income_gbp"),
    _of(_FINANCE, "income_per_pupil_gbp", sums.pounds_each, "total_income_gbp", "school.roll.pupils_count"),
    _of(_FINANCE, "first_deficit_year", sums.first_deficit_year, "school.budget"),
    _of(_WORKFORCE, "employee_information_days_before", sums.days_between,
        "employee_information_due_on", "case.proposal.proposed_opening_on"),
    _of(_WORKFORCE, "pupil_teacher_ratio", sums.ratio, "school.roll.pupils_count", "teachers_fte"),
    _of(_WORKFORCE, "pupil_adult_ratio", sums.ratio, "school.roll.pupils_count", "workforce_fte"),
    _of(_WORKFORCE, "average_class_size", sums.average_class_size,
        "school.roll.pupils_count", "timetable_periods_count", "teaching_periods_count"),
    _of(_WORKFORCE, "contact_ratio", sums.contact_ratio,
        "teaching_periods_count", "timetable_periods_count", "teachers_fte"),
    _of(_WORKFORCE, "average_teacher_cost_gbp", sums.pounds_each,
        "school.finance.teaching_staff_cost_gbp", "teachers_fte"),
    _of(_WORKFORCE, "leaders_share", sums.share, "senior_leaders_fte", "workforce_fte"),
    _of(_WORKFORCE, "vacancy_share", sums.share, "vacancies_count", "teacher_posts_count"),
    _of("school.inspection", "latest_graded_on", inspection.latest_on, "school.inspections"),
    _of("school.inspection", "latest_framework", inspection.latest_framework, "school.inspections"),
    _of("school.inspection", "areas_expected_count", inspection.areas_expected, *_INSPECTED),
    _of("school.inspection", "areas_graded_count", inspection.areas_graded, *_INSPECTED),
    _of("school.inspection", "areas_graded_share", sums.share, "areas_graded_count", "areas_expected_count"),
    _of("school.inspection", "areas_below_expected_count", inspection.areas_below, "school.inspections"),
    _of("school.inspection", "category", inspection.category, "school.inspections"),
    _of("school.inspection", "safeguarding_in_order", inspection.safeguarding_in_order, "school.inspections"),
    _of("school.inspection", "age_months", inspection.age_months, "latest_graded_on", dated=True),
    _of("school.inspection", "previous_below_good", inspection.previous_below_good, "school.inspections"),
    _of("school.inspection", "made_under_other_urn", inspection.made_under_other_urn,
        "school.inspections", "school.identity.urn", "school.identity.opened_on?"),
    _of("school.legal", "consents_refused", consents.standing_at(*consents.REFUSED), *consents.NEEDS),
    _of("school.legal", "consents_awaited", consents.standing_at(*consents.NOT_GIVEN), *consents.NEEDS),
    _of("school.legal", "contracts_not_assignable_count", contracts.cannot_pass_count, "school.contracts"),
    _of("school.legal", "contracts_not_assignable_gbp", contracts.cannot_pass_gbp, "school.contracts"),
    _of("school.contributes", "days_offered_a_term", sums.total_of("days_a_term"), "school.contribution"),
    _of("school.expectation_summary", "evidenced_share", sums.share_where("evidenced"), "school.expectations"),
    _of("school.education", "measures_available", sums.measures_for,
        "school.identity.phase", "definition.measures_for_phase"),
    _of("school.education", "measures_analysed_share", sums.overlap, "measures_available", "measures_analysed"),
    _of("school.education", "key_stage_2_year", results.newest_year, "key_stage_2", dated=True),
    _of("school.education", "key_stage_2_expected_share", results.newest("expected_share"),
        "key_stage_2", "definition.small_year_group_below", dated=True),
    _of("school.education", "key_stage_4_year", results.newest_year, "key_stage_4", dated=True),
    _of("school.education", "attainment_8", results.newest("attainment_8"),
        "key_stage_4", "definition.small_year_group_below", dated=True),
    _of("school.behaviour", "moved_on_per_100_count", sums.whole_per_hundred,
        "managed_moves_count", "home_education_moves_count", "school.roll.pupils_count"),
    _of("school.behaviour", "suspensions_rise_per_100", sums.difference,
        "suspensions_per_100", "suspensions_per_100_last_year"),
    _of("school.behaviour", "permanent_exclusions_per_100", sums.per_hundred,
        "permanent_exclusions_count", "school.roll.pupils_count"),
    _of("school.buildings", "backlog_per_m2_gbp", sums.ratio, "backlog_priority_1_to_3_gbp", "floor_area_m2"),
    _of(_WORKFORCE, "supply_share", sums.share, "school.finance.supply_cost_gbp", "school.finance.staff_cost_gbp"),
    # The trust
    _of("trust.estate", "schools_count", len, _ACADEMIES),
    _of("trust.estate", "pupils_count", sums.total_of("pupils_count"), _ACADEMIES),
    _of("trust.estate", "capital_route_pupils_count", after.capital_pupils,
        _ACADEMIES, "definition.capital_route_special_multiplier"),
    _of("trust.estate", "capital_route", after.capital_route,
        "schools_count", "capital_route_pupils_count", "definition.capital_route_allocation_from"),
    _of("trust.estate", "sponsored_share", sums.share_where("sponsored"), _ACADEMIES),
    _of("trust.estate", "sectors", trust_lists.sectors, _ACADEMIES, SECTORS_OF),
    _of("trust.estate", "local_authorities_count", trust_lists.distinct("local_authority"), _ACADEMIES),
    _of("trust.estate", "regions_count", trust_lists.distinct("region"), _ACADEMIES),
    _of("trust.estate", "pfi_schools_count", sums.count_where("pfi"), _ACADEMIES),
    _of("trust.estate", "backlog_priority_1_to_3_gbp", sums.total_of("backlog_priority_1_to_3_gbp"), _ACADEMIES),
    _of("trust.estate", "furthest_minutes_to_hub", sums.most_of("minutes_to_hub_lead"), _ACADEMIES),
    _of("trust.estate", "academies_in_deficit_count", sums.count_where("in_deficit"), _ACADEMIES),
    _of("trust.estate", "reviewed_share", trust_lists.reviewed_both_ways, _ACADEMIES,
        "definition.review_inside_within_days", "definition.review_outside_within_days", dated=True),
    _of("trust.estate", "reviewed_outside_share", trust_lists.reviewed_outside, _ACADEMIES,
        "definition.review_outside_within_days", dated=True),
    _of("trust.estate", "mentored_and_challenged_share", trust_lists.mentored_and_challenged, _ACADEMIES,
        "definition.challenge_visits_a_year"),
    _of("trust.estate", "interim_heads_count", trust_lists.long_interim_heads, _ACADEMIES,
        "definition.interim_head_terms"),
    _of("trust.estate", "giving_to_needing_ratio", trust_lists.giving_to_needing, _ACADEMIES),
    _of(_TRUST_MONEY, "reserves_share", sums.share, "reserves_gbp", "total_income_gbp"),
    _of(_TRUST_MONEY, "in_year_share", sums.share, "in_year_balance_gbp", "total_income_gbp"),
    _of(_TRUST_MONEY, "staff_cost_share", sums.share, "staff_cost_gbp", "total_income_gbp"),
    _of(_TRUST_MONEY, "targets_met_share", sums.share, "targets_met_count", "targets_set_count"),
    _of(_TRUST_MONEY, "capital_spent_share", sums.share, "capital_spent_gbp", "capital_planned_gbp"),
    _of("trust.central", "sectors_served", trust_lists.sectors_served, "trust.central_team"),
    _of("trust.improvement_team", "sector_experience_share",
        trust_lists.sector_experience, "trust.improvement_posts"),
    _of("trust.improvement_team", "roles_filled_share", sums.share,
        "improvement_roles_filled_count", "improvement_roles_count"),
    _of("trust.improvement_team", "days_a_term", trust_lists.days_a_term,
        "trust.improvement_posts", "working_days_a_term", "share_spent_in_schools"),
    _of("trust.improvement_team", "kept_share", trust_lists.kept_share, "trust.improvement_kept", "days_a_term"),
    _of("trust.procurement", "policies_in_date_share", sums.share, "policies_in_date_count", "policies_required_count"),
    _of("trust.civic", "local_authorities_left_out_count", trust_lists.authorities_left_out,
        "local_authorities_covered", _ACADEMIES),
    _of("trust.civic", "days_for_each_authority", sums.ratio,
        "central_days_a_term", "trust.estate.local_authorities_count"),
    _of("trust.progression", "running_months", trust_lists.months_running, "running_since_on", dated=True),
    _of("trust.governance", "recommendations_owned_share", sums.share,
        "review_recommendations_owned_count", "review_recommendations_count"),
    _of("trust.governance", "trustee_turnover_share", sums.share, "trustees_left_last_year_count", "trustees_count"),
    _of("trust.hub_summary", "sectors_with_hub_share", trust_lists.sectors_with_hub,
        "trust.hubs", "trust.estate.sectors", "definition.hub_met_within_days", dated=True),
    _of("trust.hub_summary", "sectors_without_hub_count", trust_lists.sectors_without_hub,
        "trust.hubs", "trust.estate.sectors", "definition.hub_met_within_days", dated=True),
    _of("trust.hub_summary", "specialist_hubs_lacking_count", trust_lists.specialist_hubs_lacking,
        "trust.hubs", _ACADEMIES,
        "definition.specialist_hub_from_schools", "definition.hub_met_within_days", SECTORS_OF, dated=True),
    _of("trust.hub_summary", "regional_within_20_minutes_share", trust_lists.regional_within_20, "trust.hubs"),
    _of("trust.hub_summary", "largest_regional_hub_count", trust_lists.largest_regional, "trust.hubs"),
    _of("trust.hub_summary", "with_understudy_share", sums.share_where("deputy_or_understudy"), "trust.hubs"),
    _of("trust.evaluation", "benchmarks_at_or_better_share", sums.share,
        "benchmarks_at_or_better_count", "benchmarks_compared_count"),
    _of("trust.evaluation", "musts_met_share", sums.share, "musts_met_count", "musts_count"),
    _of("trust.networks", "met_last_term_count", len, "met_last_term"),
    _of("trust.partners", "most_schools_per_partner", trust_lists.most_schools_per_partner,
        "trust.improvement_partners"),
    # The local governing body proposed
    _of(_BODY, "seats_counted", sums.seats, *(f"{kind}_count" for kind in sums.SEAT_KINDS)),
    _of(_BODY, "seats_unexplained_count", sums.difference, "seats_proposed_count", "seats_counted"),
    _of(_BODY, "trust_majority_seats", sums.over_half, "trust_appointed_count", "seats_proposed_count"),
    _of(_BODY, "foundation_majority_seats", sums.over_half, "foundation_count", "seats_proposed_count"),
    _of(_BODY, "foundation_holds_most", sums.holds_most, "foundation_majority_seats?", "foundation_right?"),
    _of(_BODY, "size_change_count", sums.difference, "seats_proposed_count", "school.governance.governors_count"),
    # Services, today and in the trust
    _of("case.services", "saving_gbp", sums.saving,
        "case.integration.services_replaced_gbp", "case.integration.central_charge_gbp"),
    _of("case.services", "renewals_24_months_count", contracts.renewals_count, "school.contracts", dated=True),
    _of("case.services", "renewals_24_months_gbp", contracts.renewals_gbp, "school.contracts", dated=True),
    # The trust after the join; without a school, the trust as it is
    *(Derivation(line.name, line.formula, line.needs, line.dated) for line in after.LINES if line.formula),
    _of("school.buildings", "capital_route_changes", operator.ne,
        "trust.estate.capital_route", "case.after.capital_route"),
)  # fmt: skip


def derivations(*, has_school: bool) -> tuple[Derivation, ...]:
    """Every derivation of a case; of the trust alone, the same measures with no school joining."""
    return _WITH_SCHOOL if has_school else _TRUST_ALONE


def with_derived(case: Case) -> dict[str, Fact]:
    """The facts of a case and all that follows from them; a fact already given is never replaced."""
    facts: dict[str, Fact] = dict(case.facts)
    for derivation in derivations(has_school=case.has_school):
        if derivation.name not in facts and (fact := _derived(derivation, facts, case.as_of)) is not None:
            facts[derivation.name] = fact
    return facts


def reads(derivation: Derivation) -> tuple[str, ...]:
    """The names a derivation may read, those it can do without among them."""
    return _MAY_READ[derivation.needs]


def derived_again(
    facts: dict[str, Fact], given: Mapping[str, Fact], changed: set[str], *, as_of: date, has_school: bool
) -> None:
    """Work out again, in place, what rests on facts that have changed; the names that come out anew join those."""
    for derivation in derivations(has_school=has_school):
        if derivation.name not in given and not changed.isdisjoint(reads(derivation)):
            before, fact = facts.pop(derivation.name, None), _derived(derivation, facts, as_of)
            if fact is not None:
                facts[derivation.name] = fact
            if fact != before:
                changed.add(derivation.name)


def _derived(derivation: Derivation, facts: Mapping[str, Fact], as_of: date) -> Fact | None:
    name, formula, needs, dated = derivation
    return worked_out(name, formula, needs, facts, as_of=as_of if dated else None)


_LINES = {line.name for line in after.LINES}
_WITH_SCHOOL = DERIVATIONS
_TRUST_ALONE = (
    *(d for d in DERIVATIONS if d.name not in _LINES and not d.name.startswith("school.")),
    *(Derivation(line.name, line.alone, line.alone_needs, line.dated) for line in after.LINES),
)
_MAY_READ = {d.needs: tuple(need.rstrip("?") for need in d.needs) for d in (*_WITH_SCHOOL, *_TRUST_ALONE)}


def worked_out(
    name: str,
    formula: Callable[..., Any],
    needs: tuple[str, ...],
    facts: Mapping[str, Fact],
    *,
    as_of: date | None = None,
) -> Fact | None:
    """One derived fact, or None; a need ending in a question mark may be missing, and is then None, or not apply."""
    values: list[Any] = []
    used = []
    for need in needs:
        fact = facts.get(need) if need[-1] != "?" else facts.get(need[:-1])
        if fact is None:
            if need[-1] != "?":
                return None
            values.append(None)
            continue
        if isinstance(fact.value, NotApplicable):
            if need[-1] == "?":
                values.append(fact.value)
                continue
            return Fact(name, fact.value, derived_from=tuple(n.rstrip("?") for n in needs))
        values.append(fact.value)
        used.append(fact)
    result = formula(*values) if as_of is None else formula(*values, as_of=as_of)
    return None if result is None else _from(name, result, used, facts.get(_TOGETHER))


# Where nobody said how sure, it is no surer than a document seen.
_SURENESS = {Verified.PUBLISHED: 0, Verified.DOCUMENT_SEEN: 1, "": 2, Verified.SELF_REPORTED: 3}
WORKED_OUT = "worked out"
_TOGETHER = "definition.figures_together_within_days"


def _from(name: str, value: Any, used: Sequence[Fact], together: Fact | None) -> Fact:
    """A derived fact is as old as its oldest part and as sure as its least sure; a definition is no evidence."""
    dates = [fact.dated for fact in used if fact.dated]
    apart = dates and together is not None and (max(dates) - min(dates)).days > together.value
    evidence = (fact.verified for fact in used if not fact.name.startswith("definition."))
    verified = max(evidence, key=lambda v: _SURENESS.get(v, 2), default="")
    return Fact(
        name,
        value,
        WORKED_OUT,
        min(dates) if dates else None,
        verified,
        f"from figures of {min(dates).year} and {max(dates).year}" if apart else "",
        derived_from=tuple(fact.name for fact in used),
    )
