"""What the answer about one school leaves out: the other schools the board has agreed to."""

from collections.abc import Sequence

from clpt_growth.capacity.joiners import others_agreed
from clpt_growth.model.fact import Record
from clpt_growth.model.finding import Assessment
from clpt_growth.papers.markdown import Md, md
from clpt_growth.papers.wording import capital, listed, noun, number_word


def alone_words(assessment: Assessment) -> Md:
    """Which schools are agreed and not in these figures, and where they are; empty where the trust lists none.

    Where the list is not in evidence nothing is claimed.
    """
    agreed = _agreed(assessment)
    if not agreed:
        return Md("")
    return md(
        "This answer is about {}. {} more {} agreed in the trust's own list: {}. {} The paper on the whole pipeline "
        "shows them together.",
        _whom(assessment),
        capital(number_word(len(agreed))),
        noun(len(agreed), "school is", "schools are"),
        listed(str(row["school"]) for row in agreed),
        _not_in_these_figures(agreed),
    )


def alone_in_short(assessment: Assessment) -> Md:
    """The same in one sentence, to stand beside what is called settled."""
    agreed = _agreed(assessment)
    if not agreed:
        return Md("")
    return md(
        "The answer is about {}: {}, agreed as well, {} not in it (section 2).",
        _whom(assessment),
        listed(str(row["school"]) for row in agreed),
        noun(len(agreed), "is", "are"),
    )


def alone_on_screen(assessment: Assessment) -> str:
    agreed = _agreed(assessment)
    if not agreed:
        return ""
    names = listed(str(row["school"]) for row in agreed)
    return f"{len(agreed)} more agreed, not in these figures: {names}; see clpt-growth pipeline"


def _agreed(assessment: Assessment) -> Sequence[Record]:
    """The other schools agreed, where the answer is about a school and the trust's list is in evidence."""
    return (others_agreed(assessment.facts) or ()) if assessment.case.has_school else ()


def _whom(assessment: Assessment) -> str:
    name = assessment.case.text("school.identity.name", "this school")
    after = assessment.case.after
    return f"{name} after {listed(after)}, and no other" if after else f"{name} alone"


def _not_in_these_figures(agreed: Sequence[Record]) -> str:
    """Money is never counted; days are where the trust says that those promised include them."""
    counted = [str(row["school"]) for row in agreed if row.get("in_promised_days") is True]
    unsaid = [str(row["school"]) for row in agreed if row.get("in_promised_days") is None]
    whose = noun(len(agreed), "Its", "Their")
    if not counted and not unsaid:
        return f"{whose} days and money are not in these figures."
    said = [f"{whose} money is not in these figures"]
    said += [f"the days of {listed(counted)} are, among those promised"] if counted else []
    said += [f"it is not said whether the days of {listed(unsaid)} are"] if unsaid else []
    left = len(agreed) - len(counted) - len(unsaid)
    said += ["the days of the rest are not"] if left else []
    return f"{'; '.join(said)}."
