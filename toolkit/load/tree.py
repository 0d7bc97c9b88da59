"""The files below a program's folder that are records by their place, and what is wrong with names and places."""

from __future__ import annotations

import os

from toolkit.diagnostics import START, Diagnostic, Place, Severity
from toolkit.model import is_slug
from toolkit.workspace import CONTENT, PRIVATE, SETTINGS, Where, Workspace, identify

_ID_HINT = "use lower-case words, digits and hyphens, such as ana-kovacs (a session: its date, such as 2026-11-21)"
_LINK = "this is a link, and links can lead out of the program"
_SUFFIXES = (".yaml", ".yml", ".md")
_DATED = ("session-note", "observation", "feedback", "check-ins")
"""Kinds whose files are named after a day or a month."""


def walk(workspace: Workspace) -> tuple[list[str], list[Diagnostic]]:
    """List the record files below content/ and private/, and the settings, sorted; links are findings, not followed."""
    names: list[str] = []
    found: list[Diagnostic] = []
    stack: list[str] = []
    for top in (CONTENT, PRIVATE):
        if (workspace.root / top).is_symlink():
            found.append(_refused(top, _LINK))
        else:
            stack.append(top)
    while stack:
        folder = stack.pop()
        try:
            with os.scandir(f"{workspace.root}/{folder}") as scanned:
                entries = list(scanned)
        except FileNotFoundError:
            continue
        except OSError as error:
            found.append(_refused(folder, f"the folder could not be read: {error.strerror}"))
            continue
        if "/" in folder and any(entry.name == ".git" for entry in entries):
            found.append(_nested_git(folder))
            continue
        for entry in entries:
            _sort_out(entry, f"{folder}/{entry.name}", stack, names, found)
    if os.path.lexists(workspace.root / SETTINGS):
        names.append(SETTINGS)
    return sorted(names), found


def _sort_out(entry: os.DirEntry[str], name: str, stack: list[str], names: list[str], found: list[Diagnostic]) -> None:
    """Decide what an entry of a folder is: a folder to enter, a record to read, a finding, or nothing of ours."""
    if entry.name.startswith("."):
        return
    is_record = entry.name.endswith(_SUFFIXES)
    if entry.is_symlink():
        found.append(_refused(_shown(name), _LINK))
    elif not entry.name.isprintable():
        if is_record or entry.is_dir(follow_symlinks=False):
            found.append(_unseen(name))
    elif is_record:
        if entry.name != "README.md":
            names.append(name)
            if entry.is_file(follow_symlinks=False) and entry.stat(follow_symlinks=False).st_nlink > 1:
                found.append(_hard_linked(name))
    elif entry.is_dir(follow_symlinks=False):
        stack.append(name)


def _refused(name: str, why: str) -> Diagnostic:
    hint = "records are ordinary files in ordinary folders"
    return Diagnostic("file-unreadable", Severity.ERROR, why, Place(name, START), hint)


def _nested_git(name: str) -> Diagnostic:
    hint = "records of another repository are not read; remove it, or keep it outside content/"
    return Diagnostic(
        "misplaced-file", Severity.WARNING, "a repository lies inside the records", Place(name, START), hint
    )


def bad_name(name: str, where: Where) -> tuple[Diagnostic, ...]:
    """Find a part of a path that is no id, so that no record could refer to it."""
    parts = (where.program, where.cohort, where.pair, where.person)
    ident = where.id if where.kind not in (*_DATED, "application", "private-application", "settings") else ""
    wrong = [part for part in (*parts, ident) if part and not (is_slug(part) or _is_year(part))]
    if where.kind in _DATED and not _is_note_name(where.id):
        wrong.append(where.id)
    if not wrong:
        return ()
    message = "the name of this file or of its folder is not an id"
    return (Diagnostic("id-not-slug", Severity.ERROR, message, Place(name, START), _ID_HINT),)


def _is_year(part: str) -> bool:
    """A cohort is often named by its year or its dates."""
    return (
        len(part) <= 64
        and part.isascii()
        and part[:1].isdigit()
        and part.replace("-", "").isalnum()
        and part == part.lower()
    )


def _is_note_name(stem: str) -> bool:
    return is_slug(f"s-{stem}")


def _unseen(name: str) -> Diagnostic:
    """Refuse a name that a terminal or a page would not show as it is."""
    message = "the name of this file or folder holds a character that cannot be seen"
    return Diagnostic("id-not-slug", Severity.ERROR, message, Place(_shown(name), START), _ID_HINT)


def _shown(name: str) -> str:
    """Write a name so that it stays on its line and moves nothing on the terminal."""
    return name if name.isprintable() else name.encode("unicode_escape").decode()


def _hard_linked(name: str) -> Diagnostic:
    message = "this file has a second name somewhere on the disk: who changes it there changes it here"
    hint = "copy it, delete it, and give the copy its name"
    return Diagnostic("file-hard-linked", Severity.WARNING, message, Place(name, START), hint)


def misplaced(name: str) -> Diagnostic:
    """Say that no record has its place here, and where it may have been meant to lie."""
    hint = "`mentoring schema --paths` lists where each record lies; other files belong outside content/ and private/"
    stem = name.rpartition(".")[0]
    ending = next((each for each in (".yaml", ".md") if identify(stem + each) is not None), "")
    if ending:
        hint = f"this kind of record ends in {ending}: rename the file to {_shown(stem.rpartition('/')[2])}{ending}"
    return Diagnostic(
        "misplaced-file",
        Severity.WARNING,
        "no record has its place here, so nothing reads this file",
        Place(name, START),
        hint,
    )
