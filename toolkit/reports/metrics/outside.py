"""What becomes of people outside their pair: described here, and counted from registers and answers to surveys."""

from __future__ import annotations

from toolkit.reports.metrics.base import Metric, described

_RETENTION = (
    described(
        "retention",
        "outcomes",
        "outcomes",
        """People who are still in the organization, the school or the course on a day that was set in advance, of all who were ever in a pair.

        The measure `retention` defines it. The day lies as far after the start for everybody, and who left their pair early
        is among those who are counted.

        Caution: leaving can be right for a person. By itself it says nothing of mentoring: people stay, and leave, without
        it as well.
        """,
    ),
    described(
        "retention-difference",
        "outcomes",
        "outcomes",
        """The share of people with a pair who stayed, less that of people like them without one (`comparison_group` of the cohort).

        Both are counted on the same day, by the same rule, with the same clock. Give both counts, the difference and its
        interval after Newcombe; how many people it takes for one more to stay is told only where that interval leaves out 0.

        Caution: who asks for a mentor may be who wants to stay. Say that staying went with mentoring, not that mentoring
        made people stay, unless a lot decided who got a pair.
        """,
    ),
    described(
        "retention-survival",
        "outcomes",
        "outcomes",
        """The share of people who are still there, month by month from their own start: a curve after Kaplan and Meier.

        It takes in people who began at different times and those who have not been followed to the end. Two groups are
        tested against each other (log-rank) only where ten or more left in each.

        Caution: it asks when people left, not why. Keep those who retired, moved or were dismissed apart.
        """,
    ),
    described(
        "promotion-rate",
        "outcomes",
        "outcomes",
        """Mentees who were promoted within 18 months of the start, of all who could have been and were followed that long.

        The measure `promotion` defines it. Who could be promoted is written down at the start, and the window has been open
        as long for everybody.

        Caution: who is on the way up is offered a mentor more often, and open posts set the number. A mentor who has a say in
        promotions makes it worthless.
        """,
    ),
    described(
        "persistence-by-modality",
        "outcomes",
        "outcomes",
        """People who stayed, of all who were ever in a pair, apart for pairs that met in person, at a distance or both ways.

        The notes say how a pair met (`modality`), the register who stayed (`retention`).

        Caution: nobody was assigned to a way of meeting by lot. Distance and long hours decide how people meet, and whether
        they stay.
        """,
    ),
)
_CHANGE = (
    described(
        "change-mean",
        "outcomes",
        "answers",
        """The mean of how far people moved on a measure between the first wave and the last, in the measure's own unit.

        Only who answered both times is in it: give how many they are, of all who answered the first time, and the interval.

        Caution: people also grow older, those who began very low rise by themselves, and mentoring can change what a word
        means to somebody. Without a comparison it describes a change; it does not show what mentoring caused.
        """,
    ),
    described(
        "change-effect",
        "outcomes",
        "answers",
        """The mean change on a measure, divided by how much people differ on it: its size in standard deviations.

        The difference of the two means stands over the root of the mean of both variances, and is made smaller for few
        people by 1 - 3 / (4 (n - 1) - 1). Name the formula, and how closely the two waves go together.

        Caution: it is not the size that studies with two groups report, and may not be set beside it. Give the change in its
        own unit first.
        """,
    ),
    described(
        "reliable-change",
        "outcomes",
        "answers",
        """How many people moved by more than the noise of the survey, up or down, and how many did not, of all who answered twice.

        A change counts where it is more than 1.96 times s √(2 (1 - r)): s is how much people differ at the start, r the
        published reliability of the instrument. Three counts are given, never one.

        Caution: without a published reliability it cannot be had, so none of the toolkit's own sentences give it. It is never
        told of a named person.
        """,
    ),
    described(
        "retro-change",
        "outcomes",
        "answers",
        """The mean of what people say of themselves at the end, less what they say at the end of how they were at the start.

        It helps where there was no first wave, or where people have learned what a question means.

        Caution: how people are now colors what they remember of then. Say beside it that it looks back, and never mix it with
        `change-mean`.
        """,
    ),
)
_SCHOOL = (
    described(
        "attendance",
        "outcomes",
        "outcomes",
        """Days on which students were at school, of the days on which they should have been, over the students followed, and the change.

        The measure `attendance` defines it. Compare the same months of the same level.

        Caution: it needs the consent of the student or the guardian. Illness, excused days and truancy are three things.
        """,
    ),
    described(
        "grades",
        "outcomes",
        "outcomes",
        """The mean of students' marks over a term, and by how much it changed, on the school's own scale.

        The measure `academic-performance` defines it. Compare within one level and one year.

        Caution: it needs the consent of the student or the guardian. Marks differ by teacher and subject, and very low ones
        rise without help, too.
        """,
    ),
    described(
        "failures",
        "outcomes",
        "outcomes",
        """Courses that students did not pass, for each student and year, and how many times as many as before or as elsewhere.

        The measure `course-failures` defines it. Give the courses that were taken beside those that were failed.

        Caution: it needs the consent of the student or the guardian. Few students make large swings, and a bad year is often
        followed by a better one.
        """,
    ),
)
_INSIDE = (
    described(
        "equity-outcome",
        "outcomes",
        "outcomes",
        """By how much an outcome differs between two groups of mentees, with its interval, where each has ten people or more.

        Take the program's first outcome (`outcomes`), and the groups that the matching policy names for fairness
        (`report_by`). The same groups of those who applied tell whether a gap was there before.

        Caution: it is for those who can change the program, and is never published. A small group that goes unreported is
        still to be listened to.
        """,
    ),
    described(
        "harm-signals",
        "outcomes",
        "answers",
        """Signs that mentoring did harm: endings by one side alone, endings and concerns for safety, `quality` below 2, and people who lost ground.

        The closures hold the endings (`early-one-sided`, `safety`), the private folder says of a concern for safety where it
        is being dealt with, and no more: not even which cohort. The rest comes from surveys, so the records alone would give
        a number that is too small. Each single sign gets a look by a person who is named.

        Caution: where nothing was written down, harm is not absent. A zero is no result to report.
        """,
    ),
)
OUTSIDE: tuple[Metric, ...] = (*_RETENTION, *_CHANGE, *_SCHOOL, *_INSIDE)
"""The outcomes that no record holds, those that many ask for first."""
