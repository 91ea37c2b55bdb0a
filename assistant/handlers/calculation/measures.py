"""Units, and the same in another."""

from __future__ import annotations

from assistant.handlers.calculation.factors import converted
from assistant.quantities import Quantity
from assistant.units import KINDS, UNITS

# of two weights or volumes of one name the one that recipes and most speakers mean
_OUNCES = {("ounce", "volume"): "fluid_ounce", ("fluid_ounce", "weight"): "ounce"}


def convert(quantity: Quantity, unit: str) -> Quantity | None:
    """The same in another unit; None when the two do not measure the same thing.

    A temperature in degrees of no scale is taken to be in the other scale than the wanted one.
    """
    source = quantity.unit
    if source == "degree" and KINDS[unit] == "temperature":
        source = "degree_Celsius" if unit == "degree_Fahrenheit" else "degree_Fahrenheit"
    source = _OUNCES.get((source, KINDS[unit]), source)
    unit = _OUNCES.get((unit, KINDS[source]), unit)
    value = converted(float(quantity.value), source, unit)
    return None if value is None else Quantity(value, unit)


def phrases() -> dict[str, dict[str, str]]:
    """Per language, all names of units that are words, for templates."""
    return {language: _phrases(language) for language in UNITS}


def _phrases(language: str) -> dict[str, str]:
    return {
        name.lower(): unit
        for unit, names in UNITS[language].items()
        for name in names.names
        if KINDS[unit] != "angle" and len(name) > 1 and name.replace(" ", "").isalpha()
        and name not in ("in", "mi", "pm", "k m", "h", "yd")
    }  # fmt: skip
