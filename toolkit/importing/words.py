"""The words by which a column is recognized, in English, Spanish and French, in the order in which they are tried."""

from __future__ import annotations

import re
from typing import NamedTuple


class Guess(NamedTuple):
    """A header that matches `words` most likely fills `field`; `many` cells hold lists."""

    field: str
    words: str
    many: bool = False


# What is private comes first: a header that could be two things must not become public by a guess.
GUESSES: tuple[Guess, ...] = (
    Guess("private_application.veto", r"not (?:to )?be (?:matched|paired)|avoid|no (?:quiero|deseo)|ne (?:souhaite|veux) pas", True),
    Guess("private.line_manager", r"line manager|(?:your|my) (?:manager|supervisor)|jefe|supérieur|responsable hiérarchique"),
    Guess("private.accessibility_needs", r"accessib|accommodation|adjustments|accesib|adaptaciones|aménagement"),
    Guess("private.emergency", r"emergency|emergencia|urgence"),
    Guess("private.birth_year", r"(?:year of birth|birth year|año de nacimiento|année de naissance)"),
    Guess(
        "private.protected",
        r"gender|\bsex\b|sexual|ethnic|\brace\b|disab|religio|identity|characteristics|date of birth|\bage\b|género|etnia|"
        r"discapac|\bedad\b|fecha de nacimiento|\bgenre\b|handicap|origine|orientation|\bâge\b|date de naissance",
    ),
    Guess("private.contact.email", r"e-?mail|correo|courriel|adresse électronique"),
    Guess("private.contact.phone", r"phone|mobile|whatsapp|teléfono|móvil|celular|téléphone|portable"),
    Guess("application.submitted", r"^timestamp$|completion time|submitted|marca temporal|hora de finalización|horodateur|heure de fin"),
    Guess("consents", r"consent|\bi agree|do you agree|agree (?:that|to)|(?:estás|está|estoy) de acuerdo|autorizo|d.accord|privacy|gdpr|rgpd|acepto|consentimiento|j.accepte|consentement"),
    Guess("role", r"mentor(?:/| or | and | o | y | ou | et | and/or )(?:a )?(?:mentee|mentorado|mentoré|mentorée)|in which role|^role in the program|^type of participant"),
    Guess("first", r"first name|given name|forename|^nombres?$|^prénoms?$|^nombre de pila"),
    Guess("last", r"last name|surname|family name|apellido|nom de famille"),
    Guess("person.name", r"^name$|full name|your name|^name and surname|nombre completo|nombre y apellidos|nom complet|nom et prénom|prénom et nom"),
    Guess("person.pronouns", r"pronoun|pronombre|pronom"),
    Guess("person.timezone", r"time ?_?zone|zona horaria|huso|fuseau"),
    Guess("availability", r"availab|when are you free|which times|disponib|cuándo puedes|horario|créneau", True),
    Guess("modalities", r"in.person or|face.to.face|modality|modalidad|modalité|how would you like to meet|cómo prefieres reunirte", True),
    Guess("mentor.capacity", r"how many mentees|number of mentees|cuánt[oa]s mentor|combien de mentor"),
    Guess("mentor.experience_years", r"years of experience|años de experiencia|années d.expérience"),
    Guess("application.ranked", r"preferred mentor|mentors? of choice|like to (?:be matched|work) with|wh(?:om|o) would you like|con quién|avec qui|mentores? preferid|mentors? préféré", True),
    Guess("application.why", r"^why|motivat|por qué|motivación|pourquoi"),
    Guess("mentee.aims", r"\bgoals?\b|hope to|expect|objetivo|esperas|objectif|attentes"),
    Guess("mentee.seeks", r"seek|looking for|buscas|cherche[zs]?|want to (?:learn|discuss|work on)|like (?:help|to discuss|to learn|support)|wish to discuss|need help|quieres (?:aprender|trabajar)|necesitas|souhaite[sz]?|besoin", True),
    Guess("mentor.offers", r"\boffer|can (?:you )?help|help with|advice on|advise on|can (?:you )?(?:provide|discuss)|expertise|puedes (?:ayudar|ofrecer)|ofreces|pouvez-vous|proposez", True),
    Guess("topics", r"topics?|\bareas?\b|skills?|subjects?|profession|specialt|temas|habilidades|materias|sujets|domaines|compétences|thèmes", True),
    Guess("person.languages", r"languages?|idiomas?|lenguas?|langues?", True),
    Guess("person.organization", r"organi[sz]ation|company|institution|department|school|employer|university|empresa|organización|institución|universidad|entreprise|organisme|établissement|université|école"),
    Guess("person.role_title", r"job title|position|your role|occupation|job role|puesto|cargo|poste|fonction|métier"),
    Guess("person.level", r"\bgrade\b|\blevel\b|seniority|career stage|nivel|antigüedad|niveau"),
    Guess("person.site", r"\bcity\b|location|\bsite\b|office|ciudad|\bsede\b|\bville\b|\blieu\b"),
    Guess("person.links", r"linkedin|web ?site|web ?page|github|sitio web|site web", True),
    Guess("person.bio", r"\bbio|about (?:you|your)|introduce yourself|sobre ti|preséntate|à propos|présentez|biographie"),
)  # fmt: skip
_COMPILED = tuple((guess, re.compile(guess.words, re.IGNORECASE)) for guess in GUESSES)

LANGUAGES: dict[str, str] = {
    word: code
    for code, words in {
        "en": "english inglés ingles anglais",
        "es": "spanish español espanol espagnol castellano",
        "fr": "french français francais francés frances",
        "de": "german deutsch alemán aleman allemand",
        "pt": "portuguese português portugues portugués portugais",
        "it": "italian italiano italien",
        "nl": "dutch nederlands neerlandés néerlandais",
        "pl": "polish polski polaco polonais",
        "ru": "russian русский ruso russe",
        "uk": "ukrainian українська ucraniano ukrainien",
        "tr": "turkish türkçe turco turc",
        "ar": "arabic العربية árabe arabe",
        "zh": "chinese mandarin 中文 chino chinois",
        "ja": "japanese 日本語 japonés japonais",
        "ko": "korean 한국어 coreano coréen",
        "hi": "hindi हिन्दी",
        "ur": "urdu اردو ourdou",
        "sw": "swahili kiswahili suajili",
    }.items()
    for word in words.split()
}
YES = frozenset(["yes", "y", "true", "si", "sí", "oui", "i agree", "acepto", "j'accepte", "x", "agree"])
NO = frozenset(["no", "n", "false", "non"])


def guess(header: str, taken: frozenset[str]) -> Guess | None:
    """Find what a header most likely means, leaving out what another column means already."""
    plain = header.replace("_", " ")
    return next((each for each, words in _COMPILED if each.field not in taken and words.search(plain)), None)
