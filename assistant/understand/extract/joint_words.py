"""The words that join a day and a time."""

from __future__ import annotations

from assistant.understand.extract.scan import by_language

NOW = by_language(
    en="now|right now|at the moment|at present|at the present time|at this time|at the present"
    "|at the minute|as of now|asap|as soon as possible|currently|this moment",
    es="ahora|ahora mismo|en este momento|en este instante|ya mismo|en estos momentos"
    "|lo antes posible|de inmediato|al presente",
)

TONIGHT = by_language(
    en={"0": "tonight|tonite", "-1": "last night"}, es={"0": "esta noche", "-1": "anoche"}
)

THIS_PART = by_language(
    en={"0": "this", "1": "next", "-1": "last"}, es={"0": "esta|este", "1": "proxima|proximo"}
)

TO_TIME = by_language(
    en="at|for|@|, at|,|-|around|about|at around|at about|on|by the|from|the|in"
    "|,from|, around|-  at",
    es="a las|a la|a|, a las|,|-|al|sobre las|sobre la|cerca de las|de las"
    "|a eso de las|las|por la|, a la|en la|de|desde las|tipo",
)

TO_DAY = by_language(
    en="on|of|,|for|, on|in|on the|the|-|for the|at",
    es="del|de|el|,|el dia|, el|de el|para el|-|del dia|en|por|para",
)

END = by_language(
    en="end of|the end of|end of the|the end of the|at the end of",
    es="fin de|fin del|final de|final del|el fin de|el fin del|al fin de"
    "|al final de|al fin del|al final del|el final de",
)

EOD = by_language(
    en="eod|end of day|end of the day|the end of the day|the eod",
    es="fin de dia|el fin de dia|al final del dia|al fin del dia|final del dia"
    "|el final del dia|el fin del dia|fin del dia",
)

MID = by_language(
    en={
        "mid": "mid|middle of",
        "start": "early|early in|early in the day|earlier|early on",
        "end": "late|later|later in|late in",
    },
    es={"mid": "mediados de|mediados del", "start": "temprano", "end": "mas tarde|mas tarde en"},
)

THE_DAY = by_language(en="the day", es="el dia|del dia")

COUNTED = [
    "minutes",
    "minute",
    "hours",
    "hour",
    "days",
    "percent",
    "%",
    "minutos",
    "horas",
    "people",
    "pieces",
    "least",
    "most",
    "dollars",
    "times",
]
