"""Outputs of machines that are not here: cards with ports and profiles, as servers tell them."""

from types import SimpleNamespace as Thing

from assistant.handlers.sound.pulse_outputs import meant, outputs

SPEAKERS = Thing(name="analog-output-speaker", description="Speakers", available="unknown")
HEADPHONES = Thing(name="analog-output-headphones", description="Headphones", available="no")
ANALOG = Thing(
    name="alsa_output.pci-0000_00_1f.3.analog-stereo",
    description="Built-in Audio Analog Stereo",
    proplist={"device.bus": "pci", "device.form_factor": "internal"},
    port_list=[SPEAKERS, HEADPHONES],
    port_active=SPEAKERS,
    card=0,
)
BUDS = Thing(
    name="bluez_output.00_11_22.a2dp-sink",
    description="Pixel Buds",
    proplist={"device.bus": "bluetooth", "device.form_factor": "headset"},
    port_list=[],
    port_active=None,
    card=1,
)
CARD = Thing(
    name="alsa_card.pci-0000_00_1f.3",
    proplist={"device.description": "Built-in Audio"},
    profile_active=Thing(name="output:analog-stereo+input:analog-stereo"),
    profile_list=[
        Thing(name="output:analog-stereo+input:analog-stereo", description="Analog Stereo Duplex",
              n_sinks=1, n_sources=1, priority=6565, available=1),
        Thing(name="output:hdmi-stereo", description="Digital Stereo (HDMI) Output",
              n_sinks=1, n_sources=0, priority=5900, available=1),
        Thing(name="output:hdmi-stereo+input:analog-stereo",
              description="Digital Stereo (HDMI) Output + Analog Stereo Input",
              n_sinks=1, n_sources=1, priority=5965, available=1),
        Thing(name="output:hdmi-extra1", description="Digital Stereo (HDMI 2) Output",
              n_sinks=1, n_sources=0, priority=5700, available=0),
        Thing(name="off", description="Off", n_sinks=0, n_sources=0, priority=0, available=1),
    ],
)  # fmt: skip


def places(*sinks):
    return outputs(sinks, [CARD], ANALOG.name)


def test_each_port_is_a_place():
    found = places(ANALOG)
    assert [(p.label, p.plugged, p.active) for p in found[:2]] == [
        ("Speakers", True, True),
        ("Headphones", False, False),
    ]


def test_headphones_that_are_plugged_in_come_first():
    assert [p.label for p in meant(places(ANALOG, BUDS), "headphones")] == [
        "Pixel Buds",
        "Headphones (Built-in Audio Analog Stereo)",
    ]


def test_a_profile_that_keeps_the_microphone_is_preferred():
    best = meant(places(ANALOG), "hdmi")[0]
    assert best.profile == "output:hdmi-stereo+input:analog-stereo"


def test_a_name_of_several_words_and_a_slip():
    assert [p.label for p in meant(places(ANALOG, BUDS), "the pixel bads")] == ["Pixel Buds"]
    assert meant(places(ANALOG, BUDS), "kitchen radio") == []
    assert meant(places(ANALOG, BUDS), "the") == []
