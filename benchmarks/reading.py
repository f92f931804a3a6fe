"""A school file read with every line's place and every fact's evidence, beside PyYAML alone."""

from collections.abc import Callable, Sequence

import yaml
from contest import Contestant, asked_for_quick, beside_first, headed, show, timed
from examples import SCHOOL, shipped_library

from clpt_growth.files.casefile import CaseFile, case_file
from clpt_growth.files.yaml_text import node_from
from clpt_growth.model.dictionary import Dictionary


def main(argv: Sequence[str] | None = None) -> None:
    quick = asked_for_quick(__doc__ or "", argv)
    text = SCHOOL.read_text(encoding="utf-8")
    contestants = _contestants(text, shipped_library().dictionary, calls=1 if quick else 20)
    results = timed(contestants, turns=1 if quick else 15)
    about = f"`{SCHOOL.name}`: {text.count(chr(10)):,} lines, {len(text.encode()):,} bytes."
    show(headed("Reading one school file", about, beside_first(results)))


def _contestants(text: str, dictionary: Dictionary, *, calls: int) -> list[Contestant]:
    def whole() -> CaseFile:
        return case_file(node_from(text, SCHOOL.name), dictionary, what="school", file=SCHOOL.name)

    return [
        Contestant("PyYAML `CSafeLoader`: values only", _pyyaml(text), calls),
        Contestant("ours: values with line and column, strict", lambda: node_from(text, SCHOOL.name), calls),
        Contestant("ours: the facts too, each of its kind, with evidence", whole, calls, reach=0.8),
    ]


def _pyyaml(text: str) -> Callable[[], object] | None:
    """None where PyYAML was built without libyaml."""
    loader = getattr(yaml, "CSafeLoader", None)
    return None if loader is None else lambda: yaml.load(text, Loader=loader)  # noqa: S506 - it is the safe one


if __name__ == "__main__":
    main()
