"""Who talks while we do: we fall silent at once, and go on where we were if it was nothing for us.

"Stop" needs no wake word while we speak; anything else does. Our own voice is taken out of what is
heard before it comes here (`audio.echo`), and what we are saying ourselves is never taken for a
person's word.
"""

from __future__ import annotations

import math
import re
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace

from assistant.hear.listen import Listener
from assistant.hear.session import Heard, TalkedOver
from assistant.hear.verify import likeness
from assistant.settings import Config
from assistant.stages import Sink, Stages, Transcriber
from assistant.types import LOOP_RATE, Called, Draft, Event, NothingSaid, Utterance, Wake

STOPS = {"talk.stop", "talk.never_mind", "conversation.cancel_that"}
"""Functions that end what is being said."""
RINGING = ("alarms.", "timers.", "reminders.")
"""Whose functions are for us while something rings: "stop the alarm", "five more minutes"."""
IN_VAIN = 3
"""Pauses in a row that were for nothing: a television talks, and we do not pause any more,"""
FOR_NOW = 600.0
"""for so many seconds."""
SENTENCES = 64
"""Of ours, of which the sound may still be in the room, or is to come: they are known up to ten
seconds before they sound."""
FELL_SILENT = 0.3
"""Seconds after we paused from which on nothing of ours is heard any more: what a device still
held (0.1 s), and what the room gives back. Who talks then is somebody else."""
WRITTEN_SO = {
    "en": ("Stop.", "Stop!"),
    "es": ("Para.", "¡Para!", "Basta.", "¡Basta!", "Cállate.", "¡Cállate!", "Detente."),
}
"""What ends our speech, as a recognizer writes it: the word is scored against the sound where it
could not make out what was said. In a room what is heard first is our own voice fading away."""
OR_SO = {
    "en": ("Top.", "Step.", "Start.", "Yes.", "No.", "Okay.", "Thank you.", "So", "What?", "Shop."),
    "es": ("Pasa.", "Vale.", "Sí.", "No.", "Hola.", "Gracias.", "Nada.", "Casa.", "Hasta.", "Pero"),
}
"""What else a short sound may be: what fits one of these better by more than CLOSE is no "stop"."""
FITS, CLOSE = {"en": -3.0, "es": -1.8}, 0.3
"""Mean log-probabilities per token. Said over our own voice, as loud as it comes back, by 13 voices
in five computed rooms, "stop" was written as such 35 of 65 times; 12 times more it fits so well.
Of 132 other short sounds in these rooms ("top", "step", "shop", "it's hot" and so on by synthetic
voices, 57 by people) none does that was not taken for it before (5: "no", "nope", "top"). With -3.5
"stood up" does, with -4 "pop" and "stuff", too. Spanish (whisper-base, three rooms): 24 instead of
9 of 45, and of 59 others 4 instead of 1, the new ones "calle" and "pasta"; with -2.5 31 and 9."""
UNSURE, SHORT = 0.7, 1.6
"""Confidence of a transcript below which that is asked, and seconds of sound up to which it is."""
ALIKE = 0.75
"""How alike the letters of some of our words are to the wake word's, to be taken for it."""


