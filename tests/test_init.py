"""A new program works from the first minute, and nothing that lies in its folder is ever overwritten."""

from __future__ import annotations

import datetime
import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from toolkit import scaffold
from toolkit.cli.app import cli
from toolkit.errors import ToolkitError
from toolkit.load import Loaded, load
from toolkit.model import is_slug
from toolkit.model.naming import slug_of
from toolkit.rules import RULES, Choice, check
from toolkit.scaffold import forms
from toolkit.workspace import Workspace

ROOT = Path(__file__).parents[1]
DAY = datetime.date(2026, 11, 21)


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait for the disk: that a file outlasts a power cut is tested with the store."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


def run(*args: str) -> Any:
    return CliRunner().invoke(cli, args, catch_exceptions=False)


def lay(folder: Path, targets: tuple[scaffold.Target, ...]) -> Loaded:
    scaffold.lay(folder, targets)
    return load(Workspace(folder))


def errors(loaded: Loaded, day: datetime.date) -> list[str]:
    found = check(loaded, RULES, day, Choice())
    return [f"{each.place.path}: {each.code}: {each.message}" for each in found if each.severity == "error"]


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_empty_program_is_clean_and_says_what_comes_next(tmp_path: Path) -> None:
    folder = tmp_path / "first-steps"
    result = run(
        "init", str(folder), "--name", "First: Steps & Co", "--language", "es", "--starts", "2027-01-11", "--yes"
    )
    assert result.exit_code == 0
    assert "What is public" in result.stdout
    assert "private/" in result.stdout
    assert result.stdout.splitlines()[-1] == f"next: mentoring -C {folder} check"
    loaded = load(Workspace(folder))
    assert not loaded.diagnostics
    assert list(loaded.records.programs) == ["first-steps-co"]
    assert loaded.records.programs["first-steps-co"].title == "First: Steps & Co"
    assert loaded.records.programs["first-steps-co"].languages == ("es",)
    assert loaded.records.cohorts["first-steps-co/2027"].starts == datetime.date(2027, 1, 11)
    assert not errors(loaded, DAY)
    assert run("-C", str(folder), "check").exit_code == 0


@pytest.mark.parametrize(
    ("language", "whom"), [("en", "The coordinator"), ("fr", "La coordination"), ("de", "The coordinator")]
)
def test_what_waits_to_be_filled_in_stands_there_in_the_language_of_the_program(
    tmp_path: Path, language: str, whom: str
) -> None:
    program = lay(tmp_path, scaffold.empty(scaffold.Answers("A program", language, DAY), DAY)).records.programs[
        "a-program"
    ]
    assert program.support is not None
    assert program.support.name == whom
    words = forms.words(language if language == "fr" else "en")
    assert (program.purpose, program.support.urgent) == (words["purpose"], words["urgent"])
    assert program.privacy is not None
    assert (program.privacy.lawful_basis, program.privacy.notice) == (words["basis"], words["notice"])


_THREE = tuple(
    f"content/{each}/" for each in ("handbook", "instruments", "measures", "evidence", "prompts")
)  # in three languages


def remarks(targets: tuple[scaffold.Target, ...]) -> set[str]:
    """The comments of a new program's files, but for fields that wait behind the sign of a comment."""
    texts = {each.path: each.content.decode("utf-8") for each in targets if not each.path.startswith(_THREE)}
    lines = {line.strip() for path, text in texts.items() if not path.endswith(".md") for line in text.splitlines()}
    found = {line.partition("# ")[2] for line in lines if line.startswith("# ") or " # " in line}
    fields = ("yaml-language-server", "extra_css:", "  - ", "nav:", "in-person", "week,", "professional,")
    return {each for each in found if not each.startswith(fields) and not re.match(r"[a-z_]+: [\[{]", each)}


@pytest.mark.parametrize("language", ["es", "fr"])
def test_a_new_program_is_in_one_language_down_to_its_comments(language: str) -> None:
    english, other = (scaffold.empty(scaffold.Answers("A program", each, DAY), DAY) for each in ("en", language))
    shared = {target.path for target in english if target in other and not target.path.startswith("content/")}

    assert remarks(english) & remarks(other) == set()
    assert shared == set()
    readme = next(each.content.decode("utf-8") for each in other if each.path == "README.md")
    assert "mentoring import people signups.csv --cohort a-program/2026" in readme
    assert not set(readme.splitlines()[2:]) & {"## What to do next", "| where | what | who may read it |"}


