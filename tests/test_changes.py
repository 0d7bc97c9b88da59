"""State changes as coordinators meet them: a plan first, exact lines, refused jumps with the way, no new error."""

import datetime
import json
import random
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scenarios import write_base

from toolkit.changes import pairs
from toolkit.changes.states import GOALS, PAIRS, SIGNABLE, by_each
from toolkit.cli import endings
from toolkit.cli.app import cli
from toolkit.decode import decode
from toolkit.errors import ToolkitError
from toolkit.model import Origin, Pair, Records, Settings
from toolkit.model.pair import Dated, Pause
from toolkit.source import of_bytes
from toolkit.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "content/programs/harbor/2026/pairs/ana-li"
PAIR = f"{FOLDER}/pair.yaml"
GOAL = f"{FOLDER}/goals/review-alone.md"
TODAY, WEEK = datetime.date(2026, 11, 2), datetime.timedelta(days=7)
STATES = ("proposed", "accepted", "active", "paused", "closing", "closed", "objected")
ENDING = ("--kind", "planned", "--reason", "time-ended", "--data", "keep until 2027-12-31")
VERBS = {
    "accept": ("accept", "ana-li", "--person", "li-wei"),
    "start": ("start", "ana-li", "--on", "2026-10-19"),
    "pause": ("pause", "ana-li", "--until", "2026-12-01"),
    "resume": ("resume", "ana-li"),
    "sign": ("sign", "ana-li", "--person", "li-wei"),
    "close": ("close", "ana-li", *ENDING),
}


@pytest.fixture
def program(tmp_path):
    """The small program of the rules' pages; call it with a path and a change of that file's text."""
    write_base(tmp_path)

    def edit(name, change):
        path = tmp_path / name
        path.write_bytes(change(path.read_bytes().decode()).encode())

    edit.root = tmp_path
    return edit


