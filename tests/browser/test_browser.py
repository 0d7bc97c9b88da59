"""The built site in a real browser: readable for everybody, at every width, without a request to anybody else."""

import dataclasses
import functools
import http.server
import os
import re
import sys
import threading
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1]))
import canary

from toolkit.cli.pages import extras
from toolkit.load import load
from toolkit.publish.audience import MEMBERS, PUBLIC, STAFF, Audience, Kind
from toolkit.publish.project import project
from toolkit.publish.shop import Shop
from toolkit.publish.site import build, source
from toolkit.workspace import Workspace, shipped

pytestmark = pytest.mark.browser
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: no browser to look with")
ROOT = Path(__file__).resolve().parents[2]
COHORT = "programs/lantern/2026"
PAGES = {
    PUBLIC: [
        "index.html",
        "handbook/index.html",
        "handbook/goals.html",
        "reference/records.html",
        "reference/figures.html",
        "handbook/reading-the-report.html",
        "programs/lantern/index.html",
        "stories.html",
        "templates.html",
        "print/agreement.html",
        "fr/instruments.html",
        "print/survey-benefits.html",
        "es/index.html",
        "es/handbook/index.html",
        "es/reference/standards.html",
        "fr/handbook/goals.html",
        "fr/programs/lantern/2026/index.html",
    ],
    MEMBERS: [f"{COHORT}/pairs.html", "people/index.html", f"{COHORT}/index.html"],
    STAFF: [
        "care.html",
        "problems.html",
        f"{COHORT}/pairs.html",
        "programs/lantern/2027/matching.html",
        "people/index.html",
    ],
}


@pytest.fixture(scope="module")
def loaded():
    return load(Workspace(ROOT))


@pytest.fixture(scope="module")
def sites(loaded, shipped_site):
    """The shipped program's sites on 127.0.0.1; give an audience, get its address."""
    own = Audience(Kind.PAIR, loaded.records.settings.sample_pair)
    folders = [shipped_site(audience) for audience in (PUBLIC, MEMBERS, STAFF, own)]
    with serving(folders[0].parent) as address:
        yield lambda audience: f"{address}/{audience.folder}/site/"


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class serving:  # noqa: N801 - it is used as a function
    def __init__(self, folder):
        handler = functools.partial(Quiet, directory=str(folder))
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def pages(sites, loaded):
    """Every address that is looked at."""
    pair = loaded.records.settings.sample_pair
    own = Audience(Kind.PAIR, pair)
    program, cohort, name = pair.split("/")
    note = [sites(own) + "index.html", f"{sites(own)}programs/{program}/{cohort}/pairs/{name}.html"]
    return [sites(audience) + page for audience, listed in PAGES.items() for page in listed] + note


def look(browser, width, scheme, **more):
    return browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **more)


def test_no_request_leaves_the_site_and_no_script_fails(browser, pages):
    context = look(browser, 1280, "light")
    asked, failed, host = [], [], pages[0].split("/")[2]
    for address in pages:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: failed.append(str(error)))
        page.goto(address, wait_until="networkidle")
        page.keyboard.press("f")
        page.keyboard.type("goal")
        page.wait_for_selector(".md-search-result__item", timeout=15_000)
        page.close()
    context.close()
    assert len(asked) > len(pages)
    assert [url for url in asked if url.split("/")[2] != host and not url.startswith("data:")] == []
    assert failed == []


def test_a_site_opens_from_a_folder_without_a_server(browser, shipped_site):
    page = browser.new_page()
    page.goto((shipped_site(PUBLIC) / "site" / "index.html").as_uri())
    page.click("text=I am a mentor")
    page.click(".cards >> text=Listening and asking")
    assert page.inner_text("h1") == "Listening and asking"
    page.close()


