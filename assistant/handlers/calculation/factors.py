"""How much of the SI unit of its kind a unit is.

The figures are pint's, and a test holds them to pint; loading pint itself for the first conversion
took more than a second.
"""

from __future__ import annotations

from assistant.units import KINDS

_FACTORS = """
kilometer 1000; meter 1; decimeter .1; centimeter .01; millimeter .001; micrometer 1e-6;
nanometer 1e-9; picometer 1e-12; inch .0254; foot .3048; yard .9144; mile 1609.344;
nautical_mile 1852; light_year 9460730472580800; kilogram 1; gram .001; milligram 1e-6;
microgram 1e-9; metric_ton 1000; ton 907.18474; pound .45359237; ounce .028349523125;
stone 6.35029318; liter .001; milliliter 1e-6; centiliter 1e-5; deciliter 1e-4; hectoliter .1;
cup 2.365882365e-4; tablespoon 1.47867647812500e-5; teaspoon 4.92892159375e-6;
pint 4.73176473e-4; quart 9.46352946e-4; gallon 3.785411784e-3; fluid_ounce 2.95735295625e-5;
oil_barrel .158987294928; meter ** 3 1; centimeter ** 3 1e-6; foot ** 3 .028316846592;
inch ** 3 1.6387064e-5; meter ** 2 1; kilometer ** 2 1e6; centimeter ** 2 1e-4;
foot ** 2 .09290304; inch ** 2 6.4516e-4; mile ** 2 2589988.110336; hectare 1e4;
acre 4046.8726098742513; kilometer / hour .2777777777777778; mile / hour .44704;
meter / second 1; foot / second .3048; meter / millisecond 1000; centimeter / millisecond 10;
kilometer / millisecond 1e6; kilometer / second 1000; knot .5144444444444445; kelvin 1;
degree_Celsius 1; degree_Fahrenheit .5555555555555556; degree .017453292519943295; radian 1;
turn 6.283185307179586; bit 1; byte 8; kilobyte 8e3; megabyte 8e6; gigabyte 8e9; terabyte 8e12;
joule 1; kilojoule 1000; calorie 4.184; kilocalorie 4184; watt_hour 3600; kilowatt_hour 3.6e6;
watt 1; kilowatt 1000; horsepower 745.6998715822702; pascal 1; hectopascal 100;
kilopascal 1000; bar 1e5; psi 6894.757293168361; atmosphere 101325; millisecond .001; second 1;
minute 60; hour 3600; day 86400; week 604800; month 2629800; year 31557600; century 3155760000
"""
FACTORS = {
    unit: float(factor)
    for unit, _, factor in (entry.strip().rpartition(" ") for entry in _FACTORS.split(";"))
}
_ZERO = {"degree_Celsius": 273.15, "degree_Fahrenheit": 459.67 * 5 / 9}
"""In kelvin, of scales that do not begin at absolute zero."""


def converted(value: float, source: str, target: str) -> float | None:
    """None when the two do not measure the same thing. Raises KeyError for an unknown unit."""
    if KINDS[source] != KINDS[target]:
        return None
    absolute = value * FACTORS[source] + _ZERO.get(source, 0.0)
    found = (absolute - _ZERO.get(target, 0.0)) / FACTORS[target]
    return float(f"{found:.14g}")  # without what binary fractions add in the last places
