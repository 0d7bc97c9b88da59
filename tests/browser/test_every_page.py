"""Every kind of page in both engines: nobody is left out, a keyboard is enough, nothing leads nowhere, nothing is heavy."""

import gzip
import posixpath
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

from toolkit.publish.audience import MEMBERS, PUBLIC, STAFF, Audience, Kind
from toolkit.publish.engine import ENGINES

pytestmark = pytest.mark.browser
OWN = Audience(Kind.PAIR, "lantern/2026/ines-tomas")
RULE_SETS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COHORT = "programs/lantern/2026"
PAIR = f"{COHORT}/pairs/ines-tomas"
TEAMS = "programs/lantern/2026-teams"
KINDS = {
    PUBLIC: [
        *("index.html", "mentor.html", "handbook/index.html", "handbook/agreement.html"),
        *("programs/lantern/index.html", f"{COHORT}/index.html", "people/index.html", "stories.html", "404.html"),
        *("reference/index.html", "reference/settings.html", "reference/commands.html"),
        *("reference/topics.html", "reference/sources.html", "reference/figures.html", "reference/standards.html"),
        *("reference/readability.html", "reference/metrics.html", "resources.html", "print/role-cards.html"),
        *("handbook/reading-the-report.html", "templates.html", "print/agreement.html", "print/survey-benefits.html"),
        *(
            "es/mentor.html",
            "es/handbook/index.html",
            "fr/handbook/agreement.html",
            "fr/instruments.html",
            "fr/reference/metrics.html",
        ),
        "es/measures.html",
    ],
    MEMBERS: [
        *(f"{COHORT}/pairs.html", f"{COHORT}/index.html", "community.html", "programs/lantern/network.html"),
        *(f"{TEAMS}/pairs.html", f"{TEAMS}/pairs/aurora-team.html"),
    ],
    STAFF: [
        *("index.html", "coordinator.html", f"{COHORT}/dashboard.html", "programs/lantern/2027/dashboard.html"),
        *(f"{COHORT}/certificates.html", f"{COHORT}/pairs.html", f"{PAIR}.html", "care.html", "problems.html"),
        *("programs/lantern/2027/matching.html", f"{COHORT}/matching.html", "people/index.html"),
        *(f"{TEAMS}/dashboard.html", f"{TEAMS}/matching.html"),
    ],
    OWN: [f"{PAIR}.html", f"{PAIR}/sheet.html", f"{PAIR}/note.html", "programs/lantern/network.html"],
}
LONG = ["print/handbook.html", "reference/visibility.html", "reference/records.html"]
"""Pages that take long to look at, and are one kind of piece many times over: once is enough."""
LIMIT = 300 * 1024


def violations(page, axe, rules=""):
    page.evaluate(axe)
    runs = f"runOnly: {rules or RULE_SETS}, resultTypes: ['violations']"
    found = page.evaluate(f"axe.run(document, {{{runs}}})")["violations"]
    return {each["id"]: each["nodes"][0]["html"][:200] for each in found}


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("engine", ENGINES)
def test_no_kind_of_page_leaves_anybody_out(browser, axe, served, shipped_site, engine, width):
    """All rules in the light scheme; in the dark one those on contrast, for nothing else changes with it."""
    found, wide = {}, []
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme="light")
    for audience, paths in KINDS.items():
        address = served(shipped_site(audience, engine) / "site")
        for path in paths + (LONG if (audience, engine, width) == (PUBLIC, "mkdocs", 1280) else []):
            page = context.new_page()
            assert page.goto(address + path).ok, path
            found |= {(str(audience), path, rule): node for rule, node in violations(page, axe).items()}
            page.add_style_tag(content="* { transition: none !important }")  # nothing is to fade to its other color
            page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
            page.wait_for_timeout(300)
            dark = violations(page, axe, "['color-contrast', 'link-in-text-block']")
            found |= {(str(audience), path, "dark", rule): node for rule, node in dark.items()}
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append((str(audience), path))
            page.close()
    context.close()
    assert found == {}
    assert wide == [], "these pages are wider than the screen"


# ---- a keyboard is enough ----

REACHABLE = """() => {
  const seen = each => each.checkVisibility({visibilityProperty: true, opacityProperty: true}) && each.getClientRects().length;
  const wanted = 'a[href], button, input:not([type=hidden]), select, textarea, summary';
  return [...document.querySelectorAll(wanted)].filter(each => seen(each) && !each.disabled
    && !each.closest('.md-search__inner, [data-md-component=search] .md-search__output, .md-top, .md-select__inner'))
    .map(each => { each.dataset.wanted = ''; return each.outerHTML.slice(0, 90); });
}"""
WALKED = "document.addEventListener('focusin', each => { each.target.dataset.walked = 'yes' })"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("engine", ENGINES)
def test_tab_reaches_everything_and_the_first_stop_skips_to_the_content(browser, served, shipped_site, engine, width):
    address = served(shipped_site(STAFF, engine) / "site")
    page = browser.new_page(viewport={"width": width, "height": 844})
    for path in (f"{COHORT}/dashboard.html", "handbook/agreement.html", "index.html"):
        page.goto(address + path, wait_until="networkidle")
        page.wait_for_timeout(600)  # until the theme has folded the parts of the menu that are not open
        page.evaluate(WALKED)
        wanted = page.evaluate(REACHABLE)
        page.keyboard.press("Tab")
        if path.startswith("handbook"):
            assert page.evaluate("document.activeElement.classList.contains('md-skip')")
        for _ in range(len(wanted) + 40):
            page.keyboard.press("Tab")
        missed = page.evaluate(
            "[...document.querySelectorAll('[data-wanted]:not([data-walked])')]"
            ".filter(each => each.type !== 'radio').map(each => each.outerHTML.slice(0, 120))"
        )
        assert missed == [], path
    page.close()


