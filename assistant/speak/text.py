"""What a voice can say: any text, to words and plain punctuation."""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from urllib.parse import urlsplit

from assistant.speak.lexicon import lexicon
from assistant.speak.markdown import CODE, plain
from assistant.speak.numbers import spell_numbers
from assistant.speak.units import one_form

_URL = re.compile(r"\b(?:https?://|www\.)[^\s<>\"')\]]+[^\s<>\"')\].,;:!?]")
_EMAIL = re.compile(r"\b([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)\b")
_ALL_CAPS = re.compile(r"\b[^\W\d_a-zß-öø-ÿ]{2,}\b")
_SAID_AS_WORDS = {"RAM": "ram", "ROM": "rom", "NASA": "nasa", "SIM": "sim", "VPN": "V P N"}
_DROPPED = str.maketrans("", "", "™®©\u00ad\u200b\u200c\u200d\ufeff")
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "«": '"', "»": '"', "`": ""})
_LAST_LATIN = "\u036f"
"""No letter before it is of another script; accents stand there, too."""
_SPOKEN_PUNCTUATION = frozenset(".,;:!?'\"()-¿¡ ")


def speakable(text: str, language: str) -> str:
    """`text` as words, without markdown, digits, emojis or signs; empty when nothing is left."""
    text = plain(text).replace(CODE, lexicon(language).words["code"])
    text = _without_typography(one_form(text))
    text = _EMAIL.sub(lambda m: _address(f"{m[1]} @ {m[2]}", language), text)
    text = _URL.sub(lambda m: _address(_host(m[0]), language), text)
    text = _expand_abbreviations(text, language)
    text = spell_numbers(text, language)
    text = _calm(text)
    text = _name_symbols(text, language)
    return _tidy(_in_latin_letters(text))


def _without_typography(text: str) -> str:
    """One form for signs that have many: ½ as 1/2, ℃ as °C, curly quotes straight."""
    halves = (
        f" {unicodedata.normalize('NFKC', char)}"
        if "VULGAR" in unicodedata.name(char, "")
        else char
        for char in text.translate(_DROPPED).translate(_QUOTES)
    )
    return "".join(
        char if char in "²³ºª…" else unicodedata.normalize("NFKC", char)
        for char in unicodedata.normalize("NFC", "".join(halves))
    )


def _host(url: str) -> str:
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:  # "http://[": not an address after all
        host = None
    return (host or "").removeprefix("www.")


def _address(text: str, language: str) -> str:
    words = lexicon(language)
    return text.replace(".", f" {words.words['dot']} ").replace("@", words.symbols["@"])


@functools.cache
def _abbreviations(language: str) -> re.Pattern[str]:
    longest_first = sorted(lexicon(language).abbreviations, key=len, reverse=True)
    return re.compile(rf"(?<![\w.])({'|'.join(re.escape(short) for short in longest_first)})(?!\w)")


def _expand_abbreviations(text: str, language: str) -> str:
    spoken = lexicon(language).abbreviations

    def expand(match: re.Match[str]) -> str:
        # "etc." at the end has the sentence's full stop in it
        ends = match[0].endswith(".") and not text[match.end() :].strip()
        return spoken[match[0]] + ("." if ends else "")

    return _abbreviations(language).sub(expand, text)


def _calm(text: str) -> str:
    """The voices spell short words in capitals ("USB"), so what is only shouted is lowered."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    capitals = _ALL_CAPS.findall(text)
    if len(capitals) >= 3 and len(capitals) > 0.6 * len(words):
        return text.lower()
    return _ALL_CAPS.sub(lambda m: _SAID_AS_WORDS.get(m[0], m[0]), text)


def _name_symbols(text: str, language: str) -> str:
    named = lexicon(language).symbols
    return "".join(f" {named[char]} " if char in named else char for char in text)


def _in_latin_letters(text: str) -> str:
    """Words of other scripts as one would write them here: "Москва" as "Moskva". The voices spell
    them ("Chinese letter, Chinese letter"), but know a single Greek letter's name."""
    if not text or max(text) <= _LAST_LATIN:
        return text
    from anyascii import anyascii

    made = []
    for foreign, group in itertools.groupby(text, _of_another_script):
        run = "".join(group)
        one_greek = len(run) == 1 and unicodedata.name(run, "").startswith("GREEK")
        made.append(anyascii(run).lower() if foreign and not one_greek else run)
    return "".join(made)


def _of_another_script(char: str) -> bool:
    letter = unicodedata.category(char)[0] in "LM" and char > _LAST_LATIN
    return letter and not unicodedata.name(char, "LATIN").startswith(("LATIN", "VARIATION"))


def _tidy(text: str) -> str:
    """Only letters and punctuation that the voices know, in their places."""
    text = re.sub(r"\s+[-–—―]+\s+|[–—―]+|\s\|\s", ", ", text).replace("…", "...")
    text = "".join(_kept(text))
    text = re.sub(r"(?<!\w)-+|-+(?!\w)", " ", text)  # only hyphens inside words stay
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\( ?\)|\"\s?\"", " ", text)
    text = re.sub(r" +([.,;:!?)])", r"\1", text)
    text = re.sub(r"([,;:])(?:[,;:])+", r"\1", text)
    text = re.sub(r"[,;:]+(?=[.!?])", "", text)
    text = re.sub(r"\s+", " ", text).strip(" ").lstrip(".,;:!?) ")
    return text if any(char.isalpha() for char in text) else ""


def _kept(text: str) -> list[str]:
    """Letters with their accents, and punctuation; all else becomes a space."""
    kept: list[str] = []
    for char in text:
        category = unicodedata.category(char)
        variant = "\ufe00" <= char <= "\ufe0f"  # chooses the look of an emoji
        accent = category in ("Mn", "Mc") and not variant and kept[-1:] not in ([], [" "])
        spoken = category[0] == "L" or char in _SPOKEN_PUNCTUATION or accent
        kept.append(char if spoken else " ")
    return kept
