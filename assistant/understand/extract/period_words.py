"""The words of weeks, months, quarters and years."""

from __future__ import annotations

from assistant.understand.extract.scan import by_language

UNIT = by_language(
    en={
        "W": "week|weeks",
        "WE": "weekend|weekends",
        "WW": "workweek|work week|working week",
        "M": "month|months",
        "Y": "year|years|calendar year",
        "Q": "quarter|quarters",
        "10Y": "decade",
        "100Y": "century",
    },
    es={
        "W": "semana|semanas",
        "WE": "fin de semana",
        "M": "mes|meses",
        "Y": "año|años|año calendario|calendario año",
        "Q": "trimestre|trimestres",
        "10Y": "decada",
        "100Y": "siglo",
    },
)

SAME = by_language(en="same|that|the same", es="misma|mismo|ese|esa|aquel|aquella")

EDGE = by_language(
    en={
        "start": "early|beginning of|the beginning of|start of|the start of|early in"
        "|earlier|earlier in",
        "end": "late|end of|the end of|later|later in|late in|the ending of",
        "mid": "mid|middle of|the middle of|mid-",
    },
    es={
        "start": "inicio de|inicios de|principio de|principios de|comienzo de"
        "|comienzos de|a primeros de|primeros de|temprano|temprano en|inicio del"
        "|principio del|comienzo del|el inicio de|el comienzo de",
        "end": "fin de|fines de|final de|finales de|los finales de|los ultimos de"
        "|ultimos de|el final de|mas tarde|mas tarde en|mas tarde de|final del"
        "|fin del|finales del",
        "mid": "mediados de|medianos de|a mediados de|mitad de|mediados del|mitad del",
    },
)

ENDS = {"eoy": "Y", "eom": "M", "eow": "W"}

SEASONS = by_language(en="spring|summer|autumn|winter", es="primavera|verano|otoño|invierno")

ARTICLE = {"en": ("the",), "es": ("el", "la", "los", "las")}

FISCAL = by_language(
    en="fiscal year|fy|school year|sy|school years|fiscal",
    es="año fiscal|fiscal año|año escolar|escolar año",
)

by_few = by_language(
    en={"2": "couple of|couple|a couple of|a couple", "3": "few|several"},
    es={"2": "par de|un par de", "3": "pocos|pocas"},
)

BEFORE_MAY = [
    "in",
    "since",
    "until",
    "before",
    "after",
    "during",
    "of",
    "by",
    "from",
    "to",
    "between",
    "and",
    "for",
    "till",
    "through",
    "early",
    "late",
    "mid",
]

YEAR_LABEL = by_language(en="year|calendar year|cy", es="año|año calendario|calendario año")

WEEK_OF = by_language(
    en={
        "W": "week of|week starting|week starting on|week beginning|week beginning on"
        "|week commencing|w/c",
        "WE": "weekend of",
    },
    es={
        "W": "semana de|semana del|semana que comienza|semana que comienza el"
        "|semana que empieza el",
        "WE": "fin de semana de|fin de semana del",
    },
)

REST = by_language(
    en="rest of|rest of the|remaining of|remaining of the|rest of my|remainder of|remainder of the",
    es="resto de|resto del|resto de la|lo que queda de|lo que queda del|lo que queda de la",
)

AFTER_NEXT = by_language(
    en="after next", es="despues de la proxima|despues del proximo|despues de la que viene"
)
