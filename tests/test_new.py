"""Each kind of new record, in each language, is a record that `check` has no error for; what is known stands in it."""

from __future__ import annotations

import datetime
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from scenarios import BASE, TODAY

from toolkit import scaffold
from toolkit.cli.app import cli
from toolkit.cli.new.paper import Room
from toolkit.errors import ToolkitError
from toolkit.load import Loaded, load, with_files
from toolkit.model import Records
from toolkit.model.formats import LANGUAGES, titles
from toolkit.model.tongue import pair_language
from toolkit.rules import RULES, check
from toolkit.scaffold import papers, people
from toolkit.scaffold.known import known_of
from toolkit.workspace import Workspace

ROOT = Path(__file__).parents[1]
DAY = TODAY.isoformat()
HARBOR = "content/programs/harbor/2026"
PAIR = f"{HARBOR}/pairs/ana-li"
COMMANDS: dict[str, tuple[tuple[str, ...], str]] = {
    "person": (("--name", "Noé: Éluard #2", "--role", "mentee"), "content/people/noe-eluard-2.yaml"),
    "application": (("--person", "rosa-silva", "--role", "mentee"), f"{HARBOR}/applications/rosa-silva-mentee.yaml"),
    "pair": (("--mentor", "ana-kovacs", "--mentee", "rosa-silva"), f"{HARBOR}/pairs/ana-rosa/pair.yaml"),
    "agreement": (("ana-li",), f"{PAIR}/agreement.md"),
    "goal": (("ana-li", "--title", "Reviews: twice a week"), f"{PAIR}/goals/reviews-twice-a-week.md"),
    "session": (("ana-li", "--date", DAY), f"{PAIR}/sessions/{DAY}.md"),
    "observation": (("ana-li",), f"{PAIR}/observations/{DAY}.md"),
    "feedback": (("ana-li", "--from", "li-wei"), f"{PAIR}/feedback/{DAY}-1.md"),
    "check-in": (("--person", "li-wei", "--status", "amber"), f"{HARBOR}/check-ins/2026-11.yaml"),
    "concern": (("--kind", "load", "--person", "li-wei", "--pair", "ana-li"), f"private/concerns/{DAY}-1.yaml"),
    "closure": (("ana-li", "--kind", "planned", "--reason", "goals-met"), f"{PAIR}/closure.md"),
    "guide": (
        ("--title", "The second meeting", "--audience", "mentor", "--phase", "start"),
        "content/handbook/the-second-meeting.md",
    ),
    "measure": (
        ("calmer-starts", "--domain", "practice", "--direction", "higher", "--level", "mentee"),
        "content/measures/calmer-starts.yaml",
    ),
    "program": (("--title", "Night: school"), "content/programs/night-school/program.yaml"),
    "cohort": (("--starts", "2027-09-01"), "content/programs/harbor/2027/cohort.yaml"),
}


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait for the disk: that a file outlasts a power cut is tested with the store."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


@pytest.fixture
def harbor(tmp_path: Path) -> Path:
    shutil.copytree(BASE, tmp_path / "harbor")
    return tmp_path / "harbor"


def new(root: Path, *args: str) -> Any:
    return CliRunner().invoke(cli, ["-C", str(root), "new", *args, "--today", DAY], catch_exceptions=False)


def ready(root: Path) -> None:
    """Let the program speak all languages of the forms, Rosa take part, and the pair come to its end."""
    with (root / "content/people/rosa-silva.yaml").open("a", encoding="utf-8") as stream:
        stream.write("consents: [{what: data, on: 2026-08-25}]\n")
    pair = root / f"{PAIR}/pair.yaml"
    pair.write_text(pair.read_text("utf-8").replace("status: active", "status: closing"), encoding="utf-8")
    path = root / "content/programs/harbor/program.yaml"
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("languages:")]
    path.write_text("\n".join([*lines, "languages: [en, es, fr]", ""]), encoding="utf-8")


