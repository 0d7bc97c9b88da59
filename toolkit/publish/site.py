"""From a world to a built site in its languages: pages and configuration written afresh, the engine run, the result put in place."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from toolkit.errors import ToolkitError
from toolkit.publish.config import CONFIG, Config, at_address, derived, in_language, load_config
from toolkit.publish.engine import Engine, run
from toolkit.publish.extras import Extras
from toolkit.publish.offline import embed
from toolkit.publish.pages import Site, pages
from toolkit.publish.reference import catalog_words
from toolkit.publish.shop import Shop
from toolkit.publish.strings import Speech
from toolkit.publish.tree import gather, write
from toolkit.publish.tree import replace as replace_folder
from toolkit.publish.world import World

_LOADS = re.compile(
    rb"""<(?:img|script|iframe|source|video|audio|embed|object|input|track)\b[^>]*?\s(?:src|data|poster)=["']?(?:https?:)?//"""
    rb"""|<link\b(?=[^>]*\brel=["']?[^"'>]*(?:stylesheet|preload|preconnect|icon|manifest|prefetch))"""
    rb"""[^>]*?\shref=["']?(?:https?:)?//"""
    rb"""|@import\s+(?:url\()?["']?(?:https?:)?//|\burl\(\s*["']?(?:https?:)?//|\ssrcset=["'][^"']*(?:https?:)?//""",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Source:
    """Everything that an engine needs for one audience, as files by path, and what of the configuration is not used.

    `rooms` are the folders in which the languages lie: the site's own language at the top, each other below it.
    """

    files: Mapping[str, str | bytes]
    notes: tuple[str, ...]
    words: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ("",)


def source(world: World, extras: Extras, shop: Shop, address: str = "") -> Source:
    """Write the source of a site: for each language `docs/`, `overrides/` and the derived configuration beside them.

    `address` is where the site will be, where that is not what mkdocs.yml says.
    """
    config = load_config(shop.config)
    config = at_address(config, address) if address else config
    speeches = shop.speeches(world.settings.languages, config)
    looks = shop.files()
    config, missing = _present(config, looks)
    files: dict[str, str | bytes] = {}
    for speech in speeches:
        room = _room(speech, speeches)
        site = pages(world, speech, extras, shop.templates)
        files.update({f"{room}docs/{path}": text for path, text in site.files.items()})
        files.update({f"{room}docs/{path}": data for path, data in looks.items()})
        overrides = gather(shop.overrides, (".html",))
        files.update({f"{room}overrides/{path}": data for path, data in overrides.items()})
        files[f"{room}{CONFIG}"] = _derive(config, site, world, speech, speeches)
    labeled = (text for speech in speeches for text in _labeled(world, speech))
    said = (
        *_words([speech.table for speech in speeches]),
        *labeled,
        *extras.words,
        *catalog_words(),
        *_markup(files, shop),
    )
    rooms = tuple(_room(speech, speeches) for speech in speeches)
    return Source(files, (*config.notes, *missing, *shop.notes()), said, rooms)


def _room(speech: Speech, speeches: tuple[Speech, ...]) -> str:
    return "" if speech is speeches[0] else f"{speech.language}/"


def _derive(config: Config, site: Site, world: World, speech: Speech, speeches: tuple[Speech, ...]) -> str:
    title = config.texts.get("site_name") or site.title
    address = config.texts.get("site_url", "")
    extra = {"audience": world.audience.kind.value, **site.extra, **_alternate(speech, speeches, address)}
    return derived(
        in_language(config, speech, _room(speech, speeches)), title, site.nav, site.hidden, extra, site.files
    )


def _alternate(speech: Speech, speeches: tuple[Speech, ...], address: str) -> dict[str, Any]:
    """The other languages as the theme's switch and the head of a page name them: by the way from this one's first page.

    `alternate` is only a yes: of a list, the theme would make links to the first pages and ask each for its map.
    """
    if len(speeches) < 2:
        return {}
    up = "" if speech is speeches[0] else "../"
    base = f"{address.rstrip('/')}/" if address else ""
    listed = [
        {
            "code": each.language,
            "name": each.table["name"],
            "room": _room(each, speeches),
            "to": "" if each is speech else f"{up}{_room(each, speeches)}",
            "at": f"{base}{_room(each, speeches)}" if base else "",
        }
        for each in speeches
    ]
    return {"alternate": True, "room": _room(speech, speeches), "languages": listed}


def _present(config: Config, looks: Mapping[str, bytes]) -> tuple[Config, tuple[str, ...]]:
    """Leave out styles and scripts that are not there: one engine would say so and the other would not."""
    named = (*config.styles, *config.scripts)
    missing = [name for name in named if name not in looks]
    notes = tuple(f"{CONFIG}: site_config/{name} is not there, so it is not used" for name in missing)
    styles = tuple(name for name in config.styles if name not in missing)
    scripts = tuple(name for name in config.scripts if name not in missing)
    return replace(config, styles=styles, scripts=scripts), notes


def _markup(files: Mapping[str, str | bytes], shop: Shop) -> list[str]:
    """The words of styles, scripts and shipped templates: a place called Center is no leak because a style says `center`."""
    looks = [data for data in files.values() if isinstance(data, bytes)]
    return [data.decode("utf-8", "ignore") for data in (*looks, *gather(shop.templates[-1], (".j2",)).values())]


def _labeled(world: World, speech: Speech) -> Iterator[str]:
    """What stands on a person's card: a plan's reason begins in the same words, and is no leak because of them."""
    for label in (speech.table["people"]["offers"], speech.table["people"]["seeks"]):
        yield from (f"{label} {topic.title}" for listed in world.topic_lists for topic in listed.topics)


def _words(table: object) -> list[str]:
    """Every text that the site says of itself."""
    if isinstance(table, dict):
        return [word for value in table.values() for word in _words(value)]
    if isinstance(table, list):
        return [word for value in table for word in _words(value)]
    return [str(table)]


def build(
    made: Source,
    target: Path,
    engine: Engine,
    environ: Mapping[str, str],
    day: datetime.date,
    proof: Callable[[Path], None] = lambda _: None,
) -> None:
    """Build a site into `target/site` beside its source; what was there stays until the new one is whole.

    `proof` looks at the finished folder and raises where it must not be published. Raises ToolkitError where the
    engine fails, or a page would load something from elsewhere.
    """

    def make(fresh: Path) -> None:
        write(made.files, fresh)
        with ThreadPoolExecutor(max_workers=min(len(made.rooms), os.cpu_count() or 1)) as pool:
            list(pool.map(lambda room: run(engine, fresh / room / CONFIG, environ, _seconds(day)), made.rooms))
        for room in filter(None, made.rooms):
            (fresh / room / "site").rename(fresh / "site" / room)
        embed(fresh / "site")
        outside = requests(fresh / "site")
        if outside:
            listed = ", ".join(outside[:5])
            hint = "keep styles, scripts, fonts and pictures below site_config/ and name them by their path there"
            raise ToolkitError(f"these pages would load something from another address: {listed}", hint)
        proof(fresh)

    replace_folder(target, make)


def requests(site: Path) -> tuple[str, ...]:
    """List the pages and styles of a built site that would make a browser fetch something from another address."""
    found = []
    for path in sorted(site.rglob("*")):
        if path.suffix in (".html", ".css", ".svg") and path.is_file() and _LOADS.search(path.read_bytes()):
            found.append(path.relative_to(site).as_posix())
    return tuple(found)


def _seconds(day: datetime.date) -> int:
    """The build's moment: the start of the day it counts from, so that a rebuild gives the same bytes."""
    return int(datetime.datetime.combine(day, datetime.time(), datetime.UTC).timestamp())
