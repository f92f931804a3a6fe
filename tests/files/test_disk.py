"""Files on disk: read within bounds, written whole or not at all."""

import os
from pathlib import Path

import pytest

from clpt_growth.files.disk import read_bytes, read_node, text_of, write_text, write_together
from clpt_growth.files.problems import InputError
from clpt_growth.files.yaml_text import plain


def told(error: pytest.ExceptionInfo[InputError]) -> str:
    return str(error.value)


def test_a_file_of_a_million_bytes_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"x" * 1_000_000)
    assert len(read_bytes(file)) == 1_000_000

    file.write_bytes(b"x" * 1_000_001)
    with pytest.raises(InputError) as error:
        read_bytes(file)
    assert told(error) == f"{file}: is larger than 1,000,000 bytes; split it or shorten it"


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        read_bytes(tmp_path)
    assert told(error) == f"{tmp_path}: is a folder; name a file in it"


def test_a_path_that_cannot_be_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        read_bytes(tmp_path / ("x" * 300))
    assert "cannot be read (File name too long); check the path and your rights" in told(error)

    with pytest.raises(InputError) as error:
        read_bytes(Path("a\0b"))
    assert "cannot be read" in told(error)


def test_a_missing_file_in_a_missing_folder_is_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "gone" / "a.yaml"
    with pytest.raises(InputError) as error:
        read_bytes(file)
    assert told(error) == f"{file}: there is no such file; check the path"


def test_a_file_is_called_what_the_person_called_it(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        read_bytes(tmp_path / "a.yaml", shown_as="principles/a.yaml")
    assert told(error).startswith("principles/a.yaml: there is no such file")


def test_a_byte_order_mark_is_not_text() -> None:
    assert text_of(b"\xef\xbb\xbfa: 1\n", "a.yaml") == "a: 1\n"


@pytest.mark.parametrize(
    ("content", "line"),
    [(b"a: 1\nb: \x80\n", 2), ("a: é\n".encode("cp1252"), 1), ("a: 1".encode("utf-16"), 1)],
)
def test_text_in_another_encoding_is_placed_by_its_line(content: bytes, line: int) -> None:
    with pytest.raises(InputError) as error:
        text_of(content, "a.yaml")
    assert told(error) == f'a.yaml:{line}: is not UTF-8 text; save it again as "UTF-8"'


def test_a_file_comes_with_the_very_bytes_it_was_read_from(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbfa: 1\r\n")

    node, content = read_node(tmp_path / "a.yaml")

    assert (plain(node), content) == ({"a": "1"}, b"\xef\xbb\xbfa: 1\r\n")


def test_a_file_is_written_in_folders_made_for_it_with_nothing_left_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "papers" / "oakfield.md"

    write_text(file, "£1\n")

    assert file.read_bytes() == b"\xc2\xa31\n"
    assert list(file.parent.iterdir()) == [file]


def test_a_file_already_there_is_kept_unless_told_to_replace_it(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    write_text(file, "old")

    with pytest.raises(InputError) as error:
        write_text(file, "new")
    assert told(error) == f"{file}: is already there; name another file, or add --overwrite"
    assert file.read_text() == "old"

    write_text(file, "new", overwrite=True)
    assert file.read_text() == "new"


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    write_text(file, "old")

    with pytest.raises(UnicodeEncodeError):
        write_text(file, "half \ud800 a character", overwrite=True)

    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_writing_onto_a_folder_or_under_a_file_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        write_text(tmp_path, "x", overwrite=True)
    assert told(error) == f"{tmp_path}: is a folder; name a file in it"

    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError) as error:
        write_text(tmp_path / "file" / "a.md", "x")
    assert "cannot be written" in told(error)


@pytest.mark.parametrize("points_at", ["there.md", "nowhere.md"])
def test_a_link_is_never_replaced(points_at: str, tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("kept")
    link = tmp_path / "paper.md"
    link.symlink_to(tmp_path / points_at)

    for overwrite in (True, False):
        with pytest.raises(InputError) as error:
            write_text(link, "new", overwrite=overwrite)
        assert told(error) == f"{link}: is a link to another place and not an ordinary file; name an ordinary file"

    assert link.is_symlink()
    assert (tmp_path / "there.md").read_text() == "kept"
    assert not (tmp_path / "nowhere.md").exists()


def test_a_device_or_a_pipe_is_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "paper.md"
    os.mkfifo(pipe)

    with pytest.raises(InputError) as error:
        write_text(pipe, "new", overwrite=True)

    assert told(error) == f"{pipe}: is a device or pipe and not an ordinary file; name an ordinary file"
    assert pipe.is_fifo()


def test_files_that_belong_together_are_all_written_or_none_is(tmp_path: Path) -> None:
    (tmp_path / "there.svg").write_text("ours")
    files = {tmp_path / "paper.md": b"new", tmp_path / "there.svg": b"new"}
    with pytest.raises(InputError, match=r"there.svg: is already there"):
        write_together(files)
    assert [p.name for p in tmp_path.iterdir()] == ["there.svg"]
    write_together(files, overwrite=True)
    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == {"paper.md": "new", "there.svg": "new"}


def test_where_one_of_several_cannot_be_written_the_others_stay_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "paper.md").write_text("old")
    (tmp_path / "blocked").write_text("a file")
    with pytest.raises(InputError, match=r"a.svg: cannot be written"):
        write_together({tmp_path / "paper.md": b"new", tmp_path / "blocked" / "a.svg": b"new"}, overwrite=True)
    assert (tmp_path / "paper.md").read_text() == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["blocked", "paper.md"]
