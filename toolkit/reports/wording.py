"""How a report says a figure in a language: its title, its number with how many it is made of, and how sure it is."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from toolkit.errors import ToolkitError
from toolkit.model import grammar
from toolkit.model.instrument import said_in
from toolkit.reports.metrics import METRICS, Figure
from toolkit.reports.metrics.base import ENOUGH, Unit

_WHOLE = 100
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

    def title(self, code: str, measures: Mapping[str, Mapping[str, str]] | None = None) -> str:
        """The title of a metric; of a measure its own, for a measure says more closely what is meant."""
        own = said_in((measures or {}).get(code, {}), self.language)
        return _upper(own or str(self._own["titles"].get(code, code.replace("-", " "))))

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
        return self._fill(figure.kind, value=self._measured(figure.value, figure.unit), n=figure.n)

    def like(self, value: float, figure: Figure | None) -> str:
        """A value in the form of a figure that it is a line for: a share as a percentage, days as days."""
        if figure is None:
            return self.number(value)
        return self._percent(value) if figure.kind == "share" else self._measured(value, figure.unit)

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

    def _measured(self, value: float, unit: Unit) -> str:
        """A number with its unit."""
        if not unit:
            return self.number(value)
        forms = self._own["units"][unit]
        return grammar.filled(str(forms["one" if self._is_one(value) else "other"]), n=self.number(value))

    def _is_one(self, value: float) -> bool:
        """Whether a noun after this number is in the singular: in French all below two are."""
        return value == 1 or (self.language == "fr" and abs(value) < 2)

    def _percent(self, share: float) -> str:
        """A percentage; with a decimal where it would else pass for none or for all."""
        value = share * _WHOLE
        rounded = round(value) if value in (0, _WHOLE) or 1 <= value <= _WHOLE - 1 else round(value, 1)
        return grammar.filled(str(self._table["percent"]), n=self.number(rounded))

    def _fill(self, name: str, **values: object) -> str:
        return grammar.filled(str(self._own["values"][name]), **values)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
