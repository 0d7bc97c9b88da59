"""A new mentor finds an answer: within two clicks from the first page, and among the first three that the search gives."""

from pathlib import Path

import pytest
import yaml

from toolkit.publish.audience import PUBLIC
from toolkit.publish.engine import ENGINES

pytestmark = pytest.mark.browser
QUESTIONS = yaml.safe_load((Path(__file__).parent / "questions.yaml").read_text("utf-8"))


@pytest.fixture
def phone(browser):
    page = browser.new_page(viewport={"width": 390, "height": 844})
    yield page
    page.close()


def test_there_are_twelve_questions_and_each_is_two_clicks_away_at_most():
    assert len(QUESTIONS) >= 12
    assert all(len(each["clicks"]) <= 2 for each in QUESTIONS)


def test_each_question_is_answered_within_two_clicks(phone, served, shipped_site):
    home = served(shipped_site(PUBLIC) / "site")
    for each in QUESTIONS:
        phone.goto(home + "index.html")
        for text in each["clicks"]:
            phone.locator(".md-content").get_by_role("link", name=text, exact=True).first.click()
        phone.wait_for_url(f"**/{each['page']}*")
        assert each["says"].casefold() in phone.inner_text(".md-content").casefold(), each["question"]
        anchor = phone.url.partition("#")[2]
        assert anchor and phone.locator(f"[id='{anchor}']").is_visible(), each["question"]


@pytest.mark.parametrize("room", ["", "es/", "fr/"])
def test_the_first_two_screens_of_a_phone_show_questions_and_the_first_guide(phone, served, shipped_site, room):
    phone.goto(served(shipped_site(PUBLIC) / "site") + f"{room}mentor.html")
    place = "document.querySelector({!r}).getBoundingClientRect().bottom + scrollY"
    assert phone.evaluate(place.format(".asked-list li")) < 844
    assert phone.evaluate(place.format("#read + .cards .card-title")) < 2 * 844
    folded = phone.locator("details.fold .asked-list a")
    assert folded.count() >= 10 and not folded.first.is_visible()
    phone.locator("details.fold summary").click()
    folded.first.wait_for()


LINKS = "[...document.querySelectorAll('.md-search-result__item')].map(each => each.querySelector('a').href)"


def found(page, text):
    """The first three pages that the search gives."""
    page.fill(".md-search__input", "")
    page.dispatch_event(".md-search__input", "keyup")
    page.wait_for_function("!document.querySelector('.md-search-result__item')")
    page.fill(".md-search__input", text)
    page.dispatch_event(".md-search__input", "keyup")
    before, links = None, []
    for _ in range(60):  # the theme draws its results in pieces: they are there once they stay as they are
        page.wait_for_timeout(300)
        before, links = links, page.evaluate(LINKS)
        if links and links == before:
            break
    pages = dict.fromkeys(each.partition("?")[0].partition("#")[0] for each in links)
    return [each.partition("/site/")[2] or each.split("/", 3)[3] for each in pages][:3]


@pytest.mark.parametrize("served_by", ["host", "folder"])
def test_the_search_answers_each_question_among_its_first_three(browser, served, shipped_site, served_by):
    """On a host, and from a folder that was opened without one."""
    site = shipped_site(PUBLIC) / "site"
    page = browser.new_page(viewport={"width": 1280, "height": 844})
    page.goto(served(site) + "index.html" if served_by == "host" else (site / "index.html").as_uri())
    page.wait_for_selector(".md-search__input")
    page.click(".md-search__input")
    missed = {}
    for each in QUESTIONS:
        first = found(page, each["search"])
        if each["page"] not in first:
            missed[each["search"]] = first
    page.close()
    assert missed == {}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_site_that_is_opened_from_a_folder_can_be_searched(browser, shipped_site, engine):
    page = browser.new_page(viewport={"width": 1280, "height": 844})
    failed = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto((shipped_site(PUBLIC, engine) / "site" / "index.html").as_uri())
    if engine == "zensical":
        page.click(".md-search__button")
        page.wait_for_timeout(500)
        page.keyboard.type("silent")
        page.get_by_text("When one of you has gone silent").first.wait_for(timeout=20_000)
    else:
        page.click(".md-search__input")
        page.keyboard.type("silent")
        page.locator(".md-search-result__item a[href*='handbook/ending-well.html']").first.wait_for(timeout=20_000)
    page.close()
    assert failed == []


def test_the_search_of_each_language_works_from_a_folder(browser, shipped_site):
    for room, word in (("es", "acuerdo"), ("fr", "accord")):
        page = browser.new_page(viewport={"width": 1280, "height": 844})
        page.goto((shipped_site(PUBLIC) / "site" / room / "index.html").as_uri())
        page.click(".md-search__input")
        page.keyboard.type(word)
        page.locator(".md-search-result__item").first.wait_for(timeout=20_000)
        page.close()
