"""What is done is seen: LEDs and notifications, told by a thread of their own.

The loop puts an event into a bounded queue and goes on; what is slow or broken here is seen late
or not at all, and nobody waits for it.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable

from assistant.daemon.leds import COLOURS, DARK, Colour, GpioError, Leds, leds
from assistant.daemon.notices import Notices
from assistant.errors import AssistantError
from assistant.handlers.bus_wire import BusError
from assistant.settings import Config
from assistant.threads import named
from assistant.types import Event

log = logging.getLogger(__name__)

_MOST = 50  # events that wait; a desktop that hangs takes 1.5 s for each


class Showing:
    """opens: the LEDs of the settings. on_problem: told, once, what cannot be used."""

    def __init__(
        self,
        config: Config,
        on_problem: Callable[[str], object] = lambda _: None,
        opens: Callable[[Config], Leds | None] = leds,
    ) -> None:
        self._config, self._opens, self._on_problem = config, opens, on_problem
        self._notices = Notices(config.show.notify, config.languages[0])
        self._leds: Leds | None = None
        self._colour: Colour | None = None
        self._waiting: deque[tuple[str, Event | None]] = deque(maxlen=_MOST)
        self._some = threading.Condition()
        self._ending = False
        self._thread = threading.Thread(target=self._run, name="show")

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """LEDs go dark."""
        with self._some:
            self._ending = True
            self._some.notify()
        if self._thread.ident is not None:
            self._thread.join()

    def tell(self, state: str, event: Event | None = None) -> None:
        """Any thread. state: as `State.fields` has it."""
        if event is not None and event.kind == "announcing":
            state = "ringing"
        with self._some:
            self._waiting.append((state, event))
            self._some.notify()

    # -- its own thread -------------------------------------------------------------------------

    def _run(self) -> None:
        named("show")
        try:
            self._leds = self._opens(self._config)
        except (AssistantError, GpioError) as error:
            self._on_problem(str(error))
        while (told := self._next()) is not None:
            state, event = told
            self._light(COLOURS.get(state, DARK))
            if event is not None:
                self._notify(event)
        if self._leds is not None:
            self._safely(self._leds.close)

    def _next(self) -> tuple[str, Event | None] | None:
        with self._some:
            while not self._waiting and not self._ending:
                self._some.wait()
            return None if self._ending else self._waiting.popleft()

    def _light(self, colour: Colour) -> None:
        lamp = self._leds
        if lamp is None or colour == self._colour:
            return
        self._colour = colour
        self._safely(lambda: lamp.show(colour))

    def _safely(self, call: Callable[[], object]) -> None:
        try:
            call()
        except (OSError, GpioError) as error:
            if self._leds is not None:
                log.warning("show.leds: %s; they are left alone from now on", error)
            self._leds = None

    def _notify(self, event: Event) -> None:
        try:
            self._notices.show(event)
        except BusError as error:
            log.info("show.notify: %s", error)
