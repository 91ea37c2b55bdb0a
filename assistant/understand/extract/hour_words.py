"""The words of times of day."""

from __future__ import annotations

from assistant.understand.extract.scan import by_language

HALVES = by_language(
    en={"am": "am|a.m.|a.m|a . m .|a . m|a m", "pm": "pm|p.m.|p.m|p . m .|p . m|p m"},
    es={"am": "am|a.m.|a.m|a. m.|a m", "pm": "pm|p.m.|p.m|p. m.|p m"},
)

IN_PART = by_language(
    en={
        "am": "in the morning|early morning|early in the morning",
        "pm": "in the afternoon|in the evening",
        "night": "at night|in the night",
    },
    es={
        "am": "de la mañana|por la mañana|en la mañana|de la madrugada|a la mañana",
        "pm": "de la tarde|por la tarde|en la tarde|del mediodia|a la tarde|del medio dia",
        "night": "de la noche|por la noche|en la noche|a la noche",
    },
)

NOON = by_language(
    en={
        "12": "noon|midday|12 noon|noonish|mid day|12 midday|twelve noon",
        "0": "midnight|12 midnight|mid night|mid-night",
    },
    es={
        "12": "mediodia|medio dia|12 del mediodia|doce del mediodia",
        "0": "medianoche|media noche|12 de la medianoche",
    },
)

# name: first and last minute
PARTS = by_language(
    en={
        "8 12": "morning|mornings",
        "12 16": "afternoon|afternoons",
        "16 20": "evening|evenings",
        "20 24": "night|nights|nighttime",
        "11 13": "lunchtime|lunch time|at lunchtime|at lunch time|lunch-time",
        "16 21": "dinnertime|dinner time",
        "8 18": "business hours|business hour|daytime",
        "8 12 ": "breakfast time|breakfasttime",
    },
    es={
        "8 12": "mañana",
        "16 20": "tarde",
        "20 24": "noche",
        "4 8": "madrugada",
        "12 16": "pasado mediodia|pasado el mediodia|pasado medio dia|pasado el medio dia",
        "11 13": "almuerzo|hora de almuerzo|hora del almuerzo|la hora del almuerzo",
    },
)

HALF_OF = {
    "8 12": "am",
    "12 16": "pm",
    "16 20": "pm",
    "20 24": "night",
    "4 8": "am",
    "11 13": "pm",
    "16 21": "pm",
    "8 12 ": "am",
}

RELATIVE = {
    "en": {"past": 1, "after": 1, "to": -1, "till": -1, "of": -1, "before": -1},
    "es": {"para": -1, "pasadas": 1},
}

BEFORE_AN_HOUR = ("at", "for", "by", "around", "about", "until", "till")
"""After these, in a command, "five to eight" is one time."""

MINUTES = ("minutes", "minute", "minutos", "mins", "min")

NAMED = {"en": {"half": 30, "quarter": 15}, "es": {"cuarto": 15, "media": 30}}

OCLOCK = by_language(
    en="h|o'clock|oclock|o clock|o'clock sharp|sharp", es="en punto|h|hs|horas|hrs"
)

LAS = {"las", "la", "los"}

EDGES = by_language(
    en={
        "start": "early|early in|early in the|early this",
        "end": "late|later|later in|later in the|late in the|end of|end of the",
    },
    es={
        "start": "temprano|temprano en|temprano por|temprano en la|temprano por la"
        "|inicio de la|principio de la",
        "end": "mas tarde|mas tarde por|mas tarde en|mas tarde por la|mas tarde por el"
        "|mas tarde en la|final de la|tarde en la|fin de la",
    },
)

IN_THE = by_language(en="in the|in|at|during the|the|on the", es="")["en"]
