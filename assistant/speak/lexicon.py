"""The words of each language for what is written in signs: units, money, months, symbols."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Tables of one language. A unit is its singular and plural; `feminine` names singulars."""

    months: tuple[str, ...]
    units: Mapping[str, tuple[str, str]]
    money: Mapping[str, tuple[str, str, str]]  # one, many, hundredths (plural)
    fractions: Mapping[int, tuple[str, str]]
    abbreviations: Mapping[str, str]
    symbols: Mapping[str, str]
    feminine: frozenset[str]
    words: Mapping[str, str]  # what joins numbers


def _table(text: str) -> dict[str, tuple[str, str]]:
    """Lines of "sign: one, many"."""
    rows = (line.split(": ") for line in text.strip().splitlines())
    pairs = ((sign.strip(), names.split(", ")) for sign, names in rows)
    return {sign: (names[0], names[-1]) for sign, names in pairs}


_EN = Lexicon(
    months=tuple(
        "January February March April May June July August September October November"
        " December".split()
    ),
    units=_table("""
        °C: degree Celsius, degrees Celsius
        ºC: degree Celsius, degrees Celsius
        °F: degree Fahrenheit, degrees Fahrenheit
        °: degree, degrees
        km/h: kilometer per hour, kilometers per hour
        mph: mile per hour, miles per hour
        m/s: meter per second, meters per second
        km²: square kilometer, square kilometers
        m²: square meter, square meters
        m³: cubic meter, cubic meters
        km: kilometer, kilometers
        cm: centimeter, centimeters
        mm: millimeter, millimeters
        m: meter, meters
        mi: mile, miles
        ft: foot, feet
        kg: kilogram, kilograms
        mg: milligram, milligrams
        g: gram, grams
        lb: pound, pounds
        lbs: pound, pounds
        oz: ounce, ounces
        ml: milliliter, milliliters
        mL: milliliter, milliliters
        l: liter, liters
        L: liter, liters
        TB: terabyte, terabytes
        GB: gigabyte, gigabytes
        MB: megabyte, megabytes
        kB: kilobyte, kilobytes
        KB: kilobyte, kilobytes
        Mbps: megabit per second, megabits per second
        GHz: gigahertz
        MHz: megahertz
        kHz: kilohertz
        Hz: hertz
        kWh: kilowatt hour, kilowatt hours
        Wh: watt hour, watt hours
        kW: kilowatt, kilowatts
        W: watt, watts
        mAh: milliamp hour, milliamp hours
        mA: milliamp, milliamps
        V: volt, volts
        dB: decibel, decibels
        ms: millisecond, milliseconds
        s: second, seconds
        sec: second, seconds
        min: minute, minutes
        h: hour, hours
        hrs: hour, hours
        yd: yard, yards
        nm: nanometer, nanometers
        μm: micrometer, micrometers
        ha: hectare, hectares
        t: ton, tons
        μg: microgram, micrograms
        gal: gallon, gallons
        rpm: revolution per minute, revolutions per minute
        psi: pound per square inch, pounds per square inch
        bar: bar
        Pa: pascal, pascals
        hPa: hectopascal, hectopascals
        kPa: kilopascal, kilopascals
        MPa: megapascal, megapascals
        N: newton, newtons
        Nm: newton meter, newton meters
        J: joule, joules
        kJ: kilojoule, kilojoules
        MJ: megajoule, megajoules
        kcal: kilocalorie, kilocalories
        cal: calorie, calories
        GW: gigawatt, gigawatts
        MW: megawatt, megawatts
        mW: milliwatt, milliwatts
        Ah: amp hour, amp hours
        A: amp, amps
        mV: millivolt, millivolts
        kV: kilovolt, kilovolts
        Ω: ohm, ohms
        kΩ: kiloohm, kiloohms
        lm: lumen, lumens
        lx: lux
        Gbps: gigabit per second, gigabits per second
        kbps: kilobit per second, kilobits per second
        μs: microsecond, microseconds
        ns: nanosecond, nanoseconds
    """),
    money={
        "$": ("dollar", "dollars", "cents"),
        "€": ("euro", "euros", "cents"),
        "£": ("pound", "pounds", "pence"),
        "¥": ("yen", "yen", "sen"),
    },
    fractions={2: ("half", "halves"), 4: ("quarter", "quarters")},
    abbreviations={
        "e.g.": "for example", "i.e.": "that is", "etc.": "et cetera", "vs.": "versus",
        "approx.": "approximately", "Dr.": "Doctor", "Mr.": "Mister", "Mrs.": "Missus",
        "Ms.": "Miz", "Prof.": "Professor", "St.": "Saint", "Jr.": "Junior", "Sr.": "Senior",
        "w/o": "without", "w/": "with",
    },
    symbols={
        "&": "and", "@": "at", "%": "percent", "+": "plus", "=": "equals", "°": "degrees",
        "$": "dollars", "€": "euros", "£": "pounds", "§": "section", "×": "times",
        "÷": "divided by", "±": "plus or minus", "≈": "about", "≤": "at most", "≥": "at least",
        "→": "to", "²": "squared", "³": "cubed", "μ": "micro", "π": "pi", "∞": "infinity",
    },
    feminine=frozenset(),
    words={
        "point": "point", "minus": "minus", "to": "to", "percent": "percent", "number": "number",
        "and": "and", "over": "over", "times": "times", "by": "divided by", "dot": "dot",
        "about": "about", "less": "less than", "more": "more than", "slash": "slash",
        "code": "here stands some code",
    },
)  # fmt: skip

