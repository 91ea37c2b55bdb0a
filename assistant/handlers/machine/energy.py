"""What the assistant itself costs, how long that can go on, and why it does less at times."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from assistant import spoken
from assistant.handlers.contract import ByLanguage, Family, Request, function
from assistant.power import kept, power_supply, words
from assistant.power.kept import Day
from assistant.power.power_supply import Charge
from assistant.power.sensors.battery import full, left
from assistant.power.standing import Standing
from assistant.types import Reply

_WEEK = 7
_ENOUGH = 600.0
"""Seconds of measured waiting from which on something can be said of hours."""


class Energy(Family):
    name = "energy"
    topic: ClassVar[ByLanguage] = {
        "en": "[your] (energy|consumption)",
        "es": "[tu] (energía|consumo)",
    }
    rules: ClassVar[Mapping[str, ByLanguage]] = {
        "en": {"energy": "(battery|power|energy|electricity|charge|juice)"},
        "es": {"energy": "(batería|energía|electricidad|corriente|carga)"},
    }

    def __init__(self, root: Path, days: Callable[[], Mapping[str, Day]] = kept.days) -> None:
        """root: of the file system, with the batteries. days: what was used, by date."""
        self._root = root
        self._days = days
        self.standing: Standing | None = None
        """What is in force; set where engines run."""

    @function(
        en=[
            "why are you [(so|being|getting|being so|getting so)]"
            " (slow|slower|sluggish|lagging|laggy) [(today|now|right now|suddenly)]",
            "why (do|did) you take so long",
            "why did (it|that) take so long",
            "what is (slowing you down|taking you so long|holding you back)",
            "are you (saving power|in power saving mode|in low power mode|throttled)",
            "why (won't|don't|can't|aren't) you (answer|answering) [(my|open)] questions",
            "why have you stopped answering [(my|open)] questions",
        ],
        es=[
            "por qué (estás|eres|vas|te has vuelto) [(tan|muy|más)] (lento|lenta|despacio)"
            " [(hoy|ahora)]",
            "por qué (tardas|tardaste|has tardado|demoras|te demoras|te tardas) [tanto]",
            "qué te (frena|hace ir lento|retrasa|está frenando)",
            "(estás|está) (ahorrando|en modo de ahorro|en modo ahorro|en bajo consumo) [energía]",
            "por qué no (contestas|respondes) [(a|mis)] [preguntas]",
        ],
        help={"en": "why are you slow", "es": "por qué vas tan lento"},
        ahead=True,
    )
    def why_slow(self, request: Request) -> Reply:
        standing = self.standing
        if standing is None or not standing.taken:
            return self._not_held_back(request, standing)
        reason = words.why(standing.taken, request.language, standing.conditions)
        effect = words.effects(standing, request.language)
        if not effect:
            return request.say(
                "I could do less, because {why}, but it changes nothing that you would notice.",
                "Podría hacer menos, porque {why}, pero no cambia nada que se note.",
                why=reason,
            )
        return request.say("Because {why}: {effect}.", "Porque {why}: {effect}.",
                           why=reason, effect=effect)  # fmt: skip

    def _not_held_back(self, request: Request, standing: Standing | None) -> Reply:
        load = standing.conditions.load if standing is not None else None
        if load is None or load < 0.25:
            return request.say(
                "Nothing holds me back: I have power, memory and a cool processor.",
                "Nada me frena: tengo energía, memoria y el procesador fresco.",
            )
        return request.say(
            "I hold nothing back, but other programs use {share} of the processor.",
            "Yo no me freno, pero otros programas usan el {share} del procesador.",
            share=spoken.percent(round(100 * load), request.language),
        )

    @function(
        en=[
            "how much <energy> (have you|did you|do you) (used|use|consumed|consume|spent|spend"
            "|drained|drain|cost|need|needed) [today]",
            "how much [of] (the|my) <energy> (have you|did you) (used|use|consumed|spent|drained)"
            " [today]",
            "(what|how much) [<energy>] (do you|have you|did you) (cost|cost me|costed) [today]",
            "what is your (consumption|energy consumption|power consumption|energy use) [today]",
            "how much [<energy>] (have you been|are you) (using|consuming|drawing) [today]",
        ],
        es=[
            "cuánta <energy> (has|te has|hás) (usado|gastado|consumido) [hoy]",
            "cuánta <energy> (usaste|gastaste|consumiste|gastas|usas|consumes|estás gastando"
            "|estás usando|ha usado usted|ha gastado usted) [hoy]",
            "cuánto (has|te has) (gastado|consumido) [(hoy|de batería|de energía)]",
            "cuánto (gastas|consumes|gastaste|consumiste) [(hoy|de batería|de energía)]",
            "(cuál es|dime) tu consumo [(de hoy|de energía|hoy)]",
        ],
        help={
            "en": "how much battery have you used today",
            "es": "cuánta batería has gastado hoy",
        },
        ahead=True,
    )
    def used_today(self, request: Request) -> Reply:
        day = self._days().get(request.now.date().isoformat())
        if day is None or day.seconds <= 0:
            return request.say(
                "I have measured nothing yet today.", "Hoy todavía no he medido nada."
            )
        amount = self._amount(day.ours, request)
        commands = spoken.count(day.turns, "command", "commands", request.language)
        if request.language == "es":
            commands = spoken.count(day.turns, "orden", "órdenes", request.language, feminine=True)
        if day.estimated:
            return request.say(
                "{amount} today, with {commands}. That is an estimate from processor time: "
                "no meter works here.",
                "{amount} hoy, con {commands}. Es una estimación por el tiempo de procesador: "
                "aquí no hay medidor.",
                amount=amount, commands=commands,
            )  # fmt: skip
        return request.say(
            "{amount} today, with {commands}; it may be {error} more or less.",
            "{amount} hoy, con {commands}; puede ser un {error} más o menos.",
            amount=amount, commands=commands,
            error=spoken.percent(max(round(100 * day.error_share), 1), request.language),
        )  # fmt: skip

    @function(
        en=[
            "how (long|much longer|much time) (will|do|can|are) you [going to]"
            " (last|run|hold out|keep going|hold up) [for] [(on battery|like this|on this charge)]",
            "how long (will|would|does) the battery last with you [(running|on)]",
            "how long can (we|i) keep talking",
            "how many [more] (commands|questions|requests) can you [still] (do|answer|take)",
        ],
        es=[
            "cuánto [tiempo] (durarás|aguantarás|vas a durar|vas a aguantar|duras|aguantas)"
            " [(así|con esta carga|con batería)]",
            "cuánto [tiempo] (te queda|puedes aguantar|puedes durar)",
            "cuántas (órdenes|preguntas) (puedes|podrás) [aún] (hacer|contestar|responder|atender)",
        ],
        help={"en": "how long will you last", "es": "cuánto vas a durar"},
        ahead=True,
    )
    def lasts(self, request: Request) -> Reply:
        held, charge = left(self._root), power_supply.read(self._root)
        if held is None or charge is None:
            return self._no_battery(request)
        week = [day for _, day in sorted(self._days().items())[-_WEEK:] if day.whole]
        seconds, joules = sum(day.seconds for day in week), sum(day.all for day in week)
        measured = seconds >= _ENOUGH and joules > 0
        if not measured and charge.flow != "discharging":
            return self._no_battery(request)
        if not measured and charge.time is None:
            return request.say(
                "I cannot tell yet: I have measured for less than ten minutes.",
                "Todavía no lo sé: llevo menos de diez minutos midiendo.",
            )
        if not measured:
            return self._at_this_rate(charge, request)
        return self._as_lately(held * seconds / joules, week, request)

    def _at_this_rate(self, charge: Charge, request: Request) -> Reply:
        return request.say(
            "About {time}, at the rate of this moment; I have not measured my own share yet.",
            "Más o menos {time}, al ritmo de este momento; aún no he medido mi parte.",
            time=charge.time,
        )

    def _as_lately(self, seconds: float, week: Sequence[Day], request: Request) -> Reply:
        """seconds: that the charge lasts at the mean of these days."""
        share = 100 * sum(day.ours for day in week) / sum(day.all for day in week)
        ours = spoken.percent(max(round(share), 1), request.language)
        if any(day.estimated for day in week):
            return request.say(
                "Roughly {time}, if it is used as in the last days; my share is {ours}. Both are "
                "estimates: no meter works here.",
                "Más o menos {time}, si se usa como estos días; mi parte es el {ours}. Ambas son "
                "estimaciones: aquí no hay medidor.",
                time=_rounded(dt.timedelta(seconds=seconds)), ours=ours,
            )  # fmt: skip
        return request.say(
            "About {time}, if it is used as in the last days; my share of that is {ours}.",
            "Más o menos {time}, si se usa como estos días; mi parte es el {ours}.",
            time=_rounded(dt.timedelta(seconds=seconds)), ours=ours,
        )  # fmt: skip

    @function(
        en=[
            "save [(some|more)] (power|battery|energy) [please]",
            "(turn on|enable|start|activate|go into|go to|enter|use) [the] (power|battery|energy)"
            " (saving|saver) [mode]",
            "(turn on|enable|go into|enter|use) [the] low power mode",
            "(use|do) less (power|energy|battery)",
        ],
        es=[
            "(ahorra|ahorrá|ahorre|ahorrar) [(algo de|más)] (batería|energía)",
            "(activa|activá|active|activar|pon|poné|ponga|entra en|usa) [el] [modo] [de] (ahorro"
            "|ahorro de energía|ahorro de batería|bajo consumo)",
            "(gasta|gastá|gaste|consume|consuma) menos [(batería|energía)]",
        ],
        help={"en": "save power", "es": "ahorra energía"},
    )
    def save(self, request: Request) -> Reply:
        return self._pin(request, True)

    @function(
        en=[
            "(stop|no more|quit) saving (power|battery|energy)",
            "(turn off|disable|stop|leave|exit|end) [the] (power|battery|energy) (saving|saver)"
            " [mode]",
            "(turn off|disable|leave|exit) [the] low power mode",
            "(use|give me) (full|all the) power",
            "(go|work|run) at full (power|speed)",
        ],
        es=[
            "(deja|dejá|deje|para|dejar) de ahorrar [(batería|energía)]",
            "(desactiva|desactivá|desactive|quita|quitá|quite|desactivar|quitar|sal de|apaga)"
            " [el] [modo] [de] (ahorro|ahorro de energía|ahorro de batería|bajo consumo)",
            "(trabaja|funciona|ve) a (plena|máxima) (potencia|velocidad)",
        ],
        help={"en": "stop saving power", "es": "deja de ahorrar energía"},
    )
    def spend(self, request: Request) -> Reply:
        return self._pin(request, False)

    def _pin(self, request: Request, on: bool) -> Reply:
        standing = self.standing
        if standing is None or standing.pin is None:
            raise request.error(
                "I cannot change that here: it needs the running assistant, with the governor on.",
                "Aquí no puedo cambiarlo: hace falta el asistente en marcha, con el gobernador.",
            )
        if on and "battery_low" in standing.user.governor.forbid:
            raise request.error(
                "The settings forbid me to save power: battery_low is in governor.forbid.",
                "La configuración me prohíbe ahorrar energía: battery_low está en governor.forbid.",
            )
        pin, before = (
            standing.pin,
            any(t.step == "battery_low" and t.pinned for t in standing.taken),
        )
        pin(on)
        told = words.pinned(standing, on, request.language)
        return request.say("{told}.", undo=lambda: pin(before), told=told)

    def _no_battery(self, request: Request) -> Reply:
        return request.say(
            "As long as I am plugged in: there is no battery here that tells what it holds.",
            "Mientras esté enchufado: aquí no hay batería que diga lo que le queda.",
        )

    def _amount(self, joules: float, request: Request) -> str:
        """Watt hours, and of the battery where there is one."""
        hours = round(joules / 3600, 1)
        if hours < 0.1:
            text = request.pick(
                "less than a tenth of a watt hour", "menos de una décima de vatio hora"
            )
        elif hours >= 10 or hours == int(hours):
            units = (
                request.pick("watt hour", "vatio hora"),
                request.pick("watt hours", "vatios hora"),
            )
            text = spoken.count(round(hours), *units, request.language)
        else:
            unit = request.pick("watt hours", "vatios hora")
            text = f"{spoken.amounts.number(hours, request.language)} {unit}"
        whole = full(self._root)
        if not whole:
            return text
        share = 100 * joules / whole
        if share < 1:
            less = request.pick("less than one percent", "menos del uno por ciento")
        else:
            less = spoken.percent(round(share), request.language)
        of = request.pick("of a full battery", "de una batería llena")
        return f"{text}, {less} {of}"


def _rounded(length: dt.timedelta) -> dt.timedelta:
    """No better than it is known: to half an hour, or to five minutes below an hour."""
    step = dt.timedelta(minutes=30 if length > dt.timedelta(hours=1) else 5)
    return max(round(length / step) * step, step)
