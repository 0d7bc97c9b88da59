"""`mentoring match`: propose pairs for a cohort, with a reason for each pair and for each person without one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from toolkit.cli.common import console, say, today_of, today_option, workspace_of
from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.table import Table

    from toolkit.load import Loaded
    from toolkit.matching.proposal import Proposal
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


@click.group()
def match() -> None:
    """Propose pairs for a cohort, with a reason for each.

    \b
    Example:
      mentoring match propose 2027
    """


@match.command(short_help="Propose pairs for a cohort, each with its reasons.")
@click.argument("cohort")
@click.option("--write", is_flag=True, help="Write the plan and the proposed pairs; without it nothing changes.")
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON, for scripts.")
@today_option
@click.pass_context
def propose(ctx: click.Context, cohort: str, write: bool, as_json: bool, today: str | None) -> int:
    """Propose pairs for COHORT by its matching.yaml: optimal, and the same at every run.

    COHORT is `program/cohort`, or the cohort alone where one program has it. The plan is printed with the three
    strongest reasons for each pair, and with the reason for each person who is without one. With --write the pairs
    become records with `status: proposed`; pairs in being are never touched.

    Exit codes: 0 a plan was made, 1 the records or the policy forbid one, 2 it could not be tried.

    \b
    Example:
      mentoring match propose 2027
      mentoring match propose lantern/2027 --write
    """
    _require_extra()
    from toolkit.load import load
    from toolkit.matching.policy import Refused
    from toolkit.matching.proposal import as_data
    from toolkit.matching.proposal import propose as make

    workspace = workspace_of(ctx)
    loaded = load(workspace)
    day = today_of(today, loaded.records.settings)
    if _broken(loaded):
        return 1
    key = _cohort(loaded.records, cohort)
    _hint_private(loaded.records)
    try:
        proposal = make(loaded.records, key, day)
    except Refused as refused:
        from toolkit.formats import FORMATS

        click.echo(FORMATS["full"](refused.diagnostics), err=True)
        return 1
    written: tuple[str, ...] = ()
    if write:
        from toolkit.matching.write import write as put

        written = put(workspace, loaded.records, proposal)
    if as_json:
        click.echo(json.dumps(as_data(proposal), indent=2, ensure_ascii=False))
    else:
        _show(proposal)
    _next(proposal, written)
    return 0


def _require_extra() -> None:
    """Say in one line what is missing where the extra was not installed."""
    try:
        import numpy  # noqa: F401
        from ortools.graph.python import min_cost_flow  # noqa: F401
    except ImportError:
        raise ToolkitError(
            "matching needs NumPy and OR-Tools, which are not installed", 'pip install "mentoring-toolkit[match]"'
        ) from None


def _broken(loaded: Loaded) -> bool:
    """Print the findings of files that matching would have to read and cannot; say whether there are any."""
    paths = {path for kind, path in loaded.records.unreadable if kind in _NEEDED}
    found = tuple(each for each in loaded.diagnostics if each.place.path in paths)
    if not paths:
        return False
    from toolkit.formats import FORMATS

    click.echo(FORMATS["full"](found), err=True)
    say("\nmatching waits until these files can be read: one of them could rule a pair out\nnext: mentoring check")
    return True


def _cohort(records: Records, name: str) -> str:
    """Find the cohort that is meant, and make sure that it can be matched."""
    from toolkit.diagnostics import nearest

    found = [key for key in records.cohorts if name in (key, key.partition("/")[2])]
    if not found:
        meant = nearest(name, records.cohorts)
        hint = f"did you mean {meant}?" if meant else f"there are: {', '.join(records.cohorts) or 'none yet'}"
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
        hint = "proposals are made for one-to-one cohorts"
        raise ToolkitError(f"the cohort {key} is {cohort.model}, and its policy is {policy.model}", hint)
    if cohort.status in ("closed", "archived"):
        raise ToolkitError(f"the cohort {key} is {cohort.status}", "only a cohort that is not over can be matched")
    return key


def _hint_private(records: Records) -> None:
    if not records.has_private:
        say("warning: private/ is not here, so vetoes and conflicts are not known to this plan")


def _show(proposal: Proposal) -> None:
    """Print the plan for people: a table, the reasons, who is without a pair, the steps of the objective."""
    from textwrap import fill

    from rich.markup import escape

    from toolkit.matching.words import counted

    out = console()
    pairs, people = len(proposal.pairs), len(proposal.without)
    heading = f"{proposal.cohort}: {counted(pairs, 'pair')} proposed, {counted(people, 'person', 'people')} without one"
    out.print(f"[bold]{escape(heading)}[/bold]  {proposal.run}")
    if proposal.pairs:
        out.print(_table(proposal))
    steps = (f"{place}. {each.aim}: {each.says}" for place, each in enumerate(proposal.steps, 1))
    for line in (*_reasons(proposal), *steps):
        indent = " " * (len(line) - len(line.lstrip()) + 3)
        click.echo(fill(line, max(out.width, 40), subsequent_indent=indent, break_on_hyphens=False))


def _table(proposal: Proposal) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for title, justify in (("Mentee", "left"), ("Mentor", "left"), ("Score", "right"), ("Next best", "left")):
        table.add_column(title, justify="right" if justify == "right" else "left", overflow="fold")
    for each in proposal.pairs:
        best = each.next_best
        runner = f"{proposal.people[best[0]]} {best[1] / 10_000:.2f}" if best else "nobody"
        mark = " pin" if each.pinned else ""
        cells = (proposal.people[each.mentee], proposal.people[each.mentor], f"{each.score / 10_000:.2f}{mark}", runner)
        table.add_row(*(Text(cell) for cell in cells))
    return table


def _reasons(proposal: Proposal) -> Iterator[str]:
    from toolkit.matching.reasons import next_words

    for each in proposal.pairs:
        mentee, mentor = proposal.people[each.mentee], proposal.people[each.mentor]
        yield f"{mentee} with {mentor} ({each.mentee}, {each.mentor}): {each.score / 10_000:.2f}"
        yield from (f"  + {reason}" for reason in each.reasons)
        if each.weakness:
            yield f"  - {each.weakness}"
        yield f"  runner-up: {next_words(proposal, each)}"
        if each.passed_over:
            yield f"  passed over: {each.passed_over}"
        yield ""
    for person in proposal.without:
        yield f"Without a pair: {proposal.people.get(person.person, person.person)} ({person.person}, {person.role})"
        yield from (f"  {reason}" for reason in person.reasons)
        yield ""


def _next(proposal: Proposal, written: tuple[str, ...]) -> None:
    if proposal.undecided:
        one = proposal.undecided == 1
        say(f"{proposal.undecided} application{' is' if one else 's are'} not decided yet and took no part")
    if written:
        say(f"{len(written)} files written; the reasons are in {written[1]}")
        say("next: mentoring check")
    else:
        say(f"next: mentoring match propose {proposal.cohort} --write")
