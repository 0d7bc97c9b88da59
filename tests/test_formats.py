"""How findings are written, in every format."""

import json

import pytest

from toolkit.diagnostics import Diagnostic, Place, Severity, Span, ordered
from toolkit.formats import FORMATS, summary

PUBLIC = Place("content/programs/lantern/program.yaml", Span(3, 1, 3, 9), "contexts", "contexts: professional")
HIDDEN = Place("content/people/ana-kovacs.yaml", Span(12, 3, 12, 8), "bio")
FOUND = (
    Diagnostic(
        "unknown-field", Severity.ERROR, "`contexts` is no field of this program", PUBLIC, "did you mean `context`?"
    ),
    Diagnostic(
        "contact-in-public", Severity.WARNING, "an e-mail address stands here: 50 %", HIDDEN, "move it", (PUBLIC,)
    ),
    Diagnostic("next-unset", Severity.NOTE, "no next date", Place("content/\x1b]52;x,y:z.md", Span(1, 1, 1, 1))),
)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_format_is_written_as_its_golden_file_says(name, golden):
    golden(f"formats/{name}.txt", FORMATS[name](FOUND) + "\n")


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_no_finding_is_written_as_valid_emptiness(name):
    text = FORMATS[name](())

    assert (json.loads(text) is not None) if name in ("json", "gitlab", "sarif") else text == ""


def test_no_format_lets_a_file_name_steer_the_terminal():
    for name in ("full", "concise", "github"):
        assert "\x1b" not in FORMATS[name](FOUND)


def test_a_line_is_shown_only_where_the_place_holds_it():
    text = FORMATS["full"](FOUND)

    assert "contexts: professional" in text
    assert "in `bio`" in text


def test_github_shows_the_worst_ten_of_a_kind_and_lists_the_rest():
    many = tuple(Diagnostic("x", Severity.ERROR, f"fault {n}", PUBLIC) for n in range(12))
    lines = FORMATS["github"](many).splitlines()

    assert sum(line.startswith("::error ") for line in lines) == 10
    assert "2 more findings" in lines[10]
    assert len(lines) == 13


def test_a_gitlab_fingerprint_does_not_depend_on_the_line():
    moved = tuple(
        Diagnostic(each.code, each.severity, each.message, each.place._replace(span=Span(90, 1, 90, 1)), each.hint)
        for each in FOUND
    )
    before = [each["fingerprint"] for each in json.loads(FORMATS["gitlab"](FOUND))]
    after = [each["fingerprint"] for each in json.loads(FORMATS["gitlab"](moved))]

    assert before == after
    assert len(set(before)) == 3


def test_findings_stand_in_the_order_of_the_files_and_once():
    assert [each.code for each in ordered((*FOUND, *FOUND))] == ["next-unset", "contact-in-public", "unknown-field"]


def test_the_closing_line_counts_what_was_found():
    assert summary(FOUND, 3) == "3 files read: 1 error, 1 warning, 1 note"
    assert summary((), 1) == "1 file read: nothing to correct"
