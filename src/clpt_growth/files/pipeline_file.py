"""The pipeline: `pipeline.yaml` with the board's order of joiners, or a folder taken in the order of its file names."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from clpt_growth.files.casefile import case_file
from clpt_growth.files.cases import TRUST_FILE
from clpt_growth.files.disk import read_node
from clpt_growth.files.found import ENDINGS, PIPELINE_FILES, files_in
from clpt_growth.files.problems import InputError, Problem, did_you_mean, problem_with
from clpt_growth.files.schema import Schema, case_schema
from clpt_growth.files.yaml_text import Node
from clpt_growth.model.case import InputFile
from clpt_growth.model.dictionary import Block, Dictionary, FactKind
from clpt_growth.model.fact import NotApplicable, Record
from clpt_growth.model.pipeline import Joiner, Pipeline

_JOINERS = FactKind(
    name="case.joiners", kind="records", label="joiners", subject="case", area="joiners",
    meaning="The schools that might join, in the board's order. It is never changed.",
    fields=(
        FactKind(name="school", kind="text", label="school", required=True,
                 meaning="The school's file, from this folder: schools/oakfield.yaml."),
        FactKind(name="joining", kind="term", label="joining",
                 meaning="The term it would join. Left out, it is the opening date in the school's own file."),
        FactKind(name="joins", kind="yes_no", label="joins",
                 meaning="Whether those after it are asked about as if it had joined; yes, unless this says no."),
        FactKind(name="not_with", kind="texts", label="not with",
                 meaning="Other joiners that cannot join if this one does, by the name of their file."),
    ),
)  # fmt: skip
# A pipeline file is read as a case file is, beside a dictionary of its own: the same care, and the same messages.
_DICTIONARY = Dictionary(
    version="1.0.0", blocks=(Block(id="joiners", subject="case", title="Joiners", records=_JOINERS),)
)


def pipeline_schema() -> Schema:
    made = case_schema(_DICTIONARY, "school")
    used = {"blank", "not_applicable", "source", "dated", "verified", "note", "date", "text", "texts", "term", "yes_no"}
    kept = {name: form for name, form in made["$defs"].items() if name in used or name.startswith("joiners")}
    about = "The board's order of joining schools; it is never changed by the program."
    return made | {"title": "A pipeline file of clpt-growth", "description": about, "$defs": kept}


def read_pipeline(place: Path) -> Pipeline:
    """The pipeline in a file, or in a folder: its pipeline.yaml, else its school files in the order of their names.

    Raises `InputError` with every problem in the file; the school files themselves are not opened.
    """
    if not place.is_dir():
        return _from_file(place)
    written = next((place / name for name in PIPELINE_FILES if (place / name).is_file()), None)
    return _from_file(written) if written is not None else _from_folder(place)


def _from_folder(folder: Path) -> Pipeline:
    paths = [path for path in files_in(folder) if path.name != TRUST_FILE]
    if not paths:
        raise problem_with(str(folder), "holds no school file", "name another folder, or add one: clpt-growth new NAME")
    outside = [path for path in paths if path.is_symlink() and not _is_inside(path, folder)]
    if outside:
        wrong, todo = "leads out of the folder", "put the file itself there"
        raise InputError(Problem(str(path), 0, "", wrong, todo) for path in outside)
    names = _names([path.relative_to(folder).as_posix() for path in paths])
    return Pipeline(tuple(Joiner(name, path.as_posix()) for name, path in zip(names, paths, strict=True)))


def _from_file(place: Path) -> Pipeline:
    node, content = read_node(place)
    shown = str(place)
    read = case_file(node, _DICTIONARY, what="school", file=shown)
    fact = read.facts.get("case.joiners")
    if read.problems:
        raise InputError(read.problems)
    if fact is None or not fact.applies or not fact.value:
        line = fact.line if fact is not None else node.line
        todo = "add one a line: - school: schools/oakfield.yaml"
        raise InputError([Problem(shown, line, "joiners", "names no school", todo)])
    reading = _Reading(place, fact.value, _lines(node))
    joiners, exclusive = reading.joiners(), reading.exclusive()
    if reading.problems:
        raise InputError(reading.problems)
    file = InputFile(place.as_posix(), sha256(content).hexdigest())
    return Pipeline(joiners, exclusive, file, fact.source, fact.dated)


def _lines(node: Node) -> list[int]:
    """The line of each joiner; a dash with nothing behind it is no joiner."""
    listed = node.value["joiners"]
    while isinstance(listed.value, dict):
        listed = listed.value.get("records") or listed.value["value"]
    return [item.line for item in listed.value if item.value is not None]


class _Reading:
    """Walks the joiners as they are written, and collects what is wrong with them."""

    def __init__(self, place: Path, records: Sequence[Record], lines: Sequence[int]) -> None:
        self.file, self.folder = str(place), place.parent
        self.records, self.lines = records, lines
        self.names = _names([str(record["school"]) for record in records])
        self.problems: list[Problem] = []

    def complain(self, position: int, entry: str, wrong: str, todo: str) -> None:
        self.problems.append(Problem(self.file, self.lines[position], f"joiners[{position}].{entry}", wrong, todo))

    def joiners(self) -> tuple[Joiner, ...]:
        first: dict[Path, int] = {}
        for position, record in enumerate(self.records):
            if fault := _fault(str(record["school"]), self.folder):
                self.complain(position, "school", *fault)
                continue
            place = (self.folder / record["school"]).resolve()
            if place in first:
                line = self.lines[first[place]]
                self.complain(position, "school", f"is named twice (first on line {line})", "keep one of the two")
            first.setdefault(place, position)
            for entry in ("joining", "joins"):
                if isinstance(record.get(entry), NotApplicable):
                    self.complain(position, entry, "cannot be n/a", "leave the line out")
        return tuple(
            Joiner(name, (self.folder / r["school"]).as_posix(), r.get("joining"), r.get("joins", True))
            for name, r in zip(self.names, self.records, strict=True)
        )

    def exclusive(self) -> tuple[tuple[str, str], ...]:
        """Each pair once, in the order of the joiners."""
        order = {name: n for n, name in enumerate(self.names)}
        pairs: dict[tuple[str, str], None] = {}
        for position, (name, record) in enumerate(zip(self.names, self.records, strict=True)):
            for other in self.others(position, record):
                earlier, later = sorted((name, other), key=order.__getitem__)
                pairs[earlier, later] = None
        return tuple(pairs)

    def others(self, position: int, record: Record) -> Iterator[str]:
        named = record.get("not_with", ())
        if isinstance(named, NotApplicable):
            self.complain(position, "not_with", "cannot be n/a", "leave the line out")
            return
        known: Mapping[str, str] = {str(r["school"]): name for name, r in zip(self.names, self.records, strict=True)}
        for words in named:
            other = words if words in self.names else known.get(words, "")
            if not other:
                todo = did_you_mean(words, self.names, f"the joiners are: {', '.join(self.names[:12])}")
                self.complain(position, "not_with", f'there is no joiner "{words}"', todo)
            elif other == self.names[position]:
                self.complain(position, "not_with", "names the school itself", "name another joiner")
            else:
                yield other


def _fault(words: str, folder: Path) -> tuple[str, str] | None:
    """Why these words are not the path of a school file in the folder, and what to do."""
    if "\\" in words:
        return f'"{words}" is not a path', "write it with forward slashes: schools/oakfield.yaml"
    if not words.endswith(ENDINGS):
        return f'"{words}" is not a YAML file', "name a school file, ending .yaml"
    if Path(words).name in (TRUST_FILE, *PIPELINE_FILES):
        return f'"{words}" is not a school file', "name a school file"
    if not _is_inside(folder / words, folder):
        return f'"{words}" leads out of the folder', "put the school's file in the folder of pipeline.yaml"
    return None


def _is_inside(path: Path, folder: Path) -> bool:
    """Whether a path stays in a folder once every link is followed; a link that goes round in a circle does not."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        return False


def _names(paths: Iterable[str]) -> list[str]:
    """What each file is called: its name without the ending, or its whole path where two share a name."""
    shown = [path.removesuffix(PurePosixPath(path).suffix) for path in paths]
    stems = [path.rpartition("/")[2] for path in shown]
    shared: Mapping[Any, int] = Counter(stems)
    return [path if shared[stem] > 1 else stem for path, stem in zip(shown, stems, strict=True)]
