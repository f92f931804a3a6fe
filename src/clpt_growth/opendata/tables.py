"""Tables as they were downloaded: CSV in any of its encodings, workbooks, and archives of either, row by row."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any, NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo

LARGEST_TABLE_BYTES = 2_000_000_000
_IN_MEMORY_BYTES = 20_000_000
_CHUNK = 1 << 20
_LOOK_AT = 4096
_TABLES = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm")
# What cannot be read is looked at too, so that nobody waits for a file that is passed over without a word.
_ENDINGS = (*_TABLES, ".zip", ".xls", ".xlsb", ".ods", ".parquet", ".gz", ".7z", ".rar")
_LONGEST_CELL = 1_000_000
_NOTES = frozenset(("index", "notes", "contents", "cover", "read me", "readme", "introduction", "about"))
_NOTE_LINES = 20
_DELIMITERS = (",", "\t", ";", "|")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# Text holds no noughts, but for the half of each letter in UTF-16.
_ONE_IN = 4
_OTHER_KINDS = (
    (b"%PDF", "is a PDF, not a table", "download the CSV or the Excel file instead"),
    (b"PAR1", "is a Parquet file", "save it as CSV"),
    (
        b"\xd0\xcf\x11\xe0",
        "is an Excel file of before 2007, or one with a password",
        "open it and save it as .xlsx or CSV",
    ),
    (b"Rar!", "is a RAR archive", "unpack it"),
    (b"\x1f\x8b", "is packed with gzip", "unpack it"),
    (b"7z\xbc\xaf", "is a 7z archive", "unpack it"),
)


class NotATable(Exception):
    """A file that cannot be read as a table: why, and what to do."""

    def __init__(self, wrong: str, todo: str) -> None:
        super().__init__(f"{wrong}; {todo}")
        self.wrong = wrong
        self.todo = todo


class Sheet(NamedTuple):
    """One table: what it is called, the names around it that may tell its year, and its rows as text.

    `rows` starts from the top each time it is called, and holds one row in memory at a time.
    """

    shown: str
    names: tuple[str, ...]
    rows: Callable[[], Iterator[list[str]]]


Opener = Callable[[], IO[bytes]]


def files_in(folder: Path) -> list[Path]:
    """Every file of a folder and those below it that could hold a table, in order of their names."""
    found = (p for p in folder.rglob("*") if p.suffix.lower() in _ENDINGS and p.is_file())
    return sorted(p for p in found if not any(part.startswith((".", "~$")) for part in p.relative_to(folder).parts))


def sheets_in(path: Path, folder: Path) -> Iterator[Sheet]:
    """The tables in a file; raises `NotATable` in plain words where it holds none."""
    shown = path.relative_to(folder).as_posix()
    names = (path.name, *(part.name for part in path.relative_to(folder).parents if part.name))
    yield from _sheets(lambda: path.open("rb"), path.stat().st_size, shown, names)


def _sheets(opened: Opener, size: int, shown: str, names: tuple[str, ...]) -> Iterator[Sheet]:
    if size > LARGEST_TABLE_BYTES:
        raise NotATable(f"is larger than {LARGEST_TABLE_BYTES:,} bytes", "split it")
    with opened() as file:
        start = file.read(_LOOK_AT)
    _refuse_what_is_no_table(start)
    if start.startswith(b"PK"):
        yield from _packed(opened, shown, names)
    else:
        encoding = _encoding_of(opened, start)
        delimiter = _delimiter_of(start.decode(encoding, "replace"))
        yield Sheet(shown, names, lambda: _csv_rows(opened, encoding, delimiter))


def _refuse_what_is_no_table(start: bytes) -> None:
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not text:
        raise NotATable("is empty", "download it again")
    if text.startswith(b"<"):
        raise NotATable("is a web page, not a table", "the download failed: fetch the file again")
    if text.startswith((b"{", b"[")):
        raise NotATable("is an error message from the service, not a table", "the download failed: fetch it again")
    for mark, wrong, todo in _OTHER_KINDS:
        if start.startswith(mark):
            raise NotATable(wrong, todo)


def _encoding_of(opened: Opener, start: bytes) -> str:
    """UTF-8 where every byte of the file is; the register's own files are in the Windows code page.

    Noughts among the letters are UTF-16 that has lost the mark at its start.
    """
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    if start.count(0) > len(start) // _ONE_IN:
        return "utf-16-be" if start[0] == 0 else "utf-16-le"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with opened() as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _delimiter_of(start: str) -> str:
    """Whichever splits the first lines most; a comma unless another clearly does."""
    lines = start.splitlines()[:20]
    return max(_DELIMITERS, key=lambda mark: max((line.count(mark) for line in lines), default=0))


def _csv_rows(opened: Opener, encoding: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST_CELL)
    # The code page leaves five bytes without a letter; such a cell is kept and shows where it was.
    with opened() as raw, io.TextIOWrapper(raw, encoding=encoding, errors="backslashreplace", newline="") as text:
        try:
            yield from csv.reader(text, delimiter=delimiter)
        except csv.Error as error:
            raise NotATable(f"cannot be read ({error})", "download it again") from None


def _packed(opened: Opener, shown: str, names: tuple[str, ...]) -> Iterator[Sheet]:
    """What a packed file holds: a workbook is itself an archive."""
    try:
        with opened() as file, ZipFile(file) as archive:
            entries = archive.infolist()
    except (BadZipFile, OSError) as error:
        raise NotATable(f"is a damaged archive ({error})", "download it again") from None
    inside = {entry.filename for entry in entries}
    if "xl/workbook.xml" in inside:
        yield from _workbook(opened, shown, names)
    elif "xl/workbook.bin" in inside:
        raise NotATable("is a binary Excel file", "open it and save it as .xlsx or CSV")
    elif "mimetype" in inside:
        raise NotATable("is an OpenDocument file", "open it and save it as .xlsx or CSV")
    else:
        yield from _archive(opened, shown, names, entries)


def _archive(opened: Opener, shown: str, names: tuple[str, ...], entries: list[ZipInfo]) -> Iterator[Sheet]:
    found = [e for e in entries if e.filename.lower().endswith(_TABLES) and not e.is_dir()]
    if not found and any(e.filename.lower().endswith(".zip") for e in entries):
        raise NotATable("is an archive of archives", "unpack it, and keep the archives inside")
    if not found:
        raise NotATable("is an archive without a table", "unpack it, and keep the CSV or Excel files")
    for entry in found:
        if entry.flag_bits & 1:
            raise NotATable("is an archive with a password", "unpack it")
        name = entry.filename
        yield from _sheets(_inside(opened, name), entry.file_size, f"{shown}/{name}", (*name.split("/")[::-1], *names))


def _inside(opened: Opener, name: str) -> Opener:
    """A file of an archive, opened as a file of its own; nothing is written where the archive lies."""

    def open_it() -> IO[bytes]:
        kept: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES)  # noqa: SIM115
        with opened() as file, ZipFile(file) as archive, archive.open(name) as entry:
            left = LARGEST_TABLE_BYTES
            while chunk := entry.read(min(_CHUNK, left)):
                kept.write(chunk)
                left -= len(chunk)
        kept.seek(0)
        return kept

    return open_it


def _workbook(opened: Opener, shown: str, names: tuple[str, ...]) -> Iterator[Sheet]:
    with opened() as file:
        titles = _load(file).sheetnames
    # A sheet of notes often says the year that neither the file's name nor the table does.
    notes = [title for title in titles if title.casefold().strip() in _NOTES]
    said = [" ".join(row) for title in notes for row in islice(_sheet_rows(opened, title)(), _NOTE_LINES)]
    for title in titles:
        if title not in notes:
            yield Sheet(f"{shown} [{title}]", (title, *names, *said), _sheet_rows(opened, title))


def _sheet_rows(opened: Opener, title: str) -> Callable[[], Iterator[list[str]]]:
    def rows() -> Iterator[list[str]]:
        with opened() as file:
            sheet = _load(file)[title]
            if not hasattr(sheet, "iter_rows"):
                return
            # Some services write a size of one cell over a whole table.
            if hasattr(sheet, "reset_dimensions"):
                sheet.reset_dimensions()
            for row in sheet.iter_rows(values_only=True):
                yield [_cell_text(value) for value in row]

    return rows


def _load(file: IO[bytes]) -> Any:
    from openpyxl import load_workbook

    try:
        return load_workbook(file, read_only=True, data_only=True)
    except (BadZipFile, KeyError, OSError, ValueError) as error:
        raise NotATable(f"is a damaged workbook ({error})", "open it and save it again, or save it as CSV") from None


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip()
