"""Tables as forms and spreadsheets export them are read as they were meant, or refused with the reason."""

from __future__ import annotations

import codecs
import csv
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import ToolkitError
from toolkit.importing.table import letter, read_table

Write = Callable[[bytes], Path]
TEXT = "Name,City\nAna Kovács,Győr\nRui,São Tomé\n"


@pytest.mark.parametrize(
    ("data", "note"),
    [
        (TEXT.encode("utf-8"), "UTF-8"),
        (codecs.BOM_UTF8 + TEXT.encode("utf-8"), "UTF-8"),
        (TEXT.encode("utf-16"), "UTF-16"),
        (TEXT.encode("utf-16-le"), "UTF-16"),
        (TEXT.encode("utf-16-be"), "UTF-16"),
    ],
)
def test_encodings_are_found_out_and_said(written: Write, data: bytes, note: str) -> None:
    table = read_table(written(data))
    assert table.columns == ("Name", "City")
    assert [row.cells for row in table.rows] == [("Ana Kovács", "Győr"), ("Rui", "São Tomé")]
    assert note in table.notes[0]


def test_windows_1252_is_a_guess_that_the_reader_hears_of(written: Write) -> None:
    table = read_table(written("Name\nJosé “Pepe” Núñez\n".encode("cp1252")))
    assert table.rows[0].cells == ("José “Pepe” Núñez",)
    assert "Windows-1252" in table.notes[0]
    assert "UTF-8" in table.notes[0]


def test_the_map_may_name_the_encoding_and_the_separator(written: Write) -> None:
    table = read_table(written("Name:City\nЛев:Омск\n".encode("koi8-r")), "koi8-r", ":")
    assert table.rows[0].cells == ("Лев", "Омск")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_are_found_out(written: Write, separator: str) -> None:
    rows = [["Name", "Topics", "City"], ["Ana", "a, b; c", "X"], ["Rui", "d, e, f", "Y"]]
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    table = read_table(written(out.getvalue().encode()))
    assert [list(row.cells) for row in table.rows] == rows[1:]


def test_a_hint_of_a_spreadsheet_is_followed_and_not_counted(written: Write) -> None:
    table = read_table(written(b"sep=|\r\nName|Text\r\nAna|a;b;c\r\n"))
    assert table.columns == ("Name", "Text")
    assert table.rows[0].number == 2


def test_rows_are_numbered_as_a_spreadsheet_shows_them(written: Write) -> None:
    table = read_table(written(b'Name,Bio\nAna,"one\r\ntwo\nthree"\n\n,\nRui,x\n'))
    assert [(row.number, row.cells) for row in table.rows] == [(2, ("Ana", "one\ntwo\nthree")), (5, ("Rui", "x"))]


def test_ragged_rows_are_named(written: Write) -> None:
    table = read_table(written(b"A,B,C\n1,2,3\n1,2\n1,2,3,4\n1,2,3,,\n"))
    assert [bool(row.fault) for row in table.rows] == [False, False, True, False]
    assert table.rows[1].cells == ("1", "2", "")
    assert "row 3" in table.notes[1]


def test_a_header_that_stands_twice_is_numbered_and_said(written: Write) -> None:
    table = read_table(written(b"Name,Other,name,\nAna,x,y,\n"))
    assert table.columns == ("Name", "Other", "name (2)")
    assert "column C" in table.notes[1]


def test_a_column_without_a_name_and_with_values_has_its_letter(written: Write) -> None:
    assert read_table(written(b"Name,,City\nAna,x,Y\n")).columns == ("Name", "column B", "City")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"PK\x03\x04rest", "workbook"),
        (b"\xd0\xcf\x11\xe0rest", "workbook"),
        (",".join(f"c{n}" for n in range(1000)).encode(), "300 columns"),
        (b"Name\n" + b"x\n" * 50_001, "50000 rows"),
        (b'Name\n"' + b"x" * 200_000, "stops being a table"),
        (b"Na\x1bme\nx\n", "cannot be seen"),
        (b"Name\n\x81\x8d\x9d\n", "not readable"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(written: Write, data: bytes, says: str) -> None:
    with pytest.raises(ToolkitError, match=says):
        read_table(written(data))


def test_a_hundred_megabytes_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as stream:
        stream.truncate(100 * 1024 * 1024)
    with pytest.raises(ToolkitError, match="larger than 16 MiB"):
        read_table(path)


def test_a_pipe_a_folder_and_a_missing_file_are_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    for path in (tmp_path / "pipe.csv", tmp_path, tmp_path / "missing.csv"):
        with pytest.raises(ToolkitError):
            read_table(path)


@pytest.mark.parametrize(("index", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (703, "AAA")])
def test_columns_are_lettered_as_in_spreadsheets(index: int, name: str) -> None:
    assert letter(index) == name


CELL = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\r", exclude_categories=("Cc", "Cs", "Cf")), max_size=12
)


@given(
    st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=6),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_a_spreadsheet_writes_is_read_back(
    rows: list[tuple[str, str, str]], separator: str, encoding: str
) -> None:
    import tempfile

    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL).writerows([("One", "Two", "Three"), *rows])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(out.getvalue().encode(encoding))
        table = read_table(path)
    wanted = [tuple(cell.strip() for cell in row) for row in rows]
    assert [row.cells for row in table.rows] == [row for row in wanted if any(row)]
    assert table.columns == ("One", "Two", "Three")
