"""The network of a program: who is joined with whom, as far as its readers may know, and no picture of a crowd."""

from __future__ import annotations

import dataclasses
import datetime
import re
from pathlib import Path

import pytest

from toolkit.load import load
from toolkit.model import Pair, Records
from toolkit.model.formats import LANGUAGES
from toolkit.publish import network as page
from toolkit.publish.audience import MEMBERS, PUBLIC, STAFF, Audience, Kind
from toolkit.publish.extras import Extras
from toolkit.publish.network import Network, network
from toolkit.publish.pages import Site, pages
from toolkit.publish.project import project
from toolkit.publish.strings import Speech, load_strings
from toolkit.workspace import Workspace

ROOT = Path(__file__).parents[2]
PATH = "programs/lantern/network.md"
INES = "lantern/2026/ines-tomas"
OWN = Audience(Kind.PAIR, INES)
ARC = re.compile(r"M92 (\d+)C(-?[\d.]+) \1 \2 (\d+) 92 \3")


@pytest.fixture(scope="module")
def demo() -> Records:
    """Lantern with its cohort of pairs alone, so that what is counted here stays as it is."""
    records = load(Workspace(ROOT)).records
    kept = {key: pair for key, pair in records.pairs.items() if pair.cohort_key == "lantern/2026"}
    return dataclasses.replace(records, pairs=kept)


def drawn(records: Records, audience: Audience = MEMBERS) -> Network | None:
    world = project(records, audience, records.settings.today)
    program = world.program("lantern")
    assert program is not None
    return network(world, program)


def known(records: Records, audience: Audience = MEMBERS) -> Network:
    found = drawn(records, audience)
    assert found is not None
    return found


def site(records: Records, audience: Audience, language: str = "en") -> Site:
    tables = {each: load_strings(each, (ROOT / "site_config",)) for each in LANGUAGES}
    world = project(records, audience, records.settings.today)
    return pages(world, Speech(tables[language], tables), Extras(), (ROOT / "templates" / "pages",))


def changed(records: Records, key: str, name: str = "", **fields: object) -> Records:
    """The records with a pair that is other than it was, or (under another name) with one more."""
    pair: Pair = records.pairs[key]
    folder = key.rpartition("/")[0]
    origin = dataclasses.replace(pair.origin, id=name, pair=name) if name else pair.origin
    made = pair.model_copy(update=fields).placed(origin)
    return dataclasses.replace(records, pairs={**records.pairs, f"{folder}/{name}" if name else key: made})


def test_everyone_of_a_pair_that_has_begun_stands_there_once_and_each_tie_is_an_arc(demo: Records) -> None:
    found = known(demo)
    assert (len(found.people), len(found.pairs), found.across, found.several) == (20, 10, 8, ())
    assert found.persons is not None
    names = [row.name for row in found.persons.rows if not row.heads]
    assert sorted(names) == sorted(each.name for each in found.people)
    assert len(found.persons.arcs) == 10
    heights = {row.y for row in found.persons.rows if not row.heads}
    for arc in found.persons.arcs:
        ends = ARC.fullmatch(arc.path)
        assert ends is not None
        assert {int(ends[1]), int(ends[3])} <= heights


def test_places_count_their_people_and_the_pairs_inside_and_beyond(demo: Records) -> None:
    found = known(demo)
    assert [each.name for each in found.places] == ["Bogotá", "Lisbon", "Nairobi", "Toronto"]
    assert sum(each.people for each in found.places) == 20
    assert sum(each.inside for each in found.places) + found.across == 10
    assert sum(each.beyond for each in found.places) == 2 * found.across
    assert found.between is not None
    assert sum(int(arc.title.rpartition(" ")[2]) for arc in found.between.arcs) == found.across


def test_who_is_in_a_second_pair_joins_the_two(demo: Records) -> None:
    members = [each.model_copy() for each in demo.pairs["lantern/2026/julian-lucia"].members]
    mentor = demo.pairs[INES].members[0]
    more = changed(demo, "lantern/2026/julian-lucia", "ines-lucia", members=(mentor, members[1]))
    found = known(more)
    assert [(person.id, sorted(pair.id for pair in pairs)) for person, pairs in found.several] == [
        ("ines-carvalho", ["ines-lucia", "ines-tomas"]),
        ("lucia-herrera", ["ines-lucia", "julian-lucia"]),
    ]
    assert "ines-carvalho" in site(more, MEMBERS).files[PATH].partition("{ #several }")[2]


def test_a_pair_that_has_not_begun_is_not_there(demo: Records) -> None:
    for fields in ({"started": None}, {"started": datetime.date(2027, 1, 4)}):
        assert INES not in [pair.key for pair in known(changed(demo, INES, **fields)).pairs]


