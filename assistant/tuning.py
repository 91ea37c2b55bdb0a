"""`assistant tune`: which settings are the fastest on this machine, within its budgets.

Measured on the assistant's own voice, saying commands that the functions know: each candidate
recognizer and number of threads hears all of them, in turn, several times, so that what else the
machine does falls on all alike. A candidate that understands less than the best is left out, and so
is one that does not fit into the memory. Then the language model, by the number of its threads.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import msgspec
import numpy as np

from assistant import models
from assistant.audio import pcm
from assistant.config import changed
from assistant.errors import AssistantError
from assistant.hear.stt import WhisperTranscriber
from assistant.power.fitting import chosen, needed
from assistant.power.sensors.estimate import DEFAULT_CORE
from assistant.settings import Config
from assistant.speak.voices import load_voice
from assistant.stopwatch import Stopwatch
from assistant.think.slm import load_thinker
from assistant.types import LOOP_RATE, Samples, Utterance
from assistant.worker import Cancel

SAID = {
    "en": [
        "Set a timer for twelve minutes.",
        "What time is it in Tokyo?",
        "Turn the volume down to thirty percent.",
        "Add milk and eggs to the shopping list.",
        "Remind me to call my mother tomorrow at five.",
        "Pause the music.",
    ],
    "es": [
        "Pon un temporizador de doce minutos.",
        "¿Qué hora es en Tokio?",
        "Baja el volumen al treinta por ciento.",
        "Añade leche y huevos a la lista de la compra.",
        "Recuérdame llamar a mi madre mañana a las cinco.",
        "Pausa la música.",
    ],
}
ASKED = {"en": "Why is the sky blue?", "es": "¿Por qué el cielo es azul?"}
NEAR = 0.05
"""Of the commands, by which a candidate may understand less than the best one."""
SAME = 0.03
"""Share of the time below which two candidates count as equally fast: the one of fewer threads
wins, since it leaves the others cool."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is tried: settings on top of the present ones, as "section.key=value"."""

    settings: tuple[str, ...]
    memory_mb: int = 0
    threads: int = 1


@dataclass(frozen=True, slots=True)
class Tried:
    """What came out. seconds: median of a command, or of 24 written tokens. processor: the same in
    processor seconds. right: share of the words that were heard as said; None for what writes."""

    candidate: Candidate
    seconds: float
    processor: float
    right: float | None = None
    left_out: str = ""
    core_watts: float = DEFAULT_CORE

    @property
    def joules(self) -> float:
        """An estimate, by the watts of a busy core."""
        return self.processor * self.core_watts


def thread_counts(cores: int) -> list[int]:
    return [n for n in (1, 2, 3, 4, 6, 8) if n <= cores]


def recognizers(config: Config, cores: int, most_mb: float) -> list[Candidate]:
    """Each installed recognizer that speaks the language, by threads; none that would not fit."""
    key = f"stt.model_{config.language}"
    found = []
    for entry in models.catalog.load().values():
        speaks = config.language in entry.languages or "multi" in entry.languages
        if entry.task != "stt" or models.current(entry.id) is None or not speaks:
            continue
        memory = needed(chosen(changed(config, [f"{key}={entry.id}"])))
        if not most_mb or memory <= most_mb:
            found += [
                Candidate((f"{key}={entry.id}", f"stt.threads={n}"), memory, n)
                for n in thread_counts(cores)
            ]
    return found


def thinkers(config: Config, cores: int) -> list[Candidate]:
    """The language model of the settings by threads; nothing where there is none."""
    if config.think.model == "none" or models.current(config.think.model) is None:
        return []
    return [Candidate((f"think.threads={n}",), threads=n) for n in thread_counts(cores)]


