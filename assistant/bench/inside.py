"""Turns of all kinds, one after the other, in a process of its own (see `within`).

    python -m assistant.bench.inside TURNS SOUNDS [SETTING]...

SOUNDS holds spoken commands (.wav). Spoken and typed commands, a long one, open questions follow
one another, each answer rendered by the voice; between them time goes by on a clock that does not
wait, and now and then so much of it that the engines are unloaded. Prints a line of JSON after each
turn, and one at the end.
"""

from __future__ import annotations

import json
import random
import re
import sys
import time
import wave
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.assemble import Engines, listener
from assistant.bench.held import held
from assistant.config import load
from assistant.governing import governing
from assistant.heap import one_heap
from assistant.hear.listen import Listener
from assistant.power.conditions import used_mb
from assistant.rest import TIDY, TRIM, Rest, warm
from assistant.think.memory import Conversation
from assistant.turn import run_turn
from assistant.types import LOOP_RATE, AudioChunk, Samples, Speech, Turn, Typed, Utterance
from assistant.worker import Cancel

TYPED = (
    "what time is it",
    "set a timer for ten minutes",
    "add milk and eggs to the shopping list",
    "what is fifteen percent of eighty",
    "cancel all timers",
    "how many days until christmas",
    "what can you do",
)
ASKED = (
    "why is the sky blue",
    "who wrote don quixote",
    "tell me something about whales",
    "how do bees make honey",
)
PACE = 10.0
"""Seconds from one turn to the next, on the clock that does not wait."""
PAUSE_EVERY = 40
"""Turns, after which nobody speaks until the engines are unloaded."""
_LONG = 1e6  # seconds: any time after which engines are unloaded
_SETTLED = 2.0


class Nowhere:
    """A sink for sound that nobody hears: rendered like any other, then dropped."""

    def prepare(self) -> None: ...

    def play(self, _speech: Speech) -> float:
        return time.monotonic()

    def finish(self, cancel: Cancel) -> bool:
        return not cancel.is_set()

    def hold(self) -> None: ...

    def resume(self) -> None: ...

    def stop(self) -> None: ...

    def close(self) -> None: ...


class Session:
    """The turns of one process, as `assistant run` would take them, without a microphone."""

    def __init__(self, sounds: Sequence[Path], settings: Sequence[str]) -> None:
        self.config = load(settings).config
        self._sounds = [_read(path) for path in sounds]
        self._chance = random.Random(7)
        self._ahead = 0.0
        self._answered = 0
        self._most = 0.0
        self._words: list[str] = []
        self._failures: list[str] = []

    def run(self, turns: int) -> dict[str, Any]:
        """Takes them, and tells of each on standard output; what was found in all of them."""
        config, sink = self.config, Nowhere()
        with Engines(config) as engines, governing(config, engines.stages, engines.standing) as g:
            rest, conversation = Rest(engines.stages, config, g), Conversation(config.think.history)
            ears = self._ears()
            for loading in warm(engines.stages, engines.standing.config):
                loading.exception()
            for number in range(turns):
                self._time_goes_by(number, engines, rest)
                said = self._said(number)
                turn = run_turn(said, engines.stages, sink, Cancel(), conversation)
                self._note(said, turn)
                rest.used(self._now())
                if word := rest.word():
                    self._words.append(word.reply.text)
                    run_turn(word, engines.stages, sink, Cancel(), conversation)
                steps = [taken.step for taken in engines.standing.taken]
                self._soon_after(rest, engines)
                self._tell(number, turn.outcome, steps)
            made_of = self._made_of(engines, rest)
            ears.finish()
        return {
            "lost": len(self._failures),
            "failures": self._failures[:5],
            "steps": steps,
            "words": self._words,
            "answered": self._answered,
            "pss_mb": round(self._most, 1),
            "rss_peak_mb": _most_resident(),
            "made_of": made_of,
        }

    def _ears(self) -> Listener:
        """What waits for the wake word, which is there all the time; it has heard a second."""
        ears = listener(self.config)
        ears.process(AudioChunk(np.zeros(LOOP_RATE, np.int16), 0, time.monotonic()))
        return ears

    def _now(self) -> float:
        return time.monotonic() + self._ahead

    def _time_goes_by(self, number: int, engines: Engines, rest: Rest) -> None:
        idle_unload = engines.standing.config.memory.idle_unload
        paused = number % PAUSE_EVERY == PAUSE_EVERY // 2 and idle_unload
        self._ahead += idle_unload + PACE if paused else PACE
        rest.idle(self._now())
        rest.used(self._now())

    def _soon_after(self, rest: Rest, engines: Engines) -> None:
        """A second later, when a turn's memory was given back."""
        self._ahead += 2 * TRIM
        rest.idle(self._now())
        engines.stages.transcriber.after(bool).result()

    def _tell(self, number: int, outcome: str, steps: Sequence[str]) -> None:
        used = used_mb()
        self._most = max(self._most, used)
        told = {"turn": number, "outcome": outcome, "steps": steps, "words": self._words}
        told |= {"answered": self._answered, "mb": round(used, 1)}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()

    def _made_of(self, engines: Engines, rest: Rest) -> Mapping[str, Mapping[str, float]]:
        """The memory after the last turn, some seconds later, and long after it."""
        found = {"after turns": held()}
        for moment, later in (("tidied", TIDY + 1), ("waiting", _LONG)):
            rest.idle(self._now() + later)
            stages = engines.stages
            for worker in (stages.transcriber, *stages.voices.values(), *stages.embedders):
                worker.after(bool).result()
            for thinker in stages.thinkers:
                thinker.after(bool).result()
            time.sleep(_SETTLED)
            found[moment] = held()
        return found

    def _said(self, number: int) -> Utterance | Typed:
        language = self.config.languages[0]
        kind = number % 10
        if kind in (3, 7):
            return Typed(self._chance.choice(ASKED), language)
        if kind % 2 or not self._sounds:
            return Typed(self._chance.choice(TYPED), language)
        heard = [self._chance.choice(self._sounds) for _ in range(3 if kind == 4 else 1)]
        return Utterance(np.concatenate(heard), "silence", time.monotonic())

    def _note(self, said: Utterance | Typed, turn: Turn) -> None:
        """Lost is what broke, and what was said and not heard or answered at all. A function that
        says that there is nothing to cancel has done its work."""
        self._answered += any(span.stage == "think" for span in turn.trace.spans)
        unheard = isinstance(said, Utterance) and not (turn.transcript and turn.transcript.text)
        broken = turn.failure is not None or turn.outcome == "cancelled"
        if broken or unheard or not turn.reply_text:
            self._failures.append(f"{turn.outcome}: {turn.trace.error or turn.trace.route}")


def _read(path: Path) -> Samples:
    """A file as `budgets.speak` writes them. The library for all kinds of files would be counted
    with the rest."""
    with wave.open(str(path), "rb") as sound:
        return np.frombuffer(sound.readframes(sound.getnframes()), np.int16)


def _most_resident() -> float:
    """MB (RSS) that this process has had in memory at most, within a turn too."""
    found = re.search(r"^VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.MULTILINE)
    return int(found[1]) / 1000 if found else 0.0


def main(arguments: Sequence[str]) -> None:
    turns, sounds, *settings = arguments
    one_heap()
    told = Session(sorted(Path(sounds).glob("*.wav")), settings).run(int(turns))
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
