"""The engine's configuration: the program's own mkdocs.yml read as data, and what of it reaches the derived file.

Only keys on the lists below pass. Hooks, plugins and theme folders run programs, analytics and remote scripts make
requests: none of them reaches the engine, and each is named so that nobody wonders.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as TextMap
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from toolkit.errors import ToolkitError
from toolkit.publish.prose import attribute
from toolkit.publish.strings import Speech
from toolkit.source import Fault, Mapping, Node, Scalar, read

CONFIG = "mkdocs.yml"
_TEXTS = ("site_name", "site_description", "site_author", "site_url")
_THEME = ("name", "palette", "features", "language", "icon", "logo", "favicon")
_EXTRA = ("homepage", "social", "alternate", "generator", "status", "tags")
_OPTIONS: dict[str, tuple[str, ...]] = {
    "abbr": (),
    "admonition": (),
    "attr_list": (),
    "def_list": (),
    "footnotes": ("BACKLINK_TITLE", "SEPARATOR"),
    "md_in_html": (),
    "tables": (),
    "toc": ("permalink", "permalink_title", "title", "toc_depth"),
    "pymdownx.betterem": ("smart_enable",),
    "pymdownx.caret": (),
    "pymdownx.details": (),
    "pymdownx.emoji": (),
    "pymdownx.highlight": ("anchor_linenums", "linenums", "use_pygments"),
    "pymdownx.inlinehilite": (),
    "pymdownx.keys": (),
    "pymdownx.mark": (),
    "pymdownx.smartsymbols": (),
    "pymdownx.superfences": (),
    "pymdownx.tabbed": ("alternate_style",),
    "pymdownx.tasklist": ("custom_checkbox", "clickable_checkbox"),
    "pymdownx.tilde": (),
}
# What the pages and the guides are written in; a program's own list adds to it.
_BASE: dict[str, dict[str, Any]] = {
    **{name: {} for name in ("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables")},
    "toc": {"permalink": False},
    **{f"pymdownx.{name}": {} for name in ("betterem", "caret", "details", "inlinehilite", "keys", "mark")},
    "pymdownx.emoji": {
        "emoji_index": "!!python/name:material.extensions.emoji.twemoji",
        "emoji_generator": "!!python/name:material.extensions.emoji.to_svg",
    },
    "pymdownx.highlight": {"anchor_linenums": False},
    "pymdownx.superfences": {},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.tasklist": {"custom_checkbox": True},
    "pymdownx.tilde": {},
}
_FORM = re.compile(r"programs/[^/]+/[^/]+/pairs/[^/]+/note\.md")
_CALLED = re.compile(r'"!!python/name:(material\.extensions\.emoji\.(?:twemoji|to_svg))"')
_ICON = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*\Z")
_FILE = re.compile(r"[\w-][\w.-]*(?:/[\w-][\w.-]*)*\Z")
_WORD = re.compile(r"[a-z]+(?:[.-][a-z]+)*\Z")
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>\"']+\Z")


@dataclass(frozen=True, slots=True)
class Config:
    """What a program's mkdocs.yml asks for and may have; `notes` say what was left out and why."""

    texts: dict[str, str]
    theme: dict[str, Any]
    extra: dict[str, Any]
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    nav: tuple[tuple[str, str], ...] = ()
    extensions: tuple[tuple[str, dict[str, Any]], ...] = ()
    notes: tuple[str, ...] = ()


def load_config(path: Path) -> Config:
    """Read a mkdocs.yml as data; raises ToolkitError where it cannot be read."""
    try:
        root = read(str(path), CONFIG).root
    except Fault as fault:
        where = f"{CONFIG}:{fault.span.line}:{fault.span.column}"
        raise ToolkitError(f"{where}: {fault.message}", fault.hint) from None
    return pick(_plain(root))


def pick(data: dict[str, Any]) -> Config:
    """Keep of a mkdocs.yml what may reach the engine, and say what does not."""
    notes: list[str] = []
    known = (*_TEXTS, "theme", "extra", "extra_css", "extra_javascript", "nav", "markdown_extensions")
    for key in data:
        if key not in known:
            notes.append(_unused(str(key)))
    texts = {key: data[key] for key in _TEXTS if isinstance(data.get(key), str)}
    if not _ADDRESS.match(texts.get("site_url", "http://a")):
        notes.append(f"{CONFIG}: `site_url` is no web address and is not used")
        del texts["site_url"]
    return Config(
        texts,
        dict(_theme(data.get("theme"), notes)),
        dict(_extra(data.get("extra"), notes)),
        tuple(_files(data.get("extra_css"), "extra_css", notes)),
        tuple(_files(data.get("extra_javascript"), "extra_javascript", notes)),
        tuple(_nav(data.get("nav"), notes)),
        tuple(_extensions(data.get("markdown_extensions"), notes)),
        tuple(notes),
    )


