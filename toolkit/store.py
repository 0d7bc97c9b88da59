"""Writing without loss: a new file never overwrites, a change is compared with what was read before it is put in place.

A file that a person wrote is never written anew from its parsed form: only the exact span of a value changes.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from toolkit.errors import ToolkitError

_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)


def create(path: Path, content: str | bytes) -> None:
    """Write a new file, whole or not at all; raises ToolkitError where the path is taken or cannot be written."""
    _refuse_links(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    if os.path.lexists(path):
        raise _taken(path)
    with _beside(path, content.encode("utf-8") if isinstance(content, str) else content) as temporary:
        try:
            os.link(temporary, path)
        except FileExistsError:
            raise _taken(path) from None


def change(path: Path, before: bytes, after: bytes) -> None:
    """Replace a file's bytes, provided they are still the ones that were read.

    Raises ToolkitError where the file changed meanwhile (both versions are kept: the file as it is now, ours unwritten)
    or where it cannot be written.
    """
    _refuse_links(path)
    if before == after:
        return
    with _beside(path, after) as temporary:
        temporary.chmod(path.stat().st_mode & 0o7777)
        if hashlib.sha256(path.read_bytes()).digest() != hashlib.sha256(before).digest():
            raise ToolkitError(f"{path.name} was changed meanwhile", "nothing was written; run the command again")
        temporary.replace(path)


@contextlib.contextmanager
def held() -> Iterator[None]:
    """Hold Ctrl-C back while a file is put in place and noted, or taken back; it counts when that is done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt


def splice(data: bytes, edits: tuple[tuple[int, int, str], ...]) -> bytes:
    """Replace stretches of a file, given as (start, end, new text) in bytes; all other bytes stay as they are."""
    for start, end, new in sorted(edits, reverse=True):
        data = data[:start] + new.encode("utf-8") + data[end:]
    return data


@contextlib.contextmanager
def _beside(path: Path, data: bytes) -> Iterator[Path]:
    """Hold the bytes in a file beside the target while it is put in place, and make the folder remember that it was."""
    temporary = _temporary(path, data)
    try:
        yield temporary
    except OSError as error:
        raise _failed(path, error) from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()
    _sync_folder(path.parent)


def _temporary(path: Path, data: bytes) -> Path:
    """Write the bytes to a file beside the target and make sure that they are on the disk."""
    try:
        descriptor, name = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=path.parent)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o644)
    except OSError as error:
        with contextlib.suppress(OSError, UnboundLocalError):
            Path(name).unlink()
        raise _failed(path, error) from None
    return Path(name)


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # some systems cannot sync a folder; the file itself is on the disk
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _refuse_links(path: Path) -> None:
    for part in (path, *path.parents):
        if part.is_symlink() and part != part.parent:
            raise ToolkitError(f"{part} is a link", "nothing was written: a link can lead out of the program")


def _taken(path: Path) -> ToolkitError:
    return ToolkitError(f"{path} is there already", "nothing was overwritten; move it away or choose another name")


def _failed(path: Path, error: OSError) -> ToolkitError:
    return ToolkitError(f"{path} could not be written: {error.strerror}", "the old file is untouched")
