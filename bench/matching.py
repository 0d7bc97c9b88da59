"""Exact matching beside its peers on the same scores: five families of instances, growing sizes, CPU and memory.

Each peer gets an environment of its own below build/bench, made once (two of them install a package named `matching`), and
goes up to the size at which it takes more CPU than the limit. Every program is measured in a process of its own, from the
scores to the matching; reading the scores is not counted. SciPy, the dense flow and ours answer one question (most
matched, then the largest total), and their answers must be equal; mentor-match fills every place it can; `matching`
gives a stable matching, which is another question. The reference is NumPy making the scores (`bench/families.py`).

Run it with `python bench/matching.py --sizes 50 200 500 15000x8000x2`; it prints the table in Markdown. A size is the
number of mentees and of mentors, or mentees x mentors x places of each mentor.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from families import FAMILIES, places, scores

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT / "build" / "bench"
MEMORY = 10  # gigabytes that a program may ask for
READ = """
import json, os, resource, sys, time
from pathlib import Path
folder = Path(sys.argv[1])
room = json.loads((folder / "room.json").read_text())
def done(seconds, matched, total, **more):
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": seconds, "matched": int(matched), "total": int(total), "memory": memory, **more}))
"""
ARRAY = """
import numpy as np
score = np.load(folder / "scores.npy")
n, m = score.shape
"""
LISTS = """
table = json.loads((folder / "scores.json").read_text())
"""
OURS = """
from toolkit.matching.objective import Instance, Stage, solve, tie_breaker
from toolkit.matching.tables import Scores
import ortools.graph.python.min_cost_flow
names = tuple(map(str, range(n))), tuple(map(str, range(m)))
instance = Instance(Scores(score), np.ones((n, m), bool), np.array(room), np.zeros(m, np.int64),
                    np.broadcast_to(np.bool_(False), (n, m)), np.full(n, -1), tie_breaker(1, *names))
before = time.process_time()
found = solve(instance, (Stage("max_matched"), Stage("max_total")))
spent = time.process_time() - before
proof = found.proofs[0]
done(spent, *(each.values[0] for each in found.reached), open=proof.open, solved=proof.solved)
"""
FLOW = """
from ortools.graph.python import min_cost_flow
before = time.process_time()
net = min_cost_flow.SimpleMinCostFlow()
rows, columns = np.divmod(np.arange(n * m), m)
cost = -score.ravel().astype(np.int64)
arcs = net.add_arcs_with_capacity_and_unit_cost(rows, n + columns, np.ones(n * m, np.int64), cost)
net.add_arcs_with_capacity_and_unit_cost(np.arange(n), np.full(n, n + m), np.ones(n, np.int64), np.full(n, 10_001 * n))
net.add_arcs_with_capacity_and_unit_cost(n + np.arange(m), np.full(m, n + m), np.array(room), np.zeros(m, np.int64))
net.set_nodes_supplies(np.arange(n + m + 1), np.concatenate([np.ones(n), np.zeros(m), [-n]]).astype(np.int64))
assert net.solve() == net.OPTIMAL
used = net.flows(arcs) > 0
done(time.process_time() - before, used.sum(), score.ravel()[used].sum(dtype=np.int64))
"""
SCIPY = """
from scipy.optimize import linear_sum_assignment
before = time.process_time()
seats = np.repeat(np.arange(m), room)
rows, columns = linear_sum_assignment(score[:, seats], maximize=True)
done(time.process_time() - before, len(rows), score[rows, seats[columns]].sum(dtype=np.int64))
"""
STABLE = """
import threading, warnings; warnings.simplefilter("ignore")
from matching.games import HospitalResident
n, m = len(table), len(room)
open_ = [j for j in range(m) if room[j]]
mentees = {f"e{i}": [f"o{j}" for j in sorted(open_, key=lambda j: (-table[i][j], j))] for i in range(n)}
mentors = {f"o{j}": [f"e{i}" for i in sorted(range(n), key=lambda i: (-table[i][j], i))] for j in open_}
def run():  # it copies itself recursively, deeper than Python's own limit
    before = time.process_time()
    game = HospitalResident.create_from_dictionaries(mentees, mentors, {f"o{j}": room[j] for j in open_})
    found = game.solve()
    spent = time.process_time() - before
    pairs = [(int(e.name[1:]), int(o.name[1:])) for o, each in found.items() for e in each]
    done(spent, len(pairs), sum(table[i][j] for i, j in pairs))
