"""`mentoring admit`: who was read and found fit is accepted, one by one or all that wait, in exactly their lines."""

import click
import pytest
from click.testing import CliRunner
from scenarios import write_base

from toolkit.cli.app import cli

FOLDER = "content/programs/harbor/2026/applications"


@pytest.fixture
def program(tmp_path):
    """The small program, with three more applications, of which two wait."""
    write_base(tmp_path)
    for name, status in (
        ("rosa-silva-mentor", "submitted"),
        ("ana-kovacs-mentee", "screening"),
        ("li-wei-mentor", "draft"),
    ):
        (tmp_path / FOLDER / f"{name}.yaml").write_text(f"submitted: 2026-08-26\nstatus: {status} # read it\n", "utf-8")
    with (tmp_path / "content/people/rosa-silva.yaml").open("a", encoding="utf-8") as file:
        file.write("consents:\n  - {what: data, on: 2026-08-20}\n")
    return tmp_path


def run(program, *arguments):
    words = ["-C", str(program), "admit", "2026", *arguments, "--today", "2026-09-10"]
    return CliRunner().invoke(cli, words, standalone_mode=False)


def status_of(program, name):
    return (program / FOLDER / f"{name}.yaml").read_text("utf-8")


def test_nothing_is_written_before_it_is_asked_for(program):
    result = run(program, "rosa-silva")
    assert result.return_value == 0, result.output
    assert "1 application accepted" in result.stdout
    assert "- status: submitted # read it" in result.stdout
    assert "+ status: accepted # read it" in result.stdout
    assert "note: 1 more waits for a decision" in result.stderr
    assert "next: mentoring admit 2026 rosa-silva --today 2026-09-10 --write" in result.stderr
    assert "submitted #" in status_of(program, "rosa-silva-mentor")


def test_all_that_wait_are_accepted_and_no_other_byte_moves(program):
    before = {path: path.read_bytes() for path in program.rglob("*.yaml")}
    result = run(program, "--all", "--write")
    assert result.return_value == 0, result.output
    assert "next: mentoring match propose harbor/2026" in result.stderr
    changed = {path.stem for path, old in before.items() if path.read_bytes() != old}
    assert changed == {"rosa-silva-mentor", "ana-kovacs-mentee"}
    assert status_of(program, "ana-kovacs-mentee") == "submitted: 2026-08-26\nstatus: accepted # read it\n"
    assert run(program, "--all").return_value == 1


def test_a_role_narrows_it(program):
    assert "1 application accepted" in run(program, "--all", "--role", "mentee", "--write").stdout
    assert "submitted #" in status_of(program, "rosa-silva-mentor")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("li-wei", "--role", "mentor"), "the application of li-wei as mentor is draft"),
        (("li-wei", "--role", "mentee"), "accepted already: li-wei"),
        (("rosa-silv",), "did you mean rosa-silva?"),
        (("nobody-at-all-here",), "mentoring new application --person nobody-at-all-here"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(program, arguments, said):
    before = {path: path.read_bytes() for path in program.rglob("*.yaml")}
    result = run(program, *arguments, "--write")
    assert result.return_value == 1, result.output
    assert said in result.stderr
    assert {path: path.read_bytes() for path in program.rglob("*.yaml")} == before


@pytest.mark.parametrize("arguments", [(), ("rosa-silva", "--all")])
def test_somebody_is_named_or_all_are_meant(program, arguments):
    with pytest.raises(click.UsageError, match="name the people whose applications are accepted, or give --all"):
        raise run(program, *arguments).exception


def test_the_rules_are_asked_before_anybody_is_accepted(program):
    path = program / "content/people/rosa-silva.yaml"
    path.write_text(path.read_text("utf-8").partition("consents:")[0], "utf-8")
    result = run(program, "rosa-silva", "--write")
    assert result.return_value == 1
    assert "brings error consent-missing" in result.stdout
    assert "submitted #" in status_of(program, "rosa-silva-mentor")
