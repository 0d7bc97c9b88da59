"""Ctrl-C while a plan is made or written: one sentence, exit code 130, and no file of it is left."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

pytest.importorskip("numpy")
pytest.importorskip("ortools")

from harborworld import crowd
from ortools.sat.python import cp_model

from toolkit.matching.search import search
from toolkit.store import held

PEOPLE = 260


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """So many people that their plan takes its time."""
    return crowd(tmp_path_factory.mktemp("crowd"), PEOPLE, PEOPLE, seed=5)


def files(root):
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def interrupt(world, *arguments, when):
    """Press Ctrl-C in a real process as soon as something is to be seen; gives the process and what it said."""
    command = [sys.executable, "-m", "toolkit", "-C", str(world.root), "match", *arguments, "--today", "2026-02-01"]
    repository = Path(__file__).parent.parent
    env = {**os.environ, "PYTHONPATH": str(repository)}
    running = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + 120
    while not when(running):
        assert running.poll() is None, running.stderr.read()
        assert time.monotonic() < end
    running.send_signal(signal.SIGINT)
    return running, running.communicate(timeout=120)[1]


def test_a_plan_that_is_being_written_is_taken_back(world):
    before = files(world.root)
    running, said = interrupt(
        world, "propose", "2026", "--write", when=lambda _: len(list(world.root.rglob("pair.yaml"))) > 20
    )
    assert running.returncode == 130
    assert said.splitlines()[-1] == "stopped; nothing is half-done"
    assert "Traceback" not in said
    assert files(world.root) == before
    assert not list(world.root.rglob("pairs"))
    assert not list(world.root.rglob("*.tmp"))


def test_after_an_interruption_the_same_command_goes_through(world):
    done = subprocess.run(
        [sys.executable, "-m", "toolkit", "-C", str(world.root), "match", "propose", "2026", "--write", "--plan-only",
         "--today", "2026-02-01"],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "next:" in done.stderr


def test_a_search_ends_at_once():
    """CP-SAT would take the signal for the end of its search, and what it has by then would count as the plan."""
    draw, model = random.Random(3), cp_model.CpModel()
    takes = [model.new_bool_var(str(each)) for each in range(60)]
    for _ in range(7):  # a market split: minutes of search, and nothing to be found by chance
        sizes = [draw.randrange(100) for _ in takes]
        model.add(sum(size * take for size, take in zip(sizes, takes, strict=True)) == sum(sizes) // 2)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.max_time_in_seconds = 1, 60
    timer = threading.Timer(1, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        search(solver, model)
    assert time.monotonic() - begun < 30


def test_what_must_not_stop_halfway_is_done_before_it_stops():
    done = []
    with pytest.raises(KeyboardInterrupt), held():
        signal.raise_signal(signal.SIGINT)
        done.append("whole")
    assert done == ["whole"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
