"""What people say to a home, in both languages; the names are those of tests/data/home.toml."""

LAMP = {"name": "Bedside Lamp"}
LIGHTS = {"kind": "light"}
KITCHEN = {"kind": "light", "place": "Kitchen"}

EN = {
    "home.turn_on": [
        ("Turn on the bedside lamp.", LAMP),
        ("switch the bedside lamp on please", LAMP),
        ("turn on the lights in the kitchen", KITCHEN),
        ("Turn the kitchen lights on.", KITCHEN),
        ("kitchen lights on", KITCHEN),
        ("turn on all the lights upstairs", {"kind": "light", "place": "First Floor"}),
        ("lights on", LIGHTS),
        ("turn on the lights in here", {"kind": "light", "place": "here"}),
        ("light up the living room", {"place": "Living Room"}),
        ("turn on everything in the kitchen", {"kind": "everything", "place": "Kitchen"}),
        ("start the coffee machine", {"name": "Coffee Machine"}),
        ("could you turn on the fan in the bedroom", {"kind": "fan", "place": "Bedroom"}),
    ],
    "home.turn_off": [
        ("turn off the bedside lamp", LAMP),
        ("turn all the lights off", LIGHTS),
        ("lights out in the kitchen", KITCHEN),
        ("switch off everything in the house", {"kind": "everything", "place": "everywhere"}),
        ("kill the lights", LIGHTS),
        ("turn off the heating", {"kind": "climate"}),
        ("shut off the coffee machine", {"name": "Coffee Machine"}),
    ],
    "home.toggle": [("toggle the bedside lamp", LAMP), ("toggle the kitchen lights", KITCHEN)],
    "home.scene": [
        ("activate party time", {"name": "Party Time"}),
        ("turn on the party time scene", {"name": "Party Time"}),
        ("switch to party time", {"name": "Party Time"}),
        ("party time on", {"name": "Party Time"}),
    ],
    "home.press": [("press the doorbell chime button", {"name": "Doorbell Chime"})],
    "home.brightness": [
        ("set the bedside lamp to 30 percent", {**LAMP, "percent": 30}),
        ("set the lights in the kitchen to fifty percent", {**KITCHEN, "percent": 50}),
        ("kitchen lights 20%", {**KITCHEN, "percent": 20}),
        ("set the bedroom brightness to max", {"place": "Bedroom", "level": 100}),
        ("dim the kitchen lights to ten percent", {**KITCHEN, "percent": 10}),
        ("bedside lamp maximum brightness", {**LAMP, "level": 100}),
    ],
    "home.brighten": [
        ("brighten the bedside lamp", LAMP),
        ("make the bedside lamp a bit brighter", LAMP),
        ("turn up the kitchen lights by twenty percent", {**KITCHEN, "by": 20}),
        ("more light in the kitchen", {"place": "Kitchen"}),
    ],
    "home.dim": [
        ("dim the kitchen lights", KITCHEN),
        ("turn the lights down", LIGHTS),
        ("dim the bedside lamp by 10 percent", {**LAMP, "by": 10}),
    ],
    "home.color": [
        ("make the bedside lamp red", {**LAMP, "color": "red"}),
        ("set the kitchen lights to blue", {**KITCHEN, "color": "blue"}),
        ("change the color of the bedside lamp to violet", {**LAMP, "color": "purple"}),
        ("turn the bedroom green", {"place": "Bedroom", "color": "green"}),
    ],
    "home.white": [
        ("set the bedside lamp to warm white", {**LAMP, "white": 2700}),
        ("set the color temperature of the bedside lamp to 4000 kelvin", {**LAMP, "kelvin": 4000}),
        ("make the kitchen lights daylight", {**KITCHEN, "white": 6500}),
    ],
    "home.temperature": [
        ("what's the temperature in the bedroom", {"place": "Bedroom"}),
        ("how warm is it in the kitchen?", {"place": "Kitchen"}),
        ("how cold is it", {}),
        ("what is the kitchen temperature", {"place": "Kitchen"}),
    ],
    "home.set_temperature": [
        (
            "set the temperature in the bedroom to 19 degrees",
            {"place": "Bedroom", "degrees": 19},
        ),
        ("set the heating to twenty one and a half degrees", {"degrees": 21.5}),
        ("make it 22 degrees in the kitchen", {"place": "Kitchen", "degrees": 22}),
        (
            "set the hall thermostat to 20 degrees",
            {"name": "Hall Thermostat", "degrees": 20},
        ),
    ],
    "home.warmer": ["turn up the heating", "make it a bit warmer", ("raise the temperature", {})],
    "home.cooler": [
        "turn the heating down",
        ("it is too warm in the bedroom", {"place": "Bedroom"}),
    ],
    "home.mode": [("set the thermostat to heat", {"mode": "heat"})],
    "home.fan_speed": [
        ("set the tower fan to 40 percent", {"name": "Tower Fan", "percent": 40}),
        ("set the fan in the bedroom to high", {"place": "Bedroom", "pace": 100}),
        ("bedroom fan speed 50%", {"place": "Bedroom", "percent": 50}),
    ],
    "home.open": [
        ("open the left curtain", {"name": "Left Curtain"}),
        ("open the blinds in the living room", {"kind": "blind", "place": "Living Room"}),
        ("raise the living room shutters", {"kind": "shutter", "place": "Living Room"}),
        ("open the window", {"kind": "window"}),
    ],
    "home.open_entrance": [
        ("open the big gate", {"name": "Big Gate"}),
        ("open the garage door", {"kind": "garage"}),
    ],
    "home.position_entrance": [
        ("open the big gate to 20 percent", {"name": "Big Gate", "percent": 20})
    ],
    "home.close_it": [
        ("close the left curtain", {"name": "Left Curtain"}),
        ("close all the blinds", {"kind": "blind"}),
        ("shut the garage door", {"kind": "garage"}),
        ("lower the blinds in the bedroom", {"kind": "blind", "place": "Bedroom"}),
    ],
    "home.stop_moving": [("stop the blinds", {"kind": "blind"})],
    "home.position": [
        ("set the left curtain to 50 percent", {"name": "Left Curtain", "percent": 50}),
        ("open the blinds halfway", {"kind": "blind"}),
    ],
    "home.lock": [
        ("lock the front door", {"name": "Front Door"}),
        ("lock all the doors", {"kind": "door"}),
    ],
    "home.unlock": [("unlock the front door", {"name": "Front Door"})],
    "home.vacuum": [("start rover", {"name": "Rover"}), ("start the vacuum", {"kind": "vacuum"})],
    "home.clean": [
        ("vacuum the kitchen", {"place": "Kitchen"}),
        ("clean the living room with rover", {"name": "Rover", "place": "Living Room"}),
    ],
    "home.dock": [
        ("send rover back to its base", {"name": "Rover"}),
        ("return the vacuum to the dock", {"kind": "vacuum"}),
    ],
    "home.pause_vacuum": [("pause rover", {"name": "Rover"})],
    "home.mow": ["mow the lawn", ("start clippy", {"name": "Clippy"})],
    "home.stop_mowing": ["stop mowing", ("dock clippy", {"name": "Clippy"})],
    "home.state": [
        ("is the front door locked", {"name": "Front Door", "state": "locked"}),
        ("is the bedside lamp on?", {**LAMP, "state": "on"}),
        ("is the left curtain still open", {"name": "Left Curtain", "state": "open"}),
    ],
    "home.which": [
        ("which lights are on", {"asked": "which", "kind": "light", "state": "on"}),
        ("are all the lights off", {"asked": "all", "kind": "light", "state": "off"}),
        (
            "how many windows are open in the bedroom",
            {"asked": "how many", "kind": "window", "state": "open", "place": "Bedroom"},
        ),
        ("are any doors unlocked", {"asked": "any", "kind": "door", "state": "unlocked"}),
    ],
    "home.value": [
        ("what is the outdoor humidity", {"name": "Outdoor Humidity"}),
        ("what's the state of the front door", {"name": "Front Door"}),
    ],
    "home.people": [
        ("is jane home", {"name": "Jane", "state": "home"}),
        ("who is at home", {"state": "home"}),
        ("where is jane", {"name": "Jane"}),
    ],
    "home.batteries": [
        "which batteries are low",
        ("how is the battery of the bathroom remote", {"name": "Bathroom Remote"}),
    ],
}
EN_NOTHING = [
    "who turned on the lights in the movie",
    "how do light bulbs work",
    "lock and key",
    "why is the kitchen the heart of the home",
    "open source curtains",
    "tell me a story about a vacuum cleaner",
    "the lights are nice",
]

