"""Whether a line of the joining offer can be kept for this school: the criterion `offer`."""

from datetime import date

from clpt_growth.capacity.offers import days_needed, for_phase, free_days, is_needed, lines_for, stands_behind
from clpt_growth.judging.ways import Judge
from clpt_growth.model.criterion import Offer
from clpt_growth.model.fact import Facts
from clpt_growth.model.outcome import ANY_RESULT, MET, NOT_APPLICABLE, NOT_MET, PARTLY, Open


def offer(criterion: Offer, as_of: date) -> Judge:
    """Met with capability and days enough; partly met with too few; not met where a need or a claim has none."""

    def judge(facts: Facts) -> Open:
        register = facts.get("trust.offers")
        wanted = is_needed(facts, criterion.line)
        if register is None or not register.applies:
            return ANY_RESULT if wanted else Open(ANY_RESULT | NOT_APPLICABLE)
        lines = lines_for(register.value, criterion.line, facts)
        if not lines:
            return _NO_LINE[wanted]
        standing = [stands_behind(record, facts, as_of) for record in lines]
        # Where nobody said for which phases, it may be no offer to this school at all.
        away = 0 if wanted or any(for_phase(record, facts) for record in lines) else NOT_APPLICABLE
        if not any(standing):
            return Open((ANY_RESULT if None in standing else NOT_MET) | away)
        needed, free = days_needed(facts, criterion.line), free_days(lines, standing)
        if needed == 0 or (needed is not None and free is not None and free >= needed):
            return MET
        # What nobody said is in place might yet make up the days.
        return Open(MET | PARTLY) if needed is None or free is None or None in standing else PARTLY

    return judge


_NO_LINE = {True: NOT_MET, False: NOT_APPLICABLE, None: Open(NOT_MET | NOT_APPLICABLE)}