def test_every_comment_that_is_translated_stands_in_a_file_that_is_shipped() -> None:
    names = ("mkdocs.yml", *(f"templates/project/{each}" for each in ("github.yml", "gitlab.yml", "gitignore")))
    shipped = "\n".join((ROOT / name).read_text(encoding="utf-8") for name in names)

    assert [each for each in forms.words("en")["remarks"] if forms.remark(each) not in shipped] == []


def test_a_language_that_the_toolkit_does_not_speak_is_said(tmp_path: Path) -> None:
    result = run("init", str(tmp_path / "verein"), "--language", "de", "--yes")

    assert "pages are in English, not in de" in result.stdout
    assert "language: en" in (tmp_path / "verein/mkdocs.yml").read_text(encoding="utf-8")


def test_no_guide_of_a_new_program_names_a_person_of_the_example() -> None:
    targets = scaffold.empty(scaffold.Answers("A program", "en", DAY), DAY)
    names = [each.name for each in load(Workspace(ROOT)).records.people.values()]
    guides = "".join(
        each.content.decode("utf-8").partition("\n---\n")[0] for each in targets if "handbook/" in each.path
    )

    assert [name for name in names if name in guides] == []


def test_at_most_five_record_files_are_new_to_the_coordinator(tmp_path: Path) -> None:
    answers = scaffold.Answers("A program", "en", DAY)
    shipped = {path.relative_to(ROOT).as_posix() for path in (ROOT / "content").rglob("*")}
    own = [
        target
        for target in scaffold.empty(answers, DAY)
        if target.path.startswith(("content/", "site_config/toolkit")) and target.path not in shipped
    ]
    assert len(own) + any(target.path == "site_config/toolkit.yaml" for target in own) <= 6
    assert all(len(target.content.splitlines()) <= 30 for target in own)


def test_without_a_terminal_nothing_is_asked(tmp_path: Path) -> None:
    result = run("init", str(tmp_path / "quiet-program"), "--today", "2026-11-21")
    assert result.exit_code == 0
    program = load(Workspace(tmp_path / "quiet-program")).records.programs["quiet-program"]
    assert program.title == "Quiet program"


@pytest.mark.parametrize("args", [("--demo",), ("--yes",)])
def test_a_file_that_is_there_stops_everything(tmp_path: Path, args: tuple[str, ...]) -> None:
    (tmp_path / "mkdocs.yml").write_text("mine: yes\n", encoding="utf-8")
    (tmp_path / "README.md").write_text("mine\n", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("mine\n", encoding="utf-8")
    before = files(tmp_path)
    with pytest.raises(ToolkitError) as caught:
        run("init", str(tmp_path), *args)
    assert "README.md" in caught.value.message
    assert "mkdocs.yml" in caught.value.message
    assert "notes.txt" not in caught.value.message
    assert files(tmp_path) == before


def test_other_files_in_the_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine\n", encoding="utf-8")
    assert run("init", str(tmp_path), "--yes", "--name", "X y").exit_code == 0
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine\n"


def test_a_link_as_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ToolkitError):
        run("init", str(tmp_path / "link"), "--yes", "--name", "X y")
    assert not list((tmp_path / "elsewhere").iterdir())


@pytest.mark.parametrize(
    "args", [("--starts", "soon"), ("--language", "english"), ("--name", " "), ("--demo", "--name", "X")]
)
def test_a_wrong_answer_is_refused_before_anything_is_written(tmp_path: Path, args: tuple[str, ...]) -> None:
    with pytest.raises(ToolkitError):
        run("init", str(tmp_path / "new"), "--yes", *args)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("offset", range(7))
def test_the_demo_has_no_error_on_any_day_of_the_week(tmp_path: Path, offset: int) -> None:
    day = datetime.date(2027, 8, 2) + datetime.timedelta(days=offset)
    loaded = lay(tmp_path / "demo", scaffold.demo(day))
    assert not loaded.diagnostics
    assert loaded.records.settings.today is None
    assert not errors(loaded, day)


