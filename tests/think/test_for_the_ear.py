"""What a model wrote, on its way to the voice: fit to be said, whatever it wrote."""

import pytest
from hypothesis import given, settings, strategies as st

from assistant.speak.sentences import split_stream
from assistant.speak.text import speakable
from assistant.think.for_the_ear import ENOUGH, for_the_ear, spoken_part
from assistant.think.more import wants_more


def said(text, enough=lambda: None):
    return list(for_the_ear(split_stream(iter(text)), enough))


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("As an AI language model, I don't have feelings. Paris is in France.",
         "I don't have feelings. Paris is in France."),
        ("I'm sorry, but as an AI assistant, I cannot do that.", "I cannot do that."),
        ("Certainly! The capital is Paris.", "The capital is Paris."),
        ("Sure, here you go. Boil it.", "Here you go. Boil it."),
        ("Paris. I hope this helps! Let me know if you have any questions.", "Paris."),
        ("Como modelo de lenguaje, no tengo cuerpo.", "No tengo cuerpo."),
        ("¡Claro! Madrid es la capital.", "Madrid es la capital."),
        ("Dear [Your Name], hello there.", "Dear , hello there."),
        ("Surely it rains.", "Surely it rains."),
        ("As an aid, use a stick.", "As an aid, use a stick."),
    ],
)  # fmt: skip
def test_manners_are_left_out(written, spoken):
    assert " ".join(said(written)) == spoken


def test_it_ends_when_it_is_enough():
    told = []
    text = "This is a sentence of eight words here. " * 20
    spoken = said(text, lambda: told.append(True))
    assert told == [True]
    assert ENOUGH <= sum(len(s.split()) for s in spoken) < ENOUGH + 8


@pytest.mark.parametrize(("most", "sentences"), [(1, 1), (8, 1), (9, 2), (20, 3)])
def test_how_much_is_enough_can_be_said(most, sentences):
    text = "This is a sentence of eight words here. " * 20
    assert len(list(for_the_ear(split_stream(iter(text)), bool, most))) == sentences


NASTY = st.lists(
    st.sampled_from(
        ["# Title\n", "**bold** ", "1. One\n", "- item\n", "```python\nprint(1)\n```\n", "`x = 1` ",
         "| a | b |\n|---|---|\n| 1 | 2 |\n", "https://example.com/a?b=c ",
         "<think>hm</think>", "$x^2$ ",
         "As an AI, ", "Certainly! ", "café ", "naïve ", "😀 ", "3.14 ",
         "1,234,567 ", "50% ", "\n\n",
         "[link](http://x.y) ", "user@example.com ", "it's ", "word ", "end. ",
         "¿Qué? ", "\u202e", "\x00",
         "<b>html</b> ", "{name} ", "%s ", "\\n ", "...", "“quoted” ", "½ ",
         "CO₂ ", "日本語 ", "&amp; "]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(NASTY | st.text(max_size=80), st.sampled_from(["en", "es"]))
def test_whatever_is_written_can_be_said(text, language):
    for sentence in said(text):
        spoken = speakable(sentence, language)
        assert not set(spoken) & set("*#`|_[]<>{}\\^~=@/\n\x00\u202e"), spoken
        assert not any(char.isdigit() for char in spoken), spoken
        assert spoken == spoken.strip()
        assert not spoken or any(char.isalpha() for char in spoken)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_a_part_is_never_more_than_it_was(text):
    assert len(spoken_part(text)) <= len(text)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Tell me more."), ("en", "go on"), ("en", "Can you tell me more about that?"),
     ("es", "Cuéntame más."), ("es", "sigue"), ("es", "¿Y luego qué?")],
)  # fmt: skip
def test_more_is_wanted(language, text):
    assert wants_more(text, language)


@pytest.mark.parametrize("text", ["tell me more about Spain", "go on holiday", "what else is red"])
def test_no_more_is_wanted(text):
    assert not wants_more(text, "en")
