"""The names of the figures that a program can count: targets and benchmarks refer to them."""

from __future__ import annotations

_REACH = """
coverage application-conversion match-rate time-to-match first-choice-share top-3-share score-mean score-min lift
match-satisfaction objection-rate mentor-utilisation load-equity group-gap
"""
_ACTIVITY = """
first-meeting-days dosage cadence-adherence gap-longest no-show-rate cancellation-count preparedness
meeting-continuity active-share documentation-rate network-reach resource-use
"""
_CONVERSATION = """
function-balance asking-telling-ratio format-completeness two-way-feedback feedback-helpfulness feedback-quality
feedback-followed observation-mix reciprocity
"""
_GOALS = "smart-share goal-attainment gas-t time-to-goal action-completion carry-over"
_RELATIONSHIP = """
quality agreement-gap relationship-trend expectations-met benefit-named satisfaction recommend response-rate
belonging safety
"""
_OUTCOMES = """
completion-rate early-ending rematch-rate rematch-success retention retention-difference retention-survival
promotion-rate change-mean change-effect reliable-change retro-change attendance grades failures
persistence-by-modality mentor-return mentee-to-mentor equity-outcome harm-signals
"""
_RUNNING = """
admin-hours cost-per-pair cost-per-completed training-completion training-lag concern-response-days
check-in-coverage improvements-done standards-coverage travel-saved translation-coverage
"""

METRICS: tuple[str, ...] = tuple(
    name
    for part in (_REACH, _ACTIVITY, _CONVERSATION, _GOALS, _RELATIONSHIP, _OUTCOMES, _RUNNING)
    for name in part.split()
)
"""The codes of all metrics, from reaching people to the cost of running the program."""
