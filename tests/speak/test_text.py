import re

import pytest
from hypothesis import given, strategies as st

from assistant.speak.text import speakable

MARKDOWN = {
    "plain words": "plain words",
    "": "",
    "   \n\n": "",
    "---": "",
    "***": "",
    "**Bold** and *it* and ~~gone~~": "Bold and it and gone",
    "# Title\nText": "Title. Text",
    "Title\n---\nText": "Title. Text",
    "- milk\n- eggs": "milk. eggs",
    "* milk!\n* eggs?": "milk! eggs?",
    "1. Stir\n2. Bake": "one: Stir. two: Bake",
    "3) Stir": "three: Stir",
    "> quoted": "quoted",
    "| a | b |\n|---|---|\n| c | d |": "a, b. c, d",
    "[the site](http://a.b/c?d)": "the site",
    "![a cat](cat.png)": "a cat",
    "Use `ls -la` now": "Use ls la now",
    "```\nprint\n```": "print",
    "Look:\n```python\n" + "x = y\n" * 40 + "```": "Look: here stands some code",
    "```\n" + "x = y\n" * 40 + "```\nThat is it.": "here stands some code. That is it.",
    "```\nunfinished": "unfinished",
    "a<br>b <b>c</b>": "ab c",
    "**unfinished": "unfinished",
    "snake_case_name": "snake case name",
    "| a | b |": "a, b",
}

