"""Wordings of the kitchen, the car, the bed and the desk: indirect, clipped, corrected, polite."""

import datetime as dt

TOMORROW = dt.date(2025, 11, 23)
HALF_AN_HOUR = dt.timedelta(minutes=30)


def minutes(n):
    return dt.timedelta(minutes=n)


EN = {
    "timers.start": [
        ("give me eight minutes for the eggs", {"length": minutes(8), "name": "eggs"}),
        ("ten minutes on the clock please", {"length": minutes(10)}),
        ("tell me when twenty minutes are up", {"length": minutes(20)}),
        ("let me know in half an hour", {"length": HALF_AN_HOUR}),
        ("um set a uh timer for five minutes", {"length": minutes(5)}),
        ("set a timer for five minutes, no, I mean six", {"length": minutes(6)}),
        ("timer for five no six minutes", {"length": minutes(6)}),
        ("set a timer for ten minutes, sorry, fifteen minutes", {"length": minutes(15)}),
    ],
    "timers.left": [
        ("how long until my pasta is done", {"name": "pasta"}),
        ("how much longer do the eggs need", {"name": "eggs"}),
        ("when will the bread be ready", {"name": "bread"}),
        ("are the potatoes done yet", {"name": "potatoes"}),
        "is my timer still running",
    ],
    "timers.extend": [
        ("the pasta needs two more minutes", {"name": "pasta", "minutes": 2}),
        ("give the rice another three minutes", {"name": "rice", "length": minutes(3)}),
    ],
    "timers.cancel": [
        "forget about the timer",
        ("I don't need the egg timer anymore", {"name": "egg"}),
    ],
    "alarms.set": [
        (
            "set the alarm for six, no, seven pm",
            {"when": dt.datetime(2025, 11, 22, 19, tzinfo=dt.UTC)},
        )
    ],
    "alarms.earlier": [
        ("wake me half an hour earlier tomorrow", {"by": HALF_AN_HOUR, "day": TOMORROW}),
        ("wake me up ten minutes earlier", {"by": minutes(10)}),
        ("bring my alarm forward by a quarter of an hour", {"by": minutes(15)}),
    ],
    "alarms.later": [
        ("push my alarm back by fifteen minutes", {"by": minutes(15)}),
        ("delay the alarm by ten minutes", {"by": minutes(10)}),
    ],
    "alarms.next": [("when do I have to get up tomorrow", {"day": TOMORROW})],
    "alarms.cancel": [("I don't need to get up tomorrow so cancel the alarm", {"day": TOMORROW})],
    "reminders.add": [
        ("I have to take my antibiotic in six hours, remind me", None),
    ],
    "lists.read": ["what do I still have to get at the store"],
    "notes.find": [("read me what I noted about the plumber", {"about": "the plumber"})],
    "memory.forget_all": ["forget everything"],
    "home.warmer": [
        "I'm cold",
        "I'm really freezing",
        ("it's freezing in here", None),
        ("warm up the bedroom", None),
    ],
    "home.cooler": ["I'm boiling", ("it's so hot in here", None), ("cool down the bedroom", None)],
    "home.set_temperature": [("warm up the living room to twenty one", None)],
    "home.lock": [("make sure the front door is locked", None)],
    "home.brighten": [("it's awfully dark in here", None)],
    "home.turn_off": [
        ("good night, turn everything off", None),
        ("turn off the light in the kitchen, no, in the bedroom", None),
    ],
    "media.pause": ["hold on, pause that for a second"],
    "media.restart": ["this song again"],
    "files.open_download": ["open the pdf I just downloaded"],
    "battery.devices": ["are my headphones running low"],
    "system.program": [("how much memory is firefox using", {"name": "firefox"})],
    "system.disk": ["do I have enough space left for a movie"],
    "network.leave": ["get me off this wifi"],
    "network.status": ["what's the wifi called"],
    "power.keep_on": ["don't shut down after all"],
    "clock.time_in": [("what time is it for my sister in Chicago", {"place": "chicago"})],
    "calculation.tip": [("how much should I tip on sixty dollars", None)],
    "talk.never_mind": ["oh wait, leave it"],
    "volume.up": ["louder louder"],
    "volume.set": ["set the volume"],
    "talk.thanks": ["thanks, that's all"],
}
EN_NOTHING = [
    "is it going to rain",
    "do I need an umbrella today",
    "what's the weather like tomorrow",
    "how long until the movie is over",
    "find me a gas station",
    "navigate home",
    "send a message to Paul that I'm late",
]

