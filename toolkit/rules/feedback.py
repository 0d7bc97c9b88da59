"""Feedback: what happened in words that can be answered, soon after it, in both directions, and followed up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.model import Feedback, Pair, Records
from toolkit.rules.base import NOTE, WARNING, Context, Finding, Rule, rule
from toolkit.rules.life import live
from toolkit.rules.words import JUDGING, JUDGING_PHRASES, bare, tokens

_WORDS = 4
_MANY = 4
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|«[^»]*»|„[^“”]*[“”]")
_ASKED = {"sbi": ("situation", "behavior", "impact"), "praise": ("behavior",)}


def _running(records: Records) -> Iterator[tuple[Pair, tuple[Feedback, ...]]]:
    """The pairs that are not over, with their feedback."""
    for pair in live(records) if records.feedback else ():
        yield pair, records.feedback.get(pair.pair_key, ())


def _each(records: Records) -> Iterator[Feedback]:
    for _, given in _running(records):
        yield from given


@rule("feedback-one-sided", WARNING)
def feedback_one_sided(records: Records, context: Context) -> Iterator[Finding]:
    """Feedback names only what went well, or only what did not.

    Only praise teaches nothing new, and only blame is not heard. Ideas under `suggestions` count as the second side;
    feedback of the kind `praise` may be praise alone.

    Fix: write one of each, under `strengths` and under `improve`.
    """
    for each in _each(records):
        ahead = each.improve or each.suggestions
        if each.kind != "praise" and bool(each.strengths) != bool(ahead):
            name = "strengths" if each.strengths else "improve" if each.improve else "suggestions"
            other = "what could be otherwise" if each.strengths else "what to keep"
            yield Finding(each.at(name), f"this feedback does not say {other}")


@rule("feedback-vague", WARNING)
def feedback_vague(records: Records, context: Context) -> Iterator[Finding]:
    """Feedback does not say when it was, what was done, or what came of it.

    "Well done" and "be clearer" leave the other to guess what is meant. A situation, a behavior and its impact, four words
    each at least, can be remembered and answered. Of `praise` only the behavior is asked; of `feedforward` and
    `start-stop-continue` one entry of four words under `strengths`, `improve` or `suggestions`.

    Fix: say when and where, what you saw or heard, and what it did to you or to the work.
    """
    for each in _each(records):
        entries = (*each.strengths, *each.improve, *each.suggestions)
        if each.kind not in _ASKED and not any(_says(entry) for entry in entries):
            yield Finding(each.at("kind"), "no entry says in four words or more what to keep or to do")
        thin = [name for name in _ASKED.get(each.kind, ()) if not _says(getattr(each, name) or "")]
        if thin:
            said = next((name for name in thin if getattr(each, name)), "kind")
            yield Finding(each.at(said), f"missing or too short: {', '.join(f'`{name}`' for name in thin)}")


def _says(text: str) -> bool:
    return len(text.split()) >= _WORDS


@rule("feedback-judging", NOTE)
def feedback_judging(records: Records, context: Context) -> Iterator[Finding]:
    """Feedback uses words that judge a person, such as always, never, lazy or bad.

    A verdict is defended against; a description is thought about. The lists are in English, Spanish and French and short;
    what stands between quotation marks is left alone.

    Fix: describe instead: "I noticed that ..., and then ...".
    """
    for each in _each(records):
        for name in ("situation", "behavior", "impact", "strengths", "improve"):
            value = getattr(each, name) or ()
            for index, text in enumerate((value,) if isinstance(value, str) else value):
                if _judges(text):
                    route = (name,) if isinstance(value, str) else (name, index)
                    yield Finding(each.at(*route), "a word here judges instead of describing")


def _judges(text: str) -> bool:
    plain = _QUOTED.sub(" ", text)
    low = bare(plain).lower().replace("’", "'")
    return not JUDGING.isdisjoint(tokens(bare(plain))) or any(phrase in low for phrase in JUDGING_PHRASES)


@rule("feedback-late", NOTE)
def feedback_late(records: Records, context: Context) -> Iterator[Finding]:
    """Feedback was given weeks after the event it is about.

    Both remember the event less and the feeling more. The line is the threshold `feedback_days`.

    Fix: speak within days the next time; a short word soon helps more than a full page later.
    """
    days = context.limits.feedback_days
    for each in _each(records):
        if (each.on - each.event_on).days > days:
            yield Finding(each.at("on"), f"given more than {days} days after the event")


@rule("feedback-one-way", NOTE)
def feedback_one_way(records: Records, context: Context) -> Iterator[Finding]:
    """The mentor of a pair has given feedback four times or more, and the mentee never.

    Mentors who ask for feedback get better at mentoring, and show how one takes it. Pairs in which both sides are mentor
    and mentee are left alone.

    Fix: ask the mentee for one thing that helped and one that did not.
    """
    for pair, given in _running(records):
        mentors, mentees = set(pair.mentors), set(pair.mentees)
        if mentors & mentees:
            continue
        down = [each for each in given if each.giver in mentors]
        if len(down) >= _MANY and not any(each.giver in mentees for each in given):
            message = "the mentor has given feedback four times or more, and the mentee never"
            yield Finding(down[-1].at("from"), message)


@rule("feedback-not-answered", NOTE)
def feedback_not_answered(records: Records, context: Context) -> Iterator[Finding]:
    """Feedback was given weeks ago, and nothing says what the other makes of it.

    Without an answer nobody knows whether it was understood, or right. The line is the threshold `feedback_days`; a word
    under `response` or `adaptation` is an answer, and so is a number under `helpful`.

    Fix: ask "what do you make of it?", and write the answer under `response`.
    """
    days = context.limits.feedback_days
    for each in _each(records):
        answered = each.response or each.adaptation or each.helpful
        if not answered and (context.today - each.on).days > days:
            yield Finding(each.at("on"), f"given more than {days} days ago, and not answered")


@rule("feedback-no-followup", NOTE)
def feedback_no_followup(records: Records, context: Context) -> Iterator[Finding]:
    """Feedback names something to do otherwise, and no action follows from it.

    What is agreed in a nod is gone by Monday; an action with a name and a day is met again in the next meeting.

    Fix: write the action into the next note, and its id under `follow_up`.
    """
    for each in _each(records):
        if each.improve and each.follow_up is None:
            yield Finding(each.at("improve"), "no action follows from this feedback")


RULES: tuple[Rule, ...] = (
    feedback_one_sided,
    feedback_vague,
    feedback_judging,
    feedback_late,
    feedback_one_way,
    feedback_not_answered,
    feedback_no_followup,
)
