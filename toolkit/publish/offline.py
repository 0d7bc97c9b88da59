"""Search without a server: a browser that opened a folder may not fetch the index, but it may run it as a script."""

from __future__ import annotations

from pathlib import Path

# Where each engine keeps its index, and the script that its pages ask for when they were opened from a folder.
_INDEXES = {"search/search_index.json": "search/search_index.js", "search.json": "search.js"}


def embed(site: Path) -> None:
    """Put beside the search index of a built site the same index as a script; the pages in a language have their own."""
    for folder in (site, *sorted(each for each in site.iterdir() if each.is_dir())):
        for index, script in _INDEXES.items():
            if (folder / index).is_file():
                found = (folder / index).read_text("utf-8")
                (folder / script).write_text(f"var __index = {found}", "utf-8")
