"""From settings to engines: the one place that knows which class does which job.

Nothing heavy is loaded here. Each engine is loaded by the thread that owns it, at its first use
or when `runtime.warm` asks for it; a model that is missing is an error of that moment, and of
nobody who does not need it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any, cast

import msgspec
import numpy as np

from assistant import handlers, localtime, models, spoken
from assistant.alarms import DueAlarms
from assistant.audio.files import read_audio
from assistant.dialogue import Lessons, Machine
from assistant.embedding import Embedder
from assistant.errors import AssistantError
from assistant.handlers import Functions
from assistant.handlers.documents import Documents
from assistant.handlers.own.taught import Taught
from assistant.handlers.speech import Speech
from assistant.handlers.timekeeping.due_family import DueFamily
from assistant.hear.listen import Listener
from assistant.hear.vad import SileroVad
from assistant.hear.verify import load_verifier
from assistant.hear.wake import NO_DETECTOR, load_wake
from assistant.manner import Manner
from assistant.settings import Config
from assistant.shelf import Shelf, embedder_of
from assistant.stages import (
    Chosen,
    Stages,
    Thinker,
    Tool,
    ToolChooser,
    Transcriber,
    Voice,
    WakeVerifier,
)
from assistant.turn import NOT_UNDERSTOOD
from assistant.types import Samples
from assistant.understand.route import Cascade, Look
from assistant.understand.step import Given
from assistant.worker import Cancel, Worker

QUESTION_WORDS = frozenset(
    "what when where who why how which is are do qué cuándo dónde quién cuánto cuánta cuántos"
    " cuántas cuál cómo está".split()
)

_OWN_SENTENCES = 8
_TAUGHT = 6
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
        self.dialogue = _dialogue(config, self.functions)
        embedders = _embedders(config)
        thinker = (
            Worker("think", lambda: _thinker(config)) if config.think.model != "none" else None
        )
        self._router = router = Cascade(
            self.functions,
            config.languages,
            config.route,
            embedders=embedders,
            chooser=_chooser(config, thinker),
        )
        self.functions.on_change(self._changed)
        transcriber = Worker("hear", lambda: _transcriber(config, self.functions, router))
        actor = Worker("act", lambda: self.functions, patience=config.functions.time_limit)
        self.manner = Manner(config)
        voices = {name: _voice_worker(config, name, self.manner) for name in config.languages}
        self.manner.speak_with(voices)
        for family in self.functions.families:
            if isinstance(family, Speech):
                family.manner = self.manner
        verifier = _verifier(config, transcriber)
        self.shelf = Shelf(config, embedders)
        for family in self.functions.families:
            if isinstance(family, Documents):
                family.use(self.shelf.library, self.shelf.catalog)
        self.stages = Stages(
            transcriber,
            router,
            actor,
            thinker,
            voices,
            self._facts,
            verifier,
            self._phrases,
            (*embedders.values(), *self.shelf.embedders()),
            self.dialogue,
            self.shelf.library,
            config.documents.own_memory,
        )
        self._workers: list[Worker[Any]] = [
            transcriber,
            actor,
            self.shelf.library,
            *voices.values(),
            *embedders.values(),
        ]
        self._workers += [
            worker for worker in (thinker, verifier, self.shelf.own_embedder) if worker is not None
        ]

    def __enter__(self) -> Engines:
        self._router.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._router.close()
        for worker in self._workers:
            worker.close()

    def _changed(self) -> None:
        """A function has new phrases, or lost some: they are understood, and recognition expects
        them before it hears the next utterance."""
        self._router.refresh()
        hear = self.stages.transcriber
        if hear.loaded:  # else it asks when it is loaded
            hear.start(lambda t: t.expect(*bias(self.config, self.functions, self._router)))

    def ready(self) -> None:
        """Wait until everything that the understanding uses is loaded."""
        self._router.ready()

    def looks(self, text: str, language: str, *, to_the_end: bool = False) -> list[Look]:
        """What each step of the understanding finds in a typed sentence. Unlike a turn, it waits
        until everything is loaded."""
        self.ready()
        return list(self._router.looks(Given(text, language), to_the_end=to_the_end))

    def _phrases(self, language: str) -> Sequence[str]:
        apologies = [NOT_UNDERSTOOD[language], AssistantError("").speech(language)]
        return apologies + [p for f in self.functions.families for p in f.phrases(language)]

    def _facts(self, language: str) -> Sequence[str]:
        if not self.config.think.facts:
            return []
        now = localtime.now()
        time, date = spoken.render(now.time(), language), spoken.render(now.date(), language)
        return [f"Hora: {time}. Fecha: {date}." if language == "es" else f"It is {time}, {date}."]


def _dialogue(config: Config, functions: Functions) -> Machine:
    stores = [f.store for f in functions.families if isinstance(f, Taught)]
    lessons = Lessons(stores[0]) if stores else None
    return Machine(config.dialogue.answer_within, config.dialogue.refer_within, lessons)


def alarms(engines: Engines) -> DueAlarms | None:
    """What rings by itself, unless timers, alarms and reminders are all turned off."""
    settings = engines.config.timers
    for family in engines.functions.families:
        if isinstance(family, DueFamily):
            return DueAlarms(family.store, settings.rings, settings.alarm_rings)
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
    model = models.locate(config.stt.model(config.language))
    transcriber = WhisperTranscriber(model, config.language, config.stt, router.expects)
    transcriber.expect(*bias(config, functions, router))
    return transcriber


def bias(
    config: Config, functions: Functions, router: Cascade
) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """What recognition is biased to: sentences as Whisper writes them; names; other words. Each the
    most useful first, and made of the functions that are loaded and work at the moment."""
    examples: list[str] = []
    names: list[str] = []
    words: list[str] = []
    for language in config.languages:
        own = router.examples(language, _OWN_SENTENCES // len(config.languages))
        help_ = _helps(functions, language)
        shown = help_[:_HELPS_BESIDE_OWN] if own else help_
        taught = _taught(functions, language)[:_TAUGHT]
        examples += [_as_written(text, language) for text in [*own, *taught, *shown]]
        names += router.names(language)
        words += router.vocabulary(language)
    return examples, names, words


def _taught(functions: Functions, language: str) -> list[str]:
    """The phrases that the user taught."""
    stores = [f.store for f in functions.families if isinstance(f, Taught)]
    lessons = [lesson for store in stores for lesson in store.lessons()]
    return [lesson.phrase for lesson in lessons if lesson.language == language]


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


def _embedders(config: Config) -> dict[str, Worker[Embedder]]:
    """By language, what finds the nearest example; only where its model is there."""

    wanted = {name: config.route.nearest(name) for name in config.languages}
    there = {model for model in wanted.values() if model != "none" and models.current(model)}
    workers = {m: Worker("embed", partial(embedder_of, m)) for m in sorted(there)}
    return {name: workers[model] for name, model in wanted.items() if model in workers}


def _chooser(config: Config, thinker: Worker[Thinker] | None) -> ToolChooser | None:
    """The language model, where the catalog says that it can choose functions."""
    able = thinker is not None and config.route.tools and models.find(config.think.model).tools
    return _Chooser(cast(Worker[ToolChooser], thinker)) if able else None


class _Chooser:
    """A language model in its own thread, asked from another."""

    def __init__(self, worker: Worker[ToolChooser]) -> None:
        self._worker = worker

    def choose(
        self, text: str, tools: Sequence[Tool], *, language: str, cancel: Cancel
    ) -> Chosen | None:
        return self._worker.run(
            lambda m: m.choose(text, tools, language=language, cancel=cancel), cancel
        )


def _thinker(config: Config) -> Thinker:
    from assistant.think.slm import load_thinker

    return load_thinker(config.think)


def _voice_worker(config: Config, language: str, manner: Manner) -> Worker[Voice]:
    def load() -> Voice:
        from assistant.speak.tts import load_voice

        pace = manner.pace  # it may be another by now than that of the settings
        return load_voice(msgspec.structs.replace(config.speak, pace=pace), language)

    return Worker("speak", load)