sys.setrecursionlimit(10**6); threading.stack_size(2**29)
thread = threading.Thread(target=run); thread.start(); thread.join()
"""
MUNKRES = """
from matching.mentee import Mentee
from matching.mentor import Mentor
from matching.process import process_data
from matching.rules.rule import Rule
class Score(Rule):
    def apply(self, match): return table[match.mentee.row][match.mentor.row]
    def evaluate(self, match): return True
def people(kind, rows):
    made = [kind(grade=1, email=f"{kind.__name__}-{n}", **{"first name": "x", "last name": str(n)}) for n in rows]
    for row, person in zip(rows, made): person.row = row
    return made
mentees = people(Mentee, range(len(table)))
mentors = people(Mentor, [j for j in range(len(room)) if room[j]])
before = time.process_time()
process_data(mentors, mentees, [[Score()]])
spent = time.process_time() - before
pairs = [(each.row, each.mentors[0].row) for each in mentees if each.mentors]
done(spent, len(pairs), sum(table[i][j] for i, j in pairs))
"""


@dataclass(frozen=True)
class Peer:
    """A program to be measured: its code, what it installs, the most mentees it is given, and what it knows of places."""

    code: str
    wanted: tuple[str, ...] = ()
    most: int = 100_000
    exact: bool = False
    several: bool = True


PEERS = {
    "ours": Peer(READ + ARRAY + OURS, exact=True),
    "OR-Tools, all arcs": Peer(READ + ARRAY + FLOW, exact=True),
    "SciPy": Peer(READ + ARRAY + SCIPY, ("scipy==1.17.0",), exact=True),
    "matching 1.4.3": Peer(READ + LISTS + STABLE, ("matching==1.4.3",), most=1_000),
    "mentor-match 7.0.1": Peer(
        READ + LISTS + MUNKRES, ("--no-deps", "mentor-match==7.0.1", "munkres==1.1.4"), most=1_000, several=False
    ),
}
_QUICK = 20  # seconds
_LISTS = 1_000  # larger tables are not written as text, which those who read it could not finish anyway


@dataclass(frozen=True)
class Size:
    """Mentees, mentors, and how many places each mentor has."""

    mentees: int
    mentors: int
    capacity: int

    @classmethod
    def of(cls, text: str) -> Size:
        """Read 500, or 15000x8000x2."""
        mentees, *rest = map(int, text.split("x"))
        return cls(mentees, *(rest or (mentees, 1)))

    def __str__(self) -> str:
        if (self.mentees, self.capacity) == (self.mentors, 1):
            return f"{self.mentees:,}"
        return f"{self.mentees:,} x {self.mentors:,} (x {self.capacity})"


def python_of(name: str, wanted: tuple[str, ...]) -> Path:
    """The interpreter of a peer; its environment is made where it is not there yet."""
    if not wanted:
        return Path(sys.executable)
    folder = BENCH / name.replace(" ", "-").lower()
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *wanted], check=True)
    return python


def measure(name: str, data: Path, limit: int) -> dict[str, int | float] | str:
    """CPU seconds, megabytes and the result of one program; in words where it takes longer than the limit, or fails."""
    peer = PEERS[name]
    env = {each: value for each, value in os.environ.items() if each != "PYTHONPATH"}

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY * 2**30, MEMORY * 2**30))
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))

    env |= {"PYTHONPATH": str(ROOT)} if name == "ours" else {}
    try:
        done = subprocess.run(
            [str(python_of(name, peer.wanted)), "-P", "-c", peer.code, str(data)],
            check=True, capture_output=True, text=True, env=env, preexec_fn=bounded,
        )  # fmt: skip
    except subprocess.CalledProcessError as failed:
        if failed.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
            return f"over {limit} s"
        last = (failed.stderr.strip().splitlines() or [""])[-1]
        return f"over {MEMORY} GB" if "alloc" in last or "Memory" in last else f"failed: {last[:60]}"
    found: dict[str, int | float] = json.loads(done.stdout.splitlines()[-1])
    return found


def reference(family: str, size: Size) -> float:
    """CPU seconds in which NumPy makes the scores, the least of three runs."""
    command = [sys.executable, str(ROOT / "bench" / "families.py"), family, str(size.mentees), str(size.mentors)]
    runs = (subprocess.run(command, check=True, capture_output=True, text=True).stdout for _ in range(3))
    return float(min(json.loads(each)["seconds"] for each in runs))


def lay(folder: Path, family: str, size: Size) -> None:
    """Write the scores and the places of an instance, as an array and, where it is small, as text."""
    table = scores(family, size.mentees, size.mentors)
    np.save(folder / "scores.npy", table)
    if size.mentees <= _LISTS:
        (folder / "scores.json").write_text(json.dumps(table.tolist()))
    room = places(family, size.mentees, size.mentors, size.capacity)
    (folder / "room.json").write_text(json.dumps(room.tolist()))


def main() -> None:
    """Measure every family at every size and print the table, after making sure that the exact ones agree."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--sizes", type=Size.of, nargs="+", default=[Size(50, 50, 1), Size(200, 200, 1), Size(500, 500, 1)]
    )
    parser.add_argument("--families", nargs="+", default=list(FAMILIES), choices=list(FAMILIES))
    parser.add_argument("--peers", nargs="+", default=list(PEERS), choices=list(PEERS))
    parser.add_argument("--limit", type=int, default=300, help="CPU seconds that a program may take")
    asked = parser.parse_args()
    names = [name for name in PEERS if name in asked.peers]
    print(f"| family | size | NumPy | {' | '.join(names)} |\n| --- | ---: | ---: |{' ---: |' * len(names)}", flush=True)
    for family in asked.families:
        given_up: dict[str, str] = {}
        for size in asked.sizes:
            with tempfile.TemporaryDirectory() as folder:
                lay(Path(folder), family, size)
                found = {name: given_up.get(name) or _one(name, Path(folder), size, asked.limit) for name in names}
            given_up |= {
                name: each for name, each in found.items() if isinstance(each, str) and each.startswith("over")
            }
            _agree(f"{family} at {size}", found)
            made = reference(family, size)
            print(f"| {family} | {size} | {_seconds(made)} | {' | '.join(map(_cell, found.values()))} |", flush=True)
            _certificate(family, size, made, found.get("ours"))


