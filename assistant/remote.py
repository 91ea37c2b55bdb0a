"""Speech to text by a stronger machine nearby, over Wyoming, and by ourselves when it is gone.

asyncio, which the library of the protocol wants, lives inside of one call: it begins and ends
there, in the thread of the recognizer.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence

from assistant.apart.engines import Apart
from assistant.errors import ConfigError, fault
from assistant.neighbours import near
from assistant.settings import Config
from assistant.stages import Transcriber
from assistant.types import LOOP_RATE, Samples, Transcript, Utterance
from assistant.wyoming_frames import LONGEST_LINE, MalformedError, read_event

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
MOST_EVENTS = 50
"""That it may send before the transcript: "info" and pieces of text are passed over."""
LONGEST_TEXT = 2_000
"""Characters; thirty seconds of fast talk are 600."""
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
    return RemoteTranscriber(address(config.stt.remote), config.languages, own)


class RemoteTranscriber:
    """A Transcriber that asks another machine first.

    languages: that may be heard; another one that it names is not believed.
    load: our own recognizer, loaded when it is needed for the first time.
    """

    def __init__(
        self,
        where: tuple[str, int],
        languages: Sequence[str],
        load: Callable[[], Transcriber],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._where, self._languages = where, languages
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
        known = self._languages[0] if len(self._languages) == 1 else None
        text, language = asyncio.run(
            asyncio.wait_for(_transcribe(self._where, utterance.samples, known), limit)
        )
        words = " ".join("".join(c if c.isprintable() else " " for c in text).split())
        return Transcript(
            words,
            language if language in self._languages else self._languages[0],
            SURE if words else 0.0,
            0.0 if words else 1.0,
            utterance.seconds,
            "" if words else "the other machine heard no words",
        )


async def _transcribe(
    where: tuple[str, int], samples: Samples, language: str | None
) -> tuple[str, str]:
    """What the machine at `where` hears, and in which language ("": it does not tell). Raises
    OSError, TimeoutError, MalformedError, and ValueError for an answer that is none."""
    from wyoming.asr import Transcribe, Transcript
    from wyoming.audio import AudioChunk, AudioStart, AudioStop
    from wyoming.event import async_write_event

    opening = asyncio.open_connection(*where, limit=LONGEST_LINE)
    reader, writer = await asyncio.wait_for(opening, CONNECT_WITHIN)
    try:
        await async_write_event(Transcribe(language=language).event(), writer)
        await async_write_event(AudioStart(LOOP_RATE, 2, 1).event(), writer)
        sound = samples.astype("<i2").tobytes()
        for at in range(0, len(sound), _PIECE):
            chunk = AudioChunk(LOOP_RATE, 2, 1, sound[at : at + _PIECE])
            await async_write_event(chunk.event(), writer)
        await async_write_event(AudioStop().event(), writer)
        for _ in range(MOST_EVENTS):
            if (event := await read_event(reader)) is None:
                raise ValueError("it went away")
            if Transcript.is_type(event.type):
                return _heard(event.data)
            if event.type == "error":
                raise ValueError("it says that it cannot")
        raise ValueError("it talks of other things")
    finally:
        writer.transport.abort()  # what it still sends is nobody's


def _heard(told: Mapping[str, object]) -> tuple[str, str]:
    """Text and language of a transcript. Raises MalformedError."""
    text, language = told.get("text"), told.get("language")
    if not isinstance(text, str):
        raise MalformedError("a transcript has no text")
    return text[:LONGEST_TEXT], language[:2].lower() if isinstance(language, str) else ""
