"""Who gets the form for a note, and what stands in it: the schema's fields, the formats' sections, nothing of others."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from canary import CLOSED, OPEN, TODAY, program

from toolkit.load import load
from toolkit.model import Session
from toolkit.model.formats import SECTIONS, title
from toolkit.publish.audience import MEMBERS, PUBLIC, STAFF, Audience, Kind
from toolkit.publish.extras import Extras
from toolkit.publish.noteform import FIELDS, controls, note_path, writes
from toolkit.publish.pages import pages
from toolkit.publish.project import project
from toolkit.publish.shop import Shop
from toolkit.publish.site import source
from toolkit.publish.strings import Speech, load_strings
from toolkit.workspace import Workspace, shipped

ROOT = Path(__file__).resolve().parents[2]
PAIR = "lantern/2026/ines-tomas"
OWN = Audience(Kind.PAIR, PAIR)


@pytest.fixture(scope="module")
def records():
    return load(Workspace(ROOT)).records


def site(records, audience, day=None):
    world = project(records, audience, day or records.settings.today)
    strings = Speech(load_strings("en", (shipped("site_config"),)))
    return pages(world, strings, Extras((), ()), (shipped("templates") / "pages",)).files


def forms(files):
    return sorted(path for path in files if path.endswith("/note.md"))


def test_the_pair_has_its_form_and_a_link_to_it(records):
    files = site(records, OWN)

    assert forms(files) == [note_path(PAIR)]
    assert 'href="ines-tomas/note.html"' in files[f"programs/{PAIR.replace('2026/', '2026/pairs/')}.md"]


def test_members_have_the_forms_of_pairs_that_opened_their_notes(records):
    found = forms(site(records, MEMBERS))

    assert note_path(PAIR) in found
    opened = {note_path(key) for key, each in records.agreements.items() if each.confidentiality.level == "members"}
    assert set(found) <= opened


@pytest.mark.parametrize("audience", [PUBLIC, STAFF], ids=str)
def test_nobody_else_has_a_form(records, audience):
    assert forms(site(records, audience)) == []


@pytest.mark.parametrize(("choice", "count"), [(OPEN, 2), (CLOSED, 0)])
def test_consent_and_agreement_open_the_form_to_members(choice, count):
    assert len(forms(site(program(choice), MEMBERS, TODAY))) == count


def test_a_pair_that_is_closed_writes_no_more():
    records = program(CLOSED)
    world = project(records, Audience(Kind.PAIR, "program/cohort/ours"), TODAY)
    (pair,) = [each for each in world.pairs if each.key == "program/cohort/ours"]
    assert writes(world, pair)
    (other,) = [each for each in world.pairs if each.key == "program/cohort/theirs"]
    assert not writes(world, other)


def test_the_fields_come_from_the_schema():
    found = {each.name: each for each in controls()}

    assert tuple(found) == FIELDS
    assert {name: each.kind for name, each in found.items()} == {
        "date": "date",
        "start": "time",
        "minutes": "number",
        "attended": "people",
        "format": "choice",
        "modality": "choice",
        "next": "date",
    }
    assert (found["minutes"].least, found["minutes"].most) == (1, 1440)
    assert set(found["format"].choices) == set(SECTIONS)
    assert found["date"].hint == Session.model_fields["date"].description


def test_the_page_holds_every_section_once_and_what_its_script_needs(records):
    text = site(records, OWN)[note_path(PAIR)]

    keys = {key for order in SECTIONS.values() for key in order}
    assert {each: text.count(f'data-section="{each}"') for each in keys} == dict.fromkeys(keys, 1)
    assert "<script" not in text
    assert len((ROOT / "site_config/scripts/note.js").read_bytes()) < 8 * 1024
    config = json.loads(unescape(re.search(r'data-note="([^"]*)"', text)[1]))
    assert config["titles"]["since"] == title("since", "en")
    assert config["people"] == {"ines-carvalho": "Inês Carvalho", "tomas-rojas": "Tomás Rojas"}
    assert config["forge"] == config["new"] == ""


def test_open_promises_stand_once_with_their_ids(records):
    text = site(records, OWN)[note_path(PAIR)]
    ids = re.findall(r'data-id="([^"]+)"', text)

    standing = {action.id: action for note in records.sessions[PAIR] for action in note.actions}
    assert sorted(ids) == sorted(ident for ident, action in standing.items() if not action.done)
    assert ids


@pytest.mark.parametrize(("audience", "has"), [(OWN, True), (MEMBERS, True), (PUBLIC, False), (STAFF, False)], ids=str)
def test_only_a_site_with_a_form_loads_its_script(records, audience, has):
    world = project(records, audience, records.settings.today)
    made = source(world, Extras((), ()), Shop.of(ROOT, shipped))

    assert ("scripts/note.js" in made.files["mkdocs.yml"]) == has
