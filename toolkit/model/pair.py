"""A pair and its frame: who is in it, what they agreed, and how it ended. A pair may be a group or a team."""

from __future__ import annotations

from typing import ClassVar, Literal

from toolkit.model.base import Part, Record
from toolkit.model.fields import (
    Date,
    Flag,
    GoalId,
    Integer,
    PersonId,
    RunId,
    Slug,
    Text,
    for_members,
    for_pair,
    for_staff,
)
from toolkit.model.goal import GoalEnd
from toolkit.model.program import Cadence, Formation, Model

Role = Literal["mentor", "mentee", "both", "facilitator"]
GIVING: tuple[Role, ...] = ("mentor", "both")
"""The roles of who gives: mentors, and both sides of a reciprocal pair."""
RECEIVING: tuple[Role, ...] = ("mentee", "both")
"""The roles of who receives: mentees, and both sides of a reciprocal pair."""
PairStatus = Literal["proposed", "accepted", "active", "paused", "closing", "closed", "objected"]
ClosureKind = Literal["planned", "early-agreed", "early-one-sided", "lost-contact", "program-ended", "safety"]
ClosureReason = Literal[
    "goals-met",
    "time-ended",
    "goals-changed",
    "left-organization",
    "workload",
    "poor-communication",
    "low-commitment",
    "personality",
    "competition",
    "conflict-of-interest",
    "inexperience",
    "safety",
    "health",
    "unknown",
]

FinalSession = Literal["yes", "offered", "not-possible"]
Rematch = Literal["yes", "no", "later"]


class Member(Part):
    """One person in a pair, with the role held there."""

    person: PersonId = for_members("Who.")
    role: Role = for_members("In which role.")
    strand: Slug | None = for_members("Skill family brought to a team.", None)
    joined: Date | None = for_staff("First day, where it is not the pair's.", None, own=True)
    left: Date | None = for_staff("Last day, where it is not the pair's.", None, own=True)


class Dated(Part):
    """A person and a day."""

    person: PersonId = for_staff("Who.", own=True)
    on: Date = for_staff("When.", own=True)


class Pause(Part):
    """A stretch in which the pair does not meet, by agreement."""

    start: Date = for_staff("First day.", own=True)
    resume: Date | None = for_staff("Day on which they meet again.", None, own=True)
    why: Text | None = for_pair("Why, as far as the pair wants to say.", None)


class Introduction(Part):
    """A helper whom one member brought to another."""

    to: Text = for_pair("Who was met: a role, not a full name.")
    on: Date = for_pair("When.")
    why: Text | None = for_pair("What for.", None)


class Recognition(Part):
    """Something that was praised where others could hear it."""

    on: Date = for_pair("When.")
    what: Text = for_pair("What was praised.")
    by: PersonId | None = for_pair("Who praised it.", None)


class Pair(Record):
    """People who work together: two, a group or a team."""

    record: ClassVar[str] = "pair"
    model: Model = for_members("Model of mentoring.")
    members: tuple[Member, ...] = for_members("Who is in it.", min_length=1)
    status: PairStatus = for_members("Where it stands.")
    formation: Formation = for_members("How it came about.", "formal")
    proposed_on: Date = for_staff("Day of the proposal.", own=True)
    accepted: tuple[Dated, ...] = for_staff("Who accepted, and when.", (), own=True)
    started: Date | None = for_members("First day.", None)
    ended: Date | None = for_members("Last day.", None)
    pauses: tuple[Pause, ...] = for_staff("Stretches without meetings, by agreement.", (), own=True)
    relation: Literal["none", "colleague", "other-department", "line-manager", "supervisor", "external"] | None = (
        for_staff("How the members are related outside the pair.", None)
    )
    run: RunId | None = for_staff("The matching run that proposed it.", None)
    check_in_owner: Text | None = for_staff("Who on the staff looks after it.", None, own=True)
    shared_topics: tuple[Slug, ...] = for_members("Topics they work on.", ())
    introductions: tuple[Introduction, ...] = for_pair("Helpers who were met.", ())
    recognitions: tuple[Recognition, ...] = for_pair("What was praised.", ())

    def people(self, *roles: str) -> tuple[str, ...]:
        """The ids of the members in these roles (all members without a role), in the order of the file."""
        return tuple(member.person for member in self.members if not roles or member.role in roles)

    @property
    def mentors(self) -> tuple[str, ...]:
        """The ids of who gives: mentors, and both sides of a reciprocal pair."""
        return self.people(*GIVING)

    @property
    def mentees(self) -> tuple[str, ...]:
        """The ids of who receives: mentees, and both sides of a reciprocal pair."""
        return self.people(*RECEIVING)