ES = {
    "home.turn_on": [
        ("Enciende la lámpara de la mesilla.", LAMP),
        ("encienda la luz de la cocina", KITCHEN),
        ("prende las luces del salón", {"kind": "light", "place": "Living Room"}),
        ("encendé todas las luces", LIGHTS),
        ("¿Puedes encender la luz?", LIGHTS),
        ("pon la luz de la cocina", KITCHEN),
        ("enciende las luces de aquí", {"kind": "light", "place": "here"}),
        ("activa la cafetera", {"name": "Coffee Machine"}),
        ("enciende todo en la cocina", {"kind": "everything", "place": "Kitchen"}),
    ],
    "home.turn_off": [
        ("apaga la lámpara de la mesilla", LAMP),
        ("apague las luces de la cocina", KITCHEN),
        ("apagá todo", {"kind": "everything"}),
        ("apaga todas las luces de la casa", {"kind": "light", "place": "everywhere"}),
        ("quita la luz del dormitorio", {"kind": "light", "place": "Bedroom"}),
        ("apaga el ventilador de torre", {"name": "Tower Fan"}),
    ],
    "home.toggle": [("alterna la lámpara de la mesilla", LAMP)],
    "home.scene": [
        ("activa la escena hora de fiesta", {"name": "Party Time"}),
        ("pon hora de fiesta", {"name": "Party Time"}),
    ],
    "home.press": [("pulsa el botón timbre de la puerta", {"name": "Doorbell Chime"})],
    "home.brightness": [
        ("pon la lámpara de la mesilla al treinta por ciento", {**LAMP, "percent": 30}),
        ("ajusta las luces de la cocina al 50%", {**KITCHEN, "percent": 50}),
        ("sube el brillo del dormitorio al máximo", {"place": "Bedroom", "level": 100}),
        ("baja la luz al 20 por ciento", {"kind": "light", "percent": 20}),
    ],
    "home.brighten": [
        ("sube la luz de la cocina", KITCHEN),
        ("aumenta el brillo de la lámpara de la mesilla", LAMP),
    ],
    "home.dim": [
        ("baja la luz del dormitorio", {"kind": "light", "place": "Bedroom"}),
        ("atenúa la lámpara de la mesilla", LAMP),
    ],
    "home.color": [
        ("pon la lámpara de la mesilla en rojo", {**LAMP, "color": "red"}),
        ("cambia el color de las luces de la cocina a azul", {**KITCHEN, "color": "blue"}),
    ],
    "home.white": [
        ("pon la lámpara de la mesilla en blanco cálido", {**LAMP, "white": 2700}),
        (
            "pon la temperatura de color de la lámpara de la mesilla a 4000 kelvin",
            {**LAMP, "kelvin": 4000},
        ),
    ],
    "home.temperature": [
        ("¿Qué temperatura hace en el dormitorio?", {"place": "Bedroom"}),
        ("cuántos grados hay en la cocina", {"place": "Kitchen"}),
        ("cuál es la temperatura", {}),
    ],
    "home.set_temperature": [
        (
            "pon la temperatura del dormitorio a diecinueve grados",
            {"place": "Bedroom", "degrees": 19},
        ),
        ("sube la calefacción a 22 grados", {"degrees": 22}),
        (
            "pon el termostato del pasillo a veinte grados",
            {"name": "Hall Thermostat", "degrees": 20},
        ),
    ],
    "home.warmer": ["sube la calefacción", "tengo frío"],
    "home.cooler": [
        "baja la temperatura",
        ("hace demasiado calor en el dormitorio", {"place": "Bedroom"}),
    ],
    "home.mode": [("pon el aire acondicionado en modo frío", {"mode": "cool"})],
    "home.fan_speed": [
        ("pon el ventilador de torre al 40 por ciento", {"name": "Tower Fan", "percent": 40}),
        ("pon el ventilador del dormitorio al máximo", {"place": "Bedroom", "pace": 100}),
    ],
    "home.open": [
        ("abre la cortina izquierda", {"name": "Left Curtain"}),
        ("sube las persianas del salón", {"kind": "blind", "place": "Living Room"}),
        ("abra las ventanas", {"kind": "window"}),
    ],
    "home.open_entrance": [
        ("abre la verja grande", {"name": "Big Gate"}),
        ("abre la puerta del garaje", {"kind": "garage"}),
    ],
    "home.position_entrance": [("abre la verja grande a la mitad", {"name": "Big Gate"})],
    "home.close_it": [
        ("cierra la cortina izquierda", {"name": "Left Curtain"}),
        ("baja todas las persianas", {"kind": "blind"}),
        ("cerrá las ventanas de la cocina", {"kind": "window", "place": "Kitchen"}),
    ],
    "home.stop_moving": [("para las persianas", {"kind": "blind"})],
    "home.position": [
        ("pon la cortina izquierda al 50 por ciento", {"name": "Left Curtain", "percent": 50}),
        ("abre las persianas a la mitad", {"kind": "blind"}),
    ],
    "home.lock": [
        ("echa el cerrojo de la puerta principal", {"name": "Front Door"}),
        ("cierra con llave la puerta principal", {"name": "Front Door"}),
        ("bloquea todas las puertas", {"kind": "door"}),
    ],
    "home.unlock": [
        ("desbloquea la puerta principal", {"name": "Front Door"}),
        ("abre la cerradura de la puerta principal", {"name": "Front Door"}),
    ],
    "home.vacuum": [
        ("enciende la aspiradora", {"kind": "vacuum"}),
        ("inicia rover", {"name": "Rover"}),
    ],
    "home.clean": [
        ("aspira la cocina", {"place": "Kitchen"}),
        ("limpia el salón con rover", {"name": "Rover", "place": "Living Room"}),
    ],
    "home.dock": [
        ("manda la aspiradora a la base", {"kind": "vacuum"}),
        ("que rover vuelva a la base", {"name": "Rover"}),
    ],
    "home.pause_vacuum": [("para la aspiradora", {"kind": "vacuum"})],
    "home.mow": ["corta el césped", ("arranca clippy", {"name": "Clippy"})],
    "home.stop_mowing": ["deja de cortar el césped", ("para clippy", {"name": "Clippy"})],
    "home.state": [
        (
            "¿Está cerrada con llave la puerta principal?",
            {"name": "Front Door", "state": "locked"},
        ),
        ("está encendida la lámpara de la mesilla", {**LAMP, "state": "on"}),
    ],
    "home.which": [
        ("qué luces están encendidas", {"asked": "which", "kind": "light", "state": "on"}),
        ("están todas las luces apagadas", {"asked": "all", "kind": "light", "state": "off"}),
        (
            "hay alguna ventana abierta en el dormitorio",
            {"asked": "any", "kind": "window", "state": "open", "place": "Bedroom"},
        ),
        (
            "cuántas luces están encendidas en la cocina",
            {"asked": "how many", "kind": "light", "state": "on", "place": "Kitchen"},
        ),
    ],
    "home.value": [
        ("cuál es la humedad exterior", {"name": "Outdoor Humidity"}),
        ("cómo está la puerta principal", {"name": "Front Door"}),
    ],
    "home.people": [
        ("está jane en casa", {"name": "Jane", "state": "home"}),
        ("quién está en casa", {"state": "home"}),
    ],
    "home.batteries": [
        "qué pilas están gastadas",
        ("cómo está la pila del mando del baño", {"name": "Bathroom Remote"}),
    ],
}
ES_NOTHING = [
    "quién inventó la bombilla",
    "la luz viaja muy rápido",
    "me gustan las cortinas azules",
    "cuéntame un cuento sobre una aspiradora",
]
