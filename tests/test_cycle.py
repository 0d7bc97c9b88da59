"""A whole cycle as a coordinator and a pair live it: apply, match, accept, sign, meet, pause, review, close.

Every step goes through the command line, and what `status` and `check` say after it is a golden file. What people write
by hand is written here as they would: in the lines that the scaffold left for them.
"""

import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from toolkit.cli.app import cli

GOLDEN = Path(__file__).parent / "golden" / "cycle"
COHORT = "content/programs/harbor/2027"
PAIR = f"{COHORT}/pairs/nora-sam"
GOAL = f"{PAIR}/goals/lead-the-weekly-meeting.md"
BOTH = ("nora-berg", "sam-okoro")

PROGRAM = """\
sponsor: {person: ruth-adler, signed_off: 2026-11-30}
organization_goals: [People stay longer than two years]
targets: [{measure: completion-rate, value: 0.8, by: 2027-10-18}]
outcomes: [intent-to-stay, confidence]
evaluation_plan: In the folder of the people team
"""
RUN = """\
training: {required: [mentor-basics], hours_min: 2}
waves:
  - {id: start, kind: baseline, opens: 2027-01-11, closes: 2027-01-25}
  - {id: pulse, kind: pulse, opens: 2027-04-12, closes: 2027-04-19}
  - {id: end, kind: closing, opens: 2027-09-20, closes: 2027-10-11}
"""
MEETINGS = (
    ("2027-01-18", (), "Write down what the weekly meeting is for", "Ask two colleagues what they miss in it"),
    ("2027-02-01", ("a1", "a2"), "Send an agenda of my own as a sample", "Lead the first ten minutes"),
    ("2027-02-15", ("a3",), "Find a date for a visit", "Prepare the agenda of the first of March"),
    ("2027-03-01", ("a4", "a5", "a6"), "Write down what I saw", "Lead the meeting with a list of decisions"),
    ("2027-04-05", ("a7", "a8"), "Introduce Sam to the facilitation circle", "Lead the meeting alone"),
    ("2027-04-19", ("a9", "a10"), "Tell the head of unit what Sam does", "Hand the list of decisions to the team"),
)
"""Day, ids of the promises that were kept, and the two new promises: the mentor's and the mentee's."""


class Cycle:
    """A program's folder, the day it is there, and what was shown after each step."""

    def __init__(self, root):
        self.root = root
        self.shown = {}

    def do(self, today, *words):
        """Run one command and give what it printed; any code but 0 fails the test."""
        result = CliRunner().invoke(cli, ["-C", str(self.root), *words, "--today", today], standalone_mode=False)
        assert result.exception is None, f"{words}: {result.exception!r}"
        assert not result.return_value, f"{words}: {result.stdout}{result.stderr}"
        return result.stdout

    def edit(self, path, *changes):
        """Write by hand: each change is a pattern at the beginning of a line, and what stands there afterwards."""
        text = (self.root / path).read_text(encoding="utf-8")
        for old, new in changes:
            text, count = re.subn(rf"^{old}", new.replace("\\", r"\\"), text, count=1, flags=re.M)
            assert count, f"{path} holds no line that begins with {old}"
        (self.root / path).write_text(text, encoding="utf-8")

    def look(self, step, today):
        """Keep what the coordinator sees after a step."""
        findings = self.do(today, "check", "--format", "concise")
        status = self.do(today, "status")
        name = f"{len(self.shown) + 1:02}-{step}"
        self.shown[name] = (
            f"$ mentoring status --today {today}\n{status}\n$ mentoring check --today {today}\n{findings}"
        )


def live(root):
    """Live through the cycle and give it back with what was shown at each step."""
    cycle = Cycle(root)
    for step in (begin, apply, match, accept, agree, meet_first, set_goal, meet_more, rest, review, end):
        step(cycle)
    return cycle


def begin(cycle):
    day = "2026-12-01"
    start = ("init", str(cycle.root), "--yes", "--name", "Harbor", "--language", "en", "--starts", "2027-01-11")
    result = CliRunner().invoke(cli, [*start, "--today", day], standalone_mode=False)
    assert result.exception is None
    assert not result.return_value
    cycle.look("init", day)
    sponsor = "name: Ruth Adler\nconsents:\n  - {what: data, on: 2026-11-30}\n"
    (cycle.root / "content/people").mkdir(exist_ok=True)
    (cycle.root / "content/people/ruth-adler.yaml").write_text(sponsor, encoding="utf-8")
    cycle.edit("content/programs/harbor/program.yaml", ("# sponsor: .*\n(?:# .*\n)*", PROGRAM))
    cycle.edit(
        f"{COHORT}/cohort.yaml", ("status: planning.*", "status: recruiting"), ("capacity:.*\n", RUN + "capacity:\n")
    )
    cycle.edit(f"{COHORT}/cohort.yaml", ("  mentors: 10", "  mentors: 1"), ("  places: 10", "  places: 1"))
    cycle.look("prepared", day)


