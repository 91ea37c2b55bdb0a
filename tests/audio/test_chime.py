import numpy as np
import pytest

from assistant.audio import chime, pcm

TONES = (chime.wake, chime.done, chime.error, chime.alarm, chime.muted, chime.unmuted)


@pytest.mark.parametrize("tone", TONES)
def test_tones_begin_and_end_softly(tone):
    samples = tone().samples
    assert samples[0] == samples[-1] == 0
    assert 0.2 < pcm.peak(samples) < 0.3
    loudest_step = np.abs(np.diff(pcm.to_float(samples))).max()
    assert loudest_step < 0.25, "a click is a step"


@pytest.mark.parametrize(
    ("tone", "least", "most"),
    [
        (chime.wake, 0.08, 0.15),
        (chime.done, 0.1, 0.3),
        (chime.error, 0.2, 0.5),
        (chime.alarm, 1.3, 1.7),
        (chime.muted, 0.2, 0.4),
        (chime.unmuted, 0.2, 0.4),
    ],
)
def test_tones_are_short(tone, least, most):
    assert least < tone().seconds < most


def test_tones_can_be_told_apart():
    tones = [f().samples for f in TONES]
    assert len({t.tobytes() for t in tones}) == 6
