"""The words of days and months."""

from __future__ import annotations

from assistant.understand.extract.scan import by_language

MONTHS = by_language(
    en={
        "1": "january|jan",
        "2": "february|feb",
        "3": "march|mar",
        "4": "april|apr",
        "5": "may",
        "6": "june|jun",
        "7": "july|jul",
        "8": "august|aug",
        "9": "september|sept|sep",
        "10": "october|oct",
        "11": "november|nov",
        "12": "december|dec",
    },
    es={
        "1": "enero|ene",
        "2": "febrero|feb",
        "3": "marzo|mar",
        "4": "abril|abr",
        "5": "mayo|may",
        "6": "junio|jun",
        "7": "julio|jul",
        "8": "agosto|ago",
        "9": "septiembre|setiembre|sept|sep|set",
        "10": "octubre|oct",
        "11": "noviembre|nov",
        "12": "diciembre|dic",
    },
)

WEEKDAYS = by_language(
    en={
        "0": "monday|mon|mondays",
        "1": "tuesday|tues|tue|tuesdays",
        "2": "wednesday|wed|weds|wednesdays",
        "3": "thursday|thurs|thur|thu|thursdays",
        "4": "friday|fri|fridays",
        "5": "saturday|sat|saturdays",
        "6": "sunday|sun|sundays",
    },
    es={
        "0": "lunes|lun",
        "1": "martes|mart|mar",
        "2": "miercoles|mierc|mier|mie",
        "3": "jueves|juev|jue",
        "4": "viernes|vier|vie",
        "5": "sabado|sabados|sab|sa",
        "6": "domingo|domingos|dom",
    },
)

NEAR = by_language(
    en={
        "0": "today",
        "1": "tomorrow|tmr|tmrw",
        "-1": "yesterday",
        "2": "the day after tomorrow|day after tomorrow",
        "-2": "the day before yesterday|day before yesterday",
    },
    es={
        "0": "hoy|el dia de hoy",
        "1": "mañana|el dia de mañana",
        "-1": "ayer|el dia de ayer",
        "2": "pasado mañana",
        "-2": "anteayer|antes de ayer|antier",
    },
)

WHICH = by_language(
    en={
        "this": "this|current",
        "next": "next|following",
        "last": "last|previous",
        "coming": "coming|upcoming|this coming|this upcoming",
        "past": "past|this past",
    },
    es={
        "this": "este|esta|estos|estas|el actual",
        "next": "proximo|proxima|proximos|proximas|siguiente|siguientes",
        "last": "pasado|pasada|ultimo|ultima|anterior|ultimos|ultimas|pasados|pasadas",
        "coming": "este proximo|esta proxima",
        "past": "este pasado|esta pasada",
    },
)

BEHIND = by_language(  # what follows its noun
    en={"": ""},
    es={
        "next": "que viene|siguiente|proximo|proxima|entrante|siguientes|proximos|proximas",
        "last": "pasado|pasada|anterior|ultimo|ultima|previo|previa|pasados|pasadas|anteriores",
    },
)

OF = by_language(en="of|in|of the", es="de|del|de la|en|do|el|de el")
