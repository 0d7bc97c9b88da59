"""The form for a note in a real browser, on a phone, from a folder without a server: typed, kept, downloaded, ingested."""

import dataclasses
import os
import re
import shutil
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from click.testing import CliRunner

from toolkit.cli.app import cli
from toolkit.cli.pages import extras
from toolkit.load import load
from toolkit.model.settings import Forge
from toolkit.publish.audience import MEMBERS, Audience, Kind
from toolkit.publish.project import project
from toolkit.publish.shop import Shop
from toolkit.publish.site import build, source
from toolkit.workspace import Workspace, shipped

pytestmark = pytest.mark.browser
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: no browser to look with")
ROOT = Path(__file__).resolve().parents[2]
RULE_SETS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAIR = "lantern/2026/ines-tomas"
PAGE = "programs/lantern/2026/pairs/ines-tomas/note.html"
TODAY = "2026-11-09"


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """The shipped program in a folder of its own."""
    root = tmp_path_factory.mktemp("program")
    for name in ("content", "private"):
        shutil.copytree(ROOT / name, root / name)
    (root / "site_config").mkdir()
    shutil.copy(ROOT / "site_config" / "toolkit.yaml", root / "site_config")
    return root


def built(root, target, forge=None):
    """Build the pair's own site, with or without a forge; give the address of the form."""
    records = load(Workspace(root)).records
    records = dataclasses.replace(records, settings=records.settings.model_copy(update={"forge": forge}))
    world = project(records, Audience(Kind.PAIR, PAIR), records.settings.today)
    build(source(world, extras(), Shop.of(root, shipped)), target, "mkdocs", os.environ, records.settings.today)
    return (target / "site" / PAGE).as_uri()


@pytest.fixture(scope="module")
def plain(program, tmp_path_factory):
    return built(program, tmp_path_factory.mktemp("plain") / "site")


@pytest.fixture(scope="module", params=["github", "gitlab"])
def forged(request, program, tmp_path_factory):
    forge = Forge(kind=request.param, url="https://forge.example.org/lantern/records.git", branch="main")
    return request.param, built(program, tmp_path_factory.mktemp(request.param) / "site", forge)


@pytest.fixture
def phone(browser):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, accept_downloads=True)
    yield context
    context.close()


def opened(phone, address):
    page = phone.new_page()
    page.goto(address)
    page.wait_for_selector("#note-form:not([hidden])")
    return page


def fill(page):
    page.fill("[name=date]", TODAY)
    page.fill("[name=start]", "15:00")
    page.fill("[name=minutes]", "45")
    page.select_option("[name=modality]", "virtual")
    page.fill("[name=next]", "2026-11-23")
    page.check("[data-id]:first-of-type >> nth=0")
    page.fill("[name=s-since]", "Two lessons with piles.")
    page.fill("[name=s-goal]", "To read the answers faster.")
    page.fill(
        "[name=s-reality]", "# No heading\n---\n```\n<script>alert(1)</script>\nHe reads at night: it takes an hour."
    )
    page.fill("[name=s-options]", "- Three piles\n- One question less")
    page.fill("[name=s-will]", "Piles first.")
    page.fill("[name=s-next]", "Same hour.")
    page.fill(
        "[name=promises]", "Read the answers in three piles @Tomas 2026-11-16\n* Send two examples @Inês 2026-11-12\n\n"
    )


