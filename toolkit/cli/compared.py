"""`mentoring match compare`: two plans side by side, written ones or computed ones; nothing is changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.common import console, say, today_option
from toolkit.cli.matchable import cohort_of, hint_private, opened, print_json, print_lines, say_refused
from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    import datetime

    from toolkit.load import Loaded
    from toolkit.matching.compare import Chosen, Comparison
    from toolkit.model import Plan
    from toolkit.workspace import Workspace


@click.command(short_help="Put two plans side by side: who changes, and what each is worth.")
@click.argument("first")
@click.argument("second", required=False)
@click.option("--policy", metavar="FILE", help="Compute the second plan by this policy instead.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON, for scripts.")
@today_option
@click.pass_context
def compare(
    ctx: click.Context, first: str, second: str | None, policy: str | None, as_json: bool, today: str | None
) -> int:
    """Put two plans side by side: who changes, and what each is worth.

    A plan is named by the id of its run or by its file; the name of a cohort stands for the plan that its policy gives
    today. Both are measured by the policy of the cohort as it stands: totals, lowest score, first choices, the load of
    mentors with what they carry elsewhere, what the policy does not allow in them, and, outside of groups and rounds,
    the pairs who would both rather have each other.

    \b
    Example:
      mentoring match compare 2027 --policy other.yaml
      mentoring match compare run-2026-11-02-1a2b3c run-2026-11-05-4d5e6f
    """
    if (second is None) == (policy is None):
        raise ToolkitError("two plans are compared", "name a second plan, or --policy FILE, and not both")
    scene = opened(ctx, today)
    if scene is None:
        return 1
    from toolkit.matching.compare import compare as measure
    from toolkit.matching.compare import comparison_data
    from toolkit.matching.policy import Refused

    workspace, loaded, day = scene.workspace, scene.loaded, scene.today
    hint_private(loaded.records)
    try:
        key, one = _chosen(workspace, loaded, first, day)
        other_key, other = _chosen(workspace, loaded, second, day) if second else (key, _by(loaded, key, policy, day))
        if key != other_key:
            raise ToolkitError(f"{first} is of {key}, and {second} of {other_key}", "compare plans of one cohort")
        found = measure(loaded.records, key, day, one, other)
    except Refused as refused:
        return say_refused(refused)
    if as_json:
        print_json(comparison_data(key, found))
    else:
        _show(found)
    if other.name in (each.id for each in loaded.records.plans.get(key, ())):
        say(f"next: mentoring match apply {other.name}")
    return 0


def _chosen(workspace: Workspace, loaded: Loaded, name: str, today: datetime.date) -> tuple[str, Chosen]:
    """Find the plan that is meant, with its cohort: a run, a plan's file, or a cohort to be matched now."""
    from toolkit.matching.compare import of_plan, of_policy

    plans = plans_named(workspace, loaded, name)
    if plans:
        return cohort_of(loaded.records, plans[0].cohort_key), of_plan(plans)
    if any(name in (key, key.partition("/")[2]) for key in loaded.records.cohorts):
        key = cohort_of(loaded.records, name)
        return key, of_policy(loaded.records, key, today, f"{key} today")
    raise ToolkitError(f"there is no plan {name}", known_plans(loaded))


def plans_named(workspace: Workspace, loaded: Loaded, name: str) -> tuple[Plan, ...]:
    """All files of a plan that is named by its run or by one of its files; nothing where there is no such plan."""
    every = [plan for group in loaded.records.plans.values() for plan in group]
    path = Path(name).resolve()
    inside = path.relative_to(workspace.root.resolve()).as_posix() if path.is_relative_to(workspace.root) else ""
    meant = {(each.cohort_key, each.id) for each in every if each.id == name or (inside and each.path == inside)}
    if len(meant) > 1:
        raise ToolkitError(f"several cohorts have a plan {name}", "name its file")
    return tuple(sorted((each for each in every if (each.cohort_key, each.id) in meant), key=lambda each: each.path))


def known_plans(loaded: Loaded) -> str:
    """Name the plans that were written, as a hint."""
    every = sorted({plan.id for group in loaded.records.plans.values() for plan in group})
    return f"there are: {', '.join(every)}" if every else "none was written yet: mentoring match propose COHORT --write"


def _by(loaded: Loaded, key: str, policy: str | None, today: datetime.date) -> Chosen:
    """Compute the cohort's plan by another policy, which stays a file of its own."""
    from toolkit.load import with_files
    from toolkit.matching.compare import of_policy

    name = policy or ""
    try:
        data = Path(name).read_bytes()
    except OSError as error:
        raise ToolkitError(f"{name} cannot be read: {error.strerror}", "name a policy file") from None
    path = loaded.records.policies[key].path
    try:
        records = with_files(loaded, {path: data}).records
    except ToolkitError as error:
        raise ToolkitError(error.message.replace(path, name), error.hint) from None
    found = of_policy(records, key, today, Path(name).name)
    return replace(found, inputs="")


def _show(found: Comparison) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    from toolkit.matching.compare import move_lines, table_of

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("")
    for side in (found.first, found.second):
        table.add_column(Text(side.name), justify="right", overflow="fold")
    for row in table_of(found):
        table.add_row(*(Text(cell) for cell in row))
    console().print(table)
    print_lines(move_lines(found))
