"""What must be refused is refused: one finding at its place, no crash, no hang, no private value in any output."""

import datetime
import json
import os
import resource
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from scenarios import base_files, write_base

from toolkit import store
from toolkit.diagnostics import Severity
from toolkit.formats import FORMATS
from toolkit.load import load
from toolkit.rules import RULES, check
from toolkit.source import Fault, read
from toolkit.workspace import Workspace

TODAY = datetime.date(2026, 11, 2)
PERSON = "content/people/li-wei.yaml"
LI = base_files()[PERSON]
PAIR = "content/programs/harbor/2026/pairs/ana-li"
NOTE = f"{PAIR}/sessions/2026-10-22.md"
CANARY = "zxcvbnmkwrtplkjh"


@pytest.fixture
def root(tmp_path):
    """A small program without a finding."""
    write_base(tmp_path)
    return tmp_path


def put(root, name, content):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    return path


def findings(root):
    loaded = load(Workspace(root))
    return check(loaded, RULES, TODAY)


def errors(root):
    return [each for each in findings(root) if each.severity is Severity.ERROR]


def outputs(found):
    return "\n".join(form(found) for form in FORMATS.values())


def only(root, code, path=PERSON):
    """There is this error, at this path, and nothing else that is an error: one cause, one message."""
    found = errors(root)
    assert {(each.code, each.place.path) for each in found} == {(code, path)}
    assert all(each.hint for each in found), "a finding says what to do"
    return found[0]


def test_the_program_that_all_this_is_done_to_is_in_order(root):
    assert findings(root) == ()


# --- YAML and files (1-35) ---

SYNTAX = {
    "1 empty file": ("", "empty-record"),
    "1 only line breaks": ("\n\n", "empty-record"),
    "2 only comments": ("# name: Li Wei\n# more\n", "empty-record"),
    "3 a list": ("- name: Li Wei\n", "not-a-record"),
    "3 a text": ("Li Wei\n", "not-a-record"),
    "4 the same key twice": (LI + "name: Lee\n", "duplicate-key"),
    "5 the same key twice, inside": (LI + "working_style: {pace: 1, pace: 2}\n", "duplicate-key"),
    "6 alias bomb": ("a: &a [x,x]\n" + "".join(f"b{n}: &b{n} [*a,*a]\n" for n in range(9)), "yaml-anchor"),
    "6 alias alone": (LI + "site: *a\n", "yaml-alias"),
    "7 an anchor in itself": (LI + "site: &a [*a]\n", "yaml-anchor"),
    "8 merge keys": (LI + "<<: {site: Lisbon}\n", "yaml-merge-key"),
    "8 merge keys, many": (LI + "".join(f"a{n}:\n  <<: {{}}\n" for n in range(2000)), "yaml-merge-key"),
    "9 depth 21": (LI + "site: " + "[" * 20 + "x" + "]" * 20 + "\n", "too-deep"),
    "9 depth 1,000": (LI + "site: " + "[" * 1000 + "x" + "]" * 1000 + "\n", "too-deep"),
    "9 depth 100,000": (LI + "site: " + "[" * 100_000, "too-deep"),
    "9 depth 100,000, closed": (LI + "site: " + "[" * 100_000 + "]" * 100_000 + "\n", "too-deep"),
    "9 depth 100,000, mappings": (LI + "site: " + "{a: " * 100_000, "too-deep"),
    "9 depth 100,000, dashes": ("- " * 100_000 + "x\n", "too-deep"),
    "10 1 MiB and 1 byte": (LI + "#" * (1024 * 1024 - len(LI) + 1), "file-too-large"),
    "11 50,001 values": (LI + "tags: [" + "a," * 50_001 + "]\n", "too-many-values"),
    "12 a value of 200 KB": (LI + "site: " + "x" * 200_000 + "\n", "value-too-long"),
    "13 a Python object": (LI + "site: !!python/object/apply:os.system ['touch pwned']\n", "yaml-tag"),
    "14 binary": (LI + "site: !!binary aGVsbG8=\n", "yaml-tag"),
    "14 set": (LI + "site: !!set {a, b}\n", "yaml-tag"),
    "14 a tag of one's own": (LI + "site: !mine x\n", "yaml-tag"),
    "15 two documents": (LI + "---\nname: Lee\n", "second-document"),
    "16 tab": ("name: Li Wei\nmentee:\n\tseeks: []\n", "yaml-tab"),
    "17 UTF-16": (LI.encode("utf-16"), "not-utf8"),
    "17 UTF-16 without a mark": (LI.encode("utf-16-le"), "control-character"),
    "17 Latin-1": (LI.encode() + "site: Málaga\n".encode("latin-1"), "not-utf8"),
    "17 broken UTF-8": (LI.encode() + b"site: \xc3\x28\n", "not-utf8"),
    "19 NUL": (LI + "site: a\x00b\n", "control-character"),
    "19 ESC": (LI + "site: a\x1b[31mb\n", "control-character"),
    "19 DEL": (LI + "site: a\x7fb\n", "control-character"),
    "19 C1": (LI + "site: a\x9bb\n", "control-character"),
    "19 ESC, escaped": (LI + 'site: "a\\e[31mb"\n', "control-character"),
    "19 NUL, escaped": (LI + 'site: "a\\0b"\n', "control-character"),
    "19 a key with ESC, escaped": (LI + '"si\\x1bte": x\n', "control-character"),
    "20 lone surrogate": (LI + 'site: "\\ud800"\n', "yaml-syntax"),
    "20 lone surrogate, raw": (LI.encode() + b"site: \xed\xa0\x80\n", "not-utf8"),
    "20 no character at all": (LI + 'site: "\\U00110000"\n', "yaml-syntax"),
    "21 bidi override": (LI + "site: a\u202eb\n", "control-character"),
    "21 bidi override, escaped": (LI + 'site: "a\\u202Eb"\n', "control-character"),
    "31 git conflict": (f"<<<<<<< HEAD\n{LI}=======\nname: Lee\n>>>>>>> topic\n", "merge-conflict"),
    "32 a clean merge with the key twice": (
        "name: Li Wei\n" + LI.replace("name", "site") + "site: x\n",
        "duplicate-key",
    ),
}


