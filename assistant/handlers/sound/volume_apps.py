"""The volume of one program, while it plays something."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import pulsectl

from assistant import spoken
from assistant.errors import FunctionError
from assistant.handlers.contract import Family, Listed, Request, function
from assistant.handlers.desktop.installed import Installed, names_of, sounding
from assistant.handlers.sound import pulse
from assistant.types import Reply

_STEP = 10  # percent

App = Annotated[str, Listed("programs")]
Program = Annotated[str, 3]  # whatever else somebody calls one


class VolumeOfApps(Family):
    """Of a program by its name: louder, quieter, off."""

    def __init__(self, installed: Installed | None = None) -> None:
        """installed: the programs whose names are known."""
        self._installed = installed or Installed()

    def listed(self, name: str, language: str) -> Mapping[str, Any]:
        """The programs that may be named, each phrase with the name to go by."""
        return sounding(self._installed, language)

    @function(
        en=[
            "<set> <of> {app} [(up|down)] (to|at) {level}",
            "<set> <of> {program} [(up|down)] (to|at) {level}",
            "(set|turn|put) [the] {app} [(up|down)] (to|at) {level} [volume]",
            "[(set|change|turn|put|adjust)] [the] {app} volume [(to|at)] {level}",
        ],
        es=[
            "<set> <of> {app} (a|al|hasta|hasta el) {level}",
            "<set> <of> {program} (a|al|hasta|hasta el) {level}",
            "(<up>|<down>|pon|ponga|poné|poner) [(el|la)] {app} (a|al|hasta|hasta el) {level}",
        ],
        help={
            "en": "set the volume of firefox to thirty percent",
            "es": "pon el volumen de firefox al treinta",
        },
        ahead=True,
    )
    def app_set(self, request: Request, level: int, app: App = "", program: Program = "") -> Reply:
        if not 0 <= level <= 100:
            raise request.error(
                "The volume goes from zero to one hundred.", "El volumen va de cero a cien."
            )
        return self._change(request, app or program, lambda _: level)

    @function(
        en=[
            "(turn|crank|put|bring|make) (<of>|[the]) {app} (up|louder|<some> louder)"
            " (<some>|by {by})",
            "((turn|crank|pump) up|increase|raise|boost) (<of>|[the]) {app} (<some>|by {by})",
            "(turn up|increase|raise|boost) <of> {program}",
        ],
        es=[
            "<up> <some> (<of>|[(el|la|a)]) {app} (<some>|[(un|en un|en)] {by})",
            "<up> <some> <of> {program}",
        ],
        help={"en": "turn up firefox", "es": "sube firefox"},
        ahead=True,
    )
    def app_up(
        self, request: Request, by: int = _STEP, app: App = "", program: Program = ""
    ) -> Reply:
        return self._change(request, app or program, lambda level: level + by)

    @function(
        en=[
            "(turn|put|bring|make) (<of>|[the]) {app} (down|quieter|softer|<some> quieter)"
            " (<some>|by {by})",
            "((turn|bring) down|lower|decrease|reduce|drop) (<of>|[the]) {app} (<some>|by {by})",
            "(turn down|lower|decrease|reduce) <of> {program}",
        ],
        es=[
            "<down> <some> (<of>|[(el|la|a)]) {app} (<some>|[(un|en un|en)] {by})",
            "<down> <some> <of> {program}",
        ],
        help={"en": "turn down firefox", "es": "baja firefox"},
        ahead=True,
    )
    def app_down(
        self, request: Request, by: int = _STEP, app: App = "", program: Program = ""
    ) -> Reply:
        return self._change(request, app or program, lambda level: level - by)

    @function(
        en=[
            "(mute|silence) [(the sound|the audio|the volume) (of|from|on)] [the] {app}",
            "(turn|switch|shut) off (<of>|the sound of) [the] {app}",
            "(mute|silence) (the sound|the audio|the volume) (of|from) {program}",
        ],
        es=[
            "(silencia|silencie|silenciar|silenciá|enmudece|mutea)"
            " [(el sonido|el audio|el volumen) (de|del)] [(el|la|a)] {app}",
            "(quita|quitar|apaga|apagar|corta|quítale) (el sonido|el audio|el volumen)"
            " (a|al|de|del) {app}",
            "(quita|quitar|silencia|silenciar|quítale) (el sonido|el audio) (a|al|de|del)"
            " {program}",
        ],
        help={"en": "mute firefox", "es": "silencia firefox"},
    )
    def app_mute(self, request: Request, app: App = "", program: Program = "") -> Reply:
        undo = self._do(request, app or program, _mute)
        return request.say(
            "{app} is muted.", "{app} está en silencio.", app=_title(app or program), undo=undo
        )

    @function(
        en=[
            "unmute [(the sound|the audio|the volume) (of|from|on)] [the] {app}",
            "(turn|switch) [back] on (<of>|the sound of) [the] {app}",
            "unmute (the sound|the audio|the volume) (of|from) {program}",
        ],
        es=[
            "(activa|activar|reactiva|devuelve|pon) (el sonido|el audio) (de|del|a|al) {app}",
            "(desmutea|desilencia|quita el silencio a|quita el silencio de) {app}",
            "(activa|activar|reactiva|devuelve) (el sonido|el audio) (de|del|a|al) {program}",
        ],
    )
    def app_unmute(self, request: Request, app: App = "", program: Program = "") -> Reply:
        undo = self._do(request, app or program, _unmute)
        return request.say(
            "{app} sounds again.", "{app} vuelve a sonar.", app=_title(app or program), undo=undo
        )

    @function(
        en=["(what is|tell me|how loud is) (<of>|[the]) {app} [volume]"],
        es=["(cuál es|dime|a cuánto está) <of> {app}", "(a qué|qué) volumen (está|tiene) {app}"],
        ahead=True,
    )
    def app_level(self, request: Request, app: App) -> Reply:
        def read(server: pulsectl.Pulse) -> tuple[int, bool]:
            streams = self._streams(request, server, app)
            loudest = max(streams, key=pulse.percent)
            return pulse.percent(loudest), all(stream.mute for stream in streams)

        level, muted = pulse.ask(read)
        words = spoken.percent(level, request.language)
        if muted:
            return request.say("{app} is muted.", "{app} está en silencio.", app=_title(app))
        return request.say(
            "{app} is at {level}.", "{app} está al {level}.", app=_title(app), level=words
        )

    def _change(self, request: Request, app: str, new: Callable[[int], int]) -> Reply:
        """The volume of all that a program plays will be what `new` makes of the loudest."""
        now = pulse.ask(lambda server: max(map(pulse.percent, self._streams(request, server, app))))
        level = min(max(new(now), 0), 100)
        undos: list[Callable[[], None]] = []

        def change(server: pulsectl.Pulse, stream: pulsectl.PulseSinkInputInfo) -> None:
            pulse.set_level(server, stream, level)

        return request.say(
            "{app} volume {level}.",
            "Volumen de {app} al {level}.",
            then=lambda: undos.append(self._do(request, app, change)),
            undo=lambda: [undo() for undo in undos],
            app=_title(app),
            level=spoken.percent(level, request.language),
        )

    def _do(
        self,
        request: Request,
        app: str,
        change: Callable[[pulsectl.Pulse, pulsectl.PulseSinkInputInfo], None],
    ) -> Callable[[], None]:
        """Change every stream of a program; what is returned takes that back, where they last."""
        before: dict[int, pulse.Loudness] = {}

        def run(server: pulsectl.Pulse) -> None:
            for stream in self._streams(request, server, app):
                before[stream.index] = pulse.loudness(stream)
                change(server, stream)

        def give_back(server: pulsectl.Pulse) -> None:
            for stream in server.sink_input_list():
                if stream.index in before:
                    pulse.set_loudness(server, stream, before[stream.index])

        pulse.ask(run)
        return lambda: pulse.ask(give_back)

    def _streams(
        self, request: Request, server: pulsectl.Pulse, app: str
    ) -> list[pulsectl.PulseSinkInputInfo]:
        """What a program plays. Raises FunctionError, which names what does play, if nothing."""
        if found := pulse.streams_of(server, names_of(self._installed, app)):
            return found
        playing = sorted({name for s in server.sink_input_list() if (name := pulse.program(s))})
        raise _silent(request, app, playing)


def _silent(request: Request, app: str, playing: list[str]) -> FunctionError:
    if not playing:
        return request.error("Nothing plays any sound.", "No suena nada.")
    return request.error(
        "{app} plays no sound. I hear {playing}.",
        "{app} no suena. Suena {playing}.",
        app=_title(app),
        playing=playing,
    )


def _mute(server: pulsectl.Pulse, stream: pulsectl.PulseSinkInputInfo) -> None:
    server.mute(stream, True)


def _unmute(server: pulsectl.Pulse, stream: pulsectl.PulseSinkInputInfo) -> None:
    server.mute(stream, False)


def _title(app: str) -> str:
    return app[:1].upper() + app[1:]
