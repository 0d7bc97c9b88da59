"""What the reference shows beside the records: rules and commands, as plain data."""

from __future__ import annotations

from dataclasses import dataclass


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
class CommandPage:
    """A command as the reference shows it; `options` are pairs of how it is written and what it does."""

    name: str
    usage: str
    text: str
    example: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Extras:
    """What the reference shows beside the records: rules and commands, as plain data."""

    rules: tuple[RulePage, ...] = ()
    commands: tuple[CommandPage, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Every text in it."""
        rules = [text for rule in self.rules for text in (rule.code, rule.text, rule.fix)]
        commands = [text for each in self.commands for text in (each.name, each.usage, each.text, each.example)]
        return (*rules, *commands, *(text for each in self.commands for option in each.options for text in option))
