"""Exact matching beside its peers on the same scores: five families of instances, growing sizes, CPU and memory.

Each peer gets an environment of its own below build/bench, made once (two of them install a package named `matching`), and
goes up to the size at which it takes longer than the limit. Ours is measured from arrays to the proven assignment, as
theirs are. SciPy, the dense flow and ours answer one question (most matched, then the largest total), and their answers must
be equal; mentor-match fills every place it can; `matching` gives a stable matching, which is another question.

Run it with `python bench/matching.py --sizes 50 200 500`; it prints the table in Markdown.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT / "build" / "bench"
READ = """
import json, resource, sys, time
data = json.load(open(sys.argv[1]))
table, room = data["table"], data["room"]
def done(seconds, matched, total):
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": seconds, "matched": matched, "total": int(total), "memory": memory}))
"""
OURS = (
    READ
    + """
import numpy as np
from toolkit.matching.objective import Instance, Stage, solve, tie_breaker
score = np.array(table, dtype=np.int64)
n, m = score.shape
before = time.process_time()
names = tuple(map(str, range(n))), tuple(map(str, range(m)))
instance = Instance(score, np.ones((n, m), bool), np.array(room), np.zeros(m, np.int64), np.zeros((n, m), bool),
                    np.full(n, -1), tie_breaker(1, *names))
found = solve(instance, (Stage("max_matched"), Stage("max_total")))
done(time.process_time() - before, *(each.values[0] for each in found.reached))
"""
)
FLOW = (
    READ
    + """
import numpy as np
from ortools.graph.python import min_cost_flow
score = np.array(table, dtype=np.int64)
n, m = score.shape
before = time.process_time()
net = min_cost_flow.SimpleMinCostFlow()
rows, columns = np.divmod(np.arange(n * m), m)
arcs = net.add_arcs_with_capacity_and_unit_cost(rows, n + columns, np.ones(n * m, np.int64), -score.ravel())
net.add_arcs_with_capacity_and_unit_cost(np.arange(n), np.full(n, n + m), np.ones(n, np.int64), np.full(n, 10_001 * n))
net.add_arcs_with_capacity_and_unit_cost(n + np.arange(m), np.full(m, n + m), np.array(room), np.zeros(m, np.int64))
net.set_nodes_supplies(np.arange(n + m + 1), np.concatenate([np.ones(n), np.zeros(m), [-n]]).astype(np.int64))
assert net.solve() == net.OPTIMAL
used = net.flows(arcs) > 0
done(time.process_time() - before, int(used.sum()), score.ravel()[used].sum())
"""
)
SCIPY = (
    READ
    + """
import numpy as np
from scipy.optimize import linear_sum_assignment
score = np.repeat(np.array(table), room, axis=1)
before = time.process_time()
rows, columns = linear_sum_assignment(score, maximize=True)
done(time.process_time() - before, len(rows), score[rows, columns].sum())
"""
)
STABLE = (
    READ
    + """
import threading, warnings; warnings.simplefilter("ignore")
from matching.games import HospitalResident
n, m = len(table), len(room)
mentees = {f"e{i}": [f"o{j}" for j in sorted(range(m), key=lambda j: (-table[i][j], j))] for i in range(n)}
mentors = {f"o{j}": [f"e{i}" for i in sorted(range(n), key=lambda i: (-table[i][j], i))] for j in range(m)}
def run():  # it copies itself recursively, deeper than Python's own limit
    before = time.process_time()
    game = HospitalResident.create_from_dictionaries(mentees, mentors, {f"o{j}": room[j] for j in range(m)})
    found = game.solve()
    spent = time.process_time() - before
    pairs = [(int(e.name[1:]), int(o.name[1:])) for o, each in found.items() for e in each]
    done(spent, len(pairs), sum(table[i][j] for i, j in pairs))
sys.setrecursionlimit(10**6); threading.stack_size(2**29)
thread = threading.Thread(target=run); thread.start(); thread.join()
"""
)
MUNKRES = (
    READ
    + """
from matching.mentee import Mentee
from matching.mentor import Mentor
from matching.process import process_data
from matching.rules.rule import Rule
class Score(Rule):
    def apply(self, match): return table[match.mentee.row][match.mentor.row]
    def evaluate(self, match): return True
def people(kind, count):
    made = [kind(grade=1, email=f"{kind.__name__}-{n}", **{"first name": "x", "last name": str(n)}) for n in range(count)]
    for row, person in enumerate(made): person.row = row
    return made
