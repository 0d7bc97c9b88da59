"""Where things are: the root of a program's folder, and which kind of record each path holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import ToolkitError

CONTENT = "content"
PRIVATE = "private"
SETTINGS = "site_config/toolkit.yaml"
SCHEMAS = ".mentoring/schema"

# What the path says (program, cohort, pair, person, role, id) is not a field of the record.
PATTERNS: dict[str, str] = {
    "program": "content/programs/{id}/program.yaml",
    "cohort": "content/programs/{program}/{id}/cohort.yaml",
    "matching-policy": "content/programs/{program}/{id}/matching.yaml",
    "application": "content/programs/{program}/{cohort}/applications/{person}-{role}.yaml",
    "matching-run": "content/programs/{program}/{cohort}/matching/{id}/plan.yaml",
    "pair": "content/programs/{program}/{cohort}/pairs/{id}/pair.yaml",
    "agreement": "content/programs/{program}/{cohort}/pairs/{pair}/agreement.md",
    "goal": "content/programs/{program}/{cohort}/pairs/{pair}/goals/{id}.md",
    "session-note": "content/programs/{program}/{cohort}/pairs/{pair}/sessions/{id}.md",
    "observation": "content/programs/{program}/{cohort}/pairs/{pair}/observations/{id}.md",
    "feedback": "content/programs/{program}/{cohort}/pairs/{pair}/feedback/{id}.md",
    "closure": "content/programs/{program}/{cohort}/pairs/{pair}/closure.md",
    "check-ins": "content/programs/{program}/{cohort}/check-ins/{id}.yaml",
    "improvement": "content/programs/{program}/{cohort}/improvements/{id}.yaml",
    "story": "content/programs/{program}/{cohort}/stories/{id}.md",
    "person": "content/people/{id}.yaml",
    "guide-translation": "content/handbook/{id}.{language}.md",  # before the guide, which it looks like
    "guide": "content/handbook/{id}.md",
    "topic-list": "content/topics/{id}.yaml",
    "reference-list": "content/evidence/references.yaml",
    "figure-list": "content/evidence/figures.yaml",
    "benchmark-list": "content/evidence/benchmarks.yaml",
    "standard-list": "content/evidence/standards.yaml",
    "prompt-list": "content/prompts/{id}.yaml",
    "instrument": "content/instruments/{id}.yaml",
    "measure": "content/measures/{id}.yaml",
    "private-person": "private/people/{id}.yaml",
    "private-application": "private/applications/{program}/{cohort}/{person}-{role}.yaml",
    "concern": "private/concerns/{id}.yaml",
    "settings": SETTINGS,
}
"""Kind of record to the pattern of its path, relative to the root."""

PAIR_KINDS = frozenset(kind for kind, path in PATTERNS.items() if "/pairs/" in path)
"""The kinds of a pair's own records: those that lie in its folder."""

PARTS: dict[str, str] = {
    "matching-run": "content/programs/{program}/{cohort}/matching/{id}/part-{part}.yaml",
}
"""Where the further files of a record lie that is larger than one file may be."""

COMPANIONS: dict[str, str] = {
    "matching-reasons": "content/programs/{program}/{cohort}/matching/{id}/why.md",
}
"""Texts for people that lie among the records and are none: nothing reads them back."""


@dataclass(frozen=True, slots=True)
class Where:
    """What a path says about the record that lies there."""

    kind: str
    id: str
    program: str = ""
    cohort: str = ""
    pair: str = ""
    person: str = ""
    role: str = ""
    language: str = ""


_SHAPES = {"role": "mentor|mentee", "language": "[a-z]{2,3}(?:-[A-Z]{2})?"}


def _compile(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", pattern)
    expression = "".join(
        re.escape(part) if index % 2 == 0 else f"(?P<{part}>{_SHAPES.get(part, '[^/]+')})"
        for index, part in enumerate(parts)
    )
    return re.compile(expression)


def _by_depth() -> dict[int, list[tuple[str, re.Pattern[str]]]]:
    """The patterns of paths by how deep they go: a path fits one at the most, and none that is not as deep."""
    found: dict[int, list[tuple[str, re.Pattern[str]]]] = {}
    for kind, pattern in (*PATTERNS.items(), *PARTS.items()):
        found.setdefault(pattern.count("/"), []).append((kind, _compile(pattern)))
    return found


_MATCHERS = _by_depth()
_COMPANIONS = tuple(_compile(pattern) for pattern in COMPANIONS.values())


def is_companion(path: str) -> bool:
    """Say whether a file has its place among the records without being one."""
    return any(matcher.fullmatch(path) for matcher in _COMPANIONS)


def identify(path: str) -> Where | None:
    """Say which record a path holds, or None where no record has its place; `path` is relative to the root."""
    for kind, matcher in _MATCHERS.get(path.count("/"), ()):
        found = matcher.fullmatch(path)
        if found:
            parts = found.groupdict()
            parts.pop("part", None)
            stem = path.rpartition("/")[2].rpartition(".")[0]
            ident = parts.pop("id", None) or stem
            where = Where(kind, ident, **parts)
            return _with_own_id(where)
    return None


def _with_own_id(where: Where) -> Where:
    """A program, a cohort or a pair is found under its own key, like the records below it."""
    from dataclasses import replace

    if where.kind == "program":
        return replace(where, program=where.id)
    if where.kind in ("cohort", "matching-policy"):
        return replace(where, cohort=where.id)
    if where.kind == "pair":
        return replace(where, pair=where.id)
    if where.kind in ("agreement", "closure"):
        return replace(where, id=where.pair)
    return where


def place_of(kind: str, **parts: str) -> str:
    """Give the path of a record of this kind, relative to the root."""
    return (PATTERNS.get(kind) or COMPANIONS[kind]).format(**parts)


def part_of_plan(number: int, **parts: str) -> str:
    """Give the path of a further file of a plan, from the second on."""
    return PARTS["matching-run"].format(part=f"{number:03d}", **parts)


def modeline(kind: str, path: str) -> str:
    """Give the first line of a new record, by which any editor with a YAML language server finds the schema."""
    up = "../" * path.count("/")
    return f"# yaml-language-server: $schema={up}{SCHEMAS}/{kind}.json\n"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A program's folder on disk."""

    root: Path

    def __truediv__(self, path: str) -> Path:
        return self.root / path

    @property
    def content(self) -> Path:
        """The folder of the records that people write."""
        return self.root / CONTENT

    @property
    def private(self) -> Path:
        """The folder of what is never published; it may be absent."""
        return self.root / PRIVATE

    @property
    def build(self) -> Path:
        """The folder that is wholly generated."""
        return self.root / "build"

    @property
    def templates(self) -> Path:
        """Templates of the program's own; they come before the shipped ones."""
        return self.root / "templates"


def find(start: Path) -> Workspace:
    """Find the program's folder at or above a folder; raises ToolkitError where there is none."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / SETTINGS).is_file() or (folder / CONTENT / "programs").is_dir():
            return Workspace(folder)
    raise ToolkitError(
        "there is no mentoring program here or in a folder above",
        "go to its folder, name it with --root FOLDER, or start one with: mentoring init my-program",
    )


def shipped(name: str) -> Path:
    """Find a folder that ships with the toolkit: `templates`, `content`, `private`, `site_config`.

    In an installed package they lie inside it; in a checkout they are the folders beside it.
    """
    package = Path(__file__).resolve().parent
    inside = package / "_shipped" / name
    return inside if inside.exists() else package.parent / name
