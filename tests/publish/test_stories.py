"""Stories are shown while everybody in them agrees; concerns, visits and feedback to those whom they belong to."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from scenarios import TODAY, Scenario

from toolkit.load import load
from toolkit.model import Records
from toolkit.publish.audience import MEMBERS, PUBLIC, STAFF, Audience, Kind
from toolkit.publish.extras import Extras
from toolkit.publish.pages import Site, pages
from toolkit.publish.project import project
from toolkit.publish.strings import Speech, load_strings
from toolkit.workspace import Workspace

ROOT = Path(__file__).parents[2]
OURS = Audience(Kind.PAIR, "harbor/2026/ana-li")
COHORT = "content/programs/harbor/2026"
PAIR = f"{COHORT}/pairs/ana-li"
STORY = """\
---
title: The first review
by: li-wei
about: [ana-kovacs]
consent:
  - {person: li-wei, on: 2026-10-20}
  - {person: ana-kovacs, on: 2026-10-21}
audience: public
until: 2026-12-31
---
I read it **twice**, and <script>nothing</script> happened.
"""
CONSENTS = "consents:\n  - {what: data, on: 2026-08-20}\n  - {what: profile-public, on: 2026-08-20}\n"
AGREED = CONSENTS + "  - {what: story, on: 2026-10-20, until: 2026-12-01}\n"
LI, ANA = "name: Li Wei\nlocale: en\n", "name: Ana Kovacs\nlocale: en\n"


def program(root: Path, story: str = STORY, li: str = LI + AGREED, ana: str = ANA + AGREED, **more: str) -> Records:
    files = {
        f"{COHORT}/stories/first-review.md": story,
        "content/people/li-wei.yaml": li,
        "content/people/ana-kovacs.yaml": ana,
        **more,
    }
    Scenario("stories", root.name, files=files).write(root)
    loaded = load(Workspace(root))
    assert loaded.diagnostics == ()
    return loaded.records


def told(records: Records, audience: Audience, today: datetime.date = TODAY) -> list[str]:
    return [each.title for each in project(records, audience, today).stories]


def site(records: Records, audience: Audience, today: datetime.date = TODAY) -> Site:
    strings = Speech(load_strings("en", (ROOT / "site_config",)))
    return pages(project(records, audience, today), strings, Extras(), (ROOT / "templates" / "pages",))


def test_a_story_is_told_to_whom_it_is_meant_for(tmp_path: Path):
    open_to_all = program(tmp_path / "public")
    for audience in (PUBLIC, MEMBERS, STAFF, OURS):
        assert told(open_to_all, audience) == ["The first review"]
    inner = program(tmp_path / "members", STORY.replace("audience: public\n", ""))
    assert told(inner, PUBLIC) == []
    assert told(inner, MEMBERS) == told(inner, OURS) == ["The first review"]


@pytest.mark.parametrize(
    "change",
    [
        {"ana": ANA + CONSENTS},
        {"story": STORY.replace("  - {person: ana-kovacs, on: 2026-10-21}\n", "")},
        {"story": STORY.replace("on: 2026-10-21", "on: 2026-11-21")},
        {"story": STORY.replace("until: 2026-12-31", "until: 2026-11-01")},
    ],
    ids=["no consent to stories", "has not read it", "agrees later", "its time is over"],
)
def test_without_the_yes_of_everybody_only_the_staff_knows_of_it(tmp_path: Path, change: dict[str, str]):
    records = program(tmp_path, **change)
    assert told(records, PUBLIC) == told(records, MEMBERS) == told(records, OURS) == []
    assert told(records, STAFF) == ["The first review"]


def test_a_consent_that_runs_out_takes_the_story_down(tmp_path: Path):
    records = program(tmp_path)
    assert told(records, PUBLIC, datetime.date(2026, 12, 1)) == ["The first review"]
    assert told(records, PUBLIC, datetime.date(2026, 12, 2)) == []


def test_the_page_is_there_where_a_story_is(tmp_path: Path):
    records = program(tmp_path)
    page = site(records, PUBLIC).files["stories.md"]
    assert "<strong>twice</strong>" in page and "<script>" not in page and "Told by Li Wei" in page
    assert "stories.md" in str(site(records, PUBLIC).nav)
    later = site(records, PUBLIC, datetime.date(2027, 1, 2))
    assert "stories.md" not in later.files and "stories.md" not in str(later.nav)


CARE = {
    f"{COHORT}/check-ins/2026-10.yaml": (
        "check_ins:\n  - {person: li-wei, pair: ana-li, on: 2026-10-26, status: amber, next: Another hour.}\n"
    ),
    "private/concerns/load.yaml": "kind: load\nopened: 2026-10-20\nowner: Rosa\nwhat: Too many reviews.\n",
    "private/concerns/desk.yaml": "kind: safety\nopened: 2026-10-20\nowner: Marit\npointer: Desk, case 14\n",
    f"{PAIR}/feedback/2026-10-26-1.md": (
        "---\nfrom: li-wei\nto: ana-kovacs\non: 2026-10-26\nevent_on: 2026-10-22\nkind: praise\n"
        "situation: Before the lamp went out\n---\n"
    ),
    f"{PAIR}/observations/2026-10-24.md": (
        "---\ndate: 2026-10-24\nkind: co-work\nevidence: [Nine pencils]\n---\nA windy day.\n"
    ),
}
PAGE = "programs/harbor/2026/pairs/ana-li.md"


def test_coordinators_see_their_own_work_and_nothing_of_safety(tmp_path: Path):
    page = site(program(tmp_path, **CARE), STAFF).files["care.md"]
    assert "Another hour." in page and "Rosa" in page and "Contacts in October 2026" in page
    assert "Marit" not in page and "case 14" not in page and "Too many reviews" not in page
    for audience in (PUBLIC, MEMBERS, OURS):
        assert "care.md" not in site(program(tmp_path, **CARE), audience).files


def test_visits_and_feedback_are_read_by_the_pair_and_counted_by_the_staff(tmp_path: Path):
    records = program(tmp_path, **CARE)
    own = site(records, OURS).files[PAGE]
    assert "Nine pencils" in own and "A windy day." in own and "Before the lamp went out" in own
    assert "Li Wei to Ana Kovacs" in own
    staff = site(records, STAFF).files[PAGE]
    assert "worked side by side" in staff and "Li Wei to Ana Kovacs" in staff
    assert "Nine pencils" not in staff and "A windy day." not in staff and "lamp" not in staff
    members = site(records, MEMBERS).files[PAGE]
    assert "observation" not in members and "feedback" not in members


def test_an_opened_visit_is_read_by_members_without_its_day(tmp_path: Path):
    opened = CARE[f"{PAIR}/observations/2026-10-24.md"].replace("kind:", "visibility: members\nkind:")
    notes = CONSENTS + "  - {what: notes, on: 2026-08-20}\n"
    agreement = (ROOT / "tests/rules/_base" / PAIR / "agreement.md").read_text(encoding="utf-8")
    more = {
        **CARE,
        f"{PAIR}/observations/2026-10-24.md": opened,
        f"{PAIR}/agreement.md": agreement.replace("level: pair", "level: members"),
    }
    page = site(program(tmp_path, li=LI + notes, ana=ANA + notes, **more), MEMBERS).files[PAGE]
    assert "Nine pencils" in page
    assert "2026-10-24" not in page and "24 October" not in page
