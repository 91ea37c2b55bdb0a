"""Letters one by one: "a b c", "be ce de"."""

from __future__ import annotations

from assistant.quantities import Spelled
from assistant.understand.extract.scan import Scan

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


def spelled(s: Scan, i: int) -> tuple[Spelled, int] | None:
    """Three letters or more, by themselves or by their names; digits may be among them."""
    letters = ""
    while letter := _letter(s.at(i), s.language):
        letters, i = letters + letter, i + 1
    return (Spelled(letters), i) if len(letters) >= _FEWEST and not letters.isdigit() else None


def _letter(word: str, language: str) -> str:
    return word if len(word) == 1 and word.isalnum() else _NAMES[language].get(word, "")
