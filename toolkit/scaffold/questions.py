"""Which questions suit a pair this week: from the program's lists, else from the shipped ones."""

from __future__ import annotations

from toolkit.decode import decode
from toolkit.errors import ToolkitError
from toolkit.model import PromptList, Question, Records
from toolkit.model.formats import LANGUAGES, SECTIONS
from toolkit.model.prompts import Week
from toolkit.source import Fault, read
from toolkit.workspace import place_of, shipped

# What the parts of other formats are for, in the words of GROW.
_STANDS_FOR = {
    "contract": "goal",
    "outcome": "goal",
    "frame": "goal",
    "spot": "goal",
    "listen": "reality",
    "situation": "reality",
    "understand": "reality",
    "explore": "options",
    "choices": "options",
    "tailor": "options",
    "action": "will",
    "actions": "will",
    "lay-out": "will",
    "encourage": "will",
}


def list_of(records: Records, language: str) -> PromptList:
    """The list of questions in a language: the program's own, else the shipped one, else that of the next language."""
    for each in dict.fromkeys((language, *LANGUAGES)):
        found = records.prompts.get(each) or _shipped(each)
        if found:
            return found
    raise ToolkitError("there is no list of questions", "write one: content/prompts/en.yaml")


def _shipped(language: str) -> PromptList | None:
    name = place_of("prompt-list", id=language)
    try:
        record, _ = decode(read(str(shipped(name)), name), PromptList)
    except Fault:
        return None
    return record if isinstance(record, PromptList) else None


def week_of(listed: PromptList, week: int | None, weeks: int | None = None) -> Week:
    """The questions of a week; a pair of `weeks` weeks moves through the list at its own pace, to its very end."""
    order = sorted(listed.weeks, key=lambda each: each.week)
    last = order[-1].week
    week = week or 1
    wanted = min(week, last) if weeks is None else min(max(-(-week * last // weeks), 1), last)
    return next((each for each in reversed(order) if each.week <= wanted), order[0])


def part_of(section: str) -> str:
    """What a section of any format is for, in the words of GROW."""
    return _STANDS_FOR.get(section, section)


def chosen(listed: PromptList, now: Week, format_: str, count: int = 2) -> tuple[Question, ...]:
    """Some questions for a talk of a format: those of the week that open one of its parts, then others of the phase."""
    parts = {part_of(key) for key in SECTIONS[format_]}
    later = [each for each in listed.weeks if each.phase == now.phase and each.week > now.week]
    pool = [question for week in (now, *later) for question in week.questions]
    fitting = [each for each in pool if each.section is None or not parts or each.section in parts]
    return tuple(_apart([*fitting, *(each for each in pool if each not in fitting)], count))


def _apart(questions: list[Question], count: int) -> list[Question]:
    """The first questions, each for another part of the talk where that is possible."""
    found: list[Question] = []
    for each in questions:
        if len(found) < count and each.section not in {other.section for other in found}:
            found.append(each)
    rest = [each for each in questions if each not in found]
    return [*found, *rest][:count]
