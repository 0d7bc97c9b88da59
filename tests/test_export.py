"""The command `mentoring export`: a person gets all that is theirs and nothing of others; a spreadsheet runs nothing."""

import csv
import datetime
import io
import json

import pytest
from canary import CLOSED, OPEN, TODAY, canaries, program
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from scenarios import write_base

from toolkit.cli.app import cli
from toolkit.errors import ToolkitError
from toolkit.exporting.dossier import OPEN as OPEN_KINDS
from toolkit.exporting.dossier import dossier
from toolkit.exporting.table import disarmed, to_csv
from toolkit.exporting.wording import to_json, to_text

PAIR = "content/programs/harbor/2026/pairs/ana-li"
NOTE = f"{PAIR}/sessions/2026-10-22.md"
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "|calc", "%1", "＝1+1", "＋1", "－1+1", "＠a", "｜a", "  =1", "\u00a0=1", "\ufeff=1", "\u200b=1", "=cmd|' /C calc'!A0", "+41 61 555", "- a list")  # fmt: skip
PLAIN = ("5", "-5.5", "+3", "0.25", "2026-11-02", "Ana", "a=b", "'", "", "5 + 5", "¿Qué?")


@pytest.fixture
def folder(tmp_path):
    write_base(tmp_path)
    return tmp_path


def edit(folder, name, old, new):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    assert old in text
    path.write_text(text.replace(old, new) if old else text + new, encoding="utf-8")


def run(folder, *arguments):
    result = CliRunner().invoke(
        cli, ["-C", str(folder), "export", "--today", "2026-11-02", *arguments], standalone_mode=False
    )
    if result.exception:
        raise result.exception
    return result


def exported(folder, person="ana-kovacs"):
    result = run(folder, person)
    at = folder / "build" / "export" / person
    text = (at / f"{person}.txt").read_text(encoding="utf-8")
    return json.loads((at / f"{person}.json").read_text(encoding="utf-8")), text, result


def fields(data, kind):
    return {
        each["field"]: (each["class"], each["value"])
        for record in data["records"]
        if record["kind"] == kind
        for each in record["fields"]
    }


def test_a_person_gets_each_kind_of_record_with_the_class_of_each_value(folder, golden):
    data, text, _ = exported(folder)

    kinds = {record["kind"] for record in data["records"]}
    assert kinds >= {"person", "private-person", "application", "pair", "agreement", "session-note", "goal"}
    assert fields(data, "person")["name"] == ("members", "Ana Kovacs")
    assert fields(data, "person")["mentor.capacity"] == ("staff", 2)
    assert fields(data, "private-person")["contact.email"] == ("staff", "ana@harbor.example")
    assert fields(data, "session-note")["body"][0] == "pair"
    golden("export/ana-kovacs.txt", text)
    golden("export/ana-kovacs.json", json.dumps(data, indent=1, ensure_ascii=False) + "\n")


def test_the_text_and_the_json_say_the_same(folder):
    data, text, _ = exported(folder)

    for record in data["records"]:
        assert record["path"] in text
        for each in record["fields"]:
            for line in str(each["value"]).splitlines() if not isinstance(each["value"], bool) else ():
                assert line in text


def test_what_others_keep_to_themselves_is_left_out(folder):
    edit(
        folder, NOTE, "format: grow", "format: grow\nmood: {ana-kovacs: 4, li-wei: 2}\nreflection: {li-wei: Mine alone}"
    )
    edit(folder, "private/people/li-wei.yaml", "", "line_manager: ana-kovacs\n")
    veto = "private/applications/harbor/2026/li-wei-mentee.yaml"
    edit(folder, veto, "", "veto: [ana-kovacs]\n")
    data, text, result = exported(folder)

    assert fields(data, "session-note")["mood.ana-kovacs"] == ("pair", 4)
    for hidden in ("mood.li-wei", "Mine alone", "line_manager", "veto", "li@harbor.example", veto):
        assert hidden not in text + json.dumps(data)
    assert veto in result.stderr
    assert "private/people/li-wei.yaml" in result.stderr
    (note,) = [each for each in data["records"] if each["kind"] == "session-note"]
    assert sorted(note["withheld"]) == ["mood", "reflection"]


