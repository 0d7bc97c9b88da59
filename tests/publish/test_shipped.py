"""What ships shows every kind of record at least once, and each pair's records stand on the page of that pair."""

import datetime
from pathlib import Path

import pytest

from toolkit.load import load
from toolkit.publish.audience import STAFF, Audience, Kind
from toolkit.publish.extras import Extras
from toolkit.publish.pages import pages
from toolkit.publish.paths import pair_path
from toolkit.publish.project import project
from toolkit.publish.prose import inline
from toolkit.publish.strings import Speech, load_strings
from toolkit.workspace import PATTERNS, Workspace, identify, shipped

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def loaded():
    return load(Workspace(ROOT))


def site(records, audience):
    day = records.settings.today or datetime.date(2026, 11, 2)
    strings = Speech(load_strings("en", (shipped("site_config"),)))
    return pages(project(records, audience, day), strings, Extras((), ()), (shipped("templates") / "pages",)).files


def test_every_kind_of_record_is_shipped(loaded):
    found = {where.kind for each in loaded.sources if (where := identify(each.path)) is not None}

    assert set(PATTERNS) - found == set()


def test_each_record_of_a_pair_stands_on_its_page(loaded):
    records = loaded.records
    seen = set()
    for key in records.pairs:
        page = site(records, Audience(Kind.PAIR, key))[pair_path(key)]
        agreement, closure = records.agreements.get(key), records.closures.get(key)
        wanted = [("agreement", inline(agreement.purpose))] if agreement is not None else []
        wanted += [("goal", inline(each.title)) for each in records.goals.get(key, ())]
        wanted += [("closure", f'datetime="{closure.on}"')] if closure is not None else []
        for kind, listed in (
            ("session-note", records.sessions),
            ("observation", records.observations),
            ("feedback", records.feedback),
        ):
            wanted += [(kind, f'datetime="{getattr(each, "date", None) or each.on}"') for each in listed.get(key, ())]
        assert [(kind, text) for kind, text in wanted if text not in page] == []
        seen |= {kind for kind, _ in wanted}

    assert seen == {"agreement", "goal", "session-note", "observation", "feedback", "closure"}


def test_the_plan_from_which_pairs_came_stands_on_the_staffs_page(loaded):
    records = loaded.records
    ran = {(pair.cohort_key, pair.run) for pair in records.pairs.values() if pair.run}
    files = site(records, STAFF)

    assert ran
    for cohort, run in ran:
        program, _, ident = cohort.partition("/")
        (page,) = [text for path, text in files.items() if path == f"programs/{program}/{ident}/matching.md"]
        assert {pair.pair for plan in records.plans[cohort] for pair in plan.pairs} == {
            pair.id for pair in records.pairs.values() if pair.run == run
        }
        assert all(inline(each.reasons[0]) in page for plan in records.plans[cohort] for each in plan.pairs)
