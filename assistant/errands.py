"""What other programs want of the loop: each is done in its turn, by the thread of the turns."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

from assistant.errors import AssistantError
from assistant.types import Announcement, Speech, Turn, Typed

Wanted = Typed | Announcement | Speech | Callable[[], object]
MOST = 32
"""Errands that wait to be done. The loop's queue holds twice as many, so that nobody who asks for
one has to wait for room, and keep the next one from saying stop."""


@dataclass(frozen=True, slots=True, eq=False)
class Errand:
    """wanted: a text to answer, something to say, a sound to play, or a call to make between two
    turns. aloud: say the answer; else it is only in the turn.
    done: the turn, or None where there was none; cancelled when the loop ended before.
    """

    wanted: Wanted
    aloud: bool = True
    done: Future[Turn | None] = field(default_factory=Future)

    def run(self, carry_out: Callable[[Errand], Turn | None]) -> None:
        """Do it, for whoever waits. What fails is theirs: the loop goes on."""
        if not self.done.set_running_or_notify_cancel():
            return
        try:
            result = carry_out(self)
        except Exception as error:  # noqa: BLE001 - raised again where it is waited for
            self.done.set_exception(error)
        else:
            self.done.set_result(result)


class Errands:
    """Those that were given to one loop. For one thread at a time."""

    def __init__(self) -> None:
        self._waiting: set[Errand] = set()

    def add(self, errand: Errand, *, ours: bool) -> None:
        """ours: of the program itself, which asks for few. Raises AssistantError: others have asked
        for too much already."""
        self._waiting = {each for each in self._waiting if not each.done.done()}
        if len(self._waiting) >= MOST and not ours:
            sentence = "Too much is asked of it at a time. Wait for the replies, or say stop."
            raise AssistantError(sentence, code="busy")
        self._waiting.add(errand)

    def cancel(self) -> None:
        """The loop has ended. Those that are done stay so."""
        for errand in self._waiting:
            errand.done.cancel()
