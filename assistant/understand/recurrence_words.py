"""The words of `recurrences`, in English and Spanish, without accents."""

from __future__ import annotations

DAYS = "MO TU WE TH FR SA SU".split()
WEEKDAYS, WEEKEND = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "FREQ=WEEKLY;BYDAY=SA,SU"
# phrases that are a rule of their own
WHOLE = {
    "en": {
        "daily": "FREQ=DAILY",
        "everyday": "FREQ=DAILY",
        "hourly": "FREQ=HOURLY",
        "weekly": "FREQ=WEEKLY",
        "monthly": "FREQ=MONTHLY",
        "yearly": "FREQ=YEARLY",
        "annually": "FREQ=YEARLY",
        "fortnightly": "FREQ=WEEKLY;INTERVAL=2",
        "biweekly": "FREQ=WEEKLY;INTERVAL=2",
        "quarterly": "FREQ=MONTHLY;INTERVAL=3",
        "weekdays": WEEKDAYS,
        "workdays": WEEKDAYS,
        "weeknights": WEEKDAYS,
        "weekends": WEEKEND,
        "once a day": "FREQ=DAILY",
        "once a week": "FREQ=WEEKLY",
        "once a month": "FREQ=MONTHLY",
        "once a year": "FREQ=YEARLY",
    },
    "es": {
        "diariamente": "FREQ=DAILY",
        "a diario": "FREQ=DAILY",
        "diario": "FREQ=DAILY",
        "semanalmente": "FREQ=WEEKLY",
        "mensualmente": "FREQ=MONTHLY",
        "anualmente": "FREQ=YEARLY",
        "un dia si y otro no": "FREQ=DAILY;INTERVAL=2",
        "un dia si y un dia no": "FREQ=DAILY;INTERVAL=2",
        "dia por medio": "FREQ=DAILY;INTERVAL=2",
        "entre semana": WEEKDAYS,
        "los dias laborables": WEEKDAYS,
        "los dias laborales": WEEKDAYS,
        "los dias habiles": WEEKDAYS,
        "los dias de semana": WEEKDAYS,
        "los dias entre semana": WEEKDAYS,
        "los fines de semana": WEEKEND,
        "una vez al dia": "FREQ=DAILY",
        "una vez a la semana": "FREQ=WEEKLY",
        "una vez por semana": "FREQ=WEEKLY",
        "una vez al mes": "FREQ=MONTHLY",
        "una vez al ano": "FREQ=YEARLY",
    },
}
EVERY = {
    "en": ("every single", "each and every", "every", "each"),
    "es": ("todos los", "todas las", "cada"),
}
# what may follow "every": frequency, half of the day
UNITS = {
    "en": {
        "minute": ("MINUTELY", None),
        "hour": ("HOURLY", None),
        "day": ("DAILY", None),
        "week": ("WEEKLY", None),
        "month": ("MONTHLY", None),
        "year": ("YEARLY", None),
        "morning": ("DAILY", "am"),
        "afternoon": ("DAILY", "pm"),
        "evening": ("DAILY", "pm"),
        "night": ("DAILY", "night"),
    },
    "es": {
        "minuto": ("MINUTELY", None),
        "hora": ("HOURLY", None),
        "dia": ("DAILY", None),
        "semana": ("WEEKLY", None),
        "mes": ("MONTHLY", None),
        "ano": ("YEARLY", None),
        "manana": ("DAILY", "am"),
        "tarde": ("DAILY", "pm"),
        "noche": ("DAILY", "night"),
    },
}
NAMED = {
    "en": {"weekday": WEEKDAYS, "workday": WEEKDAYS, "weekend": WEEKEND, "work day": WEEKDAYS,
           "week day": WEEKDAYS, "weeknight": WEEKDAYS},
    "es": {"dia laborable": WEEKDAYS, "dia laboral": WEEKDAYS, "dia habil": WEEKDAYS,
           "dia de semana": WEEKDAYS, "dia entre semana": WEEKDAYS, "fin de semana": WEEKEND,
           "dias laborables": WEEKDAYS, "dias laborales": WEEKDAYS, "dias habiles": WEEKDAYS,
           "dias de semana": WEEKDAYS, "dias entre semana": WEEKDAYS,
           "fines de semana": WEEKEND},
}  # fmt: skip
OTHER = {"en": {"other": 2, "second": 2, "third": 3, "fourth": 4}, "es": {"otro": 2, "otra": 2}}
AT = {
    "en": (("at",), ("by",), ("from",)),
    "es": (("a", "las"), ("a", "la"), ("a",)),
}
PARTS = {
    "en": {"in the morning": "am", "in the afternoon": "pm", "in the evening": "pm",
           "at night": "night", "morning": "am", "afternoon": "pm", "evening": "pm",
           "night": "night", "mornings": "am", "evenings": "pm", "nights": "night"},
    "es": {"por la manana": "am", "en la manana": "am", "por la tarde": "pm", "en la tarde": "pm",
           "por la noche": "night", "en la noche": "night", "por las mananas": "am",
           "por las tardes": "pm", "por las noches": "night"},
}  # fmt: skip
