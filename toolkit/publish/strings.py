"""The words of the pages in one language: the shipped file, with the lines that a program's own file changes."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from markupsafe import Markup

from toolkit.errors import ToolkitError
from toolkit.model import grammar
from toolkit.publish.numbers import Count
from toolkit.publish.prose import inline

_GAP = re.compile(r"\{(\w+)\}")
_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")


def load_strings(language: str, folders: tuple[Path, ...]) -> dict[str, Any]:
    """Read `strings.<language>.yaml` of each folder, the later ones over the earlier; raises ToolkitError."""
    name = f"strings.{language}.yaml"
    table = grammar.read_table(name, folders)
    if not table:
        raise ToolkitError(f"there are no page texts for the language `{language}`", f"write site_config/{name}")
    return table


@dataclass(frozen=True, slots=True)
class Speech:
    """How things are said in one language: words for values, days, and sentences with gaps."""

    table: Mapping[str, Any]
    others: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, repr=False)
    """The words of further languages, for what is written in the language of its readers and not of the site."""

    def to(self, language: str) -> Speech:
        """Speak another language; this one stays where there are no words of that."""
        return replace(self, table=self.others[language]) if language in self.others else self

    @property
    def language(self) -> str:
        """The code of the language."""
        return str(self.table["language"])

    def word(self, value: object, family: str = "words") -> str:
        """Say a value of a closed list in words; without an entry its hyphens become blanks."""
        return str(self.table[family].get(str(value), str(value).replace("-", " ")))

    def day(self, value: datetime.date, short: bool = False) -> str:
        """Write a day out, or (short) its month alone."""
        if short:
            return str(self.table["months_short"][value.month - 1])
        return grammar.day(self.table, value)

    def month(self, value: str) -> str:
        """Write a month such as 2026-10 out; anything else stays as it is."""
        if not _MONTH.fullmatch(value):
            return value
        return str(self.table["month"]).format(month=self.table["months"][int(value[5:]) - 1], year=value[:4])

    def number(self, value: float, places: int | None = None) -> str:
        """Write a number with the decimal sign of the language; `places` digits stand behind it, else as many as it has."""
        text = f"{value:g}" if places is None else f"{value:.{places}f}"
        return text.replace(".", str(self.table["decimal"]))

    def percent(self, share: float) -> str:
        """Write a share, 0 to 1, as a percentage."""
        return str(self.table["percent"]).format(n=round(share * 100))

    def count(self, value: Count) -> str:
        """Say a count, or that it describes too few people to be told."""
        if value.value is not None:
            return str(value.value)
        table = self.table["counts"]
        return str(table["withheld"] if value.below is None else table["below"].format(n=value.below))

    def named(self, name: str, value: str) -> str:
        """Write a value after its name."""
        return str(self.table["colon"]).format(name=name, value=value)

    def label(self, name: str) -> str:
        """Say the name of a field, as a label."""
        return str(self.table["labels"].get(name) or name.replace("_", " ").capitalize())

    def names(self, names: Iterable[str]) -> str:
        """Join people's names as a sentence does; an empty one is a person who may not be named."""
        return grammar.names(self.table, names)

    def when(self, value: datetime.date | None) -> Markup:
        """Write a day out as a `<time>` that machines read too; nothing for no day."""
        if value is None:
            return Markup()
        return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), inline(self.day(value)))

    def listing(self, values: list[Any]) -> Markup:
        """Join words or pieces of HTML as a sentence does."""
        pieces = [value if hasattr(value, "__html__") else inline(value) for value in values]
        if len(pieces) < 2:
            return Markup("").join(pieces)
        joint = grammar.joint(self.table, pieces[-1].striptags())
        return self.fill(joint, list=Markup(", ").join(pieces[:-1]), last=pieces[-1])

    def fill(self, sentence: str, **values: Any) -> Markup:
        """Put values into the gaps of a sentence; both are escaped, pieces of HTML are not."""
        pieces = []
        for index, piece in enumerate(_GAP.split(sentence)):
            value = values[piece] if index % 2 else piece
            pieces.append(value if hasattr(value, "__html__") else kept(value))
        return Markup("").join(pieces)


def kept(value: object) -> Markup:
    """Escape, and keep the blanks at both ends, which belong to the sentence."""
    text = str(value)
    lead, tail = " " * text[:1].isspace(), " " * text[-1:].isspace()
    return Markup(lead) + inline(text) + Markup(tail) if text.strip() else Markup(lead)
