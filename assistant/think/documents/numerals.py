"""Numbers as words and as digits: "twelve" is asked for, "12" is written. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

_COUNTED = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"
    " dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro"
    " veinticinco veintiséis veintisiete veintiocho veintinueve",
}
_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
}
_HUNDREDS = {
    "en": "",
    "es": "cien doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos"
    " novecientos",
}
_VALUES: Mapping[str, Mapping[str, int]] = {
    language: {
        **{word: value for value, word in enumerate(_COUNTED[language].split())},
        **{word: 20 + 10 * place for place, word in enumerate(_TENS[language].split())},
        **{word: 100 + 100 * place for place, word in enumerate(_HUNDREDS[language].split())},
    }
    for language in _COUNTED
}
_TIMES: Mapping[str, Mapping[str, int]] = {
    "en": {"hundred": 100, "thousand": 1000, "million": 1_000_000},
    "es": {"mil": 1000, "millón": 1_000_000, "millones": 1_000_000},
}
_FEWEST = 2  # "one" and "uno" are rarely numbers


def as_digits(words: Sequence[str], language: str) -> Iterator[tuple[Sequence[int], str]]:
    """The numbers that are written as words: the places of their words, and their digits. words: of
    a text, in small letters."""
    values, times = _VALUES.get(language, {}), _TIMES.get(language, {})
    counted = [word for word in enumerate(words) if word[1] != "y"]  # "treinta y cinco"
    for number, run in groupby(counted, lambda word: word[1] in values or word[1] in times):
        if number:
            places, said = zip(*run, strict=True)
            if (value := _value(said, values, times)) >= _FEWEST:
                yield places, str(value)


def _value(words: Sequence[str], values: Mapping[str, int], times: Mapping[str, int]) -> int:
    whole = part = 0
    for word in words:
        if word in values:
            of_a_year = 10 <= part < 100 and values[word] >= 10  # "nineteen seventy"
            part = part * (100 if of_a_year else 1) + values[word]
        elif times[word] == 100:
            part = max(1, part) * 100
        else:
            whole, part = whole + max(1, part) * times[word], 0
    return whole + part


def as_words(digits: str) -> list[str]:
    """The words, of each language, that say a number alone."""
    return [word for each in _VALUES.values() for word, value in each.items()
            if str(value) == digits and value >= _FEWEST]  # fmt: skip
