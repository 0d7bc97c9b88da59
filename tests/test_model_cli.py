"""`mentoring model suggest`: six answers, one model, with reasons for it and against it."""

import itertools
import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from toolkit.cli.app import cli
from toolkit.errors import ToolkitError
from toolkit.matching.choosing import _WEIGHS, MODELS, NEEDS, QUESTIONS, suggest

USUAL = {"aim": "growth", "mentors": "enough", "distance": "wide", "time": "months"}
USUAL |= {"skills": "personal", "setting": "private"}


def run(*arguments, **answers):
    options = [part for name, answer in answers.items() for part in (f"--{name}", answer)]
    result = CliRunner().invoke(cli, ["model", "suggest", *options, *arguments], standalone_mode=False)
    if result.exception:
        raise result.exception
    return result


@pytest.mark.parametrize(
    ("model", "changed"),
    [
        ("one-to-one", {}),
        ("group", {"mentors": "few", "skills": "common", "setting": "shared", "time": "monthly"}),
        ("team", {"mentors": "few", "skills": "many", "setting": "shared"}),
        ("near-peer", {"aim": "transition", "mentors": "half", "distance": "near"}),
        ("peer", {"mentors": "none", "distance": "same"}),
        ("reciprocal", {"aim": "exchange", "distance": "same"}),
        ("reverse", {"aim": "exchange", "distance": "turned"}),
        (
            "community",
            {"aim": "network", "mentors": "none", "distance": "same", "skills": "common", "setting": "shared"},
        ),
        ("flash", {"aim": "network", "time": "once", "setting": "open"}),
    ],
)
def test_each_model_is_what_its_own_case_leads_to(model, changed):
    result = run(**USUAL | changed)

    lines = result.stdout.splitlines()
    assert lines[0] == model
    assert lines[1] == f"  needs {NEEDS[model]}"
    assert lines[2].startswith("  + ")
    assert f"`model: {model}`" in result.stderr


def test_every_answer_counts_and_every_set_of_answers_gives_each_model_once():
    assert set(_WEIGHS) == {(question.name, answer) for question in QUESTIONS for answer in question.answers}
    for answers in itertools.product(*(question.answers for question in QUESTIONS)):
        found = suggest(dict(zip((question.name for question in QUESTIONS), answers, strict=True)))
        assert sorted(each.model for each in found) == sorted(MODELS)
        assert [each.points for each in found] == sorted((each.points for each in found), reverse=True)
        assert found[0].reasons


def test_what_speaks_against_the_model_is_said():
    best = suggest(USUAL | {"skills": "many"})[0]
    assert best.model == "one-to-one" and best.against == ("no single mentor covers it",)


def test_json_gives_every_model():
    data = json.loads(run("--json", **USUAL).stdout)
    assert (data["format"], data["version"], len(data["models"])) == ("mentoring-model", 1, len(MODELS))


def test_without_a_terminal_the_missing_option_is_named():
    with pytest.raises(ToolkitError, match="--mentors is not answered") as error:
        run(aim="growth")
    assert "enough, half, few, none" in error.value.hint


def test_on_a_terminal_the_questions_are_asked(monkeypatch):
    monkeypatch.setattr("toolkit.cli.model.at_terminal", lambda: True)
    result = CliRunner().invoke(cli, ["model", "suggest"], input="1\n1\n1\n9\n1\n1\n1\n", standalone_mode=False)
    assert result.exception is None
    assert "one-to-one" in result.stdout.splitlines()
    assert "How many people could be mentors?" in result.stderr


def test_it_needs_no_library_of_matching():
    code = "import sys, toolkit.matching.choosing; print(sorted({'numpy', 'ortools', 'networkx'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_on_a_terminal_a_question_takes_its_number_or_its_word(monkeypatch):
    monkeypatch.setattr("toolkit.cli.model.at_terminal", lambda: True)
    words = list(USUAL.values())
    typed = "\n".join(["9", "exchange of sorts", words[0].upper(), "1", *words[2:]])
    result = CliRunner().invoke(cli, ["model", "suggest"], input=f"{typed}\n")
    assert result.stdout.splitlines()[0] == run(**USUAL | {"mentors": "enough"}).stdout.splitlines()[0]
    assert result.stderr.count("type a number from 1 to 4, or the word beside it") == 2