def at_address(config: Config, address: str) -> Config:
    """Let the site be at this address; raises ToolkitError where it is none."""
    if not _ADDRESS.match(address) or address.startswith("mailto:"):
        raise ToolkitError(
            "the address of the site is no web address", "write it whole, as https://example.org/mentoring/"
        )
    return replace(config, texts={**config.texts, "site_url": f"{address.rstrip('/')}/"})


def _unused(key: str) -> str:
    if key in ("plugins", "hooks"):
        return f"{CONFIG}: `{key}` is not used: it runs programs, and the site must be the same without them"
    return f"{CONFIG}: `{key}` is not used"


def _theme(theme: Any, notes: list[str]) -> Iterator[tuple[str, Any]]:
    if isinstance(theme, str):
        theme = {"name": theme}
    if not isinstance(theme, dict):
        return
    for key, value in theme.items():
        if key not in _THEME:
            notes.append(f"{CONFIG}: `theme.{key}` is not used")
        elif key == "name" and value != "material":
            notes.append(f"{CONFIG}: `theme.name` is not used: the pages are made for `material`")
        elif (key in ("logo", "favicon") and not _local(value)) or (key == "icon" and not _all_match(value, _ICON)):
            notes.append(f"{CONFIG}: `theme.{key}` is not used: it must name a file of the site or an icon")
        elif key == "features" and not _all_match(value, _WORD):
            notes.append(f"{CONFIG}: `theme.features` is not used: it must be a list of names")
        elif key == "palette" and not _all_match(value, re.compile(r"[\w :(),/-]*\Z")):
            notes.append(f"{CONFIG}: `theme.palette` is not used: it holds more than names")
        elif key == "language" and not _all_match(value, re.compile(r"[a-zA-Z-]{2,10}\Z")):
            notes.append(f"{CONFIG}: `theme.language` is not used: it must be a language code")
        elif key != "name":
            yield key, value


def _extra(extra: Any, notes: list[str]) -> Iterator[tuple[str, Any]]:
    for key, value in extra.items() if isinstance(extra, dict) else ():
        if key in _EXTRA and _safe(value):
            yield key, value
        else:
            notes.append(f"{CONFIG}: `extra.{key}` is not used: it is unknown, or it would make requests elsewhere")


def _files(listed: Any, key: str, notes: list[str]) -> Iterator[str]:
    for each in listed if isinstance(listed, list) else ():
        if _local(each):
            yield each
        else:
            notes.append(f"{CONFIG}: an entry of `{key}` is not used: put the file below site_config/ and name it")


def _nav(listed: Any, notes: list[str]) -> Iterator[tuple[str, str]]:
    for each in listed if isinstance(listed, list) else ():
        title, target = next(iter(each.items())) if isinstance(each, dict) and len(each) == 1 else ("", "")
        if title and isinstance(target, str) and (_ADDRESS.match(target) or _local(target)):
            yield str(title), target
        else:
            notes.append(f"{CONFIG}: an entry of `nav` is not used: write `- Title: page.md` or a web address")


