"""What a file of a build says, however it is wrapped: unpacked, decoded, and folded so that writing does not matter."""

from __future__ import annotations

import base64
import html
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

MAX_UNPACKED = 64 * 1024 * 1024
MAX_LAYERS = 4
_PNG = b"\x89PNG\r\n\x1a\n"
_ESCAPE = re.compile(r"\\u\{?([0-9a-fA-F]{4,6})\}?|\\x([0-9a-fA-F]{2})")
_TAG = re.compile(r"<[^<>]*>")
_SPACE = re.compile(r"\s+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\x00]")
_SIGNS = re.compile(r"[\W_]+")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{8,}")
_HEX = re.compile(r"[0-9a-fA-F]{12,}")
_LARGE = 64 * 1024
# Words in a binary file: printable letters, one or more bytes each, or each with a zero byte beside it.
_RUN = re.compile(rb"(?:[\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}){6,}")
_WIDE_RUN = re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\x00){6,}|(?:\x00[\x20-\x7e\xa0-\xff]){6,}")
_STANDARD = str.maketrans("-_", "+/")


def fold(text: str) -> str:
    """Write a text so that case, width, ligatures, line breaks and unseen characters do not matter."""
    return _SPACE.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFKC", text))).casefold().strip()


def squeeze(folded: str) -> str:
    """Keep letters and digits alone, so that hyphens, blanks and signs between them do not matter."""
    return _SIGNS.sub("", folded)


def plain(text: str) -> str:
    """Undo the escapes of HTML, JSON, scripts and addresses, also where one was put over another."""
    for _ in range(MAX_LAYERS):
        before = text
        if "\\" in text:
            text = _ESCAPE.sub(_character, text)
        if "%" in text:
            text = unquote(text)
        if "&" in text:
            text = html.unescape(text)
        if text == before:
            break
    return text


def without_tags(text: str, between: str) -> str:
    """Drop what stands in angle brackets."""
    return _TAG.sub(between, text)


def unpack(data: bytes, layer: int = 0) -> Iterator[bytes]:
    """Give the bytes and what is packed in them: gzip, zip members, the text chunks of a PNG."""
    yield data
    if layer >= MAX_LAYERS:
        return
    for inner in _inner(data):
        yield from unpack(inner, layer + 1)


def decode(data: bytes) -> Iterator[str]:
    """Give the texts that the bytes may be: UTF-8, and UTF-16 where there are zero bytes; of a large binary its words."""
    if b"\x00" not in data:
        yield data.decode("utf-8", "replace")
    elif len(data) > _LARGE and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield b"\n".join(_RUN.findall(data)).decode("utf-8", "replace")
        yield b"\n".join(run.replace(b"\x00", b"") for run in _WIDE_RUN.findall(data)).decode("latin-1")
    else:
        yield data.replace(b"\x00", b"").decode("utf-8", "replace")
        for start in (0, 1):
            yield data[start:].decode("utf-16-le", "ignore")
            yield data[start:].decode("utf-16-be", "ignore")


def coded(text: str) -> Iterator[str]:
    """Give what stands in a text as base64 (begun at any letter, both alphabets) or as hexadecimal digits."""
    for run in _BASE64.findall(text):
        letters = run.translate(_STANDARD)
        for start in range(4):
            whole = letters[start : start + (len(letters) - start) // 4 * 4]
            rest = letters[start + len(whole) :]
            last = rest + "=" * (4 - len(rest)) if len(rest) >= 2 else ""
            yield from _words(base64.b64decode(whole + last))
    for run in _HEX.findall(text):
        for start in (0, 1):
            yield from _words(bytes.fromhex(run[start : start + (len(run) - start) // 2 * 2]))


def fresh(texts: Iterable[str], seen: set[int]) -> str:
    """Keep the lines that were not seen before in this build; a theme repeats most of a page on every page."""
    kept = []
    for text in texts:
        for line in text.split("\n"):
            mark = hash(line)
            if mark not in seen:
                seen.add(mark)
                kept.append(line)
    return "\n".join(kept)


def _words(data: bytes) -> Iterator[str]:
    """Give decoded bytes as text, provided that they look like one."""
    text = data.decode("utf-8", "ignore")
    if len(text) >= 6 and sum(map(str.isalnum, text)) * 2 >= len(text):
        yield text


def _inner(data: bytes) -> Iterator[bytes]:
    try:
        if data.startswith(b"\x1f\x8b"):
            yield zlib.decompressobj(wbits=31).decompress(data, MAX_UNPACKED)
        elif data.startswith(b"PK\x03\x04"):
            yield from _members(data)
        elif data.startswith(_PNG):
            yield from _chunks(data)
    except (zlib.error, zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError):
        return


def _members(data: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            yield info.filename.encode()
            if info.file_size <= MAX_UNPACKED:
                yield archive.read(info)


def _chunks(data: bytes) -> Iterator[bytes]:
    """Give the text chunks of a PNG, unpacked where they are packed."""
    position = len(_PNG)
    while position + 8 <= len(data):
        length, kind = int.from_bytes(data[position : position + 4], "big"), data[position + 4 : position + 8]
        body = data[position + 8 : position + 8 + length]
        if kind == b"tEXt":
            yield body
        elif kind in (b"zTXt", b"iTXt"):
            yield body
            for start in range(len(body)):
                if body[start : start + 1] == b"\x78":  # where a zlib stream may begin
                    yield from _inflated(body[start:])
        position += 12 + length


def _inflated(data: bytes) -> Iterator[bytes]:
    try:
        yield zlib.decompressobj().decompress(data, MAX_UNPACKED)
    except zlib.error:
        return


def _character(found: re.Match[str]) -> str:
    code = int(found.group(1) or found.group(2), 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""
