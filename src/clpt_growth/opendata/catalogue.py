"""The datasets that are known, read from their YAML, with a trust's own columns laid over them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from clpt_growth.files.disk import read_node
from clpt_growth.files.problems import InputError, Problem, did_you_mean
from clpt_growth.files.shapes import shaped
from clpt_growth.files.shipped import shipped
from clpt_growth.files.yaml_text import Node, line_at, plain
from clpt_growth.model.dictionary import Dictionary, FactKind
from clpt_growth.opendata.cells import READINGS, Codes
from clpt_growth.opendata.dataset import Dataset, Entry
from clpt_growth.opendata.vintage import Vintage, dated

FOLDER = "datasets"
CODES = "codes.yaml"


class Catalogue(NamedTuple):
    """Every dataset in the order they are tried, and what the codes in cells mean."""

    datasets: tuple[Dataset, ...]
    codes: Codes

    def codes_of(self, dataset: Dataset) -> Codes:
        """The reasons by code, with those of the dataset's own."""
        return {**self.codes, **_by_code(dataset.codes)}


def catalogue(dictionary: Dictionary, workspace: Path | None = None) -> Catalogue:
    """The shipped datasets and a trust's own; raises `InputError` with every problem in their files."""
    problems: list[Problem] = []
    folder = shipped("principles") / FOLDER
    codes = _codes(folder / CODES, problems)
    found: dict[str, Dataset] = {}
    _add_datasets(found, folder, f"principles/{FOLDER}", dictionary, problems)
    own = workspace / "principles" / FOLDER if workspace is not None else None
    if own is not None and own.is_dir() and own.resolve() != folder.resolve():
        _add_datasets(found, own, str(own), dictionary, problems)
    if problems:
        raise InputError(problems)
    return Catalogue(tuple(found.values()), codes)


def _codes(path: Path, problems: list[Problem]) -> Codes:
    node, _ = read_node(path, shown_as=f"principles/{FOLDER}/{CODES}")
    reasons: Mapping[str, Any] = plain(node)["reasons"]
    return _by_code({reason: tuple(entry["codes"]) for reason, entry in reasons.items()})


def _by_code(reasons: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {code.casefold(): reason for reason, codes in reasons.items() for code in codes}


def _add_datasets(
    found: dict[str, Dataset], folder: Path, shown: str, dictionary: Dictionary, problems: list[Problem]
) -> None:
    """Add each dataset of a folder; one of the same id takes the place of the one before."""
    for path in sorted(folder.glob("*.yaml")):
        if path.name == CODES:
            continue
        file = f"{shown}/{path.name}"
        node, _ = read_node(path, shown_as=file)
        if (dataset := _dataset(node, file, found, problems)) is not None:
            problems += _misfits(dataset, node, file, dictionary)
            found[dataset.id] = dataset


def _dataset(node: Node, file: str, known: Mapping[str, Dataset], problems: list[Problem]) -> Dataset | None:
    tree = plain(node)
    if not isinstance(tree, dict):
        problems.append(Problem(file, node.line, "", "is not a block of names and values", "see docs/open-data.md"))
        return None
    extends = tree.pop("adds_to", "")
    if not extends:
        return shaped(Dataset, tree, node, file, problems)
    if extends not in known:
        todo = did_you_mean(extends, list(known), f"the datasets are: {', '.join(known)}")
        problems.append(Problem(file, line_at(node, ("adds_to",)), "adds_to", f'there is no dataset "{extends}"', todo))
        return None
    return _with_headers(known[extends], tree.get("columns") or {})


def _with_headers(dataset: Dataset, more: Mapping[str, list[str]]) -> Dataset:
    """A dataset with further headers for the columns it reads: a new year's names, without anything else."""
    columns = {name: (*spelt, *more.get(name, ())) for name, spelt in dataset.columns.items()}
    own = {name: tuple(spelt) for name, spelt in more.items() if name not in columns}
    return replace(dataset, columns={**columns, **own})


def _misfits(dataset: Dataset, node: Node, file: str, dictionary: Dictionary) -> Iterator[Problem]:
    """What cannot be right: a column, a fact, an answer or a day that does not exist."""
    for name in (*dataset.recognised_by.all, *dataset.recognised_by.some, *_columns_named(dataset)):
        if name not in dataset.columns:
            todo = did_you_mean(name, list(dataset.columns), "name it under columns, with its headers")
            yield Problem(file, line_at(node, ("columns",)), "columns", f'there is no column "{name}"', todo)
    for place, entry, kind, name in _entries(dataset, dictionary):
        line = line_at(node, place)
        if kind is None:
            yield Problem(file, line, name, "there is no such fact", "use one of principles/facts.yaml")
        elif wrong := _wrong_entry(entry, kind):
            yield Problem(file, line, name, wrong, "correct it")
    try:
        dated(dataset.dated, Vintage(dataset.vintage.kind))
    except ValueError as error:
        yield Problem(file, line_at(node, ("dated",)), "dated", str(error), "write it like: 31 August")


def _columns_named(dataset: Dataset) -> set[str]:
    rows = dataset.rows
    entries = [*dataset.facts.values(), *(e for rule in dataset.records for e in rule.fields.values())]
    conditions = [*rows.where, *rows.skip, *(c for rule in dataset.records for c in rule.where)]
    single = (rows.months, rows.latest_by, dataset.vintage.column, dataset.urn if dataset.holds != "groups" else "")
    return {c for c in (*conditions, *rows.total, *single, *(c for e in entries for c in e.columns)) if c}


def _entries(
    dataset: Dataset, dictionary: Dictionary
) -> Iterator[tuple[tuple[str | int, ...], Entry, FactKind | None, str]]:
    for name, entry in dataset.facts.items():
        yield ("facts", name), entry, dictionary.kinds.get(name), name
    for position, rule in enumerate(dataset.records):
        kind = dictionary.kinds.get(rule.fills)
        for name, entry in rule.fields.items():
            place = ("records", position, "fields", name)
            yield place, entry, field_kind(kind, name), f"{rule.fills}.{name}"


def field_kind(kind: FactKind | None, name: str) -> FactKind | None:
    """The kind of one field of a record, its key included."""
    if kind is None:
        return None
    if kind.keyed_by is not None and kind.keyed_by.name == name:
        return kind.keyed_by
    return kind.field_named.get(name)


def _wrong_entry(entry: Entry, kind: FactKind) -> str:
    answers = [*entry.words.values(), *(case.value for case in entry.cases), *([entry.value] if entry.value else [])]
    strange = [a for a in answers if kind.choices and a not in kind.choices and not a.startswith("n/a (")]
    if strange:
        return f'"{strange[0]}" is not one of its answers'
    if entry.read_as and entry.read_as not in READINGS:
        return f'there is no reading "{entry.read_as}"'
    if entry.its_year and not kind.goes_with:
        return "is not the year of another fact"
    return "" if entry.value or entry.columns else "names no column"
