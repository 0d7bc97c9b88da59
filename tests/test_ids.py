"""`mentoring check --fix-ids`: actions get the ids that their writers left out, and no other byte of a note moves."""

import re

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from scenarios import base_files

from toolkit.changes import change, ids
from toolkit.cli.app import cli
from toolkit.errors import ToolkitError
from toolkit.load import load
from toolkit.model.actions import key_of, retold, standing
from toolkit.workspace import Workspace

PAIR = "harbor/2026/ana-li"
FOLDER = "content/programs/harbor/2026/pairs/ana-li/sessions"
HEAD = "---\ndate: {}\nminutes: 45\nattended: [ana-kovacs, li-wei]\nformat: free\n---\n"
FIRST = """\
Words first.

- [ ] Read the style guide @li-wei due:2026-11-01
- [ ] Send the plan @ana-kovacs due:2026-11-01 id:a3
- [ ] Somebody should call
- [ ] … @li-wei

```
- [ ] Not an action @li-wei
```

    - [ ] Nor is this @li-wei
"""
SECOND = "- [x] read the Style guide\n* [ ] Écrire la suite @li-wei due:2026-11-05  \n"


def put(root, day, body):
    path = root / FOLDER / f"{day}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((HEAD.format(day) + body).encode())
    return path


@pytest.fixture
def program(tmp_path):
    """The small program of the rules' pages with two notes of our own."""
    for name, text in base_files().items():
        if not name.startswith(FOLDER):
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    put(tmp_path, "2026-10-15", FIRST)
    put(tmp_path, "2026-10-29", SECOND)
    return tmp_path


def fix(root):
    result = CliRunner().invoke(
        cli, ["-C", str(root), "check", "--fix-ids", "--today", "2026-11-02"], standalone_mode=False
    )
    if result.exception:
        raise result.exception
    return result


def bodies(root):
    return [path.read_bytes().decode().split("---\n", 2)[2] for path in sorted((root / FOLDER).iterdir())]


def test_actions_with_an_owner_get_the_next_ids_of_their_pair(program):
    result = fix(program)

    assert bodies(program) == [
        FIRST.replace("@li-wei due:2026-11-01", "@li-wei due:2026-11-01 id:a4"),
        SECOND.replace("guide\n", "guide id:a4\n").replace("due:2026-11-05  \n", "due:2026-11-05 id:a5  \n"),
    ]
    assert [line for line in result.stderr.splitlines() if FOLDER in line and ": id:" in line] == [
        f"{FOLDER}/2026-10-15.md:9: id:a4",
        f"{FOLDER}/2026-10-29.md:7: id:a4",
        f"{FOLDER}/2026-10-29.md:8: id:a5",
    ]
    assert "3 actions given an id" in result.stderr
    assert "style guide" not in result.stderr.lower()


def test_a_second_run_changes_nothing(program):
    fix(program)
    before = bodies(program)

    assert "0 actions given an id" in fix(program).stderr
    assert bodies(program) == before


def test_line_ends_and_the_mark_of_the_file_stay(program):
    path = program / FOLDER / "2026-10-15.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()
    fix(program)

    assert path.read_bytes() == before.replace(b"@li-wei due:2026-11-01", b"@li-wei due:2026-11-01 id:a4")


def test_the_check_that_follows_reads_the_changed_notes(program):
    put(program, "2026-10-29", "- [ ] Read the style guide @li-wei due:2026-10-30\n")

    assert f"{FOLDER}/2026-10-29.md" in fix(program).stdout


def test_a_note_that_changed_meanwhile_is_refused_and_kept(program):
    loaded = load(Workspace(program))
    theirs = put(program, "2026-10-15", FIRST + "\nAnother line.\n").read_bytes()
    with pytest.raises(ToolkitError, match="changed meanwhile"):
        ids.give_ids(Workspace(program), loaded.records)

    assert (program / FOLDER / "2026-10-15.md").read_bytes() == theirs


def test_a_note_that_changes_before_it_is_written_is_refused_and_kept(program):
    workspace = Workspace(program)
    plan = ids.give_ids(workspace, load(workspace).records)
    theirs = put(program, "2026-10-15", FIRST + "\nAnother line.\n").read_bytes()
    with pytest.raises(ToolkitError, match="changed meanwhile"):
        change.write(workspace, plan)

    assert (program / FOLDER / "2026-10-15.md").read_bytes() == theirs


def test_a_pair_with_a_file_that_cannot_be_read_is_left_alone(program):
    (program / FOLDER / "2026-10-22.md").write_text("no fields\n")
    before = (program / FOLDER / "2026-10-15.md").read_bytes()
    result = fix(program)

    assert (program / FOLDER / "2026-10-15.md").read_bytes() == before
    assert f"note: {PAIR} is left as it is" in result.stderr


