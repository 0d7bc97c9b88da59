"""`mentoring i18n`: what is there in which language, and marking a translation as up to date."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from toolkit.cli.common import say, today_option
from toolkit.cli.planned import write_option
from toolkit.model.formats import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.reports.languages import Languages, Row


@click.group()
def i18n() -> None:
    """Say which translations are there, missing or behind, and mark one as up to date.

    \b
    Example:
      mentoring i18n status
    """


@i18n.command("status", short_help="Show each guide in each language: its state, and how hard it is to read.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON, for scripts.")
@click.pass_context
def status_(ctx: click.Context, as_json: bool) -> int:
    """Show each guide in each language: its state, and how hard it is to read.

    The languages are the setting `languages`, else those of the programs. A translation is current when its mark is
    that of the guide as it is now; stale when the guide was changed after it; partly when it says so of itself. Below
    the guides stand the other things that have a text or a file for each language, as far as something is missing.

    The number is the LIX of the guide: the mean number of words in a sentence plus the share of words of more than six
    letters, in percent. Ordinary newspapers have 52 in English, 67 in Spanish and 55 in French (Björnsson 1983), so a
    language is compared with itself. It counts words and stops; whether they make sense, only a reader can say.

    \b
    Example:
      mentoring i18n status
      mentoring i18n status --json
    """
    from toolkit.cli.common import workspace_of
    from toolkit.load import load
    from toolkit.reports.languages import languages

    workspace = workspace_of(ctx)
    found = languages(workspace, load(workspace).records)
    if as_json:
        click.echo(json.dumps(_data(found), indent=2, ensure_ascii=False))
        return 0
    _show(found)
    if not found.others:
        click.echo(f"this site is in one language: {found.source}")
        say("next: name its languages under `languages` in site_config/toolkit.yaml, such as [en, es]")
        return 0
    say(f"next: {_next(found)}")
    return 0


def _show(found: Languages) -> None:
    """Print the guides, then what is not whole, then the counts."""
    width = max(len(row.name) for shelf in found.shelves for row in shelf.rows) + 4
    click.echo(_line("", width, (found.source, *found.others)))
    for shelf in found.shelves:
        rows = [row for row in shelf.rows if shelf.kind == "guides" or set(row.states) - {"current"}]
        if shelf.whole and shelf.kind != "guides":
            if found.others:
                click.echo(f"{shelf.kind}: {len(shelf.rows)} of {len(shelf.rows)} in every language")
            continue
        if rows:
            click.echo(shelf.kind)
        for row in rows:
            click.echo(_line(f"  {row.name}", width, _cells(found, shelf.kind, row)))
    for language in found.others:
        counts = ", ".join(f"{n} {state}" for state, n in found.counts(language).items())
        click.echo(f"guides in {language}: {counts}")
    middles = ", ".join(_middles(found))
    if middles:
        click.echo(f"LIX, how hard guides are to read: {middles}")


def _line(name: str, width: int, cells: tuple[str, ...]) -> str:
    return (name.ljust(width) + cells[0].ljust(5) + "".join(cell.ljust(13) for cell in cells[1:])).rstrip()


def _cells(found: Languages, kind: str, row: Row) -> tuple[str, ...]:
    """What is said of a thing in each language: its state, and for a guide its LIX."""
    counted = found.readings.get(row.name, {}) if kind == "guides" else {}
    lix = {language: str(each.lix) for language, each in counted.items()}
    stated = zip(found.others, row.states, strict=True)
    return lix.get(found.source, ""), *(f"{state} {lix.get(language, '')}" for language, state in stated)


def _middles(found: Languages) -> Iterator[str]:
    """The middle of the guides in each language, beside the newspapers of that language."""
    from toolkit.model.readability import NEWSPAPERS, middle

    for language in (found.source, *found.others):
        half = middle(found.readings, language)
        if half is not None:
            yield f"{language} {half} (newspapers {NEWSPAPERS[language]})"


def _next(found: Languages) -> str:
    """The command that helps most: first what says something old, then what is not there."""
    if found.first("stale"):
        return "mentoring check --select translation-stale"
    missing = found.first("missing")
    if missing:
        return f"mentoring new guide --translate {missing[0]} --lang {missing[1]}"
    return "mentoring build"


def _data(found: Languages) -> dict[str, Any]:
    shelves = {
        shelf.kind: {row.name: dict(zip(found.others, row.states, strict=True)) for row in shelf.rows}
        for shelf in found.shelves
    }
    counts = {language: found.counts(language) for language in found.others}
    head = {"format": "mentoring-i18n", "version": 1, "source": found.source, "languages": found.others}
    return {**head, **shelves, "counts": counts, "readability": _counted(found)}


def _counted(found: Languages) -> dict[str, Any]:
    return {
        name: {language: {**each._asdict(), "lix": each.lix, "minutes": each.minutes} for language, each in own.items()}
        for name, own in found.readings.items()
    }


@i18n.command("mark", short_help="Write into a translation that it says what its guide says now.")
@click.argument("guide")
@click.argument("language", metavar="LANG", type=click.Choice(LANGUAGES))
@write_option
@today_option
@click.pass_context
def mark_(ctx: click.Context, guide: str, language: str, write: bool, today: str | None) -> int:
    """Write into the translation of GUIDE into LANG that it says what the guide says now.

    Do it after the translation was brought up to date, or when a change of the guide did not concern it. The line that
    changes is shown first; --write changes it and nothing else in the file.

    \b
    Example:
      mentoring i18n mark goals es
      mentoring i18n mark goals es --write
    """
    from toolkit.changes.translations import mark
    from toolkit.cli.planned import carry_out
    from toolkit.cli.scene import scene_of
    from toolkit.scaffold.translations import guide_named

    scene = scene_of(ctx, today)
    found = guide_named(scene.records, guide)
    name = f"{found.id}.{language}"
    return carry_out(ctx, scene, name, lambda: mark(scene.workspace, scene.records, found, language))
