"""What a site shows beside the records: rules, commands and templates, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RulePage:
    """A rule as the reference shows it; `text` is its page in Markdown, without the sentence of `fix`."""

    code: str
    severity: str
    text: str
    fix: str = ""
    private: bool = False
    privacy: bool = False


@dataclass(frozen=True, slots=True)
class MetricPage:
    """A metric as the reference shows it: what it counts, how it reads, what it does not show, what it needs beside records."""

    code: str
    family: str
    counts: str
    text: str = ""
    caution: str = ""
    needs: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class CommandPage:
    """A command as the reference shows it; `options` are pairs of how it is written and what it does."""

    name: str
    usage: str
    text: str
    example: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A template as a page shows it; `part` is when it is needed, and the first line of the text is its title."""

    name: str
    part: str
    title: str
    text: str

    @property
    def body(self) -> str:
        """The text below the title."""
        return self.text.partition("\n")[2].strip("\n")

    @property
    def lead(self) -> str:
        """Its first sentence, which says what it is for."""
        first = self.body.partition("\n\n")[0].replace("\n", " ").strip(" ")
        return first.partition(". ")[0].rstrip(".") + "."


@dataclass(frozen=True, slots=True)
class Extras:
    """What a site shows beside the records: rules, commands, metrics, and by language the templates, as plain data."""

    rules: tuple[RulePage, ...] = ()
    commands: tuple[CommandPage, ...] = ()
    sheets: Mapping[str, tuple[SheetPage, ...]] = field(default_factory=dict)
    metrics: tuple[MetricPage, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Every text in it."""
        rules = [text for rule in self.rules for text in (rule.code, rule.text, rule.fix)]
        commands = [text for each in self.commands for text in (each.name, each.usage, each.text, each.example)]
        options = (text for each in self.commands for option in each.options for text in option)
        sheets = (text for listed in self.sheets.values() for each in listed for text in (each.title, each.text))
        metrics = (text for each in self.metrics for text in (each.code, each.counts, each.text, each.caution))
        return (*rules, *commands, *options, *sheets, *metrics)
