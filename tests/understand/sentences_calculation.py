"""What people say to have something calculated, and which function they mean."""

from fractions import Fraction

from assistant.arithmetic import Expression
from assistant.quantities import Money, Quantity


def op(operator, *operands):
    return {
        "total": Expression(
            operator, tuple(o if isinstance(o, Expression) else Fraction(o) for o in operands)
        )
    }


def measure(value, unit, wanted):
    return {"quantity": Quantity(value, unit), "unit": wanted}


def cash(amount, code, wanted):
    return {"money": Money(amount, code), "currency": wanted}


EN = {
    "calculation.calculate": [
        ("What's seven times eight?", op("*", 7, 8)),
        ("seven times eight", op("*", 7, 8)),
        ("what is 2 + 2", op("+", 2, 2)),
        ("How much is 20 divided by 4?", op("/", 20, 4)),
        ("calculate twelve minus five please", op("-", 12, 5)),
        ("what does three plus four equal", op("+", 3, 4)),
        ("What is the square root of two?", op("square root", 2)),
        ("what's half of thirty", op("*", "1/2", 30)),
        ("could you tell me ten to the power of three", op("^", 10, 3)),
        ("what is 15% of 80", None),
        ("what's a third of ninety", None),
        ("work out 100 plus 10 percent", None),
        ("multiply 7 by 42", op("*", 7, 42)),
        ("can you divide 100 by 20", op("/", 100, 20)),
        ("subtract 3 from ten", op("-", 10, 3)),
        ("what's the answer to two times three", op("*", 2, 3)),
        ("what is the sum of 3, 7 and 9", None),
        ("what is the square root of pi", None),
    ],
    "calculation.tip": [
        ("What is a 20% tip on 45?", {"rate": 20, "amount": 45}),
        ("what's a twenty percent tip on forty five dollars", None),
        ("how much is an 18 percent tip on $60", {"rate": 18, "bill": Money(60, "USD")}),
        ("how much should I tip on 50 dollars at 15 percent", None),
    ],
    "calculation.units": [
        ("convert 5 miles to kilometres", measure(5, "mile", "kilometer")),
        ("How many cups in a litre?", measure(1, "liter", "cup")),
        ("how many feet are there in a mile", measure(1, "mile", "foot")),
        ("100 fahrenheit in celsius", measure(100, "degree_Fahrenheit", "degree_Celsius")),
        ("what's 20°C in fahrenheit", measure(20, "degree_Celsius", "degree_Fahrenheit")),
        ("what is six feet two inches in centimeters", None),
        ("how many seconds are in a day", measure(1, "day", "second")),
        ("how much is half a pound in grams", measure(0.5, "pound", "gram")),
        ("change 60 miles per hour to kilometers per hour", None),
        ("what is the number of pints in two quarts", measure(2, "quart", "pint")),
        ("how many tablespoons are there in half of a cup", measure(0.5, "cup", "tablespoon")),
        ("how do I convert a cup to milliliters", measure(1, "cup", "milliliter")),
        ("celsius to fahrenheit", None),
    ],
    "calculation.exchange": [
        ("how much is twenty dollars in euros", cash(20, "USD", "EUR")),
        ("convert $50 to pounds", cash(50, "USD", "GBP")),
        ("100 euros in yen", cash(100, "EUR", "JPY")),
        ("how many dollars is 30 pounds", cash(30, "GBP", "USD")),
        ("how much is ten euros worth in mexican pesos", None),
        ("how much is $3 usd in euros", cash(3, "USD", "EUR")),
        ("what is the conversion rate of 100 dollars to euros", cash(100, "USD", "EUR")),
    ],
    "calculation.rate": [
        (
            "what is the exchange rate between the dollar and the euro",
            {"origin": "USD", "currency": "EUR"},
        ),
        ("look up the exchange rate between dollars and yen", None),
        ("what's the exchange rate for the yen", {"origin": "JPY"}),
        ("how much is the euro versus the canadian dollar", None),
        ("euro to us dollar", {"origin": "EUR", "currency": "USD"}),
    ],
    "calculation.set_rate": [
        (
            "one dollar is worth 0.9 euros",
            {"one": Money(1, "USD"), "other": Money(0.9, "EUR")},
        ),
        ("remember that a pound is worth 1.2 euros", None),
        ("set the exchange rate to 1400 argentine pesos per dollar", None),
    ],
    "calculation.rates_day": [
        "how old are the exchange rates",
        "when are your rates from",
    ],
}
EN_NOTHING = [
    "what is fifteen percent",
    "how many miles",
    "convert this to that",
    "what is the square root of love",
    "twenty dollars is a lot for a cup of coffee",
]
ES = {
    "calculation.calculate": [
        ("¿Cuánto es siete por ocho?", op("*", 7, 8)),
        ("cuánto es 2 + 2", op("+", 2, 2)),
        ("cuánto son veinte entre cuatro", op("/", 20, 4)),
        ("calcula doce menos cinco", op("-", 12, 5)),
        ("¿Cuánto es la mitad de 30?", op("*", "1/2", 30)),
        ("dime cuánto es la raíz cuadrada de dos", op("square root", 2)),
        ("cuánto es el 15 por ciento de 80", None),
        ("cuánto da diez elevado a tres", op("^", 10, 3)),
        ("calculame tres por cuatro", None),
        ("multiplica siete por cuarenta y dos", op("*", 7, 42)),
        ("divide 100 entre 20", op("/", 100, 20)),
        ("resta 3 de 10", op("-", 10, 3)),
        ("cuánto hacen tres más cuatro", None),
    ],
    "calculation.tip": [
        ("¿Cuánto es una propina del 10 por ciento sobre 45 euros?", None),
        ("calcula el diez por ciento de propina de 60", {"rate": 10, "amount": 60}),
    ],
    "calculation.units": [
        ("convierte 5 millas a kilómetros", measure(5, "mile", "kilometer")),
        ("¿Cuántas tazas hay en un litro?", measure(1, "liter", "cup")),
        ("cuántos metros son dos millas", measure(2, "mile", "meter")),
        ("100 grados fahrenheit en celsius", None),
        ("cuánto es media libra en gramos", measure(0.5, "pound", "gram")),
        ("pasá dos galones a litros", measure(2, "gallon", "liter")),
        ("cuántos segundos tiene un día", measure(1, "day", "second")),
    ],
    "calculation.exchange": [
        ("¿Cuánto son veinte dólares en euros?", cash(20, "USD", "EUR")),
        ("convierte 50 dólares a libras", cash(50, "USD", "GBP")),
        ("cuántos dólares son 30 libras", cash(30, "GBP", "USD")),
        ("a cuánto equivalen cien euros en pesos mexicanos", cash(100, "EUR", "MXN")),
    ],
    "calculation.rate": [
        (
            "¿Cuál es el cambio entre el dólar y el euro?",
            {"origin": "USD", "currency": "EUR"},
        ),
        ("a cuánto está el dólar", {"origin": "USD"}),
        ("dime el tipo de cambio de la libra al euro", None),
    ],
    "calculation.set_rate": [
        ("un dólar vale 0,9 euros", {"one": Money(1, "USD"), "other": Money(0.9, "EUR")}),
        ("pon el cambio a 1400 pesos argentinos por un dólar", None),
    ],
    "calculation.rates_day": [
        "¿de cuándo son los tipos de cambio?",
        "de qué día son los cambios",
    ],
}
ES_NOTHING = [
    "cuánto es quince por ciento",
    "convierte esto en aquello",
    "veinte dólares es mucho por un café",
]
