"""From a template to a page: values are escaped for HTML and Markdown at once, links are checked, nothing else gets in.

A template sees views, strings and the functions below. It runs in a sandbox, because a program may bring its own.
"""

from __future__ import annotations

import datetime
import html
import json
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from toolkit.errors import ToolkitError
from toolkit.model.tongue import told_in
from toolkit.publish.prose import Words, attribute, inline, render
from toolkit.publish.strings import Speech, kept

_LINES = re.compile(r"\s*\n\s*")
_ENDS = re.compile(r"(</(?:caption|dd|dt|h[1-6]|li|p|summary|td|th)>(?=<)|(?<=[^>])</span>(?=<(?:a|span)\b))")
_INITIAL = re.compile(r"\b\w")
_DOTS = re.compile("…{6,}")
_LONG = 40


class Renderer:
    """Renders the pages of one site; `links` gathers where they point, so that no dead link leaves the house."""

    def __init__(
        self, folders: tuple[Path, ...], speech: Speech, names: Mapping[str, str], common: Mapping[str, Any]
    ) -> None:
        self._environment = _environment(folders)
        self._speech = speech
        self._words = Words(
            names,
            lambda day: _due(day, speech),
            speech.table["pair"]["open"],
            speech.table["pair"]["done"],
        )
        self._environment.filters.update(
            flat=_flat, blanks=_blanks, prose=self._prose, initials=_initials, ticks=_ticks, first_upper=_first_upper
        )
        self._environment.globals.update(foreign=self._foreign, told_in=told_in)
        self._common = {
            "t": speech.table,
            "fill": speech.fill,
            "word": speech.word,
            "when": speech.when,
            "listing": speech.listing,
            "front": _front,
            "percent": speech.percent,
            "number": speech.number,
            "count": speech.count,
            **common,
        }
        self.links: set[tuple[str, str]] = set()

    def page(self, template: str, path: str, **values: Any) -> str:
        """Render one page; raises ToolkitError where the template is at fault."""
        try:
            found = self._environment.get_template(template)
            text = found.render({**self._common, "link": self.linker(path), "here": path, **values})
        except TemplateError as error:
            line = getattr(error, "lineno", None)
            where = f"{template}:{line}" if line else template
            raise ToolkitError(
                f"the template {where} failed: {error.message}", "correct it in templates/pages/"
            ) from None
        return _tidy(text)

    def linker(self, source: str) -> Callable[..., Markup]:
        """Give the function that writes the address of another page, as one page needs it, and notes that it is linked."""

        def link(target: str, anchor: str = "") -> Markup:
            self.links.add((source, target))
            relative = posixpath.relpath(target, posixpath.dirname(source) or ".")
            address = relative.removesuffix(".md") + ".html" if relative.endswith(".md") else relative
            return Markup(html.escape(address + (f"#{quote(anchor, safe='')}" if anchor else "")))

        return link

    def _prose(self, text: str | None, level: int = 3, language: str | None = None) -> Markup:
        if not text:
            return Markup()
        return Markup(str(render(text, self._words, level)).replace("<div", f"<div{self._foreign(language)}", 1))

    def _foreign(self, language: str | None) -> Markup:
        """The attribute that says in which language a text is, where that is not the language of the page."""
        if not language or language == self._speech.language:
            return Markup()
        return Markup(' lang="{}"').format(language)


def _environment(folders: tuple[Path, ...]) -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _finalize(value: Any) -> Any:
    if isinstance(value, StrictUndefined) or hasattr(value, "__html__"):
        return value
    return Markup() if value is None else inline(value)


def _front(
    title: str,
    description: str = "",
    hide: tuple[str, ...] = (),
    private: bool = False,
    language: str = "",
    boost: int = 0,
    asked: Iterable[str] = (),
    unsearched: bool = False,
) -> Markup:
    """The lines at the top of a page. The theme writes title and description as they are, so they are escaped here.

    `boost` is how much more a page weighs in the search than others, `asked` the questions by which it is to be found; one that
    is `unsearched` says only what other pages say, and would make the first view heavy.
    """
    lines = ["---", f"title: {_quoted(title)}"]
    if description:
        lines.append(f"description: {_quoted(description)}")
    if hide:
        lines.append(f"hide: {json.dumps(list(hide))}")
    if language:
        lines.append(f"language: {_quoted(language)}")
    if private:
        lines.append("robots: noindex")
    if private or unsearched:
        lines += ["search:", "  exclude: true"]
    elif boost:
        lines += ["search:", f"  boost: {boost}"]
    if asked:
        lines.append(f"tags: {json.dumps([attribute(each) for each in asked], ensure_ascii=False)}")
    return Markup("\n".join([*lines, "---", ""]))


def _quoted(text: str) -> str:
    return json.dumps(attribute(text), ensure_ascii=False)


def _flat(text: Markup) -> Markup:
    """Put a block of HTML on one line: inside it no line can begin anything in Markdown.

    A blank stands between what a browser sets apart: the search shows a text without its tags.
    """
    return Markup(_ENDS.sub(r"\1 ", _LINES.sub(" ", str(text)).strip()) + "\n")


def _blanks(text: Any) -> Markup:
    """Turn each row of dots into a line to write on, as long as the page leaves it: dots break where the screen ends."""
    said = text if hasattr(text, "__html__") else inline(text)
    shown = ("fill-in fill-in-long" if len(found) >= _LONG else "fill-in" for found in _DOTS.findall(said))
    return Markup(_DOTS.sub(lambda _: f'<span class="{next(shown)}"></span>', str(said)))


def _ticks(text: str) -> Markup:
    """Escape a sentence of the toolkit's own and show what stands between backticks as code."""
    pieces = str(text).split("`")
    shown = (Markup("<code>{}</code>").format(inline(each)) if at % 2 else kept(each) for at, each in enumerate(pieces))
    return Markup("").join(shown)


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _initials(name: str) -> str:
    found = _INITIAL.findall(name)
    return (found[0] + (found[-1] if len(found) > 1 else "")).upper() if found else "?"


def _due(day: str, speech: Speech) -> str:
    try:
        return str(speech.table["pair"]["due_on"]).format(day=speech.day(datetime.date.fromisoformat(day)))
    except ValueError:
        return day


def _tidy(text: str) -> str:
    """One blank line between blocks, one line break at the end."""
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"
