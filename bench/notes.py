"""`mentoring check` on 2,000 session notes against the event parse of the same files by PyYAML's C parser."""

from __future__ import annotations

import datetime
import sys
import tempfile
from pathlib import Path

from measure import compare, report

PARSE = """
import sys, pathlib, yaml
for path in pathlib.Path(sys.argv[1]).rglob("*.md"):
    front = path.read_text(encoding="utf-8").split("---\\n", 2)[1]
    for event in yaml.parse(front, Loader=yaml.CLoader):
        event.start_mark.line
"""
PERSON = """name: {name}
languages: [en, es]
timezone: Europe/Lisbon
consents:
  - {{what: data, on: 2026-05-04, until: 2028-12-31}}
{role}:
  {topics}
  availability: [tue 17:00-19:00, thu 17:00-19:00]
"""
GOAL = """---
title: Calm starts
owner: {mentee}
domain: skill
status: active
specific: A class is at work four minutes after the bell
measure: {{what: minutes to the first written line, unit: minutes, baseline: 11, target: 4}}
attainable: Two of five classes do it already
relevant: The first minutes decide the lesson
due: 2026-11-01
progress:
  - {{on: 2026-09-14, value: 5}}
---
"""
AGREEMENT = """---
purpose: To begin lessons calmly and to go home with energy left
cadence: {{every: fortnight, minutes: 50}}
channel: A call on Tuesdays
response_time_days: 3
confidentiality: {{level: pair, limits: [Danger to a person is passed on to the desk]}}
boundaries: [No marks and no appraisal]
ends_on: 2026-11-30
no_fault_exit: true
signed:
  - {{person: {mentor}, on: 2026-01-06}}
  - {{person: {mentee}, on: 2026-01-06}}
---

## What the mentor does

- Asks before telling

## What the mentee does

- Brings the topic

## What we both do

- Say early when a date will not hold
"""
NOTE = """---
date: {date}
minutes: 50
attended:
  - {mentor}
  - {mentee}
format: grow
next: {next}
modality: virtual
lead: {mentee}
prepared:
  {mentor}: 2
  {mentee}: 3
functions:
  - guidance
  - skills
  - acceptance
moves:
  - asked
  - listened
  - shared-experience
goals:
  - calm-starts
resources:
  - Seating plan of room 12
---

## Since last time

- [x] Count the minutes of five starts @{mentee} due:{date} id:a{before}

## Goal

To begin each lesson within four minutes without raising the voice.

## Reality

Two of five classes settle; the one after lunch does not. The door is the place where it goes wrong.

## Options

- Greet at the door and name the first task there
- Put the first task on the board before the bell
- Ask the class for its own rule

## Will

She will greet at the door all week and count the minutes.

- [{box}] Count the minutes of five starts @{mentee} due:{next} id:a{number}

## Next

We look at the counts together.
"""


def build(root: Path, pairs: int = 100, notes: int = 20) -> None:
    """Write a program of so many pairs with so many notes each."""
    start = datetime.date(2026, 1, 6)
    cohort = root / "content/programs/bench/year"
    _write(
        root / "content/programs/bench/program.yaml",
        "title: Bench\ncontext: professional\npurpose: To measure.\nmodels: [one-to-one]\nlanguages: [en]\n"
        "support: {name: Desk, channel: office, urgent: office}\n"
        "privacy: {lawful_basis: consent, notice: notice.md, retention_months: 12}\n",
    )
    _write(
        cohort / "cohort.yaml",
        "status: running\nstarts: 2026-01-01\nends: 2026-11-30\nmodel: one-to-one\ncadence: fortnight\n",
    )
    for number in range(pairs):
        mentor, mentee = f"mentor-{number:03}", f"mentee-{number:03}"
        offers, seeks = "offers: [starts]\n  capacity: 1", "seeks: [starts]"
        _write(
            root / f"content/people/{mentor}.yaml", PERSON.format(name=f"Mentor {number}", role="mentor", topics=offers)
        )
        _write(
            root / f"content/people/{mentee}.yaml", PERSON.format(name=f"Mentee {number}", role="mentee", topics=seeks)
        )
        folder = cohort / f"pairs/pair-{number:03}"
        members = f"members: [{{person: {mentor}, role: mentor}}, {{person: {mentee}, role: mentee}}]"
        accepted = f"accepted: [{{person: {mentor}, on: 2026-01-04}}, {{person: {mentee}, on: 2026-01-04}}]"
        _write(
            folder / "pair.yaml",
            f"model: one-to-one\n{members}\nstatus: active\nproposed_on: 2026-01-03\n{accepted}\nstarted: 2026-01-05\n",
        )
        _write(folder / "goals/calm-starts.md", GOAL.format(mentee=mentee))
        _write(folder / "agreement.md", AGREEMENT.format(mentor=mentor, mentee=mentee))
        for index in range(notes):
            date = start + datetime.timedelta(days=14 * index)
            text = NOTE.format(
                date=date,
                next=date + datetime.timedelta(days=14),
                mentor=mentor,
                mentee=mentee,
                number=index,
                before=max(index - 1, 0),
                box="x" if index == notes - 1 else " ",
            )
            _write(folder / f"sessions/{date}.md", text)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def main() -> None:
    """Measure and print one line."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        build(root)
        ours = [sys.executable, "-m", "toolkit", "-C", name, "check", "--today", "2026-10-12", "--quiet"]
        reference = [sys.executable, "-c", PARSE, name]
        print(report("check, 2,000 notes", *compare(ours, reference), limit=4))


if __name__ == "__main__":
    main()