def test_ones_own_veto_and_conflicts_are_named_and_not_printed(folder):
    edit(folder, "private/applications/harbor/2026/ana-kovacs-mentor.yaml", "", "veto: [rosa-silva]\n")
    data, text, _ = exported(folder)

    assert "rosa-silva" not in text
    (private,) = [each for each in data["records"] if each["kind"] == "private-application"]
    assert private["withheld"] == ["veto"]


def test_what_safeguarding_leads_keep_is_named_and_not_printed(folder):
    screening = "screening:\n  - {check: criminal-record, result: cleared, on: 2026-08-01}\n"
    edit(folder, "private/people/ana-kovacs.yaml", "", screening)
    edit(folder, "private/concerns/c-1.yaml", "", "kind: safety\nopened: 2026-10-01\npointer: Case 7\n")
    edit(
        folder, "private/concerns/c-2.yaml", "", "kind: load\nopened: 2026-10-01\nperson: ana-kovacs\nwhat: Too much\n"
    )
    data, text, result = exported(folder)

    for hidden in ("criminal", "cleared", "Case 7", "c-1", "Too much"):
        assert hidden not in text + json.dumps(data) + result.stderr
    withheld = {record["path"]: record["withheld"] for record in data["records"] if record["withheld"]}
    assert withheld == {"private/people/ana-kovacs.yaml": ["screening"], "private/concerns/c-2.yaml": ["what"]}


def test_of_a_month_of_contacts_only_the_persons_own_are_given(folder):
    month = "check_ins:\n  - {person: ana-kovacs, on: 2026-10-20, status: green}\n  - {person: li-wei, on: 2026-10-21, status: red, next: Call Li}\n"  # fmt: skip
    edit(folder, "content/programs/harbor/2026/check-ins/2026-10.yaml", "", month)
    data, text, _ = exported(folder)

    assert fields(data, "check-ins")["check_ins.0.status"] == ("staff", "green")
    assert "Call Li" not in text
    assert "red" not in {value for _, value in fields(data, "check-ins").values()}


def test_who_left_a_pair_does_not_read_what_was_noted_later(folder):
    edit(folder, f"{PAIR}/pair.yaml", "person: ana-kovacs, role: mentor", "person: ana-kovacs, role: mentor, left: 2026-10-21")  # fmt: skip
    data, _, _ = exported(folder)

    assert "session-note" not in {record["kind"] for record in data["records"]}
    assert "pair" in {record["kind"] for record in data["records"]}


@pytest.mark.parametrize("choice", [OPEN, CLOSED], ids=["open", "closed"])
def test_no_value_of_a_record_that_is_not_ones_own_is_in_the_export(choice):
    records = program(choice)
    everything = tuple(canaries(records))
    pair = records.pairs["program/cohort/ours"]
    for person in (pair.members[0].person, next(iter(records.private_people))):
        made = dossier(records, person, TODAY)
        said = to_text(made) + to_json(made)
        given = {entry.path for entry in made.entries}
        seen = 0
        for each in everything:
            value = each.value
            if not isinstance(value, str) or len(value) < 16 or value in (person, each.record.id):
                continue
            strictest = {extra["visibility"] for extra in each.way}
            if "safeguarding" in strictest or each.record.path not in given:
                assert value not in said or value in _elsewhere(everything, given, value), each
            elif each.record.record == "person" and each.record.id == person:
                seen += 1
                assert value in said, each
        assert seen > 5


def _elsewhere(everything, given, value):
    """A value that stands in a record of the person's, too, such as the name of the other in the pair."""
    return {each.value for each in everything if each.record.path in given and each.value == value}


