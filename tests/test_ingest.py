"""The command `mentoring ingest`: notes of the form, of issues and of e-mails find their place, or are told what is wrong."""

import contextlib
import re
from email.message import EmailMessage

import pytest
import yaml
from click.testing import CliRunner
from scenarios import write_base

from toolkit.cli.app import cli
from toolkit.errors import ToolkitError
from toolkit.model.formats import LANGUAGES, titles
from toolkit.workspace import shipped

KEY = "harbor/2026/ana-li"
FOLDER = "content/programs/harbor/2026/pairs/ana-li/sessions"
NOTE = """---
pair: harbor/2026/ana-li
date: 2026-11-05
start: "16:00"
minutes: 55
attended: [ana-kovacs, li-wei]
format: grow
next: 2026-11-19
---
## Since last time

- [x] Choose three good reviews @ana-kovacs due:2026-11-05 id:a1
- [ ] Write one review side by side @li-wei due:2026-11-12 id:a2

## Goal

One review alone.

## Reality

Two were read.

## Options

- Read a third.
- Write one.

## Will

- [ ] Write a review of the parser @li-wei due:2026-11-18
- [ ] Read it @ana-kovacs due:2026-11-19

## Next

Room 4.
"""
ISSUE = """### Pair

harbor/2026/ana-li

### Date

2026-11-05

### Minutes

55

### Who was there

- [X] Ana Kovács
- [x] li-wei
- [ ] Rosa Silva

### Format

GROW

### Next meeting

2026-11-19

### Since last time

The three reviews are chosen.

### Goal

One review alone.

### Reality

Two were read.

### Options

Read a third, or write one.

### Will

_No response_

### Promises

- Write a review of the parser @li-wei due:2026-11-18
2. Read it @ana-kovacs due:2026-11-19

### Next

Room 4, as ever.
"""


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "program"
    write_base(root)
    return root


def run(folder, text, *arguments, name="note.md"):
    path = folder.parent / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    result = CliRunner().invoke(
        cli, ["-C", str(folder), "ingest", str(path), "--today", "2026-11-06", *arguments], standalone_mode=False
    )
    if result.exception:
        raise result.exception
    return result


def sessions(folder):
    return {path.name: path.read_text(encoding="utf-8") for path in (folder / FOLDER).iterdir()}


def test_a_plan_comes_first_and_writes_nothing(folder):
    before = sessions(folder)
    result = run(folder, NOTE)

    assert result.return_value == 0
    assert f"{FOLDER}/2026-11-05.md (new" in result.stdout
    assert "nothing is written yet" in result.stderr
    assert sessions(folder) == before


def test_a_note_of_the_form_lies_in_its_pairs_folder_with_ids_and_passes_the_check(folder):
    result = run(folder, NOTE, "--write")
    text = sessions(folder)["2026-11-05.md"]

    assert result.return_value == 0
    expected = NOTE.replace("pair: harbor/2026/ana-li\n", "")
    expected = expected.replace("due:2026-11-18\n", "due:2026-11-18 id:a3\n").replace("due:2026-11-19\n-", "-")
    assert text == expected.replace("- [ ] Read it @ana-kovacs due:2026-11-19\n", "- [ ] Read it @ana-kovacs due:2026-11-19 id:a4\n")  # fmt: skip
    checked = CliRunner().invoke(cli, ["-C", str(folder), "check", "--today", "2026-11-06"], standalone_mode=False)
    assert (checked.return_value, checked.stdout) == (0, "")


def test_the_words_of_a_note_are_not_shown(folder):
    result = run(folder, NOTE, "--write")

    for hidden in ("Room 4", "review", "ana-kovacs"):
        assert hidden not in result.stdout + result.stderr


def test_the_body_of_an_issue_form_becomes_the_same_kind_of_note(folder, golden):
    result = run(folder, ISSUE, "--write", name="issue.txt")

    assert result.return_value == 0
    golden("ingest/issue.md", sessions(folder)["2026-11-05.md"])
    checked = CliRunner().invoke(cli, ["-C", str(folder), "check", "--today", "2026-11-06"], standalone_mode=False)
    assert checked.return_value == 0