@pytest.fixture
def shipped(tmp_path):
    """A copy of the shipped program."""
    for name in ("content", "private", "site_config"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def run(root, *arguments, today="2026-11-02", **options):
    root = root if isinstance(root, Path) else root.root
    words = ["-C", str(root), *arguments, "--today", today]
    result = CliRunner().invoke(cli, words, standalone_mode=False, **options)
    if result.exception:
        raise result.exception
    return result


def tree(root):
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def in_state(state):
    """A change of the pair's file to a state, with the dates that go with it, and nobody's acceptance or signature."""

    def change(text):
        text = re.sub(r"^status: .*$", f"status: {state}", text, flags=re.M)
        text = re.sub(
            r"^accepted:\n(  .*\n)*", "accepted:\n  - {person: ana-kovacs, on: 2026-10-06}\n", text, flags=re.M
        )
        if state != "proposed":
            text = text.replace("on: 2026-10-06}\n", "on: 2026-10-06}\n  - {person: li-wei, on: 2026-10-06}\n")
        if state in ("proposed", "accepted", "objected"):
            text = re.sub(r"^started: .*\n", "", text, flags=re.M)
        if state == "paused":
            text += "pauses:\n  - {start: 2026-10-26, resume: 2026-11-30}\n"
        if state == "closed":
            text += "ended: 2026-10-30\n"
        return text

    return change


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", sorted(VERBS))
def test_only_the_changes_of_the_table_are_made(program, verb, state):
    program(PAIR, in_state(state))
    program(f"{FOLDER}/agreement.md", lambda text: text.replace("  - {person: li-wei, on: 2026-10-22}\n", ""))
    before = tree(program.root)
    if verb == "sign":
        assert "person: li-wei" not in before[f"{FOLDER}/agreement.md"].decode()
    wanted = SIGNABLE if verb == "sign" else tuple(PAIRS[verb])
    result = run(program, *VERBS[verb], "--write")
    after = tree(program.root)

    if state in wanted:
        assert result.return_value == 0, result.stderr
        assert after != before
        target = PAIRS.get(verb, {}).get(state, state)
        assert f"\nstatus: {target}\n" in after[PAIR].decode()
    else:
        assert result.return_value == 1
        assert after == before
        assert "help: " in result.stderr or "already" in result.stderr


def test_the_way_is_the_commands_that_lead_there(program):
    program(PAIR, in_state("proposed"))
    result = run(program, "pause", "ana-li", "--until", "2026-12-01")

    assert "harbor/2026/ana-li is proposed, so it cannot be paused" in result.stderr
    accepting = "mentoring accept harbor/2026/ana-li --person li-wei"
    assert f"{accepting}, then mentoring start harbor/2026/ana-li" in result.stderr


def test_of_a_large_group_one_command_shows_the_way():
    assert by_each("mentoring sign a", ("eva", "max")) == (
        "mentoring sign a --person eva, then mentoring sign a --person max"
    )
    assert by_each("mentoring sign a", ("ana", "bob", "eva", "max")) == (
        "mentoring sign a --person ana, and so for 3 others"
    )


def test_without_write_the_plan_is_shown_and_nothing_is_written(program):
    before = tree(program.root)
    result = run(program, "pause", "ana-li", "--until", "2026-12-01", "--why", "Exams: all of them")

    assert tree(program.root) == before
    assert "- status: active" in result.stdout
    assert "+ status: paused" in result.stdout
    assert '+   - {start: 2026-11-02, resume: 2026-12-01, why: "Exams: all of them"}' in result.stdout
    assert "--until 2026-12-01 --why 'Exams: all of them' --today 2026-11-02 --write" in result.stderr


def test_a_change_keeps_comments_line_ends_and_the_mark_of_the_file(program):
    written = lambda text: "\ufeff# Ours\n" + text.replace("status: active", "status: 'active'  # since May\n\n# below")  # noqa: E731
    program(PAIR, lambda text: written(text).replace("\n", "\r\n"))
    before = (program.root / PAIR).read_bytes()
    run(program, "pause", "ana-li", "--until", "2026-12-01", "--write")
    after = (program.root / PAIR).read_bytes()

    assert after.startswith(b"\xef\xbb\xbf# Ours\r\n")
    assert b"status: 'paused'  # since May\r\n\r\n# below\r\n" in after
    assert b"pauses:\r\n  - {start: 2026-11-02, resume: 2026-12-01}\r\n" in after
    assert set(before.split(b"\r\n")) - set(after.split(b"\r\n")) == {b"status: 'active'  # since May"}


def test_the_last_acceptance_makes_the_pair_accepted(program):
    program(PAIR, lambda text: re.sub(r"accepted:\n(  .*\n)*", "", in_state("proposed")(text)))
    run(program, "accept", "ana-li", "--person", "ana-kovacs", "--on", "2026-10-20", "--write")
    first = (program.root / PAIR).read_text()
    run(program, "accept", "ana-li", "--person", "li-wei", "--write")
    second = (program.root / PAIR).read_text()

    assert "status: proposed\n" in first
    assert "accepted:\n  - {person: ana-kovacs, on: 2026-10-20}\n" in first
    assert "status: accepted\n" in second
    assert "  - {person: li-wei, on: 2026-11-02}\n" in second


def test_a_pair_does_not_start_before_all_have_accepted(program):
    program(PAIR, lambda text: in_state("proposed")(text).replace("status: proposed", "status: accepted"))
    result = run(program, "start", "ana-li", "--write")

    assert result.return_value == 1
    assert "mentoring accept harbor/2026/ana-li --person li-wei" in result.stderr


def test_a_change_that_breaks_a_rule_is_not_written(program):
    program(PAIR, in_state("accepted"))
    before = tree(program.root)
    result = run(program, "start", "ana-li", "--on", "2020-01-01", "--write")

    assert result.return_value == 1
    assert "brings error" in result.stdout
    assert "nothing was written: the rules forbid it" in result.stderr
    assert tree(program.root) == before


def test_resuming_early_moves_the_end_of_the_pause_and_late_keeps_it(program):
    program(PAIR, in_state("paused"))
    early = run(program, "resume", "ana-li", today="2026-11-10")
    late = run(program, "resume", "ana-li", today="2026-12-05")
    said = run(program, "resume", "ana-li", "--on", "2026-12-03", today="2026-12-05")

    assert "{start: 2026-10-26, resume: 2026-11-10}" in early.stdout
    assert "resume:" not in late.stdout
    assert "{start: 2026-10-26, resume: 2026-12-03}" in said.stdout


def test_closing_writes_why_before_it_sets_the_state(program):
    program(GOAL, lambda text: text.replace("status: active", "status: partly-met"))
    final = ("--final-session", "yes", "--future-contact", "Both may write", "--rematch", "no")
    result = run(program, "close", "ana-li", *ENDING, *final, "--on", "2026-10-31", "--write")
    closure = (program.root / FOLDER / "closure.md").read_text()

    assert result.return_value == 0
    assert closure.startswith("---\non: 2026-10-31\nkind: planned\nreason: time-ended\n")

    assert "  review-alone: partly-met\n" in closure
    assert "\nended: 2026-10-31\n" in (program.root / PAIR).read_text()


def test_closing_asks_at_a_terminal_for_what_was_not_said(program, monkeypatch):
    monkeypatch.setattr(endings, "at_terminal", lambda: True)
    answers = "sad\nplanned\ntime-ended\nyes\nBoth may write\nkeep until 2027-12-31\nno\n"
    result = run(program, "close", "ana-li", "--write", input=answers)
    closure = (program.root / FOLDER / "closure.md").read_text()

    assert result.return_value == 0
    assert "kind: planned\nreason: time-ended\n" in closure
    assert "future_contact: Both may write\ndata: keep until 2027-12-31\n" in closure
    assert "still open: mentoring settle harbor/2026/ana-li/review-alone" in result.stderr


def test_without_a_terminal_nothing_is_asked_and_a_reason_is_needed(program):
    result = run(program, "close", "ana-li", "--kind", "planned", "--write")

    assert result.return_value == 1
    assert "to close harbor/2026/ana-li, say also --reason and --data" in result.stderr
    assert "workload" in result.stderr and "keep until" in result.stderr
    assert not (program.root / FOLDER / "closure.md").exists()


def test_a_closure_that_is_there_is_taken_as_it_is(program):
    text = "---\non: 2026-10-30\nkind: planned\nreason: goals-met\ndata: deleted\n---\n"
    (program.root / FOLDER / "closure.md").write_text(text)
    refused = run(program, "close", "ana-li", *ENDING, "--write")
    result = run(program, "close", "ana-li", "--write")

    assert refused.return_value == 1
    assert "is there already" in refused.stderr
    assert result.return_value == 0
    assert (program.root / FOLDER / "closure.md").read_text() == text
    assert "ended: 2026-10-30\n" in (program.root / PAIR).read_text()


@pytest.mark.parametrize("state", ["draft", "active", "paused", "met", "partly-met", "dropped", "carried-over"])
def test_only_a_goal_that_was_worked_on_is_settled(program, state):
    program(GOAL, lambda text: text.replace("status: active", f"status: {state}"))
    before = tree(program.root)
    result = run(program, "settle", "ana-li/review-alone", "--as", "dropped", "--write")

    if state in GOALS:
        assert result.return_value == 0
        assert (program.root / GOAL).read_text().replace("status: dropped", f"status: {state}") == before[GOAL].decode()
    else:
        assert result.return_value == 1
        assert tree(program.root) == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("start", "ana-lee"), "there is no pair ana-lee"),
        (("settle", "review-alone", "--as", "met"), "names no goal"),
        (("settle", "ana-li/review", "--as", "met"), "has no goal review"),
        (("pause", "ana-li", "--until", "soon"), "--until soon is not a date"),
        (("close", "ana-li", "--kind", "sad"), "--kind sad is not on the list"),
        (("close", "ana-li", "--goal", "review-alone"), "does not say how it ended"),
        (("sign", "ana-li", "--person", "li-wei", "--on", "2027-01-01"), "is still to come"),
    ],
)
def test_what_cannot_be_understood_is_said_in_one_sentence(program, words, message):
    with pytest.raises(ToolkitError, match=re.escape(message)):
        run(program, *words)


