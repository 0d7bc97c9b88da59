"""What every command of matching looks at first: the extra, broken files that matter, and which cohort is meant."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from toolkit.cli.common import console, say
from toolkit.cli.scene import Scene, scene_of
from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.diagnostics import Place
    from toolkit.load import Loaded
    from toolkit.matching.policy import Refused
    from toolkit.model import Records

# A broken file of these kinds could hide a veto, an answer or a place that is taken.
_NEEDED = frozenset(
    [
        "program",
        "cohort",
        "matching-policy",
        "person",
        "private-person",
        "application",
        "private-application",
        "pair",
        "topic-list",
    ]
)


def require_extra() -> None:
    """Say in one line what is missing where the extra was not installed."""
    try:
        import numpy  # noqa: F401
        from ortools.graph.python import min_cost_flow  # noqa: F401
    except ImportError:
        raise ToolkitError(
            "matching needs NumPy and OR-Tools, which are not installed", 'pip install "mentoring-toolkit[match]"'
        ) from None


def broken(loaded: Loaded) -> bool:
    """Print the findings of files that matching would have to read and cannot; say whether there are any."""
    paths = {path for kind, path in loaded.records.unreadable if kind in _NEEDED}
    found = tuple(each for each in loaded.diagnostics if each.place.path in paths)
    if not paths:
        return False
    from toolkit.formats import FORMATS

    click.echo(FORMATS["full"](found), err=True)
    say("\nmatching waits until these files can be read: one of them could rule a pair out\nnext: mentoring check")
    return True


def cohort_of(records: Records, name: str) -> str:
    """Find the cohort that is meant, and make sure that it can be matched."""
    from toolkit.diagnostics import did_you_mean
    from toolkit.model.program import PAST

    found = [key for key in records.cohorts if name in (key, key.partition("/")[2])]
    if not found:
        hint = did_you_mean(name, records.cohorts, f"there are: {', '.join(records.cohorts) or 'none yet'}")
        raise ToolkitError(f"there is no cohort {name}", hint)
    if len(found) > 1:
        raise ToolkitError(f"several programs have a cohort {name}", f"name one: {', '.join(found)}")
    key = found[0]
    cohort, policy = records.cohorts[key], records.policies.get(key)
    if policy is None:
        folder = cohort.path.rpartition("/")[0]
        hint = f"write {folder}/matching.yaml; the shortest one is `score: {{offers_meet_seeks: 1}}`"
        raise ToolkitError(f"the cohort {key} has no matching policy", hint)
    if cohort.model != policy.model:
        hint = f"`model` must be the same in both: {_lines(cohort.at('model'), policy.at('model'))}"
        raise ToolkitError(f"the cohort {key} is {cohort.model}, and its policy is {policy.model}", hint)
    program = records.programs.get(cohort.origin.program)
    if program is not None and program.models and policy.model not in program.models:
        hint = f"add it to `models`, or choose one of them: {_lines(program.at('models'), policy.at('model'))}"
        raise ToolkitError(f"the program {cohort.origin.program} does not offer the model {policy.model}", hint)
    if cohort.status in PAST:
        raise ToolkitError(f"the cohort {key} is {cohort.status}", "only a cohort that is not over can be matched")
    return key


def _lines(*places: Place) -> str:
    return ", ".join(f"{each.path}:{each.span.line}" for each in places)


def hint_private(records: Records) -> None:
    """Say that a plan does not know what only private records say."""
    if not records.has_private:
        say("warning: private/ is not here, so vetoes and conflicts are not known to this plan")


@dataclass(frozen=True, slots=True)
class Asked(Scene):
    """A cohort that can be matched, with the records and the day."""

    cohort: str


def opened(ctx: click.Context, today: str | None) -> Scene | None:
    """Read the records; None where files that matter for matching cannot be read, which is said."""
    require_extra()
    scene = scene_of(ctx, today)
    return None if broken(scene.loaded) else scene


def asked_of(ctx: click.Context, cohort: str, today: str | None) -> Asked | None:
    """Read the records and find the cohort; None where files that matter cannot be read, which is said."""
    scene = opened(ctx, today)
    if scene is None:
        return None
    key = cohort_of(scene.records, cohort)
    hint_private(scene.records)
    return Asked(scene.workspace, scene.loaded, scene.today, key)


def say_refused(refused: Refused) -> int:
    """Print why a policy cannot be followed; gives the exit code."""
    from toolkit.formats import FORMATS

    click.echo(FORMATS["full"](refused.diagnostics), err=True)
    return 1


def print_lines(lines: Iterable[str]) -> None:
    """Print lines, broken at the width of the terminal and indented as they were."""
    from textwrap import fill

    width = max(console().width, 40)
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip()) + 3)
        click.echo(fill(line, width, subsequent_indent=indent, break_on_hyphens=False))


def print_json(data: object) -> None:
    """Print plain data for scripts."""
    click.echo(json.dumps(data, indent=2, ensure_ascii=False))