mentees, mentors = people(Mentee, len(table)), people(Mentor, len(room))
before = time.process_time()
process_data(mentors, mentees, [[Score()]])
spent = time.process_time() - before
pairs = [(each.row, each.mentors[0].row) for each in mentees if each.mentors]
done(spent, len(pairs), sum(table[i][j] for i, j in pairs))
"""
)
PEERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "ours": (OURS, ()),
    "OR-Tools, all arcs": (FLOW, ()),
    "SciPy": (SCIPY, ("scipy==1.17.0",)),
    "matching 1.4.3": (STABLE, ("matching==1.4.3",)),
    "mentor-match 7.0.1": (MUNKRES, ("--no-deps", "mentor-match==7.0.1", "munkres==1.1.4")),
}
EXACT = ("ours", "OR-Tools, all arcs", "SciPy")


def uniform(draw: random.Random, n: int) -> list[list[int]]:
    return [[draw.randint(0, 10_000) for _ in range(n)] for _ in range(n)]


def topics(draw: random.Random, n: int) -> list[list[int]]:
    """Each seeks three of forty topics with a priority and offers four with a strength, as `offers_meet_seeks` scores."""
    seeks = [{each: draw.randint(1, 5) for each in draw.sample(range(40), 3)} for _ in range(n)]
    offers = [{each: draw.randint(1, 5) for each in draw.sample(range(40), 4)} for _ in range(n)]
    return [
        [round(2_000 * sum(p * has.get(t, 0) for t, p in wants.items()) / sum(wants.values())) for has in offers]
        for wants in seeks
    ]


def popular(draw: random.Random, n: int) -> list[list[int]]:
    """Everybody wants the same mentors; taste adds a little."""
    standing = [draw.randint(0, 9_000) for _ in range(n)]
    return [[each + draw.randint(0, 1_000) for each in standing] for _ in range(n)]


def coarse(draw: random.Random, n: int) -> list[list[int]]:
    return [[draw.choice((0, 2_500, 5_000, 7_500, 10_000)) for _ in range(n)] for _ in range(n)]


FAMILIES: dict[str, tuple[Callable[[random.Random, int], list[list[int]]], float]] = {
    "uniform": (uniform, 1),
    "topics": (topics, 1),
    "everybody wants the same": (popular, 1),
    "five scores only": (coarse, 1),
    "half the places missing": (uniform, 0.5),
}
"""How the scores are drawn, and how many places there are for each mentee."""


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
    code, wanted = PEERS[name]
    env = {each: value for each, value in os.environ.items() if each != "PYTHONPATH"}
    env |= {"PYTHONPATH": str(ROOT)} if name == "ours" else {}
    try:
        done = subprocess.run(
            [str(python_of(name, wanted)), "-c", code, str(data)],
            check=True, capture_output=True, text=True, env=env, timeout=limit,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"over {limit} s"
    except subprocess.CalledProcessError as failed:
        return f"failed: {failed.stderr.strip().splitlines()[-1][:60]}"
    found: dict[str, int | float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Measure every family at every size and print the table, after making sure that the exact ones agree."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 200, 500])
    parser.add_argument("--limit", type=int, default=300, help="seconds that a program may take")
    asked = parser.parse_args()
    print(f"| family | size | {' | '.join(PEERS)} |\n| --- | ---: |{' ---: |' * len(PEERS)}", flush=True)
    for family, (draw, places) in FAMILIES.items():
        given_up: dict[str, str] = {}
        for size in asked.sizes:
            rows = draw(random.Random(20270115), size)
            columns = round(size * places)
            with tempfile.TemporaryDirectory() as folder:
                data = Path(folder) / "scores.json"
                data.write_text(json.dumps({"table": [row[:columns] for row in rows], "room": [1] * columns}))
                found = {name: given_up.get(name) or measure(name, data, asked.limit) for name in PEERS}
            given_up = {name: each for name, each in found.items() if isinstance(each, str)}
            results = [found[name] for name in EXACT]
            exact = {(each["matched"], each["total"]) for each in results if isinstance(each, dict)}
            assert len(exact) == 1, f"{family} at {size}: the exact results differ: {exact}"
            print(f"| {family} | {size} | {' | '.join(map(_cell, found.values()))} |", flush=True)


def _cell(each: dict[str, int | float] | str) -> str:
    return each if isinstance(each, str) else f"{each['seconds']:.2f} s, {each['memory']:.0f} MB"


if __name__ == "__main__":
    main()
