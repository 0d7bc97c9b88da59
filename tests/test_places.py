"""What a finding shows of a file: its field's name, and its line only where everything on it is public."""

from __future__ import annotations

from pathlib import Path

from scenarios import BASE

from toolkit.load import load
from toolkit.model import Program, Session, field_of
from toolkit.workspace import Workspace

PROGRAM = "content/programs/harbor/program.yaml"
NOTE = "content/programs/harbor/2026/pairs/ana-li/sessions/2026-10-22.md"


def _loaded(root: Path, path: str, text: str):
    target = root / path
    target.parent.mkdir(parents=True)
    target.write_text(text, encoding="utf-8")
    return load(Workspace(root))


def test_key_of_a_mapping_is_no_name():
    assert field_of(Session, ("prepared", "ana-kovacs")) == "prepared"
    assert field_of(Session, ("absent", 0, "person")) == "person"
    assert field_of(Program, ()) == ""


def test_message_about_a_mapping_names_its_field_and_not_the_person(tmp_path: Path):
    text = (BASE / NOTE).read_text(encoding="utf-8")
    found = _loaded(
        tmp_path, NOTE, text.replace("minutes: 60", "minutes: 60\nprepared: {ana-kovacs: much}")
    ).diagnostics
    assert [(each.code, each.place.key) for each in found] == [("wrong-type", "prepared")]
    assert "ana" not in found[0].message + found[0].hint + found[0].place.text


def test_line_is_shown_where_it_is_public(tmp_path: Path):
    text = (BASE / PROGRAM).read_text(encoding="utf-8").replace("value: 0.8", "value: most")
    found = _loaded(tmp_path, PROGRAM, text).diagnostics
    assert [each.place.text.strip() for each in found] == ["- {measure: match-rate, value: most, by: 2026-12-31}"]


def test_line_is_not_shown_where_it_also_holds_what_is_not_public(tmp_path: Path):
    goals = "organization_goals: [{goal: [Stay], owner: rosa-silva}]\n"
    text = (BASE / PROGRAM).read_text(encoding="utf-8")
    before, _, after = text.partition("organization_goals:\n  - New engineers stay longer than two years.\n")
    found = _loaded(tmp_path, PROGRAM, before + goals + after).diagnostics
    assert [(each.place.key, each.place.text) for each in found] == [("goal", "")]