class Interruptions:
    """`take` is called by the thread that hears, and waits for nothing: the words are found out by
    the transcriber's thread.

    stop: ends the turn that is on, and its sound. put: has an utterance answered.
    """

    def __init__(
        self,
        config: Config,
        stages: Stages,
        sink: Sink,
        ears: Listener,
        stop: Callable[[], object],
        put: Callable[[Utterance], object],
    ) -> None:
        self._stages = stages
        self._sink = sink
        self._ears = ears
        self._pauses = config.audio.pause_for_voice
        self._stop, self._put = stop, put
        self._ours: deque[str] = deque(maxlen=SENTENCES)
        self._over = False  # what we said; it may still be in the room
        self._rings = False  # it is about something that is due
        self._paused = False  # in this reply
        self._held_at: float | None = None  # monotonic seconds, while we pause
        self._vain = 0
        self._not_before = 0.0  # monotonic seconds
        self._stopped = False  # by what is being said
        self._looked_at = 0  # revision

    def noting(self, on_event: Callable[[Event], object]) -> Callable[[Event], object]:
        """`on_event`, and what we are saying noted."""

        def note(event: Event) -> None:
            if event.kind == "saying":
                if self._over:
                    self._ours.clear()
                self._over = False
                self._ours.append(event.text)
            elif event.kind == "announcing":
                self._rings = True
            elif event.kind == "idle":
                self._paused, self._over, self._held_at = False, True, None
                self._rings = False
            on_event(event)

        return note

    def take(self, heard: Heard) -> bool:
        """What the ears heard; true when that was said while we spoke, and is dealt with here."""
        match heard:
            case Called(over_us=True):
                if said_by_us(heard.wake.word, self._ours):
                    self._ears.dismiss(heard.wake)
                    return True
                self._sink.hold()  # until the second look: `called`, or `dismissed`
                return False
            case TalkedOver():
                self._begin()
            case Draft(utterance=Utterance(over_us=True) as said):
                self._look(said, last=False)
            case Utterance(over_us=True):
                self._look(heard, last=True)
            case NothingSaid(over_us=True):
                self._go_on(last=True)
            case _:
                return False
        return True

    def called(self) -> None:
        """It was the wake word. The turn has been cancelled; whatever else was held is not."""
        self._vain = 0
        self._sink.resume()

    def dismissed(self, wake: Wake) -> None:
        """It was not. What is being said over us beside it is still listened to."""
        self._ears.dismiss(wake)
        if self._held_at is None:
            self._sink.resume()

    def _begin(self) -> None:
        self._stopped, self._looked_at = False, 0
        if self._pauses and not self._paused and time.monotonic() >= self._not_before:
            self._paused, self._held_at = True, time.monotonic()
            self._sink.hold()

    def _look(self, said: Utterance, last: bool) -> None:
        def look(transcriber: Transcriber) -> None:
            try:
                self._find_out(said, transcriber)
            finally:  # whatever fails, we do not stay silent
                if not self._stopped and (last or not self._rings):  # "okay ... stop"
                    self._go_on(last)
            if self._stopped and last:  # it ends what rings, too; more may follow "stop"
                self._put(replace(said, over_us=False, commands_only=True))

        self._stages.transcriber.start(look)

    def _find_out(self, said: Utterance, transcriber: Transcriber) -> None:
        """Stop if that was said. By the transcriber's thread, one after the other."""
        known = said.revision and said.revision == self._looked_at
        if known or self._stopped:
            return
        self._looked_at = said.revision
        heard = transcriber.transcribe(said)
        ended_at = said.speech_ended_at
        stops = self._stops(heard.text, heard.language, ended_at)
        if not stops and (not heard.text or heard.confidence < UNSURE):
            stops = self._stops(by_ear(said, transcriber, heard.language), heard.language, ended_at)
        if stops:
            self._stopped, self._vain = True, 0
            self._stop()

    def _stops(self, text: str, language: str, ended_at: float) -> bool:
        silent = self._held_at is not None and ended_at - self._held_at > FELL_SILENT
        ours = () if silent else self._ours
        if not text or any(f" {_letters(text)} " in f" {_letters(s)} " for s in ours):
            return False
        intent = self._stages.router.exact(text, language)
        if intent is None:
            return False
        return intent.function in STOPS or (self._rings and intent.function.startswith(RINGING))

    def _go_on(self, last: bool) -> None:
        """It is nothing for us."""
        self._held_at = None
        self._sink.resume()
        if last:
            self._vain += 1
            if self._vain >= IN_VAIN:
                self._vain, self._not_before = 0, time.monotonic() + FOR_NOW


def by_ear(said: Utterance, transcriber: Transcriber, language: str) -> str:
    """The word that ends our speech which the sound of it fits; "" if it fits none."""
    words, others = WRITTEN_SO.get(language, ()), OR_SO.get(language, ())
    if not words or len(said.samples) > SHORT * LOOP_RATE:
        return ""
    scores = transcriber.score(said, [*words, *others])
    best, word = max(zip(scores, words, strict=False), default=(-math.inf, ""))
    other = max(scores[len(words) :], default=-math.inf)
    return word if best >= max(FITS[language], other - CLOSE) else ""


def said_by_us(word: str, sentences: Iterable[str]) -> bool:
    """Whether we are saying something like the wake word ourselves."""
    return any(likeness(sentence, word) >= ALIKE for sentence in sentences)


def _letters(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
