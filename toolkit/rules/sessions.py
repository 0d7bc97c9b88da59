"""The facts of session notes: when, how long, who came, who led, and what the note may show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from toolkit.diagnostics import Place
from toolkit.model import Observation, Pair, Records, Session
from toolkit.model.pair import GIVING
from toolkit.model.program import CIRCLES, PEERS
from toolkit.model.rhythm import held, notes_until
from toolkit.model.session import CAREER, TELLING
from toolkit.rules.base import ERROR, NOTE, WARNING, Context, Finding, Rule, rule
from toolkit.rules.life import live

_TELLING_NOTES = 3
_FUNCTION_NOTES = 4
_LEAD_NOTES = 4
_LEAD_SHARE = 0.7


@rule("session-too-short", NOTE)
def session_too_short(records: Records, context: Context) -> Iterator[Finding]:
    """A meeting took only a few minutes.

    A few minutes at the door are worth something, but they are a contact and not a meeting, and figures on meetings
    would mean less. The line is the threshold `session_min_minutes`.

    Fix: check the minutes, or delete the note and mention the talk in the next one.
    """
    least = context.limits.session_min_minutes
    for note in chain.from_iterable(records.sessions.values()):
        if note.minutes < least and held(note):
            yield Finding(note.at("minutes"), f"a meeting of less than {least} minutes")


@rule("session-too-long", NOTE)
def session_too_long(records: Records, context: Context) -> Iterator[Finding]:
    """A meeting took many hours.

    Most often a digit is wrong; where it is right, shorter meetings more often would help more. The line is the threshold
    `session_max_minutes`.

    Fix: check the minutes.
    """
    most = context.limits.session_max_minutes
    for note in chain.from_iterable(records.sessions.values()):
        if note.minutes > most:
            yield Finding(note.at("minutes"), f"a meeting of more than {most} minutes")


@rule("session-duplicate", WARNING)
def session_duplicate(records: Records, context: Context) -> Iterator[Finding]:
    """Two notes tell of the same meeting: the same pair, the same day and the same time.

    Both members wrote one, perhaps; every figure counts the meeting twice, and actions are read from two places.

    Fix: merge them into one file and delete the other, or fill in `start` where there were two meetings.
    """
    for notes in records.sessions.values():
        for index in range(1, len(notes)):
            note = notes[index]
            if note.date != notes[index - 1].date:
                continue
            first = next(each for each in notes if each.date == note.date and each.start == note.start)
            if first is not note:
                yield Finding(note.at("date"), "another note tells of this meeting", "", (first.at("date"),))


@rule("session-outside-pair", ERROR)
def session_outside_pair(records: Records, context: Context) -> Iterator[Finding]:
    """A note is dated before its pair began or after it ended.

    Either a date is mistyped or the pair's dates are: both are used for every figure on how long and how often.

    Fix: correct the date of the note, or `started` or `ended` of the pair.
    """
    for key, notes in records.sessions.items():
        pair = records.pairs.get(key)
        if pair is None:
            continue
        started, ended = pair.started, pair.ended
        for note in notes:
            if started is not None and note.date < started:
                yield Finding(note.at("date"), "dated before the pair began", "", (pair.at("started"),))
            elif ended is not None and note.date > ended:
                yield Finding(note.at("date"), "dated after the pair ended", "", (pair.at("ended"),))


@rule("attendee-not-member", ERROR)
def attendee_not_member(records: Records, context: Context) -> Iterator[Finding]:
    """Somebody is listed in a note, or gives or gets feedback, who is not a member of the pair.

    Notes are written for the members of the pair. A slip in an id gives the meeting to a stranger; a real guest should
    be known to both. Each person is named once for a pair, at the first note.

    Fix: correct the id, or add the person to the members of the pair.
    """
    for key, notes in records.sessions.items():
        pair = records.pairs.get(key)
        if pair is None:
            continue
        members = {member.person for member in pair.members}
        told: set[str] = set()
        for note in notes:
            if members.issuperset(note.attended) and not note.absent:
                continue
            for person, place in _listed(note):
                if person not in members and person not in told and person in records.people:
                    told.add(person)
                    yield Finding(place, "a person listed here is not in this pair")
    yield from _strangers(records)


def _strangers(records: Records) -> Iterator[Finding]:
    """Feedback from or to somebody who is not in the pair."""
    for key, given in records.feedback.items():
        pair = records.pairs.get(key)
        members = set(pair.people()) if pair is not None else set()
        for each in given if pair is not None else ():
            for name, person in (("from", each.giver), ("to", each.to)):
                if person not in members and person in records.people:
                    yield Finding(each.at(name), "a person named here is not in this pair")


def _listed(note: Session) -> Iterator[tuple[str, Place]]:
    """Who is named as present or absent, each with the place of the name."""
    for index, person in enumerate(note.attended):
        yield person, note.at("attended", index)
    for index, absence in enumerate(note.absent):
        yield absence.person, note.at("absent", index, "person")


@rule("attendance-empty", ERROR)
def attendance_empty(records: Records, context: Context) -> Iterator[Finding]:
    """A note says neither who came nor who stayed away.

    A meeting without people counts for nobody. Where one side waited in vain, that is worth recording as what it was.

    Fix: list who came under `attended`, and who did not under `absent`.
    """
    for note in chain.from_iterable(records.sessions.values()):
        if not note.attended and not note.absent:
            place = note.at("attended") if "attended" in note.model_fields_set else note.at("date")
            yield Finding(place, "this note says neither who came nor who stayed away")


@rule("no-mentor-present", WARNING)
def no_mentor_present(records: Records, context: Context) -> Iterator[Finding]:
    """A group or a team met without any of its mentors.

    That can be a good hour among peers, but it is not the meeting that was promised. The rule looks at groups, teams and
    near-peer pairs.

    Fix: bring in a co-mentor next time, or begin a pair of the model `peer` for such meetings.
    """
    for key, notes in records.sessions.items():
        pair = records.pairs.get(key)
        if pair is None or pair.model not in CIRCLES:
            continue
        leaders = set(pair.people(*GIVING))
        for note in notes:
            if held(note) and leaders.isdisjoint(note.attended):
                yield Finding(note.at("attended"), "no mentor of this pair was there")


@rule("recording-without-consent", ERROR, privacy=True)
def recording_without_consent(records: Records, context: Context) -> Iterator[Finding]:
    """A talk was recorded, or noted by a machine, without the consent of everybody in it.

    In many places that is against the law; everywhere it ends trust. It takes two things: an agreement that says
    `recording: both-consent`, and the consent `recording` of each person, given before the day and still valid.

    Fix: delete the recording and what was made from it, then ask first.
    """
    for key, notes in records.sessions.items():
        for note in notes:
            if note.recorded:
                pair, agreement = records.pairs.get(key), records.agreements.get(key)
                unknown = agreement is None and pair is not None and not records.is_whole(pair)
                agreed = unknown or (agreement is not None and agreement.recording == "both-consent")
                if not agreed or any(_refuses(records, person, "recording", note) for person in note.attended):
                    yield Finding(note.at("recorded"), "recorded without the consent of everybody who was there")


def _refuses(records: Records, person: str, what: str, note: Session) -> bool:
    """Whether a person is known and did not consent on the day of the note."""
    return person in records.people and not records.consents(person, what, note.date)


@rule("session-too-visible", ERROR, privacy=True)
def session_too_visible(records: Records, context: Context) -> Iterator[Finding]:
    """A note or an observation is opened to all members of the program although the pair did not agree to that.

    It is for the pair alone unless the agreement says `level: members` and each person of the pair gave the consent
    `notes`. One side cannot open what both said.

    Fix: set `visibility: pair`, or get the agreement and both consents first.
    """
    groups: chain[tuple[str, tuple[Session | Observation, ...]]]
    groups = chain(records.sessions.items(), records.observations.items())
    for key, notes in groups:
        opened = [note for note in notes if note.visibility == "members"]
        pair = records.pairs.get(key)
        if opened and pair is not None and not _may_open(records, context, pair):
            for note in opened:
                yield Finding(note.at("visibility"), "this is opened wider than the pair agreed to")


def _may_open(records: Records, context: Context, pair: Pair) -> bool:
    agreement = records.agreements.get(pair.pair_key)
    if agreement is None and not records.is_whole(pair):
        return True
    if agreement is None or agreement.confidentiality.level != "members":
        return False
    return not any(
        member.person in records.people and not records.consents(member.person, "notes", context.today)
        for member in pair.members
    )


@rule("moves-all-telling", NOTE)
def moves_all_telling(records: Records, context: Context) -> Iterator[Finding]:
    """In the last three notes of a pair the mentor only told: advised, demonstrated, or spoke from experience.

    Advice that comes before the question seldom fits. Asking and listening take the same time and leave the thinking
    with the mentee.

    Fix: begin the next meeting with three questions before any advice.
    """
    for pair in live(records, "active"):
        noted = [note for note in notes_until(records, pair, context.today) if note.moves][-_TELLING_NOTES:]
        if len(noted) == _TELLING_NOTES and all(TELLING.issuperset(note.moves) for note in noted):
            message = "three notes in a row with nothing but telling"
            yield Finding(noted[-1].at("moves"), message, "", tuple(note.at("moves") for note in noted[:-1]))


@rule("functions-one-kind", NOTE)
def functions_one_kind(records: Records, context: Context) -> Iterator[Finding]:
    """In the last four notes of a pair all support was of one kind: for the career only, or for the person only.

    People who get both kinds tend to gain more from mentoring than people who get one.

    Fix: ask about the other side next time: how the work goes, or how the person is.
    """
    for pair in live(records, "active"):
        noted = [note for note in notes_until(records, pair, context.today) if note.functions][-_FUNCTION_NOTES:]
        if len(noted) == _FUNCTION_NOTES:
            kinds = {function in CAREER for note in noted for function in note.functions}
            if len(kinds) == 1:
                yield Finding(noted[-1].at("functions"), "four notes in a row with support of one kind only")


@rule("reciprocal-lead-imbalance", NOTE)
def reciprocal_lead_imbalance(records: Records, context: Context) -> Iterator[Finding]:
    """In a pair of equals one side leads nearly all of the meetings.

    In a reciprocal or peer pair both give and both receive; who leads decides whose questions are heard. The rule looks
    at pairs with four notes or more that say who led, and draws the line at seven in ten.

    Fix: let the other side lead the next meeting.
    """
    for pair in live(records, "active"):
        if pair.model in PEERS:
            led = [note for note in notes_until(records, pair, context.today) if note.lead]
            most = max(Counter(note.lead for note in led).values(), default=0)
            if len(led) >= _LEAD_NOTES and most > _LEAD_SHARE * len(led):
                yield Finding(led[-1].at("lead"), "one side leads more than seven of ten meetings")


RULES: tuple[Rule, ...] = (
    session_too_short,
    session_too_long,
    session_duplicate,
    session_outside_pair,
    attendee_not_member,
    attendance_empty,
    no_mentor_present,
    recording_without_consent,
    session_too_visible,
    moves_all_telling,
    functions_one_kind,
    reciprocal_lead_imbalance,
)