def test_a_form_in_another_language_is_read_by_its_labels(folder):
    labels = {"Pair": "Pareja", "Date": "Fecha", "Minutes": "Minutos", "Who was there": "Presentes", "Format": "Formato", "Next meeting": "Próxima reunión", "Since last time": "Desde la última vez", "Goal": "Meta", "Reality": "Realidad", "Options": "Opciones", "Will": "Voluntad", "Promises": "Compromisos", "Next": "Próxima reunión"}  # fmt: skip
    text = ISSUE
    for english, spanish in labels.items():
        text = text.replace(f"### {english}\n", f"### {spanish}\n")
    result = run(folder, text, "--write")

    assert result.return_value == 0, result.stdout
    note = sessions(folder)["2026-11-05.md"]
    assert "next: 2026-11-19" in note
    assert "## Próxima reunión\n\nRoom 4, as ever." in note
    assert "## Voluntad\n\n- [ ] Write a review of the parser" in note


def test_what_is_open_is_known_by_its_words_and_asked_about_in_others(folder):
    """The note of the small program promises a1 and a2; a form without git knows no ids."""
    said = "Choose three good reviews @Ana 2026-11-05\nWrite a review side by side @Li 2026-11-05\nVisit room 5 @Li 2026-11-20"
    text = ISSUE.partition("### Promises")[0] + f"### Promises\n\n{said}\n"
    result = run(folder, text, "--write")

    note = sessions(folder)["2026-11-05.md"]
    assert "- [ ] Choose three good reviews @ana-kovacs due:2026-11-05 id:a1\n" in note
    assert "- [ ] Write a review side by side @li-wei due:2026-11-05\n" in note
    assert "- [ ] Visit room 5 @li-wei due:2026-11-20 id:a3\n" in note
    assert "action-reworded" in result.stdout


def test_a_form_needs_no_knowledge_of_marks(folder):
    """First names, a day by itself, and a next meeting that is asked for once."""
    text = ISSUE.replace("@li-wei due:2026-11-18", "@Li 2026-11-18").partition("### Next\n")[0]
    result = run(folder, text, "--write")

    note = sessions(folder)["2026-11-05.md"]
    assert "- [ ] Write a review of the parser @li-wei due:2026-11-18 id:a3" in note
    assert note.endswith("## Next\n\n2026-11-19\n")
    assert "session-sections" not in result.stdout
    assert "action-no" not in result.stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_issue_form_gives_what_is_taken(folder, language):
    """Fill each field of the form that a new program gets, as the forge writes it down, and take it in."""
    form = yaml.safe_load((shipped("templates") / "project" / f"issue.{language}.yml").read_text(encoding="utf-8"))
    said = {
        "pair": "ana-li",
        "day": "2026-11-05",
        "minutes": "55",
        "there": "Ana, Li",
        "promises": "Write a review of the parser @Li 2026-11-18",
        "next": "2026-11-19",
        "since": "_No response_",
        "options": "- One\n- Two",
    }
    fields = [each for each in form["body"] if each["type"] != "markdown"]
    body = "\n\n".join(f"### {each['attributes']['label']}\n\n{said.get(each['id'], 'A word.')}" for each in fields)
    result = run(folder, body + "\n", "--write")

    assert result.return_value == 0, result.stdout
    note = sessions(folder)["2026-11-05.md"]
    fine = "date: 2026-11-05\nminutes: 55\nattended:\n  - ana-kovacs\n  - li-wei\nformat: grow\nnext: 2026-11-19\n"
    assert note.startswith(f"---\n{fine}---\n")
    assert re.findall(r"^## (.*)$", note, re.M) == list(titles("grow", language))
    assert "- [ ] Write a review of the parser @li-wei due:2026-11-18 id:a3" in note


def test_the_section_actions_of_a_format_holds_the_promises(folder):
    text = ISSUE.replace("GROW", "oscar").replace("### Promises", "### Actions")
    run(folder, text, "--write")

    assert "## Actions\n\n- [ ] Write a review of the parser @li-wei due:2026-11-18 id:a3" in sessions(folder)["2026-11-05.md"]  # fmt: skip