_ES = Lexicon(
    months=tuple(
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre"
        " diciembre".split()
    ),
    units=_table("""
        °C: grado Celsius, grados Celsius
        ºC: grado Celsius, grados Celsius
        °F: grado Fahrenheit, grados Fahrenheit
        °: grado, grados
        km/h: kilómetro por hora, kilómetros por hora
        mph: milla por hora, millas por hora
        m/s: metro por segundo, metros por segundo
        km²: kilómetro cuadrado, kilómetros cuadrados
        m²: metro cuadrado, metros cuadrados
        m³: metro cúbico, metros cúbicos
        km: kilómetro, kilómetros
        cm: centímetro, centímetros
        mm: milímetro, milímetros
        m: metro, metros
        mi: milla, millas
        ft: pie, pies
        kg: kilogramo, kilogramos
        mg: miligramo, miligramos
        g: gramo, gramos
        lb: libra, libras
        lbs: libra, libras
        oz: onza, onzas
        ml: mililitro, mililitros
        mL: mililitro, mililitros
        l: litro, litros
        L: litro, litros
        TB: terabyte, terabytes
        GB: gigabyte, gigabytes
        MB: megabyte, megabytes
        kB: kilobyte, kilobytes
        KB: kilobyte, kilobytes
        Mbps: megabit por segundo, megabits por segundo
        GHz: gigahercio, gigahercios
        MHz: megahercio, megahercios
        kHz: kilohercio, kilohercios
        Hz: hercio, hercios
        kWh: kilovatio hora, kilovatios hora
        Wh: vatio hora, vatios hora
        kW: kilovatio, kilovatios
        W: vatio, vatios
        mAh: miliamperio hora, miliamperios hora
        mA: miliamperio, miliamperios
        V: voltio, voltios
        dB: decibelio, decibelios
        ms: milisegundo, milisegundos
        s: segundo, segundos
        seg: segundo, segundos
        min: minuto, minutos
        h: hora, horas
        yd: yarda, yardas
        nm: nanómetro, nanómetros
        μm: micrómetro, micrómetros
        ha: hectárea, hectáreas
        t: tonelada, toneladas
        μg: microgramo, microgramos
        gal: galón, galones
        rpm: revolución por minuto, revoluciones por minuto
        psi: libra por pulgada cuadrada, libras por pulgada cuadrada
        bar: bar, bares
        Pa: pascal, pascales
        hPa: hectopascal, hectopascales
        kPa: kilopascal, kilopascales
        MPa: megapascal, megapascales
        N: newton, newtons
        Nm: newton metro, newtons metro
        J: julio, julios
        kJ: kilojulio, kilojulios
        MJ: megajulio, megajulios
        kcal: kilocaloría, kilocalorías
        cal: caloría, calorías
        GW: gigavatio, gigavatios
        MW: megavatio, megavatios
        mW: milivatio, milivatios
        Ah: amperio hora, amperios hora
        A: amperio, amperios
        mV: milivoltio, milivoltios
        kV: kilovoltio, kilovoltios
        Ω: ohmio, ohmios
        kΩ: kiloohmio, kiloohmios
        lm: lumen, lúmenes
        lx: lux
        Gbps: gigabit por segundo, gigabits por segundo
        kbps: kilobit por segundo, kilobits por segundo
        μs: microsegundo, microsegundos
        ns: nanosegundo, nanosegundos
    """),
    money={
        "$": ("dólar", "dólares", "centavos"),
        "€": ("euro", "euros", "céntimos"),
        "£": ("libra", "libras", "peniques"),
        "¥": ("yen", "yenes", "sen"),
    },
    fractions={
        2: ("medio", "medios"), 3: ("tercio", "tercios"), 4: ("cuarto", "cuartos"),
        5: ("quinto", "quintos"), 6: ("sexto", "sextos"), 7: ("séptimo", "séptimos"),
        8: ("octavo", "octavos"), 9: ("noveno", "novenos"), 10: ("décimo", "décimos"),
    },
    abbreviations={
        "p. ej.": "por ejemplo", "p.ej.": "por ejemplo", "etc.": "etcétera", "Dr.": "doctor",
        "Dra.": "doctora", "Sr.": "señor", "Sra.": "señora", "Srta.": "señorita", "Ud.": "usted",
        "Uds.": "ustedes", "EE. UU.": "Estados Unidos", "EE.UU.": "Estados Unidos",
        "aprox.": "aproximadamente", "núm.": "número", "pág.": "página", "Prof.": "profesor",
        "vs.": "contra", "tel.": "teléfono",
    },
    symbols={
        "&": "y", "@": "arroba", "%": "por ciento", "+": "más", "=": "igual a", "°": "grados",
        "$": "dólares", "€": "euros", "£": "libras", "§": "sección", "×": "por",
        "÷": "entre", "±": "más o menos", "≈": "aproximadamente", "≤": "como mucho",
        "≥": "al menos", "→": "a", "²": "al cuadrado", "³": "al cubo", "μ": "micro", "π": "pi",
        "∞": "infinito",
    },
    feminine=frozenset((
        "libra", "milla", "onza", "hora", "milla por hora", "hectárea", "tonelada", "yarda",
        "kilocaloría", "caloría", "revolución por minuto", "libra por pulgada cuadrada", "pulgada",
    )),
    words={
        "point": "coma", "minus": "menos", "to": "a", "percent": "por ciento",
        "number": "número", "and": "y", "over": "sobre", "times": "por", "by": "entre",
        "dot": "punto", "about": "unos", "less": "menos de", "more": "más de", "slash": "barra",
        "code": "aquí hay código",
    },
)  # fmt: skip

LEXICONS = {"en": _EN, "es": _ES}


def lexicon(language: str) -> Lexicon:
    """The tables of `language`; English ones for a language without."""
    return LEXICONS.get(language, _EN)
