"""Places in a row and letters one by one: "the second one", "el último", "a b c", "be ce de".

The functions take plain words and an index; they give the value and the index after it, or None.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.quantities import Ordinal, Spelled
from assistant.understand.numbers import at

_ENGLISH = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
    " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_SPANISH = "primer segund tercer cuart quint sext septim octav noven decim".split()
_ORDINALS = {
    "en": {word: n for n, word in enumerate(_ENGLISH, start=1)} | {"last": -1},
    "es": {stem + end: n for n, stem in enumerate(_SPANISH, start=1) for end in ("o", "a")}
    | {"primer": 1, "tercer": 3, "ultimo": -1, "ultima": -1},
}
_NAMES = {
    "en": {
        "ay": "a", "bee": "b", "cee": "c", "dee": "d", "ee": "e", "ef": "f", "eff": "f",
        "gee": "g", "aitch": "h", "jay": "j", "kay": "k", "el": "l", "em": "m", "en": "n",
        "oh": "o", "pee": "p", "cue": "q", "queue": "q", "ar": "r", "are": "r", "ess": "s",
        "tee": "t", "you": "u", "vee": "v", "ex": "x", "why": "y", "zee": "z", "zed": "z",
    },
    "es": {
        "be": "b", "ce": "c", "de": "d", "efe": "f", "ge": "g", "hache": "h", "jota": "j",
        "ka": "k", "ele": "l", "eme": "m", "ene": "n", "pe": "p", "cu": "q", "erre": "r",
        "ere": "r", "ese": "s", "te": "t", "uve": "v", "ve": "v", "equis": "x",
        "zeta": "z", "ye": "y",
    },
}  # fmt: skip
_FEWEST = 3  # letters: "a b" may be anything


def ordinal(words: Sequence[str], i: int, language: str) -> tuple[Ordinal, int] | None:
    """ "second", "last"; "2nd", "segunda"."""
    word = at(words, i)
    place = _ORDINALS[language].get(word)
    if place is None and language == "en" and word[:-2].isdigit():
        place = int(word[:-2]) if word[-2:] in ("st", "nd", "rd", "th") else None
    return (Ordinal(place), i + 1) if place else None


def spelled(words: Sequence[str], i: int, language: str) -> tuple[Spelled, int] | None:
    """Three letters or more, by themselves or by their names; digits may be among them."""
    letters = ""
    while letter := _letter(at(words, i), language):
        letters, i = letters + letter, i + 1
    return (Spelled(letters), i) if len(letters) >= _FEWEST and not letters.isdigit() else None


def _letter(word: str, language: str) -> str:
    return word if len(word) == 1 and word.isalnum() else _NAMES[language].get(word, "")