@pytest.mark.parametrize("attached", [True, False])
def test_an_email_is_opened(folder, attached):
    message = EmailMessage()
    message["Subject"] = "Our note"
    message.set_content("Here it is.\n" if attached else NOTE)
    if attached:
        message.add_attachment(NOTE.encode(), maintype="text", subtype="markdown", filename="note.md")
    result = run(folder, message.as_bytes(), "--write", name="mail.eml")

    assert result.return_value == 0
    assert "One review alone." in sessions(folder)["2026-11-05.md"]


def test_line_ends_of_other_systems_and_empty_lines_before_do_no_harm(folder):
    run(folder, "\ufeff\r\n\r\n" + NOTE.replace("\n", "\r\n"), "--write")

    assert "\r" not in sessions(folder)["2026-11-05.md"]


def test_a_note_is_never_overwritten(folder):
    run(folder, NOTE, "--write")
    before = sessions(folder)

    with pytest.raises(ToolkitError, match="there already"):
        run(folder, NOTE.replace("55", "45"), "--write")
    assert sessions(folder) == before


def test_the_pair_is_said_by_the_note_or_by_the_option(folder):
    bare = NOTE.replace("pair: harbor/2026/ana-li\n", "")
    with pytest.raises(ToolkitError, match="whose it is"):
        run(folder, bare)
    assert run(folder, bare, "--pair", "ana-li").return_value == 0
    with pytest.raises(ToolkitError, match="no pair"):
        run(folder, NOTE.replace("ana-li\ndate", "../../../people/x\ndate"))
    with pytest.raises(ToolkitError, match="no pair"):
        run(folder, NOTE, "--pair", "li-ana")


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("date: 2026-11-05", "date: 5 November", "wrong-type", 3),
        ("date: 2026-11-05", "date: ../../x", "wrong-type", 3),
        ("minutes: 55", "minutes: 5000", "wrong-type", 5),
        ("format: grow", "format: groww", "bad-enum", 7),
        ("minutes: 55", "minuts: 55", "unknown-field", 5),
        ("---\n## Since", "## Since", "front-matter-missing", 1),
        ("minutes: 55", "minutes: 55\nminutes: 56", "duplicate-key", 6),
        ("pair: harbor/2026/ana-li", "pair: [a, b]", "wrong-type", 2),
        ("Room 4.", "Room 4\u202e.", "control-character", 35),
    ],
)
def test_what_is_wrong_is_found_at_its_line_in_the_file_that_came(folder, old, new, code, line):
    assert old in NOTE
    result = run(folder, NOTE.replace(old, new), "--write")

    assert result.return_value == 1
    assert code in result.stdout
    assert f"note.md:{line}" in result.stdout
    assert list(sessions(folder)) == ["2026-10-22.md"]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [("2026-11-05\n", "soon\n", 5), ("GROW", "GROOW", 19), ("li-wei\n- [ ]", "Somebody Else\n- [ ]", 13)],
)
def test_what_is_wrong_in_an_answer_is_found_at_its_label(folder, old, new, line):
    result = run(folder, ISSUE.replace(old, new, 1), "--write", name="issue.txt")

    assert result.return_value == 1
    assert f"issue.txt:{line}" in result.stdout
    assert "Somebody" not in result.stdout


def test_what_the_rules_refuse_is_not_written(folder):
    result = run(
        folder, NOTE.replace("attended: [ana-kovacs, li-wei]", "attended: [ana-kovacs, nobody-known]"), "--write"
    )

    assert result.return_value == 1
    assert "error" in result.stdout
    assert list(sessions(folder)) == ["2026-10-22.md"]


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"hello", b"---\n", b"### \n", b"### Date\n", b"x" * 2_000_000])
def test_no_file_brings_a_traceback(folder, data):
    with contextlib.suppress(ToolkitError):
        assert run(folder, data).return_value == 1


@pytest.mark.parametrize(
    "data", [b"", b"Content-Type: multipart/mixed; boundary=x\n\n--x\n", b"Content-Type: text/html\n\n<p>"]
)
def test_no_email_brings_a_traceback(folder, data):
    with contextlib.suppress(ToolkitError):
        assert run(folder, data, name="mail.eml").return_value == 1
