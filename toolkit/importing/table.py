"""A CSV file as forms and spreadsheets write it: encoding and separator found out, rows numbered as people see them."""

from __future__ import annotations

import codecs
import csv
import io
import os
import stat
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import ToolkitError
from toolkit.source.text import FORBIDDEN

MAX_BYTES = 16 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 300
MAX_HEADER = 500
SEPARATORS = (",", ";", "\t", "|")
_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_SAMPLE = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the spreadsheet (the header is row 1), and as many cells as there are columns.

    `fault` says why it cannot be read as it stands, else it is empty.
    """

    number: int
    cells: tuple[str, ...]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns by name, its rows without the empty ones, and what the reader should know about it."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


def read_table(path: Path, encoding: str | None = None, separator: str | None = None) -> Table:
    """Read a CSV file; raises ToolkitError where it is none, too large, or in an encoding that is not known.

    UTF-8, UTF-16 and Windows-1252 are told apart, and comma, semicolon, tab and bar; `encoding` and `separator` replace
    the finding out.
    """
    data = _bytes(path)
    text, decoded = _text(data, encoding, path.name)
    text, said = _without_hint(text)
    found = separator or said or _sniff(text)
    records = _records(text, found, path.name)
    note = f"{decoded}, separated by {_NAMES.get(found, repr(found))}"
    columns, header_notes, first = _columns(records, path.name)
    rows, row_notes = _rows(records, first, len(columns))
    kept, gone = _named(columns, rows)
    return Table(path.name, kept, gone, (note, *header_notes, *row_notes))


def _bytes(path: Path) -> bytes:
    try:
        status = path.stat()
    except OSError as error:
        raise ToolkitError(f"{path} cannot be read: {error.strerror}", "check the name of the file") from None
    if not stat.S_ISREG(status.st_mode):
        raise ToolkitError(f"{path} is not a file", "name the CSV file itself")
    limit = MAX_BYTES // (1024 * 1024)
    large = ToolkitError(
        f"{path.name} is larger than {limit} MiB", "sign-ups are short: split the file, or drop columns"
    )
    if status.st_size > MAX_BYTES:
        raise large
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise ToolkitError(f"{path} cannot be read: {error.strerror}", "check its permissions") from None
    if len(data) > MAX_BYTES:
        raise large
    if data.startswith(_WORKBOOKS):
        raise ToolkitError(f"{path.name} is a workbook, not a table of text", "save it as CSV (UTF-8) and import that")
    return data


def _text(data: bytes, encoding: str | None, name: str) -> tuple[str, str]:
    """Decode, and say in which encoding; Windows-1252 is a guess that the reader must hear of."""
    if encoding:
        return _decoded(data, encoding, name), f"read as {encoding}"
    for mark, codec, said in _MARKS:
        if data.startswith(mark):
            return _decoded(data, codec, name), f"read as {said}"
    start = data[:2000]
    if start.count(0) > len(start) // 4:
        codec = "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"
        return _decoded(data, codec, name), "read as UTF-16"
    try:
        return data.decode("utf-8"), "read as UTF-8"
    except UnicodeDecodeError:
        text = _decoded(data, "cp1252", name)
        return text, "not UTF-8, so read as Windows-1252 (if letters with accents look wrong, save it as CSV UTF-8)"


def _decoded(data: bytes, codec: str, name: str) -> str:
    try:
        return data.decode(codec)
    except (UnicodeDecodeError, LookupError):
        message = f"{name} is not readable text in the encoding {codec}"
        raise ToolkitError(message, "save it again as CSV UTF-8, or name its encoding in the map") from None


def _without_hint(text: str) -> tuple[str, str | None]:
    """Take away the line `sep=;` that some spreadsheets write first and never show."""
    text = text.removeprefix("\ufeff")
    first, _, rest = text.partition("\n")
    hint = first.strip().strip('"').lower()
    if hint.startswith("sep=") and len(hint) == 5:
        return rest, hint[4]
    return text, None


def _sniff(text: str) -> str:
    """Choose the separator by which most of the first rows have as many cells as the header, and more than one."""
    best, found = (0.0, 0), ","
    for separator in SEPARATORS:
        try:
            sample = [row for row, _ in zip(_reader(text, separator), range(_SAMPLE), strict=False) if row]
        except csv.Error:
            continue
        width = len(sample[0]) if sample else 0
        if width > 1:
            same = sum(len(row) == width for row in sample) / len(sample)
            if (round(same, 1), width) > best:
                best, found = (round(same, 1), width), separator
    return found


def _reader(text: str, separator: str) -> csv._reader:  # type: ignore[name-defined]
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=False)


def _records(text: str, separator: str, name: str) -> list[list[str]]:
    records: list[list[str]] = []
    try:
        for record in _reader(text, separator):
            records.append(record)
            if len(records) > MAX_ROWS + 1:
                raise ToolkitError(f"{name} has more than {MAX_ROWS} rows", "split it into several files")
            if len(record) > MAX_COLUMNS:
                message = f"{name} has more than {MAX_COLUMNS} columns (row {len(records)})"
                raise ToolkitError(message, "delete the columns that nobody needs before you import it")
    except csv.Error as error:
        message = f"{name} stops being a table in row {len(records) + 1}: {error}"
        raise ToolkitError(message, "look for a quotation mark that is never closed") from None
    return records


def _columns(records: list[list[str]], name: str) -> tuple[tuple[str, ...], list[str], int]:
    """Name the columns by the first row that is not empty; a name that stands twice is numbered, and said."""
    first = next((index for index, record in enumerate(records) if any(cell.strip() for cell in record)), None)
    if first is None:
        raise ToolkitError(f"{name} is empty", "export it again: the first row holds the names of the columns")
    seen: Counter[str] = Counter()
    columns, notes = [], []
    for index, cell in enumerate(records[first], 1):
        header = " ".join(cell.split())
        if FORBIDDEN.search(header) or len(header) > MAX_HEADER:
            message = (
                f"the name of column {letter(index)} in {name} is too long or holds characters that cannot be seen"
            )
            raise ToolkitError(message, "correct it in the spreadsheet")
        seen[header.casefold()] += 1
        count = seen[header.casefold()]
        if header and count > 1:
            notes.append(f"column {letter(index)} has the name of an earlier one and is called “{header} ({count})”")
            header = f"{header} ({count})"
        columns.append(header)
    return tuple(columns), notes, first


def letter(index: int) -> str:
    """Name a column as spreadsheets do: 1 is A, 27 is AA."""
    name = ""
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def _rows(records: list[list[str]], first: int, width: int) -> tuple[tuple[Row, ...], list[str]]:
    rows, short = [], []
    for number, record in enumerate(records[first + 1 :], first + 2):
        cells = tuple(cell.replace("\r\n", "\n").replace("\r", "\n").strip() for cell in record)
        if not any(cells):
            continue
        fault = ""
        if any(cells[width:]):
            fault = f"it has {len(cells)} cells where the header has {width}: look for an unquoted separator"
        elif len(cells) < width:
            short.append(number)
        rows.append(Row(number, (*cells, *[""] * (width - len(cells)))[:width], fault))
    if not short:
        return tuple(rows), []
    shown = ", ".join(map(str, short[:10])) + (f" and {len(short) - 10} more" if len(short) > 10 else "")
    return tuple(rows), [f"cells are missing at the end and count as empty in row {shown}"]


def _named(columns: tuple[str, ...], rows: tuple[Row, ...]) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Drop columns without a name and without a value; call one that has values by its letter."""
    used = [index for index, name in enumerate(columns) if name or any(row.cells[index] for row in rows)]
    kept = tuple(columns[index] or f"column {letter(index + 1)}" for index in used)
    if len(used) == len(columns):
        return kept, rows
    return kept, tuple(Row(row.number, tuple(row.cells[index] for index in used), row.fault) for row in rows)
