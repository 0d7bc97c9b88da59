"""Sign-ups become people, applications and private records; the plan says all of it first, and nothing is lost."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from signups import DAY, MAP, Program

from toolkit.decode import decode
from toolkit.errors import ToolkitError
from toolkit.importing.emit import text_of
from toolkit.importing.slots import slots_of
from toolkit.model import Person
from toolkit.rules import RULES, Choice, check
from toolkit.source import of_bytes
from toolkit.source.text import FORBIDDEN

ANA = "14/09/2026,Ana,Kovács,ana@example.org,I want to mentor,Lab,HEO,Grants;Public speaking,Yes,x"
RUI = "15/09/2026,Rui,Tavares,rui@example.org,I want a mentor,Lab,4,Grants,Yes,"


def test_a_row_becomes_a_person_an_application_and_a_private_record(program: Program) -> None:
    program.table(ANA, RUI)
    result = program.run("--write")
    assert result.return_value == 0
    records = program.records
    ana = records.people["ana-kovacs"]
    assert (ana.name, ana.organization, ana.level) == ("Ana Kovács", "Lab", 3)
    assert ana.mentor is not None
    assert [(each.topic, each.strength) for each in ana.mentor.offers] == [("grants", 4), ("public-speaking", 4)]
    assert ana.mentee is None
    assert [(each.what, each.on) for each in ana.consents] == [("data", datetime.date(2026, 9, 14))]
    assert records.private_people["ana-kovacs"].contact.email == "ana@example.org"  # type: ignore[union-attr]
    applications = {(each.person, each.role): each for each in records.applications["acorn/2027"]}
    assert set(applications) == {("ana-kovacs", "mentor"), ("rui-tavares", "mentee")}
    assert applications["ana-kovacs", "mentor"].status == "submitted"
    assert applications["ana-kovacs", "mentor"].submitted == datetime.date(2026, 9, 14)
    assert records.topics()["public-speaking"] == "Public speaking"


def test_the_program_has_no_error_after_the_import(program: Program) -> None:
    from toolkit.load import load
    from toolkit.workspace import Workspace

    program.table(ANA, RUI)
    program.run("--write")
    found = check(load(Workspace(program.root)), RULES, DAY, Choice())
    assert not [each for each in found if each.severity == "error"]


def test_the_plan_writes_nothing_and_says_what_it_would(program: Program) -> None:
    program.table(ANA)
    before = program.files()
    result = program.run()
    assert "new       row 2     ana-kovacs mentor" in result.stdout
    assert "topic     grants: Grants" in result.stdout
    assert "--write" in result.stderr.splitlines()[-1]
    assert program.files() == before


def test_the_same_import_twice_changes_nothing(program: Program) -> None:
    program.table(ANA, RUI)
    program.run("--write")
    before = program.files()
    assert [row["status"] for row in program.plan()] == ["unchanged", "unchanged"]
    program.run("--write")
    assert program.files() == before


def test_a_person_who_is_both_applies_twice(program: Program) -> None:
    program.table(ANA.replace("I want to mentor", "both"))
    program.run("--write")
    records = program.records
    assert [each.role for each in records.applications["acorn/2027"]] == ["mentee", "mentor"]
    person = records.people["ana-kovacs"]
    assert person.mentor is not None
    assert person.mentee is not None


def test_a_role_for_all_outweighs_the_map(program: Program) -> None:
    program.table(ANA)
    program.run("--role", "mentee", "--write")
    assert [each.role for each in program.records.applications["acorn/2027"]] == ["mentee"]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (ANA.replace("14/09/2026", "2026-14-09"), "When"),
        (ANA.replace("HEO", "chief"), "Grade"),
        (ANA.replace("I want to mentor", "perhaps"), "Role"),
        (ANA.replace("Ana,Kovács", ","), "no name"),
        (ANA.replace("Lab", "=HYPERLINK(1)"), "formula"),
        (ANA.replace("Lab", "@SUM(1+1)"), "formula"),
        (ANA.replace("Lab", "+cmd|' /C calc'!A0"), "formula"),
        (ANA.replace("Lab", "La\x07b"), "cannot be seen"),
        (ANA.replace("Lab", "La\u202eb"), "cannot be seen"),
        (ANA + ",more", "11 cells"),
    ],
)
def test_a_row_that_fits_nowhere_is_refused_by_number_and_reason(program: Program, row: str, says: str) -> None:
    program.table(row, RUI)
    found = program.row(2)
    assert found["status"] == "refused"
    assert says in " ".join(found["notes"])
    assert "chief" not in json.dumps(found)
    assert program.row(3)["status"] == "new"
    assert program.run("--write").return_value == 1
    assert list(program.records.people) == ["rui-tavares"]


def test_a_text_of_a_phone_or_with_a_dash_is_no_formula(program: Program) -> None:
    program.table(ANA.replace("Lab", "- none -"), RUI.replace("Lab", "+351 912 345 678"))
    assert [row["status"] for row in program.plan()] == ["new", "new"]


@pytest.mark.parametrize("second", [RUI.replace("rui@", "ANA@"), RUI.replace("Rui,Tavares", "ana,KOVÁCS")])
def test_two_rows_of_one_person_are_in_doubt_and_neither_is_written(program: Program, second: str) -> None:
    program.table(ANA, second)
    assert [row["status"] for row in program.plan()] == ["doubtful", "doubtful"]
    assert "row 3" in program.row(2)["notes"][0]
    program.run("--write")
    assert not program.records.people


def test_the_map_may_say_that_the_last_row_counts(program: Program) -> None:
    program.mapped(MAP + "same: last\n")
    program.table(ANA, RUI.replace("rui@", "ana@"))
    assert [row["status"] for row in program.plan()] == ["doubtful", "new"]


def test_placeholders_are_no_address_and_do_not_count(program: Program) -> None:
    program.table(ANA.replace("ana@example.org", "REDACTED-EMAIL"), RUI.replace("rui@example.org", "REDACTED-EMAIL"))
    assert [row["status"] for row in program.plan()] == ["new", "new"]


def test_two_people_of_one_name_have_two_ids_and_that_is_said(program: Program) -> None:
    program.mapped(MAP + "same: apart\n")
    program.table(ANA, ANA.replace("ana@", "other@").replace("Kovács", "Kovacs"))
    rows = program.plan()
    assert [row["person"] for row in rows] == ["ana-kovacs", "ana-kovacs-2"]
    assert "ana-kovacs is taken" in rows[1]["notes"][0]


def test_a_namesake_with_another_address_is_in_doubt(program: Program) -> None:
    program.table(ANA)
    program.run("--write")
    program.table(ANA.replace("ana@", "someone.else@"))
    assert program.row(2)["status"] == "doubtful"


def test_ids_may_come_from_a_column_and_a_bad_one_is_said(program: Program) -> None:
    program.mapped(MAP.replace("ignore: Notes", "person_id: Notes"))
    program.table(ANA[:-1] + "AK_7", RUI + "rui")
    rows = program.plan()
    assert [row["person"] for row in rows] == ["ak-7", "rui"]
    assert "became ak-7" in rows[0]["notes"][0]


def test_a_name_in_another_script_still_has_an_id(program: Program) -> None:
    program.table(
        ANA.replace("Ana,Kovács", "小明,王"), ANA.replace("Ana,Kovács", "Лев,Толстой").replace("ana@", "lev@")
    )
    assert [row["person"] for row in program.plan()] == ["person", "person-2"]


def test_a_change_edits_the_one_value_and_keeps_every_other_byte(program: Program) -> None:
    program.table(ANA)
    program.run("--write")
    path = program.root / "content/people/ana-kovacs.yaml"
    text = path.read_text(encoding="utf-8").replace("organization: Lab", 'organization:   "Lab"  # since 2020')
    path.write_text("# mine\n" + text, encoding="utf-8")
    program.table(ANA.replace("Lab", "Institute: West"))
    row = program.row(2)
    assert (row["status"], row["changed"], row["by_hand"]) == ("changed", ["organization"], [])
    program.run("--write")
    assert path.read_text(encoding="utf-8") == "# mine\n" + text.replace('"Lab"', '"Institute: West"')


def test_a_new_role_is_added_at_the_end_and_a_list_is_left_for_a_person(program: Program) -> None:
    program.table(ANA)
    program.run("--write")
    program.table(ANA.replace("I want to mentor", "Both").replace("Grants;", "Grants;Teaching;"))
    row = program.row(2)
    assert row["changed"] == ["mentor.offers", "mentee", "application (new)"]
    assert row["by_hand"] == ["mentor.offers"]
    program.run("--write")
    person = program.records.people["ana-kovacs"]
    assert person.mentee is not None
    assert person.mentor is not None
    assert len(person.mentor.offers) == 2


def test_a_file_with_mixed_line_ends_is_left_for_a_person(program: Program) -> None:
    program.table(ANA)
    program.run("--write")
    path = program.root / "content/people/ana-kovacs.yaml"
    data = path.read_bytes().replace(b"\n", b"\r\n", 2)
    path.write_bytes(data)
    program.table(ANA.replace("Lab", '"a, b: {c}"'))
    assert program.row(2)["by_hand"] == ["organization"]
    program.run("--write")
    assert path.read_bytes() == data


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_file_keeps_the_line_ends_and_the_mark_that_it_has(program: Program, mark: bytes) -> None:
    program.table(ANA)
    program.run("--write")
    path = program.root / "content/people/ana-kovacs.yaml"
    data = mark + path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(data)
    program.table(ANA.replace("Lab", "Institute"))
    assert (program.row(2)["changed"], program.row(2)["by_hand"]) == (["organization"], [])
    program.run("--write")
    assert path.read_bytes() == data.replace(b"organization: Lab", b"organization: Institute")


def test_fields_between_braces_are_edited_in_their_place(program: Program) -> None:
    program.table(ANA)
    program.run("--write")
    path = program.root / "content/people/ana-kovacs.yaml"
    path.write_text('{name: "Ana Kov\xe1cs", organization: Lab}\n', encoding="utf-8")
    program.table(ANA.replace("Lab", '"a, b: {c}"'))
    row = program.row(2)
    program.run("--write")
    assert "organization" not in row["by_hand"] and "mentor" in row["by_hand"]
    assert path.read_text(encoding="utf-8").startswith('{name: "Ana Kov\xe1cs", organization: "a, b: {c}"')


def test_a_decision_of_the_staff_outlasts_a_second_import(program: Program) -> None:
    program.table(ANA)
    program.run("--write")
    path = program.root / "content/programs/acorn/2027/applications/ana-kovacs-mentor.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("submitted\n", "accepted\n"), encoding="utf-8")
    assert program.row(2)["status"] == "unchanged"


def test_no_value_of_a_private_field_is_in_a_plan(program: Program) -> None:
    program.mapped(MAP.replace("ignore: Notes", "").replace("email: E-mail", "email: E-mail, phone: Notes"))
    program.table(ANA)
    program.run("--write")
    program.table(ANA[:-1] + "canary")
    for args in ((), ("--json",)):
        result = program.run(*args)
        assert "private-person: contact.phone" in result.stdout
        assert "canary" not in result.output + result.stderr


def test_a_column_that_goes_nowhere_is_named(program: Program) -> None:
    program.mapped(MAP.replace("ignore: Notes\n", ""))
    program.table(ANA)
    assert "  Notes" in program.run().stdout.splitlines()
    assert json.loads(program.run("--json").stdout)["lost"] == ["Notes"]


@pytest.mark.parametrize("line", ["keep: Notes", "keep_rest: true"])
def test_a_kept_column_lies_in_private(program: Program, line: str) -> None:
    program.mapped(MAP.replace("ignore: Notes", line))
    program.table(ANA)
    program.run("--write")
    assert program.records.private_people["ana-kovacs"].imported == {"Notes": "x"}


def test_people_named_in_cells_are_found_by_name_or_id(program: Program) -> None:
    program.mapped(MAP.replace("ignore: Notes", "private_application: {veto: {column: Notes, split: ;}}"))
    program.table(ANA[:-1] + "Rui Tavares", RUI + "ana-kovacs")
    program.run("--write")
    vetoes = {each.person: each.veto for each in program.records.private_applications["acorn/2027"]}
    assert vetoes == {"ana-kovacs": ("rui-tavares",), "rui-tavares": ("ana-kovacs",)}
    program.table(ANA[:-1] + "Nobody Known")
    assert program.row(2)["status"] == "refused"
    assert "Nobody" not in json.dumps(program.plan())


def test_grids_splits_and_ways_to_meet(program: Program) -> None:
    header = "Name,Free [Monday],Free [Tuesday],How,Grants [1-5],Speaking [1-5],Languages"
    program.mapped(
        """