def errors(loaded: Loaded) -> list[str]:
    found = check(loaded, RULES, TODAY)
    return [f"{each.place.path}: {each.code}: {each.message}" for each in found if each.severity == "error"]


def findings(loaded: Loaded, path: str) -> set[str]:
    return {each.code for each in check(loaded, RULES, TODAY) if each.place.path == path}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(COMMANDS))
def test_a_new_record_is_one_that_check_has_no_error_for(harbor: Path, kind: str, language: str) -> None:
    arguments, path = COMMANDS[kind]
    ready(harbor)
    (harbor / path).unlink(missing_ok=True)
    result = new(harbor, kind, *arguments, "--lang", language)
    assert result.exit_code == 0
    assert result.stdout == f"{harbor / path}\n"
    assert result.stderr.startswith("next: mentoring ")
    loaded = load(Workspace(harbor))
    assert not loaded.diagnostics
    assert errors(loaded) == []
    assert any(each.path == path for each in loaded.sources)
    text = (harbor / path).read_text("utf-8")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\n\n\n" not in text


@pytest.mark.parametrize("kind", sorted(COMMANDS))
def test_each_language_has_a_form_of_its_own(harbor: Path, kind: str) -> None:
    arguments, path = COMMANDS[kind]
    (harbor / path).unlink(missing_ok=True)
    ready(harbor)
    made = {language: new(harbor, kind, *arguments, "--lang", language, "--stdout").stdout for language in LANGUAGES}
    assert len(set(made.values())) == len(LANGUAGES)
    assert not (harbor / path).exists()


@pytest.mark.parametrize("kind", sorted(set(COMMANDS) - {"observation", "feedback", "check-in", "concern"}))
def test_nothing_is_overwritten(harbor: Path, kind: str) -> None:
    arguments, path = COMMANDS[kind]
    (harbor / path).parent.mkdir(parents=True, exist_ok=True)
    if not (harbor / path).exists():
        assert new(harbor, kind, *arguments).exit_code == 0
    before = (harbor / path).read_bytes()
    with pytest.raises(ToolkitError, match="there already"):
        new(harbor, kind, *arguments)
    assert (harbor / path).read_bytes() == before


def test_a_second_visit_feedback_and_concern_of_a_day_have_a_number(harbor: Path) -> None:
    for kind, name in (("observation", "-2.md"), ("feedback", "-2.md"), ("concern", "-2.yaml")):
        arguments, _ = COMMANDS[kind]
        first, second = (new(harbor, kind, *arguments) for _ in range(2))
        assert second.stdout.endswith(f"{DAY}{name}\n")
        assert first.stdout != second.stdout
    assert errors(load(Workspace(harbor))) == []


def test_a_check_in_is_added_to_its_month_and_nothing_else_changes(harbor: Path) -> None:
    path = harbor / COMMANDS["check-in"][1]
    new(harbor, *("check-in", "--person", "li-wei", "--status", "amber"))
    before = path.read_text("utf-8")
    assert new(harbor, *("check-in", "--person", "ana-kovacs", "--status", "green")).exit_code == 0
    assert path.read_text("utf-8").startswith(before.rstrip("\n"))
    loaded = load(Workspace(harbor))
    assert errors(loaded) == []
    (month,) = loaded.records.check_ins["harbor/2026"]
    assert [(each.person, each.status, each.pair) for each in month.check_ins] == [
        ("li-wei", "amber", "ana-li"),
        ("ana-kovacs", "green", "ana-li"),
    ]


def test_of_a_concern_for_safety_no_name_is_kept(harbor: Path) -> None:
    with pytest.raises(ToolkitError, match="no name"):
        new(harbor, "concern", "--kind", "safety", "--person", "li-wei")
    for language in LANGUAGES:
        assert new(harbor, "concern", "--kind", "safety", "--lang", language).exit_code == 0
    loaded = load(Workspace(harbor))
    assert errors(loaded) == []
    assert {(each.person, each.pair, each.what) for each in loaded.records.concerns.values()} == {(None, None, None)}


