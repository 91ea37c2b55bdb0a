"""The units and currencies that people name: how they are written, said and understood. A leaf.

A unit has the name that pint has for it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit in one language."""

    one: str
    many: str
    others: tuple[str, ...]  # abbreviations and other spellings
    feminine: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return (self.one, self.many, *self.others)


# kind: then a unit a line: pint's name; in English one, many, others; in Spanish the same, and
# "f" for a feminine noun
_TABLE = """
length
kilometer; kilometer, kilometers, kilometre, kilometres, km, kms, k m; kilómetro, kilómetros, km
meter; meter, meters, metre, metres, m; metro, metros, m
decimeter; decimeter, decimeters, decimetre, decimetres, dm; decímetro, decímetros, dm
centimeter; centimeter, centimeters, centimetre, centimetres, cm, cms; centímetro, centímetros, cm
millimeter; millimeter, millimeters, millimetre, millimetres, mm; milímetro, milímetros, mm
micrometer; micrometer, micrometers, micron, microns; micrómetro, micrómetros, micra, micras
nanometer; nanometer, nanometers, nanometre, nanometres, nm; nanómetro, nanómetros, nm
picometer; picometer, picometers, pm; picómetro, picómetros, pm
inch; inch, inches, in; pulgada, pulgadas, in; f
foot; foot, feet, ft; pie, pies, ft
yard; yard, yards, yd, yds; yarda, yardas, yd; f
mile; mile, miles, mi; milla, millas, mi; f
nautical_mile; nautical mile, nautical miles; milla náutica, millas náuticas; f
light_year; light year, light years; año luz, años luz
weight
kilogram; kilogram, kilograms, kilo, kilos, kg, kgs; kilo, kilos, kilogramo, kilogramos, kg
gram; gram, grams, g, gr; gramo, gramos, g, gr
milligram; milligram, milligrams, mg; miligramo, miligramos, mg
microgram; microgram, micrograms, mcg, µg; microgramo, microgramos, mcg, µg
metric_ton; metric ton, metric tons, tonne, tonnes; tonelada métrica, toneladas métricas, t métrica; f
ton; ton, tons; tonelada, toneladas; f
pound; pound, pounds, lb, lbs; libra, libras, lb, lbs; f
ounce; ounce, ounces, oz; onza, onzas, oz; f
stone; stone, stones; piedra, piedras; f
volume
liter; liter, liters, litre, litres, l; litro, litros, l
milliliter; milliliter, milliliters, millilitre, millilitres, ml; mililitro, mililitros, ml
centiliter; centiliter, centiliters, centilitre, centilitres, cl; centilitro, centilitros, cl
deciliter; deciliter, deciliters, decilitre, decilitres, dl; decilitro, decilitros, dl
hectoliter; hectoliter, hectoliters, hectolitre, hectolitres, hl; hectolitro, hectolitros, hl
cup; cup, cups; taza, tazas; f
tablespoon; tablespoon, tablespoons, tbsp; cucharada, cucharadas; f
teaspoon; teaspoon, teaspoons, tsp; cucharadita, cucharaditas; f
pint; pint, pints; pinta, pintas; f
quart; quart, quarts; quart, quarts
gallon; gallon, gallons, gal; galón, galones, gal
fluid_ounce; fluid ounce, fluid ounces, fl oz; onza líquida, onzas líquidas, onza fluida, onzas fluidas; f
oil_barrel; barrel, barrels; barril, barriles
meter ** 3; cubic meter, cubic meters, cubic metre, cubic metres, m³; metro cúbico, metros cúbicos, m³
centimeter ** 3; cubic centimeter, cubic centimeters, cubic centimetre, cubic centimetres, cc, cm³; centímetro cúbico, centímetros cúbicos, cc, cm³
foot ** 3; cubic foot, cubic feet; pie cúbico, pies cúbicos
inch ** 3; cubic inch, cubic inches; pulgada cúbica, pulgadas cúbicas; f
area
meter ** 2; square meter, square meters, square metre, square metres, m²; metro cuadrado, metros cuadrados, m²
kilometer ** 2; square kilometer, square kilometers, square kilometre, square kilometres, km²; kilómetro cuadrado, kilómetros cuadrados, km²
centimeter ** 2; square centimeter, square centimeters, cm²; centímetro cuadrado, centímetros cuadrados, cm²
foot ** 2; square foot, square feet, sq ft; pie cuadrado, pies cuadrados
inch ** 2; square inch, square inches; pulgada cuadrada, pulgadas cuadradas; f
mile ** 2; square mile, square miles; milla cuadrada, millas cuadradas; f
hectare; hectare, hectares, ha; hectárea, hectáreas, ha; f
acre; acre, acres; acre, acres
speed
kilometer / hour; kilometer per hour, kilometers per hour, kilometre per hour, kilometres per hour, km/h, kph, kmph, km/hr, kilometers an hour; kilómetro por hora, kilómetros por hora, km/h
mile / hour; mile per hour, miles per hour, mph, miles an hour; milla por hora, millas por hora, mph; f
meter / second; meter per second, meters per second, metres per second, m/s; metro por segundo, metros por segundo, m/s
foot / second; foot per second, feet per second; pie por segundo, pies por segundo
meter / millisecond; meter per millisecond, meters per millisecond, m/ms; metro por milisegundo, metros por milisegundo
centimeter / millisecond; centimeter per millisecond, centimeters per millisecond, centimeters/millisecond; centímetro por milisegundo, centímetros por milisegundo
kilometer / millisecond; kilometer per millisecond, kilometers per millisecond, km/ms; kilómetro por milisegundo, kilómetros por milisegundo
kilometer / second; kilometer per second, kilometers per second, km/s; kilómetro por segundo, kilómetros por segundo, km/s
knot; knot, knots, kn; nudo, nudos
temperature
degree_Celsius; degree Celsius, degrees Celsius, degree centigrade, degrees centigrade, celsius, celcius, centigrade, degrees celcius, degrees c, degree c, deg c, °c, º c, ° c, ºc, c; grado Celsius, grados Celsius, grado centígrado, grados centígrados, celsius, centígrados, grados c, °c, º c, ° c, ºc
degree_Fahrenheit; degree Fahrenheit, degrees Fahrenheit, fahrenheit, degrees f, degree f, deg f, °f, º f, ° f, ºf, f; grado Fahrenheit, grados Fahrenheit, fahrenheit, grados f, °f, º f, ° f, ºf
kelvin; kelvin, kelvins, degrees kelvin, k; kelvin, kelvins, grados kelvin, k
angle
degree; degree, degrees, °; grado, grados, °
radian; radian, radians, rad; radián, radianes, rad
turn; turn, turns; vuelta, vueltas; f
information
bit; bit, bits; bit, bits
byte; byte, bytes; byte, bytes
kilobyte; kilobyte, kilobytes, kb; kilobyte, kilobytes, kb
megabyte; megabyte, megabytes, mb, megs; megabyte, megabytes, mb, megas
gigabyte; gigabyte, gigabytes, gb, gigs; gigabyte, gigabytes, gb, gigas
terabyte; terabyte, terabytes, tb; terabyte, terabytes, tb
energy
joule; joule, joules; julio, julios
kilojoule; kilojoule, kilojoules, kj; kilojulio, kilojulios, kj
calorie; calorie, calories; caloría, calorías; f
kilocalorie; kilocalorie, kilocalories, kcal; kilocaloría, kilocalorías, kcal; f
watt_hour; watt hour, watt hours, wh; vatio hora, vatios hora
kilowatt_hour; kilowatt hour, kilowatt hours, kwh; kilovatio hora, kilovatios hora, kwh
power
watt; watt, watts; vatio, vatios
kilowatt; kilowatt, kilowatts, kw; kilovatio, kilovatios, kw
horsepower; horsepower, horsepower, hp, bhp; caballo, caballos, caballos de vapor, cv
pressure
pascal; pascal, pascals; pascal, pascales
hectopascal; hectopascal, hectopascals, hpa; hectopascal, hectopascales, hpa
kilopascal; kilopascal, kilopascals, kpa; kilopascal, kilopascales, kpa
bar; bar, bars; bar, bares
psi; psi, psi, pounds per square inch; psi, psi, libras por pulgada cuadrada
atmosphere; atmosphere, atmospheres, atm; atmósfera, atmósferas, atm; f
time
millisecond; millisecond, milliseconds; milisegundo, milisegundos
second; second, seconds; segundo, segundos
minute; minute, minutes; minuto, minutos
hour; hour, hours; hora, horas; f
day; day, days; día, días
week; week, weeks; semana, semanas; f
month; month, months; mes, meses
year; year, years; año, años
century; century, centuries; siglo, siglos
"""  # noqa: E501  a row is a unit

KINDS: dict[str, str] = {}
"""For each unit, what it measures."""
UNITS: dict[str, dict[str, Unit]] = {"en": {}, "es": {}}
"""Per language, each unit by pint's name for it."""

for _row in _TABLE.strip().splitlines():
    if ";" not in _row:
        _kind = _row
        continue
    _name, _english, _spanish, *_feminine = (cell.strip() for cell in _row.split(";"))
    KINDS[_name] = _kind
    for _language, _cell in (("en", _english), ("es", _spanish)):
        _one, _many, *_others = _cell.split(", ")
        UNITS[_language][_name] = Unit(
            _one, _many, tuple(_others), bool(_feminine) and _language == "es"
        )