@pytest.mark.parametrize(("content", "code"), SYNTAX.values(), ids=SYNTAX)
def test_a_file_that_is_no_record_is_refused(root, content, code):
    put(root, PERSON, content)
    began = time.process_time()
    only(root, code)
    assert time.process_time() - began < 1
    assert not (root / "pwned").exists()
    assert not Path("pwned").exists()


def test_an_alias_bomb_takes_no_time(root):
    path = put(root, PERSON, SYNTAX["6 alias bomb"][0])
    began = time.process_time()
    with pytest.raises(Fault):
        read(str(path), PERSON)
    assert time.process_time() - began < 0.05


def test_a_doubled_key_is_shown_at_both_places(root):
    put(root, PERSON, LI + "name: Lee\n")
    found = only(root, "duplicate-key")
    assert (found.place.span.line, [each.span.line for each in found.related]) == (LI.count("\n") + 1, [1])


def test_a_name_that_stands_twice_below_the_top_may_be_a_person_and_is_not_shown(root):
    put(root, PERSON, LI + "working_style: {pace: 1, pace: 2}\n")
    found = only(root, "duplicate-key")
    assert "pace" not in found.message + found.hint and found.message.startswith("the same name stands twice: at line ")


def test_depth_20_is_still_read(root):
    put(root, PERSON, LI + "site: " + "[" * 19 + "x" + "]" * 19 + "\n")
    only(root, "wrong-type")


def test_a_huge_file_is_not_read_whole(root):
    path = put(root, PERSON, "name: x\n")
    os.truncate(path, 1 << 34)
    began, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    only(root, "file-too-large")
    assert time.process_time() - began < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024


def test_a_tab_is_called_a_tab(root):
    put(root, PERSON, "name: Li Wei\nmentee:\n\tseeks: []\n")
    assert "tab" in only(root, "yaml-tab").message


def test_bad_bytes_are_named_by_their_place(root):
    put(root, PERSON, b"name: a\xffb\n")
    found = only(root, "not-utf8")
    assert "byte 7" in found.message
    assert (found.place.span.line, found.place.span.column) == (1, 8)


def test_a_mark_and_windows_line_ends_are_accepted_and_kept(root):
    data = b"\xef\xbb\xbf" + LI.replace("\n", "\r\n").encode()
    path = put(root, PERSON, data)
    assert findings(root) == ()
    start = data.index(b"Li Wei")
    store.change(path, data, store.splice(data, ((start, start + 6, "Wei Li"),)))
    assert path.read_bytes() == data.replace(b"Li Wei", b"Wei Li")
    assert findings(root) == ()


