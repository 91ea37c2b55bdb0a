"""Endpointing: lists of probabilities in, decisions out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.config import load
from assistant.hear.endpoint import Decision, Endpointer

FRAME = 512  # 32 ms
SETTINGS = load().config.endpoint  # 0.2 s of speech, 0.7 s of silence, 15 s, 5 s
SPEECH, SILENCE = 0.9, 0.02


def frames(seconds: float) -> int:
    return round(seconds * 16_000 / FRAME)


def feed(endpointer: Endpointer, *parts: tuple[float, float]) -> list[Decision]:
    """Feed (probability, seconds) parts until something is decided for good."""
    decisions = []
    for probability, seconds in parts:
        for _ in range(frames(seconds)):
            decision = endpointer.process(probability, FRAME)
            if decision is not Decision.GO_ON:
                decisions.append(decision)
            if decision not in {Decision.GO_ON, Decision.STARTED}:
                return decisions
    return decisions


def new(**changes) -> Endpointer:
    return Endpointer(SETTINGS, threshold=0.5, **changes)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([(SILENCE, 4.8)], []),
        ([(SILENCE, 5.1)], [Decision.NOTHING_SAID]),
        ([(SPEECH, 0.1), (SILENCE, 3.0)], []),  # a click
        ([(SPEECH, 0.1), (SILENCE, 5.2)], [Decision.NOTHING_SAID]),
        ([(SPEECH, 1.0), (SILENCE, 0.6)], [Decision.STARTED]),
        ([(SPEECH, 1.0), (SILENCE, 0.8)], [Decision.STARTED, Decision.ENDED]),
        ([(SPEECH, 16.0)], [Decision.STARTED, Decision.TOO_LONG]),
        ([(SILENCE, 4.9), (SPEECH, 1.0), (SILENCE, 1.0)], [Decision.STARTED, Decision.ENDED]),
        # a short word, a pause within a word, and the rest
        ([(SPEECH, 0.15), (SILENCE, 0.2), (SPEECH, 0.1)], [Decision.STARTED]),
        ([(SPEECH, 1.0), (SILENCE, 0.5), (SPEECH, 0.5), (SILENCE, 0.5)], [Decision.STARTED]),
    ],
)
def test_what_is_decided(parts, expected):
    assert feed(new(), *parts) == expected


def test_patience_is_a_setting():
    assert feed(new(nothing_said=1.0), (SILENCE, 1.1)) == [Decision.NOTHING_SAID]


def test_speech_is_located():
    endpointer = new()
    feed(endpointer, (SILENCE, 1.0), (SPEECH, 2.0), (SILENCE, 1.0))
    assert endpointer.first_speech == frames(1.0) * FRAME
    assert endpointer.last_speech == (frames(1.0) + frames(2.0)) * FRAME


def test_a_click_is_forgotten():
    endpointer = new()
    feed(endpointer, (SPEECH, 0.1), (SILENCE, 1.0), (SPEECH, 1.0))
    assert endpointer.first_speech == (frames(0.1) + frames(1.0)) * FRAME


def test_dips_within_speech_do_not_end_it():
    endpointer = new()
    feed(endpointer, (SPEECH, 0.5))
    assert feed(endpointer, (0.4, 1.0)) == []  # below the threshold, above its hysteresis
    assert feed(endpointer, (0.3, 1.0)) == [Decision.ENDED]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=2000))
def test_it_always_ends_and_speech_is_ordered(probabilities):
    endpointer = new()
    for count, probability in enumerate(probabilities, 1):
        decision = endpointer.process(probability, FRAME)
        if endpointer.first_speech is not None:
            assert endpointer.last_speech is not None
            assert endpointer.first_speech < endpointer.last_speech <= count * FRAME
        if decision in {Decision.ENDED, Decision.TOO_LONG}:
            assert endpointer.started
            return
    # undecided only while within the bounds
    limit = SETTINGS.nothing_said + SETTINGS.max_utterance + SETTINGS.trailing_silence
    clicks = any(p >= 0.35 for p in probabilities)
    assert clicks or len(probabilities) * FRAME / 16_000 < limit + 1
