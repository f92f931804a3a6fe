"""`support`: the plan that fits one school."""

from pathlib import Path
from typing import Annotated

import typer

from clpt_growth.cli.assessing import Format
from clpt_growth.cli.shell import AsOf, Overwrite, TrustFile, case_for, choice, problems_told, show, tell

Report = Annotated[
    Path | None, typer.Option("--report", metavar="FILE", help="Also write the plan to this Markdown file.")
]


def support(
    school: Annotated[Path, typer.Argument(metavar="SCHOOL", help="The school file.")],
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
        from clpt_growth.files.disk import write_text
        from clpt_growth.judging.assess import assess
        from clpt_growth.papers.published import support_json
        from clpt_growth.papers.render import rendered
        from clpt_growth.papers.support_words import TEMPLATE, support_screen, support_view

        choice("--format", format_, ("text", "json", "md"))
        case, library, trust_file = case_for(school, trust, as_of)
        assessment = assess(case, library)
        plan = support_plan(assessment.facts, as_of=case.as_of)
        workspace = trust_file.parent if trust_file is not None else None
        if report is not None:
            write_text(report, rendered(support_view(assessment, plan), TEMPLATE, workspace), overwrite=overwrite)
        if format_ == "json":
            show(support_json(assessment, plan))
        elif format_ == "md":
            show(rendered(support_view(assessment, plan), TEMPLATE, workspace))
        else:
            show(support_screen(assessment, plan))
        if report is not None:
            tell(f"Written: {report}")
