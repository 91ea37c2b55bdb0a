"""Speech to text by a stronger machine nearby, over Wyoming, and by ourselves when it is gone.

asyncio, which the library of the protocol wants, lives inside of one call: it begins and ends
there, in the thread of the recognizer.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence

from assistant.apart.engines import Apart
from assistant.errors import ConfigError, fault
from assistant.neighbours import near
from assistant.settings import Config
from assistant.stages import Transcriber
from assistant.types import LOOP_RATE, Samples, Transcript, Utterance

log = logging.getLogger(__name__)

CONNECT_WITHIN = 0.5
"""Seconds; a machine in the same network answers in a hundredth of that."""
PATIENCE = 2.0
"""Seconds for an answer, beside the length of the sound: slower than that, we are faster ourselves
on most machines, and the speaker waits."""
AGAIN_AFTER = 30.0
"""Seconds for which a machine that failed is not asked."""
SURE = 0.9
"""Confidence of what another machine heard: it does not tell its own."""
_PIECE = 32_000  # bytes: a second of sound


def address(text: str) -> tuple[str, int]:
    """Host and port of "192.168.1.5:10700". Raises ConfigError for what is not near."""
    host, colon, port = text.removeprefix("tcp://").rpartition(":")
    host = host.strip("[]")
    if not colon or not port.isdigit() or not 0 < int(port) < 65_536 or not near(host):
        raise ConfigError(
            f"stt.remote: {text!r} is not the address and port of a machine nearby: "
            "write 192.168.1.5:10700."
        )
    return host, int(port)


def nearby(config: Config, own: Callable[[], Transcriber]) -> Transcriber:
    """Another machine's recognizer where the settings name one; else our own, loaded now.

    Raises ConfigError.
    """
    if not config.stt.remote:
        return own()
    return RemoteTranscriber(address(config.stt.remote), config.language, own)


class RemoteTranscriber:
    """A Transcriber that asks another machine first.

    load: our own recognizer, loaded when it is needed for the first time.
    """

    def __init__(
        self,
        where: tuple[str, int],
        language: str,
        load: Callable[[], Transcriber],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._where, self._language = where, language
        self._load, self._now = load, now
        self._own: Transcriber | None = None
        self._expected: tuple[Sequence[str], Sequence[str], Sequence[str]] | None = None
        self._not_before = 0.0

    def transcribe(self, utterance: Utterance) -> Transcript:
        if self._now() >= self._not_before:
            try:
                return self._asked(utterance)
            except Exception as error:  # noqa: BLE001 - whatever it is, we can do it ourselves
                self._not_before = self._now() + AGAIN_AFTER
                log.warning("the other machine does not hear: %s", fault(error))
        return self._ours().transcribe(utterance)

    def expect(
        self, examples: Sequence[str], names: Sequence[str], vocabulary: Sequence[str]
    ) -> None:
        self._expected = (examples, names, vocabulary)
        if self._own is not None:
            self._own.expect(*self._expected)

    def score(self, utterance: Utterance, texts: Sequence[str]) -> list[float]:
        return self._ours().score(utterance, texts)

    def written(self, samples: Samples, expected: str) -> str:
        return self._ours().written(samples, expected)

    @property
    def ended(self) -> bool:
        """Whether the process of our own has ended."""
        return isinstance(self._own, Apart) and self._own.ended

    def ping(self) -> None:
        """Returns when that process, if there is one, has answered. Raises EngineError."""
        if isinstance(self._own, Apart):
            self._own.ping()

    def close(self) -> None:
        """End our own, if that is a process."""
        if isinstance(self._own, Apart):
            self._own.close()
        self._own = None

    def kill(self) -> bool:
        """The same, by force; false: it is none."""
        return isinstance(self._own, Apart) and self._own.kill()

    def _ours(self) -> Transcriber:
        if self._own is None:
            self._own = self._load()
            if self._expected is not None:
                self._own.expect(*self._expected)
        return self._own

    def _asked(self, utterance: Utterance) -> Transcript:
        limit = CONNECT_WITHIN + PATIENCE + utterance.seconds
        text, language = asyncio.run(
            asyncio.wait_for(_transcribe(self._where, utterance.samples, self._language), limit)
        )
        words = " ".join(text.split())
        return Transcript(
            words,
            language or self._language,
            SURE if words else 0.0,
            0.0 if words else 1.0,
            utterance.seconds,
            "" if words else "the other machine heard no words",
        )


async def _transcribe(
    where: tuple[str, int], samples: Samples, language: str
) -> tuple[str, str | None]:
    """What the machine at `where` hears, and in which language. Raises OSError, TimeoutError, and
    ValueError for an answer that is none."""
    from wyoming.asr import Transcribe, Transcript
    from wyoming.audio import AudioChunk, AudioStart, AudioStop
    from wyoming.event import async_read_event, async_write_event

    reader, writer = await asyncio.wait_for(asyncio.open_connection(*where), CONNECT_WITHIN)
    try:
        known = None if language == "auto" else language
        await async_write_event(Transcribe(language=known).event(), writer)
        await async_write_event(AudioStart(LOOP_RATE, 2, 1).event(), writer)
        sound = samples.astype("<i2").tobytes()
        for at in range(0, len(sound), _PIECE):
            chunk = AudioChunk(LOOP_RATE, 2, 1, sound[at : at + _PIECE])
            await async_write_event(chunk.event(), writer)
        await async_write_event(AudioStop().event(), writer)
        while (event := await async_read_event(reader)) is not None:
            if Transcript.is_type(event.type):
                found = Transcript.from_event(event)
                return str(found.text)[:2000], found.language
            if event.type == "error":
                raise ValueError("it says that it cannot")
        raise ValueError("it went away")
    finally:
        writer.close()
