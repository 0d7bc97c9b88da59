"""Small invented programs on disk, for tests of matching: everything is drawn from one seed."""

from __future__ import annotations

import random
from pathlib import Path

from click.testing import CliRunner, Result

from toolkit.cli.app import cli
from toolkit.load import load
from toolkit.model import Records
from toolkit.workspace import Workspace

ZONES = ("Europe/Lisbon", "Africa/Nairobi", "America/Bogota", "America/Toronto")
TOPICS = tuple(f"topic-{letter}" for letter in "abcdefghijklmnop")
VALUES = ("patience", "honesty", "humor", "courage", "order", "play", "craft", "kindness")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
STYLES = ("directive", "collaborative", "motivating", "sponsoring")
POLICY = """\
seed: 7
score:
  offers_meet_seeks: 35
  ranked_choice: {weight: 25, of: both, share_mentee: 0.7}
  values_overlap: 10
  working_style: 10
  overlap_minutes: {weight: 10, saturates_at: 180}
  shared_topics: 5
  level_gap: {weight: 5, min: 1, max: 3}
  preferred_style: 5
objective: [max_matched, raise_the_lowest: 2, max_total, even_load]
"""


def run(world: World, *arguments: str) -> Result:
    """Run a command of matching in a world, on a day before its cohort begins."""
    return ask(world, "match", *arguments)


def ask(world: World, *arguments: str, today: str = "2026-02-01") -> Result:
    """Run any command in a world."""
    command = ["-C", str(world.root), *arguments, "--today", today]
    result = CliRunner().invoke(cli, command, standalone_mode=False, env={"COLUMNS": "80"})
    if result.exception:
        raise result.exception
    return result


