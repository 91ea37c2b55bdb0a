"""What is due is told, whatever else does not work: without a voice by a sound, without a speaker
on the screen, and aloud as soon as there is one."""

from __future__ import annotations

from collections.abc import Callable

from assistant.audio import chime
from assistant.errors import AudioDeviceError
from assistant.stages import Alarms, Sink
from assistant.types import Announcement, Event, Outcome, Reply, Turn, Typed

_CUT_OFF = {
    "en": "Sorry, please say that again.",
    "es": "Perdona, repítelo, por favor.",
}


def cut_off(language: str) -> Announcement:
    """Somebody was speaking when the microphone went. Half of a command is not done: it may mean
    something else."""
    return Announcement(Reply(_CUT_OFF.get(language, _CUT_OFF["en"]), language, ok=False))


class Announcer:
    """Used by the thread of the turns; `open_speaker` by any.

    tone: told until when (monotonic seconds) a tone sounds, and nothing else of ours.
    say: the turn of an announcement. answer: that of a command whose time has come.
    """

    def __init__(
        self,
        sink: Sink,
        say: Callable[[Announcement, Sink], Turn],
        answer: Callable[[Typed], Turn],
        alarms: Alarms | None,
        on_event: Callable[[Event], object],
        tone: Callable[[float], object] = lambda _: None,
    ) -> None:
        self._sink = sink
        self._tone = tone
        self._say, self._answer = say, answer
        self._alarms = alarms
        self._emit = on_event
        self._unheard: set[str] = set()  # keys of what was to be told without a speaker

    def open_speaker(self) -> None:
        """Ahead of what will be said. Without one that is told, and nothing else is lost by it."""
        try:
            self._sink.prepare()
        except AudioDeviceError as error:
            self._emit(Event("degraded", str(error)))

    def take(self, due: Announcement) -> bool:
        """Tell it, or do what was to be done at its time; whether an answer is to be expected: not
        where somebody speaks already."""
        if due.command:
            self._carry_out(due)
            return False
        return self._announce(due) != "cancelled"

    def _carry_out(self, due: Announcement) -> None:
        """What was cut off before it had a reply may not have been done."""
        done = False
        try:
            turn = self._answer(Typed(due.command, due.reply.language, by_hand=False))
            done = turn.outcome != "cancelled" or bool(turn.reply_text)
        finally:
            if self._alarms is not None and done:
                self._alarms.done(due)
            elif self._alarms is not None:
                self._alarms.unfinished(due)

    def _announce(self, due: Announcement) -> Outcome:
        """How it ended; "failed" where nobody can have heard it: it comes again soon."""
        try:
            self._sink.prepare()
            if due.chime == "alarm":
                self._ring()
        except AudioDeviceError as error:
            self._not_heard(due, error)
            return "failed"
        turn = self._say(due, self._sink)
        if isinstance(turn.failure, AudioDeviceError):
            self._not_heard(due, turn.failure)
        elif turn.outcome == "failed":  # no voice
            self._sink.play(chime.alarm())
        else:
            self._unheard.discard(due.key)
        return turn.outcome

    def _ring(self) -> None:
        sound = chime.alarm()
        self._tone(self._sink.play(sound) + sound.seconds)

    def _not_heard(self, due: Announcement, error: AudioDeviceError) -> None:
        """Who looks at the screen is told, once."""
        if due.key not in self._unheard:
            self._unheard.add(due.key)
            self._emit(Event("degraded", str(error)))
            self._emit(Event("announcing", due.reply.text))
        if self._alarms is not None:
            self._alarms.unheard(due)
