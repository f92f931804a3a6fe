"""The example case and the shipped principles that the benchmarks share."""

from datetime import date
from pathlib import Path

from clpt_growth.files.cases import read_case
from clpt_growth.files.library import read_library
from clpt_growth.files.shipped import shipped
from clpt_growth.model.case import Case
from clpt_growth.model.rules import Library

AS_OF = date(2026, 12, 4)
EXAMPLES = Path(__file__).parents[1] / "examples"
SCHOOL = EXAMPLES / "schools" / "kestrel-high.yaml"
TRUST = EXAMPLES / "trust.yaml"


def shipped_library() -> Library:
    return read_library(shipped("principles"))


def example_case(library: Library) -> Case:
    return read_case(SCHOOL, TRUST, library.dictionary, as_of=AS_OF)