ENGLISH = {
    # numbers
    "7": "seven",
    "21": "twenty-one",
    "1,234,567": "one million two hundred thirty-four thousand five hundred sixty-seven",
    "1234 people": "one thousand two hundred thirty-four people",
    "3.14": "three point one four",
    "0.05": "zero point zero five",
    "-5": "minus five",
    "007": "zero zero seven",
    "5.": "five.",
    "So:\n12.": "So: twelve.",
    "It is 5, or 6.": "It is five, or six.",
    "12345678901234567890": "one two three four five six seven eight nine zero "
    "one two three four five six seven eight nine zero",
    "1.5 million": "one point five million",
    "#5": "number five",
    "No. 5": "number five",
    # times
    "7:05 pm": "seven oh five PM",
    "7:05 p.m. sharp": "seven oh five PM sharp",
    "It is 7 p.m.": "It is seven PM.",
    "19:05": "seven oh five PM",
    "at 7:00": "at seven o'clock",
    "12:30 am": "twelve thirty AM",
    "00:10": "twelve ten AM",
    "7:00-8:30": "seven o'clock to eight thirty",
    "16:9": "sixteen to nine",
    # dates and years
    "March 5, 2024": "March fifth, twenty twenty-four",
    "5 March 2024": "the fifth of March, twenty twenty-four",
    "on the 5th of March": "on the fifth of March",
    "2024-03-05": "March fifth, twenty twenty-four",
    "2024-03-05 19:05": "March fifth, twenty twenty-four seven oh five PM",
    "03/05/2024": "March fifth, twenty twenty-four",
    "25/12/2024": "December twenty-fifth, twenty twenty-four",
    "in 1999": "in nineteen ninety-nine",
    "since 1492": "since fourteen ninety-two",
    "in 2000": "in two thousand",
    "1905": "nineteen oh five",
    "the 1990s": "the nineteen nineties",
    "the '90s": "the nineties",
    "1914-1918": "nineteen fourteen to nineteen eighteen",
    # ordinals, fractions
    "1st, 2nd, 3rd, 21st": "first, second, third, twenty-first",
    "1/2": "a half",
    "3/4": "three quarters",
    "2/3": "two thirds",
    "1 1/2 cups": "one and a half cups",
    "½ cup": "a half cup",
    "2½ cups": "two and a half cups",
    "24/7": "twenty-four over seven",
    # units
    "20 °C": "twenty degrees Celsius",
    "-5°C": "minus five degrees Celsius",
    "1 °F": "one degree Fahrenheit",
    "90°": "ninety degrees",
    "5 km/h": "five kilometers per hour",
    "1 km": "one kilometer",
    "3GB": "three gigabytes",
    "9.8 m/s": "nine point eight meters per second",
    "5 m²": "five square meters",
    "9.8 m/s²": "nine point eight meters per second squared",
    "-9.8 m/s^2": "minus nine point eight meters per second squared",
    "9.8 m·s⁻²": "nine point eight meters per second squared",
    "1 m/s²": "one meter per second squared",
    "measured in m/s²": "measured in meters per second squared",
    "1.2 kg/m³": "one point two kilograms per cubic meter",
    "1000 W/m²": "one thousand watts per square meter",
    "0.04 W/(m·K)": "zero point zero four watts per meter kelvin",
    "0.04 W m⁻¹ K⁻¹": "zero point zero four watts per meter per kelvin",
    "120 N·m": "one hundred twenty newton meters",
    "7 L/100 km": "seven liters per one hundred kilometers",
    "90 mg/dL": "ninety milligrams per deciliter",
    "8.31 J/(mol·K)": "eight point three one joules per mole kelvin",
    "2 °C/min": "two degrees Celsius per minute",
    "50 m2": "fifty square meters",
    "an area in km²": "an area in square kilometers",
    "5 ft²": "five square feet",
    "2.2 bar (32 psi)": "two point two bar (thirty-two pounds per square inch)",
    "5 μm": "five micrometers",
    "10 µg": "ten micrograms",
    "a 10 A fuse, 4.7 kΩ": "a ten amps fuse, four point seven kiloohms",
    "N/A": "N A",
    "and/or": "and or",
    "20 – 25 °C": "twenty to twenty-five degrees Celsius",
    "~5 km": "about five kilometers",
    "50%": "fifty percent",
    "10-15%": "ten to fifteen percent",
    # money
    "$5": "five dollars",
    "$1": "one dollar",
    "$5.50": "five dollars and fifty cents",
    "$3 million": "three million dollars",
    "€20": "twenty euros",
    "20 €": "twenty euros",
    "£3.00": "three pounds",
    # groups of digits
    "555-1234": "five five five, one two three four",
    "(555) 123-4567": "five five five, one two three, four five six seven",
    "+34 600 123 456": "plus three four, six zero zero, one two three, four five six",
    "version 1.2.3": "version one point two point three",
    "192.168.1.1": "one hundred ninety-two point one hundred sixty-eight point one point one",
    # arithmetic
    "2+2=4": "two plus two equals four",
    "5 - 3 = 2": "five minus three equals two",
    "3 x 4": "three times four",
    "10 / 2": "ten divided by two",
    "3-5": "three to five",
    "< 5": "less than five",
    # letters and digits
    "MP3": "MP three",
    "H2O": "H two O",
    "COVID-19": "COVID-nineteen",
    # abbreviations, symbols, capitals
    "e.g. tea": "for example tea",
    "tea, etc.": "tea, et cetera.",
    "Dr. Smith": "Doctor Smith",
    "you & me": "you and me",
    "E = mc²": "E equals mc squared",
    "me@host.com": "me at host dot com",
    "see https://www.example.com/p?x=1 now": "see example dot com now",
    "(http://[bad)": "",
    "a USB port": "a USB port",
    "8 GB of RAM": "eight gigabytes of ram",
    "DO NOT TOUCH IT": "do not touch it",
    # typography
    "Hello 😀!": "Hello!",
    "👍🏽 1️⃣": "one",
    "“Yes,” she said…": '"Yes," she said...',
    "wait—what": "wait, what",
    "one - two": "one, two",
    "well-known": "well-known",
    "１２ ① ٣": "twelve one three",
    "naïve café": "naïve café",
    "Acme™": "Acme",
    # other scripts
    "He lives in Москва now.": "He lives in moskva now.",
    "Ελλάδα and 東京": "ellada and dongjing",
    "the letter λ, or α": "the letter λ, or α",
    "서울, ひらがな": "seoul, hiragana",
    "Łódź, Zürich and Reykjavík": "Łódź, Zürich and Reykjavík",
}

