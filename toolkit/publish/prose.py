"""Texts that people wrote, made safe for a page: Markdown by cmark-gfm without raw HTML, cleaned by an allow-list.

The site's own Markdown chain never reads them: what comes out is one line of HTML in which every character that the
chain could take for its own is written as a character reference.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import nh3
from cmarkgfm import cmark
from markupsafe import Markup

from toolkit.errors import ToolkitError

MAX_TEXT = 64 * 1024
_EXTENSIONS = ["table", "strikethrough", "tasklist", "autolink"]
_TAGS = {
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "input",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "td": {"align"}, "th": {"align"}, "input": {"type", "checked"}}
_LINK = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_IMAGE = re.compile(r'<img src="[^"]*" alt="([^"]*)"[^>]*>')
_TAG = re.compile(r"(<[^>]*>)")
_NEST = re.compile(r"<(/?)(?:blockquote|ul|ol)\b")
MAX_DEPTH = 50
_HEADING = re.compile(r"<(/?)h([1-6])>")
_TICK = re.compile(r"<input[^>]*>([^<]*)")
_WORD = re.compile(r"(?:^|(?<=\s))(?:@([a-z][a-z0-9-]*)|due:(\d{4}-\d{2}-\d{2})|id:[a-z0-9-]+)(?=\s|$)")
# What Markdown, its extensions and template languages act on; the HTML characters are dealt with before.
_SPECIAL = {ord(each): f"&#{ord(each)};" for each in "\\`*_{}[]#|~^:=@$%!+"}
_BLANKS = re.compile(r"[ \t\n\r\f\v\x85\u2028\u2029]+")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Words:
    """How the machine-readable words of a task line are shown: people by name, days in the reader's language."""

    names: Mapping[str, str] = field(default_factory=dict)
    due: Callable[[str], str] = str
    open: str = "open"
    done: str = "done"


PLAIN = Words()


def inline(value: object) -> Markup:
    """Escape a value for HTML and Markdown at once; it shows exactly as it was written, on one line."""
    text = _one_line(value)
    return Markup(html.escape(text, quote=False).translate(_SPECIAL).replace('"', "&#34;").replace("'", "&#39;"))


def attribute(value: object) -> str:
    """Escape a value for a title or a description in the front matter: HTML only, on one line.

    The themes write them between double quotes; one of them escapes once more where the search names a page, so that what
    harms nothing, the apostrophe, stays.
    """
    return html.escape(_one_line(value), quote=False).replace('"', "&quot;")


def _one_line(value: object) -> str:
    """A value on one line; the blanks at which no line ends stay as they are, for French asks for them."""
    return _BLANKS.sub(" ", _CONTROL.sub("", str(value))).strip()


def render(text: str, words: Words = PLAIN, level: int = 3) -> Markup:
    """Turn a participant's Markdown into one line of safe HTML; its headings begin at `level`.

    Raw HTML, images and links other than http, https and mailto are left out; quotes and lists nested deeper than any
    person writes (they would cost seconds) are shown as they were typed. Raises ToolkitError for a text of more
    than 64 KiB, which the reader of records refuses before.
    """
    if len(text.encode("utf-8", "replace")) > MAX_TEXT:
        raise ToolkitError("a text is longer than 64 KiB", "split it into several notes")
    marked = cmark.markdown_to_html_with_extensions(_CONTROL.sub("", text), extensions=_EXTENSIONS)
    if _depth(marked) > MAX_DEPTH:
        plain = _sealed("<pre>" + html.escape(_CONTROL.sub("", text), quote=False) + "</pre>")
        return Markup('<div class="prose">' + plain + "</div>")
    clean = nh3.clean(
        _IMAGE.sub(r"\1", marked),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_filter,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    ticked = _TICK.sub(lambda found: _task(found, words), clean)
    return Markup('<div class="prose">' + _sealed(_leveled(ticked, level)) + "</div>")


def _depth(marked: str) -> int:
    depth = deepest = 0
    for slash in _NEST.findall(marked):
        depth += -1 if slash else 1
        deepest = max(deepest, depth)
    return deepest


def _filter(tag: str, name: str, value: str) -> str | None:
    if tag == "a" and name == "href" and not _LINK.match(value):
        return None
    if tag == "input" and name == "type" and value != "checkbox":
        return None
    return value


def _task(found: re.Match[str], words: Words) -> str:
    """Show a task line as people say it: a box, the promise, who and until when."""
    done = "checked" in found.group(0).partition(">")[0]
    said = _WORD.sub(lambda word: _spoken(word, words), found.group(1).strip())
    label = html.escape(words.done if done else words.open)
    kind = "tick tick-done" if done else "tick"
    return f'<span class="{kind}"><span class="unseen">{label}</span></span> {said}'


def _spoken(word: re.Match[str], words: Words) -> str:
    person, day = word.group(1), word.group(2)
    if person:
        return f'<span class="who">{html.escape(words.names.get(person, person), quote=False)}</span>'
    return f'<span class="due">{html.escape(words.due(day), quote=False)}</span>' if day else ""


def _leveled(text: str, first: int) -> str:
    """Renumber the headings so that none is skipped, beginning at the level that the page leaves for them."""
    used = sorted({int(number) for slash, number in _HEADING.findall(text) if not slash})
    rank = {number: min(first + index, 6) for index, number in enumerate(used)}
    last = first - 1

    def moved(found: re.Match[str]) -> str:
        nonlocal last
        if not found.group(1):
            last = min(rank[int(found.group(2))], last + 1)
        return f"<{found.group(1)}h{last}>"

    return _HEADING.sub(moved, text)


def _sealed(text: str) -> str:
    """Write the HTML on one line, with no character in its text that the site's Markdown chain acts on."""
    pieces, code = [], 0
    for piece in _TAG.split(text):
        if piece.startswith("<"):
            code += (piece == "<pre>") - (piece == "</pre>")
            pieces.append(piece)
        elif code:
            pieces.append(piece.translate(_SPECIAL).replace("\n", "&#10;").replace("\t", "&#9;"))
        else:
            pieces.append(piece.translate(_SPECIAL).replace("\n", " ").replace("\t", " "))
    return "".join(pieces).strip()
