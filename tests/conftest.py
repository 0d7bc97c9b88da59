"""What the tests share: golden files, and the folder of real records where there is one."""

import dataclasses
import os
import signal
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden"


def pytest_configure():
    """Hear Ctrl-C, which a process that was started in the background ignores, and with it all that it starts."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@pytest.fixture
def golden(request):
    """Compare a text with a file below tests/golden/, or write that file where it is asked for."""

    def compare(name, text):
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"{path} is missing: pytest --update-golden writes it"
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture(scope="session")
def shipped_site(tmp_path_factory):
    """The shipped program's built sites, each made once: the public's in all its languages, another audience's in one."""
    from toolkit.cli.pages import extras
    from toolkit.load import load
    from toolkit.publish.audience import PUBLIC
    from toolkit.publish.project import project
    from toolkit.publish.shop import Shop
    from toolkit.publish.site import build, source
    from toolkit.rules import RULES, check
    from toolkit.workspace import Workspace, shipped

    top, loaded = tmp_path_factory.mktemp("sites"), load(Workspace(ROOT))
    settings = loaded.records.settings
    plain = dataclasses.replace(loaded.records, settings=settings.model_copy(update={"languages": ()}))

    def site(audience, engine="mkdocs"):
        folder = top / engine / audience.folder
        if not folder.is_dir():
            pytest.importorskip(engine)
            records = loaded.records if audience == PUBLIC else plain
            world = project(records, audience, settings.today, check(loaded, RULES, settings.today))
            build(source(world, extras(), Shop.of(ROOT, shipped)), folder, engine, os.environ, settings.today)
        return folder

    return site


@pytest.fixture
def realdata():
    """The folder of real programs' records, for tests only; without it the test is skipped."""
    folder = os.environ.get("MENTORING_REALDATA")
    if not folder:
        pytest.skip("MENTORING_REALDATA is not set: no real records to read")
    return Path(folder)
