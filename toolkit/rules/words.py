"""The word lists that rules about prose use, in the three languages of the handbook, and how a text is cut into words."""

from __future__ import annotations

import unicodedata


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


VAGUE = _set(
    "improve improved improving better best more good great grow growing growth develop developing become learn learning "
    "understand know enhance strengthen increase progress "
    "mejorar mejor mas bien bueno crecer crecimiento desarrollar aprender entender saber avanzar progresar fortalecer "
    "ameliorer mieux meilleur meilleure plus bon bonne grandir developper apprendre comprendre savoir progresser renforcer"
)
"""Words that name a direction and no result, without accents."""

SMALL = _set(
    "a an the my your our their his her in on at of for to and or with as by be get am is are i we it this that about "
    "un una el la los las mi mis su sus en de del para por y o con como al ser lo que "
    "une le les des du mon ma mes son sa ses pour et ou avec comme au aux etre dans"
)
"""Words that carry no result by themselves, without accents."""

_SENSITIVE = {
    "health": "depression depressed anxiety cancer diagnosis diagnosed medication antidepressant antidepressants therapist "
    "psychiatrist psychiatric suicide suicidal addiction addicted alcoholic alcoholism hiv surgery self-harm "
    "depresión deprimido deprimida ansiedad cáncer medicación antidepresivos terapeuta psiquiatra suicidio adicción "
    "alcoholismo cirugía vih "
    "dépression déprimé déprimée anxiété antidépresseurs thérapeute psychiatre alcoolisme chirurgie automutilation",
    "legal": "lawsuit lawyer attorney arrested arrest prosecuted prosecution convicted asylum deportation deported "
    "undocumented harassment "
    "abogado abogada denuncia detenido detenida arresto condena asilo deportación indocumentado indocumentada acoso "
    "avocat avocate procès arrestation condamnation asile clandestin harcèlement",
    "family": "divorce divorced pregnant pregnancy miscarriage custody widow widowed bereavement abusive "
    "divorcio divorciado divorciada embarazo embarazada aborto custodia viudo viuda maltrato "
    "divorcé divorcée enceinte grossesse veuf veuve maltraitance",
    "discipline": "disciplinary misconduct dismissal reprimand reprimanded "
    "sanción sancionado sancionada despido despedido despedida amonestación "
    "disciplinaire licenciement blâme",
}


JUDGING = frozenset(
    word.encode()
    for word in [
        "always",
        "never",
        "bad",
        "awful",
        "terrible",
        "lazy",
        "stupid",
        "careless",
        "useless",
        "hopeless",
        "incompetent",
        "unprofessional",
        "clumsy",
        "boring",
        "siempre",
        "nunca",
        "jamas",
        "malo",
        "mala",
        "pesimo",
        "pesima",
        "perezoso",
        "perezosa",
        "tonto",
        "tonta",
        "descuidado",
        "descuidada",
        "inutil",
        "incompetente",
        "torpe",
        "aburrido",
        "aburrida",
        "toujours",
        "jamais",
        "mauvais",
        "mauvaise",
        "nul",
        "nulle",
        "paresseux",
        "paresseuse",
        "bete",
        "negligent",
        "negligente",
        "incompetente",
        "maladroit",
        "maladroite",
        "ennuyeux",
        "ennuyeuse",
    ]
)
"""Words that judge a person where feedback should describe, without accents, as bytes."""

JUDGING_PHRASES = (
    *("you didn't", "you did not", "you failed", "you should have", "you can't", "you don't even"),
    *("no hiciste", "no has hecho", "deberias haber", "tendrias que haber", "no sabes"),
    *("tu n'as pas", "vous n'avez pas", "tu aurais du", "vous auriez du", "tu ne sais pas"),
)
"""Beginnings of reproaches, in lower case and without accents."""


def bare(text: str) -> str:
    """Take the accents off a text."""
    if text.isascii():
        return text
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


# Bytes are cut many times faster than text: letters, digits, hyphens and @ stay, all else becomes a space.
_CUT = bytes(code if code > 127 or chr(code).isalnum() or chr(code) in "-@" else 32 for code in range(256))


def tokens(text: str) -> list[bytes]:
    """Cut a text into lower-case words, as bytes; an id such as @ana-kovacs stays one word."""
    return text.lower().encode().translate(_CUT).split()


SENSITIVE: dict[bytes, str] = {
    form.encode(): name for name, words in _SENSITIVE.items() for word in words.split() for form in (word, bare(word))
}
"""Words that tell of a person's private life: each with the name of its list, with and without accents."""