def test_who_is_not_a_member_neither_accepts_nor_signs(program):
    for verb in ("accept", "sign"):
        result = run(program, verb, "ana-li", "--person", "rosa-silva", "--write")

        assert result.return_value == 1
        assert "its members are: ana-kovacs, li-wei" in result.stderr


def errors(root, today):
    """What `check` calls an error on a day, without line numbers, which a change may move."""
    found = json.loads(run(root, "check", "--format", "json", "--quiet", today=today).stdout)["findings"]
    return {(each["path"], each["code"], each["message"]) for each in found if each["severity"] == "error"}


def test_a_year_of_changes_brings_no_error_to_the_shipped_program(shipped):
    steps = [
        ("2026-11-02", "pause", "ines-tomas", "--until", "2026-11-30"),
        ("2026-11-23", "resume", "otieno-valentina"),
        ("2026-11-25", "resume", "ines-tomas"),
        ("2026-11-25", "settle", "ines-tomas/calm-ends", "--as", "partly-met"),
        ("2026-11-25", "settle", "ines-tomas/energy-left", "--as", "met"),
        ("2026-11-26", "sign", "claire-joao", "--person", "joao-pires"),
        ("2026-11-30", "close", "claire-joao", "--kind", "lost-contact", "--reason", "unknown", "--data", "deleted"),
        ("2026-12-01", "close", "ines-tomas", *ENDING, "--final-session", "yes", "--rematch", "no"),
    ]
    for today, *words in steps:
        before = errors(shipped, today)
        files = tree(shipped)
        if words[0] == "sign":
            words[-1] = next(who for who in ("joao-pires", "claire-beaulieu") if who not in signed(files))
        result = run(shipped, *words, "--write", today=today)

        assert result.return_value == 0, (words, result.stdout, result.stderr)
        assert errors(shipped, today) <= before
        changed = {name for name, data in tree(shipped).items() if files.get(name) != data}
        assert changed and all("/pairs/" in name for name in changed)


