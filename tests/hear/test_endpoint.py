"""Endpointing: lists of probabilities in, decisions out."""

import pytest
from hypothesis import given, strategies as st

from assistant.config import load
from assistant.hear.endpoint import PATIENCE, SLOWER, Decision, Endpointer

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
            if decision not in {Decision.GO_ON, Decision.STARTED, Decision.PAUSED}:
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
        ([(SPEECH, 1.0), (SILENCE, 0.6)], [Decision.STARTED, Decision.PAUSED]),
        ([(SPEECH, 1.0), (SILENCE, 0.8)], [Decision.STARTED, Decision.PAUSED, Decision.ENDED]),
        ([(SPEECH, 16.0)], [Decision.STARTED, Decision.TOO_LONG]),
        (
            [(SILENCE, 4.9), (SPEECH, 1.0), (SILENCE, 1.0)],
            [Decision.STARTED, Decision.PAUSED, Decision.ENDED],
        ),
        # a short word, a pause within a word, and the rest
        ([(SPEECH, 0.15), (SILENCE, 0.2), (SPEECH, 0.1)], [Decision.STARTED]),
        (
            [(SPEECH, 1.0), (SILENCE, 0.5), (SPEECH, 0.5), (SILENCE, 0.5)],
            [Decision.STARTED, Decision.PAUSED, Decision.PAUSED],
        ),
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
    assert feed(endpointer, (0.3, 1.0)) == [Decision.PAUSED, Decision.ENDED]


def pause_before_the_end(endpointer: Endpointer) -> float:
    """Seconds of silence after which it says that the command has ended."""
    for count in range(1, 200):
        if endpointer.process(SILENCE, FRAME) is Decision.ENDED:
            return count * FRAME / 16_000
    raise AssertionError("it never ends")


@pytest.mark.parametrize("expected", [0.35, 1.2])
def test_how_long_a_silence_ends_it_can_be_told(expected):
    endpointer = new()
    feed(endpointer, (SPEECH, 1.0), (SILENCE, 0.2))
    endpointer.expect(expected)
    assert 0.2 + pause_before_the_end(endpointer) == pytest.approx(expected, abs=0.033)


def test_what_was_told_is_forgotten_when_speech_goes_on():
    endpointer = new()
    feed(endpointer, (SPEECH, 1.0), (SILENCE, 0.2))
    endpointer.expect(0.35)
    feed(endpointer, (SPEECH, 0.5))
    assert pause_before_the_end(endpointer) == pytest.approx(SETTINGS.trailing_silence, abs=0.033)


@pytest.mark.parametrize("told", [False, True])
def test_a_slow_speaker_is_given_time(told):
    """Whoever paused for 0.6 s in a command may do so again."""
    endpointer = new()
    feed(endpointer, (SPEECH, 1.0), (SILENCE, 0.6), (SPEECH, 1.0), (SILENCE, 0.2))
    if told:
        endpointer.expect(0.35)
    waited = 0.2 + pause_before_the_end(endpointer)
    assert waited == pytest.approx(SLOWER * 0.6, abs=0.05)


def test_nobody_is_waited_for_for_ever():
    endpointer = new()
    feed(endpointer, (SPEECH, 1.0), (SILENCE, 0.2))
    endpointer.expect(1.9)
    feed(endpointer, (SILENCE, 1.6), (SPEECH, 1.0))
    assert pause_before_the_end(endpointer) == pytest.approx(PATIENCE, abs=0.033)


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
