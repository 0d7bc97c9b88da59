"""The files that a new program begins with: an empty one, or the shipped example moved to the present day."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit import store
from toolkit.errors import ToolkitError
from toolkit.model.formats import LANGUAGES
from toolkit.model.naming import slug_of
from toolkit.model.tongue import offered
from toolkit.scaffold.forms import remark, words, written
from toolkit.workspace import SETTINGS, identify, modeline, place_of, shipped

_COMMON = {
    ".gitignore": "gitignore",
    ".github/workflows/mentoring.yml": "github.yml",
    ".gitlab-ci.yml": "gitlab.yml",
}
# What a new program takes over as it is shipped: guides, the references they cite, questions, surveys and measures. The look of the site is
# not copied: what a program does not bring of its own, the toolkit adds when it builds.
_TAKEN = ("content/handbook", "content/evidence", "content/prompts", "content/instruments", "content/measures")
_DATED = ("content/programs/", "content/people/", "private/", SETTINGS)
_REVIEWER = re.compile(r"^reviewed_by: .*$", re.MULTILINE)
_DAY = re.compile(r"(?<![\d-])(\d{4}-\d{2}-\d{2})(?!\d)")
_MONTH = re.compile(r"(\bmonth: *[\"']?)(\d{4})-(\d{2})(?![\d-])")
_CLOCK = re.compile(r"^today: *[\"']?(\d{4}-\d{2}-\d{2})[\"']?[^\n]*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Target:
    """One file to be made: its path below the new folder, and its content."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Answers:
    """What is asked about a new program: its name, its leading language, the first day of its first cohort."""

    name: str
    language: str
    starts: datetime.date

    @property
    def program(self) -> str:
        """The program's id, from its name."""
        return slug_of(self.name, "program")

    @property
    def cohort(self) -> str:
        """The first cohort's id: the year in which it starts."""
        return str(self.starts.year)


def empty(answers: Answers, today: datetime.date) -> tuple[Target, ...]:
    """Plan a new program: four short records, settings, the shipped guides, workflows and a README."""
    ends = answers.starts + datetime.timedelta(weeks=40)
    values = {
        **asked(answers, ends, today),
        "demo": False,
        "context": "professional",
        "purpose": "",
        "urgent": "",
        "model": "one-to-one",
        "modality": "hybrid",
        "cadence": {"every": "fortnight", "minutes": 60},
        "sessions": (ends - answers.starts).days // 14,
        "mentors": 10,
        "places": 10,
        "topics": words(answers.language)["topic_list"],
    }
    own = {"program": answers.program, "cohort": answers.cohort}
    names = {
        place_of("program", id=answers.program): "program.yaml",
        place_of("cohort", program=answers.program, id=answers.cohort): "cohort.yaml",
        place_of("matching-policy", program=own["program"], id=own["cohort"]): "matching.yaml",
        place_of("topic-list", id="topics"): "topics.yaml",
        SETTINGS: "toolkit.yaml",
        "README.md": _in_tongue("README.{}.md", answers.language),
    }
    return in_order([*rendered(names, values), *around(answers.language)])


def asked(answers: Answers, ends: datetime.date, today: datetime.date) -> dict[str, Any]:
    """What the forms of every new program are filled in with: what was asked, the dates, and the words."""
    return {
        "words": words(answers.language),
        "name": answers.name,
        "title": answers.name,
        "language": answers.language,
        "program": answers.program,
        "cohort": answers.cohort,
        "starts": answers.starts,
        "ends": ends,
        **window(answers.starts, today),
    }


def window(starts: datetime.date, today: datetime.date) -> dict[str, datetime.date]:
    """The days between which people apply to a cohort: from today, until two weeks before it starts."""
    closes = max(today, starts - datetime.timedelta(weeks=2))
    return {"opens": min(today, closes), "closes": closes}


def around(language: str) -> tuple[Target, ...]:
    """What every new program has around its own records: guides, surveys, workflows, the look, a word on what is private."""
    taken = [_anew(each) for top in _TAKEN for each in _shipped_files(top)]
    look = [_in_language(each, offered(language) or LANGUAGES[0]) for each in _shipped_files("mkdocs.yml")]
    copied = [_remarked(each, language) for each in (*_workflows(), *look)]
    return (*copied, *taken, *_spoken(language))


def demo(today: datetime.date) -> tuple[Target, ...]:
    """Plan the shipped example with every date moved by whole weeks, so that its clock can run again from today.

    Guides keep the dates of their reviews, and cohorts named by a year keep their names. The moved clock lies on today or
    up to six days before it, and is taken out of the settings.
    """
    found = [each for top in ("content", "private", "site_config", "mkdocs.yml") for each in _shipped_files(top)]
    clock = next((_clock(each) for each in found if each.path == SETTINGS), None)
    weeks = (today - clock).days // 7 if clock else 0
    moved = [_moved(each, clock or today, datetime.timedelta(weeks=weeks)) for each in found]
    settings = next(each for each in found if each.path == SETTINGS)
    title = re.search(r"^title: *[\"']?(.*?)[\"']?$", settings.content.decode("utf-8"), re.MULTILINE)
    values = {"demo": True, "name": title[1] if title else "Mentoring", "cohort": _open_cohort(found)}
    return in_order(
        [*moved, *rendered({"README.md": "README.en.md"}, values), *_workflows(), *_forge_form(LANGUAGES[0])]
    )


def _workflows() -> Iterator[Target]:
    """What checks and publishes a program on a forge, and what git leaves out."""
    for path, name in _COMMON.items():
        yield Target(path, (_forms() / name).read_bytes())


