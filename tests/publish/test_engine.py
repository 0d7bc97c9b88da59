"""The engine gets a plain tree and a configuration of ours; a failed build leaves the old site where it is."""

import dataclasses
import html
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from toolkit.cli.pages import extras
from toolkit.errors import ToolkitError
from toolkit.load import load
from toolkit.publish import engine as engines
from toolkit.publish.audience import MEMBERS, PUBLIC, Audience, Kind
from toolkit.publish.config import CONFIG, derived, load_config, pick
from toolkit.publish.engine import ENGINES, readable
from toolkit.publish.project import project
from toolkit.publish.shop import Shop
from toolkit.publish.site import Source, build, requests, source
from toolkit.publish.tree import gather, replace, write
from toolkit.workspace import Workspace, shipped

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-c", "from toolkit.cli import main; main()"]


# ---- configuration ----


def config_of(tmp_path, text):
    path = tmp_path / CONFIG
    path.write_text(text, encoding="utf-8")
    return load_config(path)


def text_of(config):
    return derived(config, "Title", [{"Home": "index.md"}], "/x/*", {"audience": "public"}, ["index.md"])


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("hooks:\n  - evil.py\n", "`hooks`"),
        ("plugins:\n  - search\n  - exec\n", "`plugins`"),
        ("docs_dir: /etc\n", "`docs_dir`"),
        ("repo_url: https://example.org/x\n", "`repo_url`"),
        ("theme:\n  name: material\n  custom_dir: evil\n", "`theme.custom_dir`"),
        ("theme:\n  name: mkdocs\n", "`theme.name`"),
        ("theme:\n  font: {text: Roboto}\n", "`theme.font`"),
        ("theme:\n  logo: https://example.org/x.png\n", "`theme.logo`"),
        ("theme:\n  logo: ../../secret.svg\n", "`theme.logo`"),
        ("theme:\n  icon: {repo: ../../x}\n", "`theme.icon`"),
        ("theme:\n  palette: {scheme: '<script>'}\n", "`theme.palette`"),
        ("theme:\n  features: ['<b>']\n", "`theme.features`"),
        ("extra:\n  analytics: {provider: google, property: x}\n", "`extra.analytics`"),
        ("extra:\n  polyfills: [https://example.org/x.js]\n", "`extra.polyfills`"),
        ("extra:\n  homepage: 'javascript:alert(1)'\n", "`extra.homepage`"),
        ("extra_css: [https://example.org/x.css]\n", "`extra_css`"),
        ("extra_javascript: [//example.org/x.js]\n", "`extra_javascript`"),
        ("extra_javascript:\n  - {path: x.js, async: true}\n", "`extra_javascript`"),
        ("markdown_extensions: [pymdownx.snippets]\n", "`pymdownx.snippets`"),
        ("markdown_extensions:\n  - toc: {slugify: evil}\n", "`slugify`"),
        ("nav:\n  - X: 'javascript:alert(1)'\n", "`nav`"),
        ("site_url: nonsense\n", "`site_url`"),
    ],
)
def test_what_runs_programs_or_makes_requests_does_not_reach_the_engine(tmp_path, text, named):
    config = config_of(tmp_path, text)
    assert any(named in note for note in config.notes), config.notes
    assert text_of(config) == text_of(pick({}))


def test_a_tag_in_the_configuration_is_refused_and_never_run(tmp_path):
    marker = tmp_path / "ran"
    text = f"site_name: x\ntheme: !!python/object/apply:os.system ['touch {marker}']\n"
    with pytest.raises(ToolkitError, match=r"mkdocs.yml:2:"):
        config_of(tmp_path, text)
    assert not marker.exists()


def test_what_is_on_the_list_reaches_the_engine(tmp_path):
    config = config_of(
        tmp_path,
        "site_name: Ours & more\nsite_url: https://example.org/m/\n"
        "theme:\n  palette: {scheme: slate, primary: teal}\n  features: [navigation.tabs]\n  icon: {logo: material/lamp}\n"
        "extra_css: [stylesheets/own.css]\nextra:\n  social: [{icon: x/y, link: 'https://example.org'}]\n"
        "nav:\n  - Gone: gone.md\n  - School: https://example.org/\n"
        "markdown_extensions:\n  - toc: {permalink: true, toc_depth: 3}\n  - pymdownx.smartsymbols\n",
    )
    assert config.notes == ()
    text = text_of(config)
    assert '"palette": {' in text and '"primary": "teal"' in text and '"stylesheets/own.css"' in text
    assert '"permalink": true' in text and '"toc_depth": 3' in text and "pymdownx.smartsymbols" in text
    assert "School" in text and "gone.md" not in text


