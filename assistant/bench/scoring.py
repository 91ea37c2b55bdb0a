"""What single results amount to: word errors, accepted commands, percentiles. Pure.

Texts are compared after Whisper's own normaliser, which both sides of published figures use: it
takes away case and punctuation, and in English makes "twelve" and "12", "I'm" and "I am" the same.
"""

from __future__ import annotations

import functools
import importlib
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: the same measure for each of those that were compared.

    values: by contestant ("ours", "stock", ...); None where nothing could be measured.
    unit: "%", "s", "per hour", "MB", "" (a count). detail: what it was measured on.
    """

    name: str
    unit: str
    values: Mapping[str, float | None]
    detail: str = ""


@dataclass(frozen=True, slots=True)
class WordErrors:
    """Word error rate of a set of texts: all errors by all words, not a mean of rates."""

    errors: int
    words: int

    @property
    def rate(self) -> float | None:
        """Percent; None without words. Over 100 when more was invented than said."""
        return 100 * self.errors / self.words if self.words else None


def word_errors(
    pairs: Iterable[tuple[str, str]], language: str, accents: bool = True
) -> WordErrors:
    """Of (said, heard) pairs. accents: false makes "numero" as right as "número"."""
    jiwer = package("jiwer")
    normalise = normaliser(language, accents)
    errors = words = 0
    for said, heard in pairs:
        reference, hypothesis = normalise(said), normalise(heard)
        if not reference:
            errors += len(hypothesis.split())
            continue
        found = jiwer.process_words(reference, hypothesis)
        errors += found.substitutions + found.deletions + found.insertions
        words += len(reference.split())
    return WordErrors(errors, words)


@functools.cache
def normaliser(language: str, accents: bool = True) -> Callable[[str], str]:
    """Whisper's text normaliser for a language. Raises ConfigError when it is not installed."""
    if language == "en":
        english = package("whisper_normalizer.english").EnglishTextNormalizer()
        return lambda text: " ".join(english(text).split())
    basic = package("whisper_normalizer.basic").BasicTextNormalizer(remove_diacritics=not accents)
    return lambda text: " ".join(basic(text).split())


def accepted(
    intent: str | None,
    slots: Mapping[str, Any],
    wanted: str,
    wanted_slots: Mapping[str, str],
    language: str,
) -> bool:
    """A command counts when the intent and every labelled slot are equal; further slots are
    ignored. `intent` may be "family.name" where the label only says "name"."""
    if intent is None or wanted not in (intent, intent.rpartition(".")[2]):
        return False
    normalise = normaliser(language)
    return all(
        name in slots and normalise(str(slots[name])) == normalise(value)
        for name, value in wanted_slots.items()
    )


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value that `share` (0..1) of them do not exceed, between neighbours by proportion;
    None of none."""
    if not values:
        return None
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def percent(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


def per_hour(count: int, seconds: float) -> float | None:
    return 3600 * count / seconds if seconds else None


def package(name: str) -> Any:
    """A package of the extra `bench`. Raises ConfigError when it is missing."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise ConfigError(
            f"The benchmark needs the package {name.partition('.')[0].replace('_', '-')}. Install "
            "it with: pip install 'assistant[bench]' (scripts/bench does it by itself)."
        ) from error