def _spoken(language: str) -> Iterator[Target]:
    """What stands there in the program's language: a word on what is private, and a form on the forge."""
    word = _forms() / _in_tongue("private.{}.md", language)
    yield Target("private/README.md", word.read_bytes())
    yield from _forge_form(language)


def _forge_form(language: str) -> Iterator[Target]:
    """A form in which a pair without git writes its note as an issue; `ingest` takes the issue's text."""
    form = _forms() / _in_tongue("issue.{}.yml", language)
    yield Target(".github/ISSUE_TEMPLATE/note.yml", form.read_bytes())


def lay(folder: Path, targets: Iterable[Target]) -> None:
    """Make the files of a plan; where a single one of them is there already, nothing is made.

    Raises ToolkitError with the list of the files that are in the way.
    """
    targets = tuple(targets)
    taken = [each.path for each in targets if os.path.lexists(folder / each.path)]
    taken += [str(each) for each in (folder, *folder.parents) if each.exists() and not each.is_dir()]
    if taken:
        listed = ", ".join(taken[:10]) + (f" and {len(taken) - 10} more" if len(taken) > 10 else "")
        raise ToolkitError(f"nothing was written, for these are there already: {listed}", "choose an empty folder")
    for each in targets:
        store.create(folder / each.path, each.content)


def _in_tongue(name: str, language: str) -> str:
    """The form of this name in a language, else in the first."""
    return name.format(offered(language) or LANGUAGES[0])


def _remarked(target: Target, language: str) -> Target:
    """A file that is copied as it is shipped, with its comments in the language of the program."""
    text = target.content.decode("utf-8")
    for shipped_as, said in zip(words(LANGUAGES[0])["remarks"], words(language)["remarks"], strict=True):
        text = text.replace(remark(shipped_as) + "\n", remark(said) + "\n")
    return Target(target.path, text.encode("utf-8"))


def _anew(guide: Target) -> Target:
    """A guide without the name of who read it for the example: nobody in a new program knows them."""
    text = _REVIEWER.sub("reviewed_by: Handbook team", guide.content.decode("utf-8"))
    return Target(guide.path, text.encode("utf-8"))


def _in_language(look: Target, language: str) -> Target:
    text = re.sub(r"^(  language: )\S+$", rf"\g<1>{language}", look.content.decode("utf-8"), flags=re.MULTILINE)
    return Target(look.path, text.encode("utf-8"))


def in_order(targets: Iterable[Target]) -> tuple[Target, ...]:
    """Put files in the order of their paths."""
    return tuple(sorted(targets, key=lambda each: each.path))


def _shipped_files(top: str) -> Iterator[Target]:
    """The shipped files below a folder, without what editors and Python leave behind."""
    base = shipped(top)
    paths = sorted(base.rglob("*")) if base.is_dir() else [base]
    for path in paths:
        name = path.relative_to(base).as_posix()
        hidden = any(part.startswith((".", "__")) for part in Path(name).parts)
        if path.is_file() and not path.is_symlink() and not hidden:
            yield Target(top if path == base else f"{top}/{name}", path.read_bytes())


def rendered(names: dict[str, str], values: dict[str, Any], *first: Path) -> Iterator[Target]:
    """Fill in the forms of a new folder, by path; those that lie in the folders named `first` before the common ones."""
    top = shipped("templates")
    for path, name in names.items():
        where = identify(path)
        head = modeline(where.kind, path) if where is not None and path.endswith(".yaml") else ""
        text = written((*first, _forms(), top / "new", top), [f"{name}.j2"], values)
        yield Target(path, (head + text).encode("utf-8"))


def _forms() -> Path:
    return shipped("templates") / "project"


def _clock(settings: Target) -> datetime.date | None:
    found = _CLOCK.search(settings.content.decode("utf-8"))
    return datetime.date.fromisoformat(found[1]) if found else None


def _open_cohort(files: Iterable[Target]) -> str:
    """The cohort that the example has waiting to be matched: the one with a matching policy and no pairs."""
    paths = [each.path for each in files]
    waiting = [path for path in paths if path.endswith("/matching.yaml")]
    still = [
        path for path in waiting if not any(each.startswith(path[: -len("matching.yaml")] + "pairs/") for each in paths)
    ]
    return next(iter(sorted(still or waiting)), "x/COHORT/x").split("/")[-2]


def _moved(target: Target, clock: datetime.date, shift: datetime.timedelta) -> Target:
    """One file of the example with its dates moved; in its name as well, for sessions are named by their day."""
    if not target.path.startswith(_DATED) or not target.path.endswith((".yaml", ".md")):
        return target
    later = clock + shift
    months = (later.year - clock.year) * 12 + later.month - clock.month
    text = target.content.decode("utf-8")
    if target.path == SETTINGS:
        text = _CLOCK.sub("", text)
    text = _MONTH.sub(lambda found: found[1] + _later_month(int(found[2]), int(found[3]), months), text)
    text = _DAY.sub(lambda found: _later_day(found[1], shift), text)
    return Target(_DAY.sub(lambda found: _later_day(found[1], shift), target.path), text.encode("utf-8"))


def _later_day(day: str, shift: datetime.timedelta) -> str:
    try:
        return (datetime.date.fromisoformat(day) + shift).isoformat()
    except (ValueError, OverflowError):
        return day


def _later_month(year: int, month: int, by: int) -> str:
    count = year * 12 + month - 1 + by
    return f"{count // 12:04d}-{count % 12 + 1:02d}"
