"""Who gets the form for a note, and what stands in it: the schema's fields, the formats' sections, nothing of others."""

import json
import re
from dataclasses import replace
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


def test_members_have_the_form_of_every_pair_that_meets(records):
    meets = {key for key, pair in records.pairs.items() if pair.status in ("active", "paused", "closing")}

    assert forms(site(records, MEMBERS)) == sorted(map(note_path, meets))


def test_the_form_of_a_pair_that_keeps_its_notes_says_nothing_of_them(records):
    """The page is the same, byte by byte, as it is for the same pair without any note, goal or promise."""
    bare = replace(records, sessions={}, goals={}, observations={}, feedback={})
    kept = [key for key, each in records.agreements.items() if each.confidentiality.level == "pair"]
    full, empty = site(records, MEMBERS), site(bare, MEMBERS)
    paths = [note_path(key) for key in kept if note_path(key) in full]

    assert len(paths) > 3
    for path in paths:
        assert full[path] == empty[path]
        assert "data-text" not in full[path]


def test_members_give_no_ids_that_a_note_they_cannot_read_may_have(records):
    (config,) = re.findall(r'data-note="([^"]*)"', site(records, MEMBERS)[note_path(PAIR)])
    (own,) = re.findall(r'data-note="([^"]*)"', site(records, OWN)[note_path(PAIR)])

    assert json.loads(unescape(config))["next_id"] == 0
    assert json.loads(unescape(own))["next_id"] > 1


def test_a_form_speaks_the_language_of_its_pair(records):
    own = "lantern/2026/julian-lucia"
    english = load_strings("en", (shipped("site_config"),))
    spanish = {**english, "language": "es", "note": {**english["note"], "title": "La nota", "again": "Otra vez"}}
    world = project(records, Audience(Kind.PAIR, own), records.settings.today)
    templates = (shipped("templates") / "pages",)
    page = pages(world, Speech(english, {"es": spanish}), Extras((), ()), templates).files[note_path(own)]

    assert "# La nota { lang=es }\n" in page
    assert '<form class="note-form" id="note-form" lang="es"' in page
    assert "Otra vez" in page
    assert "Start again" not in re.sub(r'data-note="[^"]*"', "", page)
    config = json.loads(unescape(re.search(r'data-note="([^"]*)"', page)[1]))
    assert config["titles"]["since"] == title("since", "es")


@pytest.mark.parametrize("audience", [PUBLIC, STAFF], ids=str)
def test_nobody_else_has_a_form(records, audience):
    assert forms(site(records, audience)) == []


@pytest.mark.parametrize(("choice", "filled"), [(OPEN, True), (CLOSED, False)])
def test_consent_and_agreement_fill_the_form_for_members(choice, filled):
    files = site(program(choice), MEMBERS, TODAY)

    assert forms(files)
    assert any("data-text" in files[path] for path in forms(files)) == filled


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
