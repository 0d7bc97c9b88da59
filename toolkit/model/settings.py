"""The settings of a program's folder: `site_config/toolkit.yaml`."""

from __future__ import annotations

from typing import ClassVar, Literal

from toolkit.model.base import Part, Record
from toolkit.model.fields import Date, Integer, Number, Slug, Text, Url, for_public, for_staff

SiteLanguage = Literal["en", "es", "fr"]
"""A language in which the pages have words of their own."""


class Forge(Part):
    """Where the records are kept, so that pages can link to a record for editing."""

    kind: Literal["github", "gitlab"] = for_public("Which kind of forge.")
    url: Url = for_public("Address of the repository.")
    branch: Text = for_public("Branch that is edited.", "main")


class Thresholds(Part):
    """The lines that rules draw; each default is a judgment and may be changed."""

    first_meeting_days: Integer = for_public("Active without a meeting.", 10, unit="days", ge=1)
    silence_factor: Number = for_public("Gap between meetings, in cadences.", 2.0, ge=1)
    silence_days: Integer = for_public("Gap between meetings without a word.", 21, unit="days", ge=1)
    silent_pair_days: Integer = for_public("No record at all, still active.", 90, unit="days", ge=1)
    acceptance_days: Integer = for_public("Proposed without an answer.", 14, unit="days", ge=1)
    objection_days: Integer = for_public(
        "For objecting to a proposal, and for answering an objection.", 7, unit="days", ge=1
    )
    agreement_days: Integer = for_public("Active without an agreement.", 30, unit="days", ge=1)
    goals_days: Integer = for_public("Active without an active goal.", 45, unit="days", ge=1)
    goal_progress_days: Integer = for_public("An active goal without a progress entry.", 60, unit="days", ge=1)
    active_goals: Integer = for_public("Active goals of one pair.", 3, ge=1)
    close_days: Integer = for_public("Past the end and not closed.", 14, unit="days", ge=0)
    closure_notice_days: Integer = for_public("Before the end without an announcement.", 30, unit="days", ge=0)
    decision_days: Integer = for_public("After the close of applications without a decision.", 21, unit="days", ge=0)
    mentor_load: Integer = for_public("Mentees and similar duties of one mentor.", 5, unit="people", ge=1)
    common_minutes: Integer = for_public("Common free time a week.", 60, unit="minutes", ge=1)
    session_min_minutes: Integer = for_public("Shortest meeting.", 15, unit="minutes", ge=1)
    session_max_minutes: Integer = for_public("Longest meeting.", 180, unit="minutes", ge=1)
    ranking_min: Integer = for_public("People ranked, where ranking counts.", 3, ge=1)
    review_months: Integer = for_public("A guide without a review.", 12, unit="months", ge=1)
    debrief_days: Integer = for_public("After an observation without a talk about it.", 7, unit="days", ge=0)
    feedback_days: Integer = for_public(
        "From an event to feedback, and from there to an answer.", 14, unit="days", ge=0
    )
    escalation_days: Integer = for_public("A red check-in without a next step.", 2, unit="working days", ge=0)
    concern_days: Integer = for_public("A concern without an answer.", 5, unit="working days", ge=0)
    stale_days: Integer = for_public("An open record that nobody touched.", 180, unit="days", ge=1)
    weight_share_percent: Integer = for_public(
        "Share of one criterion in all weights.", 60, unit="percent", ge=1, le=100
    )
    mentor_action_percent: Integer = for_public("Share of actions that mentors own.", 70, unit="percent", ge=1, le=100)
    program_outcomes: Integer = for_public("Outcomes that one program looks at.", 5, ge=1)
    pilot_pairs: Integer = for_public("Pairs of a first cohort.", 20, ge=1)
    training_months: Integer = for_public("Age of a training.", 24, unit="months", ge=1)


class Settings(Record):
    """How the toolkit treats this program: its clock, its forge, its rules."""

    record: ClassVar[str] = "settings"
    title: Text | None = for_public("Name of the site; else the program's.", None)
    today: Date | None = for_public("A clock that stands still, for a demonstration.", None)
    forge: Forge | None = for_public("Where the records are kept.", None)
    languages: tuple[SiteLanguage, ...] = for_public(
        "Languages of the site; guides are written in the first one. Empty for the one of mkdocs.yml.", ()
    )
    rules: dict[Slug, Literal["error", "warning", "note", "off"]] = for_public("Severity of single rules.", {})
    thresholds: Thresholds = for_public("The lines that rules draw.", Thresholds)
    value_cards: tuple[Slug, ...] = for_public("The cards that `values` are chosen from; empty for any.", ())
    sample_pair: Text | None = for_staff("The pair whose own pages `make site` builds, as program/cohort/pair.", None)
