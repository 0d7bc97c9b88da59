"""Where people talk with one another, and what a cohort has to celebrate: only what its readers may know, and no empty page."""

from __future__ import annotations

import dataclasses
import html
from pathlib import Path

import pytest

from toolkit.load import load
from toolkit.model import Records
from toolkit.model.formats import LANGUAGES
from toolkit.model.program import Community
from toolkit.publish.audience import MEMBERS, PUBLIC, STAFF, Audience, Kind
from toolkit.publish.community import PAGE, RESOURCES, celebration
from toolkit.publish.extras import Extras, SheetPage
from toolkit.publish.pages import Site, pages
from toolkit.publish.project import project
from toolkit.publish.strings import Speech, load_strings
from toolkit.workspace import Workspace

ROOT = Path(__file__).parents[2]
COHORT = "programs/lantern/2026/index.md"
HEADING = "{ #celebrate }"
FORUM = Community(url="https://forum.example.org/?a=1&b=2", name="The *forum*")


@pytest.fixture(scope="module")
def demo() -> Records:
    return load(Workspace(ROOT)).records


def changed(records: Records, **fields: object) -> Records:
    """The records with another program."""
    program = records.programs["lantern"]
    return dataclasses.replace(records, programs={"lantern": program.model_copy(update=fields).placed(program.origin)})


def with_place(records: Records, place: Community | None) -> Records:
    return changed(records, community=place)


def site(records: Records, audience: Audience, language: str = "en", extras: Extras | None = None) -> Site:
    tables = {each: load_strings(each, (ROOT / "site_config",)) for each in LANGUAGES}
    speech = Speech(tables[language], tables)
    world = project(records, audience, records.settings.today)
    return pages(world, speech, extras or Extras(), (ROOT / "templates" / "pages",))


def plain(text: str) -> str:
    """A text as it is read, whichever kind of blank it has."""
    return " ".join(html.unescape(text).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_members_find_the_place_where_they_talk_and_its_manners(demo: Records, language: str) -> None:
    made = site(with_place(demo, FORUM), MEMBERS, language)
    table = load_strings(language, (ROOT / "site_config",))["community"]
    text = plain(made.files[PAGE])
    assert 'href="https://forum.example.org/?a=1&b=2"' in text
    assert "The *forum*" in text and "The *forum*" not in made.files[PAGE]
    assert all(plain(line) in text for line in table["rules"].values())
    assert "../handbook" not in text and 'href="handbook/agreement.html"' in text
    assert PAGE in str(made.nav)
    for page in ("index.md", "mentee.md", "mentor.md", "coordinator.md"):
        assert 'href="community.html"' in made.files[page]


def test_who_is_no_member_learns_nothing_of_the_place(demo: Records) -> None:
    made = site(with_place(demo, FORUM), PUBLIC)
    assert PAGE not in made.files
    assert not [path for path, text in made.files.items() if "forum.example.org" in text or "community.html" in text]


@pytest.mark.parametrize("audience", [PUBLIC, MEMBERS, STAFF])
def test_without_a_place_there_is_no_page_and_no_link(demo: Records, audience: Audience) -> None:
    made = site(with_place(demo, None), audience)
    assert PAGE not in made.files and PAGE not in str(made.nav)
    assert not [path for path, text in made.files.items() if "community.html" in text]


def test_a_cohort_celebrates_what_all_did_together_and_the_stories_that_may_be_told(demo: Records) -> None:
    world = project(demo, MEMBERS, demo.settings.today)
    found = celebration(world, world.cohort("lantern/2026"))
    told = dict(found.figures)
    assert set(told) <= {"meetings", "promises", "goals"} and told["meetings"] > 50
    text = site(demo, MEMBERS).files[COHORT]
    assert HEADING in text and f"<b>{told['meetings']}</b>" in text
    assert 'href="../../../stories.html#story-eleven-minutes"' in text
    assert text.index(HEADING) < text.index("{ #calendar }")


def test_the_goals_that_few_reached_are_in_no_number(demo: Records) -> None:
    goals = (each for key, found in demo.goals.items() if key.startswith("lantern/2026/") for each in found)
    reached = {goal.owner for goal in goals if goal.status == "met"}
    assert 0 < len(reached) < demo.programs["lantern"].privacy.k_min
    for audience in (MEMBERS, STAFF):
        assert "goals reached" not in site(demo, audience).files[COHORT]


def test_where_there_is_nothing_to_celebrate_nothing_is_said(demo: Records) -> None:
    quiet = dataclasses.replace(demo, sessions={}, goals={}, stories={})
    for audience in (PUBLIC, MEMBERS, STAFF):
        assert HEADING not in site(quiet, audience).files[COHORT]


def test_the_public_reads_of_no_number_that_is_the_members(demo: Records) -> None:
    text = site(demo, PUBLIC).files[COHORT]
    assert "meetings held" not in text and "promises kept" not in text


def test_a_pair_that_is_still_on_its_way_has_no_certificate_to_celebrate(demo: Records) -> None:
    own = Audience(Kind.PAIR, str(demo.settings.sample_pair))
    world = project(demo, own, demo.settings.today)
    assert celebration(world, world.cohort("lantern/2026")).certificates == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_finds_what_people_here_found_useful_and_when_it_was_last_seen(demo: Records, language: str) -> None:
    made = site(demo, PUBLIC, language)
    text = made.files[RESOURCES]
    for each in demo.programs["lantern"].resources:
        assert f'href="{each.url}"' in html.unescape(text) and each.title in html.unescape(text)
    assert text.count('<li class="card">') == len(demo.programs["lantern"].resources) > 2
    assert "2026" in text and 'href="reference/sources.html"' in text
    assert 'href="../resources.html"' in made.files["handbook/index.md"] and RESOURCES in str(made.nav)


def test_without_resources_there_is_no_page_and_no_link(demo: Records) -> None:
    made = site(changed(demo, resources=()), PUBLIC)
    assert RESOURCES not in made.files
    assert not [path for path, text in made.files.items() if "resources.html" in text]


def test_every_page_leads_to_whom_to_ask_who_pays_and_what_happens_to_data(demo: Records) -> None:
    made = site(demo, PUBLIC)
    page, foot = made.files["programs/lantern/index.md"], made.extra["foot"][0]["print"]
    assert [each["text"] for each in foot] == ["Whom to ask", "Who pays", "Code of conduct", "Personal data"]
    for each in foot:
        path, _, anchor = each["to"].partition("#")
        assert path == "programs/lantern/index.html"
        assert f'id="{anchor}"' in page or f"{{ #{anchor} }}" in page
    silent = site(changed(demo, funding_disclosure=None, code_of_conduct=None), PUBLIC)
    assert [each["text"] for each in silent.extra["foot"][0]["print"]] == ["Whom to ask", "Personal data"]


def test_a_sheet_names_the_guides_that_speak_of_it(demo: Records) -> None:
    sheets = (
        SheetPage("role-cards", "before", "Role cards", "# Role cards\n\nOne for each.\n"),
        SheetPage("spare", "run", "Spare", "# Spare\n\nNobody speaks of it.\n"),
    )
    files = site(demo, PUBLIC, extras=Extras(sheets={"en": sheets})).files
    assert 'href="../handbook/mentors-role.html"' in files["print/role-cards.md"]
    assert "Guides that speak of it" not in files["print/spare.md"]
