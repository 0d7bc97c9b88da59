"""The page of criteria tells of every criterion, constraint and aim that there is, and its example works as printed."""

from __future__ import annotations

import datetime
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import get_args

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("ortools")

from harborworld import World  # noqa: E402

from toolkit.errors import ToolkitError  # noqa: E402
from toolkit.load import load  # noqa: E402
from toolkit.matching import policy as policies  # noqa: E402
from toolkit.matching.arrays import Features, Side  # noqa: E402
from toolkit.matching.constraints import CONSTRAINTS  # noqa: E402
from toolkit.matching.criteria import CRITERIA  # noqa: E402
from toolkit.matching.problem import build  # noqa: E402
from toolkit.matching.proposal import propose  # noqa: E402
from toolkit.model.catalog import AIMS, ALWAYS, ARRAYS, HELD, WEIGHED  # noqa: E402
from toolkit.model.fairness import Limits  # noqa: E402
from toolkit.model.policy import Criterion, Objective, Require  # noqa: E402
from toolkit.publish.audience import PUBLIC  # noqa: E402
from toolkit.publish.extras import Extras  # noqa: E402
from toolkit.publish.pages import pages  # noqa: E402
from toolkit.publish.project import project  # noqa: E402
from toolkit.publish.strings import Speech, load_strings  # noqa: E402
from toolkit.workspace import Workspace  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
TODAY = datetime.date(2026, 2, 1)
FENCE = re.compile(r'^```(\w+) title="([^"]+)"\n(.*?)^```$', re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def page():
    records = load(Workspace(ROOT)).records
    speech = Speech(load_strings("en", (ROOT / "site_config",)))
    site = pages(project(records, PUBLIC, TODAY), speech, Extras(), (ROOT / "templates" / "pages",))
    return site.files["reference/criteria.md"]


def names(every):
    return [each.name for each in every]


def test_nothing_that_the_code_has_is_missing_from_the_catalog(tmp_path):
    world = World(tmp_path, "score: {offers_meet_seeks: 1}\n")
    world.mentee("ana")
    world.mentor("max")
    bars = build(world.records, "harbor/2026", TODAY).bars

    assert names(WEIGHED) == list(CRITERIA)
    assert set(names(HELD)) == set(Require.model_fields) >= set(CONSTRAINTS)
    assert sorted(names(ALWAYS)) == sorted(bar.name for bar in bars)
    assert tuple(names(AIMS)) == get_args(Objective)
    listed = {name.strip() for each in ARRAYS for name in each.name.split(",")}
    sides = {f"{side}.{field}" for side in ("mentee", "mentor") for field in Side.__dataclass_fields__}
    assert listed == sides | set(Features.__dataclass_fields__) - {"mentee", "mentor"}
    assert {name for each in WEIGHED for name in each.settings} == set(Criterion.model_fields) - {"weight"}


def test_the_page_tells_of_each(page):
    plain = page.replace("&#95;", "_").replace("&#39;", "'").replace("&#58;", ":")
    for each in WEIGHED:
        assert f"### {each.name} {{ #{each.name.replace('_', '-')} }}" in plain
        assert all(text.replace("`", "") in re.sub(r"</?code>", "", plain) for text in (each.gives, each.told))
    for name in (*names(HELD), *names(ALWAYS), *names(AIMS), *Limits.model_fields):
        assert f"<dt><code>{name}</code></dt>" in plain
    for each in ARRAYS:
        assert f"<dt><code>{each.name}</code>" in plain


SAID = """\
score: {offers_meet_seeks: 1, ranked_choice: 1, shared_topics: 1, values_overlap: 1, working_style: 1,
  overlap_minutes: 1, level_gap: 1, preferred_style: 1, waiting_time: 1, shared_background: 1}
"""


def test_each_sentence_of_the_page_is_one_that_a_plan_says(tmp_path):
    world = World(tmp_path, SAID)
    world.put(
        "content/topics/subjects.yaml",
        "title: All\ntopics:\n  - {id: lesson, title: Lesson planning}\n  - {id: assess, title: Assessment}\n"
        "  - {id: other, title: Other}\n",
    )
    more = "values: [humor, patience]\nworking_style: {pace: 5, focus: 2}\n"
    agreed = "consents:\n  - {what: data, on: 2026-01-01}\n  - {what: shared-background, on: 2026-01-01}\n"
    world.mentee(
        "ana",
        "{topic: lesson, priority: 5}, {topic: assess, priority: 1}, other",
        f"  preferred_styles: [motivating]\n{more}",
        ranked=("max", "zoe"),
    )
    offers = "{topic: lesson, strength: 5}"
    style = "  styles: [motivating]\nvalues: [humor, patience]\nworking_style: {pace: 6, focus: 2}\n"
    world.mentor("max", offers + ", other", more=style + agreed, consent=False)
    world.mentee("bea")
    world.mentor("zoe")
    world.apply("ana", "mentee", "ranked: [max, zoe]\nwants_shared_background: [first]\n")
    world.apply("max", "mentor", "ranked: [bea, ana]\n")
    for person in ("ana", "max"):
        world.put(f"private/people/{person}.yaml", "protected: {first: college}\n")
    pairs = propose(world.records, "harbor/2026", TODAY).pairs
    said = {
        term.criterion: term.says
        for pair in pairs
        if (pair.mentee, pair.mentor) == ("ana", "max")
        for term in pair.terms
    }

    for each in WEIGHED:
        if each.name == "offers_meet_seeks":
            assert said[each.name].startswith(each.told)
        else:
            assert said[each.name] == each.told


def installed(files, folder):
    """Lay the package of the page down as an installer would: its modules, its metadata, its entry points."""
    project = tomllib.loads(files["mentoring-more-languages/pyproject.toml"])
    about, modules = project["project"], project["tool"]["setuptools"]["py-modules"]
    for module in modules:
        (folder / f"{module}.py").write_text(files[f"mentoring-more-languages/{module}.py"], encoding="utf-8")
    info = folder / f"{about['name'].replace('-', '_')}-{about['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {about['name']}\nVersion: {about['version']}\n")
    lines = [
        f"[{group}]\n" + "".join(f"{a} = {b}\n" for a, b in each.items())
        for group, each in about["entry-points"].items()
    ]
    (info / "entry_points.txt").write_text("".join(lines))


