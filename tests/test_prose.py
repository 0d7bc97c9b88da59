"""The outline of a body: the quick look at each line and cmark say the same."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.source import prose
from toolkit.source.prose import Heading, Outline, Task, outline

PIECES = (
    "",
    "",
    "Some text",
    "  indented text",
    "    four spaces",
    "## Goal",
    "  ### Reality ##",
    "##",
    "#no heading",
    "####### seven",
    "- item",
    "  - inner",
    "- ",
    "-",
    "1. first",
    "10. tenth",
    "2. [ ] ordered",
    "- [ ] Write it @li-wei due:2026-12-01 id:a1",
    "  - [x] done",
    "   * [X] done too",
    "+ [ ] plus",
    "- [ ]",
    "-  [ ] two spaces",
    "- - [ ] inner",
    "- # heading in a list",
    "---",
    "===",
    "***",
    "> - [ ] quoted",
    "```",
    "a | b",
    "--- | ---",
    "- [ ] a [link](goals.md)",
    "[ ] no item",
    "[a]: goals.md",
    "<div>",
    "\\# escaped",
    "room #12",
)


def by_cmark(body: str, first_line: int) -> Outline:
    """The outline with the quick look switched off."""
    quick = prose._ordinary
    prose._ordinary = lambda *_: None  # type: ignore[assignment]
    try:
        return outline(body, first_line)
    finally:
        prose._ordinary = quick


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=9).map("\n".join))
def test_the_quick_look_says_what_cmark_says(body: str):
    quick = prose._ordinary(body, body.split("\n"), 5)
    if quick is not None and body.strip():
        assert quick == by_cmark(body, 5)


def test_an_ordinary_note_is_read_the_quick_way():
    body = '## Goal\n\nText, with "marks".\n\n- one\n- two\n\n## Will\n\n- [ ] Count @ana due:2026-12-01\n* [x] Read\n'
    expected = Outline(
        (Heading(2, "Goal", 10), Heading(2, "Will", 17)),
        (Task(False, "Count @ana due:2026-12-01", 19, 7), Task(True, "Read", 20, 7)),
    )
    assert prose._ordinary(body, body.split("\n"), 10) == expected == by_cmark(body, 10)


def test_the_column_of_a_task_is_that_of_its_text_also_where_its_box_says_the_same():
    assert [each.column for each in outline("- [x] x\n  - [x] [\n- [X] X\n").tasks] == [7, 9, 7]
    assert outline("- [x] x\n").tasks == (Task(True, "x", 1, 7),)


def test_a_task_in_code_is_no_task():
    assert outline("```\n- [ ] x\n## y\n```\n\n- [ ] z\n").tasks == (Task(False, "z", 6, 7),)
