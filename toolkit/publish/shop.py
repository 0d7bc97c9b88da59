"""What sites are made with: templates, texts, styles and configuration, the program's own before the shipped ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from toolkit.model.formats import LANGUAGES
from toolkit.publish.config import CONFIG, Config, load_config
from toolkit.publish.strings import Speech, load_strings
from toolkit.publish.tree import gather

_LOOK = {"stylesheets": (".css",), "scripts": (".js",), "images": (".svg", ".png", ".jpg", ".webp", ".ico")}


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

    def files(self) -> dict[str, bytes]:
        """The styles, scripts and pictures of a site, by their path in it; the program's own take the place of shipped ones."""
        return {
            f"{name}/{path}": data
            for folder in self.looks
            for name, suffixes in _LOOK.items()
            for path, data in gather(folder / name, suffixes).items()
        }

    def speeches(self, languages: tuple[str, ...], config: Config | None = None) -> tuple[Speech, ...]:
        """The languages of a site, its own first: those that the settings name, else the one that mkdocs.yml names."""
        theme = (config or load_config(self.config)).theme
        named = languages or (str(theme.get("language", "en")),)
        tables = {language: load_strings(language, self.looks) for language in (*named, *self._further(named))}
        return tuple(Speech(tables[language], tables) for language in dict.fromkeys(named))

    def _further(self, named: tuple[str, ...]) -> tuple[str, ...]:
        """The languages of forms and notes that have words, too, and are none of the site's."""
        return tuple(
            each
            for each in LANGUAGES
            if each not in named and any((folder / f"strings.{each}.yaml").is_file() for folder in self.looks)
        )


def _there(*folders: Path) -> tuple[Path, ...]:
    return tuple(dict.fromkeys(folder.resolve() for folder in folders if folder.is_dir()))
