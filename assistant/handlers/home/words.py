"""The words that any home has: kinds of devices, states, colours, rooms.

Each table maps what is meant to the words it is said by, English and Spanish. Plain words, no
templates: hassil looks plain phrases up in a tree, and tries templates one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assistant.handlers.home import light_words

Said = tuple[str, str]
"""What it is called, per language: phrases, separated by commas."""

HERE = "here"
EVERYWHERE = "everywhere"

LIGHT = "light"
EVERYTHING = "everything"

SWITCHED: Mapping[str, Said] = {
    LIGHT: (
        "light, lights, lighting, lamp, lamps, bulb, bulbs, light bulb, light bulbs, hue light,"
        " hue lights, smart light, smart lights, smart bulb, smart bulbs, room light, room lights,"
        " house light, house lights, main light, main lights, overhead light, overhead lights,"
        " ceiling light, ceiling lights",
        "luz, luces, lámpara, lámparas, bombilla, bombillas, bombillo, bombillos, foco, focos,"
        " luminaria, luminarias, ampolleta, ampolletas, lamparilla, lamparillas, iluminación",
    ),
    "fan": ("fan, fans", "ventilador, ventiladores, abanico, abanicos"),
    "switch": ("switch, switches", "interruptor, interruptores, conmutador, conmutadores"),
    "outlet": (
        "plug, plugs, outlet, outlets, socket, sockets, power strip, smart plug, smart socket,"
        " plug socket, smart plug socket, wall socket, power outlet, smart outlet, wemo, wemo plug,"
        " wemo socket, wemo plug socket, wemo switch, smart switch",
        "enchufe, enchufes, toma, tomas, regleta",
    ),
    "climate": (
        "heating, heater, heaters, radiator, radiators, thermostat, thermostats, heat, ac, a c,"
        " air con, air conditioning, air conditioner, air conditioners",
        "calefacción, radiador, radiadores, termostato, termostatos, calentador, estufa,"
        " aire acondicionado, aire, clima",
    ),
    EVERYTHING: (
        "everything, all devices, devices, all the devices",
        "todo, todo lo que hay, dispositivos, todos los dispositivos, todos los aparatos",
    ),
}
COVERS: Mapping[str, Said] = {
    "blind": ("blind, blinds", "persiana, persianas"),
    "curtain": ("curtain, curtains, drape, drapes", "cortina, cortinas"),
    "shutter": (
        "shutter, shutters",
        "contraventana, contraventanas, postigo, postigos, veneciana, venecianas",
    ),
    "shade": ("shade, shades", "estor, estores"),
    "awning": ("awning, awnings", "toldo, toldos"),
    "window": ("window, windows, skylight, skylights", "ventana, ventanas, claraboya"),
    "valve": ("valve, valves", "válvula, válvulas"),
}
ENTRANCES: Mapping[str, Said] = {
    "garage": (
        "garage door, garage doors, garage",
        "puerta del garaje, puertas del garaje, puerta de garaje, puerta de la cochera, garaje,"
        " portón del garaje, cochera, cocheras, puertas de garaje, portones del garaje",
    ),
    "gate": ("gate, gates", "verja, verjas, portón, portones, cancela, cancelas"),
    "door": ("door, doors", "puerta, puertas"),
}
LOCKS: Mapping[str, Said] = {
    "lock": (
        "lock, locks",
        "cerradura, cerraduras, cerrojo, cerrojos, pestillo, pestillos, candado, candados,"
        " cierre, cierres",
    ),
    "door": ENTRANCES["door"],
    "gate": ENTRANCES["gate"],
    "garage": ENTRANCES["garage"],
    "window": COVERS["window"],
}
PEOPLE: Mapping[str, Said] = {"person": ("people, persons", "personas, gente")}
SENSED: Mapping[str, Said] = {
    "motion": ("motion, movement, motion sensors", "movimiento, sensores de movimiento"),
    "smoke": ("smoke, smoke alarms, smoke detectors", "humo, detectores de humo"),
    "moisture": ("water leaks, leak sensors, leaks", "fugas de agua, fugas, sensores de fugas"),
}
CLEANERS: Mapping[str, Said] = {
    "vacuum": (
        "vacuum, vacuum cleaner, robot vacuum, vacuum robot, hoover, robot, robot cleaner, vacuums,"
        " robot vacuum cleaner, roomba",
        "aspiradora, aspirador, aspiradoras, robot aspirador, robot, robot de limpieza, roomba",
    )
}
MOWERS: Mapping[str, Said] = {
    "mower": (
        "mower, lawn mower, lawnmower, robot mower, mowing robot, mowers",
        "cortacésped, robot cortacésped, cortadora de césped, podadora, segadora",
    )
}
ASKED: Mapping[str, Said] = {
    **SWITCHED, **COVERS, **ENTRANCES, **LOCKS, **CLEANERS, **MOWERS, **PEOPLE, **SENSED
}  # fmt: skip
"""Kinds that a question may be about."""

STATES: Mapping[str, Said] = {
    "on": (
        "on, turned on, switched on, left on, running",
        "encendida, encendidas, encendido, encendidos, prendida, prendidas, prendido, prendidos,"
        " conectada, conectadas, conectado, conectados, activada, activadas, activado, activados,"
        " puesta, puesto, puestas, puestos",
    ),
    "off": (
        "off, turned off, switched off, out",
        "apagada, apagadas, apagado, apagados, desconectada, desconectadas, desconectado,"
        " desconectados, desactivada, desactivado, desactivadas, desactivados",
    ),
    "open": ("open, opened, left open", "abierta, abiertas, abierto, abiertos"),
    "closed": ("closed, shut", "cerrada, cerradas, cerrado, cerrados"),
    "opening": ("opening", "abriéndose, abriendo"),
    "closing": ("closing, shutting", "cerrándose, cerrando"),
    "locked": (
        "locked, securely locked, bolted",
        "bloqueada, bloqueadas, bloqueado, bloqueados, echado, echados, echada, echadas,"
        " cerrada con llave, cerradas con llave, cerrado con llave, cerrados con llave,"
        " cerrada con pestillo, cerradas con pestillo, cerrado con pestillo, cerrada con cerrojo,"
        " cerrado con cerrojo, cerradas con cerrojo",
    ),
    "unlocked": (
        "unlocked, not locked",
        "desbloqueada, desbloqueadas, desbloqueado, desbloqueados, sin llave, sin cerrar con llave",
    ),
    "detected": (
        "detected, triggered, wet, occupied",
        "detectado, detectada, activo, activa, mojado, ocupado, ocupada",
    ),
    "clear": (
        "clear, dry, empty, unoccupied, not detected",
        "despejado, despejada, inactivo, inactiva, seco, libre, vacío, vacía",
    ),
    "home": ("home, at home, in the home, in the house", "en casa, en la casa"),
    "away": ("away, out of the house, not home, not at home", "fuera, fuera de casa"),
    "cleaning": ("cleaning, vacuuming", "limpiando, aspirando"),
    "docked": ("docked, charging, in its dock", "en la base, cargando, en su base"),
    "mowing": ("mowing", "cortando el césped, segando"),
}
COLORS = light_words.COLORS
WHITES = light_words.WHITES
LEVELS = light_words.LEVELS
MOODS = light_words.MOODS

PACES: Mapping[int, Said] = {
    33: ("low, slow, the lowest", "bajo, baja, lento, lenta, velocidad baja"),
    66: ("medium, middle", "medio, media, velocidad media"),
    100: (
        "high, fast, full, maximum, max, full speed",
        "alto, alta, rápido, máximo, máxima, máxima velocidad",
    ),
}
"""Percent of a fan's speed."""

