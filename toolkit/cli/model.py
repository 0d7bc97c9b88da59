"""`mentoring model`: choose a model of mentoring by six questions, before a cohort is set up."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from toolkit.cli.common import at_terminal, say
from toolkit.errors import ToolkitError
from toolkit.matching.choosing import NEEDS, QUESTIONS, suggest

if TYPE_CHECKING:
    from toolkit.matching.choosing import Question, Suggestion


@click.group()
def model() -> None:
    """Choose a model of mentoring by six questions.

    \b
    Example:
      mentoring model suggest
    """


def _asked(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add an option for each question."""
    for question in reversed(QUESTIONS):
        answers = "; ".join(f"{name}: {words}" for name, words in question.answers.items())
        choice = click.Choice(list(question.answers))
        command = click.option(f"--{question.name}", type=choice, help=f"{question.asks} {answers}.")(command)
    return command


@model.command("suggest", short_help="Ask six questions and name the model that fits, with reasons.")
@_asked
@click.option("--json", "as_json", is_flag=True, help="Print every model with its points and reasons as JSON.")
def suggest_(as_json: bool, **given: str | None) -> int:
    """Ask six questions and name the model that fits, with reasons and with what speaks against it.

    Each question can be answered by an option; on a terminal the others are asked.

    \b
    Example:
      mentoring model suggest
      mentoring model suggest --aim growth --mentors few --distance wide --time monthly --skills common --setting shared
    """
    answers = {question.name: given[question.name] or _ask(question) for question in QUESTIONS}
    found = suggest(answers)
    if as_json:
        listed = [
            {"model": each.model, "points": each.points, "reasons": each.reasons, "against": each.against}
            for each in found
        ]
        data = {"format": "mentoring-model", "version": 1, "answers": answers, "models": listed}
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
    else:
        _show(found)
    say(f"next: write `model: {found[0].model}` into the cohort's cohort.yaml and matching.yaml")
    return 0


def _ask(question: Question) -> str:
    """Put one question on the terminal; elsewhere its option is needed."""
    if not at_terminal():
        listed = ", ".join(question.answers)
        raise ToolkitError(f"--{question.name} is not answered", f"{question.asks} Answer with one of: {listed}")
    click.echo(f"\n{question.asks}", err=True)
    names = list(question.answers)
    for place, (name, words) in enumerate(question.answers.items(), 1):
        click.echo(f"  {place}  {name}: {words}", err=True)
    numbered = {str(place): name for place, name in enumerate(names, 1)}

    def read(typed: str) -> str:
        answer = numbered.get(typed.strip(), typed.strip().lower())
        if answer not in names:
            raise click.UsageError(f"type a number from 1 to {len(names)}, or the word beside it")
        return answer

    answer: str = click.prompt("Number or word", value_proc=read, err=True)
    return answer


def _show(found: tuple[Suggestion, ...]) -> None:
    best, *others = found
    click.echo(best.model)
    click.echo(f"  needs {NEEDS[best.model]}")
    for reason in best.reasons:
        click.echo(f"  + {reason}")
    for reason in best.against:
        click.echo(f"  - {reason}")
    for each in others[:2]:
        click.echo(f"\nor {each.model}")
        for mark, reasons in (("+", each.reasons), ("-", each.against)):
            click.echo("".join(f"  {mark} {reason}\n" for reason in reasons), nl=False)
