import pytest
from hypothesis import given, strategies as st

from assistant import spoken
from assistant.understand.normalize import words
from assistant.understand.numbers import may_go_on, number, whole, with_digits


def parse(text, language):
    plain = words(text, language).plain
    found = number(plain, 0, language)
    assert found is not None, f"{text!r} is not a number"
    assert found[1] == len(plain), f"only {plain[: found[1]]} of {text!r} was read"
    return found[0]


@pytest.mark.parametrize("language", ["en", "es"])
@given(n=st.integers(0, 10**9 - 1))
def test_a_spoken_number_is_read_as_itself(language, n):
    assert parse(spoken.number(n, language), language) == n


@pytest.mark.parametrize("language", ["en", "es"])
@given(n=st.integers(0, 10**9 - 1))
def test_digits_are_read_as_themselves(language, n):
    assert parse(f"{n:,}".replace(",", "," if language == "en" else "."), language) == n


@pytest.mark.parametrize("language", ["en", "es"])
@given(hundredths=st.integers(-99_999, 99_999))
def test_a_spoken_decimal_is_read_as_itself(language, hundredths):
    assert parse(spoken.number(hundredths / 100, language), language) == hundredths / 100


@pytest.mark.parametrize("language", ["en", "es"])
@given(n=st.integers(1, 999_999))
def test_a_number_before_its_noun_is_read_as_itself(language, n):
    """ "veintiún", "treinta y una": the forms that Spanish uses before a noun."""
    for feminine in (False, True):
        text = spoken.count(n, "noun", "noun", language, feminine=feminine).removesuffix(" noun")
        if text not in ("un", "una"):  # the articles
            found = whole(words(text, language).plain, 0, language)
            assert found == (n, len(text.replace("-", " ").split()))


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "two hundred and five", 205),
        ("en", "a hundred", 100),
        ("en", "twelve hundred", 1200),
        ("en", "one million and five", 1_000_005),
        ("en", "1.5 million", 1_500_000),
        ("en", "two and a half", 2.5),
        ("en", "1 1/2", 1.5),
        ("en", "three quarters", 0.75),
        ("en", "a third", 1 / 3),
        ("en", "three point one four", 3.14),
        ("en", "thirty percent", 30),
        ("en", "minus five", -5),
        ("es", "dos y medio", 2.5),
        ("es", "tres coma veinticinco", 3.25),
        ("es", "treinta por ciento", 30),
        ("es", "ciento una", 101),
        ("es", "dos mil millones", 2_000_000_000),
        ("es", "tres cuartos", 0.75),
        ("es", "menos diez", -10),
    ],
)
def test_numbers(language, text, value):
    assert parse(text, language) == value


@pytest.mark.parametrize(
    ("language", "text", "value", "rest"),
    [
        ("en", "one two three", 1, 2),
        ("en", "seven thirty", 7, 1),
        ("en", "twenty twelve", 20, 1),
        ("en", "one hundred and", 100, 1),
        ("es", "uno dos", 1, 1),
        ("es", "cien doscientos", 100, 1),
    ],
)
def test_a_number_ends_where_another_begins(language, text, value, rest):
    plain = words(text, language).plain
    assert number(plain, 0, language) == (value, len(plain) - rest)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "a timer"), ("en", "hundred"), ("en", "and"), ("es", "un temporizador"), ("es", "y")],
)
def test_no_number(language, text):
    assert number(words(text, language).plain, 0, language) is None


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "twenty five eggs and one hundred and two", "25 eggs and 102"),
        ("en", "a dozen", "12"),
        ("es", "treinta y dos huevos", "32 huevos"),
    ],
)
def test_words_with_their_numbers_in_digits(language, text, expected):
    found = list(with_digits(text.split(), language))
    assert " ".join(word for word, _ in found) == expected
    assert [i for _, i in found] == sorted({i for _, i in found})


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "twenty", True),
        ("en", "20", True),
        ("en", "a hundred", True),
        ("en", "twenty five", False),
        ("en", "fifty percent", False),
        ("en", "10", False),
        ("en", "coffee", False),
        ("es", "treinta", True),
        ("es", "por ciento", False),
        ("es", "cien", True),
    ],
)
def test_a_number_may_go_on(language, text, expected):
    assert may_go_on(text.split(), language) is expected