def apply(cycle):
    day = "2026-12-02"
    for name, role, zone in (("Nora Berg", "mentor", "Europe/Oslo"), ("Sam Okoro", "mentee", "Europe/London")):
        who = name.lower().replace(" ", "-")
        profile = f"content/people/{who}.yaml"
        cycle.do(day, "new", "person", "--name", name, "--role", role, "--timezone", zone, "--consent", "data")
        topic = "offers: [{topic: leadership, strength: 4}]"
        topic = topic if role == "mentor" else "seeks: [{topic: leadership, priority: 5}]"
        cycle.edit(profile, ("  # (offers|seeks): .*", f"  {topic}"))
        cycle.edit(profile, ("  # availability: .*", "  availability: [mon 15:00-18:00]"))
        cycle.do(day, "new", "application", "--person", who, "--role", role)
    cycle.edit("content/people/sam-okoro.yaml", ("  aims: .*", "  aims: To lead a meeting that people like to come to"))
    cycle.look("applied", day)


def match(cycle):
    day = "2027-01-04"
    cycle.edit(f"{COHORT}/cohort.yaml", ("status: recruiting", "status: matching"))
    for name in ("nora-berg-mentor", "sam-okoro-mentee"):
        cycle.edit(f"{COHORT}/applications/{name}.yaml", ("status: submitted.*", "status: accepted"))
    trained = "training: [{course: mentor-basics, on: 2026-12-15, hours: 3}]\n"
    (cycle.root / "private/people").mkdir()
    (cycle.root / "private/people/nora-berg.yaml").write_text(trained, encoding="utf-8")
    cycle.do(day, "match", "propose", "2027", "--write")
    cycle.look("proposed", day)


def accept(cycle):
    cycle.do("2027-01-05", "accept", "nora-sam", "--person", "nora-berg", "--write")
    cycle.look("accepted-by-one", "2027-01-05")
    cycle.do("2027-01-06", "accept", "nora-sam", "--person", "sam-okoro", "--write")
    cycle.edit(f"{COHORT}/cohort.yaml", ("status: matching", "status: running"))
    cycle.look("accepted", "2027-01-06")
    cycle.do("2027-01-11", "start", "nora-sam", "--write")
    cycle.look("started", "2027-01-11")


def agree(cycle):
    day = "2027-01-12"
    cycle.do(day, "new", "agreement", "nora-sam")
    cycle.edit(
        f"{PAIR}/agreement.md",
        ("purpose: .*", "purpose: Sam leads the weekly meeting of the unit"),
        ("channel: .*", "channel: In room 4, and by chat between meetings"),
        ("  - Write what is not welcome.*", "  - Appraisals are no subject"),
        ("- Before we meet, I …", "- Before we meet, I read the last note and bring one question."),
        ("- When you bring a problem, I first …", "- When you bring a problem, I first ask what you have tried."),
        ("- I will not …", "- I will not speak to your manager about what you say."),
        ("- Before we meet, I …", "- Before we meet, I send two lines on what I want to talk about."),
        ("- My goals and our notes are mine: I …", "- My goals and our notes are mine: I write them on the same day."),
        ("- When I have not done what I promised, I …", "- When I have not done what I promised, I say so first."),
        ("- When one of us cannot come, …", "- When one of us cannot come, we say so a day before."),
        ("- We begin each meeting with …", "- We begin each meeting with what we promised."),
        ("- When something between us does not work, …", "- When something between us does not work, we say it early."),
    )
    cycle.look("agreement", day)
    for who in BOTH:
        cycle.do(day, "sign", "nora-sam", "--person", who, "--write")
    cycle.look("signed", day)


def meet(cycle, meeting):
    """Write one note as the pair does: tick what was done, say a line in each part, promise one thing each."""
    day, kept, mine, yours = meeting
    path = f"{PAIR}/sessions/{day}.md"
    cycle.do(day, "new", "session", "nora-sam", "--date", day)
    cycle.edit(path, *((rf"- \[ \](?=.* id:{ident}$)", "- [x]") for ident in kept))
    for title, words in (
        ("Goal", "What today is about."),
        ("Reality", "How it went."),
        ("Options", "- One way.\n- Another."),
    ):
        cycle.edit(path, (f"## {title}\n", f"## {title}\n\n{words}\n"))
    for who, promise in zip(BOTH, (mine, yours), strict=True):
        cycle.edit(path, (rf"- \[ \] …(?= @{who})", f"- [ ] {promise}"))
    cycle.look(f"met-{day}", day)


