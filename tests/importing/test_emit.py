"""What we write as YAML comes back as it was, through our reader and through PyYAML's own."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from toolkit.errors import ToolkitError
from toolkit.source import emit, emit_front
from toolkit.source.document import read
from toolkit.source.nodes import plain
from toolkit.source.parse import parse
from toolkit.source.text import FORBIDDEN

# fmt: off
WORDS = [
    "no", "yes", "on", "off", "y", "N", "null", "~", "true", "12:30", "1:1", "010", "0x1F", "1_000", "1e3", ".inf",
    ".nan", "=", "<<", "-", "--", "---", "...", "#", "!", "&", "*", "@", "`", "%", "|", ">",
    "?", ":", "[a]", "{a}", "'x'", '"x"', "+351", "2026-11-21", "-5", "3.10", "NO", "Null",
]
# fmt: on
TRICKY = [
    *WORDS,
    "a: b",
    "a #b",
    "a:",
    " lead",
    "trail ",
    "two\nlines",
    "end\n",
    "two ends\n\n",
    "\nstart",
    "  indented\nfirst",
    "tab\there",
    "line\n\tindented by tab",
    "back\\slash",
    "- item",
    "? key",
    "---\nfront\n---",
    "<<<<<<< ours\n=======\n",
    "line\u2028separator",
    "space \nbefore newline",
    "café — déjà",
    "😀 emoji",
    "cr\r\nlf",
    "tue 17:00-19:00",
    "https://example.org/a?b=c#d",
]
TEXT = st.text(st.characters(codec="utf-8"), max_size=60).filter(
    lambda text: not FORBIDDEN.search(text)
) | st.sampled_from(TRICKY)
LEAF = TEXT | st.integers(-(10**9), 10**9) | st.booleans() | st.dates()
DATA = st.dictionaries(
    TEXT,
    st.recursive(
        LEAF, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4), max_leaves=12
    ),
    min_size=1,
    max_size=6,
)


def as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_text(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_text(each) for each in value]
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def keys(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(key for each in value.values() for key in keys(each))]
    return [key for each in value for key in keys(each)] if isinstance(value, list) else []


@given(DATA)
def test_our_reader_gives_back_what_was_written(data: dict[str, Any]) -> None:
    node = parse(emit(data))
    assert node is not None
    assert plain(node) == as_text(data)


@given(DATA)
def test_a_reader_of_yaml_1_1_takes_no_text_for_something_else(data: dict[str, Any]) -> None:
    assume("on" not in as_text(keys(data)))
    assert yaml.safe_load(emit(data)) == data


@pytest.mark.parametrize("text", TRICKY)
def test_a_tricky_text_survives_in_a_field_a_list_and_a_key(text: str, tmp_path: Any) -> None:
    data = {"field": text, "list": [text, {"in": text}], text: "key"}
    path = tmp_path / "record.md"
    path.write_text(emit_front(data, "A body.\n"), encoding="utf-8")
    source = read(path, "record.md")
    assert plain(source.root) == data
    assert source.body.strip() == "A body."


def test_people_can_read_it() -> None:
    data = {
        "name": "Ana Kovács",
        "level": 3,
        "none": None,
        "on": datetime.date(2026, 11, 21),
        "mentor": {"offers": [{"topic": "grants", "strength": 5}], "availability": ["tue 17:00-19:00"]},
        "bio": "First line.\n\nSecond: line.",
        "empty": [],
    }
    assert emit(data) == (
        "name: Ana Kovács\n"
        "level: 3\n"
        "on: 2026-11-21\n"
        "mentor:\n"
        "  offers:\n"
        "    - topic: grants\n"
        "      strength: 5\n"
        "  availability:\n"
        "    - tue 17:00-19:00\n"
        "bio: |-\n"
        "  First line.\n"
        "\n"
        "  Second: line.\n"
        "empty: []\n"
    )


@pytest.mark.parametrize("text", ["bell\x07", "\u202eright to left", "\ud800", "\ufeffmark"])
def test_a_character_that_no_record_may_hold_is_refused(text: str) -> None:
    with pytest.raises(ToolkitError, match="cannot be seen"):
        emit({"name": text})


@pytest.mark.parametrize(("number", "written"), [(2.5, "2.5"), (1e-7, "0.0000001"), (3.0, "3.0")])
def test_a_number_has_digits_and_a_point(number: float, written: str) -> None:
    assert emit({"value": number}) == f"value: {written}\n"


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_number_without_digits_is_refused(number: float) -> None:
    with pytest.raises(ToolkitError):
        emit({"n": number})
