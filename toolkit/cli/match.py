"""`mentoring match`: propose pairs for a cohort, with a reason for each pair and for each person without one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from toolkit.cli.adjust import forbid, pin, swap
from toolkit.cli.applied import apply, rematch
from toolkit.cli.common import console, say, today_option
from toolkit.cli.compared import compare
from toolkit.cli.matchable import (
    asked_of,
    print_json,
    print_lines,
    say_refused,
)
from toolkit.cli.planned import ASKING
from toolkit.cli.watching import watched
from toolkit.cli.weigh import feasible, why
from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from rich.table import Table

    from toolkit.cli.matchable import Asked
    from toolkit.matching.proposal import Proposal
    from toolkit.model import Records


@click.group()
def match() -> None:
    """Propose pairs for a cohort, with a reason for each.

    \b
    Example:
      mentoring match propose 2027
    """


for _each in (feasible, why, compare, pin, forbid, swap, apply, rematch):
    match.add_command(_each)


@match.command(short_help="Propose pairs for a cohort, each with its reasons.")
@click.argument("cohort")
@click.option("--write", is_flag=True, help="Write the plan and the proposed pairs; without it nothing changes.")
@click.option("--plan-only", is_flag=True, help="With --write: write the plan alone; `match apply` makes the pairs.")
@click.option("--figures", is_flag=True, help="Add what the plan is worth: against chance, other weights, by group.")
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON, for scripts.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "markdown", "html")),
    default="text",
    help="How it is printed: for the terminal, or as one page that can be handed on.",
)
@today_option
@click.pass_context
def propose(
    ctx: click.Context,
    cohort: str,
    write: bool,
    plan_only: bool,
    figures: bool,
    as_json: bool,
    form: str,
    today: str | None,
) -> int:
    """Propose pairs for COHORT by its matching.yaml: optimal, and the same at every run.

    COHORT is `program/cohort`, or the cohort alone where one program has it. The plan is printed with the three
    strongest reasons for each pair, and with the reason for each person who is without one. With --write the pairs
    become records with `status: proposed`; pairs in being are never touched. With --figures the plan is measured
    against random ones, against each weight a quarter less and more, and by the groups of mentees that are large enough;
    what is said of groups stands in no file. With --format markdown or html it is one page with every term, every
    reason and all scores, for whoever decides beside you; it is not for the people in it.

    Exit codes: 0 a plan was made, 1 the records or the policy forbid one, 2 it could not be tried.

    \b
    Example:
      mentoring match propose 2027
      mentoring match propose lantern/2027 --write
    """
    if plan_only and not write:
        raise ToolkitError("--plan-only says what --write writes", "give both, or neither")
    asked = _applied_to(ctx, cohort, today)
    if asked is None:
        return 1
    from toolkit.matching.policy import Refused
    from toolkit.matching.proposal import propose as make

    loaded, day, key = asked.loaded, asked.today, asked.cohort
    try:
        with watched("scoring") as tell:
            proposal = make(loaded.records, key, day, tell)
        measured = _measured(loaded.records, key, day) if figures else None
    except Refused as refused:
        return say_refused(refused)
    lines = measured.lines if measured else ()
    written = _kept(asked, proposal, not plan_only, lines) if write else ()
    _print(proposal, measured, "json" if as_json else form)
    _next(proposal, written, plan_only)
    return 0


def _print(proposal: Proposal, measured: _Measured | None, form: str) -> None:
    """Print a plan in the form that was asked for, with its figures where they were."""
    from toolkit.matching.proposal import as_data

    if form == "json":
        print_json({**as_data(proposal), **({"figures": measured.data} if measured else {})})
    elif form == "text":
        _show(proposal)
        print_lines((*measured.lines, *measured.groups) if measured else ())
    else:
        _print_page(proposal, measured.lines if measured else (), form)


def _applied_to(ctx: click.Context, cohort: str, today: str | None) -> Asked | None:
    """Read the records of a cohort; None where they cannot be read, or nobody has applied, which is said."""
    with watched("reading"):
        asked = asked_of(ctx, cohort, today)
    if asked is None or asked.loaded.records.applications.get(asked.cohort):
        return asked
    key = asked.cohort
    say(f"nobody has applied to {key} yet: take sign-ups with `mentoring import people FILE --cohort {key}`")
    return None


def _kept(asked: Asked, proposal: Proposal, pairs: bool, figures: tuple[str, ...]) -> tuple[str, ...]:
    """Write the plan, and with `pairs` its pairs; gives the files."""
    from toolkit.matching.write import write as put

    with watched("writing") as tell:
        return put(asked.workspace, asked.loaded.records, proposal, pairs=pairs, figures=figures, tell=tell)


def _print_page(proposal: Proposal, figures: tuple[str, ...], form: str) -> None:
    """Print the plan as one page, the same text that `--write` keeps as `why.md`."""
    from toolkit.matching.reasons import why_text

    text = why_text(proposal, figures)
    if form == "html":
        from toolkit.scaffold.printing import printable

        text = printable(text, f"{proposal.cohort}, {proposal.run}", "en")
    click.echo(text, nl=False)


class _Measured(NamedTuple):
    """The figures of a plan: lines for every reader of it, lines for the coordinator alone, and all of it as data."""

    lines: tuple[str, ...]
    groups: tuple[str, ...]
    data: dict[str, Any]


def _measured(records: Records, cohort: str, today: datetime.date) -> _Measured:
    from toolkit.matching.between import group_lines
    from toolkit.matching.figures import steps, worth, worth_data, worth_lines

    stream = sys.stderr
    length = steps(records.policies[cohort])
    with click.progressbar(length=length, label="measuring", file=stream, hidden=not stream.isatty()) as bar:
        found = worth(records, cohort, today, bar.update)
    return _Measured(worth_lines(found), group_lines(found.between), worth_data(found))


def _show(proposal: Proposal) -> None:
    """Print the plan for people: a table, the reasons, who is without a pair, the steps of the objective."""
    from textwrap import fill

    from rich.markup import escape

    from toolkit.matching.fairness import price_words
    from toolkit.matching.words import counted

    out = console()
    made, people = len(proposal.groups), len(proposal.without)
    what = counted(made, *_NOUNS.get(proposal.model, ("pair", "pairs")))
    heading = f"{proposal.cohort}: {what} proposed, {counted(people, 'person', 'people')} without one"
    out.print(f"[bold]{escape(heading)}[/bold]  {proposal.run}")
    if proposal.pairs:
        out.print(_table(proposal))
    steps = (f"{place}. {each.aim}: {each.says}" for place, each in enumerate(proposal.steps, 1))
    limits = (*map(price_words, proposal.limits), *proposal.reach)
    for line in (*_groups(proposal), *_reasons(proposal), *steps, *proposal.notes, *limits):
        indent = " " * (len(line) - len(line.lstrip()) + 3)
        click.echo(fill(line, max(out.width, 40), subsequent_indent=indent, break_on_hyphens=False))


_NOUNS = {
    "group": ("group", "groups"),
    "near-peer": ("group", "groups"),
    "team": ("team", "teams"),
    "community": ("community", "communities"),
    "flash": ("meeting", "meetings"),
}
"""What is proposed, one and several; for the other models pairs."""


def _groups(proposal: Proposal) -> Iterator[str]:
    """Say who is together, where that is more than a mentor and a mentee each."""
    from toolkit.matching.reasons import role_words

    for each in proposal.groups if proposal.is_grouped else ():
        place = f"round {each.round}, " if each.round else ""
        yield f"{place}{each.ident}: {each.score / 10_000:.2f}"
        yield from (f"  {proposal.people[person]} ({person}, {role_words(role)})" for person, role in each.members)
        yield from (f"  + {reason}" for reason in each.reasons)
        yield ""


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


def _next(proposal: Proposal, written: tuple[str, ...], plan_only: bool) -> None:
    if proposal.undecided:
        one = proposal.undecided == 1
        say(f"{proposal.undecided} application{' is' if one else 's are'} not decided yet and took no part")
        say(f"  who is to take part is accepted by: mentoring admit {proposal.cohort} PERSON")
    if written:
        say(f"{len(written)} files written; the reasons are in {written[1]}")
        say(f"next: mentoring match apply {proposal.run}" if plan_only else f"next: {ASKING}")
    elif proposal.pairs or proposal.groups:
        say(f"next: mentoring match propose {proposal.cohort} --write")
    elif proposal.without:
        say(f"next: mentoring match feasible {proposal.cohort}")
    else:
        say(f"next: accept applications, then: mentoring match propose {proposal.cohort}")