def test_the_demo_moves_by_whole_weeks_and_keeps_its_cohorts(tmp_path: Path) -> None:
    shipped = load(Workspace(ROOT)).records
    clock = shipped.settings.today
    assert clock is not None
    day = clock + datetime.timedelta(days=7 * 40 + 3)
    moved = lay(tmp_path / "demo", scaffold.demo(day)).records
    assert list(moved.cohorts) == list(shipped.cohorts)
    shift = datetime.timedelta(weeks=40)
    for key, cohort in shipped.cohorts.items():
        assert moved.cohorts[key].starts == cohort.starts + shift
        assert len(moved.cohorts[key].coordinator_minutes) == len(
            {e.month for e in moved.cohorts[key].coordinator_minutes}
        )
    for key, sessions in shipped.sessions.items():
        assert [each.date for each in moved.sessions[key]] == [each.date + shift for each in sessions]
        dues = [[action.due for action in each.actions] for each in sessions]
        later = [[due and due + shift for due in group] for group in dues]
        assert [[action.due for action in each.actions] for each in moved.sessions[key]] == later
    assert moved.guides.keys() == shipped.guides.keys()


def test_the_demo_of_its_own_day_is_the_shipped_example(tmp_path: Path) -> None:
    clock = load(Workspace(ROOT)).records.settings.today
    assert clock is not None
    for target in scaffold.demo(clock):
        shipped = ROOT / target.path
        if target.path.startswith(("content/", "private/")):
            assert target.content == shipped.read_bytes()


def test_the_same_answers_give_the_same_bytes() -> None:
    answers = scaffold.Answers("A program", "en", DAY)
    assert scaffold.empty(answers, DAY) == scaffold.empty(answers, DAY)
    assert scaffold.demo(DAY) == scaffold.demo(DAY)


@pytest.mark.parametrize("args", [("--demo",), ("--yes", "--name", "A program")])
def test_modelines_and_bindings_lead_to_schemas(tmp_path: Path, args: tuple[str, ...]) -> None:
    folder = tmp_path / "new"
    run("init", str(folder), *args)
    led = 0
    for path in folder.rglob("*.yaml"):
        for found in re.finditer(r"yaml-language-server: \$schema=(\S+)", path.read_text(encoding="utf-8")):
            assert (path.parent / found[1]).resolve().is_file()
            led += 1
    assert led >= 5 or "--demo" in args
    assert (folder / ".vscode/settings.json").is_file()


@pytest.mark.parametrize("args", [("--demo",), ("--yes", "--name", "A program")])
def test_the_workflows_check_each_change_and_publish_the_public_site_alone(
    tmp_path: Path, args: tuple[str, ...]
) -> None:
    folder = tmp_path / "new"
    run("init", str(folder), *args)
    github = yaml.safe_load((folder / ".github/workflows/mentoring.yml").read_text(encoding="utf-8"))
    assert github["permissions"] == {"contents": "read"}
    assert github["jobs"]["site"]["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
    assert github["jobs"]["site"]["needs"] == "check"
    steps = [step.get("run", step.get("uses")) for job in github["jobs"].values() for step in job["steps"]]
    assert "mentoring check --format github" in steps
    gitlab = yaml.safe_load((folder / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    assert "mentoring check --format gitlab" in gitlab["check"]["script"][0]
    scripts = [*steps, *gitlab["pages"]["script"]]
    builds = [line for line in scripts if line.startswith("mentoring build")]
    assert [line.partition(" --site-url ")[0] for line in builds] == ["mentoring build --audience public"] * 2
    assert all("http" not in line for line in scripts)
    ignored = (folder / ".gitignore").read_text(encoding="utf-8").split()
    assert {"/build/", "/private/"} <= set(ignored)


def test_the_pre_commit_hook_runs_check_on_our_folders() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    hook = next(each for each in hooks if each["id"] == "mentoring-check")
    assert hook["entry"] == "mentoring check"
    assert hook["pass_filenames"] is False
    assert re.match(hook["files"], "content/people/ana.yaml")
    assert not re.match(hook["files"], "docs/other.yaml")


@given(st.text(max_size=90))
def test_every_name_becomes_an_id(name: str) -> None:
    slug = slug_of(name, "program")
    assert is_slug(slug)
    assert slug_of(name, "program") == slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Ana Kovács", "ana-kovacs"),
        ("Đặng Thị Ánh", "dang-thi-anh"),
        ("O'Brien-Łukasz", "obrien-lukasz"),
        ("Straße 3", "strasse-3"),
        ("3D printing", "topic-3d-printing"),
        ("Index", "topic-index"),
        ("王小明", "topic"),
    ],
)
def test_ids_read_like_the_names(name: str, slug: str) -> None:
    assert slug_of(name, "topic") == slug