ES = {
    "timers.start": [
        ("ponme ocho minutos para los huevos", {"length": minutes(8), "name": "huevos"}),
        ("avísame cuando pasen veinte minutos", {"length": minutes(20)}),
        ("cronometra cinco minutitos", {"length": minutes(5)}),
        ("pon un temporizador de cinco, no, de seis minutos", {"length": minutes(6)}),
        ("poné un temporizador de diez minutos", {"length": minutes(10)}),
    ],
    "timers.left": [
        ("cuánto le falta a la pasta", {"name": "pasta"}),
        ("cuánto queda para que estén listas las papas", {"name": "papas"}),
        ("ya están listos los huevos", {"name": "huevos"}),
        "sigue corriendo el temporizador",
    ],
    "timers.listing": ["cuáles temporizadores tengo andando"],
    "timers.extend": [
        ("ponle tres minutos más al arroz", {"length": minutes(3), "name": "arroz"}),
        ("dale dos minutitos más a la pasta", {"length": minutes(2), "name": "pasta"}),
    ],
    "alarms.earlier": [
        ("despiértame media hora antes mañana", {"by": HALF_AN_HOUR, "day": TOMORROW}),
        ("adelanta la alarma diez minutos", {"by": minutes(10)}),
    ],
    "alarms.later": [("atrasa la alarma quince minutos", {"by": minutes(15)})],
    "alarms.set": [("mañana me tengo que levantar a las seis y media", None)],
    "alarms.next": [("a qué hora me tengo que levantar mañana", {"day": TOMORROW})],
    "alarms.snooze": [("cinco minutitos más", {"length": minutes(5)})],
    "alarms.cancel": [("mañana no trabajo, quita la alarma", {"day": TOMORROW})],
    "reminders.add": [
        ("en seis horas me toca el antibiótico, avísame", None),
        ("hacé que me acuerde de la cita mañana a las diez", None),
    ],
    "lists.read": ["qué me falta comprar"],
    "notes.find": [("léeme lo que apunté sobre el plomero", {"about": "el plomero"})],
    "memory.forget_all": ["olvídalo todo"],
    "home.turn_on": [("¿me puede encender la lámpara del dormitorio?", None)],
    "home.warmer": ["tengo frío", "me estoy congelando", "tengo mucho frío"],
    "home.cooler": ["me muero de calor"],
    "home.vacuum": [("pon a funcionar la aspiradora", None)],
    "media.play": [
        ("pon música tranquila", {"style": "tranquila"}),
        ("poné cumbia", {"style": "cumbia"}),
        ("ponme algo relajante", {"style": "relajante"}),
    ],
    "media.back": [("regrésale treinta segundos", None)],
    "media.restart": ["otra vez esta canción"],
    "media.pause": ["espera, páusalo un momento"],
    "volume.up": ["más fuerte, más fuerte"],
    "volume.set": ["pon el volumen"],
    "system.program": [("cuánta memoria está usando firefox", {"name": "firefox"})],
    "calculation.units": [
        ("a cuántos mililitros equivale una taza", None),
        ("cien kilómetros por hora cuántas millas por hora son", None),
    ],
    "screen.up": ["no veo bien la pantalla"],
    "battery.devices": ["cómo andan de batería los audífonos"],
    "system.busiest": ["qué está trabando la compu"],
    "network.status": ["cómo se llama este wifi"],
    "clock.date": ["a cómo estamos hoy"],
    "talk.never_mind": ["ay no, déjalo"],
    "talk.thanks": ["gracias, eso es todo"],
}
ES_NOTHING = [
    "va a llover",
    "qué tiempo va a hacer mañana",
    "necesito paraguas",
    "cómo está el tráfico",
    "llévame a casa",
    "mándale un mensaje a Pablo que llego tarde",
]
