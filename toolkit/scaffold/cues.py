"""The words by which a line of raw notes is known: which part of a talk it belongs to, a promise, a day."""

from __future__ import annotations

import datetime
import re
import unicodedata
from typing import NamedTuple

from toolkit.model.formats import plain


class Cues(NamedTuple):
    """The patterns of one language, for texts without case and accents.

    `parts` say what a line is about, in the words of GROW; the first that fits counts. `first` and `third` are promises of who speaks and of
    who is named just before; `refused` is none after all. A `deadline`
    makes a promise of a line that begins with a name, and `until` stands before a weekday that is ahead; `filler` may stand between a name
    and its promise. `spelled` are forms that only an accent tells, each with the longer form that the other patterns know.
    """

    parts: dict[str, re.Pattern[str]]
    first: re.Pattern[str]
    third: re.Pattern[str]
    refused: re.Pattern[str]
    deadline: re.Pattern[str]
    until: re.Pattern[str]
    filler: re.Pattern[str]
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    unplaced: str
    spelled: tuple[tuple[str, str], ...] = ()


def _any(*words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)")


CUES: dict[str, Cues] = {
    "en": Cues(
        parts={
            "since": _any("since last time", "since we last met", "last time", "as promised"),
            "next": _any("next meeting", "next time", "we meet again", "meet next"),
            "options": _any("could", "options?", "idea", "ideas", "alternatively", "one way", "another way", "maybe"),
            "goal": _any("goal", "aim", "wants? to", "would like to", "hopes? to"),
            "review": _any("looking back", "what helped", "this talk"),
            "reality": _any("at the moment", "currently", "right now", "so far", "problem", "difficult", "stuck"),
        },
        first=_any("i will", "i'll", "i am going to", "i'm going to", "i promise to"),
        third=_any("will", "is going to", "agrees to", "agreed to", "promises to", "promised to"),
        refused=_any("will not", "won't", "i'll not", "not going to"),
        deadline=_any("by", "before", "until"),
        until=_any("by", "before", "until", "on", "this", "next"),
        filler=_any("also", "then", "now", "still"),
        weekdays=("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        months=(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ),
        unplaced="Not placed yet",
    ),
    "es": Cues(
        parts={
            "since": _any("desde la ultima vez", "la ultima vez", "como prometi", "como prometio"),
            "next": _any("proxima reunion", "proxima vez", "nos vemos"),
            "options": _any(
                "podria", "podriamos", "opcion", "opciones", "idea", "ideas", "otra manera", "quiza", "tal vez"
            ),
            "goal": _any("meta", "objetivo", "quiere", "quiero", "le gustaria", "espera"),
            "review": _any("mirando atras", "lo que ayudo", "esta conversacion"),
            "reality": _any("por ahora", "actualmente", "de momento", "hasta ahora", "problema", "dificil"),
        },
        first=_any("voy a", "me comprometo a", "quede en", "me encargo de"),
        third=_any("va a", "se compromete a", "quedo en", "se encarga de", "promete", "prometio"),
        refused=_any("no voy a", "no va a", "no me comprometo a", "no se compromete a", "no promete"),
        deadline=_any("antes del?", "para el", "hasta el"),
        until=_any("antes del?", "para el", "hasta el", "el", "este", "proximo"),
        filler=_any("tambien", "luego", "ahora", "todavia"),
        weekdays=("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"),
        months=(
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ),
        unplaced="Sin lugar todavía",
        spelled=((r"(\w+r)é(?!\w)", r"voy a \1"), (r"(\w+r)án?(?!\w)", r"va a \1")),
    ),
    "fr": Cues(
        parts={
            "since": _any("depuis la derniere fois", "la derniere fois", "comme promis"),
            "next": _any("prochaine rencontre", "prochaine fois", "on se revoit", "nous nous revoyons"),
            "options": _any("pourrait", "pourrions", "pourrais", "options?", "idees?", "autre maniere", "peut-etre"),
            "goal": _any("objectif", "but", "veut", "veux", "aimerait", "aimerais", "espere"),
            "review": _any("avec du recul", "ce qui a aide", "cet entretien"),
            "reality": _any("en ce moment", "actuellement", "pour l'instant", "jusqu'ici", "probleme", "difficile"),
        },
        first=_any(r"je vais (?:\w+ )?\w+(?:er|ir|re)", r"j(?:e |')(?:\w+ )?\w+rai", "je m'engage a", "je promets"),
        third=_any(r"va (?:\w+ )?\w+(?:er|ir|re)", r"\w{2,}ra", "s'engage a", "promet de", "a promis de"),
        refused=_any(
            "ne vais pas", "ne va pas", r"n(?:e |')\w+rai? pas", "ne m'engage pas", "ne s'engage pas", "ne promet pas"
        ),
        deadline=_any("d'ici(?: a)?", "avant(?: le)?", "pour le", "jusqu'au?"),
        until=_any("d'ici(?: a)?", "avant(?: le)?", "pour(?: le)?", "jusqu'a", "jusqu'au", "le", "ce"),
        filler=_any("aussi", "ensuite", "maintenant", "encore"),
        weekdays=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
        months=(
            "janvier",
            "fevrier",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "aout",
            "septembre",
            "octobre",
            "novembre",
            "decembre",
        ),
        unplaced="Pas encore placé",
    ),
}
_ISO = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")


def said_in(text: str, language: str) -> str:
    """A line as the cues of a language are written, with the forms written out that only an accent tells."""
    for pattern, longer in CUES[language].spelled:
        text = re.sub(pattern, longer, unicodedata.normalize("NFC", text), flags=re.IGNORECASE)
    return bare(text)


def bare(text: str) -> str:
    """A text as the cues are written: without case and accents, with straight apostrophes."""
    return plain(text.replace("\u2019", "'"))


def about(text: str, language: str) -> str:
    """Say what a bare line is about by its first fitting cue; empty where none fits."""
    return next((part for part, cue in CUES[language].parts.items() if cue.search(text)), "")


def day_in(text: str, language: str, after: datetime.date) -> datetime.date | None:
    """Find the day that a bare text names: written out, by day and month, or by the weekday; the next one after a day."""
    for found in _ISO.findall(text):
        try:
            return datetime.date.fromisoformat(found)
        except ValueError:
            continue
    return _by_month(text, CUES[language].months, after) or _by_weekday(text, CUES[language], after)


def _by_month(text: str, months: tuple[str, ...], after: datetime.date) -> datetime.date | None:
    names = "|".join(months)
    found = re.search(rf"(?<!\w)(\d{{1,2}})(?:st|nd|rd|th|er)?(?: of| de)? ({names})(?!\w)", text)
    day, month = (found[1], found[2]) if found else ("", "")
    if not found and (other := re.search(rf"(?<!\w)({names}) (\d{{1,2}})(?:st|nd|rd|th)?(?!\w)", text)):
        month, day = other[1], other[2]
    if not day:
        return None
    for year in (after.year, after.year + 1):
        try:
            date = datetime.date(year, list(months).index(month) + 1, int(day))
        except ValueError:
            continue
        if date >= after:
            return date
    return None


def _by_weekday(text: str, cues: Cues, after: datetime.date) -> datetime.date | None:
    for number, name in enumerate(cues.weekdays):
        found = re.search(rf"(?<!\w){name}(?!\w)", text)
        if found and re.search(rf"(?:{cues.until.pattern}) ?\Z", text[: found.start()]):
            return after + datetime.timedelta(days=(number - after.weekday() - 1) % 7 + 1)
    return None
