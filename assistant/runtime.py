"""The loop: the only file that starts threads for it.

    hear thread     source -> Listener -> inbox     never waits for a turn
    turn thread     inbox -> run_turn -> sink       the caller of `run`
    alarm thread    what is due -> inbox

Saying the wake word while a turn is on cancels that turn: the only signal that goes upstream.
Beside it the ears are told one number, how long a silence will end what is being said.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import closing

from assistant.alarms import pass_on
from assistant.announcing import Announcer, cut_off
from assistant.audio import chime
from assistant.calls import Calls
from assistant.channel import Channel
from assistant.current import Current
from assistant.drafts import Drafts
from assistant.errands import Errand
from assistant.errors import AssistantError
from assistant.follow_up import follow_up
from assistant.hear.listen import Listener
from assistant.hear.session import Heard, Prompt, SpeechStarted, TalkedOver
from assistant.interruptions import Interruptions
from assistant.power.turn_meter import TurnMeter
from assistant.reopening import Reopened
from assistant.rest import Rest
from assistant.settings import Config
from assistant.stages import Alarms, Sink, Source, Stages
from assistant.think.memory import Conversation
from assistant.threads import named
from assistant.trace import Recorder, TraceLog
from assistant.turn import TurnUnderWay
from assistant.types import (
    Announcement,
    Called,
    Draft,
    Event,
    NothingSaid,
    Speech,
    Turn,
    Typed,
    Utterance,
    Wake,
)
from assistant.worker import Cancel

Begins = Utterance | Typed | Announcement
Inbox = Draft | Utterance | NothingSaid | Prompt | TalkedOver | Announcement | Errand


class Runtime:
    """The running assistant.

    open_source: opens the microphone (again, after it was gone) or a file.
    half_duplex: do not listen while speaking; needed where no wake word guards the ears.
    patient: read on only when what was heard is answered. A file can wait, as a person does; read
        at full speed, its next wake word would cancel an answer that has hardly begun.
    again: not the first loop on this microphone, which is waited for when it is gone.
    on_event: told what happens, from the threads in which it happens.
    """

    def __init__(
        self,
        config: Config,
        stages: Stages,
        listener: Listener,
        open_source: Callable[[], Source],
        sink: Sink,
        *,
        alarms: Alarms | None = None,
        trace: TraceLog | None = None,
        meter: TurnMeter | None = None,
        rest: Rest | None = None,
        half_duplex: bool = False,
        patient: bool = False,
        again: bool = False,
        on_event: Callable[[Event], object] = lambda _: None,
    ) -> None:
        self._config = config
        self._stages = stages
        self._listener = listener
        self._sink = sink
        self._alarms = alarms
        self._rest = rest or Rest(stages, config)
        self._inbox: Channel[Inbox] = Channel()
        self._over = Interruptions(config, stages, sink, listener, self.cancel, self._inbox.put)
        self._emit = self._over.noting(on_event)
        listens = Event("listening")
        told = self._called, self._over.dismissed, lambda: self._emit(listens)
        self._calls = Calls(stages.verifier, *told)
        self._recorder = Recorder(trace)
        self._meter = meter or TurnMeter(None)
        self._half_duplex = half_duplex
        self._patient = patient
        self._handled = threading.Semaphore(0)
        self._conversation = Conversation(config.think.history)
        self._drafts = Drafts(config.endpoint, listener.expect, self._inbox.waits)
        self._stop, self._current = threading.Event(), Current()
        self._failure: Exception | None = None
        self._sound = Reopened(
            open_source,
            self._stop,
            self._emit,
            listener.cut_off,
            lambda: self._inbox.put(cut_off(config.languages[0])),
            patient=again,
        )
        aloud = self._turn, self._answer
        self._announcer = Announcer(sink, *aloud, alarms, on_event, listener.tone)
        self.handling_since: float | None = None  # monotonic: the turns' thread does one thing

    def run(self) -> None:
        """Answer until `stop` is called or the source ends. Raises what made listening end."""
        threads = [threading.Thread(target=self._hear, name="hear")]
        if self._alarms is not None:
            told = (self._alarms, self._stop, self._inbox.put, self._emit)
            threads.append(threading.Thread(target=pass_on, args=told, name="alarms"))
        for thread in threads:
            thread.start()
        try:
            for item in self._inbox:
                if not self._stop.is_set():
                    self._take_up(item)
                elif isinstance(item, Errand):
                    item.done.cancel()
                self._handled.release()
        finally:
            self.stop()
            self._handled.release()
            for thread in threads:
                thread.join()
        if self._failure is not None:
            raise self._failure

    def stop(self) -> None:
        """End the loop; what is being said is cut off."""
        self._stop.set()
        self._current.close()
        if self._alarms is not None:
            self._alarms.wake()
        self.cancel()
        self._inbox.close()

    def cancel(self) -> None:
        """Cancel the turn that is on, if any; its sound stops at once."""
        if self._current.cancel():
            self._sink.stop()

    def listen(self) -> None:
        """Push to talk: what is said next is a command."""
        self.cancel()
        self._rest.used(time.monotonic())
        self._announcer.open_speaker()
        self._listener.open()

    def take(self, errand: Errand) -> None:
        """Do it after the turn that is on. Cancelled at once when the loop has ended."""
        if not self._stop.is_set():
            self._rest.used(time.monotonic())
        if self._stop.is_set() or not self._inbox.put(errand):
            errand.done.cancel()

    # -- hear thread --------------------------------------------------------------------------

    def _hear(self) -> None:
        named("ears")
        try:
            with closing(self._sound.chunks()) as chunks:
                for chunk in chunks:
                    self._pass_on(self._listener.process(chunk))
                    self._rest.idle(chunk.time)
                    self._meter.tick(chunk.time)
            if self._sound.ended:
                self._pass_on(self._listener.finish())
        except Exception as error:  # noqa: BLE001 - carried to the thread that waits in `run`
            self._failure = None if self._stop.is_set() else error
        finally:
            self._inbox.close()

    def _pass_on(self, heard: list[Heard]) -> None:
        for item in heard:
            match item:
                case _ if self._over.take(item):
                    pass  # said while we speak
                case Called():
                    self._calls.take(item)
                case SpeechStarted():
                    self._calls.speaks()
                case _:
                    if isinstance(item, Draft):
                        self._drafts.note(item)
                    if self._inbox.put(item) and self._patient:
                        self._handled.acquire()

    def _called(self, wake: Wake) -> None:
        """Somebody wants us."""
        self.cancel()
        self._over.called()
        self._meter.called()
        self._rest.used(time.monotonic())
        self._emit(Event("awake", wake.word))
        self._announcer.open_speaker()

    # -- turn thread --------------------------------------------------------------------------

    def _take_up(self, item: Inbox) -> None:
        self.handling_since = time.monotonic()
        try:
            self._handle(item)
        except AssistantError as error:  # no chime, or no room on the disk: go on
            self._emit(Event("degraded", str(error)))
        self.handling_since = None

    def _handle(self, item: Inbox) -> None:
        match item:
            case Prompt():
                if self._config.wake.chime and self._calls.verified(item.wake):
                    self._sink.play(chime.wake())
            case NothingSaid():
                self._emit(Event("nothing said"))
            case Announcement():
                if self._announcer.take(item):
                    # "stop" needs no wake word now, but talk in the room is no question
                    self._listener.open(self._config.endpoint.follow_up, commands_only=True)
            case Draft() if self._drafts.is_latest(item):
                if (said := self._calls.for_us(item.utterance)) is not None:
                    turn = self._under_way(said, self._sink)
                    with self._current.on(turn.cancel):
                        self._drafts.prepare(said, turn)
            case Utterance():
                if (said := self._calls.for_us(item)) is not None:
                    self._answer(said)
            case Errand():
                item.run(self._carry_out)

    def _carry_out(self, errand: Errand) -> Turn | None:
        match errand.wanted:
            case Typed() as typed if errand.aloud:
                return self._answer(typed)
            case Typed() | Announcement() as wanted:
                return self._turn(wanted, self._sink if errand.aloud else None)
            case Speech() as speech:
                self._sink.play(speech)
            case call:
                call()
        return None

    def _answer(self, said: Utterance | Typed) -> Turn:
        turn = self._turn(said, self._sink)
        invited = follow_up(said, turn, self._config.endpoint)
        to_come = invited is not None and not invited.after_all
        if not to_come and turn.outcome != "cancelled" and (word := self._rest.word()):
            self._turn(word, self._sink)
        if invited is not None:
            self._listener.open(invited.seconds, commands_only=invited.commands_only)
        return turn

    def _turn(self, said: Begins, sink: Sink | None) -> Turn:
        turn = self._drafts.take(said) or self._under_way(said, sink)
        with self._current.on(turn.cancel):
            self._meter.begun()
            self._listener.deafen(self._half_duplex)
            try:
                done = turn.finish(said)
            finally:
                self._listener.deafen(False)
                self._rest.used(time.monotonic())
        lost = self._sound.lost_samples
        if problem := self._recorder.write(self._meter.measured(done.trace), lost):
            self._emit(Event("degraded", problem))
        return done

    def _under_way(self, said: Begins, sink: Sink | None) -> TurnUnderWay:
        about = self._conversation, self._emit
        return TurnUnderWay(said, self._stages, sink, Cancel(), *about)
