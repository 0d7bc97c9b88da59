"""`mentoring serve`: show a site in the browser and build it again as its records, texts or templates change."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, Any

import click

from toolkit.cli.build import Ready, prepare, publish
from toolkit.cli.common import engine_option, say, today_option, workspace_of
from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.publish.engine import Engine
    from toolkit.workspace import Workspace

Snapshot = dict[str, tuple[int, int]]
WATCHED = ("content", "private", "site_config", "templates", "mkdocs.yml")
POLL_SECONDS = 0.5
STAMP = "/.built"
_RELOAD = (
    b"<script>(function(){var seen;setInterval(function(){fetch('/.built',{cache:'no-store'}).then(function(r)"
    b"{return r.text()}).then(function(t){if(seen&&seen!==t)location.reload();seen=t}).catch(function(){})},1000)})()"
    b"</script></body>"
)


@click.command()
@click.option("--audience", default="public", show_default=True, metavar="WHO", help="Whose site is shown.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 for any free one."
)
@engine_option
@today_option
@click.pass_context
def serve(ctx: click.Context, audience: str, port: int, engine: Engine, today: str | None) -> int:
    """Show the site in a browser and build it again as records change.

    The site is at 127.0.0.1, where nobody else on the network sees it; Ctrl-C ends it. A broken record keeps the last
    good site, and the finding is printed.

    \b
    Example:
      mentoring serve
      mentoring serve --audience staff --port 8001
    """
    from toolkit.load import load_settings
    from toolkit.publish.audience import parse
    from toolkit.publish.engine import require

    require(engine)
    workspace: Workspace = workspace_of(ctx)
    load_settings(workspace)
    state, seen = State(), snapshot(workspace)
    ready = _attempt(workspace, audience, engine, today, state)
    if ready is None:
        return 1
    folder = workspace.build / parse(audience, ready.loaded.records.pairs).folder / "site"
    with _listen(folder, port, state) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        click.echo(f"http://127.0.0.1:{server.server_address[1]}/")
        say("watching content/, private/, site_config/, templates/ and mkdocs.yml; Ctrl-C ends it")
        try:
            watch(workspace, seen, partial(_attempt, workspace, audience, engine, today, state))
        except KeyboardInterrupt:
            say("stopped")
        finally:
            server.shutdown()
    return 130


class State:
    """Counts the builds, so that an open page knows when to load itself again."""

    def __init__(self) -> None:
        self.builds = 0


def _attempt(workspace: Workspace, audience: str, engine: Engine, today: str | None, state: State) -> Ready | None:
    """Build once and say what came of it; None where the last good site stays."""
    begun = time.monotonic()
    try:
        ready = prepare(workspace, today)
        if not ready.passes:
            from toolkit.formats import FORMATS

            say(FORMATS["full"](ready.errors))
            say(ready.refusal)
            return None
        where, *others = publish(workspace, ready, audience, engine)
    except ToolkitError as error:
        say(f"mentoring: {error.message}" + (f"\n  help: {error.hint}" if error.hint else ""))
        return None
    state.builds += 1
    more = f" in {len(others) + 1} languages" if others else ""
    say(f"built {where}{more} in {time.monotonic() - begun:.1f} s")
    return ready


def watch(workspace: Workspace, before: Snapshot, act: Callable[[], object]) -> None:
    """Call `act` whenever a watched file is not as it was `before`, which was taken before the last build began."""
    while True:
        time.sleep(POLL_SECONDS)
        now = snapshot(workspace)
        if now != before:
            changed = sorted(path for path, _ in set(now.items()) ^ set(before.items()))
            more = f" and {len(set(changed)) - 1} more" if len(set(changed)) > 1 else ""
            say(f"changed: {changed[0]}{more}")
            before = now
            act()


def snapshot(workspace: Workspace) -> Snapshot:
    """The time and size of every watched file, by its path."""
    found = {}
    for name in WATCHED:
        top = workspace.root / name
        for path in (top,) if top.is_file() else top.rglob("*"):
            name_in = path.relative_to(workspace.root)
            if any(part.startswith(".") for part in name_in.parts):
                continue
            with suppress(OSError):  # editors replace files, so one may be gone by now
                stat = path.stat()
                if S_ISREG(stat.st_mode):
                    found[name_in.as_posix()] = (stat.st_mtime_ns, stat.st_size)
    return found


def _listen(folder: Path, port: int, state: State) -> ThreadingHTTPServer:
    handler = partial(Handler, directory=str(folder), state=state)
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        raise ToolkitError(f"port {port} cannot be used: {error.strerror}", "name another one: --port 8001") from None


class Handler(SimpleHTTPRequestHandler):
    """Serves the site's files, without a log, and lets an open page load itself again after a build."""

    def __init__(self, *args: Any, state: State, **kwargs: Any) -> None:
        self._state = state
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        """Answer with a file; a page gets the few lines that reload it."""
        if self.path == STAMP:
            return self._answer(str(self._state.builds).encode(), "text/plain")
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if path.is_dir() and self.path.endswith("/") else path
        if page.suffix == ".html":
            found = page if page.is_file() else self._lost(page)
            if found.is_file():
                body = found.read_bytes().replace(b"</body>", _RELOAD)
                return self._answer(body, "text/html; charset=utf-8", 200 if found == page else 404)
        return super().do_GET()

    def _lost(self, page: Path) -> Path:
        """The page for lost readers, of the language in whose folder they are."""
        top = Path(self.directory)
        first = top.joinpath(*page.relative_to(top).parts[:1]) if page.is_relative_to(top) else top
        return next((each for each in (first / "404.html", top / "404.html") if each.is_file()), top / "404.html")

    def _answer(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the terminal belongs to the builds."""
