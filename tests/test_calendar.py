"""The command `mentoring calendar`: what other programs read in its files, and what they never find there."""

import datetime
import re

import pytest
import vobject
from click.testing import CliRunner
from icalendar import Calendar
from scenarios import base_files, write_base

from toolkit.calendars.write import clean, to_ics
from toolkit.cli.app import cli
from toolkit.errors import ToolkitError
from toolkit.model.event import Event
from toolkit.publish.strings import load_strings
from toolkit.workspace import shipped

PAIR = "content/programs/harbor/2026/pairs/ana-li/pair.yaml"
NOTE = "content/programs/harbor/2026/pairs/ana-li/sessions/2026-10-22.md"
KEY = "harbor/2026/ana-li"


@pytest.fixture
def program(tmp_path):
    """A small program; call it with a path and a change of that file's text."""
    write_base(tmp_path)

    def edit(name, old, new):
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert old in text
        (tmp_path / name).write_text(text.replace(old, new), encoding="utf-8")

    edit.root = tmp_path
    return edit


def written(program, *arguments, today="2026-11-02"):
    """Run the command and give the bytes of its file."""
    result = CliRunner().invoke(
        cli, ["-C", str(program.root), "calendar", "--today", today, *arguments], standalone_mode=False
    )
    if result.exception:
        raise result.exception
    return (program.root / result.stdout.strip()).read_bytes()


def entries(data):
    """The entries of a file as icalendar reads them: day, sequence and status by title, in their order."""
    return [
        (str(each["SUMMARY"]).partition(":")[0], each["DTSTART"].dt, int(each["SEQUENCE"]), str(each["STATUS"]))
        for each in Calendar.from_ical(data).walk("VEVENT")
    ]


def meetings(data):
    return [each[1:] for each in entries(data) if each[0] == "Mentoring"]


def read_strictly(data):
    """Read by the letter of RFC 5545 (line ends, folding, balanced parts, one UID each) and by vobject; gives the lines."""
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
    lines = data.decode("utf-8").replace("\r\n ", "").split("\r\n")[:-1]
    stack = []
    for line in lines:
        assert re.match(r"[A-Z-]+(;[A-Z-]+=[^:;]+)*:", line), line
        name, _, value = line.partition(":")
        if name == "BEGIN":
            stack.append(value)
        elif name == "END":
            assert stack.pop() == value
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", line)
        if name in ("SUMMARY", "X-WR-CALNAME"):
            assert not re.search(r"(?<!\\)[,;]", value), line
    assert not stack
    uids = [line for line in lines if line.startswith("UID:")]
    assert len(uids) == len(set(uids)) == lines.count("BEGIN:VEVENT")
    taken = vobject.readOne(data.decode("utf-8")).contents.get("vevent", [])
    assert [f"UID:{each.uid.value}" for each in taken] == uids
    return lines


def test_a_pairs_calendar_is_what_it_was(program, golden):
    data = written(program, KEY)

    read_strictly(data)
    golden("calendar/ana-li.ics", data.decode("utf-8").replace("\r\n", "\n"))


def test_a_meeting_with_a_time_stands_in_utc_where_its_mentor_lives(program):
    start, sequence, status = meetings(written(program, KEY))[0]

    assert start == datetime.datetime(2026, 10, 22, 15, 0, tzinfo=datetime.UTC)  # 16:00 in Lisbon's summer
    assert (sequence, status) == (1, "CONFIRMED")


def test_who_led_says_whose_clock_counts(program):
    program(NOTE, "format: grow", "format: grow\nlead: li-wei")
    program("content/people/li-wei.yaml", "Europe/Lisbon", "Asia/Tokyo")

    assert meetings(written(program, KEY))[0][0].hour == 7


def test_the_same_records_give_the_same_bytes_twice_and_on_another_day(program):
    first = written(program, KEY)

    assert written(program, KEY) == first
    assert written(program, KEY, today="2026-11-04") == first


def test_a_moved_meeting_is_an_update_of_the_same_entry(program):
    before = Calendar.from_ical(written(program, KEY)).walk("VEVENT")
    program(NOTE, "next: 2026-11-05", "next: 2026-11-06")
    after = Calendar.from_ical(written(program, KEY)).walk("VEVENT")

    moved = [(old, new) for old, new in zip(before, after, strict=True) if old.to_ical() != new.to_ical()]
    assert len(moved) == 1
    old, new = moved[0]
    assert old["UID"] == new["UID"]
    assert new["SEQUENCE"] > old["SEQUENCE"]
    assert new["DTSTART"].dt == datetime.date(2026, 11, 6)


def test_a_meeting_that_is_noted_stays_the_entry_that_was_planned(program):
    planned = Calendar.from_ical(written(program, KEY)).walk("VEVENT")[-3:]
    text = base_files()[NOTE].replace("2026-11-05\n---", "2026-11-19\n---").replace("2026-10-22", "2026-11-05")
    (program.root / NOTE).with_name("2026-11-05.md").write_text(text, encoding="utf-8")
    noted = Calendar.from_ical(written(program, KEY, today="2026-11-06")).walk("VEVENT")

    (old,) = [each for each in planned if each["DTSTART"].dt == datetime.date(2026, 11, 5)]
    (new,) = [each for each in noted if each["UID"] == old["UID"]]
    assert new["SEQUENCE"] > old["SEQUENCE"]
    assert new["DTSTART"].dt.date() == datetime.date(2026, 11, 5)


