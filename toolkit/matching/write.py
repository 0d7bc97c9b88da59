"""Putting a proposal in place: all targets are looked at before the first file is made, and nothing is half-written."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from toolkit.decode import decode
from toolkit.errors import ToolkitError
from toolkit.matching.papers import pair_text, plan_paths, plan_texts
from toolkit.matching.proposal import Proposal
from toolkit.matching.reasons import why_text
from toolkit.matching.telling import Tell, unheard
from toolkit.model import Pair, Plan, Records
from toolkit.model.pair import RECEIVING
from toolkit.source import Fault, of_bytes
from toolkit.source.text import MAX_BYTES
from toolkit.store import create, held
from toolkit.workspace import Workspace, is_companion, place_of


def targets(proposal: Proposal, figures: tuple[str, ...] = ()) -> tuple[tuple[str, str], ...]:
    """Every file of a proposal as (path, text): the plan, its reasons (with `figures`), and a record for each pair."""
    program, _, cohort = proposal.cohort.partition("/")
    where = {"program": program, "cohort": cohort}
    pairs = ((place_of("pair", **where, id=each.ident), pair_text(proposal, each)) for each in proposal.groups)
    plans = plan_texts(proposal, figures)
    first, *further = zip(plan_paths(proposal, len(plans)), plans, strict=True)
    reasons = place_of("matching-reasons", **where, id=proposal.run)
    return (first, (reasons, why_text(proposal, figures)), *further, *pairs)


def write(
    workspace: Workspace,
    records: Records,
    proposal: Proposal,
    *,
    pairs: bool = True,
    figures: tuple[str, ...] = (),
    tell: Tell = unheard,
) -> tuple[str, ...]:
    """Create the files of a proposal; raises ToolkitError, with nothing written, where one of them is there already.

    Without `pairs` the plan and its reasons are written alone, to be compared and applied later.
    """
    files = tuple(each for each in targets(proposal, figures) if pairs or not each[0].endswith("/pair.yaml"))
    if pairs:
        _refuse_open_proposals(records, proposal)
    folders = dict.fromkeys(path.rpartition("/")[0] for path, _ in files)
    taken = [folder for folder in folders if os.path.lexists(workspace / folder)]
    if taken:
        more = f" and {len(taken) - 1} more" if len(taken) > 1 else ""
        hint = "nothing was written; use what was proposed before, or delete that folder and run this again"
        raise ToolkitError(f"{taken[0]} is there already{more}", hint)
    _refuse_unreadable(files)
    made: list[Path] = []
    try:
        for place, (path, text) in enumerate(files):
            tell("writing", place, len(files))
            with held():
                create(workspace / path, text)
                made.append(workspace / path)
    except BaseException:
        with held():
            _undo(made, workspace.root)
        raise
    return tuple(path for path, _ in files)


def _refuse_unreadable(files: tuple[tuple[str, str], ...]) -> None:
    """Read each record back before it is written: what check would refuse must not be left in the tree."""
    for path, text in files:
        if is_companion(path):
            continue
        if len(text.encode("utf-8")) > MAX_BYTES:
            hint = "nothing was written; match in parts, cohort by cohort"
            raise ToolkitError(f"{path} would be larger than a record may be", hint)
        model = Pair if path.endswith("/pair.yaml") else Plan
        try:
            _, faults = decode(of_bytes(text.encode("utf-8"), path), model)
        except Fault as fault:
            raise ToolkitError(f"{path} could not be read back: {fault.message}", "nothing was written") from fault
        if faults:
            raise ToolkitError(f"{path} could not be read back: {faults[0].message}", "nothing was written")


def _refuse_open_proposals(records: Records, proposal: Proposal) -> None:
    """A mentee who has a proposal open must not get a second one beside it."""
    mentees = {person for each in proposal.groups for person in each.people(*RECEIVING)}
    waiting = [
        pair for pair in records.pairs_of(proposal.cohort) if pair.status == "proposed" and mentees & set(pair.mentees)
    ]
    if waiting:
        folder = waiting[0].path.rpartition("/")[0]
        more = f" and {len(waiting) - 1} more" if len(waiting) > 1 else ""
        hint = "nothing was written; accept the open proposals, or delete their folders and run this again"
        raise ToolkitError(f"{folder}{more} is proposed already", hint)


def _undo(made: list[Path], root: Path) -> None:
    """Take back what was created before a failure: our files, and the folders that are empty without them."""
    for path in reversed(made):
        with contextlib.suppress(OSError):
            path.unlink()
    for path in reversed(made):
        for folder in path.parents:
            if folder == root:
                break
            try:
                folder.rmdir()
            except OSError:
                break