OTHER_WORDS = "- [ ] Send Sam the plan @ana-kovacs due:2026-11-01\n"
"""The promise a3 of the first note, in other words and without its id."""


def test_what_may_be_an_open_action_in_other_words_is_left_and_both_lines_are_named(program):
    put(program, "2026-10-29", OTHER_WORDS)
    result = fix(program)

    assert bodies(program)[1] == OTHER_WORDS
    assert f"note: {FOLDER}/2026-10-29.md:7 may be an open action in other words" in result.stderr
    assert f": {FOLDER}/2026-10-15.md:10\n" in result.stderr
    assert "the plan" not in result.stderr


@pytest.mark.parametrize(("answer", "given_id"), [("y", "a3"), ("n", "a5")])
def test_at_a_terminal_it_is_asked(program, monkeypatch, answer, given_id):
    monkeypatch.setattr("toolkit.cli.check.at_terminal", lambda: True)
    put(program, "2026-10-29", OTHER_WORDS)
    words = ["-C", str(program), "check", "--fix-ids", "--today", "2026-11-02"]
    result = CliRunner().invoke(cli, words, input=f"{answer}\n", standalone_mode=False)

    assert result.exception is None
    assert bodies(program)[1] == OTHER_WORDS.replace("\n", f" id:{given_id}\n")
    assert "2026-10-15.md:10\n  Send the plan\n" in result.stderr
    assert "2026-10-29.md:7\n  Send Sam the plan\nIs the second the first in other words?" in result.stderr


def test_the_same_words_without_the_id_are_the_same_action(program):
    put(program, "2026-10-29", "- [x] send the plan\n- [ ] Visit a library @ana-kovacs due:2026-11-20\n")
    fix(program)

    assert bodies(program)[1] == "- [x] send the plan id:a3\n- [ ] Visit a library @ana-kovacs due:2026-11-20 id:a5\n"


def test_two_lines_without_ids_that_are_one_action_get_one_id(program):
    put(program, "2026-10-29", "- [x] Read all of the style guide @li-wei\n")
    workspace = Workspace(program)
    change.write(workspace, ids.give_ids(workspace, load(workspace).records, lambda _: True))

    assert "@li-wei due:2026-11-01 id:a4\n" in bodies(program)[0]
    assert bodies(program)[1] == "- [x] Read all of the style guide @li-wei id:a4\n"


TEXT = st.sampled_from(["Read", "read", "Call `x`", "Écrire <b>", "a | b", "…", "Walk\\"])
LINE = st.builds(
    lambda box, text, owner, name, tail: f"{box} {text}{owner}{name}{tail}",
    st.sampled_from(["- [ ]", "* [x]", "1. [ ]", "  - [ ]", "> - [ ]", "    - [ ]", "-", "~~~"]),
    TEXT,
    st.sampled_from(["", " @li-wei", " @ana-kovacs"]),
    st.sampled_from(["", " id:a2", " id:x"]),
    st.sampled_from(["", "  ", "\t", " <!-- why -->"]),
)


@settings(deadline=None)
@given(st.lists(st.lists(LINE, max_size=6), min_size=1, max_size=3), st.sampled_from(["\n", "\r\n"]))
def test_no_action_is_lost_or_split_and_only_ids_are_added(tmp_path_factory, notes, end):
    root = tmp_path_factory.mktemp("ids")
    for name, text in base_files().items():
        if FOLDER not in name and "pairs/ana-li" in name:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
    for day, lines in enumerate(notes, 10):
        put(root, f"2026-10-{day}", end.join(lines) + end)
    workspace = Workspace(root)
    before = load(workspace).records.sessions[PAIR]
    plan = ids.give_ids(workspace, load(workspace).records)
    change.write(workspace, plan)
    after = load(workspace).records.sessions[PAIR]

    stood, stands = standing(before), standing(after)
    # An action that a later note repeats in its words becomes one with it: none is lost, none becomes two.
    assert {each.action.text.casefold() for each in stood} == {each.action.text.casefold() for each in stands}
    assert len(stands) <= len(stood)
    asked = {key_of(each.action) for each in retold(before)}
    assert all(each.action.id for each in stands if each.owner and key_of(each.action) not in asked)
    for file in plan.files:
        old, new = file.before.split(b"\n"), file.after.split(b"\n")
        assert len(old) == len(new)
        assert all(a == b or re.sub(rb" id:(?:a[0-9]+|x)", b"", b, count=1) == a for a, b in zip(old, new, strict=True))
