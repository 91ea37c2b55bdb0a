"""From settings to engines: the one place that knows which class does which job.

Nothing heavy is loaded here. Each engine is loaded by the thread that owns it, at its first use
or when `runtime.warm` asks for it; a model that is missing is an error of that moment, and of
nobody who does not need it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

import numpy as np

from assistant import handlers, localtime, models, spoken
from assistant.alarms import TimerAlarms
from assistant.audio.files import read_audio
from assistant.errors import AssistantError
from assistant.handlers import Functions
from assistant.handlers.timers import Timers
from assistant.hear.listen import Listener
from assistant.hear.vad import SileroVad
from assistant.hear.verify import load_verifier
from assistant.hear.wake import NO_DETECTOR, load_wake
from assistant.settings import Config
from assistant.stages import Stages, Thinker, Transcriber, Voice, WakeVerifier
from assistant.turn import NOT_UNDERSTOOD
from assistant.types import Samples
from assistant.understand.route import Cascade
from assistant.worker import Worker

QUESTION_WORDS = frozenset(
    "what when where who why how which is are do qué cuándo dónde quién cuánto cuánta cuántos"
    " cuántas cuál cómo está".split()
)

_OWN_SENTENCES = 8
_HELPS_BESIDE_OWN = 8
"""Of 60 coffee orders that tiny.en heard the templates had 37 right without a prompt, 46 after
words, 49 after sentences of the grammar, 52 after these, eight of the built-in functions and
words. Sixteen of the built-in functions cost one."""


class Engines:
    """The stages of one run and the functions behind them. Use it in a `with` statement:
    leaving it unloads the engines and ends their threads."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.functions: Functions = handlers.load(config)
        router = self._router = Cascade(self.functions, config.languages, config.route)
        transcriber = Worker("hear", lambda: _transcriber(config, self.functions, router))
        actor = Worker("act", lambda: self.functions)
        thinker = (
            Worker("think", lambda: _thinker(config)) if config.think.model != "none" else None
        )
        voices = {name: _voice_worker(config, name) for name in config.languages}
        verifier = _verifier(config, transcriber)
        self.stages = Stages(
            transcriber, router, actor, thinker, voices, self._facts, verifier, self._phrases
        )
        self._workers: list[Worker[Any]] = [transcriber, actor, *voices.values()]
        self._workers += [worker for worker in (thinker, verifier) if worker is not None]

    def __enter__(self) -> Engines:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.close()

    def words_changed(self) -> None:
        """A function has new names or sentences, or lost some: recognition expects them before it
        hears the next utterance. Returns at once."""
        hear = self.stages.transcriber
        if hear.loaded:  # else it asks when it is loaded
            hear.start(lambda t: t.expect(*bias(self.config, self.functions, self._router)))

    def _phrases(self, language: str) -> Sequence[str]:
        apologies = [NOT_UNDERSTOOD[language], AssistantError("").speech(language)]
        return apologies + [p for f in self.functions.families for p in f.phrases(language)]

    def _facts(self, language: str) -> Sequence[str]:
        if not self.config.think.facts:
            return []
        now = localtime.now()
        time, date = spoken.render(now.time(), language), spoken.render(now.date(), language)
        return [f"Hora: {time}. Fecha: {date}." if language == "es" else f"It is {time}, {date}."]


def alarms(engines: Engines) -> TimerAlarms | None:
    """What rings by itself, unless the timers are turned off."""
    for family in engines.functions.families:
        if isinstance(family, Timers):
            return TimerAlarms(family, engines.config.timers.rings)
    return None


def listener(config: Config) -> Listener:
    """The ears: wake word, voice activity, endpointing. Loads two small models."""
    return Listener(config, load_wake(config.wake, decode), SileroVad())


def decode(path: Path) -> Samples:
    """A whole sound file, 16 kHz mono."""
    return np.concatenate([np.zeros(0, np.int16), *read_audio(path)])


def _transcriber(config: Config, functions: Functions, router: Cascade) -> Transcriber:
    from assistant.hear.stt import WhisperTranscriber

    router.warm()  # here nobody waits for it
    examples, words = bias(config, functions, router)
    model = models.locate(config.stt.model(config.language))
    return WhisperTranscriber(
        model, config.language, config.stt, examples, words, expects=router.expects
    )


def bias(
    config: Config, functions: Functions, router: Cascade
) -> tuple[Sequence[str], Sequence[str]]:
    """What recognition is biased to: sentences as Whisper writes them, and words, the most useful
    first. Made of the functions that are loaded and work at the moment: ask again when they
    change."""
    examples: list[str] = []
    words: list[str] = []
    for language in config.languages:
        own = router.examples(language, _OWN_SENTENCES // len(config.languages))
        help_ = _helps(functions, language)
        shown = help_[:_HELPS_BESIDE_OWN] if own else help_
        examples += [_as_written(text, language) for text in [*shown, *own]]
        words += router.vocabulary(language)
    return examples, words


def _helps(functions: Functions, language: str) -> list[str]:
    """What can be said to the functions that work here; the families take turns."""
    families = [
        [f.help[language] for f in functions.of(family) if f.help.get(language)]
        for family in functions.families
        if family.unavailable() is None
    ]
    return [text for turn in zip_longest(*families) for text in turn if text]


def _as_written(text: str, language: str) -> str:
    first = text.split(maxsplit=1)[0].lower()
    written = text[0].upper() + text[1:]
    if first not in QUESTION_WORDS:
        return f"{written}."
    return f"¿{written}?" if language == "es" else f"{written}?"


def _verifier(config: Config, transcriber: Worker[Transcriber]) -> Worker[WakeVerifier] | None:
    """The second look at the wake word, in a thread of its own."""

    def hear(sound: Samples, word: str) -> str:
        return transcriber.start(lambda t: t.written(sound, word)).result()

    def load() -> WakeVerifier:
        verifier = load_verifier(config.wake, hear)
        assert verifier is not None  # there is one for each word
        return verifier

    return None if config.wake.word in NO_DETECTOR else Worker("verify", load)


def _thinker(config: Config) -> Thinker:
    from assistant.think.slm import load_thinker

    return load_thinker(config.think)


def _voice_worker(config: Config, language: str) -> Worker[Voice]:
    def load() -> Voice:
        from assistant.speak.tts import load_voice

        return load_voice(config.speak, language)

    return Worker("speak", load)
