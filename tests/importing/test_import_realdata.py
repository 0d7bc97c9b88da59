"""Sign-ups of real programs arrive whole, and `check` finds no error in what they became."""

from __future__ import annotations

import csv
import json
import os
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from signups import DAY, Program

from toolkit.cli.app import cli
from toolkit.load import load
from toolkit.rules import RULES, Choice, check
from toolkit.workspace import Workspace

MAPS = Path(__file__).parent / "maps"
DATA = os.environ.get("MENTORING_REALDATA", "")
pytestmark = pytest.mark.skipif(not DATA, reason="MENTORING_REALDATA does not name the folder of real sign-ups")


def bring(program: Program, table: str, map_name: str) -> list[dict[str, str]]:
    """Import a table; every row must be new. Gives its rows as they stand in the file."""
    program.csv = Path(DATA) / table
    program.map = MAPS / map_name
    result = program.run("--write")
    assert result.return_value == 0, result.stdout[-2000:]
    with program.csv.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert f"{len(rows)} rows: {len(rows)} new" in result.stdout
    return rows


def errors(program: Program) -> list[str]:
    found = check(load(Workspace(program.root)), RULES, DAY, Choice())
    return [f"{each.place.path}: {each.code}" for each in found if each.severity == "error"]


@pytest.mark.parametrize(("size", "count"), [("small", 50), ("large", 500)])
def test_the_civil_service_samples_arrive_whole(program: Program, size: str, count: int) -> None:
    mentees = bring(program, f"civil-service-samples/{size}/mentees.csv", "civil-mentees.yaml")
    mentors = bring(program, f"civil-service-samples/{size}/mentors.csv", "civil-mentors.yaml")
    assert len(mentees) == len(mentors) == count
    records = program.records
    assert len(records.people) == 2 * count
    roles = Counter(each.role for each in records.applications["acorn/2027"])
    both = [Counter(row["both mentor and mentee"] for row in rows)["yes"] for rows in (mentees, mentors)]
    assert roles == {"mentee": count + both[1], "mentor": count + both[0]}
    grades = Counter(row["grade"] for row in (*mentees, *mentors))
    levels = Counter(person.level for person in records.people.values())
    assert sorted(grades.values()) == sorted(levels.values())
    assert levels[11] == grades["SCS4"]
    identities = sum(bool(row["identity to match"]) for row in mentees) + sum(
        bool(row["characteristics"]) for row in mentors
    )
    assert sum("identity" in each.protected for each in records.private_people.values()) == identities
    assert len(records.private_people) == 2 * count
    assert not errors(program)


def test_five_hundred_sign_ups_on_each_side_are_matched_as_well_as_can_be(program: Program) -> None:
    rows = {}
    for role in ("mentee", "mentor"):
        program.csv, program.map = Path(DATA) / f"civil-service-samples/large/{role}s.csv", MAPS / f"civil-{role}s.yaml"
        assert program.run("--role", role, "--write").return_value == 0
        with program.csv.open(encoding="utf-8", newline="") as stream:
            rows[role] = Counter(row["profession"] for row in csv.DictReader(stream))
    cohort = program.root / "content/programs/acorn/2027/cohort.yaml"
    cohort.write_text(cohort.read_text(encoding="utf-8").replace("status: planning", "status: matching"))
    command = ["-C", str(program.root), "match", "propose", "acorn/2027", "--today", DAY.isoformat(), "--json"]
    result = CliRunner().invoke(cli, command, standalone_mode=False)
    pairs = json.loads(result.stdout)["pairs"]

    assert len(pairs) == len({each["mentee"] for each in pairs}) == len({each["mentor"] for each in pairs}) == 500
    # Each sign-up names one profession, so no plan can have more equal ones than the rarer side has.
    assert sum(each["score"] for each in pairs) == (rows["mentee"] & rows["mentor"]).total()


def test_the_conference_sign_ups_arrive_whole(program: Program) -> None:
    mentors = bring(program, "cogsci/raw_data/example_mentors.csv", "cogsci-mentors.yaml")
    mentees = bring(program, "cogsci/raw_data/example_mentees.csv", "cogsci-mentees.yaml")
    records = program.records
    assert len(records.people) == len(mentors) + len(mentees) == 8
    offered = {offer.topic for person in records.people.values() if person.mentor for offer in person.mentor.offers}
    sought = {seek.topic for person in records.people.values() if person.mentee for seek in person.mentee.seeks}
    assert {"cognitive-science", "publishing", "first-generation"} <= offered & sought
    asked = [column for column in mentees[0] if "country_location_you_wish" in column]
    kept = [text for each in records.private_people.values() for text in each.imported.values()]
    assert all(row[column] in kept for row in mentees for column in asked if row[column])
    assert not errors(program)


def test_importing_again_changes_nothing(program: Program) -> None:
    bring(program, "civil-service-samples/small/mentees.csv", "civil-mentees.yaml")
    before = program.files()
    assert program.run("--write").return_value == 0
    assert program.files() == before


@pytest.mark.parametrize("table", ["civil-service-samples/small/mentees.csv", "cogsci/raw_data/example_mentees.csv"])
def test_the_proposed_map_brings_the_same_people(program: Program, tmp_path: Path, table: str) -> None:
    program.csv = Path(DATA) / table
    result = CliRunner().invoke(cli, ["import", "people", str(program.csv), "--role", "mentee"], standalone_mode=False)
    program.mapped(result.stdout)
    assert {row["status"] for row in program.plan()} == {"new"}
