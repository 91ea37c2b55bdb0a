import pytest

from assistant.think.loops import Repetition


def found_at(text: str) -> int | None:
    """The words of `text` up to the one at which a loop is noticed, or None."""
    repetition = Repetition()
    numbers: dict[str, int] = {}
    said = ""
    for i, word in enumerate(text.split()):
        said = f"{said} {word}"
        if repetition.found(numbers.setdefault(word, len(numbers)), said):
            return i + 1
    return None


@pytest.mark.parametrize(
    "text",
    [
        "A plain answer without anything said twice.",
        "Ha ha ha ha. That is funny.",
        "I do not. I do not.",
        "one two one two three",
        "Row, row, row your boat, gently down the stream.",
        "",
    ],
)
def test_ordinary_text_is_no_loop(text):
    assert found_at(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("no no no no no no no no no", 6),
        ("ever failed ever failed ever failed ever failed", 6),
        ("The sky is blue today. Yes. The sky is blue today. And", 11),
        ("well a b c d a b c d a b c d a b c d", 13),
    ],
)
def test_a_loop_is_noticed(text, words):
    assert found_at(text) == words


def test_what_was_said_in_the_turn_before_is_not_said_again():
    repetition = Repetition()
    repetition.know("The sky is blue today. So it is.")
    assert not repetition.found(1, "The sea is blue today.")
    assert repetition.found(2, "The sea is blue today. The sky is blue today.")
