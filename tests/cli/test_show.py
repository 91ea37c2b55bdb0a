"""What a person sees of a turn."""

import io

import pytest
from rich.console import Console

from assistant.cli.show import Display
from assistant.types import Event


@pytest.fixture(params=[True, False], ids=["terminal", "pipe"])
def shown(request):
    """shown(events) -> what is left on the screen, line by line."""
    out = io.StringIO()
    display = Display(Console(file=out, force_terminal=request.param, width=40), "Say something.")

    def show(*events):
        for event in events:
            display(event)
        lines = out.getvalue().removesuffix("\n").split("\n")
        return [_plain(line.rpartition("\x1b[2K")[2]).strip() for line in lines]

    return show


def _plain(text):
    while "\x1b[" in text:
        before, _, after = text.partition("\x1b[")
        text = before + after.partition("m")[2]
    return text


def test_a_draft_gives_way_to_what_was_said(shown):
    said = "Set a timer for ten minutes."
    lines = shown(Event("partial", "set a"), Event("partial", "set a timer"), Event("heard", said))
    assert lines == [f"you  {said}"]


def test_a_long_draft_stays_on_its_line(shown):
    assert shown(Event("partial", "so " * 100), Event("nothing said")) == ["Nobody spoke."]


def test_words_are_no_markup(shown):
    assert shown(Event("heard", "the [red] one")) == ["you  the [red] one"]