def test_a_pause_cancels_what_was_planned_and_resuming_brings_it_back(program):
    pauses = "status: paused\npauses:\n  - {start: 2026-11-01, why: Leave}"
    program(PAIR, "status: active", pauses)
    paused = meetings(written(program, KEY))[-1]
    program(PAIR, "status: paused", "status: active")
    program(PAIR, "start: 2026-11-01,", "start: 2026-11-01, resume: 2026-11-02,")
    resumed = meetings(written(program, KEY))[-1]

    assert paused == (datetime.date(2026, 11, 5), 1, "CANCELLED")
    assert resumed == (datetime.date(2026, 11, 5), 2, "CONFIRMED")


def test_a_fresh_file_numbers_a_cancellation_above_the_plan(program):
    plan = meetings(written(program, KEY, "--out", str(program.root / "a.ics")))[-1]
    program(PAIR, "status: active", "status: closed\nended: 2026-11-01")
    off = meetings(written(program, KEY, "--out", str(program.root / "b.ics")))[-1]

    assert off[2] == "CANCELLED"
    assert off[1] > plan[1]


def test_what_was_planned_and_dropped_is_cancelled_once_and_for_all(program):
    written(program, KEY)
    program(NOTE, "next: 2026-11-05\n", "")
    first = written(program, KEY)

    assert meetings(first)[-1] == (datetime.date(2026, 11, 5), 1, "CANCELLED")
    assert written(program, KEY) == first
    assert len(meetings(written(program, KEY, today="2026-12-01"))) == 1


def test_a_cohorts_calendar_is_public_and_names_nobody(program):
    data = written(program, "harbor/2026")

    read_strictly(data)
    text = data.decode("utf-8")
    assert "Winter break" in text
    for hidden in ("Ana", "ana", "Li Wei", "Mentoring: ", "20261105"):
        assert hidden not in text
    assert "Mentoring: " in written(program, "harbor/2026", "--audience", "staff").decode("utf-8")


def test_a_persons_calendar_holds_their_pairs_and_the_dates_of_their_cohort(program):
    titles = {title for title, *_ in entries(written(program, "ana-kovacs"))}

    assert {"Mentoring", "harbor 2026", "Last day", "Look at the agreement again"} <= titles


def test_a_calendar_speaks_the_language_of_its_readers(program):
    """The pair writes Spanish, its mentee reads French; the entries stay the same ones."""
    before = Calendar.from_ical(written(program, KEY, "--out", str(program.root / "en.ics")))
    program(NOTE, "format: grow", "format: grow\nlanguage: es")
    program("content/people/li-wei.yaml", "locale: en", "locale: fr")
    pair = Calendar.from_ical(written(program, KEY, "--out", str(program.root / "es.ics")))
    titles = {title for title, *_ in entries(written(program, "li-wei"))}

    assert {str(each["UID"]) for each in pair.walk("VEVENT")} == {str(each["UID"]) for each in before.walk("VEVENT")}
    agenda = {each: load_strings(each, (shipped("site_config"),))["agenda"] for each in ("es", "fr")}
    said = {str(each["SUMMARY"]) for each in pair.walk("VEVENT")}
    assert agenda["es"]["meeting"].format(names="Ana Kovacs y Li Wei") in said
    assert agenda["fr"]["end"].partition("{")[0].rstrip(" \u00a0:") in {each.rstrip(" \u00a0") for each in titles}


@pytest.mark.parametrize("name", [KEY, "ana-kovacs"])
def test_no_word_of_the_pair_stands_in_a_calendar(program, name):
    text = written(program, name).decode("utf-8")

    for hidden in ("room 4", "good reviews", "confidence", "Review a change", "@", "Appraisals", "review-alone"):
        assert hidden not in text


def test_a_name_cannot_add_a_line_to_a_calendar(program):
    hostile = Event("k", "Ana\r\nATTENDEE:mailto:x@example.org\u2028\x07, Li; \\n", *[datetime.date(2026, 11, 5)] * 2)
    data = to_ics([hostile], "a\r\nMETHOD:REQUEST", datetime.date(2026, 11, 2))

    lines = read_strictly(data)
    assert not any(line.startswith(("ATTENDEE", "METHOD:REQUEST")) for line in lines)
    (entry,) = Calendar.from_ical(data).walk("VEVENT")
    assert str(entry["SUMMARY"]) == "Ana ATTENDEE:mailto:x@example.org , Li; \\n"
    assert clean("a\x00b\u202ec") == "a b c"


@pytest.mark.parametrize(
    "there", [b"# Notes\n", b"BEGIN:VCALENDAR\r\nPRODID:-//other//EN\r\nEND:VCALENDAR\r\n", b"\xff"]
)
def test_a_file_of_another_hand_is_not_overwritten(program, there):
    target = program.root / "mine.ics"
    target.write_bytes(there)

    with pytest.raises(ToolkitError, match="is there already"):
        written(program, KEY, "--out", str(target))
    assert target.read_bytes() == there


@pytest.mark.parametrize("name", ["nobody", "harbor/2027", "rosa-silva"])
def test_who_has_no_calendar_is_told_so(program, name):
    with pytest.raises(ToolkitError):
        written(program, name)
