"""Small files such as the Department and Ofsted publish: their own headers over invented schools."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

HEADERS = Path(__file__).parent / "headers"
Row = Mapping[str, str]


def header(name: str) -> list[str]:
    """A header as it was downloaded, with every column."""
    with (HEADERS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def text(columns: Sequence[str], rows: Iterable[Row | Sequence[str]], *, before: Sequence[str] = ()) -> str:
    """A table as CSV text; a row that is a mapping leaves the other columns blank, a sequence stands as it is."""
    out = io.StringIO()
    for line in before:
        out.write(f"{line}\r\n")
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        if isinstance(row, Mapping):
            assert set(row) <= set(columns), set(row) - set(columns)
        writer.writerow([row.get(c, "") for c in columns] if isinstance(row, Mapping) else row)
    return out.getvalue()


def put(
    folder: Path,
    file: str,
    like: str,
    rows: Iterable[Row | Sequence[str]],
    *,
    encoding: str = "utf-8",
    before: Sequence[str] = (),
    renamed: Mapping[str, str] | None = None,
) -> Path:
    """Write a download under one of the kept headers, with some columns renamed where asked."""
    columns = [(renamed or {}).get(c, c) for c in header(like)]
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text(columns, rows, before=before).encode(encoding))
    return path


def put_workbook(folder: Path, file: str, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(folder / file)
    return folder / file


def put_archive(folder: Path, file: str, entries: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(folder / file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return folder / file


def school(urn: str, **changes: str) -> dict[str, str]:
    """A school as the full extract of the register tells it: an open community primary in a place that is not."""
    return {
        "URN": urn, "LA (code)": "999", "LA (name)": "Fenshire", "EstablishmentNumber": "2001",
        "EstablishmentName": f"Invented Primary School {urn}", "TypeOfEstablishment (name)": "Community school",
        "EstablishmentTypeGroup (name)": "Local authority maintained schools", "EstablishmentStatus (name)": "Open",
        "OpenDate": "01-09-1970", "PhaseOfEducation (name)": "Primary", "StatutoryLowAge": "4", "StatutoryHighAge": "11",
        "NurseryProvision (name)": "No Nursery Classes", "OfficialSixthForm (name)": "Does not have a sixth form",
        "ReligiousCharacter (name)": "Does not apply", "Diocese (name)": "Not applicable", "SchoolCapacity": "210",
        "CensusDate": "16-01-2025", "NumberOfPupils": "189", "PercentageFSM": "20.1",
        "TrustSchoolFlag (name)": "Not applicable", "FederationFlag (name)": "Not under a federation",
        "GOR (name)": "East of England", "Easting": "550000", "Northing": "250000",
    } | changes  # fmt: skip


ACADEMY = {
    "TypeOfEstablishment (name)": "Academy converter", "EstablishmentTypeGroup (name)": "Academies",
    "TrustSchoolFlag (name)": "Supported by a multi-academy trust", "Trusts (code)": "9901",
    "Trusts (name)": "INVENTED LEARNING TRUST", "FederationFlag (name)": "Not applicable",
}  # fmt: skip
