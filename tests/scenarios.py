"""A rule's page as a test: prose, and scenarios that say on which line which finding is expected.

A page is `tests/rules/<code>.md`. Each H2 heading begins a scenario, which starts from the small program in
`tests/rules/_base/` and holds fenced blocks:

- ```` ```yaml title="content/people/li-wei.yaml" ```` writes a file, in the place of the base's;
- ```` ```yaml title="..." change ```` replaces single top-level fields of the base's file, and adds what it lacks
  (for Markdown: give the fields only; or fields between two lines of dashes and a body, which replaces the base's);
- ```` ```yaml title="..." delete ```` takes a file or a folder of the base away.

`# error: [code]`, `# warning: [code]` or `# note: [code]` at the end of a line says what is found on it; in a Markdown
body `<!-- warning: [code] -->` does, and several may follow each other. A line of prose `Today: 2026-12-01` sets the
day (else 2026-11-02), and `Found: note [not-checked] at private:1` expects a finding that no block can hold. Whatever
else is found fails the scenario.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

PAGES = Path(__file__).parent / "rules"
BASE = PAGES / "_base"
TODAY = datetime.date(2026, 11, 2)

Expected = tuple[str, int, str, str]
"""A finding as a page names it: path, line, severity, code."""

_FENCE = re.compile(r'(?P<mark>`{3,})\w* title="(?P<path>[^"]+)"(?: (?P<mode>change|delete))?\s*$')
_MARKER = re.compile(r"\s*(?:#|<!--) (?P<all>(?:(?:error|warning|note): \[[a-z0-9-]+\] ?)+)\s*(?:-->)?\s*$")
_ONE = re.compile(r"(error|warning|note): \[([a-z0-9-]+)\]")
_FOUND = re.compile(r"Found: (error|warning|note) \[([a-z0-9-]+)\] at (.+):(\d+)$")


@dataclass
class Scenario:
    """One H2 section of a page: its files, its day and what must be found."""

    page: str
    title: str
    today: datetime.date = TODAY
    files: dict[str, str] = field(default_factory=dict)
    deleted: list[str] = field(default_factory=list)
    expected: set[Expected] = field(default_factory=set)

    def __str__(self) -> str:
        return f"{self.page}: {self.title}"

    def write(self, root: Path) -> None:
        """Write the base with this scenario's changes below a folder."""
        tree = base_files()
        for path in self.deleted:
            kept = {name: text for name, text in tree.items() if name != path and not name.startswith(path + "/")}
            assert len(kept) < len(tree), f"{self}: the base holds no {path} to delete"
            tree = kept
        write_files(root, {**tree, **self.files})


def base_files() -> dict[str, str]:
    """The files of the base program: path to text."""
    return {
        path.relative_to(BASE).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(BASE.rglob("*"))
        if path.is_file()
    }


def write_files(root: Path, files: Mapping[str, str]) -> None:
    """Write files below a folder: path to text."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def write_base(root: Path) -> None:
    """Write the base program below a folder."""
    write_files(root, base_files())


def pages() -> tuple[Path, ...]:
    """The pages, one for each code."""
    return tuple(sorted(PAGES.glob("*.md")))


def scenarios() -> tuple[Scenario, ...]:
    """All scenarios of all pages."""
    return tuple(each for page in pages() for each in read_page(page))


def read_page(page: Path) -> Iterator[Scenario]:
    """Take a page apart into its scenarios."""
    scenario: Scenario | None = None
    lines = iter(page.read_text(encoding="utf-8").splitlines())
    for line in lines:
        fence = _FENCE.match(line)
        if line.startswith("## "):
            if scenario:
                yield scenario
            scenario = Scenario(page.stem, line[3:].strip())
        elif fence:
            assert scenario, f"{page.name}: a block stands before the first heading"
            block = []
            for inner in lines:
                if inner.strip() == fence["mark"]:
                    break
                block.append(inner)
            _take(scenario, fence["path"], fence["mode"], block)
        elif line.startswith("```"):
            raise AssertionError(f"{page.name}: a block without a title: {line}")
        elif scenario:
            _take_prose(scenario, line)
    if scenario:
        yield scenario


def _take_prose(scenario: Scenario, line: str) -> None:
    if line.startswith("Today: "):
        scenario.today = datetime.date.fromisoformat(line.removeprefix("Today: ").strip())
    elif line.startswith("Found: "):
        found = _FOUND.match(line)
        assert found, f"{scenario}: {line}"
        scenario.expected.add((found[3], int(found[4]), found[1], found[2]))


def _take(scenario: Scenario, path: str, mode: str | None, block: list[str]) -> None:
    if mode == "delete":
        scenario.deleted.append(path)
        return
    if mode == "change":
        block = _changed(base_files()[path].splitlines(), block, path.endswith(".md"))
    text = []
    for number, line in enumerate(block, 1):
        marker = _MARKER.search(line)
        if marker:
            scenario.expected.update((path, number, found[1], found[2]) for found in _ONE.finditer(marker["all"]))
        text.append(line[: marker.start()] if marker else line)
    scenario.files[path] = "\n".join(text) + "\n"


def _changed(base: list[str], block: list[str], markdown: bool) -> list[str]:
    if not markdown:
        return _merged(base, block)
    end = base.index("---", 1)
    body = base[end + 1 :]
    if block and block[0].startswith("---"):
        opening, fields_end = block[0], next(i for i, line in enumerate(block[1:], 1) if line.startswith("---"))
        fields, body = block[1:fields_end], block[fields_end + 1 :] or body
    else:
        opening, fields = "---", block
    return [opening, *_merged(base[1:end], fields), "---", *body]


def _merged(base: list[str], block: list[str]) -> list[str]:
    """Replace top-level fields, each with the lines that belong to it; new ones come last."""
    fields = _fields(base)
    fields.update(_fields(block))
    return [line for lines in fields.values() for line in lines]


def _fields(lines: list[str]) -> dict[str, list[str]]:
    """Top-level fields, each with its lines; a comment between two fields belongs to the second."""
    found: dict[str, list[str]] = {}
    key = ""
    comments: list[str] = []
    for line in lines:
        if line.startswith("#"):
            comments.append(line)
            continue
        if line and not line[0].isspace() and not line.startswith("-"):
            key = line.partition(":")[0]
        found.setdefault(key, []).extend((*comments, line))
        comments = []
    found.setdefault(key, []).extend(comments)
    return found