def test_nobody_is_drawn_whom_the_reader_may_not_know(demo: Records) -> None:
    person = demo.people["tomas-rojas"].model_copy(update={"consents": ()}).placed(demo.people["tomas-rojas"].origin)
    hidden = dataclasses.replace(demo, people={**demo.people, "tomas-rojas": person})
    text = site(hidden, MEMBERS).files[PATH]
    assert ("Tomás" in text) == ("tomas-rojas" in [each.id for each in known(hidden).people])
    assert PATH not in site(demo, PUBLIC).files
    assert drawn(demo, PUBLIC) is None


def test_a_program_without_pairs_has_no_page_and_no_link_to_one(demo: Records) -> None:
    files = site(dataclasses.replace(demo, pairs={}), MEMBERS).files
    assert PATH not in files
    assert "network.html" not in files["programs/lantern/index.md"]
    assert "network.html" in site(demo, MEMBERS).files["programs/lantern/index.md"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_whom_a_pair_met_is_read_by_the_pair_alone(demo: Records, language: str) -> None:
    met = "A science teacher at Alfama"
    assert met in site(demo, OWN, language).files[PATH]
    assert met in site(demo, OWN, language).files["programs/lantern/2026/pairs/ines-tomas.md"]
    for audience in (MEMBERS, STAFF, Audience(Kind.PAIR, "lantern/2026/julian-lucia")):
        files = site(demo, audience, language).files  # a guide tells of it too
        assert not any(met in text for path, text in files.items() if path.startswith("programs/"))


def test_introductions_are_counted_once_enough_pairs_are_behind_them(demo: Records) -> None:
    heading = "introductions are noted"
    assert heading not in site(demo, MEMBERS).files[PATH]
    introductions = demo.pairs[INES].introductions
    more = demo
    for key in list(demo.pairs)[:6]:
        more = changed(more, key, introductions=introductions)
    assert heading in site(more, MEMBERS).files[PATH]


def test_a_reader_finds_the_own_pair(demo: Records) -> None:
    own = known(demo, OWN)
    assert own.persons is not None
    assert [arc.title for arc in own.persons.arcs if "own" in arc.kinds] == ["Inês Carvalho, Tomás Rojas"]
    members = known(demo)
    assert members.persons is not None
    assert not any("own" in arc.kinds for arc in members.persons.arcs)


def test_of_a_crowd_only_places_are_drawn_and_of_many_places_only_numbers(
    demo: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "PEOPLE_DRAWN", 19)
    crowd = known(demo)
    assert crowd.persons is None
    assert crowd.between is not None
    monkeypatch.setattr(page, "PLACES_DRAWN", 3)
    assert known(demo).between is None
    assert len(known(demo).places) == 4
    assert "<svg" not in site(demo, MEMBERS).files[PATH]


def test_without_sites_the_organizations_are_the_places_and_without_both_there_are_none(demo: Records) -> None:
    def without(*fields: str) -> Records:
        update = dict.fromkeys(fields)
        people = {key: each.model_copy(update=update).placed(each.origin) for key, each in demo.people.items()}
        return dataclasses.replace(demo, people=people)

    assert {each.name for each in known(without("site")).places} == {each.organization for each in known(demo).people}
    bare = known(without("site", "organization"))
    assert (bare.places, bare.between, bare.across) == ((), None, 0)
    assert bare.persons is not None
    assert not any(row.heads for row in bare.persons.rows)


def test_a_team_is_joined_mentor_by_mentee_and_peers_once(demo: Records) -> None:
    pair = demo.pairs[INES]
    mentor, mentee = pair.members
    third = demo.pairs["lantern/2026/julian-lucia"].members
    team = changed(demo, INES, "team", members=(mentor, third[0], mentee, third[1]))
    arcs = [tie for tie in page._ties(_world(team), _program(team)) if tie.pair.id == "team"]
    assert {(tie.one.id, tie.other.id) for tie in arcs} == {
        (one.person, other.person) for one in (mentor, third[0]) for other in (mentee, third[1])
    }
    peers = changed(
        demo, INES, "peers", members=tuple(each.model_copy(update={"role": "both"}) for each in pair.members)
    )
    assert sum(tie.pair.id == "peers" for tie in page._ties(_world(peers), _program(peers))) == 1


def _world(records: Records) -> page.World:
    return project(records, MEMBERS, records.settings.today)


def _program(records: Records) -> page.View:
    program = _world(records).program("lantern")
    assert program is not None
    return program


def test_two_spellings_of_a_place_stand_in_one_order_always(demo: Records) -> None:
    sites = {"ines-carvalho": "north", "tomas-rojas": "North"}
    people = {
        key: each.model_copy(update={"site": sites.get(key, each.site)}).placed(each.origin)
        for key, each in demo.people.items()
    }
    found = known(dataclasses.replace(demo, people=people))
    assert [each.name for each in found.places if each.name.casefold() == "north"] == ["North", "north"]
    assert found.between is not None
    assert [arc.title for arc in found.between.arcs if "orth" in arc.title] == ["North, north: 1"]
