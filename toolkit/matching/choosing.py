"""Which model of mentoring suits a program: six answers in, the model that fits best out, with reasons for and against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its name, what is asked, and the answers, each with its words."""

    name: str
    asks: str
    answers: Mapping[str, str]


QUESTIONS: tuple[Question, ...] = (
    Question(
        "aim",
        "What should come of it first?",
        MappingProxyType(
            {
                "growth": "a person grows over months, in skill and confidence",
                "transition": "people come through a change: a new school, job or country",
                "exchange": "two sides learn from each other",
                "network": "people get to know many others",
            }
        ),
    ),
    Question(
        "mentors",
        "How many people could be mentors?",
        MappingProxyType(
            {
                "enough": "about one for each mentee",
                "half": "about one for two or three mentees",
                "few": "one for four mentees or more",
                "none": "hardly any; the people stand on the same step",
            }
        ),
    ),
    Question(
        "distance",
        "How far apart in experience are the two sides?",
        MappingProxyType(
            {
                "wide": "many steps: seniors and beginners",
                "near": "one to three steps: those who just came through it",
                "same": "the same step",
                "turned": "the less senior know what the seniors want to learn",
            }
        ),
    ),
    Question(
        "time",
        "How much time can people give?",
        MappingProxyType(
            {
                "months": "an hour every week or two, for months",
                "monthly": "an hour or two a month",
                "once": "an afternoon, now and then",
            }
        ),
    ),
    Question(
        "skills",
        "What do the mentees need to learn?",
        MappingProxyType(
            {
                "personal": "each something else, some of it personal",
                "common": "all much the same",
                "many": "several fields that no single mentor covers",
            }
        ),
    ),
    Question(
        "setting",
        "What should the meetings feel like?",
        MappingProxyType(
            {
                "private": "a safe place for two",
                "shared": "a small circle that learns from each other",
                "open": "a lively room with new faces",
            }
        ),
    ),
)
"""The six questions, in the order in which they are asked."""

# (question, answer) -> model -> how strongly it speaks for the model (below 0: against it), and why
_WEIGHS: dict[tuple[str, str], dict[str, tuple[int, str]]] = {
    ("aim", "growth"): {
        "one-to-one": (2, "growth over months needs somebody who knows the person"),
        "group": (1, "a group grows together where the questions are alike"),
        "flash": (-2, "short meetings open doors and do not carry anybody through"),
    },
    ("aim", "transition"): {
        "near-peer": (3, "who has just come through a change is the most credible help in it"),
        "group": (1, "people in the same change carry each other"),
        "reverse": (-1, "the seniors are not the ones who stand before the change"),
    },
    ("aim", "exchange"): {
        "reciprocal": (3, "both sides give and receive, and each has goals"),
        "reverse": (2, "the usual direction is turned, and both learn from that"),
        "peer": (2, "peers share what they try"),
        "group": (-1, "in a group with one mentor most flows one way"),
    },
    ("aim", "network"): {
        "flash": (3, "in a few rounds everybody has met everybody"),
        "community": (2, "a circle of four to ten knows more people than any one of them"),
        "one-to-one": (-1, "two people widen each other's circle slowly"),
    },
    ("mentors", "enough"): {
        "one-to-one": (2, "there is a mentor for each mentee"),
        "reverse": (1, "there is a mentor for each mentee"),
        "reciprocal": (1, "there are enough people on both sides who have something to give"),
    },
    ("mentors", "half"): {
        "near-peer": (2, "a near peer can take up to four"),
        "group": (1, "one mentor can hold three to six"),
        "one-to-one": (-1, "some mentors would have to take two or three one after the other"),
    },
    ("mentors", "few"): {
        "group": (3, "one mentor can hold three to six"),
        "team": (2, "two mentors can hold eight to twelve"),
        "community": (1, "one facilitator can hold up to ten"),
        "one-to-one": (-3, "most mentees would be left without anybody"),
        "reciprocal": (-1, "pairs of two sides need as many on each"),
    },
    ("mentors", "none"): {
        "peer": (3, "peers need no mentors"),
        "community": (2, "a circle needs one facilitator, no mentor"),
        "reciprocal": (1, "each is mentor and mentee at once"),
        "one-to-one": (-3, "there is nobody to be the mentor"),
        "group": (-3, "there is nobody to lead the groups"),
        "team": (-3, "there is nobody to lead the teams"),
        "near-peer": (-2, "nobody is a step ahead"),
    },
    ("distance", "wide"): {
        "one-to-one": (1, "a wide distance is what a single mentor is for"),
        "team": (1, "several seniors together are less of an authority than one"),
        "peer": (-3, "with a wide gap one advises and the other listens"),
        "near-peer": (-2, "the mentors are further ahead than one to three steps"),
        "reciprocal": (-1, "power is hard to share over a wide gap"),
    },
    ("distance", "near"): {
        "near-peer": (3, "one to three steps ahead is what near-peer mentoring means"),
        "peer": (-1, "peers stand on the same step"),
    },
    ("distance", "same"): {
        "peer": (3, "people on one step speak openly"),
        "reciprocal": (2, "power is shared from the start"),
        "community": (1, "a circle of equals needs no mentor"),
        "one-to-one": (-2, "nobody has more experience to pass on"),
        "reverse": (-3, "there is no order to turn"),
    },
    ("distance", "turned"): {
        "reverse": (4, "the less senior person teaches"),
        "reciprocal": (1, "seniors can give something back"),
        "near-peer": (-2, "the mentor would have to stand above"),
    },
    ("time", "months"): {
        "one-to-one": (1, "trust takes months, and there is time for it"),
        "team": (1, "a team needs time to find itself"),
        "flash": (-1, "there is time for more than short meetings"),
    },
    ("time", "monthly"): {
        "group": (1, "a monthly round is a usual rhythm for groups"),
        "community": (1, "a monthly round is a usual rhythm for circles"),
        "peer": (1, "two peers can keep a monthly talk up without help"),
    },
    ("time", "once"): {
        "flash": (4, "an afternoon is enough for several rounds"),
        "one-to-one": (-3, "a bond between two needs more than an afternoon"),
        "team": (-2, "a team needs more than an afternoon"),
        "group": (-1, "a group that meets once is a workshop"),
    },
    ("skills", "personal"): {
        "one-to-one": (2, "what is personal is told to one person"),
        "reciprocal": (1, "what is personal is told to one person"),
        "group": (-1, "a group has little room for what is personal"),
    },
    ("skills", "common"): {
        "group": (2, "what all need can be told to all at once"),
        "community": (1, "people with the same question learn from each other"),
    },
    ("skills", "many"): {
        "team": (4, "mentors from different strands cover together what none covers alone"),
        "one-to-one": (-1, "no single mentor covers it"),
        "group": (-1, "no single mentor covers it"),
    },
    ("setting", "private"): {
        "one-to-one": (2, "two people are the safest place to speak"),
        "peer": (1, "two people are a safe place to speak"),
        "reverse": (1, "a senior asks more freely where nobody listens"),
        "community": (-2, "a circle is not private"),
        "flash": (-2, "a lively room is not private"),
    },
    ("setting", "shared"): {
        "group": (2, "mentees learn from each other, and the meeting happens though somebody is absent"),
        "team": (2, "the circle has several mentors, so one can be absent"),
        "community": (3, "the circle itself is what people come for"),
        "one-to-one": (-1, "two people are no circle"),
    },
    ("setting", "open"): {
        "flash": (2, "every round brings a new face"),
        "one-to-one": (-1, "the same two people meet each time"),
    },
}

