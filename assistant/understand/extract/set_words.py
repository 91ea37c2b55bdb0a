"""The words of what happens again and again."""

from __future__ import annotations

from assistant.understand.extract.scan import by_language

DAYS = "MO TU WE TH FR SA SU".split()
WORKDAYS, WEEKEND = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "FREQ=WEEKLY;BYDAY=SA,SU"
_TWICE = "FREQ=DAILY;BYHOUR=9,21"
_THRICE = "FREQ=DAILY;BYHOUR=8,14,20"
_FOUR_TIMES = "FREQ=DAILY;BYHOUR=8,12,16,20"

# phrases that are a rule of their own
WHOLE = by_language(
    en={
        "FREQ=DAILY": "daily|everyday|once a day|one a day|every day|once every day",
        "FREQ=DAILY;SPAN=NIGHT": "nightly",
        "FREQ=HOURLY": "hourly|once an hour",
        "FREQ=WEEKLY": "weekly|once a week|once every week",
        "FREQ=WEEKLY;INTERVAL=2": "fortnightly|biweekly|bi-weekly|every fortnight|each fortnight",
        "FREQ=MONTHLY": "monthly|once a month|once every month",
        "FREQ=MONTHLY;INTERVAL=2": "bimonthly",
        "FREQ=MONTHLY;INTERVAL=3": "quarterly",
        "FREQ=MONTHLY;INTERVAL=6": "semiannual|semiannually|semi-annual|semi-annually|biannual"
        "|biannually|twice a year",
        "FREQ=YEARLY": "yearly|annually|annual|once a year|once every year",
        WORKDAYS: "weekdays|workdays|weeknights|business days",
        WEEKEND: "weekends",
        _TWICE: "twice a day|two times a day|twice daily|2 times a day",
        _THRICE: "three times a day|thrice a day|three times daily|3 times a day",
        _FOUR_TIMES: "four times a day|four times daily|4 times a day",
    },
    es={
        "FREQ=DAILY": "diariamente|a diario|diario|una vez al dia|una vez por dia|cada dia",
        "FREQ=DAILY;INTERVAL=2": "un dia si y otro no|un dia si y un dia no|dia por medio"
        "|dias alternos|en dias alternos",
        "FREQ=HOURLY": "una vez por hora|una vez a la hora",
        "FREQ=WEEKLY": "semanalmente|semanal|una vez a la semana|una vez por semana",
        "FREQ=WEEKLY;INTERVAL=2": "quincenal|quincenalmente|bisemanal",
        "FREQ=MONTHLY": "mensualmente|mensual|una vez al mes|una vez por mes",
        "FREQ=MONTHLY;INTERVAL=2": "bimestral|bimestralmente",
        "FREQ=MONTHLY;INTERVAL=3": "trimestralmente|trimestral",
        "FREQ=MONTHLY;INTERVAL=6": "semestralmente|semestral|dos veces al año",
        "FREQ=YEARLY": "anualmente|anual|una vez al año",
        WORKDAYS: "entre semana|los dias laborables|los dias laborales|los dias habiles"
        "|los dias de semana|los dias entre semana|los dias de diario",
        WEEKEND: "los fines de semana",
        _TWICE: "dos veces al dia|dos veces por dia|2 veces al dia",
        _THRICE: "tres veces al dia|tres veces por dia|3 veces al dia",
        _FOUR_TIMES: "cuatro veces al dia|cuatro veces por dia|4 veces al dia",
    },
)

EVERY = by_language(
    en="every|each|any|every single|each and every",
    es="cada|todos los|todas las|todos|todas",
)
OF_EACH = by_language(
    en={"MONTHLY": "of every month|of each month|of the month every month|every month"
                   "|each month|in every month|in each month",
        "YEARLY": "of every year|of each year"},
    es={"MONTHLY": "de cada mes|de todos los meses|cada mes|todos los meses",
        "YEARLY": "de cada año|de todos los años"},
)  # fmt: skip
OTHER = by_language(
    en={"2": "other|second|alternate|2nd", "3": "third|3rd", "4": "fourth|4th"},
    es={"2": "otro|otra"},
)
# what may follow "every", and is several days
GROUPS = by_language(
    en={WORKDAYS: "weekday|work day|workday|week day|business day|weeknight", WEEKEND: "weekend"},
    es={
        WORKDAYS: "dia laborable|dias laborables|dia de semana|dias de semana|dia laboral"
        "|dias laborales|dia habil|dias habiles|dia entre semana|dias entre semana",
        WEEKEND: "fin de semana|fines de semana",
    },
)
FREQUENCY = {"S": "SECONDLY", "MIN": "MINUTELY", "H": "HOURLY", "D": "DAILY", "W": "WEEKLY",
             "M": "MONTHLY", "Y": "YEARLY"}  # fmt: skip
AT = by_language(
    en="at|,|on|from|@|around|by|at about|at around", es="a las|a la|a|al|,|sobre las|desde las"
)
ON = by_language(en="on|on the", es="el|los|el dia|los dias")
LAST = {"en": ("last",), "es": ("ultimo", "ultima")}
PARTS = by_language(
    en={
        "am": "in the morning|morning|mornings|in the mornings",
        "pm": "in the afternoon|in the evening|afternoon|evening|afternoons|evenings"
        "|in the afternoons|in the evenings",
        "night": "at night|night|nights",
    },
    es={
        "am": "por la mañana|en la mañana|por las mañanas",
        "pm": "por la tarde|en la tarde|por las tardes",
        "night": "por la noche|en la noche|por las noches",
    },
)
PLURAL_PARTS = ("mornings", "afternoons", "evenings", "nights")
