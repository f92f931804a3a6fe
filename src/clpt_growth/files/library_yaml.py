"""The library from its YAML files: dictionary, sources, rules, benchmarks and packs, each beside the others."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from clpt_growth.facts.written import Unreadable, value_of
from clpt_growth.files.amended_figures import amended_wrongly
from clpt_growth.files.criteria import CriterionReader
from clpt_growth.files.dictionary import dictionary_from
from clpt_growth.files.disk import read_node
from clpt_growth.files.follows import with_follows
from clpt_growth.files.outline import BENCHMARKS, RULES, SOURCES, must_fit
from clpt_growth.files.pack_folder import PackReader
from clpt_growth.files.principle_entry import Nameable
from clpt_growth.files.problems import InputError, Problem, problem_with
from clpt_growth.files.shapes import shaped
from clpt_growth.files.yaml_text import Node, plain
from clpt_growth.model.criterion import Criterion, lines_of, parts_of
from clpt_growth.model.dictionary import Dictionary, FactKind
from clpt_growth.model.outcome import Outcome
from clpt_growth.model.principle import Pack
from clpt_growth.model.rules import Band, Benchmark, Library, Recommendation, Row, Rules, Source

PACK_ORDER = ("growth", "offer", "diligence")
_SHARE = FactKind(name="share", kind="share", label="share", meaning="", signed=True)


def library_from(folder: Path, own: Path | None, problems: list[Problem]) -> Library | None:
    """Everything in `folder`, with a trust's own folder laid over it; problems are added to the list."""
    try:
        dictionary = _dictionary(folder, own, problems)
        sources = _sources(folder, own, problems)
        rules = _rules(folder, own, problems)
        benchmarks = _benchmarks(folder, own, dictionary, sources, problems)
        packs = _packs(folder, own, dictionary, rules, sources, problems)
    except InputError as error:
        problems += error.problems
        return None
    if rules is None:
        return None
    return Library(
        dictionary=dictionary,
        packs=with_follows(packs),
        rules=rules,
        benchmarks=benchmarks,
        sources=sources,
        sha256="",
    )


def _own_or_shipped(folder: Path, own: Path | None, name: str) -> tuple[Path, str]:
    """The trust's own file where it has one, else the shipped one, and how to call it in a message."""
    if own is not None and (own / name).is_file():
        return own / name, f"principles/{name}"
    return folder / name, f"principles/{name}"


def _dictionary(folder: Path, own: Path | None, problems: list[Problem]) -> Dictionary:
    """The facts and the demand model, with the trust's own over the shipped."""
    dictionary = None
    for place in (folder, own):
        for name in ("facts.yaml", "demand.yaml"):
            if place is None or not (place / name).is_file():
                continue
            shown = f"principles/{name}" if place is folder else str(place / name)
            node, _ = read_node(place / name, shown_as=shown)
            before, dictionary = dictionary, dictionary_from(node, shown, problems, dictionary)
            if before is not None and place is own:
                problems += amended_wrongly(node, shown, dictionary, before, only=name == "demand.yaml")
    if dictionary is None:
        raise problem_with("principles/facts.yaml", "is missing", "install the program again")
    return dictionary


def _sources(folder: Path, own: Path | None, problems: list[Problem]) -> Mapping[str, Source]:
    found: dict[str, Source] = {}
    for place in (folder, own):
        if place is None or not (place / "sources.yaml").is_file():
            continue
        node, _ = read_node(place / "sources.yaml")
        must_fit(node, SOURCES, str(place / "sources.yaml"))
        entries = plain(node).get("sources") or {}
        for id_, entry in entries.items():
            child = node.value["sources"].value[id_]
            source = shaped(
                Source, {"id": id_} | (entry or {}), child, str(place / "sources.yaml"), problems, under=id_
            )
            if source is not None:
                found[id_] = source
    return found


def _rules(folder: Path, own: Path | None, problems: list[Problem]) -> Rules | None:
    path, shown = _own_or_shipped(folder, own, "rules.yaml")
    node, _ = read_node(path, shown_as=shown)
    must_fit(node, RULES, shown)
    tree: dict[str, Any] = plain(node)
    for band in tree.get("bands") or ():
        band["at_least"] = _share(band.get("at_least"))
    rows = tree.pop("recommendation", None) or []
    for row in (*rows, tree.get("otherwise") or {}):
        if "coverage_below" in row:
            row["coverage_below"] = _share(row["coverage_below"])
    tree["table"] = tuple(_shaped_each(Row, rows, node, "recommendation", shown, problems))
    tree["bands"] = tuple(_shaped_each(Band, tree.get("bands") or [], node, "bands", shown, problems))
    if "points" in tree:
        tree["points"] = _points(node.value["points"], shown, problems)
    tree["near_the_line_share"] = _share(tree.get("near_the_line_share"))
    if "otherwise" in tree:
        tree["otherwise"] = shaped(Row, tree["otherwise"], node.value["otherwise"], shown, problems, under="otherwise")
    rules = shaped(Rules, tree, node, shown, problems)
    if rules is not None:
        _check_order(rules, node, shown, problems)
    return rules


_COUNTED = (Outcome.MET, Outcome.PARTLY_MET, Outcome.NOT_MET)


