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
from toolkit.model.actions import standing
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
    assert [each.action._replace(id="") for each in stood] == [each.action._replace(id="") for each in stands]
    assert all(each.action.id for each in stands if each.owner)
    for file in plan.files:
        old, new = file.before.split(b"\n"), file.after.split(b"\n")
        assert len(old) == len(new)
        assert all(a == b or re.sub(rb" id:a[0-9]+", b"", b, count=1) == a for a, b in zip(old, new, strict=True))
