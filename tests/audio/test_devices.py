"""Which device a setting means, and what is said when it means none."""

import threading

import numpy as np
import pytest

from assistant.audio import devices, pcm, portaudio
from assistant.audio.devices import Device, formats, judge, match
from assistant.errors import AudioDeviceError
from assistant.types import LOOP_RATE, Speech
from tests.sound import chirp

KNOWN = [
    Device(0, "HDA Intel PCH: ALC257 (hw:0,0)", "ALSA", 2, 2, 48_000, False, False),
    Device(1, "HDMI 0 (hw:0,3)", "ALSA", 0, 8, 44_100, False, False),
    Device(2, "USB PnP Sound Device (hw:1,0)", "ALSA", 1, 0, 44_100, False, False),
    Device(3, "Jabra SPEAK 410 USB", "ALSA", 1, 2, 16_000, False, False),
    Device(4, "pulse", "ALSA", 32, 32, 44_100, False, False),
    Device(5, "pulse monitor", "ALSA", 2, 0, 44_100, False, False),
    Device(6, "default", "ALSA", 32, 32, 44_100, True, True),
]


@pytest.mark.parametrize(
    ("wanted", "kind", "index"),
    [
        ("default", "input", 6),
        ("default", "output", 6),
        (2, "input", 2),
        ("2", "input", 2),
        (" 3 ", "output", 3),
        ("jabra", "input", 3),
        ("SPEAK 410", "output", 3),
        ("pulse", "input", 4),  # a whole name goes before a part of one
        ("pulse mon", "input", 5),
        ("hdmi", "output", 1),
        ("usb", "output", 3),  # the other one is a microphone only
    ],
)
def test_a_device_is_found_by_number_or_name(wanted, kind, index):
    assert match(KNOWN, wanted, kind).index == index


@pytest.mark.parametrize(
    ("wanted", "kind", "problem", "named", "unnamed"),
    [
        ("usb", "input", "More than one microphone is called 'usb'", "2 (USB PnP", "4 (pulse)"),
        ("hdmi", "input", "No microphone is 'hdmi'", "4 (pulse)", "HDMI"),
        ("webcam", "output", "No speaker is 'webcam'", "1 (HDMI", "USB PnP"),
        ("99", "input", "No microphone is '99'", "6 (default)", "HDMI"),
        (1, "input", "No microphone is '1'", "6 (default)", "HDMI"),
        ("", "input", "No microphone is ''", "6 (default)", "HDMI"),
        ("{x} %s", "input", "No microphone is '{x} %s'", "6 (default)", "HDMI"),
    ],
)
def test_otherwise_the_candidates_are_listed(wanted, kind, problem, named, unnamed):
    with pytest.raises(AudioDeviceError) as error:
        match(KNOWN, wanted, kind)
    sentence = str(error.value)
    assert sentence.startswith(problem)
    assert f"Set audio.{kind} to one of" in sentence
    assert named in sentence
    assert unnamed not in sentence


@pytest.mark.parametrize(
    ("known", "kind", "sentence"),
    [
        ([], "input", "No microphone was found. Plug one in"),
        ([], "output", "No speaker was found. Plug one in"),
        ([KNOWN[1]], "input", "No microphone was found. Plug one in"),
    ],
)
def test_a_machine_without(known, kind, sentence):
    with pytest.raises(AudioDeviceError, match=sentence):
        match(known, "default", kind)


def test_no_default_but_others():
    with pytest.raises(AudioDeviceError, match=r"No microphone is 'default'.*0 \(HDA Intel"):
        match(KNOWN[:3], "default", "input")


@pytest.mark.parametrize(
    ("index", "kind", "rates", "expected"),
    [
        (0, "input", (16_000,), [(16_000, 1), (16_000, 2), (48_000, 1), (48_000, 2)]),
        (2, "input", (16_000,), [(16_000, 1), (44_100, 1)]),
        (3, "input", (16_000,), [(16_000, 1)]),
        (1, "output", (), [(44_100, 1), (44_100, 2), (44_100, 8)]),
    ],
)
def test_formats_are_tried_from_the_cheapest_on(index, kind, rates, expected):
    assert formats(KNOWN[index], kind, rates) == expected


def noise(db):
    return pcm.to_int16(np.random.default_rng(1).normal(0, 10 ** (db / 20), LOOP_RATE))


@pytest.mark.parametrize(
    ("samples", "state"),
    [
        ([], "silent"),
        (np.zeros(LOOP_RATE), "silent"),
        (noise(-80), "silent"),
        (noise(-55), "quiet"),
        (noise(-30), "good"),
        (chirp().samples, "good"),
        (chirp().samples // 200, "quiet"),
        (np.clip(chirp().samples * 5.0, -32768, 32767), "clipping"),
        (np.full(5, 100), "quiet"),
    ],
)
def test_a_recording_is_judged(samples, state):
    verdict = judge(Speech(np.array(samples, np.int16), LOOP_RATE))
    assert verdict.state == state
    assert verdict.sentence.endswith(".")


@pytest.mark.sound
def test_the_devices_of_this_machine(sound):
    known = {d.name: d for d in devices.devices()}
    assert known.keys() == {"default", "spare"}
    assert known["default"].default_input
    assert known["default"].default_output
    assert not known["spare"].default_input
    assert known["spare"].inputs > 0
    assert devices.find("SPA", "input") == known["spare"]


@pytest.mark.sound
def test_devices_are_listed_while_another_thread_looks_for_new_ones(sound):
    """The library is restarted for that, and knew no devices meanwhile: the loop ended by it."""
    failures = []

    def look():
        try:
            for _ in range(40):
                devices.find("default", "output")
        except Exception as error:  # noqa: BLE001 - whatever it is, there must be none
            failures.append(error)

    thread = threading.Thread(target=look)
    thread.start()
    while thread.is_alive():
        portaudio.refresh()
    thread.join()
    assert failures == []