def test_an_agreement_that_was_not_touched_says_so(harbor: Path) -> None:
    path = f"{PAIR}/agreement.md"
    for language in LANGUAGES:
        (harbor / path).unlink()
        new(harbor, "agreement", "ana-li", "--lang", language)
        assert "agreement-copied" in findings(load(Workspace(harbor)), path)
    text = (harbor / path).read_text("utf-8").replace("- Je ne vais pas …", "- Je ne prends pas le clavier")
    (harbor / path).write_text(text, encoding="utf-8")
    assert "agreement-copied" not in findings(load(Workspace(harbor)), path)


def test_an_agreement_form_of_the_programs_own_comes_first(harbor: Path) -> None:
    own = harbor / "templates/new"
    own.mkdir(parents=True)
    (own / "agreement.en.md").write_text("## Ours\n\n- We bring cake on …\n", encoding="utf-8")
    (harbor / f"{PAIR}/agreement.md").unlink()
    assert "We bring cake" in new(harbor, "agreement", "ana-li", "--stdout").stdout
    new(harbor, "agreement", "ana-li")
    assert "agreement-copied" in findings(load(Workspace(harbor)), f"{PAIR}/agreement.md")


@pytest.mark.parametrize(
    ("form", "said"), [("{{ nobody }}", "'nobody' is undefined"), ("title: {{ title }\n", "failed")]
)
def test_a_form_at_fault_is_named(harbor: Path, form: str, said: str) -> None:
    own = harbor / "templates/new"
    own.mkdir(parents=True)
    (own / "goal.en.md.j2").write_text(form, encoding="utf-8")
    with pytest.raises(ToolkitError, match=r"goal\.en\.md\.j2") as caught:
        new(harbor, *("goal", "ana-li", "--title", "Reviews"))
    assert said in caught.value.message


def test_a_form_that_makes_no_record_writes_nothing(harbor: Path) -> None:
    own = harbor / "templates/new"
    own.mkdir(parents=True)
    (own / "goal.en.md.j2").write_text("---\ntitle: {{ title | yaml }}\nwhen: never\n---\n", encoding="utf-8")
    with pytest.raises(ToolkitError, match="would be no record"):
        new(harbor, *("goal", "ana-li", "--title", "Reviews"))
    assert not (harbor / f"{PAIR}/goals/reviews.md").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("goal", "ana-li"), "--title"),
        (("person", "--name", "Ana"), "--role"),
        (("feedback", "ana-li"), "--from"),
        (("closure", "ana-li", "--kind", "planned"), "--reason"),
        (("check-in", "--person", "li-wei"), "--status"),
        (("guide",), "--title"),
        (("cohort",), "--starts"),
        (("concern",), "--kind"),
        (("check-in", "--person", "rosa-silva", "--status", "green"), "--pair"),
        (("goal", "ana-li", "--title", " "), "a few words"),
    ],
)
def test_what_nobody_can_be_asked_for_is_named_with_its_option(
    harbor: Path, arguments: tuple[str, ...], said: str
) -> None:
    with pytest.raises(ToolkitError) as caught:
        new(harbor, *arguments)
    assert said in caught.value.hint


@pytest.mark.parametrize(
    "arguments",
    [
        ("goal", "ana-li", "--title", "x", "--id", "../escape"),
        ("person", "--name", "x", "--role", "mentor", "--id", "Ana Kovacs"),
        ("cohort", "--starts", "2027-01-01", "--id", "2027/../.."),
        ("cohort", "--starts", "tomorrow"),
        ("cohort", "--starts", "2027-01-01", "--ends", "2026-01-01"),
        ("goal", "ana-li", "--title", "x", "--owner", "rosa-silva"),
        ("session", "nobody-here"),
        ("pair", "--mentor", "ana-kovacs", "--mentee", "nobody"),
        ("person", "--name", "x\u202ey", "--role", "mentor"),
    ],
)
def test_bad_words_are_refused_and_nothing_is_written(harbor: Path, arguments: tuple[str, ...]) -> None:
    before = set(harbor.parent.rglob("*"))
    with pytest.raises(ToolkitError):
        new(harbor, *arguments)
    assert set(harbor.parent.rglob("*")) == before


