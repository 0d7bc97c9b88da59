"""From bytes to text that is safe to parse: encoding, size, control characters, conflict markers."""

from __future__ import annotations

import codecs
import errno
import os
import re
import stat

from toolkit.diagnostics import Span
from toolkit.source.faults import Fault

MAX_BYTES = 1024 * 1024
_MORE = 4096  # of a file that grows while it is read
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
# C0 and C1 controls, DEL, bidi overrides and isolates, halves of characters: none has business in a record.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_CONFLICT = re.compile(r"^(?:<{7} |={7}$|>{7} |\|{7} )", re.MULTILINE)


def read_bytes(path: str) -> bytes:
    """Read a regular file of at most 1 MiB without following a link and without hanging on a pipe."""
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        why = "it is a link" if error.errno == errno.ELOOP else f"it cannot be opened: {error.strerror}"
        raise _unreadable(why) from None
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise _unreadable("it is not an ordinary file")
        data = _read(descriptor, found.st_size)
    except OSError as error:
        raise _unreadable(f"it cannot be read: {error.strerror}") from None
    finally:
        os.close(descriptor)
    if len(data) > MAX_BYTES:
        raise Fault("file-too-large", "the file is larger than 1 MiB", "a record is a short file: move attachments out")
    return data


def _read(descriptor: int, size: int) -> bytes:
    """Read to the end, and no further than a record may reach; room is made for the size that the disk tells of."""
    data = os.read(descriptor, min(size, MAX_BYTES) + 1)
    while 0 < len(data) <= MAX_BYTES and (more := os.read(descriptor, min(_MORE, MAX_BYTES + 1 - len(data)))):
        data += more
    return data


def _unreadable(why: str) -> Fault:
    hint = "records are ordinary files, not links, folders or devices; check the name and the permissions"
    return Fault("file-unreadable", f"the file could not be read: {why}", hint)


def to_text(data: bytes) -> str:
    """Decode UTF-8 with line ends as LF, refusing what could hide something from a reader."""
    if data.startswith(codecs.BOM_UTF8):
        data = data[3:]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Fault(
            "not-utf8",
            f"the file is not UTF-8 text (byte {error.start})",
            "save it again with the encoding UTF-8",
            _span(data[: error.start].decode("utf-8", "replace"), error.start),
        ) from None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_controls(text)
    if "<<<<<<<" in text or ">>>>>>>" in text:
        _refuse_conflict(text)
    return text


def _refuse_controls(text: str) -> None:
    found = FORBIDDEN.search(text)
    if found:
        raise Fault(
            "control-character",
            f"a character that cannot be seen stands here (U+{ord(found.group()):04X})",
            "delete it: it can hide or reverse what people read",
            _span(text, found.start()),
        )


def _refuse_conflict(text: str) -> None:
    found = _CONFLICT.search(text)
    if found:
        raise Fault(
            "merge-conflict",
            "an unresolved merge is left in the file",
            "keep one of the two versions and delete the lines with <<<<<<<, ======= and >>>>>>>",
            _span(text, found.start()),
        )


def _span(text: str, offset: int) -> Span:
    before = text[:offset]
    line = before.count("\n") + 1
    column = offset - (before.rfind("\n") + 1) + 1
    return Span(line, column, line, column + 1)
