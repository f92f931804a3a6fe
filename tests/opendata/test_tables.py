"""Files as they come: encodings, titles, archives, workbooks, and what is no table at all."""

from datetime import datetime
from pathlib import Path

import pytest

from clpt_growth.opendata.tables import NotATable, files_in, sheets_in
from opendata.downloads import put_archive, put_workbook


def rows(path: Path) -> list[list[str]]:
    return [row for sheet in sheets_in(path, path.parent) for row in sheet.rows()]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("URN,name\r\n999001,Åsby\r\n".encode("cp1252"), "Åsby"),
        ("URN,name\n999001,Åsby\n".encode(), "Åsby"),
        ("\ufeffURN,name\n999001,Åsby\n".encode(), "Åsby"),
        ("URN,name\n999001,Åsby\n".encode("utf-16"), "Åsby"),
        ("URN,name\n999001,Åsby\n".encode("utf-16-le"), "Åsby"),
        ("URN,name\n999001,Åsby\n".encode("utf-16-be"), "Åsby"),
        (b'"URN","name"\r\n"999001","D\x92Eyncourt"\r\n', "D’Eyncourt"),
        (b"URN,name\n999001,Schools \x96 Section 8\n", "Schools – Section 8"),
        (b"URN\tname\n999001\tOak\n", "Oak"),
        (b"URN;name\n999001;Oak\n", "Oak"),
    ],
)
def test_every_encoding_and_separator_gives_the_same_letters(content: bytes, name: str, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(content)
    assert rows(tmp_path / "x.csv") == [["URN", "name"], ["999001", name]]


def test_a_letter_of_the_windows_code_page_late_in_a_long_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"URN,name\n" + b"999001,Oak\n" * 200_000 + b"999002,Caf\xe9\n")
    assert rows(tmp_path / "x.csv")[-1] == ["999002", "Café"]


def test_a_byte_the_code_page_does_not_have_is_kept_visible(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"URN,name\n999001,O\x81k\xe9\n")
    assert rows(tmp_path / "x.csv")[1] == ["999001", "O\\x81ké"]


def test_missing_words_are_not_turned_into_blanks(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("URN,a,b,c\n999001,None,NULL,NA\n")
    assert rows(tmp_path / "x.csv")[1] == ["999001", "None", "NULL", "NA"]


def test_ragged_rows_are_read_as_they_stand(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("URN,a,b\n999001,1\n999002,1,2,3,4\n")
    assert rows(tmp_path / "x.csv")[1:] == [["999001", "1"], ["999002", "1", "2", "3", "4"]]


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b"<!DOCTYPE html><html><h1>404</h1>", "is a web page, not a table"),
        (b'\n\n{"code":"error.notFound.extract.callback"}', "is an error message from the service, not a table"),
        (b"", "is empty"), (b"\xef\xbb\xbf  \r\n", "is empty"), (b"%PDF-1.7", "is a PDF, not a table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "is an Excel file of before 2007, or one with"), (b"7z\xbc\xaf'\x1c", "is a 7z archive"),
        (b"PAR1xxxx", "is a Parquet file"),
        (b"PK\x03\x04 nothing more", "is a damaged archive"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_plain_words(content: bytes, wrong: str, tmp_path: Path) -> None:
    (tmp_path / "edubasealldata.csv").write_bytes(content)
    with pytest.raises(NotATable) as error:
        rows(tmp_path / "edubasealldata.csv")
    assert error.value.wrong.startswith(wrong)
    assert error.value.todo


@pytest.mark.parametrize("ending", ["xls", "XLSB", "ods", "parquet", "csv.gz", "7z", "rar"])
def test_what_cannot_be_read_is_not_passed_over_without_a_word(ending: str, tmp_path: Path) -> None:
    (tmp_path / f"edubasealldata.{ending}").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "letter.docx").write_bytes(b"PK")
    assert files_in(tmp_path) == [tmp_path / f"edubasealldata.{ending}"]


def test_a_binary_workbook_is_named_for_what_it_is(tmp_path: Path) -> None:
    path = put_archive(tmp_path, "cfr.xlsb", {"xl/workbook.bin": b"\x00"})
    with pytest.raises(NotATable, match=r"is a binary Excel file; open it and save it as \.xlsx or CSV"):
        rows(path)


def test_an_archive_gives_each_table_in_it_and_nothing_is_unpacked(tmp_path: Path) -> None:
    entries = {
        "data/a.csv": b"URN,a\n999001,1\n", "../../b.csv": b"URN,b\n999002,2\n", "notes.pdf": b"%PDF", "folder/": b"",
    }  # fmt: skip
    path = put_archive(tmp_path, "2022-23.zip", entries)
    assert [s.shown for s in sheets_in(path, tmp_path)] == ["2022-23.zip/data/a.csv", "2022-23.zip/../../b.csv"]
    assert [row[0] for row in rows(path)] == ["URN", "999001", "URN", "999002"]
    assert list(tmp_path.rglob("*.csv")) == []


def test_an_archive_may_have_any_ending_and_tells_its_name(tmp_path: Path) -> None:
    path = put_archive(tmp_path, "all.csv", {"census.csv": b"URN\n999001\n"})
    (sheet,) = sheets_in(path, tmp_path)
    assert sheet.names == ("census.csv", "all.csv")


def test_an_archive_of_archives_says_so(tmp_path: Path) -> None:
    path = put_archive(tmp_path, "all.zip", {"inner.zip": b"PK"})
    with pytest.raises(NotATable, match="an archive of archives; unpack it, and keep the archives inside"):
        list(sheets_in(path, tmp_path))


def test_an_archive_without_a_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotATable, match="an archive without a table"):
        rows(put_archive(tmp_path, "x.zip", {"notes.txt.pdf": b"%PDF"}))


def test_a_workbook_gives_its_sheets_as_text(tmp_path: Path) -> None:
    day = datetime(2025, 8, 31)  # noqa: DTZ001 - a workbook's days have no zone
    first = [["URN", "day", "share", "n"], [999001, day, 0.5, 12.0], [None, None, "NULL", True]]
    path = put_workbook(tmp_path, "AAR.xlsx", {"Academies": first, "Index": [["Year 2023-24"]]})
    (sheet,) = sheets_in(path, tmp_path)
    assert list(sheet.rows()) == [
        ["URN", "day", "share", "n"], ["999001", "2025-08-31", "0.5", "12"], ["", "", "NULL", "True"],
    ]  # fmt: skip
    assert sheet.names == ("Academies", "AAR.xlsx", "Year 2023-24")


def test_a_workbook_inside_an_archive_is_read(tmp_path: Path) -> None:
    book = put_workbook(tmp_path, "inner.xlsx", {"Sheet": [["URN"], [999001]]}).read_bytes()
    (tmp_path / "inner.xlsx").unlink()
    assert rows(put_archive(tmp_path, "x.zip", {"inner.xlsx": book})) == [["URN"], ["999001"]]


def test_hidden_files_and_other_kinds_are_passed_over(tmp_path: Path) -> None:
    for name in ("a.csv", ".b.csv", "~$c.xlsx", "d.docx", "sub/e.CSV", ".git/f.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [p.relative_to(tmp_path).as_posix() for p in files_in(tmp_path)] == ["a.csv", "sub/e.CSV"]


def test_only_one_row_is_held_at_a_time(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("URN\n" + "999001\n" * 10)
    (sheet,) = sheets_in(tmp_path / "x.csv", tmp_path)
    started = sheet.rows()
    assert next(started) == ["URN"]
    assert next(sheet.rows()) == ["URN"]
    assert next(started) == ["999001"]