def test_open_actions_are_carried_with_their_ids_and_closing_one_there_closes_it(harbor: Path) -> None:
    from toolkit.model.actions import open_actions

    new(harbor, "session", "ana-li", "--date", "2026-11-02")
    path = harbor / f"{PAIR}/sessions/2026-11-02.md"
    records = load(Workspace(harbor)).records
    carried = [each.action.id for each in open_actions(records, TODAY) if each.action.id]
    note = records.sessions["harbor/2026/ana-li"][-1]
    since = next(section for section in note.sections if section.title == "Since last time")
    assert [line.rpartition("id:")[2] for line in since.text.splitlines()] == ["a1", "a2"]
    assert [action.id for action in note.actions if action.text == "…"] == ["a3", "a4"]
    assert carried == ["a1", "a2"]  # a line that nobody filled in is no action
    text = path.read_text("utf-8")
    first = text.index("- [ ]")
    path.write_text(text[:first] + "- [x]" + text[first + 5 :], encoding="utf-8")
    left = [each.action.id for each in open_actions(load(Workspace(harbor)).records, TODAY)]
    assert "a1" not in left
    assert "a2" in left


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("format_", ["grow", "clear", "oscar", "fuel", "steer", "free"])
def test_a_note_has_the_parts_of_its_format(harbor: Path, format_: str, language: str) -> None:
    new(harbor, "session", "ana-li", "--date", DAY, "--format", format_, "--lang", language)
    note = load(Workspace(harbor)).records.sessions["harbor/2026/ana-li"][-1]
    wanted = titles(format_, language) or (titles("grow", language)[0], titles("grow", language)[-1])
    assert tuple(section.title for section in note.sections) == wanted
    assert note.next == TODAY + datetime.timedelta(days=14)
    assert [action.owner for action in note.actions if action.text == "…"] == ["ana-kovacs", "li-wei"]


def test_the_next_meeting_keeps_out_of_a_break(harbor: Path) -> None:
    made = new(harbor, "session", "ana-li", "--date", "2026-12-10", "--stdout").stdout
    assert "next: 2027-01-07\n" in made  # a fortnight later is Christmas eve, and the week after that a holiday


def test_a_note_is_never_of_a_day_to_come_unless_that_is_said(harbor: Path) -> None:
    """Whoever types it a second time is told of the note that is there, and not given one of the next meeting."""
    made = new(harbor, "session", "ana-li")
    assert made.stdout.strip().endswith(f"/sessions/{DAY}.md")
    assert "the next meeting is on 2026-11-05" in made.stderr and "add --date 2026-11-05" in made.stderr
    with pytest.raises(ToolkitError, match=f"{DAY}.md is there already") as caught:
        new(harbor, "session", "ana-li")
    assert "say the day of another meeting with --date" in caught.value.hint
    ahead = new(harbor, "session", "ana-li", "--date", "2026-11-05")
    assert ahead.stdout.strip().endswith("/sessions/2026-11-05.md") and "add --date" not in ahead.stderr


