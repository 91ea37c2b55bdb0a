"""Why less is done than could be, and what that means for the user, in sentences."""

from __future__ import annotations

import os
from collections.abc import Sequence

from assistant import spoken
from assistant.power.governor import Conditions, Taken
from assistant.power.standing import Standing
from assistant.settings import Config, Step, Think
from assistant.types import Announcement, Reply

_WHY = {
    "battery": ("I am running on battery", "funciono con batería"),
    "battery_low": ("the battery is at {percent}", "la batería está al {percent}"),
    "battery_empty": ("the battery is at only {percent}", "la batería está solo al {percent}"),
    "hot": ("the processor is at {celsius} degrees", "el procesador está a {celsius} grados"),
    "busy": (
        "other programs are using {percent} of the processor",
        "otros programas usan el {percent} del procesador",
    ),
    "memory": ("memory is short", "queda poca memoria"),
    "pinned": ("you told me to save power", "me pediste que ahorre energía"),
}
_EFFECTS = {
    "questions": ("I answer no open questions", "no contesto preguntas abiertas"),
    "model": (
        "I answer questions with a smaller model",
        "contesto las preguntas con un modelo más pequeño",
    ),
    "ears": ("I hear with a smaller model", "oigo con un modelo más pequeño"),
    "voice": ("I speak with a plainer voice", "hablo con una voz más sencilla"),
    "threads": ("I work with fewer processors", "trabajo con menos procesadores"),
    "short": ("my answers are shorter", "mis respuestas son más cortas"),
    "sooner": (
        "I unload my models sooner, so that the first command after a pause takes longer",
        "descargo antes mis modelos, y la primera orden tras una pausa tarda más",
    ),
}
_TOLD = ("questions", "model", "ears", "voice")
"""What is said unasked: what the user would otherwise take for a fault."""


def why(taken: Sequence[Taken], language: str, now: Conditions | None = None) -> str:
    """The reasons for some steps, joined: "the battery is at 12 percent". "" for none.

    now: what the machine is like; else the numbers are those that led to the steps.
    """
    deepest = [t for t in taken if t.step.startswith("battery") and not t.pinned][-1:]
    others = [t for t in taken if not t.step.startswith("battery") or t.pinned]
    reasons = dict.fromkeys(_reason(t, language, now) for t in [*deepest, *others])
    return spoken.listing(list(reasons), language)


def effects(standing: Standing, language: str) -> str:
    """What the steps in force mean, joined; "" for nothing that one would notice."""
    return spoken.listing(
        [_pick(_EFFECTS[name], language) for name in _changed(standing)], language
    )


def announcement(new: Sequence[Taken], standing: Standing) -> Announcement | None:
    """What is said unasked about steps that were just taken; None where they take nothing away, and
    for those that the user asked for or that were planned from the start."""
    language = standing.config.languages[0]
    found = [name for name in _changed(standing) if name in _TOLD]
    surprising = [t for t in new if not t.pinned and t.since > float("-inf")]
    if not found or not surprising:
        return None
    lost = spoken.listing([_pick(_EFFECTS[name], language) for name in found], language)
    reason = why(surprising, language)
    text = (
        f"Por cierto, {reason}: por ahora {lost}."
        if language == "es"
        else f"By the way, {reason}: for now {lost}."
    )
    return Announcement(Reply(text, language), key="governor")


def pinned(standing: Standing, on: bool, language: str) -> str:
    """What is so after the user told it to save power, or no longer to."""
    effect = effects(standing, language)
    if on:
        saves = "ahorro energía" if language == "es" else "I am saving power"
        return f"{saves}: {effect}" if effect else saves
    if not effect:
        return "de nuevo a plena potencia" if language == "es" else "full power again"
    reason = why(standing.taken, language, standing.conditions)
    if language == "es":
        return f"todavía no a plena potencia, porque {reason}: {effect}"
    return f"not yet at full power, because {reason}: {effect}"


def no_answer(standing: Standing, language: str) -> str:
    """Instead of the answer to an open question, while the governor rests the language model."""
    rests = [t for t in standing.taken if _refuses(standing, t.step)]
    reason = why(rests, language, standing.conditions)
    if language == "es":
        return f"Ahora no contesto preguntas abiertas: {reason}." if reason else "Ahora no."
    return f"I answer no open questions now: {reason}." if reason else "Not now."


def _refuses(standing: Standing, step: Step) -> bool:
    return "route.open_questions=refuse" in standing.user.governor.keys(step)


def _changed(standing: Standing) -> list[str]:
    user, now = standing.user, standing.config
    found = {
        "questions": not standing.answers,
        "model": standing.answers and _thinks(user) != _thinks(now),
        "ears": _ears(user) != _ears(now),
        "voice": any(user.speak.voice(name) != now.speak.voice(name) for name in now.languages),
        "threads": _threads(user) != _threads(now),
        "short": standing.answers and _shorter(now.think, user.think),
        "sooner": 0 < now.memory.idle_unload < (user.memory.idle_unload or float("inf")),
    }
    return [name for name, differs in found.items() if differs]


def _shorter(now: Think, user: Think) -> bool:
    return now.max_tokens < user.max_tokens or now.enough_words < user.enough_words


def _ears(config: Config) -> str:
    return config.stt.model(config.language)


def _thinks(config: Config) -> tuple[str, str]:
    return config.think.model, config.think.larger


def _threads(config: Config) -> tuple[int, int]:
    """0 in the settings is as many as there are; for the language model one less."""
    cores = os.cpu_count() or 1
    return config.stt.threads or cores, config.think.threads or max(cores - 1, 1)


def _value(taken: Taken, now: Conditions | None) -> float:
    """Of this moment, where that is still a reason: others may have ended what they did."""
    known = (
        {"battery_low": now.charge, "battery_empty": now.charge, "hot": now.celsius} if now else {}
    )
    value = known.get(taken.step)
    return value if value is not None else taken.value or 0.0


def _reason(taken: Taken, language: str, now: Conditions | None) -> str:
    if taken.pinned:
        return _pick(_WHY["pinned"], language)
    sentence = _pick(_WHY.get(taken.step, _WHY["memory"]), language)
    value = _value(taken, now)
    percent = round(100 * value) if taken.step == "busy" else round(value)
    return sentence.format(
        percent=spoken.percent(percent, language), celsius=spoken.render(round(value), language)
    )


def _pick(pair: tuple[str, str], language: str) -> str:
    return pair[1] if language == "es" else pair[0]