MODELS = ("one-to-one", "group", "team", "near-peer", "peer", "reciprocal", "reverse", "community", "flash")
"""Every model, the usual first: between equals the earlier one is suggested."""

NEEDS: Mapping[str, str] = MappingProxyType(
    {
        "one-to-one": "a mentor for each mentee, and a meeting every week or two",
        "group": "one mentor for three to six mentees who can meet at the same hour",
        "team": "two mentors or more of different strands for eight to twelve mentees",
        "near-peer": "mentors one to three steps ahead, with up to four mentees each",
        "peer": "people on the same step; where the number is odd, three go together",
        "reciprocal": "two people who each offer something, and goals on both sides",
        "reverse": "less senior mentors, and seniors who are ready to learn from them",
        "community": "four to ten people and a facilitator",
        "flash": "two sides in one room, and as many rounds as the larger side has people",
    }
)
"""What each model takes."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A model with what speaks for it and against it, strongest first, and the sum of both."""

    model: str
    points: int
    reasons: tuple[str, ...]
    against: tuple[str, ...]


def suggest(answers: Mapping[str, str]) -> tuple[Suggestion, ...]:
    """Order all models by how well they fit six answers (question to answer), the best first.

    Raises KeyError for a question that is not answered and ValueError for an answer that there is not.
    """
    for question in QUESTIONS:
        if answers[question.name] not in question.answers:
            raise ValueError(f"{question.name} has no answer {answers[question.name]}")
    found = [_weighed(model, answers) for model in MODELS]
    return tuple(sorted(found, key=lambda each: (-each.points, MODELS.index(each.model))))


def _weighed(model: str, answers: Mapping[str, str]) -> Suggestion:
    said = [
        _WEIGHS[question.name, answers[question.name]][model]
        for question in QUESTIONS
        if model in _WEIGHS[question.name, answers[question.name]]
    ]
    strongest = sorted(said, key=lambda each: -abs(each[0]))
    return Suggestion(
        model,
        sum(weight for weight, _ in said),
        tuple(dict.fromkeys(why for weight, why in strongest if weight > 0)),
        tuple(dict.fromkeys(why for weight, why in strongest if weight < 0)),
    )