TEXTS = {
    "23 country": "NO",
    "23 name": "Null",
    "23 yes": "yes",
    "24 post code": "010",
    "24 telephone": "+4930123456",
    "24 version": "3.10",
    "25 time": "12:30",
    "25 seconds": "12:30:45",
    "25 octal": "0o17",
    "25 date": "2026-11-02",
    "25 tilde": "~",
    "25 exponent": "1e3",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_text_stays_what_was_written(root, text):
    put(root, PERSON, LI + f"site: {text}\n")
    loaded = load(Workspace(root))
    assert loaded.diagnostics == ()
    assert loaded.records.people["li-wei"].site == text


def test_the_key_on_is_a_key(root):
    consent = load(Workspace(root)).records.people["li-wei"].consents[0]
    assert consent.on == datetime.date(2026, 8, 25)


VALUES = {
    "22 zero width": (PAIR + "/pair.yaml", "person: li-wei", 'person: "li\u200b-wei"', "wrong-type"),
    "26 no such day": (PERSON, "on: 2026-08-25", "on: 2026-02-30", "wrong-type"),
    "26 year 0": (PERSON, "on: 2026-08-25", "on: 0000-01-01", "wrong-type"),
    "26 short": (PERSON, "on: 2026-08-25", "on: 2026-1-5", "wrong-type"),
    "26 with a time": (PERSON, "on: 2026-08-25", "on: 2026-08-25T10:00:00Z", "wrong-type"),
    "26 other digits": (PERSON, "on: 2026-08-25", "on: ２０２６-08-25", "wrong-type"),
    "27 5,000 digits": (PERSON, "level: 1", "level: " + "9" * 5000, "wrong-type"),
    "27 not a number": (PERSON, "level: 1", "level: .nan", "wrong-type"),
    "27 infinity": (PERSON, "level: 1", "level: .inf", "wrong-type"),
    "27 exponent": (PERSON, "level: 1", "level: 1e309", "wrong-type"),
    "27 other digits": (PERSON, "level: 1", "level: ٣", "wrong-type"),
    "27 too large": (PERSON, "level: 1", "level: 100", "wrong-type"),
    "28 misspelled": (PERSON, "level: 1", "levle: 1", "unknown-field"),
    "29 missing": (PERSON, "name: Li Wei\n", "", "missing-field"),
    "30 a list for a text": (PERSON, "name: Li Wei", f"name: [{CANARY}]", "wrong-type"),
    "30 fields for a text": (PERSON, "name: Li Wei", f"name: {{{CANARY}: {CANARY}}}", "wrong-type"),
    "30 a text for a number": (PERSON, "level: 1", f"level: {CANARY}", "wrong-type"),
    "30 a text for a list": (
        PERSON,
        "values: [learning, honesty, craft, music, nature]",
        f"values: {CANARY}",
        "wrong-type",
    ),
    "30 a word that is on no list": (PAIR + "/pair.yaml", "role: mentee", f"role: {CANARY}", "bad-enum"),
    "30 a text for fields": (PERSON, "level: 1", f"level: 1\nworking_style: {CANARY}", "wrong-type"),
    "30 a private text for a number": (NOTE, "minutes: 60", f"minutes: {CANARY}", "wrong-type"),
    "30 a private text for a flag": (NOTE, "minutes: 60", f"minutes: 60\nrecorded: {CANARY}", "wrong-type"),
    "36 up": (PAIR + "/pair.yaml", "person: li-wei", "person: ../evil", "wrong-type"),
    "36 root": (PAIR + "/pair.yaml", "person: li-wei", "person: /etc/passwd", "wrong-type"),
    "36 backslash": (PAIR + "/pair.yaml", "person: li-wei", "person: a\\b", "wrong-type"),
    "36 slash": (PAIR + "/pair.yaml", "person: li-wei", "person: a/b", "wrong-type"),
    "36 git": (PAIR + "/pair.yaml", "person: li-wei", "person: .git", "wrong-type"),
    "36 short name of git": (PAIR + "/pair.yaml", "person: li-wei", "person: git~1", "wrong-type"),
    "37 con": (PAIR + "/pair.yaml", "person: li-wei", "person: con", "wrong-type"),
    "37 true": (PAIR + "/pair.yaml", "person: li-wei", "person: 'true'", "wrong-type"),
    "38 option": (PAIR + "/pair.yaml", "person: li-wei", "person: -rf", "wrong-type"),
    "38 help": (PAIR + "/pair.yaml", "person: li-wei", "person: --help", "wrong-type"),
    "38 shell": (PAIR + "/pair.yaml", "person: li-wei", 'person: "$(x)"', "wrong-type"),
    "38 semicolon": (PAIR + "/pair.yaml", "person: li-wei", "person: a;b", "wrong-type"),
    "39 line break": (PAIR + "/pair.yaml", "person: li-wei", 'person: "li-wei\\n"', "wrong-type"),
    "40 full width": (PAIR + "/pair.yaml", "person: li-wei", "person: ｌｉ-ｗｅｉ", "wrong-type"),
    "40 Cyrillic": (PAIR + "/pair.yaml", "person: li-wei", "person: lі-wei", "wrong-type"),
    "40 ligature": (PAIR + "/pair.yaml", "person: li-wei", "person: ﬁn", "wrong-type"),
    "41 300 letters": (PAIR + "/pair.yaml", "person: li-wei", "person: " + "a" * 300, "wrong-type"),
    "44 up": (PERSON, "level: 1", "level: 1\nphoto: ../../../etc/passwd", "wrong-type"),
    "44 root": (PERSON, "level: 1", "level: 1\nphoto: /etc/passwd", "wrong-type"),
    "44 drive": (PERSON, "level: 1", "level: 1\nphoto: 'C:\\Windows\\win.ini'", "wrong-type"),
    "44 hidden": (PERSON, "level: 1", "level: 1\nphoto: photos/../../x.png", "wrong-type"),
}


@pytest.mark.parametrize(("path", "old", "new", "code"), VALUES.values(), ids=VALUES)
def test_a_value_that_does_not_fit_is_refused_at_its_place(root, path, old, new, code):
    before = (root / path).read_text(encoding="utf-8")
    assert old in before
    put(root, path, before.replace(old, new, 1))
    found = only(root, code, path)
    assert found.place.span.line <= before[: before.index(old)].count("\n") + 3
    text = outputs(findings(root))
    for secret in (CANARY, "evil", "passwd", "$(x)", "win.ini", "ｌｉ", "ﬁn", "9999999", "aaaaaaaa"):
        assert secret not in text


def test_a_date_that_is_none_is_called_so(root):
    put(root, PERSON, LI.replace("2026-08-25", "2026-02-30"))
    found = only(root, "wrong-type")
    assert "not a date" in found.message
    assert "2026-11-21" in found.hint


def test_a_misspelled_field_is_answered_with_the_nearest(root):
    put(root, PERSON, LI.replace("level: 1", "levle: 1"))
    assert "`level`" in only(root, "unknown-field").hint


def test_no_output_holds_the_value_of_a_field_that_is_not_public(root):
    put(root, NOTE, (root / NOTE).read_text(encoding="utf-8").replace("minutes: 60", f"minutes: {CANARY}"))
    put(root, PERSON, LI.replace("level: 1", f"level: {CANARY}\nphoto: [{CANARY}]\nworking_style: {{pace: {CANARY}}}"))
    put(
        root,
        "private/people/li-wei.yaml",
        f"birth_year: {CANARY}\nguardian: {CANARY}\ncontact: {{email: [{CANARY}]}}\n",
    )
    found = findings(root)
    assert len(found) >= 6
    assert CANARY not in outputs(found)


def test_an_id_that_two_files_give_is_found_and_both_are_named(root):
    topics = (root / "content/topics/engineering.yaml").read_text(encoding="utf-8")
    put(root, "content/topics/more.yaml", topics)
    found = errors(root)
    assert {each.code for each in found} == {"duplicate-id"}
    named = {place.path for each in found for place in (each.place, *each.related)}
    assert named == {"content/topics/engineering.yaml", "content/topics/more.yaml"}


NAMES = {
    "22 zero width": "li\u200bwei",
    "34 capitals": "Li-Wei",
    "36 backslash": "a\\b",
    "36 dots": "..evil",
    "36 git": "git~1",
    "37 con": "con",
    "37 nul": "nul",
    "37 index": "index",
    "37 search": "search",
    "37 true": "true",
    "38 option": "-rf",
    "38 help": "--help",
    "38 shell": "$(x)",
    "38 semicolon": "a;b",
    "38 quote": 'a"b',
    "39 line break": "li\n",
    "40 full width": "ｌｉ",
    "40 Cyrillic": "lі-wei",
    "40 ligature": "ﬁn",
    "40 accent": "josé",
    "41 65 letters": "a" * 65,
    "41 240 letters": "a" * 240,
    "blank": "li wei",
    "two hyphens": "li--wei",
}


@pytest.mark.parametrize("stem", NAMES.values(), ids=NAMES)
def test_a_file_name_that_is_no_id_is_refused(root, stem):
    name = f"content/people/{stem}.yaml"
    put(root, name, LI)
    shown = name if name.isprintable() else name.encode("unicode_escape").decode()
    found = [each for each in errors(root) if each.place.path == shown]
    if stem.startswith("."):
        assert found == []
    else:
        assert "id-not-slug" in {each.code for each in found}
    assert set(load(Workspace(root)).records.people) == {"ana-kovacs", "li-wei", "rosa-silva"}
    text = FORMATS["concise"](findings(root))
    assert all(line.count(": ") >= 2 for line in text.splitlines()), "one line each, whatever the name"


@pytest.mark.parametrize("stem", [b"li\xff", b"li\x1b[31m", b"li\xe2\x80\xae"], ids=["no UTF-8", "ESC", "bidi"])
@pytest.mark.parametrize("end", [b".yaml", b""], ids=["file", "folder"])
def test_a_name_that_would_harm_a_terminal_is_written_with_escapes(root, stem, end):
    path = root / "content/people" / os.fsdecode(stem + end)
    if end:
        path.write_text(LI, encoding="utf-8")
    else:
        path.mkdir()
    (found,) = errors(root)
    assert found.code == "id-not-slug"
    assert outputs([found]).replace("\n", "").isprintable()


def test_a_folder_name_that_is_no_id_is_refused(root):
    put(root, "content/programs/harbor/2026/pairs/Ana Li/pair.yaml", "model: one-to-one\n")
    assert "id-not-slug" in {each.code for each in errors(root)}


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may read everything")
def test_an_unreadable_file_is_named(root):
    (root / PERSON).chmod(0)
    only(root, "file-unreadable")


def test_a_file_that_may_not_be_opened_is_named(root, monkeypatch):
    real = os.open

    def refuse(path, *rest, **more):
        if str(path).endswith("li-wei.yaml") and "/people/" in str(path) and "private" not in str(path):
            raise PermissionError(13, "Permission denied")
        return real(path, *rest, **more)

    monkeypatch.setattr(os, "open", refuse)
    assert "Permission denied" in only(root, "file-unreadable").message


def test_a_folder_a_pipe_and_a_socket_are_no_records_and_nothing_hangs(root):
    (root / "content/people/folder.yaml").mkdir()
    os.mkfifo(root / "content/people/pipe.yaml")
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(root / "content/people")
        try:
            listener.bind("socket.yaml")
        finally:
            os.chdir(here)
        found = errors(root)
    assert [(each.code, each.place.path.rpartition("/")[2]) for each in found] == [
        ("file-unreadable", "folder.yaml"),
        ("file-unreadable", "pipe.yaml"),
        ("file-unreadable", "socket.yaml"),
    ]


def test_a_device_is_no_record(root):
    try:
        os.mknod(root / "content/people/device.yaml", 0o020600, os.makedev(1, 5))
    except (PermissionError, OSError):
        pytest.skip("only the administrator makes devices")
    only(root, "file-unreadable", "content/people/device.yaml")


# --- links (42-46) ---


def test_links_are_not_followed(root, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    put(outside, "secret.yaml", f"name: {CANARY}\n")
    (root / "content/people/linked.yaml").symlink_to(outside / "secret.yaml")
    (root / "content/linked").symlink_to(outside)
    (root / "content/people/loop").symlink_to(root / "content/people")
    (root / "content/people/self.yaml").symlink_to("self.yaml")
    (root / "content/people/dangling.yaml").symlink_to("nowhere.yaml")
    found = errors(root)
    assert {each.code for each in found} == {"file-unreadable"}
    assert len(found) == 5
    assert "linked" not in load(Workspace(root)).records.people
    assert CANARY not in outputs(found)


@pytest.mark.parametrize("top", ["content", "private"])
def test_a_whole_tree_that_is_a_link_is_not_followed(root, tmp_path_factory, top):
    outside = tmp_path_factory.mktemp("outside") / top
    (root / top).rename(outside)
    (root / top).symlink_to(outside)
    loaded = load(Workspace(root))
    assert [(each.code, each.place.path) for each in loaded.diagnostics] == [("file-unreadable", top)]


def test_the_settings_as_a_link_are_not_followed(root, tmp_path_factory):
    outside = put(tmp_path_factory.mktemp("outside"), "toolkit.yaml", "title: Elsewhere\n")
    (root / "site_config").mkdir(exist_ok=True)
    (root / "site_config/toolkit.yaml").unlink(missing_ok=True)
    (root / "site_config/toolkit.yaml").symlink_to(outside)
    only(root, "file-unreadable", "site_config/toolkit.yaml")


def test_a_file_that_is_swapped_for_a_link_after_the_look_is_not_followed(root, tmp_path_factory, monkeypatch):
    outside = put(tmp_path_factory.mktemp("outside"), "secret.yaml", f"name: {CANARY}\n")
    real = os.open

    def swap(path, *rest, **more):
        if str(path).endswith("content/people/li-wei.yaml"):
            Path(path).unlink()
            Path(path).symlink_to(outside)
        return real(path, *rest, **more)

    monkeypatch.setattr(os, "open", swap)
    assert "link" in only(root, "file-unreadable").message


def test_a_hard_link_to_an_outside_file_is_a_warning(root, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "li.yaml"
    os.link(root / PERSON, outside)
    found = findings(root)
    assert [(each.code, each.severity, each.place.path) for each in found] == [("file-hard-linked", "warning", PERSON)]


def test_a_repository_inside_the_records_is_left_alone_and_named(root):
    put(root, "content/programs/harbor/2027/.git/HEAD", "ref: refs/heads/main\n")
    put(root, "content/programs/harbor/2027/cohort.yaml", "status: wrong\n")
    put(root, "content/programs/other/.git", "gitdir: ../../../.git/modules/other\n")
    put(root, "content/programs/other/program.yaml", "title: wrong\n")
    found = findings(root)
    assert [(each.code, each.severity, each.place.path) for each in found] == [
        ("misplaced-file", "warning", "content/programs/harbor/2027"),
        ("misplaced-file", "warning", "content/programs/other"),
    ]


def test_private_may_be_a_repository_of_its_own(root):
    put(root, "private/.git/HEAD", "ref: refs/heads/main\n")
    assert findings(root) == ()
    assert load(Workspace(root)).records.private_people


# --- the real command ---


def command(root, *arguments):
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), "NO_COLOR": "1"}
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "toolkit", "-C", str(root), *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env=environment,
        check=False,
    )
    return done, time.monotonic() - began