def signed(files):
    text = files["content/programs/lantern/2026/pairs/claire-joao/agreement.md"].decode()
    return text.partition("signed:")[2].partition("recording")[0]


def drawn(pick, state):
    """A pair's file as somebody might have written it, with the day on which it was proposed left as it is."""
    who = ["ana-kovacs", "li-wei"]
    roles = dict(zip(who, ("mentor", "mentee"), strict=True))
    block = "".join(f"\n  - person: {each}  # who\n    role: {roles[each]}" for each in who)
    flow = f" [{{person: {who[0]}, role: mentor}}, {{ person: '{who[1]}', role: mentee }}]"
    accepted = [f"{{person: {each}, on: 2026-10-06}}" for each in who[: 1 if state == "proposed" else 2]]
    lists = [f" [{', '.join(accepted)}]", "".join(f"\n  - {each}{pick(['', ' # yes'])}" for each in accepted)]
    lines = [
        f"model: {pick(['one-to-one', chr(39) + 'one-to-one' + chr(39)])}",
        f"members:{pick([block, flow])}",
        f"status: {pick(['{}', chr(34) + '{}' + chr(34), chr(39) + '{}' + chr(39) + '  # for now']).format(state)}",
        "proposed_on: 2026-10-05  # a Monday",
        f"accepted:{pick(lists)}",
    ]
    if state in ("active", "paused"):
        lines.append("started: 2026-10-19")
    if state == "paused":
        lines.append(pick(["pauses: [{start: 2026-10-26, resume: 2026-11-30}]", "pauses:\n- start: 2026-10-26"]))
    lines += pick([[], ["shared_topics: [code-review]"], ["check_in_owner: >-\n  Rosa\n  Silva"], ["ended:"]])
    order = sorted(lines, key=lambda _: pick(range(99))) if pick([True, False]) else lines
    text = pick(["", "# ours: all\n", "---\n"]) + "".join(
        f"{line}\n{pick(['', '', chr(10), '# more' + chr(10)])}" for line in order
    )
    return pick(["", "\ufeff"]) + text.replace("\n", pick(["\n", "\r\n"]))


@settings(max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**48), st.sampled_from(["accept", "start", "pause", "resume"]))
def test_whatever_the_file_looks_like_the_record_changes_as_the_states_say(tmp_path, seed, verb):
    state = next(iter(PAIRS[verb]))
    data = drawn(random.Random(seed).choice, state).encode()
    (tmp_path / PAIR).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / PAIR).write_bytes(data)
    before = read_pair(data)
    place = Workspace(tmp_path)
    day = TODAY
    made = {
        "accept": lambda: pairs.accept(place, before, "li-wei", None, day),
        "start": lambda: pairs.start(place, before, None, day),
        "pause": lambda: pairs.pause(place, Records(Settings()), before, day + WEEK, None, None, day),
        "resume": lambda: pairs.resume(place, before, None, day),
    }[verb]()
    after = read_pair(made.files[0].after)
    wanted = {
        "accept": {"accepted": (*before.accepted, Dated(person="li-wei", on=day))},
        "start": {"started": day},
        "pause": {"pauses": (*before.pauses, Pause(start=day, resume=day + WEEK))},
        "resume": {
            "pauses": (*before.pauses[:-1], *(each.model_copy(update={"resume": day}) for each in before.pauses[-1:]))
        },
    }[verb]

    assert after == before.model_copy(update={**wanted, "status": PAIRS[verb][state]})
    written = made.files[0].after
    assert comments(written) == comments(data)
    assert written.startswith(b"\xef\xbb\xbf") == data.startswith(b"\xef\xbb\xbf")
    assert written.count(b"\r\n") == (written.count(b"\n") if b"\r\n" in data else 0)
    spans = {"-": lines_of(data, ("status", *wanted)), "+": lines_of(written, ("status", *wanted))}
    assert [found for found in made.files[0].lines() if found[0] not in spans[found[1]]] == []


def lines_of(data, fields):
    """The numbers of the lines in which these fields stand."""
    found, field = set(), ""
    for number, line in enumerate(data.decode("utf-8-sig").splitlines(), 1):
        name = re.match(r"\w+(?=:)", line)
        field = name[0] if name else field
        if field in fields and line.strip() and not line.startswith("#"):
            found.add(number)
    return found


def read_pair(data):
    source = of_bytes(data, PAIR)
    record, findings = decode(source, Pair)
    assert record is not None, findings
    return record.placed(Origin("pair", "ana-li", PAIR, "harbor", "2026", "ana-li", source=source))


def comments(data):
    return [line.partition(b"#")[2].strip() for line in data.splitlines() if b"#" in line]
