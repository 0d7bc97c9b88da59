"""A tree of pages on disk: written afresh into a temporary folder, built there, and only then put in place."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

from toolkit.errors import ToolkitError

Content = str | bytes


def write(files: Mapping[str, Content], folder: Path) -> None:
    """Write files into a folder; paths are relative, with forward slashes, and never lead out of it."""
    for name, content in sorted(files.items()):
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or not path.parts:
            raise ToolkitError(f"a page would be written outside the site: {name}")
        target = folder.joinpath(*path.parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        data = content.encode("utf-8") if isinstance(content, str) else content
        target.write_bytes(data)


def replace(target: Path, make: Callable[[Path], None]) -> None:
    """Let `make` fill a temporary folder beside `target`, then put it in the place of `target`.

    Where `make` raises, what was there stays as it was and the temporary folder is removed.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        make(fresh)
        fresh.chmod(0o755)
        _swap(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _swap(fresh: Path, target: Path) -> None:
    old = fresh.with_name(fresh.name + ".old")
    if target.is_dir():
        target.replace(old)
    try:
        fresh.replace(target)
    except OSError:
        if old.is_dir():
            old.replace(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def gather(folder: Path, suffixes: tuple[str, ...]) -> dict[str, bytes]:
    """Read the files of a folder that end so, by their path in it; links are not followed."""
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        inside = not any(each.is_symlink() for each in (path, *path.parents) if each.is_relative_to(folder))
        if inside and path.is_file() and path.suffix in suffixes:
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found
