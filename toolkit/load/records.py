"""From a folder to its records: the only reader of the tree. One broken file never hides the faults of another."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from toolkit.decode import decode
from toolkit.diagnostics import Diagnostic, Place, Severity, ordered
from toolkit.errors import ToolkitError
from toolkit.load.drawers import gather, unset
from toolkit.load.tree import bad_name, misplaced, walk
from toolkit.model import RECORDS, Origin, Record, Records, Settings
from toolkit.source import Fault, Source, of_bytes, read
from toolkit.workspace import SETTINGS, Where, Workspace, identify, is_companion, shipped

_MODELS: dict[str, type[Record]] = {model.record: model for model in RECORDS}


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
        return unset()
    where = Where("settings", "toolkit")
    record, _, found = _one(workspace, SETTINGS, where)
    if not isinstance(record, Settings):
        first = found[0]
        place = f"{first.place.path}:{first.place.span.line}:{first.place.span.column}"
        raise ToolkitError(f"{place}: {first.code}: {first.message}", first.hint)
    return record


def _load(workspace: Workspace) -> Loaded:
    records: list[Record] = []
    sources: list[Source] = []
    found: list[Diagnostic] = []
    unreadable: list[tuple[str, str]] = []
    names, tree_findings = walk(workspace)
    found.extend(tree_findings)
    for name in names:
        where = identify(name)
        if where is None:
            if not is_companion(name):
                found.append(misplaced(name))
            continue
        record, source, findings = _one(workspace, name, where)
        found.extend(findings)
        if record is None:
            unreadable.append((where.kind, name))
        else:
            records.append(record)
        if source is not None:
            sources.append(source)
    gathered = gather(records, tuple(unreadable), _has_private(workspace))
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
    named = bad_name(name, where)
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
    gathered = gather(sorted(records, key=lambda each: each.path), left, loaded.records.has_private)
    gathered = replace(gathered, agreement_models=loaded.records.agreement_models)
    found = tuple(each for each in loaded.diagnostics if each.place.path not in files)
    return Loaded(gathered, found, tuple(sorted(sources, key=lambda each: each.path)))
