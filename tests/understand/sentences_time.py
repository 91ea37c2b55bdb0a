"""Alarms, reminders, commands for later, lists, notes, other places: what people say of them."""

import datetime as dt

from assistant.recurrence import Recurrence

WEEKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
TODAY, TOMORROW = dt.date(2025, 11, 22), dt.date(2025, 11, 23)


def at(hour, minute=0, day=22, month=11, year=2025, **more):
    return {"when": dt.datetime(year, month, day, hour, minute, tzinfo=dt.UTC), **more}


def mins(n, **more):
    return {"length": dt.timedelta(minutes=n), **more}


def every(rule, hour=None, minute=0, **more):
    time = None if hour is None else dt.time(hour, minute)
    return {"repeat": Recurrence(rule, time), **more}


EN = {
    "alarms.set": [
        ("Wake me at seven.", at(19)),
        ("wake me up at 6:30 am", at(6, 30, 23)),
        ("set an alarm for half past eight in the morning", at(8, 30, 23)),
        ("Set an alarm for 7 a.m.", at(7, 0, 23)),
        ("set a seven thirty pm alarm", at(19, 30)),
        ("i want to wake up at six am tomorrow please", at(6, 0, 23)),
        ("set an alarm for four pm tuesday", at(16, 0, 25)),
        ("wake me in twenty minutes", mins(20)),
        ("Wake me up in 2 hours.", mins(120)),
        ("set an alarm for five minutes from now", mins(5)),
        ("alert me in three hours", mins(180)),
        ("set an alarm for 6:30 on weekdays", every(WEEKDAYS, 6, 30)),
        (
            "every sunday at nine called church",
            every("FREQ=WEEKLY;BYDAY=SU", 9, name="church"),
        ),
        ("wake me every day at seven", every("FREQ=DAILY", 7)),
        ("set an alarm for 5 pm called taxi", at(17, 0, 23, name="taxi")),
        ("i want you to set alarms for 2pm and 3pm", None),
        "set an alarm",
        "please set me an alarm",
        ("set an alarm for tomorrow", {"day": TOMORROW}),
    ],
    "alarms.listing": [
        "What alarms do I have?",
        "list my alarms",
        "do i have any alarms set",
        ("do i have any alarms for tomorrow", {"day": TOMORROW}),
        "what alarms are upcoming",
        "what time is my wakeup alarm set for",
        ("is my school alarm set", {"name": "school"}),
        "how many alarms do i have",
    ],
    "alarms.next": ["When is my next alarm?", "next alarm", "when does my alarm ring"],
    "alarms.cancel": [
        "turn off my alarm",
        "turn the alarm off",
        "stop the alarm",
        ("cancel the 7 am alarm", {"time": dt.time(7)}),
        ("get rid of the five pm alarm", {"time": dt.time(17)}),
        ("cancel my yoga alarm", {"name": "yoga"}),
        ("turn off the six am alarm for wednesday", None),
        ("delete the alarm for tomorrow", {"day": TOMORROW}),
    ],
    "alarms.cancel_all": [
        "Cancel all alarms.",
        "delete my alarms",
        "please remove any alarms that i have set",
        ("remove alarms set for tomorrow", {"day": TOMORROW}),
    ],
    "alarms.snooze": [
        "Snooze.",
        "snooze the alarm",
        ("snooze for ten minutes", mins(10)),
        ("five more minutes", None),
        ("remind me again in ten minutes", mins(10)),
        ("wake me again in a quarter of an hour", mins(15)),
        "remind me later",
    ],
    "alarms.change": [
        ("move my seven o'clock alarm to eight", {"time": dt.time(19), "to": dt.time(20)}),
        ("change my alarm to 6:30 am", {"to": dt.time(6, 30)}),
        ("reschedule the work alarm to half past six", {"name": "work", "to": dt.time(18, 30)}),
        ("move the alarm to tomorrow at nine am", None),
    ],
    "alarms.skip": [
        ("Skip tomorrow's alarm.", {"day": TOMORROW}),
        "skip the next alarm",
        ("skip the alarm on friday", {"day": dt.date(2025, 11, 28)}),
    ],
    "reminders.add": [
        ("Remind me to call mum tomorrow at five.", at(5, 0, 23, what="call mum")),
        ("remind me in ten minutes to check the oven", mins(10, what="check the oven")),
        ("remind me to check the oven in ten minutes", mins(10, what="check the oven")),
        (
            "remind me every monday to take out the bins",
            every("FREQ=WEEKLY;BYDAY=MO", what="take out the bins"),
        ),
        ("remind me to go to the store every friday", None),
        ("remind me at 6 pm to water the plants", at(18, what="water the plants")),
        ("tomorrow at noon remind me to eat", at(12, 0, 23, what="eat")),
        ("remind me to call my mom", {"what": "call my mom"}),
        ("set a reminder to pay my taxes", {"what": "pay my taxes"}),
        ("don't let me forget to check the steak", {"what": "check the steak"}),
        ("remind me in fifteen minutes", mins(15)),
        ("remind me to pick up the laundry next monday", None),
        ("set reminder for meeting at three pm tomorrow", None),
        "create a reminder",
        ("add swimming to my calendar today", {"what": "swimming", "day": TODAY}),
        ("schedule a meeting with joe on friday", None),
    ],
    "reminders.listing": [
        "What are my reminders?",
        "please read my reminder list",
        "do i have any reminders",
        ("do i have any reminders for tomorrow", {"day": TOMORROW}),
        ("what is on my calendar for today", {"day": TODAY}),
        ("do i have anything scheduled tomorrow", {"day": TOMORROW}),
        "tell me the pending reminders",
    ],
    "reminders.next": ["When is my next reminder?", "what is my next appointment"],
    "reminders.missed": ["What did I miss?", "did i miss any reminders", "what have i missed"],
    "reminders.cancel": [
        ("Cancel my reminder to call mum.", {"what": "call mum"}),
        ("delete the reminder about the bins", {"what": "the bins"}),
        ("forget the dentist reminder", {"what": "dentist"}),
        "delete the reminder",
    ],
    "reminders.cancel_all": [
        "delete all reminders",
        ("clear my calendar for tomorrow", {"day": TOMORROW}),
        "wipe calendar clean",
    ],
    "reminders.change": [
        ("move my reminder to call mum to six", {"what": "call mum", "to": dt.time(18)}),
        ("reschedule the dentist reminder to friday at noon", None),
    ],
    "later.add": [
        ("mute the sound in five minutes", mins(5, command="mute the sound")),
        ("in 1 hour 5 minutes mute the sound", mins(65, command="mute the sound")),
        ("at ten pm mute everything", at(22, command="mute everything")),
        ("turn the volume down tomorrow at eight am", None),
        (
            "every day at eleven pm mute the sound",
            every("FREQ=DAILY", 23, command="mute the sound"),
        ),
        ("Could you turn it up in 30 seconds, please?", None),
    ],
    "later.listing": ["What have you scheduled?", "list the scheduled commands"],
    "later.cancel": ["cancel the scheduled commands", "cancel everything scheduled"],
    "lists.add": [
        (
            "Add eggs, milk and bread to the shopping list.",
            {"items": "eggs milk and bread", "list": "shopping"},
        ),
        ("put milk on my list", {"items": "milk"}),
        ("add two litres of milk to my grocery list", None),
        ("add call the bank to my to-do list", {"items": "call the bank", "list": "to do"}),
        (
            "put laundry on my list of things to do",
            {"items": "laundry", "list": "things to do"},
        ),
        (
            "i'm out of toilet paper so will you put that on my shopping list",
            {"items": "toilet paper", "list": "shopping"},
        ),
        (
            "do i have cheese on my shopping list if not please add it",
            {"items": "cheese", "list": "shopping"},
        ),
        ("please add bananas to my shopping list unless i already did", None),
        ("we need to buy flour", {"items": "flour"}),
        ("add soap to Mercadona", {"items": "soap", "known": "Mercadona"}),
    ],
    "lists.read": [
        ("What's on my shopping list?", {"list": "shopping"}),
        ("read my camping list", {"list": "camping"}),
        "read the list",
        "what do i need to buy",
        "what do i have to do",
        ("is there anything on my to do list", {"list": "to do"}),
        ("what are the items on my grocery list", {"list": "grocery"}),
    ],
    "lists.has": [
        ("is milk on my list", {"items": "milk"}),
        ("did i put eggs on the shopping list", {"items": "eggs", "list": "shopping"}),
        ("do i have butter on my list", {"items": "butter"}),
    ],
    "lists.count": [
        ("How many items are on my to do list?", {"list": "to do"}),
        "how many things are on my list",
    ],
    "lists.listing": ["What lists do I have?", "show me my lists", "read my lists"],
    "lists.create": [
        ("make a list called camping", {"list": "camping"}),
        ("create a new list for school supplies", {"list": "school supplies"}),
        ("start a christmas list", {"list": "christmas"}),
        "make a new list",
    ],
    "lists.remove": [
        ("take milk off the shopping list", {"items": "milk", "list": "shopping"}),
        ("remove bread from my list", {"items": "bread"}),
        ("remove item three", {"n": 3}),
        "delete the last item",
    ],
    "lists.check": [
        ("check off milk on the shopping list", {"items": "milk", "list": "shopping"}),
        ("mark the milk as bought", {"items": "the milk"}),
    ],
    "lists.clear": [
        ("Clear the shopping list.", {"list": "shopping"}),
        "empty my list",
        ("delete everything from my to do list", {"list": "to do"}),
    ],
    "lists.delete": [
        ("delete the camping list", {"list": "camping"}),
        ("get rid of my christmas list", {"list": "christmas"}),
    ],
    "notes.take": [
        ("Take a note: buy Joe's paint.", {"text": "buy joe's paint"}),
        ("note to self call the plumber", {"text": "call the plumber"}),
        ("write down the code is 1234", {"text": "the code is 1234"}),
        "take a note",
    ],
    "notes.last": ["Read my last note.", "what was my last note"],
    "notes.listing": ["Read my notes.", "how many notes do i have", "list all my notes"],
    "notes.find": [
        ("find my note about the plumber", {"about": "the plumber"}),
        ("what did i write down about the key", {"about": "the key"}),
        ("search my notes for paint", {"about": "paint"}),
    ],
    "notes.delete": [
        "Delete my last note.",
        ("delete the note about paint", {"about": "paint"}),
        "delete all my notes",
    ],
    "clock.time_in": [
        ("What time is it in Tokyo?", {"place": "tokyo"}),
        ("what's the time in new york now", {"place": "new york"}),
        ("time in manhattan", {"place": "manhattan"}),
        ("what is the time in zimbabwe right now", {"place": "zimbabwe"}),
        ("what's the current central time", {"place": "central"}),
    ],
    "clock.zone_of": [
        ("what timezone is hanoi in", {"place": "hanoi"}),
        ("what is the time zone of china", {"place": "china"}),
        ("what's london's timezone", {"place": "london's"}),
    ],
    "clock.difference": [
        (
            "what is the time difference between eastern and pacific",
            {"place": "eastern", "other": "pacific"},
        ),
        ("how many hours ahead is tokyo", {"place": "tokyo"}),
    ],
    "clock.convert": [
        (
            "if it's ten pm in california what time is it in alabama",
            {"time": dt.time(22), "place": "california", "other": "alabama"},
        ),
        (
            "convert nine am cst to est",
            {"time": dt.time(9), "place": "cst", "other": "est"},
        ),
    ],
    "clock.is_it": [
        ("is it saturday", {"day": dt.date(2025, 11, 29)}),
        ("is today monday", None),
        ("is the twenty third of april a saturday", None),
    ],
    "timers.start": [
        ("set a timer to go off in 45 minutes", mins(45)),
        ("create a timer that is set to go off after 25 mins", mins(25)),
        "help me set a timer please",
        "i need a timer set",
    ],
    "timers.cancel_all": [("cancel all timers in the kitchen", {"name": "kitchen"})],
    "clock.date": ["I'd like to get today's date.", "let me know what today's date is"],
    "clock.day_later": [
        ("let me know what date it will be in 3 days", {"length": dt.timedelta(days=3)}),
        ("tell me the date it will be 5 days from now", {"length": dt.timedelta(days=5)}),
    ],
    "clock.time": ["i need to know what time it is", "what time of day is it"],
    "dictation.type": [
        "Take dictation.",
        "type what i say",
        ("type dear sir or madam", {"text": "dear sir or madam"}),
    ],
    "dictation.topic": ["help with dictation"],
    "alarms.topic": ["What can you do with alarms?"],
    "reminders.topic": ["help with reminders"],
    "later.topic": ["help with scheduled commands"],
    "lists.topic": ["what can you do with lists"],
    "notes.topic": ["help with notes"],
}
EN_NOTHING = [
    "how is the weather in two hours",
    "what's the capital of france in ten minutes",
    "the alarm went off in the night",
    "i missed the bus again",
    "who wrote schindler's list",
    "tell me a story about a shopping list",
    "i remember that summer",
    "who invented the alarm clock",
    "in five minutes of silence",
    "is milk good for cats",
]
ES = {
    "alarms.set": [
        ("Despiértame a las siete.", at(19)),
        ("pon una alarma a las seis y media de la mañana", at(6, 30, 23)),
        ("Pon una alarma para las 7:15 de la tarde", at(19, 15)),
        ("avísame a las ocho menos cuarto", at(19, 45)),
        ("despiértame mañana a las siete", at(7, 0, 23)),
        ("ponme una alarma en veinte minutos", mins(20)),
        ("despiértame dentro de dos horas", mins(120)),
        ("pon una alarma a las seis y media de lunes a viernes", every(WEEKDAYS, 6, 30)),
        ("despertame todos los días a las siete", every("FREQ=DAILY", 7)),
        ("pon el despertador a las siete de la mañana", at(7, 0, 23)),
        "pon una alarma",
    ],
    "alarms.listing": [
        "¿Qué alarmas tengo?",
        "dime mis alarmas",
        "¿Tengo alguna alarma?",
        ("qué alarmas tengo para mañana", {"day": TOMORROW}),
    ],
    "alarms.next": ["¿Cuándo suena la próxima alarma?", "cuál es mi próxima alarma"],
    "alarms.cancel": [
        "apaga la alarma",
        "desactiva la alarma",
        ("cancela la alarma de las siete", {"time": dt.time(19)}),
        ("borra la alarma del gimnasio", {"name": "gimnasio"}),
    ],
    "alarms.cancel_all": ["borra todas las alarmas", "apaga todas mis alarmas"],
    "alarms.snooze": [
        "Pospón la alarma.",
        ("pospón la alarma diez minutos", mins(10)),
        ("déjame dormir cinco minutos más", mins(5)),
        ("recuérdamelo más tarde", {}),
    ],
    "alarms.change": [
        ("cambia la alarma de las siete a las ocho", {"time": dt.time(19), "to": dt.time(20)}),
        ("pasa la alarma a las nueve y media", None),
    ],
    "alarms.skip": [
        ("sáltate la alarma de mañana", {"day": TOMORROW}),
        "salta la próxima alarma",
    ],
    "reminders.add": [
        ("Recuérdame llamar a mamá mañana a las cinco.", at(5, 0, 23, what="llamar a mamá")),
        ("recuérdame en diez minutos que mire el horno", mins(10, what="mire el horno")),
        ("recordame sacar la basura todos los lunes", None),
        ("recuérdame mañana a las cinco que llame a mamá", None),
        ("ponme un recordatorio para ir al banco", {"what": "ir al banco"}),
        ("avísame en quince minutos que saque la pizza", mins(15, what="saque la pizza")),
        ("añade dentista a mi calendario mañana", {"what": "dentista", "day": TOMORROW}),
    ],
    "reminders.listing": [
        "¿Qué recordatorios tengo?",
        "lee mis recordatorios",
        ("qué tengo que hacer mañana", None),
        ("qué hay en mi calendario para mañana", {"day": TOMORROW}),
    ],
    "reminders.next": ["¿Cuál es mi próximo recordatorio?"],
    "reminders.missed": ["¿Qué me he perdido?", "qué me perdí mientras no estaba"],
    "reminders.cancel": [
        ("borra el recordatorio de la basura", {"what": "la basura"}),
        "cancela el recordatorio",
    ],
    "reminders.cancel_all": ["borra todos los recordatorios", "vacía mi calendario"],
    "reminders.change": [
        (
            "cambia el recordatorio de llamar a mamá a las seis",
            {"what": "llamar a mamá", "to": dt.time(18)},
        ),
    ],
    "later.add": [
        ("quita el sonido dentro de cinco minutos", mins(5, command="quita el sonido")),
        ("en 1 hora y 30 segundos, quita el sonido", None),
        ("a las diez quita el sonido", at(22, command="quita el sonido")),
        ("baja el volumen en media hora", mins(30, command="baja el volumen")),
    ],
    "later.listing": ["¿Qué hay programado para después?"],
    "later.cancel": ["cancela las órdenes programadas"],
    "lists.add": [
        (
            "Añade huevos, leche y pan a la lista de la compra.",
            {"items": "huevos leche y pan", "list": "compra"},
        ),
        ("apunta manzanas en la lista", {"items": "manzanas"}),
        ("añade manzanas a mi lista de Mercadona", {"items": "manzanas", "list": "mercadona"}),
        ("agregá fideos a la lista", {"items": "fideos"}),
        ("hay que comprar leche", {"items": "leche"}),
        ("añadir manzanas a Mercadona", {"items": "manzanas", "known": "Mercadona"}),
        ("pon en la lista del Mercadona manzanas", {"items": "manzanas", "known": "Mercadona"}),
    ],
    "lists.read": [
        ("¿Qué hay en la lista de la compra?", {"list": "compra"}),
        ("léeme la lista de tareas", {"list": "tareas"}),
        "qué tengo que comprar",
    ],
    "lists.has": [("está la leche en la lista", {"items": "la leche"})],
    "lists.count": [("cuántas cosas hay en la lista", {})],
    "lists.listing": ["¿Qué listas tengo?", "dime mis listas"],
    "lists.create": [("crea una lista llamada camping", {"list": "camping"})],
    "lists.remove": [
        (
            "quita la leche de la lista de la compra",
            {"items": "la leche", "list": "compra"},
        ),
    ],
    "lists.check": [("marca la leche en la lista", {"items": "la leche"})],
    "lists.clear": [("vacía la lista de la compra", {"list": "compra"})],
    "lists.delete": [("borra la lista de camping", {"list": "camping"})],
    "notes.take": [
        ("Toma nota: llamar al fontanero.", {"text": "llamar al fontanero"}),
        ("apunta que la llave está debajo", {"text": "la llave está debajo"}),
        "toma una nota",
    ],
    "notes.last": ["Lee mi última nota."],
    "notes.listing": ["lee mis notas", "cuántas notas tengo"],
    "notes.find": [("busca la nota sobre el fontanero", {"about": "el fontanero"})],
    "notes.delete": [
        "borra mi última nota",
        ("borra la nota sobre el fontanero", {"about": "el fontanero"}),
        "borra todas mis notas",
    ],
    "clock.time_in": [
        ("¿Qué hora es en Tokio?", {"place": "tokio"}),
        ("dime la hora en nueva york", {"place": "nueva york"}),
    ],
    "clock.zone_of": [("qué zona horaria tiene lima", {"place": "lima"})],
    "clock.difference": [("cuál es la diferencia horaria con tokio", {"place": "tokio"})],
    "clock.convert": [
        (
            "si son las diez de la noche en lima qué hora es en madrid",
            {"time": dt.time(22), "place": "lima", "other": "madrid"},
        ),
    ],
    "clock.is_it": [("hoy es lunes", None)],
    "timers.cancel_all": [
        ("cancelar todos los temporizadores de la cocina", {"name": "cocina"}),
        ("detener temporizadores en cocina", {"name": "cocina"}),
    ],
    "dictation.type": [
        "Empieza el dictado.",
        "escribe lo que digo",
        ("teclea muy señor mío", {"text": "muy señor mío"}),
    ],
    "dictation.topic": ["ayuda con el dictado"],
    "alarms.topic": ["ayuda con las alarmas"],
    "reminders.topic": ["ayuda con los recordatorios"],
    "later.topic": ["ayuda con las órdenes para después"],
    "lists.topic": ["ayuda con las listas"],
    "notes.topic": ["ayuda con las notas"],
}
ES_NOTHING = [
    "qué tiempo hará dentro de dos horas",
    "cuánto cuesta una alarma",
    "quién escribió la lista de schindler",
    "me perdí en el bosque",
    "la leche es blanca",
    "recuerdo aquel verano",
]
