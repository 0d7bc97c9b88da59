"""A long list on a page of staff: a coordinator narrows it by typing, and puts it in another order."""

import pytest

from toolkit.publish.audience import STAFF

pytestmark = pytest.mark.browser
PAIRS = "programs/lantern/2026/pairs.html"
ROWS = ".grid-table.wide > tbody > tr:visible"


@pytest.fixture(params=[1280, 390])
def staff(request, browser, served, shipped_site):
    page = browser.new_page(viewport={"width": request.param, "height": 844})
    page.at = lambda path: page.goto(served(shipped_site(STAFF) / "site") + path, wait_until="networkidle")
    yield page
    page.close()


def test_the_pairs_are_narrowed_by_what_is_typed_without_accents(staff):
    staff.at(PAIRS)
    staff.get_by_label("Find in this list").fill("joao")
    assert staff.locator(ROWS).count() == 1
    assert "João Pires" in staff.locator(ROWS).inner_text()
    assert staff.locator("[data-narrows] [role=status]").inner_text() == "1 of 10"
    staff.get_by_label("Find in this list").fill("")
    assert staff.locator(ROWS).count() == 10


def test_the_people_are_narrowed_by_every_word(staff):
    staff.at("people/index.html")
    every = staff.locator(".people > li:visible").count()
    staff.get_by_label("Find in this list").fill("nairobi mentee")
    shown = staff.locator(".people > li:visible")
    assert 0 < shown.count() < every
    assert all("nairobi" in card.lower() and "mentee" in card.lower() for card in shown.all_inner_texts())


def test_a_column_orders_the_pairs_by_day_and_by_number(browser, served, shipped_site):
    page = browser.new_page(viewport={"width": 1280, "height": 844})
    page.goto(served(shipped_site(STAFF) / "site") + PAIRS, wait_until="networkidle")
    days = "[...document.querySelectorAll('td[data-name=\"Last met\"] time')].map(each => each.dateTime)"
    counts = "[...document.querySelectorAll('td[data-name=Meetings]')].map(each => Number(each.textContent))"
    for name, read in (("Last met", days), ("Meetings", counts)):
        for way in ("ascending", "descending"):
            page.get_by_role("button", name=name).click()
            assert page.locator(f"th[aria-sort={way}]").inner_text().strip() == name
            found = page.evaluate(read)
            assert found == sorted(found, reverse=way == "descending") and len(set(found)) > 1
    page.close()
