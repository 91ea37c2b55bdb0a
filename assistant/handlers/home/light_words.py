"""Colours, kinds of white and levels, and the words they are said by. A part of `words`."""

from __future__ import annotations

from collections.abc import Mapping

Said = tuple[str, str]
"""What it is called, in English and in Spanish: phrases, separated by commas."""

COLORS: Mapping[str, tuple[str, str, tuple[int, int, int]]] = {
    "white": ("white", "blanco, blanca", (255, 255, 255)),
    "red": ("red", "rojo, roja", (255, 0, 0)),
    "orange": ("orange", "naranja, anaranjado", (255, 140, 0)),
    "yellow": ("yellow", "amarillo, amarilla", (255, 220, 0)),
    "green": ("green", "verde", (0, 255, 0)),
    "blue": ("blue", "azul", (0, 0, 255)),
    "purple": ("purple, violet, lilac", "morado, morada, violeta, lila, púrpura", (128, 0, 255)),
    "pink": ("pink", "rosa, rosado, rosada", (255, 105, 180)),
    "turquoise": ("turquoise, cyan, teal", "turquesa, cian", (64, 224, 208)),
    "brown": ("brown", "marrón, café", (165, 80, 30)),
    "black": ("black", "negro, negra", (0, 0, 0)),
    "gold": ("gold, golden", "dorado, dorada, oro", (255, 190, 60)),
    "magenta": ("magenta, fuchsia", "magenta, fucsia", (255, 0, 255)),
    "lime": ("lime, lime green", "lima, verde lima", (160, 255, 0)),
}
WHITES: Mapping[int, Said] = {
    1900: (
        "candle light, candlelight, candle",
        "luz de vela, vela, luz de velas",
    ),
    2700: (
        "warm white, warm, warmer white, warm light, soft white",
        "blanco cálido, cálido, cálida, luz cálida, blanco caliente, blanco suave",
    ),
    4000: (
        "cool white, cold white, neutral white, cool, cold, neutral",
        "blanco frío, frío, fría, luz fría, blanco neutro, neutro, neutra",
    ),
    6500: ("daylight, day light, day white, daylight white", "luz de día, luz del día, blanco día"),
}
"""Kelvin. The named whites of Home Assistant's sentences mean the same."""

LEVELS: Mapping[int, Said] = {
    100: (
        "max, maximum, full, the highest, highest, the maximum, the max, full brightness,"
        " brightest, the brightest, full power, bright, all the way up, all the way",
        "máximo, máxima, el máximo, tope, lo más alto, la más alta, más alto, más alta, al tope",
    ),
    1: (
        "min, minimum, the lowest, lowest, the minimum, the min, dimmest, the dimmest,"
        " all the way down",
        "mínimo, mínima, el mínimo, lo más bajo, la más baja, más bajo, más baja",
    ),
    50: (
        "half, halfway, half way, medium, half power, the middle",
        "la mitad, mitad, medio, media",
    ),
    30: (
        "low, dim, soft, mood, romantic, cozy, cosy, relaxing, ambient, night, relaxed, calm,"
        " intimate",
        "suave, tenue, romántico, romántica, relajante, ambiente, noche, acogedor, acogedora,"
        " íntimo, íntima",
    ),
}
"""Percent."""

MOODS: Mapping[int, Said] = {
    80: (
        "reading, work, working, study, studying, focus, cooking",
        "lectura, leer, trabajo, trabajar, estudio, estudiar, cocinar",
    ),
    30: (
        "movie, dinner, party, date night, date, bedtime, sleep, sleeping, evening, chill, tv,"
        " nighttime, night time, bed time",
        "película, cine, cena, fiesta, dormir, siesta, tele",
    ),
}
"""What light is for, in percent: as "reading mode", never as a mere word beside "light"."""