class Confidentiality(Part):
    """What stays in the pair, and what does not."""

    level: Literal["pair", "members"] | None = for_staff("Who may read the notes.", None, own=True)
    limits: tuple[Text, ...] = for_staff("What will be passed on all the same, and to whom.", (), own=True)


class Amendment(Part):
    """A change of the agreement, or the word that it stays."""

    on: Date = for_staff("When.", own=True)
    change: Text = for_pair("What changed, or `keep`.")
    by: PersonId | None = for_pair("Who asked for it.", None)


class Agreement(Record):
    """What the members of a pair commit to; the lists of duties stand in the body."""

    record: ClassVar[str] = "agreement"
    purpose: Text = for_pair("What they want from the time together.", opens="notes")
    cadence: Cadence = for_staff("How often they meet.", own=True)
    channel: Text = for_pair("Where they meet and how they write.", opens="notes")
    response_time_days: Integer = for_pair(
        "Within how many days a message is answered.", unit="days", ge=0, le=60, opens="notes"
    )
    confidentiality: Confidentiality = for_staff("What stays in the pair.", Confidentiality, own=True)
    boundaries: tuple[Text, ...] = for_pair("What is not part of it.", min_length=1, opens="notes")
    ends_on: Date | None = for_staff("Last day.", None, own=True)
    review_on: tuple[Date, ...] = for_staff("Days on which the agreement is looked at again.", (), own=True)
    no_fault_exit: Flag = for_staff("Whether either side may end it without giving a reason.", False, own=True)
    signed: tuple[Dated, ...] = for_staff("Who signed, and when.", (), own=True)
    context: Text | None = for_pair("What outside the pair may weigh on it.", None)
    recording: Literal["none", "both-consent"] = for_staff("Whether talks may be recorded.", "none", own=True)
    expenses: Text | None = for_staff("Who pays for what.", None, own=True)
    amendments: tuple[Amendment, ...] = for_staff("What was changed since.", (), own=True)
    body: Text = for_pair("The three lists of duties: the mentor's, the mentee's, both.", "", opens="notes")


class Closure(Record):
    """The recorded ending of a pair."""

    record: ClassVar[str] = "closure"
    on: Date = for_staff("Day of the ending.", own=True)
    kind: ClosureKind | None = for_staff("Kind of ending.", None, own=True)
    reason: ClosureReason | None = for_staff("Main reason.", None, own=True)
    final_session: FinalSession | None = for_staff("Whether there was a last meeting.", None, own=True)
    future_contact: Text | None = for_pair("What was said about later contact.", None)
    data: Text = for_staff("What happens to the notes: kept until a day, or deleted.", own=True)
    goals: dict[GoalId, GoalEnd] = for_staff("How each goal ended.", {}, own=True)
    learned: Text | None = for_pair("What was learned.", None)
    thanks: Text | None = for_pair("Thanks.", None)
    rematch: Rematch | None = for_staff("Whether a new pair is wanted.", None, own=True)
    would_mentor: Flag | None = for_staff("Whether the mentee would mentor one day.", None, own=True)
    story_consent: Flag = for_staff("Whether the story may be told.", False, own=True)
    body: Text = for_pair("A word at the end.", "")