def _extensions(listed: Any, notes: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    items = listed.items() if isinstance(listed, dict) else _pairs(listed if isinstance(listed, list) else ())
    for name, given in items:
        if name not in _OPTIONS:
            notes.append(f"{CONFIG}: the Markdown extension `{name}` is not used: it is not among the known ones")
            continue
        options = given if isinstance(given, dict) else {}
        for key in sorted(set(options) - set(_OPTIONS[name])):
            notes.append(f"{CONFIG}: the option `{key}` of `{name}` is not used")
        kept = {k: v for k, v in options.items() if k in _OPTIONS[name] and isinstance(v, str | int)}
        yield name, kept


def _pairs(listed: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    for each in listed:
        if isinstance(each, dict):
            yield from each.items()
        else:
            yield str(each), {}


def in_language(config: Config, speech: Speech, room: str) -> Config:
    """What the configuration is for the site of one language, which lies in the folder `room` of the whole.

    The names of the palette's switches are the program's own only in the site's own language.
    """
    address = config.texts.get("site_url", "")
    at = {"site_url": f"{address.rstrip('/')}/{room}"} if address and room else {}
    theme: dict[str, Any] = {**config.theme, "language": speech.language}
    if isinstance(theme.get("palette"), list):
        theme["palette"] = [_switch(each, speech.table["theme"], bool(room)) for each in theme["palette"]]
    return replace(config, texts={**config.texts, **at}, theme=theme)


def _switch(entry: Any, words: TextMap[str, str], foreign: bool) -> Any:
    if not isinstance(entry, dict) or not isinstance(toggle := entry.get("toggle"), dict):
        return entry
    name = words["to_light" if entry.get("scheme") == "slate" else "to_dark"]
    return {**entry, "toggle": {**toggle, "name": name if foreign else toggle.get("name", name)}}


def derived(
    config: Config, title: str, nav: list[Any], hidden: str, extra: dict[str, Any], pages: Iterable[str]
) -> str:
    """Write the engine's configuration for one audience as JSON, which YAML readers read.

    `hidden` is the pattern of pages that stay out of the navigation, `extra` what the theme's templates ask for; a nav entry of the program's own that names a
    page not among `pages` is left out, for one engine would say so and the other would not.
    """
    there = set(pages)
    own = [{attribute(name): target} for name, target in config.nav if not _local(target) or target in there]
    extensions = {name: dict(options) for name, options in _BASE.items()}
    for name, options in config.extensions:
        extensions.setdefault(name, {}).update(options)
    data = {
        # The theme writes these as they are, so they are escaped here. In one place it escapes the name once more,
        # so an ampersand that cannot be misread stays as it is.
        "site_name": attribute(title).replace("&amp; ", "& "),
        **{key: attribute(value) for key, value in config.texts.items() if key != "site_name"},
        "docs_dir": "docs",
        "site_dir": "site",
        "use_directory_urls": False,
        "theme": {"name": "material", "variant": "classic", "custom_dir": "overrides", "font": False, **config.theme},
        "plugins": {"search": {}},
        "markdown_extensions": extensions,
        "extra": {"generator": False, "homepage": "index.html", **config.extra, **extra},
        "extra_css": ["stylesheets/site.css", *config.styles],
        "extra_javascript": ["scripts/site.js", *_form_script(there), *config.scripts],
        "nav": [*nav, *own],
        "not_in_nav": hidden,
        "validation": {
            "nav": {"omitted_files": "warn", "not_found": "warn", "absolute_links": "warn"},
            "links": {
                "not_found": "warn",
                "anchors": "warn",
                "absolute_links": "warn",
                "unrecognized_links": "warn",
            },
        },
    }
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    return _CALLED.sub(r'!!python/name:\1 ""', text)


def _form_script(pages: Iterable[str]) -> list[str]:
    """The script of the form for a note, on a site that has such a form."""
    return ["scripts/note.js"] if any(_FORM.fullmatch(path) for path in pages) else []


def _plain(node: Node) -> Any:
    """Give the tree as dicts, lists, texts, whole numbers and yes or no: MkDocs tells `true` from a text."""
    if isinstance(node, Mapping):
        return {key.value: _plain(value) for key, value in node.entries}
    if not isinstance(node, Scalar):
        return [_plain(item) for item in node.items]
    if node.plain and node.value in ("true", "false"):
        return node.value == "true"
    if node.plain and node.value.isascii() and node.value.isdigit() and len(node.value) < 10:
        return int(node.value)
    return node.value


def _local(value: Any) -> bool:
    return isinstance(value, str) and _FILE.match(value) is not None


def _all_match(value: Any, pattern: re.Pattern[str]) -> bool:
    """Say whether every text in a value, however deep, is of this form; keys count as well."""
    if isinstance(value, dict):
        return all(isinstance(k, str) and _WORD.match(k) and _all_match(v, pattern) for k, v in value.items())
    if isinstance(value, list):
        return all(_all_match(each, pattern) for each in value)
    return isinstance(value, bool) or (isinstance(value, str) and pattern.match(value) is not None)


def _safe(value: Any) -> bool:
    """Say whether a value can stand in a page as it is: the theme does not escape what it is given."""
    if isinstance(value, dict):
        return all(_safe(key) and _safe(each) for key, each in value.items())
    if isinstance(value, list):
        return all(_safe(each) for each in value)
    if isinstance(value, str):
        return not re.search(r"[<>\"'\\]|javascript:", value, re.IGNORECASE)
    return isinstance(value, bool | int)
