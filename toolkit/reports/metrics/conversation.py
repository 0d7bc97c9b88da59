"""How people talk and learn in a pair, from the structure of what they wrote down, without reading their notes."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from math import log

from toolkit.model import Feedback, Observation, Pair, Session, sections
from toolkit.model.actions import standing
from toolkit.model.formats import SECTIONS
from toolkit.model.program import PEERS
from toolkit.model.rhythm import held
from toolkit.model.session import ASKING, CAREER, TELLING
from toolkit.model.tongue import program_language
from toolkit.reports.metrics.base import Counts, Figure, Metric, Scope, average, metric, share

_NOTES = 4
"""Fewer notes than these say more about the day than about the pair."""
_HELPED = 4


@metric("function-balance", "conversation")
def function_balance(scope: Scope) -> Figure | None:
    """How evenly the kinds of support that a pair noted (`functions`) fall on the career and on the person, the mean over the pairs.

    0 is one side only, 1 is half and half; a quarter on one side gives 0.81. Counselling, friendship, acceptance and role
    modelling are for the person, the others for the career. It is the entropy of the two shares. Only pairs with four
    notes or more that name support are in it; how many have both kinds, and how many have too few notes, stands beside it.

    Caution: people judge for themselves what they gave, and half and half is no aim: both should be there.
    """
    noted = [[note.functions for note in scope.notes(pair) if held(note) and note.functions] for pair in scope.begun]
    enough = [[tag for tags in each for tag in tags] for each in noted if len(each) >= _NOTES]
    values = [_evenness(sum(tag in CAREER for tag in tags) / len(tags)) for tags in enough]
    beside: Counts = (("both-kinds", sum(each > 0 for each in values)), ("few-notes", len(noted) - len(values)))
    return average(values, "", f"{len(values)} pairs", *beside, most=1.0)


def _evenness(part: float) -> float:
    """The entropy of a part and the rest as a share of the most it can be: 1 at a half, 0 where there is no rest."""
    return sum(-each * log(each, 2) for each in (part, 1 - part) if each > 0)


@metric("asking-telling-ratio", "conversation")
def asking_telling_ratio(scope: Scope) -> Figure | None:
    """How often mentors asked, listened or summarized, for each time they advised, demonstrated or told of themselves (`moves`).

    Above 1 the thinking stays with the mentee. All notes of the cohort are counted together, of pairs with four notes or
    more that name what the mentor did. How many of these pairs asked more than they told stands beside it.

    Caution: few notes say little, and mentors judge themselves. Where nobody told anything there is no ratio.
    """
    noted = [[note.moves for note in scope.notes(pair) if held(note) and note.moves] for pair in scope.begun]
    counts = [Counter(move for moves in each for move in moves) for each in noted if len(each) >= _NOTES]
    pairs = [(sum(each[move] for move in ASKING), sum(each[move] for move in TELLING)) for each in counts]
    asked, told = (sum(each) for each in zip(*pairs, strict=True)) if pairs else (0, 0)
    if not told:
        return None
    beside: Counts = (("asking-more", sum(more > less for more, less in pairs)), ("few-notes", len(noted) - len(pairs)))
    return Figure(
        asked / told, len(pairs), f"{asked} of asking, {told} of telling; {len(pairs)} pairs", "ratio", beside=beside
    )


@metric("format-completeness", "conversation")
def format_completeness(scope: Scope) -> Figure | None:
    """Sections of the notes in which something is written, of those that the format of each note asks for; the mean over the pairs.

    1 is every question of the format asked and answered. The first note of a pair has nothing to look back on, and a day
    under `next` is enough for the last section. Notes in the free format have no sections to fill. Beside it stand the
    notes that were looked at, and how many of them are whole.

    Caution: it is about the form. One honest line can be worth more than six full sections.
    """
    shares: list[float] = []
    looked = whole = 0
    preferred = program_language(scope.program)
    for pair in scope.begun:
        found = [_sections(note, preferred, first) for note, first in _shaped(scope, pair)]
        looked, whole = looked + len(found), whole + sum(done == of for done, of in found)
        if found:
            shares.append(sum(done for done, _ in found) / sum(of for _, of in found))
    return average(shares, "", f"{len(shares)} pairs", ("notes", looked), ("whole-notes", whole), most=1.0)


def _shaped(scope: Scope, pair: Pair) -> Iterator[tuple[Session, bool]]:
    """The notes of a pair's meetings in a format with sections, each with whether it is the pair's first note."""
    for place, note in enumerate(scope.notes(pair)):
        if held(note) and SECTIONS[note.format]:
            yield note, place == 0


def _sections(note: Session, preferred: str, first: bool) -> tuple[int, int]:
    """How many sections of a note are filled, of how many."""
    wanted = sections.asked(note, first)
    return len(sections.written(note, preferred).intersection(wanted)), len(wanted)


@metric("two-way-feedback", "conversation")
def two_way_feedback(scope: Scope) -> Figure | None:
    """Feedback that mentees gave to their mentors, of all feedback in pairs of mentors and mentees.

    From a fifth to a half is a good sign: mentors who get feedback show how one takes it. The line is a judgment of ours.
    Pairs in which both sides are mentor and mentee are left out.

    Caution: what is said in talk and not written down is not counted.
    """
    given = [
        each.giver in pair.mentees
        for pair, each in _feedback(scope)
        if set(pair.mentors).isdisjoint(pair.mentees) and each.giver in (*pair.mentors, *pair.mentees)
    ]
    return share(sum(given), len(given), "given by mentees")


@metric("feedback-helpfulness", "conversation")
def feedback_helpfulness(scope: Scope) -> Figure | None:
    """Feedback that its receiver found helpful (4 or 5 of 5 under `helpful`), of all feedback that has such a mark.

    The receiver sets the mark, never the giver. How much feedback has no mark stands beside it.

    Caution: there are few marks, and feedback that hurt is left without one more easily.
    """
    marks = [each.helpful for _, each in _feedback(scope)]
    rated = [each for each in marks if each is not None]
    return share(
        sum(each >= _HELPED for each in rated), len(rated), "found helpful", ("unrated", len(marks) - len(rated))
    )


@metric("feedback-quality", "conversation")
def feedback_quality(scope: Scope) -> Figure | None:
    """Feedback with a situation, a behavior and its impact, with both sides, given in time, of all feedback.

    Both sides are something to keep (`strengths`) and something to do otherwise (`improve`, or ideas under
    `suggestions`). In time is within the threshold `feedback_days` of the settings (14 days) after the event.

    Caution: praise, or an idea for the next time, can be good without all of this; how much feedback is of such another
    kind stands beside it. And the fields say that something is written, not that it is well said.
    """
    days = scope.records.settings.thresholds.feedback_days
    given = [each for _, each in _feedback(scope)]
    good = sum(_is_sound(each) and (each.on - each.event_on).days <= days for each in given)
    return share(good, len(given), "sound and in time", ("other-kinds", sum(each.kind != "sbi" for each in given)))


def _is_sound(given: Feedback) -> bool:
    told = given.situation and given.behavior and given.impact
    return bool(told and given.strengths and (given.improve or given.suggestions))


@metric("feedback-followed", "conversation")
def feedback_followed(scope: Scope) -> Figure | None:
    """Feedback whose action is done (`follow_up` names an action of the pair's notes), of all that names something to improve.

    What is agreed in a nod is gone by Monday. How much of this feedback led to no action at all stands beside it.

    Caution: feedback of last week has had no time, and somebody may have changed without any action.
    """
    done = named = silent = 0
    for pair in scope.begun:
        ended = {each.action.id for each in standing(scope.notes(pair)) if each.action.done and each.action.id}
        given = [each for _, each in _feedback(scope, pair) if each.improve]
        named, done = named + len(given), done + sum(each.follow_up in ended for each in given)
        silent += sum(each.follow_up is None for each in given)
    return share(done, named, "acted on", ("no-action", silent))


def _feedback(scope: Scope, *pairs: Pair) -> Iterator[tuple[Pair, Feedback]]:
    """The feedback of these pairs (all without any) that was given up to the day, each with its pair."""
    for pair in pairs or scope.begun:
        for each in scope.records.feedback.get(pair.pair_key, ()):
            if each.on <= scope.today:
                yield pair, each


@metric("observation-mix", "conversation")
def observation_mix(scope: Scope) -> Figure | None:
    """Observations that were talked over in time, of all observations; how many there are of each kind stands beside it.

    In time is within the threshold `debrief_days` of the settings (7 days). Left out of the share are those for which
    there is still time, and talks whose day is not written down. Both sides should be watched: where only the mentor
    observes, it is inspection.

    Caution: a program without visits has nothing to count here, and that is no fault of its pairs.
    """
    seen = [
        each
        for pair in scope.begun
        for each in scope.records.observations.get(pair.pair_key, ())
        if each.date <= scope.today
    ]
    days = datetime.timedelta(days=scope.records.settings.thresholds.debrief_days)
    known = [each for each in (_in_time(each, days, scope.today) for each in seen) if each is not None]
    return share(sum(known), len(known), "talked over in time", *sorted(Counter(each.kind for each in seen).items()))


def _in_time(seen: Observation, days: datetime.timedelta, today: datetime.date) -> bool | None:
    """Whether an observation was talked over in time; None where that is not known, or not yet."""
    if seen.debrief is not None and seen.debrief.on is None:
        return None
    if seen.debrief is not None and seen.debrief.on is not None and seen.debrief.on <= today:
        return seen.debrief.on <= seen.date + days
    return False if seen.date + days < today else None


@metric("reciprocity", "conversation")
def reciprocity(scope: Scope) -> Figure | None:
    """How evenly the lead goes round in pairs of equals: meetings led by who led least, for each led by who led most; the mean over the pairs.

    1 is taking turns, 0 is one side leading all. It looks at peer and reciprocal pairs with four notes or more that say
    who led (`lead`).

    Caution: who gave support and who got it is not recorded, so nothing is said of one-to-one pairs, in which the mentor
    may well learn as much.
    """
    shares = []
    equals = [pair for pair in scope.begun if pair.model in PEERS]
    for pair in equals:
        members = dict.fromkeys((*pair.mentors, *pair.mentees))
        led = [note.lead for note in scope.notes(pair) if held(note) and note.lead in members]
        if len(led) >= _NOTES:
            times = [led.count(each) for each in members]
            shares.append(min(times) / max(times))
    return average(shares, "", f"{len(shares)} pairs of equals", ("few-notes", len(equals) - len(shares)), most=1.0)


METRICS: tuple[Metric, ...] = (
    function_balance,
    asking_telling_ratio,
    format_completeness,
    two_way_feedback,
    feedback_helpfulness,
    feedback_quality,
    feedback_followed,
    observation_mix,
    reciprocity,
)
