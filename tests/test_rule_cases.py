"""What a rule's page cannot show: that two findings read alike, that a plug-in counts, that order changes nothing."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import pytest
from scenarios import TODAY, Scenario

from toolkit.diagnostics import Diagnostic
from toolkit.load import load
from toolkit.rules import RULES, check
from toolkit.workspace import Workspace

COHORT = "content/programs/harbor/2026"
PRIVATE = "private/applications/harbor/2026"
MENTOR, MENTEE = f"{PRIVATE}/ana-kovacs-mentor.yaml", f"{PRIVATE}/li-wei-mentee.yaml"


def _findings(root: Path, files: dict[str, str], deleted: tuple[str, ...] = ()) -> tuple[Diagnostic, ...]:
    Scenario("cases", root.name, files=files, deleted=list(deleted)).write(root)
    return check(load(Workspace(root)), RULES, TODAY)


def test_veto_reads_the_same_whoever_gave_it(tmp_path: Path):
    one = _findings(tmp_path / "one", {MENTOR: "veto: [li-wei]\n"})
    other = _findings(tmp_path / "other", {MENTEE: "veto: [ana-kovacs]\n"})
    assert [each.code for each in one] == ["vetoed-pair"]
    assert one == other


def test_pin_against_a_veto_reads_the_same_whoever_gave_it(tmp_path: Path):
    policy = "score: {values_overlap: 1}\npins:\n  - {mentor: ana-kovacs, mentee: li-wei, reason: Both asked.}\n"
    cohort = (
        "status: matching\nstarts: 2026-12-01\nends: 2027-10-31\nmodel: one-to-one\ncadence: fortnight\n"
        "training: {required: [mentor-basics]}\n"
        "waves:\n  - {id: a, kind: baseline, opens: 2026-12-01, closes: 2026-12-08}\n"
        "  - {id: b, kind: mid, opens: 2027-03-01, closes: 2027-03-08}\n"
        "  - {id: c, kind: closing, opens: 2027-10-01, closes: 2027-10-08}\n"
    )
    files = {f"{COHORT}/matching.yaml": policy, f"{COHORT}/cohort.yaml": cohort}
    pairs = (f"{COHORT}/pairs",)
    one = _findings(tmp_path / "one", {**files, MENTOR: "veto: [li-wei]\n"}, pairs)
    other = _findings(tmp_path / "other", {**files, MENTEE: "conflicts: [{person: ana-kovacs, kind: family}]\n"}, pairs)
    assert [each.code for each in one] == ["pin-violates-constraint"]
    assert one == other


def test_reference_in_a_confidential_record_gives_nothing_away(tmp_path: Path):
    found = _findings(
        tmp_path,
        {
            MENTEE: "veto: [ana-kovac]\n",
            f"{COHORT}/applications/li-wei-mentee.yaml": "submitted: 2026-08-25\nstatus: accepted\nranked: [ana-kovac]\n",
        },
    )
    assert sorted(each.code for each in found) == ["dangling-reference", "dangling-reference", "ranked-and-vetoed"]
    shown = " ".join((each.message + each.hint + each.place.text) for each in found)
    assert "ana" not in shown


def test_criterion_of_an_installed_package_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def installed(*, group: str) -> importlib.metadata.EntryPoints:
        assert group == "mentoring_toolkit.criteria"
        return importlib.metadata.EntryPoints([importlib.metadata.EntryPoint("same_tram", "trams:same", group)])

    policy = {f"{COHORT}/matching.yaml": "score: {same_tram: 5, values_overlap: 5}\n"}
    assert [each.code for each in _findings(tmp_path / "without", policy)] == ["policy-unknown-criterion"]
    monkeypatch.setattr(importlib.metadata, "entry_points", installed)
    assert _findings(tmp_path / "with", policy) == ()
