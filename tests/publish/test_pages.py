"""Pages say what their readers need, lead nowhere that is not there, and take every value for a text."""

import dataclasses
import datetime
import html
import posixpath
import re
from html.parser import HTMLParser
from pathlib import Path

import canary
import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import ToolkitError
from toolkit.load import load
from toolkit.model import RECORDS, GuideTranslation
from toolkit.model.anchors import anchor_of, split
from toolkit.model.guide import fingerprint
from toolkit.publish import charts, scale
from toolkit.publish.audience import MEMBERS, PUBLIC, STAFF, Audience, Kind
from toolkit.publish.config import _BASE
from toolkit.publish.extras import CommandPage, Extras, RulePage
from toolkit.publish.guides import body_of
from toolkit.publish.ledger import printed
from toolkit.publish.pages import pages
from toolkit.publish.paths import pair_path
from toolkit.publish.project import project
from toolkit.publish.prose import Words, attribute, inline, render
from toolkit.publish.strings import Speech, load_strings
from toolkit.publish.view import View
from toolkit.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = (ROOT / "templates" / "pages",)
EXTRAS = Extras(
    (RulePage("silent-pair", "warning", "A pair is silent.\n\nIt `may` need help.", "call `both`"),),
    (CommandPage("mentoring check", "mentoring check [OPTIONS]", "Check.", "mentoring check\nmentoring check -q"),),
)
CHAIN = [name for name in _BASE if name != "pymdownx.emoji"]
VOID = {"br", "hr", "img", "input", "meta", "link"}


@pytest.fixture(scope="module")
def demo():
    return load(Workspace(ROOT)).records


def site_of(records, audience, templates=TEMPLATES):
    today = records.settings.today or canary.TODAY
    return pages(
        project(records, audience, today), Speech(load_strings("en", (ROOT / "site_config",))), EXTRAS, templates
    )


def sample(records):
    return Audience(Kind.PAIR, records.settings.sample_pair)


def chain(text):
    """What the site's own Markdown makes of a text."""
    return markdown.markdown(text, extensions=CHAIN)


