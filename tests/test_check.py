"""The command `mentoring check` as its users meet it: exit codes, choices, settings, allowances."""

import json

import pytest
from click.testing import CliRunner
from scenarios import write_base

from toolkit.cli.app import cli
from toolkit.errors import ToolkitError

PERSON = "content/people/li-wei.yaml"
PAIR = "content/programs/harbor/2026/pairs/ana-li/pair.yaml"


@pytest.fixture
def program(tmp_path):
    """A small program without a finding; call it with a path and a change of that file's text."""
    write_base(tmp_path)

    def edit(name, change):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(change(path.read_text(encoding="utf-8") if path.exists() else ""), encoding="utf-8")

    edit.root = tmp_path
    return edit


def run(program, *arguments):
    result = CliRunner().invoke(
        cli, ["-C", str(program.root), "check", "--today", "2026-11-02", *arguments], standalone_mode=False
    )
    if result.exception:
        raise result.exception
    return result


def test_a_program_in_order_leaves_0_and_prints_nothing_on_stdout(program):
    result = run(program)

    assert result.return_value == 0
    assert result.stdout == ""
    assert "nothing to correct" in result.stderr


def test_an_error_leaves_1_and_names_file_line_and_column(program):
    program(PERSON, lambda text: text + "nmae: Li\n")
    lines = len((program.root / PERSON).read_text().splitlines())
    result = run(program, "--format", "concise")

    assert result.return_value == 1
    assert result.stdout.startswith(f"{PERSON}:{lines}:1: unknown-field: ")
    assert "next: mentoring explain unknown-field" in result.stderr


def test_a_warning_leaves_0_and_1_under_strict(program):
    program("content/people/notes.yaml", lambda _: "name: Notes\n")
    program("content/stray.yaml", lambda _: "a: b\n")

    assert run(program, "--select", "misplaced-file").return_value == 0
    assert run(program, "--select", "misplaced-file", "--strict").return_value == 1


def test_a_record_with_the_wrong_ending_is_told_its_name(program):
    (program.root / PERSON).rename((program.root / PERSON).with_suffix(".yml"))
    found = json.loads(run(program, "--format", "json", "--select", "misplaced-file").stdout)["findings"]

    assert found[0]["hint"] == "this kind of record ends in .yaml: rename the file to li-wei.yaml"


def test_select_and_ignore_choose_codes(program):
    program(PERSON, lambda text: text + "nmae: Li\n")
    program("content/stray.yaml", lambda _: "a: b\n")
    selected = json.loads(run(program, "--format", "json", "--select", "misplaced-file").stdout)
    ignored = json.loads(run(program, "--format", "json", "--ignore", "unknown-field,misplaced-file").stdout)

    assert {each["code"] for each in selected["findings"]} == {"misplaced-file"}
    assert not {each["code"] for each in ignored["findings"]} & {"unknown-field", "misplaced-file"}


def test_a_code_that_does_not_exist_is_refused_with_the_nearest(program):
    with pytest.raises(ToolkitError) as refused:
        run(program, "--select", "unknown-fields")

    assert refused.value.hint == "did you mean unknown-field?"


def test_settings_change_a_severity_or_switch_a_rule_off(program):
    program("content/stray.yaml", lambda _: "a: b\n")
    program("site_config/toolkit.yaml", lambda text: text + "rules: {misplaced-file: error}\n")
    assert run(program).return_value == 1

    program("site_config/toolkit.yaml", lambda text: text.replace("misplaced-file: error", "misplaced-file: 'off'"))
    assert run(program).stdout == ""


def test_broken_settings_hide_nothing(program):
    program("site_config/toolkit.yaml", lambda _: "todya: 2026-11-02\n")
    program(PERSON, lambda text: text + "nmae: Li\n")
    found = json.loads(run(program, "--format", "json").stdout)["findings"]

    assert {(each["path"], each["code"]) for each in found} == {
        (PERSON, "unknown-field"),
        ("site_config/toolkit.yaml", "unknown-field"),
    }


def test_a_folder_without_a_program_says_how_to_begin(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli, ["check"], standalone_mode=False)

    assert isinstance(result.exception, ToolkitError)
    assert "mentoring init" in result.exception.hint


def test_the_same_files_give_the_same_bytes(program):
    program(PERSON, lambda text: text + "nmae: Li\n")

    assert run(program, "--format", "sarif").stdout == run(program, "--format", "sarif").stdout
