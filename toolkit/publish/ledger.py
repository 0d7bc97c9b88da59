"""Numbers as pages print them: in a language's own form, with a mark for what is known of their origin."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, get_args

from markupsafe import Markup

from toolkit.model.cited import CODE, FIGURE
from toolkit.model.evidence import Standing
from toolkit.model.formats import LANGUAGES
from toolkit.publish.prose import attribute, inline
from toolkit.publish.strings import Speech
from toolkit.publish.view import View
from toolkit.publish.world import World
from toolkit.source import fenced

PAGE = "reference/figures.md"
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
_BARE = re.compile(r"(?<!\d)\.(?=\d)")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")

Link = Callable[..., Markup]


def has_ledger(world: World) -> bool:
    """Whether there is anything to list."""
    return bool(world.figures or world.benchmarks)


def said(words: View | None, language: str) -> str:
    """Give words in a language, else as they were written first."""
    if words is None:
        return ""
    own = words[language] if language in LANGUAGES else None
    return str(own or words.en or "")


def printed(words: View, speech: Speech, language: str = "") -> str:
    """Give a number in the reader's language; one that is written once takes that language's signs.

    In a text that is in another `language`, it stands as that language has it.
    """
    if language not in ("", speech.language):
        return said(words, language)
    own = words[speech.language] if speech.language in LANGUAGES else None
    return str(own) if own else _localized(str(words.en or ""), speech)


def _localized(text: str, speech: Speech) -> str:
    """Change the signs of an English number: its decimal point, its groups of three digits, its percent sign."""
    if speech.language == "en":
        return text
    groups = speech.table["groups"]
    text = _GROUPED.sub(lambda found: _regrouped(found.group(), groups), text)
    sign = str(speech.table["decimal"])
    text = _POINT.sub(sign, _BARE.sub(f"0{sign}", text))
    return text.replace("%", str(speech.table["percent"]).format(n=""))


def _regrouped(number: str, groups: Mapping[str, Any]) -> str:
    digits = number.replace(",", "")
    return number.replace(",", str(groups["sign"])) if len(digits) >= int(groups["least"]) else digits


def calls(world: World, speech: Speech, language: str, link: Link) -> dict[str, str]:
    """Give what stands in a guide for each key: the number, its mark, and the way to its entry in the ledger.

    The number is in the language of the guide, the mark in that of its readers.
    """
    return {each.key: str(_call(each, speech, language, link(PAGE, each.key))) for each in world.figures}


def _call(figure: View, speech: Speech, language: str, href: Markup) -> Markup:
    words = speech.table["ledger"]["marks"]
    mark = Markup()
    if figure.status in words:
        other = Markup(' lang="{}"').format(speech.language) if language != speech.language else Markup()
        mark = Markup(' <span class="figure-mark"{}>{}</span>').format(other, inline(words[figure.status]))
    value = Markup('<a class="figure" href="{}" title="{}">{}{}</a>')
    title = Markup(attribute(said(figure.counts, language)))
    return value.format(href, title, inline(printed(figure.value, speech, language)), mark)


def ledger_values(world: World, speech: Speech) -> dict[str, Any]:
    """What the page of the ledger is written with: the numbers by what is known of them, and the lines from elsewhere."""
    sources = {each.key: each for each in world.references}
    users = _users(world.guides)
    found = [
        (status, [_entry(each, speech, sources, users) for each in world.figures if each.status == status])
        for status in get_args(Standing)
    ]
    lines = [_line(each, speech, sources) for each in world.benchmarks]
    return {"groups": [each for each in found if each[1]], "lines": lines}


def _users(guides: Iterable[View]) -> dict[str, list[View]]:
    """The guides that print each number."""
    found: dict[str, list[View]] = {}
    for guide in guides:
        lines = (CODE.sub("", line) for line, is_code in fenced((guide.body or "").split("\n")) if not is_code)
        for key in dict.fromkeys(key for line in lines for key in FIGURE.findall(line)):
            found.setdefault(key, []).append(guide)
    return found


def _entry(
    figure: View, speech: Speech, sources: Mapping[str, View], users: Mapping[str, list[View]]
) -> dict[str, Any]:
    words = speech.table["ledger"]
    rows = (
        ("n", _localized(f"{figure.n:,}", speech) if figure.n is not None else ""),
        ("population", said(figure.population, speech.language)),
        ("design", words["designs"].get(figure.design, "")),
        ("period", figure.period or ""),
    )
    return {
        "key": figure.key,
        "value": printed(figure.value, speech),
        "counts": said(figure.counts, speech.language),
        "rows": [(words["labels"][name], value) for name, value in rows if value],
        "note": said(figure.note, speech.language),
        "sources": [sources[key] for key in figure.references if key in sources],
        "guides": users.get(figure.key, []),
    }


def _line(benchmark: View, speech: Speech, sources: Mapping[str, View]) -> dict[str, Any]:
    words = speech.table["ledger"]
    rows = (
        ("horizon", said(benchmark.horizon, speech.language)),
        ("measure", benchmark.measure or ""),
        ("status", words["standings"].get(benchmark.status, "")),
    )
    return {
        "key": f"line-{benchmark.key}",
        "value": printed(benchmark.line, speech),
        "counts": said(benchmark.counts, speech.language),
        "rows": [(words["labels"][name], value) for name, value in rows if value],
        "note": said(benchmark.caution, speech.language),
        "sources": [sources[key] for key in benchmark.references if key in sources],
        "guides": [],
    }
