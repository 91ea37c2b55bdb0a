import pytest

from assistant.words import decimal_words, digit_words, number_words, ordinal_words, year_words


@pytest.mark.parametrize(
    ("spoken", "expected"),
    [
        (number_words(21, "en"), "twenty-one"),
        (number_words(21, "es"), "veintiuno"),
        (number_words(21, "es", before="masculine"), "veintiún"),
        (number_words(21, "es", before="feminine"), "veintiuna"),
        (number_words(21, "en", before="feminine"), "twenty-one"),
        (ordinal_words(3, "en"), "third"),
        (ordinal_words(3, "es"), "tercero"),
        (ordinal_words(3, "es", gender="masculine-adjective"), "tercer"),
        (ordinal_words(3, "es", gender="feminine"), "tercera"),
        (year_words(1905, "en"), "nineteen oh five"),
        (year_words(2024, "es"), "dos mil veinticuatro"),
        (digit_words("090", "en"), "zero nine zero"),
        (decimal_words("3", "50", "point", "en"), "three point five zero"),
        (decimal_words("3", "50", "coma", "es"), "tres coma cincuenta"),
        (decimal_words("1", "", "coma", "es", before="feminine"), "una"),
    ],
)
def test_words(spoken, expected):
    assert spoken == expected