def meet_first(cycle):
    meet(cycle, MEETINGS[0])


def set_goal(cycle):
    day = "2027-01-19"
    cycle.do(day, "new", "goal", "nora-sam", "--title", "Lead the weekly meeting", "--due", "2027-05-31")
    cycle.edit(
        GOAL,
        ("status: draft.*", "status: active\nstarted: 2027-01-19"),
        ("# specific: .*", "specific: Four weekly meetings are led without help"),
        ("# measure: .*", "measure: {what: meetings led without help, unit: meetings, baseline: 0, target: 4}"),
        ("# attainable: .*", "attainable: There is one each week"),
        ("# relevant: .*", "relevant: Sam wants to run a unit one day"),
        ("# realistic: .*", "realistic: The head of unit has agreed"),
        ("# challenge: 3.*", "challenge: 3"),
        ("# confidence: 3.*", "confidence: 3"),
    )
    cycle.look("goal", day)


def meet_more(cycle):
    for meeting in MEETINGS[1:3]:
        meet(cycle, meeting)
    visit = "2027-02-22"
    cycle.do(visit, "new", "observation", "nora-sam", "--kind", "mentor-observes", "--focus", "How the meeting ends")
    cycle.edit(
        f"{PAIR}/observations/{visit}.md",
        (
            "  - Write here what you saw.*",
            "  - At minute 42 three people spoke at once; at minute 48 Sam read out two decisions",
        ),
        ("# debrief: .*\n#   on: .*\n#   strengths: .*\n#   improve: .*\n#   next: .*", DEBRIEF),
    )
    cycle.look("observed", visit)
    meet(cycle, MEETINGS[3])
    day = "2027-03-02"
    cycle.do(day, "new", "feedback", "nora-sam", "--from", "nora-berg", "--event-on", visit)
    cycle.edit(
        f"{PAIR}/feedback/{day}-1.md",
        ("# situation: .*", "situation: In the weekly meeting of 22 February, at the end"),
        ("# behavior: .*", "behavior: You read out two decisions and the names of those who carry them"),
        ("# impact: .*", "impact: Everyone left knowing what to do, and I stopped taking notes"),
        ("# response: .*", "response: I will do it at each point and not only at the end"),
        ("# follow_up: .*", "follow_up: a8"),
    )
    cycle.look("feedback", day)


DEBRIEF = """\
debrief:
  on: 2027-02-22
  strengths: [The decisions were read out]
  improve: [Who speaks when several want to]
  next: [A list of decisions on the wall]"""


def rest(cycle):
    cycle.do("2027-03-08", "pause", "nora-sam", "--until", "2027-04-05", "--write")
    cycle.look("paused", "2027-03-08")
    cycle.look("resting", "2027-03-29")
    cycle.do("2027-04-05", "resume", "nora-sam", "--write")
    cycle.look("resumed", "2027-04-05")
    for meeting in MEETINGS[4:]:
        meet(cycle, meeting)


def review(cycle):
    cycle.look("silent", "2027-06-07")
    day = "2027-06-08"
    amended = "amendments:\n  - {on: 2027-06-07, change: keep}\nsigned:\n"
    cycle.edit(f"{PAIR}/agreement.md", ("signed:\n", amended))
    cycle.look("reviewed", day)


def end(cycle):
    day = "2027-06-10"
    cycle.do(day, "settle", "nora-sam/lead-the-weekly-meeting", "--as", "met", "--write")
    cycle.look("settled", day)
    ending = (
        "--kind",
        "early-agreed",
        "--reason",
        "goals-met",
        "--final-session",
        "yes",
        "--future-contact",
        "By chat",
    )
    cycle.do(day, "close", "nora-sam", *ending, "--data", "keep until 2028-06-10", "--rematch", "no", "--write")
    cycle.look("closed", day)


@pytest.fixture(autouse=True)
def hasty(monkeypatch):
    """Do not wait for the disk: that a file outlasts a power cut is tested with the store."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


def test_a_cycle_from_the_first_file_to_the_closed_pair(tmp_path, golden):
    cycle = live(tmp_path / "harbor")
    for name, text in cycle.shown.items():
        golden(f"cycle/{name}.txt", text)

    assert {path.stem for path in GOLDEN.iterdir()} == set(cycle.shown)
    assert "status: closed" in (cycle.root / PAIR / "pair.yaml").read_text(encoding="utf-8")
    assert len(list((cycle.root / PAIR / "sessions").iterdir())) == 6
