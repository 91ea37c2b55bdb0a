"""Ways of speaking that stand for whole families of wording: indirect, polite, in other orders."""

LIGHTS = {"kind": "light"}
HERE = {"place": "here"}

EN = {
    "talk.how_are_you": ["how are you", "How's it going?", "what's up", "how have you been"],
    "home.turn_on": [
        ("I want the kitchen lights turned on", {"kind": "light", "place": "Kitchen"}),
        ("let there be light", {}),
        ("turn on the chicken lamp", {"other": "chicken"}),
        ("turn the wemo on", {"kind": "outlet"}),
    ],
    "home.turn_off": [
        ("the lights should be off", {}),
        ("we don't need the lights anymore", {}),
        ("turn off the closet light", {"other": "closet"}),
    ],
    "home.brightness": [
        ("turn the lights down to seven", {**LIGHTS, "percent": 7}),
        ("set the mood", {}),
        ("I want romantic lighting", {"level": 30}),
    ],
    "home.brighten": [
        ("make it brighter in here", HERE),
        ("it's too dark in here", HERE),
        ("I can't see anything in here", HERE),
        ("increase the light intensity", LIGHTS),
        ("we could use some more light", {}),
    ],
    "home.dim": [
        ("the lights are too bright", LIGHTS),
        ("make it darker in here", HERE),
        ("the light hurts my eyes", LIGHTS),
        ("minimize the light power", LIGHTS),
    ],
    "home.color": [
        ("I want blue lights", {"color": "blue"}),
        ("change the lights from red to green", {**LIGHTS, "former": "red", "color": "green"}),
        ("change the color of the lights", LIGHTS),
    ],
    "home.vacuum": ["the floor is dirty", "it's time to vacuum the carpet"],
    "volume.up": ["I can hardly hear the music", "the music is way too quiet", "up the volume"],
    "volume.down": ["the music is too loud", "that hurts my ears", "not so loud"],
    "volume.mute": ["quiet mode", "go silent", "put it on mute", "mute for a while"],
    "volume.full": ["raise the volume to maximum"],
    "talk.stop": ["don't talk for a while", "keep quiet", "quit talking"],
    "talk.thanks": ["I appreciate your help", "thanks for helping me out today"],
    "talk.help": ["what am I allowed to ask you", "what kinds of questions can you answer"],
    "speech.slower": ["can you slow down the rate at which you talk"],
    "speech.faster": ["raise your speaking speed", "don't talk so slow"],
    "speech.spell": [("tell me how to spell doctor", {"word": "doctor"})],
    "speech.language": [("speak German", {"language": "another"}), ("change language", {})],
    "alarms.set": [
        ("make sure I wake up at seven", None),
        ("don't let me sleep past eight", None),
        ("alarm", {}),
    ],
    "alarms.listing": [
        ("is there an alarm at seven", None),
        ("check if my alarm is on", {}),
        ("let me see my alarms", {}),
    ],
    "alarms.cancel": [("I don't want to wake up at six tomorrow", None)],
    "lists.add": [
        ("update my list with apples", {"items": "apples"}),
        ("I need to buy milk, add it to my list", {"items": "milk"}),
    ],
    "lists.create": [("new camping list", {"list": "camping"})],
    "lists.read": [("any items in my shopping list", {"list": "shopping"})],
    "calculation.rate": [
        ("what's the exchange rate between the US and Japan", {"country": "USD", "other": "JPY"}),
        ("what is the dollar worth in Mexico", {"origin": "USD", "other": "MXN"}),
        ("how strong is the pound", {"origin": "GBP"}),
    ],
    "calculation.exchange": [("what can I get for ten usd in cad", None)],
    "calculation.calculate": [
        ("solve a math problem", {}),
        ("what do you get if you add 3 and 4", None),
    ],
    "clock.time_in": [("change the time zone to Tokyo", {"place": "tokyo"})],
    "clock.zone_of": [("what time zone am I in", {})],
}

ES = {
    "talk.how_are_you": ["cómo estás", "qué tal te va", "¿todo bien?"],
    "home.turn_on": [
        ("quiero la luz encendida", LIGHTS),
        ("enciende la luz del armario", {"other": "armario"}),
    ],
    "home.brighten": [
        ("no se ve nada aquí", HERE),
        ("necesito más luz", {}),
        ("está muy oscuro", {}),
    ],
    "home.dim": [("las luces están muy fuertes", LIGHTS), ("hay demasiada luz", {})],
    "home.color": [("cambia el color de las luces", LIGHTS)],
    "volume.up": ["casi no se oye la música", "la música está muy baja"],
    "volume.down": ["la música está muy alta", "no tan fuerte"],
    "volume.mute": ["modo silencio"],
    "talk.stop": ["no hables más", "quédate callado un rato"],
    "calculation.rate": [
        ("cuál es el cambio entre España y Japón", {"country": "EUR", "other": "JPY"})
    ],
}

EN_NOTHING = ["what is the atomic number of gold", "explain the rate of growth"]
ES_NOTHING = ["cuál es el número atómico del oro"]