class World:
    """A program's folder that a test fills: people by id, private parts, pairs, and the policy."""

    def __init__(self, root: Path, policy: str = POLICY) -> None:
        self.root = root
        self.put("content/programs/harbor/program.yaml", PROGRAM)
        self.put("content/programs/harbor/2026/cohort.yaml", COHORT)
        self.policy(policy)
        topics = "\n".join(f"  - {{id: {topic}, title: {topic.capitalize()}}}" for topic in TOPICS)
        self.put("content/topics/subjects.yaml", f"title: All\ntopics:\n{topics}\n")
        self.put("private/README.md", "Kept apart.\n")

    @property
    def records(self) -> Records:
        """What lies in the folder now."""
        return load(Workspace(self.root)).records

    def states(self) -> dict[str, str]:
        """Where each pair stands now, by id."""
        return {each.id: each.status for each in self.records.pairs_of("harbor/2026")}

    def put(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def policy(self, text: str) -> None:
        self.put("content/programs/harbor/2026/matching.yaml", text)

    def person(self, ident: str, role: str, fields: str, ranked: tuple[str, ...] = (), *, consent: bool = True) -> None:
        head = f"name: {ident.replace('-', ' ').title()}\n"
        agreed = "consents:\n  - {what: data, on: 2026-01-01}\n" if consent else ""
        self.put(f"content/people/{ident}.yaml", head + fields + agreed)
        chosen = f"ranked: [{', '.join(ranked)}]\n" if ranked else ""
        self.apply(ident, role, chosen)

    def apply(self, ident: str, role: str, more: str = "", status: str = "accepted") -> None:
        path = f"content/programs/harbor/2026/applications/{ident}-{role}.yaml"
        self.put(path, f"submitted: 2026-01-02\nstatus: {status}\n{more}")

    def mentee(self, ident: str, seeks: str = "topic-a", more: str = "", **rest: object) -> None:
        fields = f"languages: [en]\nlevel: 1\nmentee:\n  seeks: [{seeks}]\n  availability: [tue 17:00-19:00]\n{more}"
        self.person(ident, "mentee", fields, **rest)  # type: ignore[arg-type]

    def mentor(self, ident: str, offers: str = "topic-a", capacity: int = 1, more: str = "", **rest: object) -> None:
        fields = (
            f"languages: [en]\nlevel: 3\nmentor:\n  offers: [{offers}]\n  capacity: {capacity}\n"
            f"  availability: [tue 17:00-19:00]\n{more}"
        )
        self.person(ident, "mentor", fields, **rest)  # type: ignore[arg-type]

    def private(self, ident: str, role: str, text: str) -> None:
        self.put(f"private/applications/harbor/2026/{ident}-{role}.yaml", text)

    def pair(self, ident: str, mentor: str, mentee: str, status: str, cohort: str = "2026") -> None:
        self.put(
            f"content/programs/harbor/{cohort}/pairs/{ident}/pair.yaml",
            f"model: one-to-one\nmembers:\n  - {{person: {mentor}, role: mentor}}\n"
            f"  - {{person: {mentee}, role: mentee}}\nstatus: {status}\nproposed_on: 2026-01-05\n",
        )


def two_mentors(root: Path, policy: str) -> World:
    """Fill a program with two mentors of one topic each: Zoe of the first, Max of the second."""
    world = World(root, policy)
    world.mentor("zoe-ferro", "{topic: topic-a, strength: 5}")
    world.mentor("max-reed", "{topic: topic-b, strength: 5}")
    return world


def crowd(root: Path, mentees: int, mentors: int, seed: int, policy: str = POLICY) -> World:
    """Fill a program with drawn people: some do not answer, some veto, some have little time."""
    draw = random.Random(seed)
    world = World(root, policy)
    givers = [f"giver-{number:04d}" for number in range(mentors)]
    takers = [f"taker-{number:04d}" for number in range(mentees)]
    for ident in takers:
        fields = f"{_common(draw)}mentee:\n{_topics(draw, 'seeks', 'priority')}{_times(draw)}"
        fields += f"  preferred_styles: [{', '.join(draw.sample(STYLES, 2))}]\n"
        world.person(ident, "mentee", fields, tuple(draw.sample(givers, min(3, mentors))))
        if givers and draw.random() < 0.15:
            world.private(ident, "mentee", f"veto: [{draw.choice(givers)}]\n")
    for ident in givers:
        fields = f"{_common(draw)}mentor:\n  capacity: {draw.choice([1, 1, 1, 2])}\n"
        fields += f"{_topics(draw, 'offers', 'strength')}{_times(draw)}  styles: [{draw.choice(STYLES)}]\n"
        world.person(ident, "mentor", fields, tuple(draw.sample(takers, min(3, mentees))))
        if takers and draw.random() < 0.15:
            world.private(ident, "mentor", f"veto: [{draw.choice(takers)}]\n")
    return world


def _common(draw: random.Random) -> str:
    lines = [
        f"timezone: {draw.choice(ZONES)}",
        f"languages: [{', '.join(draw.sample(['en', 'es', 'fr', 'pt'], 2))}]",
        f"level: {draw.randint(1, 6)}",
    ]
    if draw.random() < 0.8:
        lines.append(f"values: [{', '.join(draw.sample(VALUES, 5))}]")
    if draw.random() < 0.8:
        lines.append(f"working_style: {{pace: {draw.randint(1, 7)}, focus: {draw.randint(1, 7)}}}")
    return "\n".join(lines) + "\n"


def _topics(draw: random.Random, name: str, strength: str) -> str:
    chosen = draw.sample(TOPICS, 3)
    return f"  {name}:\n" + "".join(f"    - {{topic: {each}, {strength}: {draw.randint(1, 5)}}}\n" for each in chosen)


def _times(draw: random.Random) -> str:
    slots = []
    for day in draw.sample(DAYS, 3):
        hour = draw.randint(6, 20)
        slots.append(f"{day} {hour:02d}:{draw.choice(['00', '10', '45'])}-{hour + 2:02d}:30")
    return f"  availability: [{', '.join(slots)}]\n"


PROGRAM = """\
title: Harbor
context: professional
purpose: For tests.
models: [one-to-one]
"""
COHORT = """\
status: matching
starts: 2026-03-02
ends: 2026-12-01
model: one-to-one
cadence: month
"""
