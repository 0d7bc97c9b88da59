"""`mentoring import`: sign-ups from a form or a spreadsheet; a plan first, and `--write` does it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from toolkit.cli.common import say, today_of, today_option, workspace_of
from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from toolkit.importing.mapping import ImportMap
    from toolkit.importing.plan import Entry, Plan, Target
    from toolkit.importing.table import Table
    from toolkit.model import Records
    from toolkit.workspace import Workspace

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group("import")
def import_() -> None:
    """Take sign-ups from a form or a spreadsheet.

    \b
    Example:
      mentoring import people signups.csv > map.yaml
      mentoring import people signups.csv --map map.yaml --cohort lantern/2027
    """


@import_.command("people")
@click.argument("file", type=_FILE)
@click.option("--map", "map_path", type=_FILE, help="Which column goes where; without it, a map is proposed.")
@click.option("--cohort", metavar="PROGRAM/COHORT", help="What people apply to; else the map says it.")
@click.option("--role", type=click.Choice(["mentor", "mentee"]), help="The same role for all; else the map says it.")
@click.option("--write", is_flag=True, help="Do what the plan says.")
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
@today_option
@click.pass_context
def people(
    ctx: click.Context,
    file: Path,
    map_path: Path | None,
    cohort: str | None,
    role: str | None,
    write: bool,
    as_json: bool,
    today: str | None,
) -> int:
    """Take people and their applications from a CSV FILE.

    Without --map, print a map that is guessed from the headers. With it, print what would change; --write does it.
    Exit codes: 0 every row has its place, 1 a row is refused or in doubt, 2 the import could not run.

    \b
    Example:
      mentoring import people signups.csv > map.yaml
      mentoring import people signups.csv --map map.yaml --cohort lantern/2027
      mentoring import people signups.csv --map map.yaml --cohort lantern/2027 --write
    """
    from toolkit.importing.table import read_table

    if map_path is None:
        if write or as_json:
            raise ToolkitError("there is no map yet", f"print one: mentoring import people {file} > map.yaml")
        return _propose(read_table(file), file, cohort, role)
    from toolkit.importing.plan import plan_import
    from toolkit.load import load

    made = _map(map_path)
    if made is None:
        return 2
    table = read_table(file, made.encoding, made.separator)
    if _misses(map_path, table):
        return 2
    workspace = workspace_of(ctx)
    records = load(workspace).records
    target = _target(cohort or made.cohort, role, records)
    plan = plan_import(table, made, records, target, today_of(today, records.settings))
    click.echo(_json(plan, table) if as_json else _text(plan, table))
    _close(plan, file, map_path, target, written=_write(plan, workspace) if write else None)
    return 1 if plan.count("refused") or plan.count("doubtful") else 0


def _write(plan: Plan, workspace: Workspace) -> int:
    """Write with a bar where somebody watches: a thousand people take some seconds."""
    from toolkit.importing.plan import write

    stream = sys.stderr
    with click.progressbar(length=len(plan.files), label="writing", file=stream, hidden=not stream.isatty()) as bar:
        return write(plan, workspace, lambda: bar.update(1))


def _propose(table: Table, file: Path, cohort: str | None, role: str | None) -> int:
    from toolkit.importing.propose import propose

    click.echo(propose(table, cohort, role), nl=False)
    say(f"{table.name}: {len(table.rows)} rows, {len(table.columns)} columns, {'; '.join(table.notes)}")
    say(f"next: put this into map.yaml, correct it, then: mentoring import people {file} --map map.yaml")
    return 0


def _map(path: Path) -> ImportMap | None:
    from toolkit.formats import FORMATS
    from toolkit.importing.mapping import read_map

    made, _, findings = read_map(path)
    if findings:
        say(FORMATS["full"](findings))
    return made


def _misses(path: Path, table: Table) -> bool:
    """Say which columns the map names and the table does not have."""
    from toolkit.formats import FORMATS
    from toolkit.importing.mapping import read_map, unknown_columns

    made, source, _ = read_map(path)
    findings = unknown_columns(made, source, table.columns) if made and source else ()
    if findings:
        say(FORMATS["full"](findings))
    return bool(findings)


def _target(cohort: str | None, role: str | None, records: Records) -> Target:
    from toolkit.diagnostics import did_you_mean
    from toolkit.importing.plan import Target

    keys = [key for key in records.cohorts if cohort in (key, key.rpartition("/")[2])]
    if len(keys) == 1:
        program, _, name = keys[0].partition("/")
        return Target(program, name, role)
    known = ", ".join(records.cohorts) or "none yet: `mentoring init` makes one"
    if cohort is None:
        raise ToolkitError("it is not said which cohort people apply to", f"use --cohort; there are: {known}")
    if keys:
        raise ToolkitError(f"several programs have a cohort {cohort}", f"write one of: {', '.join(keys)}")
    hint = did_you_mean(cohort, records.cohorts, f"there are: {known}")
    raise ToolkitError(f"there is no cohort {cohort} that can be read", hint)


def _text(plan: Plan, table: Table) -> str:
    """The plan for people: a line for each row, then what is new beside people, then the sums."""
    from toolkit.importing.plan import STATUSES

    lines = [_line(entry) for entry in plan.entries]
    lines += [f"topic     {ident}: {title}" for ident, title in plan.topics]
    if plan.lost:
        lines += ["", "These columns go nowhere; map them, or name them under `keep` or `ignore`:"]
        lines += [f"  {column}" for column in plan.lost]
    sums = ", ".join(f"{plan.count(status)} {status}" for status in STATUSES if plan.count(status))
    notes = [f"note: {note}" for note in plan.notes]
    return "\n".join([*lines, "", *notes, f"{table.name}: {len(table.rows)} rows: {sums or 'nothing in them'}"])


def _line(entry: Entry) -> str:
    parts = [f"{entry.status:<9} row {entry.row:<5} {entry.person} {' and '.join(entry.roles)}".rstrip()]
    if entry.changed:
        parts.append(f"changes {', '.join(entry.changed)}")
    if entry.by_hand:
        parts.append(f"left as the file has it, so look there: {', '.join(entry.by_hand)}")
    return "; ".join([*parts, *entry.notes])


def _json(plan: Plan, table: Table) -> str:
    import json

    rows: list[dict[str, Any]] = [
        {
            "row": entry.row,
            "status": entry.status,
            "person": entry.person,
            "roles": list(entry.roles),
            "changed": list(entry.changed),
            "by_hand": list(entry.by_hand),
            "notes": list(entry.notes),
            "files": [file.path for file in entry.files],
        }
        for entry in plan.entries
    ]
    topics = [{"id": ident, "title": title} for ident, title in plan.topics]
    data = {"version": 1, "file": table.name, "rows": rows, "topics": topics, "lost": list(plan.lost)}
    return json.dumps(data | {"notes": list(plan.notes)}, indent=2, ensure_ascii=False)


def _close(plan: Plan, file: Path, map_path: Path, target: Target, *, written: int | None) -> None:
    if written is not None:
        private = "; contacts and whatever else is private lie in private/" if written else ""
        say(f"{written} file{'' if written == 1 else 's'} written{private}")
        say(
            f"next: read the applications in content/programs/{target.program}/{target.cohort}/applications/, then: "
            "mentoring check"
        )
    elif plan.files:
        role = f" --role {target.role}" if target.role else ""
        where = f"--cohort {target.program}/{target.cohort}{role}"
        say(f"nothing is written yet; next: mentoring import people {file} --map {map_path} {where} --write")
    else:
        say("there is nothing to write")
