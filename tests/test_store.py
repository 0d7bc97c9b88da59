"""Writing loses nothing: whole files or none, no overwriting, no change of what changed meanwhile."""

import os
import signal
import subprocess
import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import ToolkitError
from toolkit.store import change, create, splice


def leftovers(folder):
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_create_writes_a_new_file_in_new_folders(tmp_path):
    path = tmp_path / "a" / "b.yaml"
    create(path, "title: é\n")

    assert path.read_bytes() == "title: é\n".encode()
    assert leftovers(path.parent) == []


def test_create_never_overwrites(tmp_path):
    path = tmp_path / "b.yaml"
    create(path, "one\n")
    with pytest.raises(ToolkitError, match="is there already"):
        create(path, "two\n")

    assert path.read_text() == "one\n"
    assert leftovers(tmp_path) == []


def test_create_does_not_follow_a_dangling_link(tmp_path):
    outside = tmp_path / "outside"
    (tmp_path / "b.yaml").symlink_to(outside)
    with pytest.raises(ToolkitError):
        create(tmp_path / "b.yaml", "x\n")

    assert not outside.exists()


def test_create_refuses_a_linked_folder(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(ToolkitError, match="is a link"):
        create(tmp_path / "link" / "b.yaml", "x\n")

    assert leftovers(tmp_path / "real") == []


def test_one_of_many_writers_creates_a_file(tmp_path):
    path, won = tmp_path / "b.yaml", []

    def write(number):
        try:
            create(path, f"{number}\n")
            won.append(number)
        except ToolkitError:
            pass

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert len(won) == 1
    assert path.read_text() == f"{won[0]}\n"


def test_change_replaces_what_was_read_and_keeps_the_mode(tmp_path):
    path = tmp_path / "b.yaml"
    path.write_bytes(b"one\n")
    path.chmod(0o640)
    change(path, b"one\n", b"two\n")

    assert path.read_bytes() == b"two\n"
    assert path.stat().st_mode & 0o777 == 0o640


def test_change_refuses_a_file_that_changed_meanwhile(tmp_path):
    path = tmp_path / "b.yaml"
    path.write_bytes(b"theirs\n")
    with pytest.raises(ToolkitError, match="changed meanwhile"):
        change(path, b"one\n", b"two\n")

    assert path.read_bytes() == b"theirs\n"
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_failing_disk_leaves_the_old_file(tmp_path, monkeypatch, call):
    path = tmp_path / "b.yaml"
    path.write_bytes(b"one\n")

    def fail(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(ToolkitError, match="No space left"):
        change(path, b"one\n", b"two\n")
    monkeypatch.undo()

    assert path.read_bytes() == b"one\n"
    assert leftovers(tmp_path) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from toolkit.store import change, create
path, stop = Path(sys.argv[1]), int(sys.argv[2])
count = 0
def trace(frame, event, arg):
    global count
    if frame.f_code.co_filename.endswith("store.py"):
        if event == "line":
            count += 1
            if count == stop:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace
sys.settrace(trace)
change(path, b"old\\n" * 400, b"new\\n" * 400)
create(path.with_name("created.yaml"), "made\\n" * 400)
sys.settrace(None)
print("done")
"""


def test_kill_at_every_line_leaves_the_old_file_or_the_new_one(tmp_path):
    outcomes = set()
    for stop in range(1, 200):
        folder = tmp_path / str(stop)
        folder.mkdir()
        path = folder / "b.yaml"
        path.write_bytes(b"old\n" * 400)
        done = subprocess.run([sys.executable, "-c", KILLED, str(path), str(stop)], capture_output=True, check=False)
        assert path.read_bytes() in (b"old\n" * 400, b"new\n" * 400)
        created = folder / "created.yaml"
        assert not created.exists() or created.read_text() == "made\n" * 400
        outcomes.add((path.read_bytes()[:3], created.exists()))
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
    else:
        pytest.fail("the writer never came to its end")

    assert outcomes == {(b"old", False), (b"new", False), (b"new", True)}


WRITER = """
import os, sys
from pathlib import Path
from toolkit.errors import ToolkitError
from toolkit.store import create
os.fsync = lambda descriptor: None  # how long a disk takes is not what is looked at here
folder, writer, race = Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "race"
sys.stdin.readline()
for number in range(250):
    name = f"{number}.yaml" if race else f"{writer}-{number}.yaml"
    try:
        create(folder / name, f"writer: {writer}\\n" * 50)
        print(name)
    except ToolkitError:
        assert race
"""


def four_writers(folder, kind):
    """Let four processes create 250 files each in one folder, and give the names that each says it has made."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder), str(writer), kind],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for writer in range(4)
    ]
    for each in running:
        each.stdin.write("go\n")
        each.stdin.flush()
    made = [each.communicate()[0].split() for each in running]
    assert [each.returncode for each in running] == [0] * 4
    return made


def test_four_writers_of_250_files_each_make_a_thousand_whole_files(tmp_path):
    made = four_writers(tmp_path, "apart")

    assert [len(each) for each in made] == [250] * 4
    assert {path.name for path in tmp_path.iterdir()} == {name for each in made for name in each}
    for writer, names in enumerate(made):
        assert all((tmp_path / name).read_text() == f"writer: {writer}\n" * 50 for name in names)


def test_four_writers_of_the_same_250_files_make_each_of_them_once(tmp_path):
    made = four_writers(tmp_path, "race")

    assert sorted(name for each in made for name in each) == sorted(path.name for path in tmp_path.iterdir())
    assert len(list(tmp_path.iterdir())) == 250
    for writer, names in enumerate(made):
        assert all((tmp_path / name).read_text() == f"writer: {writer}\n" * 50 for name in names)


@given(st.binary(max_size=60), st.data())
def test_a_splice_leaves_all_other_bytes(data, draw):
    start = draw.draw(st.integers(0, len(data)))
    end = draw.draw(st.integers(start, len(data)))
    new = draw.draw(st.text(max_size=9).filter(lambda text: text.isprintable()))
    after = splice(data, ((start, end, new),))

    assert after[:start] == data[:start]
    assert after[start : start + len(new.encode())] == new.encode()
    assert after[start + len(new.encode()) :] == data[end:]
