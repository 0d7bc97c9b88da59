"""`mentoring status` and `mentoring actions` as a coordinator reads them on Monday morning."""

import datetime
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from scenarios import base_files
from thirty import files as thirty_pairs

from toolkit.cli.app import cli
from toolkit.errors import ToolkitError
from toolkit.reports.page import pad, width, wrapped
from toolkit.reports.words import in_words, last_monday

ROOT = Path(__file__).resolve().parent.parent
PAIRS = "content/programs/lantern/2026/pairs"
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def run(root, *arguments):
    result = CliRunner().invoke(cli, ["-C", str(root), *arguments], standalone_mode=False)
    if result.exception:
        raise result.exception
    return result


def write(root, tree):
    for name, text in tree.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def commit(root, day, message="x"):
    """Commit everything as if at noon of a day."""
    moment = f"{day}T12:00:00Z"
    who = {"GIT_AUTHOR_NAME": "T", "GIT_AUTHOR_EMAIL": "t@example.org", "GIT_COMMITTER_NAME": "T"}
    dates = {"GIT_COMMITTER_EMAIL": "t@example.org", "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    apart = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "--allow-empty", "-m", message]):
        subprocess.run(["git", *words], cwd=root, env={**os.environ, **who, **dates, **apart}, check=True)


@pytest.fixture
def shipped(tmp_path):
    """A copy of the shipped program with a history: all of it in October, then a week's work."""
    for name in ("content", "private", "site_config"):
        shutil.copytree(ROOT / name, tmp_path / name)
    late = tmp_path / PAIRS / "ines-tomas/sessions/2026-10-26.md"
    text = late.read_bytes()
    late.unlink()
    commit(tmp_path, "2026-10-20")
    late.write_bytes(text)
    agreement = tmp_path / PAIRS / "claire-joao/agreement.md"
    agreement.write_text(agreement.read_text() + "\nAgain.\n")
    commit(tmp_path, "2026-10-27")
    return tmp_path


@needs_git
def test_the_status_of_the_shipped_program(shipped, golden):
    shown = run(shipped, "status", "--today", "2026-11-02").stdout

    assert max(map(width, shown.splitlines())) <= 80
    golden("status/lantern.txt", shown)


@needs_git
def test_thirty_pairs_fit_on_two_screens(tmp_path, golden):
    write(tmp_path, thirty_pairs())
    commit(tmp_path, "2026-10-28")
    shown = run(tmp_path, "status", "--today", "2026-11-02").stdout

    assert max(map(width, shown.splitlines())) <= 80
    assert len(shown.splitlines()) <= 48
    golden("status/thirty.txt", shown)
    assert run(tmp_path, "status", "--today", "2026-11-02").stdout == shown


@needs_git
def test_every_alarm_names_the_rule_that_check_names(tmp_path):
    write(tmp_path, thirty_pairs())
    found = json.loads(run(tmp_path, "status", "--json", "--today", "2026-11-02").stdout)
    said = {(each["pair"].rpartition("/")[2], reason["code"]) for each in found["calls"] for reason in each["reasons"]}
    checked = json.loads(run(tmp_path, "check", "--format", "json", "--today", "2026-11-02").stdout)["findings"]
    codes = {code for _, code in said}
    expected = {
        (each["path"].split("/pairs/")[1].split("/")[0], each["code"])
        for each in checked
        if each["code"] in codes and "/pairs/" in each["path"]
    }

    assert said == expected | {("pair-03", "escalation-open"), ("pair-03", "concern-unanswered")}
    assert {each["code"] for each in checked} >= codes
    assert codes == {
        "acceptance-overdue",
        "cadence-lapsed",
        "concern-unanswered",
        "escalation-open",
        "first-meeting-overdue",
        "no-show-pattern",
        "paused-without-end",
        "silent-pair",
    }


def test_a_rule_that_is_off_calls_nobody(tmp_path):
    write(
        tmp_path,
        thirty_pairs() | {"site_config/toolkit.yaml": "rules: {cadence-lapsed: off, concern-unanswered: off}\n"},
    )
    shown = run(tmp_path, "status", "--today", "2026-11-02").stdout

    assert "silent-pair" in shown
    assert "cadence-lapsed" not in shown
    assert "concern-unanswered" not in shown


def test_small_numbers_are_counts_and_no_percentages(tmp_path):
    tree = write(tmp_path, thirty_pairs())
    found = json.loads(run(tree, "status", "--json", "--today", "2026-11-02").stdout)["numbers"]["quay/2026"]
    says = {each["code"]: each["says"] for each in found}
    for number in range(5, 30):
        shutil.rmtree(tree / f"content/programs/quay/2026/pairs/pair-{number:02}")
    few = json.loads(run(tree, "status", "--json", "--today", "2026-11-02").stdout)["numbers"]["quay/2026"]
    few_says = {each["code"]: each["says"] for each in few}

    assert says["goal-attainment"] == "15/29 (52%) goals due"
    assert says["completion-rate"] == "0/29 (0%) ever paired; 28 still run"
    assert says["coverage"] == "29/120 (24%) of those who could"
    assert says["retention"] == "not counted from these records"
    assert few_says["goal-attainment"] == "2.5/5 goals due"
    for says in few_says.values():
        whole = re.match(r"[\d.]+/(\d+)", says)
        assert ("%" in says) == (whole is not None and int(whole[1]) >= 10)


def test_the_hours_of_the_coordinator_are_told_for_each_pair_that_began(tmp_path):
    tree = write(tmp_path, thirty_pairs())
    path = tree / "content/programs/quay/2026/cohort.yaml"
    log = "coordinator_minutes:\n  - {month: 2026-09, minutes: 870}\n  - {month: 2026-10, minutes: 900}\n"
    path.write_text(path.read_text(encoding="utf-8") + log, encoding="utf-8")

    def hours(today):
        found = json.loads(run(tree, "status", "--json", "--today", today).stdout)["numbers"]["quay/2026"]
        return {each["code"]: (each["says"], each["value"]) for each in found}["admin-hours"]

    assert hours("2026-11-02") == ("29.5 hours of the coordinator: 1.0 for each of 29 pairs", 29.5 / 29)
    assert hours("2026-09-30")[0].startswith("14.5 hours")


def test_what_is_due_is_the_next_fourteen_days_and_no_more(tmp_path):
    write(tmp_path, thirty_pairs())
    found = json.loads(run(tmp_path, "status", "--json", "--today", "2026-11-02").stdout)["due"]
    days = [datetime.date.fromisoformat(each["on"]) for each in found]
    reviews = [each["who"] for each in found if each["what"] == "agreement review"]

    assert min(days) == datetime.date(2026, 11, 2)
    assert max(days) == datetime.date(2026, 11, 16)
    assert days == sorted(days)
    assert ["pair-00", "pair-20"] in reviews
    assert {"on": "2026-11-09", "what": "survey opens", "who": ["mid"]} in found


def test_of_a_check_nothing_is_said_but_where_it_stands(tmp_path):
    private = "screening:\n  - {check: police-record, result: cleared, on: 2024-11-05, expires: 2026-11-05}\n"
    write(tmp_path, thirty_pairs() | {"private/people/mentor-09.yaml": private})
    shown = run(tmp_path, "status", "--json", "--today", "2026-11-02").stdout

    assert "private/people/mentor-09.yaml" in shown
    assert "police" not in shown
    assert "cleared" not in shown


def test_a_concern_for_safety_names_nobody(tmp_path):
    concern = "kind: safety\nopened: 2026-10-12\nowner: Rosa Silva\npair: quay/2026/pair-10\nperson: mentee-10\nwhat: secret\n"
    write(tmp_path, thirty_pairs() | {"private/concerns/desk-8.yaml": concern})
    found = json.loads(run(tmp_path, "status", "--json", "--today", "2026-11-02").stdout)["calls"]
    named = [each for each in found if each["names"] == ["concern desk-8"]]

    assert [each["pair"] for each in named] == [None]
    assert "secret" not in json.dumps(found)
    assert not [each for each in found if each["pair"] == "quay/2026/pair-10"]


def test_a_concern_about_a_pair_of_an_older_cohort_is_not_forgotten(tmp_path):
    tree = thirty_pairs()
    cohort = "content/programs/quay/2026/cohort.yaml"
    write(tmp_path, tree | {cohort: tree[cohort].replace("status: running", "status: closed")})
    found = json.loads(run(tmp_path, "status", "--json", "--today", "2026-11-02").stdout)["calls"]

    assert [(each["pair"], len(each["reasons"])) for each in found] == [("quay/2026/pair-03", 2)]


def test_wide_letters_keep_their_columns():
    assert width("李伟") == 4
    assert width(pad("李伟李伟", 5)) == 5
    assert max(map(width, wrapped("  " + "李伟 " * 60))) <= 80
    assert wrapped("  one two", indent=3) == ["  one two"]


def test_without_a_history_the_status_says_so(tmp_path):
    write(tmp_path, base_files())
    shown = run(tmp_path, "status", "--today", "2026-11-02").stdout

    assert "not known: this folder has no git history" in shown


@needs_git
def test_as_of_a_day_or_a_commit_shows_the_files_as_they_were(shipped):
    note = f"{PAIRS}/ines-tomas/sessions/2026-10-26.md"
    head = subprocess.run(["git", "rev-parse", "HEAD~1"], cwd=shipped, capture_output=True, text=True, check=True)
    by_day = run(shipped, "status", "--as-of", "2026-10-22", "--json")
    by_commit = run(shipped, "status", "--as-of", head.stdout.strip(), "--json", "--today", "2026-10-22")
    now = json.loads(run(shipped, "status", "--as-of", "HEAD", "--json").stdout)

    assert by_day.stdout == by_commit.stdout
    assert json.loads(by_day.stdout)["today"] == "2026-10-22"
    before, after = (
        next(each["value"] for each in data["numbers"]["lantern/2026"] if each["code"] == "meetings")
        for data in (json.loads(by_day.stdout), now)
    )
    assert before < after
    assert (shipped / note).exists()


@needs_git
@pytest.mark.parametrize("moment", ["1999-01-01", "no-such-branch", "--all", "-n1", "HEAD:content", "x\n--output=y"])
def test_a_moment_that_is_none_is_refused(shipped, moment):
    with pytest.raises(ToolkitError, match="there is no commit"):
        run(shipped, "status", f"--as-of={moment}")
    assert not (shipped / "y").exists()


@needs_git
def test_what_changed_is_told_for_one_cohort_alone(shipped):
    mine = json.loads(run(shipped, "status", "2026", "--json", "--today", "2026-11-02").stdout)["changes"]
    other = json.loads(run(shipped, "status", "2027", "--json", "--today", "2026-11-02").stdout)["changes"]

    assert mine == {
        "since": "2026-10-26",
        "known": True,
        "says": ["1 agreement changed: claire-joao", "1 session note added: ines-tomas 2026-10-26"],
    }
    assert other["says"] == []


@needs_git
def test_a_file_that_came_and_went_is_no_change(tmp_path):
    write(tmp_path, base_files())
    commit(tmp_path, "2026-10-20")
    (tmp_path / "content/people/new-one.yaml").write_text("name: New\n")
    commit(tmp_path, "2026-10-27")
    (tmp_path / "content/people/new-one.yaml").unlink()
    person = tmp_path / "content/people/li-wei.yaml"
    person.write_text(person.read_text() + "# one\n")
    commit(tmp_path, "2026-10-28")
    found = json.loads(run(tmp_path, "status", "--json", "--today", "2026-11-02").stdout)

    assert found["changes"]["says"] == ["1 profile changed: li-wei"]


@needs_git
def test_a_program_may_lie_in_a_folder_of_a_larger_repository(tmp_path):
    root = tmp_path / "teams" / "mentoring"
    write(root, base_files())
    (tmp_path / "content").mkdir()
    (tmp_path / "content/other.md").write_text("not ours\n")
    commit(tmp_path, "2026-10-20")
    person = root / "content/people/li-wei.yaml"
    person.write_text(person.read_text() + "# one\n")
    (tmp_path / "content/other.md").write_text("still not ours\n")
    commit(tmp_path, "2026-10-28")
    now = json.loads(run(root, "status", "--json", "--today", "2026-11-02").stdout)
    then = json.loads(run(root, "status", "--json", "--as-of", "2026-10-22").stdout)

    assert now["changes"]["says"] == ["1 profile changed: li-wei"]
    assert then["cohorts"] == ["harbor/2026"]
    assert then["numbers"]["harbor/2026"][0]["says"] == "1: 1 active"


@needs_git
def test_the_settings_of_a_repository_run_nothing(shipped):
    marker = shipped / "ran"
    for key in ("core.pager", "gpg.program", "core.fsmonitor", "diff.external", "core.sshCommand"):
        subprocess.run(["git", "config", key, f"touch {marker}; true"], cwd=shipped, check=True)
    subprocess.run(["git", "config", "log.showSignature", "true"], cwd=shipped, check=True)
    run(shipped, "status", "--as-of", "2026-10-28")

    assert not marker.exists()


@pytest.mark.parametrize(
    ("day", "monday"), [("2026-11-02", "2026-10-26"), ("2026-11-03", "2026-11-02"), ("2026-11-08", "2026-11-02")]
)
def test_the_last_monday_lies_before_the_day(day, monday):
    assert last_monday(datetime.date.fromisoformat(day)) == datetime.date.fromisoformat(monday)


def test_the_name_of_a_goal_and_of_a_private_record_is_not_told():
    changed = {
        f"{PAIRS}/ines-tomas/goals/secret-goal.md": "M",
        "private/people/secret-person.yaml": "A",
        "private/concerns/secret-concern.yaml": "A",
        "content/notes.txt": "A",
    }

    assert in_words(changed) == ("1 goal changed: ines-tomas", "2 private records changed")


def test_actions_are_told_once_as_the_latest_note_has_them(tmp_path):
    folder = "content/programs/harbor/2026/pairs/ana-li/sessions"
    later = (
        "---\ndate: 2026-11-05\nminutes: 60\nattended: [ana-kovacs, li-wei]\nformat: free\n---\n"
        "- [x] Choose three good reviews @ana-kovacs id:a1\n- [ ] Write one review together id:a2\n- [ ] Ask Rosa due:2026-12-01\n"
    )
    write(tmp_path, base_files() | {f"{folder}/2026-11-05.md": later})
    before = json.loads(run(tmp_path, "actions", "--json", "--today", "2026-11-02").stdout)["actions"]
    after = json.loads(run(tmp_path, "actions", "--json", "--today", "2026-11-30").stdout)["actions"]

    assert [each["id"] for each in before] == ["a1", "a2"]
    assert [(each["id"], each["owner"], each["text"], each["overdue"]) for each in after] == [
        (None, None, "Ask Rosa", False),
        ("a2", "li-wei", "Write one review together", True),
    ]
    assert after[1]["since"] == "2026-10-22"
    assert after[1]["path"] == f"{folder}/2026-11-05.md"


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ((), 2),
        (("li-wei",), 1),
        (("ana-li",), 2),
        (("harbor/2026",), 2),
        (("ana-li", "li-wei"), 1),
        (("ana-kovacs", "li-wei"), 2),
        (("--overdue",), 0),
        (("rosa-silva",), 0),
        (("rosa-silva", "ana-li"), 0),
    ],
)
def test_actions_can_be_chosen(tmp_path, words, count):
    write(tmp_path, base_files())

    assert (
        len(json.loads(run(tmp_path, "actions", *words, "--json", "--today", "2026-11-02").stdout)["actions"]) == count
    )


def test_the_actions_of_the_shipped_program(golden):
    shown = run(ROOT, "actions", "--today", "2026-11-02").stdout

    assert max(map(width, shown.splitlines())) <= 80
    golden("status/actions.txt", shown)
