"""Everyday sentences of all families, as people say them to a device. Half of a larger number that
was written without looking at the templates, drawn by coin; these were looked at, the others only
counted."""

EN = {
    "reminders.listing": [
        ("what was I supposed to do today", None),
        ("what have I got on tomorrow", None),
    ],
    "media.resume": ["put some music on"],
    "media.repeat_one": ["play this on a loop"],
    "energy.used_today": ["how much juice have you used today"],
    "display.night_on": ["make the screen warmer for the night"],
    "power.suspend": ["go to sleep computer"],
    "calculation.calculate": [
        ("20 percent off of 80", None),
        ("what is 15 percent of 80 dollars", None),
    ],
    "home.turn_on": [("get the coffee machine going", {"name": "Coffee Machine"})],
    "home.color": [("make it blue in the bedroom", {"color": "blue", "place": "Bedroom"})],
    "later.listing": ["is anything scheduled for later"],
    "dictation.type": [("I want to dictate something", None)],
    "speech.language": [("say that in Spanish", {"language": "es"})],
}
ES = {
    "timers.start": [("¿me pones un temporizador de diez minutos?", None)],
    "timers.left": [("ha terminado ya el temporizador", None)],
    "alarms.set": [("me despiertas a las siete", None)],
    "alarms.cancel": [("¿me quitas la alarma?", None)],
    "volume.up": ["me subes el volumen", "¿subes el volumen, por favor?"],
    "media.pause": ["me pausas la música"],
    "home.set_temperature": [("ponlo a veintidós grados", {"degrees": 22})],
    "later.listing": ["hay algo programado"],
    "lists.read": [("me lees la lista de la compra", {"list": "compra"})],
    "lists.add": [
        ("me apuntas leche en la lista", {"items": "leche"}),
        (
            "se ha acabado el aceite, apúntalo en la lista de la compra",
            {"items": "el aceite", "list": "compra"},
        ),
    ],
    "lists.remove": [("ya tengo los huevos, quítalos de la lista", {"items": "los huevos"})],
    "dictation.type": ["quiero dictarte algo"],
    "volume.down": ["está muy alto, bájalo un poco"],
    "media.next": ["no me gusta esta, la siguiente"],
    "battery.time_left": ["cuánto me va a aguantar la batería"],
    "system.disk": ["me queda espacio en el disco"],
    "board.on": [("pon en marcha la bomba de agua", {"wire": "water pump"})],
    "calculation.calculate": [
        ("eh, cuánto es, eh, nueve por ocho", None),
        ("el 20 por ciento de descuento sobre 80", None),
    ],
    "calculation.tip": [("cuánta propina dejo por sesenta euros", None)],
    "home.close_it": [("corre las cortinas", {"kind": "curtain"})],
    "home.clean": [("que Rover limpie la cocina", {"name": "Rover", "place": "Kitchen"})],
    "talk.help": ["qué cosas sabes hacer"],
}
EN_NOTHING = [
    "the kids turned off the tv and went to bed",
    "my sister called me yesterday and she was so upset",
    "how do I get a stain out of a shirt",
]
ES_NOTHING = [
    "los niños apagaron la tele y se fueron a la cama",
    "mi hermana me llamó ayer y estaba muy triste",
    "cómo se quita una mancha de vino",
]
