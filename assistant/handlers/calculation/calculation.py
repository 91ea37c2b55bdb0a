"""Arithmetic, percentages and units; money is in `exchange`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, ClassVar

from assistant import spoken
from assistant.arithmetic import (
    DivisionByZeroError,
    Expression,
    NoRealResultError,
    TooLargeError,
    evaluate,
)
from assistant.handlers.calculation.exchange import Exchange
from assistant.handlers.calculation.measures import convert, phrases
from assistant.handlers.contract import ByLanguage, Request, function
from assistant.quantities import Money, Quantity
from assistant.types import Reply
from assistant.units import UNITS

_SCIENTIFIC = 1e15  # larger results are said as powers of ten
_UNIT_NAMES = phrases()
UnitName = Annotated[str, _UNIT_NAMES]
Stuff = Annotated[
    str,
    {
        "en": {
            "(butter|flour|sugar|milk|water|rice|oil|honey|cream|cheese|meat|beef|chicken|fish"
            "|pasta|chocolate|salt|oats|yogurt|juice|wine|beer|coffee|gold|silver)": None
        },
        "es": {
            "(mantequilla|harina|azúcar|leche|agua|arroz|aceite|miel|crema|nata|queso|carne|pollo"
            "|pescado|pasta|chocolate|sal|avena|yogur|jugo|zumo|vino|cerveza|café|oro|plata)": None
        },
    },
]
"""What is measured, which changes nothing."""


class Calculation(Exchange):
    name = "calculation"
    topic: ClassVar[ByLanguage] = {
        "en": "(calculations|math|maths|arithmetic|units|currencies|conversions)",
        "es": "(cálculos|cuentas|matemáticas|unidades|monedas|conversiones)",
    }
    rules: ClassVar[Mapping[str, ByLanguage]] = {
        "en": {
            "what": "(what is|how much is|how much are|tell me|give me|what would be|what are"
            "|how (fast|far|heavy|tall|long|big|hot|cold|high|deep) is)",
            "to": "(to|into|in|as)",
            "turn": "(convert|change|turn|translate|express|exchange)",
            "rate": "[(current|today's|latest|going|present)] (exchange rate|exchange rates|rate"
            "|rates|exchange|conversion rate|rate of exchange|currency exchange|currency rate"
            "|currency exchange rate|conversion)",
            "tell": "(what is|what are|tell me|show me|look up|check|give me|get|find|find out"
            "|i need|i want to know|how is|let me know)",
            "cash": "(dollars|dollar|euros|euro|pounds|bucks|quid|pesos|yen)",
            "one": "[(a|an|the|one|1)]",
            "per": "(and|to|in|into|against|versus|compared to|compared with|vs|with|or)",
        },
        "es": {
            "what": "(qué es|cuál es|dime [cuánto (es|son)]"
            "|[a] (cuánto|cuántos|cuántas) (es|son|sería|serían|equivale|equivalen|da|dan|hace"
            "|hacen|vale|valen|está|están|cuesta|cuestan))",
            "to": "(a|en)",
            "cash": "(dólares|euros|libras|pesos|dólar|euro)",
            "money": "(dólares|euros|libras|pesos)",
            "rate": "(cambio|tipo de cambio|cambio actual|cotización)",
            "turn": "(convierte|convierta|convertí|conviérteme|convertir|pasa|pase|pasá|pásame"
            "|pasar|cambia|cambie|cambiar|traduce|expresa|expresar)",
        },
    }

    @function(
        en=[
            "[(<what>|calculate|compute|work out|solve|find|figure out|do|what does)] {total}"
            " [<cash>] [(equal|equals|make|come to|give)]",
            "(how much|what) (does|do|would) {total} (equal|make|come to|give)",
            "what is the (answer to|result of|answer of|solution to|outcome of) {total}",
            "what (do|would) (you|i|we) get (when|if) (you|i|we) {total}",
            "(how many|what number|what) (is|are|would be) {total}",
            "(give me|tell me|find|i need) the (answer|result|solution) (to|of|for) {total}",
            "(can you|help me) (do|solve|work out) {total}",
            "(do|solve) the math [(of|for|on)] {total}",
            "(solve|do|help me solve|calculate|work out) [(a|some|this|my"
            "|the)] (math|maths|arithmetic|sum|equation|calculation|math problem|maths problem"
            "|math question|math equation|math issue|calculations|sums|math problems)",
        ],
        es=[
            "[(<what>|calcula|calcule|calculá|calcúlame|calcular|resuelve|resolver|haz la cuenta de"
            "|cuánto dan|cuánto hacen|cuánto suman|cuánto me da|(en|a) cuánto (se queda|queda|sale"
            "|quedan|salen)|cuánto se (queda|quedan))] {total} [<cash>]",
            "(cuál es|dime|dame) el resultado de {total}",
            "(haz|hazme|resuelve) [(una|un|esta|este|unas)] (cuenta|cuentas|cálculo"
            "|cálculos|suma|operación|problema de matemáticas)",
        ],
        help={"en": "what is fifteen percent of eighty", "es": "cuánto es siete por ocho"},
        ahead=True,
    )
    def calculate(self, request: Request, total: Expression | None = None) -> Reply:
        if total is None:
            return request.ask("What shall I calculate?", "¿Qué calculo?", slot="total",
                               function="calculation.calculate")  # fmt: skip
        try:
            value = evaluate(total)
        except DivisionByZeroError:
            raise request.error(
                "Nothing can be divided by zero.", "No se puede dividir entre cero."
            ) from None
        except TooLargeError:
            raise request.error(
                "That is a number of more than three hundred digits. It is too long to be said.",
                "Es un número de más de trescientas cifras, demasiado largo para decirlo.",
            ) from None
        except NoRealResultError:
            raise request.error(
                "That has no result among the real numbers.",
                "Eso no tiene resultado entre los números reales.",
            ) from None
        return request.say("{result}.", "{result}.", result=in_words(value, request.language))

    @function(
        en=[
            "[<what>] [(a|an|the)] {rate} tip (on|for|of) ({amount}|{bill})",
            "how much (tip|should i tip|is the tip|would the tip be|do i tip) (on|for|of)"
            " ({amount}|{bill}) [at {rate}]",
            "(what|how much) is the tip (on|for|of) ({amount}|{bill}) at {rate}",
            "calculate [(a|an|the)] {rate} tip (on|for|of) ({amount}|{bill})",
        ],
        es=[
            "[(<what>|calcula)] [(una|la)] propina (de|del) [(un|el)] {rate}"
            " (de|sobre|para|por|en) ({amount}|{bill})",
            "[(<what>|calcula)] [(un|el)] {rate} de propina (de|sobre|para|por|en)"
            " ({amount}|{bill})",
            "[(<what>|calcula)] [(una|la)] propina (de|del) [(un|el)] {rate} de {amount} <money>",
            "cuánto (dejo|dejamos|doy|pongo|tengo que dejar|debo dejar) de propina (por|si son|para"
            "|de|con una cuenta de) ({amount}|{bill})",
            "cuánta propina (dejo|dejamos|doy|pongo|se deja|debo dejar|tengo que dejar"
            "|hay que dejar|corresponde) (por|si son|para|de|con una cuenta de|en|a)"
            " ({amount}|{bill})",
        ],
        help={"en": "what is a 20 percent tip on 45 dollars",
              "es": "cuánto es una propina del diez por ciento sobre cuarenta euros"},
        ahead=True,
    )  # fmt: skip
    def tip(
        self,
        request: Request,
        rate: float | None = None,
        amount: float | None = None,
        bill: Money | None = None,
    ) -> Reply:
        if rate is None:
            said = (("amount", amount), ("bill", bill))
            known = {slot: value for slot, value in said if value is not None}
            return request.ask("How many percent?", "¿Qué porcentaje?", slot="rate",
                               function="calculation.tip", known=known)  # fmt: skip
        if bill is not None:
            tip = Money(round(bill.amount * rate / 100, 2), bill.currency)
            whole = Money(round(bill.amount + tip.amount, 2), bill.currency)
            return request.say(
                "The tip is {tip}, {whole} in all.", "La propina es de {tip}; en total, {whole}.",
                tip=tip, whole=whole,
            )  # fmt: skip
        tip_amount = round((amount or 0) * rate / 100, 2)
        return request.say(
            "The tip is {tip}, {whole} in all.", "La propina es de {tip}; en total, {whole}.",
            tip=tip_amount, whole=round((amount or 0) + tip_amount, 2),
        )  # fmt: skip

    @function(
        en=[
            "<turn> {quantity} <to> {unit}",
            "[<what>] {quantity} (in|to|into) {unit}",
            "how (far|long|tall|high|much|heavy|fast|hot|cold) is {quantity} in {unit}",
            "how many {unit} (is|are|are there|is there|do you get|fit|make|make up|equal)"
            " [in] {quantity}",
            "how many {unit} (is|are|are there|is there|do you get|in|to) [in] {quantity} of"
            " {stuff}",
            "how many {unit} (in|to) {quantity}",
            "(how much|what) is {quantity} worth in {unit}",
            "how do (i|you) <turn> {quantity} <to> {unit}",
            "<what> the [total|correct|exact] (number|amount) of {unit} in {quantity}",
            "<what> the equivalent of {quantity} <to> {unit}",
            "[(<turn>|<what>|i need)] {source} (to|into|in) {unit}",
        ],
        es=[
            "<turn> {quantity} <to> {unit}",
            "[<what>] {quantity} (en|a) {unit}",
            "{quantity} [a] (cuántos|cuántas) {unit} (son|es|equivalen|equivale|hacen)",
            "a (cuántos|cuántas) {unit} (equivale|equivalen|corresponde|son|es) {quantity}",
            "(cuántos|cuántas) {unit} (son|es|hay en|tiene|tienen) {quantity} de {stuff}",
            "(cuántos|cuántas|cuánto|cuánta) {unit} (son|es|hay|hay en|tiene|tienen|equivalen a"
            "|caben en|entran en|hacen) {quantity}",
            "(<turn>|de) {source} a {unit}",
        ],
        help={"en": "convert five miles to kilometers", "es": "cuántos litros son dos galones"},
        ahead=True,
    )
    def units(
        self,
        request: Request,
        unit: UnitName,
        quantity: Quantity | None = None,
        source: UnitName = "",
        stuff: Stuff = "",
    ) -> Reply:
        quantity = quantity or Quantity(1, source)
        found = convert(quantity, unit)
        if found is None:
            names = UNITS["es" if request.language == "es" else "en"]
            raise request.error(
                "{one} and {other} do not measure the same thing.",
                "{one} y {other} no miden lo mismo.",
                one=names[quantity.unit].many,
                other=names[unit].many,
            )
        short = Quantity(spoken.for_the_ear(found.value), found.unit)
        if abs(found.value) >= _SCIENTIFIC:
            name = UNITS["es" if request.language == "es" else "en"][unit].many
            size = in_words(found.value, request.language)
            return request.say("{size} {name}.", "{size} {name}.", size=size, name=name)
        if _same(found.value, short.value):
            return request.say("{short}.", "{short}.", short=short)
        return request.say("About {short}.", "Unos {short}." if _masculine(short) else
                           "Unas {short}.", short=short)  # fmt: skip


def in_words(value: Fraction | float, language: str) -> str:
    """A result for the ear; "about" when it was rounded; powers of ten when it is very large."""
    about = {"en": "about", "es": "aproximadamente"}.get(language, "about")
    if not -_SCIENTIFIC < value < _SCIENTIFIC:
        mantissa, exponent = f"{float(value):.2e}".split("e")
        times = {"en": "times ten to the power of", "es": "por diez elevado a"}
        said = spoken.number(float(mantissa), language)
        power = spoken.number(int(exponent), language)
        return f"{about} {said} {times.get(language, times['en'])} {power}"
    whole = isinstance(value, Fraction) and value.denominator == 1
    short = float(value) if whole else spoken.for_the_ear(float(value))
    if whole or _same(float(value), round(float(value), 2)):
        return spoken.number(float(value), language)
    said = spoken.number(short, language, decimals=12 if abs(short) < 1 else 2)
    return said if _same(float(value), short) else f"{about} {said}"


def _same(exact: float, rounded: float) -> bool:
    return math.isclose(exact, rounded, rel_tol=1e-9)


def _masculine(quantity: Quantity) -> bool:
    return not UNITS["es"][quantity.unit].feminine