REAL = {
    "depth 100,000": (PERSON, LI + "site: " + "[" * 100_000, "too-deep"),
    "dashes 100,000": (PERSON, "- " * 100_000, "too-deep"),
    "Python object": (PERSON, LI + "site: !!python/object/apply:os.system ['touch pwned']\n", "yaml-tag"),
    "front matter, 120 KB deep": (NOTE, "---\na: " + "[" * 120_000 + "\n---\ntext\n", "too-deep"),
    "front matter with the key no": (NOTE, "---\nno: 1\n---\ntext\n", "unknown-field"),
    "a private value": (
        NOTE,
        f"---\ndate: {CANARY}\nminutes: {CANARY}\nformat: {CANARY}\n---\n{CANARY}\n",
        "wrong-type",
    ),
    "a broken line": (PERSON, f'name: "{CANARY}\nlevel: 1\n', "yaml-syntax"),
}


@pytest.mark.parametrize("form", ["full", "json"])
@pytest.mark.parametrize(("path", "content", "code"), REAL.values(), ids=REAL)
def test_the_command_leaves_1_without_a_traceback_and_without_a_private_value(root, path, content, code, form):
    put(root, path, content)
    before = {each: each.read_bytes() for each in sorted(root.rglob("*")) if each.is_file()}
    done, seconds = command(root, "check", "--format", form, "--today", "2026-11-02")
    assert done.returncode == 1, done.stderr
    assert code in done.stdout
    assert "Traceback" not in done.stderr + done.stdout
    assert CANARY not in done.stderr + done.stdout
    assert seconds < 5
    assert {each: each.read_bytes() for each in sorted(root.rglob("*")) if each.is_file()} == before
    if form == "json":
        json.loads(done.stdout)


def test_an_id_that_looks_like_an_option_never_reaches_a_shell(root):
    put(root, "content/people/$(touch pwned).yaml", LI)
    put(root, "content/people/--help.yaml", LI)
    done, _ = command(root, "check", "--format", "concise", "--today", "2026-11-02")
    assert done.returncode == 1
    assert done.stdout.count("id-not-slug") == 2
    assert not (root / "pwned").exists()