@pytest.mark.parametrize("engine", ENGINES)
def test_the_menu_the_scheme_and_the_search_open_by_keyboard_on_a_phone(browser, served, shipped_site, engine):
    page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme="light")
    page.goto(served(shipped_site(PUBLIC, engine) / "site") + "handbook/agreement.html", wait_until="networkidle")
    menu = page.locator("button[for=__drawer]")
    for is_open in (True, False):
        menu.focus()
        page.keyboard.press("Enter")
        page.wait_for_function(f"document.getElementById('__drawer').checked === {str(is_open).lower()}")
    page.locator("[data-md-component=palette] input").first.focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_function("document.body.dataset.mdColorScheme === 'slate'")
    page.close()


@pytest.mark.parametrize("width", [390, 320])
@pytest.mark.parametrize("engine", ENGINES)
def test_the_name_of_the_program_and_the_way_on_stand_whole_on_a_phone(browser, served, shipped_site, engine, width):
    page = browser.new_page(viewport={"width": width, "height": 844})
    for path in ("index.html", "handbook/coaching-managing-sponsoring.html"):
        page.goto(served(shipped_site(PUBLIC, engine) / "site") + path)
        name = page.locator(".md-header__topic .md-ellipsis").first
        assert name.inner_text().strip() == "Lantern Teacher Mentoring"
        cut = "each => each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth"
        assert not name.evaluate(cut), path
        assert page.locator(".md-header").bounding_box()["height"] <= 48
        onward = page.locator(".md-footer__link--next .md-ellipsis")
        assert onward.count() == 0 or not onward.evaluate(cut), path
    assert not page.locator(".md-content .md-tags").is_visible(), "the questions stand at the head of the guide"
    page.close()


def test_a_table_that_is_wider_than_the_phone_scrolls_by_keyboard(browser, served, shipped_site):
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(served(shipped_site(STAFF) / "site") + f"{COHORT}/dashboard.html", wait_until="networkidle")
    page.evaluate("document.querySelectorAll('.md-content details').forEach(each => { each.open = true })")
    page.evaluate("document.dispatchEvent(new Event('toggle'))")
    boxes = page.locator(".md-content .scroll")
    assert boxes.count() > 0
    box = next(each for each in boxes.all() if each.evaluate("each => each.scrollWidth > each.clientWidth"))
    box.scroll_into_view_if_needed()
    page.wait_for_function("box => box.tabIndex === 0", arg=box.element_handle())
    box.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("box => box.scrollLeft > 0", arg=box.element_handle())
    assert box.get_attribute("role") == "region" and box.get_attribute("aria-label")
    page.close()


# ---- nothing leads nowhere ----


class Page(HTMLParser):
    """A page's links, and the names that can be linked to."""

    def __init__(self, text):
        super().__init__()
        self.links, self.names = [], {"__skip"}
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        self.names.update(each for each in (known.get("id"), known.get("name")) if each)
        if tag == "a" and known.get("href"):
            self.links.append(known["href"])


@pytest.mark.engine
@pytest.mark.parametrize("audience", [PUBLIC, MEMBERS, STAFF, OWN], ids=str)
def test_no_page_is_an_orphan_and_every_link_leads_somewhere(shipped_site, audience):
    site = shipped_site(audience) / "site"
    pages = {path.relative_to(site).as_posix(): Page(path.read_text("utf-8")) for path in site.rglob("*.html")}
    dead, ahead, seen = [], ["index.html"], {"index.html"}
    while ahead:
        path = ahead.pop()
        for link in pages[path].links:
            address, _, name = link.partition("#")
            if ":" in address or not link:
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), address)) if address else path
            if target in pages and target not in seen:
                seen.add(target)
                ahead.append(target)
            is_there = target in pages or (site / target).is_file()
            if not is_there or (name and target in pages and unquote(name) not in pages[target].names):
                dead.append((path, link))
    assert dead == []
    lost = {path for path in pages if posixpath.basename(path) == "404.html"}
    assert set(pages) - seen - lost == set(), "no link leads to these pages"


# ---- nothing is heavy ----


def test_the_first_view_of_the_first_page_is_light(browser, served, shipped_site, capsys):
    """Everything that the first view loads, as a host sends it: gzipped; the index of the search with it."""
    heavy = {}
    for engine in ENGINES:
        got, page = {}, browser.new_page(viewport={"width": 390, "height": 844})
        page.on("response", lambda answer, got=got: got.setdefault(answer.url, answer))
        page.goto(served(shipped_site(PUBLIC, engine) / "site"), wait_until="networkidle")
        sizes = {url: len(gzip.compress(answer.body(), 6)) for url, answer in got.items() if answer.ok}
        index = sum(size for url, size in sizes.items() if url.endswith(("search_index.json", "search.json")))
        heavy[engine] = (sum(sizes.values()) - index, index)
        unsized = page.evaluate(
            "[...document.images].filter(each => !each.getAttribute('width') && !each.closest('.md-logo')).length"
        )
        assert unsized == 0
        page.close()
    with capsys.disabled():
        print(f"\nfirst view, gzipped, without and of the search index: {heavy}")
    assert sum(heavy["mkdocs"]) <= LIMIT
