"""The school's governing body now and as proposed: seat by seat, and what would change."""

from clpt_growth.capacity.seats import SEATS_NOW, too_many_now
from clpt_growth.model.finding import Assessment
from clpt_growth.model.outcome import Outcome
from clpt_growth.papers.markdown import Md, joined, md
from clpt_growth.papers.view import Reader, Table, table
from clpt_growth.papers.wording import listed, lowered, sentence

_MAJORITY = "case.local_body.trust_majority_seats"
_BODY_SEATS = (
    ("trust_appointed_count", "Appointed by the trust"),
    ("parents_count", "Elected by parents"),
    ("staff_count", "From the staff"),
    ("head_count", "The head"),
    ("foundation_count", "Appointed by the foundation"),
    ("coopted_count", "Co-opted"),
    ("council_count", "Appointed by the council"),
)


def seats(reader: Reader) -> Table | None:
    """The present body beside the one proposed, seat by seat."""
    if reader.fact("case.local_body.seats_proposed_count") is None:
        return None
    kinds = (
        (words, f"school.governance.{now}" if (now := SEATS_NOW[name]) else "", f"case.local_body.{name}")
        for name, words in _BODY_SEATS
    )
    rows = [
        (words, reader.value(now, "not recorded"), reader.value(proposed, "not recorded"))
        for words, now, proposed in kinds
        if any(fact is not None and fact.value for fact in (reader.fact(now), reader.fact(proposed)))
    ]
    unexplained = reader.fact("case.local_body.seats_unexplained_count")
    over_now, over = too_many_now(reader.assessment.facts), unexplained.value if unexplained is not None else 0
    if over_now or over:
        rows.append(("Seats no kind explains", str(over_now or ""), str(over or "")))
    every = (
        "**All seats**",
        reader.value("school.governance.governors_count"),
        reader.value("case.local_body.seats_proposed_count"),
    )
    return table(("Seats on the local body", "Now", "Proposed"), [*rows, (Md(every[0]), *every[1:])], right=(1, 2))


def body_says(reader: Reader) -> Md:
    """What changes for the present body, who shares the new one, and what limits it beyond the joining offer."""
    changes = reader.fact("case.local_body.changes_from_now")
    changed = sentence("; ".join(lowered(change) for change in changes.value)) if changes else ""
    said = [md("What changes: {}", changed)] if changed else []
    return joined([words for words in (*said, _of_what_kind(reader), _limits(reader)) if words])


def _of_what_kind(reader: Reader) -> Md:
    """Whether the body is an executive one, and whether it is shared; nothing of a body of the usual kind."""
    executive, shared = reader.fact("case.local_body.executive"), reader.fact("case.local_body.shared_with")
    kind = "an executive one, its members picked by the trust for their skills" if executive and executive.value else ""
    others = f"shared with {listed(shared.value)}" if shared and shared.value else ""
    return md("The body would be {}.", listed([kind, others])) if kind or others else Md("")


def _limits(reader: Reader) -> Md:
    """Limits on the local body beyond the one the joining offer names, where it names one: the trust's majority."""
    limits = reader.fact("case.local_body.delegation_limits")
    if limits is None or not limits.value or not _majority_is_asked(reader.assessment):
        return Md("")
    return md(
        'The offer says autonomy is limited "only" by the trust\'s majority. The scheme of delegation also limits: {}.',
        listed([lowered(limit) for limit in limits.value]),
    )


def _majority_is_asked(assessment: Assessment) -> bool:
    """Whether a principle that applies to the school asks for the trust's majority."""
    return any(
        f.outcome is not Outcome.NOT_APPLICABLE and _MAJORITY in f.principle.facts_read for f in assessment.findings
    )
