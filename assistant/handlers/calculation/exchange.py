"""Money in other currencies, at a stored rate whose day is said."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from assistant import spoken
from assistant.currencies import CURRENCIES
from assistant.handlers.calculation.currency_names import Country, CurrencyName
from assistant.handlers.calculation.rates import Rate, Rates
from assistant.handlers.contract import Family, Request, function
from assistant.quantities import Money
from assistant.types import Reply

_CENTS = ("USD", "EUR", "CAD", "AUD", "NZD")


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
            "<tell> the [(exchange|conversion)] (rate|value|equivalent|conversion|worth|price)"
            " (of|for) {money} (in|to|into) {currency}",
            "(what|how much) (can|do|would|will|could) i get (for|with|out of) {money} in"
            " {currency}",
            "how (much|many) (would|will|do|can) [i] (get|have) (for|with) {money} in {currency}",
            "if i have {money} (how much|how many|what) [{currency}] (is that|do i have|is it|can i"
            " get|would that be) [in {currency}]",
            "[<what>] {money} (equal to|equivalent to|converted to|exchanged to|changed to|equals"
            "|is|worth) [(how many|how much)] [in] {currency}",
            "(exchange|swap|trade|change) {money} (for|against) {currency}",
            "what (is|are|would) {money} [be] [worth] in {currency}",
            "{currency} (for|from) {money}",
            "(convert|change|exchange|swap) [(some|my|the|a|foreign)] (currency|currencies|money)"
            " [(for me|into {currency}|to {currency})]",
            "[do] [a] (currency|money) (conversion|exchange|converter)",
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
    def exchange(
        self, request: Request, money: Money | None = None, currency: CurrencyName = "EUR"
    ) -> Reply:
        if money is None:
            return request.ask(
                "How much money?", "¿Cuánto dinero?", function="calculation.exchange",
                slot="money", known={"currency": currency},
            )  # fmt: skip
        rate = self._rates.find(money.currency, currency)
        if rate is None:
            raise self._no_rate(request, money.currency, currency)
        worth = Money(round(money.amount * rate.value, 2), currency)
        return request.say(
            "{worth}, at the rate of {day}.", "{worth}, al cambio del {day}.",
            worth=worth if worth.amount or not money.amount else _little(currency, request),
            day=_day(rate, request),
        )  # fmt: skip

    @function(
        en=[
            "[<tell>] [the] <rate> (between|of|from|for) [the] {origin} <per> [the] {currency}",
            "[<tell>] [the] <rate> [(between|of|from|for)] [the] {country} <per> [the] {other}",
            "[<tell>] [the] <rate> [(between|from)] [the] {origin} <per> [the] {other}",
            "[<tell>] [the] <rate> [(between|from)] [the] {country} <per> [the] {currency}",
            "[<tell>] [the] <rate> (of|for|from|on) [the] {origin}",
            "[<tell>] [the] [current] (value|price|worth|cost) of <one> {origin} [(in|against|to"
            "|versus|compared to) [the] ({currency}|{other})] [(today|now|right now)]",
            "(how much is|what is|what does) <one> {origin} [worth] [cost] (in|against) {other}",
            "how (strong|weak|high|low|good|bad) is the {origin} [<per> the {currency}] [today]",
            "how (does|do|is|are) <one> {origin} [(compare|comparing|doing|do)] <per> [the]"
            " {currency} [today]",
            "how is the {origin} doing [today]",
            "is <one> {origin} worth (more|less|more or less|a lot|much|anything) in [the] {other}",
            "where does <one> {origin} stand [<per> [the] {currency}]",
            "what (will|would|does) <one> {origin} (get|buy) [me] in {other}",
            "is <one> {origin} [(worth)] (stronger|weaker|higher|lower|better|more|less) than <one>"
            " {currency}",
            "what is <one> {origin} (equal to|equivalent to) [in] [the] {currency}",
            "[<one>] {origin} (is|equals|makes) how many {currency}",
            "how many {currency} (make|makes|equal|equals|does) <one> {origin} [(get|buy|make)]",
            "(how much|what) is <one> {origin} (worth|at) [(today|now|right now)]",
            "how much is <one> {origin} [(today|now|right now)]",
            "<one> {origin} <rate>",
            "[(what is|tell me)] [the] {origin} [(to|against|versus|in)] [the] {currency} <rate>"
            " [today]",
            "[(what is|tell me)] [the] {origin} <rate> [today]",
            "{origin} (to|against|versus) {currency}",
            "how much is [(a|the|one)] {origin} [worth] [going] (in|against|versus) [the]"
            " {currency} [today]",
            "what is (a|one|the) {origin} [worth] (in|to|against) [the] {currency} [today]",
            "how many {currency} (to|in|for|are in) (a|the|one) {origin}",
            "(what is|how big is|how much is) the difference (between|of) [the] {origin} (and|to)"
            " [the]"
            " {currency}",
            "(change|convert|exchange) [<one>] {origin} (to|into|in) {currency} [<rate>]",
            "(how much|what) (is|are) [the] {origin} [worth] <per> [the] ({currency}|{other})"
            " [today]",
            "(what|which) <rate> (will|would|can|do) i get (for|on|with) [the] {origin}",
            "[<tell>] [the] [(current|today's|latest)] (currency|currencies|foreign currency|forex"
            "|exchange) [exchange] (rate|rates|exchange|conversion) [(today|now|i (will|would"
            "|can) get with"
            " foreign"
            " currency)]",
        ],
        es=[
            "[(cuál es|dime|a cuánto está)] [el] <rate> (entre|de|del) [(el|la)] {origin} (y|a|al"
            "|frente al|frente a la|con) [(el|la)] {currency}",
            "[(cuál es|dime)] [el] <rate> (de|del) [(el|la)] {origin} [hoy]",
            "a (cuánto|cómo) está (el|la|un|una) {origin} [(en|frente al|frente a la) {currency}]"
            " [hoy]",
            "(cuánto vale|cuánto es) (el|la|un|una) {origin} (en|frente al|frente a la) {currency}",
            "[(cuál es|dime)] [el] <rate> (entre|de|del) {country} (y|a|con) {other}",
            "(cuál es|dime) [el] (valor|precio) (del|de la|de un|de una) {origin} [(en|frente"
            " al|frente"
            " a la) ({currency}|{other})] [hoy]",
            "cuánto vale (el|la|un|una) {origin} [en {other}] [hoy]",
            "cuántos {currency} (son|es|vale|valen|hacen) (un|una) {origin}",
            "(cómo está|cómo va) (el|la) {origin} [(frente al|frente a la) {currency}] [hoy]",
        ],
        help={
            "en": "what is the exchange rate between the dollar and the yen",
            "es": "cuál es el cambio entre el dólar y el yen",
        },
        ahead=True,
    )
    def rate(
        self,
        request: Request,
        origin: CurrencyName = "",
        currency: CurrencyName = "",
        country: Country = "",
        other: Country = "",
    ) -> Reply:
        origin = origin or country
        currency = currency or other or ("USD" if origin == "EUR" else "EUR")
        if origin == currency:
            raise request.error("Both have the same currency.", "Los dos tienen la misma moneda.")
        found = self._rates.find(origin, currency)
        if found is None:
            raise self._no_rate(request, origin, currency)
        many = _units(found.value)
        value = Money(round(many * found.value, 2), currency)
        return request.say(
            "{one} is {value}, at the rate of {day}.",
            "{one} {are} {value}, al cambio del {day}.",
            one=Money(many, origin), are="son" if many > 1 or found.value >= 2 else "es",
            value=value, day=_day(found, request),
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


def _units(rate: float) -> int:
    """Of how many units a rate is told: of ten times so many, until they are worth something."""
    many = 1
    while rate < 0.1 and 0 < many * rate < 1:
        many *= 10
    return many


def _little(currency: str, request: Request) -> str:
    if currency in _CENTS:
        return request.pick("less than one cent", "menos de un céntimo")
    unit = CURRENCIES["es" if request.language == "es" else "en"][currency].one
    return request.pick("less than a hundredth of one ", "menos de una centésima de ") + unit


def _day(rate: Rate, request: Request) -> str:
    said = spoken.date(rate.day, request.language, with_year=rate.day.year != request.now.year)
    return said if request.language == "en" else said.split(" ", 1)[1]
