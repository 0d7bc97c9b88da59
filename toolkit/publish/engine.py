"""The site engine as a subprocess on a plain tree of Markdown: MkDocs with Material, or Zensical.

Nothing of the engine is imported; its output is shown only where it fails, in readable form.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from toolkit.errors import ToolkitError

Engine = Literal["mkdocs", "zensical"]
ENGINES: tuple[Engine, ...] = ("mkdocs", "zensical")
TIMEOUT = 1800
_NEEDS = {"mkdocs": ("mkdocs", "material"), "zensical": ("zensical",)}
_EXTRA = {"mkdocs": "site", "zensical": "zensical"}
_COLOR = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_NOISE = re.compile(r"^\s*(?:INFO|DEBUG)\s+-|^\s*$|Documentation built|Cleaning site|Building documentation")


def require(engine: Engine) -> None:
    """Refuse to start where the engine is not installed, with the one line that installs it."""
    missing = [name for name in _NEEDS[engine] if importlib.util.find_spec(name) is None]
    if missing:
        raise ToolkitError(
            f"the site engine {engine} is not installed",
            f'install it: pip install "mentoring-toolkit[{_EXTRA[engine]}]"',
        )


def run(engine: Engine, config: Path, environ: Mapping[str, str], epoch: int) -> None:
    """Build the site that a derived mkdocs.yml describes, into `site/` beside it.

    `epoch` (seconds) is the day that the build carries, so that the same input gives the same bytes. Raises
    ToolkitError with what the engine said, one line a fault, where it fails or warns.
    """
    require(engine)
    # -P keeps the folder of the pages off Python's search path. Never -q: with it, --strict leaves with 0.
    command = [sys.executable, "-P", "-m", engine, "build", "--strict", "-f", str(config)]
    quiet = {**environ, "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1", "SOURCE_DATE_EPOCH": str(epoch)}
    try:
        done = subprocess.run(
            command,
            cwd=config.parent,
            env=quiet,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ToolkitError(f"{engine} did not finish within {TIMEOUT // 60} minutes") from None
    shutil.rmtree(config.parent / ".cache", ignore_errors=True)  # what Zensical remembers is of no use to readers
    if done.returncode != 0 or not (config.parent / "site" / "index.html").is_file():
        said = "\n".join(f"  {line}" for line in readable(done.stderr + "\n" + done.stdout))
        hint = "the site that was there is unchanged; guides and templates are where links and headings come from"
        raise ToolkitError(f"{engine} could not build the site:\n{said}", hint)


def readable(output: str) -> tuple[str, ...]:
    """Keep of an engine's output what says what is wrong: warnings and errors, without colors and chatter."""
    lines = [line.rstrip() for line in _COLOR.sub("", output).splitlines()]
    kept = [line for line in lines if not _NOISE.search(line)]
    return tuple(dict.fromkeys(kept))[:60] or ("it said nothing",)
