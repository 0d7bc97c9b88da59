"""A change of a record alters its own span and no other byte, however the file is written; else it is refused."""

import datetime
import random
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import ToolkitError
from toolkit.source import Append, Set, edited, of_bytes

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
ROOT = Path(__file__).resolve().parent.parent
DAY = datetime.date(2026, 11, 21)
ORDER = ("model", "members", "status", "accepted", "started", "ended", "pauses", "why", "topics")
SHIPPED = sorted(
    path
    for pattern in ("pair.yaml", "agreement.md", "closure.md", "goals/*.md", "sessions/*.md")
    for path in (ROOT / "content").glob(f"programs/*/*/pairs/*/{pattern}")
)

COMMENTS = ("", "", "  # a note: with a colon", " #", "   ")
SPACES = ("", "", "", "# alone: on a line\n", "\n", "\n# after an empty line\n", "   \n")


class Writer:
    """Writes records as people do: any order, quotes, brackets, indentation, comments, line ends."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.pick = self.random.choice

    def word(self):
        middle = "".join(self.pick("abcdefghéñ —,;.'") for _ in range(self.random.randint(1, 12)))
        return f"a{middle.strip()}z"

    def scalar(self):
        text = self.word()
        plain = text.replace(",", " ").replace("'", "")
        quoted = "'" + text.replace("'", "''") + "'"
        return self.pick([plain, quoted, f'"{text}"', f"'{plain}\n\n    more'", f"{plain}\n  and {plain}"])

    def block(self):
        mark, tail = self.pick(["|", ">", "|-", ">-", "|+", "|2"]), self.pick(["", "\n", "\n\n"])
        return f"{mark}\n  {self.word()}\n  {self.word()}{tail}"

    def item(self):
        person = self.pick(["ana-kovacs", "li-wei"])
        shapes = [
            f"{{person: {person}, on: 2026-01-02}}",
            f"{{ person: '{person}' , on: 2026-01-02, }}",
            f"person: {person}\n  on: 2026-01-02",
            f"person: {person}  # who\n  on: '2026-01-02'  # when",
        ]
        return self.pick(shapes)

    def list(self):
        found = [self.item() for _ in range(self.random.randint(0, 3))]
        if not found or self.random.random() < 0.4:
            joint = self.pick([", ", " ,\n   "])
            return "[" + joint.join(item for item in found if item.startswith("{")) + "]"
        indent = " " * self.random.randint(0, 4)
        lines = []
        for item in found:
            space = self.pick(SPACES)
            written = f"{indent}- {item}".replace("\n", f"\n{indent}")
            lines.append(f"\n{space}{written}{self.pick(COMMENTS)}")
        return "".join(lines)

    def value(self, name):
        if name in ("accepted", "pauses"):
            return self.pick([self.list, self.list, str])()
        if name in ("why", "topics"):
            return self.pick([self.scalar, self.block, self.list, str])()
        return self.pick([self.scalar, self.scalar, str])()

    def record(self):
        """The bytes of a record and the name of its file."""
        names = self.random.sample(ORDER, self.random.randint(1, len(ORDER)))
        if self.random.random() < 0.5:
            names.sort(key=ORDER.index)
        text = ""
        for name in names:
            value = self.value(name)
            comment = "" if value[:1] in ("|", ">", "\n") else self.pick(COMMENTS)
            text += f"{self.pick(SPACES)}{name}:{'' if value[:1] == chr(10) else ' '}{value}{comment}\n"
        name = self.pick(["x.yaml", "x.md"])
        if name == "x.md":
            text = f"---\n{text}---\n" + self.pick(["", "\nBody: of - the\n\n- [ ] note\n", "x"])
        elif self.random.random() < 0.3:
            text = text.removesuffix("\n")
        return self.pick([b"", b"\xef\xbb\xbf"]) + text.replace("\n", self.pick(["\n", "\r\n"])).encode(), name


RECORDS = st.integers(0, 2**48).map(lambda seed: Writer(seed).record())


def fields(data, name):
    """The fields as PyYAML reads them, all values as texts: an oracle that shares no code with the editor."""
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    if name.endswith(".md"):
        text = text.split("---\n", 2)[1]
    found = yaml.load(text, Loader=LOADER)
    return {key: value for key, value in found.items() if value != ""}


def kept(before, after):
    """How many bytes at both ends stayed as they were."""
    front = next(
        (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    rest = min(len(before), len(after)) - front
    back = next((i for i in range(rest) if before[-1 - i] != after[-1 - i]), rest)
    return front + back


@settings(max_examples=10_000, deadline=None)
@given(RECORDS)
def test_reading_and_writing_back_changes_no_byte(record):
    data, name = record
    of_bytes(data, name)

    assert edited(data, name, ()) == data


@settings(max_examples=10_000, deadline=None)
@given(RECORDS, st.sampled_from(["paused", DAY, "two: words, and more", True, 12]))
def test_a_field_is_set_and_nothing_else_moves(record, value):
    data, name = record
    before = fields(data, name)
    after = edited(data, name, [Set(("status",), value, ORDER)])
    written = {DAY: DAY.isoformat(), True: "true"}.get(value, str(value))

    assert fields(after, name) == {**before, "status": written}
    assert kept(data, after) >= len(data) - len(before.get("status", "").encode()) - 40
    if "status" not in before:
        assert kept(data, after) == len(data)


@settings(max_examples=10_000, deadline=None)
@given(
    RECORDS, st.sampled_from(["accepted", "pauses"]), st.sampled_from([None, "it is: long, and has [marks]", "x" * 120])
)
def test_an_item_is_appended_and_nothing_else_moves(record, field, why):
    data, name = record
    before = fields(data, name)
    after = edited(data, name, [Append(field, {"person": "rosa-silva", "on": DAY, "why": why}, ORDER)])
    item = {"person": "rosa-silva", "on": "2026-11-21"} | ({"why": why} if why else {})

    assert fields(after, name) == {**before, field: [*before.get(field, []), item]}
    assert kept(data, after) == len(data)


@settings(max_examples=10_000, deadline=None)
@given(RECORDS, st.booleans())
def test_a_field_of_the_last_item_is_set_and_nothing_else_moves(record, is_new):
    data, name = record
    found = fields(data, name).get("pauses")
    if not found:
        return
    field = "resume" if is_new else "on"
    after = edited(data, name, [Set(("pauses", len(found) - 1, field), DAY, ("person", "resume", "on"))])

    assert fields(after, name)["pauses"][-1] == {**found[-1], field: "2026-11-21"}
    assert kept(data, after) >= len(data) - (0 if is_new else 12)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(ROOT / "content/programs").as_posix())
def test_a_shipped_record_keeps_all_but_the_change(path):
    data = path.read_bytes()
    before = fields(data, path.name)
    after = edited(data, path.name, [Set(("status",), "paused"), Append("signed", {"person": "ana", "on": DAY})])

    signed = [*before.get("signed", []), {"person": "ana", "on": "2026-11-21"}]
    assert fields(after, path.name) == {**before, "status": "paused", "signed": signed}
    lines = set(data.decode().splitlines()) - set(after.decode().splitlines())
    assert not [line for line in lines if not line.startswith(("status:", "signed: ["))]


def test_a_new_field_stands_where_the_order_has_it():
    data = b"model: one-to-one\nstatus: accepted # since May\n\n# Later\nwhy: because\n"
    after = edited(
        data, "x.yaml", [Set(("started",), DAY, ORDER), Append("accepted", {"person": "a", "on": DAY}, ORDER)]
    )

    assert after.decode().splitlines() == [
        "model: one-to-one",
        "status: accepted # since May",
        "accepted:",
        "  - {person: a, on: 2026-11-21}",
        "started: 2026-11-21",
        "",
        "# Later",
        "why: because",
    ]


@pytest.mark.parametrize("text", ["status: |-\n  active\n", "status: [active]\n"])
def test_what_cannot_be_changed_alone_is_refused(text):
    with pytest.raises(ToolkitError, match="cannot be changed alone"):
        edited(text.encode(), "x.yaml", [Set(("status",), "paused", ORDER)])


def test_a_file_that_cannot_be_read_is_refused():
    with pytest.raises(ToolkitError, match="cannot be read"):
        edited(b"status: a\nstatus: b\n", "x.yaml", [Set(("status",), "paused", ORDER)])


def test_a_group_of_fields_is_put_where_there_is_none_yet_and_never_over_one() -> None:
    data = b"name: Ana  # the first\nbio: Likes tea.\n"
    group = {"offers": ["review", {"topic": "tests", "strength": 4}], "capacity": 2}
    after = edited(data, "x.yaml", [Set(("mentor",), group, ("name", "mentor", "bio"))])
    assert after == (
        b"name: Ana  # the first\n"
        b"mentor:\n  offers:\n    - review\n    - topic: tests\n      strength: 4\n  capacity: 2\n"
        b"bio: Likes tea.\n"
    )
    for route, value in ((("name",), ["Ana"]), (("mentor",), {"capacity": 3}), (("name", "first"), "Ana")):
        with pytest.raises(ToolkitError):
            edited(after, "x.yaml", [Set(route, value)])
