"""Words of lengths of time: units, parts of them, and what says from when they count."""

from __future__ import annotations

from assistant.understand.extract.scan import by_language

UNITS = by_language(
    en={
        "S": "second|seconds|sec|secs|s",
        "MIN": "minute|minutes|min|mins",
        "H": "hour|hours|hr|hrs|h",
        "D": "day|days|night|nights",
        "W": "week|weeks|wk|wks",
        "F": "fortnight|fortnights",
        "M": "month|months",
        "Y": "year|years|yr|yrs|y",
        "WE": "weekend|weekends",
        "Q": "quarter|quarters",
        "10Y": "decade|decades",
        "100Y": "century|centuries",
        "BD": "business day|business days|working day|working days|workday|workdays|weekdays",
    },
    es={
        "S": "segundo|segundos|seg|segs|s",
        "MIN": "minuto|minutos|min|mins",
        "H": "hora|horas|h|hra|hras|hrs|hr",
        "D": "dia|dias|noche|noches",
        "W": "semana|semanas",
        "F": "quincena|quincenas",
        "M": "mes|meses",
        "Y": "año|años",
        "Q": "trimestre|trimestres",
        "WE": "fin de semana|fines de semana",
        "10Y": "decada|decadas",
        "100Y": "siglo|siglos",
        "BD": "dia laborable|dias laborables|dia habil|dias habiles|dias laborales|dia laboral",
    },
)


SECONDS = {
    "S": 1,
    "MIN": 60,
    "H": 3600,
    "D": 86400,
    "W": 604800,
    "F": 1209600,
    "M": 2592000,
    "Y": 31536000,
    "WE": 172800,
    "Q": 7776000,
    "10Y": 315360000,
    "100Y": 3153600000,
    "BD": 86400,
}


FEW = by_language(
    en={
        "3": "a few|few|several|some",
        "2": "a couple of|a couple|couple of|couple",
        "1": "another|a|an|one|each of",
        "0.5": "half a|half an|a half|half",
        "0.25": "a quarter of an|quarter of an",
        "0.75": "three quarters of an",
    },
    es={
        "3": "unos pocos|unas pocas|pocos|pocas|varios|varias|unos|unas|algunos|algunas",
        "2": "un par de",
        "1": "otro|otra|un|una",
        "0.5": "media|medio|½",
        "0.25": "un cuarto de",
        "0.75": "tres cuartos de",
    },
)


AND_PART = by_language(
    en={
        "0.5": "and a half|and half|and half a",
        "0.25": "and a quarter|and quarter",
        "0.75": "and three quarters",
    },
    es={"0.5": "y media|y medio", "0.25": "y cuarto|y un cuarto", "0.75": "y tres cuartos"},
)


ALL = by_language(
    en="all|whole|full|the whole|the entire|all the|entire", es="todo el|toda la|todo|toda"
)


AND = by_language(en="and|, and|,", es="y|, y|,|con")


AGO = by_language(
    en={
        "-": "ago|earlier|before now|in the past",
        "+": "from now|later|from right now|hence|after now|in the future",
    },
    es={
        "-": "antes de ahora|atras",
        "+": "a partir de ahora|desde ahora|despues|mas tarde|mas adelante|en el futuro",
    },
)


AGO_BEFORE = by_language(en={"": ""}, es={"-": "hace"})


IN = by_language(en="in", es="en")


FROM = by_language(
    en={"+": "from|after|since", "-": "before|prior to"},
    es={
        "+": "despues de|despues del|a partir de|desde|siguientes a",
        "-": "antes de|antes del|anteriores de|anteriores a",
    },
)
