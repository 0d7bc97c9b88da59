"""The toolkit's own commands and rules as plain data, for the reference that a built site carries."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from toolkit.publish.extras import CommandPage, Extras, MetricPage, SheetPage
    from toolkit.workspace import Workspace

_EXAMPLE = "Example:"


def extras(workspace: Workspace | None = None) -> Extras:
    """Describe every rule, command and metric, and give the templates in each language, a program's own first."""
    from toolkit.cli.app import cli
    from toolkit.model.formats import LANGUAGES
    from toolkit.publish.extras import Extras, RulePage
    from toolkit.rules import RULES

    rules = tuple(
        RulePage(rule.code, rule.severity.value, _without_fix(rule.page), rule.fix, rule.private, rule.privacy)
        for rule in RULES
    )
    context = click.Context(cli, info_name="mentoring")
    sheets = {language: tuple(_sheets(workspace, language)) for language in LANGUAGES}
    return Extras(rules, tuple(_commands(cli, context)), sheets, tuple(_metrics()))


def _metrics() -> Iterator[MetricPage]:
    from toolkit.publish.extras import MetricPage
    from toolkit.reports.metrics import METRICS
    from toolkit.reports.metrics.base import CAUTION

    for each in METRICS.values():
        counts, _, rest = each.page.partition("\n\n")
        text, _, caution = rest.partition(CAUTION)
        yield MetricPage(each.code, each.family, counts, text.strip(), caution, each.needs, each.private)


def _sheets(workspace: Workspace | None, language: str) -> Iterator[SheetPage]:
    from toolkit.publish.extras import SheetPage
    from toolkit.scaffold.sheets import sheets
    from toolkit.workspace import Workspace, shipped

    for each in sheets(workspace or Workspace(shipped("templates").parent), language):
        yield SheetPage(each.name, each.part, each.title, each.text)


def _without_fix(page: str) -> str:
    return "\n\n".join(paragraph for paragraph in page.split("\n\n") if not paragraph.startswith("Fix: "))


def _commands(group: click.Group, context: click.Context) -> Iterator[CommandPage]:
    """Go through a group's commands, and through the commands of each that is a group itself."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None:
            continue
        below = click.Context(command, info_name=name, parent=context)
        yield _page(command, below)
        if isinstance(command, click.Group):
            yield from _commands(command, below)


def _page(command: click.Command, context: click.Context) -> CommandPage:
    from toolkit.publish.extras import CommandPage

    said, _, example = inspect.cleandoc(command.help or "").partition(_EXAMPLE)
    usage = " ".join((context.command_path, *command.collect_usage_pieces(context)))
    records = (parameter.get_help_record(context) for parameter in command.get_params(context))
    options = tuple((written, says) for written, says in filter(None, records) if says)
    text = said.replace("\b", "").strip()
    return CommandPage(context.command_path, usage, text, inspect.cleandoc(example), options)
