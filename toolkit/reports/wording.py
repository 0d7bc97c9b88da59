"""How a report says a figure in a language: its title, its number with how many it is made of, and how sure it is."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from toolkit.errors import ToolkitError
from toolkit.model import grammar
from toolkit.reports.metrics import METRICS, Figure
from toolkit.reports.metrics.base import ENOUGH

_SHARE = 100
AND = " · "
"""What stands between two counts, in every language."""


class Wording:
    """The words of a report in one language, from `strings.<language>.yaml`; a program's own lines go over the shipped."""

    def __init__(self, language: str, folders: tuple[Path, ...]) -> None:
        self._table: Mapping[str, Any] = grammar.read_table(f"strings.{language}.yaml", folders)
        if not self._table:
            raise ToolkitError(f"there are no words for the language `{language}`", "choose en, es or fr")
        self.language = language
        self._own: Mapping[str, Any] = self._table["metrics"]

    def text(self, name: str, **values: object) -> str:
        """A sentence of the report, with its gaps filled."""
        return grammar.filled(str(self._own["report"][name]), **values)

    def family(self, name: str) -> str:
        """The title of a family of metrics."""
        return str(self._own["families"][name])

    def title(self, code: str) -> str:
        """The title of a metric, or of a measure by its id."""
        return _upper(str(self._own["titles"].get(code, code.replace("-", " "))))

    def counts(self, code: str) -> str:
        """What a metric counts of what, in a sentence or two."""
        own = self._own.get("counts", {}).get(code)
        return str(own) if own else " ".join(METRICS[code].page.partition("\n\n")[0].split())

    def day(self, value: datetime.date) -> str:
        """A day written out."""
        return grammar.day(self._table, value)

    def number(self, value: float) -> str:
        """A number with the decimal sign of the language; three digits say enough."""
        places = 2 if abs(value) < 10 else 1 if abs(value) < 100 else 0
        return f"{round(value, places):.12g}".replace(".", str(self._table["decimal"]))

    def value(self, figure: Figure) -> str:
        """A figure with how many it is made of; a percentage only where there are enough of them."""
        if figure.kind == "share":
            found = self._fill("share", part=self.number(figure.part or 0), n=figure.n)
            return f"{found} ({self._percent(figure.value)})" if figure.n >= ENOUGH else found
        shown = self.number(figure.value)
        if figure.unit:
            forms = self._own["units"][figure.unit]
            shown = grammar.filled(str(forms["one" if self._is_one(figure.value) else "other"]), n=shown)
        return self._fill(figure.kind, value=shown, n=figure.n)

    def bounds(self, figure: Figure) -> str:
        """Within which bounds a figure may well lie; nothing where that is not known."""
        if figure.low is None or figure.high is None:
            return ""
        say = self._percent if figure.kind == "share" else self.number
        return self._fill("bounds", low=say(figure.low), high=say(figure.high))

    def beside(self, figure: Figure) -> str:
        """The counts without which a figure would be misread; those of nothing are left out."""
        names = self._own["beside"]
        counted = ((str(names[name]), self.number(count)) for name, count in figure.beside if count)
        return AND.join(grammar.filled(name, n=count) for name, count in counted)

    def _is_one(self, value: float) -> bool:
        """Whether a noun after this number is in the singular: in French all below two are."""
        return value == 1 or (self.language == "fr" and abs(value) < 2)

    def _percent(self, share: float) -> str:
        return grammar.filled(str(self._table["percent"]), n=round(share * _SHARE))

    def _fill(self, name: str, **values: object) -> str:
        return grammar.filled(str(self._own["values"][name]), **values)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
