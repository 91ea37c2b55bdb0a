"""What is said about the heating, dimmed lamps, days that are counted, names, and at bedtime."""

import datetime as dt

from assistant.quantities import DateRange, Quantity

LIGHTS = {"kind": "light"}
FEBRUARY = DateRange(dt.date(2026, 2, 1), dt.date(2026, 2, 28))

EN = {
    "home.warmer": [
        ("turn the heating up ten degrees", {"by": 10}),
        ("turn up the heating 2 degrees", {"by": 2}),
        ("turn the heating up by one degree", {"by": 1}),
        ("turn the hall thermostat up two degrees", None),
        ("turn the bedroom up two degrees", {"place": "Bedroom", "by": 2}),
        ("turn it up two degrees", {"by": 2}),
        ("raise the temperature three degrees fahrenheit", {"by": 3, "scale": "°F"}),
    ],
    "home.cooler": [
        ("turn the heating down 5 degrees", {"by": 5}),
        ("turn down the thermostat two degrees", {"by": 2}),
        ("turn it down by one degree", {"by": 1}),
    ],
    "home.set_temperature": [
        ("turn the heating up to 20", {"degrees": 20}),
        ("turn up the heating to twenty degrees", {"degrees": 20}),
        ("raise the temperature to 21 degrees", {"degrees": 21}),
        ("set the heating 21 degrees", {"degrees": 21}),
        ("set the thermostat to 70 degrees fahrenheit", {"degrees": 70, "scale": "°F"}),
        ("set the heating to 20 celsius", {"degrees": 20, "scale": "°C"}),
    ],
    "home.dim": [
        ("dim the living room a bit", {"place": "Living Room"}),
        ("could you maybe dim the living room a bit", {"place": "Living Room"}),
        ("dim the lights a little", LIGHTS),
        ("turn the lights down a bit", LIGHTS),
    ],
    "home.brighten": [("turn the lights up a little", LIGHTS)],
    "home.fan_speed": [("turn the fan on high", {"pace": 100})],
    "home.turn_off": [
        (
            "turn off all the lights except the kitchen",
            {"kind": "light", "spared": "Kitchen"},
        ),
        (
            "turn off everything except the coffee machine",
            {"kind": "everything", "spared_name": "Coffee Machine"},
        ),
        ("kitchen light off pls", {"kind": "light", "place": "Kitchen"}),
    ],
    "clock.days_in": [
        ("how many days in february", {"days": FEBRUARY}),
        ("how many days are there in february", {"days": FEBRUARY}),
        ("how many days does february have", {"days": FEBRUARY}),
        (
            "how many days between christmas and easter",
            {"days": DateRange(dt.date(2025, 12, 25), dt.date(2026, 4, 5))},
        ),
        (
            "how many days from today to june 1st",
            {"days": DateRange(dt.date(2025, 11, 22), dt.date(2026, 6, 1))},
        ),
        ("how many weeks between march 1st and june 3rd", None),
    ],
    "clock.days_since": [
        ("how long ago was the 1st of march", {"day": dt.date(2026, 3, 1)}),
        ("how many days since the 4th of july", {"day": dt.date(2026, 7, 4)}),
    ],
    "clock.leap_year": [
        "is it a leap year",
        ("is 2028 a leap year", {"year": 2028}),
        "when is the next leap year",
    ],
    "clock.time": ["gimme the time"],
    "memory.remember": [
        ("remember the wifi password is hunter2", None),
        ("remember his birthday is the third of june", None),
    ],
    "memory.my_name_is": [
        ("my name is Sam", {"name": "sam"}),
        ("you can call me Sam", {"name": "sam"}),
    ],
    "memory.my_name": ["what's my name", "who am I", "do you know my name"],
    "calculation.units": [
        ("five foot ten in cm", {"quantity": Quantity(70 / 12, "foot"), "unit": "centimeter"}),
        (
            "how tall is 6 foot 2 in meters",
            {"quantity": Quantity(74 / 12, "foot"), "unit": "meter"},
        ),
        ("how far is 10k in miles", {"quantity": Quantity(10, "kilometer"), "unit": "mile"}),
        ("how far is ten kilometers in miles", None),
    ],
    "timers.start": [("lemme know when 10 minutes are up", {"length": dt.timedelta(minutes=10)})],
    "talk.good_night": ["good night", "night night", "Good night!"],
    "talk.coin": ["flip a coin", "heads or tails"],
    "talk.dice": ["roll a dice", ("roll two dice", {"n": 2})],
    "home.brightness": [("dim the living room to ten percent", None)],
    "clock.days_until": [("how many days until christmas", {"day": dt.date(2025, 12, 25)})],
}

ES = {
    "home.warmer": [
        ("sube la calefacción dos grados", {"by": 2}),
        ("pon la calefacción cinco grados más", {"by": 5}),
        ("súbela dos grados", {"by": 2}),
    ],
    "home.cooler": [("pon la calefacción dos grados menos", {"by": 2})],
    "home.set_temperature": [
        ("pon el termostato a 70 grados fahrenheit", {"degrees": 70, "scale": "°F"}),
    ],
    "home.dim": [("baja un poquito la luz", LIGHTS)],
    "home.turn_off": [
        ("apaga todas las luces menos la de la cocina", {"kind": "light", "spared": "Kitchen"}),
    ],
    "clock.days_in": [
        ("cuántos días tiene febrero", {"days": FEBRUARY}),
        ("cuántos días hay en febrero", {"days": FEBRUARY}),
        (
            "cuántos días hay entre navidad y semana santa",
            {"days": DateRange(dt.date(2025, 12, 25), dt.date(2026, 3, 29))},
        ),
        ("cuántos días hay del 1 de marzo al 3 de junio", None),
    ],
    "clock.days_since": [
        ("cuánto hace del uno de marzo", {"day": dt.date(2026, 3, 1)}),
        ("cuántos días han pasado desde el uno de marzo", {"day": dt.date(2026, 3, 1)}),
    ],
    "clock.leap_year": [
        "es bisiesto",
        "¿este año es bisiesto?",
        ("es 2028 un año bisiesto", {"year": 2028}),
    ],
    "memory.my_name_is": [("me llamo Sam", {"name": "sam"}), ("mi nombre es Ana", {"name": "ana"})],
    "memory.my_name": ["cómo me llamo", "cuál es mi nombre", "¿Quién soy?"],
    "talk.good_night": ["buenas noches", "hasta mañana"],
    "talk.hello": ["buenas tardes", "buenos días"],
    "talk.coin": ["lanza una moneda", "cara o cruz"],
    "talk.dice": ["tira un dado", ("tira dos dados", {"n": 2})],
}

EN_NOTHING = [
    "what's the temperature outside",  # nothing in this home tells it
    "set a timer for the fridge temperature",
    "what's the wifi password",
    "how many days did the war last",
    "how long ago did dinosaurs live",
]

ES_NOTHING = [
    "qué temperatura hace fuera",
    "cuál es la contraseña del wifi",
]