def test_the_pair_page_prints_whole_and_without_the_frame(browser, pages):
    page = browser.new_page()
    page.goto(pages[-1])
    page.emulate_media(media="print", color_scheme="dark")
    folds = page.locator("details.fold")
    assert folds.count() > 5
    seen = page.evaluate(
        "[...document.querySelectorAll('details.fold > .prose')].filter(each => each.checkVisibility()"
        " && each.getBoundingClientRect().height > 10).length"
    )
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    opened = page.evaluate("[...document.querySelectorAll('.md-content details')].every(each => each.open)")
    assert opened and seen >= 1
    assert not page.locator(".md-header").is_visible() and not page.locator(".md-footer").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf(format="A4")[:5] == b"%PDF-"
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.querySelectorAll('details.fold[open]').length") == 1
    page.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_sheet_of_a_pair_is_one_leaf_its_agreement_and_the_names_on_the_front(browser, pages, paper):
    page = browser.new_page()
    page.goto(pages[-1].replace(".html", "/sheet.html"))
    printed = page.pdf(format=paper, prefer_css_page_size=True)
    sides = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert len(sides) == 2 and len(re.findall(rb"/Type /Page\b", printed)) == 2
    assert abs(float(sides[0][0]) - {"A4": 595, "Letter": 612}[paper]) < 2, "the paper is the reader's"
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('#goals')).breakBefore") == "page"
    page.close()


ATTACK = (
    "<img src=x onerror=window.hit=1><svg onload=window.hit=1></svg><script>window.hit=1</script>{{ 7*7 }}"
    "\"'`*_[a](javascript:window.hit=1){onclick=window.hit=1}<details open ontoggle=window.hit=1>"
)


@pytest.mark.parametrize("audience", [STAFF, Audience(Kind.PAIR, "program/cohort/ours")], ids=str)
def test_nothing_that_people_wrote_ever_runs(browser, tmp_path, monkeypatch, audience):
    plain = canary.Maker.value

    def value(self, kind):
        return ATTACK + plain(self, kind) if kind is str else plain(self, kind)

    monkeypatch.setattr(canary.Maker, "value", value)
    monkeypatch.setattr(canary, "_body", lambda maker: f"## {ATTACK}\n\n{ATTACK}\n\n- [ ] {ATTACK} @{maker.person()}\n")
    records = canary.program(canary.OPEN)
    guides = {key: guide for key, guide in records.guides.items() if guide.draft}  # a guide is its owner's Markdown
    made = source(
        project(dataclasses.replace(records, guides=guides), audience, canary.TODAY), extras(), Shop.of(ROOT, shipped)
    )
    build(made, tmp_path / "built", "mkdocs", os.environ, canary.TODAY)
    site = tmp_path / "built" / "site"
    hits, marked = [], []
    with serving(site) as address:
        page = browser.new_page()
        page.on("dialog", lambda dialog: hits.append(dialog.message))
        for path in sorted(site.rglob("*.html")):
            page.goto(f"{address}/{path.relative_to(site).as_posix()}", wait_until="load")
            for each in page.locator(".md-content a[href^='#']").all()[:5]:
                each.dispatch_event("click")
            if page.evaluate("window.hit"):
                hits.append(path.name)
            script = (
                "[...document.querySelectorAll('*')].some(each => [...each.attributes].some(one =>"
                " /^on/.test(one.name) || (one.name == 'href' && /^javascript:(?!void)/.test(one.value))))"
            )
            if page.evaluate(script):
                marked.append(path.name)
        page.keyboard.press("f")
        page.keyboard.type("window")
        page.wait_for_timeout(800)
        if page.evaluate("window.hit"):
            hits.append("search")
        page.close()
    assert hits == [] and marked == []


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_a_reader_changes_the_language_by_keyboard_and_stays_on_the_page(browser, shipped_site, engine):
    """From a folder, where no server helps: to Spanish, to French, and back, at the same place of the same page."""
    site = shipped_site(PUBLIC, engine) / "site"
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto((site / "programs" / "lantern" / "index.html").as_uri() + "#privacy")
    for language, said, where in (
        ("es", "Datos personales", "es/"),
        ("fr", "Données personnelles", "fr/"),
        ("en", "Personal data", ""),
    ):
        page.locator(".md-header .md-select button").focus()
        assert page.locator(".md-select__inner").is_visible()
        here = page.get_attribute("html", "lang")
        assert page.get_attribute(f".md-select__link[hreflang={here}]", "aria-current") == "true"
        for _ in range(4):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.hreflang") == language:
                break
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.url == (site / where / "programs/lantern/index.html").as_uri() + "#privacy"
        assert page.get_attribute("html", "lang") == language
        assert page.inner_text("#privacy") == said
    page.close()
