"""Weekly times as people write them, in English, Spanish and French, turned into `tue 17:00-19:00`."""

from __future__ import annotations

import re

_DAYS = {
    "mon": ("mon", "monday", "lun", "lunes", "lundi"),
    "tue": ("tue", "tues", "tuesday", "mar", "martes", "mardi"),
    "wed": ("wed", "wednesday", "mié", "mie", "miércoles", "miercoles", "mer", "mercredi"),
    "thu": ("thu", "thur", "thurs", "thursday", "jue", "jueves", "jeu", "jeudi"),
    "fri": ("fri", "friday", "vie", "viernes", "ven", "vendredi"),
    "sat": ("sat", "saturday", "sáb", "sab", "sábado", "sabado", "sam", "samedi"),
    "sun": ("sun", "sunday", "dom", "domingo", "dim", "dimanche"),
}
_BY_NAME = {name: day for day, names in _DAYS.items() for name in (*names, *(f"{name}s" for name in names))}
_CLOCK = r"(\d{1,2})(?:[:.h](\d{2})|h)?\s*([ap]\.?m\.?)?"
_TIMES = re.compile(rf"(?<![\d:]){_CLOCK}\s*(?:-|–|—|to|until|till|a|à|hasta)\s*{_CLOCK}(?![\d:])", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


def weekday(text: str) -> str | None:
    """Find the one weekday that a text names: `Tuesdays` is `tue`; None for none and for several."""
    found = {_BY_NAME[word] for word in _WORD.findall(text.lower()) if word in _BY_NAME}
    return found.pop() if len(found) == 1 else None


def slots_of(text: str, day: str | None = None) -> tuple[str, ...] | None:
    """Turn `Tue 5pm-7pm, 20:00-21:00` into `tue 17:00-19:00` and `tue 20:00-21:00`; None where it cannot be read.

    `day` is the weekday where the column says it and the cell holds times alone.
    """
    day = weekday(text) or day
    times = [_span(match) for match in _TIMES.finditer(text)]
    if day is None or not times or None in times:
        return None
    return tuple(f"{day} {each}" for each in times)


def _span(match: re.Match[str]) -> str | None:
    """One stretch of the day; `5-7pm` means the afternoon for both."""
    start_hour, start_minute, start_half, end_hour, end_minute, end_half = match.groups()
    start = _time(start_hour, start_minute, start_half or _inherited(start_hour, end_hour, end_half))
    end = _time(end_hour, end_minute, end_half)
    end = "24:00" if end == "00:00" else end
    return f"{start}-{end}" if start and end and start < end else None


def _inherited(start: str, end: str, half: str | None) -> str | None:
    if half is None or int(start) > 12 or (half[0].lower() == "p" and int(start) % 12 > int(end) % 12):
        return None if half is None or int(start) > 12 else "am"
    return half


def _time(hour: str, minute: str | None, half: str | None) -> str | None:
    hours, minutes = int(hour), int(minute or 0)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half[0].lower() == "p" else 0)
    if hours > 24 or minutes > 59 or (hours == 24 and minutes):
        return None
    return f"{hours:02d}:{minutes:02d}"
