"""From a folder to its records: the only reader of the tree. One broken file never hides the faults of another."""

from __future__ import annotations

import gc
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from toolkit.decode import decode
from toolkit.diagnostics import START, Diagnostic, Place, Severity, ordered
from toolkit.errors import ToolkitError
from toolkit.model import RECORDS, GuideTranslation, Origin, Record, Records, Settings, is_slug
from toolkit.model.plan import joined
from toolkit.source import Fault, Source, of_bytes, read
from toolkit.workspace import CONTENT, PRIVATE, SETTINGS, Where, Workspace, identify, is_companion, shipped

_MODELS: dict[str, type[Record]] = {model.record: model for model in RECORDS}
_ID_HINT = "use lower-case words, digits and hyphens, such as ana-kovacs (a session: its date, such as 2026-11-21)"
_LINK = "this is a link, and links can lead out of the program"
_SUFFIXES = (".yaml", ".yml", ".md")
_DATED = ("session-note", "observation", "feedback", "check-ins")
"""Kinds whose files are named after a day or a month."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a folder holds: the records that could be read, and the findings about those that could not."""

    records: Records
    diagnostics: tuple[Diagnostic, ...]
    sources: tuple[Source, ...]


def load(workspace: Workspace) -> Loaded:
    """Read every record of a program's folder, in the order of their paths."""
    with _no_collector():
        return _load(workspace)


def load_settings(workspace: Workspace) -> Settings:
    """Read the settings alone, for a command that needs no records; raises ToolkitError where they are broken."""
    if not (workspace / SETTINGS).exists():
        return _unset()
    where = Where("settings", "toolkit")
    record, _, found = _one(workspace, SETTINGS, where)
    if not isinstance(record, Settings):
        first = found[0]
        place = f"{first.place.path}:{first.place.span.line}:{first.place.span.column}"
        raise ToolkitError(f"{place}: {first.code}: {first.message}", first.hint)
    return record


def _unset() -> Settings:
    """The settings of a program that has set nothing."""
    return Settings().placed(Origin("settings", "toolkit", SETTINGS))


def _load(workspace: Workspace) -> Loaded:
    records: list[Record] = []
    sources: list[Source] = []
    found: list[Diagnostic] = []
    unreadable: list[tuple[str, str]] = []
    names, tree_findings = _walk(workspace)
    found.extend(tree_findings)
    for name in names:
        where = identify(name)
        if where is None:
            if not is_companion(name):
                found.append(_misplaced(name))
            continue
        record, source, findings = _one(workspace, name, where)
        found.extend(findings)
        if record is None:
            unreadable.append((where.kind, name))
        else:
            records.append(record)
        if source is not None:
            sources.append(source)
    gathered = _gather(records, tuple(unreadable), _has_private(workspace))
    gathered = replace(gathered, agreement_models=_agreement_models(workspace))
    return Loaded(gathered, ordered(found), tuple(sources))


def _agreement_models(workspace: Workspace) -> tuple[str, ...]:
    """The bodies that new agreements begin with: the shipped ones and the program's own."""
    folders = (shipped("templates") / "new", workspace.templates / "new")
    paths = sorted({path for folder in folders for path in folder.glob("agreement.*.md")})
    return tuple(path.read_text(encoding="utf-8", errors="replace") for path in paths if path.is_file())


def _has_private(workspace: Workspace) -> bool:
    return workspace.private.is_dir() and not workspace.private.is_symlink()


def _one(workspace: Workspace, name: str, where: Where) -> tuple[Record | None, Source | None, tuple[Diagnostic, ...]]:
    """Read and decode one file; a record whose id is no id cannot be referred to and counts as unreadable."""
    named = _bad_name(name, where)
    try:
        source = read(f"{workspace.root}/{name}", name)
    except Fault as fault:
        related = tuple(Place(name, span) for span in fault.related)
        place = Place(name, fault.span)
        return None, None, (*named, Diagnostic(fault.code, Severity.ERROR, fault.message, place, fault.hint, related))
    record, findings = _decoded(source, where)
    return (record, source, ()) if record is not None and not named else (None, source, (*named, *findings))


def _decoded(source: Source, where: Where) -> tuple[Record | None, tuple[Diagnostic, ...]]:
    """Decode what was read and attach where it lies."""
    record, findings = decode(source, _MODELS[where.kind])
    at = (where.program, where.cohort, where.pair, where.person, where.role)
    origin = Origin(where.kind, where.id, source.path, *at, source, where.language)
    return record.placed(origin) if record is not None else None, findings


def _bad_name(name: str, where: Where) -> tuple[Diagnostic, ...]:
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


def _misplaced(name: str) -> Diagnostic:
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


def _walk(workspace: Workspace) -> tuple[list[str], list[Diagnostic]]:
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