MODES: Mapping[str, Said] = {
    "heat": ("heat, heating", "calor, calefacción, calentar"),
    "cool": ("cool, cooling", "frío, enfriar, refrigeración"),
    "auto": ("auto, automatic", "automático, auto"),
    "off": ("off", "apagado"),
    "dry": ("dry, drying", "seco, deshumidificar"),
    "fan_only": ("fan only, fan", "ventilador, solo ventilador"),
}
ASKING: Mapping[str, Said] = {
    "any": (
        "are any, is any, are some, is there a, are there some, are any of, are there any, is"
        " there any, any",
        "hay algún, hay alguna, hay algunos, hay algunas, hay alguno de, hay alguna de, hay,"
        " está alguna, está algún, queda alguna, queda algún, queda, quedan",
    ),
    "all": (
        "are all, are all of, is all, is all of, is every, is every single, is each, are both,"
        " are every,"
        " are each, are",
        "están todas, están todos, está toda, está todo, están",
    ),
    "which": ("which, what, which of, tell me which", "qué, cuál, cuáles, cuáles de"),
    "how many": (
        "how many, how many of, count",
        "cuántas, cuántos, cuántas de, cuántos de, cuánta",
    ),
}

ROOMS: tuple[Said, ...] = (
    ("kitchen", "cocina"),
    (
        "living room, lounge, sitting room, family room",
        "salón, sala, sala de estar, living, cuarto de estar",
    ),
    ("bedroom, main bedroom, master bedroom", "dormitorio, alcoba, recámara"),
    ("bathroom, restroom", "baño, cuarto de baño, aseo"),
    ("dining room", "comedor"),
    ("hallway, hall, corridor, entrance hall", "pasillo, recibidor, entrada"),
    ("garage", "garaje, cochera"),
    ("office, study, home office", "oficina, despacho, estudio"),
    ("garden, yard, back yard, backyard", "jardín, patio"),
    ("basement, cellar", "sótano, bodega"),
    ("attic, loft", "ático, desván, buhardilla"),
    ("laundry room, utility room", "lavadero, cuarto de lavado"),
    ("kids room, children's room, nursery", "cuarto de los niños, habitación de los niños"),
    ("guest room, spare room", "habitación de invitados, cuarto de invitados"),
    ("balcony, terrace, patio, porch", "balcón, terraza, porche"),
    ("upstairs", "piso de arriba, arriba, planta de arriba"),
    ("downstairs", "piso de abajo, abajo, planta de abajo"),
    ("ground floor", "planta baja"),
    ("first floor", "primera planta, primer piso"),
    ("second floor", "segunda planta, segundo piso"),
)
"""Rooms and floors that are understood in any home. One of them that is a room of the user's
is his; any other one is answered with "I know of no such room"."""

