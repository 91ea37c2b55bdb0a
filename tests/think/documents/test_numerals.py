"""Numbers as words and as digits are the same number."""

import pytest

from assistant.think.documents import index
from assistant.think.documents.numerals import as_digits, as_words


@pytest.mark.parametrize(
    ("text", "language", "digits"),
    [
        ("twelve volts", "en", ["12"]),
        ("twenty five or thirty", "en", ["25", "30"]),
        ("five hundred and two thousand", "en", ["500", "2000"]),
        ("two hundred fifty thousand", "en", ["250000"]),
        ("nineteen seventy one", "en", ["1971"]),
        ("one of them", "en", []),
        ("doce voltios", "es", ["12"]),
        ("treinta y cinco o mil novecientos setenta", "es", ["35", "1970"]),
        ("veinticinco mil", "es", ["25000"]),
        ("uno de ellos", "es", []),
        ("twelve", "", []),
    ],
)
def test_words_are_digits(text, language, digits):
    assert [made for _, made in as_digits(text.split(), language)] == digits


def test_digits_are_words_of_each_language():
    assert as_words("12") == ["twelve", "doce"]
    assert as_words("1") == as_words("12.5") == as_words("word") == []


@pytest.mark.parametrize(
    ("question", "language", "says"),
    [
        ("which fuse takes twelve amperes", "en", "The fuse of the pump takes 12 amperes."),
        ("which fuse takes 20 amperes", "en", "The fuse of the horn takes twenty amperes."),
        ("which fuse takes twenty five amperes", "en", "The fuse of the fan takes 25 amperes."),
        ("qué fusible es de doce amperios", "es", "El fusible de la bomba es de 12 amperios."),
        ("qué fusible es de 20 amperios", "es", "El fusible del claxon es de veinte amperios."),
    ],
)
def test_a_number_is_found_however_it_is_written(library, folder, question, language, says):
    fuses = {"lamp": "15", "radio": "18", "pump": "12", "seat": "14", "horn": "twenty", "fan": "25"}
    text = "".join(
        f"## {k}\n\nThe fuse of the {k} takes {v} amperes.\n\n" for k, v in fuses.items()
    )
    (folder / "fuses.md").write_text(f"# Fuses\n\n{text}")
    of = {"de la luz": "15", "de la radio": "18", "de la bomba": "12", "del claxon": "veinte"}
    text = "".join(f"## {k}\n\nEl fusible {k} es de {v} amperios.\n\n" for k, v in of.items())
    (folder / "fusibles.md").write_text(f"# Fusibles\n\n{text}")
    index.update(library.store)
    assert library.hits(question, language, 1)[0].row.text == says
    assert says in library.answer(question, language).text