class Page(HTMLParser):
    """The tags and the text of a piece of HTML; fails where a tag is not closed."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.text = [], [], ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


# ---- texts that people wrote ----

HOSTILE = [
    "<script>window.hit=1</script>",
    "x <img src=x onerror=window.hit=1> y",
    "<svg onload=window.hit=1>",
    "<details open ontoggle=window.hit=1>",
    '<iframe srcdoc="<script>1</script>"></iframe>',
    "[a](javascript:window.hit=1)",
    "[a](java&#x73;cript:window.hit=1)",
    "[a](vbscript:x) [b](data:text/html,x) [c](../../people.html) [d](//example.org/x)",
    "![alt text](https://example.org/spy.png)",
    "<https://example.org>",
    "[x]{onclick=window.hit=1}",
    "# head {onclick=window.hit=1}",
    '--8<-- "/etc/passwd"',
    "{{ config }} {% include 'x' %} :smile: [TOC] ++ctrl++ $x$ ==m== ^^i^^ [@key] *[x]: y",
    "</div></article><style>*{display:none}</style>",
    '<div markdown="1">**x**</div>',
    "    code\n\n    more",
    "```\n</div>\n\n# not a heading\n```",
    "- [ ] a\n- [x] b\n\n1. c\n   - d",
    "| a | b |\n|---|---|\n| 1 | <b>2</b> |",
    "[^1]\n\n[^1]: note\n\nterm\n:   definition",
    "!!! note\n    x\n\n??? x\n    y\n\n=== tab\n    z",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_becomes_safe_html_that_the_site_leaves_alone(text):
    made = str(render(text))
    assert "\n" not in made
    for tag, attributes in Page(made).tags:
        assert tag not in {"script", "style", "iframe", "img", "svg", "details", "form", "input", "object"}
        assert set(attributes) <= {"href", "rel", "class", "align", "start"}
        assert re.match("https?://|mailto:", attributes.get("href") or "https://")
    around = f"before\n\n{made}\n\n*after*"
    assert chain(around) == f"<p>before</p>\n{made}\n\n<p><em>after</em></p>"


@given(st.text(alphabet=st.sampled_from("ab*_`[](){}<>!#-+|~^:=@$\\&;\"'/ \n\t1.é😀"), max_size=120))
@settings(deadline=None, max_examples=300)
def test_any_text_stays_in_its_box(text):
    made = str(render(text))
    Page(made)
    assert chain(f"{made}\n\nend") == f"{made}\n\n<p>end</p>"


@given(st.text(max_size=80))
@settings(deadline=None, max_examples=300)
def test_any_value_shows_as_it_was_written(text):
    """On one line; the blanks that no line ends at stay."""

    def line(shown):
        return re.sub(r"[ \t\n\r\f\v\x85\u2028\u2029]+", " ", shown).strip()

    said = line(re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f]", "", text))
    made = chain(f"# {inline(text)} x\n\nA {inline(text)} b\n\n<p>{inline(text)}</p>")
    for title in re.findall("<h1[^>]*>(.*)</h1>", made):
        assert line(Page(title).text) == line(f"{said} x")
    found = [line(Page(each).text) for each in made.split("\n") if each.startswith("<p>")]
    assert found == [line(f"A {said} b"), said]


def test_prose_keeps_what_a_note_needs():
    text = "## Will\n\nSee [here](https://example.org/a?b=1&c=2), **soon**.\n\n```yaml\na: 1\n\nb: 2\n```\n"
    made = str(render(text, level=4))
    assert "<h4>Will</h4>" in made
    assert 'href="https://example.org/a?b&#' not in made
    assert 'href="https://example.org/a?b=1&amp;c=2"' in made
    assert "a&#58; 1&#10;&#10;b&#58; 2&#10;" in made


def test_headings_are_renumbered_without_a_gap():
    made = str(render("#### a\n\n# b\n\n###### c\n\n## d\n", level=3))
    assert re.findall("<h(.)>", made) == ["3", "3", "4", "4"]


def test_a_task_says_who_and_until_when():
    words = Words({"ana-kovacs": "Ana <Kovács>"}, lambda day: f"by {day}!", "open", "done")
    made = str(render("- [ ] Draft it @ana-kovacs due:2026-12-01 id:a3\n- [x] Sent @nobody-here\n", words))
    assert 'Draft it <span class="who">Ana &lt;Kovács&gt;</span> <span class="due">by 2026-12-01&#33;</span>' in made
    assert "id&#58;a3" not in made and "id:a3" not in made
    assert '<span class="tick tick-done"><span class="unseen">done</span></span> Sent' in made


@pytest.mark.parametrize(
    "text", ["[" * 65_000, "![" * 32_000, "<a " * 21_000, "> " * 32_000, "- " * 32_000, "*a " * 21_000]
)
def test_a_text_made_to_be_slow_is_not(text):
    import time

    begun = time.process_time()
    render(text)
    assert time.process_time() - begun < 2


def test_a_text_over_the_limit_is_refused_without_showing_it():
    with pytest.raises(ToolkitError) as caught:
        render("secret " * 10_000)
    assert "secret" not in caught.value.message


# ---- citations ----


def reference(key, **more):
    fields = {"authors": "A", "year": 2001, "where": None, "doi": None, "url": None, "note": None, "kind": "book"}
    return View("reference", {"key": key, "title": f"On <{key}>", **fields, **more})


def test_citations_become_numbers_in_the_order_in_which_they_are_read():
    known = {key: reference(key) for key in ("doran81", "kram85", "eby13")}
    text = "One [@kram85] [@doran81].\n\n`[@eby13]`\n\n```\n[@eby13]\n```\n\nTwo [@kram85], [@nobody]."
    body, sources = body_of(text, known, ("eby13", "doran81", "unknown"), {})
    assert [source.key for source in sources] == ["kram85", "doran81", "eby13"]
    assert re.findall(r'href="#source-([\w-]+)" title="[^"]*">(\d)<', body) == [
        ("kram85", "1"),
        ("doran81", "2"),
        ("kram85", "1"),
    ]
    assert body.count("[@eby13]") == 2 and "[@nobody]" in body and "<kram85>" not in body


# ---- numbers of the ledger ----


def worded(**said):
    return View("words", {"en": None, "es": None, "fr": None, **said})


def speech(language, **more):
    signs = {
        "en": {"decimal": ".", "percent": "{n}%", "groups": {"sign": ",", "least": 4}},
        "es": {"decimal": ",", "percent": "{n}\u00a0%", "groups": {"sign": "\u00a0", "least": 5}},
        "fr": {"decimal": ",", "percent": "{n}\u202f%", "groups": {"sign": "\u202f", "least": 4}},
    }
    return Speech({"language": language, **signs[language], **more})


@pytest.mark.parametrize(
    ("english", "spanish", "french"),
    [
        ("0.21", "0,21", "0,21"),
        (".47", "0,47", "0,47"),
        ("14.5%", "14,5\u00a0%", "14,5\u202f%"),
        ("1,000", "1000", "1\u202f000"),
        ("25,286", "25\u00a0286", "25\u202f286"),
        ("1,234,567.8", "1\u00a0234\u00a0567,8", "1\u202f234\u202f567,8"),
        ("70", "70", "70"),
    ],
)
def test_a_number_takes_the_signs_of_its_language(english, spanish, french):
    once = worded(en=english)
    assert [printed(once, speech(each)) for each in ("en", "es", "fr")] == [english, spanish, french]


def test_a_number_that_is_written_in_each_language_stays_as_written():
    words = worded(en="one in ten", es="uno de cada diez")
    assert [printed(words, speech(each)) for each in ("en", "es", "fr")] == [
        "one in ten",
        "uno de cada diez",
        "one in ten",
    ]


def test_the_search_shows_apart_what_a_page_sets_apart_and_an_apostrophe_as_it_is(demo):
    """An engine takes the tags away to index a text, and one of them escapes a title that is escaped already."""
    files = site_of(demo, PUBLIC).files
    assert "For mentees For mentors By Handbook team Reviewed on" in re.sub(r"<[^>]+>", "", files["handbook/goals.md"])
    assert "Rests on 70 Who or what " in re.sub(r"<[^>]+>", "", files["reference/figures.md"])
    assert "title: \"The coordinator's year" in files["handbook/coordinators-year.md"]
    assert attribute('<a title="x">Tom\'s & co</a>') == "&lt;a title=&quot;x&quot;&gt;Tom's &amp; co&lt;/a&gt;"


def test_a_number_in_a_guide_carries_its_mark_and_leads_to_its_entry(demo):
    guide = next(each for each in demo.guides.values() if not each.draft)
    said = "It is [=raposa19-effect], not [=vendor-satisfaction].\n\n`[=raposa19-effect]`\n\n```\n[=open-seeds-rate]\n```\n\n[=nobody] `a``[=open-seeds-rate]`"
    guides = {guide.id: guide.model_copy(update={"body": said}).placed(guide.origin)}
    files = site_of(dataclasses.replace(demo, guides=guides), PUBLIC).files
    page, ledger = files[f"handbook/{guide.id}.md"], files["reference/figures.md"]
    traced, claimed = re.findall(r'<a class="figure" href="([^"]*)"[^>]*>(.*?)</a>', page)
    assert traced == ("../reference/figures.html#raposa19-effect", "0.21")
    assert claimed[0] == "../reference/figures.html#vendor-satisfaction"
    assert 'class="figure-mark">a vendor&#39;s claim<' in claimed[1]
    assert "`[=raposa19-effect]`" in page and page.count("[=open-seeds-rate]") == 2 and "[=nobody]" in page
    entry = ledger.partition('<li id="raposa19-effect">')[2].partition("</li>")[0]
    assert f"../handbook/{guide.id}.html" in entry
    other = ledger.partition('<li id="open-seeds-rate">')[2].partition("</li>")[0]
    assert "/handbook/" not in other


def test_a_number_in_a_guide_that_is_not_translated_speaks_the_guides_language(demo):
    guide = demo.guides["goals"]
    guides = {guide.id: guide.model_copy(update={"body": "[=raposa19-effect] [=formal-mentors]"}).placed(guide.origin)}
    world = project(dataclasses.replace(demo, guides=guides, guide_translations={}), PUBLIC, canary.TODAY)
    page = pages(world, Speech(load_strings("es", (ROOT / "site_config",))), EXTRAS, TEMPLATES).files[
        "handbook/goals.md"
    ]
    assert ">0.21</a>" in page and ">one in ten <" in page
    assert re.search('<span class="figure-mark" lang="es">[^<]*origen', page)


def test_a_program_without_a_ledger_has_no_page_for_it(demo):
    files = site_of(dataclasses.replace(demo, figure_lists={}, benchmark_lists={}), PUBLIC).files
    assert "reference/figures.md" not in files
    assert "figures.html" not in files["reference/index.md"]


# ---- standards ----


def test_a_guide_names_the_standards_it_helps_with_and_they_name_it(demo):
    files = site_of(demo, PUBLIC).files
    (guide,) = [each for each in demo.guides.values() if each.id == "ending-well"]
    page = files["handbook/ending-well.md"]
    linked = re.findall(r'reference/standards\.html#([\w-]+)"', page)
    assert sorted(linked) == sorted(guide.standards) and "eepm5-12" in linked
    entry = files["reference/standards.md"].partition('<li id="eepm5-12">')[2].partition("</li>")[0]
    assert "Relationship celebration and program exit" in entry and "handbook/ending-well.html" in entry
    assert "handbook/goals.html" not in entry
    without = site_of(dataclasses.replace(demo, standard_lists={}), PUBLIC).files
    assert "reference/standards.md" not in without and "standards.html" not in without["handbook/ending-well.md"]


# ---- questions on the page of who asks them ----


def test_of_many_questions_those_that_many_ask_stay_open_and_the_others_are_folded_by_phase(demo):
    page = site_of(demo, PUBLIC).files["mentor.md"].partition("{ #read }")[0]
    shown, _, more = page.partition('<details class="fold">')
    assert 10 <= shown.count("<li>") <= 13 and more.count("<li>") >= 10
    assert "What is GROW?" in shown and "Can we take a break?" in more
    assert f"<summary>{more.count('<li>')} more questions</summary>" in more
    assert re.findall("<h3>([^<]+)</h3>", more) == ["Getting ready", "The first weeks", "Along the way"]


def test_few_questions_or_none_that_many_ask_all_stay_open(demo):
    quiet = {
        ident: guide.model_copy(update={"asks": tuple(each.model_copy(update={"often": False}) for each in guide.asks)})
        for ident, guide in demo.guides.items()
    }
    guides = {ident: each.placed(demo.guides[ident].origin) for ident, each in quiet.items()}
    files = site_of(dataclasses.replace(demo, guides=guides), PUBLIC).files
    assert "<details" not in files["mentor.md"] and files["mentor.md"].count('<li><a href="handbook/') > 20
    few = {ident: demo.guides[ident] for ident in ("ending-well", "agreement")}
    page = site_of(dataclasses.replace(demo, guides=few, guide_translations={}), PUBLIC).files["mentor.md"]
    assert "<details" not in page and "What do we write into the agreement?" in page


def test_a_question_that_many_ask_is_one_in_every_language(demo):
    marks = {ident: [each.often for each in guide.asks] for ident, guide in demo.guides.items()}
    told = {key: [each.often for each in own.asks] for key, own in demo.guide_translations.items()}
    assert {key: found for key, found in told.items() if found != marks[key[0]]} == {}
    assert sum(map(sum, marks.values())) > 15


# ---- how hard guides are to read ----


def test_the_page_on_reading_counts_each_guide_in_each_language_the_hardest_first(demo):
    body = {"goals": "Responsibilities notwithstanding, somebody understands.", "feedback": "Say it. Go on."}
    guides = {
        ident: demo.guides[ident].model_copy(update={"body": text}).placed(demo.guides[ident].origin)
        for ident, text in body.items()
    }
    found = demo.guide_translations["feedback", "es"]
    translated = {("feedback", "es"): found.model_copy(update={"body": "Dilo ya mismo."}).placed(found.origin)}
    world = project(dataclasses.replace(demo, guides=guides, guide_translations=translated), PUBLIC, canary.TODAY)

    def rows(language):
        page = pages(world, Speech(load_strings(language, (ROOT / "site_config",))), EXTRAS, TEMPLATES).files[
            "reference/readability.md"
        ]
        table = page.rpartition("<tbody>")[2]
        return page, [re.findall(r"<td[^>]*>([^<]*)</td>", row) for row in table.split("<tr>")[1:]]

    page, shown = rows("en")
    assert page.index("handbook/goals.html") < page.index("handbook/feedback.html")
    # 4 words a sentence and 100 long ones in a hundred; nobody has translated it.
    assert shown == [["4", "1", "104", "none yet"], ["4", "1", "2", "3"]]
    tongues = page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert re.findall(r"<th[^>]*>([^<]*)</th>", tongues) == ["English", "Spanish"], "French has no guide to count"
    assert re.findall(r"<td[^>]*>([^<]*)</td>", tongues) == ["104", "104", "34", "52", "3", "3", "44", "67"]
    assert rows("es")[1] == [["3", "1", "2", "3"], ["", "", "104", "todavía no"]]


# ---- guides in another language ----


@pytest.mark.parametrize("languages", [(), ("es",), ("en", "es"), ("es", "en")], ids=str)
def test_a_translation_is_read_by_those_whose_language_it_is(demo, languages):
    settings_ = demo.settings.model_copy(update={"languages": languages}).placed(demo.settings.origin)
    guide = demo.guides["goals"]
    origin = dataclasses.replace(guide.origin, kind="guide-translation", language="es")
    words = {"title": "Metas", "body": "Dice [=raposa19-effect].", "translates": fingerprint(guide)}
    one = {("goals", "es"): GuideTranslation(**words).placed(origin)}
    world = project(dataclasses.replace(demo, settings=settings_, guide_translations=one), PUBLIC, canary.TODAY)
    page = pages(world, Speech(load_strings("es", (ROOT / "site_config",))), EXTRAS, TEMPLATES).files[
        "handbook/goals.md"
    ]
    assert "# Metas\n" in page
    assert 'figures.html#raposa19-effect"' in page and ">0,21</a>" in page


# ---- charts ----

DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 1, 1))


@given(st.lists(DAYS, max_size=20), st.lists(DAYS, max_size=3), DAYS, DAYS, st.integers(1, 60), DAYS)
@settings(deadline=None)
def test_a_timeline_stays_inside_its_picture(days, ahead, one, two, every, today):
    span = (min(one, two), max(one, two))
    line = charts.timeline(days, ahead, span, every, [span, (two, one)], today)
    places = [mark.x for mark in (*line.held, *line.ahead, *line.months)] + list(line.ticks)
    assert all(0 <= x <= 100 for x in places)
    assert [mark.x for mark in line.held] == sorted(mark.x for mark in line.held)
    assert len(line.months) <= scale.MAX_LABELS
    assert all(each.width >= 0 and each.x + each.width <= 98.1 for each in line.away)


@given(st.lists(st.tuples(DAYS, st.floats(-1e6, 1e6)), max_size=12), st.none() | st.floats(-1e6, 1e6))
def test_a_course_stays_inside_its_picture(values, target):
    course = charts.course(values, target, str)
    if course is None:
        assert len({day for day, _ in values}) < 2
        return
    assert all(0 <= mark.x <= 100 and 0 <= mark.y <= 100 for mark in course.points)
    assert (course.target is None) == (target is None)
    assert len(course.steps) == len(course.points) - 1


@given(st.dictionaries(st.sampled_from("abcde"), st.integers(0, 50)))
def test_shares_fill_the_bar(counts):
    found = charts.shares(counts)
    assert sum(each.count for each in found) == sum(counts.values())
    assert not found or abs(sum(each.width for each in found) - 100) < 0.1


# ---- the pages of the shipped program ----


def test_each_audience_has_its_pages_and_no_other(demo):
    public, members, staff = (set(site_of(demo, audience).files) for audience in (PUBLIC, MEMBERS, STAFF))
    own = set(site_of(demo, sample(demo)).files)
    assert {"index.md", "mentee.md", "mentor.md", "coordinator.md", "handbook/index.md"} <= public
    assert {"reference/records.md", "reference/rules.md", "reference/visibility.md"} <= public
    assert not [path for path in public if "/pairs" in path or path == "problems.md"]
    forms = {path for path in members | own | staff if path.endswith("/note.md")}
    assert forms and not forms & staff, "a form is its pair's, and members' where the pair opened its notes"
    sheet = {path for path in own if path.endswith("/sheet.md")}
    assert len(sheet) == 1
    assert public < members - forms == own - forms - sheet < staff
    assert "problems.md" in staff and "problems.md" not in members
    assert [path for path in staff if path.endswith("/matching.md")]
    assert len([path for path in members - forms if "/pairs/" in path]) == 11


@pytest.mark.parametrize("kind", ["public", "members", "staff", "pair"])
def test_every_link_of_a_page_leads_to_a_page_and_a_place_on_it(demo, kind):
    audience = sample(demo) if kind == "pair" else {"public": PUBLIC, "members": MEMBERS, "staff": STAFF}[kind]
    files = site_of(demo, audience).files
    anchors = {path: places(text) for path, text in files.items()}
    for path, text in files.items():
        for target in re.findall(r'href="([^"]+)"', text):
            if re.match(r"https?:|mailto:", html.unescape(target)):
                continue
            file, _, anchor = html.unescape(target).partition("#")
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
            there = there.removesuffix(".html") + ".md" if there.endswith(".html") else there
            assert there in files, f"{path} leads to {target}"
            if anchor:
                assert anchor in anchors[there], f"{path} leads to {target}"


def places(text):
    """The names of the places on a page: those that it writes, and those that the headings of a guide make."""
    headings = [split(heading) for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)]
    return {*re.findall(r'\bid="([^"]+)"', text), *(own or anchor_of(words) for words, own in headings)}


def test_every_record_has_its_place_in_the_reference(demo):
    text = site_of(demo, PUBLIC).files["reference/records.md"]
    for model in RECORDS:
        assert f"{{ #{model.record} }}" in text
        for name in model.model_fields:
            assert f"<code>{inline(name)}</code>" in text


def test_the_first_screen_of_a_pair_says_what_was_agreed_and_what_is_next(demo):
    audience = sample(demo)
    text = site_of(demo, audience).files[pair_path(audience.pair)]
    screen = text[text.index('class="first-screen"') : text.index("## Goals")]
    world = project(demo, audience, demo.settings.today)
    pair, records = world.pair(audience.pair), world.of(audience.pair)
    assert f'datetime="{pair.next}"' in screen
    assert str(inline(records.agreement.purpose)) in screen
    for actions in pair.open_actions.values():
        for action in actions:
            assert str(inline(action.text)) in screen
    folds = re.findall(r'<details class="fold" id="session-([\d-]+)"', text)
    assert folds == sorted(folds, reverse=True) and len(folds) == pair.session_count
    assert '<svg height="92" role="img"' in text


def test_a_pair_page_stays_out_of_search_and_out_of_search_engines(demo):
    for path, text in site_of(demo, MEMBERS).files.items():
        if "/pairs" in path or path.startswith("people/"):
            head = text.split("---\n")[1]
            assert "search:\n  exclude: true\n" in head and "robots: noindex" in head


def test_pair_pages_stay_out_of_the_navigation(demo):
    audience = sample(demo)
    assert "/pairs/" not in repr(site_of(demo, MEMBERS).nav)
    assert [each for each in site_of(demo, audience).nav if "Our pair" in each]


def test_a_state_is_never_a_color_alone(demo):
    files = site_of(demo, MEMBERS).files
    table = next(text for path, text in files.items() if path.endswith("2026/pairs.md"))
    for state, word in (("recent", "Met recently"), ("silent", "Silent"), ("paused", "Paused"), ("closed", "Closed")):
        assert re.search(rf'class="state-{state}">.*?</svg><span>{word}</span>', table)


def test_the_same_world_gives_the_same_pages(demo):
    assert site_of(demo, STAFF) == site_of(demo, STAFF)


def test_a_draft_is_on_no_page():
    records = canary.program(canary.OPEN)
    drafts = [guide for guide in records.guides.values() if guide.draft]
    text = "".join(site_of(records, STAFF).files.values())
    assert drafts and not [guide for guide in drafts if guide.title in text or guide.id in text]


def test_the_dates_of_cohorts_that_are_over_are_not_what_happens_next(demo):
    text = site_of(demo, PUBLIC).files["index.md"]
    section = text[text.index('id="next"') : text.index('id="ask"')]
    days = re.findall(r'datetime="([\d-]+)"', section)
    assert days and min(days[::2]) >= "2026-11-02"


# ---- a program in which every text is an attack ----

ATTACK = "<img src=x onerror=window.hit=1>{{ 7*7 }}\"'`*_[a](javascript:alert(1)){onclick=x}</div>"


@pytest.fixture
def attacked(monkeypatch):
    plain = canary.Maker.value

    def value(self, kind):
        made = plain(self, kind)
        return ATTACK + made if kind is str else made

    monkeypatch.setattr(canary.Maker, "value", value)
    monkeypatch.setattr(canary, "_body", lambda maker: f"## {ATTACK}\n\n{ATTACK}\n\n- [ ] {ATTACK}\n")
    return canary.program(canary.OPEN)


@pytest.mark.parametrize("audience", [PUBLIC, MEMBERS, STAFF, Audience(Kind.PAIR, "program/cohort/ours")], ids=str)
def test_no_value_is_ever_taken_for_markup(attacked, audience):
    for path, text in site_of(attacked, audience).files.items():
        if path == "print/handbook.md" or (path.startswith("handbook/") and path != "handbook/index.md"):
            continue  # the body of a guide is the owner's own Markdown
        body = text.split("---\n", 2)[2]
        assert not [each for each in ("<img", "javascript:", "{{", "onclick=", "onerror=") if each in body], path
        for tag, attributes in Page(chain(body)).tags:
            assert tag not in {"img", "script", "iframe"}, path
            assert not [name for name in attributes if name.startswith("on")], path
            assert not str(attributes.get("href", "")).startswith("javascript"), path
        title = re.search(r'^title: "(.*)"$', text, re.MULTILINE).group(1)
        assert "<" not in title and ">" not in title, path


# ---- templates ----


def test_a_program_can_bring_a_template_of_its_own(demo, tmp_path):
    (tmp_path / "handbook.md.j2").write_text("# {{ world.title }}, {{ t.handbook.title }}\n", encoding="utf-8")
    files = site_of(demo, PUBLIC, (tmp_path, *TEMPLATES)).files
    assert files["handbook/index.md"] == "# Lantern Teacher Mentoring, Handbook\n"
    assert files["index.md"] == site_of(demo, PUBLIC).files["index.md"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{{ world.titel }}", "titel"),
        ("{{ world.programs[0].titel }}", "titel"),
        ("{{ nothing }}", "nothing"),
        ("{{ link('handbook/gone.md') }}", "handbook/gone.md"),
        ("{% if %}", "handbook.md.j2:1"),
        ("{{ world.__class__.__mro__ }}", "__class__"),
        ("{{ ''.__class__.__base__.__subclasses__() }}", "__class__"),
    ],
)
def test_a_template_at_fault_stops_the_build_and_says_where(demo, tmp_path, text, says):
    (tmp_path / "handbook.md.j2").write_text(text, encoding="utf-8")
    with pytest.raises(ToolkitError) as caught:
        site_of(demo, PUBLIC, (tmp_path, *TEMPLATES))
    assert says in caught.value.message


def test_a_program_changes_single_words(tmp_path):
    (tmp_path / "strings.en.yaml").write_text("home:\n  doors: Come in\n", encoding="utf-8")
    strings = load_strings("en", (ROOT / "site_config", tmp_path))
    assert strings["home"]["doors"] == "Come in"
    assert strings["home"]["mentee"] == "I am a mentee"


def test_a_language_without_words_is_refused(tmp_path):
    with pytest.raises(ToolkitError, match="language `xx`"):
        load_strings("xx", (tmp_path,))


def test_a_team_is_named_by_its_first_three_and_counts_the_others():
    pair = "programs/lantern/2026-teams/pairs/aurora-team.md"
    text = site_of(load(Workspace(ROOT)).records, Audience(Kind.PAIR, "lantern/2026-teams/aurora-team")).files[pair]
    assert "# Aurora Baptista, Mathilde Perrault, Njoki Mwangi and 8 others\n" in text
    assert text.count('<span class="face face-mentor"') == 3 and text.count('<span class="face face-mentee"') == 8
    assert "mentor, business, America/Toronto" in text


@pytest.mark.parametrize("audience", [PUBLIC, MEMBERS, STAFF], ids=lambda each: each.kind.value)
def test_what_an_audience_may_not_read_leaves_no_trace_as_a_value(audience):
    files = site_of(load(Workspace(ROOT)).records, audience).files
    assert [path for path, text in files.items() if isinstance(text, str) and ">None<" in text] == []