PLACES: Mapping[str, Said] = {
    HERE: (
        "here, this room, this area, this space, room, area, space",
        "aquí, acá, esta habitación, este cuarto, esta pieza, esta sala, habitación, pieza, cuarto,"
        " este espacio, este sitio",
    ),
    EVERYWHERE: (
        "everywhere, house, whole house, entire house, apartment, flat, whole apartment,"
        " whole home, entire home, every room, all rooms, all the rooms, all over, all over the"
        " house",
        "todas partes, todos los sitios, todos lados, todos los lados, toda la casa, casa,"
        " apartamento, departamento, todo el apartamento,"
        " todas las habitaciones, cada habitación, cada pieza, toda la vivienda, piso entero",
    ),
}

OUTSIDE: Said = (
    "outside, outdoors, outdoor, out there, out",
    "fuera, afuera, ahí fuera, en la calle, en el exterior, exterior, al aire libre",
)

_INDEX = {"en": 0, "es": 1}


def phrases(said: str) -> list[str]:
    return [phrase.strip() for phrase in said.split(",")]


def table(entries: Mapping[str, Said] | Mapping[int, Said], language: str) -> dict[str, str | int]:
    """Phrase -> what it means, in one language."""
    at = _INDEX[language]
    return {phrase: meant for meant, said in entries.items() for phrase in phrases(said[at])}


def colors(language: str) -> dict[str, str]:
    at = _INDEX[language]
    found = {phrase: color for color, said in COLORS.items() for phrase in phrases(str(said[at]))}
    if language == "es":  # "las luces rojas", "azules"
        found |= {
            f"{p}{'s' if p[-1] in 'aeo' else 'es'}": c for p, c in found.items() if " " not in p
        }
    return found


def name_of(entries: Mapping[str, Said], meant: str, language: str, *, plural: bool) -> str:
    """How a kind is called in a reply: its first word, or its second, the plural."""
    forms = phrases(entries[meant][_INDEX[language]])
    return forms[1] if plural and len(forms) > 1 else forms[0]


def said_in(places: Iterable[Said], language: str) -> Iterable[list[str]]:
    """For each place that any home may have, its names in one language."""
    return (phrases(place[_INDEX[language]]) for place in places)
