"""The forms of new files: `templates/new/`, where a program's own form comes before the shipped one."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import Any

from toolkit.errors import ToolkitError
from toolkit.model.formats import LANGUAGES
from toolkit.model.tongue import offered
from toolkit.source import read
from toolkit.source.emit import inline
from toolkit.workspace import Workspace, shipped

WIDTH = 80
_FOLDER = "new"
_REMARK = 110
_BEFORE = re.compile(r" (?=[?!;:](?:\s|$))")  # French marks stand apart and never begin a line


def words(language: str) -> Any:
    """What forms without a language say in one: comments, texts that wait to be filled in, and what new programs share."""
    path = shipped("templates") / _FOLDER / "words.yaml"
    return read(str(path), path.name).data[offered(language) or LANGUAGES[0]]


def filled(workspace: Workspace, name: str, language: str, values: dict[str, Any], folder: str = _FOLDER) -> str:
    """Fill in the form of this name in a language, such as `goal.{}.md`.

    Where that language has none, the one without a language is taken, whose words come from a table, else the English one.
    Raises ToolkitError where the form is at fault.
    """
    tops = (workspace.templates, shipped("templates"))
    folders = tuple(top / each for each in dict.fromkeys((folder, _FOLDER)) for top in tops)
    names = [name.format(language), name.replace(".{}", ""), *(name.format(each) for each in LANGUAGES)]
    return written(folders, [f"{each}.j2" for each in dict.fromkeys(names)], values)


def written(folders: tuple[Path, ...], wanted: list[str], values: dict[str, Any]) -> str:
    """Fill in the first of these forms that a folder has.

    A form sees plain values only and runs in a sandbox, because a program may bring its own. Raises ToolkitError where
    the form is at fault.
    """
    from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )
    environment.filters.update(yaml=inline, line=_line, comment=_comment, remark=remark)
    try:
        return environment.select_template(wanted).render(values)
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        where = f"{wanted[0]}:{line}" if line else wanted[0]
        raise ToolkitError(
            f"the form {where} failed: {error.message}",
            "correct it in templates/, or take it away there: the shipped one is used then",
        ) from None


def folded(text: str) -> str:
    """Break lines that are wider than a terminal; what follows stands below the text of its line."""
    lines: list[str] = []
    for line in text.splitlines():
        bare = line.lstrip(" ")
        mark = len(bare) - len(bare.removeprefix("- ").removeprefix("[ ] "))
        below = " " * (len(line) - len(bare) + mark)
        whole = _BEFORE.sub("\u00a0", line.rstrip())
        broken = (
            textwrap.wrap(whole, WIDTH, subsequent_indent=below, break_long_words=False, break_on_hyphens=False)
            if len(line) > WIDTH
            else [whole]
        )
        lines.extend(each.replace("\u00a0", " ") for each in broken)
    return "\n".join(lines).strip("\n") + "\n"


def _line(text: str) -> str:
    """A text on one line, for a comment among the fields."""
    return " ".join(text.split())


def _comment(text: str) -> str:
    """A text that does not end the comment it stands in."""
    return _line(text).replace("--", "–").replace(">", "›")


def remark(text: str) -> str:
    """A text as lines of comment in a YAML file."""
    return "\n".join(
        f"# {line}" for line in textwrap.wrap(text, _REMARK, break_long_words=False, break_on_hyphens=False)
    )
