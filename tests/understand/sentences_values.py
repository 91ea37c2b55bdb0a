"""Days, ranges, recurrences and moments as people say them, in the functions that take them."""

import datetime as dt

from assistant.quantities import DateRange
from assistant.recurrence import Recurrence


def _days(first, last):
    return DateRange(dt.date(*first), dt.date(*last))


def _at(*wall):
    return dt.datetime(*wall, tzinfo=dt.UTC)


EN = {
    "clock.next_holiday": [
        ("when is the next public holiday", {}),
        "what's the next bank holiday",
        "how many days until the next holiday",
        ("when is the next holiday in Mexico", {"place": "mexico"}),
        "next holiday",
    ],
    "clock.is_holiday": [
        ("is tomorrow a public holiday", {"day": dt.date(2025, 11, 23)}),
        ("is the first of may a holiday in Spain", {"day": dt.date(2026, 5, 1), "place": "spain"}),
        ("is it a holiday on friday", {"day": dt.date(2025, 11, 28)}),
    ],
    "clock.holidays_in": [
        ("what holidays are there next month", {"days": _days((2025, 12, 1), (2025, 12, 31))}),
        ("are there any holidays this week", {"days": _days((2025, 11, 17), (2025, 11, 23))}),
    ],
    "clock.days_until": [
        ("how many days until next thanksgiving", {"day": dt.date(2025, 11, 27)}),
        ("how long until easter", {"day": dt.date(2026, 4, 5)}),
        ("how many days until the last friday of may", {"day": dt.date(2026, 5, 29)}),
        ("how many days until next weekend", {"days": _days((2025, 11, 29), (2025, 11, 30))}),
    ],
    "clock.day_of": [
        ("when is mother's day", {"day": dt.date(2026, 5, 10)}),
        ("what day is the second tuesday of january", {"day": dt.date(2026, 1, 13)}),
    ],
    "reminders.listing": [
        ("what reminders do I have this weekend", {"days": _days((2025, 11, 22), (2025, 11, 23))}),
        ("what's on my calendar from monday to thursday",
         {"days": _days((2025, 11, 24), (2025, 11, 27))}),
        ("do I have anything planned next week", {"days": _days((2025, 11, 24), (2025, 11, 30))}),
    ],
    "reminders.add": [
        ("remind me to call mum the day after tomorrow in the evening",
         {"what": "call mum", "when": _at(2025, 11, 24, 19)}),
        ("remind me to take my pills twice a day",
         {"what": "take my pills", "repeat": Recurrence("FREQ=DAILY;BYHOUR=9,21")}),
        ("remind me to pay the rent on the first monday of each month",
         {"what": "pay the rent", "repeat": Recurrence("FREQ=MONTHLY;BYDAY=1MO")}),
        ("remind me on the 5th at 7pm to water the plants",
         {"what": "water the plants", "when": _at(2025, 12, 5, 19)}),
        ("remind me in two months to see the dentist",
         {"what": "see the dentist", "when": _at(2026, 1, 22, 17)}),
        ("remind me to book a table on valentine's day at eight pm",
         {"what": "book a table", "when": _at(2026, 2, 14, 20)}),
    ],
    "alarms.set": [
        ("wake me up on weekdays at seven",
         {"repeat": Recurrence("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", dt.time(7))}),
        ("set an alarm every other tuesday at six am",
         {"repeat": Recurrence("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", dt.time(6))}),
        ("wake me at seven from monday to thursday",
         {"repeat": Recurrence("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH", dt.time(7))}),
    ],
    "alarms.listing": [
        ("what alarms do I have this weekend", {"days": _days((2025, 11, 22), (2025, 11, 23))}),
    ],
}  # fmt: skip
EN_NOTHING = [
    "i love the holidays",
    "from monday to thursday we were at the beach",
    "thanksgiving is my favourite day",
]
ES = {
    "clock.next_holiday": [
        ("cuándo es el próximo festivo", {}),
        "cuál es el próximo feriado",
        ("cuándo es el próximo feriado en Argentina", {"place": "argentina"}),
        "cuántos días faltan para el próximo festivo",
    ],
    "clock.is_holiday": [
        ("es festivo mañana", {"day": dt.date(2025, 11, 23)}),
        ("el lunes es festivo", {"day": dt.date(2025, 11, 24)}),
        ("es feriado el 25 de mayo", {"day": dt.date(2026, 5, 25)}),
    ],
    "clock.holidays_in": [
        ("qué festivos hay el mes que viene", {"days": _days((2025, 12, 1), (2025, 12, 31))}),
        ("hay algún festivo esta semana", {"days": _days((2025, 11, 17), (2025, 11, 23))}),
    ],
    "clock.days_until": [
        ("cuántos días faltan para semana santa", {"day": dt.date(2026, 3, 29)}),
        ("cuánto falta para el último viernes de mayo", {"day": dt.date(2026, 5, 29)}),
        ("cuántos días quedan para el próximo fin de semana", None),
        ("cuánto falta para el viernes santo", {"day": dt.date(2026, 4, 3)}),
    ],
    "clock.day_of": [
        ("cuándo es semana santa", {"day": dt.date(2026, 3, 29)}),
        ("qué día es el domingo de pascua", {"day": dt.date(2026, 4, 5)}),
    ],
    "reminders.listing": [
        ("qué recordatorios tengo este fin de semana",
         {"days": _days((2025, 11, 22), (2025, 11, 23))}),
        ("qué tengo la semana que viene", {"days": _days((2025, 11, 24), (2025, 11, 30))}),
    ],
    "reminders.add": [
        ("recuérdame llamar a mamá pasado mañana por la tarde",
         {"what": "llamar a mamá", "when": _at(2025, 11, 24, 16)}),
        ("recuérdame tomar la pastilla dos veces al día",
         {"what": "tomar la pastilla", "repeat": Recurrence("FREQ=DAILY;BYHOUR=9,21")}),
        ("recuérdame pagar el alquiler el primer lunes de cada mes",
         {"what": "pagar el alquiler", "repeat": Recurrence("FREQ=MONTHLY;BYDAY=1MO")}),
    ],
    "alarms.set": [
        ("despiértame de lunes a jueves a las siete",
         {"repeat": Recurrence("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH", dt.time(7))}),
        ("pon una alarma entre semana a las seis y media",
         {"repeat": Recurrence("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", dt.time(6, 30))}),
    ],
}  # fmt: skip
ES_NOTHING = [
    "me encantan los festivos",
    "la semana santa de sevilla es preciosa",
    "de lunes a jueves estuvimos en la playa",
]
