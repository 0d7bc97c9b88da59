"""Searching with CP-SAT so that Ctrl-C ends it at once: by itself it would take the signal for the end of the search."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any


def search(solver: Any, model: Any) -> Any:
    """Solve a model and return the status; an interruption stops the search and goes on as KeyboardInterrupt."""
    solver.parameters.catch_sigint_signal = False
    with ThreadPoolExecutor(max_workers=1) as pool:
        found = pool.submit(solver.solve, model)
        try:
            return found.result()
        except KeyboardInterrupt:
            solver.stop_search()
            raise
