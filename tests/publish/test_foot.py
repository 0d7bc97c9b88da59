"""With two programs each page names the contact of its own, and a page that belongs to none names both."""

from __future__ import annotations

import dataclasses
import html
import os
import re
from pathlib import Path

import pytest
from scenarios import BASE, TODAY, Scenario

from toolkit.load import load
from toolkit.model import Records
from toolkit.publish.audience import STAFF
from toolkit.publish.engine import ENGINES
from toolkit.publish.extras import Extras
from toolkit.publish.pages import Site, pages
from toolkit.publish.project import project
from toolkit.publish.shop import Shop
from toolkit.publish.site import build, source
from toolkit.publish.strings import Speech, load_strings
from toolkit.workspace import Workspace, shipped

ROOT = Path(__file__).parents[2]
HARBOR, PIER = "Room 12, or the internal line 40", "A call to the pier, line 7"
NIGHT = {"Harbor Mentoring": "The duty manager, day and night", "Pier Mentoring": "The watch, line 9"}


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Records:
    root = tmp_path_factory.mktemp("two")
    text = (BASE / "content/programs/harbor/program.yaml").read_text("utf-8")
    pier = (
        text.replace("Harbor", "Pier")
        .replace(HARBOR, PIER)
        .replace("The duty manager, day and night", "The watch, line 9")
    )
    pulse = (ROOT / "content/instruments/pulse.yaml").read_text("utf-8")
    files = {"content/programs/pier/program.yaml": pier, "content/instruments/pulse.yaml": pulse}
    Scenario("foot", "two", files=files).write(root)
    return load(Workspace(root)).records


def made(records: Records) -> Site:
    speech = Speech(load_strings("en", (ROOT / "site_config",)))
    return pages(project(records, STAFF, TODAY), speech, Extras(), (ROOT / "templates" / "pages",))


def test_the_first_page_and_the_surveys_name_the_contact_of_each_program(two: Records) -> None:
    files = made(two).files
    home = files["index.md"]
    assert home.count('id="ask"') == 1
    asked = home[home.index('id="ask"') :]
    assert asked.index("<h3>Harbor Mentoring</h3>") < asked.index(HARBOR) < asked.index("<h3>Pier Mentoring</h3>")
    assert asked.index("<h3>Pier Mentoring</h3>") < asked.index(PIER)
    for title, urgent in NIGHT.items():
        assert f"{title}: {urgent}" in html.unescape(files["print/survey-pulse.md"])


def test_each_program_has_a_foot_for_its_own_pages_with_its_own_links(two: Records) -> None:
    feet = made(two).extra["foot"]
    assert [each["under"] for each in feet] == ["programs/harbor/", "programs/pier/"]
    for each, title, channel in zip(feet, NIGHT, (HARBOR, PIER), strict=True):
        assert channel in each["ask"] and html.unescape(each["named"]) == f"{title}: {html.unescape(each['ask'])}"
        assert all(link["to"].startswith(each["under"]) for link in each["print"]) and each["print"]


def test_a_program_that_names_nobody_adds_no_line(two: Records) -> None:
    program = two.programs["pier"]
    silent = program.model_copy(update={"support": None}).placed(program.origin)
    found = made(dataclasses.replace(two, programs={**two.programs, "pier": silent}))
    assert [bool(each["ask"] or each["named"]) for each in found.extra["foot"]] == [True, False]
    assert "<h3>Pier Mentoring</h3>" not in found.files["index.md"]


@pytest.mark.engine
@pytest.mark.parametrize("engine", ENGINES)
def test_a_page_ends_with_the_contact_of_its_program_alone(two: Records, tmp_path: Path, engine: str) -> None:
    pytest.importorskip(engine)
    tree = source(project(two, STAFF, TODAY), Extras(), Shop.of(ROOT, shipped))
    build(tree, tmp_path / "built", engine, os.environ, TODAY)

    def lines(path: str) -> list[str]:
        text = (tmp_path / "built" / "site" / path).read_text("utf-8")
        return re.findall(r'<p class="ask">(.*?)</p>', html.unescape(text))

    for path in (
        "programs/harbor/index.html",
        "programs/harbor/2026/index.html",
        "programs/harbor/2026/pairs/ana-li.html",
    ):
        (line,) = lines(path)
        assert HARBOR in line and "Harbor Mentoring" not in line
    (line,) = lines("programs/pier/index.html")
    assert PIER in line
    for path in ("reference/index.html", "404.html"):
        assert [each.split(":")[0] for each in lines(path)] == list(NIGHT)
    assert lines("index.html") == []
