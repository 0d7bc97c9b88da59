"""What matching can weigh, require and aim for: every criterion, constraint and aim, as the reference tells of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weighed:
    """A criterion: what it gives, what it reads, which settings it takes, why it is here, and a sentence that it says.

    Each gives 0 to 1, or nothing where it is not known; `silent` says when that is.
    """

    name: str
    gives: str
    needs: str
    silent: str
    evidence: str
    told: str
    settings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """A constraint: what it rules out, what it reads, and how it is told; a hidden one is told as a rule of the program."""

    name: str
    bars: str
    needs: str
    told: str


@dataclass(frozen=True, slots=True)
class Aimed:
    """An aim of the objective: what it counts, and what that is good for."""

    name: str
    counts: str
    use: str


HIDDEN = "a rule of the program"
"""What a constraint from private records is called, so that no sentence tells it from the others of its kind."""
CONSENT = "no consent to the use of data that holds today"
SELF = "one and the same person"

WEIGHED: tuple[Weighed, ...] = (
    Weighed(
        "offers_meet_seeks",
        "Priority times strength over the topics that the mentee seeks and the mentor offers, as a share of the most that "
        "a mentor with full strength in all of them would give.",
        "`mentee.seeks` with priorities, `mentor.offers` with strengths",
        "the mentee seeks nothing, or the mentor offers nothing",
        "Face validity: every program that was read begins here. No study isolates it.",
        "offers Lesson planning (5 of 5), sought most",
    ),
    Weighed(
        "ranked_choice",
        "The wish of the mentee, the mentor or both: place r of R listed gives 1 - (r - 1) / R, who is not listed 0.",
        "`ranked` in the applications",
        "the side that counts ranked nobody; of both sides, the other one then speaks alone",
        "Having had a say in the match goes with its quality (Allen, Eby and Lentz 2006; Parise and Forret 2008).",
        "the mentee's 1st choice of 2 and the mentor's 2nd choice of 2",
        ("of", "share_mentee"),
    ),
    Weighed(
        "shared_topics",
        "The share of the topics sought that the mentor offers at all.",
        "`mentee.seeks`, `mentor.offers`",
        "the mentee seeks nothing, or the mentor offers nothing",
        "Interests and field in common: moderate, in lists of good practice more than in studies.",
        "offers 2 of 3 topics sought, not Assessment",
    ),
    Weighed(
        "values_overlap",
        "The chosen values that both have, of all that either has (Jaccard).",
        "`values` of both profiles",
        "one of them chose none",
        "Deep likeness is what goes most with the quality of a relationship (Eby et al. 2013; Tuma and Dolan).",
        "both chose humor and patience",
    ),
    Weighed(
        "working_style",
        "Closeness on the scales that both answered: 1 less the mean distance, of six steps.",
        "`working_style` of both profiles",
        "there is no scale that both answered",
        "Deep likeness, as with values (Eby et al. 2013); the weight between the two is a judgment.",
        "working styles 0.5 of 6 steps apart, furthest in pace (1)",
    ),
    Weighed(
        "overlap_minutes",
        "Common free time a week above the floor that the policy requires, full at `saturates_at` minutes.",
        "`availability` and `timezone` of both profiles",
        "one of them states no weekly times",
        "That a time cannot be found is what programs name first when pairs fail; meeting often goes with support.",
        "both free 120 minutes a week: Tue evening",
        ("saturates_at",),
    ),
    Weighed(
        "level_gap",
        "Steps from mentee to mentor: 1 inside the window, a third less for each step outside it.",
        "`level` of both profiles",
        "one of them states no level",
        "Practice: too near is a peer, too far is remote. No study gives the numbers.",
        "the mentor stands 2 steps above the mentee",
        ("min", "max"),
    ),
    Weighed(
        "preferred_style",
        "The share of the mentee's preferred ways of mentoring that come naturally to the mentor.",
        "`mentee.preferred_styles`, `mentor.styles`",
        "the mentee prefers none, or the mentor names none",
        "Practice alone: give it little weight.",
        "mentors in a motivating way, as preferred",
    ),
    Weighed(
        "waiting_time",
        "The days since the mentee applied, full at eight weeks; the same with every mentor, so that it decides who comes "
        "first where places are short, and never with whom.",
        "`submitted` of the application, and the day of the plan",
        "never",
        "Programs that take people in at any time match the waiting in weekly rounds; a bonus keeps the hard to match "
        "from being passed over in each.",
        "the mentee has waited 30 days",
    ),
    Weighed(
        "shared_background",
        "The share of the backgrounds that the mentee asks to share which the mentor has too, and agreed to be matched by.",
        "`wants_shared_background` of the application, `protected` of both private files, the mentor's consent "
        "`shared-background`",
        "the mentee asks for none; that is no unanswered question, whatever `missing` says",
        "Likeness in who people are hardly goes with quality (Eby et al. 2013; Tuma and Dolan), and some want it for good "
        "reasons: so it counts on request alone.",
        "meets a further wish of the mentee's application",
    ),
)
"""The criteria that ship with the toolkit, in the order in which the reference has them."""

HELD: tuple[Held, ...] = (
    Held("common_language", "Fewer languages in common, at B1 or better.", "`languages`", "no common language"),
    Held(
        "overlap_minutes",
        "Less common free time a week, by the clocks of both.",
        "`availability`, `timezone`",
        "fewer than 60 common free minutes a week",
    ),
    Held(
        "level_gap",
        "Another number of steps from mentee to mentor; in the model reverse from mentor to mentee.",
        "`level`",
        "not 2 to 5 steps from mentee to mentor",
    ),
    Held(
        "not_related",
        "A tie of these kinds that any application states, and line management.",
        "private files",
        HIDDEN,
    ),
    Held(
        "trained",
        "A mentor who has not finished this course.",
        "`training` in private files",
        "no finished training mentor-basics on record for the mentor",
    ),
    Held(
        "screened",
        "A mentor without a check, or with one that is open, refused or over.",
        "`screening` in private files",
        HIDDEN,
    ),
    Held("same_modality", "No way of meeting that suits both.", "`modalities`", "no common way of meeting"),
    Held(
        "different_organization",
        "Both from one organization, or one who does not say from which.",
        "`organization`",
        "not from different organizations",
    ),
)
"""What a policy may require."""

ALWAYS: tuple[Held, ...] = (
    Held(
        "consent",
        "Somebody without a consent to the use of data that holds on the day.",
        "`consents`",
        CONSENT,
    ),
    Held("self", "A person with themselves.", "the applications", SELF),
    Held("veto", "Somebody whom either side ruled out.", "`veto` in private files", HIDDEN),
    Held("conflict", "A tie that either side states.", "`conflicts` in private files", HIDDEN),
    Held(
        "objection",
        "Two of whom one would rather not be with the other, as was said to an earlier proposal.",
        "`objections` in private files",
        HIDDEN,
    ),
    Held("earlier", "Two whose pair ended, was objected to, or is in being.", "the pairs of every cohort", HIDDEN),
    Held("forbid", "A pair under `forbids`.", "the policy", HIDDEN),
    Held(
        "floor",
        "A pair that scores less than `floor`, or than `lowest_score`.",
        "the policy",
        "a score below the floor",
    ),
)
"""What rules a pair out whether a policy names it or not."""

AIMS: tuple[Aimed, ...] = (
    Aimed("max_matched", "How many mentees have a mentor.", "Nobody is left out for the sake of better scores."),
    Aimed(
        "raise_the_lowest",
        "The lowest scores in ascending order, as many as its depth says.",
        "Nobody pays for the others; a depth of 2 or 3 is enough for most.",
    ),
    Aimed("max_total", "The sum of all scores.", "The whole is as good as can be."),
    Aimed(
        "most_first_choices",
        "How many mentees have whom they ranked first.",
        "Where people's own choice is what counts.",
    ),
    Aimed(
        "even_load",
        "1 + 3 + 5 + ... up to what each mentor carries, with what is carried elsewhere; the least is best.",
        "The willing do not pay first.",
    ),
)
"""The aims of an objective."""


@dataclass(frozen=True, slots=True)
class Array:
    """An array that a criterion reads: its name below `features`, its shape in words, and what it holds."""

    name: str
    shape: str
    holds: str


_PEOPLE = "people x "
ARRAYS: tuple[Array, ...] = (
    Array("mentee.topics, mentor.topics", _PEOPLE + "topics", "priority or strength, 1 to 5; 0 where not named"),
    Array("mentee.values, mentor.values", _PEOPLE + "values", "true where chosen"),
    Array("mentee.styles, mentor.styles", _PEOPLE + "styles", "true where preferred, or natural"),
    Array(
        "mentee.backgrounds, mentor.backgrounds",
        _PEOPLE + "backgrounds",
        "true where the mentee asks for it, or the mentor agreed to be found by it",
    ),
    Array("mentee.working, mentor.working", _PEOPLE + "4 scales", "1 to 7; NaN where not answered"),
    Array("mentee.level, mentor.level", "people", "step on the ladder of experience; NaN where not stated"),
    Array("mentee.languages, mentor.languages", _PEOPLE + "languages", "true where spoken at B1 or better"),
    Array("mentee.modalities, mentor.modalities", _PEOPLE + "ways of meeting", "true where possible"),
    Array("mentee.organization, mentor.organization", "people", "a number for each organization; -1 where not stated"),
    Array("mentee.free, mentor.free", _PEOPLE + "stretches of the week", "true where free"),
    Array("mentee.timed, mentor.timed", "people", "true where weekly times are stated"),
    Array("minutes", "stretches of the week", "how long each stretch is"),
    Array("ranked_by_mentee", "mentees x mentors", "the place that the mentee gave, from 1; 0 for none"),
    Array("ranked_by_mentor", "mentees x mentors", "the place that the mentor gave, from 1; 0 for none"),
    Array("waited", "mentees", "the days since the application came in"),
)
"""What `features` holds for a criterion, in the order of the arrays themselves."""
