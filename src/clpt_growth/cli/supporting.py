"""`support`: the plan that fits one school."""

from clpt_growth.cli.paper import Format, Report, School, hand_over, refuse_early
from clpt_growth.cli.shell import AsOf, Overwrite, TrustFile, case_for, problems_told, workspace_of


def support(
    school: School,
    trust: TrustFile = None,
    as_of: AsOf = "",
    report: Report = None,
    format_: Format = "text",
    overwrite: Overwrite = False,
) -> None:
    """Show who would help with each of the school's needs, for how many days, and what stays uncovered.

    Example: clpt-growth support schools/oakfield.yaml --report oakfield-support.md
    """
    with problems_told():
        from clpt_growth.capacity.support import support_plan
        from clpt_growth.judging.assess import assess
        from clpt_growth.papers.formats import Paper
        from clpt_growth.papers.render import rendered
        from clpt_growth.papers.support_json import support_json
        from clpt_growth.papers.support_screen import support_screen
        from clpt_growth.papers.support_words import TEMPLATE, support_view

        refuse_early(format_, report, overwrite=overwrite)
        case, library, trust_file = case_for(school, trust, as_of)
        assessment = assess(case, library)
        plan = support_plan(assessment.facts, as_of=case.as_of)
        workspace = workspace_of(trust_file)
        hand_over(
            lambda _: Paper(rendered(support_view(assessment, plan), TEMPLATE, workspace)),
            lambda: support_json(assessment, plan) if format_ == "json" else support_screen(assessment, plan),
            format_,
            report,
            overwrite=overwrite,
        )
