"""CPU seconds of whole processes, the least of several runs taken in turn: these machines are noisy."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path


def cpu(command: Sequence[str], cwd: Path | None = None, env: Mapping[str, str] | None = None) -> float:
    """User and system seconds that a command took, its own children included."""
    # An installed package is compiled once; a run that compiled it again would measure something nobody waits for.
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(
        command, cwd=cwd, env={**inherited, **(env or {})}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(map(str, command))} left with {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def compare(
    ours: Sequence[str], reference: Sequence[str], runs: int = 7, cwd: Path | None = None
) -> tuple[float, float]:
    """The least CPU seconds of two commands, run in turn."""
    pairs = [(cpu(ours, cwd), cpu(reference, cwd)) for _ in range(runs)]
    return min(mine for mine, _ in pairs), min(theirs for _, theirs in pairs)


def report(name: str, ours: float, reference: float, limit: float) -> str:
    """One line of the result: both figures, their ratio and the line that is expected."""
    ratio = ours / reference
    verdict = "ok" if ratio <= limit else "TOO SLOW"
    return f"{name}: {ours:.3f} s against {reference:.3f} s of CPU, ratio {ratio:.3g} (expected at most {limit:.3g}) {verdict}"
