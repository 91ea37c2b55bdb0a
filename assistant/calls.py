"""The second look at a wake word, beside the loop: the ears go on, but nobody is answered yet."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace

from assistant.errors import fault
from assistant.stages import Verdict, WakeVerifier
from assistant.types import Called, Utterance, Wake
from assistant.worker import Worker

log = logging.getLogger(__name__)

_KEPT = 8
"""Calls that are remembered. What was said after one may be handled when another one, perhaps
none, was reported meanwhile."""
UNVERIFIED = Verdict(True, 1.0, "no second look")


class Calls:
    """Takes what the first look reports, and finds out whether it is believed.

    verifier: None believes all of it, and so does one that fails: better fooled than deaf.
    believed, dismissed: called once for each, by the verifier's thread.
    """

    def __init__(
        self,
        verifier: Worker[WakeVerifier] | None,
        believed: Callable[[Wake], object],
        dismissed: Callable[[Wake], object],
        listens: Callable[[], object] = bool,
    ) -> None:
        """listens: called when somebody speaks to us, which is known when the wake word is."""
        self._verifier, self._listens = verifier, listens
        self._speaks = False
        self._believed = believed
        self._dismissed = dismissed
        self._latest: deque[tuple[Wake, Future[Verdict]]] = deque(maxlen=_KEPT)

    def take(self, call: Called) -> None:
        """Look at it a second time, meanwhile."""
        wake, sound = call.wake, call.samples
        before = self._latest[-1][1] if call.again and self._latest else None
        verdict: Future[Verdict] = Future()
        self._latest.append((wake, verdict))
        if self._verifier is None:
            if before is not None:  # believed already: nothing is stopped a second time
                self._settle(verdict, UNVERIFIED)
            else:
                self._decide(wake, verdict, UNVERIFIED)
            return

        def look(verifier: WakeVerifier) -> Verdict | None:
            # the one before is decided by now: this thread did it
            if before is not None and before.done() and before.result().accepted:
                return None
            return verifier.verify(sound, wake.word)

        def decide(looked: Future[Verdict | None]) -> None:
            outcome = _outcome(looked)
            if outcome is None and before is not None:  # we listen to the speaker already
                self._settle(verdict, before.result())
            else:
                self._decide(wake, verdict, outcome or UNVERIFIED)

        self._verifier.start(look).add_done_callback(decide)

    def speaks(self) -> None:
        """Somebody does; nobody need see that we listen, if it is not to us."""
        self._speaks = True
        if not self._latest or self._latest[-1][1].done():
            self._tell()

    def verified(self, wake: Wake) -> Wake | None:
        """The wake word with what the second look says, waiting for that; None: dismissed."""
        calls = tuple(self._latest)
        at = next((n for n, (known, _) in enumerate(calls) if known == wake), None)
        if at is None or any(_believed(told) for _, told in calls[at + 1 :]):
            return None  # a later one took its place
        found = calls[at][1]
        verdict = self._verifier.done(found) if self._verifier is not None else found.result()
        return (
            replace(wake, second=verdict.score, reason=verdict.reason) if verdict.accepted else None
        )

    def for_us(self, said: Utterance) -> Utterance | None:
        """What was said to us, with the second look at its wake word; None: it was not."""
        if said.wake is None:
            return said
        wake = self.verified(said.wake)
        return replace(said, wake=wake) if wake is not None else None

    def _decide(self, wake: Wake, verdict: Future[Verdict], outcome: Verdict) -> None:
        try:
            (self._believed if outcome.accepted else self._dismissed)(wake)
        finally:
            self._settle(verdict, outcome)

    def _settle(self, verdict: Future[Verdict], outcome: Verdict) -> None:
        verdict.set_result(outcome)
        if outcome.accepted:
            self._tell()
        else:
            self._speaks = False

    def _tell(self) -> None:
        speaks, self._speaks = self._speaks, False
        if speaks:
            self._listens()


def _believed(told: Future[Verdict]) -> bool:
    """Already."""
    return told.done() and told.result().accepted


def _outcome(looked: Future[Verdict | None]) -> Verdict | None:
    if looked.cancelled():
        return Verdict(False, 0.0, "the program ends")
    if (error := looked.exception()) is not None:
        log.warning("the second look at the wake word failed: %s", fault(error))
        return Verdict(True, 1.0, "the second look failed")
    return looked.result()
