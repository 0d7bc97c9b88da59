"""How people find their pair; each of these is made of answers to surveys."""

from __future__ import annotations

from toolkit.reports.metrics.base import Metric, described

METRICS: tuple[Metric, ...] = (
    described(
        "quality",
        "relationship",
        "answers",
        """The mean answer to the five sentences of the health check (`health-check`), over all who answered a wave, 1 to 5.

        The sentences ask for reciprocity, respect, clear expectations, connection and shared values. Give mentors and
        mentees apart as well: it is the figure that moves while something can still be mended.

        Caution: a good mean hides the pair in which one side is content and the other is not; `agreement-gap` shows it. The
        sentences are a way to talk about a pair and have not been validated.
        """,
    ),
    described(
        "agreement-gap",
        "relationship",
        "answers",
        """How far a mentor and a mentee of one pair lie apart on a sentence of the health check, the mean over sentences and pairs.

        The sign is left out: 0 where both see their pair alike, 4 where one side finds all and the other nothing of what
        the sentences say.

        Caution: to count it, the answers of one pair must be known to belong together, and people must be told so before
        they answer. Of a single pair it is for that pair alone.
        """,
    ),
    described(
        "relationship-trend",
        "relationship",
        "answers",
        """By how much `quality` rises or falls from one wave to the next: the slope over the waves of each person, then the mean.

        Around 0 a relationship stays as it was, which late in a good year is no bad news.

        Caution: it needs three waves or more, each with the same sentences. Who stops answering is often who is unhappy, and
        then it rises for no good reason: look at `response-rate` beside it.
        """,
    ),
    described(
        "expectations-met",
        "relationship",
        "answers",
        """The mean answer to the thirteen expectations that mentees have of a mentor (`expectations`), over all who answered, 1 to 5.

        Read it sentence by sentence: the lowest one says what mentors should talk about at their next circle.

        Caution: a low answer can mean that an expectation was never said aloud. Not every expectation is one that this
        program wants to meet.
        """,
    ),
    described(
        "benefit-named",
        "relationship",
        "answers",
        """People who named at least one thing they gained, of all who answered `benefits`, mentors and mentees apart.

        Give the share of those who named at least one cost beside it, from the same people, and how often each gain and each
        cost was named.

        Caution: a survey that asks for gains alone finds gains alone. Those who left early have costs to name: ask them, too.
        """,
    ),
    described(
        "satisfaction",
        "relationship",
        "answers",
        """The mean answer to "All in all, it was worth my time" (the item `worth` of `closing`), over all who answered, 1 to 5.

        Give how the answers spread, and how many of how many chose one of the two highest.

        Caution: most people choose a high answer wherever they are asked, so its height tells little, and a fall more. It
        says that people liked it, not that it helped.
        """,
    ),
    described(
        "recommend",
        "relationship",
        "answers",
        """People who would recommend the program with 9 or 10 of 10, less those who chose 0 to 6, of all who answered.

        It runs from -100 to 100 and is known as the net promoter score. No survey that ships with the toolkit asks for it: a
        program that wants it adds an item for a number from 0 to 10.

        Caution: with fewer than about 50 answers it jumps by itself; give the three counts instead of the score.
        """,
    ),
    described(
        "response-rate",
        "relationship",
        "answers",
        """People who answered a wave, of all who were invited to it, by role and by wave.

        The cohort says when a wave is open and for whom (`waves`). The records do not say who answered, and should not. No
        other figure of a survey means anything without this one beside it.

        Caution: those who answer are often those who meet. Compare how regularly their group meets with that of everybody,
        as groups and never person by person.
        """,
    ),
    described(
        "belonging",
        "relationship",
        "answers",
        """The mean answer to "I feel that I belong here" (the item `belonging` of `baseline`), before the start and again at the end, 1 to 5.

        Only those who answered both times can show a change; say how many they are, of all who answered the first time.

        Caution: it says as much about the place as about the person, and a mentor cannot mend a place that shuts people out.
        Never give it for a pair unless both of its sides agree.
        """,
    ),
    described(
        "safety",
        "relationship",
        "answers",
        """The mean answer to one or two sentences on whether people dare to say in their pair what they do not know or do not like.

        No survey that ships with the toolkit asks for it; a program writes the sentences for its own people, and asks both
        sides the same ones.

        Caution: it is no way to find harm. Answers without names lead to nobody, and danger belongs to the safeguarding desk
        at once. Never give it for a pair unless both of its sides agree.
        """,
    ),
)