def _gather(records: list[Record], unreadable: tuple[tuple[str, str], ...], has_private: bool) -> Records:
    """Sort the records into the drawers of `Records`."""
    settings = next((record for record in records if isinstance(record, Settings)), None) or _unset()
    single, tuples = _drawers(records)
    translations = {(each.id, each.language): each for each in records if isinstance(each, GuideTranslation)}
    return Records(
        settings=settings,
        programs=single["program"],
        cohorts=single["cohort"],
        people=single["person"],
        private_people=single["private-person"],
        applications=tuples.get("application", {}),
        private_applications=tuples.get("private-application", {}),
        policies=single["matching-policy"],
        plans={key: joined(group) for key, group in tuples.get("matching-run", {}).items()},
        pairs=single["pair"],
        agreements=single["agreement"],
        closures=single["closure"],
        goals=tuples.get("goal", {}),
        sessions=_by_day(tuples.get("session-note", {}), "date"),
        observations=_by_day(tuples.get("observation", {}), "date"),
        feedback=_by_day(tuples.get("feedback", {}), "on"),
        check_ins=tuples.get("check-ins", {}),
        concerns=single["concern"],
        improvements=tuples.get("improvement", {}),
        stories=tuples.get("story", {}),
        guides=single["guide"],
        guide_translations=translations,
        topic_lists=single["topic-list"],
        reference_lists=single["reference-list"],
        figure_lists=single["figure-list"],
        benchmark_lists=single["benchmark-list"],
        standard_lists=single["standard-list"],
        prompts=single["prompt-list"],
        instruments=single["instrument"],
        unreadable=unreadable,
        has_private=has_private,
    )


def _by_day(groups: dict[str, tuple[Any, ...]], day: str) -> dict[str, tuple[Any, ...]]:
    """Put the records of each pair in the order of their days."""
    return {key: tuple(sorted(group, key=lambda each: (getattr(each, day), each.id))) for key, group in groups.items()}


def _drawers(records: list[Record]) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, tuple[Any, ...]]]]:
    """Part the records by kind: those of which a key has one, and those of which it has many."""
    single: dict[str, dict[str, Any]] = defaultdict(dict)
    many: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for record in records:
        kind = record.origin.kind
        if kind in _OF_PROGRAM:
            single[kind][record.id] = record
        elif kind in ("cohort", "matching-policy"):
            single[kind][record.cohort_key] = record
        elif kind in ("pair", "agreement", "closure"):
            single[kind][record.pair_key] = record
        elif kind in _OF_COHORT:
            many[kind][record.cohort_key].append(record)
        elif kind not in ("settings", "guide-translation"):
            many[kind][record.pair_key].append(record)
    return single, {kind: {key: tuple(group) for key, group in groups.items()} for kind, groups in many.items()}


_OF_PROGRAM = (
    "program",
    "person",
    "private-person",
    "guide",
    "topic-list",
    "reference-list",
    "figure-list",
    "benchmark-list",
    "standard-list",
    "prompt-list",
    "instrument",
    "concern",
)
"""Kinds that are found by their id alone."""

_OF_COHORT = ("application", "private-application", "matching-run", "check-ins", "improvement", "story")
"""Kinds of which a cohort has many."""


@contextmanager
def _no_collector() -> Iterator[None]:
    """Pause the garbage collector: with many small records it costs more than the reading."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()  # the records stay as long as the command: nothing is gained by looking at them again
            gc.enable()


def with_files(loaded: Loaded, files: Mapping[str, bytes]) -> Loaded:
    """The same folder with these files changed or added, by path: a look at what a change would bring before it is made.

    Raises ToolkitError where one of them would be no record.
    """
    records = [each for each in loaded.records.everything() if each.path not in files]
    sources = [each for each in loaded.sources if each.path not in files]
    for name in sorted(files):
        where = identify(name)
        if where is None:
            raise ToolkitError(f"no record has its place at {name}", "nothing was written")
        try:
            source = of_bytes(files[name], name)
            record, findings = _decoded(source, where)
        except Fault as fault:
            raise ToolkitError(f"{name} could not be read after this change: {fault}", fault.hint) from None
        if record is None:
            raise ToolkitError(f"{name} would be no record: {findings[0].message}", findings[0].hint)
        records.append(record)
        sources.append(source)
    left = tuple((kind, path) for kind, path in loaded.records.unreadable if path not in files)
    gathered = _gather(sorted(records, key=lambda each: each.path), left, loaded.records.has_private)
    gathered = replace(gathered, agreement_models=loaded.records.agreement_models)
    found = tuple(each for each in loaded.diagnostics if each.place.path not in files)
    return Loaded(gathered, found, tuple(sorted(sources, key=lambda each: each.path)))
