"""How far long work has come, told to whoever watches: what is being done, how much of it, and of how much (0: unknown)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Tell: TypeAlias = Callable[[str, int, int], None]


def unheard(what: str, done: int, of: int) -> None:
    """Tell nobody."""
