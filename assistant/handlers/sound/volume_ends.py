"""Changes of the volume: all of it, half of it, as little as can be heard."""

from __future__ import annotations

from collections.abc import Callable

import pulsectl

from assistant import spoken
from assistant.handlers.contract import Family, Request, function
from assistant.handlers.sound import pulse
from assistant.handlers.sound.volume_mute import give_back
from assistant.types import Reply

_LOWEST = 5  # percent


class Ends(Family):
    """The part of `Volume` for levels that have a name; its rules are there."""

    @function(
        en=[
            "(cut|reduce|lower|bring|turn|decrease|set|put) <vol> [down] [(by|to|in)] half [of"
            " what it"
            " is]",
            "(halve <vol>|half [the] volume|half as loud)",
            "(turn|bring|cut) down <vol> by half",
        ],
        es=["(<down>|pon|poner) <vol> (a|por) [la] mitad", "la mitad de volumen"],
        ahead=True,
    )
    def half(self, request: Request) -> Reply:
        return change(request, lambda level: level // 2)

    @function(
        en=[
            "(set|turn|put|bring|lower|reduce|decrease) <vol> [down] [(to|at|on)] [(the|its)]"
            " (min|minimum|lowest|quietest|least|softest) [(level|setting|volume)]",
            "(min|minimum|lowest) <vol>",
            "as (quiet|low|soft) as (possible|you can|it goes)",
        ],
        es=[
            "(pon|poner|<down>) <vol> (al|a lo) (mínimo|más bajo)",
            "(volumen mínimo|volumen al mínimo|lo más bajo posible)",
        ],
        ahead=True,
    )
    def least(self, request: Request) -> Reply:
        """As low as it can still be heard."""
        return change(request, lambda _: _LOWEST)

    @function(
        en=[
            "(set|turn|put|crank|bring|raise|increase) <vol> [up] [to] [(the|its|full|all the way)]"
            " (max|maximum|full|loudest|highest|loudest setting)",
            "(max|maximum|full) <vol>",
            "(turn it|turn <vol>) (all the way|fully) up",
            "as loud as (possible|you can)",
        ],
        es=[
            "(pon|poner|<up>) <vol> (al (máximo|tope)|a tope|a lo máximo|a todo [volumen])",
            "(a todo volumen|volumen máximo|volumen a tope|a tope|volumen al máximo)",
        ],
        ahead=True,
    )
    def full(self, request: Request) -> Reply:
        return change(request, lambda _: 100)


def change(request: Request, new: Callable[[int], int]) -> Reply:
    """The volume will be what `new` makes of it, at most 100 %, and unmuted."""
    now = pulse.ask(lambda server: pulse.percent(pulse.speaker(server)))
    level = min(max(new(now), 0), 100)
    before: list[tuple[str, pulse.Loudness]] = []

    def put(server: pulsectl.Pulse) -> None:
        speaker = pulse.speaker(server)
        before.append((speaker.name, pulse.loudness(speaker)))
        pulse.set_level(server, speaker, level)

    return request.say(
        "Volume {level}.",
        "Volumen al {level}.",
        then=lambda: pulse.ask(put),
        undo=lambda: give_back(before),
        level=spoken.percent(level, request.language),
    )
