"""What was said so far, understood at a pause: the turn that is begun before it is certain."""

from __future__ import annotations

from collections.abc import Callable

from assistant.settings import Endpoint
from assistant.turn import TurnUnderWay
from assistant.types import Announcement, Completeness, Draft, Typed, Utterance


class Drafts:
    """Keeps the latest turn that was begun, and tells the ears how long a silence will end it.

    expect: takes the revision of a draft, and seconds of silence.
    over: whether something else waits to be handled, as the end of what is said.
    """

    def __init__(
        self,
        settings: Endpoint,
        expect: Callable[[int, float], object],
        over: Callable[[], bool] = lambda: False,
    ) -> None:
        self._silence: dict[Completeness, float] = {
            "complete": settings.complete_silence,
            "extendable": settings.extendable_silence,
            "unknown": settings.trailing_silence,
            "unfinished": settings.unfinished_silence,
        }
        self._expect = expect
        self._over = over
        self._latest = 0  # revision
        self._begun: tuple[int, TurnUnderWay] | None = None

    def note(self, draft: Draft) -> None:
        """There is a new one (told by the thread that hears): the older ones are in vain."""
        self._latest = draft.utterance.revision

    def is_latest(self, draft: Draft) -> bool:
        """Whether nothing more was said since."""
        return draft.utterance.revision == self._latest

    def prepare(self, said: Utterance, turn: TurnUnderWay) -> None:
        """Begin the turn. The ears are told before the reply is rendered, which may take longer
        than the silence. A turn that was begun before is in vain, and thinks no longer."""
        if self._begun is not None and self._begun[1] is not turn:
            self._begun[1].cancel.set()
        completeness = turn.prepare(said)
        self._begun = said.revision, turn
        self._expect(said.revision, self._silence[completeness])
        if completeness != "unfinished":
            turn.go_ahead(self._over)

    def take(self, said: Utterance | Typed | Announcement) -> TurnUnderWay | None:
        """The turn that was begun with these very words, if there is one."""
        begun, self._begun = self._begun, None
        if begun is None:
            return None
        if not isinstance(said, Utterance) or said.revision != begun[0]:
            begun[1].cancel.set()
            return None
        return begun[1]
