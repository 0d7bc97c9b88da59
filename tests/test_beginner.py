"""What somebody reads who types a command for the first time, and types it wrong: what to do, and what comes next."""

import re
import shutil
import sys
from pathlib import Path

import pytest
from scenarios import write_base

from toolkit.cli.app import main
from toolkit.source import Fault
from toolkit.source.parse import parse

TODAY = ("--today", "2026-11-02")
PAIR = "content/programs/harbor/2026/pairs/ana-li/pair.yaml"


@pytest.fixture
def typed(tmp_path, monkeypatch, capsys):
    """Type words after `mentoring` in the small program of the rules' pages; gives what stands on the terminal."""
    write_base(tmp_path)
    monkeypatch.chdir(tmp_path)

    def type_(*words):
        monkeypatch.setattr(sys, "argv", ["mentoring", *words])
        with pytest.raises(SystemExit) as end:
            main()
        shown = capsys.readouterr()
        type_.code = end.value.code
        return shown.out + shown.err

    type_.root = tmp_path
    return type_


def test_a_misspelled_command_is_answered_with_the_nearest(typed):
    assert "did you mean mentoring status?" in typed("stauts")
    assert "mentoring --help lists the commands" in typed("xyzzy")
    assert typed.code == 2


@pytest.mark.parametrize("words", [("accept", "ana-li"), ("accept",), ("accept", "ana-li", "li-wei"), ("match", "why")])
def test_what_is_typed_wrong_is_followed_by_an_example_of_that_command(typed, words):
    shown = typed(*words)

    assert "Missing" in shown
    assert f"For example:\n  mentoring {words[0]} " in shown
    assert typed.code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("slots", "ana-lee"), "there is no pair ana-lee\n  help: did you mean ana-li?"),
        (("slots", "ana"), "did you mean ana-li?"),
        (("export", "li"), "did you mean li-wei?"),
        (("status", "2027"), "did you mean 2026?"),
        (("slots", "zzz"), "there are: harbor/2026/ana-li"),
    ],
)
def test_a_wrong_name_is_answered_with_the_right_one(typed, words, said):
    assert said in typed(*words)


def test_each_step_of_a_new_pair_names_the_next_one(typed):
    path = typed.root / PAIR
    text = path.read_text(encoding="utf-8").replace("status: active", "status: proposed")
    path.write_text(re.sub(r"^(started: .*|accepted:(\n  .*)*)\n", "", text, flags=re.M), encoding="utf-8")
    agreement = path.with_name("agreement.md")
    agreement.unlink()
    key = "harbor/2026/ana-li"

    assert f"help: mentoring accept {key} --person ana-kovacs, then" in typed("start", "ana-li", *TODAY)
    assert "was proposed on 2026-10-05, after 2026-10-01" in typed(
        "accept", "ana-li", "--person", "li-wei", "--on", "2026-10-01", *TODAY
    )
    asked = ("accept", "ana-li", "--write", *TODAY)
    assert f"next: mentoring accept {key} --person ana-kovacs\n" in typed(*asked, "--person", "li-wei")
    assert f"next: mentoring start {key}\n" in typed(*asked, "--person", "ana-kovacs")
    assert f"next: mentoring new agreement {key}\n" in typed("start", "ana-li", "--on", "2026-10-19", "--write", *TODAY)
    assert "next: mentoring sign ana-li --person ana-kovacs, once" in typed("new", "agreement", "ana-li", *TODAY)
    signed = ("sign", "ana-li", "--write", *TODAY)
    assert f"next: mentoring sign {key} --person li-wei\n" in typed(*signed, "--person", "ana-kovacs")
    assert f"next: mentoring new session {key}" in typed(*signed, "--person", "li-wei")
    closing = ("--kind", "planned", "--reason", "time-ended", "--data", "kept for a year")
    assert f"next: mentoring mail thanks {key}\n" in typed("close", "ana-li", "--write", *closing, *TODAY)


