"""The shapes of a talk: which sections a note has in each format, and what they are called in each language."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

LANGUAGES = ("en", "es", "fr")

SECTIONS: dict[str, tuple[str, ...]] = {
    "grow": ("since", "goal", "reality", "options", "will", "next"),
    "clear": ("since", "contract", "listen", "explore", "action", "review", "next"),
    "oscar": ("since", "outcome", "situation", "choices", "actions", "review", "next"),
    "fuel": ("since", "frame", "understand", "explore", "lay-out", "next"),
    "steer": ("since", "spot", "tailor", "explain", "encourage", "review", "next"),
    "free": (),
}
"""The sections of each format, in their order; a free note has none of its own."""

PROMISES = {"grow": "will", "clear": "action", "oscar": "actions", "fuel": "lay-out", "steer": "encourage"}
"""The section of each format in which promises stand; a free note has none of its own."""

_TITLES: dict[str, dict[str, str]] = {
    "en": {
        "since": "Since last time",
        "goal": "Goal",
        "reality": "Reality",
        "options": "Options",
        "will": "Will",
        "contract": "Contract",
        "listen": "Listen",
        "explore": "Explore",
        "action": "Action",
        "outcome": "Outcome",
        "situation": "Situation",
        "choices": "Choices and consequences",
        "actions": "Actions",
        "frame": "Frame",
        "understand": "Understand",
        "lay-out": "Lay out",
        "spot": "Spot",
        "tailor": "Tailor",
        "explain": "Explain",
        "encourage": "Encourage",
        "review": "Review",
        "next": "Next",
    },
    "es": {
        "since": "Desde la última vez",
        "goal": "Meta",
        "reality": "Realidad",
        "options": "Opciones",
        "will": "Voluntad",
        "contract": "Contrato",
        "listen": "Escucha",
        "explore": "Exploración",
        "action": "Acción",
        "outcome": "Resultado",
        "situation": "Situación",
        "choices": "Opciones y consecuencias",
        "actions": "Acciones",
        "frame": "Marco",
        "understand": "Comprensión",
        "lay-out": "Plan",
        "spot": "Detectar",
        "tailor": "Adaptar",
        "explain": "Explicar",
        "encourage": "Animar",
        "review": "Revisión",
        "next": "Próxima reunión",
    },
    "fr": {
        "since": "Depuis la dernière fois",
        "goal": "Objectif",
        "reality": "Réalité",
        "options": "Options",
        "will": "Volonté",
        "contract": "Contrat",
        "listen": "Écoute",
        "explore": "Exploration",
        "action": "Action",
        "outcome": "Résultat",
        "situation": "Situation",
        "choices": "Choix et conséquences",
        "actions": "Actions",
        "frame": "Cadre",
        "understand": "Compréhension",
        "lay-out": "Plan",
        "spot": "Repérer",
        "tailor": "Adapter",
        "explain": "Expliquer",
        "encourage": "Encourager",
        "review": "Bilan",
        "next": "Prochaine rencontre",
    },
}


def titles(format_: str, language: str) -> tuple[str, ...]:
    """Give the section titles of a format in their order: "Since last time" first, "Next" last; none for a free note."""
    named = _TITLES[language]
    return tuple(named[key] for key in SECTIONS[format_])


def title(key: str, language: str) -> str:
    """Give the title of one section, such as `will`, in a language."""
    return _TITLES[language][key]


@cache
def keys(format_: str, language: str) -> dict[str, str]:
    """Give the sections of a format by their titles as `plain` writes them."""
    return {plain(_TITLES[language][key]): key for key in SECTIONS[format_]}


@lru_cache(maxsize=512)
def plain(text: str) -> str:
    """Write a title without case, accents and end marks, each apostrophe as the keyboard has it, as titles are compared."""
    return _plain_ascii(text) if text.isascii() else _plain_ascii(_without_accents(text))


def _plain_ascii(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(" .:!")


def _without_accents(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).replace("’", "'")
    return "".join(char for char in letters if not unicodedata.combining(char))


def language_of(format_: str, found: tuple[str, ...], preferred: str = "en") -> str:
    """Say in which language a note's section titles are written: the one that knows most of them.

    `found` holds the titles as `plain` writes them; where two languages know as many, the preferred one wins, then
    the order of `LANGUAGES`.
    """
    first = preferred if preferred in LANGUAGES else LANGUAGES[0]
    order = (first, *(each for each in LANGUAGES if each != first))
    return max(order, key=lambda each: sum(word in keys(format_, each) for word in found))
