"""A program of thirty pairs, made by rule: most meet as agreed, some need a call, each kind of alarm at least once."""

import datetime

DAY = datetime.timedelta(days=1)
TODAY = datetime.date(2026, 11, 2)
FIRST = (
    "Ana",
    "Bola",
    "Chidi",
    "Dae-jung",
    "Elif",
    "Farah",
    "Gita",
    "Hana",
    "Ivo",
    "Jun",
    "Kofi",
    "Lena",
    "Malik",
    "Nour",
    "Olga",
)
LAST = ("Abubakar", "Bergström", "Castellanos-Domínguez", "Okonkwo")
COHORT = "content/programs/quay/2026"


def files():
    """Path to text of every file."""
    found = {
        "site_config/toolkit.yaml": "title: Quay\n",
        "content/programs/quay/program.yaml": PROGRAM,
        f"{COHORT}/cohort.yaml": COHORT_FILE,
        "private/README.md": "private\n",
        "private/concerns/desk-7.yaml": "kind: load\nopened: 2026-10-19\nowner: Rosa Silva\npair: quay/2026/pair-03\n",
        f"{COHORT}/check-ins/2026-10.yaml": CHECK_INS,
    }
    for number in range(30):
        found.update(pair(number))
    return found


def pair(number):
    """One pair with its people; its number decides how it goes."""
    mentor, mentee = f"mentor-{number:02}", f"mentee-{number:02}"
    folder = f"{COHORT}/pairs/pair-{number:02}"
    state = {5: "paused", 6: "proposed", 7: "closed"}.get(number, "active")
    last = {0: 60, 1: 40, 2: 130, 8: 0}.get(number, 6 + number % 5)
    found = {f"content/people/{who}.yaml": person(number, who) for who in (mentor, mentee)}
    text = (
        f"model: one-to-one\nmembers:\n  - {{person: {mentor}, role: mentor}}\n  - {{person: {mentee}, role: mentee}}\n"
    )
    text += f"status: {state}\nproposed_on: 2026-05-18\n"
    if state != "proposed":
        text += f"accepted: [{{person: {mentor}, on: 2026-05-20}}, {{person: {mentee}, on: 2026-05-20}}]\n"
        text += f"started: {'2026-10-12' if number == 8 else '2026-06-01'}\n"
    if state == "paused":
        text += "pauses: [{start: 2026-09-01, resume: 2026-10-20}]\n"
    if state == "closed":
        text += "ended: 2026-10-12\n"
        found[f"{folder}/closure.md"] = "---\non: 2026-10-12\nkind: planned\nreason: goals-met\ndata: deleted\n---\n"
    found[f"{folder}/pair.yaml"] = text + f"check_in_owner: {'Rosa Silva' if number % 2 else 'Ben Adeyemi'}\n"
    if state == "proposed":
        return found
    signed = "2026-10-19" if number == 8 else "2026-06-08"
    review = TODAY + DAY * (number % 20)
    found[f"{folder}/agreement.md"] = AGREEMENT.format(mentor=mentor, mentee=mentee, review=review, signed=signed)
    found[f"{folder}/goals/one.md"] = GOAL.format(mentee=mentee, status=("active", "met", "partly-met")[number % 3])
    for count in range(10) if number != 8 else ():
        day = TODAY - DAY * (last + 14 * count)
        if day >= datetime.date(2026, 6, 1) and not (state == "closed" and day > datetime.date(2026, 10, 12)):
            missed = number == 4 and count < 3
            found[f"{folder}/sessions/{day}.md"] = note(day, mentor, mentee, missed)
    return found


def person(number, who):
    name = f"{FIRST[(number * 7 + (who < 'mentor')) % 15]} {LAST[(number + (who < 'mentor')) % 4]}"
    ends = TODAY + DAY * (number + 1)
    return f"name: {name}\nconsents:\n  - {{what: data, on: 2026-05-01, until: {ends}}}\n"


def note(day, mentor, mentee, missed):
    there = f"[{mentor}]" if missed else f"[{mentor}, {mentee}]"
    absent = f"absent: [{{person: {mentee}, notice: no}}]\n" if missed else ""
    return f"---\ndate: {day}\nminutes: 60\nattended: {there}\n{absent}format: free\n---\n- [ ] Read @{mentee} due:{day} id:a1\n"


PROGRAM = """\
title: Quay
context: professional
purpose: Newcomers find their feet.
models: [one-to-one]
targets:
  - {measure: completion-rate, value: 0.8, by: 2027-04-30}
  - {measure: first-meeting-days, value: 10, by: 2026-06-15}
  - {measure: goal-attainment, value: 0.6, by: 2027-04-30}
  - {measure: retention, value: 0.9, by: 2028-06-30}
"""
COHORT_FILE = """\
status: running
starts: 2026-06-01
ends: 2027-03-31
model: one-to-one
cadence: fortnight
planned_sessions: 18
eligible_population: 120
waves:
  - {id: mid, kind: mid, opens: 2026-11-09, closes: 2026-11-20}
breaks:
  - {name: August, start: 2026-08-01, end: 2026-08-16}
benchmarks: {active-share: 0.8, cadence-adherence: 0.7, no-show-rate: 0.1, action-completion: 0.5, coverage: 0.25}
"""
CHECK_INS = """\
check_ins:
  - {person: mentee-03, pair: pair-03, on: 2026-10-20, status: red}
  - {person: mentee-09, pair: pair-09, on: 2026-10-21, status: green}
"""
AGREEMENT = """\
---
purpose: To find a footing
cadence: fortnight
channel: By telephone
response_time_days: 3
boundaries: [Weekends are free]
ends_on: 2027-03-31
review_on: [{review}]
signed:
  - {{person: {mentor}, on: {signed}}}
  - {{person: {mentee}, on: {signed}}}
---
"""
GOAL = """\
---
title: One thing
owner: {mentee}
domain: skill
status: {status}
due: 2026-10-30
---
"""