def test_a_plan_without_pairs_says_that_applications_wait_and_how_they_are_accepted(typed):
    folder = typed.root / "content/programs/harbor/2026"
    for each in folder.glob("applications/*.yaml"):
        each.write_text(each.read_text(encoding="utf-8").replace("accepted", "submitted"), encoding="utf-8")
    shown = typed("match", "propose", "2026", *TODAY)

    assert "who is to take part is accepted by: mentoring admit harbor/2026 PERSON" in shown
    assert "next: accept applications, then: mentoring match propose harbor/2026" in shown


@pytest.mark.parametrize(
    ("text", "said", "place"),
    [
        ("name: Ana\nlanguages [en]\n", "a colon is missing", (2, 1)),
        ("name: Ana\nmentor:\n  offers\n  capacity: 2\n", "a colon stands where none can", (4, 11)),
        ('name: "Ana\nlanguages: [en]\n', "the quote that opens here", (1, 7)),
        ("languages: [en\nname: Ana\n", "the closing bracket is missing", (1, 12)),
        ("name: Ana\n languages: [en]\n", "a colon stands where none can", (2, 11)),
        ("name: Ana\nlanguages: [en]\n bio: x\n", "indented like none above it", (3, 2)),
        ("name: 'it's me'\n", "text goes on after the closing quote", (1, 11)),
        ("name: @ana\n", "cannot begin with this sign", (1, 7)),
        ("name: *ana* x\n", "cannot begin with this sign", (1, 7)),
        ("links:\n- a\nb: c\n- d\n", "indented like none above it", (4, 1)),
        ("- a\nname: b\n", "among the entries of a list", (2, 1)),
    ],
)
def test_a_slip_of_the_hand_is_named_where_it_was_made(text, said, place):
    with pytest.raises(Fault) as fault:
        parse(text)

    assert said in fault.value.message
    assert (fault.value.span.line, fault.value.span.column) == place
    assert "ana" not in fault.value.message


def test_a_pin_is_understood_in_either_order(typed):
    pair = typed.root / "content/programs/harbor/2026/pairs"
    shutil.rmtree(pair)
    words = ("--reason", "Both asked", "--today", "2026-11-02")

    one = typed("match", "pin", "2026", "ana-kovacs", "li-wei", *words)
    other = typed("match", "pin", "2026", "li-wei", "ana-kovacs", *words)
    assert "pins gets ana-kovacs with li-wei" in one
    assert one.partition("nothing is written yet")[0] == other.partition("nothing is written yet")[0]
    assert "did you mean li-wei?" in typed("match", "why", "2026", "li", "ana-kovacs", *TODAY)


def test_a_survey_without_a_name_lists_those_that_can_be_asked(typed):
    source = Path(__file__).parents[1] / "content/instruments"
    shutil.copytree(source, typed.root / "content/instruments")
    shown = typed("survey")

    assert "pulse                  Pulse\n" in shown
    assert "next: mentoring survey INSTRUMENT" in shown
    assert "mca-21" not in shown


def test_a_person_whose_file_has_an_error_is_not_said_to_lack_anything(typed):
    (typed.root / "content/people/li-wei.yaml").write_text("name: Li Wei\ntimezone: Nowhere\n", encoding="utf-8")

    assert "there is no file that can be read of li-wei\n  help: mentoring check" in typed("slots", "ana-li", *TODAY)


def test_messages_that_nobody_gets_are_explained(typed):
    shown = typed("mail", "thanks", *TODAY)

    assert "not written: harbor/2026/ana-li: it is not closed" in shown
    assert "0 messages: there is no pair that this kind fits today" in shown
    assert "open that page" not in shown


def test_a_goal_without_its_pair_is_found(typed):
    shown = typed("settle", "review-alone", "--as", "met", *TODAY)

    assert "write the pair, a slash and the goal: harbor/2026/ana-li/review-alone" in shown


@pytest.mark.parametrize("group", ["new", "match", "i18n", "notes"])
def test_no_sentence_of_a_list_of_commands_is_cut(typed, monkeypatch, group):
    monkeypatch.setenv("COLUMNS", "80")

    assert "...\n" not in typed(group, "--help").partition("Commands:")[2]


def test_a_site_for_a_pair_that_is_misspelled_names_the_right_one(typed):
    shown = typed("build", "--audience", "pair:ana-lee")

    assert "there is no pair ana-lee\n  help: did you mean pair:ana-li?" in shown
    assert not (typed.root / "build").exists()
