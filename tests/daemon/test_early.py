"""The microphone that is open before the program is."""

import time

import msgspec
import numpy as np
import pytest

from assistant.config import load
from assistant.daemon.early import early_microphone
from assistant.daemon.ears import muted_file
from assistant.errors import AudioDeviceError
from assistant.types import LOOP_RATE
from tests.sound import align, chirp

pytestmark = [pytest.mark.sound, pytest.mark.real_time]

AUDIO = load().config.audio


def awake():
    return 0.0


def test_what_was_said_before_anybody_read_is_heard(sound):
    with early_microphone(AUDIO) as early:
        early.settle()
        sound.speak(chirp(1.0))
        time.sleep(0.5)  # the program is still being loaded
        microphone = early.take(AUDIO, awake)
        try:
            pieces = [microphone.read()]
            while pieces[-1].end < 2 * LOOP_RATE:
                pieces.append(microphone.read())
            heard = np.concatenate([piece.samples for piece in pieces])
            assert align(heard, chirp(1.0).samples)[1] > 0.9
            assert microphone.lost_samples == 0
            assert early.take(AUDIO, awake) is None  # the next one is opened anew
        finally:
            microphone.close()


def test_it_is_closed_where_nobody_takes_it(sound):
    with early_microphone(AUDIO) as early:
        early.settle()
    assert early.take(AUDIO, awake) is None
    other = msgspec.structs.replace(AUDIO, block_ms=32)
    with early_microphone(other) as early:  # the `sound` fixture sees what stays open
        assert early.take(AUDIO, awake) is None


def test_whoever_takes_one_that_failed_in_another_way_does_not_wait_for_ever(sound):
    odd = msgspec.structs.replace(AUDIO, block_ms="long")  # as if a library raised
    with early_microphone(odd) as early, pytest.raises(TypeError):
        early.take(odd, awake)


def test_one_that_cannot_be_opened_is_told_to_whoever_takes_it(sound):
    unknown = msgspec.structs.replace(AUDIO, input="no such one")
    with (
        early_microphone(unknown) as early,
        pytest.raises(AudioDeviceError, match="no such one"),
    ):
        early.take(unknown, awake)


def test_while_it_is_muted_nothing_opens_it(home, sound):
    muted_file().parent.mkdir(parents=True, exist_ok=True)
    muted_file().touch()
    with early_microphone(AUDIO) as early:
        assert early is None
