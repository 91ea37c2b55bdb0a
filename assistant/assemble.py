"""From settings to engines: the one place that knows which class does which job.

Nothing heavy is loaded here. Each engine is loaded by the thread that owns it, at its first use
or when `runtime.warm` asks for it; a model that is missing is an error of that moment, and of
nobody who does not need it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant import cores, handlers, localtime, minds, spoken, threads
from assistant.actor import Actor
from assistant.alarms import DueAlarms
from assistant.audio.files import read_audio
from assistant.dialogue import Lessons, Machine
from assistant.embedding import Embedder, Vectors
from assistant.errors import AssistantError
from assistant.expected import bias, helps
from assistant.handlers import Functions
from assistant.handlers.documents import Documents
from assistant.handlers.machine.energy import Energy
from assistant.handlers.memory.memory import Memory
from assistant.handlers.own.taught import Taught
from assistant.handlers.speech import Speech
from assistant.handlers.timekeeping.due_family import DueFamily
from assistant.heap import give_back
from assistant.hear.listen import Listener
from assistant.hear.vad import SileroVad
from assistant.hear.wake import load_own, load_wake
from assistant.manner import Manner
from assistant.power.standing import Standing
from assistant.power.words import no_answer
from assistant.present import Present, called, introduction, unsaid
from assistant.settings import Config, Cores
from assistant.shelf import Shelf
from assistant.stages import Stages, Thinker
from assistant.think.director import Director, Source
from assistant.think.marks import UNSURE
from assistant.toolbox import FunctionsOfDevice
from assistant.turn import CANNOT, NOT_UNDERSTOOD
from assistant.types import Intent, Reply, Samples
from assistant.understand.route import Cascade, Look
from assistant.understand.step import Given
from assistant.worker import Cancel, Worker
from assistant.workers import embedder_workers, transcriber_worker, verifier_worker, voice_worker

_FACTS = ("battery.level", "timers.listing", "alarms.next")
"""Functions that only look; what they say is a fact that a model is told."""
_PATIENCE = 0.5  # seconds that a question waits for its vector


class Engines:
    """The stages of one run and the functions behind them. Use it in a `with` statement:
    leaving it unloads the engines and ends their threads."""

    def __init__(self, config: Config) -> None:
        self.config = config
        threads.pin(_cores_of(config.cores))
        self.standing = standing = Standing(config)
        self.functions: Functions = handlers.load(config)
        self.dialogue = _dialogue(config, self.functions)
        embedders = embedder_workers(config)
        self.shelf = Shelf(config, embedders)
        thinkers = minds.thinkers(config, self._about, lambda: standing.config)
        thinker = next(iter(thinkers.values()), None)
        self._thinkers = tuple(thinkers)
        self._router = router = Cascade(
            self.functions,
            config.languages,
            config.route,
            embedders=embedders,
        )
        self.toolbox = FunctionsOfDevice(self.functions, router, near=router.near)
        self.functions.on_change(self._changed)
        transcriber = transcriber_worker(standing, self.functions, router)
        actor = Worker("act", lambda: self.functions, patience=config.functions.time_limit)
        self.manner = Manner(config)
        voices = {name: voice_worker(standing, name, self.manner) for name in config.languages}
        self.manner.speak_with(voices)
        self._introduce()
        verifier = verifier_worker(config, transcriber)
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
            self._director(thinkers, embedders),
            tuple(thinkers.values()),
        )
        self._workers: list[Worker[Any]] = [
            transcriber,
            actor,
            *self.shelf.workers(),
            *voices.values(),
            *embedders.values(),
            *thinkers.values(),
        ]
        self._workers += [verifier] if verifier is not None else []

    @property
    def given_up(self) -> int:
        """Engines that hung and were left behind."""
        return sum(worker.given_up for worker in self._workers)

    def _introduce(self) -> None:
        """Tell the families that talk about engines of those that they talk about."""
        for family in self.functions.families:
            if isinstance(family, Speech):
                family.manner = self.manner
            elif isinstance(family, Energy):
                family.standing = self.standing
            elif isinstance(family, Documents):
                family.use(self.shelf.library, self.shelf.catalog)

    def _director(
        self, thinkers: dict[str, Worker[Thinker]], embedders: Mapping[str, Worker[Embedder]]
    ) -> Director:
        present = Present(self._look, called(self.config.wake.word))
        written = [*_written(self.functions, embedders), present.known, self.shelf.answer, unsaid]
        return minds.director(
            self.config,
            thinkers,
            written,
            own_memory=self.shelf.own_memory,
            toolbox=self.toolbox,
            rests=self._rests,
            now=lambda: self.standing.config,
        )

    def _rests(self, language: str) -> str:
        """What is said instead of an answer, while the governor rests the language model."""
        return "" if self.standing.answers else no_answer(self.standing, language)

    def __enter__(self) -> Engines:
        self._router.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.stages.director is not None:
            self.stages.director.close()
        for worker in self._workers:
            worker.end()
        self._router.close()
        for worker in self._workers:
            worker.close()
        give_back()  # else the next engines come on top of what these leave: 200 MB of heap

    def leave(self, within: float) -> None:
        """Instead of `__exit__`, where the process ends: what only holds memory is left to the
        system. The functions end as they should, if they do so in `within` seconds."""
        if self.stages.director is not None:
            self.stages.director.close()
        self.stages.actor.end()
        self.stages.actor.join(within)
        threads.kill_children()

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
        apologies = [
            NOT_UNDERSTOOD[language],
            CANNOT[language],
            AssistantError("").speech(language),
            UNSURE[language],
        ]
        return apologies + [p for f in self.functions.families for p in f.phrases(language)]

    def _about(self, language: str) -> str:
        """What a model that can use it is told of this device, the same at every start."""
        who = introduction(called(self.config.wake.word), language)
        return minds.about(helps(self.functions, language), language, who)

    def _look(self, intent: Intent, text: str, language: str) -> Reply | None:
        """What a function tells that only looks; None where it is not loaded."""
        if not any(f.name == intent.function for f in self.functions):
            return None
        actor = self.stages.actor
        return actor.run(lambda functions: functions.prepare(intent, text, language), Cancel())

    def _facts(self, language: str) -> Sequence[str]:
        """The time and the date, and what the functions that only look tell of this device."""
        if not any(minds.informed(self.config, model) for model in self._thinkers):
            return []
        now = localtime.now()
        time, date = spoken.render(now.time(), language), spoken.render(now.date(), language)
        today = f"Hora: {time}. Fecha: {date}." if language == "es" else f"It is {time}, {date}."
        names = [f.name for f in self.functions if f.name in _FACTS and f.available()]

        def look(functions: Actor) -> list[Reply | None]:
            intents = [Intent(name, {}, "facts", 1.0, "") for name in names]
            return [functions.prepare(intent, "", language) for intent in intents]

        replies = self.stages.actor.run(look, Cancel()) or []
        return [today, *(reply.text for reply in replies if reply is not None and reply.ok)]


def _dialogue(config: Config, functions: Functions) -> Machine:
    stores = [f.store for f in functions.families if isinstance(f, Taught)]
    lessons = Lessons(stores[0]) if stores else None
    return Machine(config.dialogue.answer_within, config.dialogue.refer_within, lessons)


def _cores_of(settings: Cores) -> dict[str, frozenset[int]]:
    wanted = {
        "ears": settings.ears,
        "hear": settings.hear,
        "think": settings.think,
        "speak": settings.speak,
    }
    return cores.chosen({stage: str(text) for stage, text in wanted.items()})


def alarms(engines: Engines) -> DueAlarms | None:
    """What rings by itself, unless timers, alarms and reminders are all turned off."""
    settings = engines.config.timers
    for family in engines.functions.families:
        if isinstance(family, DueFamily):
            return DueAlarms(family.store, settings.rings, settings.alarm_rings)
    return None


def listener(config: Config) -> Listener:
    """The ears: wake word, voice activity, endpointing. Loads two small models."""
    own = load_own(config.wake, decode)
    return Listener(config, load_wake(config.wake, decode), SileroVad(), own)


def decode(path: Path) -> Samples:
    """A whole sound file, 16 kHz mono."""
    return np.concatenate([np.zeros(0, np.int16), *read_audio(path)])


def _written(functions: Functions, embedders: Mapping[str, Worker[Embedder]]) -> list[Source]:
    """Where an answer may stand already: what the user told us."""

    def embed(texts: Sequence[str], language: str) -> Vectors | None:
        worker = embedders.get(language)
        if worker is None:
            return None
        with contextlib.suppress(Exception):  # a model that is broken is told elsewhere
            return worker.start(lambda e: e.embed(texts)).result(_PATIENCE)
        return None

    memories = [family for family in functions.families if isinstance(family, Memory)]
    for family in memories:
        family.embed = embed
    return [family.known for family in memories]
