"""`mentoring schema`: the JSON Schemas for editors, printed or put beside the records."""

from __future__ import annotations

import click

from toolkit.cli.common import say, workspace_of
from toolkit.errors import ToolkitError


@click.command("schema")
@click.argument("kind", required=False)
@click.option("--write", is_flag=True, help="Put the schemas into .mentoring/schema/ and bind them in VS Code.")
@click.option("--paths", is_flag=True, help="List where each kind of record lies.")
@click.pass_context
def schema(ctx: click.Context, kind: str | None, write: bool, paths: bool) -> None:
    """Write the JSON Schemas that editors use.

    Prints the schema of a KIND of record, or of all kinds; with --write, puts them where editors find them.

    \b
    Example:
      mentoring schema person
      mentoring schema --write
      mentoring schema --paths
    """
    if paths:
        _paths(kind)
    elif write:
        if kind:
            raise ToolkitError("--write puts all schemas in their place", "leave the kind away")
        _write(ctx)
    else:
        _print(kind)


def _paths(kind: str | None) -> None:
    from toolkit.workspace import PATTERNS

    _refuse_unknown(kind)
    shown = {kind: PATTERNS[kind]} if kind else PATTERNS
    width = max(len(name) for name in shown)
    for name, pattern in shown.items():
        click.echo(f"{name:<{width}}  {pattern}")


def _print(kind: str | None) -> None:
    import json

    from toolkit.schema import schemas

    _refuse_unknown(kind)
    made = schemas()
    click.echo(json.dumps(made[kind] if kind else made, indent=2, ensure_ascii=False))


def _refuse_unknown(kind: str | None) -> None:
    from toolkit.diagnostics import did_you_mean
    from toolkit.workspace import PATTERNS

    if kind is not None and kind not in PATTERNS:
        hint = did_you_mean(kind, PATTERNS, f"the kinds are: {', '.join(PATTERNS)}")
        raise ToolkitError(f"there is no kind of record `{kind}`", hint)


def _write(ctx: click.Context) -> None:
    import json

    from toolkit.schema import EDITOR, write

    written, missing = write(workspace_of(ctx))
    for name in written:
        click.echo(name)
    if missing:
        say(f"{EDITOR} is yours and was not changed. Add to it, inside `yaml.schemas`:")
        say(json.dumps(missing, indent=2))
    elif not written:
        say("the schemas are up to date")
    say("next: open a record in your editor; with the YAML extension it completes the fields")