def spoken(language: str, config: Config) -> list[Samples]:
    voice = load_voice(config.speak, language)
    around = np.zeros(LOOP_RATE // 3, np.int16)
    clips = []
    for text in SAID[language]:
        speech = voice.synthesize(text)
        clips.append(
            np.concatenate([around, pcm.resample(speech.samples, speech.rate, LOOP_RATE), around])
        )
    return clips


def try_recognizers(
    config: Config, candidates: Sequence[Candidate], clips: Sequence[Samples], rounds: int
) -> Iterator[Tried]:
    """One at a time, since two of them might not fit into the memory."""
    language = config.languages[0]
    words = [_words(text) for text in SAID[language]]
    for candidate in candidates:
        settings = changed(config, candidate.settings)
        path = models.locate(settings.stt.model(settings.language))
        heard = WhisperTranscriber(path, settings.language, settings.stt)
        heard.transcribe(Utterance(clips[0], "silence", 0.0))  # warm
        seconds, processor, right = [], [], 0.0
        for _ in range(rounds):
            for clip, expected in zip(clips, words, strict=True):
                with Stopwatch() as watch:
                    text = heard.transcribe(Utterance(clip, "silence", 0.0)).text
                seconds.append(watch.seconds)
                processor.append(watch.processor)
                right += len(_words(text) & expected) / len(expected)
        share = right / len(seconds)
        yield Tried(candidate, statistics.median(seconds), statistics.median(processor), share)


def try_thinkers(config: Config, candidates: Sequence[Candidate], rounds: int) -> Iterator[Tried]:
    language = config.languages[0]
    for candidate in candidates:
        think = changed(config, [*candidate.settings, "think.max_tokens=24"]).think
        model = load_thinker(msgspec.structs.replace(think, keep_prefix=False))
        try:
            seconds, processor = [], []
            for number in range(rounds + 1):
                with Stopwatch() as watch:
                    model.answer(
                        ASKED[language], language=language, history=(), facts=(),
                        on_text=bool, cancel=Cancel(),
                    )  # fmt: skip
                if number:  # the first one reads the model from the disk
                    seconds.append(watch.seconds)
                    processor.append(watch.processor)
            yield Tried(candidate, statistics.median(seconds), statistics.median(processor))
        finally:
            model.close()


def judged(
    tried: Sequence[Tried], most_joules: float = 0.0, most_seconds: float = 0.0
) -> list[Tried]:
    """The same, with the reason why each of some is left out. Budgets: 0 sets none."""
    best = max((t.right for t in tried if t.right is not None), default=None)

    def reason(one: Tried) -> str:
        if best is not None and one.right is not None and one.right < best - NEAR:
            return "hears less"
        if most_joules and one.joules > most_joules:
            return "over the budget of energy"
        if most_seconds and one.seconds > most_seconds:
            return "over the budget of time"
        return ""

    return [replace(one, left_out=reason(one)) for one in tried]


def fastest(tried: Sequence[Tried]) -> Tried | None:
    """Among those that are not left out; of two that are as fast, the one of fewer threads."""
    fit = [one for one in tried if not one.left_out]
    if not fit:
        return None
    least = min(one.seconds for one in fit)
    equal = [one for one in fit if one.seconds <= least * (1 + SAME)]
    return min(equal, key=lambda one: (one.candidate.threads, one.seconds))


def settings_of(found: Sequence[Tried | None]) -> dict[str, str | int]:
    """What is to be written: key -> value."""
    pairs = [text.split("=", 1) for one in found if one for text in one.candidate.settings]
    return {key: int(value) if value.isdigit() else value for key, value in pairs}


def tune(
    config: Config,
    rounds: int,
    tell: Callable[[Tried], object],
    most_mb: float = 0.0,
    cores: int = os.cpu_count() or 1,
) -> dict[str, str | int]:
    """Try all candidates, telling of each; the settings that are best here. Raises AssistantError
    where there is nothing to try."""
    hear = recognizers(config, cores, most_mb)
    if not hear:
        raise AssistantError("No recognizer that fits is installed: assistant models pull.")
    clips = spoken(config.languages[0], config)
    found: list[Tried | None] = []
    budget = config.budget
    for tries, limits in (
        (
            try_recognizers(config, hear, clips, rounds),
            (budget.joules_per_command, budget.first_audio_seconds),
        ),
        (try_thinkers(config, thinkers(config, cores), rounds), (0.0, 0.0)),
    ):
        watts = config.power.core_watts or DEFAULT_CORE
        results = judged([replace(one, core_watts=watts) for one in tries], *limits)
        for one in results:
            tell(one)
        found.append(fastest(results))
    return settings_of(found)


def _words(text: str) -> set[str]:
    return {"".join(c for c in word if c.isalnum()) for word in text.lower().split()} - {""}
