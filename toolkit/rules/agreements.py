"""The agreement of a pair: that there is one, that all signed it, and that it says what matters."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from toolkit.diagnostics import Place
from toolkit.model import Agreement, Pair, Records
from toolkit.model.formats import plain
from toolkit.model.rhythm import LIVE, present
from toolkit.rules.base import ERROR, NOTE, WARNING, Context, Finding, Rule, rule
from toolkit.rules.facts import is_youth
from toolkit.rules.life import alarm, live

# A review that was held a little before its day counts as that review.
_EARLY = datetime.timedelta(days=14)


def _open_agreements(records: Records) -> Iterator[tuple[Agreement, Pair | None]]:
    """The agreements that still hold, with their pair where it could be read."""
    for key, agreement in records.agreements.items():
        pair = records.pairs.get(key)
        if pair is None or pair.status != "closed":
            yield agreement, pair


@rule("agreement-missing", WARNING)
def agreement_missing(records: Records, context: Context) -> Iterator[Finding]:
    """A pair has worked together for a month and has no agreement.

    What is confidential, how long it lasts and how it may end are easy to say at the second meeting and hard to say
    after the first hurt. Where minors take part this is an error. The line is the threshold `agreement_days`; a pair that
    has not met yet is told so first.

    Fix: write `agreement.md` together at the next meeting; the guide on the agreement has one to begin with.
    """
    for pair in live(records, "active"):
        if pair.pair_key in records.agreements or pair.started is None or pair.model == "flash":
            continue
        if (context.today - pair.started).days <= context.limits.agreement_days or not records.is_whole(pair):
            continue
        if alarm(records, context, pair) not in ("silent", "unmet", "ended"):
            message = f"active for more than {context.limits.agreement_days} days without an agreement"
            grave = ERROR if is_youth(records.program_of(pair)) else None
            yield Finding(pair.at("started"), message, severity=grave)


@rule("agreement-unsigned", WARNING)
def agreement_unsigned(records: Records, context: Context) -> Iterator[Finding]:
    """An agreement is not signed by every member of the pair.

    An agreement that one side wrote is a wish. Signing is a dated name in the file, nothing more.

    Fix: read it together, then add each missing member under `signed` with the day.
    """
    for agreement, pair in _open_agreements(records):
        if pair is not None and pair.status in LIVE:
            said = {each.person for each in agreement.signed}
            if any(member.person not in said for member in present(pair, context.today)):
                yield Finding(_top(agreement, "signed"), "not every member of the pair has signed")


@rule("confidentiality-unstated", ERROR)
def confidentiality_unstated(records: Records, context: Context) -> Iterator[Finding]:
    """An agreement does not say who may read the notes, or what is passed on all the same.

    People speak openly when they know what stays in the room and what cannot. A promise of silence without its limits
    is broken at the first emergency.

    Fix: fill in `confidentiality.level`, and under `limits` what will be passed on, to whom, and when.
    """
    for agreement, _ in _open_agreements(records):
        stated = agreement.confidentiality
        lacking = [name for name, value in (("level", stated.level), ("limits", stated.limits)) if not value]
        if lacking:
            yield Finding(
                _top(agreement, "confidentiality"),
                f"the agreement states no {' and no '.join(lacking)} of confidentiality",
            )


def _top(agreement: Agreement, field: str) -> Place:
    """The field where it is written, else the purpose, which every agreement has."""
    source = agreement.origin.source
    return agreement.at(field) if source and source.root.get(field) else agreement.at("purpose")


@rule("ending-unstated", WARNING)
def ending_unstated(records: Records, context: Context) -> Iterator[Finding]:
    """An agreement has no last day, or no way out without giving a reason.

    A clean way out keeps people in: who knows that leaving is allowed, and when it ends anyway, need not disappear.

    Fix: fill in `ends_on`, and set `no_fault_exit: true`.
    """
    for agreement, _ in _open_agreements(records):
        lacking = []
        if agreement.ends_on is None:
            lacking.append("no last day")
        if not agreement.no_fault_exit:
            lacking.append("no way out without a reason")
        if lacking:
            place = _top(agreement, "no_fault_exit" if agreement.ends_on else "ends_on")
            yield Finding(place, f"the agreement states {' and '.join(lacking)}")


@rule("cadence-mismatch", WARNING)
def cadence_mismatch(records: Records, context: Context) -> Iterator[Finding]:
    """A pair agreed to meet less often than its cohort asks for.

    The rhythm of the cohort is what people were promised and what its figures are counted against. A slower one can be
    right; the coordinator should know.

    Fix: agree on it with the coordinator, or meet in the rhythm of the cohort.
    """
    for agreement, _ in _open_agreements(records):
        cohort = records.cohort_of(agreement)
        if cohort is not None and agreement.cadence.days > cohort.cadence.days:
            yield Finding(agreement.at("cadence"), "the agreed rhythm is slower than the cohort's")


@rule("agreement-review-overdue", WARNING)
def agreement_review_overdue(records: Records, context: Context) -> Iterator[Finding]:
    """The day on which an agreement was to be looked at again has passed without a word.

    Ten minutes are enough: keep it, change it, or end it well. The word `keep` under `amendments` with its day counts as a
    review, also when it came up to two weeks early.

    Fix: look at it together, and write what changed, or `keep`, under `amendments`.
    """
    for agreement, pair in _open_agreements(records):
        if pair is None or pair.status != "active":
            continue
        due = max((day for day in agreement.review_on if day < context.today), default=None)
        if due is None or any(each.on >= due - _EARLY for each in agreement.amendments):
            continue
        if alarm(records, context, pair) not in ("silent", "ended"):
            yield Finding(agreement.at("review_on"), "the review of this agreement is overdue")


@rule("agreement-copied", NOTE)
def agreement_copied(records: Records, context: Context) -> Iterator[Finding]:
    """The three lists of an agreement say what the empty form says, and nothing else.

    An agreement that could belong to any pair belongs to none: what was not put into words of one's own was not talked
    about. The lists are compared line by line with the form that `mentoring new agreement` writes, in any language.

    Fix: end each sentence together, cross out what is not meant, and add the line that only you would write.
    """
    models = {duties for body in records.agreement_models if (duties := _duties(body))}
    for agreement, _ in _open_agreements(records):
        if _duties(agreement.body) in models:
            yield Finding(agreement.at("purpose"), "the three lists say only what the empty form says")


def _duties(body: str) -> tuple[str, ...]:
    """The lines of the lists of a body, as titles are compared: without case, accents and end marks."""
    lines = (line.strip() for line in body.splitlines())
    return tuple(plain(line[1:].rstrip(" …")) for line in lines if line[:2] in ("- ", "* ", "+ "))


RULES: tuple[Rule, ...] = (
    agreement_missing,
    agreement_unsigned,
    confidentiality_unstated,
    ending_unstated,
    cadence_mismatch,
    agreement_review_overdue,
    agreement_copied,
)
