"""Devices that people have on a plug, by the words that say what they are.

A home that has one calls it by that word; where there is none, that is said, instead of taking the
sentence for something else.
"""

from __future__ import annotations

from collections.abc import Mapping

APPLIANCES: Mapping[str, str] = {
    "en": "tv, television, telly, tv set, kettle, coffee maker, coffee machine, espresso machine,"
    " toaster, oven, stove, microwave, dishwasher, washing machine, washer, dryer, tumble dryer,"
    " fridge, freezer, humidifier, dehumidifier, air purifier, stereo, projector, printer,"
    " christmas tree, christmas lights, fairy lights, fountain, pump, pool pump, sprinkler,"
    " sprinklers, irrigation, water heater, boiler, towel warmer, electric blanket, iron, aquarium,"
    " rice cooker, slow cooker, air fryer, game console, charger, doorbell, siren",
    "es": "tele, televisión, televisor, tetera, hervidor, cafetera, tostadora, horno, microondas,"
    " lavavajillas, lavadora, secadora, nevera, frigorífico, congelador, humidificador,"
    " deshumidificador, purificador, purificador de aire, equipo de música, proyector, impresora,"
    " árbol de navidad, luces de navidad, fuente, bomba, bomba de la piscina, aspersor, aspersores,"
    " riego, calentador de agua, caldera, manta eléctrica, plancha, acuario, freidora, consola,"
    " cargador, timbre, sirena",
}


def appliances(language: str) -> dict[str, str]:
    """Each word, which stands for itself."""
    said = [word.strip() for word in APPLIANCES[language].split(",")]
    return dict(zip(said, said, strict=True))