def _one(name: str, folder: Path, size: Size, limit: int) -> dict[str, int | float] | str:
    if size.capacity > 1 and not PEERS[name].several:
        return "one place each"
    if size.mentees > PEERS[name].most:
        return "not tried"
    found, spent = measure(name, folder, limit), 0.0
    for _ in range(2):  # the least of three, as for the reference, where that is quick
        if isinstance(found, str) or (spent := spent + found["seconds"]) > _QUICK:
            break
        again = measure(name, folder, limit)
        found = min(found, again, key=lambda each: each["seconds"]) if isinstance(again, dict) else found
    return found


def _agree(where: str, found: dict[str, dict[str, int | float] | str]) -> None:
    exact = {
        (each["matched"], each["total"]) for name, each in found.items() if PEERS[name].exact and isinstance(each, dict)
    }
    if len(exact) > 1:
        raise SystemExit(f"{where}: the exact results differ: {exact}")


def _certificate(family: str, size: Size, made: float, ours: dict[str, int | float] | str | None) -> None:
    """Say on stderr what is proven, and how the time compares with making the scores."""
    if isinstance(ours, dict):
        print(
            f"{family}, {size}: {ours['matched']:,} matched, total {ours['total']:,}; the prices of all {ours['open']:,}"
            f" pairs prove it, {ours['solved']:,} of them were solved on; {ours['seconds'] / made:.1f} x NumPy",
            file=sys.stderr,
            flush=True,
        )


def _cell(each: dict[str, int | float] | str) -> str:
    return each if isinstance(each, str) else f"{_seconds(each['seconds'])}, {each['memory']:,.0f} MB"


def _seconds(spent: float) -> str:
    return f"{spent:.2f} s" if spent >= 0.1 else f"{1000 * spent:.0f} ms"


if __name__ == "__main__":
    main()
