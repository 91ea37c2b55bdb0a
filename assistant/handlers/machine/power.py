"""Locking, sleeping, and ending: through logind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import ClassVar

from assistant import spoken
from assistant.handlers.contract import ByLanguage, Family, Request, function
from assistant.handlers.machine import logind
from assistant.handlers.machine.logind import Action
from assistant.types import Reply

_TIME_TO_SPEAK = dt.timedelta(seconds=10)
"""From "powering off" to the end: for the sentence to be heard, and for a change of mind."""
_NONE = {
    "en": "There is no logind on this machine, which locks and powers off others.",
    "es": "En esta máquina no hay logind, que es quien bloquea y apaga.",
}
_CANNOT: Mapping[Action, tuple[str, str]] = {
    "PowerOff": ("This machine cannot power itself off.", "Esta máquina no puede apagarse sola."),
    "Reboot": ("This machine cannot restart itself.", "Esta máquina no puede reiniciarse sola."),
    "Suspend": ("This machine cannot be suspended.", "Esta máquina no se puede suspender."),
    "Hibernate": (
        "This machine cannot hibernate: it has no swap for its memory, or the system forbids it.",
        "Esta máquina no puede hibernar: le falta espacio de intercambio, o el sistema lo prohíbe.",
    ),
}


class Power(Family):
    name = "power"
    topic: ClassVar[ByLanguage] = {
        "en": "(locking|shutting down|turning off the computer)",
        "es": "(apagar|bloquear|apagar el ordenador)",
    }
    rules: ClassVar[Mapping[str, ByLanguage]] = {
        "en": {
            "box": "[(the|my|this)] (computer|laptop|machine|pc|system|desktop|notebook"
            "|raspberry pi|jetson)",
            "self": "(<box>|yourself)",
            "when": "[(in {length}|at {time})]",
        },
        "es": {
            "box": "[(el|la|mi|este|esta)] (ordenador|portátil|computadora|compu|máquina|equipo|pc"
            "|sistema|laptop|raspberry|jetson)",
            "when": "[(en {length}|dentro de {length}|a {time}|a las {time})]",
        },
    }

    def unavailable(self) -> ByLanguage | None:
        return None if logind.running() else _NONE

    @function(
        en=[
            "lock [(the|my)] (screen|session|display)",
            "lock (<box>|it up|everything)",
            "lock me out",
            "screen lock",
        ],
        es=[
            "(bloquea|bloquee|bloquear|bloqueá|bloquéame) (la pantalla|la sesión|<box>)",
            "bloqueo de pantalla",
        ],
        help={"en": "lock the screen", "es": "bloquea la pantalla"},
    )
    def lock(self, request: Request) -> Reply:
        logind.lock()
        return request.say("The screen is being locked.", "Se está bloqueando la pantalla.")

    @function(
        en=[
            "suspend [<self>]",
            "(put|send) <self> to sleep",
            "(go to|go into|enter|activate|switch to) (sleep mode|standby|suspend mode)",
            "(sleep mode|standby)",
            "go to sleep <box>",
        ],
        es=[
            "(suspende|suspenda|suspender|suspendé) [<box>]",
            "(pon|poner|ponga|poné) <box> (a dormir|en reposo|en suspensión|en modo reposo)",
            "(suspéndete|ponte en reposo|entra en reposo)",
            "(modo reposo|modo suspensión)",
        ],
        help={"en": "put the computer to sleep", "es": "suspende el ordenador"},
        own_words=True,
    )
    def suspend(self, request: Request) -> Reply:
        return self._sleep(request, "Suspend")

    @function(
        en=["hibernate [<self>]", "(put|send) <self> into hibernation"],
        es=["(hiberna|hiberne|hibernar|hiberná) [<box>]", "pon <box> en hibernación"],
        own_words=True,
    )
    def hibernate(self, request: Request) -> Reply:
        return self._sleep(request, "Hibernate")

    @function(
        en=[
            "(shut down|shutdown|power down|power off) [<self>] <when>",
            "(turn|switch|shut|power) <self> (off|down) <when>",
            "(turn|switch) off <self> <when>",
        ],
        es=[
            "(apaga|apague|apagar|apagá) <box> <when>",
            "(apágate|apágese|apagarte) [del todo] <when>",
        ],
        help={"en": "shut down the computer", "es": "apaga el ordenador"},
        dangerous=True,
        confirm={"en": "Shall I power off the machine?", "es": "¿Apago la máquina?"},
    )
    def off(
        self, request: Request, length: dt.timedelta | None = None, time: dt.time | None = None
    ) -> Reply:
        at, left = _when(request, length, time)
        self._end(request, "PowerOff", at)
        return request.say(
            "Powering off in {left}.", "Me apago en {left}.", left=left, undo=logind.cancel
        )

    @function(
        en=[
            "(reboot|restart) <self> <when>",
            "reboot <when>",
            "(start|boot) <self> again",
            "turn <self> off and on again",
        ],
        es=[
            "(reinicia|reinicie|reiniciar|reiniciá) <box> <when>",
            "(reiníciate|reiniciarte|reinicia) <when>",
            "(vuelve a arrancar|apaga y enciende) <box>",
        ],
        help={"en": "restart the computer", "es": "reinicia el ordenador"},
        dangerous=True,
        confirm={"en": "Shall I restart the machine?", "es": "¿Reinicio la máquina?"},
    )
    def reboot(
        self, request: Request, length: dt.timedelta | None = None, time: dt.time | None = None
    ) -> Reply:
        at, left = _when(request, length, time)
        self._end(request, "Reboot", at)
        return request.say(
            "Restarting in {left}.", "Reinicio en {left}.", left=left, undo=logind.cancel
        )

    @function(
        en=[
            "(cancel|stop|abort|call off) the (shutdown|shut down|reboot|restart|power off)",
            "(do not|never mind) (shut down|reboot|restart|power off)",
        ],
        es=[
            "(cancela|cancele|cancelar|para|detén|anula) (el apagado|el reinicio)",
            "no (te apagues|te reinicies|apagues|reinicies) [<box>]",
        ],
    )
    def keep_on(self, request: Request) -> Reply:
        if not logind.cancel():
            return request.say("No shutdown was planned.", "No había ningún apagado previsto.")
        return request.say("The machine stays on.", "La máquina sigue encendida.")

    @function(
        en=[
            "when (will|do) (you|<box>) (shut down|reboot|restart|turn off|power off)",
            "is (a|any) (shutdown|reboot|restart) (planned|scheduled|pending)",
        ],
        es=[
            "cuándo (te apagas|te reinicias|se apaga <box>|se reinicia <box>)",
            "hay (un|algún) (apagado|reinicio) (previsto|programado|pendiente)",
        ],
        ahead=True,
    )
    def planned(self, request: Request) -> Reply:
        found = logind.scheduled()
        if found is None:
            return request.say("No shutdown is planned.", "No hay ningún apagado previsto.")
        kind, at = found
        restarts = kind == "reboot"
        return request.say(
            "The machine restarts in {left}." if restarts else "The machine powers off in {left}.",
            "La máquina se reinicia en {left}." if restarts else "La máquina se apaga en {left}.",
            left=max(at - request.now, dt.timedelta(seconds=1)),
        )

    @function(
        en=["(log|sign) (out|me out|off|me off)", "(end|close|log out of) (my|the|this) session"],
        es=[
            "(cierra|cierre|cerrar|cerrá|termina) (la|mi) sesión",
            "(cierra|cerrar) sesión",
            "salir de la sesión",
        ],
        dangerous=True,
        confirm={
            "en": "Shall I log you out? What is not saved is lost.",
            "es": "¿Cierro tu sesión? Lo que no esté guardado se pierde.",
        },
    )
    def log_out(self, request: Request) -> Reply:
        logind.log_out()
        return request.say("Logging out.", "Cierro la sesión.")

    def _sleep(self, request: Request, action: Action) -> Reply:
        """Silent: a reply would be cut in two, and its rest be heard at waking up."""
        self._check(request, action)
        logind.sleep(action)
        return Reply("", request.language)

    def _end(self, request: Request, action: Action, at: dt.datetime) -> None:
        self._check(request, action)
        logind.end(action, at, request.now)

    def _check(self, request: Request, action: Action) -> None:
        """Raise FunctionError, with the reason, when it would not be done."""
        answer = logind.can(action)
        if answer == "na":
            raise request.error(*_CANNOT[action])
        if answer in ("no", "challenge"):
            raise request.error(
                "The system asks for a password before it lets me do that.",
                "El sistema pide una contraseña antes de dejarme hacer eso.",
            )
        sleeps = action in ("Suspend", "Hibernate")
        if blocked := logind.blocker("sleep" if sleeps else "shutdown"):
            raise request.error(
                "{who} does not want that now: {why}.", "{who} no lo permite ahora: {why}.",
                who=blocked[0], why=blocked[1],
            )  # fmt: skip


def _when(
    request: Request, length: dt.timedelta | None, time: dt.time | None
) -> tuple[dt.datetime, str]:
    """The moment of the end, and how long until then, in words."""
    if time is not None:
        at = request.now.replace(hour=time.hour, minute=time.minute, second=0, microsecond=0)
        at += dt.timedelta(days=at <= request.now)
    else:
        at = request.now + (length or _TIME_TO_SPEAK)
    left = at - request.now
    if left > dt.timedelta(minutes=1):
        left = dt.timedelta(minutes=round(left / dt.timedelta(minutes=1)))
    return at, spoken.duration(left, request.language)