def _points(node: Node, shown: str, problems: list[Problem]) -> dict[Outcome, Decimal]:
    """What each outcome wins of a test's weight: a share for each of them, and no more for a worse one."""
    written: Mapping[str, Node] = node.value or {}
    found: dict[Outcome, Decimal] = {}
    for name in written.keys() - set(_COUNTED):
        wrong, todo = "wins no points", f"delete it; there are points for {', '.join(_COUNTED)}"
        problems.append(Problem(shown, written[name].line, f"points.{name}", wrong, todo))
    for outcome in _COUNTED:
        child = written.get(outcome)
        share = None if child is None else _share(child.value)
        if share is None or share < 0:
            wrong = "is missing" if child is None else f'"{child.value or ""}" is not a share from 0 to 1'
            line = (child or node).line
            problems.append(Problem(shown, line, f"points.{outcome}", wrong, "write it like 0.5 or 50%"))
        else:
            found[outcome] = share
    for better, worse in pairwise(found):
        if found[worse] > found[better]:
            wrong, todo = f'wins more than "{better}"', "a worse outcome wins no more than a better one"
            problems.append(Problem(shown, written[worse].line, f"points.{worse}", wrong, todo))
    return found


def _share(text: Any) -> Decimal | None:
    """A share written in a rules file, or None where it is not one."""
    try:
        share: Decimal = value_of(str(text), _SHARE)
    except Unreadable:
        return None
    return share


def _check_order(rules: Rules, node: Node, shown: str, problems: list[Problem]) -> None:
    """Rows stand worst first, so that the first row triggered is the worst of what findings lead to."""
    rank = list(Recommendation).index
    proposals = [row.propose for row in (*rules.table, rules.otherwise)]
    for before, after in pairwise(proposals):
        if rank(before) > rank(after):
            line = node.value["recommendation"].line
            wrong = f'"{after}" stands below "{before}"'
            problems.append(Problem(shown, line, "recommendation", wrong, "order the rows worst first"))


def _shaped_each(
    shape: Any, entries: list[Any], node: Node, key: str, shown: str, problems: list[Problem]
) -> list[Any]:
    children = node.value[key].value if entries else []
    made = (
        shaped(shape, entry, child, shown, problems, under=f"{key}[{n}]")
        for n, (entry, child) in enumerate(zip(entries, children, strict=True))
    )
    return [m for m in made if m is not None]


def _benchmarks(
    folder: Path,
    own: Path | None,
    dictionary: Dictionary,
    sources: Mapping[str, Source],
    problems: list[Problem],
) -> tuple[Benchmark, ...]:
    path, shown = _own_or_shipped(folder, own, "benchmarks.yaml")
    node, _ = read_node(path, shown_as=shown)
    reader = CriterionReader(dictionary, sources, shown, problems)
    found = []
    must_fit(node, BENCHMARKS, shown)
    listed = node.value.get("benchmarks")
    for position, child in enumerate((listed.value if listed else None) or []):
        entry = plain(child)
        if entry.get("criterion") is not None:
            entry["criterion"] = reader.criterion(child.value["criterion"], f"benchmarks[{position}].criterion")
        if benchmark := shaped(Benchmark, entry, child, shown, problems, under=f"benchmarks[{position}]"):
            found.append(benchmark)
            if any(not line.phases for part in _parts(benchmark) for line in lines_of(part)):
                todo = "add phases: with every phase the line is for"
                problems.append(Problem(shown, child.line, f"benchmarks[{position}]", "has a line for no phase", todo))
    return tuple(found)


def _parts(benchmark: Benchmark) -> tuple[Criterion, ...]:
    return parts_of(benchmark.criterion) if benchmark.criterion is not None else ()


def _packs(
    folder: Path, own: Path | None, dictionary: Dictionary, rules: Rules | None, sources: Mapping[str, Source],
    problems: list[Problem],
) -> list[Pack]:  # fmt: skip
    reader = PackReader(Nameable(dictionary, rules.areas if rules else (), sources), problems)
    packs: dict[str, Pack] = {}
    for name in PACK_ORDER:
        if (folder / name / "pack.yaml").is_file() and (pack := reader.pack(folder / name, f"principles/{name}", {})):
            packs[name] = pack
    for place in sorted(own.iterdir()) if own is not None else ():
        if (place / "pack.yaml").is_file() and (pack := reader.pack(place, f"principles/{place.name}", packs)):
            packs[pack.id] = pack
    _check_ids(packs, problems)
    problems += _follow_nothing(packs.values())
    return list(packs.values())


def _follow_nothing(packs: Iterable[Pack]) -> Iterator[Problem]:
    """What follows from a principle that is not in use would come out as if the question did not arise."""
    known = {principle.id for pack in packs for principle in pack.principles}
    for pack in packs:
        for principle in pack.principles:
            for id_ in principle.follows_from:
                if id_ not in known:
                    wrong = f"follows from {id_}, which is not in use"
                    yield Problem(f"principles/{pack.id}", 0, principle.id, wrong, "drop it as well, or amend it")


def _check_ids(packs: Mapping[str, Pack], problems: list[Problem]) -> None:
    seen: dict[str, str] = {}
    for pack in packs.values():
        for principle in pack.principles:
            if principle.id in seen:
                wrong = f"{principle.id} is in {seen[principle.id]} as well"
                problems.append(Problem(f"principles/{pack.id}", 0, "", wrong, "an id is used once only"))
            seen[principle.id] = pack.id
