"""`mentoring match propose` at 500 x 500 against mentor-match's call alone, on the same scores.

As a whole process ours reads 2,003 files, proves the optimum and explains every pair; theirs is handed the people and
the scores. From the problem to the plan, ours too has read and scored everything, and solves and explains. The
scores are uniform whole numbers from 0 to 10,000 and reach both programs as they are: ours through a criterion of a
third party, theirs through a rule. mentor-match gets an environment of its own, made below build/bench once.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import cpu, report

ROOT = Path(__file__).resolve().parent.parent
PEER = ROOT / "build" / "bench" / "mentor-match-7.0.1"
CRITERION = """
import json, pathlib
import numpy as np
TABLE = np.array(json.loads((pathlib.Path(__file__).parent / "scores.json").read_text())) / 10_000
def uniform(features, rows, options):
    return TABLE[rows]
"""
PLAN = """
import datetime, sys, time
from pathlib import Path
from toolkit.load import load
from toolkit.matching.outcome import decide
from toolkit.matching.problem import build
from toolkit.matching.proposal import proposal_of
from toolkit.workspace import Workspace
import ortools.graph.python.min_cost_flow
today = datetime.date(2026, 11, 2)
records = load(Workspace(Path(sys.argv[1]))).records
problem = build(records, "bench/year", today)
before = time.process_time()
proposal_of(records, problem, decide(problem), today)
print(time.process_time() - before)
"""
THEIRS = """
import json, pathlib, resource, sys, time
from matching.mentee import Mentee
from matching.mentor import Mentor
from matching.process import process_data
from matching.rules.rule import Rule
table = json.loads(pathlib.Path(sys.argv[1]).read_text())
class Score(Rule):
    def apply(self, match): return table[match.mentee.row][match.mentor.row]
    def evaluate(self, match): return True
def people(kind, count):
    made = [kind(grade=1, email=f"{kind.__name__}-{n}", **{"first name": "x", "last name": str(n)}) for n in range(count)]
    for row, person in enumerate(made): person.row = row
    return made
mentees, mentors = people(Mentee, len(table)), people(Mentor, len(table[0]))
before = time.process_time()
process_data(mentors, mentees, [[Score()]])
spent = time.process_time() - before
total = sum(table[each.row][each.mentors[0].row] for each in mentees if each.mentors)
print(json.dumps({"seconds": spent, "total": total}))
"""


def build(root: Path, table: list[list[int]]) -> None:
    """Write a program whose open cohort has one applicant for each row and each column of the table."""
    cohort = root / "content/programs/bench/year"
    _write(
        root / "content/programs/bench/program.yaml",
        "title: Bench\ncontext: professional\npurpose: To measure.\nmodels: [one-to-one]\n"
        "support: {name: Desk, channel: office, urgent: office}\n"
        "privacy: {lawful_basis: consent, notice: notice.md, retention_months: 12}\n",
    )
    _write(
        cohort / "cohort.yaml",
        "status: matching\nstarts: 2027-01-11\nends: 2027-11-30\nmodel: one-to-one\ncadence: fortnight\n",
    )
    _write(cohort / "matching.yaml", "score: {uniform: 1}\nobjective: [max_matched, max_total]\n")
    for role, count in (("mentee", len(table)), ("mentor", len(table[0]))):
        for number in range(count):
            person = f"{role}-{number:03}"
            _write(
                root / f"content/people/{person}.yaml",
                f"name: {role.title()} {number}\nconsents: [{{what: data, on: 2026-09-01}}]\n{role}: {{}}\n".replace(
                    "mentor: {}", "mentor: {capacity: 1}"
                ).replace("mentee: {}", "mentee: {modalities: [virtual]}"),
            )
            _write(cohort / f"applications/{person}-{role}.yaml", "submitted: 2026-10-01\nstatus: accepted\n")


def plugin(folder: Path, table: list[list[int]]) -> None:
    """Write a package that offers the table as a criterion, as a third party would."""
    _write(folder / "bench_scores.py", CRITERION)
    _write(folder / "scores.json", json.dumps(table))
    _write(folder / "bench_scores-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: bench-scores\nVersion: 1\n")
    _write(
        folder / "bench_scores-1.dist-info/entry_points.txt",
        "[mentoring_toolkit.criteria]\nuniform = bench_scores:uniform\n",
    )


def theirs(table: Path) -> dict[str, float]:
    """CPU seconds of mentor-match's call and the total it reached."""
    python = PEER / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(PEER)], check=True)
        wanted = ["mentor-match==7.0.1", "munkres==1.1.4"]
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--no-deps", *wanted], check=True)
    done = subprocess.run([str(python), "-P", "-c", THEIRS, str(table)], check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    """Measure and print two lines, after making sure that both found the same optimum."""
    drawn = random.Random(20270115)
    table = [[drawn.randint(0, 10_000) for _ in range(500)] for _ in range(500)]
    with tempfile.TemporaryDirectory() as name:
        root, extra = Path(name) / "program", Path(name) / "plugin"
        build(root, table)
        plugin(extra, table)
        command = [
            sys.executable,
            "-m",
            "toolkit",
            "-C",
            str(root),
            "match",
            "propose",
            "year",
            "--today",
            "2026-11-02",
        ]
        env = {"PYTHONPATH": os.pathsep.join((str(ROOT), str(extra)))}
        plan = subprocess.run(
            [*command, "--json"], check=True, capture_output=True, text=True, env={**os.environ, **env}
        ).stdout
        ours = min(cpu(command, env=env) for _ in range(3))
        made = min(_planned(root, env) for _ in range(3))
        peer = theirs(extra / "scores.json")
    total = sum(round(each["score"] * 10_000) for each in json.loads(plan)["pairs"])
    assert total == peer["total"], f"the totals differ: {total} and {peer['total']}"
    print(report("match propose, 500 x 500 against mentor-match 7.0.1", ours, peer["seconds"], limit=1 / 6))
    print(report("from the problem to the plan", made, peer["seconds"], limit=1 / 50))


def _planned(root: Path, env: dict[str, str]) -> float:
    """CPU seconds from the problem to the plan with all its reasons."""
    command = [sys.executable, "-c", PLAN, str(root)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, **env})
    return float(done.stdout)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
