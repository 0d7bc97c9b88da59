"""From what people call something to the id it can have: lower-case letters, digits and hyphens."""

from __future__ import annotations

import re
import unicodedata

from toolkit.model.fields import MAX_ID, is_slug

# Letters that do not come apart into a base letter and an accent.
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ħ": "h",
        "ı": "i",
        "ŋ": "n",
        "ĸ": "k",
        "ŧ": "t",
    }
)


def slug_of(text: str, prefix: str) -> str:
    """Make an id of a name: "Ana Kovács" becomes `ana-kovacs`; the same name always becomes the same id.

    Accents are dropped. Where an id could not begin so, or the word is reserved, the prefix comes first: "3D printing"
    becomes `topic-3d-printing`. A name without a Latin letter or digit leaves the prefix alone.
    """
    folded = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS).casefold())
    bare = "".join(each for each in folded if not unicodedata.combining(each)).replace("'", "").replace("’", "")
    slug = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
    if not slug:
        return prefix
    if not is_slug(slug[:MAX_ID].rstrip("-")):
        slug = f"{prefix}-{slug}"
    return shortened(slug, MAX_ID)


def shortened(slug: str, length: int) -> str:
    """Cut an id to a length, at a hyphen where one is near."""
    if len(slug) <= length:
        return slug
    cut = slug[:length].rstrip("-")
    word = cut.rpartition("-")[0] if slug[length] != "-" else cut
    return word if len(word) > length // 2 else cut