def test_the_derived_configuration_calls_two_known_functions_and_has_one_plugin(tmp_path):
    text = text_of(load_config(ROOT / CONFIG))
    assert sorted(re.findall(r"!!python/name:(\S+)", text)) == [
        "material.extensions.emoji.to_svg",
        "material.extensions.emoji.twemoji",
    ]
    assert '"plugins": {\n    "search": {}\n  }' in text
    assert '"font": false' in text and "repo_url" not in text and "hooks" not in text
    assert '"anchors": "warn"' in text


def test_the_shipped_configuration_is_used_whole():
    assert load_config(ROOT / CONFIG).notes == ()


def test_theme_templates_of_a_program_are_not_used_and_that_is_said(tmp_path):
    (tmp_path / "site_config" / "overrides").mkdir(parents=True)
    (tmp_path / "site_config" / "overrides" / "main.html").write_text("{{ evil() }}", encoding="utf-8")
    shop = Shop.of(tmp_path, shipped)
    assert shop.overrides == shipped("site_config") / "overrides"
    assert "site_config/overrides is not used" in shop.notes()[0]
    assert Shop.of(ROOT, shipped).notes() == ()


# ---- trees ----


@pytest.mark.parametrize("name", ["../x.md", "/etc/x.md", "a/../../x.md", ""])
def test_no_page_is_written_outside_the_site(tmp_path, name):
    with pytest.raises(ToolkitError, match="outside the site"):
        write({name: "x"}, tmp_path / "docs")
    assert list(tmp_path.rglob("*.md")) == []


def test_links_are_not_followed(tmp_path):
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key.css").write_text("x", encoding="utf-8")
    look = tmp_path / "look"
    look.mkdir()
    (look / "own.css").write_text("y", encoding="utf-8")
    (look / "one.css").symlink_to(tmp_path / "secret" / "key.css")
    (look / "all").symlink_to(tmp_path / "secret")
    assert gather(look, (".css",)) == {"own.css": b"y"}


