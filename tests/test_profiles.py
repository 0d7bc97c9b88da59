"""Each profile is a whole program in each language: nothing is left to be found wrong but what only people can decide."""

from __future__ import annotations

import datetime
import os
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from toolkit import scaffold
from toolkit.cli.app import cli
from toolkit.errors import ToolkitError
from toolkit.load import Loaded, load
from toolkit.model.formats import LANGUAGES
from toolkit.rules import RULES, Choice, check
from toolkit.workspace import Workspace

DAY = datetime.date(2026, 11, 22)
STARTS = datetime.date(2027, 1, 11)
APPLIED = "content/programs/a-program/2027/applications"
NAMES = [name for name, _ in scaffold.profiles()]
MODELS = {"reverse": "reverse", "reciprocal": "reciprocal", "peer-transition": "near-peer"}


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait for the disk: that a file outlasts a power cut is tested with the store."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


def run(*args: str) -> Any:
    return CliRunner().invoke(cli, args, catch_exceptions=False, standalone_mode=False)


def laid(folder: Path, name: str, language: str = "en") -> Loaded:
    scaffold.lay(folder, scaffold.profiled(name, scaffold.Answers("A program", language, STARTS), DAY))
    return load(Workspace(folder))


def test_the_thirteen_kinds_of_program_are_there():
    assert NAMES == [
        "coaching-sprint",
        "entrepreneurial",
        "faculty",
        "first-generation",
        "open-source",
        "peer-transition",
        "professional-licensing",
        "reciprocal",
        "reverse",
        "teacher-induction",
        "undergraduate-research",
        "workplace",
        "youth",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wrong_but_what_only_people_can_decide(tmp_path: Path, name: str, language: str):
    loaded = laid(tmp_path, name, language)
    found = check(loaded, RULES, DAY, Choice())
    codes = [each.code for each in found if "content/handbook/" not in each.place.path]
    assert codes == ["sponsor-missing", "text-unwritten"]
    program, cohort = loaded.records.programs["a-program"], loaded.records.cohorts["a-program/2027"]
    assert (program.profile, program.languages) == (name, (language,))
    assert cohort.model == MODELS.get(name, "one-to-one")
    assert all(target.reason for target in program.targets)
    assert (tmp_path / str(program.privacy.notice)).is_file()


@pytest.mark.parametrize("name", NAMES)
def test_the_languages_say_the_same_in_other_words(tmp_path: Path, name: str):
    made = {language: laid(tmp_path / language, name, language).records for language in LANGUAGES}
    numbers, texts = {}, {}
    for language, records in made.items():
        cohort = records.cohorts["a-program/2027"]
        policy = records.policies["a-program/2027"].model_dump(mode="json")
        limits = records.settings.model_dump(mode="json")
        cohort_data = cohort.model_dump(mode="json", exclude={"comparison_group"})
        values = {key: len(value) if key == "value_cards" else value for key, value in limits.items()}
        numbers[language] = (cohort_data, policy, values, sorted(records.topics()))
        program = records.programs["a-program"]
        said = [program.purpose, *(goal.goal for goal in program.organization_goals), *program.levels]
        said += [*(target.reason for target in program.targets), *program.logic_model.outcomes, program.support.channel]
        texts[language] = [*said, (tmp_path / language / "README.md").read_text("utf-8")]
    assert numbers["en"] == numbers["es"] == numbers["fr"]
    for other in ("es", "fr"):
        assert len(texts[other]) == len(texts["en"])
        assert sum(a == b for a, b in zip(texts["en"], texts[other], strict=True)) <= 1  # a word may be the same


@pytest.mark.parametrize("name", NAMES)
def test_each_number_has_its_reason_in_the_file_and_in_the_readme(tmp_path: Path, name: str):
    laid(tmp_path, name)
    readme = (tmp_path / "README.md").read_text("utf-8")
    cohort = (tmp_path / "content/programs/a-program/2027/cohort.yaml").read_text("utf-8")
    assert re.search(r"^#(?! yaml)[^\n]*\n(?:#[^\n]*\n)*cadence:", cohort, re.MULTILINE)
    assert re.search(r"^#[^\n]*\n(?:#[^\n]*\n)*capacity:", cohort, re.MULTILINE)
    assert re.search(r"^#[^\n]*\n(?:#[^\n]*\n)*training:", cohort, re.MULTILINE)
    assert re.search(r"^#[^\n]*\nends:|^ends:.*toolkit: allow cohort-length-unusual - \w+", cohort, re.MULTILINE)
    assert not re.search(r"\|[ \t]*\|", readme), "a decision without its reason"
    settings = load(Workspace(tmp_path)).records.settings
    for limit in settings.thresholds.model_fields_set:
        assert f"{limit} {getattr(settings.thresholds, limit):g}" in readme


@pytest.mark.parametrize("name", NAMES)
def test_matching_says_in_one_sentence_that_nobody_has_applied(tmp_path: Path, name: str):
    laid(tmp_path, name)
    result = run("-C", str(tmp_path), "match", "propose", "2027", "--today", DAY.isoformat())
    assert result.return_value == 1
    assert result.stdout == ""
    assert result.stderr.startswith("nobody has applied to a-program/2027 yet")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(("asked", "mentor"), [(False, "ada"), (True, "zoe")])
@pytest.mark.parametrize("name", ["first-generation", "peer-transition"])
def test_a_shared_background_weighs_only_where_it_was_asked_for(tmp_path: Path, name: str, asked: bool, mentor: str):
    policy = laid(tmp_path, name).records.policies["a-program/2027"]
    weights = {each: criterion.weight for each, criterion in policy.score.items()}
    assert 0 < weights["shared_background"] <= min(weights.values())
    offers = {"ada": 5, "zoe": 4}
    for person, strength in offers.items():
        also = "  - {what: shared-background, on: 2026-01-01}\n" if person == "zoe" else ""
        person_of(tmp_path, person, "mentor", f"offers: [{{topic: studying, strength: {strength}}}]", also)
    person_of(tmp_path, "mia", "mentee", "seeks: [studying]")
    wish = "wants_shared_background: [first-in-family]\n" if asked else ""
    (tmp_path / APPLIED / "mia-mentee.yaml").write_text(f"submitted: 2026-11-01\nstatus: accepted\n{wish}", "utf-8")
    result = run("-C", str(tmp_path), "match", "propose", "2027", "--today", DAY.isoformat())
    assert re.findall(r"\bada\b|\bzoe\b", result.stdout.casefold())[:1] == [mentor], result.stdout + result.stderr


def person_of(root: Path, person: str, role: str, brings: str, consents: str = "") -> None:
    """Write someone who applied, and what they said of their own background."""
    files = {
        f"content/people/{person}.yaml": (
            f"name: {person.title()}\nlanguages: [en]\nlevel: {2 if role == 'mentor' else 1}\n{role}:\n  {brings}\n"
            f"  availability: [mon 17:00-19:00]\nconsents:\n  - {{what: data, on: 2026-01-01}}\n{consents}"
        ),
        f"private/people/{person}.yaml": "protected: {first-in-family: 'yes'}\n",
        f"{APPLIED}/{person}-{role}.yaml": "submitted: 2026-11-01\nstatus: accepted\n",
    }
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")


def test_young_people_meet_nobody_who_was_not_checked(tmp_path: Path):
    records = laid(tmp_path, "youth").records
    program, policy = records.programs["a-program"], records.policies["a-program/2027"]
    assert (program.context, program.privacy.minors, program.privacy.k_min) == ("youth", True, 10)
    assert any(each.screened for each in policy.require)
    assert any(each.trained == "safeguarding" for each in policy.require)
    assert "safeguarding" in records.cohorts["a-program/2027"].training.required
    cohort = records.cohorts["a-program/2027"]
    assert (cohort.ends - cohort.starts).days >= 360


def test_a_reverse_mentor_stands_below(tmp_path: Path):
    policy = laid(tmp_path, "reverse").records.policies["a-program/2027"]
    window = next(each.level_gap for each in policy.require if each.level_gap)
    assert window.max < 0


def test_the_sample_agreement_is_what_a_new_agreement_begins_with(tmp_path: Path):
    loaded = laid(tmp_path, "workplace", "fr")
    body = (tmp_path / "templates/new/agreement.fr.md").read_text("utf-8")
    assert "hiérarchie" in body
    assert body in loaded.records.agreement_models
    assert "…" not in body


def test_init_takes_a_profile_and_a_language(tmp_path: Path):
    folder = tmp_path / "mentoria"
    result = run("init", str(folder), "--profile", "faculty", "--language", "es", "--yes", "--today", DAY.isoformat())
    assert result.exit_code == 0
    assert load(Workspace(folder)).records.programs["mentoria"].profile == "faculty"
    assert "Qué decidió este perfil" in (folder / "README.md").read_text("utf-8")
    assert "Contactos" not in (folder / "private/README.md").read_text("utf-8").split("\n")[0]
    assert not run("-C", str(folder), "check", "--quiet").return_value


def test_the_profiles_are_listed_in_the_language_that_is_asked_for():
    listed = run("init", "--list-profiles").stdout
    assert [line for line in listed.splitlines() if not line.startswith(" ")] == NAMES
    assert "Doce semanas" in run("init", "--list-profiles", "--language", "es").stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("x", "--profile", "teachers-induction"), "did you mean teacher-induction?"),
        (("--profile", "youth"), "name a new folder"),
        (("x", "--demo", "--profile", "youth"), "leave --demo away"),
    ],
)
def test_what_cannot_be_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], said: str):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ToolkitError) as caught:
        run("init", *args, "--yes")
    assert said in caught.value.hint
    assert not list(tmp_path.iterdir())