SPANISH = {
    "21": "veintiuno",
    "31 minutos": "treinta y un minutos",
    "200 personas": "doscientas personas",
    "1 persona": "una persona",
    "1.234.567": "un millón doscientos treinta y cuatro mil quinientos sesenta y siete",
    "1.500": "mil quinientos",
    "3,5": "tres coma cinco",
    "3,14": "tres coma catorce",
    "3,05": "tres coma cero cinco",
    "3.5": "tres coma cinco",
    "-5 °C": "menos cinco grados Celsius",
    "1 km": "un kilómetro",
    "21 km": "veintiún kilómetros",
    "21 libras": "veintiuna libras",
    "1 h": "una hora",
    "5 km/h": "cinco kilómetros por hora",
    "9,8 m/s²": "nueve coma ocho metros por segundo al cuadrado",
    "1,2 kg/m³": "uno coma dos kilogramos por metro cúbico",
    "1 W/m²": "un vatio por metro cuadrado",
    "120 N·m": "ciento veinte newtons metro",
    "7 l/100 km": "siete litros por cien kilómetros",
    "50 m2": "cincuenta metros cuadrados",
    "21 kcal/h": "veintiuna kilocalorías por hora",
    "en km/h": "en kilómetros por hora",
    "50 %": "cincuenta por ciento",
    "3-5": "tres a cinco",
    "a las 19:05": "a las siete y cinco de la tarde",
    "a la 1:00": "a la una en punto",
    "a las 7:30 p. m.": "a las siete y media de la tarde.",
    "a las 22:15 en casa": "a las diez y cuarto de la noche en casa",
    "05/03/2024": "cinco de marzo de dos mil veinticuatro",
    "2024-01-01": "primero de enero de dos mil veinticuatro",
    "1 de mayo de 2024": "primero de mayo de dos mil veinticuatro",
    "en 1999": "en mil novecientos noventa y nueve",
    "3er piso": "tercer piso",
    "2ª vez": "segunda vez",
    "1º": "primero",
    "1/2": "medio",
    "3/4": "tres cuartos",
    "1 €": "un euro",
    "5,50 €": "cinco euros con cincuenta",
    "$5": "cinco dólares",
    "600 123 456": "seis cero cero, uno dos tres, cuatro cinco seis",
    "2+2=4": "dos más dos igual a cuatro",
    "p. ej. té": "por ejemplo té",
    "El Sr. López": "El señor López",
    "EE. UU. gana": "Estados Unidos gana",
    "tú & yo": "tú y yo",
    "x²": "x al cuadrado",
    "¿Qué? ¡Sí!": "¿Qué? ¡Sí!",
    "**hola** 😀": "hola",
    "192.168.1.1": "ciento noventa y dos punto ciento sesenta y ocho punto uno punto uno",
    "yo@casa.es": "yo arroba casa punto es",
}


@pytest.mark.parametrize(("text", "spoken"), MARKDOWN.items())
def test_markdown_never_reaches_the_voice(text, spoken):
    assert speakable(text, "en") == spoken


@pytest.mark.parametrize(("text", "spoken"), ENGLISH.items())
def test_english(text, spoken):
    assert speakable(text, "en") == spoken


@pytest.mark.parametrize(("text", "spoken"), SPANISH.items())
def test_spanish(text, spoken):
    assert speakable(text, "es") == spoken


def test_a_language_without_tables_is_read_as_english():
    assert speakable("5 km", "de") == "five kilometers"


@given(st.text(max_size=80), st.sampled_from(["en", "es"]))
def test_no_text_leaves_signs_or_digits(text, language):
    spoken = speakable(text, language)
    assert not re.search(r"[*_#`\[\]<>|~^\\{}=+@&%$/]", spoken)
    assert not any(char.isdigit() for char in spoken)
    assert spoken == spoken.strip()
    assert not spoken or any(char.isalpha() for char in spoken)


NUMBER_LIKE = st.text("0123456789.,:/-+%$€°C kmapº=x()#&*ªª½²'sthrd1e", max_size=25)


@given(NUMBER_LIKE, st.sampled_from(["en", "es"]))
def test_no_jumble_of_numbers_leaves_a_digit(text, language):
    assert not any(char.isdigit() for char in speakable(text, language))


@given(st.integers(0, 10**15 - 1))
def test_a_number_is_said_whole(n):
    assert speakable(f"{n:,} sheep", "en").endswith("sheep")
    assert "," not in speakable(f"{n:,}", "en")
