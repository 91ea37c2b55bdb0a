"""Money in other currencies, at a stored rate whose day is said."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from assistant import spoken
from assistant.currencies import CURRENCIES
from assistant.handlers.calculation.rates import Rate, Rates
from assistant.handlers.contract import Family, Request, function
from assistant.quantities import Money
from assistant.types import Reply

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


class Exchange(Family):
    """The part of `Calculation` that is about money; its rules are there."""

    def __init__(self, rates: Path) -> None:
        """rates: the file of the user's own exchange rates."""
        self._rates = Rates(rates)

    @function(
        en=[
            "<turn> {money} <to> {currency}",
            "[<what>] {money} (in|to|into) {currency}",
            "how many {currency} (is|are|for|in|(do|would|can) i (get|buy) (for|with)) {money}",
            "(how much|what) is {money} worth [in {currency}]",
            "how much {money} (is|are) [worth] in {currency}",
            "(what is|tell me) the [(exchange|conversion)] rate (of|for) {money} (in|to)"
            " {currency}",
        ],
        es=[
            "<turn> {money} <to> {currency}",
            "[<what>] {money} (en|a) {currency}",
            "(cuántos|cuántas) {currency} (son|es|hay en|me dan por|equivalen a|vale|valen)"
            " {money}",
        ],
        help={
            "en": "how much is twenty dollars in euros",
            "es": "cuánto son veinte dólares en euros",
        },
        ahead=True,
    )
    def exchange(self, request: Request, money: Money, currency: CurrencyName = "EUR") -> Reply:
        rate = self._rates.find(money.currency, currency)
        if rate is None:
            raise self._no_rate(request, money.currency, currency)
        worth = Money(round(money.amount * rate.value, 2), currency)
        return request.say(
            "{worth}, at the rate of {day}.",
            "{worth}, al cambio del {day}.",
            worth=worth,
            day=_day(rate, request),
        )

    @function(
        en=[
            "[(what is|tell me|show me|look up|check|give me)] [the] <rate> (between|of|from|for)"
            " [the] {origin} (and|to|in|into|against|versus) [the] {currency}",
            "[(what is|tell me|show me|look up|check|give me)] [the] <rate> (of|for|from) [the]"
            " {origin}",
            "[(what is|tell me)] [the] {origin} [(to|against|versus|in)] [the] {currency} <rate>"
            " [today]",
            "[(what is|tell me)] [the] {origin} <rate> [today]",
            "{origin} (to|against|versus) {currency}",
            "how much is [(a|the|one)] {origin} [worth] [going] (in|against|versus) [the]"
            " {currency} [today]",
            "what is (a|one|the) {origin} [worth] (in|to|against) [the] {currency} [today]",
            "how many {currency} (to|in|for|are in) (a|the|one) {origin}",
        ],
        es=[
            "[(cuál es|dime|a cuánto está)] [el] <rate> (entre|de|del) [(el|la)] {origin} (y|a|al"
            "|frente al|frente a la|con) [(el|la)] {currency}",
            "[(cuál es|dime)] [el] <rate> (de|del) [(el|la)] {origin} [hoy]",
            "a (cuánto|cómo) está (el|la|un|una) {origin} [(en|frente al|frente a la) {currency}]"
            " [hoy]",
            "(cuánto vale|cuánto es) (el|la|un|una) {origin} (en|frente al|frente a la) {currency}",
        ],
        help={
            "en": "what is the exchange rate between the dollar and the yen",
            "es": "cuál es el cambio entre el dólar y el yen",
        },
        ahead=True,
    )
    def rate(self, request: Request, origin: CurrencyName, currency: CurrencyName = "") -> Reply:
        currency = currency or ("USD" if origin == "EUR" else "EUR")
        found = self._rates.find(origin, currency)
        if found is None:
            raise self._no_rate(request, origin, currency)
        value = Money(round(found.value, 2 if found.value >= 1 else 4), currency)
        return request.say(
            "{one} is {value}, at the rate of {day}.",
            "{one} {are} {value}, al cambio del {day}.",
            one=Money(1, origin), are="son" if found.value >= 2 else "es", value=value,
            day=_day(found, request),
        )  # fmt: skip

    def _no_rate(self, request: Request, origin: str, target: str) -> Exception:
        names = CURRENCIES["es" if request.language == "es" else "en"]
        return request.error(
            "I have no exchange rate from {one} to {other}. Tell me one: one {unit} is worth"
            " so many {other}.",
            "No tengo el cambio de {one} a {other}. Dime uno: un {unit} vale tantos {other}.",
            one=names[origin].many,
            other=names[target].many,
            unit=names[origin].one,
        )

    @function(
        en=[
            "[(remember|note)] [that] {one} (is|are) [now] worth {other}",
            "(set|change) the exchange rate to {other} (for|per) ({one}|{currency})",
            "the exchange rate is {other} (for|per) ({one}|{currency})",
        ],
        es=[
            "[(recuerda|apunta|anota) que] {one} (vale|valen|equivale a|equivalen a) [ahora]"
            " {other}",
            "(pon|cambia) el (cambio|tipo de cambio) a {other} por ({one}|{currency})",
            "el (cambio|tipo de cambio) es [de] {other} por ({one}|{currency})",
        ],
        help={"en": "one dollar is worth 0.9 euros", "es": "un dólar vale 0,9 euros"},
        ahead=True,
    )
    def set_rate(
        self,
        request: Request,
        other: Money,
        one: Money | None = None,
        currency: CurrencyName = "",
    ) -> Reply:
        one = one or Money(1, currency or other.currency)
        if one.amount <= 0 or other.amount <= 0 or one.currency == other.currency:
            raise request.error(
                "An exchange rate is between two currencies and above zero.",
                "Un tipo de cambio es entre dos monedas y mayor que cero.",
            )
        rate, day = other.amount / one.amount, request.now.date()
        before: list[Mapping[str, object]] = []
        return request.say(
            "From now on {one} is worth {other}.",
            "Desde ahora {one} vale {other}.",
            then=lambda: before.append(self._rates.set(one.currency, other.currency, rate, day)),
            undo=lambda: self._rates.restore(before[0]),  # type: ignore[arg-type]
            one=one,
            other=other,
        )

    @function(
        en=[
            "(how old|how recent|how current) are (the|your) [exchange] rates",
            "(when|what day) are (the|your) [exchange] rates (from|of)",
        ],
        es=[
            "de (cuándo|qué día) (son|es) (los|tus|el) (tipos de cambio|cambios|cambio)",
            "(qué antigüedad tienen|cuán viejos son) (los|tus) (tipos de cambio|cambios)",
        ],
        help={"en": "how old are the exchange rates", "es": "de cuándo son los tipos de cambio"},
        ahead=True,
    )
    def rates_day(self, request: Request) -> Reply:
        day = spoken.date(self._rates.day, request.language, with_year=True)
        return request.say(
            "The rates of the European Central Bank are of {day}. Those that you told me have the"
            " day on which you did.",
            "Los cambios del Banco Central Europeo son del {day}. Los que tú me dijiste llevan la"
            " fecha de ese día.",
            day=day,
        )


def _day(rate: Rate, request: Request) -> str:
    said = spoken.date(rate.day, request.language, with_year=rate.day.year != request.now.year)
    return said if request.language == "en" else said.split(" ", 1)[1]
