"""Where sound can come out, and which of the places somebody means. Pure, but for `choose`.

A sound card has ports ("Headphones", "Speakers") on the output that it shows now, and profiles
that show another one (HDMI).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulsectl
from rapidfuzz import fuzz

# The words by which devices call the kinds that people name.
KINDS: Mapping[str, frozenset[str]] = {
    "headphones": frozenset("headphone headphones headset earphones earbuds headphones2".split()),
    "speakers": frozenset("speaker speakers lautsprecher altavoces".split()),
    "hdmi": frozenset("hdmi displayport".split()),
    "bluetooth": frozenset("bluetooth bluez bluez5".split()),
    "usb": frozenset(["usb"]),
}
_ALIKE = 75  # of 100: a word that was heard a little wrong, among the few outputs of a machine
_GENERAL = frozenset("the my el la los las mi mis de del output device salida dispositivo".split())
_PROPERTIES = ("device.form_factor", "device.bus", "device.product.name", "device.api")


@dataclass(frozen=True, slots=True)
class Output:
    """A place where sound can come out."""

    label: str  # as it is called to people
    words: frozenset[str]  # all that is known of it
    sink: str = ""  # the name of the output; empty: a profile must bring it
    port: str = ""
    card: str = ""
    profile: str = ""
    plugged: bool = True  # as far as the machine can tell
    active: bool = False  # it is the default


def outputs(
    sinks: Sequence[pulsectl.PulseSinkInfo], cards: Sequence[pulsectl.PulseCardInfo], default: str
) -> list[Output]:
    """All places, those that the cards show now before those that a profile would bring."""
    found: list[Output] = []
    for sink in sinks:
        known = [sink.description, sink.name, *(sink.proplist.get(k, "") for k in _PROPERTIES)]
        if not sink.port_list:
            active = sink.name == default
            found.append(Output(sink.description, _words(*known), sink.name, active=active))
        for port in sink.port_list:
            at_work = sink.port_active is not None and port.name == sink.port_active.name
            found.append(
                Output(
                    _label(port.description, sink.description, len(sinks)),
                    _words(*known, port.description, port.name),
                    sink.name,
                    port.name,
                    plugged=port.available != "no",
                    active=sink.name == default and at_work,
                )
            )
    for card in cards:
        found += _profiles(card)
    return found


def _profiles(card: pulsectl.PulseCardInfo) -> list[Output]:
    """What the other profiles of a card would bring; for each output, the one that keeps inputs."""
    now = card.profile_active.name if card.profile_active else ""
    usable = [p for p in card.profile_list if p.n_sinks and p.available and p.name != now]
    usable.sort(key=lambda p: (-p.n_sources, -p.priority))
    name = card.proplist.get("device.description", card.name)
    return [
        Output(p.description, _words(p.description, p.name, name), card=card.name, profile=p.name)
        for p in usable
    ]


def meant(places: Sequence[Output], said: str) -> list[Output]:
    """The places that somebody may mean by a kind ("headphones") or a name, the best first."""
    if said in KINDS:
        fit = [place for place in places if place.words & KINDS[said]]
    else:
        wanted = _words(said) - _GENERAL
        fit = [place for place in places if wanted and _contains(place, wanted)]
    return sorted(fit, key=lambda p: (not p.plugged, not p.sink, p.active))


def _contains(place: Output, wanted: frozenset[str]) -> bool:
    return all(
        word in place.words
        or (len(word) > 3 and any(fuzz.ratio(word, known) >= _ALIKE for known in place.words))
        for word in wanted
    )


def choose(server: pulsectl.Pulse, place: Output) -> None:
    """Let sound come out there, also that which plays already."""
    if place.profile:
        card = server.get_card_by_name(place.card)
        server.card_profile_set(card, place.profile)
        sink = next(s for s in server.sink_list() if s.card == card.index)
    else:
        sink = server.get_sink_by_name(place.sink)
        if place.port:
            server.port_set(sink, place.port)
    server.default_set(sink)
    for stream in server.sink_input_list():
        if stream.sink != sink.index:
            server.sink_input_move(stream.index, sink.index)


def _label(port: str, sink: str, many: int) -> str:
    """Ports of several cards have the same names."""
    return f"{port} ({sink})" if many > 1 else port


def _words(*texts: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", " ".join(map(_without_accents, texts)).casefold()))


def _without_accents(text: str) -> str:
    letters = unicodedata.normalize("NFD", text)
    return "".join(c for c in letters if not unicodedata.combining(c))
