"""What the tests share: golden files, and the folder of real records where there is one."""

import os
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


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


@pytest.fixture
def realdata():
    """The folder of real programs' records, for tests only; without it the test is skipped."""
    folder = os.environ.get("MENTORING_REALDATA")
    if not folder:
        pytest.skip("MENTORING_REALDATA is not set: no real records to read")
    return Path(folder)
