"""`assistant run`, whole: the loop, and around it the lock, the control socket, the watchdog."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack, closing, suppress
from functools import partial
from pathlib import Path

from assistant import leftovers, patience
from assistant.announcing import cut_off
from assistant.audio import chime, portaudio
from assistant.audio.cleaning import cleaned
from assistant.audio.echo import without_echo
from assistant.audio.server import Heard, Watch
from assistant.audio.source import Microphone
from assistant.daemon.beside import Beside
from assistant.daemon.control import Control
from assistant.daemon.early import EarlyMicrophone
from assistant.daemon.ears import Ears
from assistant.daemon.edited import Edited
from assistant.daemon.guard import Guard, Seen, begin_anew
from assistant.daemon.instance import Instance, socket_path
from assistant.daemon.life import Life
from assistant.daemon.loop import Loop
from assistant.daemon.notify import Notifier
from assistant.daemon.protocol import WIRE_KINDS
from assistant.daemon.retention import Retention
from assistant.daemon.server import ControlServer
from assistant.daemon.state import State, event_fields
from assistant.daemon.unanswered import Unanswered
from assistant.daemon.unit import too_narrow
from assistant.errands import Errand
from assistant.errors import AssistantError, EngineError
from assistant.people import People
from assistant.settings import Audio, Config
from assistant.stages import Source
from assistant.types import Event, Turn
from assistant.worker import HOPELESS

log = logging.getLogger(__name__)

SILENT = (
    "The microphone gives only silence: it may be muted by a switch, or in the mixer. It is tried "
    "again now and then."
)
GONE = (
    "There is no microphone any more. Plug one in, or choose one in the settings of your desktop's "
    "sound."
)
LEVEL_OF = 2
"""Of so many pieces of sound one level is told: eight a second, with pieces of 64 ms."""


class Program:
    """settings, check: as for `Loop`. show: told what happens, for the screen.

    early: a microphone that is being opened already.
    open_device: opens the microphone; another one in tests.
    people: whom the log does not name. leaves: as for `Loop`.
    edited: a file of settings, that is taken in when it changes.
    """

    def __init__(
        self,
        settings: Callable[[], Config],
        show: Callable[[Event], object],
        check: Callable[[Config], object],
        early: EarlyMicrophone | None = None,
        open_device: Callable[[Audio], Source] | None = None,
        people: People | None = None,
        leaves: bool = False,
        edited: Path | None = None,
    ) -> None:
        self._show = show
        self._early = early
        self._microphone_in_use: Microphone | None = None
        self._state = State()
        self._notifier = Notifier()
        opens = open_device or self._microphone
        self._ears = Ears(
            opens,
            on_mute=self._mute_changed,
            on_read=self._read,
            on_still=self._still,
            rouse=self._rouse,
        )
        patient = self._notifier.there  # else a person at a terminal is told that there is none
        self.loop = Loop(
            settings,
            self._ears,
            self._tell,
            check,
            patient=patient,
            begins=self._begins,
            leaves=leaves,
        )
        self._leaves = leaves
        self._control = Control(self.loop, self._ears, self._state)
        self._server = ControlServer(socket_path(), self._control)
        self._beside = Beside(
            self.loop, self._control, lambda problem: self._tell(Event("degraded", problem))
        )
        self._watch = Watch(self._heard)
        self._microphone_name = ""
        self._edited = Edited(edited) if edited is not None else None
        self._refusal = ""  # of what was edited
        self._unanswered = Unanswered()
        self._owed = False
        self._worn = False  # a new start would do it good
        self._ready = False
        self._narrow = ""  # the unit that runs us is
        self._retention = Retention()
        self._people = people
        self._pieces = 0
        self._life = Life(time.monotonic())
        self._ears_by = self._turns_by = 0  # the numbers of their threads
        # one that is used by another program has no process of its own to end
        ends = partial(begin_anew, kept=self._notifier.there)
        self._guard = Guard(self._seen, ends, self.loop.knock) if leaves else None

    def run(self) -> None:
        """Raises AlreadyRunningError, StorageError, and what made listening end."""
        with ExitStack() as stack:
            stack.callback(lambda: self._control.close(wait=not self._leaves))
            stack.enter_context(Instance())
            leftovers.sweep()
            self._owed = self._unanswered.owed()
            stack.enter_context(closing(self._unanswered))
            stack.enter_context(closing(self._server))
            self._server.start()
            stack.callback(self._notifier.stopping)
            stack.callback(self._beside.close)
            stack.enter_context(closing(self._watch))
            self._turns_by = threading.get_native_id()
            if self._guard is not None:
                stack.callback(self._guard.close)
                self._guard.start()
            if self._early is not None:
                self._early.settle()
            self._watch.start()
            self.loop.run()
        if self._worn:
            raise EngineError("Engines hung again and again: it is started anew.")

    def _tell(self, event: Event) -> None:
        """By the threads of the loop: nothing here waits."""
        self._life.told(time.monotonic())
        self._state.note(event)
        self._unanswered.note(event)
        kind, fields = WIRE_KINDS[event.kind], event_fields(event)
        self._server.publish(kind, fields)
        self._beside.tell(self._state.name, event, kind, fields)
        if event.kind in {"ready", "degraded"}:  # without a microphone timers ring, too
            if not self._ready:
                self._notifier.ready()
            self._ready = True
        about = str(event.turn.trace.route.get("function", "")) if event.turn is not None else ""
        if about.startswith("memory.") and self._people is not None:
            self._learn(self._people)
        if event.kind in {"ready", "degraded", "muted"}:
            self._notifier.status(event.text or str(self._state.fields()["state"]))
        self._show(event)
        if event.kind == "reloaded":
            self._mended()
        if event.kind == "ready" and (problem := self._problem):
            self._tell(Event("degraded", problem))

    @property
    def _problem(self) -> str:
        """What does not work beside the voice: a microphone that is found does not mend it."""
        return self._refusal or self._beside.problem or self._narrow

    def _microphone(self, audio: Audio) -> Source:
        def doze() -> float:
            return self.loop.doze

        early = self._early.take(audio, doze) if self._early is not None else None
        microphone = early or Microphone(audio.input, audio.block_ms, doze=doze)
        self._microphone_in_use = microphone
        return cleaned(without_echo(microphone, self.loop.playback, audio), audio)

    def _rouse(self) -> None:
        if (microphone := self._microphone_in_use) is not None:
            microphone.rouse()

    def _begins(self, config: Config) -> None:
        """The loop goes on with these settings."""
        self._narrow = too_narrow(config, os.environ)
        self._beside.follow(config)
        if self._people is not None:
            self._people.follow(config.trace)
            self._learn(self._people)
        if self._owed:
            self._owed = False
            asked = self.loop.take(Errand(cut_off(config.languages[0])), ours=True)
            asked.add_done_callback(self._asked_again)

    def _asked_again(self, asked: Future[Turn | None]) -> None:
        if not asked.cancelled():
            self._unanswered.asked_again()

    def _learn(self, people: People) -> None:
        """In the thread of the functions, which may wait for a keyring."""
        if (engines := self.loop.engines) is not None:
            with suppress(RuntimeError):  # it ends just now
                engines.stages.actor.start(lambda _: people.learn())

    def take_in(self) -> None:
        """Go on with the settings as they are now, soon: whoever calls does not wait for it."""
        self._control.soon(self._take_in)

    def _take_in(self) -> None:
        """The settings were edited. Bad ones are refused, and told; those of before go on."""
        try:
            self.loop.reload()
        except AssistantError as error:
            log.error("the settings are not taken in: %s", error)
            if error.code != "not_now":
                self._refuse(str(error))
            elif self._edited is not None:
                self._edited.again()
        except Exception as error:  # of a library that loads an engine: its words are for the log
            log.exception("the settings are not taken in")
            self._refuse(f"It failed ({type(error).__name__}), see the log.")
        else:
            self._mended()

    def _mended(self) -> None:
        refused, self._refusal = self._refusal, ""
        if refused:
            self._tell(Event("ready"))

    def _refuse(self, why: str) -> None:
        self._refusal = f"The settings were edited, and are not taken in: {why}"
        self._tell(Event("degraded", self._refusal))

    def _mute_changed(self, muted: bool) -> None:
        """Seen and heard."""
        self._tell(Event("muted" if muted else "unmuted"))
        with suppress(AssistantError):  # it ends just now
            self.loop.deafen(muted)
            sound = chime.muted() if muted else chime.unmuted()
            self.loop.take(Errand(sound), ours=True)

    def _still(self, still: bool) -> None:
        self._tell(Event("degraded", SILENT) if still else Event("ready"))

    def _heard(self, now: Heard) -> None:
        """By the thread that watches the sound server."""
        self._ears.lose("" if now.there else GONE)
        if now.there and now.name:
            before, self._microphone_name = self._microphone_name, now.name
            if before not in {"", now.name}:
                self._ears.moved()

    def _seen(self, now: float) -> Seen:
        """For the guard: takes no lock."""
        busy, given_up = self.loop.trouble(now)
        alarms = [t.native_id or 0 for t in threading.enumerate() if t.name == "alarms"]
        return Seen(
            begun=self._ears_by != 0,
            turn=busy > 0,
            busy=busy > 0 or self.loop.busy,
            hopeless=given_up >= HOPELESS,
            by_sound=portaudio.entered(),
            ears=self._ears_by,
            turns=self._turns_by,
            alarms=next(iter(alarms), 0),
            told=next(iter(patience.telling()), 0),
        )

    def _read(self, level: float | None) -> None:
        """By the thread of the ears, at every read."""
        now = time.monotonic()
        self._ears_by = threading.get_native_id()
        self._retention.look(now, self.loop.engines, self.loop.config)
        if (level is not None and not self._ears.deaf) or self._ears.muted:
            self._life.heard(now)
        busy, given_up = self.loop.trouble(now)
        served = self._state.name not in {"waiting", "degraded", "muted"}
        if self._notifier.there and not served and self._life.worn(now, given_up):
            self._worn = True
            self.loop.stop()
        if self._edited is not None and self.loop.config is not None and self._edited.look(now):
            self.take_in()
        if self._life.alive(now, busy, given_up):
            self._notifier.alive()
        if level is not None and self._server.wanted("level"):
            self._pieces += 1
            if self._pieces % LEVEL_OF == 0:
                self._server.publish("level", {"level": round(level, 4)})
