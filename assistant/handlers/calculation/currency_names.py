"""What currencies are called, by themselves and by their countries."""

from __future__ import annotations

from typing import Annotated

from assistant.currencies import CURRENCIES

_CURRENCY_NAMES = {
    language: {
        name.lower(): code
        for code, names in currencies.items()
        for name in names.names
        if len(name) > 2 and name.replace(" ", "").isalpha() and name not in ("try", "all", "real")
    }
    for language, currencies in CURRENCIES.items()
}
CurrencyName = Annotated[str, _CURRENCY_NAMES]
_COUNTRIES = {
    "USD": ("us, usa, united states, america, u s, u s a", "estados unidos, ee uu, américa"),
    "EUR": (
        "europe, european union, france, germany, italy, spain, portugal, ireland, greece, austria,"
        " belgium, netherlands, holland, finland",
        "europa, unión europea, francia, alemania, italia, españa, portugal, irlanda, grecia,"
        " austria, bélgica, países bajos, holanda, finlandia",
    ),
    "GBP": (
        "uk, england, britain, great britain, united kingdom, scotland, london",
        "reino unido, inglaterra, gran bretaña, escocia, londres",
    ),
    "JPY": ("japan", "japón"),
    "CNY": ("china", "china"),
    "INR": ("india", "india"),
    "CAD": ("canada", "canadá"),
    "AUD": ("australia", "australia"),
    "NZD": ("new zealand", "nueva zelanda"),
    "MXN": ("mexico", "méxico"),
    "BRL": ("brazil", "brasil"),
    "CHF": ("switzerland", "suiza"),
    "SEK": ("sweden", "suecia"),
    "NOK": ("norway", "noruega"),
    "DKK": ("denmark", "dinamarca"),
    "PLN": ("poland", "polonia"),
    "TRY": ("turkey", "turquía"),
    "KRW": ("korea, south korea", "corea, corea del sur"),
    "ZAR": ("south africa", "sudáfrica"),
    "THB": ("thailand", "tailandia"),
    "HKD": ("hong kong", "hong kong"),
    "SGD": ("singapore", "singapur"),
}
_OF_COUNTRIES = {
    language: {
        name.strip(): code for code, said in _COUNTRIES.items() for name in said[at].split(",")
    }
    for at, language in enumerate(("en", "es"))
}
Country = Annotated[str, _OF_COUNTRIES]
"""Whose currency is meant: "the rate between the US and France"."""