def test_the_example_of_the_page_is_installed_and_counts(page, tmp_path):
    files = {title: text for _, title, text in FENCE.findall(page)}
    site, root = tmp_path / "site", tmp_path / "program"
    site.mkdir()
    installed(files, site)
    world = World(root, files["matching.yaml"])
    for name, languages in (("ana", "[en]"), ("bea", "[en, fr]"), ("cy", "[]")):
        world.mentee(name)
        path = root / f"content/people/{name}.yaml"
        path.write_text(path.read_text().replace("languages: [en]", f"languages: {languages}"))
    for name in ("max", "zoe", "lou"):
        world.mentor(name)
        path = root / f"content/people/{name}.yaml"
        path.write_text(path.read_text().replace("languages: [en]", "languages: [en, fr]"))

    def run(*command, extra=str(site)):
        env = {**os.environ, "PYTHONPATH": os.pathsep.join((extra, str(ROOT))), "COLUMNS": "100"}
        line = [sys.executable, "-m", "toolkit", "-C", str(root), *command]
        return subprocess.run(line, capture_output=True, text=True, env=env, check=False)

    made = run("match", "propose", "2026", "--today", "2026-02-01")
    assert made.returncode == 0, made.stderr
    assert f"+ {files['mentoring match propose'].strip()}" in made.stdout
    assert "more languages gives 1.00 of 1" in made.stdout
    cy = made.stdout.partition("Cy with")[2].partition("\n\n")[0]
    assert "more languages" not in cy
    assert "policy-unknown-criterion" not in run("check").stdout
    assert "there is no such criterion" in run("check", extra="").stdout
    refused = run("match", "propose", "2026", "--today", "2026-02-01", extra="")
    assert refused.returncode == 1
    assert "there is no criterion `more_languages`" in refused.stderr


@pytest.mark.parametrize(
    ("gives", "said"),
    [
        (lambda features, rows, options: np.zeros(3), "gives an array of (3,), and (1, 1) is asked for"),
        (lambda features, rows, options: np.full((1, 1), 2.0), "gives values outside 0 to 1"),
        (lambda features, rows, options: np.full((1, 1), -0.5), "gives values outside 0 to 1"),
        (lambda features, rows, options: 1 / 0, "failed: ZeroDivisionError"),
        (lambda features: np.zeros((1, 1)), "failed: TypeError"),
        (None, "cannot be loaded from faulty:gone"),
    ],
)
def test_a_faulty_criterion_is_named_and_stops_the_plan(tmp_path, monkeypatch, gives, said):
    class Entry:
        name, value = "faulty", "faulty:gone"

        def load(self):
            if gives is None:
                raise ImportError("no module named faulty")
            return gives

    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [Entry()])
    world = World(tmp_path, "score: {faulty: 1}\n")
    world.mentee("ana")
    world.mentor("max")
    with pytest.raises(ToolkitError, match=r"the criterion `faulty`") as error:
        propose(world.records, "harbor/2026", TODAY)
    assert said in error.value.message
    assert not isinstance(error.value, policies.Refused)
