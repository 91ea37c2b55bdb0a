"""The names of units and currencies, as they are written and as they are said."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from assistant.currencies import CURRENCIES
from assistant.understand.extract.scan import Phrases, folded
from assistant.units import KINDS as MEASURES, UNITS, Unit

_MORE_MONEY = {
    "en": {
        "franc": "franc|francs",
        "peseta": "peseta|pesetas",
        "mark": "mark|marks|deutsche marks",
        "HKD": "hong kong dollar|hong kong dollars",
        "CNY": "元|rmb",
    },
    "es": {
        "franc": "franco|francos",
        "peseta": "peseta|pesetas",
        "mark": "marco|marcos",
        "peso": "peso|pesos",
        "HKD": "dolar de hong kong|dolares de hong kong",
    },
}
# abbreviations that are words of their own in a command
_WORDS = {"en": {"in", "pm", "a m", "mi", "k", "h", "kn", "try", "all"}, "es": {"in", "mi", "pm"}}


def _phrases(table: Mapping[str, Unit], more: dict[str, str] | None = None) -> Phrases:
    entries = {key: "|".join(unit.names) for key, unit in table.items()}
    for key, names in (more or {}).items():
        entries[key] = f"{entries[key]}|{names}" if key in entries else names
    return Phrases(entries)


def _spoken_phrases(table: Mapping[str, Unit], language: str) -> Phrases:
    """Without signs, and without what is a word of its own."""
    entries = {}
    for key, unit in table.items():
        names = (" ".join(re.findall(r"[^\W_]+", folded(name))) for name in unit.names)
        if kept := [name for name in names if name and name not in _WORDS[language]]:
            entries[key] = "|".join(kept)
    return Phrases(entries)


@functools.cache
def unit_names(language: str, temperature: bool, spoken: bool) -> Phrases:
    table = {
        key: unit
        for key, unit in UNITS[language].items()
        if (MEASURES[key] == "temperature") == temperature and (spoken or MEASURES[key] != "time")
    }
    if temperature:
        table |= {"degree": UNITS[language]["degree"]}
    return _spoken_phrases(table, language) if spoken else _phrases(table)


@functools.cache
def currency_names(language: str, spoken: bool) -> Phrases:
    if spoken:
        return _spoken_phrases(CURRENCIES[language], language)
    cents = {
        "en": {"cent": "cent|cents", "pence": "pence|penny"},
        "es": {"centavo": "centavo|centavos", "cent": "centimo|centimos"},
    }[language]
    return _phrases(CURRENCIES[language], _MORE_MONEY[language] | cents)


@functools.cache
def _lookup(kind: str, language: str) -> dict[str, str]:
    tables = (UNITS, CURRENCIES) if kind != "currency" else (CURRENCIES,)
    found: dict[str, str] = {}
    for table in tables:
        for key, unit in table[language].items():
            for name in unit.names:
                found.setdefault(folded(name), key)
    return found


def unit_named(kind: str, name: str, language: str) -> str:
    """Our name for a unit or currency that has a name in a language; else that name."""
    plain = folded(name)
    if kind == "temperature":
        plain = {"c": "celsius", "f": "fahrenheit"}.get(plain, plain)
    if plain in {"mexican peso", "peso mexicano"}:
        return "MXN"
    if kind == "age":
        return {"ano": "year", "mes": "month", "semana": "week", "dia": "day"}.get(plain, plain)
    return _lookup(kind, language).get(plain) or _lookup(kind, "en").get(plain, plain)