role: mentee
person:
  name: Name
  languages: {column: Languages, split: ", ", values: {English: en, Portuguese: pt}}
  mentee:
    seeks: {grid: {"Grants [1-5]": Grant writing, "Speaking [1-5]": speaking}}
    availability:
      grid: {"Free [Monday]": mon, "Free [Tuesday]": tue}
      split: ", "
      values: {Morning: "9:00-12:00", "Evening, late": 7pm to 9.30pm}
    modalities: {column: How, split: ", "}
"""
    )
    program.table('Ana,"Morning, Evening, late",18h-19h,"In person, Virtual",5,2,"English, Portuguese"', header=header)
    program.run("--write")
    person = program.records.people["ana"]
    assert [each.code for each in person.languages] == ["en", "pt"]
    assert person.mentee is not None
    assert person.mentee.availability == ("mon 09:00-12:00", "mon 19:00-21:30", "tue 18:00-19:00")
    assert person.mentee.modalities == ("in-person", "virtual")
    assert [(each.topic, each.priority) for each in person.mentee.seeks] == [("grant-writing", 5), ("speaking", 2)]


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("Tue 17:00-19:00", ("tue 17:00-19:00",)),
        ("Tuesdays 5-7pm", ("tue 17:00-19:00",)),
        ("mardi 17h-19h30", ("tue 17:00-19:30",)),
        ("lunes 18.30 a 20", ("mon 18:30-20:00",)),
        ("Wed 11-1pm, 15:00–16:00", ("wed 11:00-13:00", "wed 15:00-16:00")),
        ("Fri 22:00-00:00", ("fri 22:00-24:00",)),
        ("Mon 17:00-16:00", None),
        ("whenever", None),
        ("10-12", None),
        ("Mon or Tue 10-12", None),
    ],
)
def test_weekly_times_are_read_in_three_languages(text: str, slots: tuple[str, ...] | None) -> None:
    assert slots_of(text) == slots


def test_a_date_that_can_be_read_in_two_ways_is_refused(program: Program) -> None:
    program.mapped(MAP.replace(', format: "%d/%m/%Y"', ""))
    program.table(ANA.replace("14/09/2026", "03/04/2026"), RUI.replace("15/09/2026", "2026/09/15 10:23:11 AM GMT+2"))
    assert [row["status"] for row in program.plan()] == ["refused", "new"]
    assert "format" in program.row(2)["notes"][0]


def test_a_time_after_the_date_does_no_harm(program: Program) -> None:
    program.table(ANA.replace("14/09/2026", "14/09/2026 10:23:11"))
    assert program.row(2)["status"] == "new"


@pytest.mark.parametrize(
    ("old", "new", "code", "place", "says"),
    [
        ("organization:", "organisation:", "unknown-field", "map.yaml:5:3", "organization"),
        ("column: Grade", "column: Grad", "unknown-column", "map.yaml:6:19", "Grade"),
        ("column: Grade", "colum: Grade", "unknown-field", "map.yaml:6:11", "column"),
        ("name: {join: [First name, Last name]}", "bio: Notes", "missing-field", "map.yaml:3:1", "name"),
        ("ignore: Notes", "ignore: Notez", "unknown-column", "map.yaml:14:9", "Notes"),
        ("ignore: Notes", "ignore: Notes\nignore: Notes", "duplicate-key", "map.yaml:15:1", ""),
    ],
)
def test_a_slip_in_the_map_is_found_at_its_place(
    program: Program, old: str, new: str, code: str, place: str, says: str
) -> None:
    program.mapped(MAP.replace(old, new))
    program.table(ANA)
    result = program.run("--write")
    assert result.return_value == 2
    assert code in result.stderr
    assert place in result.stderr
    assert says in result.stderr
    assert not program.records.people


def test_a_cohort_that_is_not_there_is_refused_with_those_that_are(program: Program) -> None:
    program.table(ANA)
    with pytest.raises(ToolkitError) as caught:
        program.run("--cohort", "acorn/2028")
    assert "acorn/2027" in caught.value.hint


def test_a_person_whose_file_is_broken_is_not_written_beside_it(program: Program) -> None:
    broken = program.root / "content/people/ana-kovacs.yaml"
    broken.parent.mkdir(parents=True, exist_ok=True)
    broken.write_text("name: [", encoding="utf-8")
    program.table(ANA)
    assert program.row(2)["status"] == "doubtful"
    program.run("--write")
    assert [path.name for path in broken.parent.iterdir()] == ["ana-kovacs.yaml"]


def test_everything_is_checked_before_the_first_file_is_written(program: Program) -> None:
    taken = program.root / "private/people/rui-tavares.yaml"
    taken.parent.mkdir(parents=True)
    taken.symlink_to(program.csv)
    program.table(ANA, RUI)
    with pytest.raises(ToolkitError):
        program.run("--write")
    assert not (program.root / "content/people/ana-kovacs.yaml").exists()


def test_what_is_written_does_not_depend_on_the_order_of_rows(program: Program, tmp_path: Any) -> None:
    program.table(RUI, ANA)
    program.run("--write")
    first = program.files()
    for name in first:
        if "/people/" in name or "/applications/" in name or name.endswith("imported.yaml"):
            (program.root / name).unlink()
    program.table(ANA, RUI)
    program.run("--write")
    assert program.files() == first


def test_a_table_without_rows_has_an_empty_plan(program: Program) -> None:
    program.table()
    result = program.run()
    assert result.return_value == 0
    assert "0 rows" in result.stdout


LINE = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40).filter(lambda text: not FORBIDDEN.search(text))


@given(
    LINE,
    st.none() | LINE,
    st.lists(st.sampled_from(["grants", "speaking"]), max_size=2, unique=True),
    st.integers(1, 5),
)
def test_a_record_that_is_written_reads_back_as_the_same(
    name: str, bio: str | None, topics: list[str], strength: int
) -> None:
    offers = [{"topic": topic, "strength": strength} for topic in topics]
    data = {
        "name": name,
        "bio": bio,
        "level": 3,
        "mentor": {"offers": offers, "capacity": 2},
        "consents": [{"what": "data", "on": "2026-09-14"}],
    }
    person = Person.model_validate({key: value for key, value in data.items() if value is not None})
    again, findings = decode(of_bytes(text_of(person).encode("utf-8"), "person.yaml"), Person)
    assert not findings
    assert again == person


def test_a_topic_that_reaches_no_file_enters_no_list(program: Program) -> None:
    """Where a file keeps what it says, a new wording of the same topics leaves nothing behind."""
    program.table(ANA)
    program.run("--write")
    program.table(ANA.replace("Grants;Public speaking", "Grants and speaking"))
    shown = program.run("--write").stdout

    assert "left as the file has it, so look there: mentor.offers" in shown
    assert "Grants and speaking" not in shown
    assert "grants-and-speaking" not in program.records.topics()
