"""The outline of a Markdown body: its headings, task lines and links, with the line each stands on.

cmark-gfm reads the text and says where each block began, so a task inside a code block is no task. Most notes hold
nothing but headings, paragraphs and lists; for them a look at each line gives the same outline much sooner.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cmarkgfm import cmark

_OPTIONS = cmark.Options.CMARK_OPT_SOURCEPOS
# What cmark-gfm writes for a block of the kinds asked for; it omits raw HTML, so nothing else can look like this.
_BLOCK = re.compile(
    r'<h([1-6]) data-sourcepos="(\d+):'
    r'|<li data-sourcepos="(\d+):\d+-\d+:\d+">\s*(?:<p data-sourcepos="[^"]*">)?<input type="checkbox"( checked="")?'
    r'|<a href="([^"]*)"'
)
_HEADING_TEXT = re.compile(r"^\s{0,3}#{1,6}\s+(.*?)(?:\s+#+)?\s*$")
_TASK_TEXT = re.compile(r"^[\s>]*(?:[-*+]|\d+[.)])\s+\[[ xX]\]\s+(.*?)\s*$")
_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)")
# Code, HTML, quotes, tables, escapes: where one of these stands, only cmark knows what a line is.
_ODD = ("`", "<", ">", "~", "\\", "|", "\t", "\n    ")
_MARKS = frozenset("-=*+")
_STARTS = _MARKS | frozenset("# ")
_FENCE = re.compile(r"\s*(?:>\s*)*(`{3,}|~{3,})")
_BOX = re.compile(r"[-*+] \[([ xX])\] +(?=\S)")


class Heading(NamedTuple):
    """A heading: its level (1 to 6), its text as written and its line in the file."""

    level: int
    text: str
    line: int


class Task(NamedTuple):
    """A task line `- [ ] text`: whether it is ticked, what it says, its line and the column of its text."""

    done: bool
    text: str
    line: int
    column: int


class Link(NamedTuple):
    """A link in the body: where it points and the line on which it was found."""

    target: str
    line: int


class Outline(NamedTuple):
    """What a body consists of, in the order of the file."""

    headings: tuple[Heading, ...] = ()
    tasks: tuple[Task, ...] = ()
    links: tuple[Link, ...] = ()


EMPTY = Outline()


def outline(body: str, first_line: int = 1) -> Outline:
    """Find the headings, tasks and links of a Markdown body; lines count in the file."""
    if not body.strip():
        return EMPTY
    lines = body.split("\n")
    found = _ordinary(body, lines, first_line)
    if found is not None:
        return found
    html = cmark.markdown_to_html_with_extensions(body, options=_OPTIONS, extensions=["tasklist", "table"])
    headings: list[Heading] = []
    tasks: list[Task] = []
    targets: set[str] = set()
    for level, heading_line, task_line, ticked, target in _BLOCK.findall(html):
        if level:
            number = int(heading_line)
            headings.append(Heading(int(level), _text_of(_HEADING_TEXT, lines[number - 1]), number + first_line - 1))
        elif task_line:
            number = int(task_line)
            written = lines[number - 1]
            mark = _TASK_TEXT.match(written)
            text, column = (mark.group(1), mark.start(1)) if mark else (written.strip(), _indent(written))
            tasks.append(Task(bool(ticked), text, number + first_line - 1, column + 1))
        elif target:
            targets.add(target)
    return Outline(tuple(headings), tuple(tasks), _links(lines, targets, first_line) if targets else ())


def fenced(lines: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Give each line with whether it belongs to a block of code between fences, the fences included."""
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark.group(1)
            yield line, True
        elif fence:
            fence = "" if mark and mark.group(1).startswith(fence) else fence
            yield line, True
        else:
            yield line, False


def _ordinary(body: str, lines: list[str], first_line: int) -> Outline | None:
    """Give the outline of a body in which each line says by itself what it is; None where cmark must read it."""
    if body.startswith("    ") or any(odd in body for odd in _ODD):
        return None
    headings: list[Heading] = []
    tasks: list[Task] = []
    hashes = 0
    for number, line in enumerate(lines, first_line):
        start = line[:1]
        if start not in _STARTS:
            continue
        if start == "#" and line[:3] == "## " and line.count("#") == 2 and (text := line[3:].strip()):
            headings.append(Heading(2, text, number))
            hashes += 2
            continue
        written = line.lstrip(" ") if start == " " else line
        start = written[:1]
        if start == "#":
            level = len(written) - len(written.lstrip("#"))
            if level < 7 and written[level : level + 1] in ("", " "):
                headings.append(Heading(level, _text_of(_HEADING_TEXT, line), number))
                hashes += line.count("#")
        elif start in _MARKS:
            box = _BOX.match(written) if written[1:3] == " [" else None
            if box:
                text = written[box.end() :].rstrip()
                tasks.append(Task(box.group(1) != " ", text, number, len(line) - len(written) + box.end() + 1))
            elif not written.strip("-= "):  # an underline makes a heading of the line above
                return None
    if body.count("#") != hashes or body.count("[") != len(tasks):
        return None
    return Outline(tuple(headings), tuple(tasks))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _text_of(pattern: re.Pattern[str], line: str) -> str:
    found = pattern.match(line)
    return found.group(1) if found else line.strip()


def _links(lines: list[str], targets: set[str], first_line: int) -> tuple[Link, ...]:
    """Place the links that cmark found on their lines; a target that only code mentions is not among them."""
    return tuple(
        Link(match.group(2), number)
        for number, line in enumerate(lines, first_line)
        for match in _LINK.finditer(line)
        if match.group(2) in targets
    )
