"""The worker of each engine: how it is loaded, in the thread that will own it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import msgspec

from assistant import models
from assistant.embedding import Embedder
from assistant.expected import bias
from assistant.handlers import Functions
from assistant.heap import give_back
from assistant.hear.stt import load_transcriber
from assistant.hear.verify import load_verifier
from assistant.hear.wake import NO_DETECTOR
from assistant.manner import Manner
from assistant.patience import waiting
from assistant.power.standing import Standing
from assistant.settings import Config
from assistant.shelf import embedder_of
from assistant.speak.voices import load_voice
from assistant.stages import Transcriber, Voice, WakeVerifier
from assistant.types import Samples
from assistant.understand.route import Cascade
from assistant.worker import STILL, Worker


def transcriber_worker(
    standing: Standing, functions: Functions, router: Cascade
) -> Worker[Transcriber]:
    """Whisper, told what can be said; with the settings of the moment in which it is loaded."""

    def load() -> Transcriber:
        with waiting():
            router.warm()  # here nobody waits for it
        config = standing.config
        own = partial(load_transcriber, config, router.expects, router.corrects)
        transcriber = _nearby(config, own) if config.stt.remote else own()
        with waiting():  # for the names of devices, say
            expected = bias(config, functions, router)
        transcriber.expect(*expected)
        give_back()  # the weights as they were in the file
        return transcriber

    remote = standing.config.stt.remote  # it waits for the other machine
    return Worker("hear", load, still=None if remote else STILL)


def _nearby(config: Config, own: Callable[[], Transcriber]) -> Transcriber:
    """The other machine's, whose protocol (asyncio and others, 4 MB) is only loaded for it."""
    from assistant.remote import nearby

    return nearby(config, own)


def verifier_worker(
    config: Config, transcriber: Worker[Transcriber]
) -> Worker[WakeVerifier] | None:
    """The second look at the wake word, in a thread of its own."""

    def hear(sound: Samples, word: str) -> str:
        return transcriber.ask(lambda t: t.written(sound, word))

    def load() -> WakeVerifier:
        verifier = load_verifier(config.wake, hear)
        assert verifier is not None  # there is one for each word
        return verifier

    return None if config.wake.word in NO_DETECTOR else Worker("verify", load, still=STILL)


def embedder_workers(config: Config) -> dict[str, Worker[Embedder]]:
    """By language, what finds the nearest example; only where its model is there."""
    wanted = {name: config.route.nearest(name) for name in config.languages}
    there = {model for model in wanted.values() if model != "none" and models.current(model)}
    workers = {m: Worker("embed", partial(embedder_of, m), still=STILL) for m in sorted(there)}
    return {name: workers[model] for name, model in wanted.items() if model in workers}


def voice_worker(standing: Standing, language: str, manner: Manner) -> Worker[Voice]:
    """What speaks one language, at the pace that is wanted when it is loaded."""

    def load() -> Voice:
        pace = manner.pace  # it may be another by now than that of the settings
        speak = standing.config.speak
        apart = "speak" in standing.config.engines.apart
        return load_voice(msgspec.structs.replace(speak, pace=pace), language, apart=apart)

    return Worker("speak", load, still=STILL)
