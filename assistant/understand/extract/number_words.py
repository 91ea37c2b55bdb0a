"""The words of numbers."""

from __future__ import annotations


def numbered(text: str, start: int, step: int = 1) -> dict[str, int]:
    return {word: start + n * step for n, word in enumerate(text.split())}


ONES = {
    "en": numbered("zero one two three four five six seven eight nine", 0) | {"nought": 0},
    "es": numbered("cero uno dos tres cuatro cinco seis siete ocho nueve", 0) | {"un": 1, "una": 1},
}

TEENS = {
    "en": numbered(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 10
    ),
    "es": numbered(
        "diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte"
        " veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete"
        " veintiocho veintinueve",
        10,
    )
    | {"veintiun": 21, "veintiuna": 21},
}

TENS = {
    "en": numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10)
    | {"fourty": 40},
    "es": numbered("treinta cuarenta cincuenta sesenta setenta ochenta noventa", 30, 10),
}

HUNDREDS = {
    "cien": 100,
    "ciento": 100,
    **numbered(
        "doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos"
        " novecientos",
        200,
        100,
    ),
    **numbered(
        "doscientas trescientas cuatrocientas quinientas seiscientas setecientas ochocientas"
        " novecientas",
        200,
        100,
    ),
}

SCALES = {
    "en": {
        "thousand": 10**3,
        "million": 10**6,
        "billion": 10**9,
        "trillion": 10**12,
        "lakh": 10**5,
        "crore": 10**7,
        "mil": 10**6,
    },
    "es": {
        "millon": 10**6,
        "millones": 10**6,
        "billon": 10**12,
        "billones": 10**12,
        "trillon": 10**18,
        "trillones": 10**18,
    },
}

DOZENS = {
    "en": ("dozen", "dozens", "doz", "dozs", "dz"),
    "es": ("docena", "docenas", "doz", "dozs", "dz"),
}

AND = {"en": "and", "es": "y"}

FIRSTS = {
    "en": numbered(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
        " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
        1,
    )
    | {"nineth": 9}
    | numbered(
        "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth", 20, 10
    ),
    "es": {
        stem + end: n
        for n, stem in enumerate(
            ["primer", "segund", "tercer", "cuart", "quint", "sext", "septim", "octav", "noven"],
            start=1,
        )
        for end in ("o", "a", "os", "as")
    }
    | {"primer": 1, "tercer": 3},
}

SPANISH_TENTHS = (
    numbered(
        "decim vigesim trigesim cuadragesim quincuagesim sexagesim septuagesim octogesim nonagesim",
        10,
        10,
    )
    | numbered(
        "centesim ducentesim tricentesim cuadringentesim quingentesim sexcentesim septingentesim"
        " octingentesim noningentesim",
        100,
        100,
    )
    | {"octingesim": 800, "undecim": 11, "duodecim": 12}
)

SPANISH_SCALES = {"milesim": 10**3, "millonesim": 10**6, "billonesim": 10**12}

SUFFIXES = {
    "en": ("st", "nd", "rd", "th"),
    "es": ("ro", "ra", "do", "da", "to", "ta", "vo", "va", "mo", "ma", "no", "na", "er", "º", "ª"),
}