def downloaded(page):
    with page.expect_download() as waiting:
        page.click("[data-save=file]")
    return waiting.value


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_left_out_of_the_form(browser, forged, scheme):
    package = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page.goto(forged[1])
    page.wait_for_selector("#note-form:not([hidden])")
    page.evaluate((Path(package.__file__).parent / "axe.min.js").read_text("utf-8"))
    result = page.evaluate(f"axe.run(document, {{runOnly: {RULE_SETS}, resultTypes: ['violations']}})")
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in result["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


def test_a_note_is_typed_downloaded_ingested_and_shown(phone, plain, program, tmp_path):
    page = opened(phone, plain)
    fill(page)
    file = downloaded(page)
    assert file.suggested_filename == f"ines-tomas-{TODAY}.md"
    file.save_as(tmp_path / "note.md")

    root = tmp_path / "copy"
    shutil.copytree(program, root)
    asked = ["-C", str(root)]
    result = CliRunner().invoke(
        cli, [*asked, "ingest", str(tmp_path / "note.md"), "--write", "--today", TODAY], standalone_mode=False
    )
    assert (result.exception, result.return_value) == (None, 0), result.output
    folder = root / "content/programs/lantern/2026/pairs/ines-tomas/sessions"
    text = (folder / f"{TODAY}.md").read_text(encoding="utf-8")
    assert text.startswith(f'---\ndate: {TODAY}\nstart: "15:00"\nminutes: 45\nattended: [ines-carvalho, tomas-rojas]\n')
    assert "\n- [x] " in text.partition("## Goal")[0]
    assert "\\# No heading\n\\---\n\\```\n\\<script>" in text
    assert "- [ ] Read the answers in three piles @tomas-rojas due:2026-11-16 id:a" in text
    assert "- [ ] Send two examples @ines-carvalho due:2026-11-12 id:a" in text
    checked = CliRunner().invoke(cli, [*asked, "check", "--today", TODAY, "--format", "concise"], standalone_mode=False)
    assert checked.return_value == 0
    found = [line.split(": ")[1] for line in checked.stdout.splitlines() if f"ines-tomas/sessions/{TODAY}.md" in line]
    assert set(found) <= {"action-overdue"}, "what was open stays open, and is late by now"

    records = load(Workspace(root)).records
    (note,) = [each for each in records.sessions[PAIR] if each.id == TODAY]
    assert [each.title for each in note.sections] == ["Since last time", "Goal", "Reality", "Options", "Will", "Next"]
    shown = page.context.new_page()
    shown.goto(built(root, tmp_path / "again").replace("/note.html", ".html"))
    assert "Read the answers in three piles" in shown.inner_text("article")


def test_a_pair_that_keeps_its_notes_writes_one_on_the_members_site(phone, shipped_site, program, tmp_path):
    """The form is empty and in the pair's language; the id of the new promise is given when the note is taken in."""
    site = shipped_site(MEMBERS) / "site"
    page = opened(phone, (site / "programs/lantern/2026/pairs/julian-lucia/note.html").as_uri())
    assert page.get_attribute("#note-form", "lang") == "es"
    assert page.query_selector("[data-text]") is None
    page.fill("[name=date]", TODAY)
    page.select_option("[name=format]", "free")
    page.fill("[name=s-free]", "Hablamos de la reunión de noviembre.")
    page.fill("[name=promises]", "Enviar el orden del día @Lucía 2026-11-16")
    downloaded(page).save_as(tmp_path / "note.md")
    assert "orden del día @lucia-herrera due:2026-11-16\n" in (tmp_path / "note.md").read_text(encoding="utf-8")

    root = tmp_path / "copy"
    shutil.copytree(program, root)
    words = ["-C", str(root), "ingest", str(tmp_path / "note.md"), "--write", "--today", TODAY]
    result = CliRunner().invoke(cli, words, standalone_mode=False)
    assert (result.exception, result.return_value) == (None, 0), result.output
    used = {
        each.id for note in load(Workspace(ROOT)).records.sessions["lantern/2026/julian-lucia"] for each in note.actions
    }
    note = (root / f"content/programs/lantern/2026/pairs/julian-lucia/sessions/{TODAY}.md").read_text(encoding="utf-8")
    (given,) = re.findall(r"due:2026-11-16 id:(a\d+)$", note, re.M)
    assert given not in used


def test_what_is_typed_is_kept_until_it_is_saved(phone, plain):
    page = opened(phone, plain)
    fill(page)
    page.close()

    page = opened(phone, plain)
    assert page.input_value("[name=s-goal]") == "To read the answers faster."
    assert page.is_checked("[data-id] >> nth=0")
    assert "still here" in page.inner_text("#note-status")
    downloaded(page)
    page.close()

    page = opened(phone, plain)
    assert page.input_value("[name=s-goal]") == ""
    page.fill("[name=s-goal]", "Something else")
    page.click("[data-save=clear]")
    assert page.input_value("[name=s-goal]") == ""
    assert page.evaluate("localStorage.length") == page.evaluate(
        "Object.keys(localStorage).filter(each => !each.startsWith('mentoring-note')).length"
    )


def test_each_format_shows_its_own_sections_in_its_order(phone, plain):
    page = opened(phone, plain)
    titles = "[...document.querySelectorAll('[data-section]:not([hidden]) label')].map(each => each.textContent)"
    page.select_option("[name=format]", "clear")
    assert page.evaluate(titles) == ["Since last time", "Contract", "Listen", "Explore", "Action", "Review", "Next"]
    page.select_option("[name=format]", "free")
    assert page.evaluate(titles) == ["What we talked about"]


def test_a_form_without_a_day_or_people_is_not_saved(phone, plain):
    page = opened(phone, plain)
    for box in page.locator("[name=attended]").all():
        box.uncheck()
    page.click("[data-save=file]")
    assert page.inner_text("#note-status") == "Say who was there."
    page.fill("[name=date]", "")
    page.click("[data-save=file]")
    assert page.evaluate("document.activeElement.name") == "date"


def test_the_forge_gets_the_note_in_a_link(phone, forged):
    kind, address = forged
    page = opened(phone, address)
    fill(page)
    page.evaluate("window.open = (target) => { window.target = target }")
    page.click("[data-save=forge]")

    target = urlsplit(page.evaluate("window.target"))
    fields = parse_qs(target.query, strict_parsing=True)
    name, value = ("filename", "value") if kind == "github" else ("file_name", "content")
    middle = "new" if kind == "github" else "-/new"
    folder = f"content/programs/{PAIR.replace('2026/', '2026/pairs/')}/sessions"
    assert target.path == f"/lantern/records/{middle}/main/{folder}"
    assert fields[name] == [f"{TODAY}.md"]
    assert fields[value][0].startswith(f"---\ndate: {TODAY}\n")
    assert "pair:" not in fields[value][0]
    assert page.evaluate("Object.keys(localStorage).some(each => each.startsWith('mentoring-note'))")

    page.evaluate("window.target = null")
    page.fill("[name=s-goal]", "long " * 1500)
    page.click("[data-save=forge]")
    assert page.evaluate("window.target") is None
    assert "too long" in page.inner_text("#note-status")


def test_an_email_holds_the_note_that_ingest_reads(phone, plain, program, tmp_path):
    page = opened(phone, plain)
    fill(page)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    session = phone.new_cdp_session(page)
    session.send("Page.enable")
    session.on("Page.frameRequestedNavigation", lambda event: asked.append(event["url"]))
    page.click("[data-save=mail]")
    page.wait_for_timeout(300)

    (target,) = {url for url in asked if url.startswith("mailto:")}
    body = parse_qs(urlsplit(target).query, strict_parsing=True)["body"][0]
    (tmp_path / "mail.md").write_bytes(unquote(body).encode("utf-8"))
    result = CliRunner().invoke(
        cli, ["-C", str(program), "ingest", str(tmp_path / "mail.md"), "--today", TODAY], standalone_mode=False
    )
    assert (result.exception, result.return_value) == (None, 0), result.output
