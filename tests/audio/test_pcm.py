"""Arithmetic on samples."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from assistant.audio import pcm
from assistant.types import LOOP_RATE, Speech


def tone(hertz, seconds, rate=LOOP_RATE, level=0.5):
    time = np.arange(round(seconds * rate)) / rate
    return pcm.to_int16(level * np.sin(2 * np.pi * hertz * time))


def loudest_frequency(samples, rate):
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return np.argmax(spectrum) * rate / len(samples)


@given(st.lists(st.integers(-32768, 32767)))
def test_floats_lose_nothing(values):
    samples = np.array(values, np.int16)
    assert np.array_equal(pcm.to_int16(pcm.to_float(samples)), samples)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(1.0, 32767), (7.0, 32767), (-1.0, -32768), (-7.0, -32768), (np.nan, 0), (np.inf, 32767)],
)
def test_what_does_not_fit_is_clipped(value, expected):
    assert pcm.to_int16(np.array([value])).tolist() == [expected]


@pytest.mark.parametrize("channels", [1, 2, 6, 32])
def test_mono_is_the_mean(channels):
    frames = np.arange(channels * 5, dtype=np.int16).reshape(5, channels)
    assert pcm.mono(frames).tolist() == np.rint(frames.mean(axis=1)).tolist()
    assert pcm.mono(frames).dtype == np.int16


def test_mono_of_full_scale_does_not_wrap():
    assert pcm.mono(np.full((4, 2), -32768, np.int16)).tolist() == [-32768] * 4


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("piece", [1, 160, 1323, 10_000])
def test_a_stream_is_resampled_whole_whatever_its_pieces(rate, piece):
    seconds = 0.1 if piece == 1 else 1.0
    given_samples = tone(440, seconds, rate)
    resampler = pcm.Resampler(rate)
    out = [
        resampler.process(given_samples[i : i + piece]) for i in range(0, len(given_samples), piece)
    ]
    samples = np.concatenate([*out, resampler.flush()])
    assert abs(len(samples) - seconds * LOOP_RATE) <= 2
    assert loudest_frequency(samples, LOOP_RATE) == pytest.approx(440, abs=1.1 / seconds)
    assert pcm.rms(samples) == pytest.approx(0.5 / np.sqrt(2), rel=0.03)


def test_what_16_khz_cannot_hold_is_filtered_out():
    resampler = pcm.Resampler(48_000)
    samples = np.concatenate([resampler.process(tone(12_000, 1, 48_000)), resampler.flush()])
    assert pcm.dbfs(pcm.rms(samples[800:-800])) < -60


def test_the_delay_is_what_was_held_back():
    resampler = pcm.Resampler(44_100)
    out = resampler.process(tone(440, 0.5, 44_100))
    assert resampler.delay == pytest.approx(0.5 - len(out) / LOOP_RATE, abs=0.002)
    assert resampler.delay < 0.05


@pytest.mark.parametrize(
    ("samples", "rms", "peak"),
    [([], 0, 0), ([0, 0], 0, 0), ([-32768], 1, 1), ([16384, -16384], 0.5, 0.5)],
)
def test_levels(samples, rms, peak):
    given_samples = np.array(samples, np.int16)
    assert (pcm.rms(given_samples), pcm.peak(given_samples)) == (rms, peak)


@pytest.mark.parametrize(
    ("level", "db"), [(1, 0), (0.5, -6.02), (0.1, -20), (0, pcm.SILENT_DBFS), (1e-9, -120)]
)
def test_dbfs(level, db):
    assert pcm.dbfs(level) == pytest.approx(db, abs=0.01)


@given(st.lists(st.integers(-32768, 32767), min_size=1), st.floats(0, 100))
def test_gain_keeps_the_shape(values, factor):
    samples = np.array(values, np.int16)
    louder = pcm.gain(samples, factor)
    # never clipped: all samples by one factor, to within the rounding of each
    scale = min(factor, 1 / pcm.peak(samples)) if pcm.peak(samples) else 1
    assert np.abs(louder - samples * scale).max() <= 1


def test_silence():
    assert len(pcm.silence(0.25, 22_050)) == 5512
    assert not pcm.silence(1, 8000).any()


@pytest.mark.parametrize("length", [0, 1, 10, 1000, 16_000])
def test_a_fade_ends_in_silence_without_a_step(length):
    samples = np.full(length, 20_000, np.int16)
    faded = pcm.fade_out(samples, LOOP_RATE)
    assert len(faded) == length
    assert samples.tolist() == [20_000] * length, "the original is left alone"
    if length >= 1000:
        assert faded[-1] == 0
        assert np.abs(np.diff(faded.astype(int))).max() < 300
        assert np.array_equal(pcm.fade_in(samples, LOOP_RATE), faded[::-1])


def test_concatenation_takes_the_rate_of_the_first():
    whole = pcm.concatenate([Speech(tone(440, 1, 22_050), 22_050), Speech(tone(440, 1), LOOP_RATE)])
    assert whole.rate == 22_050
    assert whole.seconds == pytest.approx(2, abs=0.001)
    assert loudest_frequency(whole.samples[22_050:], 22_050) == pytest.approx(440, abs=1.1)


def test_concatenation_of_nothing():
    assert pcm.concatenate([]).seconds == 0


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 48_000])
def test_the_prompt_resampler_lags_by_a_millisecond_and_keeps_the_sound(rate):
    times = np.arange(rate) / rate
    tones = 0.3 * np.sin(2 * np.pi * 440 * times) + 0.3 * np.sin(2 * np.pi * 3100 * times)
    resampler, made = pcm.PromptResampler(rate), []
    draw, at, sizes = np.random.default_rng(1), 0, []
    while at < rate:
        size = int(draw.integers(1, rate // 50))
        made.append(resampler.process(pcm.to_int16(tones[at : at + size])))
        at = min(rate, at + size)
        sizes.append(at / rate - sum(map(len, made)) / LOOP_RATE)
    assert max(sizes) < 0.0022
    whole = pcm.to_float(np.concatenate(made))
    times = np.arange(len(whole)) / LOOP_RATE
    wanted = 0.3 * np.sin(2 * np.pi * 440 * times) + 0.3 * np.sin(2 * np.pi * 3100 * times)
    assert np.abs(whole - wanted)[100:].max() < 0.02


def test_the_prompt_resampler_folds_nothing_back():
    times = np.arange(48_000) / 48_000
    high = pcm.to_int16(0.5 * np.sin(2 * np.pi * 11_000 * times))
    assert pcm.rms(pcm.PromptResampler(48_000).process(high)) < 0.005
