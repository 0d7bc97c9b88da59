"""`mentoring report`: a cohort in figures, for the terminal, as a page to send, or as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from toolkit.cli.common import say, today_option, workspace_of
from toolkit.cli.moment import as_of_option, records_on
from toolkit.cli.new.paper import lang_option

if TYPE_CHECKING:
    from toolkit.model import Cohort, Records
    from toolkit.reports.disclosed import Readers


@click.command()
@click.argument("cohort", required=False)
@click.option(
    "--for",
    "readers",
    type=click.Choice(["staff", "members", "public"]),
    default="staff",
    show_default=True,
    help="Who is to read it: for members and the public no figure stands for too few people.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="Lines for the terminal, a page to send, or data for scripts.",
)
@lang_option
@as_of_option
@today_option
@click.pass_context
def report(
    ctx: click.Context,
    cohort: str | None,
    readers: Readers,
    form: str,
    lang: str | None,
    as_of: str | None,
    today: str | None,
) -> None:
    """Count a COHORT: reach, meetings, talks, goals, endings, hours.

    Each figure stands with how many it is made of and its bounds from five on; --format markdown says what each one counts.
    Whoever was ever in a pair is counted, also who left early. What only answers to surveys or other data could tell is not guessed. Without a COHORT
    it takes the one that runs. `mentoring check` finds what is not written down; a figure can be no better than that.

    \b
    Example:
      mentoring report 2026
      mentoring report lantern/2026 --for public --format markdown --lang es > report.md
    """
    from toolkit.model.tongue import folder_language
    from toolkit.reports import document, listing
    from toolkit.reports.report import as_data
    from toolkit.reports.report import report as count
    from toolkit.reports.wording import Wording
    from toolkit.workspace import shipped

    workspace = workspace_of(ctx)
    records, day, _ = records_on(workspace, as_of, today)
    chosen = _cohort(records, cohort)
    found = count(records, chosen, day, readers)
    if records.unreadable:
        say(f"{len(records.unreadable)} files could not be read and are not counted: mentoring check")
    if form == "json":
        click.echo(json.dumps(as_data(found), indent=2, ensure_ascii=False))
        return
    folders = (shipped("site_config"), workspace / "site_config")
    words = Wording(lang or folder_language(records), folders)
    write = document.document if form == "markdown" else listing.listing
    click.echo(write(found, _title(records, chosen, words.language), words).rstrip("\n"))
    if form == "text":
        say(f"next: mentoring report {chosen.cohort_key} --for public --format markdown > report.md")


def _cohort(records: Records, named: str | None) -> Cohort:
    """The cohort that is named, else the only one that runs or is there; raises ToolkitError where that is not clear."""
    from toolkit.cli.subject import subject_of
    from toolkit.errors import ToolkitError

    if named is not None:
        return records.cohorts[subject_of(named, records, ("cohort",)).key]
    running = [key for key, each in sorted(records.cohorts.items()) if each.status == "running"]
    listed = running or sorted(records.cohorts)
    if len(listed) == 1:
        return records.cohorts[listed[0]]
    known = ", ".join(listed) or "none yet: mentoring new cohort"
    raise ToolkitError("name the cohort that is to be counted", f"mentoring report COHORT; there are: {known}")


def _title(records: Records, cohort: Cohort, language: str) -> str:
    """The program and the cohort, each by its title in the language where it has one."""
    program = records.program_of(cohort)
    own = cohort.titles.get(language) or cohort.title or cohort.id
    return f"{program.title}, {own}" if program else own
