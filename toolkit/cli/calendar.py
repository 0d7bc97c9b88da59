"""`mentoring calendar`: an .ics file for a pair, a person or a cohort."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.common import say, shown, today_option
from toolkit.cli.scene import scene_of
from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from toolkit.calendars.earlier import Earlier
    from toolkit.cli.scene import Scene
    from toolkit.cli.subject import Subject
    from toolkit.model import Records
    from toolkit.model.event import Event
    from toolkit.publish.audience import Audience
    from toolkit.publish.strings import Speech
    from toolkit.publish.world import World


@click.command()
@click.argument("name", metavar="PAIR|PERSON|COHORT")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file; else below build/calendar/.")
@click.option(
    "--audience",
    type=click.Choice(["public", "members", "staff"]),
    help="Who reads a cohort's calendar: public (the default) has its dates, staff the meetings of its pairs, too.",
)
@today_option
@click.pass_context
def calendar(ctx: click.Context, name: str, out: Path | None, audience: str | None, today: str | None) -> None:
    """Write a calendar file for a pair, a person or a cohort.

    A pair has its meetings, the reviews of its agreement and its last day; a person those of all their pairs, with the dates
    of their cohorts; both are in the language of their readers. What has changed since the file was last written is sent as
    an update, what was dropped as cancelled.

    \b
    Example:
      mentoring calendar lantern/2026/ines-tomas
      mentoring calendar lantern/2026 --out lantern.ics
    """
    from toolkit.calendars.write import to_ics
    from toolkit.cli.subject import subject_of
    from toolkit.store import change, create

    scene = scene_of(ctx, today)
    workspace, records, day = scene.workspace, scene.records, scene.today
    subject = subject_of(name, records)
    if audience and subject.kind != "cohort":
        raise ToolkitError("--audience is for the calendar of a cohort", "a pair's and a person's are their own")
    events, title = _events(scene, subject, audience or "public")
    path = out or workspace.build / "calendar" / f"{subject.file}{f'--{audience}' if audience else ''}.ics"
    before, earlier = _earlier(path)
    data = to_ics(events, title, day, earlier)
    if before is None:
        create(path, data)
    else:
        change(path, before, data)
    click.echo(shown(path))
    off = sum(each.cancelled for each in events)
    say(f"{len(events)} entries{f', {off} of them cancelled' if off else ''}")


def _earlier(path: Path) -> tuple[bytes | None, dict[str, Earlier]]:
    """Read the file that is to be replaced; one that the toolkit did not write stays."""
    from toolkit.calendars.earlier import read_earlier
    from toolkit.calendars.write import PRODUCT

    if not path.is_file():
        return None, {}
    data = path.read_bytes()
    return data, read_earlier(data, PRODUCT, path.name)


def _events(scene: Scene, subject: Subject, audience: str) -> tuple[list[Event], str]:
    """Gather what stands in the calendar, each part from what its own readers may read, and name the calendar."""
    from toolkit.model.tongue import pair_language, person_language
    from toolkit.publish.agenda import cohort_agenda
    from toolkit.publish.audience import parse

    records, day, speech = scene.records, scene.today, scene.speech
    if subject.kind == "cohort":
        world = _world(records, parse(audience), day, speech)
        cohort = world.cohort(subject.key)
        return (
            list(cohort_agenda(world, cohort, speech)) if cohort is not None else []
        ), f"{world.title} {subject.key}"
    if subject.kind == "pair":
        spoken = pair_language(records, records.pairs[subject.key], records.sessions.get(subject.key, ()))
        return _of_pair(records, subject.key, day, speech.to(spoken))
    return _of_person(records, subject.key, day, speech.to(person_language(records, subject.key)))


def _world(records: Records, audience: Audience, day: datetime.date, speech: Speech) -> World:
    from toolkit.publish.project import project
    from toolkit.publish.spoken import spoken

    return spoken(project(records, audience, day), speech)


def _of_pair(records: Records, key: str, day: datetime.date, speech: Speech) -> tuple[list[Event], str]:
    from toolkit.cli.subject import around
    from toolkit.publish.agenda import pair_agenda
    from toolkit.publish.audience import Audience, Kind

    world = _world(around(records, records.pairs[key]), Audience(Kind.PAIR, key), day, speech)
    pair = world.pair(key)
    if pair is None:
        raise ToolkitError("this pair cannot be read", "mentoring check says why")
    return list(pair_agenda(world, pair, speech)), speech.named(world.title, pair.display)


def _of_person(records: Records, person: str, day: datetime.date, speech: Speech) -> tuple[list[Event], str]:
    """A person's calendar: their pairs, each as that pair reads it, and the public dates of the cohorts of these."""
    from toolkit.publish.agenda import cohort_agenda
    from toolkit.publish.audience import PUBLIC
    from toolkit.publish.facts import AGREED

    pairs = [pair for pair in records.pairs.values() if person in pair.people() and pair.status in AGREED]
    if not pairs:
        raise ToolkitError("this person is in no pair that was agreed to", "name a pair or a cohort")
    found: list[Event] = []
    name = ""
    world = _world(records, PUBLIC, day, speech)
    for key in sorted({pair.cohort_key for pair in pairs}):
        cohort = world.cohort(key)
        found.extend(cohort_agenda(world, cohort, speech) if cohort is not None else ())
    for pair in pairs:
        events, name = _of_pair(records, pair.pair_key, day, speech)
        found.extend(events)
    title = name if len(pairs) == 1 else speech.named(world.title, person)
    return sorted(found, key=lambda each: (each.on, each.title, each.key)), title
