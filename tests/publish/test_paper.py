"""What is printed: the handbook as one page, a pair's sheet, and certificates for those who completed."""

import dataclasses
import datetime
import html
import re
from pathlib import Path

import pytest
from test_pages import chain, sample, site_of

from toolkit.load import load
from toolkit.model.anchors import anchor_of, split, unique
from toolkit.model.completed import completed
from toolkit.publish.audience import MEMBERS, PUBLIC, STAFF, Audience, Kind
from toolkit.publish.view import View
from toolkit.publish.whole import PATH, chapter
from toolkit.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
IDS = re.compile(r'\bid="([^"]+)"')
SHEET = "programs/lantern/2026/pairs/ines-tomas/sheet.md"
CERTIFICATE = "programs/lantern/2026/pairs/ines-tomas/certificate.md"


@pytest.fixture(scope="module")
def demo():
    return load(Workspace(ROOT)).records


@pytest.fixture(scope="module")
def done(demo):
    """The shipped program with a pair that met to the end."""
    key = demo.settings.sample_pair
    pair, end = demo.pairs[key], datetime.date(2027, 3, 31)
    closed = pair.model_copy(update={"status": "closed", "ended": end}).placed(pair.origin)
    other = next(iter(demo.closures.values()))
    closure = other.model_copy(update={"kind": "planned", "on": end}).placed(pair.origin)
    first = demo.sessions[key][0]
    days = [pair.started + datetime.timedelta(days=14 * at) for at in range(21)]
    notes = tuple(first.model_copy(update={"date": day, "minutes": 60}).placed(first.origin) for day in days)
    return dataclasses.replace(
        demo,
        settings=demo.settings.model_copy(update={"today": datetime.date(2027, 4, 5)}),
        pairs={**demo.pairs, key: closed},
        closures={**demo.closures, key: closure},
        sessions={**demo.sessions, key: notes},
    )


def part(body, guides=("goals", "feedback")):
    return chapter(View("guide", {"id": "goals"}), body, (), guides).body


def test_headings_go_one_step_lower_and_keep_their_names_with_the_guides_before_them():
    assert part("# Goals\n\n## Look at it\n\ntext\n\n### Próxima reunión {#next}") == (
        "### Look at it {#goals--look-at-it}\n\ntext\n\n#### Próxima reunión {#goals--next}"
    )
    assert part("## Next\n\n## Next") == "### Next {#goals--next}\n\n### Next {#goals--next_1}"


def test_links_between_guides_become_links_within_the_page():
    assert part("[a](feedback.md#say-it) [b](feedback.md) [c](#five) [d](../reference/records.md#goal)") == (
        "[a](#feedback--say-it) [b](#feedback) [c](#goals--five) [d](../reference/records.md#goal)"
    )
    assert part('<a href="#source-locke">1</a>') == '<a href="#goals--source-locke">1</a>'
    assert part("[a](other.md#x) [b](https://example.org/x.md)") == (
        "[a](../handbook/other.md#x) [b](https://example.org/x.md)"
    )


def test_code_stays_as_it_is():
    body = "```markdown\n## Goal\n[a](feedback.md)\n```"
    assert part(body) == body


def test_a_headings_name_is_what_the_engines_make_of_it():
    for words in (
        "Look at it together",
        "¿Qué hago? *Ahora*",
        "C'est à vous : l’accord",
        "2. Two  blanks - and a dash",
    ):
        name = chain_ids(f"## {words}")
        assert anchor_of(split(words)[0]) == name
    assert split("*Words* {#own .big}") == ("Words", "own")
    assert unique("next", {"next", "next_1"}) == "next_2"


def chain_ids(text):
    (found,) = IDS.findall(chain(text + "\n"))
    return found


def test_the_handbook_on_one_page_holds_every_guide_once_and_leads_nowhere_else(demo):
    site = site_of(demo, PUBLIC)
    text = site.files[PATH]
    made = chain(text.partition("---\n\n")[2] or text)
    ids = IDS.findall(made)
    assert len(ids) == len(set(ids)), [each for each in ids if ids.count(each) > 1][:5]
    for guide in demo.guides.values():
        assert guide.draft or f'id="{guide.id}"' in made
        assert guide.draft or f'href="#{guide.id}"' in made
    inner = re.findall(r'href="#([^"]+)"', made)
    assert len(inner) > 100
    assert [each for each in inner if each not in ids] == []
    assert "exclude: true" in text and "@@" not in text
    assert PATH not in str(site.nav) and "/print/*" in site.hidden


def test_a_pair_prints_its_agreement_its_goals_and_its_promises_and_nobody_else_does(demo):
    own = site_of(demo, sample(demo)).files
    text = own[SHEET]
    agreement = demo.agreements[demo.settings.sample_pair]
    assert agreement.purpose.split()[0] in text and all(each.split()[0] in text for each in agreement.boundaries)
    assert "Date and signature" in text
    active = [goal for goal in demo.goals[demo.settings.sample_pair] if goal.status == "active"]
    assert active and all(goal.title.split()[0] in text for goal in active)
    assert "sheet.html" in own["programs/lantern/2026/pairs/ines-tomas.md"]
    for audience in (PUBLIC, MEMBERS, STAFF):
        assert not [path for path in site_of(demo, audience).files if path.endswith("/sheet.md")]


def test_a_certificate_is_for_whoever_completed(demo, done):
    assert CERTIFICATE not in site_of(demo, sample(demo)).files
    text = site_of(done, sample(done)).files[CERTIFICATE]
    assert text.count('class="certificate"') == 2
    assert "Meetings that the notes tell of: 21. Hours: 21." in html.unescape(text)
    staff = site_of(done, STAFF).files["programs/lantern/2026/certificates.md"]
    assert staff.count('class="certificate"') == 2
    assert "No pair has completed yet." in site_of(demo, STAFF).files["programs/lantern/2026/certificates.md"]
    assert not [path for path in site_of(done, MEMBERS).files if "certificate" in path]
    other = Audience(Kind.PAIR, "lantern/2026/camila-noah")
    assert not [path for path in site_of(done, other).files if "certificate" in path]


def test_whoever_ended_early_or_hardly_met_did_not_complete(done):
    key = done.settings.sample_pair
    pair, cohort, today = done.pairs[key], done.cohorts["lantern/2026"], done.settings.today
    assert completed(done, pair, cohort, today)
    few = dataclasses.replace(done, sessions={key: done.sessions[key][:9]})
    assert not completed(few, pair, cohort, today)
    early = pair.model_copy(update={"ended": datetime.date(2026, 12, 1)}).placed(pair.origin)
    assert not completed(done, early, cohort, today)
    closure = done.closures[key].model_copy(update={"kind": "early-agreed"})
    assert not completed(dataclasses.replace(done, closures={key: closure}), pair, cohort, today)