def test_a_failed_build_leaves_what_was_there(tmp_path):
    target = tmp_path / "site"
    replace(target, lambda folder: write({"a.txt": "old", "b.txt": "old"}, folder))

    def fail(folder):
        write({"a.txt": "new"}, folder)
        raise ToolkitError("no")

    with pytest.raises(ToolkitError):
        replace(target, fail)
    assert {path.name: path.read_text() for path in target.iterdir()} == {"a.txt": "old", "b.txt": "old"}
    replace(target, lambda folder: write({"a.txt": "new"}, folder))
    assert [path.name for path in target.iterdir()] == ["a.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


LOADS = [
    '<script src="https://x.org/a.js"></script>',
    "<img alt=x src='//x.org/a.png'>",
    '<link href="https://x.org/a.css" rel="stylesheet">',
    '<link rel="preconnect" href="https://x.org">',
    "<style>@import url(https://x.org/a.css)</style>",
    "<p style=\"background:url('https://x.org/a.png')\">",
    '<img srcset="https://x.org/a.png 2x">',
    '<video poster="https://x.org/a.png">',
    '<iframe loading="lazy" src=https://x.org></iframe>',
]


@pytest.mark.parametrize("text", LOADS)
def test_whatever_would_load_from_elsewhere_is_found(tmp_path, text):
    write({"a/b.html": text, "c.html": "<p>x"}, tmp_path)
    assert requests(tmp_path) == ("a/b.html",)


def test_a_link_that_people_click_loads_nothing(tmp_path):
    text = '<a href="https://x.org/">x</a><link rel="canonical" href="https://x.org/"><img src="a.png">'
    write({"a.html": text}, tmp_path)
    assert requests(tmp_path) == ()


# ---- the engines ----


def test_an_engine_that_is_missing_is_named_with_the_line_that_installs_it(monkeypatch):
    monkeypatch.setattr(engines.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ToolkitError, match="mkdocs is not installed") as caught:
        engines.require("mkdocs")
    assert 'pip install "mentoring-toolkit[site]"' in caught.value.hint


def test_an_engines_words_are_made_readable():
    said = "INFO    -  Cleaning site\n\x1b[33mWARNING\x1b[0m -  Doc file 'a.md' links to 'b.md'\n\nAborted with 1 warnings\n"
    assert readable(said) == ("WARNING -  Doc file 'a.md' links to 'b.md'", "Aborted with 1 warnings")


@pytest.fixture(scope="module")
def demo():
    """The shipped program with a site in one language."""
    records = load(Workspace(ROOT)).records
    return dataclasses.replace(records, settings=records.settings.model_copy(update={"languages": ()}))


@pytest.fixture
def built(shipped_site):
    return shipped_site


def html_of(folder):
    return {path.relative_to(folder / "site").as_posix(): path for path in (folder / "site").rglob("*.html")}


@pytest.mark.engine
@pytest.mark.parametrize("engine", ENGINES)
def test_the_shipped_program_builds_strictly_and_asks_nobody_else_for_anything(built, engine):
    folder = built(PUBLIC, engine)
    assert requests(folder / "site") == ()
    assert (folder / "site" / "404.html").read_text().count("This page is not here") == 1
    assert not (folder / ".cache").exists()
    for path in html_of(folder).values():
        assert "fonts.g" not in path.read_text() and "api.github" not in path.read_text()


@pytest.mark.engine
@pytest.mark.parametrize("audience", ["public", "pair"])
def test_both_engines_make_the_same_pages(built, demo, audience):
    who = PUBLIC if audience == "public" else Audience(Kind.PAIR, demo.settings.sample_pair)
    assert set(html_of(built(who, "mkdocs"))) == set(html_of(built(who, "zensical")))


@pytest.mark.engine
@pytest.mark.parametrize("engine", ENGINES)
def test_notes_are_out_of_the_search_and_no_page_but_the_public_wants_to_be_found(built, demo, engine):
    who = Audience(Kind.PAIR, demo.settings.sample_pair)
    pages = html_of(built(who, engine))
    note = demo.sessions[who.pair][-1].sections[0].text.split(".")[0]
    where = [path for path, file in pages.items() if note in file.read_text("utf-8")]
    assert where == [f"programs/{who.pair.rpartition('/')[0]}/pairs/{who.pair.rpartition('/')[2]}.html"]
    index = list((built(who, engine) / "site").rglob("search*.json"))
    assert index and note not in index[0].read_text("utf-8") and "mentor" in index[0].read_text("utf-8")
    assert all('content="noindex' in file.read_text("utf-8") for file in pages.values())
    assert 'content="noindex' not in html_of(built(PUBLIC, engine))["index.html"].read_text("utf-8")


@pytest.mark.engine
def test_the_same_input_gives_the_same_bytes(built, demo, tmp_path):
    first = built(MEMBERS, "mkdocs")
    world = project(demo, MEMBERS, demo.settings.today)
    build(
        source(world, extras(), Shop.of(ROOT, shipped)), tmp_path / "again", "mkdocs", os.environ, demo.settings.today
    )
    one, two = (
        {path.relative_to(top): path.read_bytes() for path in top.rglob("*") if path.is_file()}
        for top in (first, tmp_path / "again")
    )
    assert set(one) == set(two)
    assert [path for path in one if one[path] != two[path]] == []


@pytest.mark.engine
@pytest.mark.parametrize("engine", ENGINES)
def test_a_title_shows_as_it_was_written(demo, tmp_path, engine):
    pytest.importorskip(engine)
    world = project(demo, PUBLIC, demo.settings.today)
    made = source(dataclasses.replace(world, title="Reading & <b>Writing</b>"), extras(), Shop.of(ROOT, shipped))
    page = made.files["docs/handbook/goals.md"].replace("Goals that work", "Goals &amp; &lt;i&gt;steps")
    files = {**made.files, "docs/handbook/goals.md": page}
    build(Source(files, ()), tmp_path / "built", engine, os.environ, demo.settings.today)
    text = (tmp_path / "built" / "site" / "handbook" / "goals.html").read_text("utf-8")
    title = re.search("<title>(.*)</title>", text).group(1)
    assert html.unescape(title) == "Goals & <i>steps - Reading & <b>Writing</b>"
    assert "&amp;amp;" not in text and "<i>steps" not in text and "<b>Writing" not in text


@pytest.mark.engine
def test_a_broken_link_in_a_guide_is_said_and_the_old_site_stays(built, demo, tmp_path):
    target = tmp_path / "public"
    shutil.copytree(built(PUBLIC, "mkdocs"), target)
    made = source(project(demo, PUBLIC, demo.settings.today), extras(), Shop.of(ROOT, shipped))
    broken = made.files["docs/handbook/goals.md"] + "\n[gone](gone.md) [place](../reference/records.md#nowhere)\n"
    before = (target / "site" / "index.html").read_bytes()
    with pytest.raises(ToolkitError) as caught:
        files = {**made.files, "docs/handbook/goals.md": broken}
        build(Source(files, ()), target, "mkdocs", os.environ, demo.settings.today)
    assert "gone.md" in caught.value.message and "nowhere" in caught.value.message
    assert "INFO" not in caught.value.message and "Traceback" not in caught.value.message
    assert (target / "site" / "index.html").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


@pytest.mark.engine
def test_a_style_that_loads_from_elsewhere_stops_the_build(demo, tmp_path):
    made = source(project(demo, PUBLIC, demo.settings.today), extras(), Shop.of(ROOT, shipped))
    style = made.files["docs/stylesheets/site.css"] + b"@import url(https://example.org/font.css);"
    with pytest.raises(ToolkitError, match=r"stylesheets/site\.css"):
        build(
            Source({**made.files, "docs/stylesheets/site.css": style}, ()),
            tmp_path / "x",
            "mkdocs",
            os.environ,
            demo.settings.today,
        )
    assert not (tmp_path / "x").exists()


# ---- the commands ----


@pytest.fixture
def program(tmp_path):
    for name in ("content", "private", "site_config"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def run(program, *arguments):
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=program,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


@pytest.mark.engine
def test_build_says_where_the_site_is_and_what_was_not_used(program):
    (program / "mkdocs.yml").write_text("hooks: [evil.py]\nplugins: [exec]\n", encoding="utf-8")
    (program / "evil.py").write_text("raise SystemExit(7)", encoding="utf-8")
    done = run(program, "build")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [f"build/public/site/{room}index.html" for room in ("", "es/", "fr/")]
    assert "`hooks` is not used" in done.stderr and "`plugins` is not used" in done.stderr
    assert "next: mentoring serve" in done.stderr
    assert sorted(path.name for path in (program / "build").iterdir()) == ["public"]


def test_build_stops_at_an_error_in_the_records(program):
    person = sorted((program / "content" / "people").iterdir())[0]
    person.write_text(person.read_text("utf-8") + "nonsense: 1\n", encoding="utf-8")
    done = run(program, "build")
    assert done.returncode == 1
    assert "1 error stops the build" in done.stderr and "next: mentoring check" in done.stderr
    assert "Traceback" not in done.stderr and not (program / "build").exists()


@pytest.mark.parametrize("audience", ["nobody", "pair:", "pair:lantern/2026/nobody", "safeguarding"])
def test_build_refuses_an_audience_that_does_not_exist(program, audience):
    done = run(program, "build", "--audience", audience)
    assert done.returncode == 2 and done.stderr.startswith("mentoring: ") and "Traceback" not in done.stderr


@pytest.mark.engine
def test_serve_shows_the_site_builds_it_again_and_ends_quietly(program):
    errors, path = program / "said.txt", program / "site_config" / "toolkit.yaml"
    with errors.open("w") as said:
        running = subprocess.Popen(
            [*COMMAND, "serve", "--port", "0"],
            cwd=program,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
        )
        try:
            address = running.stdout.readline().strip()
            assert address.startswith("http://127.0.0.1:")
            assert "Lantern Teacher Mentoring" in fetch(address)
            assert "¿Quién eres?" in fetch(f"{address}es/index.html")
            assert "Cette page n’est pas ici" in fetch(f"{address}fr/nowhere.html")
            path.write_text(
                path.read_text("utf-8").replace("title: Lantern Teacher Mentoring", "title: Harbor"), "utf-8"
            )
            wait_for(lambda: "<h1>Harbor</h1>" in fetch(address))
            person = sorted((program / "content" / "people").iterdir())[0]
            person.write_text(person.read_text("utf-8") + "nonsense: 1\n", encoding="utf-8")
            wait_for(lambda: "unknown-field" in errors.read_text("utf-8"))
            assert "<h1>Harbor</h1>" in fetch(address)
            running.send_signal(signal.SIGINT)
            assert running.wait(timeout=20) == 130
        finally:
            running.kill()
            running.wait(timeout=20)
            running.stdout.close()
    assert "Traceback" not in errors.read_text("utf-8")


def fetch(address):
    """A page as it is served; nothing in the moment in which one site takes the place of the other."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.read().decode("utf-8")
    except urllib.error.HTTPError as error:
        with error:
            return error.read().decode("utf-8")


def wait_for(condition, seconds=40):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.3)
    raise AssertionError("it did not happen in time")


@pytest.mark.engine
@pytest.mark.parametrize("engine", ENGINES)
def test_a_lost_reader_stays_in_the_language_where_the_site_has_no_address(shipped_site, engine):
    """What the page loads, where its text and menu lead and where it searches lies in the folder of the language, and is there."""
    site = shipped_site(PUBLIC, engine) / "site"
    for room in ("", "es/", "fr/"):
        text = (site / room / "404.html").read_text("utf-8")
        loaded = re.findall(r'(?:href|src)="?(/[^">\s#]+\.(?:css|js|svg))', text)
        ways = re.findall(r'href="?(/[^">\s#]+)', text)
        assert len(loaded) > 4 and len(ways) > 40
        assert [each for each in (*loaded, *ways) if not (site / each.lstrip("/")).is_file()] == []
        others = {f"/{other}index.html" for other in ("", "es/", "fr/")}
        assert {each for each in (*loaded, *ways) if not each.startswith(f"/{room}")} <= others
        assert re.search(rf'"base": ?"/{room.rstrip("/")}"', text), room