def test_kinds_that_are_open_hold_only_that_they_name_the_person(folder):
    edit(folder, "content/programs/harbor/program.yaml", "person: rosa-silva", "person: ana-kovacs")
    data, _, _ = exported(folder)

    (record,) = [each for each in data["records"] if each["kind"] in OPEN_KINDS]
    assert [each["field"] for each in record["fields"]] == ["sponsor.person"]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_run_is_disarmed(text):
    (row,) = csv.reader(io.StringIO(to_csv((text,), ()).decode("utf-8"), newline=""))

    assert row == [f"'{text}"]


@pytest.mark.parametrize("text", PLAIN)
def test_what_no_spreadsheet_runs_stays_as_it_is(text):
    assert disarmed(text) == text


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=4))
def test_a_csv_gives_back_every_text(rows):
    data = to_csv(("a", "b"), rows).decode("utf-8")
    back = list(csv.reader(io.StringIO(data, newline="")))[1:]

    def plain(text):
        return text.encode("utf-8", "replace").decode("utf-8")

    assert [[cell.removeprefix("'") for cell in row] for row in back] == [
        [plain(cell).removeprefix("'") for cell in row] for row in rows
    ]


def test_cells_of_every_kind():
    row = (None, True, False, 3, -5.5, 1e-7, datetime.date(2026, 11, 2), 'a "b"')

    assert to_csv(("x",), (row,)) == b'"x"\r\n"","yes","no","3","-5.5","0.0000001","2026-11-02","a ""b"""\r\n'


def test_the_mark_is_written_where_it_is_asked_for(folder):
    run(folder, "harbor/2026")
    assert (folder / "build/export/harbor--2026--public/dates.csv").read_bytes().startswith(b'"on"')

    run(folder, "harbor/2026", "--bom")
    assert (folder / "build/export/harbor--2026--public/dates.csv").read_bytes().startswith(b'\xef\xbb\xbf"on"')


def test_each_audience_has_the_tables_that_it_may_read(folder):
    names = {}
    for audience in ("public", "members", "staff"):
        run(folder, "harbor/2026", "--audience", audience)
        at = folder / "build" / "export" / f"harbor--2026--{audience}"
        names[audience] = {path.stem: path.read_text(encoding="utf-8") for path in at.iterdir()}

    assert set(names["public"]) == {"cohort", "dates"}
    assert {"people", "members", "pairs"} <= set(names["members"])
    assert "sessions" not in names["members"]
    assert {"sessions", "applications"} <= set(names["staff"])
    assert not any("Ana" in text or "ana" in text for text in names["public"].values())
    assert not any("review-alone" in text or "Review a change" in text for text in names["staff"].values())
    assert "2026-10-22" not in names["members"]["pairs"]
    assert "2026-10-22" in names["staff"]["pairs"]


def test_a_name_that_is_a_formula_is_disarmed_in_the_table(folder):
    edit(folder, "content/people/li-wei.yaml", "name: Li Wei", "name: =HYPERLINK(1)")
    run(folder, "harbor/2026", "--audience", "members")

    assert '"\'=HYPERLINK(1)"' in (folder / "build/export/harbor--2026--members/people.csv").read_text()


def test_an_export_is_the_same_bytes_each_time(folder):
    first = exported(folder)[:2]

    assert exported(folder)[:2] == first


def test_a_folder_of_ones_own_is_not_overwritten(folder, tmp_path):
    out = tmp_path / "mine"
    run(folder, "ana-kovacs", "--out", str(out))

    with pytest.raises(ToolkitError, match="already"):
        run(folder, "ana-kovacs", "--out", str(out))


@pytest.mark.parametrize(
    "options", [("ana-kovacs", "--bom"), ("ana-kovacs", "--audience", "staff"), ("nobody",), ("harbor/2026/ana-li",)]
)
def test_options_that_do_not_fit_are_refused(folder, options):
    with pytest.raises(ToolkitError):
        run(folder, *options)


def test_without_private_files_the_export_says_what_it_lacks(folder):
    for path in sorted(folder.glob("private/**/*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (folder / "private").rmdir()

    assert "private/ is not here" in exported(folder)[2].stderr
