"""Requests as people make them of assistants: with reasons, detours, and words of their own."""

import datetime as dt

from assistant.quantities import DateRange

NEXT_WEEK = DateRange(dt.date(2025, 11, 24), dt.date(2025, 11, 30))

EN = {
    "alarms.listing": [
        "are any alarms on",
        "look up my alarms",
        "the status of my alarms",
        ("is my alarm on for tomorrow", {"day": dt.date(2025, 11, 23)}),
        ("is the seven o'clock alarm still on", {"time": dt.time(19)}),
        "what time is my alarm set to go off",
    ],
    "alarms.next": [
        "what is the earliest alarm I have",
        "what time is my first alarm",
        "tell me when my alarm goes off",
    ],
    "alarms.cancel": [
        ("cancel my next alarm", {"rank": "first"}),
        ("remove the last alarm", {"rank": "last"}),
        ("stop the alarm I set for eight", {"time": dt.time(20)}),
        ("I won't be needing my alarm tomorrow", {"day": dt.date(2025, 11, 23)}),
        ("drop the yoga alarms", {"name": "yoga"}),
    ],
    "alarms.cancel_all": [("get rid of all the alarms for next week", {"days": NEXT_WEEK})],
    "volume.mute_for": [
        ("mute the sound for ten minutes", {"length": dt.timedelta(minutes=10)}),
        ("keep quiet for half an hour", {"length": dt.timedelta(minutes=30)}),
        "mute for the next hour",
    ],
    "volume.half": ["cut the volume in half", "half the volume"],
    "volume.least": ["put the volume at the minimum", "as quiet as possible"],
    "volume.down": [("take the volume down two notches", {"by": 2}), "dial down the sound"],
    "volume.up": ["turn that up a bit"],
    "talk.stop": ["go to sleep", "please do not respond", "don't talk any further"],
    "clock.day_of": [
        ("what day does the twenty fifth fall on", {"nth": 25}),
        ("when is easter next year", {"day": dt.date(2026, 4, 5)}),
        ("when was easter this year", {"day": dt.date(2025, 4, 20)}),
        ("what day is the fourth of july next year", {"day": dt.date(2026, 7, 4)}),
        ("on what day does christmas fall", {"day": dt.date(2025, 12, 25)}),
    ],
    "clock.is_it": [("is it the fifteenth today", {"nth": 15, "weekday": dt.date(2025, 11, 22)})],
    "clock.is_past": [("is it past noon", {"time": dt.time(12)})],
    "clock.week": ["what week of the year is it", "tell me the week number"],
    "clock.time": ["is it am or pm", "what is the time and date"],
    "clock.difference": [
        ("time difference between Madrid and Oslo", {"place": "madrid", "other": "oslo"}),
        ("how many hours behind us is Denver", {"place": "denver"}),
        ("is Denver an hour behind Chicago", {"place": "denver", "other": "chicago"}),
    ],
    "clock.convert": [
        (
            "what will the time be in Oslo when it is six pm here",
            {"other": "oslo", "time": dt.time(18)},
        ),
        ("convert time from ist to pst", {"place": "ist", "other": "pst"}),
    ],
    "home.turn_on": [
        ("turn on the tv", {"appliance": "tv"}),
        ("switch the coffee maker on", {"appliance": "coffee maker"}),
        ("turn on the light in the drawing hall", {"other": "drawing hall"}),
    ],
    "home.turn_off": [
        ("unplug the kettle", {"appliance": "kettle"}),
        ("off with the lights", {"kind": "light"}),
    ],
    "home.brightness": [
        ("make it cozy in here", {"place": "here", "level": 30}),
        ("set the lights to reading mode", {"kind": "light", "mood": 80}),
    ],
    "home.brighten": ["light level up", ("make the lamp a lot brighter", {"kind": "light"})],
    "home.dim": [("not so bright in here", {"place": "here"})],
    "home.vacuum": [
        "start a cleaning cycle",
        ("get the robot going", {"kind": "vacuum"}),
    ],
    "home.clean": [("make the robot sweep the kitchen floor", None)],
    "lists.read": [
        ("what is the second item on my list", {"nth": 2}),
        ("find my shopping list", {"list": "shopping"}),
    ],
    "lists.remove": [
        ("erase the last entry on the list", {}),
        ("delete the third item", {"nth": 3}),
        ("I don't need bread anymore take it off the list", {"items": "bread"}),
    ],
    "lists.delete": [("discard my camping list", {"list": "camping"})],
    "lists.create": ["generate a new list", "compose a new list"],
    "lists.add": [("I need to buy bananas", {"items": "bananas"})],
    "lists.listing": ["how many lists do I have"],
    "media.next": ["proceed to the next episode"],
    "media.resume": ["play the music from my playlist", "listen to this song"],
    "media.play": [("shuffle and play the blue album", {"sort": "album", "what": "blue"})],
    "talk.thanks": ["I'm grateful for your help", "you have my gratitude"],
    "talk.hello": ["hi there buddy", "hello computer"],
    "talk.help": ["what categories of questions can you answer"],
    "talk.repeat": ["what did you just ask me"],
    "talk.never_mind": ["abort", "cancel the current request"],
    "calculation.rate": [
        "currency exchange rates",
        ("change dollars to rupees rates", {"origin": "USD", "currency": "INR"}),
    ],
}
ES = {
    "volume.mute_for": [("silencia durante diez minutos", {"length": dt.timedelta(minutes=10)})],
    "volume.half": ["baja el volumen a la mitad"],
    "volume.least": ["pon el volumen al mínimo"],
    "alarms.cancel": [("cancela la próxima alarma", {"rank": "first"})],
    "home.turn_off": [("desenchufa la cafetera", {"appliance": "cafetera"})],
    "clock.week": ["en qué semana estamos"],
    "clock.is_past": [("ya son las seis", {"time": dt.time(18)})],
    "clock.day_of": [("qué día es navidad este año", {"day": dt.date(2025, 12, 25)})],
}
EN_NOTHING = [
    "when I'm away for too long turn off the lights",
    "it is not nice of you to turn off the lights",
    "she said it's too dark so turn on the light",
    "I am happy when you turn off the lights",
    "I want to know who can turn off the lights",
    "I already told you to turn up the volume",
    "what is a computer",
    "yes that is true",
    "we are out of time",
    "I need to get some sleep",
]
ES_NOTHING = [
    "cuando estoy fuera mucho tiempo apaga las luces",
    "no me gusta que apagues la luz",
    "dijo que estaba muy oscuro así que enciende la luz",
]
