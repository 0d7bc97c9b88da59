"""The history of a program's folder, asked of git: what changed between two days, and its files as they once were.

Git is run without a shell, without its settings for pagers, signatures and outside programs, and with a time limit.
"""

from __future__ import annotations

import datetime
import os
import re
import subprocess
from pathlib import Path

from toolkit.errors import ToolkitError
from toolkit.workspace import CONTENT, PRIVATE

_QUIET = ("--no-pager", "-c", "log.showSignature=false", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false")
_FOLDERS = (CONTENT, PRIVATE, "site_config")
_LEADING_ASTRAY = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE", "GIT_PREFIX")
_SECONDS = 60
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


class NoHistory(ToolkitError):
    """There is no git, or no history of this folder; the message says which."""


def changed(root: Path, since: datetime.date, until: datetime.date, commit: str = "HEAD") -> dict[str, str]:
    """Which record files changed in the commits from one day to another (in UTC, both included): path to A, M or D.

    A file that was added and deleted again in between is left out. Raises NoHistory.
    """
    window = (f"--since={since}T00:00:00Z", f"--until={until}T23:59:59Z")
    shape = ("--name-status", "--no-renames", "--no-ext-diff", "--no-textconv", "--format=", "--relative", "-z")
    _require(root)
    out = _git(root, "log", *window, *shape, "--end-of-options", commit, "--", *_FOLDERS)
    parts = [each for each in out.decode("utf-8", "replace").replace("\n", "").split("\0") if each]
    found: dict[str, str] = {}
    for letter, path in zip(parts[::2], parts[1::2], strict=False):
        newer = found.get(path)
        found[path] = letter[:1] if newer is None else _joined(letter[:1], newer)
    return {path: letter for path, letter in found.items() if letter in ("A", "M", "D")}


def _joined(older: str, newer: str) -> str:
    """What two changes of one file come to: added and changed is added, added and deleted is nothing."""
    if older == "A":
        return "" if newer == "D" else "A"
    if older == "D":
        return "M" if newer == "A" else "D"
    return newer


def resolve(root: Path, moment: str) -> tuple[str, datetime.date]:
    """Find a commit and its day (in UTC): a commit by its name, or the last one up to the end of a day."""
    _require(root)
    if is_day(moment):
        out = _git(root, "rev-list", "-1", f"--before={moment}T23:59:59Z", "HEAD")
        found = out.decode().strip()
        if not found:
            raise ToolkitError(f"there is no commit up to {moment}", "the history begins later; choose another day")
    else:
        try:
            out = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{moment}^{{commit}}")
        except NoHistory:
            raise ToolkitError(f"there is no commit {moment}", "give a day, as 2026-11-21, or a commit") from None
        found = out.decode().strip().splitlines()[-1]
    seconds = _git(root, "log", "-1", "--format=%ct", found).decode().strip()
    return found, datetime.datetime.fromtimestamp(int(seconds), datetime.UTC).date()


def is_day(moment: str) -> bool:
    """Whether a moment is a day rather than the name of a commit."""
    return _DAY.match(moment) is not None


def restore(root: Path, commit: str, target: Path) -> None:
    """Write the record files of a commit below a folder; links and whatever else is no ordinary file are left out."""
    listed = _git(root, "ls-tree", "-r", "-z", commit, "--", *_FOLDERS).decode("utf-8", "surrogateescape")
    files = []
    for entry in filter(None, listed.split("\0")):
        about, _, name = entry.partition("\t")
        mode, kind, digest = about.split()
        if kind == "blob" and mode.startswith("100") and ".." not in name.split("/"):
            files.append((name, digest))
    data = _git(root, "cat-file", "--batch", feed="".join(f"{digest}\n" for _, digest in files).encode())
    at = 0
    for name, _ in files:
        end = data.index(b"\n", at)
        size = int(data[at:end].split()[-1])
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data[end + 1 : end + 1 + size])
        at = end + 1 + size + 1


def _require(root: Path) -> None:
    """Raise NoHistory where this folder has none."""
    _git(root, "rev-parse", "--verify", "--quiet", "HEAD")


def _git(root: Path, *arguments: str, feed: bytes = b"") -> bytes:
    # A hook's own variables would lead to another repository; what is not here is not fetched over the network.
    environment = {key: value for key, value in os.environ.items() if key not in _LEADING_ASTRAY}
    environment |= {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    try:
        done = subprocess.run(
            ["git", *_QUIET, *arguments],
            cwd=root,
            env=environment,
            input=feed,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
        )
    except FileNotFoundError:
        raise NoHistory("git is not installed, so nothing is known of the past", "install git") from None
    except subprocess.TimeoutExpired:
        raise NoHistory(f"git did not answer within {_SECONDS} seconds", "try it by hand: git log -1") from None
    if done.returncode:
        why = done.stderr.decode("utf-8", "replace").strip().splitlines()
        if why and "not a git repository" in why[0]:
            raise NoHistory("this folder has no git history", "git init begins one")
        hint = why[0].removeprefix("fatal: ") if why else "nothing is committed here yet"
        raise NoHistory("git could not tell the history of this folder", hint)
    return done.stdout
