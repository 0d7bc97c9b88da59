"""Who is in a pair: its size, its roles, its acceptance, and whether its people can meet at all."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import reduce

from toolkit.model import Pair, Person, Records
from toolkit.model.pair import GIVING
from toolkit.model.rhythm import LIVE, held, present
from toolkit.model.times import Minutes, common, first_monday, weekly_minutes
from toolkit.rules.base import ERROR, NOTE, WARNING, Context, Finding, Rule, rule
from toolkit.rules.facts import open_pairs
from toolkit.rules.life import live


@rule("member-twice", ERROR)
def member_twice(records: Records, context: Context) -> Iterator[Finding]:
    """The same person is listed twice in one pair.

    Every count of people, of signatures and of attendance would be wrong by one. A person who left and came back may
    be listed twice, when the first entry says when they left.

    Fix: keep one entry for each person, with the role `both` where a person gives and receives.
    """
    for pair in records.pairs.values():
        seen: dict[str, int] = {}
        for index, member in enumerate(pair.members):
            first = seen.setdefault(member.person, index)
            if first != index and pair.members[first].left is None and not _is_self_mentoring(pair, first, index):
                related = (pair.at("members", first, "person"),)
                yield Finding(pair.at("members", index, "person"), "this person is in the pair already", "", related)


@rule("self-mentoring", ERROR)
def self_mentoring(records: Records, context: Context) -> Iterator[Finding]:
    """The same person is mentor and mentee of one pair.

    Nobody mentors themselves; most often one of the two ids is a slip. In a reciprocal pair both sides give and
    receive, and each is listed once, with the role `both`.

    Fix: correct one of the two ids.
    """
    for pair in records.pairs.values():
        for index, member in enumerate(pair.members):
            for first in range(index):
                if pair.members[first].person == member.person and _is_self_mentoring(pair, first, index):
                    related = (pair.at("members", first, "person"),)
                    yield Finding(
                        pair.at("members", index, "person"), "one person is mentor and mentee here", "", related
                    )


def _is_self_mentoring(pair: Pair, first: int, second: int) -> bool:
    roles = {pair.members[first].role, pair.members[second].role}
    return roles == {"mentor", "mentee"} and pair.model != "reciprocal"


# model: fewest and most who give, fewest and most who receive, what that is in words
_SIZES = {
    "one-to-one": (1, 1, 1, 1, "one mentor and one mentee"),
    "flash": (1, 1, 1, 1, "one mentor and one mentee"),
    "reverse": (1, 1, 1, 1, "one mentor and one mentee"),
    "near-peer": (1, 1, 1, 4, "one mentor and one to four mentees"),
    "group": (1, 2, 3, 6, "one mentor, or two, and three to six mentees"),
}
# model: fewest and most people, what that is in words
_CIRCLES = {
    "peer": (2, 3, "two people, or three where the number is odd"),
    "reciprocal": (2, 2, "two people, each with the role `both`"),
    "community": (5, 11, "four to ten people and a facilitator"),
}


@rule("group-size", WARNING)
def group_size(records: Records, context: Context) -> Iterator[Finding]:
    """A pair has more or fewer people than its model of mentoring is made for.

    One mentor can hold the thread with three to six people; with more, some fall silent, and with fewer it is another
    model. The same holds for the small models: a one-to-one pair of three is a group that nobody planned as one. Teams
    have a rule of their own, `team-size`.

    Fix: split it, merge it, add a co-mentor, or name the model that it is.
    """
    for pair in open_pairs(records):
        members = present(pair, context.today)
        if pair.model in _SIZES:
            low, high, few, many, words = _SIZES[pair.model]
            givers = sum(member.role in GIVING for member in members)
            fits = low <= givers <= high and few <= sum(member.role == "mentee" for member in members) <= many
        elif pair.model in _CIRCLES:
            few, many, words = _CIRCLES[pair.model]
            fits = few <= len(members) <= many
        else:
            continue
        if not fits:
            yield Finding(pair.at("members"), f"this model of mentoring is made for {words}")


@rule("team-size", WARNING)
def team_size(records: Records, context: Context) -> Iterator[Finding]:
    """A team does not have two mentors or more and eight to twelve mentees.

    A team lives from several mentors who bring different skills; below eight mentees they outweigh the others, above
    twelve nobody knows everybody.

    Fix: split the team, merge it with another, or use the model `group`.
    """
    for pair in open_pairs(records):
        if pair.model == "team":
            roles = [member.role for member in present(pair, context.today)]
            if roles.count("mentor") < 2 or not 8 <= roles.count("mentee") <= 12:
                yield Finding(pair.at("members"), "a team is two mentors or more and eight to twelve mentees")


@rule("team-strands-alike", NOTE)
def team_strands_alike(records: Records, context: Context) -> Iterator[Finding]:
    """All mentors of a team come from the same family of skills.

    What a team gives beyond a group is the difference between its mentors: the mentee learns whom to ask for what.

    Fix: bring in a mentor from another strand, or run it as a group.
    """
    for pair in open_pairs(records):
        if pair.model == "team":
            mentors = [member for member in present(pair, context.today) if member.role == "mentor"]
            strands = [member.strand or _strand(records, member.person) for member in mentors]
            if len(strands) > 1 and None not in strands and len(set(strands)) == 1:
                yield Finding(pair.at("members"), "all mentors of this team come from the same strand")


def _strand(records: Records, person: str) -> str | None:
    found = records.people.get(person)
    return found.strand if found else None


def _levels(records: Records, pair: Pair, context: Context, *roles: str) -> list[int]:
    """The steps on the ladder of the members in these roles, as far as they are known."""
    found = (records.people.get(member.person) for member in present(pair, context.today) if member.role in roles)
    return [person.level for person in found if isinstance(person, Person) and person.level is not None]


@rule("peer-power-gap", WARNING)
def peer_power_gap(records: Records, context: Context) -> Iterator[Finding]:
    """Two peers stand more than one step apart on the ladder of experience.

    Peers speak openly because neither is above the other. With a wide gap one of them advises and the other listens,
    which is mentoring of another kind and needs its own frame.

    Fix: use the model `near-peer` or `reverse`, or pair each with somebody closer.
    """
    for pair in open_pairs(records):
        if pair.model == "peer":
            levels = _levels(records, pair, context, "mentor", "mentee", "both")
            if levels and max(levels) - min(levels) > 1:
                yield Finding(pair.at("model"), "the peers of this pair stand more than one level apart")


@rule("near-peer-gap", WARNING)
def near_peer_gap(records: Records, context: Context) -> Iterator[Finding]:
    """The mentor of a near-peer pair is not one to three steps ahead of the mentee.

    A near peer is credible because the way is still fresh: a few steps ahead, not many, and not behind.

    Fix: choose a mentor a few steps ahead, or name the model that it is.
    """
    for pair in open_pairs(records):
        if pair.model == "near-peer":
            mentors, mentees = (_levels(records, pair, context, role) for role in ("mentor", "mentee"))
            if any(not 1 <= mentor - mentee <= 3 for mentor in mentors for mentee in mentees):
                yield Finding(pair.at("model"), "the mentor is not one to three levels ahead of each mentee")


@rule("reverse-not-reversed", WARNING)
def reverse_not_reversed(records: Records, context: Context) -> Iterator[Finding]:
    """The mentor of a reverse pair stands above the mentee.

    In reverse mentoring the less senior person teaches. Where the mentor is the more senior one, it is ordinary
    mentoring, and both should know which of the two they agreed to.

    Fix: swap the roles, or use the model `one-to-one`.
    """
    for pair in open_pairs(records):
        if pair.model == "reverse":
            mentors, mentees = (_levels(records, pair, context, role) for role in ("mentor", "mentee"))
            if mentors and mentees and max(mentors) > min(mentees):
                yield Finding(pair.at("model"), "the mentor stands above the mentee, so nothing is reversed")


@rule("reciprocal-one-sided", WARNING)
def reciprocal_one_sided(records: Records, context: Context) -> Iterator[Finding]:
    """One side of a reciprocal pair only gives, or only receives.

    A reciprocal pair holds as long as both get something from it. Each side needs the role `both` and something to
    offer, and when the work has begun each side needs a goal.

    Fix: give each side the role `both`, offers in the profile and a goal, or use the model `one-to-one`.
    """
    for pair in open_pairs(records):
        if pair.model == "reciprocal" and records.is_whole(pair):
            message = _one_side(records, context, pair)
            if message:
                yield Finding(pair.at("members"), message)


def _one_side(records: Records, context: Context, pair: Pair) -> str:
    members = present(pair, context.today)
    if any(member.role != "both" for member in members):
        return "not everybody in this reciprocal pair has the role `both`"
    people = [records.people.get(member.person) for member in members]
    if any(person is not None and not (person.mentor and person.mentor.offers) for person in people):
        return "one side of this reciprocal pair offers nothing"
    owners = {goal.owner for goal in records.goals.get(pair.pair_key, ()) if goal.status not in ("draft", "dropped")}
    if owners and any(member.person not in owners for member in members):
        return "one side of this reciprocal pair has no goal"
    return ""


@rule("same-pair-twice", NOTE)
def same_pair_twice(records: Records, context: Context) -> Iterator[Finding]:
    """The same people are together in two pairs that both run.

    Their meetings and goals end up in two folders, and each looks half asleep.

    Fix: keep one of the two, and close the other.
    """
    seen: dict[frozenset[str], Pair] = {}
    for pair in live(records):
        people = frozenset(member.person for member in present(pair, context.today))
        first = seen.setdefault(people, pair)
        if first is not pair and people:
            message = "the same people run another pair"
            yield Finding(pair.at("members"), message, "", (first.at("members"),))


@rule("pair-state", ERROR)
def pair_state(records: Records, context: Context) -> Iterator[Finding]:
    """The status of a pair contradicts its dates.

    An active pair without a first day, or a closed one without a last day, cannot be counted: every figure of the
    cohort leans on these two days. A pair that is only proposed has not begun, and one that has ended is closing or closed.

    Fix: correct the status, or fill in `started` and `ended`.
    """
    for pair in records.pairs.values():
        message = _contradiction(pair)
        closure = records.closures.get(pair.pair_key)
        if message:
            yield Finding(pair.at("status"), message)
        elif closure is not None and closure.on <= context.today and pair.status in ("active", "paused"):
            message = "a closure is written, but the pair is not closed"
            yield Finding(
                pair.at("status"), message, "set the status to closed and fill in `ended`", (closure.at("on"),)
            )


def _contradiction(pair: Pair) -> str:
    if pair.status in LIVE and pair.started is None:
        return "the pair runs, but `started` is not filled in"
    if pair.status == "closed" and pair.ended is None and pair.started is not None:
        return "the pair is closed, but `ended` is not filled in"
    if pair.status in ("active", "paused") and pair.ended is not None:
        return "the pair has ended, but its status says that it runs"
    if pair.status in ("proposed", "objected") and pair.started is not None:
        return "the pair has begun, but its status says that it has not"
    return ""


@rule("acceptance-missing", ERROR)
def acceptance_missing(records: Records, context: Context) -> Iterator[Finding]:
    """A pair runs although not all of its members have accepted it.

    Being chosen is not the same as agreeing. Where people have a say in the matching, the relationship goes better,
    and a pair that one side only heard of afterwards begins with a debt.

    Fix: ask those who are missing, then add each under `accepted` with the day.
    """
    for pair in live(records, "accepted", *LIVE):
        said = {each.person for each in pair.accepted}
        if any(member.person not in said for member in present(pair, context.today)):
            place = pair.at("accepted") if pair.accepted else pair.at("status")
            yield Finding(place, "the pair runs, but not all of its members have accepted")


@rule("acceptance-overdue", WARNING)
def acceptance_overdue(records: Records, context: Context) -> Iterator[Finding]:
    """A proposed pair has waited too long for an answer.

    Two people are kept from other pairs while one of them hesitates. The line is the threshold `acceptance_days`.

    Fix: ask them today, or withdraw the proposal and match again.
    """
    for pair in live(records, "proposed"):
        if (context.today - pair.proposed_on).days > context.limits.acceptance_days:
            message = f"proposed more than {context.limits.acceptance_days} days ago, and not accepted by all"
            yield Finding(pair.at("proposed_on"), message)


@rule("availability-no-overlap", WARNING)
def availability_no_overlap(records: Records, context: Context) -> Iterator[Finding]:
    """The members of a pair have less free time in common than a meeting takes.

    Finding an hour is where most pairs across time zones fail, and it shows before the first meeting. Times are compared
    in the first week of the cohort, each person's in their own time zone. The rule is quiet where somebody gave no times
    or no zone, and once a pair has met twice: then they found their hour. The line is the threshold `common_minutes`.

    Fix: ask both for more times, meet in another way, or match anew in the first weeks.
    """
    for pair in live(records, "proposed", "accepted", "active"):
        cohort = records.cohort_of(pair)
        if cohort is None or sum(map(held, records.sessions.get(pair.pair_key, ())[:4])) > 1:
            continue
        monday = first_monday(cohort.starts)
        weeks = [_week(records, member.person, member.role, monday) for member in present(pair, context.today)]
        if len(weeks) < 2 or not all(weeks):
            continue
        shared = sum(end - start for start, end in reduce(common, weeks))
        if shared < context.limits.common_minutes:
            message = f"the members share less than {context.limits.common_minutes} minutes of free time a week"
            yield Finding(pair.at("members"), message)


def _week(records: Records, person: str, role: str, monday: datetime.date) -> Minutes:
    """The free times of one member in the role held here; empty where they are not known."""
    found = records.people.get(person)
    if found is None or found.timezone is None:
        return ()
    as_mentee = found.mentee.availability if found.mentee else ()
    as_mentor = found.mentor.availability if found.mentor else ()
    slots = {"mentee": as_mentee, "mentor": as_mentor}.get(role, (*as_mentor, *as_mentee)) or as_mentor or as_mentee
    return weekly_minutes(slots, found.timezone, monday)


RULES: tuple[Rule, ...] = (
    member_twice,
    self_mentoring,
    group_size,
    team_size,
    team_strands_alike,
    peer_power_gap,
    near_peer_gap,
    reverse_not_reversed,
    reciprocal_one_sided,
    same_pair_twice,
    pair_state,
    acceptance_missing,
    acceptance_overdue,
    availability_no_overlap,
)
