"""From a world to a built site: pages, look and configuration written afresh, the engine run, the result put in place."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.errors import ToolkitError
from toolkit.publish.config import CONFIG, Config, derived, load_config
from toolkit.publish.engine import Engine, run
from toolkit.publish.extras import Extras
from toolkit.publish.offline import embed
from toolkit.publish.pages import Site, pages
from toolkit.publish.strings import load_strings
from toolkit.publish.tree import gather, write
from toolkit.publish.tree import replace as replace_folder
from toolkit.publish.world import World

_LOOK = {"stylesheets": (".css",), "scripts": (".js",), "images": (".svg", ".png", ".jpg", ".webp", ".ico")}
_LOADS = re.compile(
    rb"""<(?:img|script|iframe|source|video|audio|embed|object|input|track)\b[^>]*?\s(?:src|data|poster)=["']?(?:https?:)?//"""
    rb"""|<link\b(?=[^>]*\brel=["']?[^"'>]*(?:stylesheet|preload|preconnect|icon|manifest|prefetch))"""
    rb"""[^>]*?\shref=["']?(?:https?:)?//"""
    rb"""|@import\s+(?:url\()?["']?(?:https?:)?//|\burl\(\s*["']?(?:https?:)?//|\ssrcset=["'][^"']*(?:https?:)?//""",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Shop:
    """What sites are made with: the program's own folders, which come first, and the shipped ones."""

    own: Path
    templates: tuple[Path, ...]
    looks: tuple[Path, ...]
    config: Path
    overrides: Path

    @classmethod
    def of(cls, root: Path, shipped: Callable[[str], Path]) -> Shop:
        """Find the folders of a program; what it does not bring is the shipped."""
        own = root / "site_config"
        config = root / CONFIG
        return cls(
            own,
            _there(root / "templates" / "pages", shipped("templates") / "pages"),
            _there(shipped("site_config"), own),
            config if config.is_file() else shipped(CONFIG),
            shipped("site_config") / "overrides",
        )

    def notes(self) -> tuple[str, ...]:
        """Say what of the program's folder is not used, and why."""
        theirs = self.own / "overrides"
        if gather(theirs, (".html",)) in ({}, gather(self.overrides, (".html",))):
            return ()
        return ("site_config/overrides is not used: theme templates run programs; use stylesheets and templates/pages",)


def _there(*folders: Path) -> tuple[Path, ...]:
    return tuple(dict.fromkeys(folder.resolve() for folder in folders if folder.is_dir()))


@dataclass(frozen=True, slots=True)
class Source:
    """Everything that an engine needs for one audience, as files by path, and what of the configuration is not used."""

    files: Mapping[str, str | bytes]
    notes: tuple[str, ...]
    words: tuple[str, ...] = ()


def source(world: World, extras: Extras, shop: Shop, engine: Engine = "mkdocs") -> Source:
    """Write the source of a site: `docs/`, `overrides/` and the derived configuration beside them."""
    config = load_config(shop.config)
    language = str(config.theme.get("language", "en"))
    strings = load_strings(language, shop.looks)
    site = pages(world, strings, extras, shop.templates)
    files: dict[str, str | bytes] = {f"docs/{path}": text for path, text in site.files.items()}
    for folder in shop.looks:
        for name, suffixes in _LOOK.items():
            files.update({f"docs/{name}/{path}": data for path, data in gather(folder / name, suffixes).items()})
    files.update({f"overrides/{path}": data for path, data in gather(shop.overrides, (".html",)).items()})
    said = (*_words(strings), *extras.words, *_markup(files, shop))
    config, missing = _present(config, files)
    files[CONFIG] = _derive(config, site, world)
    return Source(files, (*config.notes, *missing, *shop.notes()), said)


def _derive(config: Config, site: Site, world: World) -> str:
    title = config.texts.get("site_name") or site.title
    return derived(
        config, title, site.nav, site.hidden, {"audience": world.audience.kind.value, **site.extra}, site.files
    )


def _present(config: Config, files: Mapping[str, str | bytes]) -> tuple[Config, tuple[str, ...]]:
    """Leave out styles and scripts that are not there: one engine would say so and the other would not."""
    named = (*config.styles, *config.scripts)
    missing = [name for name in named if f"docs/{name}" not in files]
    notes = tuple(f"{CONFIG}: site_config/{name} is not there, so it is not used" for name in missing)
    styles = tuple(name for name in config.styles if name not in missing)
    scripts = tuple(name for name in config.scripts if name not in missing)
    return replace(config, styles=styles, scripts=scripts), notes


def _markup(files: Mapping[str, str | bytes], shop: Shop) -> list[str]:
    """The words of styles, scripts and shipped templates: a place called Center is no leak because a style says `center`."""
    looks = [data for data in files.values() if isinstance(data, bytes)]
    return [data.decode("utf-8", "ignore") for data in (*looks, *gather(shop.templates[-1], (".j2",)).values())]


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
        run(engine, fresh / CONFIG, environ, _seconds(day))
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
