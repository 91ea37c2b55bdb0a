"""What is read next, when a person wants more of it."""

import pytest

from assistant.think.documents import index
from assistant.think.documents.onward import following
from assistant.think.documents.windows import LONGEST

HOUSE = """# The house

## Water

The main valve is under the stairs. It is opened by turning it to the left, and it should be turned
once a year so that it does not stick. The pump is behind it. Its filter is washed in spring.

The tank on the roof holds four hundred liters.

## Heat

The boiler burns pellets.
"""


@pytest.fixture
def house(library, folder):
    (folder / "house.md").write_text(HOUSE)
    index.update(library.store)
    return library


def test_the_text_goes_on_to_the_end_of_its_document_and_nothing_is_lost(house):
    quote = house.answer("where is the main valve", "en")
    assert "under the stairs" in quote.text
    read, sources = [quote.text], [quote.place]
    while (quote := house.goes_on(quote, "en")) is not None:
        assert 0 < len(quote.text.split()) <= LONGEST
        read.append(quote.text)
        sources.append(quote.place)
        assert len(read) < 10
    whole = " ".join(read)
    for part in ("turned once a year", "The pump is behind it", "washed in spring", "four hundred"):
        assert part in whole
    assert read[-1] == "Heat: The boiler burns pellets."
    assert sources[0].endswith("The house > Water") and sources[-1].endswith("The house > Heat")


def test_a_sentence_that_was_not_read_whole_is_read_whole(house):
    quote = house.answer("how often should the valve be turned so that it does not stick", "en")
    assert house.goes_on(quote, "en") is not None
    cut = "once a year so that it does not stick" in quote.text and "It is opened" not in quote.text
    assert house.goes_on(quote, "en").text.startswith("It is opened" if cut else "The pump")


def test_a_document_that_is_gone_has_no_more(house, folder):
    quote = house.answer("where is the main valve", "en")
    (folder / "house.md").unlink()
    index.update(house.store)
    assert house.goes_on(quote, "en") is None


def test_a_sentence_that_is_too_long_is_read_in_parts():
    text = ", ".join(f"part {n} of it" for n in range(40)) + ". The end."
    start, read = 0, []
    while (found := following(text, start))[0]:
        piece, start = found
        assert len(piece.split()) <= LONGEST
        read.append(piece)
    assert " ".join(read) == text
