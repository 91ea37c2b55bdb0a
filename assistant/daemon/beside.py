"""What is offered and shown beside the control socket, as the settings of the moment have it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from assistant.daemon.loop import Loop
from assistant.daemon.protocol import Request
from assistant.daemon.server import Answer
from assistant.ducking import Ducking
from assistant.errors import AssistantError
from assistant.settings import Config, Wyoming
from assistant.stages import Stages
from assistant.types import Event

if TYPE_CHECKING:
    from assistant.daemon.bus_server import BusServer
    from assistant.daemon.showing import Showing
    from assistant.daemon.wyoming_server import WyomingServer


class Beside:
    """loop: that others are served by. handle: as for `ControlServer`. on_problem: told what of it
    does not work; the voice goes on without."""

    def __init__(
        self,
        loop: Loop,
        handle: Callable[[Request, Answer], None],
        on_problem: Callable[[str], object],
    ) -> None:
        self._loop, self._handle, self._on_problem = loop, handle, on_problem
        self._problems: dict[str, str] = {}  # by the part that has it
        self._wyoming: WyomingServer | None = None
        self._wyoming_as: Wyoming | None = None
        self._bus: BusServer | None = None
        self._bus_as: object = None
        self._showing: Showing | None = None
        self._showing_as: object = None
        self._ducking: Ducking | None = None

    @property
    def problem(self) -> str:
        """What of it does not work now. Any thread."""
        return " ".join(list(self._problems.values()))

    def follow(self, config: Config) -> None:
        """Begin, or go on with, what these settings want."""
        if self._wyoming_as != config.wyoming:
            self._end_wyoming()
            self._wyoming_as = config.wyoming
            if config.wyoming.serve:
                self._serve_wyoming(config.wyoming)
        if self._bus_as != config.bus:
            self._end_bus()
            self._bus_as = config.bus
            if config.bus.serve:
                self._serve_bus(words=config.bus.words)
        shown = (config.show, config.board, config.languages)
        if self._showing_as != shown:
            self._end_showing()
            self._showing_as = shown
            self._show(config)
        self._duck(config.audio.duck_db)

    def tell(self, state: str, event: Event, kind: str, fields: Mapping[str, Any]) -> None:
        """By the threads of the loop: nothing here waits. kind, fields: as on the socket."""
        if (bus := self._bus) is not None:
            bus.publish(kind, fields)
        if (showing := self._showing) is not None:
            showing.tell(state, event)
        if (ducking := self._ducking) is not None:
            ducking.note(event)

    def close(self) -> None:
        self._end_wyoming()
        self._end_bus()
        self._end_showing()
        if self._ducking is not None:
            self._ducking.close()

    # what is not turned on is not even loaded

    def _serve_wyoming(self, settings: Wyoming) -> None:
        from assistant.daemon.wyoming_server import WyomingServer
        from assistant.daemon.wyoming_services import Services

        services = Services(lambda: self._loop.config, self._stages, self._loop.take)
        try:
            server = WyomingServer(services, settings.host, settings.port)
            server.start()
        except AssistantError as error:
            self._fails("wyoming", str(error))
        else:
            self._wyoming = server

    def _serve_bus(self, *, words: bool) -> None:
        from assistant.daemon.bus_server import BusServer

        self._bus = BusServer(self._handle, words=words)
        self._bus.start()

    def _show(self, config: Config) -> None:
        if not (config.show.leds or config.show.notify):
            return
        from assistant.daemon.showing import Showing

        self._showing = Showing(config, lambda problem: self._fails("show", problem))
        self._showing.start()

    def _duck(self, decibels: float) -> None:
        if self._ducking is None:
            self._ducking = Ducking(decibels)
        self._ducking.decibels = decibels

    def _fails(self, part: str, problem: str) -> None:
        self._problems[part] = problem
        self._on_problem(problem)

    def _stages(self) -> Stages | None:
        return self._loop.engines.stages if self._loop.engines is not None else None

    def _end_wyoming(self) -> None:
        if self._wyoming is not None:
            self._wyoming.close()
            self._wyoming = None
        self._problems.pop("wyoming", None)

    def _end_bus(self) -> None:
        if self._bus is not None:
            self._bus.close()
            self._bus = None

    def _end_showing(self) -> None:
        if self._showing is not None:
            self._showing.close()
            self._showing = None
        self._problems.pop("show", None)
