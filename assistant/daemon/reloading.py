"""Other settings while we run: what changed, and engines that are loaded beside those in use.

Until the new ones can hear and speak, the old ones go on; what cannot be loaded is refused, and
nothing has happened. Both at a time need memory for both: where there is none, the old ones go
first, and commands are heard a second or two later.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import psutil

from assistant.assemble import Engines
from assistant.audio import cleaning, devices
from assistant.errors import AssistantError, EngineError
from assistant.heap import give_back
from assistant.hear.listen import Listener
from assistant.rest import warm
from assistant.settings import Audio, Config
from assistant.threads import named

KEPT = frozenset({"profile", "audio", "vad", "endpoint", "trace", "keep", "wyoming", "bus", "show"})
"""What no engine knows: when only these change, the engines are kept, and so is what they know of
the conversation."""
HEARD_BY = frozenset({"wake", "vad", "endpoint"})
"""What the ears are made of: when it changes, nobody should be in the middle of a command."""
QUIET_WITHIN = 20.0
"""Seconds that a reload waits for the end of what is being said."""
LOADS_WITHIN = 60.0
"""Seconds for an engine."""
TOO_SLOW = (
    "An engine does not load with the settings as they are now. Choose another model for it, or "
    "end other programs, and save the settings again."
)
MARGIN_MB = 300.0
"""Of free memory that is left alone, for other programs."""


@dataclass(frozen=True, slots=True)
class Reloaded:
    """changed: the sections of the settings that differ. seconds: for which it did not answer,
    while it went on to them. prepared: seconds before that, in which the old settings held."""

    changed: tuple[str, ...]
    seconds: float
    prepared: float = 0.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What to go on with. None: what there is already. entered: the engines are in use already."""

    config: Config
    engines: Engines | None = None
    listener: Listener | None = None
    entered: bool = False
    once: threading.Lock = field(default_factory=threading.Lock)

    def give_up(self) -> None:
        """It is not gone on with. More than one thread may find that out."""
        if self.engines is not None and self.entered and self.once.acquire(blocking=False):
            self.engines.__exit__(None, None, None)


def not_now() -> AssistantError:
    """Of what wants a loop, where there is none for a moment."""
    return AssistantError("It starts, or ends, just now. Try again in a moment.", code="not_now")


def check_sound(audio: Audio) -> None:
    """Raises ConfigError and AudioDeviceError: of what is found out too late when it is opened."""
    cleaning.check(audio)
    devices.find(audio.input, "input")
    devices.find(audio.output, "output")


def wait_until(quiet: Callable[[], bool]) -> None:
    """Until nobody is in the middle of something, or patience ends."""
    began = time.monotonic()
    while not quiet() and time.monotonic() - began < QUIET_WITHIN:
        time.sleep(0.02)


def room_for_two(config: Config) -> bool:
    """Whether what we use can be there twice for a while, by the machine and by the budget."""
    ours = psutil.Process().memory_info().rss / 1e6
    free = psutil.virtual_memory().available / 1e6
    peak = config.budget.memory_peak_mb
    return ours + MARGIN_MB < free and (not peak or 2 * ours < peak)


def beside(config: Config) -> tuple[Engines, bool]:
    """The engines of other settings, and whether they are loaded and in use (`__enter__`) already.

    Raises what made the loading of one fail, and EngineError where it takes too long; then none
    is left.
    """
    engines = Engines(config)
    if not room_for_two(config):
        return engines, False
    engines.__enter__()
    try:
        needed = warm(engines.stages, engines.standing.config)[: 1 + len(engines.stages.voices)]
        for each in needed:
            each.result(LOADS_WITHIN)  # the nearest examples may come later, as at the start
    except BaseException as error:
        engines.__exit__(None, None, None)
        if isinstance(error, TimeoutError):
            raise EngineError(TOO_SLOW) from error
        raise
    return engines, True


class Retiring:
    """Engines of before, which unload and give their memory back while others are in use."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None

    def begin(self, engines: Engines) -> None:
        self.wait()
        self._thread = threading.Thread(target=_retire, args=(engines,))
        self._thread.start()

    def wait(self) -> None:
        """Until they are gone."""
        if self._thread is not None:
            self._thread.join()


def _retire(engines: Engines) -> None:
    named("retire")
    engines.__exit__(None, None, None)
    give_back()