def test_the_editor_opens_the_new_file(harbor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("click.edit", lambda *, filename: opened.append(filename))
    new(harbor, "session", "ana-li", "--date", DAY, "--edit")
    assert opened == [str(harbor / f"{PAIR}/sessions/{DAY}.md")]


def test_a_terminal_is_asked_only_what_cannot_be_known(harbor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(question: str, **_: object) -> str:
        asked.append(question)
        return {"Name that is shown": "Zoë Ferreira", "Role of the person": "mentee"}[question]

    monkeypatch.setattr("toolkit.cli.new.paper.at_terminal", lambda: True)
    monkeypatch.setattr("click.prompt", answer)
    assert new(harbor, "session", "ana-li", "--date", DAY).exit_code == 0
    assert asked == []
    assert new(harbor, "person").exit_code == 0
    assert asked == ["Name that is shown", "Role of the person"]
    assert (harbor / "content/people/zoe-ferreira.yaml").is_file()


@pytest.mark.parametrize("name", ["ines-tomas", "julian-lucia", "philippe-marie", "aurora-team"])
def test_the_scaffold_of_a_shipped_pair(golden: Any, name: str) -> None:
    shown = CliRunner().invoke(cli, ["-C", str(ROOT), "new", "session", name, "--stdout"], catch_exceptions=False)
    golden(f"new/session-{name}.md", shown.stdout)


def test_a_team_begins_in_a_language_that_all_of_it_speak() -> None:
    """The first mentee of the careers team writes French, two write Spanish; all eleven speak English."""
    records = replace(load(Workspace(ROOT)).records, agreements={})
    assert pair_language(records, records.pairs["lantern/2026-teams/aurora-team"], ()) == "en"
    assert pair_language(records, records.pairs["lantern/2026/julian-lucia"], ()) == "es"


LOADED = load(Workspace(BASE))
HOSTILE = st.text(st.characters(codec="utf-8"), max_size=60) | st.sampled_from(
    [
        "yes",
        "12",
        "- a",
        "a: b # c",
        '"',
        "{{ 7 * 7 }}",
        "---",
        "x\n---\ny: z",
        "*a",
        "\u2028",
        "<!-- -->",
        "2026-11-02",
    ]
)


@given(HOSTILE, st.sampled_from(LANGUAGES))
@settings(max_examples=40, deadline=None)
def test_what_people_type_stays_what_it_is(text: str, language: str) -> None:
    room = Room(Workspace(BASE), LOADED, TODAY, None)
    office = people.Office(room.workspace, room.records, TODAY, language)
    pair = room.records.pairs["harbor/2026/ana-li"]
    desk = papers.Desk(room.workspace, known_of(room.records, pair, TODAY, language))
    kept = {"kind": "load", "person": "li-wei", "pair": None, "owner": None}
    made: list[tuple[Callable[[], scaffold.Target], Callable[[Records], str | None]]] = [
        (
            lambda: papers.goal(desk, text, "li-wei", "skill", "typed", None),
            lambda records: next(goal.title for goal in records.goals["harbor/2026/ana-li"] if goal.id == "typed"),
        ),
        (
            lambda: people.person(office, text, "mentee", "typed", "en", None, ("data",)),
            lambda records: records.people["typed"].name,
        ),
        (
            lambda: people.guide(office, text, ("mentor",), "start", "typed"),
            lambda records: records.guides["typed"].title,
        ),
        (
            lambda: people.concern(office, {**kept, "what": text}),
            lambda records: records.concerns[f"{DAY}-1"].what,
        ),
    ]
    for make, read in made:
        if not text:
            continue
        try:
            target = make()
            after = with_files(room.loaded, {target.path: target.content}).records
        except ToolkitError:
            continue  # a character that no record may hold is refused before anything is written
        assert read(after) == text


def test_a_sponsor_has_a_profile_without_a_role(harbor: Path) -> None:
    result = new(harbor, "person", "--name", "Rita Sol", "--role", "neither", "--consent", "data")
    text = (harbor / "content/people/rita-sol.yaml").read_text("utf-8")
    assert "\nmentor:" not in text
    assert "\nmentee:" not in text
    assert "next: mentoring check" in result.stderr


def test_a_consent_that_was_given_is_written_with_its_day(harbor: Path) -> None:
    new(harbor, "person", "--name", "Noé", "--role", "mentor", "--consent", "data", "--consent", "notes")
    consents = load(Workspace(harbor)).records.people["noe"].consents
    assert [(each.what, each.on) for each in consents] == [("data", TODAY), ("notes", TODAY)]
