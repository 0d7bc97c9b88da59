"""How findings are written: for people, for scripts, and for the forges that show them beside a change."""

from collections.abc import Callable

from toolkit.diagnostics import Diagnostic
from toolkit.formats.forge import github, gitlab, sarif
from toolkit.formats.text import concise, full, summary
from toolkit.formats.values import as_json

Format = Callable[[tuple[Diagnostic, ...]], str]

FORMATS: dict[str, Format] = {
    "full": full,
    "concise": concise,
    "json": as_json,
    "github": github,
    "gitlab": gitlab,
    "sarif": sarif,
}
"""Name of a format to the function that writes findings in it; each gives a text that ends without a line break."""

__all__ = ["FORMATS", "Format", "summary"]
