"""One Wyoming connection: what it asks, and what it is answered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from typing import TypeVar

import numpy as np
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.error import Error
from wyoming.event import Event, Eventable, async_write_event
from wyoming.handle import Handled, NotHandled
from wyoming.info import Describe
from wyoming.ping import Ping, Pong
from wyoming.tts import Synthesize
from wyoming.wake import Detect, Detection, NotDetected

from assistant.audio import pcm
from assistant.daemon.protocol import LONGEST_TEXT
from assistant.daemon.wyoming_info import info
from assistant.daemon.wyoming_services import Services
from assistant.errors import AssistantError, fault
from assistant.stages import WakeDetector
from assistant.types import LOOK_BACK, LOOP_RATE, Samples
from assistant.wyoming_frames import MalformedError, read_event

T = TypeVar("T")
log = logging.getLogger(__name__)

MOST_SECONDS = 60.0
"""Of sound to be transcribed at once; Whisper hears 30."""
QUIET = 120.0
"""Seconds after which a peer that sends nothing is let go."""
_LOOK_BACK = round(LOOK_BACK * LOOP_RATE)
_PIECE = 2048  # bytes of sound in each chunk that we send


class WyomingPeer:
    """services: what it may ask for; only what the settings turned on."""

    def __init__(
        self, services: Services, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._services = services
        self._reader, self._writer = reader, writer
        self._offered = services.offered()
        self._sound: list[Samples] | None = None  # of a command
        self._seconds = 0.0
        self._detector: WakeDetector | None = None
        self._recent: Samples = np.zeros(0, np.int16)  # for a second look at the wake word
        self._resampler: tuple[int, pcm.Resampler] | None = None

    async def run(self) -> None:
        """Until it goes, is quiet for too long, or sends what is no frame."""
        try:
            while event := await asyncio.wait_for(read_event(self._reader), QUIET):
                await self._answer(event)
        except TimeoutError:
            pass
        except MalformedError as error:
            await self._send(Error(f"Malformed: {error}.", "malformed"))
        except ConnectionError:
            pass

    async def _answer(self, event: Event) -> None:
        """What is wrong with one event is told, and the next one is looked at."""
        answer = self._answers().get(event.type)
        if answer is None:
            return  # of a later version of the protocol, or of no interest
        try:
            await answer(event)
        except AssistantError as error:
            await self._send(Error(str(error), "refused"))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise MalformedError(f"{event.type} lacks something, or has it wrong") from error

    def _answers(self) -> dict[str, Callable[[Event], Awaitable[None]]]:
        return {
            Describe().event().type: self._describe,
            "ping": self._ping,
            "transcribe": self._transcribe,
            "detect": self._detect,
            "audio-start": self._audio_start,
            "audio-chunk": self._audio,
            "audio-stop": self._audio_stop,
            "synthesize": self._synthesize,
            "transcript": self._handle,
        }

    async def _describe(self, _: Event) -> None:
        await self._send(info(self._services.config, self._offered))

    async def _ping(self, event: Event) -> None:
        await self._send(Pong(Ping.from_event(event).text))

    def _must_offer(self, service: str) -> None:
        if service not in self._offered:
            raise AssistantError(f"{service} is not offered here (wyoming.serve).")

    # -- sound that comes -----------------------------------------------------------------------

    async def _transcribe(self, event: Event) -> None:
        self._must_offer("stt")
        Transcribe.from_event(event)
        self._sound, self._seconds, self._detector = [], 0.0, None

    async def _detect(self, event: Event) -> None:
        self._must_offer("wake")
        Detect.from_event(event)
        self._detector = await asyncio.to_thread(self._services.detector)
        self._sound = None

    async def _audio_start(self, event: Event) -> None:
        AudioStart.from_event(event)
        self._resampler = None
        if self._detector is None and self._sound is None:
            if "stt" in self._offered:
                self._sound, self._seconds = [], 0.0
            else:
                self._must_offer("wake")
                self._detector = await asyncio.to_thread(self._services.detector)

    async def _audio(self, event: Event) -> None:
        chunk = AudioChunk.from_event(event)
        samples = self._samples(chunk)
        if self._detector is not None:
            self._recent = np.concatenate([self._recent, samples])[-_LOOK_BACK:]
            if self._detector.process(samples) is not None and await self._meant():
                await self._send(Detection(name=self._word, timestamp=chunk.timestamp))
        elif self._sound is not None:
            self._seconds += len(samples) / LOOP_RATE
            if self._seconds > MOST_SECONDS:
                self._sound = None
                raise AssistantError(f"A command may last {MOST_SECONDS:.0f} seconds.")
            self._sound.append(samples)

    async def _meant(self) -> bool:
        """Whether a second look at the wake word agrees; one that fails does."""
        looking = self._services.second_look(self._recent)
        try:
            return looking is None or (await asyncio.wrap_future(looking)).accepted
        except Exception as error:  # noqa: BLE001  the first look stands
            log.warning("the second look at the wake word failed: %s", fault(error))
            return True

    @property
    def _word(self) -> str:
        return self._services.config.wake.word

    def _samples(self, chunk: AudioChunk) -> Samples:
        """At LOOP_RATE, mono. Raises ValueError for a kind of sound that nobody has."""
        odd = chunk.width != 2 or not 1 <= chunk.channels <= 8
        if odd or not 8_000 <= chunk.rate <= 96_000 or len(chunk.audio) % (2 * chunk.channels):
            raise ValueError("16 bits, 1 to 8 channels, 8 to 96 kHz")
        if self._resampler is None or self._resampler[0] != chunk.rate:
            self._resampler = chunk.rate, pcm.Resampler(chunk.rate)
        frames = np.frombuffer(chunk.audio, "<i2").reshape(-1, chunk.channels)
        return self._resampler[1].process(pcm.mono(frames.astype(np.int16)))

    async def _audio_stop(self, _: Event) -> None:
        if self._detector is not None:
            self._detector = None
            await self._send(NotDetected())
            return
        pieces, self._sound = self._sound, None
        if pieces is None:
            return
        if self._resampler is not None:
            pieces.append(self._resampler[1].flush())
            self._resampler = None
        whole = np.concatenate([np.zeros(0, np.int16), *pieces])
        heard = await self._result(self._services.transcribe(whole))
        await self._send(Transcript(heard.text, language=heard.language))

    async def _result(self, future: Future[T]) -> T:
        """Of an engine. One that fails is told to the peer, without what is inside of it."""
        try:
            return await asyncio.wrap_future(future)
        except AssistantError:
            raise
        except Exception as error:
            log.warning("a request of a peer failed: %s", fault(error))
            raise AssistantError("It failed.", code="failed") from error

    # -- text that comes ------------------------------------------------------------------------

    def _text(self, text: object) -> str:
        if not isinstance(text, str) or not 0 < len(text) <= LONGEST_TEXT:
            raise AssistantError(f"A text must have 1 to {LONGEST_TEXT} characters.")
        return text

    def _language(self, wanted: object) -> str:
        """The one that is wanted, in two letters, if it is spoken here; else our first one."""
        spoken = self._services.config.languages
        short = wanted[:2].lower() if isinstance(wanted, str) else ""
        return short if short in spoken else spoken[0]

    async def _synthesize(self, event: Event) -> None:
        self._must_offer("tts")
        asked = Synthesize.from_event(event)
        language = self._language(asked.voice.language if asked.voice is not None else None)
        begun = False
        for sentence in self._services.sentences(self._text(asked.text), language):
            future = self._services.synthesize(sentence, language)
            speech = await self._result(future)
            if not begun:
                await self._send(AudioStart(rate=speech.rate, width=2, channels=1))
                begun = True
            sound = speech.samples.astype("<i2").tobytes()
            for at in range(0, len(sound), _PIECE):
                piece = sound[at : at + _PIECE]
                await self._send(AudioChunk(rate=speech.rate, width=2, channels=1, audio=piece))
        if not begun:
            await self._send(AudioStart(rate=LOOP_RATE, width=2, channels=1))
        await self._send(AudioStop())

    async def _handle(self, event: Event) -> None:
        self._must_offer("intents")
        said = Transcript.from_event(event)
        text, language = self._text(said.text), self._language(said.language)
        turn = await self._result(self._services.handle(text, language))
        if turn is None or turn.outcome != "answered":
            await self._send(NotHandled(turn.reply_text if turn is not None else None))
            return
        await self._send(Handled(turn.reply_text))

    async def _send(self, message: Eventable) -> None:
        await async_write_event(message.event(), self._writer)
