"""How many days there are, and leap years. It is Saturday, the 22nd of November 2025."""

import pytest


@pytest.mark.parametrize(
    ("language", "text", "reply"),
    [
        ("en", "how many days in february", "Twenty-eight days."),
        ("en", "how many days are there in february 2028", "Twenty-nine days."),
        ("en", "how many days between christmas and easter", "One hundred one days."),
        ("en", "how many days from today to june 1st", "One hundred ninety-one days."),
        ("en", "how many days from monday to thursday", "Three days."),
        ("en", "how many weeks from march 1st to march 17th", "Two weeks and two days."),
        ("en", "how long ago was the 1st of march", "Two hundred sixty-six days ago."),
        ("en", "how many days since last monday", "Five days ago."),
        ("en", "how long ago was easter", "I only know the next one: Sunday, April fifth, twenty"
         " twenty-six."),
        ("en", "is it a leap year", "No, the next one is twenty twenty-eight."),
        ("en", "is 2024 a leap year", "Yes, twenty twenty-four is a leap year."),
        ("en", "is 1900 a leap year", "No, it is not."),
        ("en", "when is the next leap year", "Twenty twenty-eight."),
        ("es", "cuántos días tiene febrero", "Veintiocho días."),
        ("es", "cuántos días hay entre navidad y semana santa", "Noventa y cuatro días."),
        ("es", "cuántos días hay del 1 de marzo al 3 de marzo", "Dos días."),
        ("es", "cuánto hace del uno de marzo", "Hace doscientos sesenta y seis días."),
        ("es", "este año es bisiesto", "No, el próximo es dos mil veintiocho."),
    ],
)  # fmt: skip
def test_counted(device, language, text, reply):
    assert device.say(text, language) == reply
